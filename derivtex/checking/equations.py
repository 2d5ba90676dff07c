"""Whether an equation between terms holds at random points of its domain: how a rule, of derivtex or of a plugin, is tested."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from derivtex.checking.examples import Domain, leaves_of
from derivtex.checking.trials import Trial, equality
from derivtex.checking.verdict import run
from derivtex.core.properties import PROPERTIES
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Hermitian, Hole, ImaginaryPart, RealPart
from derivtex.rewriting.page import Rule
from derivtex.steps import Certificate

COMPLEX = (Conjugate, Hermitian, RealPart, ImaginaryPart)
Pairs = Iterable[tuple[Any, ...]]


def confirm_equation(left: Term, right: Term, given: Pairs = ()) -> Certificate:
    """What the numbers say of left = right, where `given` are (property, name of a hole) pairs."""
    trial: Trial = equality(left, right)
    run([trial], domain_of((left, right), given))
    return trial.certificate


def confirm_rule(rule: Rule) -> Certificate:
    """What the numbers say of a rule: the worst certificate of its instances."""
    certificates = [confirm_equation(left, right, rule.domain) for left, right in rule.instances()]
    return max(certificates, key=lambda c: (not c.confirmed, c.error))


def domain_of(terms: Iterable[Term], given: Pairs) -> Domain:
    """Where the two sides of an equation are to be compared: what is given of a hole, as a property or as a shape."""
    terms = tuple(terms)
    leaves = leaves_of(terms)
    complex_ = ("complex",) if any(term.uses(*COMPLEX) for term in terms) else ()
    sizes: dict[str, int] = {}
    properties: dict[Term, tuple[str, ...]] = dict.fromkeys(leaves.symbols, complex_)
    still: list[Term] = []
    for name, *of in given:
        for leaf in leaves.symbols:
            if type(leaf) is Hole and any(isinstance(hole, str) and leaf.name.split("_")[0] == hole for hole in of):
                properties[leaf] += (name,) if name in PROPERTIES else ()
                properties[leaf] = tuple(known for known in properties[leaf] if name != "real" or known != "complex")
                sizes.update(sizes_for(name, leaf))
                still += [leaf] if name == "still" else []
    moving = tuple(leaf for leaf in leaves.symbols if leaf not in still)
    return Domain(leaves, moving, given=properties, sizes=sizes)


def sizes_for(name: str, hole: Term) -> dict[str, int]:
    """The sizes that a condition on the shape of a hole asks for."""
    rows, columns = hole.shape
    wanted = {"scalar": (*rows.names, *columns.names), "column": columns.names, "row": rows.names}.get(name, ())
    if name == "wide":
        return {**dict.fromkeys(rows.names, 2), **dict.fromkeys(columns.names, 4)}
    return {**dict.fromkeys(wanted, 1), **(dict.fromkeys((*rows.names, *columns.names), 3) if name == "square" else {})}
