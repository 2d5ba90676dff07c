r"""Names that a linear equation fixes: of AP + PA^T + BB^T = O, P is the solution, and the equation is its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import ONE, Shape
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Cholesky,
    Derivative,
    Differential,
    Entry,
    FixedPoint,
    Identity,
    Inverse,
    LinearSolution,
    Member,
    Number,
    Product,
    Sum,
    Symbol,
    Zero,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition
from derivtex.reading.meaning.eigenvalues import as_definitions, has_unit_length
from derivtex.reading.meaning.resolution import Settling

if TYPE_CHECKING:
    from derivtex.reading.meaning.understanding import Understanding

Pair = tuple[Term, Term]
Item = Definition | FunctionDefinition | Claim | Fault


def implied(
    found: Understanding, settle: Settling, claims: list[Claim], defined: tuple[Definition, ...], target: Term, variables: Terms
) -> tuple[Definition, ...]:
    """The definitions with those of names that an equation fixes, each behind those it uses."""
    guessed = [settle.term(thing) for thing in found.scope.guessed.values()]
    about = {variable.children[0] if isinstance(variable, (Entry, Member)) else variable for variable in variables}
    defined = tuple(factored(definition, about) for definition in defined)
    for claim in claims:
        is_about_changes = any(isinstance(part, (Derivative, Differential)) for part in (*claim.left.walk(), *claim.right.walk()))
        if is_about_changes or is_identity_of_forms(claim):
            continue
        used = below(target, defined)
        known = [definition.name for definition in defined]
        pair = as_definitions(claim)
        if any(each.name in used for each in pair) and depends(claim, about, defined) and about.isdisjoint(each.name for each in pair):
            defined = (*defined, *(each for each in pair if each.name not in known))
            if not has_unit_length(pair[1].name, claims):
                found.scope.guess(f"{pair[1].name.name} is taken to have unit length")
            continue
        free = [leaf for leaf in names(claim) if leaf in used and leaf not in about and leaf not in known]
        undeclared = [leaf for leaf in free if leaf in guessed]
        goes_on = any(claim.left is each.body for each in defined)  # `A = a = b` says that a and b are equal, and fixes neither
        wanted = undeclared or [leaf for leaf in free if not goes_on and depends(claim, about, defined)]
        if len(wanted) != 1:
            continue
        body = solved(claim, wanted[0], declared=not undeclared, about=about)
        if body is None and (undeclared or depends(claim, about, defined)):
            body = root(claim, wanted[0])
        if body is not None:
            defined = (*defined, Definition(wanted[0], body, claim.span, (claim.left, claim.right)))
    return in_order(defined)


def fixed(definition: Definition) -> Definition:
    """A definition; of `z = F(z)` that of z as the solution of the equation."""
    name, body = definition.name, definition.body
    own = [part for part in body.walk() if isinstance(part, Symbol) and part.name == name.name and part.family is None]
    if not own:
        return definition
    body = body.replace(dict.fromkeys(own, name))
    if any(part.shape != name.shape for part in own) or (type(body) is Sum and name in body.terms):
        raise NotDerivable(
            f"{name.name} is defined by way of itself",
            way_out="solve the equation for it, or declare it instead",
            span=definition.span,
        )
    linear_ = solved(Claim(name, "=", body, ""), name, declared=False, about=set())
    unknown = as_unknown(name)
    solution = linear_ if linear_ is not None else FixedPoint(body.replace({name: unknown}), unknown)
    return definition._replace(body=solution, equation=(name, body))


def factored(definition: Definition, about: set[Term]) -> Definition:
    """A definition; of `C = LL^T` that of L, where C is what is differentiated by."""
    name, body = definition.name, definition.body
    if name not in about or type(body) is not Product:
        return definition
    for part in dict.fromkeys(body.factors):
        if isinstance(part, Symbol) and (found := factor(name, body, part)) is not None:
            return Definition(part, found, definition.span, (name, body))
    return definition


def names(claim: Claim) -> list[Symbol]:
    parts = dict.fromkeys((*claim.left.walk(), *claim.right.walk()))
    return [part for part in parts if isinstance(part, Symbol) and part.family is None and "zero" not in part.properties]


def is_identity_of_forms(claim: Claim) -> bool:
    """Whether both sides are made of the same names, as in `diag(x)y = x ∘ y`: the equality reminds of an identity and fixes nothing."""
    left, right = ({part for part in side.walk() if isinstance(part, Symbol)} for side in (claim.left, claim.right))
    return left == right


def depends(claim: Claim, about: set[Term], defined: tuple[Definition, ...]) -> bool:
    """Whether a variable occurs in an equation, directly or by way of definitions."""
    return any(part in about for side in (claim.left, claim.right) for part in below(side, defined))


def below(term: Term, defined: tuple[Definition, ...]) -> dict[Term, None]:
    """All parts of a term, defined names opened."""
    bodies = {definition.name: definition.body for definition in defined}
    seen: dict[Term, None] = {}
    waiting = [term]
    while waiting:
        for part in waiting.pop().walk():
            if part not in seen:
                seen[part] = None
                waiting += [bodies[part]] if part in bodies else []
    return seen


def in_order(defined: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """Definitions, each behind those it uses; those that use each other stay as they are."""
    done: list[Definition] = []
    waiting = list(defined)
    while waiting:
        open_ = {definition.name for definition in waiting}
        ready = [each for each in waiting if not any(part in open_ and part is not each.name for part in each.body.walk())]
        done += ready or waiting
        waiting = [each for each in waiting if each not in ready] if ready else []
    return tuple(done)


def solved(claim: Claim, unknown: Symbol, declared: bool, about: set[Term]) -> Term | None:
    """The solution of an equation that is linear in the unknown; None of any other.

    A declared name that stands in one term alone is its solution only where the variable stands beside it.
    """
    if "lower" in unknown.properties or "upper" in unknown.properties:
        return factor(claim.left, claim.right, unknown) or factor(claim.right, claim.left, unknown)
    left, right = linear(claim.left, unknown), linear(claim.right, unknown)
    if left is None or right is None:
        return None
    pairs = [*left[0], *((opposite(before), behind) for before, behind in right[0])]
    pairs = merged(pairs)
    rest = [part for part in (*right[1], *(opposite(part) for part in left[1])) if not is_zero(part)]
    if not pairs or not rest or any(not is_square(pair, unknown.shape) for pair in pairs):
        return None
    if declared and len(pairs) == 1 and not any(part in about for side in pairs[0] for part in side.walk()):
        return None
    if any(is_minus_identity(pair) for pair in pairs):
        pairs, rest = [(opposite(before), behind) for before, behind in pairs], [opposite(part) for part in rest]
    of = Sum(tuple(rest)) if len(rest) > 1 else rest[0]
    return directly(*pairs[0], of) if len(pairs) == 1 else of_several(pairs, of)


def root(claim: Claim, name: Symbol) -> Term | None:
    """What a nonlinear equation with as many entries as unknowns fixes; None of any other."""
    if claim.left.shape != name.shape:
        return None
    unknown = as_unknown(name)
    left, right = (side.terms if type(side) is Sum else (side,) for side in (claim.left, claim.right))
    parts = (*map(opposite, left), *(part for part in right if not is_zero(part)))
    return FixedPoint(Sum((unknown, *(part.replace({name: unknown}) for part in parts))), unknown)


def as_unknown(name: Symbol) -> Symbol:
    """A name inside the equation that fixes it."""
    return Symbol(name.name, name.kind, name.size, (*name.properties, "unknown"), None)


def factor(whole: Term, product: Term, unknown: Symbol) -> Term | None:
    """The Cholesky factor L of C = LLᵀ, or its transpose U of C = UᵀU."""
    if whole.contains(unknown) or type(product) is not Product:
        return None
    lower = "lower" in unknown.properties
    if product.factors != ((unknown, unknown.T) if lower else (unknown.T, unknown)):
        return None
    return Cholesky(whole) if lower else Cholesky(whole).T


def merged(pairs: list[Pair]) -> list[Pair]:
    """AX + BX as (A + B)X."""
    found: dict[Term, list[Term]] = {}
    for before, behind in pairs:
        found.setdefault(behind, []).append(before)
    by_row = list(found.items())
    if len(by_row) > 1 and all(parts == [Number(1)] for _, parts in by_row):  # a row, of which xᵀA + xᵀB is xᵀ(A + B)
        return [(Number(1), Sum(tuple(behind for behind, _ in by_row)))]
    return [(Sum(tuple(parts)) if len(parts) > 1 else parts[0], behind) for behind, parts in by_row]


def is_identity(term: Term) -> bool:
    return type(term) is Identity or term is Number(1)


def is_minus_identity(pair: Pair) -> bool:
    return is_identity(opposite(pair[0])) and is_identity(pair[1])


def opposite(term: Term) -> Term:
    """The negative of a term; of a negative one what it was made of."""
    factors = factors_of(term)
    if factors[0] is Number(-1) and len(factors) > 1:
        return Product(factors[1:]) if len(factors) > 2 else factors[1]
    return -term


def directly(before: Term, behind: Term, of: Term) -> Term:
    """The solution L⁻¹CR⁻¹ of LXR = C."""
    factors: list[Term] = [Inverse(before)] if not is_identity(before) else []
    factors += of.factors if type(of) is Product else [of]
    factors += [Inverse(behind)] if not is_identity(behind) else []
    return Product(tuple(factors)) if len(factors) > 1 else factors[0]


def of_several(pairs: list[Pair], of: Term) -> Term:
    """The solution of a sum of terms; AX + XB with the term in front first that has nothing behind X."""
    ordered = sorted(pairs, key=lambda pair: type(pair[1]) is not Identity)
    return LinearSolution(tuple(before for before, _ in ordered), tuple(behind for _, behind in ordered), of)


def is_square(pair: Pair, shape: Shape) -> bool:
    """Whether the two sides of the unknown keep its shape."""
    return pair[0].shape == (shape[0], shape[0]) and pair[1].shape == (shape[1], shape[1])


def is_zero(term: Term) -> bool:
    if type(term) is Product:
        return any(map(is_zero, term.factors))
    return type(term) is Zero or term is Number(0) or (isinstance(term, Symbol) and "zero" in term.properties)


def linear(term: Term, unknown: Symbol) -> tuple[list[Pair], list[Term]] | None:
    """A term that is linear in an unknown as what stands around it, term by term, and the rest without it."""
    if term is unknown:
        return [(identity(unknown, 0), identity(unknown, 1))], []
    if not term.contains(unknown):
        return [], [term]
    if type(term) is Sum:
        parts = [linear(part, unknown) for part in term.terms]
        if any(part is None for part in parts):
            return None
        return [pair for part in parts if part for pair in part[0]], [rest for part in parts if part for rest in part[1]]
    return in_product(term.factors, unknown) if type(term) is Product else None


def in_product(factors: Terms, unknown: Symbol) -> tuple[list[Pair], list[Term]] | None:
    """A product in which one factor is linear in the unknown."""
    places = [at for at, factor in enumerate(factors) if factor.contains(unknown)]
    inner = linear(factors[places[0]], unknown) if len(places) == 1 else None
    if inner is None:
        return None
    at = places[0]
    scalars = tuple(factor for k, factor in enumerate(factors) if factor.is_scalar and k != at)
    before = tuple(factor for factor in factors[:at] if not factor.is_scalar)
    behind = tuple(factor for factor in factors[at + 1 :] if not factor.is_scalar)
    pairs = [(chain(*scalars, *before, one), chain(other, *behind)) for one, other in inner[0]]
    return pairs, [chain(*scalars, *before, part, *behind) for part in inner[1]]


def chain(*factors: Term) -> Term:
    """The product of factors, without identities beside a matrix."""
    spread = [part for factor in factors for part in factors_of(factor)]
    matrices = [factor for factor in spread if not factor.is_scalar and type(factor) is not Identity]
    kept = [factor for factor in spread if factor.is_scalar or factor in matrices or not matrices]
    return Product(tuple(kept)) if len(kept) > 1 else kept[0]


def identity(unknown: Symbol, side: int) -> Term:
    size = unknown.shape[side]
    return Number(1) if size == ONE else Identity(size)
