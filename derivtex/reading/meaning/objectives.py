r"""What is minimised or maximised on paper: `\min_W …`, `\arg\min_w …`, `\text{minimize } …`, `\text{argmin}\, f(x) = …`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.syntax.occurring import marks_in_scripts
from derivtex.reading.syntax.scripts import between_commas, marks_in
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import key
from derivtex.reading.syntax.variables import behind_goal, is_objective, objective, varied_in


def take_objective(reading: Reading, each: Statement) -> Statement | None:
    """The statement without the sign of an optimum before its first side, whose variables are kept; None where there is none.

    Raises SyntaxProblem for an extremum over an index, which is no objective.
    """
    parts = each.sides[0]
    if is_objective(parts):
        below, of = objective(parts)
        varied = varied_in(below)
        if {mark for part in marks_in(varied) for mark in key(part)[:1]} & marks_in_scripts(of):
            raise SyntaxProblem(
                "an extremum over an index is not read", way_out=r"write \max(a, b) of two, or ask for one member", span=each.span
            )
        reading.objective = tuple(between_commas(varied))
    elif not (of := behind_goal(parts)):
        return None
    reading.objective_of = of
    return each._replace(sides=(of, *each.sides[1:]))
