"""Lists of things that marks set apart."""

from __future__ import annotations

from derivtex.reading.syntax.tree import Parts, key

BRACKETS = {"(": 1, ")": -1, "[": 1, "]": -1, r"\{": 1, r"\}": -1}


def by_commas(parts: Parts) -> list[Parts]:
    """The stretches between commas."""
    return by_marks(parts, ",")


def by_marks(parts: Parts, *marks: str) -> list[Parts]:
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


def is_balanced(parts: Parts) -> bool:
    """Whether every round bracket is closed, in the tokens and in what they hold."""
    depth = 0
    for token in parts:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0 or (token.inner and not is_balanced(token.inner)):
            return False
    return depth == 0


def is_sum(parts: Parts) -> bool:
    """Whether a plus or minus stands between two parts, in no script: more than a list of names."""
    return any(token.is_mark("+", "-") and not before.is_mark("^", "_") for before, token in zip(parts, parts[1:], strict=False))


def listed_arguments(parts: tuple[Parts, ...]) -> tuple[Parts, ...]:
    r"""The arguments; of `f(x_1, \ldots, x_n)` the one x whose entries they are."""
    names = [part for part in parts if not (len(part) == 1 and part[0].is_mark(r"\ldots"))]
    if len(names) == len(parts) or any(len(part) < 3 or not part[-2].is_mark("_") for part in names):
        return parts
    return (names[0][:-2],) if len({key(part[:-2]) for part in names}) == 1 else parts


def has_mark(parts: Parts, *marks: str) -> bool:
    """Whether one of some marks stands among tokens, outside of braces."""
    return any(token.is_mark(*marks) for token in parts)


def commas(parts: Parts) -> list[Parts]:
    """The arguments of a function, set apart by commas, semicolons or bars, wherever these stand."""
    found: list[Parts] = []
    begin = 0
    for at, token in enumerate(parts):
        if token.is_mark(",", ";", "|"):
            found.append(parts[begin:at])
            begin = at + 1
    return [*found, parts[begin:]]
