"""A slip put into a process of its own: the tests that are to notice it run there, the quickest first."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import signal
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.mutants.slips import Slip, slips

ALONE = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-o", "addopts=", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
SECONDS = 120  # a slip after which tests run on for so long is noticed


def slips_of(module: str, without: tuple[str, ...], most: int | None, seed: int) -> list[Slip]:
    """Slips in a module; no more than so many, drawn from a seed."""
    file = importlib.import_module(module).__file__
    assert file is not None
    found = list(slips(Path(file).read_text(encoding="utf-8"), file, without))
    return found if most is None or most >= len(found) else sorted(Random(seed).sample(found, most), key=lambda slip: slip.line)


def put_in(slip: Slip) -> None:
    """Give every function that has the right code the wrong one."""
    wrong = dict(slip.codes)
    gc.unfreeze()  # what is frozen is not among the objects
    for function in gc.get_objects():
        if isinstance(function, types.FunctionType) and function.__code__ in wrong:
            function.__code__ = wrong[function.__code__]


def is_noticed(slip: Slip, first: Callable[[], None], stages: tuple[tuple[str, ...], ...], is_shown: Callable[[], bool] = lambda: True) -> bool:
    """Whether tests fail, or end by a signal or not at all, where the slip is made. first: a test that takes a moment.

    is_shown: whether what the last stage looks at is changed; else it is not run.
    """

    def with_the_slip() -> bool:
        put_in(slip)
        first()
        return any(failing(stage) for at, stage in enumerate(stages) if at + 1 < len(stages) or is_shown())

    return apart(with_the_slip) != 0


def fails_without(stages: tuple[tuple[str, ...], ...]) -> bool:
    """Whether tests fail that no slip was made for: apart too, as what they load (threads of PyTorch and JAX) cannot be forked."""
    return apart(lambda: any(failing(stage) for stage in stages)) != 0


def apart(asked: Callable[[], bool]) -> int:
    """What a process of its own ends with: 0 if the answer is no."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        status = 1
        try:
            status = int(asked())
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def failing(tests: tuple[str, ...]) -> bool:
    """Whether one of some tests fails."""
    with quiet():
        return pytest.main([*ALONE, *tests]) != 0


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(io.StringIO()):
        yield
