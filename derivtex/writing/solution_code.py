"""A solution as code: a function for each unknown, and one for a step of Newton's method where there is no closed form."""

from __future__ import annotations

from dataclasses import replace

from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.derivation.stationary.solution import Secular, Solution
from derivtex.operations import EntryPower, Inverse, Number, Product, Sum, Symbol, symbol
from derivtex.problem import Definition
from derivtex.steps import Derivation
from derivtex.writing.code.documentation import Documentation
from derivtex.writing.code.naming import identifier
from derivtex.writing.code.program import source
from derivtex.writing.formula import Formulas
from derivtex.writing.prose import said


def code(solution: Solution, language: str = "numpy") -> str | None:
    """A function for each variable that computes its value; nothing where the language cannot express it."""
    try:
        return functions_of(solution, language)
    except NotDerivable:
        return None


def functions_of(solution: Solution, language: str) -> str:
    """A function for each variable that computes its value. Raises NotDerivable where the language cannot express it."""
    return "\n\n".join(function(solution, name, language) for name in solution.primaries)


def newton_code(solution: Solution) -> str | None:
    """A function for a step of Newton's method where there is no closed form; nothing where it is not known."""
    if solution.newton is None:
        return None
    hessian, gradient = solution.newton, solution.derivations[0]
    variable = gradient.problem.wrt[0]
    step = Sum((variable, Product((Number(-1), EntryPower(hessian.result, Number(-1)), gradient.result)))) if variable.is_scalar else Sum(
        (variable, Product((Number(-1), Inverse(hessian.result), gradient.result)))
    )  # fmt: skip
    told = Documentation("newton_step", f"A step of Newton's method from {Formulas.of(solution.problem).latex(variable)}.", "the next point", ())
    where = (*gradient.where, *hessian.where)
    let = (*gradient.let, *hessian.let)
    try:
        return source(replace(hessian, result=step, where=where, let=let), "numpy", told, by_solving=True)
    except NotDerivable:
        return None


def iteration_code(solution: Solution, language: str = "numpy") -> str | None:
    """Functions for the steps of an iteration, of a fixed-point form or of each unknown in turn; nothing where there is none."""
    steps = {solution.fixed.unknown: solution.fixed.value} if solution.fixed is not None else solution.turns
    try:
        if solution.secular is not None:
            return secular_code(solution, solution.secular, language)
        return "\n\n".join(step_code(solution, name, value, language) for name, value in steps.items()) or None
    except NotDerivable:
        return None


def repeated(solution: Solution) -> tuple[str, str]:
    """What is run again and again where there is no closed form: the phrase on it, and its lines with what they import; empty where there is none."""
    settles = solution.turns or (solution.fixed is not None and solution.fixed.converges)
    newton = newton_code(solution) if solution.newton is not None and solution.newton.confirmed and not settles else None
    said_, lines = ("step of Newton", newton) if newton else ("step of an iteration", iteration_code(solution))
    said_ = "one equation" if solution.secular is not None and lines else said_
    if not lines:
        return "", ""
    imports = [f"import {name}" for name in ("numpy as np", "scipy.linalg") if f"{name.split()[-1].split('.')[0]}." in lines]
    return said_, "\n".join((*imports, lines.strip()))


def secular_code(solution: Solution, found: Secular, language: str) -> str:
    """A function that computes what is zero at the value of the one multiplier that is left, and one for the unknown by it."""
    latex = Formulas.of(solution.problem).latex(found.multiplier)
    told = Documentation(f"residual_{identifier(found.multiplier.name)}", f"What is zero at the {latex} of a stationary point.", "a number", ())
    (name,) = solution.primaries
    at = Documentation(identifier(name.name), f"The stationary point by {latex}.", "the unknown", ())
    parts = (computing(solution.derivations[0], found.left), told), (computing(solution.derivations[0], solution.partial[name]), at)
    return "\n\n".join(source(each, language, words, by_solving=True) for each, words in parts)


def step_code(solution: Solution, name: Symbol, value: Term, language: str) -> str:
    """A function that computes an unknown from what it was before, or from the others."""
    derivation = solution.derivations[solution.primaries.index(name)]
    of = Formulas.of(solution.problem).latex(name)
    title = f"next_{identifier(name.name)}"
    told = Documentation(title, f"A step of the iteration for {of}.", "the next value", ())
    return source(computing(derivation, value.replace(solution.members)), language, told, by_solving=True)


def function(solution: Solution, name: Symbol, language: str) -> str:
    at = solution.primaries.index(name)
    derivation = solution.derivations[at]
    formulas = Formulas.of(solution.problem)
    several = len(solution.primaries) > 1
    told = Documentation(
        f"solution_{identifier(name.name)}" if several else "solution",
        f"The {solution.kind.name or 'stationary point'} of {formulas.latex(solution.problem.target)} in {formulas.latex(name)}.",
        "a number" if name.is_scalar else f"a vector of {name.shape[0]}" if name.kind == "vector" else " x ".join(map(str, name.shape)),
        tuple(said(each, formulas).replace("$", "") for each in solution.conditions),
    )
    return source(computing(derivation, solution.values[name].replace(solution.members)), language, told, by_solving=True)


def computing(derivation: Derivation, value: Term) -> Derivation:
    """A derivation whose result is the value, for the writer of code; what A⁻¹b several times is computed once."""
    value, shared = solutions_named(value, {*derivation.problem.symbols})
    return replace(derivation, result=value, where=shared, let=())


def solutions_named(value: Term, taken: set[str]) -> tuple[Term, tuple[Definition, ...]]:
    """A value with a name for each A⁻¹b at the end of products that occurs twice."""
    counts: dict[Term, int] = {}
    for part in value.walk():
        if type(part) is Product:
            for at, factor in enumerate(part.factors):
                if type(factor) is Inverse and len(part.factors) - at > 1:
                    end = Product(part.factors[at:])
                    counts[end] = counts.get(end, 0) + 1
    found = [end for end, count in counts.items() if count > 1 and not end.is_scalar]
    names = (name for name in ("s", "t", "q", "v", "z", *(f"s_{{{n}}}" for n in range(1, 99))) if name not in taken)
    definitions = tuple(Definition(symbol(next(names), "vector" if end.shape[1].integer == 1 else "matrix", end.shape), end) for end in found)

    def change(part: Term) -> Term | None:
        for definition in definitions:
            if part is definition.body:
                return definition.name
            width = len(definition.body.factors)
            if type(part) is Product and part.factors[-width:] == definition.body.factors:
                return Product(tuple(factor.map(change) for factor in (*part.factors[:-width], definition.name)))
        return None

    return value.map(change), definitions
