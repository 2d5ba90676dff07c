"""Random points of the domain that was declared, with small sizes and an increment for what moves.

Points are drawn in several manners, and whoever asks goes on to the next point where a term turns out to have no value. No manner
makes a matrix symmetric that is not declared so, or two sizes equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from derivtex.checking.chance import Generator
from derivtex.checking.differences import is_constant
from derivtex.checking.manners import Drawing, Manner, drawings, near_one, plain
from derivtex.checking.plans import CALLS, Plans
from derivtex.checking.values import Point, Unsuitable
from derivtex.core import properties
from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.operations import Hole, Index, Number, Symbol

LARGE = 24


class Leaves(NamedTuple):
    """What a formula is made of: leaves that need a value, free indices, names of sizes and of abstract functions, in order;
    the sizes of leaves that are numbers; and the numbers that stand in it."""

    symbols: tuple[Term, ...]
    indices: tuple[Index, ...]
    sizes: tuple[str, ...]
    functions: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    constants: tuple[float, ...] = ()


class Domain(NamedTuple):
    """Where points are to be drawn.

    moving: what gets an increment: symbols, members or entries (None: everything).
    given: properties of holes, over those of symbols. sizes: those that are not to be drawn.
    free: whether increments may leave the structure of their variable.
    turn: a factor of the increments of complex variables, which are else real (1 for the real part, 1j for the imaginary part);
    None for any direction. reach: far or near, where no other points will do.
    """

    leaves: Leaves
    moving: tuple[Term, ...] | None = None
    definitions: Mapping[Term, Term] = {}
    functions: Mapping[str, Any] = {}
    given: Mapping[Term, tuple[str, ...]] = {}
    sizes: Mapping[str, int] = {}
    free: bool = False
    turn: complex | None = None
    reach: str = ""


def leaves_of(terms: Iterable[Term], definitions: Mapping[Term, Term] = {}, functions: Mapping[str, Any] = {}) -> Leaves:
    """The leaves of terms, of the definitions they use and of their functions' definitions."""
    symbols: dict[Term, None] = {}
    indices: dict[Index, None] = {}
    dims: dict[Dim, None] = {}
    names: dict[str, None] = {}
    constants: dict[float, None] = {}
    seen: dict[Term | None, set[Term]] = {}
    waiting: list[tuple[Term, Term | None]] = [(term, None) for term in terms]  # with the argument of the function whose body it is
    while waiting:
        term, argument = waiting.pop()
        for part in term.walk(seen.setdefault(argument, set())):
            if part is argument:
                continue
            dims.update(dict.fromkeys(dims_of(part)))
            if is_constant(part):
                constants[constant_value(part)] = None
            if part in definitions:
                waiting.append((definitions[part], None))
            elif type(part) in (Symbol, Hole):
                symbols[part] = None
            elif type(part) is Index:
                indices[part] = None
            elif type(part) in CALLS:
                names[part.function] = None
                waiting.extend([functions[part.function][::-1]] if part.function in functions else [])
    sizes = dict.fromkeys(name for dim in dims for name in dim.names)
    own = [dim.integer for leaf in (*symbols, *indices) for dim in dims_of(leaf)]
    numbers = sorted({number for number in own if number is not None})
    return Leaves(tuple(symbols), tuple(indices), tuple(sizes), tuple(names), tuple(numbers), tuple(constants))


def constant_value(term: Term) -> float:
    """The value of a scalar that is made of numbers alone; 0 where it has none."""
    if type(term) is Number:
        return float(abs(term.value))
    try:
        with np.errstate(all="ignore"):
            value = complex(Point({}).of(term))
    except (ValueError, LookupError, TypeError, ArithmeticError, IndexError):
        return 0.0
    return abs(value) if np.isfinite(value) else 0.0


def dims_of(term: Term) -> list[Dim]:
    """The dimensions that a node mentions."""
    found = [*term.shape]
    for name, kind in term.field_kinds.items():
        what = term.__dict__[name]
        if kind == "Dim":
            found.append(what)
        elif kind == "Index":
            found += [what.first, what.last]
        elif kind == "tuple[Dim, Dim] | None" and what:
            found += what
    return found


def points(domain: Domain, seed: int = 20) -> Iterator[Point]:
    """Points of a domain, each with other sizes; the same ones for the same seed."""
    rng = Generator(seed)
    plans = Plans()
    for drawing in drawings(domain.leaves.constants, domain.reach):
        try:
            yield draw(domain, rng, drawing, plans)
        except (Unsuitable, np.linalg.LinAlgError):
            continue


def example(symbols: Iterable[Term], sizes: Mapping[str, int] | None = None, rng: Generator | None = None, **domain: Any) -> Point:
    """One random point for these leaves, with increments; sizes that are not given are drawn."""
    rng = rng if rng is not None else Generator(0)
    return draw(Domain(leaves_of(symbols), sizes=sizes or {}, **domain), rng, Drawing(plain))


def draw(domain: Domain, rng: Generator, drawing: Drawing, plans: Plans | None = None) -> Point:
    """One point. plans: what is known of terms at all points of the domain."""
    drawn = draw_sizes(domain.leaves.sizes, rng, drawing.smallest)
    point = Point({}, {}, {**drawn, **domain.sizes}, {}, {}, domain.definitions, stand_ins(domain.leaves.numbers, rng), plans=plans or Plans())
    point.has_size_one = 1 in [size for name, size in drawn.items() if name not in domain.sizes]
    if point.has_size_one and any(getattr(leaf, "has", bool)("label") for leaf in domain.leaves.symbols):
        raise Unsuitable("one class alone")
    for index in domain.leaves.indices:
        first, last = point.size(index.first), point.size(index.last)
        if last < first:
            raise Unsuitable("an index has no value")
        point.indices[index] = int(rng.integers(first, last + 1))
    for name in domain.leaves.functions:
        known = name in domain.functions
        point.functions[name] = domain.functions[name] if known else abstract_function(rng, drawing.manner is not plain)
    scales = draw_scales(domain, rng, drawing)
    for leaf in domain.leaves.symbols:
        names = domain.given.get(leaf, ()) + getattr(leaf, "properties", ())
        value = draw_leaf(leaf, names, point, rng, drawing.manner)
        point.values[leaf] = value if scales[leaf] == 1 else scales[leaf] * value
    for leaf in moving_leaves(domain):
        change = draw_increment(leaf, domain, point, rng)
        reach = scales[leaf] if drawing.manner is not near_one else 0.02
        point.increments[leaf] = change if reach == 1 else reach * change
    return point


def draw_scales(domain: Domain, rng: Generator, drawing: Drawing) -> dict[Term, float]:
    """How large each leaf is to be; what was declared may leave no choice."""
    symbols = domain.leaves.symbols
    if len(drawing.scales) == 1:
        return dict.fromkeys(symbols, drawing.scales[0])
    common = float(rng.choice(drawing.scales))
    drawn = {leaf: common if drawing.alike else float(rng.choice(drawing.scales)) for leaf in symbols}
    for leaf in symbols:
        names = properties.closure(domain.given.get(leaf, ()) + getattr(leaf, "properties", ()))
        if not all(properties.PROPERTIES[name].scales for name in names) or getattr(leaf, "name", "") in domain.leaves.sizes:
            drawn[leaf] = 1.0
    return drawn


def draw_sizes(names: Sequence[str], rng: Generator, smallest: int) -> dict[str, int]:
    """Small sizes, different for different names."""
    pool = rng.permutation(range(smallest, smallest + max(4, len(names))))
    return {name: int(size) for name, size in zip(names, pool, strict=False)}


def stand_ins(numbers: Sequence[int], rng: Generator) -> dict[int, int]:
    """Small sizes for large ones, in the same order, and for the products and sums that operations make of them.

    What holds for a thousand columns is tried with a dozen. Where two meanings of one number would part, the sizes stay: 32 may be a
    size of its own or 2⁵.
    """
    small = [number for number in numbers if number <= LARGE]
    if any(is_made_of(number, [other for other in numbers if 1 < other < number]) for number in numbers[len(small) :]):
        return {}
    chosen: dict[int, int] = dict(zip(small, small, strict=True))
    last = max([*small, 2]) if len(small) < len(numbers) else 0
    for number in numbers[len(small) :]:
        last = chosen[number] = last + int(rng.integers(1, 3))
    result = dict(chosen)
    for a in chosen:
        for b in chosen:
            for made, stand_in in ((a * b, chosen[a] * chosen[b]), (a + b, chosen[a] + chosen[b])):
                if result.setdefault(made, stand_in) != stand_in:
                    return {}
    return result if last else {}


def is_made_of(number: int, factors: Sequence[int]) -> bool:
    """Whether a number is a product of three or more of these factors; of two is looked after by `stand_ins`."""

    def parts(rest: int, count: int) -> bool:
        return (rest == 1 and count > 2) or any(rest % factor == 0 and parts(rest // factor, count + 1) for factor in factors)

    return parts(number, 0)


def draw_leaf(leaf: Term, names: tuple[str, ...], point: Point, rng: Generator, manner: Manner) -> Any:
    """A value for a symbol or hole: a number, a matrix or, for a family, an array of members."""
    name = getattr(leaf, "name", "")
    if leaf.is_scalar and name in point.sizes:
        return point.sizes[name]
    cards = [properties.PROPERTIES[card] for card in properties.closure(names)]

    def one() -> Any:
        rows, columns = leaf_shape(leaf, point)
        entries = properties.random_entries(np, rng, rows, columns, "complex" in properties.closure(names))
        return properties.shaped(np, manner(entries), cards)

    count = family_size(leaf, point)
    return packed(leaf, one()) if count is None else np.array([packed(leaf, one(), True) for _ in range(count)])


def leaf_shape(leaf: Term, point: Point) -> tuple[int, int]:
    rows, columns = (point.size(dim) for dim in leaf.shape)
    if rows < 1 or columns < 1:
        raise Unsuitable("a size is not positive")
    return rows, columns


def family_size(leaf: Term, point: Point) -> int | None:
    """How many members a family has; None for a single leaf."""
    bounds = getattr(leaf, "family", None)
    return None if bounds is None else point.size(bounds[1]) - point.size(bounds[0]) + 1


def packed(leaf: Term, matrix: Any, member: bool = False) -> Any:
    """A matrix as values hold it: a scalar as a number; a vector in a family one-dimensional."""
    if member and getattr(leaf, "kind", "") == "vector":
        return matrix[:, 0]
    return matrix[0, 0] if leaf.is_scalar else matrix


def moving_leaves(domain: Domain) -> tuple[Term, ...]:
    """The leaves that get an increment: with an entry or a member all of its array."""
    if domain.moving is None:
        return domain.leaves.symbols
    wanted = [part for term in domain.moving for part in (term, *term.children[:1])]
    return tuple(leaf for leaf in domain.leaves.symbols if leaf in wanted)


def draw_increment(leaf: Term, domain: Domain, point: Point, rng: Generator) -> Any:
    """A random change of a leaf that keeps what was declared of it."""
    names = domain.given.get(leaf, ()) + getattr(leaf, "properties", ())
    change = draw_change(leaf, tuple(name for name in names if name == "complex" or not domain.free), point, rng)
    return domain.turn * change.real if domain.turn is not None and np.iscomplexobj(change) else change


def draw_change(leaf: Term, names: tuple[str, ...], point: Point, rng: Generator) -> Any:
    """A random change of a leaf that keeps these properties."""
    value, count = point.values[leaf], family_size(leaf, point)
    if count is None:
        return packed(leaf, properties.tangent(np, rng, np.reshape(value, leaf_shape(leaf, point)), names))
    shape = leaf_shape(leaf, point)
    members = [properties.tangent(np, rng, np.reshape(member, shape), names) for member in value]
    return np.array([packed(leaf, member, True) for member in members])


def abstract_function(rng: Generator, rising: bool) -> Callable[[int, Any], Any]:
    """A smooth function, entry by entry, with its derivatives of every order; `rising` ones are positive and increase."""
    a, b, c, s, t = rng.uniform(0.5, 1.2, 5)
    c = 0.0 if rising else c

    def function(order: int, of: Any) -> Any:
        return a * b**order * np.exp(b * of) + c * s**order * np.sin(s * of + t + order * np.pi / 2)

    return function
