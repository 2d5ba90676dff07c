"""Formulas as they are written in the end: what is known of a target beforehand, and a result shortly and in the author's names."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.blocks import blocks
from derivtex.calculus.contractions import contractions
from derivtex.calculus.determinants import determinants
from derivtex.calculus.logarithms import logarithms
from derivtex.calculus.powers import powers
from derivtex.calculus.signs import signs
from derivtex.calculus.totals import total_of
from derivtex.core.terms import Term
from derivtex.operations import Inverse, Number, Product, PseudoInverse, Share, Softmax, Sum, Symbol, Transpose
from derivtex.problem import Definition
from derivtex.rewriting.page import Page, Rule
from derivtex.rewriting.sources import DEFINITION as SOURCE
from derivtex.simplification.common_factors import factor, length
from derivtex.simplification.cost import marks
from derivtex.simplification.engine import Rewriting, simplified, tidied
from derivtex.simplification.identities_of_definitions import drop_vanishing
from derivtex.simplification.named import logistic
from derivtex.simplification.names import name_repeated, recognise, recognised
from derivtex.simplification.pulling import pulling
from derivtex.steps import Sentence

ROUNDS = 3
SAID_FIRST = Page.together("Said before the derivation", determinants, contractions, logarithms)
KNOWN_FIRST = Page.together("Known before the derivation", logistic, signs, SAID_FIRST)


def known_first(body: Term) -> tuple[Term, list[Sentence]]:
    """A body with what is known of it before it is differentiated; of determinants and vecs that is said."""
    parts = body.walk() if SAID_FIRST.bits & body.bits else ()
    found = {part: SAID_FIRST.first(part) for part in parts if SAID_FIRST.bits & part.bit}
    said = [Sentence("Here {} is {}", (part, tidied(known[1]))) for part, known in found.items() if known is not None]
    return simplified(body, KNOWN_FIRST), said


definition = Rule("definition", "Names", "definition", SOURCE, lambda term: None, (Symbol,), says="f = \\text{what } f \\text{ stands for}", quiet=True)

turned_in = Rule("transpose of a result", "Transposes", "rules of the transpose", "matrix algebra", lambda term: None, (Transpose, Sum, Product),
                 says=r"(A + B)^T = A^T + B^T", quiet=True)  # fmt: skip


def finish(
    rewriting: Rewriting, names: Page, definitions: tuple[Definition, ...], free_name: Callable[[Term, tuple[str, ...]], Symbol]
) -> list[Definition]:
    """Write a result shortly, without what vanishes and in the author's names; names for what it would repeat, which are told."""
    shorten(rewriting)
    drop_vanishing(rewriting, {known.name: known.body for known in definitions})
    shorten(rewriting)
    put_in_names(rewriting, names, definitions)
    helpers = name_repeated(rewriting, free_name)
    rewriting.simplify(powers)
    rewriting.tidy()
    term_by_term(rewriting)
    return helpers


def put_in_names(rewriting: Rewriting, names: Page, definitions: tuple[Definition, ...]) -> None:
    """Use the author's names; those of inverses and of softmaxes are opened and written again, where that makes it shorter."""
    rewriting.simplify(names)
    shorten(rewriting)
    bodies: dict[Term, Term] = {known.name: known.body for known in definitions if type(known.body) in (Inverse, PseudoInverse)}
    bodies |= {known.name: named for known in definitions if type(named := recognised(tidied(known.body))) is Softmax}
    if not bodies or not any(part in bodies for part in rewriting.term.walk()):
        return
    trial = Rewriting(rewriting.term)
    trial.become(definition, trial.term.replace(bodies))
    shorten(trial)
    trial.simplify(names)
    shorten(trial)
    if length(trial.term) < length(rewriting.term):
        rewriting.adopt(trial)


def shorten(rewriting: Rewriting) -> None:
    """Write a result shortly; what one round uncovers, the next can use."""
    for _ in range(ROUNDS):
        before = rewriting.term
        rewriting.tidy()
        recognise(rewriting)
        rewriting.simplify(pulling)
        rewriting.simplify(blocks)
        factor(rewriting)
        rewriting.tidy()
        if rewriting.term is before:
            break


def term_by_term(rewriting: Rewriting) -> None:
    """Take transposes into sums, outermost first, where that costs fewer marks, or no more and drops the brackets."""
    for part in rewriting.term.parts(Transpose):
        before = rewriting.term
        if type(part.of) is not Sum or not before.contains(part):
            continue
        taken_in = tidied(Sum(tuple(Transpose(each) for each in part.of.terms)))
        after = before.replace({part: taken_in})
        addends = before.terms if type(before) is Sum else (before,)
        if marks(after) < marks(before) + (part in addends):
            rewriting.become(turned_in, tidied(after))


def shortened(term: Term) -> Term:
    """A term written shortly, where the steps do not matter."""
    rewriting = Rewriting(term)
    shorten(rewriting)
    return rewriting.term


def with_whole_labels(result: Term, bodies: dict[Term, Term], depends: Callable[[Term], bool]) -> list[Sentence]:
    """What a gradient with a softmax is where the labels, which are constant, sum to one: they mostly do, and nobody says so."""
    if not any(type(bodies.get(part, part)) in (Softmax, Share) for part in result.walk()):
        return []
    found = [part for part in result.walk() if (labels := total_of(part)) is not None and not depends(labels)]
    return [Sentence("Where {} is 1, this is {}", (part, shortened(result.replace({part: Number(1)})))) for part in found[:1]]
