"""What numbers say of the curvature of a function: the signs of the eigenvalues of its Hessian at random points."""

from __future__ import annotations

from derivtex.checking.differences import NoValue, Unsuitable
from derivtex.checking.examples import points
from derivtex.checking.places import moved_to
from derivtex.checking.trials import NEEDED
from derivtex.checking.values import np
from derivtex.checking.verdict import domain_of
from derivtex.core.terms import Term
from derivtex.derivation.curvature import Curvature
from derivtex.operations import Symbol
from derivtex.steps import Derivation

FLAT = 1e-9
FAR, SMALL = 1e4, 1e-3
MANY = 20  # points where the form shows nothing, and a few would be too few


def confirmed(shown: Curvature) -> Curvature:
    """The curvature with what the numbers say; what the form seems to show, and they speak against, is not said."""
    signs, points_seen = signs_of(shown)
    if shown.name:
        against = "-" if shown.name == "convex" else "+"
        return shown._replace(name="") if against in signs or not points_seen else shown._replace(vanishing=vanishes(shown.derivation))
    if signs == {"+", "-"}:
        return shown._replace(seen="neither")
    return shown._replace(seen={"+": "convex", "-": "concave"}.get("".join(signs), "")) if points_seen >= MANY else shown


def vanishes(derivation: Derivation) -> bool:
    """Whether the Hessian far from the origin is small beside what it is at a random point, in every direction tried."""
    variable = derivation.problem.wrt[0]
    ratios: list[float] = []
    with np.errstate(all="ignore"):
        for point in points(domain_of(derivation)):
            try:
                there = moved_to(point, {variable: FAR * np.asarray(point.values[variable])})
                ratios.append(float(np.max(np.abs(there.of(derivation.answer))) / np.max(np.abs(point.of(derivation.answer)))))
            except (Unsuitable, NoValue, LookupError, np.linalg.LinAlgError):
                continue
            if len(ratios) == NEEDED:
                break
    return len(ratios) == NEEDED and max(ratios) < SMALL


def signs_of(shown: Curvature) -> tuple[set[str], int]:
    """The signs that eigenvalues have, and at how many points that was seen."""
    derivation = shown.derivation
    domain = domain_of(derivation)
    taken = [leaf for each in shown.found.given for part in each.terms for leaf in part.walk() if isinstance(leaf, Symbol)]
    given: dict[Term, tuple[str, ...]] = dict.fromkeys(taken, ("positive",))
    if shown.within is not None:
        given[derivation.problem.wrt[0]] = ("posdef",)
    signs: set[str] = set()
    seen = 0
    with np.errstate(all="ignore"):
        for point in points(domain._replace(given=given) if given else domain):
            try:
                value = np.atleast_2d(point.of(derivation.answer))
                values = np.linalg.eigvalsh((value + value.T) / 2)
            except (Unsuitable, NoValue, LookupError, np.linalg.LinAlgError):
                continue
            scale = FLAT * np.max(np.abs(values))
            if not np.isfinite(scale):
                continue
            signs |= {sign for sign, there in (("+", values.max() > scale), ("-", values.min() < -scale)) if there}
            seen += 1
            if seen == (NEEDED if shown.name else MANY):
                break
    return signs, seen


