"""JAX: NumPy's functions under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.operations.leaves import Symbol
from derivtex.writing.code.nodes import Node
from derivtex.writing.code.targets.python import NumPy

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

ABSENT = ("scipy.optimize.fsolve",
          "scipy.linalg.logm", "scipy.linalg.sinm", "scipy.linalg.cosm", "scipy.linalg.fractional_matrix_power", "scipy.linalg.expm_frechet")


SYLVESTER = """def solve_sylvester(A, B, C):
    whole = jnp.kron(A, jnp.eye(len(B))) + jnp.kron(jnp.eye(len(A)), B.T)
    return jnp.linalg.solve(whole, C.ravel()).reshape(C.shape)"""
GENERALISED = """def generalised_eigh(A, B):
    L = jnp.linalg.cholesky(B)
    half = jax.scipy.linalg.solve_triangular(L, A, lower=True)
    values, vectors = jnp.linalg.eigh(jax.scipy.linalg.solve_triangular(L, half.T, lower=True))
    return values, jax.scipy.linalg.solve_triangular(L.T, vectors, lower=False)"""
OWN = {"scipy.linalg.solve_sylvester": "solve_sylvester", "scipy.linalg.eigh": "generalised_eigh"}


class Jax(NumPy):
    """JAX."""

    routines = {"scipy.linalg.solve_sylvester": SYLVESTER, "scipy.linalg.eigh": GENERALISED}

    language = "JAX"
    imports = ("import jax", "import jax.numpy as jnp")

    def known_call(self, name: str, plain: list[str], named: dict[str, str], node: Node) -> str:
        if name in ABSENT:
            raise self.lacks(name)
        if name in OWN:
            return super().known_call(OWN[name], plain, named, node)
        if name == "np.linalg.pinv":
            named = {}
        known = f"jnp.{name.removeprefix('np.')}" if name.startswith("np.") else f"jax.{name}"
        text = super().known_call(known, plain, named, node)
        return f"{text}.real" if known.endswith(".sqrtm") and not self.is_complex else text  # JAX answers in complex numbers

    def source(self, program: Program) -> str:
        self.is_complex = any(isinstance(argument.leaf, Symbol) and argument.leaf.has("complex") for argument in program.arguments)
        return super().source(program)

    def spell_attribute(self, of: Node, name: str, node: Node) -> tuple[str, int]:
        text, level = super().spell_attribute(of, name, node)
        return ("jnp." + text.removeprefix("np.") if text.startswith("np.") else text), level

    def spell_cell(self, of: Node, node: Node) -> tuple[str, int]:
        text, level = super().spell_cell(of, node)
        return f"j{text}", level

    def product(self, loop: str) -> str:
        return f"jnp.prod(jnp.array([{loop}]))"
