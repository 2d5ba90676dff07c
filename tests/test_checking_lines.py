"""Lines of somebody's derivation: the first wrong one is found, and what should stand there."""

from derivtex.checking.lines import check_lines
from derivtex.core.errors import Source, Span
from derivtex.core.shapes import Dim, shape
from derivtex.operations import Derivative, Trace, d, symbol
from derivtex.problem import Claim, Definition, Fault, Problem

X, W = symbol("X", "matrix", shape(1, "m")), symbol("W", "matrix", shape("m", 10))
b, y = symbol("b", "matrix", shape(1, 10)), symbol("y", "matrix", shape(10, 1))
f, L = symbol("f", "row", shape(1, 10)), symbol("L", "scalar")
SOURCE = Source("1234567890")
m = Dim.of("m")


def span(at: int) -> Span:
    return Span(SOURCE, at, at + 1)


def problem(*claims: Claim, faults: tuple[Fault, ...] = ()) -> Problem:
    definitions = (Definition(f, X * W + b, span(1)), Definition(L, f * y, span(0)))
    return Problem(SOURCE, {}, definitions, {}, L, (W,), claims=claims, faults=faults)


def gradient(of=L, by=W) -> Derivative:
    return Derivative(of, by, "gradient", *by.shape)


def test_a_right_derivation():
    """Definitions, differentials and the gradient hold."""
    report = check_lines(
        problem(
            Claim(d(L), "=", d(f) * y, "3", span(2)),
            Claim(d(f) * y, "=", X * d(W) * y, "4", span(3)),
            Claim(gradient(), "=", X.T * y.T, "5", span(4)),
            Claim(gradient(L, f), "=", y.T, "6", span(5)),
        )
    )
    assert [line.verdict for line in report.lines] == ["definition", "definition", "holds", "holds", "holds", "holds"]
    assert report.confirmed and report.first_wrong is None


def test_the_first_wrong_line():
    """A lost transpose fails, with what should stand there."""
    report = check_lines(
        problem(Claim(d(L), "=", X * d(W) * y, "3", span(2)), Claim(gradient(), "=", 2 * X.T * y.T, "4", span(3)))
    )
    assert report.first_wrong == 3
    assert report.lines[3].expected is X.T * y.T
    assert not report.confirmed


def test_the_other_layout_holds():
    """The transpose of the gradient is said to be the other layout."""
    (_, _, line) = check_lines(problem(Claim(gradient(), "=", y * X, "3", span(2)))).lines
    assert line.verdict == "holds" and "transpose" in line.reason


def test_a_transpose_that_could_be_a_slip():
    """By a square matrix the transpose of the gradient is called wrong: it has the shape of the variable, and is not it."""
    A, S = symbol("A", "matrix", shape("n", "n")), symbol("S", "matrix", shape("n", "n"))
    claim = Claim(Derivative(Trace(A * S), S, "gradient", *S.shape), "=", A, "1", span(0))
    (line,) = check_lines(Problem(SOURCE, {}, (), {}, Trace(A * S), (S,), claims=(claim,))).lines
    assert line.verdict == "fails" and "numerator layout" in line.reason and line.expected is A.T


def test_what_cannot_be_read_is_not_wrong():
    """A fault of the reading is no mistake of the author's."""
    (_, _, line) = check_lines(problem(faults=(Fault("Q(", "a bracket is open", span(2), "syntax"),))).lines
    assert line.verdict == "unreadable"


def test_sides_that_do_not_conform():
    """A fault that reading found fails, with reading's reason."""
    (_, _, line) = check_lines(problem(faults=(Fault("XW = y", "1 × 10 and 10 × 1", span(2)),))).lines
    assert line.verdict == "fails" and line.reason == "1 × 10 and 10 × 1"


def test_several_claims_of_one_line():
    """A chain a = b = c is one line with the worst of its verdicts."""
    claims = (Claim(d(L), "=", d(f) * y, "3", span(2)), Claim(d(f) * y, "=", d(f) * y + d(f) * y, "3", span(2)))
    lines = check_lines(problem(*claims)).lines
    assert [line.verdict for line in lines] == ["definition", "definition", "fails"]


def test_what_is_not_tried_is_unknown():
    """An inequality is not called right or wrong."""
    assert check_lines(problem(Claim(L, r"\le", L + L, "3", span(2)))).lines[2].verdict == "unknown"
