r"""Tokens that mean the same and are written otherwise: fences with their side, `\underset`, the fences of authors such as `\norm`, text."""

from __future__ import annotations

from derivtex.reading.source.marks import Token, plain
from derivtex.reading.source.vocabulary import BRACKET_MARKS, FENCES, OPENING, RELATIONS, SIDED, SPACED_MARKS


def is_layout_group(group: Token, before: list[Token]) -> bool:
    r"""Whether braces around a single mark only keep it apart: `{:}`, `{(}`, `{\nabla}`."""
    text = group.inner[0].text
    return text in BRACKET_MARKS or ((text in SPACED_MARKS or text == r"\nabla") and not (before and before[-1].is_mark("^", "_")))


FRAMES = (r"\boxed", r"\fbox", r"\framebox")


def unframed(group: Token) -> tuple[Token, ...]:
    r"""What stands in the frame of `\boxed{\nabla f = 2Ax}` where that is whole statements; nothing where it is a part of one."""
    inner = group.inner
    whole = any(token.text in RELATIONS for token in inner) or (len(inner) == 1 and inner[0].kind == "environment")
    return inner if whole else ()


def unstacked(macro: Token, small: Token, large: Token) -> tuple[Token, ...]:
    r"""`\underset{x}{\min}` as `\min_x`; what stands above a sign is left out."""
    if macro.text != r"\underset":
        return large.inner
    word = "".join(token.text for token in large.inner)
    sign = (Token("macro", "\\" + word, large.start, large.end, large.spaced),) if word in ("min", "max", "argmin", "argmax") else large.inner
    return (*sign, Token("mark", "_", small.start, small.start), small)


def fenced(macro: Token, first: Token, second: Token | None) -> tuple[Token, ...]:
    r"""`\norm{x}` as `\|x\|`, `\inner{x}{y}` and `\inner{x, y}` as the inner product."""
    left, right = FENCES[macro.text]
    comma = (Token("mark", ",", second.start, second.start), *second.inner) if second is not None else ()
    end = (second or first).end
    return (Token("open", left, macro.start, macro.end, macro.spaced), *first.inner, *comma, Token("close", right, end - 1, end))


RAISED_BEHIND = (("T",), (r"\top",), (r"\intercal",), ("H",), (r"\dagger",), ("-", "1"))


def raised_apart(group: Token) -> tuple[Token, ...]:
    """The `(1)T` of `x^{(1)T}` as what belongs to the name and what is raised on it; nothing where it is not of this kind."""
    inner = group.inner
    end = next((at for at, token in enumerate(inner) if token.text in (")", "]")), len(inner))
    if not inner or inner[0].text not in ("(", "[") or tuple(token.text for token in inner[end + 1 :]) not in RAISED_BEHIND:
        return ()
    place = inner[end].end
    name, behind = group._replace(inner=inner[: end + 1], end=place), group._replace(inner=inner[end + 1 :], start=place)
    return name, Token("mark", "^", place, place), behind


def fence(side: Token, mark: Token) -> Token:
    """The bracket behind `\\left` or `\\right`."""
    text = SIDED[mark.text][1] if mark.text in SIDED else mark.text
    text = {r"\{": "{", r"\}": "}", "<": r"\langle", ">": r"\rangle"}.get(text, text)
    kind = "open" if side.text in OPENING else "close"
    return Token(kind, text, side.start, mark.end, side.spaced, side.broken)


def text_token(macro: Token, group: Token) -> Token:
    r"""`\text{tr}` as one token; its text is the letters. `\text{,}` is the comma."""
    inner = group.inside
    if len(inner) == 1 and inner[0].text in (",", ".", ";"):
        return inner[0]
    return Token("text", plain(inner), macro.start, group.end, macro.spaced, macro.broken, inner)
