"""Every card: its number has the shape that it promises, and there is a rule for its differential or nothing to differentiate."""

import itertools

import numpy as np
import pytest

from derivtex.checking.examples import Domain, leaves_of, points
from derivtex.checking.values import PLACES, Unsuitable, value
from derivtex.core.terms import CARDS, Operation
from derivtex.operations import Derivative, Differential, EntryPower, ImaginaryUnit, Number, Product, Trace, symbol
from derivtex.operations.activations import Huber
from derivtex.operations.elementwise import Elementwise, Relu
from derivtex.simplification.rulebook import PAGES
from tests.conftest import examples_of

VALUED = [card for card in CARDS.values() if card is not Derivative]
# Cards that can be read and have a value, but no rule yet: a formula with them is refused. Take a name out with its rule.
WAITING = (
    "Before",
    "KroneckerDelta",
    "Eigenvectors",
    "FrechetMatrix",
    "Level",
    "OpenJacobian",
    "OrthogonalFactor",
    "PowerChange",
    "RotationFactor",
    "ScalarHessian",
    "SecondFrechet",
)
LEAVES = ("Differential", "Derivative", "Member", "FixedPoint", "OpenCurve")  # by the equation of a fixed point, by a rule of the problem


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


def scales(card: type[Operation], field: str) -> bool | None:
    """Whether a number, real or not, comes out of a field, by what its numbers are; None where they do not tell."""
    told = False
    for factor, term in itertools.product((Number(-2), ImaginaryUnit()), list(examples_of(card))[:1]):
        parts = {name: term.__dict__[name] for name in card.fields}
        many = card(*{**parts, field: Product((factor, parts[field]))}.values())
        for point in list(points(Domain(leaves_of((term,)))))[:2]:
            try:
                same = np.allclose(value(many, point), value(Product((factor, term)), point), rtol=1e-7, atol=1e-9)
            except Unsuitable:
                continue
            if not same:
                return False
            told = True
    return told or None


UNTRIED = (*LEAVES, "Eigenvectors", "FrechetMatrix", "OrthogonalFactor", "RotationFactor")  # pages of their own, or slow and far from linear


def test_a_card_says_in_what_it_is_linear():
    """No more and no less: what is not said would be missed by the rules that are stated for all of these."""
    cards = [card for card in CARDS.values() if card.__name__ not in UNTRIED]
    fields = [(card, name) for card in cards for name in varying_fields(card) if card.field_kinds[name] == "Term"]
    found = {(card.__name__, name): scales(card, name) for card, name in fields}
    said = {(card.__name__, name): name in card.linear_in for card, name in fields}
    assert {each: said[each] for each in found if found[each] is not None} == {each: known for each, known in found.items() if known is not None}
    assert all(found[each] for each in said if said[each])


def bends(card: type[Operation], at: float, step: float = 1e-3) -> bool:
    """Whether a function of a number, or its slope, has no derivative there, as its second or third difference says."""
    own = object.__new__(card)
    with np.errstate(all="ignore"):
        before, less, here, more = (float(np.real(card.number(own, np, np.array([[at + k * step]]))[0, 0])) for k in (-2, -1, 0, 1))
    return abs(more - 2 * here + less) > 0.1 * step or abs(more - 3 * here + 3 * less - before) > 0.1 * step**2


@pytest.mark.parametrize("card", [card for card in CARDS.values() if issubclass(card, Elementwise)], ids=lambda card: card.__name__)
def test_a_function_says_where_it_has_kinks(card):
    """No difference is taken across one; a kink that is not said would refute what is right."""
    assert {at for at in (-1, 0, 1) if bends(card, at)} == set(card.kinks)


def test_no_difference_is_taken_across_a_kink():
    t = symbol("t", "scalar")
    slope = [value(Differential(Relu(t)), {t: at, Differential(t): 1.0}) for at in (-0.5, 0.5)]
    assert np.allclose(slope, [0, 1])
    with pytest.raises(Unsuitable, match="a kink"):
        value(Differential(Huber(t)), {t: 1.001, Differential(t): 1.0})


@pytest.mark.parametrize("card", list(CARDS.values()), ids=lambda card: card.__name__)
def test_a_card_begins_with_a_sentence(card):
    """Reader, manual and error messages quote it."""
    first = card.__doc__.strip().split("\n")[0]
    assert first[0].isupper() and first.endswith((".", ":", ",")) or "." in first
