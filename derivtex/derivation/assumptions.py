"""What a derivation takes for granted: each assumption once, at the step that first needs it."""

from __future__ import annotations

from typing import Any

from derivtex.core.terms import Term
from derivtex.derivation.ranks import refuse_impossible
from derivtex.operations import Determinant, Inverse
from derivtex.problem import Definition
from derivtex.rewriting.conditions import holds, in_words
from derivtex.rewriting.keys import monomial
from derivtex.steps import Sentence, Step


class Assumptions:
    """The assumptions of one derivation, in order. bodies: what its names stand for."""

    def __init__(self, bodies: dict[Term, Term]):
        self.bodies = bodies
        self.known: dict[tuple[Any, ...], Sentence] = {}

    def noted(self, step: Step) -> Step:
        """The step with what it takes for granted and no step before it did; a positive determinant says that there is an inverse."""
        new = []
        for name, term in step.rule.assumes(step.before.at(step.place)):
            key = (name, *monomial(term))
            if key not in self.known and ("positive determinant", *key[1:]) not in self.known:
                refuse_impossible(name, term, self.bodies)
                known = next((each for each, body in self.bodies.items() if body is term), term)
                self.known[key] = in_a_sentence(name, known)
                new.append(self.known[key])
        return step._replace(assumes=tuple(new))

    def add(self, sentence: Sentence) -> None:
        """An assumption that no single step makes."""
        self.known.setdefault((sentence.words, *map(monomial, sentence.terms)), sentence)

    def of_equation(self, definition: Definition) -> None:
        """What is inverted where an equation was solved for a name."""
        for part in definition.body.walk() if definition.equation else ():
            if type(part) is Inverse and not any(side.contains(part) for side in definition.equation or ()) and not holds("invertible", part.of):
                self.add(in_a_sentence("invertible", part.of))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(self.known.values())


def in_a_sentence(name: str, term: Term) -> Sentence:
    """The words for an assumption: of a determinant that it is positive, else what the property is called."""
    if name == "positive determinant":
        return Sentence("{} > 0", (Determinant(term),))
    return Sentence(in_words(name, term), (term,))
