"""Every card: its number has the shape that it promises, and there is a rule for its differential or nothing to differentiate."""

import numpy as np
import pytest

from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.values import PLACES, Unsuitable, value
from derivtex.core.terms import CARDS, Operation
from derivtex.operations import Derivative, Differential, EntryPower, Number, Trace
from derivtex.simplification.rulebook import PAGES
from tests.conftest import examples_of

VALUED = [card for card in CARDS.values() if card is not Derivative]
# Cards that can be read and have a value, but no rule yet: a formula with them is refused. Take a name out with its rule.
WAITING = (
    "Eigenvectors",
    "FrechetMatrix",
    "Level",
    "OrthogonalFactor",
    "PowerChange",
    "RotationFactor",
    "ScalarGradient",
    "SecondFrechet",
)
LEAVES = ("Differential", "Derivative", "Member", "FixedPoint")  # the driver differentiates the equation of a fixed point


def varying_fields(card: type[Operation]) -> list[str]:
    """The fields of a card that can change: children that are no places."""
    return [name for name, kind in card.field_kinds.items() if kind in ("Term", "Terms") and name not in PLACES]


@pytest.mark.parametrize("card", VALUED, ids=lambda card: card.__name__)
def test_a_number_has_the_shape_of_its_term(card):
    """What `number` returns is a number or a matrix of the size that `conform` says, at other sizes each time."""
    tried = 0
    for term in examples_of(card):
        for point in points(Domain(leaves_of([term]))):
            try:
                result = value(term, point)
            except Unsuitable:
                continue
            assert np.shape(result) == (() if term.is_scalar else tuple(point.size(dim) for dim in term.shape)), (
                term,
                point.sizes,
            )
            tried += 1
    assert tried >= 10


def has_rule(card: type[Operation]) -> bool:
    """Whether a rule fits the differential of the operation, or of its trace or its square, and leads on."""
    for term in examples_of(card):
        forms = [Differential(term)]
        forms += [Differential(Trace(term))] if term.shape[0] == term.shape[1] else []
        forms += [Differential(EntryPower(term, Number(2)))] if term.is_scalar else []
        found = [page.first(form) for form in forms for page in PAGES]
        if any(fit and not fit[1].contains(Differential(term)) for fit in found):
            return True
    return False


@pytest.mark.parametrize(
    "card", [c for c in CARDS.values() if varying_fields(c) and c.__name__ not in LEAVES], ids=lambda card: card.__name__
)
def test_every_operation_has_a_differential(card):
    """What can change has a rule, or stands among those that wait for one."""
    assert has_rule(card) != (card.__name__ in WAITING)


@pytest.mark.parametrize("card", list(CARDS.values()), ids=lambda card: card.__name__)
def test_a_card_begins_with_a_sentence(card):
    """Reader, manual and error messages quote it."""
    first = card.__doc__.strip().split("\n")[0]
    assert first[0].isupper() and first.endswith((".", ":", ",")) or "." in first
