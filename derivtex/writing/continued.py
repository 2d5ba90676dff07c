"""The lines of a derivation that stands below another one with which it begins: what they share is not printed twice."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from derivtex.writing.wording import Wording

if TYPE_CHECKING:
    from derivtex.writing.content import Equation

LEAST_SHARED = 2  # one line is as soon said again


def continued(lines: list[Equation], above: Iterable[tuple[Equation, ...]], wording: Wording) -> list[Equation]:
    """The lines from the last one that a derivation above has as well, which says so."""
    shared = max((common(lines, each) for each in above), default=0)
    if shared < LEAST_SHARED:
        return lines
    first = lines[shared - 1]._replace(left=lines[0].left, reason=wording.say("as above"), source="", rules=())
    return [first, *lines[shared:]]


def common(lines: list[Equation], others: tuple[Equation, ...]) -> int:
    """How many lines of the first chain two derivations share at their beginning."""
    pairs = enumerate(zip(lines, others, strict=False))
    return sum(1 for _ in takewhile(lambda pair: (pair[0] == 0 or not pair[1][0].left) and says(pair[1][0]) == says(pair[1][1]), pairs))


def says(line: Equation) -> tuple[str, str, str]:
    return line.left, line.relation, line.right
