"""`derivtex.solve` and what it answers: the stationary points of a function, with the derivation that leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from derivtex.checking.iterations import with_convergence
from derivtex.checking.lines import verdict_on_claim
from derivtex.checking.stationary import certified
from derivtex.checking.verdict import confirm
from derivtex.core.errors import NotConfirmed, NotDerivable
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session, stage
from derivtex.core.terms import Term
from derivtex.derivation.stationary.driver import solve as solution_of
from derivtex.derivation.stationary.driver import told_by
from derivtex.derivation.stationary.lagrangian import loosened
from derivtex.exchange import to_sympy
from derivtex.interface import Answer, must_be_choices
from derivtex.operations import Entry, Index, Sum, Symbol
from derivtex.problem import Claim, Problem
from derivtex.reading import read, sense
from derivtex.steps import Certificate
from derivtex.writing.manner import Manner
from derivtex.writing.page import render
from derivtex.writing.solution import solution_report
from derivtex.writing.solution_code import functions_of

if TYPE_CHECKING:
    from derivtex.core.errors import Source
    from derivtex.derivation.stationary.solution import Solution


class Solved(Answer):
    """The stationary points of a function: the derivation of its gradient, gone on with to the solution."""

    def __init__(self, solution: Solution, certificate: Certificate):
        super().__init__(solution.shown[0])
        self.solution, self.certificate = solution, certificate

    @property
    def values(self) -> dict[str, Term]:
        """What each unknown is, by its LaTeX; multipliers among them."""
        return {name.name: value for name, value in self.solution.values.items()}

    @property
    def confirmed(self) -> bool:
        """Whether the numbers confirmed the gradients, every equation and the solution."""
        gradients = (*self.solution.derivations, *self.solution.told)
        return self.certificate.confirmed and all(derivation.confirmed for derivation in gradients)

    @stage("writing")
    def to_latex(self, template: str | None = None, detail: str = "normal", profile: str | None = None, **manner: Any) -> str:
        return render(self.derivation, template, profile, detail, Manner(**manner), self.solution)[0]

    @stage("writing")
    def to_code(self, language: str = "numpy") -> str:
        """The source of a function that computes the solution. Raises NotDerivable where there is no closed form."""
        if self.solution.open:
            raise NotDerivable("there is no closed form that could be computed", way_out="use the gradient's code in an iteration")
        return functions_of(self.solution, language)

    @property
    def result(self) -> Term:
        """The solution as a term; where there is none the gradient."""
        return next((self.solution.values[name] for name in self.solution.primaries if name in self.solution.values), super().result)

    def to_sympy(self) -> Any:
        return to_sympy(self.result)

    @stage("writing")
    def to_dict(self) -> dict[str, Any]:
        """What `derivtex solve --format json` prints: the derivation's object with the solution's."""
        return {**super().to_dict(), "solution": solution_report(self.solution, self.certificate)}


def solve(
    source: str | Source | PathLike[str],
    *,
    of: str | None = None,
    wrt: str | None = None,
    subject_to: Sequence[str] = (),
    declare: Sequence[str] = (),
    layout: str = "denominator",
    structure: str = "projected",
    complex: str = "conjugate",
    check: bool = True,
    limit: float | None = None,
) -> Solved:
    """Set the derivative to zero and solve for the variable, under the constraints of the source and those that are given.

    layout, structure, complex: how the gradient is told; where it is zero does not depend on them. Without check nothing is confirmed.
    Raises NotConfirmed, which carries the answer, where the numbers speak against the solution; else as `derive` does.
    """
    must_be_choices(layout=layout, structure=structure, complex=complex)
    with session(limits(limit, AT_A_TERMINAL)):
        with stage("reading"):
            stated = partial(read, source, of=of, declare=tuple(declare), gradient=True, constrained=True, subject_to=tuple(subject_to))
            problem = stated(wrt=wrt)
            problem = stated(wrt=whole) if (whole := with_whole_vectors(problem)) else problem
        with stage("checking"):
            problem = without_identities(problem)
        with stage("deriving"):
            solution = told_by(solution_of(problem, sense(source)), layout=layout, structure=structure, complex=complex)
        certificate = Certificate(False, float("nan"), "it was not checked")
        if check:
            with stage("checking"):
                solution, certificate = checked(solution)
    answer = Solved(solution, certificate)
    refutation = next((d.refutation for d in solution.shown if d.refutation), certificate.remark if certificate.refuted else None)
    if refutation is not None:
        raise NotConfirmed(refutation, answer)
    return answer


def with_whole_vectors(problem: Problem) -> str:
    r"""What is solved for, with the whole vector in the place of its k-th entry, which a constraint may tie to the others; else nothing."""
    names = [each.of if isinstance(each, Entry) and type(each.row) is Index and isinstance(each.of, Symbol) else each for each in problem.wrt]
    return ", ".join(map(str, names)) if names != list(problem.wrt) else ""


def without_identities(problem: Problem) -> Problem:
    """The problem without the equations that hold whatever the variable is: they remind of something and bind nothing.

    An equation that was read as a property of the variable, 1ᵀw = 1, is tried of a variable without it.
    """
    bare, free = loosened(problem)
    bare = replace(bare, constraints=())
    tried = zip(problem.constraints, free, strict=False)
    kept = tuple(
        each for each, loose in tried
        if each.relation != "=" or not (is_model(each, problem) or verdict_on_claim(loose, bare).verdict == "holds")
    )  # fmt: skip
    return problem if len(kept) == len(problem.constraints) else replace(problem, constraints=kept)


def is_model(constraint: Claim, problem: Problem) -> bool:
    r"""Whether an equation tells what data are made of, `y = X\beta + \varepsilon`: it gives an error that stands nowhere else, and binds nothing."""
    left, right = constraint.left, constraint.right
    if not isinstance(left, Symbol) or left in problem.wrt or type(right) is not Sum:
        return False
    bound = [side for each in problem.constraints if each is not constraint for side in (each.left, each.right)]
    others = (problem.target, *(each.body for each in problem.definitions), *bound)
    alone = [each for each in right.terms if isinstance(each, Symbol) and each not in problem.wrt]
    return any(each.contains(left) for each in others) and any(not any(each.contains(name) for each in others) for name in alone)


def checked(solution: Solution) -> tuple[Solution, Certificate]:
    """The solution with its gradients and itself tried with numbers; second derivatives that are not confirmed are dropped."""
    solution = replace(solution, derivations=tuple(map(confirm, solution.derivations)), told=tuple(map(confirm, solution.told)))
    solution, certificate = certified(solution)
    if solution.newton is not None:
        newton = confirm(solution.newton)
        solution = replace(solution, newton=newton if newton.confirmed else None)
    return with_convergence(solution), certificate
