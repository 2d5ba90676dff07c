"""What is known of sections, kept in a file between runs and shared by processes: SQLite, which sees to it that they do not meet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

Data = dict[str, Any]
PATIENCE = 10.0  # seconds to wait for another process


class Kept(MutableMapping[str, Data]):
    """Sections by their keys. A file that cannot be read or written is as good as an empty one."""

    def __init__(self, file: str):
        self.base: sqlite3.Connection | None = None
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            self.base = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self.base.execute("PRAGMA journal_mode=WAL")
            self.base.execute("PRAGMA synchronous=NORMAL")
            self.base.execute("CREATE TABLE IF NOT EXISTS sections (key TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID")
        except (OSError, sqlite3.Error):
            self.base = None

    def __getitem__(self, key: str) -> Data:
        row = self.asked("SELECT data FROM sections WHERE key = ?", key)
        if row is None:
            raise KeyError(key)
        found = json.loads(row[0])
        if not isinstance(found, dict):
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: Data) -> None:
        self.asked("INSERT OR REPLACE INTO sections VALUES (?, ?)", key, json.dumps(value, ensure_ascii=True))

    def __delitem__(self, key: str) -> None:
        self.asked("DELETE FROM sections WHERE key = ?", key)

    def __iter__(self) -> Iterator[str]:
        return iter([row[0] for row in self.base.execute("SELECT key FROM sections")] if self.base is not None else [])

    def __len__(self) -> int:
        row = self.asked("SELECT count(*) FROM sections")
        return int(row[0]) if row is not None else 0

    def asked(self, words: str, *values: str) -> Any:
        """The first row of an answer; none where the base cannot give one."""
        if self.base is None:
            return None
        try:
            return self.base.execute(words, values).fetchone()
        except sqlite3.Error:
            return None


@lru_cache(maxsize=4)
def kept_in(file: str) -> Kept:
    """The store of this process for a file."""
    return Kept(file)
