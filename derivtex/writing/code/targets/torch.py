"""PyTorch: numbers and arrays are tensors; axes are dimensions, and all is stored by rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.writing.code.nodes import Node, dotted
from derivtex.writing.code.targets.python import Python

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

SAME = (
    "exp log sin cos tan tanh sinh cosh arctan arcsin arccos sqrt abs sign conj real imag trace diag zeros_like "
    "linalg.inv linalg.det linalg.eigvals linalg.eig linalg.eigh linalg.eigvalsh"
).split()
NEW = ("np.eye", "np.ones", "np.zeros", "np.kron", "np.outer", "np.block")  # made by rows


SYLVESTER = """def solve_sylvester(A, B, C):
    whole = torch.kron(A.contiguous(), torch.eye(len(B), dtype=A.dtype)) + torch.kron(torch.eye(len(A), dtype=A.dtype), B.T.contiguous())
    return torch.linalg.solve(whole, C.reshape(-1)).reshape(C.shape)"""
GENERALISED = """def generalised_eigh(A, B):
    L = torch.linalg.cholesky(B)
    half = torch.linalg.solve_triangular(L, A, upper=False)
    values, vectors = torch.linalg.eigh(torch.linalg.solve_triangular(L, half.T, upper=False))
    return values, torch.linalg.solve_triangular(L.T, vectors, upper=True)"""
DEFINITE = """def solve_definite(A, b):
    right = b[:, None] if b.ndim == 1 else b
    return torch.cholesky_solve(right, torch.linalg.cholesky(A)).reshape(b.shape)"""


class Torch(Python):
    """PyTorch."""

    routines = {"scipy.linalg.solve_sylvester": SYLVESTER, "scipy.linalg.eigh": GENERALISED, "scipy.linalg.solve": DEFINITE}

    language = "PyTorch"
    imports = ("import torch",)
    functions = {
        **{f"np.{name}": f"torch.{name}({{0}})" for name in SAME},
        "np.linalg.solve": "torch.linalg.solve({0}, {1})", "np.linalg.matrix_power": "torch.linalg.matrix_power({0}, {1})",
        "np.maximum": "torch.clamp({0}, min={1})", "np.minimum": "torch.clamp({0}, max={1})", "np.where": "torch.where({0}, {1}, {2})",
        "np.outer": "torch.outer({0}, {1})", "np.linalg.pinv": "torch.linalg.pinv({0})", "np.power": "torch.pow({0}, {1})",
        "np.heaviside": "torch.where({0} > 0, 1.0, 0.0)", "np.logaddexp": "torch.nn.functional.softplus({1})",
        "np.linalg.cholesky": "torch.linalg.cholesky({0})", "scipy.linalg.expm": "torch.linalg.matrix_exp({0})",
        "np.cross": "torch.linalg.cross({0}, {1})", "scipy.linalg.solve_sylvester": "solve_sylvester({0}, {1}, {2})",
        "scipy.linalg.eigh": "generalised_eigh({0}, {1})", "scipy.linalg.solve": "solve_definite({0}, {1})",
    }  # fmt: skip

    def source(self, program: Program) -> str:
        self.like = next((argument.name for argument in program.arguments if argument.rank), "")
        return super().source(program)

    @property
    def dtype(self) -> str:
        """Constants have the type and the place of the arguments."""
        return f", dtype={self.like}.dtype" if self.like else ""

    def call_eye(self, size: Node, node: Node) -> str:
        return f"torch.eye({self.text(size)}{self.dtype})"

    def call_ones(self, shape: Node, node: Node) -> str:
        return f"torch.ones({self.text(shape)}{self.dtype})"

    def call_zeros(self, shape: Node, node: Node) -> str:
        return f"torch.zeros({self.text(shape)}{self.dtype})"

    def call_array(self, rows: Node, node: Node) -> str:
        lines = [f"torch.stack([{', '.join(map(self.tensor, line.children))}])" for line in rows.children]
        return f"torch.stack([{', '.join(lines)}])"

    def tensor(self, node: Node) -> str:
        return f"torch.as_tensor({self.text(node)}{self.dtype})"

    def call_block(self, rows: Node, node: Node) -> str:
        lines = [f"torch.cat([{self.listed(*line.children)}], dim=1)" for line in rows.children]
        return f"torch.cat([{', '.join(lines)}])"

    def call_svd(self, of: Node, option: Node, node: Node) -> str:
        values_only = option.is_text("named", "compute_uv")
        return f"torch.linalg.svdvals({self.text(of)})" if values_only else f"torch.linalg.svd({self.text(of)}, full_matrices=False)"

    def call_concatenate(self, parts: Node, node: Node) -> str:
        return f"torch.cat([{self.listed(*parts.children)}])"

    def call_kron(self, left: Node, right: Node, node: Node) -> str:
        return f"torch.kron({self.contiguous(left)}, {self.contiguous(right)})"

    def contiguous(self, node: Node) -> str:
        """A matrix stored by rows: `torch.kron` refuses views by columns, such as a transpose or an inverse."""
        is_new = node.is_text("infix", "@") or node.kind == "call" and dotted(node.parts[0]) in NEW
        return self.text(node) if is_new else f"{self.text(node, 5)}.contiguous()"

    def call_arange(self, count: Node, node: Node) -> str:
        return f"torch.arange({self.text(count)})"

    def call_reshape(self, of: Node, shape: Node, *options: Node, node: Node) -> str:
        if options and shape.kind == "tuple":
            return f"{self.text(of, 5)}.reshape({self.listed(*reversed(shape.parts))}).T"
        return f"{self.text(of, 5)}.reshape({self.text(shape)})"

    def call_ravel(self, of: Node, *options: Node, node: Node) -> str:
        return f"{self.text(of, 5)}{'.T' if options else ''}.reshape(-1)"

    def reduced(self, name: str, of: Node, options: tuple[Node, ...]) -> str:
        axis = self.axis(options)
        kept = ", keepdim=True" if any(option.is_text("named", "keepdims") for option in options) else ""
        return f"{name}({self.text(of)}{'' if axis is None else f', dim={axis}'}{kept})"

    def call_sum(self, of: Node, *options: Node, node: Node) -> str:
        return self.reduced("torch.sum", of, options)

    def call_max(self, of: Node, *options: Node, node: Node) -> str:
        return self.reduced("torch.amax", of, options)

    def call_norm(self, of: Node, *options: Node, node: Node) -> str:
        orders = [self.text(option) for option in options if option.kind != "named"]
        if orders:
            return f"torch.linalg.norm({self.text(of)}, {', '.join(orders)})"
        return self.reduced("torch.linalg.norm", of, options)

    def spell_attribute(self, of: Node, name: str, node: Node) -> tuple[str, int]:
        if (of.kind, of.parts[0], name) == ("name", "np", "pi"):
            return "torch.pi", 5
        return super().spell_attribute(of, name, node)

    def spell_cell(self, of: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(of, 5)}.reshape(1, 1)", 5

    def product(self, loop: str) -> str:
        return f"torch.prod(torch.stack([{loop}]))"
