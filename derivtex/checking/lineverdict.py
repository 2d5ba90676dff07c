"""What is found of one assertion of an author."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.checking.diagnosis import Mistake
from derivtex.core.terms import Term


class Verdict(NamedTuple):
    """What is found of one assertion. expected: what should stand on its right side."""

    verdict: str
    reason: str = ""
    code: str = ""
    expected: Term | None = None
    mistake: Mistake | None = None
    assuming: tuple[str, ...] = ()
    layout: str = ""
    follows: bool | None = None
