"""The documents that are asked for, and which of them a file of records has already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from derivtex.core.errors import DerivtexError, UsageError, describe
from derivtex.core.files import content_of, source_of
from derivtex.faces.documents.store import version

Record = dict[str, Any]


class Task(NamedTuple):
    """A document to be checked: its name and text, or what is wrong with it; digest: of the text, the options and derivtex itself.

    seconds: for one line. cache: the file in which what is known of sections is kept; empty for none.
    """

    name: str
    text: str
    digest: str
    declare: tuple[str, ...] = ()
    seconds: float = 10.0
    cache: str = ""
    fault: str = ""


def names_in(arguments: Iterable[str]) -> Iterator[str]:
    """The documents: files as they are, and those that a list names, `@LIST` or `LIST.list`, one a line."""
    for each in arguments:
        if not each.startswith("@") and not each.endswith(".list"):
            yield each
            continue
        try:
            lines = content_of(Path(each.removeprefix("@"))).decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise UsageError(f"{each} is no list in UTF-8", way_out="write the names of documents, one a line") from error
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def tasks(names: Iterable[str], declare: tuple[str, ...], seconds: float, cache: str) -> Iterator[Task]:
    """The documents, each read when its turn comes; one that cannot be read is a task with its fault."""
    own = version()
    for name in dict.fromkeys(names):
        try:
            text, fault = source_of(Path(name)).text, ""
        except DerivtexError as error:
            text, fault = "", describe(error)
        digest = sha256(json.dumps([own, text, declare, seconds]).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        yield Task(name, text, digest, declare, seconds, cache, fault)


def done_in(records: Path, again: bool = False) -> set[tuple[str, str]]:
    """The names and digests of the documents that a file has records of; with `again` those that failed are not done."""
    return {(each["document"], each["digest"]) for each in records_in(records) if not (again and each["status"] == "failed")}


def records_in(records: Path) -> Iterator[Record]:
    """The records of a file, in order; a line that is none (one that was being written when the power went) is passed over."""
    try:
        file = records.open("r", encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{records} cannot be read: {error.strerror}", way_out="look at its permissions") from error
    with file:
        for line in file:
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict) and {"document", "digest", "status"} <= set(found):
                yield found


def ends_whole(records: Path) -> bool:
    """Whether a file is empty or ends with the end of a line, so that a further record begins one."""
    try:
        with records.open("rb") as file:
            file.seek(0, 2)
            if file.tell() == 0:
                return True
            file.seek(-1, 2)
            return file.read(1) == b"\n"
    except FileNotFoundError:
        return True
