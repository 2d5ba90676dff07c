"""From a term to a Python expression: each operation as its card computes it, traced; leaves and indices by their names."""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.errors import NotDerivable
from derivtex.operations.arithmetic import Number
from derivtex.operations.calculus import Differential
from derivtex.operations.leaves import Index, Symbol
from derivtex.problem import FunctionDefinition
from derivtex.shapes import Dim
from derivtex.terms import Operation, Term
from derivtex.writing.naming import Naming, identifier
from derivtex.writing.tracing import ArrayModule, Level, Traced, as_text

PLACES = ("index", "row", "column")
REPEATED = {r"\sum": "sum({body} for {index} in {range})", r"\prod": "np.prod([{body} for {index} in {range}])"}


def traced(term: Operation, values: list[object]) -> object:
    """What the card computes, or the library's routine for it."""
    if term.program is not None:
        return term.program(ArrayModule(), Traced("scipy"), *values)
    return Traced(term.routine)(*values) if term.routine else term.number(ArrayModule(), *values)


class Expressions:
    """Writes expressions, and keeps what they need from outside.

    parameters: leaves by their name in the code. callables: the names of functions left abstract, by function and order.
    sizes: the names of sizes. Indices count from 0 in the code and from 1 on paper.
    """

    def __init__(self, naming: Naming, functions: Mapping[str, FunctionDefinition]):
        self.naming, self.functions = naming, functions
        self.parameters: dict[str, Term] = {}
        self.callables: dict[tuple[str, int], str] = {}
        self.sizes: dict[str, str] = {}
        self.bound: list[Index] = []
        self.known: dict[Term, Traced] = {}

    def value(self, term: Term) -> Traced:
        """The code for a term."""
        if isinstance(term, Symbol):
            return self.leaf(term)
        if isinstance(term, Index):
            return Traced(f"{self.index(term)} + 1", Level.SUM)
        if isinstance(term, Differential):
            return self.change(term)
        if isinstance(term, Operation):
            return self.call(term) if hasattr(term, "function") else self.operation(term)
        raise NotDerivable(f"there is no NumPy code for a {type(term).__name__.lower()}")

    def leaf(self, leaf: Symbol) -> Traced:
        """What is handed in."""
        name = self.naming.of(leaf, leaf.name)
        self.parameters.setdefault(name, leaf)
        return Traced(name)

    def index(self, index: Index) -> str:
        """The name of an index; a free one is handed in."""
        name = self.naming.of(index.name, index.name)
        if index not in self.bound:
            self.parameters.setdefault(name, index)
        return name

    def change(self, term: Differential) -> Traced:
        """The differential of a variable, which is handed in."""
        if not self.naming.knows(term):
            raise NotDerivable("the result contains the differential of more than a variable: there is no NumPy code for it")
        name = self.naming.of(term, "")
        self.parameters.setdefault(name, term.of)
        return Traced(name)

    def call(self, term: Operation) -> Traced:
        """A function that the author named: its definition if it has one, else a callable that is handed in."""
        order = getattr(term, "order", 0)
        known = self.functions.get(term.function)
        if known is not None and order == 0:
            return self.value(known.body.replace({known.argument: term.of}))
        prefix = {0: "", 1: "d"}.get(order, f"d{order}")
        name = self.callables.setdefault((term.function, order), prefix + identifier(term.function))
        return Traced(name)(self.value(term.of))

    def operation(self, term: Operation) -> Traced:
        """An operation as its card computes it, or by the library's routine for it."""
        values: list[object] = []
        for name, kind in term.field_kinds.items():
            part = term.__dict__[name]
            if kind == "Index":
                return self.repeated(term, part)
            if kind == "Dim":
                values.append(self.size(part))
            elif kind == "Terms":
                values.extend(map(self.value, part))
            elif kind == "Term":
                values.append(self.place(term, part) if name in PLACES else self.value(part))
        try:
            found = traced(term, values)
        except (TypeError, AttributeError, ValueError) as error:
            raise NotDerivable(f"there is no NumPy code for the {type(term).__name__.lower()}") from error
        return found if isinstance(found, Traced) else Traced(as_text(found), Level.SIGN if str(found)[0] == "-" else Level.ATOM)

    def repeated(self, term: Operation, index: Index) -> Traced:
        """A sum or product over an index."""
        self.bound.append(index)
        body, name = self.value(term.body), self.index(index)
        self.bound.pop()
        first, last = self.size(index.first - 1), self.size(index.last)
        span = f"range({last.text})" if index.first.integer == 1 else f"range({first.text}, {last.text})"
        return Traced(REPEATED[term.notation.mark].format(body=body.text, index=name, range=span))

    def place(self, term: Operation, part: Term) -> object:
        """Where an index stands among entries or members, from 0."""
        family = getattr(term.__dict__.get("family"), "family", None)
        first = family[0] if family else Dim.of(1)
        if isinstance(part, Index):
            name = Traced(self.index(part))
            shift = first - 1
            return name if not shift else name - self.size(shift)
        if isinstance(part, Number) and first.integer is not None:
            return int(part.value) - first.integer
        return self.value(part) - self.size(first)

    def size(self, dim: Dim) -> Traced:
        """The code for a size."""
        total: Traced | None = None
        for names, factor in dim:
            monomial: Traced | None = None
            for name in names:
                part = self.size_name(name)
                monomial = part if monomial is None else monomial * part
            part = self.literal(factor) if monomial is None else monomial if factor == 1 else self.literal(factor) * monomial
            total = part if total is None else total + part
        return Traced("0") if total is None else total

    def literal(self, value: int) -> Traced:
        return Traced(str(value), Level.ATOM if value >= 0 else Level.SIGN)

    def size_name(self, latex: str) -> Traced:
        name = self.naming.of(latex, latex)
        if name not in self.parameters:
            self.sizes.setdefault(latex, name)
        return Traced(name)
