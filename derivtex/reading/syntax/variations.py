r"""The sign δ as a d: `\delta f = 2x^TA\,\delta x`, `\frac{\delta L}{\delta X}`, as the calculus of variations and physics write differentials.

A δ may be a number too, so it is taken for a d only where it can be nothing else: always before a name or a bracket, never with a script, before
the identity or alone; and once on both sides of an equation that begins with it, or above and below a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.statements import Statement

DELTA = r"\delta"
Parts = tuple[Token, ...]


def with_variations(found: list[Statement]) -> list[Statement]:
    """The statements with a d for every δ, where δ is one."""
    sides = [side for each in found for side in each.sides]
    if not all(is_before_name(behind) for side in sides for _, behind in deltas(side)) or not any(map(varies, found)):
        return found
    return [each._replace(sides=tuple(with_d(side) for side in each.sides)) for each in found]


def deltas(parts: Parts) -> Iterator[tuple[Token, Parts]]:
    """Every δ with what stands behind it."""
    for at, token in enumerate(parts):
        if token.is_mark(DELTA):
            yield token, parts[at + 1 :]
        if token.inner:
            yield from deltas(token.inner)


def is_before_name(behind: Parts) -> bool:
    """Whether what follows can be varied: a name or a bracket, no number and no identity."""
    first = behind[0] if behind else None
    if first is None or first.text in ("I", r"\mathbb"):
        return False
    return first.kind in ("letter", "group", "open") or first.text in ("(", "[") or (first.kind == "macro" and first.text not in NEVER)


NEVER = (r"\cdot", r"\times", r"\le", r"\ge", r"\ne", r"\approx", r"\in", r"\to", r"\sum", r"\prod", r"\otimes", r"\odot", r"\|", r"\delta")


def varies(each: Statement) -> bool:
    """Whether a statement shows that its δ is a d."""
    first = each.sides[0]
    behind = [following for side in each.sides for _, following in deltas(side)]
    of_name = any(following[0].text not in ("(", "[") for following in behind)  # else it may be a function, \delta(t)
    begins = bool(first) and first[0].is_mark(DELTA) and of_name and any(any(deltas(side)) for side in each.sides[1:])
    return begins or any(map(has_quotient, each.sides))


def has_quotient(parts: Parts) -> bool:
    r"""Whether `\frac{\delta …}{\delta …}` stands among tokens."""
    for at, token in enumerate(parts):
        pair = parts[at + 1 : at + 3]
        if token.is_mark(r"\frac") and len(pair) == 2 and all(each.inner and each.inner[0].is_mark(DELTA) for each in pair):
            return True
        if has_quotient(token.inner):
            return True
    return False


def with_d(parts: Parts) -> Parts:
    r"""Tokens with `\mathrm{d}` for δ; they lie where the δ lies."""
    found: list[Token] = []
    for token in parts:
        if token.is_mark(DELTA):
            found += [token._replace(text=r"\mathrm"), token._replace(kind="letter", text="d", spaced=False)]
        else:
            found.append(token._replace(inner=with_d(token.inner)) if token.inner else token)
    return tuple(found)
