"""The printed result is the end of the last recorded step, and every step on the way to it is tried with numbers."""

import dataclasses

import pytest

import derivtex
from derivtex.checking import confirm

MATRICES = ["A, B, X, M : matrix n x n", "S : matrix n x n symmetric", "P : matrix n x n posdef", "U : matrix n x n orthogonal",
            "D : matrix n x n diagonal", "L : matrix n x n lower", "Z : matrix n x n complex", "z : vector n complex", "W : matrix p x n",
            "x, y, a, b : vector n", "c : vector p", "s, t : scalar"]  # fmt: skip
KINDS = [
    # gradients
    (r"\operatorname{tr}(B^TX^TXB) + a^TX^TXa", "X", {}),
    (r"\operatorname{tr}(XAX^TB)", "X", {"layout": "numerator"}),
    (r"\|X^TA - B\|^2", "X", {}),
    (r"\log\det(X^TX + A)", "X", {}),
    (r"\|Wx - c\|^2 + s\|x\|^2", "x", {}),
    (r"r = Wx - c; f = \frac12 r^Tr", "x", {"of": "f"}),
    (r"\log\sum_{i=1}^n e^{x_i}", "x", {}),
    (r"\frac12\sum_{i=1}^n\sum_{j=1}^n S_{ij}(x_i - x_j)^2", "x", {}),
    (r"\mathbf{1}^T\log(1 + e^{-Wx})", "x", {}),
    (r"\frac{x^TSx}{x^Tx}", "x", {}),
    (r"f = Wx; q = \operatorname{softmax}(f); \ell = -c^T\log q", "W", {"of": r"\ell"}),
    (r"\operatorname{tr}(e^X)", "X", {}),
    (r"\bar{x} = \frac1n\sum_{i=1}^n x_i; v = \sum_{i=1}^n(x_i - \bar{x})^2", "x", {"of": "v"}),
    # structured and complex variables
    (r"\log\det S + \operatorname{tr}(AS)", "S", {}),
    (r"\operatorname{tr}(AS)", "S", {"structure": "constrained"}),
    (r"\log\det P + \operatorname{tr}(P^{-1}A)", "P", {"structure": "ignore"}),
    (r"\operatorname{tr}(AU)", "U", {}),
    (r"\operatorname{tr}(ADB)", "D", {}),
    (r"\operatorname{tr}(AL)", "L", {}),
    (r"\operatorname{tr}(Z^HAZ)", "Z", {}),
    (r"z^HAz", "z", {"complex": "wirtinger"}),
    # scalars, Jacobians, Hessians, entries, differentials
    (r"a^T(A + tB)^{-1}b", "t", {}),
    (r"\tanh(Wx)", "x", {}),
    (r"\frac{x}{\|x\|}", "x", {}),
    (r"X^TAX", "X", {"form": "vec"}),
    (r"\log\sum_{i=1}^n e^{x_i}", "x", {"order": 2}),
    (r"(x^TAx)^2", "x", {"order": 2}),
    (r"\log\det X", "X", {"order": 2}),
    (r"\log\det P", "P", {"order": 2}),
    (r"\operatorname{tr}(X^TAX)", "X_{ij}", {}),
    (r"\operatorname{tr}(X^TAX)", "X", {"form": "differential"}),
]


@pytest.mark.parametrize(("source", "wrt", "asked"), KINDS)
def test_the_result_is_where_the_last_step_ends(source, wrt, asked):
    """Nothing changes between what is read off the last line and what is printed but by steps, each confirmed."""
    found = derivtex.derive(source, wrt=wrt, declare=MATRICES, **asked)
    derivation = found.derivation
    assert (derivation.read_off or derivation.chains[-1]).end is derivation.result
    assert derivation.recorded[-1].end is derivation.answer
    for chain in derivation.recorded:
        ends = [chain.start, *(step.after for step in chain.steps)]
        assert all(step.before is end for step, end in zip(chain.steps, ends, strict=False))
    assert [len(chain.steps) for chain in derivation.recorded] == [len(each) for each in derivation.certificates]
    assert found.confirmed
    told = found.to_dict()
    assert told["steps"][-1]["right"] == told["result"]["latex"] and all(step["confirmed"] for step in told["steps"])


def test_in_full_the_way_to_the_result_is_shown():
    """What is read off, before it is written shortly."""
    text = derivtex.derive(r"\operatorname{tr}(XAX^TB)", wrt="X", declare=MATRICES).to_latex(detail="full")
    assert text.count(r"\frac{\partial\phi}{\partial X}") == 1
    assert r"\frac{\partial\phi}{\partial X} &=& (AX^{T}B + A^{T}X^{T}B^{T})^{T}" in text


def test_a_slip_on_the_way_to_the_result_is_caught():
    """A step behind the last line is tried like all others."""
    derivation = derivtex.derive(r"\operatorname{tr}(XAX^TB)", wrt="X", declare=MATRICES, check=False).derivation
    steps = derivation.read_off.steps
    wrong = [steps[0]._replace(after=-steps[0].after), *steps[1:]]
    broken = dataclasses.replace(derivation, read_off=dataclasses.replace(derivation.read_off, steps=wrong))
    assert not confirm(broken).confirmed
