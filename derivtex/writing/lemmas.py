"""Lemmas: why the rules of a derivation are true, told before its lines."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Differential, Symbol
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.wording import Wording

ANY = "X"


def lemmas(derivation: Derivation, which: str, formulas: Formulas, wording: Wording) -> tuple[str, ...]:
    """The lemmas of the rules that are used: of the one that is the whole question (first), of each that has one (always)."""
    told: dict[str, str] = {}
    for step in derivation.steps if which != "never" else ():
        rule = step.rule
        if rule.lemma is None:
            continue
        name = question(step.before.at(step.place), derivation)
        if which == "always" or name is not None:
            why = wording.sentence(rule.lemma.words).replace("@", formulas.latex(name) if name is not None else ANY)
            told.setdefault(rule.lemma.words, wording.say("lemma", wording.reason(rule), why))
    return tuple(told.values())


def question(term: Term, derivation: Derivation) -> Term | None:
    """The variable where the question is about one operation on it alone: X of F = X^{-1} and of f = log det X."""
    known = (*derivation.let, *derivation.problem.definitions)
    if not isinstance(term, Differential) or not any(each.body is term.of for each in known):
        return None
    names = [part for part in term.walk() if type(part) is Symbol]
    return names[0] if len(names) == 1 and names[0] in derivation.problem.wrt else None
