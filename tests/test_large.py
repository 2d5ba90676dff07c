r"""What is large is derived in proportion to its size, or refused with a reason: nothing hangs and nothing is a defect."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

import derivtex
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.core.session import Limits, TooLarge, session
from derivtex.derivation.equations import solved_for
from derivtex.reading import read_lines
from derivtex.rewriting.holes import column, d, matrix

STEPS = 1_000_000


def derived(source: str, wrt: str, *declare: str, check: bool = True, **options: object) -> derivtex.Answer:
    """The answer, within a number of steps that is the same on every machine."""
    with session(Limits(steps=STEPS)):
        answer = derivtex.derive(source, wrt=wrt, declare=declare, check=check, **options)
        answer.to_latex()
        return answer


def around(count: int, before: str, inside: str, behind: str) -> str:
    return before * count + inside + behind * count


@pytest.mark.parametrize(
    ("source", "wrt"),
    [
        ("+".join(rf"x^TA_{{{i}}}x" for i in range(60)), "x"),
        (r"\operatorname{tr}(" + "(A+B+C)" * 10 + ")", "A"),
        (around(20, "1/(1+", "x", ")"), "x"),
        (around(12, "x^{", "x", "}"), "x"),
        ("L=c^T" + "".join(rf"\sigma(W_{{{i}}}" for i in range(10)) + "x" + ")" * 10, "x"),
        ("y_0=x\n" + "\n".join(f"y_{{{i + 1}}}=A y_{{{i}}}" for i in range(150)) + "\nL=y_{150}^Ty_{150}", "x"),
        ("10^{10^6}x^Tx", "x"),
        ("9^{9^{9^9}}x^Tx", "x"),
        ("2^{-10^9}x^Tx", "x"),
        (r"\operatorname{tr}(X^{10^9})", "X"),
        (r"\operatorname{tr}((A+B)^{100000})", "A"),
        (r"\sum_{i=1}^{1000000000} (y_i-w^Tx_i)^2", "w"),
    ],
)
def test_it_is_derived(source, wrt):
    answer = derived(source, wrt, "x: scalar" if source.startswith(("1/", "x^{")) else "k: scalar", check=False)
    assert str(answer.result)


def test_layers_take_steps_in_proportion():
    """Three times as many functions within one another are three times the work: names of inner ones are put into the outer ones at once."""
    spent = []
    for count in (8, 8, 24):  # the first time rules are put together
        with session(Limits(steps=STEPS)) as work:
            derivtex.derive("a^T " + around(count, r"\tanh(", "Wx", ")"), wrt="x", check=False)
            spent.append(work.steps)
    assert spent[2] < 3.5 * spent[1]


def test_a_power_with_more_digits_than_anybody_writes_stays_a_power():
    """10^{10^6} is not multiplied out, neither in the result nor in what is compared."""
    assert str(derived("10^{10^6}x^Tx", "x", check=False).result) == r"2\cdot 10^{1000000}x"
    assert str(derived("10^{3}x^Tx", "x", check=False).result) == "2000x"


def test_an_exponent_beyond_all_numbers_is_not_confirmed_and_warns_of_nothing():
    assert not derivtex.derive("x^{10^{10^{10}}}", wrt="x", declare=["x: scalar"]).confirmed


def test_a_chain_of_definitions_is_confirmed():
    """300 of them, each from the two before it: values are found in order, not one within another."""
    lines = ["y_0=Ax", "y_1=By_0", *(f"y_{{{i + 2}}}=\\frac{{1}}{{4}}(y_{{{i + 1}}}+y_{{{i}}})" for i in range(60)), "L=c^Ty_{61}"]
    assert derived("\n".join(lines), "x").confirmed


@pytest.mark.parametrize("source", ["1" * 5000 + "x^Tx", "x^{" + "1" * 5000 + "}", "1e-1000000000x^Tx", "1.5e4000x^Tx", "1.5e-" + "1" * 5000])
def test_a_number_of_thousands_of_digits_is_refused_where_it_stands(source):
    with pytest.raises(DerivtexError, match="digits") as caught:
        derived(source, "x")
    assert caught.value.span is not None and caught.value.exit_status == 3


@pytest.mark.parametrize("source", ["c=\\det(A)\nf=kc\\det(A)\nf=k", "a = b + x\nb = 2a\nf = a x"])
def test_definitions_in_a_circle_are_refused(source):
    with pytest.raises(DerivtexError) as caught:
        derived(source, "A" if "A" in source else "x")
    assert caught.value.exit_status in (3, 4) and not isinstance(caught.value, TooLarge)


def test_an_equation_of_equal_sides_fixes_nothing():
    """From dz = A dz nothing follows about dz."""
    change = d(column("z", "n"))
    with pytest.raises(NotDerivable, match="does not fix"):
        solved_for(matrix("A", "n", "n") * change, change)


@pytest.mark.parametrize(
    ("source", "options"),
    [(r"\operatorname{tr}(X^H)r", {}), (r"\operatorname{tr}(\overline{X})r", {}), (r"\|X\|_F^2", {"form": "index"})],
)
def test_conjugates_under_a_trace_are_turned(source, options):
    """vec dX* stands last as it is: nothing turns it to and fro."""
    assert derived(source, "X", "X: matrix n x n complex", **options).confirmed


@pytest.mark.parametrize("declaration", [r"\succ 0,", r"\succ 0", r"\succeq 0", ",", ": matrix", "x:", r"\in \mathbb{R}^n"])
def test_a_declaration_without_a_name_is_refused(declaration):
    with pytest.raises(DerivtexError) as caught:
        derived("x^Tx", "x", declaration)
    assert caught.value.code in ("declaration", "syntax")


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def calls_for(sections: int) -> int:
    """How many functions are called while a document is read that says the same in each of its sections."""
    own = "\n## Part {}\n\nLet $X$ be an $n \\times p$ matrix.\n\n$$ L = \\|Xw - y\\|^2 $$\n\n$$ \\nabla_w L = 2X^T(Xw-y) $$\n"
    return calls(lambda: read_lines("".join(own.format(number) for number in range(sections))))


def calls_along(count: int) -> int:
    """How many are called for the derivative through a chain of definitions with one matrix."""
    lines = ["f_{0} = A x", *(rf"f_{{{k}}} = A f_{{{k - 1}}}" for k in range(1, count)), f"g = b^T f_{{{count - 1}}}"]
    return calls(lambda: derived("; ".join(lines), "x", of="g", check=False))


def test_sections_are_read_in_proportion():
    """Twice as many sections are twice as much work: what the words of a document say is not asked anew for each of them."""
    calls_for(1)
    assert calls_for(8) < 2.3 * calls_for(4)


def test_names_are_found_in_proportion():
    """Of many names that begin with the same factor only those are tried whose factors stand side by side."""
    calls_along(2)
    assert calls_along(24) < 2.5 * calls_along(12)  # four times if each were tried with each; what others warmed moves a percent
