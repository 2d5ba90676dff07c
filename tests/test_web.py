"""The page: its address answers as the server does, refuses what comes from elsewhere, and works in a browser."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from importlib import reload
from pathlib import Path

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from derivtex.core.errors import UsageError
from derivtex.core.shipped import fields, katex
from derivtex.faces.web.app import LARGEST, application
from derivtex.faces.web.building import wheels_in, write_site

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).parent / "web"


@pytest.fixture
def page():
    with TestClient(application(), base_url="http://127.0.0.1") as client:
        yield client


def test_lines_come_with_reasons_and_certificates(page):
    """`show` gives the lines as data: sides, reason, book, verdict; and every name with its kind."""
    told = page.post("/api", json={"do": "show", "source": r"\operatorname{tr}(AX)", "wrt": "X"}).json()
    assert told["ok"] and told["confirmed"] and told["checked"]
    assert told["result"]["rows"] == ["A^{T}"]
    assert {each["latex"]: each["kind"] for each in told["symbols"]}["X"] == "matrix"
    assert [each["latex"] for each in told["symbols"] if each["variable"]] == ["X"]
    assert r"\begin{eqnarray*}" in told["text"]


def test_a_family_is_declared_by_its_members(page):
    """The name that a chip offers for a declaration is one that can be declared, and changes nothing."""
    request = {"do": "show", "source": r"\sum_{i=1}^n \|y_i - Wx_i\|^2", "wrt": "W"}
    told = page.post("/api", json=request).json()
    assert [each["declared"] for each in told["symbols"] if each["latex"] in "xy"] == ["y_i", "x_i"]
    again = page.post("/api", json={**request, "declare": ["y_i: vector m", "x_i: vector p"]}).json()
    assert again["result"] == told["result"]


def test_an_error_has_its_place(page):
    told = page.post("/api", json={"do": "show", "source": "XW", "wrt": "W", "declare": ["X: matrix 2 x 3", "W: matrix 4 x 5"]}).json()
    assert not told["ok"]
    assert (told["error"]["code"], told["error"]["line"], told["error"]["column"]) == ("dimensions", 1, 1)


def test_only_json_of_this_machine_is_answered(page):
    """A form of another page, another host's name and a flood are refused."""
    assert page.post("/api", content="{}", headers={"content-type": "text/plain"}).status_code == 415
    assert page.post("/api", json={}, headers={"host": "evil.example"}).status_code == 400
    assert page.post("/api", content=b" " * (LARGEST + 1), headers={"content-type": "application/json"}).status_code == 413


def test_the_page_asks_nobody_else(page):
    """No file of the page names another host."""
    assert "<title>derivtex</title>" in page.get("/").text
    for file in (ROOT / "web" / "page").iterdir():
        assert "://" not in file.read_text("utf-8")


def test_a_folder_in_use_is_not_overwritten(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(UsageError):
        write_site(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_the_wheels_of_a_release_are_taken_along(tmp_path):
    """NumPy, where its wheel lies beside Pyodide with all it needs and is the one that the list describes."""
    wheel = tmp_path / "numpy.whl"
    listed = {"file_name": wheel.name, "sha256": hashlib.sha256(b"numbers").hexdigest(), "depends": []}
    lock = {"packages": {"numpy": listed, "sympy": {**listed, "file_name": "sympy.whl", "depends": ["numpy"]}}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(lock))
    assert wheels_in(tmp_path) == {}
    wheel.write_bytes(b"numbers")
    assert wheels_in(tmp_path) == {"numpy": [wheel]}
    wheel.write_bytes(b"others")
    with pytest.raises(UsageError, match=r"numpy\.whl is not the one"):
        wheels_in(tmp_path)


def test_without_numpy_it_says_so(page, monkeypatch):
    """In a browser NumPy may be missing: that is no defect."""
    def missing(*given, **options):
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr("derivtex.faces.server.check", missing)
    error = page.post("/api", json={"do": "check", "source": "df = 2x^Tdx"}).json()["error"]
    assert error["code"] == "usage" and error["message"] == "this needs NumPy, which is not here"


def test_without_numpy_checking_says_so(monkeypatch):
    """In Python and on the command line, too, with the way out."""
    import derivtex.checking

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="this needs NumPy") as told:
        reload(derivtex.checking)
    assert "check=False" in told.value.way_out and "pip install numpy" in told.value.way_out


# A release of Pyodide that holds NumPy is too large to be fetched for each run; where one is named, the site's numbers are tested, too.
RELEASE = Path(os.environ["DERIVTEX_PYODIDE"]) if "DERIVTEX_PYODIDE" in os.environ else None


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What one Chromium saw of the page, and beside it of the static site, with Python in the page and without a network."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not (HERE / "node_modules" / "playwright-core").is_dir() or chromium is None or fields() is None or katex() is None:
        pytest.skip("Chromium, playwright-core, KaTeX or the fields are not here (.ci/run installs them)")
    site = tmp_path_factory.mktemp("page") / "site"
    python = (ROOT / "web" / "node_modules" / "pyodide").is_dir()
    if python:
        write_site(site, RELEASE)
        names = json.loads(gzip.decompress((site / "python.data").read_bytes()))
        assert {"derivtex/interface.py", "derivtex/templates/answers/forum.md", "derivtex/words/de.words"} <= set(names)
        assert (site / "snapshot.data").is_file() and json.loads((site / "engine.json").read_text())["snapshot"]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site)) as server, served() as address:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        words = [address, f"http://127.0.0.1:{server.server_port}/" if python else "-", "-"]
        run = subprocess.run(["node", str(HERE / "page.mjs"), *words], capture_output=True, text=True, timeout=240)
        server.shutdown()
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@contextmanager
def served():
    """A server of its own on a free port: the address that it says in its first line, while it runs."""
    command = [sys.executable, "-m", "derivtex", "web", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=ROOT) as run:
        yield next(word for word in run.stderr.readline().split() if word.startswith("http"))
        run.terminate()


def test_in_a_browser(seen):
    """Type (LaTeX, and as it is set), derive, switch the layout, copy, link, see an error, check lines, in a phone's width; nobody else is asked."""
    assert seen["errors"] == [] and seen["foreign"] == []
    assert seen["state"] == "✓ every step confirmed by numbers" and seen["rows"] >= 3
    assert seen["about"].startswith("rule inverse") and "confirmed by numbers: both sides agree to" in seen["about"]
    assert r"\begin{align*}" in seen["copied"]
    assert seen["error"] == r"\foo" and seen["linked"] == r"\operatorname{tr}(AX^{-1}B)"
    assert seen["visual"] == r"\operatorname{tr}\left(X^{T}AX\right)" and seen["closed"] == "()"
    assert seen["picture"] == "PNG" and seen["declared"].startswith("A: matrix") and "symmetric" in seen["declared"]
    assert "Where it goes wrong." in seen["post"] and seen["repaired"].endswith(r"= 2X^{T}(Xw - y)")
    assert [sign for sign in seen["signs"] if sign in "✓✗"] == ["✓", "✗"]
    assert seen["panel"] and seen["verdicts"] == ["definition", "fails"]
    assert not seen["overflow"]


def test_the_static_site_in_a_browser(seen):
    """Without a server of ours, and without a network once it was visited: Python in the page derives, says what was checked, asks nobody."""
    if seen["offline"] is None:
        pytest.skip("Pyodide is not here (.ci/run installs it)")
    assert seen["offline"]["errors"] == [] and seen["offline"]["foreign"] == []
    assert seen["offline"]["state"].startswith("✓ every step confirmed" if RELEASE else "not checked: this page has no NumPy")


class Silent(http.server.SimpleHTTPRequestHandler):
    """A file server that does not log."""

    def log_message(self, *words):
        pass
