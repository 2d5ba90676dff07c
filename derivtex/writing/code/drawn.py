"""The numbers for the lines that a reader can run: sizes, and random arrays at which the function is defined."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from derivtex.core.shapes import Dim
from derivtex.core.terms import Term
from derivtex.derivation.definiteness import Definiteness
from derivtex.operations import Determinant, Entry, EntryPower, Inverse, Log, MatrixPower, Member, Number, Product, Symbol, Transpose
from derivtex.operations.elementwise import Abs
from derivtex.problem import Problem
from derivtex.rewriting.conditions import ASSUMED
from derivtex.steps import Sentence
from derivtex.writing.code.naming import identifier

FULL_RANK = ASSUMED["full column rank"], ASSUMED["full row rank"]
SMALLEST, LARGEST, WIDEST = 3, 60, 79


def dims_of(leaf: Symbol) -> tuple[Dim, ...]:
    """The sizes of a name; of a family with the number of its members."""
    return (*leaf.size, *(leaf.family or ())[1:])


class Needed(NamedTuple):
    """The names whose numbers have to be positive, and the matrices that have to be positive definite, for the function to have a value."""

    positive: set[Term]
    definite: set[Term]


def needed_for(target: Term, problem: Problem) -> Needed:
    """What logarithms and roots need. Raises ValueError for one of something else that may be negative."""
    bodies: dict[Term, Term] = {each.name: each.body for each in problem.definitions}
    found = Needed(set(), set())
    for part in {*target.walk(), *(inner for body in bodies.values() for inner in body.walk())}:
        named = part.of if isinstance(part, Log) else part.base if is_root(part) else None
        of = bodies.get(named, named) if named is not None else None
        if isinstance(of, (Member, Entry)) or type(of) is Symbol:
            found.positive.add(of.family if isinstance(of, Member) else of.of if isinstance(of, Entry) else of)
        elif of is not None and is_root(part) and (weight := weight_of(of)) is not None:
            found.definite.add(weight)
        elif of is not named and isinstance(of, Determinant) and type(of.of) is Symbol:
            found.definite.add(of.of)
        elif of is not None and not isinstance(of, (Determinant, Abs)) and not is_surely_positive(of):
            raise ValueError("its logarithm or root may not exist")
    return found


def is_root(term: Term) -> bool:
    return type(term) is EntryPower and term.base.is_scalar and type(term.exponent) is Number and term.exponent.value.denominator != 1


def weight_of(term: Term) -> Term | None:
    """The M of x^T M x, or of x^T M^{-1} x, where it is a name."""
    if type(term) is not Product or len(term.factors) != 3:
        return None
    before, weight, behind = term.factors
    weight = weight.of if type(weight) is Inverse else weight
    return weight if type(weight) is Symbol and weight.shape[0] == weight.shape[1] and before is Transpose(behind) else None


def is_surely_positive(term: Term) -> bool:
    """Whether the form shows that all entries are positive."""
    found = Definiteness().nonnegative(term)
    return found is not None and found.definite


def inverted_in(value: Term) -> Iterator[tuple[str, str]]:
    """Pairs of sizes of which the first has to be larger, as MᵀM of an m × n matrix is inverted, and AXB."""
    for part in value.walk():
        of = inverted(part)
        if type(of) is Product:
            outer = of.shape[0]
            for inner in (factor.shape[1] for factor in of.factors[:-1]):
                if len(outer.names) == len(inner.names) == 1 and outer != inner:
                    yield inner.names[0], outer.names[0]


def inverted(term: Term) -> Term | None:
    """What a term is the inverse of, or a negative power."""
    if type(term) is MatrixPower and type(term.exponent) is Number and float(term.exponent.value) < 0:
        return term.base
    return term.of if type(term) is Inverse else None


def of_full_rank(assumptions: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    """The same for what is assumed to have full column rank, or full row rank."""
    for each in assumptions:
        rows, columns = (dim.names for dim in each.terms[0].shape) if each.terms else ((), ())
        if len(rows) == len(columns) == 1 and rows != columns and each.words in FULL_RANK:
            yield (rows[0], columns[0]) if each.words == FULL_RANK[0] else (columns[0], rows[0])


def sizes_named(variable: Symbol, statements: list[str]) -> list[str]:
    """The sizes of the variable that the statements name: of an identity matrix that is the solution, no data tell them."""
    named = {node.id for node in ast.walk(ast.parse("\n".join(statements))) if isinstance(node, ast.Name)}
    return [name for dim in dims_of(variable) for name in dim.names if name in named]


def arrays(leaves: dict[str, Symbol], larger: tuple[tuple[str, str], ...], needed: Needed, own: list[str], rng: str) -> tuple[str, list[str]]:
    """The statement for the sizes and those for the data. larger: pairs of sizes of which the first is to be the larger one;
    own: sizes that no data have; rng: where random numbers come from."""
    dims = dict.fromkeys([*(name for leaf in leaves.values() for dim in dims_of(leaf) for name in dim.names), *own])
    for more, less in larger * len(larger):  # one that is moved may come before another again
        order = list(dims)
        if more in dims and less in dims and order.index(more) < order.index(less):
            order.remove(more)
            order.insert(order.index(less) + 1, more)
            dims = dict.fromkeys(order)
    taken = set(leaves)
    if any(not name.isidentifier() or name in taken for name in dims):
        raise ValueError("a size has no name of its own")
    sizes = f"{', '.join(map(identifier, dims))} = {', '.join(str(SMALLEST + at) for at in range(len(dims)))}" if dims else ""
    return sizes, assigned({name: value_of(leaf, needed, rng) for name, leaf in leaves.items()})


def assigned(values: dict[str, str]) -> list[str]:
    """`A, x = …, …`: as many names on a line as it has room for."""
    lines: list[dict[str, str]] = []
    for name, value in values.items():
        wider = {**lines[-1], name: value} if lines else {}
        if wider and len(", ".join(wider)) + len(", ".join(wider.values())) + 3 <= WIDEST:
            lines[-1] = wider
        else:
            lines.append({name: value})
    return [f"{', '.join(line)} = {', '.join(line.values())}" for line in lines]


def value_of(leaf: Symbol, needed: Needed, rng: str) -> str:
    """Random numbers for a symbol, with what was declared of it."""
    if leaf.kind == "scalar" and leaf.family is None:
        return "4" if leaf.has("integer") else f"{rng}.uniform(1, 2)"
    shape = [size_of(dim) for dim in leaf.size]
    shape = [*members(leaf), *shape[: {"scalar": 0, "vector": 1}.get(leaf.kind, 2)]]
    drawn = f"{rng}.normal(size={shape[0] if len(shape) == 1 else '(' + ', '.join(shape) + ')'})"
    if leaf in needed.positive or leaf.has("positive"):
        return drawn.replace("normal(", "uniform(1, 2, ")
    if leaf in needed.definite or any(map(leaf.has, ("posdef", "psd", "symmetric", "diagonal"))):
        one = f"np.diag({rng}.uniform(1, 2, size={shape[-1]}))" if leaf.has("diagonal") else f"np.cov({rng}.normal(size=({shape[-1]}, 99)))"
        return f"np.array([{one} for _ in range({shape[0]})])" if leaf.family is not None else one
    if any(map(leaf.has, ("ones", "zero", "identity", "orthogonal", "unit", "sum-one", "rows-one", "skew", "lower", "upper", "toeplitz"))):
        raise ValueError("its entries are bound")
    return drawn


def members(leaf: Symbol) -> list[str]:
    """How many members a family has, whose index counts from 1; of a single name nothing."""
    if leaf.family is None:
        return []
    if leaf.family[0].integer != 1:
        raise ValueError("its index does not begin at 1")
    return [size_of(leaf.family[1])]


def size_of(dim: Dim) -> str:
    if dim.integer is not None and dim.integer > LARGEST:
        raise ValueError("the arrays are large")
    over = max((getattr(factor, "denominator", 1) for _, factor in dim), default=1)
    terms = ["*".join([*([str(int(factor * over))] if factor * over != 1 or not names else []), *map(identifier, names)]) for names, factor in dim]
    whole = " + ".join(terms).replace("+ -", "- ") or "0"
    return whole if over == 1 else f"({whole})//{over}"


