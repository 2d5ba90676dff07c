r"""Atoms that begin with a digit: numbers, `2.5`, `1.5e-3`, and the 1 of a condition, `1[x>0]`, `\mathbb{I}_{\{x>0\}}`."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.tree import Node, Parts, key
from derivtex.reading.syntax.written import bold_one, mark

MOST_DIGITS = 300


def begins_number(cursor: Cursor) -> bool:
    """Whether a number stands next."""
    token = cursor.next
    return token is not None and (token.kind == "digit" or (token.text == "." and is_digit_behind(cursor)))


def is_digit_behind(cursor: Cursor) -> bool:
    token = cursor.after()
    return token is not None and token.kind == "digit" and not token.spaced


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
    parts = bold_one(mark("1", start))
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


EQUALITIES = ("=", r"\ne", r"\neq")
COMPARING = frozenset(("<", ">", r"\le", r"\ge", r"\in", *EQUALITIES))
FONTS_OF_SIGNS = frozenset((r"\mathbf", r"\mathbb", r"\mathds", r"\boldsymbol", r"\bm", r"\mathrm"))
BEGINNING = FONTS_OF_SIGNS | {"1", "I", "["}
OPENING = frozenset(("(", "[", r"\{", "{"))


def indicator(cursor: Cursor) -> Node | None:
    """The indicator that stands next; None where what stands next is something else."""
    begin, width = cursor.at, sign_width(cursor)
    token = cursor.after(width)
    if token is None or (not width and token.text != "["):
        return None
    if width and token.is_mark("_"):
        script = cursor.after(width + 1)
        inside, end = (unbraced(script.inner), width + 2) if script is not None and script.kind == "group" else ((), 0)
    elif token.text in OPENING and token.kind in ("mark", "macro", "open"):
        inside, end = in_brackets(cursor, begin + width)
    else:
        return None
    at = [k for k, part in enumerate(inside) if part.is_mark(*COMPARING) and not sum(before.nesting for before in inside[:k])]
    if len(at) != 1 or at[0] in (0, len(inside) - 1):
        return None
    sides = tuple(cursor.within(part).whole() for part in (inside[: at[0]], inside[at[0] + 1 :]))
    cursor.at = begin + end
    marks = around(cursor.parts[begin : begin + width], cursor.parts[begin + width : cursor.at])
    return Node("condition", cursor.parts[begin].start, cursor.parts[cursor.at - 1].end, inside[at[0]].text, sides, marks)


def around(sign: Parts, behind: Parts) -> tuple[str, str]:
    """What stands before and behind the inside of an indicator."""
    if not behind[0].is_mark("_"):
        return latex((*sign, behind[0])), latex(behind[-1:])
    inner = behind[1].inner
    first, last = (inner[:1], inner[-1:]) if unbraced(inner) is not inner else ((), ())
    return f"{latex(sign)}_{{{latex(first)}", f"{latex(last)}}}"


def compared_in(parts: Parts) -> Iterator[tuple[Parts, Parts]]:
    r"""The sides of an equality in an indicator, y_i and k of `1\{y_i = k\}` and `1_{y_i = k}`, wherever that is."""
    waiting = [(parts, False)]
    while waiting:
        current, below = waiting.pop()
        for at, token in enumerate(current):
            if token.inner:
                waiting.append((token.inner, at > 1 and current[at - 1].is_mark("_") and ends_sign(current[at - 2])))
            if token.is_mark(*EQUALITIES):
                begin = next((k for k in range(at - 1, -1, -1) if current[k].nesting), -1)
                if (begin >= 0 and is_indicator(current, begin)) or (begin <= 0 and below):
                    end = next((k for k in range(at + 1, len(current)) if current[k].nesting < 0), len(current))
                    yield current[begin + 1 : at], current[at + 1 : end]


def is_indicator(parts: Parts, at: int) -> bool:
    """Whether a bracket that opens is that of an indicator: it is square, or what stands before it is the sign of one."""
    return parts[at].nesting > 0 and (parts[at].text == "[" or (at > 0 and ends_sign(parts[at - 1])))


def ends_sign(token: Token) -> bool:
    return token.text in ("1", "I") or (token.kind == "group" and key(token.inner) in (("1",), ("I",)))


def sign_width(cursor: Cursor) -> int:
    r"""How many tokens the sign of an indicator takes: `1`, `\mathbf{1}`, `\mathbb{I}`, `I`; 0 where none stands next."""
    token, behind = cursor.next, cursor.after()
    if token is None:
        return 0
    if token.kind == "macro" and token.text in FONTS_OF_SIGNS and behind is not None and key((behind,)) in (("1",), ("I",)):
        return 2
    return int((token.kind == "digit" and token.text == "1") or (token.kind == "letter" and token.text == "I"))


def in_brackets(cursor: Cursor, at: int) -> tuple[Parts, int]:
    """What stands in the bracket that opens at a place, and how far behind the present place it ends; nothing where it does not close."""
    depth = 0
    for end in range(at, len(cursor.parts)):
        depth += cursor.parts[end].nesting
        if depth == 0:
            return cursor.parts[at + 1 : end], end + 1 - cursor.at
    return (), 0


def unbraced(parts: Parts) -> Parts:
    r"""The inside of `\{x>0\}`."""
    return parts[1:-1] if len(parts) > 2 and parts[0].text in OPENING and parts[-1].text in (")", "]", r"\}", "}") else parts
