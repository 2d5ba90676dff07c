r"""Functions that are used by putting what they are applied to in the place of their arguments: `h(x) = w^T x` in `h(x_i)`."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError
from derivtex.core.terms import Term
from derivtex.operations import (
    Index,
)
from derivtex.reading.meaning.elaboration import Elaborator, names_in, node_key
from derivtex.reading.meaning.scope import Function
from derivtex.reading.syntax.letters import CONSTANTS
from derivtex.reading.syntax.tree import Node, walk


def unfolded(to: Elaborator, function: Function, given: list[Term]) -> Term:
    """The body of a function with what it is applied to in the place of its arguments."""
    assert function.node is not None
    refuse_capture(to, function, function.node, given)
    scope = to.scope
    families, templates = scope.families, scope.templates
    arguments = dict(zip(function.arguments, given, strict=True))
    hidden = {label: scope.things[label] for label in arguments if label in scope.things}
    scope.things.update(arguments)
    scope.families = {name: each for name, each in families.items() if name not in arguments}
    scope.templates = {name: each for name, each in templates.items() if name not in arguments}
    try:
        return to.term(function.node)
    finally:
        families.update({name: each for name, each in scope.families.items() if name not in families})
        scope.families, scope.templates = families, templates
        for label in arguments:
            del scope.things[label]
        scope.things.update(hidden)


def refuse_capture(to: Elaborator, function: Function, node: Node, given: list[Term]) -> None:
    """An index of what a function is applied to must not be one that a sum in its body runs over."""
    inner = {token.text for each in sums_in(node) for token in each.below}
    outer = {part.name for term in given for part in term.walk() if type(part) is Index}
    if inner & outer:
        raise AmbiguityError(
            f"{function.latex} is defined by a sum over {min(inner & outer)}, an index of what it is applied to",
            way_out="let the sum run over another letter",
        )


def sums_in(node: Node) -> list[Node]:
    return [part for part in walk(node) if part.form == "over"]


def has_parameters(function: Function) -> bool:
    """Whether the body of a function has names besides its arguments."""
    assert function.node is not None
    names = [node_key(part) for part in names_in(function.node)]
    return any(name not in function.arguments and name not in CONSTANTS for name in names)


def treats_as_array(term: Term, argument: Term) -> bool:
    """Whether something is done with a number that makes sense for a vector or matrix only, such as transposing it."""
    return any(
        part.of_arrays and any(child.is_scalar and child.contains(argument) for child in part.children)
        for part in term.walk()
    )
