r"""A matrix that collects what else has a name: `X = [x_1, \dots, x_n]`, `X = \begin{bmatrix} x_1^T \\ \vdots \\ x_n^T \end{bmatrix}`.

Such a matrix is given: the x_i are its columns or its rows, and nothing is made of anything. It stays a list of its members where it is them
that are asked by.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.lefts import Left
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.tree import NOTHING, Lexicon, Node, Parts, key
from derivtex.reading.syntax.variables import occurring_base
from derivtex.reading.syntax.written import placed


class Members(NamedTuple):
    """The name of what a matrix collects, the letter of its index, and whether they are its rows."""

    name: Parts
    letter: Parts
    in_rows: bool


def take_collected(reading: Reading, by: tuple[Parts, ...]) -> None:
    """Make of the definition of each matrix by its members that of the members, where both are used; else of nothing."""
    for label, body in list(reading.bodies.items()):
        members = members_of(body) if is_matrix(body) else None
        if members is None or any(contains(members.name, occurring_base(name)) for name in by):
            continue
        del reading.bodies[label]
        if not is_used(reading, body.left.name, body):
            continue
        if key(members.name) not in reading.bodies and is_used(reading, members.name, body):
            reading.bodies[key(members.name)] = one_of(members, body)
        what = "rows" if members.in_rows else "columns"
        reading.notes.append(f"{latex(members.name)}_{latex(members.letter)} are the {what} of {latex(body.left.name)}, as its definition says")


def one_of(members: Members, body: Body) -> Body:
    r"""The definition of a member: `x_i = (X_{i\cdot})^T` or `x_i = X_{\cdot i}`."""
    matrix, index = latex(body.left.name), latex(members.letter)
    side = tokens(Source(rf"({matrix}_{{{index}\cdot}})^T" if members.in_rows else rf"{matrix}_{{\cdot {index}}}"))
    return Body(Left(members.name, members.letter), placed(side, body.said.start), body.said)


def is_matrix(body: Body) -> bool:
    """Whether the name that is defined is by its look that of a matrix."""
    return body.form == "symbol" and body.left.arguments is None and not body.left.below and conventional_kind(body.key) == "matrix"


def is_used(reading: Reading, name: Parts, body: Body) -> bool:
    """Whether a name stands in another statement than one definition."""
    others = (side for said in reading.order if said.start != body.said.start for side in said.sides)
    return any(contains(side, name) for side in others)


def members_of(body: Body) -> Members | None:
    """What a definition collects; None of any other."""
    try:
        node = parse(body.side, body.said.source, Lexicon())
    except DerivtexError:
        return None
    node, turned = without_transpose(node)
    in_brackets = node.form == "bracket" and len(node.parts) == 1
    node = node.parts[0] if in_brackets else node
    if node.form != "listed" or node.text not in ("row", "column"):
        return None
    cell, row = without_transpose(node.parts[0])
    if cell.form != "script" or cell.parts[0].form != "name" or key(cell.below) != key(node.below[:1]):
        return None
    if not in_brackets and row != (node.text == "column"):  # one long vector, or a row of rows
        return None
    return Members(cell.parts[0].tokens, cell.below, row != turned)


def without_transpose(node: Node) -> tuple[Node, bool]:
    """A tree without the transpose that is taken of it, and whether there was one."""
    if node.above.form != "transpose":
        return node, False
    return (node._replace(above=NOTHING) if node.below else node.parts[0]), True
