"""The tools that an assistant is offered by the Model Context Protocol: derive, check, solve, answer; each returns data, errors too.

A derivtex error is no failure of the protocol: it comes as `{"ok": false, "error": {code, message, help, line, column}}`, so that the
assistant can mend its formula or its declarations and ask again. Every answer has `readings`: what each name was taken for, and why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from mcp.server import MCPServer

from derivtex.answering.answers import answer as answer_to
from derivtex.answering.solutions import solve as solution_of
from derivtex.core.errors import DerivtexError
from derivtex.core.limits import limits
from derivtex.core.session import session
from derivtex.faces.server import as_data
from derivtex.interface import check as verdicts_on
from derivtex.interface import derive as derivation_of

Data = dict[str, Any]
Layout = Literal["denominator", "numerator"]
Structure = Literal["projected", "constrained", "ignore"]
INSTRUCTIONS = (
    "derivtex derives matrix derivatives, step by step, and checks every step with numbers. Give formulas in LaTeX; say what a name is by "
    "declare, such as 'X: matrix n x m', 'w: vector m', '\\\\Sigma: matrix n x n posdef'. Look at readings in an answer: if a name was taken for "
    "something else than you meant, declare it and ask again. An answer with ok false has the place of the fault and a way out."
)


def guarded(make: Callable[[], Data], limit: float | None) -> Data:
    """What a tool returns: its data, or the error as data."""
    try:
        with session(limits(limit)):
            return {"ok": True, **make()}
    except DerivtexError as error:
        return {"ok": False, "error": as_data(error)}


def with_readings(told: Data) -> Data:
    """The object of the contract, with what was taken for granted under one name for all tools."""
    told.setdefault("readings", [
        {"name": each["latex"], "kind": each["kind"], "shape": each["shape"], "guessed": each["guessed"]} for each in told.get("symbols", [])
    ])  # fmt: skip
    return told


def derive(
    source: str, wrt: str | None = None, of: str | None = None, declare: list[str] | None = None, order: Literal[1, 2] = 1,
    layout: Layout = "denominator", structure: Structure = "projected", limit: float | None = None,
) -> Data:  # fmt: skip
    """Derive a matrix derivative from LaTeX, with every step and its reason, checked with numbers.

    source: the formula, or a text with definitions and the question. wrt: the variable. of: the name to differentiate, the last one
    defined if not given. declare: what names are, 'X: matrix n x m symmetric'. order 2 gives the Hessian.
    """
    def made() -> Data:
        found = derivation_of(source, of=of, wrt=wrt, declare=declare or (), order=order, layout=layout, structure=structure)
        return {**with_readings(found.to_dict()), "text": found.to_latex(template="align")}

    return guarded(made, limit)


def check(source: str, declare: list[str] | None = None, limit: float | None = None) -> Data:
    """Check a derivation line by line: which lines hold, the first that does not, what should stand there, and where.

    source: the lines in LaTeX, one a line, or a text with formulas in it.
    """
    return guarded(lambda: verdicts_on(source, declare=declare or ()).to_dict(), limit)


def solve(
    source: str, wrt: str | None = None, subject_to: list[str] | None = None, of: str | None = None, declare: list[str] | None = None,
    limit: float | None = None,
) -> Data:  # fmt: skip
    """Set the derivative to zero and solve for the variable: the minimiser, maximiser or stationary point, certified with numbers.

    subject_to: equality constraints such as 'Ax = b'. solution.latex and solution.numpy are null where there is no closed form.
    """
    def made() -> Data:
        found = solution_of(source, of=of, wrt=wrt, subject_to=subject_to or (), declare=declare or ())
        return {**with_readings(found.to_dict()), "text": found.to_latex(template="align")}

    return guarded(made, limit)


def answer(source: str, limit: float | None = None) -> Data:
    """Answer a whole question about a matrix derivative: derives, finds the asker's mistake, confirms a result or solves, as its words ask."""
    return guarded(lambda: answer_to(source).to_dict(), limit)


def service() -> MCPServer:
    """The service with its tools; their schemas are made from the signatures."""
    made = MCPServer("derivtex", instructions=INSTRUCTIONS)
    for tool in (derive, check, solve, answer):
        made.tool()(tool)
    return made
