"""Running the real programs on documents in a folder: what the tests of the filter, the LaTeX package and expand share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DECLARED = ("X: matrix 1 x m", "W: matrix m x 10", "b: matrix 1 x 10", "y: matrix 10 x 1")


def programs(folder: Path) -> Path:
    """A folder with `derivtex` and `pandoc-derivtex` as an installation puts them on the PATH."""
    place = folder / "bin"
    place.mkdir()
    for name, module in (("derivtex", "derivtex.thin"), ("pandoc-derivtex", "derivtex.faces.filter")):
        script = place / name
        script.write_text(f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom {module} import main\nmain()\n")
        script.chmod(0o755)
    return place


def run(folder: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """A program in a folder, with ours on the PATH, and with the cache of the folders beside it: what one test derived another need not."""
    place = folder / "bin" if (folder / "bin").is_dir() else programs(folder)
    environment = {**os.environ, "PATH": f"{place}{os.pathsep}{os.environ['PATH']}", "DERIVTEX_CACHE": str(folder.parent / "cache")}
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=folder, env=environment, check=False, encoding="utf-8", errors="replace"
    )


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not here")
