"""Files are read and written; written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from derivtex.core.errors import UsageError


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", way_out="look at its permissions") from error


def write(text: str, output: str | None) -> None:
    """To standard output, or to a file: whole or not at all."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    try:
        write_whole(text, Path(output))
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}", way_out="give a file in a folder that exists") from error


def write_whole(text: str | bytes, target: Path) -> None:
    """Write beside the target and put it in its place at the end; what is no regular file (a pipe) is written as it is.

    A link stays a link: what it points to is replaced.
    """
    import tempfile

    data = text.encode("utf-8") if isinstance(text, str) else text
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    target = target.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~current_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
