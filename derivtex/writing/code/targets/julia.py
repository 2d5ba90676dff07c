"""Julia: vectors are vectors, entrywise operations have a dot, indices count from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.writing.code.nodes import Node, dotted
from derivtex.writing.code.ranks import ENTRYWISE
from derivtex.writing.code.targets.spelling import ATOM, LOOSEST, PRODUCT, SUM, Spelling

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

NAMES = {"arctan": "atan", "arcsin": "asin", "arccos": "acos", "real": "real", "imag": "imag", "maximum": "max", "minimum": "min"}
FIELDS = {"np.linalg.eigh": ("values", "vectors"), "scipy.linalg.eigh": ("values", "vectors"), "np.linalg.svd": ("U", "S", "Vt")}
UNLIKE = ("logaddexp", "heaviside", "where", "power")


class Julia(Spelling):
    """Julia, with its LinearAlgebra."""

    language = "Julia"
    named: dict[str, Node] = {}  # what names stand for
    functions = {
        "np.linalg.inv": "inv({0})", "np.linalg.pinv": "pinv({0})", "np.linalg.det": "det({0})", "np.trace": "tr({0})",
        "np.linalg.solve": "({0}) \\ ({1})", "np.kron": "kron({0}, {1})", "np.linalg.matrix_power": "({0})^{1}",
        "np.eye": "Matrix{{Float64}}(LinearAlgebra.I, {0}, {0})", "scipy.linalg.expm": "exp({0})",
        "scipy.linalg.solve_sylvester": "LinearAlgebra.sylvester({0}, {1}, -({2}))", "scipy.linalg.logm": "log({0})",
        "scipy.linalg.sqrtm": "sqrt({0})", "scipy.linalg.sinm": "sin({0})", "scipy.linalg.cosm": "cos({0})",
        "scipy.linalg.fractional_matrix_power": "({0})^({1})", "np.outer": "({0}) * transpose({1})", "np.arange": "collect(0:{0} - 1)",
        "np.logaddexp": "log1p.(exp.({1}))", "np.heaviside": "float.({0} .> 0)", "np.power": "({0}) .^ ({1})",
        "scipy.linalg.solve": "cholesky(Symmetric({0})) \\ ({1})", "np.linalg.eigh": "eigen(Hermitian({0}))",
        "scipy.linalg.eigh": "eigen(Hermitian({0}), Hermitian({1}))",
        "np.cross": "cross({0}, {1})", "np.zeros_like": "zero({0})", "np.linalg.cholesky": "Matrix(cholesky({0}).L)",
    }  # fmt: skip

    def source(self, program: Program) -> str:
        said, self.named = program.documentation, dict(program.statements)
        told = [f"    {argument.name}: {argument.shape or 'a function or a size'}" for argument in program.arguments]
        lines = ["using LinearAlgebra", "", *(f"# {line.strip()}" for line in [said.computes, *told, f"Returns {said.returns}."])]
        lines += [f"# Assumes: {sentence.rstrip('.')}." for sentence in said.assumes]
        lines.append(f"function {program.head}({', '.join(argument.name for argument in program.arguments)})")
        lines += [f"    {name} = {self.text(node)}" for name, node in program.statements]
        return "\n".join([*lines, f"    return {self.text(program.result)}", "end"]) + "\n"

    def mark(self, mark: str, left: Node, right: Node) -> str:
        """An operator between arrays is entrywise with a dot."""
        one, other = left.rank or 0, right.rank or 0
        plain = {"**": "^", "@": "*", "//": "÷"}.get(mark, mark)
        if mark in ("@", "//") or one == other == 0 or mark in "+-" and one == other and not self.spreads(left, right):
            return plain
        return plain if mark == "*" and 0 in (one, other) or mark == "/" and other == 0 else f".{plain}"

    def spreads(self, *sides: Node) -> bool:
        return any(side.kind in ("row", "column") for side in sides)

    def spell_infix(self, mark: str, left: Node, right: Node, node: Node) -> tuple[str, int]:
        if mark == "@" and left.rank == 1:
            if right.rank == 1:
                return f"transpose({self.text(left)}) * {self.text(right, ATOM)}", PRODUCT
            return f"transpose({self.text(right)}) * {self.text(left, ATOM)}", PRODUCT
        if mark != "@" and {left.rank, right.rank} == {1, 2}:  # a vector meets the rows, as in NumPy; here it would be a column
            left, right = (Node("row", side, rank=2) if side.rank == 1 else side for side in (left, right))
        return super().spell_infix(mark, left, right, node)

    def known_call(self, name: str, plain: list[str], named: dict[str, str], node: Node) -> str:
        last = name.removeprefix("np.")
        if name in ENTRYWISE and last not in UNLIKE:
            return f"{NAMES.get(last, last)}{'.' if node.rank else ''}({', '.join(plain)})"
        text = super().known_call(name, plain, named, node)
        return f"({text})" if text.startswith("(") or " \\ " in text else text

    def handed_in(self, name: str, values: list[str], node: Node) -> str:
        return f"{name}{'.' if node.rank else ''}({', '.join(values)})"

    def call_diag(self, of: Node, node: Node) -> str:
        return f"{'diagm' if of.rank == 1 else 'diag'}({self.text(of)})"

    def call_ones(self, shape: Node, node: Node) -> str:
        return f"ones({self.sizes(shape)})"

    def call_zeros(self, shape: Node, node: Node) -> str:
        return f"zeros({self.sizes(shape)})"

    def sizes(self, shape: Node) -> str:
        return self.listed(*shape.parts) if shape.kind == "tuple" else self.text(shape)

    def call_reshape(self, of: Node, shape: Node, *options: Node, node: Node) -> str:
        if options:
            return f"reshape({self.text(of)}, {self.sizes(shape)})"
        raise self.lacks("an array that is reshaped by rows")

    def call_ravel(self, of: Node, *options: Node, node: Node) -> str:
        return f"vec({self.text(of)})" if options or of.rank == 1 else f"vec(permutedims({self.text(of)}))"

    def reduced(self, name: str, of: Node, options: tuple[Node, ...]) -> str:
        axis = self.axis(options)
        if axis is None:
            return f"{name}({self.text(of)})"
        text = f"{name}({self.text(of)}, dims={axis + 1})"
        return text if any(option.is_text("named", "keepdims") for option in options) else f"vec({text})"

    def call_sum(self, of: Node, *options: Node, node: Node) -> str:
        return self.reduced("sum", of, options)

    def call_max(self, of: Node, *options: Node, node: Node) -> str:
        return self.reduced("maximum", of, options)

    def call_norm(self, of: Node, *options: Node, node: Node) -> str:
        if not options:
            return f"norm({self.text(of)})"
        if options[0].is_text("literal", "2"):
            return f"opnorm({self.text(of)})"
        if options[0].kind == "named":
            return f"norm.(eachrow({self.text(of)}))"
        return f"sum(svdvals({self.text(of)}))"

    def call_array(self, rows: Node, node: Node) -> str:
        return f"[{'; '.join(' '.join(self.text(entry, ATOM) for entry in line.children) for line in rows.children)}]"

    call_block = call_array

    def call_concatenate(self, parts: Node, node: Node) -> str:
        return f"[{'; '.join(map(self.text, parts.children))}]"

    def spell_column(self, of: Node, node: Node) -> tuple[str, int]:
        return self.text(of, ATOM), ATOM

    def spell_row(self, of: Node, node: Node) -> tuple[str, int]:
        return f"transpose({self.text(of)})", ATOM

    def spell_cell(self, of: Node, node: Node) -> tuple[str, int]:
        return f"fill({self.text(of)}, 1, 1)", ATOM

    def spell_attribute(self, of: Node, name: str, node: Node) -> tuple[str, int]:
        if (of.kind, of.parts[0], name) == ("name", "np", "pi"):
            return "pi", ATOM
        if name != "T":
            raise self.lacks(name)
        return f"transpose({self.text(of)})", ATOM

    def spell_literal(self, text: str, node: Node) -> tuple[str, int]:
        return super().spell_literal(text.replace("1j", "1im"), node)

    def spell_size(self, of: Node, axis: Node, node: Node) -> tuple[str, int]:
        return f"size({self.text(of)}, {int(axis.parts[0]) + 1})", ATOM

    def call_svd(self, of: Node, option: Node, node: Node) -> str:
        return f"svdvals({self.text(of)})" if option.is_text("named", "compute_uv") else f"svd({self.text(of)})"

    def fields_of(self, of: Node) -> tuple[str, ...]:
        """The parts of a decomposition, by a call or by the name that it was given; none of anything else."""
        called = self.named.get(str(of.parts[0])) if of.kind == "name" else of
        is_call = called is not None and called.kind == "call" and not any(part.is_text("named", "compute_uv") for part in called.parts[1:])
        return FIELDS.get(dotted(called.parts[0]), ()) if is_call and called is not None else ()

    def spell_item(self, of: Node, *keys: Node, node: Node) -> tuple[str, int]:
        if fields := self.fields_of(of):
            return f"{self.text(of, ATOM)}.{fields[int(keys[0].parts[0])]}", ATOM
        return f"{self.text(of, ATOM)}[{', '.join([*map(self.key, keys), *[':'] * self.rest(of, keys)])}]", ATOM

    def rest(self, of: Node, keys: tuple[Node, ...]) -> int:
        """How many axes a key does not name."""
        return max((of.rank or 2) - len(keys), 0)

    def key(self, key: Node) -> str:
        """A place, counted from 1."""
        if key.kind == "slice":
            return self.text(key)
        if key.kind == "literal":
            place = int(key.parts[0])
            return str(place + 1) if place >= 0 else "end" if place == -1 else f"end - {-1 - place}"
        if key.kind == "list":
            return f"[{', '.join(map(self.key, key.children))}]"
        if key.rank not in (0, 1):
            raise self.lacks("such a place")
        return f"{self.text(key, PRODUCT)} {'.+' if key.rank else '+'} 1"

    def spell_slice(self, start: Node, stop: Node, *step: Node, node: Node) -> tuple[str, int]:
        if [each.parts[0] for each in (start, stop, *step)] == ["None", "None", "-1"]:
            return "end:-1:1", ATOM
        if step:
            raise self.lacks("a part in steps")
        ends = [start.parts[0], stop.parts[0]]
        if ends == ["None", "None"]:
            return ":", ATOM
        return f"{self.key(start) if ends[0] != 'None' else 1}:{self.text(stop) if ends[1] != 'None' else 'end'}", ATOM

    def spell_choice(self, condition: Node, value: Node, zero: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(condition)} ? {self.text(value, SUM)} : {self.text(zero)}", LOOSEST

    def spell_repeat(self, mark: str, body: Node, index: Node, first: Node, last: Node, node: Node) -> tuple[str, int]:
        return f"{mark}({self.text(body)} for {self.text(index)} in {self.text(first)}:{self.text(last)} - 1)", ATOM
