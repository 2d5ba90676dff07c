"""Inputs of every kind at every door: an answer or a complaint of derivtex's own, never another error. More: `python -m tests.fuzz`."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.documents import ROOT
from tests.fuzz.doors import DOORS
from tests.fuzz.running import kept, run

INPUTS = {
    "read": 20, "derive": 100, "check": 150, "solve": 20, "answer": 25, "declare": 300, "option": 400, "line": 200, "editor": 30, "document": 50,
    "side": 200, "pandoc": 250,
}  # fmt: skip
TIMES = int(os.environ.get("DERIVTEX_FUZZ", "1"))  # 12 for twenty thousand


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.filterwarnings("ignore")
def test_a_door_stands_what_comes(door, monkeypatch):
    """The same inputs each time; the nightly run has others."""
    monkeypatch.setenv("DERIVTEX_CACHE", "off")
    failure = run(door, INPUTS[door] * TIMES)
    assert failure is None, f"{failure.error}\n{failure.text}"


@pytest.mark.parametrize("failure", kept(), ids=lambda failure: failure.text[:60])
@pytest.mark.filterwarnings("ignore")
def test_what_once_failed_fails_no_more(failure, monkeypatch):
    monkeypatch.setenv("DERIVTEX_CACHE", "off")
    DOORS[failure.door].enter(failure.input)


SAMPLE = r"""
import derivtex
for source, wrt, options in (
    (r"\|Y-XW\|_F^2 + \lambda\|W\|_F^2", "W", {}), (r"\log\det(A+XX^T)", "X", {}), (r"x^TAx", "x", {"order": 2}), (r"AXB", "X", {}),
    (r"L=f\cdot y; f=\sigma(Wx+b)", "W", {}), (r"\sum_{i=1}^n \log(1+\exp(-y_iw^Tx_i))", "w", {}), (r"\operatorname{tr}(X^{-1}A)", "X",
    {"layout": "numerator"}),
    (r"\frac{x^TAx}{x^Tx}", "x", {}), (r"\operatorname{tr}(AX^TBXC)+\|X\|_F^4", "X", {"form": "differential"}),
):
    answer = derivtex.derive(source, wrt=wrt, **options)
    print(answer.to_latex(), answer.to_dict(), answer.to_numpy())
"""


def test_the_same_input_gives_the_same_bytes():
    """Whatever the seed of hashes, the locale and the number of threads of the libraries."""
    outputs = set()
    for number, more in enumerate(({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "1"},
        {"OPENBLAS_NUM_THREADS": "1"})):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number), **more}
        outputs.add(subprocess.run([sys.executable, "-c", SAMPLE], capture_output=True, env=environment, check=True).stdout)
    assert len(outputs) == 1 and b"\\begin" in outputs.pop()


def test_the_night_runs_every_piece():
    """What `.ci/nightly` names is there, and the workflow runs all of it."""
    script, workflow = ((ROOT / path).read_text("utf-8") for path in (".ci/nightly", ".github/workflows/nightly.yml"))
    pieces = re.search(r'^pieces="(.*)"$', script, re.MULTILINE)[1].split()
    assert re.findall(r"^ +piece: \[(.*)\]$", workflow, re.MULTILINE) == [", ".join(pieces)]
    assert all(re.search(rf"^    (\w+ \| )*{piece}( \| \w+)*\)", script, re.MULTILINE) for piece in pieces)
    named = [*re.findall(r"-m (tests\.[\w.]+)", script), *re.findall(r"tests/\w+\.py", script)]
    assert named and all((ROOT / name.removesuffix(".py").replace(".", "/")).with_suffix(".py").exists() or (ROOT / name.replace(".", "/")).is_dir()
                         for name in named)
