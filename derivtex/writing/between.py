"""What is said of the steps between two lines that are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivtex.steps import Derivation
from derivtex.writing.explanations import claim_of, further_on, wrong_lines
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas
from derivtex.writing.whys import reasons_told


def step_section(report: dict[str, Any] | None, last: int) -> Iterator[Section]:
    """What the later one of two lines needs to hold, and what is wrong behind it."""
    line = claim_of(report, last)
    if line is not None and line["assuming"]:
        yield Section("The step needs", (listed([with_formulas(each) for each in line["assuming"]]),))
    yield from further_on([each for each in wrong_lines(report) if each["index"] > last])


def step_told(labels: tuple[str, str], derivation: Derivation) -> str:
    """The reason for which one line leads to another, where it is one."""
    reasons = [words for words, _ in reasons_told(derivation)]
    return f"From ({labels[0]}) to ({labels[1]}): {reasons[0]}" if len(reasons) == 1 else ""
