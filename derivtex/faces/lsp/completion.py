r"""Completion: names in formulas, options and their values where options are said, and words that declare behind a name in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.core.properties import PROPERTIES
from derivtex.faces.lsp.offers import in_context, sentence_about, setting_of
from derivtex.faces.lsp.papers import Paper
from derivtex.faces.lsp.places import Place, places
from derivtex.options import DOCUMENT, Option, of
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.words.vocabulary import NOUNS

BESIDE = re.compile(r"^[ \t]*(?:%|<!--)[ \t]*!?derivtex:?[ \t]+(?P<said>[^\n]*)$|^[ \t]*(?:`{3,}|~{3,})\{?[ \t]*\.?derivtex[ \t]+(?P<info>[^\n]*)$")
INSIDE = re.compile(r"^[ \t]*%\|[ \t]*(?P<said>[^\n]*)$")
VALUE = {  # of an option that is being typed: up to a blank, unless in braces or quotes; in a line of its own up to its end
    "=": re.compile(r"(?P<name>[a-z-]+)[ \t]*=[ \t]*(?P<value>[{\"'][^{}\"']*|[^\s,={}\"']*)$"),
    ": ": re.compile(r"^(?P<name>[a-z-]+)[ \t]*:(?P<value>.*)$"),
}
TYPED = re.compile(r"\\?[A-Za-z]*$")
KINDS = ("scalar", "vector", "row", "matrix", "function")
LEADING = frozenset("be is are a an the real denote denotes and".split())
DECLARING = tuple(dict.fromkeys((*ADJECTIVES, *(name for name in NOUNS if NOUNS[name][1] or name in KINDS))))
NEAREST = 12  # formulas before the cursor whose names are known with their kinds


class Proposal(NamedTuple):
    """What could stand there: its text, a word about it, more of it, and where what is typed of it begins. kind: name, option, value or word."""

    text: str
    detail: str
    more: str
    kind: str
    start: int


def proposals(paper: Paper, offset: int) -> list[Proposal]:
    """What could stand at an offset of a document."""
    begin = paper.text.rfind("\n", 0, offset) + 1
    line = paper.text[begin:offset]
    inside, beside = INSIDE.match(line), BESIDE.match(line)
    if inside or beside:
        said = inside["said"] if inside else next(part for part in (beside["said"], beside["info"]) if part is not None)  # type: ignore[index]
        return list(options_at(paper, said, offset, ": " if inside else "="))
    found = places(paper.text, paper.name)
    place = next((each for each in found if each.offset <= offset <= max(each.offset, each.end)), None)
    if place is not None:
        return list(names_at(paper, found, place, offset))
    return list(words_at(paper.text, found, offset))


def options_at(paper: Paper, said: str, offset: int, joint: str) -> Iterator[Proposal]:
    """The options that are not said yet; behind the name of one what it can be."""
    value = VALUE[joint].search(said)
    option = next((each for each in of(DOCUMENT) if value and value["name"] in (each.name, each.key)), None)
    if value is not None and option is not None:
        yield from values_at(paper, option, value["value"].lstrip("{\"'"), offset)
        return
    typed = re.search(r"[a-z-]*$", said)
    start = offset - len(typed[0]) if typed else offset
    for each in of(DOCUMENT):
        yield Proposal(each.name + joint, can_be(each), each.help, "option", start)


def can_be(option: Option) -> str:
    return ", ".join(map(str, option.values)) or ("true, false" if option.kind is bool else option.shown)


def values_at(paper: Paper, option: Option, typed: str, offset: int) -> Iterator[Proposal]:
    """What an option can be: one of its values, a name of the document, or the words of a declaration."""
    last = re.split(r"[\s,:]", typed)[-1]
    start = offset - len(last)
    for each in option.values or (("true", "false") if option.kind is bool else ()):
        yield Proposal(str(each), "usual" if each == option.default else "", option.help, "value", start)
    if option.name == "declare" and ":" in typed:
        for word in (*KINDS, *PROPERTIES):
            yield Proposal(word, "kind" if word in KINDS else PROPERTIES[word].sentence, "", "word", start)
    elif option.name in ("wrt", "of", "declare"):
        found = places(paper.text, paper.name)
        yield from (each._replace(start=start) for each in names_before(found, offset))


def names_at(paper: Paper, found: list[Place], place: Place, offset: int) -> Iterator[Proposal]:
    """The names that the document speaks of, those of the formula and of the nearest before it first."""
    typed = TYPED.search(paper.text, place.offset, offset)
    start = typed.start() if typed else offset
    yield from (each._replace(start=start) for each in names_before(found, place.end))


def names_before(found: list[Place], offset: int) -> Iterator[Proposal]:
    """The names of the last formulas before an offset with kind and shape, then those that the document declares or defines elsewhere."""
    told: dict[str, Proposal] = {}
    declared = {each.name: each.declaration for place in found[:1] for each in place.known}
    near = [place for place in found if place.start <= offset][-NEAREST:]
    for place in reversed(near):
        try:
            known = setting_of(in_context(place))
        except DerivtexError:
            continue
        for name, symbol in known.symbols.items():
            why = f"declared: {declared[name]}" if name in declared else ""
            head, _, guess = sentence_about(symbol, name in known.guessed).partition("\n\n")
            told.setdefault(name, Proposal(name, head.partition(": ")[2], why or guess, "name", offset))
    for name, declaration in declared.items():
        told.setdefault(name, Proposal(name, declaration, "declared", "name", offset))
    for each in found[0].defined if found else ():
        told.setdefault(each.name, Proposal(each.name, f"defined: {' '.join(each.text.split())}", "", "name", offset))
    return iter(told.values())


def words_at(text: str, found: list[Place], offset: int) -> Iterator[Proposal]:
    """Words that declare, where a name stands before them: “Let $A$ be sym”."""
    before = next((place for place in reversed(found) if place.end <= offset), None)
    if before is None or before.display or "\n\n" in text[before.end : offset]:
        return
    *words, typed = text[before.end : offset].split(" ") if text[before.end : before.end + 1].isspace() else [""]
    said = " ".join(words).split()
    if not said or any(word.lower() not in LEADING and word.lower() not in DECLARING for word in said):
        return
    for word in DECLARING:
        kind, properties = NOUNS.get(word, ("", ADJECTIVES.get(word, ())))
        yield Proposal(word, ", ".join(part for part in (kind, *properties) if part and part != word), "", "word", offset - len(typed))
