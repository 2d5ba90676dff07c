"""Templates as Jinja compiled them, kept between runs: to read and compile the shipped ones takes longer than a derivation.

What is kept names the text it was made from, the versions of Python, Jinja and the sandbox, and the filters that are used while a
template is compiled; anything else is compiled again. Only a file of the user's own is taken up, as it is code that runs.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import BytecodeCache
from jinja2 import __version__ as jinja
from jinja2.bccache import Bucket

from derivtex.core.files import cache_folder, write_whole
from derivtex.writing import sandbox


def compiled_templates(finalize: str) -> BytecodeCache | None:
    """What is kept for templates whose values are written by this function; None where nothing is to be kept."""
    folder = cache_folder()
    return None if folder is None else Compiled(folder / "templates", finalize)


@cache
def maker() -> str:
    """What compiles: Jinja, and the sandbox as it is written now."""
    return f"{jinja} {Path(sandbox.__file__).stat().st_mtime_ns}"


class Compiled(BytecodeCache):
    """A folder with a file for each template. One that cannot be read or written is as good as none."""

    def __init__(self, folder: Path, finalize: str):
        self.folder, self.finalize = folder, finalize

    def get_cache_key(self, name: str, filename: str | Path | None = None) -> str:
        return sha256(f"{maker()} {self.finalize} {super().get_cache_key(name, str(filename))}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            with open(self.folder / bucket.key, "rb") as file:
                if is_own(file.fileno()):
                    bucket.load_bytecode(file)
        except (OSError, EOFError, ValueError, TypeError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(bucket.bytecode_to_string(), self.folder / bucket.key)
        except OSError:
            return


def is_own(file: int) -> bool:
    """Whether a file belongs to who runs this, and not everybody may write it."""
    found = os.fstat(file)
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o002)
