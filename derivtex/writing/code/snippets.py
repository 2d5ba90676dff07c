"""Five lines that a reader can run: random data, the function, the derivative, and the difference from a difference quotient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.derivation.definiteness import Definiteness
from derivtex.operations import Determinant, Entry, Inverse, Log, Member, Product, Symbol
from derivtex.operations.elementwise import Abs
from derivtex.problem import Problem
from derivtex.rewriting.conditions import ASSUMED
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.steps import Derivation, Sentence
from derivtex.writing.code.documentation import Documentation
from derivtex.writing.code.program import argument_names, source

FULL_RANK = ASSUMED["full column rank"], ASSUMED["full row rank"]
SMALLEST, LARGEST, WIDEST = 3, 60, 79
NOTHING = Documentation("f", "", "", ())


class Called(NamedTuple):
    """What the lines call the function, its derivative and the direction: names that no data have."""

    f: str
    g: str
    h: str


FREE = Called("f phi objective", "g gradient derivative", "h delta direction")


def check_of(derivation: Derivation, value: Term | None = None) -> str:
    """The lines for a derivative; empty where it cannot be checked in a few lines (complex numbers, families, functions left open).

    value: what the variable is at a stationary point, where that is to be checked instead.
    """
    try:
        return "\n".join(lines_for(derivation, value))
    except (DerivtexError, ValueError):
        return ""


def lines_for(derivation: Derivation, value: Term | None = None) -> list[str]:
    """The imports, sizes, data, functions, and the difference."""
    variable = variable_of(derivation)
    target = target_of(derivation)
    leaves = leaves_in(derivation)
    known = {name for name, leaf in leaves.items() if leaf not in {each.name for each in derivation.problem.definitions}}
    called = Called(*(next(name for name in names.split() if name not in known) for names in FREE))
    f = function(called.f, target)
    found = derivation if value is None else replace(derivation, result=value, where=(), let=(), derivative=None)
    g = function(called.g, found, value is not None)
    x = next(name for name, leaf in leaves.items() if leaf is variable)
    drawn = drawn_names([*f[0], *g[0]], leaves, x) + [x] * (value is None)
    larger = (*inverted_in(derivation.answer if value is None else value), *of_full_rank(derivation.assumptions))
    sizes, data = arrays({name: leaves[name] for name in drawn}, larger, logged_in(target.result, derivation.problem))
    functions = [*defined(called.f, f[1], x), *(defined(called.g, g[1], x) if value is None else solved_for(x, g[1]))]
    return [
        "import numpy as np",
        *(["import scipy.linalg"] if any("scipy." in line for line in functions) else []),
        f"rng = np.random.default_rng(0){'; ' + sizes if sizes else ''}",
        *data,
        *functions,
        *in_width(difference(derivation, x, variable, called) if value is None else flatness(x, variable, called)),
    ]


def in_width(statements: str) -> list[str]:
    """Statements on one line, or each on its own where a page has no room for that."""
    return [statements] if len(statements) <= WIDEST else statements.split("; ")


def variable_of(derivation: Derivation) -> Symbol:
    """The one name that it is a derivative by. Raises ValueError where it is none by one."""
    problem, variable = derivation.problem, derivation.problem.wrt[0]
    if derivation.derivative is None or len(problem.wrt) > 1 or type(variable) is not Symbol or variable.family is not None or problem.functions:
        raise ValueError("it is no derivative by one name")
    return variable


def leaves_in(derivation: Derivation) -> dict[str, Symbol]:
    """The names of the problem by what the code calls them."""
    names = argument_names(derivation)
    return {names[latex]: leaf for latex, leaf in derivation.problem.symbols.items() if latex in names}


def drawn_names(arguments: Iterable[str], leaves: Mapping[str, Symbol], x: str) -> list[str]:
    """The arguments that data are drawn for: neither the variable nor a size of another. Raises ValueError where one is no plain array."""
    used = list(dict.fromkeys(arguments))
    known = [name for name in used if name in leaves]
    counted = {name for leaf in map(leaves.__getitem__, known) for dim in dims_of(leaf) for name in dim.names}
    if any(name not in leaves and name not in counted for name in used) or any(may_be_complex(leaves[name]) for name in known):
        raise ValueError("an argument is no plain array")
    return [name for name in known if name != x and name not in counted]


def dims_of(leaf: Symbol) -> tuple[Dim, ...]:
    """The sizes of a name; of a family with the number of its members."""
    return (*leaf.size, *(leaf.family or ())[1:])


def logged_in(target: Term, problem: Problem) -> set[Term]:
    """The names of which a logarithm is taken, whose numbers are drawn positive. Raises ValueError for that of something else that may be
    negative."""
    bodies: dict[Term, Term] = {each.name: each.body for each in problem.definitions}
    found: set[Term] = set()
    for part in {*target.walk(), *(inner for body in bodies.values() for inner in body.walk())}:
        of = bodies.get(part.of, part.of) if isinstance(part, Log) else None
        if isinstance(of, (Member, Entry)) or type(of) is Symbol:
            found.add(of.family if isinstance(of, Member) else of.of if isinstance(of, Entry) else of)
        elif of is not None and not isinstance(of, (Determinant, Abs)) and not is_surely_positive(of):
            raise ValueError("its logarithm may not exist")
    return found


def is_surely_positive(term: Term) -> bool:
    """Whether the form shows that all entries are positive."""
    found = Definiteness().nonnegative(term)
    return found is not None and found.definite


def target_of(derivation: Derivation) -> Derivation:
    """A derivation whose result is the target itself."""
    problem = derivation.problem
    body = problem.body(problem.target)
    value = (problem.target if body is None else body).map(log_of_size)
    return replace(derivation, result=value, where=(), let=(), derivative=None)


def log_of_size(term: Term) -> Term | None:
    """log |det M| for log det M, which has the same derivative, also where the numbers drawn make det M negative."""
    return Log(Abs(term.of)) if type(term) is Log and type(term.of) is Determinant else None


def solved_for(x: str, statements: list[str]) -> list[str]:
    """The variable set to the solution."""
    return [*statements[:-1], f"{x} = {statements[-1].removeprefix('return ')}"]


def flatness(x: str, variable: Term, called: Called) -> str:
    """What is printed at a stationary point: the slope along a random direction."""
    if isinstance(variable, Symbol) and any(variable.has(name) for name in ("diagonal", "orthogonal", "skew", "lower", "upper")):
        raise ValueError("its entries are bound")
    f, _, h = called
    direction = "1.0" if variable.is_scalar else f"rng.normal(size={x}.shape)"
    direction += f"; {h} = {h} + {h}.T" if isinstance(variable, Symbol) and (variable.has("symmetric") or variable.has("posdef")) else ""
    return f"{h} = {direction}; print(abs(({f}({x} + 1e-6 * {h}) - {f}({x} - 1e-6 * {h})) / 2e-6))"


def function(name: str, derivation: Derivation, by_solving: bool = False) -> tuple[list[str], list[str]]:
    """The arguments of a function, and its statements."""
    text = source(derivation, told=NOTHING._replace(head=name), by_solving=by_solving).splitlines()
    arguments = text[0][text[0].index("(") + 1 : text[0].rindex(")")].split(", ")
    start = next(at for at, line in enumerate(text[1:], 1) if line.strip().endswith('"""') and at > 1 or line.count('"""') == 2) + 1
    return [each for each in arguments if each], [line.strip() for line in text[start:] if line.strip()]


def defined(name: str, statements: list[str], x: str) -> list[str]:
    """A function of the variable: in a line where it is one."""
    if len(statements) == 1:
        return [f"{name} = lambda {x}: {statements[0].removeprefix('return ')}"]
    return [f"def {name}({x}):", *(f"    {line}" for line in statements)]


def inverted_in(value: Term) -> Iterator[tuple[str, str]]:
    """Pairs of sizes of which the first has to be larger, as MᵀM of an m × n matrix is inverted, and AXB."""
    for part in value.walk():
        if type(part) is Inverse and type(part.of) is Product:
            outer = part.of.shape[0]
            for inner in (factor.shape[1] for factor in part.of.factors[:-1]):
                if len(outer.names) == len(inner.names) == 1 and outer != inner:
                    yield inner.names[0], outer.names[0]


def of_full_rank(assumptions: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    """The same for what is assumed to have full column rank, or full row rank."""
    for each in assumptions:
        rows, columns = (dim.names for dim in each.terms[0].shape) if each.terms else ((), ())
        if len(rows) == len(columns) == 1 and rows != columns and each.words in FULL_RANK:
            yield (rows[0], columns[0]) if each.words == FULL_RANK[0] else (columns[0], rows[0])


def arrays(leaves: dict[str, Symbol], larger: tuple[tuple[str, str], ...], logged: set[Term]) -> tuple[str, list[str]]:
    """The statement for the sizes and those for the data. larger: pairs of sizes of which the first is to be the larger one; logged: the
    names whose numbers have to be positive."""
    dims = dict.fromkeys(name for leaf in leaves.values() for dim in dims_of(leaf) for name in dim.names)
    for more, less in larger:
        order = list(dims)
        if more in dims and less in dims and order.index(more) < order.index(less):
            order.remove(more)
            order.insert(order.index(less) + 1, more)
            dims = dict.fromkeys(order)
    taken = set(leaves)
    if any(not name.isidentifier() or name in taken for name in dims):
        raise ValueError("a size has no name of its own")
    sizes = f"{', '.join(dims)} = {', '.join(str(SMALLEST + at) for at in range(len(dims)))}" if dims else ""
    return sizes, assigned({name: value_of(leaf, leaf in logged) for name, leaf in leaves.items()})


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


def value_of(leaf: Symbol, positive: bool) -> str:
    """Random numbers for a symbol, with what was declared of it."""
    if leaf.kind == "scalar" and leaf.family is None:
        return "4" if leaf.has("integer") else "rng.uniform(1, 2)"
    shape = [size_of(dim) for dim in leaf.size]
    shape = [*members(leaf), *shape[: {"scalar": 0, "vector": 1}.get(leaf.kind, 2)]]
    drawn = f"rng.normal(size={shape[0] if len(shape) == 1 else '(' + ', '.join(shape) + ')'})"
    if positive or leaf.has("positive"):
        return drawn.replace("normal(", "uniform(1, 2, ")
    if any(map(leaf.has, ("posdef", "psd", "symmetric", "diagonal"))):
        one = f"np.diag(rng.uniform(1, 2, size={shape[-1]}))" if leaf.has("diagonal") else f"np.cov(rng.normal(size=({shape[-1]}, 99)))"
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
    return str(dim)


def difference(derivation: Derivation, x: str, variable: Term, called: Called) -> str:
    """What is printed: the largest difference along a random direction."""
    assert derivation.derivative is not None
    f, g, h = called
    form = derivation.derivative.form
    scalar = variable.is_scalar
    structured = isinstance(variable, Symbol) and any(variable.has(name) for name in ("symmetric", "posdef", "psd", "diagonal"))
    if form == "hessian" and structured:
        raise ValueError("its entries are bound")
    direction = "1.0" if scalar else f"rng.normal(size={x}.shape)"
    direction = f"{direction}; {h} = {h} + {h}.T" if structured and not (isinstance(variable, Symbol) and variable.has("diagonal")) else direction
    if structured and isinstance(variable, Symbol) and variable.has("diagonal"):
        direction = f"np.diag(rng.normal(size=len({x})))"
    quotient = f"({f}({x} + 1e-6 * {h}) - {f}({x} - 1e-6 * {h})) / 2e-6"
    if form == "gradient":
        turned = f"{g}({x}).T" if derivation.layout == "numerator" else f"{g}({x})"
        return f"{h} = {direction}; print(abs({quotient} - np.sum({turned} * {h})))"
    if form == "scalar":
        return f"{h} = {direction}; print(np.max(np.abs({quotient} - {g}({x}))))"
    flat = h if scalar or variable.shape[1] == ONE else f'np.ravel({h}, order="F")'
    if form == "hessian":
        second = f"({f}({x} + 1e-4 * {h}) - 2 * {f}({x}) + {f}({x} - 1e-4 * {h})) / 1e-8"
        form_at = f"{h} * {g}({x}) * {h}" if scalar else f"{flat} @ {g}({x}) @ {flat}"
        return f"{h} = {direction}; print(abs({second} - {form_at}))"
    return f'{h} = {direction}; print(np.max(np.abs(np.ravel({quotient}, order="F") - {g}({x}) @ {flat})))'
