r"""Words of statistics and learning: `sum(y)`, `\operatorname{mean}(x)`, `CE(y, p)`, `\mathrm{KL}(p\|q)`, `\operatorname{MSE}(y,\hat y)`.

Each has one usual meaning, which is said as the guess that it is.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Log, Norm, Number, Ones, Product, Sigmoid, Softmax, Sum, Trace, Transpose
from derivtex.operations.arithmetic import factors_of
from derivtex.reading.meaning.arithmetic import negated
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.syntax.tree import Node, key

Word = Callable[[Elaborator, Node, tuple[Node, ...]], Term]


def total(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`sum(y)`: the sum of all entries."""
    of = only(to, node, parts)
    to.scope.guess(f"{to.latex(node)} is the sum of all entries")
    return sum_of(of)


def mean(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`mean(x)`: the sum of all entries through their number."""
    of = only(to, node, parts)
    to.scope.guess(f"{to.latex(node)} is the mean of all entries")
    return mean_of(of)


def variance(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`var(x)` of a vector: the mean of the squared distances from the mean."""
    of = only(to, node, parts)
    if to.is_matrix(of):
        raise to.ambiguous(f"{to.latex(node)} of a matrix may be over all entries, rows or columns", "write it out as a sum", node)
    to.scope.guess(f"{to.latex(node)} is the variance of the entries, divided by their number, not by one less")
    away = Sum((of, negated(Product((mean_of(of), Ones(*of.shape))))))
    return Product((EntryPower(count_of(of), Number(-1)), EntryPower(Norm(away), Number(2))))


def cross_entropy(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    r"""`CE(y, p)` = −Σ y log p: the probabilities that are predicted stand second, unless the first are seen to be such."""
    truth, predicted = two(to, node, parts)
    if is_predicted(to, parts[0], truth) and not is_predicted(to, parts[1], predicted):
        truth, predicted = predicted, truth
    elif is_sum_or_product(to, predicted):
        raise to.ambiguous(
            f"what {to.latex(node)} predicts may be probabilities, or the scores that softmax makes them of",
            r"write \operatorname{softmax}(…) for scores, or name the probabilities", node,
        )  # fmt: skip
    to.scope.guess(f"{to.latex(node)} is the cross-entropy, minus the sum of the true probabilities times the logarithms of the predicted ones")
    return negated(inner(to, truth, Log(predicted)))


def binary_cross_entropy(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    """`BCE(y, p)` = −Σ y log p + (1 − y) log(1 − p)."""
    truth, predicted = two(to, node, parts)
    if is_predicted(to, parts[0], truth) and not is_predicted(to, parts[1], predicted):
        truth, predicted = predicted, truth
    to.scope.guess(f"{to.latex(node)} is the binary cross-entropy, summed over the entries")
    others = [Sum((whole(of), negated(of))) for of in (truth, predicted)]
    return negated(Sum((inner(to, truth, Log(predicted)), inner(to, others[0], Log(others[1])))))


def divergence(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    r"""`KL(p, q)`, `KL(p\|q)` = Σ p log(p/q)."""
    of, other = two(to, node, parts)
    to.scope.guess(f"{to.latex(node)} is the Kullback-Leibler divergence, the sum of p log(p/q)")
    return inner(to, of, Sum((Log(of), negated(Log(other)))))


def squared_error(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    r"""`MSE(y, \hat y)`: the mean of the squared differences."""
    of, other = two(to, node, parts)
    to.scope.guess(f"{to.latex(node)} is the mean of the squared differences of the entries")
    return Product((EntryPower(count_of(of), Number(-1)), EntryPower(Norm(Sum((of, negated(other)))), Number(2))))


def summed_error(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    r"""`SSE(y, \hat y)`: the sum of the squared differences."""
    of, other = two(to, node, parts)
    to.scope.guess(f"{to.latex(node)} is the sum of the squared differences of the entries")
    return EntryPower(Norm(Sum((of, negated(other)))), Number(2))


def only(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> Term:
    if len(parts) != 1 or node.parts[0].form == "script":
        raise SyntaxProblem(
            f"{to.latex(node)} is read of one vector or matrix as a whole", way_out=r"write it out: \sum_i …", span=to.span(node)
        )
    to.of_entries = True
    try:
        return to.term(parts[0])
    finally:
        to.of_entries = False


def two(to: Elaborator, node: Node, parts: tuple[Node, ...]) -> tuple[Term, Term]:
    """The two things that are compared, of one shape."""
    if len(parts) != 2 or node.parts[0].form == "script":
        way_out = f"write {node.text}(y, p), or the formula that it stands for"
        raise SyntaxProblem(f"{node.text} is read of two vectors", way_out=way_out, span=to.span(node))
    first, second = to.term(parts[0]), to.term(parts[1])
    to.make(Sum, (first, second), node=node)
    return first, second


def is_predicted(to: Elaborator, node: Node, term: Term) -> bool:
    """Whether something is seen to be a prediction: made by a softmax or logistic function, or written with a hat."""
    term = next((body for name, body in to.bodies.items() if to.scope.things.get(name) is term), term)
    return isinstance(term, Softmax | Sigmoid) or to.latex(node).lstrip("{").startswith((r"\hat", r"\widehat", r"\tilde"))


def is_sum_or_product(to: Elaborator, term: Term) -> bool:
    """Whether what should be probabilities is made like scores: `Wx + b`, itself or by its name."""
    term = next((body for name, body in to.bodies.items() if to.scope.things.get(name) is term), term)
    return isinstance(term, Sum | Product)


def sum_of(term: Term) -> Term:
    rows, columns = term.shape
    if term.shape == SCALAR:
        return term
    before = () if rows == ONE else (Transpose(Ones(rows, ONE)),)
    behind = () if columns == ONE else (Ones(columns, ONE),)
    return Product((*before, *factors_of(term), *behind))


def whole(term: Term) -> Term:
    """The ones of a shape."""
    return Number(1) if term.shape == SCALAR else Ones(*term.shape)


def count_of(term: Term) -> Term:
    """How many entries there are."""
    return sum_of(whole(term))


def mean_of(term: Term) -> Term:
    return Product((EntryPower(count_of(term), Number(-1)), sum_of(term)))


def inner(to: Elaborator, left: Term, right: Term) -> Term:
    """The sum of the products of entries."""
    if to.is_matrix(left):
        return Trace(Product((Transpose(left), right)))
    return Product((left, Transpose(right)) if to.is_row(left) else (Transpose(left), right))


def as_divergence(head: Node, bracket: Node) -> Node | None:
    r"""`D_{KL}(p\|q)` as the word KL with its arguments; None of anything else."""
    if head.form != "script" or head.parts[0].text != "D" or head.above or bracket.form != "bracket":
        return None
    if "".join(mark for mark in key(head.below) if len(mark) == 1 and mark.isalpha()) != "KL":
        return None
    word = Node("word", head.start, head.end, "KL", marks=("D_{KL}",))
    return Node("apply", head.start, bracket.end, "KL", (word, bracket))


STATISTICS: dict[str, Word] = {
    "sum": total, "mean": mean, "avg": mean, "var": variance,
    "CE": cross_entropy, "CrossEntropy": cross_entropy, "crossentropy": cross_entropy, "xent": cross_entropy, "BCE": binary_cross_entropy,
    "KL": divergence, "MSE": squared_error, "SSE": summed_error,
}  # fmt: skip
