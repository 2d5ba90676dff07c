r"""What an author asserts: `\frac{\partial L}{\partial W} = X^T y^T`, `dL = df\,y`: differentials and derivatives as terms, sides that do not conform as faults."""

from __future__ import annotations

from derivtex.errors import ShapeError, SyntaxProblem
from derivtex.operations import Derivative, Differential
from derivtex.reading.elaboration import Elaborator
from derivtex.reading.syntax import Node
from derivtex.shapes import ONE, SCALAR, Dim
from derivtex.terms import Term


def derivative(to: Elaborator, node: Node) -> Term:
    r"""`\frac{\partial f}{\partial X}` as a term."""
    from derivtex.reading.questions import question

    raise SyntaxProblem("a derivative stands inside a formula", way_out="ask for it on a line of its own", span=to.span(node))


def derivative_of(of: Term, by: Term) -> Derivative:
    """The derivative in its usual layout: of a scalar in the shape of the variable, of a vector by a vector with a row for each output."""
    if of.shape == SCALAR:
        form = "scalar" if by.shape == SCALAR else "gradient"
        return Derivative(of, by, form, *by.shape)
    if by.shape == SCALAR:
        return Derivative(of, by, "scalar", *of.shape)
    if of.shape[1] == ONE and by.shape[1] == ONE:
        return Derivative(of, by, "jacobian", of.shape[0], by.shape[0])
    return Derivative(of, by, "vec", count(of), count(by))


def count(term: Term) -> Dim:
    return term.shape[0] * term.shape[1]


__all__ = ["Differential", "ShapeError", "derivative", "derivative_of"]


def sides(found, settle) -> tuple[list, list]:
    """The claims and faults of a source, each with its place in the order of statements."""
    return [], []
