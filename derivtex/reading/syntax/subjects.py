r"""What a formula is about, by its marks alone: whether a derivative or a matrix stands in it, and which other trade it belongs to, an
integral, a probability, a set. That is asked only of what could not be read: what was read is about what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from derivtex.reading.source.vocabulary import TRANSPOSES, bare_word
from derivtex.reading.syntax.data import EXPECTATIONS
from derivtex.reading.syntax.densities import GIVEN
from derivtex.reading.syntax.questions import D_MARKS
from derivtex.reading.syntax.tree import Key, Parts, key

DERIVED = frozenset((r"\partial", r"\nabla", r"\dot", r"\ddot"))
RATIOS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
OF_MATRICES = frozenset((r"\det", r"\otimes", r"\odot", r"\circ", r"\|", r"\lVert", r"\Vert", r"\left\|"))
WORDS_OF_MATRICES = frozenset(("tr", "Tr", "det", "diag", "Diag", "vec", "rank", "trace", "inv", "adj"))
GRIDS = ("matrix", "array")  # what the names of environments of entries end with
INTEGRALS = frozenset((r"\int", r"\iint", r"\iiint", r"\oint"))
LIMITS = frozenset((r"\lim", r"\limsup", r"\liminf", r"\sup", r"\inf"))
SETS = frozenset((r"\cup", r"\cap", r"\bigcup", r"\bigcap", r"\setminus", r"\emptyset", r"\varnothing", r"\subset", r"\subseteq", r"\in", r"\notin"))
LOGIC = frozenset((r"\forall", r"\exists", r"\land", r"\lor", r"\neg", r"\lnot", r"\implies", r"\iff"))
COUNTING = frozenset((r"\binom", r"\dbinom", r"\tbinom", r"\lfloor", r"\lceil", r"\bmod", r"\pmod", "!"))
CHANCES = frozenset(("P", "p", "Pr", "q", "prob", "Prob"))
COMPARED = frozenset(("=", "<", ">", r"\le", r"\leq", r"\ge", r"\geq", r"\in", r"\ne", r"\neq"))
OPTIMA = frozenset((r"\arg", r"\argmin", r"\argmax"))
EXTREMA = frozenset((r"\min", r"\max"))
SUMS = frozenset((r"\sum", r"\prod"))


def is_about_derivatives(marks: Key) -> bool:
    r"""Whether a derivative or a differential stands in a formula; the d that closes an integral is none."""
    if DERIVED.intersection(marks):
        return True
    above = [marks[at + 2 :] if marks[at + 1 : at + 2] == ("{",) else marks[at + 1 :] for at, mark in enumerate(marks) if mark in RATIOS]
    if any(is_d(rest) or rest[:1] == (r"\delta",) for rest in above):
        return True
    if INTEGRALS.intersection(marks):
        return False
    return any(is_d(marks[at:]) and marks[at + 1 : at + 2] not in ((), ("=",), ("_",), ("^",), (")",), (",",)) for at in range(len(marks)))


def is_d(marks: Key) -> bool:
    return marks[:1] in D_MARKS or marks[:2] in D_MARKS


def is_about_matrices(marks: Key) -> bool:
    """Whether something is done in a formula that is done with matrices: a transpose, an inverse, a trace, a norm, entries in a grid."""
    if OF_MATRICES.intersection(marks) or any(mark.endswith(GRIDS) for mark in marks) or WORDS_OF_MATRICES.intersection(words_in(marks)):
        return True
    raised = [marks[at + 1 :] for at, mark in enumerate(marks) if mark == "^"]
    return any(rest[:1] in TRANSPOSES or rest[:2] in TRANSPOSES or rest[:3] == ("{", "-", "1") or is_transposed_inverse(rest) for rest in raised)


def is_transposed_inverse(raised: Key) -> bool:
    return raised[:2] == ("{", "-") and raised[2:3] in TRANSPOSES


def words_in(marks: Key) -> set[str]:
    r"""The words that are written as such, `\operatorname{tr}`, or as a macro, `\tr`."""
    found = {bare_word(mark) for mark in marks if mark.startswith("\\")}
    begins = [at + 1 for at, mark in enumerate(marks) if mark == "{"]
    return found | {"".join(marks[at : marks.index("}", at)]) for at in begins if "}" in marks[at:]}


def has_integral(marks: Key) -> bool:
    return bool(INTEGRALS.intersection(marks))


def has_limit(marks: Key) -> bool:
    return bool(LIMITS.intersection(marks))


def has_optimum(marks: Key) -> bool:
    r"""`\arg\min_x f(x)`, `\max_{x \in C} f`; the `\max(0, x)` of a rectifier is none."""
    if OPTIMA.intersection(marks) or {"argmin", "argmax", "minimize", "maximize"} & words_in(marks):
        return True
    return any(mark in EXTREMA and marks[at + 1 : at + 2] == ("_",) for at, mark in enumerate(marks))


def has_order(marks: Key) -> bool:
    r"""Whether a term is only told by how fast it grows, `\mathcal{O}(\epsilon^2)`, `o(\|h\|)`."""
    calligraphic = any(mark == r"\mathcal" and marks[at + 1 : at + 3] == ("O", "(") for at, mark in enumerate(marks))
    return calligraphic or any(mark in ("+", "=") and marks[at + 1 : at + 3] in (("O", "("), ("o", "(")) for at, mark in enumerate(marks))


def has_mean(marks: Key) -> bool:
    return any(marks[at : at + len(name)] == name for name in EXPECTATIONS for at in range(len(marks)))


def has_chance(marks: Key) -> bool:
    r"""The probability of an event or of one thing given another: `P(X = x)`, `\Pr(A)`, `\pi(a \mid s)`."""
    if r"\Pr" in marks or any(mark == r"\mathbb" and marks[at + 1 : at + 2] == ("P",) for at, mark in enumerate(marks)):
        return True
    for at, mark in enumerate(marks):
        inside = within(marks, at) if mark == "(" and at and is_name_before(marks[at - 1]) else ()
        if inside and (set(GIVEN[:2]) & set(inside[1:-1]) or (marks[at - 1] in CHANCES and COMPARED.intersection(inside))):
            return inside.count("|") in (0, 1)
    return False


def is_name_before(mark: str) -> bool:
    return mark == "}" or mark[-1:].isalpha()


def within(marks: Key, at: int) -> Key:
    """What stands in the bracket that opens at a place; nothing where it does not close."""
    depth = 0
    for end in range(at, len(marks)):
        depth += (marks[end] == "(") - (marks[end] == ")")
        if depth == 0:
            return marks[at + 1 : end]
    return ()


def has_set(marks: Key) -> bool:
    return bool(SETS.intersection(marks)) or (r"\{" in marks and bool({r"\mid", ":", "|"}.intersection(marks[marks.index(r"\{") :])))


def has_sum_over_set(marks: Key) -> bool:
    r"""`\sum_{x'} p(x')`, `\sum_{a \in A}`: over what is no range of numbers, as its primes, its relation or its letter tell."""
    below = [scripted(marks, at) for at, mark in enumerate(marks) if mark in SUMS]
    return any(r"\in" in each or r"\prime" in each or "'" in each or each[:1] in (("x",), ("y",), ("z",), (r"\mathbf",)) for each in below)


def scripted(marks: Key, at: int) -> Key:
    """What stands below a sign."""
    behind = marks[at + 1 :]
    behind = behind[1:] if behind[:1] == (r"\limits",) else behind
    if behind[:1] != ("_",):
        return ()
    return behind[2 : behind.index("}") if "}" in behind else None] if behind[1:2] == ("{",) else behind[1:2]


def has_logic(marks: Key) -> bool:
    return bool(LOGIC.intersection(marks))


def counts(marks: Key) -> bool:
    return bool(COUNTING.intersection(marks))


class Trade(NamedTuple):
    """A trade that is not ours: what its formulas are about, how they are known, and whether they stay its own where a derivative or
    a matrix stands in them."""

    about: str
    has: Callable[[Key], bool]
    with_derivatives: bool = False
    with_matrices: bool = False


GROWTH = Trade("orders of growth", has_order, with_derivatives=True, with_matrices=True)
TRADES = (
    GROWTH,
    Trade("integrals", has_integral, with_matrices=True),
    Trade("limits", has_limit, with_matrices=True),
    Trade("an optimum", has_optimum, with_matrices=True),
    Trade("expectations", has_mean, with_matrices=True),
    Trade("probabilities", has_chance),
    Trade("sets", has_set, with_matrices=True),
    Trade("sums over a set", has_sum_over_set),
    Trade("logic", has_logic),
    Trade("series or numbers of ways", counts),
)


def other_subject(parts: Parts, unread: bool) -> str:
    """What a formula is about if that is neither a derivative nor an identity of matrices; nothing where it may be one of them. unread: whether
    it could not be read; what was read is about another thing only where a term is told by its growth alone."""
    marks = key(parts)
    if not unread:
        return GROWTH.about if GROWTH.has(marks) else ""
    derives, arrays = is_about_derivatives(marks), is_about_matrices(marks)
    found = (each.about for each in TRADES if (each.with_derivatives or not derives) and (each.with_matrices or not arrays) and each.has(marks))
    return next(found, "")


