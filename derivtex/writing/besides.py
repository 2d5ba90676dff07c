"""What a post says besides: what was not solved, not derived or not confirmed, and the solution under one assumption more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivtex.calculus.arithmetic import negative, product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import gradient_of
from derivtex.derivation.stationary.linear import UNIT, linear_in
from derivtex.derivation.stationary.solution import Solution
from derivtex.derivation.stationary.solving import is_unit
from derivtex.operations import Identity, Number, Product, Sum, Symbol, zero
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Zeroed
from derivtex.writing.formula import Formulas
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas
from derivtex.writing.solution import hat

if TYPE_CHECKING:
    from derivtex.answering.cases import Case


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


CALLED = {
    "posdef": "positive definite", "psd": "positive semidefinite", "hermitian": "Hermitian", "skew": "skew-symmetric", "lower": "lower triangular",
    "upper": "upper triangular",
}  # fmt: skip


def case_section(shown: Derivation, case: Case) -> Section:
    """What the derivative is in a case that is asked for besides."""
    formulas = Formulas.of(shown.problem)
    words = [CALLED.get(each, each) for each in case.properties if each != "symmetric" or "posdef" not in case.properties]
    title = f"If {listed([f'${formulas.latex(each)}$' for each in case.names])} {'is' if len(case.names) == 1 else 'are'} {' and '.join(words)}."
    if case.derivation is None or shown.derivative is None:
        return Section(title, ("That case is not derived here: no step of it could be confirmed by numbers",))
    value = without_new_names(case.derivation, shown)
    told = [f"Then ${formulas.latex(shown.derivative)} = {formulas.latex(value)}$"]
    if case.constrained is not None and not same_term(case.constrained.answer, case.derivation.answer):
        told.append("By the independent entries alone, as some books have it, each off the diagonal counts twice: $2S - I \\odot S$, $S$ for this")
    return Section(title, tuple(told))


def without_new_names(derivation: Derivation, shown: Derivation) -> Term:
    """A result in which only the names stand that another derivation has introduced."""
    known, found = {(each.name, each.body) for each in (*shown.let, *shown.where)}, derivation.answer
    for each in reversed((*derivation.let, *derivation.where)):
        found = found if (each.name, each.body) in known else found.replace({each.name: each.body})
    one, other = derivation.derivative, shown.derivative
    return found.replace({one.of: other.of}) if one is not None and other is not None and one.of != other.of else found


def joint_section(derivation: Derivation, variables: tuple[Symbol, ...], rows: tuple[tuple[Term, ...], ...], slopes: tuple[Term, ...]) -> Section:
    """The mixed second derivatives, and the gradient and the Hessian by several numbers; where those are not derived, that they are missing."""
    formulas = Formulas.of(derivation.problem)
    of = formulas.latex(derivation.derivative.of) if derivation.derivative is not None else ""
    names = list(map(formulas.latex, variables))
    mixed = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    written = [rf"\frac{{\partial^{{2}}{of}}}{{\partial {names[i]}\,\partial {names[j]}}}" for i, j in mixed]
    if not rows:
        told = f"The Hessian in {listed(names_between_dollars(names))} together has also the blocks {listed(names_between_dollars(written))}"
        return Section("The mixed second derivatives are missing.", (f"{told}, which are not derived here",))
    values = [f"${left} = {formulas.latex(rows[i][j])}$" for left, (i, j) in zip(written, mixed, strict=True)]
    matrix = stacked([" & ".join(map(formulas.latex, row)) for row in rows])
    said = f"so the Hessian in {listed(names_between_dollars(names))} is ${matrix}$"
    said += f"; the gradient is ${stacked(list(map(formulas.latex, slopes)))}$"
    return Section("The mixed second derivatives.", (f"What is derived by one name is derived by the other: {listed(values)}, {said}",))


def names_between_dollars(names: list[str]) -> list[str]:
    return [f"${name}$" for name in names]


SAID = {
    "same": "is the derivative, in the layout used above",
    "transpose": "is its transpose: the same derivative in the other layout, in which that of a number has a column for each row of its variable",
    "other": "is not",
}


def choice_section(choices: Iterable[tuple[str, str]]) -> Section:
    """What each of two formulas is of which it was asked which one it is, the right one first."""
    ordered = sorted(choices, key=lambda each: each[1] != "same")
    return Section("Which of the two.", ("; ".join(f"${latex}$ {SAID[what]}" for latex, what in ordered),))


def zero_section(zeroed: tuple[Zeroed, ...]) -> Section:
    """What each gradient gives that is set to zero: the value of its variable, or what must hold, and what the author's number is there."""
    told = []
    for derivation, value, number in zeroed:
        formulas, answer = Formulas.of(derivation.problem), of_one_sign(derivation.answer)
        answer = answer if number is None else product(scalars_and_chain(answer)[1])  # the number in front is not zero
        left, right = (derivation.problem.wrt[0], value) if value is not None else (answer, zero(answer.shape))
        meant = f", where ${formulas.latex(number[0])}$ is ${formulas.latex(number[1])}$" if number is not None else ""
        told.append(f"${formulas.latex(left)} = {formulas.latex(right)}${meant}")
    return Section("Set to zero.", (f"The {'derivatives give' if len(told) > 1 else 'derivative gives'} {listed(told)}",))


def of_one_sign(term: Term) -> Term:
    """A term that vanishes, without the number in front."""
    rest = term.factors[1:] if type(term) is Product and isinstance(term.factors[0], Number) else (term,)
    return rest[0] if len(rest) == 1 else Product(rest)


def unanswered_section(questions: list[tuple[int, str]]) -> Section:
    """Which questions of a list are not answered above."""
    told = [f"question {number}, “{text}”" for number, text in questions]
    return Section("Not answered.", (f"I have no answer to {listed(told)}",))


def symmetric_section(names: tuple[Symbol, ...], solution: Solution) -> Section:
    """The solution where some matrices are symmetric, which nothing says."""
    formulas, name = Formulas.of(solution.problem), solution.primaries[0]
    value = f"${hat(name, formulas)} = {formulas.latex(solution.values[name])}$"
    return Section(f"For symmetric {listed([f'${formulas.latex(each)}$' for each in names])}.", (f"The solution is then {value}",))


def unasked(derivation: Derivation) -> str:
    """That nothing was found that asks for the derivative which is shown."""
    formulas, problem = Formulas.of(derivation.problem), derivation.problem
    derivative = f"the derivative of ${formulas.latex(problem.target)}$ by ${formulas.latex(problem.wrt[0])}$"
    return f"I found no derivative that your text asks for; what follows is {derivative}"


def supposed(names: tuple[Symbol, ...], derivation: Derivation, claimed: bool) -> str:
    """That some matrices are taken to be symmetric. claimed: whether the asker's result needs it."""
    formulas = Formulas.of(derivation.problem)
    matrices = [f"${formulas.latex(each)}$" for each in names]
    if derivation.problem.symbols[names[0].name].has("posdef"):
        others = f", and {listed(matrices[1:])} symmetric" if matrices[1:] else ""
        return f"I take {matrices[0]} to be positive definite, as a covariance is{others}; nothing in the question says so"
    why = "as your result needs it; nothing in the question says so" if claimed else "as only the symmetric part counts in a quadratic form"
    return f"I take {listed(matrices)} to be symmetric, {why}"


def system_section(solution: Solution) -> Section | None:
    """The stationarity and the constraint as one system with a block matrix, where both are linear in the unknown and its multiplier."""
    names = (*solution.primaries, *solution.bound.multipliers)
    alone = len(solution.derivations) == len(solution.bound.constraints) == 1
    if len(names) != 2 or not alone or any(name.shape[1] != ONE for name in names):
        return None
    left = gradient_of(solution.derivations[0], solution.bound, solution.members)
    rows = [row for each in (left, solution.bound.constraints[0]) if (row := row_of(each, names)) is not None]
    if len(rows) < 2:
        return None
    formulas = Formulas.of(solution.problem)
    sides = [list(map(formulas.latex, row)) for row in rows]
    matrix = stacked([" & ".join(each[:-1]) for each in sides])
    whole = f"{matrix}{stacked(list(map(formulas.latex, names)))} = {stacked([each[-1] for each in sides])}"
    return Section("As one system.", (f"Stationarity and constraint together are ${whole}$",))


def stacked(rows: list[str]) -> str:
    return rf"\begin{{pmatrix}} {(chr(92) * 2 + ' ').join(rows)} \end{{pmatrix}}"


def row_of(term: Term, names: tuple[Symbol, ...]) -> tuple[Term, ...] | None:
    """What stands before each unknown in an equation term = 0, and its right side; None where it is not linear in them."""
    found: list[Term] = []
    for name in names:
        linear = linear_in(term, name)
        if linear is None or any(part.form or not is_unit(part.right) for part in linear.parts):
            return None
        lefts = tuple(Identity(name.shape[0]) if part.left is UNIT else part.left for part in linear.parts)
        found.append(settled(Sum(lefts) if len(lefts) > 1 else lefts[0]) if lefts else zero((term.shape[0], name.shape[0])))
    rest = tidied(negative(tidied(term.replace({name: zero(name.shape) for name in names}))))
    return None if any(each.contains(name) for each in (*found, rest) for name in names) else (*found, rest)
