"""A request in words, and whether the sentence in which it stands asks."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.words.sentences import word

ASKING = frozenset(
    "find compute derive calculate determine show evaluate differentiate minimise minimize maximise maximize obtain prove explain "
    "need needs want wants please how what which why exercise looking like question where whether could can would is are does".split()
)
COMMANDS = frozenset("find need needs want please how derive differentiate compute looking trying confused wonder wondering".split())
IMPERATIVES = frozenset("calculate determine evaluate obtain".split())


class Request(NamedTuple):
    """A thing that is asked for, or spoken of, in words.

    what: gradient, derivative, jacobian, hessian, differential (to be derived), minimise, maximise, solve (to be solved for `by`).
    of: the tokens of what is differentiated or optimised; none where it is to be found near by. by: names. order: 1 or 2.
    asks: whether the sentence asks or commands; else it tells. start, end: offsets of the phrase; sentence: of its sentence.
    parameters: whether by all parameters is asked, which the words do not name. again: whether by what the question before it is by.
    sought: whether it is of a name that is to be found, with which its sentence ends, where an optimum is spoken of.
    """

    what: str
    of: Parts
    by: tuple[Parts, ...]
    order: int
    asks: bool
    start: int
    end: int
    sentence: tuple[int, int]
    parameters: bool = False
    again: bool = False
    sought: bool = False


def asks(items: list[Item], begin: int, end: int) -> bool:
    """Whether a sentence asks or commands."""
    if word(items, end - 1) == "?":
        return True
    first = next((item.text for item in items[begin:end] if item.kind == "word"), "")
    words = {item.text for item in items[begin:end] if item.kind == "word"}
    commanded = any(word(items, at) in IMPERATIVES and items[at - 1].kind != "word" for at in range(begin + 1, end))
    wished = ("like" in words and bool(words & {"would", "i'd", "we'd", "id"})) or ("interested" in words and bool(words & {"i", "we", "i'm", "im"}))
    return first in ASKING - {"is", "are", "does", "where"} or bool(words & COMMANDS) or commanded or wished


def made(
    items: list[Item], what: str, order: int, of: Parts, by: list[Parts], stretch: tuple[int, int], sentence: tuple[int, int]
) -> Request:
    whole = items[sentence[0]].start, items[sentence[1] - 1].end
    return Request(what, of, tuple(by), order, asks(items, *sentence), items[stretch[0]].start, items[stretch[1] - 1].end, whole)
