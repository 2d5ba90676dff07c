r"""A formula that the words give as the result, “I think it's $2Ax$”, as the equation that it stands for: `\frac{\partial f}{\partial x} = 2Ax`."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.meaning.assertions import words_between
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.syntax.written import placed
from derivtex.reading.words.asked import requests
from derivtex.reading.words.results import gives_result


def with_results(found: list[Statement], document: Document) -> list[Statement]:
    """The statements of a document, a formula that is given as a result as an equation for what was asked before it."""
    made: list[Statement] = []
    asked: Parts = ()
    end = 0
    for each in found:
        alone = not each.relations and bool(each.sides[0])
        if alone and question(each.sides[0]) is None and gives_result(words_between(document.source.text, end, each.start)):
            left = asked or in_words(document, each)
            each = each._replace(sides=(left, each.sides[0]), relations=("=",), start=min(each.start, left[0].start)) if left else each
        elif alone and (of := question(each.sides[0])) is not None and of.by:
            asked = each.sides[0]
        end = max(end, each.end)
        made.append(each)
    return made


def states_result(document: Document) -> bool:
    """Whether the words of a document give a formula as what came out."""
    found, _ = statements_of(document, tolerant=True)
    return not document.is_formula and any(one is not other for one, other in zip(found, with_results(found, document), strict=True))


def in_words(document: Document, before: Statement) -> Parts:
    r"""The derivative that the words before a formula ask for, `\frac{\partial f}{\partial x}`; each token where the formula begins."""
    told = [request for request in requests(document.items) if request.end <= before.start and request.of and request.by and request.order == 1]
    if not told:
        return ()
    of, by = latex(told[-1].of), latex(told[-1].by[0])
    return placed(tokens(Source(rf"\frac{{\partial}}{{\partial {by}}}\left({of}\right)")), before.start)
