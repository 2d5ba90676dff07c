r"""Sums with an ellipsis: `x_1 B_1 + x_2 B_2 + \ldots + x_p B_p` is the sum over i of x_i B_i.

The terms before and behind the dots must be the same marks but for their indices: a number before, which the last term replaces by the
last index. They are compared as tokens, before there is any meaning.
"""

from __future__ import annotations

from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.tree import Node, key

LETTERS = ("i", "j", "k", "l", "s", "t", "r")
Tokens = tuple[Token, ...]


def run_of_terms(before: list[Tokens], last: Tokens) -> tuple[int, Tokens, Token, Token] | None:
    """How many of the terms before the dots belong to the run, one of its terms with a letter for its index, the letter with the
    first index, and the last one; None where the terms are not alike."""
    if not before:
        return None
    pair = difference(before[-1], last)
    if pair is None or not pair[0].text.isdigit():
        return None
    width, first = 1, pair[0]
    while width < len(before):
        earlier = difference(before[-1 - width], last)
        if earlier is None or not earlier[0].text.isdigit() or int(earlier[0].text) != int(first.text) - 1:
            break
        width, first = width + 1, earlier[0]
    used = set(key((*before[-1], *last)))
    letter = next((letter for letter in LETTERS if letter not in used), None)
    if letter is None:
        return None
    index = Token("letter", letter, first.start, first.end)
    return width, with_index(before[-width], last, index), index._replace(inner=(first,)), pair[1]


def difference(one: Tokens, other: Tokens) -> tuple[Token, Token] | None:
    """The single pair of marks by which two terms differ, wherever they do; None when they differ otherwise, or not at all."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Token, Token]] = {}
    return next(iter(found.values())) if collect(one, other, found) and len(found) == 1 else None


def collect(one: Tokens, other: Tokens, found: dict[tuple[str, tuple[str, ...]], tuple[Token, Token]]) -> bool:
    if len(one) != len(other):
        return False
    for mine, its in zip(one, other, strict=True):
        if key((mine,)) == key((its,)):
            continue
        if mine.kind == its.kind == "group" and len(mine.inner) == len(its.inner):
            if not collect(mine.inner, its.inner, found):
                return False
        elif mine.kind in ("digit", "letter", "macro") and its.kind in ("digit", "letter", "macro", "group"):
            found.setdefault((mine.text, key((its,))), (mine, its))
        else:
            return False
    return True


def with_index(one: Tokens, other: Tokens, index: Token) -> Tokens:
    """A term with a letter in every place where it differs from the last one."""
    result: list[Token] = []
    for mine, its in zip(one, other, strict=True):
        if key((mine,)) == key((its,)):
            result.append(mine)
        elif mine.kind == "group" and its.kind == "group":
            result.append(mine._replace(inner=with_index(mine.inner, its.inner, index)))
        else:
            result.append(index._replace(start=mine.start, end=mine.end))
    return tuple(result)


def letters_of(node: Node) -> tuple[str, ...]:
    """The indices of the sum that a term is, or ends with."""
    while node.form == "chain":
        node = node.parts[-1]
    found: tuple[str, ...] = ()
    while node.form == "over":
        end = next((at for at, token in enumerate(node.below) if token.is_mark("=", r"\in")), len(node.below))
        found = (*found, *(token.text for token in node.below[:end] if token.kind == "letter"))
        node = node.parts[0]
    return found


def stands_in(letters: tuple[str, ...], parts: Tokens) -> bool:
    """Whether an index stands in a script of a term that has no sum over it of its own."""
    stack, found = [parts], False
    while stack:
        current = stack.pop()
        for token, before, sign in zip(current, (None, *current), (None, None, *current), strict=False):
            inner = token.inner or (token,)
            if before is not None and before.is_mark("_", "^") and any(part.text in letters for part in inner):
                if sign is not None and sign.is_mark(r"\sum", r"\prod"):
                    return False
                found = True
            if token.inner:
                stack.append(token.inner)
    return found


def with_more(node: Node, terms: list[Node], signs: list[str]) -> Node:
    """A term with more terms inside the sum that it ends with."""
    end = terms[-1].end
    if node.form in ("chain", "over") and (node.form == "chain" or node.parts[0].form == "over"):
        return node._replace(end=end, parts=(*node.parts[:-1], with_more(node.parts[-1], terms, signs)))
    (body,) = node.parts
    first, marks = ((body.parts, body.marks) if body.form == "sum" else ((body,), ("+",)))
    return node._replace(end=end, parts=(Node("sum", body.start, end, parts=(*first, *terms), marks=(*marks, *signs)),))
