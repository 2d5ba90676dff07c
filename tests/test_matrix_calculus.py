"""The harder matrix calculus, item by item: Kronecker products, half-vectorisations, second differentials, matrix functions, equations."""

import pytest

import derivtex

JACOBIANS = [
    (r"x\otimes x", ("x : vector n",), "x", r"I_n \otimes x + x \otimes I_n"),
    (r"x\otimes Ax", ("x : vector n", "A : matrix m x n"), "x", r"I_n \otimes Ax + x \otimes A"),
    (r"A\otimes X", ("X : matrix m x n", "A : matrix p x r"), "X",
     r"(I_r \otimes K_{n,p} \otimes I_m)\bigl(\operatorname{vec}(A) \otimes I_{m n}\bigr)"),
    (r"\operatorname{vech}(X^{-1})", ("X : matrix n x n symmetric",), "X", r"-L_n(X^{-1} \otimes X^{-1})"),
]  # fmt: skip
GRADIENTS = [
    (r"a^T(x\otimes x)", ("x : vector n", "a : vector n*n"), "x", r"(I_n \otimes x^{T} + x^{T} \otimes I_n)a"),
    (r"a^T\operatorname{vech}(X)", ("X : matrix n x n", "a : vector n*(n+1)/2"), "X", r"\operatorname{unvec}(L_n^{T}a)"),
]


def confirmed(source, declare, wrt, **options):
    """The result's LaTeX of a derivation that the numbers confirm."""
    answer = derivtex.derive(source, declare=declare, wrt=wrt, **options)
    assert answer.derivation.confirmed
    return answer.to_dict()["result"]["latex"]


@pytest.mark.parametrize(("source", "declare", "wrt", "expected"), JACOBIANS)
def test_a_jacobian_of_vec_by_vec(source, declare, wrt, expected):
    """It is written with as few Kronecker products as there need be."""
    assert confirmed(source, declare, wrt, form="vec") == expected


@pytest.mark.parametrize(("source", "declare", "wrt", "expected"), GRADIENTS)
def test_a_gradient(source, declare, wrt, expected):
    """It is as short as people write it."""
    assert confirmed(source, declare, wrt) == expected
