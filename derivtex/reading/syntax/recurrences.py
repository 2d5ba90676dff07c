r"""Recurrences, `h_t = \tanh(Wh_{t-1} + Ux_t)` and `h^t = …h^{t-1}…`: each time has a name of its own, and what came before is taken as given."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.vocabulary import GREEK
from derivtex.reading.syntax.statements import Left, Statement
from derivtex.reading.syntax.tree import key

Parts = tuple[Token, ...]


def with_times(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    r"""The statements with `h^{(t)}` for the `h^t` and `x^t` of a recurrence in t, and what is to be said of them."""
    times = {time.text for each in found if each.relations[:1] == ("=",) for time in raised_time(each)}
    if not times:
        return found, []
    said = [f"what is raised by {time} or {time}-1 is of that time, and no power" for time in sorted(times)]
    return [each._replace(sides=tuple(at_times(side, times) for side in each.sides)) for each in found], said


def raised_time(each: Statement) -> Iterator[Token]:
    """The t of a statement `h^t = …` whose right side holds an earlier or later h."""
    left = each.sides[0]
    if len(left) < 3 or not left[-2].is_mark("^"):
        return
    script = inner(left[-1])
    if len(script) == 1 and script[0].kind == "letter" and any(others(side, left[:-1], script[0]) for side in each.sides[1:]):
        yield script[0]


def earlier(left: Left, side: Parts) -> str:
    """The `h_{t-1}` that stands in the definition of `h_t`, the `h^{(t-1)}` in that of `h^{(t)}`; nothing where there is none."""
    name, letters = (left.name, left.below) if left.below else (left.name[:-2], unbracketed(left.name[-1:]))
    if len(letters) != 1 or letters[0].kind != "letter" or not name:
        return ""
    mark = Token("mark", "_" if left.below else "^", letters[0].start, letters[0].start)
    return next((latex((*name, mark, script)) for script in others(side, (*name, mark), letters[0])), "")


def others(parts: Parts, before: Parts, letter: Token) -> list[Token]:
    """The scripts behind a name and its mark that are a letter with a number added or taken away."""
    found: list[Token] = []
    wanted = key(before)
    for at, token in enumerate(parts):
        if token.inner:
            found += others(token.inner, before, letter)
        if at >= len(before) and key(parts[at - len(before) : at]) == wanted and is_shifted(unbracketed((token,)), letter.text):
            found.append(token)
    return found


def is_shifted(script: Parts, letter: str) -> bool:
    """Whether a script is `t-1` or `t+1`."""
    return len(script) == 3 and script[0].text == letter and script[1].is_mark("+", "-") and script[2].kind == "digit"


def at_times(parts: Parts, times: set[str]) -> Parts:
    """Tokens with brackets around each time that a small letter is raised by."""
    result: list[Token] = []
    for at, token in enumerate(parts):
        script = inner(token)
        raised = at > 1 and parts[at - 1].is_mark("^") and is_small(parts[at - 2]) and script[:1] and script[0].text in times
        if raised and (len(script) == 1 or is_shifted(script, script[0].text)):
            brackets = (Token("mark", "(", token.start, token.start), *script, Token("mark", ")", token.end, token.end))
            result.append(Token("group", "", token.start, token.end, inner=brackets))
        else:
            result.append(token._replace(inner=at_times(token.inner, times)) if token.inner else token)
    return tuple(result)


def is_small(token: Token) -> bool:
    """Whether a time may be raised on a mark: a small letter, also in a font; capitals may have powers."""
    if token.kind == "group" and len(token.inner) == 1:
        token = token.inner[0]
    return (token.kind == "letter" and token.text.islower()) or (token.kind == "macro" and token.text in GREEK)


def unbracketed(parts: Parts) -> Parts:
    """What stands in the braces, and in the brackets inside of them, that are all of some tokens."""
    script = inner(parts[0]) if len(parts) == 1 else parts
    return script[1:-1] if len(script) > 2 and script[0].text in ("(", "[") and script[-1].text in (")", "]") else script


def inner(token: Token) -> Parts:
    return token.inner if token.kind == "group" else (token,)
