"""What slips are made in, and the tests that are to notice them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests import test_card_values, test_targets, test_writing_arrays, test_writing_batches

FACES = ("conform", "meaning", "meaning_of_both", "__post_init__", "__init__")  # of a card: its shape and its words, not its value


class Kind(NamedTuple):
    """modules: where slips are made. first: a test that takes a moment. stages: those after it, the quickest first. without: functions.

    shown: all that the last stage looks at: it is not run where a slip leaves that as it was.
    """

    modules: tuple[str, ...]
    first: Callable[[], None]
    stages: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    shown: Callable[[], object] = object


def of(room: str, names: str) -> tuple[str, ...]:
    return tuple(f"derivtex.{room}.{name}" for name in names.split())


def all_cards() -> None:
    """Every card has the value that it had."""
    for name in test_card_values.VALUED:
        test_card_values.test_the_value_of_a_card_is_what_it_was(name)


def equations_and_programs() -> None:
    """Every equation between arrays holds, sums without loops are the sums, and every program computes what was confirmed."""
    for what, got, wanted in test_writing_arrays.equations():
        assert got is wanted, what
    assert not test_writing_batches.unlike()
    assert all(test_writing_batches.has_loop(test_writing_batches.made(loop)) for loop in test_writing_batches.KEPT.values())
    test_targets.every_program_computes_what_was_confirmed()


def nothing() -> None:
    """No quick test."""


VALUES = "tests/test_checking_values.py"
SHAPES = "tests/test_operations.py::test_a_number_has_the_shape_of_its_term"
RULES = "tests/test_rules.py::test_both_sides_have_the_same_value"
CODE_OF_CARDS = "tests/test_writing_code.py::test_the_code_of_every_card_computes_its_value"
KINDS = {
    "cards": Kind(
        of("operations", "activations arithmetic blocks complexes elementwise equations functions matrix norms spectra structure structured sums"),
        all_cards, ((VALUES, SHAPES, CODE_OF_CARDS),), FACES,
    ),
    "integrals": Kind(of("operations", "frechet second_frechet"), all_cards, (("tests/test_printed_integrals.py",), (RULES, "-k", "Closed")), FACES),
    "printer": Kind(of("writing", "box forms formula derivatives products sigmas structural"), nothing,
                    (("tests/test_writing_formula.py", "tests/test_reading_back.py"), ("tests/test_reading_back_results.py",))),
    "code": Kind((*of("writing.code", "arrays batches calls expressions nodes order ranks routines"),
                  *of("writing.code.targets", "python torch jax matlab")), equations_and_programs,
                 (("tests/test_writing_code.py",), ("tests/test_targets.py",)), (), test_targets.sources),
}  # fmt: skip
