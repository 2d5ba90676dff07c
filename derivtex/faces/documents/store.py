"""What was derived once, kept between runs: the text of each source with its options.

`DERIVTEX_CACHE` names another folder, or says `off`. A store that cannot be read or written is as good as an empty one.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import derivtex
from derivtex.faces.kept import kept_file, kept_in


def key_of(*parts: object) -> str:
    """A name for what these parts give with this version of derivtex."""
    return sha256(json.dumps([version(), *map(repr, parts)]).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def version() -> str:
    """The version; of a tree that is being worked on, with the time of its last change."""
    house = Path(derivtex.__file__).parent
    newest = max(path.stat().st_mtime_ns for path in house.rglob("*.py"))
    return f"{derivtex.__version__}+{newest}"


def recalled(key: str) -> dict[str, str] | None:
    """What is kept under a key."""
    file = kept_file()
    found = kept_in(file, "derivations").get(key) if file else None
    return found if found is not None and isinstance(found.get("text"), str) else None


def keep(key: str, kept: dict[str, str]) -> None:
    """Keep it."""
    file = kept_file()
    if file:
        kept_in(file, "derivations")[key] = kept
