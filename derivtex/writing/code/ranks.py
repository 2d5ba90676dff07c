"""How many axes the value of a library's function has."""

from __future__ import annotations

from derivtex.writing.code.nodes import Node

ENTRYWISE = frozenset(
    f"np.{name}"
    for name in (
        "exp log sin cos tan tanh sinh cosh arctan arcsin arccos arcsinh arccosh arctanh expm1 log1p square sqrt abs sign "
        "conj real imag logaddexp power maximum minimum heaviside where"
    ).split()
)
REDUCTIONS = frozenset(("np.sum", "np.max", "np.min", "np.prod", "np.linalg.norm"))
NUMBERS = frozenset(("np.trace", "np.linalg.det", "len"))
VECTORS = frozenset(("np.linalg.eigvals", "np.ravel", "np.argsort", "np.sort", "np.arange", "np.cross"))
TUPLES = frozenset(("np.linalg.eig", "np.linalg.svd", "np.triu_indices"))


def widest(*nodes: Node) -> int | None:
    """The axes of what acts entry by entry: those of the largest; None where those of one are not known."""
    ranks = [node.rank for node in nodes if node.rank is not None]
    return max(ranks) if len(ranks) == len(nodes) else None


def rank_of_call(name: str, values: tuple[Node, ...]) -> int | None:
    """The number of axes of what a function returns: two unless it is known for something else; None for several arrays."""
    plain = [value for value in values if value.kind != "named"]
    named = {value.parts[0] for value in values if value.kind == "named"}
    if name in ENTRYWISE:
        return widest(*plain)
    if name in REDUCTIONS:
        return 0 if "axis" not in named else plain[0].rank if "keepdims" in named else (plain[0].rank or 1) - 1
    if name in NUMBERS:
        return 0
    if name == "np.diag":
        return {1: 2, 2: 1}.get(plain[0].rank or 0)
    if name in TUPLES:
        return 1 if "compute_uv" in named else None
    return 1 if name in VECTORS else 2
