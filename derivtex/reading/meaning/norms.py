r"""Bars: `|x|`, `|X|`, `\|x\|`, `\|X\|_F`; what they are depends on what stands inside."""

from __future__ import annotations

from derivtex.core.errors import ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import (
    Abs,
    Determinant,
    EntryPower,
    EntrySumNorm,
    MaxNorm,
    Norm,
    NuclearNorm,
    Number,
    Ones,
    Product,
    SpectralNorm,
    Transpose,
    WeightedNorm,
)  # fmt: skip
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.meaning.sets import counted
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import FONTS
from derivtex.reading.syntax.tree import Node, Parts, key


def bars(to: Elaborator, node: Node) -> Term:
    return norm(to, node, node, ())


def norm(to: Elaborator, node: Node, bars_node: Node, below: Parts) -> Term:
    r"""`|x|`, `|X|`, `\|x\|`, `\|X\|_F`: what it is depends on what stands inside."""
    if bars_node.text == "|" and not below and (number := counted(to, bars_node)) is not None:
        return number
    of = to.term(bars_node.parts[0])
    if bars_node.text == "|" and not below:
        return single_bars(to, node, bars_node, of)
    index = latex(below)
    letters = "".join(mark for mark in key(below) if mark not in FONTS and mark not in (r"\rm", r"\text", "{", "}"))
    to.scope.spelling.marks.setdefault("Norm", r"\|" + (f"_{{{index}}}" if index and letters in ("F", "2") else ""))
    if letters in ("F", "Fro", "fro", "2,F", "HS"):
        refuse_number(to, node, of, "Frobenius norm")
        return Norm(of)
    if letters == "":
        if to.is_matrix(of):
            if not is_squared(node, bars_node):
                raise to.ambiguous(
                    f"the norm {to.latex(bars_node)} of a matrix may be the Frobenius norm or the spectral norm",
                    r"write \|X\|_F for the first, \|X\|_2 for the second", node,
                )  # fmt: skip
            to.scope.guess(f"{to.latex(bars_node)} of a matrix is its Frobenius norm")
        return Norm(of)
    return indexed_norm(to, node, of, letters, below)


def is_squared(node: Node, bars_node: Node) -> bool:
    return node is not bars_node and node.above.name == ("2",)


def refuse_number(to: Elaborator, node: Node, of: Term, norm_of_matrices: str) -> None:
    """A norm of matrices around a number was meant for something else: the number is likely a kind that was guessed wrong, or bars misread."""
    if to.shape(of) == SCALAR:
        way_out = r"write |c| for an absolute value, or declare what stands inside"
        raise ShapeError(f"a number stands in a {norm_of_matrices}", way_out=way_out, span=to.span(node))


def single_bars(to: Elaborator, node: Node, bars_node: Node, of: Term) -> Term:
    if to.shape(of) == SCALAR or to.of_entries or "|" in to.scope.elementwise:
        return Abs(of)
    if not to.is_matrix(of):
        to.scope.guess(f"{to.latex(bars_node)} of a vector is its Euclidean norm")
        return Norm(of)
    to.scope.spelling.marks.setdefault("Determinant", "|")
    return to.make(Determinant, of, node=node)


def indexed_norm(to: Elaborator, node: Node, of: Term, letters: str, below: Parts) -> Term:
    matrix = to.is_matrix(of)
    if letters in ("2", "op"):
        if not matrix:
            return Norm(of)
        if letters == "2" and is_squared(node, bars_of(node)) and not speaks_of_spectra(to):
            to.scope.guess(f"{to.latex(node)} of a matrix is its squared Frobenius norm; the spectral norm is written \\|X\\|_{{op}}")
            return Norm(of)
        to.scope.guess(f"{to.latex(node)} of a matrix is its largest singular value")
        return SpectralNorm(of)
    if letters in ("*", r"\star", "tr", "nuc"):
        refuse_number(to, node, of, "nuclear norm")
        return NuclearNorm(of)
    if letters in ("1", r"\infty", r"\max", "1,1"):
        if matrix and letters == "1" and speaks_of_penalties(to):
            to.scope.guess(f"{to.latex(node)} is the sum of the absolute entries, as of a penalty; the largest sum of a column would be another norm")
        elif matrix and letters not in ("1,1", r"\max"):
            message = f"the norm with index {letters} of a matrix can be that of its entries or the induced one"
            raise to.ambiguous(message, r"write it with its entries, \sum_{i,j} |X_{ij}|", node)
        return EntrySumNorm(of) if letters in ("1", "1,1") else MaxNorm(of)
    try:
        weight = to.term(to_node(to, below))
    except SyntaxProblem:
        weight = None
    if weight is not None and to.shape(weight) == SCALAR and not matrix and weight is not Number(0):
        return power_norm(to, node, of, weight)
    if weight is None or not to.is_matrix(weight) or matrix:
        raise SyntaxProblem(
            f"a norm with the index {letters} is not known",
            way_out=r"known are 1, 2, F, *, \infty, and a matrix as weight",
            span=to.span(node),
        )
    return to.make(WeightedNorm, of, weight, node=node)


def bars_of(node: Node) -> Node:
    """The bars that something is written below or above."""
    return node.parts[0] if node.form == "script" else node


def speaks_of_spectra(to: Elaborator) -> bool:
    """Whether the words around the formula, or its other marks, are about spectral norms."""
    text = to.source.text.lower()
    spectral = ("spectral norm", "operator norm", "spectral radius", "singular value", r"\sigma_{\max}", r"\sigma_1")
    return to.scope.own or any(word in text for word in spectral)


def speaks_of_penalties(to: Elaborator) -> bool:
    """Whether the words around the formula tell that few entries are to be left, for which their sum is added to an objective."""
    text = to.source.text.lower()
    return any(word in text for word in ("lasso", "spars", "regulari", "penal", "soft threshold", "soft-threshold", "entrywise", "elementwise"))


def power_norm(to: Elaborator, node: Node, of: Term, exponent: Term) -> Term:
    r"""`\|x\|_p` of a vector: the root of the sum of the powers; `\|x\|_p^p` is that sum, whose root the power takes back."""
    to.scope.guess(f"{to.latex(node)} is the norm of powers of entries")
    powers = EntryPower(Abs(of), exponent)
    total = Product((Transpose(Ones(of.shape[0], ONE)), powers)) if to.is_vector(of) else Product((powers, Ones(of.shape[1], ONE)))
    inverse = Number(1 / exponent.value) if type(exponent) is Number else EntryPower(exponent, Number(-1))
    return EntryPower(total, inverse)
