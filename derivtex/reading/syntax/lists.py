"""Lists of things that marks set apart."""

from __future__ import annotations

from derivtex.reading.source.marks import Token

BRACKETS = {"(": 1, ")": -1, "[": 1, "]": -1, r"\{": 1, r"\}": -1}


def by_commas(parts: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The stretches between commas."""
    return by_marks(parts, ",")


def by_marks(parts: tuple[Token, ...], *marks: str) -> list[tuple[Token, ...]]:
    """The stretches between marks that stand in no bracket and in no script."""
    found, begin, depth = [], 0, 0
    for at, token in enumerate(parts):
        if token.kind in ("mark", "open", "close", "macro"):
            depth += BRACKETS.get(token.text, 0)
        scripted = at > 0 and parts[at - 1].is_mark("_", "^")
        if depth == 0 and not scripted and token.text in marks and (token.kind in ("mark", "macro") or token.text == "x"):
            found.append(parts[begin:at])
            begin = at + 1
    return [*found, parts[begin:]]


def is_sum(parts: tuple[Token, ...] | list[Token]) -> bool:
    """Whether a plus or minus stands between two parts, in no script: more than a list of names."""
    return any(token.is_mark("+", "-") and not before.is_mark("^", "_") for before, token in zip(parts, parts[1:], strict=False))
