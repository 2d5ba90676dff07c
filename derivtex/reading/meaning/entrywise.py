r"""What is defined by its entries: functions, `[S(y)]_k = …`, `S(y)_k = …`, `f_k(x) = …`, and declared arrays, `K_{ij} = …`; and defined names
inside a chain, `p = f(x) = …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.shapes import ONE, same
from derivtex.core.terms import Term
from derivtex.operations import Index, Product, SumOver, UnitVector
from derivtex.operations.sums import with_index
from derivtex.reading.meaning.conventions import is_index_letter
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.scope import Key, Template
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.statements import Left, closing, left_side, letters_in_a_row
from derivtex.reading.syntax.tree import key
from derivtex.reading.syntax.vocabulary import words

if TYPE_CHECKING:
    from derivtex.reading.meaning.definitions import Definitions
    from derivtex.reading.meaning.stated import Body


def left_of_entries(side: tuple[Token, ...]) -> Left | None:
    r"""The left side of a definition by entries, `[S(y)]_k`, `S(y)_k` or `f_k(x)`, as a function with an index."""
    if len(side) > 2 and side[-2].is_mark("_"):
        index = side[-1].inner if side[-1].kind == "group" else (side[-1],)
        inner = side[:-2]
        if not is_index(index, whole=inner[0].text == "["):
            return None
        if inner[0].text in ("[", "(") and closing(inner, 0) == len(inner) - 1:
            inner = inner[1:-1]
        left = left_side(inner)
        return left._replace(below=index) if is_application(left) and left is not None and not left.below else None
    left = left_side(side)
    return left if is_application(left) and left is not None and is_index(left.below) else None


def is_index(below: tuple[Token, ...], whole: bool = False) -> bool:
    """Whether what stands below a function (or below the whole of its value) counts entries, and is no number, size or part of a name."""
    return len(below) == 1 and below[0].kind in ("letter", "macro") and (whole or is_index_letter(below[0].text))


def is_application(left: Left | None) -> bool:
    """Whether a left side is a function of names, and the function none that is known by its name."""
    if left is None or not left.arguments or not all(left.arguments):
        return False
    name = "".join(mark for mark in key(left.name) if mark.isalpha())
    return name not in words() and all(left_side(argument) is not None and letters_in_a_row(argument) < 2 for argument in left.arguments)


def is_of_formula(left: Left) -> bool:
    """Whether a left side is `d(A^2)`, the differential of what is no name."""
    return bool(d_width(left.name)) and any(left_side(argument) is None for argument in left.arguments or ())


def named_inside(sides: tuple[tuple[Token, ...], ...], defined: set[Key]) -> Left | None:
    """The function that the second side of a chain `p = f(x) = …` defines by the third."""
    left = (left_of_entries(sides[1]) or left_side(sides[1])) if len(sides) > 2 else None
    return left if is_application(left) and left is not None and key(left.name) not in defined else None


def define_entries(definitions: Definitions, body: Body) -> None:
    """`S(y)_k = …`: the vector of all its entries."""
    (letter,) = (key((token,)) for token in body.left.below)
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
