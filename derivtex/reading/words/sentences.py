r"""The items of a document as sentences, and phrases found in them.

A phrase of a table is a string of words; longer ones win. White space, quotes and hyphens do not count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import TypeVar

from derivtex.reading.source.phrases import BULLET, Item
from derivtex.reading.syntax.data import sized_name
from derivtex.reading.syntax.declarationwords import ADJECTIVES
from derivtex.reading.syntax.lefts import is_change, is_name, is_one, left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_commas, has_mark
from derivtex.reading.syntax.scripts import are_digits, split_at
from derivtex.reading.syntax.tree import Parts, key

Value = TypeVar("Value")
ENDS = frozenset(".?!;")
BETWEEN_ENTRIES = frozenset((".", ":", ",", ";", "and"))
NO_NAMES = frozenset(("a", "i"))
ENDS_NAME = (",", "?", ".", "and", "or")
BEHIND_NAMES = frozenset(("the", "is", "denotes", "and"))
BY_WORDS = frozenset("to wrt w.r.t by".split())
LONGEST_PHRASE = 5


def sentences(items: list[Item]) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; the stop that ends it belongs to it."""
    found, begin = [], 0
    for at, item in enumerate(items):
        if item.kind == "stop" and item.text in ENDS:
            found.append((begin, at + 1))
            begin = at + 1
    return [each for each in [*found, (begin, len(items))] if each[0] < each[1]]


def list_head(items: list[Item], begin: int, end: int, around: list[tuple[int, int]]) -> tuple[int, int]:
    """The sentence that a formula without words belongs to, “How do I get the following?” before a list; of a formula with words its own."""
    at = bisect_right(around, (begin, end)) - 1
    while at > 0 and not any(item.kind == "word" for item in items[begin:end]):
        at -= 1
        begin, end = around[at]
    return begin, end


def sentence_at(items: list[Item], place: int, around: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the sentence begins and ends in which a place lies."""
    at = bisect_right(around, place, key=lambda each: items[each[0]].start) - 1
    begin, end = around[at] if at >= 0 else (0, 0)
    return (begin, end) if at >= 0 and place < max(items[end - 1].end, items[begin].start + 1) else (0, 0)


def word(items: list[Item], at: int) -> str:
    """The word, stop or mark at a place; nothing for a formula or outside."""
    return items[at].text if 0 <= at < len(items) and items[at].kind != "math" else ""


_beginnings: dict[int, tuple[Mapping[str, object], frozenset[str]]] = {}  # of the tables, which are constants of their rooms


def beginnings(table: Mapping[str, object]) -> frozenset[str]:
    """The words with which the phrases of a table begin."""
    known = _beginnings.get(id(table))
    if known is None:
        known = _beginnings[id(table)] = table, frozenset(each.split()[0] for each in table)
    return known[1]


def phrase(items: list[Item], at: int, table: Mapping[str, Value]) -> tuple[Value, int] | None:
    """What the longest phrase of a table that begins here stands for, and where it ends."""
    if at < len(items) and items[at].text not in beginnings(table):
        return None
    text, best = "", None
    for end in range(at, min(at + LONGEST_PHRASE, len(items))):
        if items[end].kind != "word":
            break
        text = f"{text} {items[end].text}".strip()
        if text in table:
            best = table[text], end + 1
    return best


def has(items: list[Item], begin: int, end: int, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands among the words of a stretch."""
    text = " " + " ".join(item.text if item.kind != "math" else "$" for item in items[begin:end]) + " "
    return any(f" {each} " in text for each in phrases)


def names(items: list[Item], at: int) -> tuple[list[Parts], int] | None:
    """Names side by side, `$U$ and $b$` or `U, V`, and where they end."""
    found: list[Parts] = []
    begin = at
    while True:
        own = names_at(items, at)
        if not own:
            return (found, max(begin, at - 1)) if found else None
        found.extend(own)
        at += 1
        step = at
        if word(items, step) == ",":
            step += 1
        step = behind_joint(items, step)
        if step == at or step >= len(items) or not names_at(items, step) or is_equation(items[at - 1]) or is_equation(items[step]):
            return found, at  # what is said behind several equations is said of the last one
        if any(tells(items[at - 1]) and not tells(items[step]) for tells in (is_membership, is_signed)):
            return found, at  # “$x \in \mathbb{R}^n$, and $P, Q$ are symmetric” says nothing of x, “$\lambda > 0$, $A$ Hermitian” nothing of λ
        if word(items, begin - 1) in BY_WORDS and word(items, step - 1) == "," and phrase(items, step + 1, ADJECTIVES) is not None:
            return found, at  # “w.r.t. $x$, $S$ symmetric” is not by S
        at = step


def listed_names(items: list[Item], at: int) -> tuple[list[Parts], int] | None:
    """The names of a list that begins here, each alone behind its bullet, and where it ends; None where there are no two of them."""
    found: list[Parts] = []
    while True:
        step = next((k for k in range(at, len(items)) if word(items, k) not in BETWEEN_ENTRIES), len(items))
        own = names_of(items[step + 1]) if word(items, step) == BULLET and step + 1 < len(items) and items[step + 1].kind == "math" else []
        if not own or is_equation(items[step + 1]):
            return (found, at) if len(found) > 1 else None
        found.extend(own)
        at = step + 2
        if at < len(items) and items[at].kind in ("word", "math") and word(items, at) != "and":
            return None


JOINTS: Mapping[str, bool] = {"and": True, "or": True, "and also": True, "but also": True, "as well as": True}


def behind_joint(items: list[Item], at: int) -> int:
    """Behind the words that join one name with the next, “and”, “but also”; where none stand, the place itself."""
    if word(items, at) == "&":
        return at + 1
    found = phrase(items, at, JOINTS)
    return found[1] if found is not None else at


def names_at(items: list[Item], at: int) -> list[Parts]:
    """The names of an item; an `a` or `I` before an article or a verb is one, and an `a` before a mark or an “and”."""
    if at >= len(items):
        return []
    behind = word(items, at + 1)
    lone = items[at].kind == "word" and items[at].text in NO_NAMES and (behind in BEHIND_NAMES or (items[at].text == "a" and behind in ENDS_NAME))
    return [items[at].tokens] if lone and items[at].tokens else names_of(items[at])


def names_of(item: Item) -> list[Parts]:
    r"""The names that a formula consists of: `A`, `x, y`, the A of `A \in …` and of `A_{n\times m}`, the C of `C > 0` and of `C = …`."""
    if item.kind == "word" and item.text in NO_NAMES and item.tokens and item.tokens[0].text != "A":
        return []
    if item.kind == "word" and item.tokens and are_digits(item.tokens[:1]):
        return []
    parts = item.tokens
    before = split_at(parts, r"\in", ">", r"\ne", r"\succ", r"\succeq", r"\subset", "=", ":=")[0]
    found = [without_arguments(part) for part in by_commas(before) if part and key(part[:1]) != (r"\ldots",)]
    return found if all(is_name(part) or is_one(part) or is_change(part) for part in found) else []


def without_arguments(parts: Parts) -> Parts:
    r"""The K of `K(\theta)`: a capital with what it depends on; the A of `A_{n\times m}`."""
    if sized := sized_name(parts)[0]:
        return sized
    left = left_side(parts)
    arguments = left.arguments if left is not None and not left.below else None
    return left.name if left is not None and arguments and conventional_kind(key(left.name)) == "matrix" else parts


def is_membership(item: Item) -> bool:
    return has_mark(item.tokens, r"\in")


def is_signed(item: Item) -> bool:
    return has_mark(item.tokens, ">", "<", r"\ge", r"\geq", r"\le", r"\leq", r"\succ", r"\succeq")


def is_equation(item: Item) -> bool:
    return has_mark(item.tokens, "=", ":=")


def of_all(items: list[Item], at: int) -> tuple[str, ...]:
    """The properties that `both complex` or `all symmetric` adds to what a sentence has named."""
    if word(items, at) not in ("both", "all") or word(items, at - 1) not in (",", "are", "being"):
        return ()
    adjective = phrase(items, at + 1, ADJECTIVES)
    return adjective[0] if adjective is not None and word(items, adjective[1]) in (",", ".", ";", ")", "") else ()
