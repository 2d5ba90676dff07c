"""What depends on a number in a way that is left open: differentiated by that number, with its slope in the result."""

import numpy as np
import pytest

import derivtex
from derivtex.core.errors import NotDerivable, ShapeError
from derivtex.core.shapes import shape
from derivtex.operations import Derivative, OpenCurve, symbol
from derivtex.rewriting.normal_form import is_own_transpose


@pytest.mark.parametrize(
    ("source", "wrt", "result"),
    [
        (r"\det(A(t))", "t", r"\det(A)\operatorname{tr}\left(A^{-1}\frac{\partial A}{\partial t}\right)"),
        (r"A(t)^{-1}", "t", r"-A^{-1}\frac{\partial A}{\partial t}A^{-1}"),
        (r"y^TK(\theta)^{-1}y", r"\theta_j", r"-y^{T}K^{-1}\frac{\partial K}{\partial\theta_j}K^{-1}y"),
        (r"\log\det K(x,\theta)", r"\theta", r"\operatorname{tr}\left(K^{-1}\frac{\partial K}{\partial\theta}\right)"),
        (r"\lambda(t)\|x\|^2", "t", r"\|x\|^{2}\frac{\partial\lambda}{\partial t}"),
        (r"tA(t)b", "t", r"\left(A + t\frac{\partial A}{\partial t}\right)b"),
        (r"s = t^2; f = \operatorname{tr}(A(s)B)", "t", r"2t\operatorname{tr}\left(\frac{\partial A}{\partial s}B\right)"),
    ],
)
def test_the_slope_stands_in_the_result_and_every_step_is_confirmed(source, wrt, result):
    answer = derivtex.derive(source, wrt=wrt)
    assert str(answer.result) == result and answer.confirmed
    assert any("left open" in guess for guess in answer.derivation.problem.guesses)


def test_a_second_derivative_has_the_second_slope():
    answer = derivtex.derive(r"\frac{d^2}{dt^2} A(t)B(t)")
    assert r"\frac{\partial^{2}A}{\partial t^{2}}B" in str(answer.result) and answer.confirmed


def test_code_is_handed_the_curve_and_its_slope():
    scope: dict = {"np": pytest.importorskip("numpy")}
    exec(derivtex.derive(r"\frac{d}{dt}\operatorname{tr}(A(t)^2)").to_numpy(), scope)
    assert scope["derivative"](A=scope["np"].eye(2), dA_dt=scope["np"].full((2, 2), 3.0)) == 12


@pytest.mark.parametrize("properties", [(), ("symmetric",)])
def test_a_slope_is_symmetric_where_its_curve_is(properties):
    """Of a matrix that is said to be nothing, its slope is not its own transpose."""
    thing = symbol("A", "matrix", shape("n", "n"), properties)
    assert is_own_transpose(Derivative(thing, symbol("t", "scalar"), "scalar", *thing.shape)) == bool(properties)


def test_along_a_vector_there_is_no_slope():
    with pytest.raises(NotDerivable, match="in a way that nothing tells"):
        derivtex.derive(r"\log\det A(\mathbf x)", wrt=r"\mathbf x")
    with pytest.raises(ShapeError, match="one number"):
        OpenCurve("A", symbol("x", "vector", shape("n", 1)), *shape("n", "n"), ())


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (r"Let $A$ depend on $t$. What is $\frac{d}{dt} A^{-1}$?", r"-A^{-1}\frac{dA}{dt}A^{-1}"),
        (r"Let $A$ be a matrix that depends on $t$. What is the derivative of $\log\det A$ with respect to $t$?",
         r"\operatorname{tr}\left(A^{-1}\frac{\partial A}{\partial t}\right)"),
        (r"The loss $L$ depends on $W$: $L = \|Wx\|^2$. Gradient of $L$ with respect to $W$?", "2Wxx^{T}"),
        ("I know $x^TAx$ as a function of $x$. The gradient of $x^TAx$ with respect to $x$?", "(A + A^{T})x"),
    ],
)  # fmt: skip
def test_words_say_what_depends_on_what(text, result):
    """As the bracket of `A(t)` does; of what is defined they say nothing new."""
    assert derivtex.derive(text).to_dict()["result"]["latex"] == result


def test_what_depends_on_a_vector_in_an_open_way_is_no_constant():
    """By one entry its derivative can be told; by a matrix nothing can."""
    found = derivtex.derive(r"$f = \|Xw-y\|^2$ where $y$ depends on $w$. Gradient with respect to $w$?")
    assert str(found.derivation.problem.wrt[0]) == "w_k" and found.confirmed
    assert r"\frac{\partial y}{\partial w_k}" in found.to_dict()["result"]["latex"]
    with pytest.raises(derivtex.DerivtexError, match="y depends on W in a way that nothing tells"):
        derivtex.derive(r"$f = \|Wx-y\|^2$ where $y$ depends on $W$. Gradient with respect to $W$?")


@pytest.mark.parametrize(("line", "verdict"), [
    (r"\frac{d}{dt}\det A(t) = \det A(t)\operatorname{tr}(A(t)^{-1}\frac{dA}{dt})", "holds"),
    (r"\frac{d}{dt}\det A = 2\det A\operatorname{tr}(A^{-1}\frac{dA}{dt})", "fails"),
    (r"\frac{d}{dt}A^{-1}(t) = -A^{-1}(t)\dot A(t)A^{-1}(t)", "holds"),
    (r"\frac{d}{dt}A(t)^{-1} = A(t)^{-1}A'(t)A(t)^{-1}", "fails"),
    (r"\frac{d}{dt}(x(t)^TAx(t)) = x'(t)^T(A+A^T)x(t)", "holds"),
    (r"\frac{d}{dt}e^{tA} = Ae^{tA}", "holds"),
    (r"\frac{d}{dt}e^{tA} = 2Ae^{tA}", "fails"),
    (r"\frac{d}{dt}\det(e^{tA})\big|_{t=0} = \operatorname{tr}A", "holds"),
    (r"\det(e^A) = e^{\operatorname{tr}A}", "holds"),
    (r"\det(e^A) = e^{2\operatorname{tr}A}", "fails"),
    (r"\frac{d}{d\theta}y^TK_\theta^{-1}y = -y^TK_\theta^{-1}K_\theta'K_\theta^{-1}y", "unknown"),
])  # fmt: skip
def test_the_marks_of_a_slope_are_known_to_claims(line, verdict):
    assert derivtex.check(line).lines[0].verdict == verdict


@pytest.mark.parametrize(("line", "verdict"), [
    (r"\nabla_x \frac{1}{2}r(x)^Tr(x) = \frac{\partial r(x)}{\partial x}^Tr(x)", "holds"),
    (r"\nabla_x \frac{1}{2}r(x)^Tr(x) = 2\frac{\partial r(x)}{\partial x}^Tr(x)", "fails"),
    (r"d(r(x)^Tr(x)) = 2r(x)^Tr'(x)\,dx", "holds"),
    (r"d(r(x)^Tr(x)) = r(x)^Tr'(x)\,dx", "fails"),
])  # fmt: skip
def test_a_map_of_vectors_has_a_jacobian_that_claims_know(line, verdict):
    assert derivtex.check(r"r : \mathbb{R}^n \to \mathbb{R}^n; " + line).lines[-1].verdict == verdict


def test_the_code_of_a_map_takes_it_and_its_jacobian():
    """Handed in as functions of a flat vector; the Jacobian has a row for each entry."""
    declared = [r"f: \mathbb R^p \to \mathbb R^n", "W: matrix n x n", "y: vector n", "A: matrix p x q"]
    found = derivtex.derive(r"\|W(y-f(Az))\|^2", wrt="z", declare=declared)
    assert found.confirmed and str(found.result) == r"2A^{T}J_f(Az)^{T}W^{T}W\bigl(f(Az) - y\bigr)"
    room, draw = {"np": np}, np.random.default_rng(3)
    exec(found.to_dict()["result"]["numpy"], room)
    mixing, a, w = (draw.normal(size=size) for size in ((3, 4), (4, 2), (3, 3)))
    y, z = draw.normal(size=3), draw.normal(size=2)
    f = lambda at: np.sin(mixing @ at)  # noqa: E731
    got = room["gradient"](A=a, z=z, W=w, y=y, f=f, df=lambda at: np.cos(mixing @ at)[:, None] * mixing)
    cost = lambda at: np.sum((w @ (y - f(a @ at))) ** 2)  # noqa: E731
    wanted = [(cost(z + step) - cost(z - step)) / 2e-6 for step in 1e-6 * np.eye(2)]
    assert np.allclose(got, wanted, rtol=1e-6)
