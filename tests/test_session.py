"""One piece of work has one budget, its own memory, and its own thread."""

from __future__ import annotations

import gc
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

import derivtex
from derivtex.core.garbage import RARELY, rarely_collected
from derivtex.core.interning import made, sweep
from derivtex.core.session import Limits, TooLarge, current, session, stage
from derivtex.faces.documents.expanding import expand
from derivtex.faces.server import answer

FORMULAS = [
    (r"\operatorname{tr}(X^5)", "X"), (r"\operatorname{tr}(X^{-1}A)", "X"), (r"\sum_i \log(1+\exp(-y_i w^Tx_i))", "w"),
    (r"x^TAx", "x"), (r"\|Y-XW\|_F^2", "W"), (r"\log\det(A+XX^T)", "X"), (r"f=\sigma(Wx+b); L=\|f-y\|^2", "W"), (r"a^TXb", "X"),
]  # fmt: skip

LONG = "+".join(rf"x^TA_{{{number}}}x" for number in range(12))


def derived(formula: tuple[str, str]) -> str:
    return derivtex.derive(formula[0], wrt=formula[1]).to_latex()


def test_eight_threads_give_the_same_as_one():
    """Shapes, keys and counters of one thread do not reach another."""
    alone = [derived(formula) for formula in FORMULAS]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(derived, FORMULAS * 3))
    finally:
        sys.setswitchinterval(before)
    assert together == alone * 3


def test_what_was_derived_before_does_not_change_the_answer():
    """Keys are given out anew by each session."""
    first = [derived(formula) for formula in FORMULAS]
    assert [derived(formula) for formula in reversed(FORMULAS)] == first[::-1]


def test_memory_does_not_grow_with_the_number_of_formulas():
    """What a derivation made is let go with it, if nobody keeps the answer."""
    def kept(numbers: range) -> int:
        for number in numbers:
            derivtex.derive(rf"x^TA_{{{number}}}x + c_{{{number}}}^Tx", wrt="x", check=number % 10 == 0).to_latex()
        gc.collect()
        sweep()
        return len(made)

    before = kept(range(20))
    assert kept(range(20, 90)) <= before + 20


def test_a_session_within_another_spends_from_the_same_budget():
    """`derive` and what is written after it share the session around them."""
    with session(Limits(steps=1_000_000)) as work:
        answer = derivtex.derive("x^TAx", wrt="x")
        spent = work.steps
        answer.to_latex()
        assert 0 < spent < work.steps and current() is work


def test_an_error_says_which_stage_took_too_much():
    """Steps are counted, so the same input ends in the same way everywhere."""
    for steps, expected in ((20, "reading"), (120, "deriving"), (500, "checking")):
        with pytest.raises(TooLarge, match=f"^{expected} takes more than {steps} steps"), session(Limits(steps=steps)):
            derivtex.derive(r"\operatorname{tr}(X^TAX)+\log\det X", wrt="X")


def test_memory_that_runs_out_is_said():
    with pytest.raises(TooLarge, match="more memory than there is"), session():
        bytearray(2**62)


def test_a_spent_budget_stays_spent():
    """Who catches the error gets it again with the next step."""
    with session(Limits(steps=10)) as work:
        for _ in range(3):
            with pytest.raises(TooLarge):
                work.spend(11)


def test_the_clock_stops_work_that_counts_no_steps():
    """On the main thread an alarm ends what does not look at the clock itself."""
    with pytest.raises(TooLarge, match=r"^waiting takes more than 0\.1 seconds"), session(Limits(seconds=0.1)), stage("waiting"):
        while True:
            pass


@pytest.fixture
def clock(monkeypatch):
    """A clock on which a second goes by with each look."""
    seconds = count()
    monkeypatch.setattr("derivtex.core.session.monotonic", lambda: next(seconds))


def test_python_can_set_a_limit(clock):
    """`limit` is in seconds."""
    with pytest.raises(TooLarge, match="more than 1 seconds") as caught:
        derivtex.derive(r"\operatorname{tr}((AXB)^{9})", wrt="X", limit=1)
    assert "--limit" in caught.value.way_out and caught.value.exit_status == 4


@pytest.mark.parametrize(("given", "said", "seconds"), [({}, "", 60), ({}, "2", 2), ({"limit": 3}, "2", 3)])
def test_python_has_a_limit_anyhow(monkeypatch, given, said, seconds):
    """The one that is given, that of the environment, or the command line's."""
    clock = count(step=20)
    monkeypatch.setattr("derivtex.core.session.monotonic", lambda: next(clock))
    monkeypatch.setenv("DERIVTEX_LIMIT", said)
    with pytest.raises(TooLarge, match=f"more than {seconds} seconds"):
        derivtex.derive(LONG, wrt="x", **given)


def test_a_request_can_set_a_limit_and_has_one_anyhow(clock):
    """The error is an answer like any other."""
    for request, seconds in (({}, 10), ({"limit": 3}, 3)):
        told = json.loads(answer(json.dumps({"source": LONG, "wrt": "x", **request}).encode()))
        assert told["error"]["code"] == "too-large" and f"{seconds} seconds" in told["error"]["message"]
    assert json.loads(answer(json.dumps({"source": LONG, "wrt": "x", "limit": 0}).encode()))["ok"]


def test_a_block_of_a_document_has_a_limit(clock, tmp_path, monkeypatch):
    """The other blocks are derived."""
    monkeypatch.setenv("DERIVTEX_CACHE", "off")
    monkeypatch.setenv("DERIVTEX_LIMIT", "3")
    paper = tmp_path / "paper.md"
    paper.write_text(f"```derivtex wrt=x\n{LONG}\n```\n", encoding="utf-8")
    outcome = expand(paper)
    assert "too-large" in "".join(outcome.complaints)


def test_garbage_is_looked_for_rarely_while_a_piece_of_work_lasts():
    """What held before holds again after it, also after two within one another; who looks more rarely still, or not at all, is left alone."""
    before = gc.get_threshold()
    try:
        for own, meanwhile in ((700, RARELY), (2 * RARELY, 2 * RARELY), (0, 0)):
            gc.set_threshold(own, 10, 10)
            with rarely_collected(), rarely_collected():
                assert gc.get_threshold() == (meanwhile, 10, 10)
            assert gc.get_threshold() == (own, 10, 10)
    finally:
        gc.set_threshold(*before)
