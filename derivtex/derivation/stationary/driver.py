"""From a problem to its stationary points: gradients set to zero, solved for the variables and multipliers in turn."""

from __future__ import annotations

from dataclasses import replace

from derivtex.calculus.arithmetic import negative
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.isolating import HALF, length, settled
from derivtex.derivation.stationary.lagrangian import BINDING, Bound, bound, loosened, opened
from derivtex.derivation.stationary.logarithms import logarithm
from derivtex.derivation.stationary.real import made_real
from derivtex.derivation.stationary.solution import Solution
from derivtex.derivation.stationary.together import together
from derivtex.derivation.stationary.working import Work
from derivtex.operations import Eigenvectors, EntryPower, Identity, Norm, Number, Product, Sum, Symbol
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Problem
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Equation, Sentence

ALL_VECTORS = Sentence("the stationary points are all the eigenvectors, with the eigenvalues as the values; the smallest is the minimum")
SQUARED = Sentence("the square is taken in its place, which is least or greatest where the norm is")


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
    solution = Work(whole, gradients_of(whole), sense).solution()
    besides = whole.problem.target is not problem.target  # the Lagrangian is another function
    if solution.open and len(solution.primaries) == 1 and len(whole.constraints) == 1 and not whole.inequalities and besides:
        solution = of_length(replace(problem, order=1, claims=others, definitions=known), whole, solution, sense)
    remarks += (ALL_VECTORS,) if solution.ray and solution.pencil is not None and not sense else ()
    return replace(solution, remarks=(*remarks, *solution.remarks), conditions=(*solution.conditions, *counts)) if remarks else solution


def gradients_of(whole: Bound) -> tuple[Derivation, ...]:
    """The gradient of a problem by each variable that is no multiplier."""
    wanted = tuple(variable for variable in whole.problem.wrt if variable not in whole.duals)
    return tuple(derive(replace(whole.problem, wrt=(variable,))) for variable in wanted)


def squared_norm(problem: Problem) -> tuple[Problem, tuple[Sentence, ...]]:
    """A norm under constraints as its square, which is least where it is, and what is said of that."""
    body = opened(problem.target, problem)
    bound_ = problem.constraints or any(name in getattr(variable, "properties", ()) for variable in problem.wrt for name in BINDING)
    if not bound_ or type(body) is not Norm:
        return problem, ()
    return replace(problem, target=EntryPower(body, Number(2))), (SQUARED,)


def of_length(problem: Problem, whole: Bound, found: Solution, sense: str) -> Solution:
    """Where nothing was found under one constraint xᵀMx = c, and the function does not depend on the length of x: the solution of that length."""
    (name,) = found.primaries
    form = length_in(whole.constraints[0], name)
    if form is None:
        return found
    alone = Bound(replace(loosened(problem)[0], constraints=()), (), ())
    solution = Work(alone, gradients_of(alone), sense).solution()
    if not solution.ray or name not in solution.values:
        return found
    value, (square, level) = solution.values[name], form
    if type(value) is Eigenvectors and type(value.metric) is Identity and same_term(square, Product((name.T, name))) and level is Number(1):
        return replace(solution, of_length=True)
    size = settled(EntryPower(square.replace({name: value}), Number(-HALF)).map(length))
    longer = () if level is Number(1) else (EntryPower(level, Number(HALF)),)
    scaled = settled(Product((*longer, size, value)))
    isolation = solution.isolations[0]
    last = isolation.steps[-1]._replace(after=Equation(name, scaled, name))
    return replace(solution, values={name: scaled}, isolations=(replace(isolation, steps=[*isolation.steps[:-1], last]),), of_length=True)


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
