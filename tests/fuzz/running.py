"""Many inputs through a door; of what fails the smallest that fails in the same way."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.doors import DOORS

KEPT = Path(__file__).parent / "kept.jsonl"


class Failure(NamedTuple):
    """An input that a door does not stand, and what it raised."""

    door: str
    input: Any
    error: str

    @property
    def text(self) -> str:
        return json.dumps({"door": self.door, "input": self.input}, ensure_ascii=True)


def trying(door: str, inputs: int = 1, start: int = 0) -> tuple[Any, Callable[[Exception], Failure]]:
    """What brings so many inputs from a seed to a door, and the failure that an error of the last one is."""
    last: list[Any] = []

    @seed(start)
    @settings(
        max_examples=inputs, deadline=None, database=None, report_multiple_bugs=False, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(DOORS[door].inputs)
    def tried(value: Any) -> None:
        last[:] = [value]
        DOORS[door].enter(value)

    def failed(error: Exception) -> Failure:
        trace = [frame for frame in traceback.extract_tb(error.__traceback__) if "derivtex" in frame.filename]
        frames = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in trace]
        return Failure(door, last[0], f"{type(error).__name__}: {error} at {' '.join(frames[-4:])}"[:400])

    return tried, failed


def run(door: str, inputs: int, start: int = 0) -> Failure | None:
    """Try so many inputs from a seed; the first failure, shrunk by Hypothesis."""
    tried, failed = trying(door, inputs, start)
    try:
        tried()
    except Exception as error:
        return failed(error)
    return None


def kept() -> list[Failure]:
    """What once failed."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    return [Failure(each["door"], each["input"], "") for each in map(json.loads, lines)]


def keep(failure: Failure) -> bool:
    """Keep a failure for the tests; whether it is new."""
    if failure.text in {each.text for each in kept()}:
        return False
    with KEPT.open("a", encoding="utf-8") as file:
        file.write(failure.text + "\n")
    return True
