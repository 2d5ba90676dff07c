"""Names by what the lines write: what stands three times in them is named before the first line that needs it.

A derivation is made without names first. The part whose name saves the most marks in its lines is given one, the derivation is made
anew, as if the author had defined it, and so on, as long as the lines become shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.calculus.traces import transposed
from derivtex.core.terms import Term
from derivtex.derivation.moves import moves, own_names
from derivtex.operations import (
    Determinant,
    Differential,
    Entry,
    EntryPower,
    Identity,
    Index,
    Inverse,
    MatrixPower,
    Number,
    Ones,
    Product,
    ProductOver,
    Sum,
    SumOver,
    Symbol,
    Transpose,
    UnitVector,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.problem import Definition
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import monomial
from derivtex.simplification.common_factors import shortly
from derivtex.simplification.cost import BRACKETS, is_open, marks, reading
from derivtex.simplification.engine import Rewriting
from derivtex.simplification.shortening import definition, shorten
from derivtex.steps import Chain, Derivation

OFTEN, MOST_NAMES, TRIES, LEAST, SMALL = 3, 4, 3, 3, 3  # golden rule: three times; more names than four are a notation of their own
LONGEST = 2_000  # symbols: beyond that a derivation is not made several times
OVERHEAD = 3  # marks: what a reader pays for one more name
POWERS = (EntryPower, MatrixPower)  # what stands in an exponent keeps its form, by which rules know it
Deriving = Callable[[tuple[Term, ...]], Derivation]


def with_names(derive: Deriving) -> Derivation:
    """The derivation with names for what its lines would repeat. derive: makes it with names for some parts."""
    parts: tuple[Term, ...] = ()
    best = plain = derive(parts)
    if cost(plain) > LONGEST:
        return plain
    while len(parts) < MOST_NAMES:
        for part in worth_naming(best)[:TRIES]:
            found = derive((*parts, part))
            if cost(found) < cost(best) and marks(found.result) <= marks(best.result):
                parts, best = (*parts, part), found
                break
        else:
            break
    if not parts:
        return best
    helpers = own_names(best)
    bodies: dict[Term, Term] = {known.name: known.body for known in best.let if known.name in helpers}
    return replace(without(best, bodies, None if plain.where else plain.answer), unnamed=plain)


def without(derivation: Derivation, bodies: dict[Term, Term], known: Term | None = None) -> Derivation:
    """The derivation with its result without some names as well. known: how it was written in a derivation that has none of them."""
    rewriting = Rewriting(derivation.result)
    while any(name in bodies for name in rewriting.term.walk()):
        rewriting.become(definition, rewriting.term.replace(bodies))
    shorten(rewriting)
    if known is not None:
        rewriting.become(shortly, known)
    left = derivation.derivative or derivation.chains[-1].left
    return replace(derivation, opened=rewriting.term, without_names=Chain(left, rewriting.start, rewriting.steps))


def cost(derivation: Derivation) -> int:
    """What there is to read: the marks of the formulas that the lines show, and of the definitions before them, with what a name costs."""
    helpers = own_names(derivation)
    bodies = [definition.body for definition in (*derivation.let, *derivation.where) if definition.name in helpers]
    lines = [move.after for chain in derivation.chains for move in moves([(step, None) for step in chain.steps], helpers)]
    return reading((*lines, *read_off(derivation))) + sum(marks(body) + OVERHEAD for body in bodies)


def all_lines(derivation: Derivation) -> list[Term]:
    """The formulas where each pass ends, and what is read off."""
    return [end for chain in derivation.chains for end in ends(chain)] + read_off(derivation)


def read_off(derivation: Derivation) -> list[Term]:
    """What is read off the ends of chains: gradients on the way, and the result."""
    return [*(conclusion.right for chain in derivation.chains for conclusion in chain.leads_to), derivation.result]


def ends(chain: Chain) -> Iterator[Term]:
    """Where each pass of a chain ends, also one that rides along: what it makes is read too."""
    for step, following in zip_longest(chain.steps, chain.steps[1:]):
        if following is None or following.pass_ != step.pass_:
            yield step.after


def worth_naming(derivation: Derivation) -> list[Term]:
    """The parts of the lines that stand there three times, those first whose names save the most marks."""
    lines = all_lines(derivation)
    counts: dict[int, int] = {}
    parts: dict[int, Term] = {}
    for line in lines:
        count(line, counts, parts)
    taken = {monomial(definition.body)[1] for definition in (*derivation.let, *derivation.where, *derivation.problem.definitions)}
    saved = {key: (counts[key] - 1) * (spared(part) - 1) - OVERHEAD for key, part in parts.items() if counts[key] >= OFTEN and key not in taken}
    worth = sorted((key for key in saved if saved[key] > 0 and not is_all(parts[key], derivation.result)), key=lambda key: -saved[key])
    return [parts[key] for key in worth]


def count(line: Term, counts: dict[int, int], parts: dict[int, Term]) -> None:
    """Count the parts of a line that may be given a name; a part and its transpose are one."""
    key = candidate(line)
    if key is not None:
        counts[key] = counts.get(key, 0) + 1
        parts.setdefault(key, line)
    for child in line.children[:1] if type(line) in POWERS else line.children:
        count(child, counts, parts)


def candidate(part: Term) -> int | None:
    """The key of a part that may be given a name: nothing that moves or depends on an index."""
    if not is_nameable(part) or free_indices(part):
        return None
    turned, key = monomial(part, True)[1], monomial(part)[1]
    return min(turned, key)


def is_nameable(part: Term) -> bool:
    """Whether a part is worth a name where it stands often: no mere turn or multiple of something, nor one less than a name."""
    plain = type(part) in (Transpose, Inverse, EntryPower, MatrixPower, Symbol, Number, Ones, Identity, Index, Differential, Entry, UnitVector)
    if plain or not part.children or varies(part) or marks(part) < LEAST:
        return False
    if type(part) is Product and is_multiple(part):
        return False
    return not (type(part) is Sum and len(part.terms) == 2 and any(type(each) in (Number, Ones) for each in part.terms) and marks(part) <= SMALL)


def is_multiple(part: Product) -> bool:
    """Whether it is no more than a number, or scalars, times something."""
    scalars, chain = scalars_and_chain(part)
    return len(chain) == 1 or (not chain and len([factor for factor in scalars if type(factor) is not Number]) < 2)


def free_indices(part: Term) -> frozenset[Index]:
    """The indices of a part that no sum in it binds."""
    return part.remembered("_free", _free_indices)


def _free_indices(part: Term) -> frozenset[Index]:
    if type(part) is Index:
        return frozenset((part,))
    found = frozenset(index for child in part.children for index in free_indices(child))
    return found - {part.index} if type(part) in (SumOver, ProductOver) else found


def spared(part: Term) -> int:
    """What a part takes to write among others."""
    return marks(part) + (BRACKETS if is_open(part) or type(part) is Product else 0)


def is_all(part: Term, result: Term) -> bool:
    """Whether a name would be the whole result, up to a number and a transpose: the reader wants to see the formula."""
    key = candidate(coefficient(result)[1])
    return key is not None and key == candidate(part)


def with_helpers(
    known: list[Definition], parts: tuple[Term, ...], name_for: Callable[[Term], Symbol]
) -> tuple[list[Definition], list[Definition]]:
    """Definitions of names for some parts, those first that others use, and the known definitions in which the names stand."""
    helpers: list[Definition] = []
    for part in parts:
        for each in helpers:
            part = named_within(part, each.body, each.name)
        helper = Definition(name_for(part), part)
        is_used = any(named_within(each.body, part, helper.name) is not each.body for each in helpers)
        helpers = [each._replace(body=named_within(each.body, part, helper.name)) for each in helpers]
        known = [each._replace(body=named_within(each.body, part, helper.name)) for each in known]
        helpers = [helper, *helpers] if is_used else [*helpers, helper]
    return helpers, known


def named_within(body: Term, part: Term, name: Term) -> Term:
    """A body with a name for a part wherever it stands, its negative and its transpose."""
    value, key = monomial(part)
    turned = monomial(part, True)

    def change(term: Term) -> Term | None:
        if not term.children:
            return None
        if type(term) in POWERS and monomial(term) != (value, key):
            return type(term)(term.children[0].map(change), term.children[1])
        if term.shape not in (part.shape, part.shape[::-1]) or len(term.children) > len(part.children):
            return named_run(term)
        own = monomial(term)
        if own[1] == key and term.shape == part.shape and abs(own[0]) == abs(value):
            return name if own[0] == value else -name
        if own == turned and term.shape == part.shape[::-1]:
            return name.T
        return None

    def named_run(term: Term) -> Term | None:
        run = run_of(term, part)
        return None if run is None else product((*term.children[: run[0]], name if run[1] else name.T, *term.children[run[0] + len(part.children) :]))

    return body.map(change)


def run_of(term: Term, part: Term) -> tuple[int, bool] | None:
    """Where the factors of a part stand side by side in a longer product, and whether as they are or transposed."""
    if type(term) is not Product or type(part) is not Product or any(factor.is_scalar for factor in part.factors):
        return None
    for factors, straight in ((part.factors, True), (transposed(part.factors), part.is_scalar)):
        for at in range(len(term.factors) - len(factors) + 1):
            if term.factors[at : at + len(factors)] == factors:
                return at, straight
    return None


def is_inverted(part: Term, bodies: list[Term]) -> bool:
    """Whether formulas have the inverse or the determinant of a part."""
    key = monomial(part)[1]
    around = (each for body in bodies for each in body.walk() if type(each) in (Inverse, MatrixPower, Determinant))
    return not part.is_scalar and any(monomial(each.children[0])[1] == key for each in around)
