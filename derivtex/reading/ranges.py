r"""Sums and products over indices: `\sum_{i=1}^n`, `\sum_{i,j}`, `\sum_{i<j}`, `\prod_i`."""

from __future__ import annotations

from derivtex.errors import SyntaxProblem
from derivtex.operations import Before, Index, KroneckerDelta, Number, Product, ProductOver, Sum, SumOver
from derivtex.reading.declarations import by_marks
from derivtex.reading.elaboration import Elaborator
from derivtex.reading.scope import Key
from derivtex.reading.sizes import dimension_of
from derivtex.reading.syntax import Node, key
from derivtex.reading.tokens import Token, latex
from derivtex.shapes import ONE, Dim, same
from derivtex.terms import Term


def over(to: Elaborator, node: Node) -> Term:
    """A sum or a product over the indices that stand below it."""
    if not node.below:
        return over_what_is_free(to, node)
    relation, letters, first = below_sign(to, node)
    given = letters
    if relation == r"\ne":
        letters = [letter for letter in letters if key((letter,)) not in to.scope.bound] or letters[:1]
    indices = [(key((letter,)), index_of(to, node, letter, first)) for letter in letters]
    hidden = {label: to.scope.bound[label] for label, _ in indices if label in to.scope.bound}
    to.scope.bound.update(indices)
    try:
        body = to.term(node.parts[0])
        if relation:
            body = to.product(node, [condition(to, relation, given), body])
    finally:
        for label, _ in indices:
            del to.scope.bound[label]
        to.scope.bound.update(hidden)
    for _, index in reversed(indices):
        body = to.make(SumOver if node.text == "sum" else ProductOver, index, body, node=node)
    return body


def condition(to: Elaborator, relation: str, letters: list[Token]) -> Term:
    r"""What `i<j` or `i\ne j` says, as a factor that is 1 or 0."""
    left, right = (to.scope.bound[key((letter,))] for letter in letters)
    same(left.first, right.first)
    same(left.last, right.last)
    if relation == "<":
        return Before(left, right)
    return Sum((Number(1), Product((Number(-1), KroneckerDelta(left, right)))))


def below_sign(to: Elaborator, node: Node) -> tuple[str, list[Token], Dim | None]:
    r"""What stands below: the relation of `i<j` or `i\ne j`, the letters, and the first value."""
    below = node.below
    first: Dim | None = None
    equals = next((at for at, token in enumerate(below) if token.is_mark("=")), None)
    if equals is not None:
        first = dimension_of(below[equals + 1 :], to.source)
        below = below[:equals]
    relation = next((token.text for token in below if token.is_mark("<", r"\ne")), "")
    letters = [token for part in by_marks(below, ",", "<", r"\ne") for token in part]
    if len({token.text for token in letters}) < len(letters):
        letters = []
    if (
        not letters
        or any(token.kind not in ("letter", "macro") or token.text == r"\in" for token in letters)
        or (relation and len(letters) != 2)
        or (relation == r"\ne" and not is_known_or_first(to, letters))
    ):
        raise SyntaxProblem(
            f"{latex(node.below)} below a sum is not read",
            way_out=r"write \sum_{i=1}^{n}, \sum_{i,j}, \sum_{i<j} or \sum_{j\ne i}",
            span=to.span(node),
        )
    if equals is not None and len(letters) != 1:
        first = first if len(letters) == 1 else ONE
    return relation, letters, first


def is_known_or_first(to: Elaborator, letters: list[Token]) -> bool:
    r"""Whether i ≠ j can be told: both run here, or one of them runs outside."""
    return sum(key((letter,)) in to.scope.bound for letter in letters) < len(letters)


def index_of(to: Elaborator, node: Node, letter: Token, first: Dim | None) -> Index:
    """The index with its bounds; what is not written is found from what it counts."""
    name = letter.text
    if node.above:
        last = dimension_of(node.above, to.source)
        first = first if first is not None else ONE
    else:
        last = to.scope.unknown(node, f"last {name}", large=False)
    if first is None:
        first = to.scope.unknown(node, f"first {name}", large=False)
    return Index(name, first, last)


def over_what_is_free(to: Elaborator, node: Node) -> Term:
    r"""`\sum x_i`: over the one index in the body that nothing binds."""
    before: dict[Key, Index] = dict(to.scope.free)
    body = to.term(node.parts[0])
    new = [label for label in to.scope.free if label not in before]
    if len(new) != 1:
        raise SyntaxProblem("it is not clear what this sum runs over", way_out=r"write \sum_{i=1}^{n}", span=to.span(node))
    index = to.scope.free.pop(new[0])
    to.scope.guess(f"the sum without an index runs over {index.name}")
    return to.make(SumOver if node.text == "sum" else ProductOver, index, body, node=node)
