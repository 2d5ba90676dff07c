"""Numbers: `2`, `0.5`, and those with a power of ten, `1.5e-3`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.tree import Node, key

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
    start, text = cursor.parts[cursor.at].start, cursor.take().text
    if text == "1" and (cursor.is_next("'") or is_one_by_its_transpose(cursor)):
        return ones(start, start + 1)
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


def is_one_by_its_transpose(cursor: Cursor) -> bool:
    r"""Whether the 1 that was taken is followed by a transposed 1, `11^T`, which is a product of ones and not eleven."""
    digit, mark, raised = cursor.next, cursor.after(), cursor.after(2)
    if digit is None or digit.text != "1" or digit.kind != "digit" or mark is None:
        return False
    return mark.is_mark("'") or (mark.is_mark("^") and raised is not None and key((raised,)) in TRANSPOSES)


def ones(start: int, end: int) -> Node:
    r"""The name `\mathbf{1}` in the place of a 1."""
    inner = (Token("digit", "1", start, end),)
    parts = (Token("macro", r"\mathbf", start, start), Token("group", "", start, end, inner=inner))
    return Node("name", start, end, latex(parts), tokens=parts)


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
