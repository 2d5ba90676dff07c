"""From a derivation to a function in a language: a statement for each name, the result at the end.

The tree of the result is the same for every language; how it is spelled is in `targets`. Vectors are flat, as they come and go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from derivtex.core.errors import UsageError
from derivtex.core.shapes import Dim
from derivtex.core.terms import Operation, Term
from derivtex.derivation.moves import own_names
from derivtex.operations.leaves import Symbol
from derivtex.problem import FunctionDefinition
from derivtex.steps import Derivation
from derivtex.writing.code import arrays
from derivtex.writing.code.calls import call
from derivtex.writing.code.documentation import Argument, Documentation, documentation
from derivtex.writing.code.expressions import Expressions
from derivtex.writing.code.naming import Naming
from derivtex.writing.code.nodes import Node, dotted, literal, name
from derivtex.writing.code.order import ordered, with_bodies
from derivtex.writing.code.sharing import Statement, shared, solved
from derivtex.writing.code.slopes import with_slopes_handed_in
from derivtex.writing.code.targets import TARGETS

MAKING_COMPLEX = frozenset(("np.linalg.eig", "np.linalg.eigvals", "scipy.linalg.sqrtm", "scipy.linalg.logm", "scipy.linalg.fractional_matrix_power"))
UNTELLING = ("sum", "product", "transpose", "hadamard", "entrypower", "inner", "diag", "sumover", "entry", "member", "block")


class Program(NamedTuple):
    """A function without a language: its name, arguments, statements, what it returns, and what is said about it."""

    head: str
    arguments: tuple[Argument, ...]
    statements: tuple[Statement, ...]
    result: Node
    documentation: Documentation


def source(derivation: Derivation, language: str = "numpy", told: Documentation | None = None, by_solving: bool = False) -> str:
    """The source of a function that computes the result. told: what is said of it, where it is not what a derivation computes.
    by_solving: whether a product with an inverse is always computed by elimination.

    Raises UsageError for a language that is not known, NotDerivable for what it cannot express.
    """
    if language not in TARGETS:
        raise UsageError(f"there is no language {language}", way_out=f"there are {', '.join(TARGETS)}")
    target = TARGETS[language]()
    return target.source(program(derivation, told, by_solving))


def numpy_source(derivation: Derivation) -> str:
    """The source of a NumPy function that computes the result. Raises NotDerivable for what NumPy code cannot express."""
    return source(derivation)


def argument_names(derivation: Derivation) -> dict[str, str]:
    """The ASCII name of every symbol, by its LaTeX; of the differential of a variable, dX, when the result contains it."""
    return Naming(derivation).public


def program(derivation: Derivation, told: Documentation | None = None, by_solving: bool = False) -> Program:
    """The function for a derivation."""
    problem = derivation.problem
    result, definitions = with_bodies(derivation.result, [*problem.definitions, *derivation.let, *derivation.where], own_names(derivation))
    result, definitions = with_slopes_handed_in(result, definitions)
    result, *bodies = ordered([result, *(known.body for known in definitions)])
    code = Code(Naming(derivation), dict(zip((known.name for known in definitions), bodies, strict=True)), problem.functions)
    value = returned(derivation, code.value(result))
    statements = solved(real([*code.statements, ("", value)], code.parameters.values()), by_solving)
    *named, (_, end) = shared(statements, code.naming.fresh, code.hints)
    sizes, unknown = size_statements(code, {node for _, root in (*named, ("", end)) for node in root.walk()})
    arguments = [Argument(known, leaf) for known, leaf in code.parameters.items()]
    arguments += [Argument(known, None) for known in dict.fromkeys([*code.callables.values(), *unknown])]
    told = told or documentation(derivation)
    return Program(told.head, tuple(arguments), (*conversions(code), *sizes, *named), end, told)


def real(statements: list[Statement], leaves: Iterable[Term]) -> list[Statement]:
    """The statements without conjugates and real parts, where nothing can be complex."""
    nodes = {node for _, root in statements for node in root.walk()}
    routines = {dotted(node.parts[0]) for node in nodes if node.kind == "call"}
    if any(isinstance(leaf, Symbol) and leaf.has("complex") for leaf in leaves) or routines & MAKING_COMPLEX or any(
        node.kind == "literal" and node.parts[0].endswith("j") or node.kind == "attribute" and node.parts[1] in ("real", "imag") for node in nodes
    ):  # fmt: skip
        return statements
    done: dict[Node, Node] = {}

    def straight(node: Node) -> Node:
        if node not in done:
            plain = node.kind == "call" and dotted(node.parts[0]) in ("np.conj", "np.real")
            done[node] = straight(node.part(1)) if plain else node.rebuild(straight)
        return done[node]

    return [(known, straight(node)) for known, node in statements]


def returned(derivation: Derivation, value: Node) -> Node:
    """The result as it leaves: a vector flat, unless its variable was declared as a matrix."""
    result = derivation.result
    column = not result.is_scalar and result.shape[1].integer == 1
    if column and not any(getattr(variable, "kind", "") == "matrix" for variable in derivation.problem.wrt):
        return call(arrays.attribute(name("np", None), "ravel"), value)
    return value


class Code(Expressions):
    """The statements of one function: every name that the author or derivtex defined gets a line of its own."""

    def __init__(self, naming: Naming, bodies: dict[Term, Term], functions: Mapping[str, FunctionDefinition]):
        super().__init__(naming, functions)
        self.bodies = bodies
        self.statements: list[Statement] = []
        self.hints: dict[Node, str] = {}

    def made(self, term: Term) -> Node:
        value = super().made(term)
        card = type(term).__name__.lower()
        if isinstance(term, Operation) and card not in UNTELLING and arrays.flat(value).kind in ("call", "infix", "item"):
            self.hints.setdefault(arrays.flat(value), card)
        return value

    def leaf(self, leaf: Symbol) -> Node:
        if leaf not in self.bodies:
            return super().leaf(leaf)
        value = self.value(self.bodies[leaf])
        inner = arrays.flat(value)
        if any(self.index(index) in inner.walk() for index in self.bound):
            return value  # it changes with the index of a sum: it has no one value
        known = name(self.naming.of(leaf, leaf.name), inner.rank)
        if inner is not known:
            self.statements.append((known.parts[0], inner))
        return known if inner is value else Node(value.kind, known, rank=2)


def conversions(code: Code) -> list[Statement]:
    """Statements that make a row flat."""
    ravel = arrays.attribute(name("np", None), "ravel")
    return [
        (known, Node("call", ravel, name(known, 2), rank=1))
        for known, leaf in code.parameters.items()
        if isinstance(leaf, Symbol) and leaf.family is None and leaf.kind == "row"
    ]


def size_statements(code: Code, used: set[Node]) -> tuple[list[Statement], list[str]]:
    """Statements that take the sizes that are used from the arguments, and the names of those that no argument tells."""
    lines: list[Statement] = []
    unknown = []
    for latex, known in code.sizes.items():
        if name(known, 0) not in used or known in code.parameters:
            continue  # a number that is also a size comes as an argument
        found = next((told for given, leaf in code.parameters.items() if (told := told_by(given, leaf, latex))), None)
        if found is not None:
            lines.append((known, found))
        else:
            unknown.append(known)
    return lines, unknown


def told_by(known: str, leaf: Term, size: str) -> Node | None:
    """Where an argument's shape has this size; nothing where it has not."""
    if not isinstance(leaf, Symbol) or leaf.kind == "scalar" and leaf.family is None:
        return None
    wanted, first = Dim.of(size), 0
    rank = {"scalar": 0, "matrix": 2}.get(leaf.kind, 1) + (leaf.family is not None)
    if leaf.family is not None:
        if leaf.family[1] - leaf.family[0] + 1 == wanted:
            return arrays.size(name(known, rank), literal(0))
        first = 1
    for axis, dim in enumerate(leaf.size):
        if dim == wanted:
            return arrays.size(name(known, rank), literal(first + (axis if leaf.kind == "matrix" else 0)))
    return None
