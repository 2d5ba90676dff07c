"""Derivatives by complex variables: each convention gives what the numbers confirm, and what is ambiguous is refused."""

from dataclasses import replace

import pytest

import derivtex
from derivtex.checking import confirm
from derivtex.core.errors import NotDerivable
from derivtex.operations import Block

COMPLEX_X = ("x : vector n complex", "A : matrix m x n complex", "b : vector m complex")
COMPLEX_Z = ("Z : matrix n x m complex",)
CASES = [
    ("|z|^2", ("z : scalar complex",), "z", "conjugate", "z"),
    ("|z|^2", ("z : scalar complex",), "z", "wirtinger", "z^{*}"),
    (r"z^2 + \frac{1}{z}", ("z : scalar complex",), "z", "conjugate", "0"),
    (r"\|Ax-b\|^2", COMPLEX_X, "x", "conjugate", "A^{H}(Ax - b)"),
    (r"\|Ax-b\|^2", COMPLEX_X, "x", "wirtinger", "A^{T}(Ax - b)^{*}"),
    (r"\operatorname{tr}(Z^H Z)", COMPLEX_Z, "Z", "real", r"2\operatorname{Re}(Z)"),
    (r"\operatorname{tr}(Z^H Z)", COMPLEX_Z, "Z", "imag", r"2\operatorname{Im}(Z)"),
    (r"\det(Z^H Z)", COMPLEX_Z, "Z", "conjugate", r"\det(Z^{H}Z)Z(Z^{H}Z)^{-1}"),
    ("r = Ax - b; f = r^H r", COMPLEX_X, "x", "conjugate", "A^{H}r"),
    (r"r = Ax - b; f = \bar{r}^T r", COMPLEX_X, "x", "conjugate", "A^{H}r"),
    (r"z\overline{z}^2", ("z : scalar complex",), "z", "conjugate", r"2z\overline{z}"),
    (r"\sum_{i=1}^n \bar{x}_i x_i", COMPLEX_X[:1], "x", "wirtinger", r"\bar{x}"),
    (r"\lambda_{\max}(Z^H Z)", COMPLEX_Z, "Z", "conjugate", "Zuu^{H}"),
    (r"\|Z\|_2", COMPLEX_Z, "Z", "conjugate", r"\frac{1}{2}uv^{H}"),
    (r"|\det Z|^2", ("Z : matrix n x n complex",), "Z", "conjugate", r"|\det Z|^{2}Z^{-H}"),
    (r"\bar{z}_1 z_2", ("z_1 : scalar complex", "z_2 : scalar complex"), "z_1", "conjugate", "z_2"),
]


@pytest.mark.parametrize(("source", "declared", "variable", "convention", "expected"), CASES)
def test_a_convention_is_kept(source, declared, variable, convention, expected):
    """The result is short, confirmed by numbers, and the convention is said."""
    answer = derivtex.derive(source, declare=declared, wrt=variable, complex=convention)
    assert answer.to_dict()["result"]["latex"] == expected
    assert answer.derivation.confirmed
    words = {"conjugate": "independent", "wirtinger": "independent", "real": "the real part", "imag": "the imaginary part"}[convention]
    assert any(words in note.words for note in answer.derivation.notes)


def blocks(*four):
    return r"\left(\begin{array}{cc}" + r" \\ ".join(f"{left} & {right}" for left, right in (four[:2], four[2:])) + r"\end{array}\right)"


HERMITIAN_A = ("z : vector n complex", "A : matrix n x n hermitian", "B : matrix n x n complex")
SECOND = [
    ("z^HAz", HERMITIAN_A, "conjugate", blocks("A", r"\mathbf{0}", r"\mathbf{0}", "A^{T}")),
    (r"\operatorname{Re}(z^TBz)", HERMITIAN_A, "wirtinger", r"\frac{1}{2}(B + B^{T})"),
    ("z^HBz", HERMITIAN_A, "real", "B + B^{T}"),
    ("z^HAz", HERMITIAN_A, "imag", r"2\operatorname{Re}(A)"),
    ("|z|^4", ("z : scalar complex",), "conjugate", blocks("4|z|^{2}", "2z^{2}", "2(z^{*})^{2}", "4|z|^{2}")),
    (r"z\bar{z} + \|z\|^4", ("z : scalar complex",), "wirtinger", "2(z^{*})^{2}"),
    (r"\|z^Hz - I\|^2", ("z : matrix m x n complex",), "wirtinger", r"2(z^{H} \otimes z^{*})K_{m,n}"),
]


@pytest.mark.parametrize(("source", "declared", "convention", "expected"), SECOND)
def test_second_derivatives(source, declared, convention, expected):
    """By (z, z*) as by the others (Kreutz-Delgado, sec. 6); what is not right is refuted."""
    answer = derivtex.derive(source, declare=declared, wrt="z", complex=convention, order=2)
    assert str(answer.result) == expected
    assert answer.confirmed
    right = answer.derivation
    wrong = 2 * right.result if convention != "conjugate" else Block(right.result.blocks[::-1] if "Az" in source else right.result.blocks[:2] * 2, 2)
    assert not confirm(replace(right, chains=(), result=wrong, opened=None, unnamed=None)).verdict.confirmed


def test_a_second_derivative_by_both_is_one_of_a_real_function():
    with pytest.raises(NotDerivable, match="not real") as refusal:
        derivtex.derive("z^HBz", declare=HERMITIAN_A, wrt="z", order=2)
    assert "--complex wirtinger" in refusal.value.way_out


def test_how_a_second_derivative_by_both_is_told():
    """The two that it is by stand on the left, and below what the second differential is."""
    answer = derivtex.derive(r"\log\det(I + Z\bar{Z}^T)", declare=COMPLEX_Z, wrt="Z", order=2)
    assert answer.confirmed
    text, code = answer.to_latex(), answer.to_numpy()
    assert r"\partial\overline{(\mathrm{vec}(Z), \overline{\mathrm{vec}(Z)})}\,\partial(\mathrm{vec}(Z)," in text
    assert "Hermitian form of this matrix" in text and "np.block" in code and r"with respect to \operatorname{vec}(Z)," in code


def test_a_barred_name_that_is_declared_or_real_is_no_conjugate():
    """A bar means a conjugate only over what is complex and has no name of its own with the bar."""
    own = derivtex.derive(r"\bar{z}z", declare=["z : scalar complex", r"\bar{z} : scalar"], wrt="z")
    mean = derivtex.derive(r"(x - \bar{x})^T(x - \bar{x})", declare=["x : vector n"], wrt="x")
    assert str(own.result) == "0"
    assert str(mean.result) == r"2(x - \bar{x})"


def test_an_inner_product_of_complex_terms_is_refused():
    """Books differ in which side of ⟨x, y⟩ is conjugated."""
    with pytest.raises(NotDerivable):
        derivtex.derive(r"\langle Bx, x\rangle", declare=["x : vector n complex", "B : matrix n x n complex"], wrt="x")


HERMITIAN_X = ("X : matrix n x n hermitian", "A : matrix n x n hermitian", "B : matrix n x n complex", "z : vector n complex")
WITHIN_HERMITIAN = [
    (r"\log\det X", "X^{-1}"),
    ("z^H X z", "zz^{H}"),
    (r"\operatorname{tr}(AX^{-1})", "-X^{-1}AX^{-1}"),
    (r"\|X - B\|_F^2", "2X - B^{H} - B"),
    (r"\Re\operatorname{tr}(BX)", r"\frac{1}{2}(B + B^{H})"),
    (r"\lambda_{\max}(X)", "uu^{H}"),
]


@pytest.mark.parametrize(("source", "expected"), WITHIN_HERMITIAN)
def test_the_gradient_within_the_hermitian_matrices(source, expected):
    """It is the Hermitian G with df = tr(G dX), which is said and confirmed along Hermitian changes."""
    answer = derivtex.derive(source, declare=HERMITIAN_X, wrt="X")
    assert answer.to_dict()["result"]["latex"] == expected
    assert answer.derivation.confirmed
    assert any("trace of its product" in note.words for note in answer.derivation.notes)


WITHIN_HERMITIAN_TOO = [
    ("Xz", 1, r"z^{T} \otimes I_n"), ("z^HX^2z", 2, r"z^{*}z^{T} \otimes I_n + I_n \otimes zz^{H}"), (r"\log\det X", 2, r"-X^{-T} \otimes X^{-1}"),
    (r"\operatorname{tr}(AXAX)", 2, r"2(A^{T} \otimes A)"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "order", "expected"), WITHIN_HERMITIAN_TOO)
def test_jacobians_and_hessians_within_the_hermitian_matrices(source, order, expected):
    """What stands beside vec dX, whose conjugate is K vec dX; the second differential is the Hermitian form of a Hessian."""
    answer = derivtex.derive(source, declare=HERMITIAN_X, wrt="X", order=order)
    assert str(answer.result) == expected
    assert answer.confirmed
    wrong = replace(answer.derivation, chains=(), result=-answer.result, opened=None, unnamed=None)
    assert not confirm(wrong).verdict.confirmed


def test_a_target_that_is_not_real_has_no_gradient_within_the_hermitian_matrices():
    """No Hermitian G gives tr(BX) for any B."""
    with pytest.raises(NotDerivable):
        derivtex.derive(r"\operatorname{tr}(BX)", declare=HERMITIAN_X, wrt="X")


REAL_ONLY = (r"\operatorname{relu}(a^Hz)", r"\operatorname{sign}(a^Hz)", r"\max(a^Hz, b)", r"\lambda_{\max}(za^H)")


@pytest.mark.parametrize("source", REAL_ONLY)
def test_what_has_an_order_is_not_differentiated_at_complex_arguments(source):
    """There is no larger one of two complex numbers, and no largest of complex eigenvalues."""
    with pytest.raises(NotDerivable):
        derivtex.derive(source, declare=["z : vector n complex", "a : vector n complex", "b : scalar"], wrt="z")


def test_what_is_not_known_is_named():
    """Not by the name of a class."""
    with pytest.raises(NotDerivable, match="differential of the left unit singular vector of"):
        derivtex.derive(r"\|A+tB\|_2", declare=["A, B : matrix m x n complex", "t : scalar"], wrt="t", order=2)


def test_a_hermitian_variable_with_free_entries_stays_complex():
    """Without its structure it has conjugates still: tr(AX) does not depend on them."""
    declared = ["X : matrix n x n hermitian", "A : matrix n x n complex"]
    assert str(derivtex.derive(r"\operatorname{tr}(AX)", declare=declared, wrt="X", structure="ignore").result) == r"\mathbf{0}"


def test_columns_of_the_variable_change_with_it():
    """X_i, a family of the columns' size, is no constant beside X; that it is a column is said."""
    declared = ["X : matrix m x n complex", "X_i : vector m complex for i = 1..n", "u_i : scalar for i = 1..n"]
    answer = derivtex.derive(r"\sum_{i=1}^n u_i \|X_i\|_2^2", declare=declared, wrt="X")
    assert answer.derivation.confirmed
    assert any("column" in guess for guess in answer.derivation.problem.guesses)
    assert "u" in answer.to_dict()["result"]["latex"]


@pytest.mark.parametrize(
    "target, condition, expected",
    [("x u^H u", r"\|u\| = 1", "1"), ("x u^T u", r"\|u\| = 1", "u^{T}u"), (r"x \|u\|", "u^T u = 1", r"\|u\|"), (r"x \|u\|", "u^H u = 1", "1")],
)
def test_a_length_of_one(target, condition, expected):
    """The length of a complex vector is that of u^H u; what is said of u^T u tells nothing of it."""
    found = derivtex.derive(f"f = {target}\n{condition}", wrt="x", declare=["u: vector n complex", "x: scalar"])
    assert str(found.result) == expected


def test_a_complex_matrix_with_a_transpose_for_its_inverse():
    """Orthogonal is said of real matrices: the other one is not made unitary."""
    found = derivtex.derive("f = x \\operatorname{tr}(U^{-1})\nU^T U = I", wrt="x", declare=["U: matrix n x n complex", "x: scalar"])
    assert str(found.result) == r"\operatorname{tr}(U^{-1})"
