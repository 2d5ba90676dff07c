"""What a page shows of a derivation: its lines with their reasons, what was read of each name, and the whole text to copy."""

from __future__ import annotations

from math import isfinite
from typing import Any

from derivtex.core.terms import Term
from derivtex.interface import Answer
from derivtex.steps import Derivation
from derivtex.writing.content import Content, Equation, content
from derivtex.writing.page import render
from derivtex.writing.report import symbol


def shown(found: Answer, detail: str = "normal", template: str | None = None, profile: str | None = None) -> dict[str, Any]:
    """The lines, names and text of a derivation as plain data; formulas in LaTeX, sentences with formulas between dollar signs."""
    derivation = found.derivation
    page = content(derivation, detail)
    text, word = render(derivation, template, profile, detail)
    return {
        "given": [line(each) for each in page.given],
        "let": [line(each) for each in page.let],
        "lines": [line(each) for each in page.lines],
        "result": line(page.result) if page.result else None,
        "where": [line(each) for each in page.where],
        "sentences": sentences(page),
        "readings": list(page.guesses),
        "symbols": names(derivation),
        "confirmed": found.confirmed,
        "checked": bool(derivation.certificates),
        "text": text,
        "notes": [word] if word else [],
    }


def line(each: Equation) -> dict[str, Any]:
    """A line of the derivation: its sides in rows, the reason, the rules and the book it is from, and what the numbers say."""
    return {
        "left": each.left, "relation": each.relation, "rows": list(each.rows or (each.right,)), "reason": each.reason,
        "source": each.source, "rules": list(each.rules), "confirmed": each.confirmed,
        "error": each.error if each.error is not None and isfinite(each.error) else None,
    }  # fmt: skip


def sentences(page: Content) -> list[str]:
    """What is said beside the lines."""
    return [*page.assumptions, *page.remarks]


def names(derivation: Derivation) -> list[dict[str, Any]]:
    """Every name with what it was read as and as what it can be declared (a family by its members), the variables marked."""
    problem = derivation.problem
    variables: tuple[Term, ...] = problem.wrt
    return [
        {**symbol(known, problem), "variable": known in variables, "declared": f"{known.name}_i" if known.family is not None else known.name}
        for known in problem.symbols.values()
    ]
