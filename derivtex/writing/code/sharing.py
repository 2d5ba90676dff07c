"""What is costly is computed once: inverses that are only multiplied become solutions, repeated parts get names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from derivtex.writing.code import arrays
from derivtex.writing.code.nodes import DEFINITE, Node, dotted, is_inverse, name

THROUGH = ("column", "row", "minus", "cell", "attribute")
WORDS = {
    "inv": "inverse", "pinv": "pseudoinverse", "det": "determinant", "solve": "solution", "eig": "eigen", "svd": "factors", "outer": "dyad",
    "exp": "exponential", "log": "logarithm", "sqrt": "root", "norm": "magnitude", "tanh": "tangent", "sum": "total", "trace": "traced",
    "kron": "kronecker", "diag": "diagonal", "matrix_power": "powered", "max": "largest", "expm": "exponential", "logm": "logarithm",
    "sqrtm": "root", "eigvals": "eigenvalues", "fractional_matrix_power": "powered", "+": "total", "*": "scaled", "/": "ratio",
    "**": "power", "-": "difference",
}  # fmt: skip
PLAIN = ("np.eye", "np.ones", "np.zeros", "np.ravel", "len")
SHORTEST = 6

LOOPS = ("repeat", "lambda")
Statement = tuple[str, Node]


def depends(roots: Iterable[Node]) -> set[Node]:
    """The nodes whose value depends on the index of a loop around them."""
    free: dict[Node, frozenset[Node]] = {}
    roots = list(roots)
    indices = {node.parts[2] for root in roots for node in root.walk() if node.kind in LOOPS}
    for root in roots:
        for node in root.walk():
            found = frozenset((node,) if node in indices else ()).union(*(free[child] for child in node.children))
            free[node] = found - {node.parts[2]} if node.kind in LOOPS else found
    return {node for node, found in free.items() if found}


def uses(roots: list[Node]) -> dict[Node, int]:
    """How often each node is computed if nothing is named; what stands free of the index in a loop counts as twice."""
    order: dict[Node, None] = {}
    for root in roots:
        for node in root.walk():
            order.setdefault(node)
    moving = depends(roots)
    counts = dict.fromkeys(order, 0)
    for root in roots:
        counts[root] += 1
    for node in reversed(order):  # parents before their children
        for child in node.children:
            counts[child] += counts[node] if node.kind in THROUGH else 2 if node in moving and child not in moving else 1
        if node.kind in LOOPS and node.parts[1] not in moving:
            counts[node.parts[1]] += 1
    return counts


def solved(statements: list[Statement], always: bool = False) -> list[Statement]:
    """The statements with A⁻¹B computed by elimination where the inverse stands nowhere else, or always."""
    roots = [node for _, node in statements]
    counts = uses(roots)
    counts.update(dict.fromkeys(beside_vectors(roots, counts), 1))
    done: dict[Node, Node] = {}

    def settle(node: Node) -> Node:
        if node not in done:
            new = node.rebuild(settle)
            new = eliminated(new, node, counts, always) if node.kind == "infix" and node.parts[0] == "@" else new
            done[node] = without_mark(new) if is_inverse(new) else new
        return done[node]

    return [(known, settle(node)) for known, node in statements]


def without_mark(inverse: Node) -> Node:
    """A call for an inverse without the note that it is of a positive definite matrix."""
    return Node("call", *inverse.parts[:2], rank=inverse.rank)


def beside_vectors(roots: list[Node], counts: dict[Node, int]) -> set[Node]:
    """Inverses, straight and turned, that are used twice and multiplied with vectors only: two eliminations are less than an inverse."""
    wide: set[Node] = set()
    found: set[Node] = set()
    for node in (node for root in roots for node in root.walk()):
        for at, part in enumerate(node.parts):
            if isinstance(part, Node) and inverted(part) is not None and not (node.kind == "attribute" and inverted(node) is not None):
                is_narrow = node.is_text("infix", "@") and node.parts[3 - at].rank == 1
                (found if is_narrow else wide).add(core(part))
    once = {node for node in found - wide if counts[node] <= 2 and node not in roots}
    return {node for node in counts if core(node) in once and inverted(node) is not None}


def inverted(node: Node) -> Node | None:
    """The A of A⁻¹, also where it stands transposed."""
    if node.kind == "call" and dotted(node.parts[0]) == "np.linalg.inv":
        return node.part(1)
    if node.kind == "attribute" and node.parts[1] == "T":
        inner = inverted(node.parts[0])
        return None if inner is None else turned(inner)
    return None


def turned(node: Node) -> Node:
    """The transpose, brought inward."""
    if node.is_text("infix", "@") and node.rank == 2:
        return arrays.matmul(turned(node.parts[2]), turned(node.parts[1]))
    if node.is_text("infix", "+") and node.rank == 2 and node.parts[1].rank == 2 == node.parts[2].rank:
        return arrays.infix("+", turned(node.parts[1]), turned(node.parts[2]))
    return arrays.attribute(node, "T")


def eliminated(new: Node, old: Node, counts: dict[Node, int], always: bool = False) -> Node:
    """A product with an inverse that is used once as the solution of linear equations."""
    _, left, right = new.parts
    matrix = inverted(left) if always or (counts[old.parts[1]] == 1 and counts[core(old.parts[1])] == 1) else None
    if matrix is not None:
        return solution(matrix, right, core(old.parts[1]), always)
    matrix = inverted(right) if always or (counts[old.parts[2]] == 1 and counts[core(old.parts[2])] == 1) else None
    if matrix is not None:
        found = solution(turned(matrix), left if left.rank == 1 else turned(left), core(old.parts[2]), always)
        return found if left.rank == 1 else arrays.attribute(found, "T")
    return new


def solution(matrix: Node, right: Node, inverse: Node, always: bool) -> Node:
    """The solution of linear equations; by Cholesky where it its matrix is known to be positive definite, and solving is the matter."""
    if always and DEFINITE in inverse.parts:
        solve = arrays.attribute(arrays.attribute(Node("name", "scipy"), "linalg"), "solve")
        return Node("call", solve, matrix, right, DEFINITE, rank=right.rank)
    solve = arrays.attribute(arrays.attribute(Node("name", "np"), "linalg"), "solve")
    return Node("call", solve, matrix, right, rank=right.rank)


def core(node: Node) -> Node:
    """What is transposed."""
    return core(node.parts[0]) if node.kind == "attribute" else node


def shared(statements: list[Statement], fresh: Callable[[str], str], hints: dict[Node, str]) -> list[Statement]:
    """The statements with a name for each part that would be computed more than once and is worth it."""
    roots = [node for _, node in statements]
    counts, moving = uses(roots), depends(roots)
    done: dict[Node, Node] = {}
    made: list[Statement] = []

    def settle(node: Node) -> Node:
        if node not in done:
            new = node.rebuild(settle)
            if counts.get(node, 0) > 1 and node not in moving and is_worth_a_name(node):
                known = fresh(word(node, hints))
                made.append((known, new))
                new = name(known, node.rank)
            done[node] = new
        return done[node]

    for known, node in statements:
        if node in done and done[node].kind == "name" and known and node.kind != "name":
            made.append((known, done[node]))
            continue
        body = node.rebuild(settle)
        made.append((known, body))
        if known:
            done[node] = name(known, node.rank)
    return made


def is_worth_a_name(node: Node) -> bool:
    """Whether computing it again costs more than a name."""
    if node.kind == "call":
        return dotted(node.parts[0]) not in PLAIN
    if node.kind == "repeat" or node.is_text("infix", "@"):
        return True
    has_product = any(part.is_text("infix", "@") for part in node.children)
    return node.kind == "infix" and (has_product or sum(1 for _ in node.walk()) >= SHORTEST)


def word(node: Node, hints: dict[Node, str]) -> str:
    """A name for a part: of what it is, or of what it is made of."""
    if node in hints:
        return hints[node]
    if node.kind == "call":
        last = dotted(node.parts[0]).rpartition(".")[2]
        return WORDS.get(last, f"{last}_value")
    if node.kind == "infix":
        spelled = letters(node)
        if node.parts[0] == "@" and len(spelled) <= 8:
            return spelled
        if node.parts[0] == "-" and any(part.is_text("infix", "@") for part in node.children):
            return "residual"
        return WORDS.get(node.parts[0], "product")
    return "part"


def letters(node: Node) -> str:
    """A product of names as one word: X.T @ X is XtX."""
    if node.kind == "name":
        return str(node.parts[0])
    if node.kind == "attribute" and node.parts[1] == "T":
        return f"{letters(node.parts[0])}t"
    if node.is_text("infix", "@"):
        return letters(node.parts[1]) + letters(node.parts[2])
    return " " * 9
