r"""Means: in `\frac1n\sum_i x_i` the sum runs over n things, although nothing stands above it."""

from __future__ import annotations

from derivtex.reading.source.marks import Token, latex
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

COUNTS = frozenset("nNmMTKdpB")


def with_means(found: list[Statement], known: set[Key]) -> tuple[list[Statement], list[str]]:
    """The statements with the end of each sum of which a mean is taken, and what is to be said of them. known: names that are no sizes."""
    ends: dict[str, None] = {}
    kept = [each._replace(sides=tuple(with_ends(side, known, ends) for side in each.sides)) for each in found]
    return kept, [f"a sum that is divided by {end} runs to {end}" for end in ends]


def with_ends(parts: Parts, known: set[Key], ends: dict[str, None]) -> Parts:
    """Parts with the ends of such sums, which are kept."""
    result: list[Token] = []
    for at, token in enumerate(parts):
        token = token._replace(inner=with_ends(token.inner, known, ends)) if token.inner else token
        index = parts[at].inside
        if at > 2 and parts[at - 1].is_mark("_") and parts[at - 2].is_mark(r"\sum") and len(index) == 1 and index[0].kind == "letter":
            end = divisor(parts[: at - 2])
            if end is not None and key((end,)) not in known and not (parts[at + 1 : at + 2] and parts[at + 1].is_mark("^")):
                ends[latex((end,))] = None
                result += run(index[0], end)
                continue
        result.append(token)
    return tuple(result)


def divisor(before: Parts) -> Token | None:
    r"""The n of `\frac{1}{2n}` or `1/n` right before a sum; None where there is none, or nothing that counts."""
    if len(before) > 2 and before[-3].is_mark(r"\frac"):
        under = before[-1].inside
    elif len(before) > 1 and before[-2].is_mark("/"):
        under = before[-1:]
    else:
        return None
    numbers, last = under[:-1], under[-1] if under else None
    return last if last is not None and last.text in COUNTS and all(token.kind == "digit" for token in numbers) else None


def run(index: Token, end: Token) -> Parts:
    """`{i=1}^n`, behind the mark of what stands below."""
    place = index.start, index.end
    below = (index, Token("mark", "=", *place), Token("digit", "1", *place))
    return Token("group", "", *place, inner=below), Token("mark", "^", *place), end
