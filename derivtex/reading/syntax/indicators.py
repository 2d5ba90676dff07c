r"""Indicators: `1[x>0]`, `\mathbf{1}\{x>0\}`, `\mathbb{I}(x\ge 0)`, `1_{x>0}`, Iverson's `[x>0]`: 1 where a relation holds, and 0 elsewhere."""

from __future__ import annotations

from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import nesting
from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.tree import Node, key

COMPARING = frozenset(("<", ">", r"\le", r"\ge", "=", r"\ne", r"\in"))
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
    at = [k for k, part in enumerate(inside) if part.is_mark(*COMPARING) and not sum(map(nesting, inside[:k]))]
    if len(at) != 1 or at[0] in (0, len(inside) - 1):
        return None
    sides = tuple(cursor.within(part).whole() for part in (inside[: at[0]], inside[at[0] + 1 :]))
    cursor.at = begin + end
    return Node("condition", cursor.parts[begin].start, cursor.parts[cursor.at - 1].end, inside[at[0]].text, sides)


def sign_width(cursor: Cursor) -> int:
    r"""How many tokens the sign of an indicator takes: `1`, `\mathbf{1}`, `\mathbb{I}`, `I`; 0 where none stands next."""
    token, behind = cursor.next, cursor.after()
    if token is None:
        return 0
    if token.kind == "macro" and token.text in FONTS_OF_SIGNS and behind is not None and key((behind,)) in (("1",), ("I",)):
        return 2
    return int((token.kind == "digit" and token.text == "1") or (token.kind == "letter" and token.text == "I"))


def in_brackets(cursor: Cursor, at: int) -> tuple[tuple[Token, ...], int]:
    """What stands in the bracket that opens at a place, and how far behind the present place it ends; nothing where it does not close."""
    depth = 0
    for end in range(at, len(cursor.parts)):
        depth += nesting(cursor.parts[end])
        if depth == 0:
            return cursor.parts[at + 1 : end], end + 1 - cursor.at
    return (), 0


def unbraced(parts: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""The inside of `\{x>0\}`."""
    return parts[1:-1] if len(parts) > 2 and parts[0].text in OPENING and parts[-1].text in (")", "]", r"\}", "}") else parts
