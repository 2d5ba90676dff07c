"""Watching files: which of them changed, asked twice a second; works on every system and needs no library."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

PAUSE = 0.5


def changes(paths: list[Path]) -> Iterator[Path]:
    """Each file whenever it changes, until the user interrupts. Changes made while one is being handled count as seen."""
    seen = {path: stamp(path) for path in paths}
    try:
        while True:
            time.sleep(PAUSE)
            for path in paths:
                now = stamp(path)
                if now is not None and now != seen[path]:
                    yield path
                    now = stamp(path)
                seen[path] = now
    except KeyboardInterrupt:
        return


def stamp(path: Path) -> tuple[int, int] | None:
    """When a file was last written and how long it is; nothing while it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
