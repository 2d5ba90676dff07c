"""From a derivation to a NumPy function: a statement for each name, the result at the end.

Inside the function everything that is no scalar is two-dimensional, as in the mathematics; vectors come and go one-dimensional.
"""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.operations.leaves import Index, Symbol
from derivtex.problem import FunctionDefinition
from derivtex.shapes import Dim
from derivtex.steps import Derivation
from derivtex.terms import Operation, Term
from derivtex.writing.expressions import Expressions
from derivtex.writing.naming import Naming
from derivtex.writing.tracing import Traced

FUNCTION_NAMES = {"gradient": "gradient", "scalar": "derivative", "jacobian": "jacobian", "vec": "jacobian", "hessian": "hessian"}
LONG = 12


def numpy_source(derivation: Derivation) -> str:
    """The source of a function that computes the result. Raises NotDerivable for what NumPy code cannot express."""
    problem = derivation.problem
    bodies: dict[Term, Term] = {known.name: known.body for known in (*problem.definitions, *derivation.let, *derivation.where)}
    code = Code(Naming(derivation), bodies, problem.functions, count_uses(derivation.result, bodies))
    value = code.value(derivation.result)
    head = FUNCTION_NAMES[derivation.derivative.form] if derivation.derivative is not None else "differential"
    sizes, unknown = size_lines(code)
    body = [*conversions(code), *sizes, *code.lines, f"return {returned(derivation, value)}"]
    parameters = ", ".join(dict.fromkeys([*code.parameters, *code.callables.values(), *unknown]))
    return "\n".join([f"def {head}({parameters}):", *(f"    {line}" for line in body)]) + "\n"


def argument_names(derivation: Derivation) -> dict[str, str]:
    """The ASCII name of every symbol, by its LaTeX; of the differential of a variable, dX, when the result contains it."""
    return Naming(derivation).public


def returned(derivation: Derivation, value: Traced) -> str:
    """The result as it leaves: a vector one-dimensional, unless its variable was declared as a matrix."""
    result = derivation.result
    column = not result.is_scalar and result.shape[1].integer == 1
    if column and not any(getattr(variable, "kind", "") == "matrix" for variable in derivation.problem.wrt):
        return f"np.ravel({value.text})"
    return value.text


class Code(Expressions):
    """The statements of one function: what has a name or is long and occurs more than once gets a line of its own."""

    def __init__(
        self, naming: Naming, bodies: dict[Term, Term], functions: Mapping[str, FunctionDefinition], uses: dict[Term, int]
    ):
        super().__init__(naming, functions)
        self.bodies, self.uses = bodies, uses
        self.lines: list[str] = []

    def value(self, term: Term) -> Traced:
        """The code for a term."""
        if term not in self.known:
            value = super().value(term)
            if self.uses.get(term, 0) > 1 and len(value.text) > LONG and isinstance(term, Operation) and not has_index(term):
                value = self.named(self.naming.fresh(part_name(term)), value)
            self.known[term] = value
        return self.known[term]

    def named(self, name: str, value: Traced) -> Traced:
        """A statement that gives the value a name."""
        if value.text != name:
            self.lines.append(f"{name} = {value.text}")
        return Traced(name)

    def leaf(self, leaf: Symbol) -> Traced:
        if leaf in self.bodies:
            return self.named(self.naming.of(leaf, leaf.name), self.value(self.bodies[leaf]))
        return super().leaf(leaf)


def has_index(term: Term) -> bool:
    """Whether the term depends on an index, so that it cannot stand outside the sum."""
    return any(type(part) is Index for part in term.walk())


def part_name(term: Operation) -> str:
    """A name for a part: that of its operation where it has a telling one."""
    return type(term).__name__.lower() if len(term.children) == 1 else "part"


def count_uses(result: Term, bodies: dict[Term, Term]) -> dict[Term, int]:
    """How often each part stands in the result and in the definitions that it uses, a part that is named counted once inside."""
    uses: dict[Term, int] = {result: 1}
    stack = [result]
    while stack:
        term = stack.pop()
        for part in (*term.children, *((bodies[term],) if term in bodies else ())):
            uses[part] = uses.get(part, 0) + 1
            if uses[part] == 1:
                stack.append(part)
    return uses


def conversions(code: Code) -> list[str]:
    """Statements that make a vector a column and a row a row."""
    shapes = {"vector": "(-1, 1)", "row": "(1, -1)"}
    return [
        f"{name} = np.reshape({name}, {shapes[leaf.kind]})"
        for name, leaf in code.parameters.items()
        if isinstance(leaf, Symbol) and leaf.family is None and leaf.kind in shapes
    ]


def size_lines(code: Code) -> tuple[list[str], list[str]]:
    """Statements that take the sizes from the arguments, and the names of those that no argument tells."""
    lines, unknown = [], []
    for latex, name in code.sizes.items():
        found = next((told for given, leaf in code.parameters.items() if (told := told_by(given, leaf, latex))), None)
        if found:
            lines.append(f"{name} = {found}")
        else:
            unknown.append(name)
    return lines, unknown


def told_by(name: str, leaf: Term, size: str) -> str:
    """Where an argument's shape has this size; nothing where it has not."""
    if not isinstance(leaf, Symbol) or leaf.kind == "scalar" and leaf.family is None:
        return ""
    wanted, first = Dim.of(size), 0
    if leaf.family is not None:
        if leaf.family[1] - leaf.family[0] + 1 == wanted:
            return f"len({name})"
        first = 1
    for axis, dim in enumerate(leaf.size):
        if dim == wanted:
            return f"{name}.shape[{axis + first}]"
    return ""
