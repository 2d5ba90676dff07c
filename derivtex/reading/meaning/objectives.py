r"""What is minimised or maximised on paper: `\min_W …`, `\arg\min_w …`, `\text{minimize } …`, `\text{argmin}\, f(x) = …`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import Token, plain
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.statements import Statement

EXTREMA = (r"\min", r"\max", r"\argmin", r"\argmax")
GOALS = frozenset("minimize maximize minimise maximise argmin argmax".split())
Parts = tuple[Token, ...]


def is_goal(token: Token) -> bool:
    r"""Whether a word is `\text{minimize}`."""
    return token.kind == "text" and token.text.strip(" ,.:").lower() in GOALS


def goal_width(parts: Parts) -> int:
    r"""How many tokens the word for an optimum takes: `\min`, `\arg\min`, `\operatorname{argmin}`; 0 where there is none."""
    at = 1 if parts[:1] and parts[0].is_mark(r"\arg") else 0
    if len(parts) > at + 1 and parts[at].is_mark(r"\operatorname") and plain(parts[at + 1].inner).replace(" ", "") in GOALS:
        return at + 2
    return at + 1 if at < len(parts) and (parts[at].is_mark(*EXTREMA) or is_goal(parts[at])) else 0


def is_objective(parts: Parts) -> bool:
    r"""Whether a side is `\min_W …` or `\arg\min_w …`."""
    at = goal_width(parts)
    return bool(at) and len(parts) > at + 2 and parts[at].is_mark("_")


def take_objective(reading: Reading, each: Statement) -> Statement | None:
    """The statement without the sign of an optimum before its first side, whose variables are kept; None where there is none.

    Raises SyntaxProblem for an extremum over an index, which is no objective.
    """
    parts = each.sides[0]
    at = goal_width(parts)
    if is_objective(parts):
        below = parts[at + 1].inner if parts[at + 1].kind == "group" else (parts[at + 1],)
        end = next((k for k, token in enumerate(below) if token.is_mark(r"\in")), len(below))
        if {token.text for token in below[:end] if not token.is_mark(",")} & scripts(parts[at + 2 :]):
            raise SyntaxProblem(
                "an extremum over an index is not read", way_out=r"write \max(a, b) of two, or ask for one member", span=each.span
            )
        reading.objective = tuple(name for name in by_commas(below[:end]) if name)
        at += 2
    elif not (at and len(parts) > at and (is_goal(parts[at - 1]) or parts[0].is_mark(r"\arg", r"\operatorname"))):
        return None
    reading.objective_of = parts[at:]
    return each._replace(sides=(parts[at:], *each.sides[1:]))


def scripts(parts: Parts) -> set[str]:
    """The marks that stand in subscripts."""
    found: set[str] = set()
    stack = [parts]
    while stack:
        current = stack.pop()
        for token, before in zip(current, (None, *current), strict=False):
            if before is not None and before.is_mark("_"):
                found.update(part.text for part in (token.inner or (token,)))
            if token.inner:
                stack.append(token.inner)
    return found
