"""What is known, kept in a file between runs and shared by processes: SQLite, which sees to it that they do not meet.

One file holds all of it, a table for each kind: the sections of checked documents, the derivations of blocks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from derivtex.core.files import cache_folder

Data = dict[str, Any]
FILE = "kept.sqlite"
PATIENCE = 10.0  # seconds to wait for another process
MOST = {"sections": 200_000, "derivations": 2000}  # rows of a table; the oldest are let go


def kept_file() -> str:
    """Where all is kept; nowhere where nothing is to be."""
    place = cache_folder()
    return "" if place is None else str(place / FILE)


class Kept(MutableMapping[str, Data]):
    """Data by their keys, in a table of a file. A file that cannot be read or written is as good as an empty one."""

    def __init__(self, file: str, table: str = "sections"):
        self.base: sqlite3.Connection | None = None
        self.table, self.most = table, MOST[table]
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            self.base = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self.base.execute("PRAGMA journal_mode=WAL")
            self.base.execute("PRAGMA synchronous=NORMAL")
            self.base.execute(f"CREATE TABLE IF NOT EXISTS {table} (key TEXT UNIQUE NOT NULL, data TEXT NOT NULL)")
        except (OSError, sqlite3.Error):
            self.base = None

    def __getitem__(self, key: str) -> Data:
        row = self.asked("SELECT data FROM {} WHERE key = ?", key)
        try:
            found = json.loads(row[0]) if row is not None else None
        except (ValueError, TypeError):
            found = None
        if not isinstance(found, dict):
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: Data) -> None:
        self.asked("INSERT OR REPLACE INTO {} VALUES (?, ?)", key, json.dumps(value, ensure_ascii=True))
        self.asked("DELETE FROM {0} WHERE rowid <= (SELECT max(rowid) FROM {0}) - ?", self.most)

    def __delitem__(self, key: str) -> None:
        self.asked("DELETE FROM {} WHERE key = ?", key)

    def __iter__(self) -> Iterator[str]:
        return iter([row[0] for row in self.base.execute(f"SELECT key FROM {self.table}")] if self.base is not None else [])

    def __len__(self) -> int:
        row = self.asked("SELECT count(*) FROM {}")
        return int(row[0]) if row is not None else 0

    def asked(self, words: str, *values: str | int) -> Any:
        """The first row of an answer; none where the base cannot give one."""
        if self.base is None:
            return None
        try:
            return self.base.execute(words.format(self.table), values).fetchone()
        except sqlite3.Error:
            return None


@lru_cache(maxsize=4)
def kept_in(file: str, table: str = "sections") -> Kept:
    """The store of this process for a table of a file."""
    return Kept(file, table)
