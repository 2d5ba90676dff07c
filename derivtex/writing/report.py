"""The derivation as plain data: what `--format json` prints."""

from __future__ import annotations

import math
from typing import Any

from derivtex.core.errors import NotDerivable
from derivtex.operations.leaves import Symbol
from derivtex.problem import Definition, Problem
from derivtex.rewriting.sources import magnus
from derivtex.steps import Chain, Derivation
from derivtex.writing.code.program import argument_names, numpy_source
from derivtex.writing.formula import Formulas
from derivtex.writing.prose import said
from derivtex.writing.remarks import remarks, told_before, where_equations


def report(derivation: Derivation) -> dict[str, Any]:
    """The object of the contract: target, variable, result, names, symbols, steps, assumptions."""
    problem = derivation.problem
    formulas = Formulas.of(problem)
    return {
        "target": formulas.latex(problem.target),
        "wrt": ",".join(formulas.latex(variable) for variable in problem.wrt),
        "order": derivation.order,
        "layout": derivation.layout,
        "form": derivation.derivative.form if derivation.derivative else "differential",
        "result": result(derivation, formulas),
        "names": argument_names(derivation),
        "symbols": [symbol(known, problem) for known in problem.symbols.values()],
        "steps": steps(derivation, formulas),
        "let": equations(derivation.let, formulas),
        "where": equations(where_equations(derivation), formulas),
        "assumptions": [said(sentence, formulas) for sentence in derivation.assumptions],
        "remarks": [*told_before(derivation, formulas), *(said(note, formulas) for note in derivation.notes), *remarks(derivation, formulas)],
        "guesses": list(problem.guesses),
        "confirmed": derivation.confirmed,
    }


def result(derivation: Derivation, formulas: Formulas) -> dict[str, Any]:
    """The result: both its sides, its shape, its code (null where NumPy code cannot express it)."""
    left = derivation.derivative if derivation.derivative is not None else derivation.chains[-1].left
    try:
        code: str | None = numpy_source(derivation)
    except NotDerivable:
        code = None
    return {
        "left": formulas.latex(left),
        "latex": formulas.latex(derivation.answer),
        "shape": list(map(str, derivation.result.shape)),
        "numpy": code,
    }


def symbol(known: Symbol, problem: Problem) -> dict[str, Any]:
    """A name: what it is, and whether that was guessed."""
    return {
        "latex": known.name,
        "kind": known.kind,
        "shape": [] if known.kind == "scalar" else list(map(str, known.size)),
        "properties": list(known.properties),
        "guessed": known.name in problem.guessed,
    }


def steps(derivation: Derivation, formulas: Formulas) -> list[dict[str, Any]]:
    """Every step of every chain, with its certificate where it has been checked."""
    found = []
    for at, chain in enumerate(derivation.recorded):
        found += [identified(chain, derivation, formulas)] if chain is derivation.read_off else []
        certificates = derivation.certificates[at] if at < len(derivation.certificates) else ()
        for number, entry in enumerate(chain_steps(chain, formulas)):
            tried = certificates[number] if number < len(certificates) else None
            error = tried.error if tried and math.isfinite(tried.error) else None
            found.append({**entry, "confirmed": tried.confirmed if tried else None, "error": error})
    return found


def identified(chain: Chain, derivation: Derivation, formulas: Formulas) -> dict[str, Any]:
    """The derivative as it is read off the last line, which the numbers confirm by its differential."""
    tried = derivation.verdict
    known = {"rule": "identification", "reason": "what stands beside the differential", "source": magnus("ch. 5 and 9")}
    error = tried.error if tried and math.isfinite(tried.error) else None
    sides = {"left": formulas.latex(chain.left), "relation": "=", "right": formulas.latex(chain.start)}
    return {**sides, **known, "confirmed": tried.confirmed if tried else None, "error": error}


def chain_steps(chain: Chain, formulas: Formulas) -> list[dict[str, Any]]:
    left = formulas.latex(chain.left)
    return [
        {
            "left": left,
            "relation": "=",
            "right": formulas.latex(step.after),
            "rule": step.rule.name,
            "reason": step.rule.reason,
            "source": step.rule.source,
        }
        for step in chain.steps
    ]


def equations(definitions: tuple[Definition, ...], formulas: Formulas) -> list[dict[str, str]]:
    sides = [map(formulas.latex, definition.sides) for definition in definitions]
    return [{"left": left, "right": right} for left, right in sides]
