"""Conjugates: which terms may have complex values, and the conjugate of a term, taken inward to its symbols.

A term may be complex only where a symbol that was declared complex, or the imaginary unit, is in it.
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import (
    Adjugate,
    Block,
    Conjugate,
    CrossProduct,
    Determinant,
    Diag,
    Diagonal,
    Differential,
    Eigenvalue,
    Entry,
    EntryPower,
    EntrySumNorm,
    Hadamard,
    Hermitian,
    ImaginaryPart,
    ImaginaryUnit,
    Inner,
    Inverse,
    Kronecker,
    LogSumExp,
    MatrixPower,
    MaxNorm,
    Norm,
    NuclearNorm,
    Number,
    Product,
    ProductOver,
    PseudoInverse,
    RealPart,
    Share,
    SingularValue,
    Softmax,
    SpectralNorm,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    Unvec,
    Vec,
    Vech,
    WeightedNorm,
)
from derivtex.operations.activations import Swish
from derivtex.operations.elementwise import Abs, Cos, Cosh, Exp, Log, Sigmoid, Sin, Sinh, Tan, Tanh
from derivtex.operations.functions import MatrixCos, MatrixExp, MatrixLog, MatrixRoot, MatrixSin

REAL_VALUED = (RealPart, ImaginaryPart, Abs, Norm, EntrySumNorm, MaxNorm, WeightedNorm, SpectralNorm, NuclearNorm, SingularValue)
# f(X)* = f(X*): what is made of sums and products with real numbers only, and principal branches of functions that are real on the reals.
COMMUTING = (
    Adjugate, Block, CrossProduct, Determinant, Diag, Diagonal, Entry, EntryPower, Hadamard, Inner, Inverse, Kronecker, LogSumExp,
    MatrixPower, Product, ProductOver, PseudoInverse, Share, Softmax, Sum, SumOver, Trace, Transpose, Unvec, Vec, Vech,
    Eigenvalue, Cos, Cosh, Exp, Log, Sigmoid, Sin, Sinh, Swish, Tan, Tanh, MatrixCos, MatrixExp, MatrixLog, MatrixRoot, MatrixSin,
)  # fmt: skip


def may_be_complex(term: Term) -> bool:
    """Whether a term has a complex part that is not made real by what stands around it."""
    return term.remembered("_complex", _may_be_complex)


def _may_be_complex(term: Term) -> bool:
    if type(term) is Symbol:
        return term.has("complex") or term.has("hermitian")
    if type(term) is ImaginaryUnit:
        return True
    return type(term) not in REAL_VALUED and any(map(may_be_complex, term.children))


def conjugated(term: Term) -> Term:
    """The conjugate of a term, with the conjugates on its symbols as far as they can be taken inward."""
    return term.remembered("_conjugated", _conjugated)


def _conjugated(term: Term) -> Term:
    if not may_be_complex(term):
        return term
    match term:
        case Conjugate(of):
            return of
        case Hermitian(of):
            return Transpose(of)
        case Symbol() if term.has("hermitian"):
            return Transpose(term)
        case ImaginaryUnit():
            return Product((Number(-1), term))
    if type(term) in COMMUTING:
        return term.rebuild(tuple(map(conjugated, term.children)))
    return Conjugate(term)


def is_conjugate_leaf(term: Term) -> bool:
    """dX*, dXᴴ: the conjugate of a change, with or without a transpose."""
    return type(term) in (Conjugate, Hermitian) and type(term.of) is Differential
