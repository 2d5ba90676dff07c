"""Constraints: the Lagrangian, with a multiplier for each equation, as the author wrote it or made from the equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from derivtex.calculus.arithmetic import coefficient, is_zero, negative, product
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.derivation.stationary.eigen import is_determinant
from derivtex.derivation.stationary.linear import linear_in
from derivtex.derivation.stationary.members import named_freely
from derivtex.operations import Determinant, Entry, EntryPower, Identity, Norm, Number, Ones, Product, Sum, Symbol, Trace, Transpose, symbol, zero
from derivtex.problem import Claim, Definition, Problem
from derivtex.rewriting.conditions import is_nonnegative
from derivtex.rewriting.conjugation import conjugated, may_be_complex
from derivtex.rewriting.normal_form import is_own_transpose
from derivtex.simplification.engine import tidied
from derivtex.simplification.names import kind_of, replaced
from derivtex.simplification.shortening import shortened
from derivtex.steps import Derivation

BINDING = ("unit", "sum-one", "simplex", "orthogonal", "rotation")
LETTERS = {"scalar": (r"\lambda", r"\nu", r"\mu"), "vector": (r"\lambda", r"\nu", r"\mu"), "matrix": (r"\Lambda", "M", "N")}
MIRRORED = {r"\le": r"\ge", r"\ge": r"\le"}
DUALS = (r"\mu", r"\alpha", r"\eta", r"\xi")


class Inequality(NamedTuple):
    """g ≤ 0 with its multiplier μ ≥ 0, which is zero where g is not."""

    term: Term
    multiplier: Symbol


class Bound(NamedTuple):
    """A problem with constraints: the Lagrangian as its target; a multiplier for each constraint, which is g = 0.

    made: whether the Lagrangian was made from constraints, and does not stand in the source. inequalities: those that are g ≤ 0;
    greatest: whether it is of a maximum, so that they are taken away.
    """

    problem: Problem
    multipliers: tuple[Symbol, ...]
    constraints: tuple[Term, ...]
    made: Definition | None = None
    inequalities: tuple[Inequality, ...] = ()
    greatest: bool = False

    @property
    def duals(self) -> tuple[Symbol, ...]:
        """All multipliers."""
        return (*self.multipliers, *(each.multiplier for each in self.inequalities))


def bound(problem: Problem, sense: str = "") -> Bound:
    """The Lagrangian of a problem; without constraints the problem itself. sense: of a maximum, max, the inequalities pull downward.

    Raises NotDerivable where the target has multipliers of its own and inequalities stand beside it.
    """
    problem, claims = loosened(generalised(problem))
    claims = tuple(map(squared, claims))
    body = opened(problem.target, problem)
    own = own_multipliers(problem, body, tuple(claim for claim in claims if claim.relation == "="))
    if any(claim.relation != "=" for claim in claims):
        if own:
            raise NotDerivable(
                f"beside inequalities {own[0].name} may not stand in what is minimised: the multipliers are made",
                way_out="give the function alone, and the constraints beside it",
            )
        return lagrangian(problem, claims, -1 if sense == "max" else 1)
    if own:
        constraints = tuple(factor for multiplier in own if (factor := slope(body, multiplier)) is not None)
        return Bound(problem, own, constraints)
    if not claims:
        return Bound(problem, (), ())
    return of_author(problem, body, claims) or lagrangian(problem, claims)


def of_author(problem: Problem, body: Term, claims: tuple[Claim, ...]) -> Bound | None:
    """The Lagrangian that the source has besides, with its author's names and signs of the multipliers: without them it is the function."""
    for definition in problem.definitions:
        whole = replace(problem, target=definition.name, constraints=())
        written = opened(definition.name, whole)
        own = own_multipliers(whole, written, claims) if written.is_scalar and definition.name is not problem.target else ()
        if not own or len(own) != len(claims):
            continue
        without = written.replace({each: zero(each.shape) for each in own})
        constraints = tuple(factor for each in own if (factor := slope(written, each)) is not None)
        if is_zero(shortened(tidied(Sum((squares(without), negative(squares(body))))))):
            return Bound(whole, own, constraints)
    return None


def squares(term: Term) -> Term:
    """A term with squared norms multiplied out, by which two ways to write it are compared."""
    return tidied(term.map(lambda part: product((part.base.of.T, part.base.of)) if is_squared_norm(part) else None))


def is_squared_norm(part: Term) -> bool:
    return type(part) is EntryPower and part.exponent is Number(2) and type(part.base) is Norm and part.base.of.shape[1] == ONE


def opened(term: Term, problem: Problem, about: tuple[Term, ...] = ()) -> Term:
    """A term with the defined names that depend on the variables replaced by what they stand for; of a target all of it."""
    about = about or problem.wrt
    bodies: dict[Term, Term] = {}
    for definition in problem.definitions:
        body = definition.body.replace(bodies)
        if definition.name is problem.target or any(body.contains(variable) for variable in about):
            bodies[definition.name] = body
    return term.replace(bodies)


def generalised(problem: Problem) -> Problem:
    """The problem of a complex variable with complex constants, of which the real ones are a case: arrays of which nothing is said."""
    if not any(may_be_complex(variable) for variable in problem.wrt):
        return problem
    plain = [leaf for leaf in problem.symbols.values() if not leaf.is_scalar and not leaf.properties and leaf.family is None]
    known = {definition.name for definition in problem.definitions}
    changed: dict[Term, Term] = {leaf: symbol(leaf.name, leaf.kind, leaf.size, ("complex",)) for leaf in plain if leaf not in known}
    found = replaced(problem, changed)
    constraints = tuple(each._replace(left=each.left.replace(changed), right=each.right.replace(changed)) for each in problem.constraints)
    return replace(found, constraints=constraints)


def loosened(problem: Problem) -> tuple[Problem, tuple[Claim, ...]]:
    """The problem with variables that nothing binds, and the constraints, those among them that were properties of the variables."""
    claims, free = list(problem.constraints), {}
    for variable in problem.wrt:
        if not isinstance(variable, Symbol) or not any(name in variable.properties for name in BINDING):
            continue
        kept = tuple(name for name in variable.properties if name not in BINDING)
        kept += ("positive",) if "simplex" in variable.properties and "positive" not in kept else ()
        free[variable] = symbol(variable.name, variable.kind, variable.size, kept, variable.family)
        if not any(states_property(claim, variable) for claim in claims):
            claims.append(equation_for(variable))
            if variable.has("rotation") and not any(is_determinant(difference_of(claim), variable) for claim in claims):
                claims.append(Claim(Determinant(variable), "=", Number(1), ""))
    if not free:
        return problem, tuple(claims)
    changed = [each._replace(left=each.left.replace(free), right=each.right.replace(free)) for each in claims]
    return replaced(problem, free), tuple(changed)


def states_property(claim: Claim, variable: Symbol) -> bool:
    """Whether a constraint is what the property of a variable was read from: its sum, its length or its columns by themselves."""
    parts = [part for side in (claim.left, claim.right) for part in side.walk()]
    names = {part for part in parts if isinstance(part, Symbol) and not part.has("ones")}
    if {name.name for name in names} != {variable.name}:
        return False
    own = names.pop()
    linear = all(linear_in(side, own) is not None for side in (claim.left, claim.right)) or any(type(part) is Entry for part in parts)
    return linear == any(name in variable.properties for name in ("sum-one", "simplex")) and not any(type(part) is Determinant for part in parts)


def equation_for(variable: Symbol) -> Claim:
    """The equation that a declared property of a variable is."""
    right: Term
    if "unit" in variable.properties:
        left, right = Product((Transpose(variable), variable)), Number(1)
    elif "orthogonal" in variable.properties:
        left, right = Product((Transpose(variable), variable)), Identity(variable.shape[1])
    else:
        left, right = Product((Transpose(Ones(variable.shape[0], ONE)), variable)), Number(1)
    return Claim(left, "=", right, "")


def own_multipliers(problem: Problem, body: Term, claims: tuple[Claim, ...]) -> tuple[Symbol, ...]:
    """The names that multiply a constraint in the target: told by its arguments, or by the constraint that stands in the source."""
    inside = [part for part in body.walk() if isinstance(part, Symbol) and part not in problem.wrt and part.family is None]
    told = problem.arguments if any(variable in problem.arguments for variable in problem.wrt) else ()  # L(w, λ), and not RSS(λ)
    found = []
    for name in dict.fromkeys(inside):
        if not claims and name not in told:
            continue
        factor = slope(body, name)
        if factor is None or not any(factor.contains(variable) for variable in problem.wrt):
            continue
        if name in told or any(is_same_constraint(factor, claim) for claim in claims):
            found.append(name)
    return tuple(found)


def squared(claim: Claim) -> Claim:
    """‖x‖ = c as xᵀx = c², of a number c that is not negative; the same of ≤."""
    for one, other, relation in ((claim.left, claim.right, claim.relation), (claim.right, claim.left, MIRRORED.get(claim.relation, "="))):
        if type(one) is Norm and one.of.shape[1] == ONE and (is_nonnegative(other) or isinstance(other, Symbol)) and not may_be_complex(one.of):
            square = Number(1) if other is Number(1) else EntryPower(other, Number(2))
            return Claim(Product((Transpose(one.of), one.of)), relation, tidied(square), claim.latex, claim.span)
    return claim


def slope(body: Term, multiplier: Symbol) -> Term | None:
    """What a name multiplies in a number that is linear in it: g of λg, λᵀg or tr(Λᵀg); None where it is not."""
    if multiplier.is_scalar:
        linear = linear_in(body, multiplier)
        factors = [part.left for part in linear.parts if not part.left.contains(multiplier)] if linear else []
        return tidied(Sum(tuple(factors))) if linear and factors and len(factors) == len(linear.parts) else None
    names = {part.name: part for part in body.walk() if isinstance(part, Symbol)}  # which no part may be named by
    bare = Problem(None, names, (), {}, body, (multiplier,))  # type: ignore[arg-type]  # nothing is read from a source
    try:
        found = derive(bare, structure="ignore").result
    except DerivtexError:
        return None
    return None if found.contains(multiplier) else found


def is_same_constraint(factor: Term, claim: Claim) -> bool:
    """Whether a factor is an equation's difference of sides, up to a number in front."""
    factor, difference = coefficient(tidied(factor))[1], coefficient(tidied(difference_of(claim)))[1]
    if factor.shape != difference.shape:
        return False
    return any(is_zero(shortened(Sum((factor, Product((Number(sign), difference)))))) for sign in (1, -1))


def difference_of(claim: Claim) -> Term:
    """The left side less the right."""
    return claim.left if is_zero(claim.right) else tidied(Sum((claim.left, Product((Number(-1), claim.right)))))


def lagrangian(problem: Problem, claims: tuple[Claim, ...], sign: int = 1) -> Bound:
    """f − λg for every constraint g = 0, and f + μg for g ≤ 0, by name; sign: −1 where f is maximised."""
    taken = {*problem.symbols, *problem.functions}

    def fresh(letters: tuple[str, ...]) -> str:
        name = next(name for name in (*letters, *(f"{letters[0]}_{{{n}}}" for n in range(1, 1000))) if name not in taken)
        taken.add(name)
        return name

    constraints = tuple(difference_of(claim) for claim in claims if claim.relation == "=")
    multipliers = tuple(multiplier_for(each, fresh) for each in constraints)
    parts = tuple(paired(multiplier, starred(each, problem)) for multiplier, each in zip(multipliers, constraints, strict=True))
    at_most = [at_most_zero(claim) for claim in claims if claim.relation != "="]
    inequalities = tuple(Inequality(each, symbol(fresh(DUALS), kind_of(each), each.shape)) for each in at_most)
    name = symbol(fresh((r"\mathcal{L}", "L", r"\mathcal{J}")), "scalar")
    pulls = (product((*((Number(-1),) if sign < 0 else ()), *paired(each.multiplier, each.term))) for each in inequalities)
    body = Sum((problem.target, *(Product((Number(-1), *part)) for part in parts), *pulls))
    definition = Definition(name, body)
    symbols = {**problem.symbols, **{each.name: each for each in (*multipliers, *(one.multiplier for one in inequalities))}}
    whole = replace(problem, definitions=(*problem.definitions, definition), target=name, symbols=symbols, constraints=())
    return Bound(whole, multipliers, constraints, definition, inequalities, sign < 0)


def starred(constraint: Term, problem: Problem) -> Term:
    """A constraint on a complex variable as it stands in a Lagrangian: its conjugate where only that has the conjugate of the variable, by which
    it is differentiated."""
    (variable, *_) = problem.wrt
    found = linear_in(constraint, variable) if may_be_complex(variable) else None
    plain = found is not None and bool(found.parts) and all(part.form in ("", "T") for part in found.parts)
    return tidied(conjugated(constraint)) if plain else constraint


def at_most_zero(claim: Claim) -> Term:
    r"""The g of g ≤ 0 that an inequality is."""
    difference = difference_of(claim)
    return difference if claim.relation == r"\le" else tidied(negative(difference))


def multiplier_for(constraint: Term, fresh: Callable[[tuple[str, ...]], str]) -> Symbol:
    """A multiplier of the shape of a constraint, and symmetric where that is."""
    kind = kind_of(constraint)
    properties = ("symmetric",) if kind == "matrix" and is_own_transpose(constraint) else ()
    return symbol(fresh(LETTERS[kind]), kind, constraint.shape, properties)


def paired(multiplier: Symbol, constraint: Term) -> tuple[Term, ...]:
    """λg, λᵀg, tr(Λᵀg)."""
    if multiplier.is_scalar:
        return multiplier, constraint
    if constraint.shape[1] == ONE:
        return Transpose(multiplier), constraint
    turned = multiplier if multiplier.has("symmetric") else Transpose(multiplier)
    return (Trace(product((turned, constraint))),)


def gradient_of(derivation: Derivation, bound: Bound, members: dict[Symbol, Term]) -> Term:
    """A gradient without names for parts of it, members of families by names of their own."""
    bodies = {d.name: d.body for d in (*derivation.let, *derivation.where)}
    result = derivation.result
    for _ in range(len(bodies)):
        result = result.replace(bodies)
    whole = opened(result, replace(bound.problem, wrt=(*bound.problem.wrt, *bound.duals)))
    whole = tidied(whole.replace(with_most_properties(whole)))
    return named_freely(whole, members)


def with_most_properties(term: Term) -> dict[Term, Term]:
    """For each name that stands in a term with and without what was found of it, the one with."""
    names: dict[str, Symbol] = {}
    found: list[Symbol] = [part for part in term.walk() if isinstance(part, Symbol)]
    for part in found:
        known = names.setdefault(part.name, part)
        if len(part.properties) > len(known.properties) and part.shape == known.shape and part.family == known.family:
            names[part.name] = part
    return {part: names[part.name] for part in found if names[part.name] is not part and names[part.name].family == part.family}
