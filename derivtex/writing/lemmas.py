"""Lemmas: why the rules of a derivation are true, told before its lines."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Differential, Index, Number, Symbol
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.wording import Wording

ANY = ("X", "M", "Z", "Q", "Y")  # what a lemma is about, where the question is not


def lemmas(derivation: Derivation, which: str, formulas: Formulas, wording: Wording) -> tuple[str, ...]:
    """The lemmas of the rules that are used: of the one that is the whole question (first), of each that has one (always)."""
    told: dict[str, str] = {}
    for step in derivation.steps if which != "never" else ():
        rule, term = step.rule, step.before.at(step.place)
        if rule.lemma is not None and (which == "always" or is_question(term, derivation)):
            why = wording.sentence(rule.lemma.words).replace("@", about(term, derivation, formulas))
            told.setdefault(rule.lemma.words, wording.say("lemma", wording.reason(rule), why))
    return tuple(told.values())


def is_question(term: Term, derivation: Derivation) -> bool:
    """Whether the question is about one operation on the variable alone: X of F = X^{-1} and of f = log det X."""
    known = (*derivation.let, *derivation.problem.definitions)
    return operand(term) in derivation.problem.wrt and any(each.body is term.children[0] for each in known)


def operand(term: Term) -> Term | None:
    """The name that a differential is of, below operations on it alone."""
    if not isinstance(term, Differential):
        return None
    of = term.of
    while len(inner := [child for child in of.children if type(child) not in (Number, Index)]) == 1:
        of = inner[0]
    return of if type(of) is Symbol else None


def about(term: Term, derivation: Derivation, formulas: Formulas) -> str:
    """What a lemma is told of: the name that its rule is used on, or a letter that nothing has."""
    name = operand(term)
    names = (*derivation.problem.symbols.values(), *(each.name for each in (*derivation.let, *derivation.where)))
    taken = set(map(formulas.latex, names))
    return formulas.latex(name) if name is not None else next((letter for letter in ANY if letter not in taken), ANY[0])
