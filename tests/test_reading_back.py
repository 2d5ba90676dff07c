"""What was read, printed and read again is the same term."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from derivtex.core.shapes import shape
from derivtex.operations import Determinant, Exp, Hadamard, Inverse, Kronecker, Log, Norm, Sum, Trace, Transpose, Vec, symbol
from derivtex.reading import read, read_formula
from derivtex.writing.formula import latex

FORMULAS = {
    r"\frac{1}{2}\|Ax - b\|_2^2 + \lambda\|x\|_1": "x",
    r"\log\det(X^{\top} A X) - \mathrm{Tr}(X^{-1}B)": "X",
    r"\sum_{i=1}^{n}\log(1 + e^{-y_i x_i^T w})": "w",
    r"-\frac{\nu + p}{2}\log|I_N + \Sigma^{-1}(X - M)\Omega^{-1}(X - M)^T|": "X",
    r"\frac{x^TAx}{x^Tx}": "x",
    r"\mathbf{1}^{\top}\left(Z - V\odot\log Z\right)\mathbf{1}": "Z",
    r"\operatorname{vec}(X)^{T}(A\otimes B)\operatorname{vec}(X)": "X",
    r"\begin{bmatrix} A & B \\ B^T & 0 \end{bmatrix}": "A",
    r"\|\operatorname{diag}(x)A - B\|_F^2": "x",
    r"a^T\left(B + X(C + X^TX)^{-1}X^T\right)^{-1}a": "X",
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_printed_and_read_again_is_itself(formula):
    """Reading what was written gives the equal term."""
    problem = read(formula, wrt=FORMULAS[formula])
    assert read_formula(latex(problem.target, problem.spelling), problem.symbols) is problem.target


SQUARES = [symbol(name, "matrix", shape("n", "n")) for name in "ABX"]
NAMES = {each.name: each for each in SQUARES}
TERMS = some.recursive(
    some.sampled_from(SQUARES),
    lambda inner: some.one_of(
        inner.map(Transpose), inner.map(Inverse), some.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        some.tuples(inner, inner).map(Sum), some.tuples(inner, inner).map(Hadamard),
    ),
    max_leaves=8,
)  # fmt: skip
WHOLE = some.one_of(
    TERMS,
    TERMS.map(Trace),
    TERMS.map(lambda of: Log(Determinant(of))),
    TERMS.map(lambda of: Exp(Norm(of))),
    TERMS.map(Vec),
    some.tuples(TERMS, TERMS).map(lambda pair: Kronecker(*pair)),
)


@settings(max_examples=75, deadline=None)
@given(WHOLE)
def test_random_terms_printed_and_read_again_stay(term):
    """Whatever is written can be read; what was read (sums and products flat) is read from its own print as itself."""
    once = read_formula(latex(term), NAMES)
    assert once.shape == term.shape
    assert read_formula(latex(once), NAMES) is once
