"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


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
