"""Where the files lie that come with derivtex: inside the installed package, or beside it in a source tree."""

from __future__ import annotations

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def shipped(name: str, source: str | None = None) -> Path:
    """The folder of this name in the package; in a source tree the folder `source` (the same name if not given) at its top."""
    inside = HOUSE / name
    return inside if inside.is_dir() else HOUSE.parent / (source or name)


def katex() -> Path | None:
    """Where KaTeX lies: with the installed page, or where npm put it in a source tree; None where there is none."""
    return beside_page("katex", "katex/dist", "katex.mjs")


def fields() -> Path | None:
    """Where the bundled fields of the page lie, CodeMirror and MathLive; None where nothing bundled them."""
    return beside_page("fields", ".fields", "editor.js")


def beside_page(inside: str, fetched: str, file: str) -> Path | None:
    """A folder of the installed page, or of what npm fetched, that holds a file."""
    page = shipped("web", "web/page")
    return next((place for place in (page / inside, page.parent / "node_modules" / fetched) if (place / file).is_file()), None)
