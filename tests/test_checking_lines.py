"""Lines of somebody's derivation: the first wrong one is found, and what should stand there."""

from derivtex.checking.lines import verdict_on_line
from derivtex.core.errors import Source, Span
from derivtex.core.shapes import Dim, shape
from derivtex.interface import Report
from derivtex.operations import Derivative, d, symbol
from derivtex.problem import Claim, Definition, Fault, Problem, Untried

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


def check_lines(problem: Problem, *untried: Untried) -> Report:
    items = sorted((*problem.definitions, *problem.claims, *problem.faults, *untried), key=lambda item: item.span.start)
    return Report([verdict_on_line(at, "", [item], item.span, problem) for at, item in enumerate(items)])


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


def test_what_cannot_be_read_is_not_wrong():
    """A fault of the reading is no mistake of the author's."""
    (_, _, line) = check_lines(problem(faults=(Fault("Q(", "a bracket is open", span(2), "syntax"),))).lines
    assert line.verdict == "unreadable"


def test_sides_that_do_not_conform():
    """A fault that reading found fails where it is certain what the names are, with reading's reason; else it is unreadable."""
    for certain, verdict in ((True, "fails"), (False, "unreadable")):
        fault = Fault("XW = y", "1 × 10 and 10 × 1", span(2), certain=certain)
        (_, _, line) = check_lines(problem(faults=(fault,))).lines
        assert (line.verdict, line.reason) == (verdict, "1 × 10 and 10 × 1")


def test_several_claims_of_one_line():
    """A line with several claims has the worst of their verdicts."""
    claims = (Claim(d(L), "=", d(f) * y, "3", span(2)), Claim(d(f) * y, "=", d(f) * y + d(f) * y, "3", span(2)))
    assert verdict_on_line(0, "", claims, span(2), problem(*claims)).verdict == "fails"


def test_what_is_not_tried_is_skipped():
    """An inequality is not called right or wrong."""
    assert check_lines(problem(), Untried("L \\le 2L", r"\le", span(3))).lines[2].verdict == "skipped"
