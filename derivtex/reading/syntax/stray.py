r"""A bracket that closes nothing, `\Big(\big[2B^T(B\Sigma B^T)^{-1})\big]\Big)`: where leaving it out is the one way to mend a product."""

from __future__ import annotations

from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import BRACKETS, nesting

SUMS = ("+", "-", r"\pm")
Pairs = list[tuple[int, Token]]


def without_stray(parts: tuple[Token, ...]) -> tuple[Token, ...] | None:
    """The tokens without the only bracket too many; None where there is none, or it may have closed a sum that is not opened."""
    for strict in (True, False):
        found = strays(parts, strict)
        if found is not None and len(found) == 1:
            begin, at = found[0]
            return (*parts[:at], *parts[at + 1 :]) if is_product(parts[begin:at]) else None
    return None


def strays(parts: tuple[Token, ...], strict: bool) -> list[tuple[int, int]] | None:
    """The brackets that close what is not open, each with the place where the group it stands in begins; None where one stays open.

    strict: whether a bracket with a size, `\\Big)`, closes only one with a size.
    """
    found: list[tuple[int, int]] = []
    open_: Pairs = []
    for at, token in enumerate(parts):
        step = nesting(token)
        if step > 0:
            open_.append((at, token))
        elif step < 0:
            if open_ and fits(open_[-1][1], token, strict):
                open_.pop()
            else:
                found.append((open_[-1][0] + 1 if open_ else 0, at))
    return None if open_ else found


def fits(opening: Token, closing: Token, strict: bool) -> bool:
    """Whether a bracket closes another one."""
    sized = (opening.kind == "open") == (closing.kind == "close")
    return BRACKETS.get(opening.text) == closing.text and (sized or not strict)


def is_product(group: tuple[Token, ...]) -> bool:
    """Whether the sums of a group all stand in brackets of their own, so that more brackets change nothing."""
    depth = 0
    for token in group:
        depth += nesting(token)
        if depth == 0 and token.is_mark(*SUMS):
            return False
    return True
