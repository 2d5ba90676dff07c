"""Formulas as they are written in the end: what is known of a target beforehand, and a result shortly and in the author's names."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.blocks import blocks
from derivtex.calculus.contractions import contractions
from derivtex.calculus.determinants import determinants
from derivtex.calculus.totals import total_of
from derivtex.core.terms import Term
from derivtex.operations import Inverse, Number, PseudoInverse, Softmax, Symbol
from derivtex.problem import Definition
from derivtex.rewriting.page import Page
from derivtex.simplification.common_factors import factored, length
from derivtex.simplification.engine import simplified, tidied
from derivtex.simplification.identities_of_definitions import without_vanishing
from derivtex.simplification.named import logistic
from derivtex.simplification.names import recognised, repeated
from derivtex.simplification.pulling import pulling
from derivtex.steps import Sentence

ROUNDS = 3
SAID_FIRST = Page.together("Said before the derivation", determinants, contractions)
KNOWN_FIRST = Page.together("Known before the derivation", logistic, SAID_FIRST)


def known_first(body: Term) -> tuple[Term, list[Sentence]]:
    """A body with what is known of it before it is differentiated; of determinants and vecs that is said."""
    found = {part: SAID_FIRST.first(part) for part in body.walk()}
    said = [Sentence("Here {} is {}", (part, tidied(known[1]))) for part, known in found.items() if known is not None]
    return simplified(body, KNOWN_FIRST), said


def finished(
    result: Term, names: Page, definitions: tuple[Definition, ...], free_name: Callable[[Term, tuple[str, ...]], Symbol]
) -> tuple[Term, list[Definition]]:
    """A result without what vanishes, in the author's names, and with names for what it would repeat, which are told."""
    result = shortened(without_vanishing(result, {known.name: known.body for known in definitions}))
    return repeated(in_names(result, names, definitions), free_name)


def in_names(result: Term, names: Page, definitions: tuple[Definition, ...]) -> Term:
    """A result in the author's names; those of inverses and of softmaxes are opened and written again, where that makes it shorter."""
    found = shortened(simplified(result, names))
    bodies: dict[Term, Term] = {known.name: known.body for known in definitions if type(known.body) in (Inverse, PseudoInverse)}
    bodies |= {known.name: named for known in definitions if type(named := recognised(tidied(known.body))) is Softmax}
    if not any(part in bodies for part in found.walk()):
        return found
    return min(found, shortened(simplified(shortened(found.replace(bodies)), names)), key=length)


def shortened(result: Term) -> Term:
    """A result written shortly; what one round uncovers, the next can use."""
    for _ in range(ROUNDS):
        shorter = tidied(factored(simplified(simplified(recognised(tidied(result)), pulling), blocks)))
        if shorter is result:
            break
        result = shorter
    return result


def with_whole_labels(result: Term, bodies: dict[Term, Term], depends: Callable[[Term], bool]) -> list[Sentence]:
    """What a gradient with a softmax is where the labels, which are constant, sum to one: they mostly do, and nobody says so."""
    if not any(type(bodies.get(part, part)) is Softmax for part in result.walk()):
        return []
    found = [part for part in result.walk() if (labels := total_of(part)) is not None and not depends(labels)]
    return [Sentence("Where {} is 1, this is {}", (part, shortened(result.replace({part: Number(1)})))) for part in found[:1]]
