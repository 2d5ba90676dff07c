"""Where templates lie: the project's own, the user's, the shipped ones; the first of a name is taken."""

from __future__ import annotations

from pathlib import Path

from derivtex.core.errors import TemplateError
from derivtex.core.files import config_folder
from derivtex.core.shipped import shipped

SUFFIXES = (".tex", ".md")


def folders() -> list[Path]:
    """The folders in which a name is looked up: `.derivtex/templates` here, `~/.config/derivtex/templates`, the shipped one."""
    return [Path(".derivtex", "templates"), config_folder() / "templates", shipped("templates")]


def templates() -> dict[str, str]:
    """The templates: name and one-line description, in order of their names."""
    found: dict[str, str] = {}
    for folder in folders():
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix in SUFFIXES and not path.name.startswith("_"):
                found.setdefault(path.stem, described(path))
    return dict(sorted(found.items()))


def described(path: Path) -> str:
    """The description of a template: its first line where that is a remark."""
    first = path.read_text("utf-8", errors="replace").partition("\n")[0]
    return first.removeprefix("%#").strip() if first.startswith("%#") else f"({path})"


def path_of(name: str) -> Path:
    """Where the template of a name lies. Raises TemplateError where there is none."""
    for folder in folders():
        for suffix in SUFFIXES:
            path = folder / f"{name}{suffix}"
            if not name.startswith("_") and is_file(path):
                return path
    raise TemplateError(
        f"there is no template {name}", way_out=f"the templates are {', '.join(templates())}, or a file of your own"
    )


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def template_text(name: str) -> str:
    """The text of a template, to start one's own from."""
    return path_of(name).read_text("utf-8")
