"""What is said along chains of equal sides, `a = b = c`: each side of the one before it, or of one before that if it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from derivtex.core.terms import Term
from derivtex.problem import Claim, Fault
from derivtex.reading.meaning.claims import Sides, elaborated, is_readable, placed, settled
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding

LEFT_OUT = "a bracket that closes nothing is left out"


def sides(found: Understanding, settle: Settling) -> list[tuple[Statement, Claim | Fault]]:
    """The claims and faults of a source, each with the statement it stands in.

    All are elaborated before any is settled: a later one may tell a size. One that does not conform tells none. A side of a chain that
    cannot be read is passed over: what stands behind it is said of the side before; but where that is a zero, to which something is set.
    """
    read: list[tuple[Sides, tuple[Term, Term] | Fault]] = []
    before: dict[int, Parts] = {}
    for claim in found.reading.claims:
        left, _, right, said = claim
        left = before.get(left[0].start, left)
        read.append((claim, elaborated(found, claim, left)))
        if isinstance(read[-1][1], Fault) and key(left) != ("0",) and not is_readable(found, right, said):
            before[right[0].start] = left
    made = [(claim, each if isinstance(each, Fault) else placed(found, settle, claim, settled(settle, claim, *each))) for claim, each in read]
    done = behind_faults(found, settle, made)
    return [(claim[3], with_note(found, claim, each)) for claim, each in done]


def behind_faults(found: Understanding, settle: Settling, done: Iterable[tuple[Sides, Claim | Fault]]) -> Iterator[tuple[Sides, Claim | Fault]]:
    """The claims and faults of chains; a side that fits no faulty one before it is said of the first side, where it fits that."""
    heads: dict[int, tuple[Parts, bool]] = {}
    for claim, item in done:
        left, _, right, _ = claim
        head, broken = heads.get(left[0].start, (left, False))
        if isinstance(item, Fault) and broken and key(head) != ("0",):
            again = elaborated(found, claim, head)
            whole = again if isinstance(again, Fault) else settled(settle, claim, *again)
            item = item if isinstance(whole, Fault) else whole
        heads[right[0].start] = head, broken or isinstance(item, Fault)
        yield claim, item


def with_note(found: Understanding, claim: Sides, item: Claim | Fault) -> Claim | Fault:
    """A claim or fault that says which bracket was left out to read it."""
    if not found.mended.intersection((claim[0], claim[2])):
        return item
    return item._replace(note=LEFT_OUT) if isinstance(item, Claim) else item._replace(message=f"{item.message}; {LEFT_OUT}")
