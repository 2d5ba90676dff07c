r"""The forms of a statement: what a line is by its look alone, before it is known what its names are. `FORMS_OF_STATEMENTS` is its document, with
an example of each that is tried.

A line that reminds of an identity, `\operatorname{tr}(AB) = \operatorname{tr}(BA)`, defines nothing and fixes no name. What more is needed to sort
a line (whether a name was defined before, whether its letters are names of their own) is known in `meaning`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.source.vocabulary import FONTS, WIDE, bare_word, words
from derivtex.reading.syntax.lefts import Left, left_of_entries, left_side, name_width
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.questions import Question, evaluated, question
from derivtex.reading.syntax.statements import EQUALITIES, Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import is_objective

Sides = tuple[Parts, ...]
LAYOUT_OF_WORDS = (*FONTS, r"\operatorname", r"\text", r"\rm", "{", "}")


def is_about_operator(left: Left, sides: Sides) -> bool:
    r"""Whether a left side is an operator applied, and the line a statement about it, no definition of it.

    A function of numbers can be defined, `\operatorname{softplus}(t) = \log(1+e^t)`; a trace or determinant, or anything of what is no
    bare name, cannot; nor can `g(A) = g(A^T)`.
    """
    if left.arguments is None:
        return False
    if any(stands_before_bracket(side, left.name) for side in sides[1:]):
        return True
    word = word_of(left.name)
    if word is None:
        return False
    bare = all(argument and name_width(argument) == len(argument) for argument in left.arguments)
    return word in WIDE or not bare or any(word == other for side in sides[1:] for other in words_in(side))


def stands_before_bracket(side: Parts, name: Parts) -> bool:
    """Whether a name is applied on a side."""
    wanted, width = key(name), len(name)
    for at, token in enumerate(side):
        if side[at + width : at + width + 1] and side[at + width].text == "(" and key(side[at : at + width]) == wanted:
            return True
        if token.inner and stands_before_bracket(token.inner, name):
            return True
    return False


def word_of(name: Parts) -> str | None:
    r"""The operator that a name is: the tr of `\operatorname{tr}`, `\mathrm{tr}`, `tr`."""
    letters = "".join(mark for mark in key(name) if mark not in LAYOUT_OF_WORDS)
    letters = bare_word(letters)
    return letters if letters in words() or letters in ("logdet", "max", "min") else None


def words_in(side: Parts) -> Iterator[str]:
    """The operators that stand on a side."""
    for at in range(len(side)):
        width = name_width(side[at:])
        word = word_of(side[at : at + max(width, 1)])
        if word is not None:
            yield word
        yield from words_in(side[at].inner)


def says_the_same_names(left: list[Key], right: list[Key]) -> bool:
    """Whether two sides are made of the same names, so that the equality is one of forms and fixes none of them."""
    return bool(left) and set(left) == set(right)


def is_product(left: Left, right: Parts, declared: set[Key]) -> bool:
    r"""Whether several letters on the left are a product: `Hu = \lambda u`, whose u stands on the right, `Ax = b`, `AX = B` with a declared A,
    `Mw(w^TNw) = Nw(w^TMw)`, where what stands in the bracket is no argument."""
    letters = [token for token in left.name if token.kind == "letter"]
    applied = left.arguments is not None and all(left_side(argument) is not None for argument in left.arguments)
    run = len(letters) > 1 and len(letters) == len(left.name) and not applied and not left.below
    if not run or key(left.name) in declared:
        return False
    mixed = len(letters) == 2 and letters[0].text.isupper() and letters[1].text.islower()
    again = {token.text for token in letters} & {token.text for token in right if token.kind == "letter"}
    return mixed or bool(again) or (len(right) == 1 and any(key((token,)) in declared for token in letters))


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
    if said.relations in ((r"\mapsto",), (r"\in", r"\mapsto")):
        return Stated("mapping", said, by=by_marks(first, ":", r"\colon")[-1])
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
