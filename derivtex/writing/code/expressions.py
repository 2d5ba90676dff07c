"""From a term to the traced tree: each operation as its card computes it; leaves and indices by their names."""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.calculus.application import applied
from derivtex.calculus.arithmetic import product
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import Dim
from derivtex.core.terms import Operation, Term
from derivtex.exchange.scalar_calculus import derivative
from derivtex.operations.arithmetic import EntryPower, Number
from derivtex.operations.calculus import Differential
from derivtex.operations.elementwise import Call, Log
from derivtex.operations.equations import FixedPoint
from derivtex.operations.leaves import Index, Symbol
from derivtex.operations.matrix import Inverse
from derivtex.operations.openfunctions import OfOpenFunction
from derivtex.operations.sums import conditions_of, relation
from derivtex.problem import FunctionDefinition
from derivtex.rewriting.conditions import holds, is_symmetric
from derivtex.rewriting.normal_form import is_real
from derivtex.writing.code import arrays
from derivtex.writing.code.batches import summed
from derivtex.writing.code.calls import call
from derivtex.writing.code.naming import Naming, identifier
from derivtex.writing.code.nodes import DEFINITE, ONE, ZERO, Node, is_inverse, literal, name
from derivtex.writing.code.tracing import ArrayModule, Traced, as_node, library

PLACES = ("index", "row", "column")
REPEATED = {r"\sum": "sum", r"\prod": "prod"}
RANKS = {"scalar": 0, "vector": 1, "row": 1, "matrix": 2}


def traced(term: Operation, values: list[object]) -> object:
    """What the card computes, or the library's routine for it."""
    special = getattr(term, "symmetric_program", None)
    if special is not None and is_real(term.children[0]) and is_symmetric(term.children[0]):
        return special(ArrayModule(), *values)
    if term.program is not None:
        return term.program(ArrayModule(), library("scipy"), *values)
    if term.routine:
        return routine(term.routine)(*values)
    return term.number(ArrayModule(), *values)


def routine(path: str) -> Traced:
    """A function by its full name."""
    first, *rest = path.split(".")
    found = library(first)
    for part in rest:
        found = getattr(found, part)
    return found


def shaped(node: Node, term: Term) -> Node:
    """The node with the axes that its term has: none for a scalar, two for the rest, of which one may be flat."""
    if term.is_scalar:
        return node if node.rank == 0 else arrays.item(node, ZERO, ZERO) if node.rank == 2 else node.ranked(0)
    if node.rank == 1:
        return arrays.column(node) if term.shape[1].integer == 1 else arrays.row(node)
    return node.ranked(2)


def marked(node: Node, term: Term) -> Node:
    """The call for the inverse of what is positive definite with a note of that, for whoever solves by it: it is as it is semidefinite."""
    definite = type(term) is Inverse and is_inverse(node) and holds("psd", term.of) and is_real(term)
    return Node("call", *node.parts, DEFINITE, rank=node.rank) if definite else node


class Expressions:
    """Makes the tree, and keeps what it needs from outside.

    parameters: leaves by their name in the code. callables: the names of functions left abstract, by function and order.
    sizes: the names of sizes. Indices count from 0 in the code and from 1 on paper.
    """

    def __init__(self, naming: Naming, functions: Mapping[str, FunctionDefinition]):
        self.naming, self.functions = naming, functions
        self.parameters: dict[str, Term] = {}
        self.callables: dict[tuple[str, int], str] = {}
        self.sizes: dict[str, str] = {}
        self.bound: list[Index] = []
        self.lengths: dict[Node, Node] = {}
        self.known: dict[Term, Node] = {}

    def value(self, term: Term) -> Node:
        """The tree for a term."""
        if term not in self.known:
            self.known[term] = self.made(term)
        return self.known[term]

    def made(self, term: Term) -> Node:
        if isinstance(term, Symbol):
            return self.leaf(term)
        if isinstance(term, Index):
            return arrays.infix("+", self.index(term), ONE)
        if isinstance(term, Differential):
            return self.change(term)
        if isinstance(term, FixedPoint):
            return self.fixed_point(term)
        if may_be_undefined(term):
            return self.choice(term)
        if isinstance(term, Operation):
            return shaped(self.call(term) if hasattr(term, "function") else self.operation(term), term)
        raise NotDerivable(f"there is no code for a {type(term).__name__.lower()}")

    def leaf(self, leaf: Symbol) -> Node:
        """What is handed in; a size that stands as a number in a formula is a size."""
        if leaf.is_scalar and leaf.family is None and leaf.has("integer") and not self.naming.knows(leaf):
            return self.size_name(leaf.name)
        known = self.naming.of(leaf, leaf.name)
        self.parameters.setdefault(known, leaf)
        return self.handed_in(known, leaf)

    def handed_in(self, known: str, leaf: Symbol) -> Node:
        """An argument: a vector is flat, a family has its index first."""
        rank = RANKS[leaf.kind]
        if leaf.family is not None:
            family = name(known, rank + 1)
            self.lengths[family] = self.size(leaf.family[1] - leaf.family[0] + 1)
            return family
        node = name(known, rank)
        if rank == 1:
            self.lengths[node] = self.size(leaf.size[leaf.kind == "row"])
        elif rank == 2:
            self.lengths[node] = self.size(leaf.size[0])
        if rank and leaf.is_scalar:
            return arrays.item(node, *(ZERO,) * rank)
        return {"vector": arrays.column, "row": arrays.row}.get(leaf.kind, lambda flat: flat)(node)

    def index(self, index: Index) -> Node:
        """The name of an index; a free one is handed in."""
        known = self.naming.of(index.name, index.name)
        if index not in self.bound:
            self.parameters.setdefault(known, index)
        return name(known, 0)

    def change(self, term: Differential) -> Node:
        """The differential of a variable, which is handed in."""
        if not self.naming.knows(term) or not isinstance(term.of, Symbol):
            raise NotDerivable("the result contains the differential of more than a variable: there is no code for it")
        known = self.naming.of(term, "")
        self.parameters.setdefault(known, term.of)
        return self.handed_in(known, term.of)

    def call(self, term: Operation) -> Node:
        """A function that the author named: its definition if it has one, else a callable that is handed in."""
        order = getattr(term, "order", 0)
        known = self.functions.get(term.function)
        if known is not None:
            return self.value(applied(derivative(known, order), known.argument, term.of))
        prefix = {0: "", 1: "d"}.get(order, f"d{order}")
        function = self.callables.setdefault((term.function, order), prefix + identifier(term.function))
        if not isinstance(term, OfOpenFunction):
            return call(name(function, None), self.value(term.of))
        rank = sum(dim.integer != 1 for dim in term.shape)
        made = Node("call", name(function, None), arrays.flat(self.value(term.of)), rank=rank)
        return made if rank != 1 else arrays.row(made) if term.shape[0].integer == 1 else arrays.column(made)

    def operation(self, term: Operation) -> Node:
        """An operation as its card computes it, or by the library's routine for it."""
        values: list[object] = []
        for field, kind in term.field_kinds.items():
            part = term.__dict__[field]
            if kind == "Index":
                return self.repeated(term, part)
            if kind == "Dim":
                values.append(Traced(self.size(part)))
            elif kind == "Terms":
                values.extend(Traced(self.value(each)) for each in part)
            elif kind == "Term":
                values.append(self.place(term, part) if field in PLACES else Traced(self.value(part)))
        try:
            return marked(as_node(traced(term, values)), term)
        except (TypeError, AttributeError, ValueError) as error:
            raise NotDerivable(f"there is no code for the {type(term).__name__.lower()}") from error

    def choice(self, term: Term) -> Node:
        """What a condition excludes is not computed, as at i = j the reciprocal of a distance is not."""
        first, *_ = conditions_of(term)
        value = self.value(product(tuple(factor for factor in term.factors if factor is not first)))
        flat, zeros = arrays.flat(value), as_node(library("np").zeros)
        sizes = [self.size(dim) for dim in term.shape]
        column = value.kind in arrays.SEEN
        if flat.rank == 0:
            zero = ZERO
        elif flat.rank == 1:
            zero = Node("call", zeros, sizes[value.kind == "row"], rank=1)
        else:
            zero = Node("call", zeros, Node("tuple", *sizes), rank=2)
        made = Node("choice", self.condition(first), flat, zero, rank=flat.rank)
        return Node(value.kind, made, rank=2) if column else made

    def condition(self, term: Term) -> Node:
        """Whether a condition on indices holds."""
        told = relation(term)
        assert told is not None
        left, right = (self.value(side) for side in told[1:])
        mark = {"=": "==", r"\ne": "!=", r"\le": "<="}.get(told[0], told[0])
        return arrays.made(mark, *unshifted(left, right))

    def repeated(self, term: Operation, index: Index) -> Node:
        """A sum or product over an index."""
        self.bound.append(index)
        body, at = self.value(term.body), self.index(index)
        self.bound.pop()
        first, last = self.size(index.first - 1), self.size(index.last)
        return summed(Node("repeat", REPEATED[term.notation.mark], body, at, first, last, rank=body.rank), self.lengths)

    def fixed_point(self, term: FixedPoint) -> Node:
        """What an equation fixes, by a solver."""
        if not term.is_scalar and term.shape[1].integer != 1:
            return self.fixed_matrix(term)
        rank = 0 if term.is_scalar else 1
        unknown = name(self.naming.of(term.unknown, term.unknown.name), rank)
        self.known[term.unknown] = unknown if term.is_scalar else arrays.column(unknown)
        residual = arrays.flat(arrays.infix("-", self.value(term.body), self.known[term.unknown]))
        start = literal(0.1) if term.is_scalar else call(as_node(library("np").zeros), self.size(term.shape[0]))
        solver = as_node(library("scipy").optimize.fsolve)
        values = (Node("lambda", "", residual, unknown), start, Node("named", "xtol", literal(1e-13)))
        solution = Node("call", solver, *values, rank=1)
        return arrays.item(solution, ZERO) if term.is_scalar else arrays.column(solution)

    def fixed_matrix(self, term: FixedPoint) -> Node:
        """A matrix that an equation fixes: the solver is handed its entries in a row."""
        numpy, rows, columns = library("np"), self.size(term.shape[0]), self.size(term.shape[1])
        entries = name(self.naming.of(term.unknown, term.unknown.name), 1)
        shape = Node("tuple", rows, columns)
        self.known[term.unknown] = Node("call", as_node(numpy.reshape), entries, shape, rank=2)
        residual = arrays.infix("-", self.value(term.body), self.known[term.unknown])
        start = call(as_node(numpy.eye), rows, columns)
        values = (Node("lambda", "", in_a_row(residual), entries), in_a_row(start), Node("named", "xtol", literal(1e-13)))
        solution = Node("call", as_node(library("scipy").optimize.fsolve), *values, rank=1)
        return Node("call", as_node(numpy.reshape), solution, shape, rank=2)

    def place(self, term: Term, part: Term) -> object:
        """Where an index stands among entries or members, from 0."""
        family = getattr(term.__dict__.get("family"), "family", None)
        first = family[0] if family else Dim.of(1)
        if isinstance(part, Index):
            shift, at = first - 1, self.index(part)
            return Traced(arrays.infix("-", at, self.size(shift)) if shift else at)
        if isinstance(part, Number) and first.integer is not None:
            return int(part.value) - first.integer
        return Traced(gathered(arrays.infix("-", self.value(part), self.size(first))))

    def size(self, dim: Dim) -> Node:
        """The tree for a size."""
        over = max((getattr(factor, "denominator", 1) for _, factor in dim), default=1)
        total: Node | None = None
        for names, factor in dim:
            monomial: Node | None = None
            for known in names:
                part = self.size_name(known)
                monomial = part if monomial is None else arrays.infix("*", monomial, part)
            number = literal(int(factor * over))
            part = number if monomial is None else arrays.infix("*", number, monomial)
            total = part if total is None else arrays.infix("+", total, part)
        total = ZERO if total is None else total
        return total if over == 1 else arrays.infix("//", total, literal(over))

    def size_name(self, latex: str) -> Node:
        known = self.naming.of(latex, latex)
        if known not in self.parameters:
            self.sizes.setdefault(latex, known)
        return name(known, 0)


def in_a_row(matrix: Node) -> Node:
    """The entries of a matrix, row by row."""
    return Node("call", as_node(library("np").ravel), matrix, rank=1)


def may_be_undefined(term: Term) -> bool:
    """Whether a product has a condition, and a factor that may have no value where it does not hold."""
    if not conditions_of(term):
        return False
    return any(
        type(part) in (Log, Inverse, Call) or (type(part) is EntryPower and not (type(part.exponent) is Number and part.exponent.value > 0))
        for part in term.walk()
    )


def gathered(of: Node) -> Node:
    """A place with its whole numbers together: i + 1 − 1 − 1 is i − 1."""
    base, shift = of, 0
    while base.kind == "infix" and base.parts[0] in ("+", "-") and base.part(2).kind == "literal" and str(base.part(2).parts[0]).isdigit():
        shift += int(base.part(2).parts[0]) * (1 if base.parts[0] == "+" else -1)
        base = base.part(1)
    return arrays.infix("+" if shift > 0 else "-", base, literal(abs(shift))) if shift else base


def unshifted(left: Node, right: Node) -> tuple[Node, Node]:
    """Two indices without the 1 by which both differ from how they count in the code."""
    if all(side.is_text("infix", "+") and side.parts[2] is ONE for side in (left, right)):
        return left.part(1), right.part(1)
    return left, right
