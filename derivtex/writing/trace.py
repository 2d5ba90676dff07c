"""The trace of a derivation: how the formula was read, which road was taken, and each rule with its page and source."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.operations import Symbol
from derivtex.steps import Derivation, Road
from derivtex.writing.formula import Formulas
from derivtex.writing.remarks import kind_in_words
from derivtex.writing.wording import USUAL


def trace(derivation: Derivation) -> str:
    """The trace as text, a part below the other; the marks are those of `simplification.cost`."""
    formulas = Formulas.of(derivation.problem)
    parts = {
        "How it was read": read(derivation, formulas),
        "Which road was taken": roads(derivation, formulas),
        "Which rules were used": rules(derivation, formulas),
    }
    return "".join(f"{title}\n" + "".join(f"  {line}\n" for line in lines) for title, lines in parts.items())


def read(derivation: Derivation, formulas: Formulas) -> Iterator[str]:
    """What each name is, whether that was said, and what was taken for granted."""
    problem = derivation.problem
    for latex, known in problem.symbols.items():
        if isinstance(known, Symbol):
            yield f"{kind_in_words(known, formulas, USUAL)} ({'guessed' if latex in problem.guessed else 'said, or made of what is said'})"
    yield from (f"taken for granted: {guess}" for guess in problem.guesses)


def roads(derivation: Derivation, formulas: Formulas) -> Iterator[str]:
    """What there is to read in each way that was tried."""
    for road in derivation.roads:
        yield f"{road.marks:5} marks {'taken: ' if road.taken else ''}{names_of(road, formulas)}"


def names_of(road: Road, formulas: Formulas) -> str:
    named = ", ".join(f"${formulas.latex(part)}$" for part in road.named)
    return f"with a name for {named}" if named else "without names"


def rules(derivation: Derivation, formulas: Formulas) -> Iterator[str]:
    """Each use of a rule that is more than bookkeeping, with what it makes."""
    for chain in derivation.chains:
        yield formulas.latex(chain.left)
        for step in chain.steps:
            if not step.rule.quiet:
                yield f"  = {formulas.latex(step.after)}"
                yield f"    {step.rule}: {step.rule.reason}{f' [{step.rule.source}]' if step.rule.source else ''}"
