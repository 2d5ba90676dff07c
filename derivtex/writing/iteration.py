"""What is said of an unknown for which there is no closed form: what remains, and how it is iterated."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.calculus.arithmetic import is_zero
from derivtex.derivation.stationary.solution import Solution
from derivtex.operations import Maximum, Symbol
from derivtex.writing.formula import Formulas
from derivtex.writing.prose import listed, said

TRIED = {True: "; at random data it led to a stationary point", False: "; it need not converge, and at random data it did not", None: ""}


def open_points(solution: Solution, formulas: Formulas) -> Iterator[str]:
    """What is said of an unknown for which there is no closed form."""
    if solution.turns:
        yield in_turn(solution, formulas)
        return
    wanted = [name for name in solution.open if name in solution.primaries]
    for isolation in solution.isolations:
        if isolation.unknown not in wanted:
            continue
        equation = f"${formulas.latex(isolation.end.left)} = {formulas.latex(isolation.end.right)}$"
        name = f"${formulas.latex(isolation.unknown)}$"
        if isolation.unknown in solution.partial:
            yield from partial_words(isolation.unknown, solution, formulas)
        elif isolation.unknown in solution.outside:
            yield f"It is no solution: {name} was to be {domain_in_words(isolation.unknown)}, which this is at no random point"
        elif isolation.unknown in free(solution):
            yield f"The first-order condition then holds for every {name}: it can be chosen freely"
        elif isolation.impossible:
            yield f"No {name} fulfils the first-order condition {equation}: there is no stationary point"
        elif solution.bound.inequalities and not isolation.end.left.contains(isolation.unknown):
            yield (f"{name} does not stand in the stationarity condition {equation}, which binds the multipliers alone: a solution lies where "
                   "enough of the inequalities hold with equality, and a solver for such programs finds which")  # fmt: skip
        elif solution.impossible:
            yield (f"{name} does not stand in the first-order condition {equation}: where that does not hold by itself there is no stationary point, "
                   f"and nothing to solve for {name}")  # fmt: skip
        else:
            yield f"There is no closed form for {name} that is known here: the condition {equation} remains, to be solved by iteration"
            yield from filter(None, (fixed_point(solution, formulas), newton_step(solution, name[1:-1], formulas)))


def fixed_point(solution: Solution, formulas: Formulas) -> str:
    """The equation solved for the unknown, with the numbers held that depend on it."""
    form = solution.fixed
    if form is None:
        return ""
    weights = [f"${formulas.latex(name)} = {formulas.latex(body)}$" for name, body in form.weights if name is not body]
    held = f"With {listed(weights)} held it is solved" if weights else "With what depends on it on the right held it is solved"
    tried = TRIED[form.converges]
    given = f", where {listed([said(each, formulas) for each in form.conditions])}" if form.conditions else ""
    equation = f"${formulas.latex(form.unknown)} = {formulas.latex(form.by_weights)}${given}"
    return f"{held}: {equation}. Repeated with what was held computed anew, this is a fixed-point iteration{tried}"


def in_turn(solution: Solution, formulas: Formulas) -> str:
    """Each unknown by the others."""
    names = listed([f"${formulas.latex(name)}$" for name in solution.turns])
    steps = listed([f"${formulas.latex(name)} = {formulas.latex(value)}$" for name, value in solution.turns.items()])
    return (
        f"There is no closed form for {names} together that is known here. Each is solved with the others held: {steps}; "
        "computed in turn, again and again, they lead to a stationary point where they settle"
    )


def newton_step(solution: Solution, name: str, formulas: Formulas) -> str:
    """A step of Newton's method, where the second derivatives are known."""
    if solution.newton is None or solution.newton.derivative is None:
        return ""
    left, right = formulas.latex(solution.newton.derivative), formulas.latex(solution.newton.result)
    names = [d for d in (*solution.newton.let, *solution.newton.where) if solution.newton.result.contains(d.name)]
    where = [f"${formulas.latex(d.name)} = {formulas.latex(d.body)}$" for d in names]
    step = f"{name} - H^{{-1}}{formulas.latex(solution.derivations[0].derivative)}" if solution.derivations[0].derivative else ""
    return f"Newton's step is ${name} \\leftarrow {step}$ with $H = {left} = {right}${', where ' + listed(where) if where else ''}"


def partial_words(name: Symbol, solution: Solution, formulas: Formulas) -> Iterator[str]:
    """What is said of an unknown that is known by multipliers which stay open."""
    value = solution.partial[name]
    waiting = [each for each in dict.fromkeys((*solution.bound.duals, *solution.open)) if value.contains(each)]
    if waiting and set(waiting) <= free(solution):
        any_of = listed([f"${formulas.latex(each)}$" for each in waiting])
        yield f"The stationary points are ${formulas.latex(name)} = {formulas.latex(value)}$ with any {any_of}"
        return
    names = listed([f"${formulas.latex(each)}$" for each in waiting])
    yield f"${formulas.latex(name)} = {formulas.latex(value)}$ with {names} still to be found: there is no closed form that is known here"
    rising = len(waiting) == 1 and waiting[0].is_scalar and value.uses(Maximum)
    if rising and waiting[0] in solution.bound.multipliers:
        constraint = solution.bound.constraints[solution.bound.multipliers.index(waiting[0])]
        yield f"{names} is the threshold at which ${formulas.latex(constraint)} = 0$: one equation in one number, which bisection or sorting solves"
    elif solution.bound.inequalities:
        yield "The conditions above are a system in the unknown and the multipliers, which a solver for such programs takes as it stands"


def free(solution: Solution) -> set[Symbol]:
    """The unknowns whose conditions hold by themselves once the others are put in."""
    return {each.unknown for each in solution.isolations if is_zero(each.end.left) and is_zero(each.end.right)}


def domain_in_words(name: Symbol) -> str:
    return "positive definite" if name.has("posdef") else "positive semidefinite" if name.has("psd") else "positive"


