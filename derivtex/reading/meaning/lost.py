r"""Definitions of functions and of members of families that could not be read: what they define is then read as if nothing defined it, so that
its other lines are not lost with them; and those that only name entries, `y_i = (y_{i1}, \ldots, y_{ip})^T`, which define nothing."""

from __future__ import annotations

from derivtex.problem import Fault, Untried
from derivtex.reading.meaning.eigenvalues import SPECTRAL
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.source.vocabulary import TRANSPOSES, bare_word, words
from derivtex.reading.syntax.letters import letters_in
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.tree import Key, key

BEFORE = "is used before it is defined"
BETWEEN = frozenset(((r"\ldots",), (r"\vdots",), (r"\ddots",), ("\\\\",)))  # that stand between entries
READ = ("dimensions", "power")  # codes of faults of what was read, and may be wrong
ROUNDS = 2  # in which definitions are taken out; each reads the scope again
Place = tuple[int, Key]  # where the line of a definition begins, and what it defines
Lost = dict[Place, Item]  # what is said of definitions that could not be read


def lost_in(found: Understanding) -> list[tuple[Body, Fault]]:
    """The definitions of functions and members that could not be read, with why; none that only uses another one of them, or of a name that no
    other line has, or that means something where nothing defines it, `\\sigma(z)`."""
    faults = {id(said): fault for said, fault in found.faults if fault.code not in READ}  # what does not conform was read
    bodies = [body for body in found.reading.bodies.values() if id(body.said) in faults and (body.form == "template" or body.left.arguments)]
    lost = [(body, faults[id(body.said)]) for body in bodies if not has_meaning(body) and is_used(body, found.reading)]
    return [(body, fault) for body, fault in lost if not fault.message.endswith(BEFORE) or contains(body.side, body.left.name)]


def place_of(body: Body) -> Place:
    return body.said.start, body.key


def has_meaning(body: Body) -> bool:
    """Whether a name means something by itself: that of an operation, or a letter that usually stands for a function."""
    name = key(body.left.name)
    return any(bare_word(mark) in words() or (mark,) in LETTERS_OF_FUNCTIONS or mark in SPECTRAL for mark in (*name, "".join(name)))


def is_used(body: Body, reading: Reading) -> bool:
    return any(contains(said.tokens, body.left.name) for said in reading.order if said is not body.said)


def taken_out(reading: Reading, lost: list[tuple[Body, Fault]]) -> Lost:
    """What is said of the lines of some definitions, which bind nothing any more."""
    for body, _ in lost:
        del reading.bodies[body.key]
    return {
        place_of(body): Untried(fault.latex, "entries", fault.span) if names_entries(body) else fault._replace(defines=body.latex)
        for body, fault in lost
    }


def names_entries(body: Body) -> bool:
    """Whether a definition of a member only tells what its entries are called: no other name stands in it."""
    names = {key(name) for name in letters_in(body.side)} - TRANSPOSES - BETWEEN
    return body.form == "template" and names == {key(body.left.name)}
