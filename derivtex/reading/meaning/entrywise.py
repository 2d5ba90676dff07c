"""What is defined by its entries: functions, `[S(y)]_k = …`, and declared arrays, `K_{ij} = …`.

Functions that are used by putting what they are applied to in the place of their arguments: `h(x) = w^T x` in `h(x_i)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import AmbiguityError, SourceError
from derivtex.core.shapes import ONE, same
from derivtex.core.terms import Term
from derivtex.operations import Index, Product, SumOver, UnitVector
from derivtex.operations.sums import with_index
from derivtex.reading.meaning.elaboration import Elaborator, names_in, node_key
from derivtex.reading.meaning.scope import Function, Template
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import CONSTANTS
from derivtex.reading.syntax.tree import Node, key, walk

if TYPE_CHECKING:
    from derivtex.reading.meaning.definitions import Definitions
    from derivtex.reading.meaning.stated import Body


def define_entries(definitions: Definitions, body: Body) -> None:
    """`S(y)_k = …`: the vector of all its entries."""
    if len(body.left.below) != 1:
        name, below = latex(body.left.name), latex(body.left.below)
        raise AmbiguityError(
            f"{name}_{{{below}}} of an argument may be a name, or entries with two indices",
            way_out=rf"write {name}_{{\mathrm{{{below}}}}} for a name, or declare what {name} is", span=body.said.span,
        )  # fmt: skip
    letter = key(body.left.below[:1])
    bound = definitions.scope.bound
    size = definitions.scope.unknown(body.node, "entries")
    index = Index(letter[0], ONE, size)
    hidden = bound.get(letter)
    bound[letter] = index
    try:
        entry = definitions.to.term(body.node)
    finally:
        del bound[letter]
        if hidden is not None:
            bound[letter] = hidden
    term = definitions.to.make(SumOver, index, Product((entry, UnitVector(size, index))), node=body.node)
    definitions.terms[body.key] = definitions.to.bodies[body.key] = term
    definitions.bind(body, term)


def define_whole(definitions: Definitions, body: Body, template: Template) -> None:
    """`K_{ij} = …` of a declared matrix K, `v_i = …` of a declared vector: the name without indices is all of its entries."""
    whole = definitions.scope.declared.get(body.key)
    entry = definitions.to.bodies[("template", template.latex)]
    sizes = (whole.size if len(template.indices) == 2 else whole.size[:1]) if whole is not None else ()
    if whole is None or len(template.indices) != len(sizes) or (len(sizes) == 1) != (whole.size[1] == ONE) or not entry.is_scalar:
        return
    limits = zip(template.indices, sizes, strict=True)
    if not all(same(index.first, ONE) and same(index.last, size) for index, size in limits):
        return
    units = [UnitVector(size, index) for index, size in zip(template.indices, sizes, strict=True)]
    every: Term = Product((entry, units[0], *(unit.T for unit in units[1:])))
    for index in reversed(template.indices):
        every = definitions.to.make(SumOver, index, every, node=body.node)
    definitions.terms[body.key] = definitions.to.bodies[body.key] = every
    definitions.symbols[body.key] = whole


def entry_of_entries(to: Elaborator, of: Term, index: Term) -> Term | None:
    """An entry of a vector that was made of its entries, also by its name."""
    of = next((body for name, body in to.bodies.items() if to.scope.things.get(name) is of), of)
    if type(of) is SumOver and type(of.body) is Product and len(of.body.factors) == 2 and type(of.body.factors[1]) is UnitVector:
        return with_index(of.body.factors[0], of.index, index) if of.body.factors[1].index is of.index else None
    return None


def unfolded(to: Elaborator, function: Function, given: list[Term]) -> Term:
    """The body of a function with what it is applied to in the place of its arguments."""
    assert function.node is not None
    scope = to.scope
    if function.key in scope.unfolding:
        raise SourceError(f"{function.latex} is defined by itself", way_out="give the value that is meant a name of its own")
    refuse_capture(to, function, function.node, given)
    families, templates = scope.families, scope.templates
    arguments = dict(zip(function.arguments, given, strict=True))
    hidden = {label: scope.things[label] for label in arguments if label in scope.things}
    scope.things.update(arguments)
    scope.families = {name: each for name, each in families.items() if name not in arguments}
    scope.templates = {name: each for name, each in templates.items() if name not in arguments}
    scope.unfolding.add(function.key)
    try:
        return to.term(function.node)
    finally:
        scope.unfolding.discard(function.key)
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
