r"""Words with a grammar of their own: `\max(0, x)`, `\min(a, b)`, `logdet`, `diag(A, B)`."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError, SyntaxProblem
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Block, Determinant, Log, Maximum, Number, Relu, Zero
from derivtex.reading.meaning.arithmetic import negated
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.multiplication import fill
from derivtex.reading.meaning.statistics import STATISTICS
from derivtex.reading.syntax.tree import Node


def block_diagonal(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`diag(A, B)`: blocks along the diagonal; of scalars, their diagonal matrix."""
    terms = [to.term(part) for part in parts]
    cells = []
    for at, term in enumerate(terms):
        for other, beside in enumerate(terms):
            rows, columns = to.shape(term)[0], to.shape(beside)[1]
            cells.append(term if at == other else Zero(rows, columns) if (rows, columns) != (ONE, ONE) else Number(0))
    return to.make(Block, tuple(cells), len(terms), node=node)


def log_determinant(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`logdet(X)`."""
    return Log(to.make(Determinant, to.term(parts[0]), node=node))


def maximum(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    r"""`\max(0, x)` is the positive part; of any other two the larger, entry by entry."""
    if len(parts) != 2 or node.parts[0].form == "script":
        raise AmbiguityError(
            r"\max is read of two terms", way_out=r"write \max(0, x); a maximum over a variable is not read", span=to.span(node)
        )
    left, right = to.term(parts[0]), to.term(parts[1])
    if left is Number(0) or right is Number(0):
        to.scope.spelling.marks.setdefault("Relu", r"\max")
        return Relu(right if left is Number(0) else left)
    left, right = fill(to, parts[0], left, to.shape(right)), fill(to, parts[1], right, to.shape(left))
    return to.make(Maximum, left, right, node=node)


def minimum(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """The smaller of two: min(a, b) = −max(−a, −b)."""
    if len(parts) != 2 or node.parts[0].form == "script":
        raise AmbiguityError(r"\min is read of two terms", way_out=r"ask for the objective alone", span=to.span(node))
    left, right = to.term(parts[0]), to.term(parts[1])
    if left is Number(0) or right is Number(0):
        return negated(Relu(negated(right if left is Number(0) else left)))
    return negated(to.make(Maximum, negated(left), negated(right), node=node))


def unread(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    raise SyntaxProblem(f"{node.text} is not known", way_out="write it out, or declare it as a name of its own", span=to.span(node))


def rank(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    raise SyntaxProblem("a rank is a whole number and has no derivative", way_out="declare it as a scalar of its own", span=to.span(node))


SPECIAL = {
    "logdet": log_determinant,
    "max": maximum,
    "min": minimum,
    "blkdiag": block_diagonal,
    "arg": unread,
    "Var": unread,
    "rank": rank,
    **STATISTICS,
}
