r"""The sign of an optimum on paper: `\min_W …`, `\arg\min_w …`, `\text{minimize } …`."""

from __future__ import annotations

from derivtex.reading.source.marks import Token, plain

Parts = tuple[Token, ...]
EXTREMA = (r"\min", r"\max", r"\argmin", r"\argmax")
TYPED = frozenset("min max argmin argmax".split())
GOALS = frozenset("minimize maximize minimise maximise argmin argmax".split())


def is_goal(token: Token) -> bool:
    r"""Whether a word is `\text{minimize}`."""
    return token.kind == "text" and token.text.strip(" ,.:").lower() in GOALS


def goal_width(parts: Parts) -> int:
    r"""How many tokens the word for an optimum takes: `\min`, `\arg\min`, `\operatorname{argmin}`; 0 where there is none."""
    letters = next((k for k, token in enumerate(parts) if token.kind != "letter"), len(parts))
    if plain(parts[:letters]).replace(" ", "") in TYPED and parts[letters : letters + 1] and parts[letters].is_mark("_"):
        return letters
    at = 1 if parts[:1] and parts[0].is_mark(r"\arg") else 0
    if len(parts) > at + 1 and parts[at].is_mark(r"\operatorname") and plain(parts[at + 1].inner).replace(" ", "") in GOALS:
        return at + 2
    return at + 1 if at < len(parts) and (parts[at].is_mark(*EXTREMA) or is_goal(parts[at])) else 0


def is_objective(parts: Parts) -> bool:
    r"""Whether a side is `\min_W …` or `\arg\min_w …`."""
    at = goal_width(parts)
    return bool(at) and len(parts) > at + 2 and parts[at].is_mark("_")


def objective(parts: Parts) -> tuple[Parts, Parts]:
    """What stands below the sign of an optimum, and behind it."""
    at = goal_width(parts)
    below = parts[at + 1]
    return (below.inner if below.kind == "group" else (below,)), parts[at + 2 :]


def varied_in(below: Parts) -> Parts:
    r"""The names below the sign, before `\in` or the epsilon of `x \epsilon \mathbb{R}`, which some type for it."""
    for at, token in enumerate(below):
        typed = token.is_mark(r"\epsilon", r"\varepsilon") and at + 1 < len(below) and below[at + 1].is_mark(r"\mathbb", r"\Bbb", r"\mathcal")
        if token.is_mark(r"\in") or typed:
            return below[:at]
    return below


def behind_goal(parts: Parts) -> Parts:
    r"""What stands behind `\text{minimize}` and `\arg\min`, where nothing stands below; nothing behind `\min`, which may be a function."""
    at = goal_width(parts)
    return parts[at:] if at and len(parts) > at and (is_goal(parts[at - 1]) or parts[0].is_mark(r"\arg", r"\operatorname")) else ()
