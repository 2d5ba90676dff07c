"""What an author's d moves: a right line holds, and the same line with a factor fails."""

import pytest

import derivtex


def verdicts(source: str, **options) -> list[str]:
    return [line.verdict for line in derivtex.check(source, **options).lines]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        ("C = E + F\nh = \\operatorname{tr}(C^2)", r"dh = 2\operatorname{tr}(C\,dC)", r"dh = 5\operatorname{tr}(C\,dC)"),
        ("u = v^Tv\nv = Bw", r"du = 2v^T dv", r"du = 7v^T dv"),
        ("C = E + F", r"dC = dE + dF", r"dC = 3\,dC"),
        (r"g = \|BY-C\|_F^2", r"dg = 2(BY-C):d(BY)", r"dg = 4(BY-C):d(BY)"),
        (r"G = Y^{-1}B", r"dG = d(Y^{-1})B", r"dG = d(Y^{-1})"),
        (r"M = B^{-1}", r"\frac{dB^{-1}}{dt} = -B^{-1}\frac{dB}{dt}B^{-1}", r"\frac{dB^{-1}}{dt} = B^{-1}\frac{dB}{dt}B^{-1}"),
        (
            "s = Mu+c",
            r"\frac{\partial J}{\partial M} = \frac{\partial J}{\partial s}u^T",
            r"\frac{\partial J}{\partial M} = 5\frac{\partial J}{\partial s}u^T",
        ),
    ],
)
def test_what_stands_behind_a_d_moves(lines: str, right: str, wrong: str) -> None:
    """A defined name moves what it is made of, a compound its names, an undefined loss is a function of what it is differentiated by."""
    assert verdicts(f"{lines}\n{right}")[-1] == "holds"
    assert verdicts(f"{lines}\n{wrong}")[-1] == "fails"


def test_nothing_is_confirmed_by_zeros() -> None:
    """A line of which both sides are zero whatever it says does not hold."""
    assert verdicts("f = a^Tb\n\\frac{\\partial f}{\\partial c} = 3\\frac{\\partial f}{\\partial c}")[-1] == "unknown"


def test_an_identity_that_is_zero_holds() -> None:
    """A right line whose right side is zero holds: with another term it would not."""
    assert verdicts("P = A(A^TA)^{-1}A^T\nA^T(y - Py) = 0", declare=["A: matrix n x k", "y: vector n"])[-1] == "holds"


def test_what_cannot_be_read_is_not_wrong() -> None:
    """A line that cannot be read is unreadable, with a code, and the others are judged."""
    report = derivtex.check("f = x^Tx\nx^TAx = \\E[x]\ndf = 2x^Tdx")
    assert [line.verdict for line in report.lines] == ["definition", "unreadable", "holds"]
    assert report.lines[1].code == "syntax"


@pytest.mark.parametrize(("text", "verdicts"), [
    (r"\nabla f(x) = S(x)", ["unreadable"]),
    ("f(W) = \\|W\\|_2 = u_1^T W v_1", ["definition", "condition"]),
    (r"A\frac{\delta X^{-1}}{\delta X}B = -AX^{-1}X^{-1}B", ["unreadable"]),
])  # fmt: skip
def test_what_is_not_said_is_not_wrong(text, verdicts):
    """A function that nothing defines, a name that an identity brings in, a quotient of variations: none of these lines fails."""
    found = [line.verdict for line in derivtex.check(text, declare=["W, X, A, B: matrix n x n", "x: vector n"]).lines]
    assert "fails" not in found and found[-1] == verdicts[-1], found
