r"""Lines that the rest of their section keeps from being read: a name that is a vector two paragraphs before, `y = h(\vec x)`, may be a number here,
`y = t^2`. Such a line is read once more by its own paragraph alone, and what is then said of it is no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from derivtex.core.session import current
from derivtex.operations import Symbol
from derivtex.problem import Claim, Definition, Fault, Problem
from derivtex.reading.meaning.assertions import Assertion
from derivtex.reading.meaning.evidence import Item
from derivtex.reading.meaning.scopes import Passage, defines, taken_over, uses
from derivtex.reading.source.documents import Document
from derivtex.reading.syntax.declarations import declares
from derivtex.reading.words.declared import declared_in_words

Scope = tuple[Problem, list[Item]]
ENDS = ("$", r"\[", r"\]", r"\begin{", r"\end{", r"\(", r"\)", "```", ".. math")  # marks between two formulas
BEFORE = 3  # formulas before a paragraph with which it is read, where it cannot be read by itself
FEW = 400  # lines of a scope: in a longer one nothing is read twice
HOPELESS = ("too-large", "internal", "expectation")


def with_paragraphs(document: Document, passage: Passage, read: Scope, again: Callable[[Passage], Scope]) -> list[Scope]:
    """A scope as it was read, and apart from it the lines of it that could only be read in their own paragraphs."""
    problem, items = read
    lost = {place(item): item for item in items if isinstance(item, Fault) and may_be_read_apart(item)}
    if document.is_formula or not lost or len(passage.own) > FEW:
        return [read]
    declared = kinds_told(document, passage)
    found: list[Scope] = []
    told: set[int] = set()
    for alone in alternatives(document, passage, lost):
        if current().is_over:
            break
        other, said = again(alone)
        better = [item for item in said if place(item) in lost and is_readable(item, other, declared)]
        mended = [lost.pop(place(item)) for item in better]
        told.update(map(id, mended))
        found += [(replace(other, apart=tuple(mended)), better)] if better else []
    return [(problem, [item for item in items if id(item) not in told]), *found]


def alternatives(document: Document, passage: Passage, lost: dict[tuple[int, int], Fault]) -> Iterator[Passage]:
    """The paragraphs with lines that are lost, each with the definitions that it uses and what is declared; and then, as long as some are, with the
    formulas before it too."""
    groups = paragraphs(passage.own, document.source.text)
    whole = (*passage.context, *passage.own)
    first = len(passage.context)
    names = [defines(each) for each in whole]
    for begin, end in groups if len(groups) > 1 or passage.context else ():
        own = passage.own[begin:end]
        start = passage.own[begin - 1].said.end if begin else passage.begin
        stop = passage.own[end].own if end < len(passage.own) else passage.end
        behind = tuple(each for each in passage.own[end:] if declares(each.said) and uses(own, defines(each)))
        if any_inside(lost, own):
            yield Passage(own, (*taken_over([*whole], names, first + begin, first + end), *behind), start, stop)
        if any_inside(lost, own) and (begin or passage.context):
            at = max(0, begin - BEFORE)
            told = taken_over([*whole], names, first + at, first + end)
            yield Passage(passage.own[at:end], (*told, *behind), passage.own[at].own, stop)


def paragraphs(own: tuple[Assertion, ...], text: str) -> list[tuple[int, int]]:
    """Which formulas stand in one display or between one pair of marks."""
    cuts = [at for at in range(1, len(own)) if any(mark in text[own[at - 1].said.end : own[at].own] for mark in ENDS)]
    return list(zip([0, *cuts], [*cuts, len(own)], strict=True)) if own else []


def any_inside(lost: Iterable[tuple[int, int]], own: tuple[Assertion, ...]) -> bool:
    begin, end = min(each.own for each in own), max(each.said.end for each in own)
    return any(begin <= start and stop <= end for start, stop in lost)


def may_be_read_apart(fault: Fault) -> bool:
    """Whether a line may be another than its section makes of it: what surely does not conform may not."""
    return fault.span is not None and not fault.certain and not fault.hopeless and fault.code not in HOPELESS


def place(item: Item) -> tuple[int, int]:
    return (item.span.start, item.span.end) if item.span is not None else (-1, -1)


def kinds_told(document: Document, passage: Passage) -> dict[str, str]:
    """The kinds that formulas and words of a scope declare, by the name."""
    said = [each for one in (*passage.context, *passage.own) for each in declares(one.said)]
    said += [each for each in declared_in_words(document)[0] if each.span is not None and passage.begin <= each.span.start < passage.end]
    return {each.latex: each.kind for each in said if each.family is None}


def is_readable(item: Item, alone: Problem, declared: dict[str, str]) -> bool:
    """Whether a line was read, with no name of a kind that nobody gives it, or of another kind than the author declares."""
    if not isinstance(item, (Claim, Definition)):
        return False
    sides = (item.left, item.right) if isinstance(item, Claim) else (item.name, item.body)
    names = {part for side in sides for part in side.parts(Symbol)}
    if any(name.name in alone.guessed and is_unlikely(name) for name in names):
        return False
    return all(declared.get(name.name, name.kind) == name.kind for name in names)


def is_unlikely(name: Symbol) -> bool:
    """Whether a name that nobody declared was taken for a matrix though it is a small letter, or for a vector though it is a capital."""
    letters = [mark for mark in name.name.partition("_")[0] if mark.isalpha()] if "\\" not in name.name else [*name.name.rstrip("}")[-1:]]
    if len(letters) != 1 or not letters[0].isalpha():
        return False
    return name.kind == "matrix" if letters[0].islower() else name.kind == "vector"
