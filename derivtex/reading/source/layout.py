r"""Tokens that mean the same and are written otherwise: fences with their side, `\underset`, the fences of authors such as `\norm`, text.

Capitals that are upright in some formulas and italic in others, `f(W)` and `\nabla_{\mathrm W} f`: one name, where no formula has both.

Letters in an old font and in its macro, `{\bf R}` and `\mathbf{R}`, are one name as well.

The number of an equation that is set apart at the end of its row, and the length that sets the rows apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derivtex.reading.source.marks import Parts, Token, plain
from derivtex.reading.source.vocabulary import BRACKET_MARKS, FENCES, FONTS, OPENING, RELATIONS, SIDED, SPACED_MARKS, SWITCHES, UPRIGHT


def is_layout_group(group: Token, before: list[Token]) -> bool:
    r"""Whether braces around a single mark only keep it apart: `{:}`, `{(}`, `{\nabla}`."""
    text = group.inner[0].text
    return text in BRACKET_MARKS or ((text in SPACED_MARKS or text == r"\nabla") and not (before and before[-1].is_mark("^", "_")))


FRAMES = (r"\boxed", r"\fbox", r"\framebox")


def unframed(group: Token) -> Parts:
    r"""What stands in the frame of `\boxed{\nabla f = 2Ax}` where that is whole statements; nothing where it is a part of one."""
    inner = group.inner
    whole = any(token.text in RELATIONS for token in inner) or (len(inner) == 1 and inner[0].kind == "environment")
    return inner if whole else ()


def undressed(name: Token) -> Token:
    r"""The name of an operator without an upright font around all of it: `\operatorname{\mathrm{tr}}`, `\operatorname{\rm tr}`."""
    if not name.inner or name.inner[0].text not in UPRIGHT:
        return name
    inner = name.inner[1].inner if len(name.inner) == 2 and name.inner[1].kind == "group" else name.inner[1:]
    return name._replace(inner=inner)


def unstacked(macro: Token, small: Token, large: Token) -> Parts:
    r"""`\underset{x}{\min}` as `\min_x`; what stands above a sign is left out."""
    if macro.text != r"\underset":
        return large.inner
    word = "".join(token.text for token in large.inner)
    sign = (Token("macro", "\\" + word, large.start, large.end, large.spaced),) if word in ("min", "max", "argmin", "argmax") else large.inner
    return (*sign, Token("mark", "_", small.start, small.start), small)


def fenced(macro: Token, first: Token, second: Token | None) -> Parts:
    r"""`\norm{x}` as `\|x\|`, `\inner{x}{y}` and `\inner{x, y}` as the inner product."""
    left, right = FENCES[macro.text]
    comma = (Token("mark", ",", second.start, second.start), *second.inner) if second is not None else ()
    end = (second or first).end
    return (Token("open", left, macro.start, macro.end, macro.spaced), *first.inner, *comma, Token("close", right, end - 1, end))


RAISED_BEHIND = (("T",), (r"\top",), (r"\intercal",), ("H",), (r"\dagger",), ("-", "1"))


def raised_apart(group: Token) -> Parts:
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


ROMAN = r"\mathrm"
OTHER_USES = frozenset("THIEP")  # transposes, the identity, an expectation, a probability


def same_names(formulas: Iterable[Parts]) -> frozenset[str]:
    """The letters that are one name in both fonts."""
    upright: set[str] = set()
    italic: set[str] = set()
    apart: set[str] = set()
    for parts in formulas:
        found = list(capitals(parts))
        ours, others = {letter for letter, roman in found if roman}, {letter for letter, roman in found if not roman}
        apart |= ours & others
        upright |= ours
        italic |= others
    return frozenset((upright & italic) - apart - OTHER_USES)


def capitals(parts: Parts) -> Iterator[tuple[str, bool]]:
    """The capitals of a formula, each with whether it is upright."""
    at = 0
    while at < len(parts):
        letter = upright_at(parts, at)
        token = parts[at]
        if letter is not None:
            yield letter.text, True
        elif token.kind == "letter" and token.text.isupper():
            yield token.text, False
        elif token.text in FONTS and at + 1 < len(parts) and is_capital(parts[at + 1]):
            at += 1  # in a font of its own
        yield from capitals(token.inner)
        at += 2 if letter is not None else 1


def upright_at(parts: Parts, at: int) -> Token | None:
    r"""The capital of `\mathrm{W}` or `\mathrm W` at a place."""
    if parts[at].text != ROMAN or at + 1 == len(parts) or not is_capital(parts[at + 1]):
        return None
    letter = parts[at + 1] if parts[at + 1].kind == "letter" else parts[at + 1].inner[0]
    return letter._replace(start=parts[at].start, end=parts[at + 1].end, spaced=parts[at].spaced)


def is_capital(token: Token) -> bool:
    """Whether a token is a capital, or a group of one."""
    one = token.inner[0] if token.kind == "group" and len(token.inner) == 1 else token
    return one.kind == "letter" and one.text.isupper()


def in_italics(parts: Parts, letters: frozenset[str]) -> Parts:
    """A formula with these capitals in italics wherever they are upright."""
    found: list[Token] = []
    at = 0
    while at < len(parts):
        letter = upright_at(parts, at)
        if letter is not None and letter.text in letters:
            found.append(letter)
            at += 2
            continue
        token = parts[at]
        found.append(token._replace(inner=in_italics(token.inner, letters)) if token.inner else token)
        at += 1
    return tuple(found)


def switched(token: Token) -> tuple[str, str] | None:
    r"""The font and the letter of `{\bf R}`, with the font as the macro that takes an argument; None of anything else."""
    inner = token.inner if token.kind == "group" else ()
    letter = len(inner) == 2 and (inner[1].kind == "letter" or (inner[1].kind == "macro" and inner[1].text not in FONTS))
    return (SWITCHES[inner[0].text], inner[1].text) if letter and inner[0].text in SWITCHES else None


def within(parts: Parts) -> Iterator[tuple[Token, Token | None]]:
    """Every token of a formula with the one behind it, those in groups too."""
    for at, token in enumerate(parts):
        yield token, parts[at + 1] if at + 1 < len(parts) else None
        yield from within(token.inner)


def same_fonts(formulas: Iterable[Parts]) -> frozenset[tuple[str, str]]:
    r"""The letters that are written both ways, `{\bf R}` and `\mathbf{R}`, each behind its font."""
    pairs = [pair for parts in formulas for pair in within(parts)]
    old = {found for token, _ in pairs if (found := switched(token)) is not None}
    new = {(token.text, plain(behind.inside)) for token, behind in pairs if behind is not None and token.text in SWITCHES.values()} if old else set()
    return frozenset(old & new)


def in_macros(parts: Parts, letters: frozenset[tuple[str, str]]) -> Parts:
    r"""A formula with `\mathbf{R}` for `{\bf R}`, of these letters."""
    found: list[Token] = []
    for token in parts:
        if switched(token) not in letters:
            found.append(token._replace(inner=in_macros(token.inner, letters)) if token.inner else token)
            continue
        switch, letter = token.inner
        both = switch._replace(text=SWITCHES[switch.text], spaced=token.spaced), Token("group", "", letter.start, letter.end, inner=(letter,))
        raised = bool(found) and found[-1].is_mark("^", "_")
        found.extend((token._replace(inner=both),) if raised else both)
    return tuple(found)


APART = (r"\quad", r"\qquad", r"\hfill")
ROW_ENDS = ("\\\\", r"\cr")
LONGEST_NUMBER = 5  # marks of `(12a)`


def behind_number(found: Sequence[Token], at: int) -> int:
    r"""Behind the number of an equation that stands at the end of its row, `\quad (2) \\`; where none does, the place itself."""
    end = next((k for k in range(at + 1, min(len(found), at + LONGEST_NUMBER + 1)) if found[k].text == ")"), at)
    counts = end > at + 1 and found[at].text == "(" and found[at + 1].text.isdigit() and all(len(each.text) == 1 for each in found[at:end])
    return end + 1 if counts and (end + 1 == len(found) or found[end + 1].text in ROW_ENDS) else at


UNITS = ("pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "sp", "mu", r"\baselineskip", r"\jot")
LONGEST_LENGTH = 12  # marks of `[-0.25em]`


def behind_spacing(found: Sequence[Token], at: int) -> int:
    r"""Behind the star or the length with which a row may end, `\\*` and `\\[5pt]`; where neither stands, the place itself."""
    at += at < len(found) and found[at].text == "*" and not found[at].spaced
    end = next((k for k in range(at, min(len(found), at + LONGEST_LENGTH)) if found[k].text == "]"), at)
    return end + 1 if end > at and found[at].text == "[" and is_length("".join(each.text for each in found[at + 1 : end])) else at


def is_length(text: str) -> bool:
    """Whether a text is a length, `5pt`, `-.3em`: a number and a unit."""
    unit = next((each for each in UNITS if text.endswith(each)), "")
    number = text.removesuffix(unit).strip().removeprefix("-").replace(".", "", 1)
    return bool(unit) and (number.isdigit() or unit.startswith("\\"))
