"""From a problem to its stationary points: gradients set to zero, solved for the variables and multipliers in turn."""

from __future__ import annotations

from dataclasses import replace

from derivtex.calculus.arithmetic import negative
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.isolating import HALF, length, settled
from derivtex.derivation.stationary.lagrangian import Bound, bound, loosened
from derivtex.derivation.stationary.logarithms import logarithm
from derivtex.derivation.stationary.real import made_real
from derivtex.derivation.stationary.solution import Solution
from derivtex.derivation.stationary.squared import squared_norm
from derivtex.derivation.stationary.together import together
from derivtex.derivation.stationary.working import Work
from derivtex.operations import Eigenvectors, EntryPower, Identity, Number, Product, Sum, Symbol, Transpose, zero
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Problem
from derivtex.rewriting.conditions import ASSUMED, holds
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Equation, Sentence

ALL_VECTORS = Sentence("the stationary points are all the eigenvectors, with the eigenvalues as the values; the smallest is the minimum")


def solve(problem: Problem, sense: str = "") -> Solution:
    """The stationary points of what a problem differentiates, by its variables, under its constraints.

    sense: min or max where that is told; it chooses among the eigenvectors. Raises NotDerivable where a variable is neither
    a name nor a member of a family, or the target no number.
    """
    if problem.target.shape != SCALAR:
        raise NotDerivable("what is minimised or maximised is a number", way_out="solve an equation by asking for the norm of its residual")
    problem, remarks = squared_norm(together(problem))
    problem, of_product, counts = logarithm(problem)
    problem, of_forms = made_real(problem)
    remarks = (*remarks, *of_product, *of_forms)
    others = tuple(claim for claim in problem.claims if claim not in problem.constraints)
    known = tuple(definition for definition in problem.definitions if definition.name not in problem.wrt)
    whole = bound(replace(problem, order=1, claims=others, definitions=known), sense)
    solution = worked_out(whole, sense)
    besides = whole.problem.target is not problem.target  # the Lagrangian is another function
    if solution.open and len(solution.primaries) == 1 and len(whole.constraints) == 1 and not whole.inequalities and besides:
        solution = of_length(replace(problem, order=1, claims=others, definitions=known), whole, solution, sense)
    remarks += (ALL_VECTORS,) if solution.ray and solution.pencil is not None and not sense else ()
    return replace(solution, remarks=(*remarks, *solution.remarks), conditions=(*solution.conditions, *counts)) if remarks else solution


def worked_out(whole: Bound, sense: str) -> Solution:
    """The solution with each unknown from its own condition; where one does not stand in its own, from that of another."""
    gradients = gradients_of(whole)
    solution = Work(whole, gradients, sense).solution()
    return Work(whole, gradients, sense, crosswise=True).solution() if solution.impossible and len(gradients) > 1 else solution


def gradients_of(whole: Bound) -> tuple[Derivation, ...]:
    """The gradient of a problem by each variable that is no multiplier."""
    wanted = tuple(variable for variable in whole.problem.wrt if variable not in whole.duals)
    return tuple(derive(replace(whole.problem, wrt=(variable,))) for variable in wanted)


def of_length(problem: Problem, whole: Bound, found: Solution, sense: str) -> Solution:
    """Where nothing was found under one constraint xᵀMx = c, and the function does not depend on the length of x: the solution of that length."""
    (name,) = found.primaries
    form, slope = length_in(whole.constraints[0], name), level_in(whole.constraints[0], name, problem)
    if form is None and slope is None:
        return found
    alone = Bound(replace(loosened(problem)[0], constraints=()), (), ())
    solution = Work(alone, gradients_of(alone), sense).solution()
    if not solution.ray or name not in solution.values:
        return found
    if form is None:
        return on_plane(solution, name, *slope) if slope is not None else found
    value, (square, level) = solution.values[name], form
    if type(value) is Eigenvectors and type(value.metric) is Identity and same_term(square, Product((name.T, name))) and level is Number(1):
        return replace(solution, of_length=True)
    size = settled(EntryPower(square.replace({name: value}), Number(-HALF)).map(length))
    longer = () if level is Number(1) else (EntryPower(level, Number(HALF)),)
    scaled = settled(Product((*longer, size, value)))
    return ending(solution, name, scaled)


def on_plane(solution: Solution, name: Symbol, linear: Term, level: Term) -> Solution:
    """Of the multiples of a direction the one that fulfils aᵀx = c, which is a positive one where aᵀx has the sign of c."""
    value = solution.values[name]
    along = settled(linear.replace({name: value}))
    scaled = settled(Product((level, EntryPower(along, Number(-1)), value)))
    condition = () if holds("positive", along) else (Sentence(ASSUMED["positive"], (along,)),)
    return replace(ending(solution, name, scaled), conditions=(*solution.conditions, *condition))


def ending(solution: Solution, name: Symbol, value: Term) -> Solution:
    """The solution with another multiple of what was found."""
    isolation = solution.isolations[0]
    last = isolation.steps[-1]._replace(after=Equation(name, value, name))
    return replace(solution, values={name: value}, isolations=(replace(isolation, steps=[*isolation.steps[:-1], last]),), of_length=True, level=None)


def level_in(constraint: Term, name: Symbol, problem: Problem) -> tuple[Term, Term] | None:
    """The aᵀx and the c > 0 of a constraint aᵀx − c = 0 on a column, however its sum is written."""
    if not constraint.is_scalar or name.shape[1] != ONE:
        return None
    try:
        slope = derive(replace(problem, target=constraint, wrt=(name,), order=1, claims=(), constraints=())).unfolded
    except DerivtexError:
        return None
    level = tidied(negative(tidied(constraint.replace({name: zero(name.shape)}))))
    return (tidied(Product((Transpose(slope), name))), level) if not slope.contains(name) and holds("positive", level) else None


def length_in(constraint: Term, name: Symbol) -> tuple[Term, Term] | None:
    """The xᵀMx and the c > 0 of a constraint xᵀMx − c = 0."""
    terms = constraint.terms if type(constraint) is Sum else (constraint,)
    moving = [term for term in terms if term.contains(name)]
    chain = factors_of(moving[0]) if len(moving) == 1 else ()
    level = tidied(negative(tidied(Sum(tuple(term for term in terms if not term.contains(name)))))) if len(terms) == 2 else Number(0)
    form = len(chain) > 1 and same_term(chain[0], name.T) and chain[-1] is name and not any(part.contains(name) for part in chain[1:-1])
    return (moving[0], level) if form and holds("positive", level) else None


def told_by(solution: Solution, **conventions: str) -> Solution:
    """The solution with its gradients told in another layout, or by another convention for structured or complex variables."""
    found = tuple(derive(each.problem, **conventions) for each in solution.derivations)
    same = all(one.result is other.result and one.layout == other.layout for one, other in zip(found, solution.derivations, strict=True))
    return solution if same else replace(solution, told=found)
