"""Files are read and written; written whole or not at all, and what a file was (owner, mode, other names) it stays."""

from __future__ import annotations

import os
import stat
import sys
from hashlib import sha256
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from derivtex.core.errors import Source, UsageError

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

OURS = ".derivtex"  # how the file ends that is written before it takes the place of another
OLD = 600  # seconds after which such a file is left over, whoever wrote it


def cache_folder() -> Path | None:
    """Where lies what is kept between runs, if anything is to be: `DERIVTEX_CACHE` names another folder, or says `off`."""
    own = os.environ.get("DERIVTEX_CACHE", "")
    if own == "off":
        return None
    return Path(own) if own else folders_of_user().user_cache_path


def config_folder() -> Path:
    """Where the user's own settings and templates lie."""
    return folders_of_user().user_config_path


def folders_of_user() -> PlatformDirs:
    """Our folders where this system keeps such files: by the variables of XDG, or as macOS and Windows have it."""
    from platformdirs import PlatformDirs

    return PlatformDirs("derivtex", appauthor=False)


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", way_out="look at its permissions") from error


def source_of(source: str | Source | os.PathLike[str]) -> Source:
    """A source as it is, a text as one, or what stands in a file, whose suffix then tells the format.

    Raises UsageError where the file cannot be read.
    """
    if isinstance(source, Source):
        return source
    if isinstance(source, str):
        return Source(source)
    path = Path(source)
    data = content_of(path)
    try:
        return Source(data.decode("utf-8-sig").replace("\r\n", "\n"), str(path))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not a text in UTF-8", way_out="save it as UTF-8") from error


def write(text: str, output: str | None) -> None:
    """To standard output (no name, or `-`), or to a file: whole or not at all. Raises UsageError."""
    if output is None or output == "-":
        write_out(text if text.endswith("\n") else f"{text}\n")
        return
    try:
        write_whole(text, Path(output))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{output} cannot be written: {reason}", way_out="give a file in a folder that exists") from error


def write_out(text: str) -> None:
    """To standard output. A pipe that nobody reads any more raises BrokenPipeError, all else UsageError."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except UnicodeEncodeError as error:
        unknown = error.object[error.start : error.end]
        way_out = "set PYTHONIOENCODING=utf-8, or write to a file with --output, which is in UTF-8"
        raise UsageError(f"standard output is in {sys.stdout.encoding}, which has no {unknown}", way_out=way_out) from error
    except OSError as error:
        raise not_written(error) from error


def not_written(error: OSError) -> UsageError:
    """Why standard output was not written; what is still waiting for it is dropped, not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UsageError(f"standard output cannot be written: {error.strerror}", way_out="look at where it goes")


def write_whole(text: str | bytes, target: Path, before: bytes | None = None) -> None:
    """Write beside the target and put it in its place at the end; what is no regular file (a pipe) is written as it is.

    A link stays a link: what it points to is replaced. Owner, group and mode stay. before: what the target must still hold then.
    Raises UsageError where the target is a folder, is read-only, has other names or another owner, or was changed; OSError.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    target = target.resolve()
    was = status_of(target)
    if was is not None and not stat.S_ISREG(was.st_mode):
        if stat.S_ISDIR(was.st_mode):
            raise UsageError(f"{target} is a folder", way_out="give the name of a file in it")
        target.write_bytes(data)
        return
    if was is not None:
        refuse_unlike(target, was)
    sweep(target)
    beside = target.parent / f"{prefix_of(target)}{os.getpid()}.{os.urandom(4).hex()}{OURS}"
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if was is not None:
            take_after(beside, target, was)
        if before is not None and target.read_bytes() != before:
            raise UsageError(f"{target} was changed meanwhile and is left alone", way_out="run it again")
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    settle(target.parent)


def status_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def refuse_unlike(target: Path, was: os.stat_result) -> None:
    """A file that could not be replaced by one that is like it."""
    if not was.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise UsageError(f"{target} is read-only", way_out="make it writable, or write to another file")
    if was.st_nlink > 1:
        raise UsageError(
            f"{target} has other names (hard links), which would keep the old text",
            way_out="write to another file and copy it over this one",
        )


def take_after(beside: Path, target: Path, was: os.stat_result) -> None:
    """Give the new file owner, group, mode and attributes of the old one. Raises UsageError where that is not allowed."""
    if hasattr(os, "chown"):
        now = beside.stat()
        try:
            if (now.st_uid, now.st_gid) != (was.st_uid, was.st_gid):
                os.chown(beside, was.st_uid, was.st_gid)
        except PermissionError as error:
            raise UsageError(f"{target} belongs to another user or group, which it would lose", way_out="write to another file") from error
    os.chmod(beside, stat.S_IMODE(was.st_mode))
    for name in os.listxattr(target) if hasattr(os, "listxattr") else ():
        try:
            os.setxattr(beside, name, os.getxattr(target, name))
        except OSError:  # attributes of the system's own
            continue


def prefix_of(target: Path) -> str:
    """How the names of the files begin that are to take the target's place; as short for a name of 250 letters as for one of two."""
    return f".{sha256(os.fsencode(target.name)).hexdigest()[:12]}."


def sweep(target: Path) -> None:
    """Remove what a run left beside the target that was killed while it wrote."""
    for path in target.parent.glob(f"{prefix_of(target)}*{OURS}"):
        try:
            writer = int(path.name.split(".")[2])
            if not is_running(writer) or time() - path.stat().st_mtime > OLD:
                path.unlink()
        except (OSError, ValueError, IndexError):
            continue


def is_running(process: int) -> bool:
    """Whether there is such a process; True where that cannot be asked without harm."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def settle(folder: Path) -> None:
    """See to it that the new name outlives a loss of power, where folders can be told so."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
