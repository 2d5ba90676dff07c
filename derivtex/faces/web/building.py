"""The static site: the page with KaTeX, Pyodide and derivtex itself beside it; nothing is fetched from anywhere else.

Pyodide's npm package holds no wheels. A release of Pyodide, unpacked into a folder, does: where NumPy's lies there it is taken along, and
the page confirms its derivations as soon as the browser has it. Where Node is at hand, the memory of a Python that is ready is kept in the site,
so that the reader's browser begins from there instead of importing everything anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path

from derivtex.core.errors import UsageError
from derivtex.core.shipped import HOUSE, fields, katex, shipped
from derivtex.faces.web.app import page

NEEDED = ("jinja2", "markupsafe", "click", "pylatexenc", "platformdirs")  # what derivtex imports before any number is computed
BESIDES = ("templates", "words")  # what derivtex reads that is no Python
PAGE = (".html", ".js", ".mjs", ".css", ".svg")
ENGINE = "pyodide"
OFFLINE = "offline.js"
PYTHON = "python.data"  # the files of derivtex and of what it needs
SNAPSHOT = "snapshot.data"  # the memory of a Python that has imported them
KEEPING = "snapshot.mjs"  # what keeps it, in Node
MODULE = f"{ENGINE}.asm.mjs"  # of a Pyodide whose module can be made by others
PATIENCE = 300  # seconds until Node is given up
LATER = ("numpy", "sympy")  # what the page loads once it answers, in this order, where the wheels are there
UNREAD = ("contrib", "*.js", "*swap*", "*.min.*", "README*", "*.ttf", "*.woff")  # of KaTeX: what no browser of today reads


def write_site(target: Path, pyodide: Path | None = None) -> int:
    """Write the site, with Pyodide from a folder; the number of its files.

    Raises UsageError where a part of it is not installed, the folder is in use, or a wheel is not the one that Pyodide expects.
    """
    engine = pyodide or page().parent / "node_modules" / ENGINE
    rendering, typing = katex(), fields()
    if rendering is None or typing is None or not (engine / "pyodide.mjs").is_file():
        raise UsageError("KaTeX, CodeMirror or Pyodide is not here", way_out="run `npm install` in the folder web of a source tree first")
    if target.exists() and any(target.iterdir()) and not (target / PYTHON).is_file():
        raise UsageError(f"{target} holds other files", way_out="give an empty folder, or one that was built before")
    wheels = wheels_in(engine)
    target.mkdir(parents=True, exist_ok=True)
    for file in page().iterdir():
        if file.suffix in PAGE and file.name != KEEPING:
            shutil.copyfile(file, target / file.name)
    shutil.copytree(rendering, target / "katex", dirs_exist_ok=True, ignore=shutil.ignore_patterns(*UNREAD))
    shutil.copytree(typing, target / "fields", dirs_exist_ok=True)
    (target / ENGINE).mkdir(exist_ok=True)
    for file in (*parts_of(engine), *chain.from_iterable(wheels.values())):
        shutil.copyfile(file, target / ENGINE / file.name)
    pack(target / PYTHON)
    told = {"engine": "worker", "packages": list(wheels), "snapshot": keep_memory(target), "module": MODULE if (engine / MODULE).is_file() else None}
    (target / "engine.json").write_text(json.dumps(told) + "\n", "utf-8")
    return keep_offline(target)


def keep_memory(site: Path) -> bool:
    """Have Node keep the memory of a Python that is ready; False where there is no Node, or no Python starts from what was kept."""
    (site / SNAPSHOT).unlink(missing_ok=True)
    node = shutil.which("node")
    if node is None:
        return False
    try:
        return subprocess.run([node, page() / KEEPING, site.resolve()], capture_output=True, timeout=PATIENCE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def parts_of(engine: Path) -> Iterator[Path]:
    """The files of Pyodide that a browser reads."""
    for file in engine.iterdir():
        if file.name.startswith(("pyodide", "python_stdlib")) and file.suffix in (".mjs", ".js", ".wasm", ".json", ".zip"):
            yield file


def wheels_in(engine: Path) -> dict[str, list[Path]]:
    """The packages to load later whose wheels lie beside Pyodide, with these. Raises UsageError for a wheel that its list does not describe."""
    known = json.loads((engine / "pyodide-lock.json").read_text("utf-8"))["packages"]
    found = {}
    for name in LATER:
        needed = [known[each] for each in (*known[name]["depends"], name)] if name in known else []
        wheels = [engine / each["file_name"] for each in needed]
        if needed and all(wheel.is_file() for wheel in wheels):
            found[name] = [as_listed(wheel, each["sha256"]) for wheel, each in zip(wheels, needed, strict=True)]
    return found


def as_listed(wheel: Path, digest: str) -> Path:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
        raise UsageError(f"{wheel.name} is not the one that pyodide-lock.json lists", way_out="take all files from one release of Pyodide")
    return wheel


def keep_offline(site: Path) -> int:
    """Write which files the browser is to keep, under a name that tells whether they are others than before; their number."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != OFFLINE)
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()
    kept = {"version": f"derivtex-{digest[:16]}", "files": ["./", *(path.relative_to(site).as_posix() for path in files)]}
    worker = (page() / OFFLINE).read_text("utf-8")
    (site / OFFLINE).write_text(f"self.KEPT = {json.dumps(kept)};\n{worker}", "utf-8")
    return len(files) + 1


def pack(target: Path) -> None:
    """derivtex and the pure Python it needs: texts by their paths, in one file whose bytes are the same for the same tree."""
    files = {Path("derivtex", path.relative_to(HOUSE)): path for path in HOUSE.rglob("*") if wanted(path)}
    for folder in BESIDES:
        files |= {Path("derivtex", folder, path.relative_to(shipped(folder))): path for path in shipped(folder).rglob("*") if wanted(path)}
    for name in NEEDED:
        for each in metadata.files(name) or ():
            if each.suffix == ".py" and ".." not in each.parts:
                files[Path(each)] = Path(str(each.locate()))
    texts = {inside.as_posix(): path.read_text("utf-8") for inside, path in sorted(files.items())}
    target.write_bytes(gzip.compress(json.dumps(texts, ensure_ascii=False).encode("utf-8"), mtime=0))


def wanted(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
