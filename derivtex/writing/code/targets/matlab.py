"""MATLAB and Octave: everything is a matrix, a vector is a column, indices count from 1."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from derivtex.writing.code.nodes import Node, name
from derivtex.writing.code.ranks import ENTRYWISE
from derivtex.writing.code.sharing import Statement, depends
from derivtex.writing.code.targets.julia import UNLIKE, Julia
from derivtex.writing.code.targets.spelling import ATOM, PRODUCT

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

NAMES = {"arctan": "atan", "arcsin": "asin", "arccos": "acos", "maximum": "max", "minimum": "min"}


CHOOSE = """
function value = choose(condition, one, other)
    if condition
        value = one();
    else
        value = other();
    end
end"""


class Matlab(Julia):
    """MATLAB: what it has in common with Julia is taken from there."""

    language = "MATLAB"
    functions = {
        **Julia.functions, "np.trace": "trace({0})", "np.eye": "eye({0})", "scipy.linalg.expm": "expm({0})",
        "scipy.linalg.solve_sylvester": "sylvester({0}, {1}, {2})",
        "scipy.linalg.logm": "logm({0})", "scipy.linalg.sqrtm": "sqrtm({0})", "np.outer": "({0}) * ({1}).'",
        "np.arange": "(0:{0} - 1)", "np.logaddexp": "log1p(exp({1}))", "np.heaviside": "double(({0}) > 0)",
        "np.zeros_like": "zeros(size({0}))", "np.linalg.cholesky": "chol({0}, 'lower')", "scipy.linalg.sinm": "funm({0}, @sin)",
        "scipy.linalg.cosm": "funm({0}, @cos)", "scipy.linalg.solve": "({0}) \\ ({1})", "np.linalg.eigvalsh": "eig({0})",
    }  # fmt: skip

    def source(self, program: Program) -> str:
        program, said = with_names_for_parts(program), program.documentation
        told = [f"{argument.name}: {argument.shape or 'a function or a size'}" for argument in program.arguments]
        lines = [f"function result = {program.head}({', '.join(argument.name for argument in program.arguments)})"]
        lines += [f"    % {line}" for line in [said.computes, *told, f"Returns {said.returns}."]]
        lines += [f"    % Assumes: {sentence.rstrip('.')}." for sentence in said.assumes]
        self.named = dict(program.statements)
        lines += [f"    {line}" for name, node in program.statements for line in self.assigned(name, node)]
        lines += [f"    result = {self.text(program.result)};", "end"]
        chosen = any(node.kind == "choice" for root in (*(part for _, part in program.statements), program.result) for node in root.walk())
        return "\n".join([*lines, *([CHOOSE] if chosen else [])]) + "\n"

    def assigned(self, name: str, node: Node) -> list[str]:
        """The lines that give a name its value; of a decomposition, a name for each part, eigenvalues in ascending order."""
        fields = self.fields_of(node)
        if not fields:
            return [f"{name} = {self.text(node)};"]
        of, *more = (self.text(part) for part in node.parts[1:] if isinstance(part, Node) and part.kind != "named")
        if len(fields) == 3:
            return [f"[{name}_U, {name}_S, {name}_V] = svd({of}, 'econ');"]
        given = [f"{name}_of", f"{name}_beside"][: 1 + len(more)]
        pair = ", ".join(f"({part} + {part}') / 2" for part in given)
        return [
            *(f"{part} = {text};" for part, text in zip(given, (of, *more), strict=True)),
            f"[{name}_vectors, {name}_values] = eig({pair});", f"[{name}_values, order] = sort(diag({name}_values));",
            f"{name}_vectors = {name}_vectors(:, order);",
        ]  # fmt: skip

    def mark(self, mark: str, left: Node, right: Node) -> str:
        return {".+": "+", ".-": "-", ".==": "==", "÷": "/", "!=": "~="}.get(found := super().mark(mark, left, right), found)

    def spell_choice(self, condition: Node, value: Node, zero: Node, node: Node) -> tuple[str, int]:
        """Only what is chosen is computed: the other may have no value."""
        return f"choose({self.text(condition)}, @() {self.text(value)}, @() {self.text(zero)})", ATOM

    def spell_infix(self, mark: str, left: Node, right: Node, node: Node) -> tuple[str, int]:
        if mark == "@" and left.rank == 1:
            first, second = (left, right) if right.rank == 1 else (right, left)
            return f"{self.text(first, ATOM)}.' * {self.text(second, ATOM)}", PRODUCT
        return super().spell_infix(mark, left, right, node)

    def known_call(self, name: str, plain: list[str], named: dict[str, str], node: Node) -> str:
        last = name.removeprefix("np.")
        if name in ENTRYWISE and last not in UNLIKE:
            return f"{NAMES.get(last, last)}({', '.join(plain)})"
        return super().known_call(name, plain, named, node)

    def handed_in(self, name: str, values: list[str], node: Node) -> str:
        return f"{name}({', '.join(values)})"

    def call_diag(self, of: Node, node: Node) -> str:
        return f"diag({self.text(of)})"

    def sizes(self, shape: Node) -> str:
        return self.listed(*shape.parts) if shape.kind == "tuple" else f"{self.text(shape)}, 1"

    def call_ravel(self, of: Node, *options: Node, node: Node) -> str:
        return f"reshape({self.text(of, ATOM)}{'' if options or of.rank == 1 else '.' + chr(39)}, [], 1)"

    def reduced(self, name: str, of: Node, options: tuple[Node, ...]) -> str:
        axis, name = self.axis(options), "max" if name == "maximum" else name
        if axis is None:
            whole = of.rank == 2
            return f"{name}(reshape({self.text(of)}, [], 1))" if whole else f"{name}({self.text(of)})"
        text = f"{name}({self.text(of)}, {'[], ' if name == 'max' else ''}{axis + 1})"
        kept = any(option.is_text("named", "keepdims") for option in options)
        return text if kept or axis == 1 else f"{text}.'"

    def call_svd(self, of: Node, option: Node, node: Node) -> str:
        if not option.is_text("named", "compute_uv"):
            raise self.lacks("singular vectors")
        return f"svd({self.text(of)})"

    def call_norm(self, of: Node, *options: Node, node: Node) -> str:
        if not options:
            return f"norm({self.text(of)}, 'fro')"
        if options[0].is_text("literal", "2"):
            return f"norm({self.text(of)})"
        if options[0].kind == "named":
            return f"sqrt(sum(abs({self.text(of)}) .^ 2, 2))"
        return f"sum(svd({self.text(of)}))"

    def call_array(self, rows: Node, node: Node) -> str:
        return f"[{'; '.join(self.listed(*line.children) for line in rows.children)}]"

    call_block = call_array

    def spell_row(self, of: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(of, ATOM)}.'", ATOM

    def spell_cell(self, of: Node, node: Node) -> tuple[str, int]:
        return self.text(of, ATOM), ATOM

    def spell_attribute(self, of: Node, name: str, node: Node) -> tuple[str, int]:
        if name != "T":
            return super().spell_attribute(of, name, node)
        return f"{self.text(of, ATOM)}.'", ATOM

    def spell_literal(self, text: str, node: Node) -> tuple[str, int]:
        return super(Julia, self).spell_literal(text.replace("1j", "1i"), node)

    def spell_item(self, of: Node, *keys: Node, node: Node) -> tuple[str, int]:
        if of.kind == "name" and (fields := self.fields_of(of)):
            field = fields[int(keys[0].parts[0])]
            return {"Vt": f"{of.parts[0]}_V'", "S": f"diag({of.parts[0]}_S)"}.get(field, f"{of.parts[0]}_{field}"), ATOM
        if of.kind != "name" or (of.rank or 0) > 2:
            raise self.lacks("a part of what has no name")
        text = f"{self.text(of)}({', '.join([*map(self.key, keys), *[':'] * self.rest(of, keys)])})"
        return (f"{text}.'" if node.rank == 1 and len(keys) == 1 else text), ATOM

    def key(self, key: Node) -> str:
        return super().key(key).replace(".+", "+")

    def spell_repeat(self, mark: str, body: Node, index: Node, first: Node, last: Node, node: Node) -> tuple[str, int]:
        loop = f"@({self.text(index)}) {self.text(body)}, {self.text(first)}:{self.text(last)} - 1"
        if node.rank == 0:
            return f"{mark}(arrayfun({loop}))", ATOM
        cells = f"arrayfun({loop}, 'UniformOutput', false)"
        return f"{mark}(cell2mat(reshape({cells}, 1, 1, [])), 3)", ATOM


def with_names_for_parts(program: Program) -> Program:
    """The program with a statement for whatever a part is taken of: only what has a name can be indexed."""
    roots = [*(node for _, node in program.statements), program.result]
    taken = {node.parts[0] for root in roots for node in root.walk() if node.kind == "name"} | {known for known, _ in program.statements}
    fresh = (f"part{count or ''}" for count in itertools.count() if f"part{count or ''}" not in taken)
    moving, names = depends(roots), dict[Node, Node]()
    statements: list[Statement] = []

    def settle(node: Node) -> Node:
        of = node.parts[0] if node.kind == "item" else None
        if of is not None and of.kind != "name" and of not in moving and of not in names:
            statements.append((next(fresh), settle(of)))
            names[of] = name(statements[-1][0], of.rank)
        return names[node] if node in names else node.rebuild(settle)

    for known, node in program.statements:
        statements.append((known, settle(node)))
    return program._replace(result=settle(program.result), statements=tuple(statements))
