"""What is linear in an unknown: the terms L X R of a formula, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from derivtex.calculus.arithmetic import is_zero, product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import (
    Conjugate,
    Diag,
    Hadamard,
    Hermitian,
    Identity,
    Inner,
    Number,
    Product,
    Sum,
    SumOver,
    Symbol,
    Transpose,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.simplification.shortening import shortened

UNIT = Number(1)
MIRROR = {"": "T", "T": "", "H": "C", "C": "H"}
STARRED = {"": "C", "C": "", "H": "T", "T": "H"}


class Part(NamedTuple):
    """A term L X R; form: how the unknown stands in it (as it is, T transposed, H conjugate transposed, C conjugate)."""

    left: Term
    right: Term
    form: str = ""


class Linear(NamedTuple):
    """The terms with the unknown, and those without."""

    parts: tuple[Part, ...]
    rest: Terms

    def constant(self) -> Term | None:
        """The sum of the terms without the unknown; None where there is none."""
        kept = tuple(term for term in map(tidied, self.rest) if not is_zero(term))
        return tidied(Sum(kept)) if len(kept) > 1 else kept[0] if kept else None


def linear_in(term: Term, unknown: Term, frozen: bool = False) -> Linear | None:
    """The terms of a formula that is linear in an unknown up to a constant; None where it is not, as far as can be seen.

    frozen: numbers that depend on the unknown are taken for constants where they multiply a vector or matrix that does too.
    """
    if not term.contains(unknown):
        return Linear((), (term,))
    if term is unknown:
        return Linear((Part(unit(term, 0), unit(term, 1)),), ())
    match term:
        case Sum(terms):
            return together([linear_in(each, unknown, frozen) for each in terms])
        case Product():
            return of_product(term, unknown, frozen)
        case Transpose(of):
            inner = linear_in(of, unknown, frozen)
            return inner and changed(inner, lambda p: transposed(p, unknown.is_scalar), Transpose)
        case Hermitian(of):
            inner = linear_in(of, unknown, frozen)
            return inner and changed(inner, starred_transpose, Hermitian)
        case Conjugate(of):
            inner = linear_in(of, unknown, frozen)
            return inner and changed(inner, lambda p: Part(Conjugate(p.left), Conjugate(p.right), STARRED[p.form]), Conjugate)
        case SumOver():
            return of_sum_over(term, unknown, frozen)
        case Hadamard(factors):
            return of_entrywise(factors, unknown, frozen)
        case Inner(left, right) if left.shape[1] == ONE:
            return linear_in(Product((Transpose(left), right)), unknown, frozen)
    return of_any_linear(term, unknown) if unknown.is_scalar and term.linear_in else None


def unit(term: Term, side: int) -> Term:
    """What multiplies an unknown that stands alone."""
    return UNIT if term.shape[side] == ONE else Identity(term.shape[side])


def turned(side: Term) -> Term:
    return side if side is UNIT or type(side) is Identity else Transpose(side)


def transposed(part: Part, of_number: bool) -> Part:
    """(LXR)ᵀ; a number is its own transpose."""
    return Part(turned(part.right), turned(part.left), part.form if of_number else MIRROR[part.form])


def starred_transpose(part: Part) -> Part:
    """(LXR)ᴴ."""
    left, right = (side if side is UNIT or type(side) is Identity else Hermitian(side) for side in (part.right, part.left))
    return Part(left, right, {"": "H", "H": "", "T": "C", "C": "T"}[part.form])


def changed(inner: Linear, change: Callable[[Part], Part], around: Callable[[Term], Term]) -> Linear:
    """The terms with the unknown changed, those without put under an operation."""
    return Linear(tuple(map(change, inner.parts)), tuple(map(around, inner.rest)))


def together(found: list[Linear | None]) -> Linear | None:
    """A sum of such formulas."""
    if any(each is None for each in found):
        return None
    known = [each for each in found if each is not None]
    return Linear(tuple(p for each in known for p in each.parts), tuple(r for each in known for r in each.rest))


def of_product(term: Product, unknown: Term, frozen: bool) -> Linear | None:
    """A product in which one factor has the unknown."""
    scalars, chain = scalars_and_chain(term)
    if frozen and any(factor.contains(unknown) for factor in chain):
        having = [factor for factor in chain if factor.contains(unknown)]
    else:
        having = [factor for factor in (*scalars, *chain) if factor.contains(unknown)]
    if len(having) != 1:
        return None
    moving = having[0]
    if moving.is_scalar:
        return of_scalar_factor(scalars, chain, moving, unknown, frozen)
    at = chain.index(moving)
    before, behind = (*scalars, *chain[:at]), chain[at + 1 :]
    inner = linear_in(moving, unknown, frozen)
    if inner is None or chain.count(moving) > 1:
        return None
    return Linear(
        tuple(Part(times(before, p.left), times((p.right,), *behind), p.form) for p in inner.parts),
        tuple(product((*before, rest, *behind)) for rest in inner.rest),
    )


def times(first: Terms, *others: Term) -> Term:
    """A product without units; matrices' identities only where they are all there is."""
    factors = tuple(factor for factor in (*first, *others) if factor is not UNIT)
    if any(not factor.is_scalar and type(factor) is not Identity for factor in factors):
        factors = tuple(factor for factor in factors if type(factor) is not Identity)
    return product(factors)


def of_scalar_factor(scalars: Terms, chain: Terms, moving: Term, unknown: Term, frozen: bool) -> Linear | None:
    """A number u X v that multiplies the rest: it is put where a column ends or a row begins."""
    rest = list(scalars)
    rest.remove(moving)
    inner = linear_in(moving, unknown, frozen)
    if inner is None:
        return None
    constants = tuple(product((*rest, each, *chain)) for each in inner.rest)
    if unknown.is_scalar:
        return Linear(tuple(Part(times((*rest, p.left), *chain), UNIT, p.form) for p in inner.parts), constants)
    at = next((k for k in range(len(chain) + 1) if is_seam(chain, k)), None)
    if at is None:
        return None
    own = [transposed(p, of_number=False) if p.form == "T" else p for p in inner.parts]
    parts = tuple(Part(times((*rest, *chain[:at]), p.left), times((p.right,), *chain[at:]), p.form) for p in own)
    return Linear(parts, constants)


def is_seam(chain: Terms, at: int) -> bool:
    """Whether a number may stand before the factor at a place of a chain without a change of shapes."""
    if not chain:
        return True
    return (chain[at - 1].shape[1] if at else chain[0].shape[0]) == ONE


def of_sum_over(term: SumOver, unknown: Term, frozen: bool) -> Linear | None:
    """A sum over an index, which goes to the side that depends on it."""
    inner = None if unknown.contains(term.index) else linear_in(term.body, unknown, frozen)  # else it is another one in each summand
    if inner is None:
        return None
    parts = []
    for part in inner.parts:
        if not part.right.contains(term.index):
            parts.append(part._replace(left=SumOver(term.index, part.left)))
        elif not part.left.contains(term.index):
            parts.append(part._replace(right=SumOver(term.index, part.right)))
        else:
            return None
    return Linear(tuple(parts), tuple(SumOver(term.index, rest) for rest in inner.rest))


def of_entrywise(factors: Terms, unknown: Term, frozen: bool) -> Linear | None:
    """v ⊙ x = Diag(v) x, of columns."""
    having = [factor for factor in factors if factor.contains(unknown)]
    if len(having) != 1 or having[0].shape[1] != ONE:
        return None
    inner = linear_in(having[0], unknown, frozen)
    if inner is None:
        return None
    others = list(factors)
    others.remove(having[0])
    weight = others[0] if len(others) == 1 else Hadamard(tuple(others))
    parts = tuple(part._replace(left=times((Diag(weight),), part.left)) for part in inner.parts)
    return Linear(parts, tuple(Hadamard((weight, rest)) for rest in inner.rest))


def of_any_linear(term: Term, unknown: Term) -> Linear | None:
    """A linear operation of what is linear in a number."""
    fields = [name for name, kind in term.field_kinds.items() if kind == "Term"]
    at = next(k for k, child in enumerate(term.children) if child.contains(unknown))
    if sum(child.contains(unknown) for child in term.children) > 1 or len(fields) < len(term.children) or fields[at] not in term.linear_in:
        return None
    inner = linear_in(term.children[at], unknown)

    def within(part: Term) -> Term:
        return term.rebuild((*term.children[:at], part, *term.children[at + 1 :]))

    parts = tuple(Part(within(times((part.left,), part.right)), UNIT, part.form) for part in inner.parts) if inner else ()
    return inner and Linear(parts, tuple(map(within, inner.rest)))


def collected(parts: tuple[Part, ...]) -> tuple[tuple[Term, Term], ...]:
    """The pairs L, R of terms L X R, those with one side in common brought together."""
    pairs = numbers_behind([with_numbers_in_front(tidied(part.left), tidied(part.right)) for part in parts])
    by_right = merged(pairs, 1, 0)
    return tuple(merged(by_right, 0, 1)) if len(by_right) > 1 else tuple(by_right)


def numbers_behind(pairs: list[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """The pairs cI, R of an unknown that nothing else stands before as I, cR, so that they are one: λX + XB = X(B + λI)."""
    numbers = [number for left, _ in pairs if (number := number_of_identity(left)) is not None]
    if len(numbers) < len(pairs) or all(right is UNIT or type(right) is Identity for _, right in pairs):
        return pairs
    return [(Identity(left.shape[0]), tidied(times((number,), right))) for number, (left, right) in zip(numbers, pairs, strict=True)]


def with_numbers_in_front(left: Term, right: Term) -> tuple[Term, Term]:
    """The pair with the numbers of its right side on its left."""
    scalars, chain = scalars_and_chain(right)
    return (left, right) if not scalars or right is UNIT else (tidied(times((*scalars, left))), product(chain))


def merged(pairs: list[tuple[Term, Term]], same: int, other: int) -> list[tuple[Term, Term]]:
    """The pairs with one side equal, their other sides added."""
    groups: list[list[tuple[Term, Term]]] = []
    for pair in pairs:
        group = next((g for g in groups if same_term(g[0][same], pair[same])), None)
        if group is None:
            groups.append([pair])
        else:
            group.append(pair)
    found = []
    for group in groups:
        total = ordered_total([pair[other] for pair in group])
        if not is_zero(total):
            found.append((total, group[0][1]) if same == 1 else (group[0][0], total))
    return found


def common_numbers(lefts: Terms) -> tuple[Terms, Terms]:
    """The names of numbers that stand in front of every left side, and these without them: λAX + λXB = C is AX + XB = C/λ."""
    split = [scalars_and_chain(left) for left in lefts]
    common = tuple(each for each in split[0][0] if type(each) is Symbol and all(each in scalars for scalars, chain in split if chain))
    if not common or not all(chain for _, chain in split):
        return (), lefts
    rest = tuple(product((*(each for each in scalars if each not in common), *chain)) for scalars, chain in split)
    return common, rest


def number_of_identity(term: Term) -> Term | None:
    """The c of cI; None of another matrix, and of what is no matrix."""
    scalars, chain = scalars_and_chain(term)
    return product(scalars) if chain and all(type(each) is Identity for each in chain) else None


def ordered_total(terms: list[Term]) -> Term:
    """The sum of terms, multiples of the identity last; of these alone the multiple by the sum of the numbers."""
    numbers = [number_of_identity(term) for term in terms]
    if len(terms) > 1 and all(number is not None for number in numbers):
        return tidied(Product((Sum(tuple(number for number in numbers if number is not None)), Identity(terms[0].shape[0]))))
    ordered = sorted(terms, key=lambda term: any(type(factor) is Identity for factor in (term, *term.children)))
    total = tidied(Sum(tuple(ordered)) if len(ordered) > 1 else ordered[0])
    return shortened(total) if total.uses(SumOver) else total
