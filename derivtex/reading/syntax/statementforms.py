r"""The forms of a statement: what a line is by its look alone, before it is known what its names are. `FORMS_OF_STATEMENTS` is its document, with
an example of each that is tried.

What more is needed to sort a line (whether a name was defined before, whether its letters are names of their own) is known in `meaning`.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.syntax.identities import is_about_operator
from derivtex.reading.syntax.lefts import left_of_entries
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.objectives import is_objective
from derivtex.reading.syntax.questions import Question, evaluated, question
from derivtex.reading.syntax.statements import Left, Statement, left_side
from derivtex.reading.syntax.tree import Parts


class Form(NamedTuple):
    """A form with an example as it is written, and what there is to say."""

    name: str
    example: str
    says: str = ""


FORMS_OF_STATEMENTS = (
    Form("incomplete", r"f = ", "a relation lacks a side"),
    Form("question", r"\frac{\partial f}{\partial X}", "a derivative that stands alone is asked for"),
    Form("question", r"\nabla_w L"),
    Form("evaluation", r"\frac{\partial f}{\partial x}|_{x=0}", "it is asked for at a point"),
    Form("expression", r"x^T A x", "also an objective, `\\min_w f`, and a derivative that belongs to a longer formula"),
    Form("mapping", r"x \mapsto x^T A x", "what is differentiated by what"),
    Form("membership", r"x \in \mathbb{R}^n"),
    Form("other", r"f : \mathbb{R}^n \to \mathbb{R}", "any other relation, which is not tried"),
    Form("other", r"x \ge 0"),
    Form("derivative", r"\nabla_x f = 2Ax", "a derivative and what it is claimed to be"),
    Form("optimum", r"\hat w = \arg\min_w \|Xw - y\|^2", "what is differentiated stands behind the sign of the optimum"),
    Form("reminder", r"\operatorname{tr}(AB) = \operatorname{tr}(BA)", "about an operator: it defines nothing"),
    Form("definition", r"f(x) = x^T A x", "a name on the left, with indices or arguments or without"),
    Form("definition", r"[S(y)]_k = y_k", "by its entries"),
    Form("definition", r"L = \|Ax - b\|^2 = (Ax - b)^T(Ax - b)", "the first side behind the name defines it, the others are claims"),
    Form("equation", r"\|Ax - b\|^2 = (Ax - b)^T(Ax - b)", "a claim: what stands on the left is no name"),
)
EQUALITIES = ("=", ":=")


class Stated(NamedTuple):
    """A statement with its form. asked: the derivative that begins it; at: where it is taken; left: the name that it may define; by: by what a
    mapping is differentiated."""

    form: str
    said: Statement
    asked: Question | None = None
    at: Parts = ()
    left: Left | None = None
    by: Parts = ()

    def without_question(self) -> Stated:
        """The same as if its first side were no derivative."""
        return of_equalities(self.said, None) if self.form == "derivative" else self._replace(form="expression", asked=None)


def form_of(said: Statement) -> Stated:
    """The form of a statement."""
    first = said.sides[0]
    if not all(said.sides):
        return Stated("incomplete", said)
    asked = question(first)
    if not said.relations:
        return alone(said, asked)
    if said.relations == (r"\mapsto",):
        return Stated("mapping", said, by=by_marks(first, ":")[-1])
    if said.relations == (r"\in",):
        return Stated("membership", said, asked)
    if any(relation not in EQUALITIES for relation in said.relations):
        return Stated("other", said)
    return of_equalities(said, asked)


def alone(said: Statement, asked: Question | None) -> Stated:
    """The form of a line without a relation."""
    if asked is not None:
        return Stated("question" if is_whole(asked, said) else "expression", said, asked)
    asked, at = evaluated(said.sides[0])
    if asked is not None:
        return Stated("evaluation" if is_whole(asked, said) else "expression", said, asked, at)
    return Stated("expression", said)


def is_whole(asked: Question, said: Statement) -> bool:
    """Whether a derivative tells by what it is taken, or is short, so that it is what is asked."""
    return bool(asked.by) or asked.mark == r"\nabla" or len(said.sides[0]) <= 4


def of_equalities(said: Statement, asked: Question | None) -> Stated:
    """The form of a chain of equal sides."""
    left = left_of_entries(said.sides[0]) or left_side(said.sides[0])
    if asked is not None:
        return Stated("derivative", said, asked, left=left)
    if is_objective(said.sides[1]):
        return Stated("optimum", said, left=left)
    if left is None:
        return Stated("equation", said)
    return Stated("reminder", said) if is_about_operator(left, said.sides) else Stated("definition", said, left=left)
