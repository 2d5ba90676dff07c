r"""The items of a document as sentences, and phrases found in them.

A phrase of a table is a string of words; longer ones win. White space, quotes and hyphens do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from derivtex.reading.source.marks import Token
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.statements import left_side
from derivtex.reading.syntax.tree import key

Value = TypeVar("Value")
ENDS = frozenset(".?!;")
NO_NAMES = frozenset(("a", "i"))
BEHIND_NAMES = frozenset(("the", "is", "denotes", "and"))
LONGEST_PHRASE = 5


def sentences(items: list[Item]) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; the stop that ends it belongs to it."""
    found, begin = [], 0
    for at, item in enumerate(items):
        if item.kind == "stop" and item.text in ENDS:
            found.append((begin, at + 1))
            begin = at + 1
    return [each for each in [*found, (begin, len(items))] if each[0] < each[1]]


def word(items: list[Item], at: int) -> str:
    """The word, stop or mark at a place; nothing for a formula or outside."""
    return items[at].text if 0 <= at < len(items) and items[at].kind != "math" else ""


def phrase(items: list[Item], at: int, table: Mapping[str, Value]) -> tuple[Value, int] | None:
    """What the longest phrase of a table that begins here stands for, and where it ends."""
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


def names(items: list[Item], at: int) -> tuple[list[tuple[Token, ...]], int] | None:
    """Names side by side, `$U$ and $b$` or `U, V`, and where they end."""
    found: list[tuple[Token, ...]] = []
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
        if word(items, step) in ("and", "or", "&"):
            step += 1
        if step == at or step >= len(items) or not names_at(items, step) or is_equation(items[at - 1]) or is_equation(items[step]):
            return found, at  # what is said behind several equations is said of the last one
        if is_membership(items[at - 1]) and not is_membership(items[step]):
            return found, at  # “$x \in \mathbb{R}^n$, and $P, Q$ are symmetric” says nothing of x
        at = step


def names_at(items: list[Item], at: int) -> list[tuple[Token, ...]]:
    """The names of an item; an `a` or `I` before an article or a verb is one."""
    if at >= len(items):
        return []
    lone = items[at].kind == "word" and items[at].text in NO_NAMES and word(items, at + 1) in BEHIND_NAMES
    return [items[at].tokens] if lone and items[at].tokens else names_of(items[at])


def names_of(item: Item) -> list[tuple[Token, ...]]:
    r"""The names that a formula consists of: `A`, `x, y`, the A of `A \in …`, the C of `C > 0` and of `C = …`."""
    if item.kind == "word" and item.text in NO_NAMES and item.tokens and item.tokens[0].text != "A":
        return []
    if item.kind == "word" and item.tokens and item.tokens[0].kind == "digit":
        return []
    parts = item.tokens
    at = next((k for k, token in enumerate(parts) if token.is_mark(r"\in", ">", r"\ne", r"\succ", r"\succeq", r"\subset", "=", ":=")), len(parts))
    found = [without_arguments(part) for part in by_commas(parts[:at]) if part and not part[0].is_mark(r"\ldots")]
    return found if all(is_name(part) or is_one(part) for part in found) else []


def without_arguments(parts: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""The K of `K(\theta)`: a capital with what it depends on."""
    left = left_side(parts)
    arguments = left.arguments if left is not None and not left.below else None
    return left.name if left is not None and arguments and conventional_kind(key(left.name)) == "matrix" else parts


def is_membership(item: Item) -> bool:
    return any(token.is_mark(r"\in") for token in item.tokens)


def is_equation(item: Item) -> bool:
    return any(token.is_mark("=", ":=") for token in item.tokens)


def is_one(parts: tuple[Token, ...]) -> bool:
    """Whether tokens are the digit 1, which may be the name of ones, or a 1 in a font."""
    return len(parts) == 1 and parts[0].kind == "digit" and parts[0].text == "1"


def transposed_width(name: tuple[Token, ...]) -> int:
    """How many tokens at the end of a name are the mark of a transpose."""
    if len(name) > 1 and name[-1].is_mark("'"):
        return 1
    return 2 if len(name) > 2 and name[-2].is_mark("^") and key(name[-1:]) in TRANSPOSES else 0


def is_name(parts: tuple[Token, ...]) -> bool:
    """Whether tokens are one name, with scripts and without arguments."""
    left = left_side(parts)
    if left is None and len(parts) > 2 and parts[-2].is_mark("^"):  # w^*, \hat x^-, h^{t-1}
        left = left_side(parts[:-2])
    return left is not None and left.arguments is None and not left.shape
