"""What was derived once, kept between runs: one small file for each source with its options, under the user's cache folder.

`DERIVTEX_CACHE` names another folder, or says `off`. A store that cannot be read or written is as good as an empty one.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import derivtex
from derivtex.core.files import cache_folder, write_whole

MOST = 2000


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
    place = cache_folder()
    if place is None:
        return None
    try:
        kept = json.loads((place / f"{key}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) and isinstance(kept.get("text"), str) else None


def keep(key: str, kept: dict[str, str]) -> None:
    """Keep it, and let go of the oldest where there are too many."""
    place = cache_folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_whole(json.dumps(kept), place / f"{key}.json")
        let_go(place)
    except OSError:
        return


@cache  # once a run: looking through a full store takes longer than deriving
def let_go(place: Path) -> None:
    """Let go of the oldest where there are too many."""
    files = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST]:
        path.unlink(missing_ok=True)
