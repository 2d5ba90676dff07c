r"""What is minimised or maximised on paper: `\min_W …`, `\arg\min_w …`, `\text{minimize } …`, `\text{argmin}\, f(x) = …`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.objectives import goal_width, is_goal, is_objective
from derivtex.reading.syntax.occurring import marks_in_scripts
from derivtex.reading.syntax.statements import Statement

Parts = tuple[Token, ...]


def take_objective(reading: Reading, each: Statement) -> Statement | None:
    """The statement without the sign of an optimum before its first side, whose variables are kept; None where there is none.

    Raises SyntaxProblem for an extremum over an index, which is no objective.
    """
    parts = each.sides[0]
    at = goal_width(parts)
    if is_objective(parts):
        below = parts[at + 1].inner if parts[at + 1].kind == "group" else (parts[at + 1],)
        end = next((k for k, token in enumerate(below) if token.is_mark(r"\in")), len(below))
        if {token.text for token in below[:end] if not token.is_mark(",")} & marks_in_scripts(parts[at + 2 :]):
            raise SyntaxProblem(
                "an extremum over an index is not read", way_out=r"write \max(a, b) of two, or ask for one member", span=each.span
            )
        reading.objective = tuple(name for name in by_commas(below[:end]) if name)
        at += 2
    elif not (at and len(parts) > at and (is_goal(parts[at - 1]) or parts[0].is_mark(r"\arg", r"\operatorname"))):
        return None
    reading.objective_of = parts[at:]
    return each._replace(sides=(parts[at:], *each.sides[1:]))
