r"""Words with what they are applied to: `\operatorname{tr}(AX)`, `\tanh^2 x`, `\log\det X`; what a word means for an argument."""

from __future__ import annotations

from derivtex.core.errors import ShapeError, SyntaxProblem
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import (
    Determinant,
    Diag,
    Diagonal,
    Elementwise,
    EntryPower,
    Log,
    MatrixFunction,
    Number,
    Product,
    Softmax,
    Sum,
    Symbol,
    Trace,
    Transpose,
)
from derivtex.operations.elementwise import Arccos, Arcsin, Arctan
from derivtex.reading.meaning.calls import inverse_or_reciprocal, is_call, under_trace
from derivtex.reading.meaning.dependence import is_dependence
from derivtex.reading.meaning.eigenvalues import head_base
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.meaning.exponents import raised
from derivtex.reading.meaning.listed import run_through
from derivtex.reading.meaning.multiplication import product
from derivtex.reading.meaning.products import merged_calls
from derivtex.reading.meaning.raisednames import derived
from derivtex.reading.meaning.reach import refuse_number_behind
from derivtex.reading.meaning.special import SPECIAL, block_diagonal
from derivtex.reading.source.vocabulary import DIAGONALS, NUMBERS_OF_MATRICES, TRACES, words
from derivtex.reading.syntax.tree import Node, chain_of, key

INVERSES = {"sin": Arcsin, "cos": Arccos, "tan": Arctan}


def lonely_word(to: Elaborator, node: Node) -> Term:
    raise SyntaxProblem(f"nothing stands behind {to.latex(node)}", way_out="give it its argument in brackets", span=to.span(node))


def apply(to: Elaborator, node: Node) -> Term:
    r"""A word with its argument: `\operatorname{tr}(AX)`; `\tanh^2 x` is the square of the value."""
    head, argument = node.parts
    word = node.text
    if word in OF_NUMBERS and head.form != "script" and (behind := behind_number(to, argument)):
        return beside_number(to, node, behind)
    mark = (head_base(head)).marks[0]
    value = derived(to, head, value_of(to, node, word, mark, argument, head))
    if head.form == "script" and head.above.name == ("-", "1") and isinstance(value, Elementwise):
        return inverse_function(to, node, word, value)
    if is_entrywise(head):
        return value
    if head.form == "script" and head.parts[0].form == "script":
        raise SyntaxProblem("a function has several marks raised or lowered", way_out="write brackets", span=to.span(head))
    if head.form == "script" and head.above:
        return raised(to, node, value, head.above)
    return value


OF_NUMBERS = ("log", "ln")


def behind_number(to: Elaborator, argument: Node) -> int:
    r"""Where the matrix or vector begins that stands behind a number, of `J\,F^{-T}` 1; 0 of anything else."""
    if argument.form != "chain":
        return 0
    factors, _ = merged_calls(to, argument)
    numbers = [to.shape(to.term(part)) == SCALAR for part in factors]
    return numbers.index(False) if numbers[0] and not all(numbers) and not any(numbers[numbers.index(False) :]) else 0


def beside_number(to: Elaborator, node: Node, behind: int) -> Term:
    r"""`\ln J\,F^{-T}` of a number J: its logarithm times the matrix, which is said; the logarithm of a multiple is written with brackets."""
    factors, marks = merged_calls(to, node.parts[1])
    own, rest = chain_of(factors[:behind], marks[:behind]), chain_of(factors[behind:], marks[behind:])
    word = node._replace(parts=(node.parts[0], own), end=own.end)
    to.scope.guess(f"{to.latex(word)} ends before {to.latex(rest)}: it is the logarithm of a number")
    return product(to, node, [apply(to, word), to.term(rest)])


def is_entrywise(head: Node) -> bool:
    r"""`\exp^{\odot}`: the function of the entries, also of a square matrix."""
    return head.form == "script" and head.above.name == (r"\odot",)


def inverse_function(to: Elaborator, node: Node, word: str, value: Elementwise) -> Term:
    r"""`\sin^{-1} x`: the inverse of the function, as the field writes it; of another function it cannot be told."""
    if word in INVERSES:
        to.scope.guess(rf"\{word}^{{-1}} is the inverse function, \arc{word}")
        return INVERSES[word](value.of)
    raise inverse_or_reciprocal(to, node)


def value_of(to: Elaborator, node: Node, word: str, mark: str, argument: Node, head: Node) -> Term:
    parts = argument.parts if argument.form == "bracket" else (argument,)
    if word in SPECIAL:
        return SPECIAL[word](to, node, parts)
    if len(parts) != 1:
        if word in ("diag", "Diag", "blkdiag"):
            return block_diagonal(to, node, parts)
        raise SyntaxProblem(f"{word} takes one argument", span=to.span(node))
    known = set(to.scope.free)
    of = (under_trace(to, argument) if Trace in words().get(word, ()) else None) or to.term(argument)
    of = run_through(to, of, known) if word in DIAGONALS else of
    if argument.form == "chain" and word not in ("tr", "Tr", "trace", "det") and not is_only_a_call(to, argument):
        to.scope.guess(f"{to.latex(node)} is {word} of all that follows it")
    if argument.form == "chain" and word in NUMBERS_OF_MATRICES - TRACES:
        factors, _ = merged_calls(to, argument)
        refuse_number_behind(to, node, factors, [to.term(part) for part in factors])
    card = meant(to, node, word, of) if not is_entrywise(head) else of_entries(to, node, word)
    if card.fields != ("of",):
        raise SyntaxProblem(
            f"{word} needs more than one argument and is not read",
            way_out="write it with operations that take one",
            span=to.span(node),
        )
    if head.form == "script" and head.below and card is Log and word == "log" and key(head.below) != ("e",):
        return to_base(to, node, head, Log(of))
    if head.form == "script" and head.below and card is not Softmax and not (card is Log and word == "log"):
        raise SyntaxProblem(f"{to.latex(head)} is not known", way_out=r"write \ln for the natural logarithm", span=to.span(head))
    if mark:  # not of words, “the trace of $X^TAX$”
        to.scope.spelling.marks.setdefault(card.__name__, mark)
    return to.make(card, of, node=node)


def to_base(to: Elaborator, node: Node, head: Node, value: Term) -> Term:
    r"""`\log_2 p`: the natural logarithm over that of the base, a number."""
    base = to.term(to_node(to, head.below))
    if not isinstance(base, (Number, Symbol)) or to.shape(base) != SCALAR:
        raise SyntaxProblem(f"{to.latex(head)} is not known", way_out=r"write \ln for the natural logarithm", span=to.span(node))
    return product(to, node, [EntryPower(Log(base), Number(-1)), value])


def of_entries(to: Elaborator, node: Node, word: str) -> type[Term]:
    """The card of a function of a number that acts on each entry."""
    card = next((card for card in words().get(word, ()) if issubclass(card, Elementwise)), None)
    if card is None:
        raise SyntaxProblem(f"{word} is no function of a number, and does not act on the entries", span=to.span(node))
    return card


def refuse_number(to: Elaborator, node: Node, word: str, of: Term) -> None:
    r"""The determinant of a number was meant for something else: `\log\det|\Sigma|` has one mark too many; a name is likely no number."""
    if type(of) is Determinant:
        way_out = rf"leave out {to.latex(node.parts[0])}, or the bars"
        raise to.ambiguous(f"{to.latex(node)} is {word} of a determinant, which is a number", way_out, node)
    if not isinstance(of, Product | Sum):
        raise ShapeError(f"{to.latex(node)} is taken of a number", way_out="declare what it is of as a matrix, or leave it out", span=to.span(node))
    to.scope.guess(f"{to.latex(node)} is of a number: that number itself")


def is_only_a_call(to: Elaborator, node: Node) -> bool:
    r"""`\log p(x)`: what follows is one function with its argument."""
    return len(node.parts) == 2 and (is_call(to, *node.parts) or is_dependence(*node.parts))


def is_function_of_matrix(to: Elaborator, node: Node, word: str, of: Term) -> bool:
    r"""Whether a function is of the matrix, not of its entries: it is square, or it is that of `e^{tA}`, of which nothing tells a size."""
    rows, columns = to.shape(of)
    if not to.is_square(of) and (not to.is_matrix(of) or rows.known or columns.known):
        return False
    if word == "exp" and is_combination(to, of):
        to.scope.open_functions = to.scope.open_functions or not to.is_square(of)
        if to.scope.deciding and to.may_be_square(of):
            to.scope.guess(f"{to.latex(node)} is the exponential of a square matrix, not of its entries")
    if to.is_square(of):
        return True
    to.scope.guess(f"{to.latex(node)} is taken entry by entry: nothing tells that its matrix is square")
    return False


def is_combination(to: Elaborator, of: Term) -> bool:
    """Whether a term is made of matrices of which no size was declared, and numbers, by sums and multiples alone."""
    match of:
        case Sum(parts):
            return all(is_combination(to, part) for part in parts)
        case Product(factors):
            large = [factor for factor in factors if not factor.is_scalar]
            return len(large) == 1 and is_combination(to, large[0])
        case Transpose(inner):
            return is_combination(to, inner)
    return isinstance(of, Symbol) and (of in to.scope.guessed.values() or not any(dim.known for dim in to.shape(of)))


def meant(to: Elaborator, node: Node, word: str, of: Term) -> type[Term]:
    """The card that a word means for this argument."""
    cards = words().get(word, ())
    if not cards:
        raise SyntaxProblem(
            f"the function {word} is not known",
            way_out=f"define it, or declare it: {word} : function elementwise",
            span=to.span(node),
        )
    entry = next((card for card in cards if issubclass(card, Elementwise)), None)
    whole = next((card for card in cards if issubclass(card, MatrixFunction)), None)
    if entry is not None and whole is not None:
        if word in to.scope.elementwise or not is_function_of_matrix(to, node, word, of):
            return entry
        to.scope.guess(rf"{word} of a square matrix is the function of the matrix, not of its entries")
        return whole
    if Determinant in cards and to.shape(of) == SCALAR:
        refuse_number(to, node, word, of)
    if Diag in cards or Diagonal in cards:
        if to.is_vector(of) or (not to.is_matrix(of)):
            return Diag
        return Diagonal
    if entry is not None and to.is_square(of) and word not in to.scope.elementwise:
        to.scope.guess(f"{word} is applied to every entry")
    return cards[0]
