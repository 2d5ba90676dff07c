"""A question is asked in its own section: where a name is defined or declared anew below another heading, its own section is the one that counts."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.reading.meaning.scopes import HEADINGS, is_bold_title
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.source.documents import Document
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, key
from derivtex.reading.words.declared import declared_in_words


def own_section(document: Document, place: int) -> tuple[int, int] | None:
    """Where the section begins and ends in which a place lies; None in a document without headings."""
    inside = [at for at in headings(document) if at]
    if not inside:
        return None
    cuts = [0, *inside, len(document.source.text)]
    begin = max(cut for cut in cuts[:-1] if cut <= place)
    return begin, min((cut for cut in cuts if cut > begin), default=cuts[-1])


def headings(document: Document) -> list[int]:
    """Where the lines of a document begin that are headings."""
    text, found = document.source.text, []
    for block in document.blocks:
        at = block.start
        for line in text[block.start : block.end].splitlines(keepends=True) if block.kind == "words" else ():
            is_first = at == 0 or text[at - 1] == "\n"
            if is_first and (line.startswith(("# ", "## ", "### ", "#### ", *HEADINGS)) or is_bold_title(line.rstrip("\n"))):
                found.append(at)
            at += len(line)
    return found


def without_other_sections(document: Document, section: tuple[int, int]) -> list[Statement] | None:
    """The statements without those of other sections that define anew what this one defines; None where nothing is defined or declared twice."""
    begin, end = section
    found = statements_of(document, False)[0]
    own = {name: each for each in found if begin <= each.start < end and (name := defined(each)) is not None}
    others = [each for each in found if not begin <= each.start < end and (name := defined(each)) in own and differs(each, own[name])]
    if not others and not told_twice(declared_in_words(document)[0], section):
        return None
    return [each for each in found if each not in others]


def told_twice(said: Iterable[Declaration], section: tuple[int, int]) -> bool:
    """Whether the words call a name one thing in a section and another elsewhere."""
    begin, end = section
    placed = [each for each in said if each.span is not None]
    own = {key(each.name): each for each in placed if each.span is not None and begin <= each.span.start < end}
    return any(key(each.name) in own and own[key(each.name)].kind != each.kind for each in placed)


def defined(each: Statement) -> Key | None:
    """The name that a statement defines."""
    left = left_side(each.sides[0]) if each.relations[:1] in (("=",), (":=",)) else None
    return None if left is None else key(left.name)


def differs(one: Statement, other: Statement) -> bool:
    return key(one.sides[1]) != key(other.sides[1])
