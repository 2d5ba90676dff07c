r"""A power of a number as the variable: by `\sigma^2`, not by σ.

It is a name of its own then, `\sigma^{2}`, a positive number; every other power of σ is a power of it, and σ its positive root.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Number, Symbol, symbol
from derivtex.reading.meaning.scope import Scope


class Whole(NamedTuple):
    """A power that is a variable: its name, as what is raised is written, and the exponent."""

    name: Symbol
    raised: str
    exponent: Number

    def power(self, exponent: Number) -> Term:
        """A power of what is raised, as one of the variable."""
        value = exponent.value / self.exponent.value
        return self.name if value == 1 else EntryPower(self.name, Number(value))


def spelt(powers: Iterable[Whole]) -> dict[str, tuple[str, int]]:
    """What the writer knows of them."""
    return {each.name.name: (each.raised, int(each.exponent.value)) for each in powers}


def is_whole(term: Term) -> bool:
    """Whether a term can be such a variable."""
    match term:
        case EntryPower(Symbol() as of, Number(value)):
            return of.shape == SCALAR and value.denominator == 1 and value > 1 and not of.has("complex")
    return False


def wholes(variables: list[Term], scope: Scope) -> dict[Term, Whole]:
    """The powers among the variables, by what is raised in them."""
    found: dict[Term, Whole] = {}
    for each in variables:
        match each:
            case EntryPower(Symbol() as of, Number() as exponent) if is_whole(each):
                raised = scope.typed(of.name)
                written = f"{raised}^{{{exponent.value}}}"
                found[of] = Whole(symbol(written, "scalar", SCALAR, ("positive",)), raised, exponent)
                scope.guess(f"{written} is one variable, and {raised} its positive root")
    return found
