"""Every rule: its two sides have the same value, and a slip in it is caught."""

import pytest

from derivtex.checking.equations import confirm_equation, confirm_rule
from derivtex.operations import zero
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.rulebook import PAGES
from tests.mutations import mutants

RULES = [rule for page in PAGES for rule in page]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_both_sides_have_the_same_value(rule):
    """The two sides agree at random points of the rule's own domain, of several sizes."""
    assert list(rule.instances()), f"{rule} has no example to try it on"
    certificate = confirm_rule(rule)
    assert certificate.confirmed, certificate


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_slip_is_caught(rule):
    """With a transpose dropped, two factors swapped, a sign flipped or a factor 2 too many or too few, the numbers say no."""
    for left, right in rule.instances():
        vanishes = confirm_equation(right, zero(right.shape), rule.domain).confirmed
        for slip, mutant in mutants(right, rule.domain):
            if not vanishes and not same_term(mutant, right):
                assert not confirm_equation(left, mutant, rule.domain).confirmed, (slip, mutant)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_says_what_it_is(rule):
    """Reason, source and statement are there for the manual."""
    assert rule.reason and rule.source
    assert rule.says or rule.left is not None


LEMMAS = [rule for rule in RULES if rule.lemma is not None]


@pytest.mark.parametrize("rule", LEMMAS, ids=str)
def test_what_a_lemma_rests_on_holds(rule):
    """Its equations are tried with numbers like a rule's own, and a factor too many is caught."""
    for left, right in rule.lemma.equations:
        assert confirm_equation(left, right, rule.domain).confirmed
        if type(right) is not type(zero(right.shape)):
            assert not confirm_equation(left, 2 * right, rule.domain).confirmed
