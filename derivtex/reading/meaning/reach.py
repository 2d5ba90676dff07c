r"""Where the argument of a word without brackets could end in two places with different values: refused, with both readings.

How far a word reaches is a matter of syntax (`syntax/reach.py`); what follows it there may still have been meant as a part of its argument.
"""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Index
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.multiplication import product
from derivtex.reading.source.vocabulary import NUMBERS_OF_MATRICES, TRACES, WIDE
from derivtex.reading.syntax.reach import DELIMITED
from derivtex.reading.syntax.tree import Node

LINEAR = WIDE - NUMBERS_OF_MATRICES | TRACES


def is_open(node: Node) -> bool:
    r"""Whether a node is a word with an argument that no bracket ends; that of `\log\sigma(x)` is ended by one."""
    last = node.parts[1] if node.form == "apply" else None
    while last is not None and last.form in ("chain", "apply", "script"):
        last = last.parts[0] if last.form == "script" else last.parts[-1]
    return last is not None and not (last.form == "bracket" and last.text != "{")


def refuse_two_reaches(to: Elaborator, parts: list[Node], marks: list[str]) -> None:
    r"""Raise at `\log p/q`, `\sin x(1-x)` and `\log x|y|`; not at `\operatorname{tr}A/n`, which is the same either way, nor at `\log|A|/2`."""
    for word, following, mark in zip(parts, parts[1:], marks[1:], strict=False):
        if not is_open(word) or word.text in LINEAR:
            continue
        bars = word.parts[1].form == "bars"
        if mark == "" and word.parts[1].form in DELIMITED and following.form not in ("apply", "word", "over"):
            to.scope.guess(f"{to.latex(word)} ends before {to.latex(following)}, which is a factor beside it")
        goes_on = mark == "" and following.form in ("bracket", "bars") and following.text != "{" and word.parts[1].form not in DELIMITED
        if goes_on or (mark == "/" and not (bars and following.form == "number")):
            raise two_reaches(to, word, following, mark)


def two_reaches(to: Elaborator, word: Node, following: Node, mark: str) -> AmbiguityError:
    """The error with both readings written out."""
    head, argument, behind = to.latex(word.parts[0]), to.latex(word.parts[1]), to.latex(following)
    mark = f"{mark} " if mark[-1:].isalpha() else mark
    return to.ambiguous(
        f"{head} {argument}{mark}{behind} can be read in two ways: as {head}({argument}{mark}{behind}) and as ({head} {argument}){mark}{behind}",
        "write it with the brackets that are meant", word._replace(end=following.end),
    )  # fmt: skip


def refuse_value_of_one(to: Elaborator, terms: tuple[Node, ...]) -> None:
    r"""Raise at `\log 1 + x`: nobody writes the logarithm of one, so that it is likely that of all that follows."""
    for node, following in zip(terms, terms[1:], strict=False):
        last = node.parts[-1] if node.form == "chain" else node
        if is_open(last) and last.text in ("log", "ln") and last.parts[1].form == "number" and last.parts[1].text == "1":
            raise to.ambiguous(
                rf"{to.latex(last)} is 0, and the logarithm may have been meant of all that follows",
                rf"write {to.latex(last.parts[0])}(1 + …), or leave it out", last._replace(end=following.end),
            )  # fmt: skip


def refuse_number_behind(to: Elaborator, node: Node, parts: list[Node], terms: list[Term]) -> None:
    r"""Raise at `\det A\,c`: det(cA) is cⁿ det A, and c det A is more likely meant; in front, `\det cA`, a number belongs to the matrix."""
    behind = len(terms)
    while behind and not to.is_matrix(terms[behind - 1]):
        behind -= 1
    if not 0 < behind < len(terms):
        return
    rest = product(to, node, terms[behind:])
    if to.shape(rest) == SCALAR:
        head, matrix, number = to.latex(node.parts[0]), to.latex(span_of(parts[:behind])), to.latex(span_of(parts[behind:]))
        raise to.ambiguous(
            f"{to.latex(node)} can be read in two ways: as {head}({matrix})\\,{number} and as {head}({number}\\,{matrix})",
            "write it with the brackets that are meant", node,
        )  # fmt: skip


def refuse_reach_into(to: Elaborator, node: Node) -> None:
    r"""Raise at `\operatorname{tr}A\otimes B` and `\det A\odot B`, where a word for matrices could be meant of the whole."""
    for part, mark, following in zip(node.parts, node.marks[1:], node.parts[1:], strict=False):
        word = part.parts[-1] if part.form == "chain" else part
        begins = following.parts[0] if following.form == "chain" else following
        if is_open(word) and word.text in WIDE and begins.form != "apply":
            raise two_reaches(to, word, following, mark)


def own_factors(to: Elaborator, node: Node, parts: list[Node], marks: list[str], indices: list[Index]) -> int:
    r"""How many of the factors of the body of a `\prod` belong to it: to the last that has its index; a further sum or product stands beside it.

    Raise at `\prod_i x_i c`, which counts c once or once for each i.
    """
    inside = len(parts)
    while inside and not any(to.term(parts[inside - 1]).contains(index) for index in indices):
        inside -= 1
    if inside in (0, len(parts)):
        return len(parts)
    if marks[inside] == "" and parts[inside].form in ("over", "apply"):
        return inside
    whole, first, rest = to.latex(node), to.latex(node._replace(end=parts[inside - 1].end)), to.latex(span_of(parts[inside:]))
    raise to.ambiguous(
        f"{whole} can be read in two ways: with {rest} once, or once in each factor of the product",
        f"write \\left({first}\\right){rest}, or {rest} in front", node,
    )  # fmt: skip


def span_of(parts: list[Node]) -> Node:
    return parts[0]._replace(end=parts[-1].end)


def refuse_matrix_behind(to: Elaborator, parts: list[Node], terms: list[Term]) -> None:
    r"""Raise at `\operatorname{tr}A\cdot B` and `\det A\exp(B)`, at `\operatorname{tr}(X-A)(X-A)^T` too: the number times a matrix, or that of
    the whole product."""
    for at, word in enumerate(parts[:-1]):
        own = word.form == "apply" and word.text in NUMBERS_OF_MATRICES and to.shape(terms[at + 1]) != SCALAR
        if own and is_open(word):
            raise two_reaches(to, word, parts[at + 1], r"\,")
        if own and to.latex(parts[at + 1]).startswith(to.latex(word.parts[1])):
            raise two_reaches(to, word, parts[at + 1], "")
