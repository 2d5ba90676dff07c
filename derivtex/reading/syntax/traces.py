r"""Traces of derivatives on paper: the Laplacian `\Delta f`, the divergence `\nabla\cdot F`."""

from __future__ import annotations

from derivtex.reading.syntax.questions import Question
from derivtex.reading.syntax.tree import Key, Parts, key

LAPLACIAN, DIVERGENCE, CURL = "Laplacian", "divergence", "curl"
MARKS = (
    (LAPLACIAN, (r"\nabla", r"\cdot", r"\nabla")), (LAPLACIAN, (r"\Delta",)), (DIVERGENCE, (r"\nabla", r"\cdot")), (CURL, (r"\nabla", r"\times")),
)  # fmt: skip
ORDERS = {LAPLACIAN: 2, DIVERGENCE: 1, CURL: 1}
DERIVATIVES = {LAPLACIAN: "Hessian", DIVERGENCE: "Jacobian"}  # whose traces they are


def marked(parts: Parts) -> tuple[str, Parts]:
    """Which of them a formula begins with, and what it is of; nothing where it begins with none."""
    found = next(((name, marks) for name, marks in MARKS if tuple(each.text for each in parts[: len(marks)]) == marks), None)
    return (found[0], parts[len(found[1]) :]) if found is not None else ("", ())


def of_trace(parts: Parts, arguments: dict[Key, tuple[Parts, ...] | None]) -> Question | None:
    r"""The derivative of which a trace is asked for, of a function that is defined: `\Delta f`, `\nabla\cdot F(x)`."""
    name, of = marked(parts)
    function = of[: next((at for at, each in enumerate(of) if each.text == "("), len(of))]
    formal = arguments.get(key(function)) if name and function else None
    if formal is None or len(formal) != 1 or (of != function and key(of[len(function) + 1 : -1]) != key(formal[0])):
        return None
    return Question(function, formal, ORDERS[name], r"\partial")
