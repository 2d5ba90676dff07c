"""What a post says besides: what was not solved, not derived or not confirmed, and the solution under one assumption more."""

from __future__ import annotations

from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Symbol
from derivtex.writing.formula import Formulas
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas
from derivtex.writing.solution import hat


def unconfirmed_section(remark: str) -> Section:
    """What is said of a solution that the numbers did not confirm."""
    why = f" ({remark})" if remark else ""
    return Section("Not confirmed.", (f"The solution was found by the steps above, but numbers have not confirmed it{why}",))


def unsolved_section(message: str, way_out: str) -> Section:
    """Why what is looked for was not found."""
    help_ = f"; {with_formulas(way_out)}" if way_out else ""
    return Section("It was not solved.", (f"{with_formulas(message)}{help_}",))


def missing_section(of: str, by: str, message: str) -> Section:
    """Why a derivative that is asked for besides is not there."""
    return Section("Not derived.", (f"The derivative of ${of}$ with respect to ${by}$ is not here: {with_formulas(message)}",))


def symmetric_section(names: tuple[Symbol, ...], solution: Solution) -> Section:
    """The solution where some matrices are symmetric, which nothing says."""
    formulas, name = Formulas.of(solution.problem), solution.primaries[0]
    value = f"${hat(name, formulas)} = {formulas.latex(solution.values[name])}$"
    return Section(f"For symmetric {listed([f'${formulas.latex(each)}$' for each in names])}.", (f"The solution is then {value}",))
