r"""What is written in the author's place: a name with its index, a function of a letter, a quotient, the mark of a transpose; it lies where the
author's own text does that it stands for."""

from __future__ import annotations

from derivtex.reading.source.marks import Token, kind_of
from derivtex.reading.syntax.tree import Parts, key


def mark(text: str, at: int) -> Token:
    return Token(kind_of(text), text, at, at)


def group(parts: Parts) -> Token:
    """Braces around a stretch."""
    return Token("group", "", parts[0].start, parts[-1].end, inner=parts)


def placed(parts: Parts, at: int) -> Parts:
    """A formula that has no place of its own, at a place."""
    return tuple(token._replace(start=at, end=at, inner=placed(token.inner, at)) for token in parts)


def bracketed(side: Parts) -> Parts:
    return (mark("(", side[0].start), *side, mark(")", side[-1].end))


def normed(side: Parts, marks: Parts, begin: int) -> Parts:
    r"""The `\|r\|` of a side with marks behind it; it begins where the words do that name it."""
    end = side[-1].end
    return (Token("open", r"\|", begin, begin), *side, Token("close", r"\|", end, end), *marks)


def divided(side: Parts, by: Parts, turned: bool) -> Parts:
    """A side divided by a number, `-` being -1; turned: multiplied by it."""
    at = by[-1].end
    number = (*by, mark("1", at)) if len(by) == 1 and by[0].is_mark("-") else by
    return (*bracketed(side), mark(r"\cdot" if turned else "/", at), *(bracketed(number) if len(number) > 1 else number))


def with_index(name: Parts, below: Parts) -> Parts:
    """A name with what stands below it as a part of it."""
    return (*name, mark("_", below[0].start), group(below))


def exchanged(parts: Parts, old: Parts, new: Parts) -> Parts:
    """Parts with others, which lie where they do, in the place of a run of them."""
    result: list[Token] = []
    at, wanted = 0, key(old)
    while at < len(parts):
        end = at + len(old)
        if key(parts[at:end]) == wanted and len(parts[at:end]) == len(old):
            result += placed(new, parts[at].start)
            at = end
            continue
        result.append(parts[at]._replace(inner=exchanged(parts[at].inner, old, new)) if parts[at].inner else parts[at])
        at += 1
    return tuple(result)


def spelt(name: str, at: int) -> Parts:
    """A name of a listing, `w` or `w_t`, as a letter with what stands below it."""
    letters = tuple(Token("letter", letter, at + k, at + k + 1) for k, letter in enumerate(name.replace("_", "")))
    return letters if len(letters) == 1 else (letters[0], mark("_", at), *letters[1:])


def word(text: str, start: int, end: int) -> Parts:
    r"""A word as a formula has it, `\text{softmax}`."""
    return (Token("text", text, start, end),)


def of_letter(function: Parts, start: int, end: int) -> tuple[Parts, Parts]:
    r"""The t and the `\tanh(t)` of a function that the words name."""
    argument = (Token("letter", "t", start, end),)
    opening, closing = (Token("mark", text, start, end) for text in "()")
    return argument, (function[0]._replace(start=start, end=end), opening, *argument, closing)


def transpose_mark(at: int) -> Parts:
    return (Token("letter", "T", at, at),)


def nabla(parts: Parts) -> Parts:
    r"""A formula with `\nabla` in the place of its first mark."""
    return (parts[0]._replace(text=r"\nabla"), *parts[1:])


def nablas_in(parts: Parts, of: str) -> Parts:
    r"""A formula with `\nabla` in the place of every mark of an operator, `Dg(x)`."""
    found = (token._replace(inner=nablas_in(token.inner, of)) if token.inner else token for token in parts)
    return tuple(token._replace(kind=kind_of(r"\nabla"), text=r"\nabla") if token.kind == "letter" and token.text == of else token for token in found)


def ones_in(parts: Parts) -> Parts:
    """Parts with every 1 that stands alone in a sum or product as ones."""
    result: list[Token] = []
    for at, token in enumerate(parts):
        before, behind = parts[at - 1 : at], parts[at + 1 : at + 2]
        if token.kind == "group" and not (before and before[0].kind in ("mark", "macro") and before[0].text in ("^", "_", r"\frac", r"\sqrt")):
            token = token._replace(inner=ones_in(token.inner))
        digits = any(near and (near[0].kind == "digit" or near[0].is_mark(".", "/", "^", "_")) for near in (before,)) or (
            bool(behind) and (behind[0].kind == "digit" or behind[0].is_mark(".", "/"))
        )
        if token.kind == "digit" and token.text == "1" and not digits and not (before and before[0].is_mark(r"\frac", r"\sqrt")):
            result += bold_one(token)
        else:
            result.append(token)
    return tuple(result)


def bold_one(token: Token) -> Parts:
    r"""The tokens of `\mathbf{1}` in the place of a 1."""
    inner = (token._replace(spaced=False),)
    return Token("macro", r"\mathbf", token.start, token.end, token.spaced, token.broken), Token("group", "", token.start, token.end, inner=inner)
