"""Numbers: `2`, `0.5`, and those with a power of ten, `1.5e-3`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.tree import Node, key
from derivtex.reading.syntax.vocabulary import TRANSPOSES

MOST_DIGITS = 300


def begins_number(cursor: Cursor) -> bool:
    """Whether a number stands next."""
    token = cursor.next
    return token is not None and (token.kind == "digit" or (token.text == "." and is_digit_behind(cursor)))


def is_digit_behind(cursor: Cursor) -> bool:
    token = cursor.after()
    return token is not None and token.kind == "digit"


def number(cursor: Cursor) -> Node:
    """The number that stands next; the first 1 of `11^T`, which no number is, is the vector of ones."""
    if is_column_of_ones(cursor):
        one = cursor.take()
        return Node("name", one.start, one.end, r"\mathbf{1}", tokens=(one._replace(kind="macro", text=r"\mathbf"), in_braces(one)))
    start, text = cursor.parts[cursor.at].start, cursor.take().text
    while (token := cursor.next) is not None and not token.spaced and (token.kind == "digit" or token.text == "."):
        if token.text == "." and (not is_digit_behind(cursor) or "." in text):
            break
        text += cursor.take().text
    power = power_of_ten(cursor, text)
    if len(text) > MOST_DIGITS or len(power) > 5 or abs(int(power[1:] or 0)) > MOST_DIGITS:
        raise SyntaxProblem(
            f"a number of more than {MOST_DIGITS} digits", way_out="give it a name",
            span=cursor.span(start, cursor.parts[cursor.at - 1].end),
        )  # fmt: skip
    return Node("number", start, cursor.parts[cursor.at - 1].end, text + power)


def is_column_of_ones(cursor: Cursor) -> bool:
    """Whether `11^T` stands next."""
    found = cursor.parts[cursor.at : cursor.at + 4]
    ones = [token.text for token in found[:3]] == ["1", "1", "^"] and not found[1].spaced
    return ones and len(found) == 4 and key(found[3].inner or found[3:]) in TRANSPOSES


def in_braces(token: Token) -> Token:
    return Token("group", "", token.start, token.end, inner=(token._replace(spaced=False),))


def power_of_ten(cursor: Cursor, text: str) -> str:
    """The `e-3` of `1.5e-3`; of a whole number, `2e-3`, it cannot be told from 2e − 3."""
    token, sign = cursor.next, cursor.after()
    at = 2 if sign is not None and sign.is_mark("-", "+") else 1
    digit = cursor.after(at)
    found = cursor.parts[cursor.at : cursor.at + at + 1]
    if token is None or token.text != "e" or digit is None or digit.kind != "digit" or any(each.spaced for each in found):
        return ""
    if "." not in text and text != "1":
        way_out = rf"write {text}\cdot 10^{{…}} for the number, a space before e else"
        raise cursor.problem(f"{text}{latex(found)} may be a number or a multiple of e", way_out, token)
    end = at
    while (digit := cursor.after(end)) is not None and digit.kind == "digit" and not digit.spaced:
        end += 1
    cursor.at += end
    return latex(cursor.parts[cursor.at - end : cursor.at])
