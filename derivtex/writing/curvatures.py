"""What is said of the curvature of a function: convex, concave or neither, why, and what follows for its stationary points."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.derivation.curvature import Curvature
from derivtex.steps import Derivation, Sentence
from derivtex.writing.formula import Formulas
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, said

SIGN = {"convex": "positive", "concave": "negative"}
POINT = {"convex": "minimum", "concave": "maximum"}


def curvature_section(shown: Curvature, strongly: bool = False, told_first: str = "") -> Section:
    """Whether the function is convex, with the reason. strongly: whether that is asked for. told_first: the first line of the post, which is not
    said again."""
    derivation = shown.derivation
    formulas = Formulas.of(derivation.problem)
    if not shown.name:
        return undecided(shown, formulas)
    function, variable = name_of(derivation, formulas), formulas.latex(derivation.problem.wrt[0])
    sign, point = SIGN[shown.name], POINT[shown.name]
    reasons = [said(each, formulas) for each in folded(shown.found.because, derivation)]
    given = given_in_words(shown.found.given, derivation, formulas)
    which = "positive definite " if shown.within is not None else ""
    because = f": {'; '.join(reasons)}" if reasons else ""
    known = bool(reasons) and told_first == conclusion(shown)
    told = ["; ".join(reasons)] if known else [f"The Hessian is {sign} semidefinite for every {which}${variable}${given}{because}"]
    if shown.found.definite:
        strict = given.replace(r"\ge 0", "> 0")
        told.append(f"It is even definite{strict}, so ${function}$ is strictly {shown.name} and has at most one {point}")
    elif shown.found.rank:
        rank = listed([f"${formulas.latex(each)}$" for each in shown.found.rank])
        told.append(f"Where {rank} has full column rank it is definite, and ${function}$ strictly {shown.name}")
    told.append(f"So every point at which the gradient vanishes is a global {point}")
    if strongly:
        told.append(strength(shown, function))
    return Section(f"Why the Hessian is {sign} semidefinite." if known else f"It is {shown.name}.", tuple(told))


def strength(shown: Curvature, function: str) -> str:
    """Whether it is strongly convex: whether one positive number bounds the Hessian everywhere."""
    if shown.found.definite and (shown.constant or shown.bounded):
        return f"${function}$ is strongly {shown.name} as well: the definite part of the Hessian does not change with the variable"
    if shown.vanishing:
        return (
            f"But ${function}$ is not strongly {shown.name}: far from the origin the Hessian tends to zero (so numbers at random points say), and no "
            "$m > 0$ bounds it everywhere. A term such as $\\frac{\\lambda}{2}\\|\\cdot\\|^{2}$ would make it so, or a bounded domain"
        )
    return f"Whether ${function}$ is strongly {shown.name} is another question: one number $m > 0$ would have to bound the Hessian everywhere"


def undecided(shown: Curvature, formulas: Formulas) -> Section:
    """What is said where the form of the Hessian does not decide."""
    function = name_of(shown.derivation, formulas)
    if shown.constant:
        hessian = formulas.latex(fold(shown.hessian, shown.derivation))
        told = f"${function}$ is convex if and only if ${hessian}$ is positive semidefinite, which nothing says here"
        return Section("It depends on the constants.", (told,))
    if shown.seen == "neither":
        return Section("It is neither convex nor concave in general.", ("At random points and constants the Hessian has eigenvalues of both signs",))
    if shown.seen:
        told = f"At all random points that were tried its eigenvalues speak for {shown.seen}, which is no proof"
        return Section(f"It seems to be {shown.seen}.", (f"The form of the Hessian does not show it. {told}",))
    return Section("Convex or not?", ("The form of the Hessian does not show it, and numbers do not decide",))


def conclusion(shown: Curvature) -> str:
    """The first line of the post."""
    derivation = shown.derivation
    formulas = Formulas.of(derivation.problem)
    function, variable = name_of(derivation, formulas), formulas.latex(derivation.problem.wrt[0])
    if shown.name:
        given = given_in_words(shown.found.given, derivation, formulas)
        where = "there" if shown.within is not None else "everywhere"
        return f"${function}$ is {shown.name} in {domain(shown, variable)}{given}: its Hessian is {SIGN[shown.name]} semidefinite {where}"
    neither = shown.seen == "neither" and not shown.constant
    return f"${function}$ is in general neither convex nor concave in {domain(shown, variable)}" if neither else ""


def domain(shown: Curvature, variable: str) -> str:
    """The variable with where it lives: an inverse of it asks for more than that it is symmetric."""
    return f"the positive definite ${variable}$" if shown.within is not None else f"${variable}$"


def given_in_words(given: tuple[Sentence, ...], derivation: Derivation, formulas: Formulas) -> str:
    parts = [f"${formulas.latex(fold(part, derivation))} \\ge 0$" for each in given for part in each.terms]
    return f" (for {listed(parts)})" if parts else ""


def name_of(derivation: Derivation, formulas: Formulas) -> str:
    assert derivation.derivative is not None
    return formulas.latex(derivation.derivative.of)


def folded(sentences: tuple[Sentence, ...], derivation: Derivation) -> list[Sentence]:
    """Sentences in which what has a name stands by it."""
    return [each._replace(terms=tuple(fold(term, derivation) for term in each.terms)) for each in sentences]


def fold(term: Term, derivation: Derivation) -> Term:
    """A term with the names for its parts."""
    for each in (*derivation.let, *derivation.where, *derivation.problem.definitions):
        if term is not each.name:
            term = term.replace({each.body: each.name})
    return term
