"""Caution: a derivative that is zero is an answer only where the source cannot have meant something else."""

from __future__ import annotations

from derivtex.calculus.constants import Dependence
from derivtex.core.errors import NotDerivable, PartOfHessian
from derivtex.core.terms import Term
from derivtex.operations import Entry, Symbol
from derivtex.problem import Problem
from derivtex.rewriting.normal_form import is_own_transpose


def refuse_unused(problem: Problem, bodies: dict[Term, Term], variable: Symbol) -> None:
    """The variable does not occur in the target: an error where it occurs in what was not used, or something with nearly its name in it."""
    sides = [side for claim in problem.claims for side in (claim.left, claim.right)]
    functions = [*(function.body for function in problem.functions.values()), *(form for each in problem.templates for form in each.forms)]
    if variable in bodies or any(part.contains(variable) for part in (*bodies.values(), *functions, *sides)):
        raise NotDerivable(
            "as it was read, the target does not depend on the variable, although the source has a formula in which it occurs",
            way_out="write the target as a formula of the variable; an equation that only implies it is not used",
        )
    symbols = [part for body in bodies.values() for part in body.parts(Symbol) if part not in bodies]
    alike = next((part.name for part in symbols if letters(part.name) == letters(variable.name)), None)
    if alike is not None:
        raise NotDerivable(f"the variable {variable.name} does not occur, but {alike} does", way_out="differentiate by the name that occurs")


def refuse_vanishing(problem: Problem, depends: Dependence) -> None:
    """What the variable occurs in has the derivative zero: an error where a defined name that depends on it may have been meant as given.

    In `y = X\\beta + \\varepsilon; f = \\|y - X\\beta\\|^2` the first line is a model of y and not what y stands for.
    """
    moving = [d.name.name for d in problem.definitions if d.name is not problem.target and depends(d.name)]
    if moving and depends(problem.target):
        raise NotDerivable(
            f"everything cancels: with {moving[0]} as it is defined the target does not change with the variable",
            way_out=f"leave the line of {moving[0]} out, and declare it, if it is given and does not change",
        )


def unshown(problem: Problem) -> str:
    """What to do where a defined name is said to be symmetric and its definition does not show that; nothing where there is none."""
    said = [each for each in problem.definitions if isinstance(each.name, Symbol) and each.name.has("symmetric")]
    open_ = [each for each in said if not is_own_transpose(each.body)]
    return f"{open_[0].name} is said to be symmetric, which {open_[0].body} is not by itself: say of its parts what makes it so" if open_ else ""


def letters(name: str) -> str:
    """A name without its indices and marks: what is left when everything but letters before the first index goes."""
    head = name.replace("^", "_").split("_")[0]
    return head.strip("{} ").lower()


def refuse_second(target: Term, leaf: Term, variable: Term) -> None:
    """Raise NotDerivable for a second derivative that is no matrix of numbers, or of which nothing is known."""
    if not target.is_scalar and not leaf.is_scalar:
        raise NotDerivable("the second derivative of a vector or matrix has three or more indices", way_out="ask for --form differential")
    if isinstance(variable, Entry) and not leaf.is_scalar:
        message = f"the second derivative by {variable} is one entry of the Hessian by {variable.of}"
        raise PartOfHessian(message, str(target), str(variable.of), f"ask for the second derivative by {variable.of}")


def unknown_differential(of: Term) -> NotDerivable:
    """Why a term is not differentiated of which no rule tells how; it is said in words where it has a letter only."""
    words, terms = of.meaning if hasattr(of, "meaning") else ("{}", (of,))
    return NotDerivable(f"nothing is known about the differential of {words.format(*terms)}", way_out="see `derivtex rules` for what is known")
