"""What is minimised or maximised is a real number, so that the matrix of a form wᴴRw in it is Hermitian."""

from __future__ import annotations

from dataclasses import replace

from derivtex.core.terms import Term
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.operations import Hermitian, Product, Symbol, symbol
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.problem import Problem
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.simplification.names import replaced
from derivtex.steps import Sentence


def made_real(problem: Problem) -> tuple[Problem, tuple[Sentence, ...]]:
    """The problem with the matrices of its forms wᴴRw Hermitian where nothing is said of them, and what is said of that."""
    forms = [part for part in opened(problem.target, problem).walk() if type(part) is Product]
    found = dict.fromkeys(matrix for form in forms for variable in problem.wrt if (matrix := matrix_of(form, variable)) is not None)
    if not found:
        return problem, ()
    changed: dict[Term, Term] = {each: symbol(each.name, each.kind, each.size, ("hermitian",)) for each in found}
    whole = replaced(problem, changed)
    constraints = tuple(each._replace(left=each.left.replace(changed), right=each.right.replace(changed)) for each in problem.constraints)
    said = tuple(Sentence("{} is taken to be Hermitian, as what is minimised or maximised has to be real", (each,)) for each in changed.values())
    return replace(whole, constraints=constraints), said


def matrix_of(form: Product, variable: Term) -> Symbol | None:
    """The R of wᴴRw, a matrix of which nothing is said, for a complex vector w."""
    chain = scalars_and_chain(form)[1]
    if len(chain) != 3 or not may_be_complex(variable) or chain[0] is not Hermitian(variable) or chain[2] is not variable:
        return None
    matrix = chain[1]
    plain = isinstance(matrix, Symbol) and matrix.family is None and set(matrix.properties) <= {"complex"}
    return matrix if isinstance(matrix, Symbol) and plain else None
