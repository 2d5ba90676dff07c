"""Random formulas are derived and confirmed, or refused with an error of derivtex; nothing else happens."""

from functools import cache

import pytest

from derivtex.checking import confirm
from derivtex.core.errors import NotDerivable
from derivtex.derivation.driver import derive
from tests.expressions import Composed, Formulas

SEEDS = range(150)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_formula_is_confirmed_or_refused(seed):
    """No step and no result is refuted; what cannot be tried with numbers has no value anywhere, as det(X − X)⁻¹."""
    derivation = derived(seed)
    if isinstance(derivation, NotDerivable):
        assert derivation.way_out
    else:
        derivation = confirm(derivation)
        assert derivation.refutation is None
        assert derivation.confirmed or "no point was found" in remarks_of(derivation)


@cache
def derived(seed):
    """The derivation of a random formula, or why there is none."""
    problem, options = (Composed if seed % 6 == 5 else Formulas)(seed).problem()
    try:
        return derive(problem, **options)
    except NotDerivable as refusal:
        return refusal


def remarks_of(derivation):
    """What was said of the steps and the result that were not confirmed."""
    certificates = [*(c for chain in derivation.certificates for c in chain), derivation.verdict]
    return " ".join(certificate.remark for certificate in certificates)


def test_random_formulas_are_mostly_derived():
    """The formulas are no empty test: few are refused."""
    assert sum(isinstance(derived(seed), NotDerivable) for seed in SEEDS) < len(SEEDS) / 6


def test_the_same_seed_makes_the_same_formula():
    """A formula that fails can be made again by its number."""
    assert Formulas(7).problem()[0].target is Formulas(7).problem()[0].target
