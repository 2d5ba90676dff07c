"""What was derived in one sentence, for whoever reads no further: the result with what its names stand for, or written without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from derivtex.core.terms import Term
from derivtex.derivation.moves import own_names
from derivtex.problem import Template
from derivtex.simplification.cost import marks
from derivtex.steps import Derivation
from derivtex.writing.content import SHORT
from derivtex.writing.entrywise import by_entries
from derivtex.writing.formula import Formulas
from derivtex.writing.lines import lines_of
from derivtex.writing.manner import Manner
from derivtex.writing.prose import listed
from derivtex.writing.widths import prose_width, width

LEAST_LINES = 2  # before the result: what stands below one line is seen at once
ROWS = 1.5  # of the page: as long as such a sentence may be
ROOM = Manner().width
KINDS = {"gradient": "gradient", "jacobian": "Jacobian", "vec": "Jacobian", "hessian": "Hessian"}


class Place(NamedTuple):
    """Where a sentence stands: among several, and whether those are of several functions."""

    several: bool
    apart: bool


def headline(derivations: Sequence[Derivation]) -> str:
    r"""`$\nabla f = 2A^{T}Wr$ with $r = Ax - b$`; of several each, while there is room. Nothing of one that is short, or where it would be long."""
    told = [each for each in derivations if each.derivative is not None]
    if not told or (len(told) == 1 and is_short(told[0])):
        return ""
    found: list[str] = []
    several = len(told) > 1
    apart = several and len({each.problem.target for each in told}) > 1
    for each in told:
        room = ROWS * ROOM - sum(map(prose_width, found))
        fitting = [words for words in ways(each, "; ".join(found), Place(several, apart)) if prose_width(words) <= room]
        if not fitting:
            return ""  # a part of them would be taken for all
        found.append(fitting[0])
    return "; ".join(found)


def is_short(derivation: Derivation) -> bool:
    """Whether the result is seen at once below its lines, without a look at what names stand for."""
    return len(lines_of(derivation)) < LEAST_LINES and not derivation.let and not derivation.where and not derivation.families


def ways(derivation: Derivation, told: str, place: Place) -> Iterator[str]:
    """The sentences that tell the result, the better one first. told: what has been said, which is not said again."""
    bare, formulas = Formulas.of(derivation.problem), Formulas.of(derivation.problem, families=derivation.families)
    whole, names = bare.latex(derivation.answer), [*names_in(derivation, formulas)]
    known = bool(names) and all(each in told for each in names)
    later = {each.name for chain in derivation.chains for each in chain.leads_to}
    if not known and derivation.answer is not derivation.result and width(whole) < SHORT * ROOM:
        yield sentence(derivation, whole, [], place)
    elif not later & {*derivation.result.walk()}:  # what a line gives a name to is not told before it
        untold = [each for each in names if each not in told]
        yield sentence(derivation, formulas.latex(derivation.result), untold, place, by_entries(derivation, formulas))
    yield sentence(derivation, whole, [], place)


def names_in(derivation: Derivation, formulas: Formulas) -> Iterator[str]:
    """What the names in a result stand for, those after it that stand in them; the name of a bare target is told as its author wrote it."""
    own, at_hand, author = own_names(derivation), [derivation.result], Formulas.of(derivation.problem)
    others, parts = ([each for each in derivation.let if (each.name in own) == is_own] for is_own in (False, True))
    for definition in (*others, *reversed(parts)):
        if any(definition.name in {*each.walk()} for each in at_hand):
            to = formulas if definition.name in own else author
            at_hand += [definition.body] if definition.name in own else []
            yield "${} = {}$".format(*map(to.latex, definition.sides))
    for template in sorted(derivation.families, key=lambda each: -marks(each.body)):
        if is_written(template, derivation, at_hand):
            at_hand.append(template.body)
            yield f"${formulas.latex(template.body)} = {formulas.opened(template.body)}$"


def is_written(template: Template, derivation: Derivation, shown: list[Term]) -> bool:
    """Whether formulas would look otherwise without a name with an index."""
    others = tuple(each for each in derivation.families if each is not template)
    one, other = (Formulas.of(derivation.problem, families=families) for families in (derivation.families, others))
    return any((one.latex(term), one.opened(term)) != (other.latex(term), other.opened(term)) for term in shown)


def sentence(derivation: Derivation, right: str, names: list[str], place: Place, entries: tuple[str, str] | None = None) -> str:
    """The sentence; what has no name of its author's is called what it is. entries: the sides of the line on its entries, which tells it better."""
    assert derivation.derivative is not None
    unnamed = entries is None and all(each.name is not derivation.derivative.of for each in derivation.problem.definitions)
    formulas = Formulas.of(derivation.problem)
    left, right = entries or (formulas.latex(derivation.derivative), right)
    by = f" by ${formulas.latex(derivation.derivative.by)}$" if place.several else ""
    target = formulas.latex(derivation.problem.target)
    of = f" of ${target}$" if place.apart or (not place.several and width(target) < SHORT * ROOM) else ""
    begins = f"the {KINDS.get(derivation.derivative.form, 'derivative')}{of}{by} is ${right}$" if unnamed else f"${left} = {right}$"
    return f"{begins} with {listed(names)}" if names else begins
