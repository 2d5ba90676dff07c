"""Five lines that a reader can run: random data, the function, the derivative, and the difference from a difference quotient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Determinant, Log, Symbol
from derivtex.operations.elementwise import Abs
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.steps import Derivation
from derivtex.writing.code.documentation import Documentation
from derivtex.writing.code.drawn import WIDEST, arrays, dims_of, inverted_in, needed_for, of_full_rank, sizes_named
from derivtex.writing.code.naming import identifier
from derivtex.writing.code.program import argument_names, source
from derivtex.writing.code.wrapping import in_lines

NOTHING = Documentation("f", "", "", ())


class Called(NamedTuple):
    """What the lines call the function, its derivative, the direction and the source of random numbers: names that no data have."""

    f: str
    g: str
    h: str
    rng: str


FREE = Called("f phi objective", "g gradient derivative", "h delta direction", "rng random chance")


def check_of(derivation: Derivation, value: Term | None = None) -> str:
    """The lines for a derivative; empty where it cannot be checked in a few lines (complex numbers, families, functions left open).

    value: what the variable is at a stationary point, where that is to be checked instead.
    """
    try:
        return "\n".join(line for statement in lines_for(derivation, value) for line in in_lines(statement, WIDEST))
    except (DerivtexError, ValueError):
        return ""


def lines_for(derivation: Derivation, value: Term | None = None) -> list[str]:
    """The imports, sizes, data, functions, and the difference."""
    variable = variable_of(derivation)
    target = target_of(derivation)
    leaves = leaves_in(derivation)
    known = {name for name, leaf in leaves.items() if leaf not in {each.name for each in derivation.problem.definitions}}
    known |= {identifier(name) for leaf in leaves.values() for dim in dims_of(leaf) for name in dim.names}
    called = Called(*(next(name for name in names.split() if name not in known) for names in FREE))
    f = function(called.f, target)
    found = derivation if value is None else replace(derivation, result=value, where=(), let=(), derivative=None)
    g = function(called.g, found, value is not None)
    x = next(name for name, leaf in leaves.items() if leaf is variable)
    drawn = drawn_names([*f[0], *g[0]], leaves, x) + [x] * (value is None)
    flat = [f"{name} = np.ravel({name})" for name in drawn if name != x]  # of one row: once for the data, which no function may bind again
    flat = [line for line in flat if line in (*f[1], *g[1])]
    f, g = ((names, [line for line in statements if line not in flat]) for names, statements in (f, g))
    larger = (*inverted_in(derivation.unfolded if value is None else opened(value, derivation)), *of_full_rank(derivation.assumptions))
    functions = [*defined(called.f, f[1], x), *(defined(called.g, g[1], x) if value is None else solved_for(x, g[1]))]
    own = sizes_named(variable, functions) if value is not None else []
    sizes, data = arrays({name: leaves[name] for name in drawn}, larger, needed_for(target.result, derivation.problem), own, called.rng)
    return [
        "import numpy as np",
        *(["import scipy.linalg"] if any("scipy." in line for line in functions) else []),
        f"{called.rng} = np.random.default_rng(0){'; ' + sizes if sizes else ''}",
        *data,
        *flat,
        *functions,
        *in_width(difference(derivation, x, variable, called) if value is None else flatness(x, variable, called)),
    ]


def opened(value: Term, derivation: Derivation) -> Term:
    """A value with what the names of its author stand for: in P = Z(ZᵀZ)⁻¹Zᵀ a matrix is inverted as well."""
    bodies = {each.name.name: each.body for each in derivation.problem.definitions if each.name is not derivation.problem.target}
    for _ in range(len(bodies)):
        value = value.map(lambda part: bodies.get(part.name) if isinstance(part, Symbol) else None)
    return value


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
    f, _, h, rng = called
    direction = "1.0" if variable.is_scalar else f"{rng}.normal(size={x}.shape)"
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


def difference(derivation: Derivation, x: str, variable: Term, called: Called) -> str:
    """What is printed: the largest difference along a random direction."""
    assert derivation.derivative is not None
    form, (f, g, h, rng) = derivation.derivative.form, called
    scalar = variable.is_scalar
    structured = isinstance(variable, Symbol) and any(variable.has(name) for name in ("symmetric", "posdef", "psd", "diagonal"))
    if form == "hessian" and structured:
        raise ValueError("its entries are bound")
    direction = "1.0" if scalar else f"{rng}.normal(size={x}.shape)"
    direction = f"{direction}; {h} = {h} + {h}.T" if structured and not (isinstance(variable, Symbol) and variable.has("diagonal")) else direction
    if structured and isinstance(variable, Symbol) and variable.has("diagonal"):
        direction = f"np.diag({rng}.normal(size=len({x})))"
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
