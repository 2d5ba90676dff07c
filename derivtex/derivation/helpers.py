"""Helpers: definitions of names for parts of formulas, and the formulas with these names in them."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.arithmetic import product
from derivtex.calculus.signs import signs
from derivtex.calculus.traces import transposed
from derivtex.core.terms import Term
from derivtex.derivation.candidates import POWERS, Part, is_solution
from derivtex.operations import Inverse, MatrixRoot, Product, Symbol
from derivtex.problem import Definition
from derivtex.rewriting.keys import monomial
from derivtex.simplification.engine import simplified, tidied


def with_helpers(known: list[Definition], parts: tuple[Part, ...], name_for: Callable[[Part], Symbol]) -> tuple[list[Definition], list[Definition]]:
    """Definitions of names for some parts, those first that others use, and the known definitions in which the names stand."""
    helpers: list[Definition] = []
    written: dict[Term, Term] = {}  # names of parts as they are written: of layers within one another the outer one holds all others
    known = [each._replace(body=simplified(each.body, signs)) for each in known]  # of a norm the short form has the parts
    for given in parts:
        part = as_written(given.term, written)
        for each in helpers:
            part = named_within(part, each.body, each.name)
        helper = Definition(name_for(given._replace(term=part)), part)
        written[given.term] = helper.name
        helpers = [*(each._replace(body=named_within(each.body, part, helper.name)) for each in helpers), helper]
        if not is_solution(part):  # what is differentiated keeps the inverse, by whose rule both sides of it come up
            known = [each._replace(body=named_within(each.body, part, helper.name)) for each in known]
    return in_order(helpers), known


def in_order(helpers: list[Definition]) -> list[Definition]:
    """Definitions, each behind those that it uses."""
    done: list[Definition] = []
    waiting = list(helpers)
    while waiting:
        ready = next(each for each in waiting if not any(other is not each and each.body.contains(other.name) for other in waiting))
        done.append(ready)
        waiting.remove(ready)
    return done


def as_written(body: Term, names: dict[Term, Term]) -> Term:
    """A body with names for parts that stand in it as they are written; exponents and A^{-1/2} keep their form."""

    def change(term: Term) -> Term | None:
        if term in names:
            return names[term]
        if type(term) in POWERS:
            return type(term)(term.children[0].map(change), term.children[1])
        return term if type(term) is Inverse and type(term.of) is MatrixRoot else None

    return body.map(change) if names else body


def named_within(body: Term, part: Term, name: Term) -> Term:
    """A body with a name for a part wherever it stands, its negative (with the sign in front) and its transpose; A^{-1/2} keeps its form."""
    if not symbols_in(part) <= symbols_in(body):
        return body
    value, key = monomial(part)
    turned = monomial(part, True)

    def change(term: Term) -> Term | None:
        if not term.children:
            return None
        if type(term) is Inverse and type(term.of) is MatrixRoot is type(part):
            return term
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

    named = body.map(change)
    return simplified(tidied(named), signs) if named.contains(-name) and not body.contains(-name) else named


def symbols_in(term: Term) -> frozenset[Term]:
    """The symbols of which a term is made: what is it, written differently, is made of the same."""
    return term.remembered("_symbols", lambda term: frozenset(term.parts(Symbol)))


def run_of(term: Term, part: Term) -> tuple[int, bool] | None:
    """Where the factors of a part stand side by side in a longer product, and whether as they are or transposed."""
    if type(term) is not Product or type(part) is not Product or any(factor.is_scalar for factor in part.factors):
        return None
    for factors, straight in ((part.factors, True), (transposed(part.factors), part.is_scalar)):
        for at in range(len(term.factors) - len(factors) + 1):
            if term.factors[at : at + len(factors)] == factors:
                return at, straight
    return None
