r"""Fixed-point forms: an equation that is linear in the unknown but for numbers that depend on it, which are held while it is solved.

∑ w_i(x)(a_i − x) = 0 is x = ∑ w_i(x)a_i / ∑ w_i(x): iteratively reweighted least squares, Weiszfeld's and Tyler's iterations, an EM step
(P. J. Huber, Robust Statistics, sec. 7.8; D. E. Tyler, Ann. Statist. 15 (1987) 234; Dempster, Laird and Rubin, JRSS B 39 (1977) 1).
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.derivation.candidates import free_indices
from derivtex.derivation.letters import base, undrawn
from derivtex.derivation.stationary.decompositions import Setting, spectral
from derivtex.derivation.stationary.isolating import isolated, settled
from derivtex.derivation.stationary.linear import linear_in
from derivtex.derivation.stationary.solution import FixedPoint
from derivtex.operations import Call, EntryPower, Member, Number, Product, ScalarCall, Symbol, symbol, zero
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.steps import Equation

LETTERS = ("w", "v", "c", "a", "q")


def fixed_point(gradient: Term, unknown: Symbol, setting: Setting, members: dict[Symbol, Term]) -> FixedPoint | None:
    """The unknown by what is held of it; None where holding numbers does not help, or nothing of it stays."""
    variable = members[unknown]
    frozen = Frozen(gradient, unknown, unknown if variable is unknown else variable.children[0])
    left = frozen.of(gradient)
    if not frozen.weights or not left.contains(unknown):
        return None
    found = spectral(left, unknown, setting) if setting.constraints else None
    isolation = found.isolation if found is not None else isolated(Equation(left, zero(left.shape), unknown))
    if not isolation.solved or any(isolation.end.right.contains(each) for each in setting.multipliers):
        return None
    by_weights = settled(isolation.end.right)
    used = {name: body for name, body in frozen.weights.items() if by_weights.contains(name)}
    if not used:
        return None
    return FixedPoint(unknown, by_weights.replace(used), by_weights, tuple(used.items()), isolation.assumptions)


class Frozen:
    """A formula with names for the numbers in it that depend on the unknown and multiply something."""

    def __init__(self, term: Term, unknown: Symbol, family: Term):
        self.unknown, self.family = unknown, family
        names = [part.name for part in term.walk() if isinstance(part, Symbol)]
        self.taken = {*names, *map(undrawn, names), *map(base, names)}
        self.weights: dict[Term, Term] = {}
        self.own = free_indices(term)

    def of(self, term: Term) -> Term:
        return term.map(self.frozen)

    def frozen(self, part: Term) -> Term | None:
        """A product or a quotient whose numbers are held; what is linear in the unknown stays."""
        if type(part) is EntryPower and part.is_scalar and self.is_held(part):
            return self.name(part)
        if type(part) is not Product or not self.depends(part):
            return None
        scalars, chain = scalars_and_chain(part)
        held = tuple(each for each in scalars if self.is_held(each))
        rest = [each for each in scalars if each not in held]
        opened = [self.slope(each) for each in rest]
        more = tuple(weight for weight, _ in opened if weight is not None)
        kept = tuple(self.of(inner) for _, inner in opened)
        if not held and not more:
            return None
        weight = (*held, *more)
        factors = (self.name(Product(weight) if len(weight) > 1 else weight[0]), *kept, *map(self.of, chain))
        return Product(factors) if len(factors) > 1 else factors[0]

    def is_held(self, term: Term) -> bool:
        """Whether a number depends on the unknown, and not by way of what is linear in it or a function of that."""
        if not term.contains(self.unknown):
            return self.depends(term)
        return linear_in(term, self.unknown) is None and self.slope(term)[0] is None

    def depends(self, term: Term) -> bool:
        """Whether the unknown is in a term, or the family of which it is a member."""
        return term.contains(self.unknown) or term.contains(self.family)

    def slope(self, term: Term) -> tuple[Term | None, Term]:
        """ψ(u) as (ψ(u)/u)u, of a function that is not known and what is linear in the unknown."""
        if isinstance(term, Call | ScalarCall) and term.contains(self.unknown):
            inner = term.children[0]
            if linear_in(inner, self.unknown) is not None:
                return Product((term, EntryPower(inner, Number(-1)))), inner
        return None, term

    def name(self, weight: Term) -> Term:
        """The name of a weight: a member of a family where it depends on an index."""
        known = next((name for name, body in self.weights.items() if body is weight), None)
        if known is not None:
            return known
        letter = next(each for each in (*LETTERS, *(f"w^{{({n})}}" for n in range(1, 99))) if each not in self.taken)
        self.taken.add(letter)
        indices = sorted(free_indices(weight) - self.own, key=lambda index: index.name)
        name: Term = symbol(letter, "scalar")
        if len(indices) == 1:
            (index,) = indices
            name = Member(Symbol(letter, "scalar", name.shape, (), (index.first, index.last)), index)
        elif indices:
            name = weight  # it has no name with two indices, and stays as it is
        self.weights[name] = weight
        return name


