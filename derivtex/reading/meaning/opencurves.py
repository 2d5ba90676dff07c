r"""What depends on one number in a way that is left open: the A of `\frac{d}{dt}\det A(t)`.

It is asked for the derivative by that number: then A is defined as `A = A(t)`, and what is found is told by its slope `\frac{dA}{dt}`. Of what
depends on a vector or a matrix in a way that is left open nothing short can be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.terms import Term
from derivtex.operations import Entry, OpenCurve, Symbol
from derivtex.problem import Definition
from derivtex.reading.meaning.conventions import guessed, label_of
from derivtex.reading.meaning.dependence import unknown_dependence, untold
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.tree import Key, Node

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding

Bodies = dict[Symbol, Term]


def with_open_curves(
    found: Understanding, settle: Settling, variables: tuple[Term, ...], below: dict[Term, None], defined: tuple[Definition, ...]
) -> tuple[Definition, ...]:
    """The definitions with those of what depends on the variable in a way that nothing tells, which is said.

    Raises NotDerivable where that is no number, so that there is no slope to tell the derivative by.
    """
    bodies: Bodies = {definition.name: definition.body for definition in defined}
    for each, thing, name, whole in untold(found, settle, variables, below, bodies):
        at = next((one for one in variables if isinstance(one, Entry) and one.of is whole), whole)
        if not isinstance(thing, Symbol) or thing.family is not None or not at.is_scalar or is_gradient_by(found, name):
            raise unknown_dependence(each, "".join(name), at if at in variables else None)
        bodies[thing] = OpenCurve(thing.name, at, *thing.shape, thing.properties)
        found.scope.guesses.pop(each.note, None)
        bracketed = f"{each.latex} is {thing.name}, which" if each.latex != thing.name else thing.name
        found.scope.guess(f"{bracketed} depends on {at} in a way that is left open{', and no product' if each.latex != thing.name else ''}")
    known = {definition.name for definition in defined}
    return (*defined, *(Definition(name, body) for name, body in bodies.items() if name not in known))


def is_gradient_by(found: Understanding, name: Key) -> bool:
    r"""Whether `\nabla` asks by what nobody declared to be a number: the parameters of `\nabla M(t)` may be several."""
    asked = found.reading.questions[:1]
    return bool(asked) and asked[0][0].mark == r"\nabla" and name not in found.scope.declared


def hidden_number(to: Elaborator, node: Node) -> Symbol | None:
    """The number that a variable is of which only is said that something depends on it; None of what is no number by its letter."""
    name = label_of(to.scope, node.parts[0] if node.form == "script" else node)
    if not any(name in each.arguments for each in to.scope.dependences.values()) or to.scope.kinds.get(name, conventional_kind(name)) != "scalar":
        return None
    return guessed(to.scope, to.latex(node), name, "scalar")
