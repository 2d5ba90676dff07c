"""The scopes of a document: a heading, "now let", "for example" begin one, in which names may be defined and declared anew.

A question is asked in its own section: where a name is defined or declared anew below another heading, its own section is the one that counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.reading.meaning.assertions import Assertion
from derivtex.reading.meaning.stated import statements_of
from derivtex.reading.source.documents import Document, once
from derivtex.reading.syntax.declarations import Declaration, declares
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, key
from derivtex.reading.words.declared import declared_in_words

OPENING = ("now let", "now suppose", "now consider", "now take", "for example", "as an example", "for instance", "next consider")
HEADINGS = (r"\section", r"\subsection", r"\subsubsection", r"\paragraph", r"\chapter", r"\begin{example", r"\begin{exercise",
            r"\begin{problem", r"\begin{theorem", r"\begin{lemma", r"\begin{proposition")  # fmt: skip


class Passage(NamedTuple):
    """A scope: what it asserts, and what it takes over from those before; begin and end of its text."""

    own: tuple[Assertion, ...]
    context: tuple[Assertion, ...]
    begin: int
    end: int


def passages(found: list[Assertion], document: Document) -> list[Passage]:
    """The scopes of a document in order; one without headings is one scope."""
    source = document.source
    cuts = [] if document.is_formula else [at for at in range(1, len(found)) if opens(found, at, source.text)]
    bounds = [0, *cuts, len(found)]
    names = [defines(each) for each in found]
    result: list[Passage] = []
    for begin, end in zip(bounds, bounds[1:], strict=False):
        own = tuple(found[begin:end])
        start = heading_before(found, begin, source.text) if begin else 0
        stop = heading_before(found, end, source.text) if end < len(found) else len(source.text)
        result.append(Passage(own, tuple(taken_over(found, names, begin, end)), start, stop))
    return result


def heading_before(found: list[Assertion], at: int, text: str) -> int:
    """Where the words begin that open the scope of an assertion."""
    start, end = found[at - 1].said.end, found[at].own
    marks = [text.find(mark, start, end) for mark in ("\n#", "\n**", "\n---", "\n***", "\n* * *", "\n___", *HEADINGS)]
    return min((mark for mark in marks if mark >= 0), default=start)


def opens(found: list[Assertion], at: int, text: str) -> bool:
    """Whether a scope begins between an assertion and the one before it."""
    between = text[found[at - 1].said.end : found[at].own]
    if any(phrase in found[at].words for phrase in OPENING):
        return True
    if any(mark in between for mark in HEADINGS):
        return True
    return any(line.startswith("#") or opens_below(line) for line in between.split("\n")[1:])


def is_bold_title(line: str) -> bool:
    """`**Problem 2.** Now …`, `**Example 3** (ridge)`: bold words at the beginning of a line that end with a stop or a number or have a stop behind
    them, or in which the next formula stands."""
    if not line.startswith("**"):
        return False
    title, closing, behind = line[2:].partition("**")
    if not title.strip() or not closing:
        return bool(title.strip())
    is_numbered = any(map(str.isdigit, title.split()[-1]))
    return title.rstrip()[-1:] in (".", ":") or behind[:1] in (".", ":") or is_numbered or not behind.strip()


def is_rule(line: str) -> bool:
    """`---` or `* * *` alone on a line: what stands below it is about something else."""
    marks = line.replace(" ", "").rstrip("\r")
    return len(marks) > 2 and marks[0] in "-*_" and marks == marks[0] * len(marks)


def taken_over(found: list[Assertion], names: list[Key | None], begin: int, end: int) -> list[Assertion]:
    """Of the earlier scopes the declarations and definitions that this one uses and does not make itself; names: what each assertion defines."""
    made = set(names[begin:end])
    text = "".join(map(marked, found[begin:end]))
    result: list[Assertion] = []
    for each, name in zip(reversed(found[:begin]), reversed(names[:begin]), strict=True):
        if name is None or name in made or f"\0{chr(0).join(name)}\0" not in text:
            continue
        made.add(name)
        result.append(each._replace(said=first_equality(each)))
        text += marked(result[-1])
    return list(reversed(result))


def uses(each: Iterable[Assertion], name: Key | None) -> bool:
    """Whether a name stands in one of some assertions."""
    return name is not None and any(f"\0{chr(0).join(name)}\0" in marked(said) for said in each)


def marked(each: Assertion) -> str:
    """The marks of an assertion, set apart so that names are found among them."""
    return f"\0{chr(0).join(key(each.said.tokens))}\0"


def first_equality(each: Assertion) -> Statement:
    """Of a chain that defines a name, the definition alone."""
    said = each.said
    return said._replace(sides=said.sides[:2], relations=said.relations[:1])


def defines(each: Assertion) -> Key | None:
    """The name that an assertion defines or declares; the next member of a sequence, `x_{k+1} = x_k - tg`, tells nothing of x."""
    declared = declares(each.said)
    if declared:
        return key(declared[0].name)
    left = left_side(each.said.sides[0]) if each.said.relations[:1] in (("=",), (":=",)) else None
    return None if left is None or "+" in key(left.below) else key(left.name)


def own_section(document: Document, place: int) -> tuple[int, int] | None:
    """Where the section begins and ends in which a place lies; None in a document without headings."""
    inside = [at for at in headings(document) if at]
    if not inside:
        return None
    cuts = [0, *inside, len(document.source.text)]
    begin = max(cut for cut in cuts[:-1] if cut <= place)
    return begin, min((cut for cut in cuts if cut > begin), default=cuts[-1])


def opens_below(line: str) -> bool:
    """Whether a line is a title in bold, or a rule."""
    return is_bold_title(line) or is_rule(line)


@once
def headings(document: Document) -> list[int]:
    """Where the lines of a document begin that are headings."""
    text, found = document.source.text, []
    for block in document.blocks:
        at = block.start
        for line in text[block.start : block.end].splitlines(keepends=True) if block.kind == "words" else ():
            is_first = at == 0 or text[at - 1] == "\n"
            if is_first and (line.startswith(("# ", "## ", "### ", "#### ", *HEADINGS)) or opens_below(line.rstrip("\n"))):
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
