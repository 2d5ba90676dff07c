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
    page = shipped("web", "web/page")
    places = (page / "katex", page.parent / "node_modules" / "katex" / "dist")
    return next((place for place in places if (place / "katex.mjs").is_file()), None)
