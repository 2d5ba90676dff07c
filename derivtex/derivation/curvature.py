"""Whether a function is convex or concave, shown by the form of its Hessian: positive semidefinite for every value of the variable.

(S. Boyd, L. Vandenberghe, Convex Optimization, section 3.1.4.)
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.calculus.arithmetic import negative
from derivtex.core.terms import Term
from derivtex.derivation.definiteness import Definiteness, Found
from derivtex.operations import Inverse, Sum, Symbol, symbol
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation


class Curvature(NamedTuple):
    """What a Hessian says of its function. name: convex or concave, empty where the form shows neither; found: why.

    derivation: what ends in the Hessian. hessian: without names. constant: whether it is the same everywhere; bounded: whether a definite part of
    it is. seen: by numbers alone: convex, concave or neither. vanishing: whether it tends to zero far out, by numbers.
    within: the variable as a positive definite matrix, where its inverse stands in the Hessian: that is its convex domain then.
    """

    name: str
    derivation: Derivation
    hessian: Term
    found: Found = Found()
    constant: bool = False
    bounded: bool = False
    seen: str = ""
    vanishing: bool = False
    within: Symbol | None = None


def curvature(derivation: Derivation) -> Curvature | None:
    """What the derivation of a second derivative shows; nothing of a derivation of another kind."""
    if derivation.derivative is None or derivation.derivative.form != "hessian" or len(derivation.problem.wrt) != 1:
        return None
    variable = derivation.problem.wrt[0]
    if not isinstance(variable, Symbol):
        return None
    hessian = whole(derivation)
    within = definite_domain(variable, hessian)
    hessian = hessian.replace({variable: within}) if within is not None else hessian
    variable = within or variable
    constant = not hessian.contains(variable)
    leaves = derivation.problem.symbols.values()
    sizes = frozenset(name for leaf in leaves for dim in (*leaf.size, *(leaf.family or ())) for name in dim.names)
    for taken in (None, variable):
        for name, signed in (("convex", hessian), ("concave", tidied(negative(hessian)))):
            search = Definiteness(taken, sizes)
            found = search.of(signed)
            if found is not None:
                still = [term for term in (signed.terms if isinstance(signed, Sum) else ()) if not term.contains(variable)]
                bounded = any(part is not None and part.definite for part in map(search.of, still))
                return Curvature(name, derivation, hessian, found, constant, bounded, within=within)
    return Curvature("", derivation, hessian, constant=constant, within=within)


def definite_domain(variable: Symbol, hessian: Term) -> Symbol | None:
    """A symmetric variable as a positive definite one, where its inverse is needed: the invertible symmetric matrices are no convex set."""
    inverted = any(type(part) is Inverse and part.of.contains(variable) for part in hessian.walk())
    if not variable.has("symmetric") or variable.has("posdef") or not inverted:
        return None
    return symbol(variable.name, variable.kind, variable.size, (*variable.properties, "posdef"), variable.family)


def whole(derivation: Derivation) -> Term:
    """The result with what all names stand for that are defined."""
    bodies = {each.name: each.body for each in (*derivation.let, *derivation.where, *derivation.problem.definitions)}
    result = derivation.answer
    for _ in range(len(bodies)):
        result = result.replace(bodies)
    return tidied(result)
