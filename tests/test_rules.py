"""Every rule: its two sides have the same value, and a slip in it is caught."""

import pytest

import derivtex
from derivtex.checking.equations import confirm_equation, confirm_rule
from derivtex.operations import zero
from derivtex.rewriting.filling import Binding
from derivtex.rewriting.match import Matching
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


TERMS = {(page, side) for page in PAGES for rule in page for pair in rule.instances() for side in pair}


def test_a_rule_is_tried_on_all_that_it_fits():
    """By what a term is built of a rule is left out, and none that fits."""
    for page, term in TERMS:
        tried, first = page.fitting(term), type(term.children[0]) if term.children else None
        left_out = [rule for rule in page if type(term) in rule.heads and rule not in tried and (not rule.over or first in rule.over)]
        assert [str(rule) for rule in left_out if rule.apply(term) is not None] == []


def test_straight_patterns_fit_what_a_search_finds():
    for page, term in TERMS:
        for equation in (rule.equation for rule in page if type(term) in rule.heads and rule.equation is not None):
            if equation.straight is not None:
                found, searched = Binding(), next(Matching(equation.allowed).ways(equation.left, term, Binding(), ()), None)
                assert (found if equation.straight(term, found) else None) == searched


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_slip_is_caught(rule):
    """With a transpose dropped, two factors swapped, a sign flipped or a factor 2 too many or too few, the numbers say no."""
    for left, right in rule.instances():
        vanishes = confirm_equation(right, zero(right.shape), rule.domain).confirmed
        for slip, mutant in mutants(right, rule.domain):
            if not vanishes and not same_term(mutant, right):
                assert not confirm_equation(left, mutant, rule.domain).confirmed, (slip, mutant)


def test_rules_say_what_they_are():
    """Reason, source and statement are there for the manual."""
    assert [str(rule) for rule in RULES if not (rule.reason and rule.source and (rule.says or rule.left is not None))] == []


LEMMAS = [rule for rule in RULES if rule.lemma is not None]


@pytest.mark.parametrize("rule", LEMMAS, ids=str)
def test_what_a_lemma_rests_on_holds(rule):
    """Its equations are tried with numbers like a rule's own, and a factor too many is caught."""
    for left, right in rule.lemma.equations:
        assert confirm_equation(left, right, rule.domain).confirmed
        if type(right) is not type(zero(right.shape)):
            assert not confirm_equation(left, 2 * right, rule.domain).confirmed


BY_HAND = [rule for rule in RULES if rule.left is None]
# What is said of a rule and is no formula that can be tried by itself, and why.
NOT_TRIED = {
    "Equations/solution of a linear equation": "from one equation another follows",
    "Adjoints/solution of a linear equation across": "three equations, of which one follows",
    "Vectorization/vec of a solution": "what X is stands behind",
    "Second changes/change of a Fréchet derivative": "a form that no author writes",
    "Closed forms/direction that commutes": "a Fréchet derivative, where EX = XE",
    "Closed forms/functions of one matrix": "any function of a matrix",
    "Closed forms/under the trace": "any function of a matrix",
    "Closed forms/against a function of the matrix": "any function of a matrix",
    "Kronecker products/blocks across": "a grid of blocks",
    "Stacks/vec of blocks": "a grid of blocks",
    "Signs and common factors of norms/norm of terms with a common factor": "a norm of any kind",
    "Conjugates/conjugate inside": "any function of the conjugate",
    "Matrix algebra/letters of nested sums": "two sums with one letter are read as one name too many",
}


@pytest.mark.parametrize("rule", BY_HAND, ids=str)
def test_what_a_rule_by_hand_says_of_itself_is_true(rule):
    """Its statement is read as an author's line and holds by the numbers; a wrong one fails."""
    verdicts = {line.verdict for line in derivtex.check(f"$${rule.says}$$").lines}
    assert (str(rule) in NOT_TRIED) != (verdicts <= {"holds", "definition"} and "holds" in verdicts), verdicts


def test_few_rules_are_by_hand():
    """What two terms cannot say, and no more: whoever adds one takes another away, or extends the language of rules."""
    assert len(BY_HAND) <= 50 and all(rule.why for rule in BY_HAND)
    assert set(NOT_TRIED) <= set(map(str, BY_HAND))


def test_a_wrong_statement_is_caught():
    """As those of the rules are, with a slip."""
    wrong = [r"\det(I + uv^T) = 1 - v^Tu", r"A^T\odot B^T = A\odot B", r"d(A/s) = (dA + (A/s)\,ds)/s", r"v\odot e_i = v\,e_i"]
    assert not any(line.verdict == "holds" for says in wrong for line in derivtex.check(f"$${says}$$").lines)
