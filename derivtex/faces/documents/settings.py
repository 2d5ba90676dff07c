"""What a project and a user ask for: `derivtex.toml`, `[tool.derivtex]` in pyproject.toml, and the user's own file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from derivtex.core.errors import UsageError
from derivtex.core.files import config_folder


def settings(folder: Path) -> list[dict[str, tuple[str, ...]]]:
    """The user's options and those of the project in which the folder lies, the weakest first."""
    found = [given(user_file())]
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / "derivtex.toml").is_file():
            return [*found, given(place / "derivtex.toml")]
        tool = table(place / "pyproject.toml").get("tool", {})
        if "derivtex" in tool:
            return [*found, as_given(tool["derivtex"])]
        if (place / ".git").exists():
            break
    return found


def user_file() -> Path:
    return config_folder() / "derivtex.toml"


def given(path: Path) -> dict[str, tuple[str, ...]]:
    return as_given(table(path))


def table(path: Path) -> dict[str, Any]:
    """The table that a TOML file holds, empty where there is none. Raises UsageError."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    if not path.is_file():
        return {}
    try:
        read: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}", way_out="it has to be TOML: wrt = 'W'") from error
    return read


def as_given(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """A table as options: a list gives several values, true and false are words."""
    found = {}
    for key, value in values.items():
        several = value if isinstance(value, list) else [value]
        found[key] = tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in several)
    return {key: value for key, value in found.items() if value}
