"""What the tests share: examples of every card, the rules, and a generator of random numbers."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import SCALAR, Dim, shape
from derivtex.core.terms import Operation, Term
from derivtex.operations import Index, Number, symbol
from derivtex.thin import RARELY

# Programs that the tests start keep their compiled modules, wherever that was turned off: each start is then a quarter of a second shorter.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("PYTHONPYCACHEPREFIX", os.path.join(tempfile.gettempdir(), "derivtex-compiled"))

FIRST, LAST = Dim.of(1), Dim.of("n")
I, J = Index("i", FIRST, LAST), Index("j", FIRST, LAST)
CHILDREN = (
    symbol("A", "matrix", shape("n", "n")),
    symbol("B", "matrix", shape("m", "n")),
    symbol("x", "vector", shape("n", 1)),
    symbol("u", "vector", shape(3, 1)),
    symbol("v", "vector", (LAST * LAST, FIRST)),
    symbol("s", "scalar", SCALAR),
)
FAMILY = symbol("z", "vector", shape("n", 1), (), (FIRST, LAST))
PLAIN = {"Dim": (LAST,), "Index": (I,), "str": ("descending",), "int": (1,), "Fraction": (2,), "tuple[str, ...]": ((),)}


def examples_of(card: type[Operation]) -> Iterator[Term]:
    """Terms of a card over simple children, as many as conform."""
    for values in product(*(values_for(name, kind) for name, kind in card.field_kinds.items())):
        try:
            yield card(*values)
        except ShapeError:
            continue


def values_for(name: str, kind: str) -> tuple:
    """What a field of a card can be given."""
    if name in ("index", "row", "column") and kind == "Term":
        return (I, J) if name == "column" else (I,)
    if name == "exponent":
        return symbol("p", "scalar", SCALAR, ("integer",)), Number(3)
    if name == "family":
        return (FAMILY,)
    if name == "side":
        return ("right", "left")
    if name == "which":
        return ("exp", "log")
    if kind == "Term":
        return CHILDREN
    if kind == "Terms":
        return tuple((child, child) for child in CHILDREN)
    return PLAIN[kind]


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a `derivtex server`, by which commands that programs start are done without their start-up."""
    socket = tmp_path_factory.mktemp("warm") / "s"
    with subprocess.Popen([sys.executable, "-m", "derivtex", "server", "--socket", str(socket)], stderr=subprocess.DEVNULL) as server:
        while not socket.exists() and server.poll() is None:
            time.sleep(0.02)
        yield str(socket)
        server.terminate()


@pytest.fixture
def served(warm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test starts is done by that server."""
    monkeypatch.setenv("DERIVTEX_SERVER", warm)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


LONG = frozenset(f"test_{name}.py" for name in "rendering web fuzz session house editors latex_package notebook certificate thin lsp_lines".split())


def pytest_collection_modifyitems(items):
    """The files that take longest first, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_collection_finish():
    """As for a command, rubbish is looked for rarely; and never among the thousands of tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
