"""How time is taken: the processor's own time of this process, the least of several tries, and peers in turn, so that a ratio holds
where the machine is shared and its speed drifts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ("-m", "derivtex")


class Row(NamedTuple):
    """A row of the table. value: a time, a ratio or an exponent, as the unit says; goal: what it should not exceed (or fall below)."""

    group: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    remark: str = ""

    @property
    def good(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def once(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def least(work: Callable[[], object], tries: int) -> float:
    return min(once(work) for _ in range(tries))


def in_turn(works: Sequence[Callable[[], object]], tries: int) -> list[float]:
    """The least time of each, tried in turn."""
    found = [float("inf")] * len(works)
    for _ in range(tries):
        for at, work in enumerate(works):
            found[at] = min(found[at], once(work))
    return found


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """How a time grows over the last doubling of the size: 1 is linear."""
    return log(times[-1] / times[-2]) / log(sizes[-1] / sizes[-2])


def processes(commands: Sequence[Sequence[str]], tries: int, environment: dict[str, str] | None = None) -> list[float]:
    """The least processor time of fresh interpreters, in turn; bytecode is kept, as for an installed package."""
    with tempfile.TemporaryDirectory() as cache:
        kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        kept |= {"PYTHONPYCACHEPREFIX": cache, "DERIVTEX_CACHE": os.path.join(cache, "kept"), **(environment or {})}

        def run(command: Sequence[str]) -> float:
            before = sum(os.times()[2:4])
            subprocess.run([sys.executable, *command], cwd=ROOT, env=kept, capture_output=True, check=False)
            return (sum(os.times()[2:4]) - before) * 1000

        for command in commands:
            run(command)
        found = [float("inf")] * len(commands)
        for _ in range(tries):
            for at, command in enumerate(commands):
                found[at] = min(found[at], run(command))
        return found
