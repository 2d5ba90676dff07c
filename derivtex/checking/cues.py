"""What the words of a whole document say that a verdict may rest on, name by name: so that an edit elsewhere leaves a verdict as it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from derivtex.checking.commuting import CUE
from derivtex.checking.ledger import ORTHOGONAL, SUM_ONE, SYMMETRIC, UNIT, Entry, denied, near_words, stands_in, told_at
from derivtex.core.notation import squeezed

NEAR_NAMES = (SYMMETRIC, ORTHOGONAL, UNIT)
APART = "\0"


class Cues:
    """The cues of one text, looked for once."""

    def __init__(self, text: str):
        self.written, self.text = text, text.lower()

    @cached_property
    def stretches(self) -> dict[Entry, str]:
        """What stands around the words for each assumption that needs its name near them."""
        return {entry: APART.join(squeezed(each) for cue in entry.cues for each in near_words(cue, self.text)) for entry in NEAR_NAMES}

    @cached_property
    def denials(self) -> list[str]:
        return denied(SYMMETRIC.cues[0], self.text)

    @cached_property
    def commuting(self) -> list[str]:
        return [] if denied(CUE, self.text) else near_words(CUE, self.text)

    @cached_property
    def sum_one(self) -> bool:
        return any(cue in self.text for cue in SUM_ONE.cues)

    def heard(self, names: Iterable[str], with_lines: bool) -> list[str]:
        """All that the text says of these names; with_lines: and in which lines, for verdicts that cite them."""
        found = ["sum-one"] if self.sum_one else []
        written = list(names)
        spelled = [name.lower() for name in written]
        for typed, name in zip(written, spelled, strict=True):
            near = [entry for entry in NEAR_NAMES if squeezed(name) in self.stretches[entry]]
            found += [f"{entry.property} {name}{self.line(typed, entry) if with_lines else ''}" for entry in near]
            if any(stands_in(name, each) for each in self.denials):
                found.append(f"denied {name}")
        together = (" ".join(name for name in spelled if stands_in(name, each)) for each in self.commuting)
        return [*found, *(f"commute {each}" for each in dict.fromkeys(together) if " " in each)]

    def line(self, name: str, entry: Entry) -> str:
        place = told_at(name, entry, self.written)
        return "" if place is None else f" {self.text.count(chr(10), 0, place)}"
