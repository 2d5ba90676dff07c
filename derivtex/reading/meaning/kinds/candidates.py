"""The kinds a name may be of, each with a price. The convention is free; what departs from it costs, the more the rarer it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from derivtex.reading.syntax.letters import UPPER_GREEK, conventional_kind
from derivtex.reading.syntax.tree import Key

FIRST_NUMBER, NEXT_NUMBER = 3.0, 1.0
FIRST_ROW, COUNT_ROW, NEXT_ROW = 6.0, 7.0, 1.0


class Candidate(NamedTuple):
    """A kind, with what it costs to assume it.

    kind: scalar, vector, row, matrix; thin (a declared matrix of one column); number (Euler's); for names that stand with an index:
    entries, family scalar, family vector, family row, family matrix, rows (those of a matrix).
    """

    kind: str
    price: float = 0.0


class Use(NamedTuple):
    """How a name occurs in its scope: by itself, with an index that runs, with two, with one that is raised; whether it is said to be positive
    or negative."""

    plain: bool = False
    member: bool = False
    double: bool = False
    raised: bool = False
    signed: bool = False


MEMBERS_WITH_ENTRIES = (Candidate("family vector"), Candidate("matrix", 1.0))  # x_i and x_{ij}: the second is an entry of the first
BOLD = frozenset((r"\mathbf", r"\boldsymbol", r"\bm", r"\bf", r"\vec", r"\textbf", r"\overrightarrow"))
COUNTS = frozenset("nmdpkNMTK")  # what sizes and numbers of samples are called
CONSTANTS = frozenset("CEJLR")  # capitals that are often numbers: a cost, an energy, a loss
TIMES = frozenset("t")

PLAIN = {
    "greek": (("scalar", 0), ("vector", 2), ("matrix", 6), ("row", 8)),
    "bold greek": (("vector", 0), ("matrix", 5), ("row", 6), ("scalar", 8)),
    "lower": (("vector", 0), ("scalar", FIRST_NUMBER), ("row", FIRST_ROW), ("matrix", 10)),
    "count": (("vector", 0), ("scalar", 1.5), ("row", COUNT_ROW), ("matrix", 10)),
    "bold lower": (("vector", 0), ("row", FIRST_ROW), ("matrix", 10), ("scalar", 9)),
    "upper": (("matrix", 0), ("vector", 5.5), ("scalar", 9), ("row", 8)),
    "constant": (("matrix", 0), ("scalar", 2), ("vector", 5.5), ("row", 8)),
    "bold upper": (("matrix", 0), ("vector", 9.5)),
    "script": (("scalar", 0), ("matrix", 4), ("vector", 6)),
}
WITH_INDEX = {
    "greek": (("entries", 0), ("family vector", 2), ("family matrix", 7)),
    "bold greek": (("family vector", 0), ("entries", 1.5)),
    "lower": (("entries", 0), ("family vector", 1), ("family row", 3.5), ("family matrix", 8)),
    "bold lower": (("family vector", 0), ("entries", 1.5), ("family row", 3.5), ("family matrix", 8)),
    "upper": (("family matrix", 0), ("rows", 2), ("entries", 3), ("family vector", 3.5)),
    "bold upper": (("family matrix", 0), ("family vector", 4)),
    "script": (("entries", 0), ("family matrix", 4)),
}
RAISED = {
    "lower": (("family vector", 0), ("family scalar", 1.5), ("family matrix", 8)),
    "upper": (("family matrix", 0), ("family vector", 1), ("family scalar", 2.5)),
}


def bare(label: Key) -> Key:
    """A name without its index and its raised mark."""
    end = next((at for at, mark in enumerate(label) if at and mark in ("_", "^")), len(label))
    return label[:end]


def style(label: Key) -> str:
    """How a letter is drawn, which is what the convention goes by."""
    if label[0] == r"\mathcal":
        return "script"
    letter = next((mark for mark in label if len(mark) == 1 and mark.isalpha()), "")
    bold = "bold " if label[0] in BOLD else ""
    if letter:
        size = "upper" if letter.isupper() else "lower"
        return bold + size if label[0] != r"\vec" else "bold lower"
    if any(mark in UPPER_GREEK for mark in label):
        return bold + "upper"
    return bold + "greek"


def candidates(label: Key, use: Use) -> tuple[Candidate, ...]:
    """What a name may be, the convention first."""
    label = bare(label)
    drawn = style(label)
    if use.double and not use.plain:
        return MEMBERS_WITH_ENTRIES if use.member and "upper" not in drawn else (Candidate("matrix"),)
    if use.member and not use.plain:
        return table(WITH_INDEX, drawn)
    if use.raised and not use.plain:
        return table(RAISED, "upper" if drawn.endswith("upper") else "lower")
    if len(label) == 1 and (label[0] in COUNTS | TIMES | CONSTANTS or (use.signed and drawn == "lower")):
        drawn = "constant" if label[0].isupper() else "count"
    found = table(PLAIN, drawn)
    usual = conventional_kind(label)
    return tuple(sorted(found, key=lambda each: each.kind != usual))


def table(of: Mapping[str, tuple[tuple[str, float], ...]], drawn: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(kind, price) for kind, price in of.get(drawn, of["lower"]))


def price(chosen: Iterable[Candidate], known: frozenset[str] = frozenset()) -> float:
    """What departures from the convention cost together: where one small letter is a number or a row, others are likelier to be.

    known: the kinds of which some name is declared to be.
    """
    total = 0.0
    again = set(known)
    for each in chosen:
        rare = SHARED.get((each.kind, each.price))
        total += rare if rare is not None and each.kind in again else each.price
        again.update([each.kind] if rare is not None else ())
    return total


SHARED = {("scalar", FIRST_NUMBER): NEXT_NUMBER, ("row", FIRST_ROW): NEXT_ROW, ("row", COUNT_ROW): NEXT_ROW, ("family row", 3.5): 1.0}
