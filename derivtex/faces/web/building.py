"""The static site: the page with KaTeX, Pyodide and derivtex itself beside it; nothing is fetched from anywhere else."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from importlib import metadata
from pathlib import Path

from derivtex.core.errors import UsageError
from derivtex.core.shipped import HOUSE, fields, katex, shipped
from derivtex.faces.web.app import page

NEEDED = ("jinja2", "markupsafe", "click", "pylatexenc", "platformdirs")  # what derivtex imports before any number is computed
PAGE = (".html", ".js", ".css", ".svg")
ENGINE = "pyodide"
OFFLINE = "offline.js"
UNREAD = ("contrib", "*.js", "*swap*", "*.min.*", "README*", "*.ttf", "*.woff")  # of KaTeX: what no browser of today reads


def write_site(target: Path) -> int:
    """Write the site; the number of its files. Raises UsageError where a part of it is not installed or the folder is in use."""
    engine = page().parent / "node_modules" / ENGINE
    rendering, typing = katex(), fields()
    if rendering is None or typing is None or not (engine / "pyodide.mjs").is_file():
        raise UsageError("KaTeX, CodeMirror or Pyodide is not here", way_out="run `npm install` in the folder web of a source tree first")
    if target.exists() and any(target.iterdir()) and not (target / "python.zip").is_file():
        raise UsageError(f"{target} holds other files", way_out="give an empty folder, or one that was built before")
    target.mkdir(parents=True, exist_ok=True)
    for file in page().iterdir():
        if file.suffix in PAGE:
            shutil.copyfile(file, target / file.name)
    shutil.copytree(rendering, target / "katex", dirs_exist_ok=True, ignore=shutil.ignore_patterns(*UNREAD))
    shutil.copytree(typing, target / "fields", dirs_exist_ok=True)
    (target / ENGINE).mkdir(exist_ok=True)
    for file in engine.iterdir():
        if file.name.startswith(("pyodide", "python_stdlib")) and file.suffix in (".mjs", ".js", ".wasm", ".json", ".zip"):
            shutil.copyfile(file, target / ENGINE / file.name)
    (target / "engine.json").write_text('{"engine": "worker"}\n', "utf-8")
    pack(target / "python.zip")
    return keep_offline(target)


def keep_offline(site: Path) -> int:
    """Write which files the browser is to keep, under a name that tells whether they are others than before; their number."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != OFFLINE)
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()
    kept = {"version": f"derivtex-{digest[:16]}", "files": ["./", *(path.relative_to(site).as_posix() for path in files)]}
    worker = (page() / OFFLINE).read_text("utf-8")
    (site / OFFLINE).write_text(f"self.KEPT = {json.dumps(kept)};\n{worker}", "utf-8")
    return len(files) + 1


def pack(target: Path) -> None:
    """derivtex and the pure Python it needs, in one archive with fixed times, so that the same tree gives the same bytes."""
    files = {Path("derivtex", path.relative_to(HOUSE)): path for path in HOUSE.rglob("*") if wanted(path)}
    files |= {Path("derivtex", "templates", path.name): path for path in shipped("templates").iterdir() if path.is_file()}
    for name in NEEDED:
        for each in metadata.files(name) or ():
            if each.suffix == ".py" and ".." not in each.parts:
                files[Path(each)] = Path(str(each.locate()))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, path in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(inside.as_posix(), (1980, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)


def wanted(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
