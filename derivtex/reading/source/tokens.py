r"""From LaTeX to tokens with places, nested by braces and environments.

`lexemes` cuts the text; this room puts the author's macros in, nests what is there, without recursion and to a bounded depth, and settles
what is only layout: spaces, sizes of brackets, `&`.
"""

from __future__ import annotations

from derivtex.core.errors import Source, Span, SyntaxProblem
from derivtex.core.session import current
from derivtex.reading.source.layout import (
    APART,
    FRAMES,
    ROW_ENDS,
    behind_number,
    behind_spacing,
    fence,
    fenced,
    is_layout_group,
    raised_apart,
    text_token,
    undressed,
    unframed,
    unstacked,
)
from derivtex.reading.source.lexemes import Texts, flat, moved
from derivtex.reading.source.macros import MOST, Macro
from derivtex.reading.source.marks import Token, latex, plain
from derivtex.reading.source.vocabulary import (
    ACCENTS,
    CLOSING,
    FENCES,
    FONTS,
    LAYOUT,
    OPENING,
    SIDED,
    SPACES,
    SWITCHES,
    WITH_ARGUMENT,
)  # fmt: skip

DEEPEST = 60
LONGEST = 60_000


def tokens(source: Source, start: int = 0, end: int | None = None, macros: dict[str, Macro] | None = None) -> tuple[Token, ...]:
    """The nested tokens of a stretch of a source, the author's macros expanded."""
    end = len(source.text) if end is None else end
    if end - start > LONGEST:
        raise SyntaxProblem(
            f"a formula of {end - start} characters is longer than derivtex reads ({LONGEST})",
            way_out="give the formula alone, or a document in which formulas stand between $ signs",
            span=Span(source, start, start + 1),
        )
    if macros and (any(name in source.text[start:end] for name in macros) or any(defined_in(source, start, end, each) for each in macros.values())):
        return nested(expanded(flat(source, start, end), macros, source), source)
    text, known = source.text[start:end], current().keep(Nestings)
    found = known.get(text)
    if found is None:
        found = nested(flat(source, start, end), source)
        known.learn(text, found, start)
        return found
    return tuple(moved(token, start) for token in found) if start else found


def defined_in(source: Source, start: int, end: int, macro: Macro) -> bool:
    """Whether a macro is defined within a stretch."""
    return macro.where.source is source and macro.where.start < end and start < macro.where.end


class Nestings(Texts):
    """The texts that were cut and nested, without macros of the author."""


def expanded(found: list[Token], macros: dict[str, Macro], source: Source) -> list[Token]:
    """The tokens with every macro of the author replaced by what it stands for; its tokens lie where it is called."""
    result: list[Token] = []
    waiting = found[::-1]
    used = 0
    while waiting:
        token = waiting.pop()
        if any(macro.where.source is source and macro.where.start <= token.start < macro.where.end for macro in macros.values()):
            continue
        macro = macros.get(token.text) if token.kind == "macro" else None
        if macro is None:
            result.append(token)
            continue
        used += 1
        if used > MOST or len(waiting) + len(result) > LONGEST or uses_itself(macro, macros):
            place = Span(source, token.start, token.end)
            raise SyntaxProblem(f"{token.text} expands without end", way_out="do not define a macro by itself", span=place)
        arguments = [call_argument(waiting) for _ in range(macro.arguments)]
        waiting.extend(reversed(substituted(macro, arguments, token)))
    return result


def uses_itself(macro: Macro, macros: dict[str, Macro]) -> bool:
    """Whether a macro stands in what it is replaced by, directly or by way of others."""
    waiting, seen = [macro.name], set()
    while waiting:
        known = macros.get(waiting.pop())
        if known is None or known.name in seen:
            continue
        seen.add(known.name)
        inside = [token.text for token in flat(Source(known.body), 0, len(known.body)) if token.kind == "macro"]
        if macro.name in inside:
            return True
        waiting.extend(inside)
    return False


def substituted(macro: Macro, arguments: list[list[Token]], call: Token) -> list[Token]:
    """The tokens of a macro's body, which lie where it is called, with those of its arguments, which lie where they are
    written."""
    body = flat(Source(macro.body), 0, len(macro.body))
    result: list[Token] = []
    for token, before in zip(body, (None, *body), strict=False):
        if before is not None and before.text == "#" and token.text.isdigit():
            result.extend(arguments[int(token.text) - 1] if int(token.text) <= len(arguments) else [])
        elif token.text != "#":
            result.append(token._replace(start=call.start, end=call.end, broken=False))
    return result


def call_argument(waiting: list[Token]) -> list[Token]:
    """The next token, or the group that begins with it, taken from what is waiting."""
    if not waiting:
        return []
    token = waiting.pop()
    if token.text != "{" or token.kind != "brace":
        return [token]
    depth = 1
    found: list[Token] = []
    while waiting and depth:
        token = waiting.pop()
        if token.kind == "brace":
            depth += 1 if token.text == "{" else -1
        if depth:
            found.append(token)
    return found


class _Level:
    """What is being collected between an opening and its end."""

    def __init__(self, opened: Token | None):
        self.opened = opened
        self.found: list[Token] = []


def nested(flat_tokens: list[Token], source: Source) -> tuple[Token, ...]:
    """Groups and environments as single tokens, layout left out, fences with their side."""
    levels = [_Level(None)]
    for token in flat_tokens:
        if token.kind == "begin" or (token.kind == "brace" and token.text == "{"):
            if len(levels) > DEEPEST:
                raise too_deep(Span(source, token.start, token.end))
            levels.append(_Level(token))
        elif token.kind == "end" or token.kind == "brace":
            close(levels, token, source)
        else:
            levels[-1].found.append(token)
    if len(levels) > 1:
        raise not_closed(levels[-1].opened, source)
    return tidied(levels[0].found)


def close(levels: list[_Level], token: Token, source: Source) -> None:
    """End the innermost level; it becomes a token of the one around it."""
    level = levels[-1]
    opened = level.opened
    place = Span(source, token.start, token.end)
    if opened is None:
        what = rf"\end{{{token.text}}}" if token.kind == "end" else "}"
        raise SyntaxProblem(f"{what} closes nothing", way_out=f"leave it out or open it before, at line {place.line}", span=place)
    matches = opened.text == token.text if token.kind == "end" else opened.text == "{" and opened.kind == "brace"
    if not matches:
        raise not_closed(opened, source)
    levels.pop()
    kind = "environment" if token.kind == "end" else "group"
    name = token.text if token.kind == "end" else ""
    inner = tidied(level.found)
    levels[-1].found.append(Token(kind, name, opened.start, token.end, opened.spaced, opened.broken, inner))


def not_closed(opened: Token | None, source: Source) -> SyntaxProblem:
    assert opened is not None
    mark, wanted = (rf"\begin{{{opened.text}}}", rf"\end{{{opened.text}}}") if opened.kind == "begin" else ("{", "}")
    return SyntaxProblem(
        f"{mark} is not closed", way_out=f"add the {wanted} that belongs to it", span=Span(source, opened.start, opened.end)
    )


def too_deep(span: Span) -> SyntaxProblem:
    return SyntaxProblem(
        f"brackets nested more than {DEEPEST} deep", way_out="name an inner part by a definition of its own", span=span
    )


def tidied(found: list[Token]) -> tuple[Token, ...]:
    """Without layout; `\\left|` and the like as fences that know their side; `:=` and `\\text{…}` as one token."""
    result: list[Token] = []
    at, spaced = 0, False
    while at < len(found):
        token = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        at += 1
        at = behind_spacing(found, at) if token.text in ROW_ENDS else at
        if token.text in SPACES or token.text in LAYOUT or (token.kind == "macro" and token.text in WITH_ARGUMENT):
            at += token.text in WITH_ARGUMENT and following is not None
            at = behind_number(found, at) if token.text in APART else at
            spaced = True
            continue
        if token.text in OPENING or token.text in CLOSING:
            at += following is not None
            if following is None or following.text == ".":
                continue
            token = fence(token, following)
        elif token.kind == "macro" and token.text in SIDED:
            kind, text = SIDED[token.text]
            token = token._replace(kind=kind, text=text)
        elif token.text in SWITCHES and following is not None and following.kind == "group":
            token = token._replace(text=SWITCHES[token.text])
        elif token.kind == "group" and result and result[-1].is_mark("^") and (apart := raised_apart(token)):
            result.extend(apart)
            continue
        elif token.kind == "group" and len(token.inner) == 1 and is_layout_group(token, result):
            token = token.inner[0]._replace(spaced=token.spaced, broken=token.broken)
        elif token.text in FENCES and following is not None and following.kind == "group":
            second = found[at + 1] if at + 1 < len(found) and FENCES[token.text][0] == r"\langle" else None
            second = second if second is not None and second.kind == "group" else None
            result.extend(fenced(token, following, second))
            at += 1 if second is None else 2
            continue
        elif following is not None and is_raised_on(token, following, result):  # ⁻¹ is one exponent
            result[-1] = result[-1]._replace(inner=(*result[-1].inner, *following.inner), end=following.end)
            at += 1
            continue
        elif token.text in FRAMES and following is not None and (framed := unframed(following)):
            result.extend(framed)
            at += 1
            continue
        elif token.text in STACKED and at + 1 < len(found) and found[at].kind == found[at + 1].kind == "group":
            result.extend(unstacked(token, found[at], found[at + 1]))
            at += 2
            continue
        elif token.text == r"\operatorname" and following is not None:
            at += following.text == "*"
            found[at : at + 1] = map(undressed, found[at : at + 1])
        elif token.text == ":" and following is not None and following.text == "=" and not following.spaced:
            token, at = token._replace(text=":=", end=following.end), at + 1
        elif token.text == r"\text" and following is not None and following.kind in ("group", "letter"):
            token, at = text_token(token, following), at + 1
        if token.text in FONTS | ACCENTS and result and result[-1].is_mark("_", "^") and following is not None and following.kind == "group":
            token, at = Token("group", "", token.start, following.end, inner=(token, following)), at + 1
        result.append(token._replace(spaced=token.spaced or spaced) if spaced else token)
        spaced = False
    return tuple(result)


def is_raised_on(token: Token, following: Token, before: list[Token]) -> bool:
    """Whether a raised or lowered character of Unicode stands right behind another one: its mark and its group lie in one place."""
    if following.kind != "group" or following.start != token.start or not token.is_mark("^", "_") or len(before) < 2:
        return False
    group, mark = before[-1], before[-2]
    return group.kind == "group" and mark.start == group.start and mark.text == token.text and group.end == token.start


STACKED = (r"\underset", r"\overset", r"\stackrel")


__all__ = ["Token", "latex", "plain", "tokens", "too_deep"]
