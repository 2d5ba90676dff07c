"""The NumPy code of results, run at the points of the certificate: it computes what was confirmed there. Other languages: test_targets."""

import numpy as np
import pytest

import derivtex
from derivtex.core.errors import NotDerivable
from derivtex.operations import Differential
from derivtex.steps import Derivation
from tests.certificate_rates import derivation_of
from tests.targets import calls, in_python
from tests.test_certificate import CONFIRMED

TRIED = 2


def compare(derivation: Derivation) -> None:
    for call in calls(derivation, TRIED):
        got = in_python("numpy", call)
        assert call.is_open or np.allclose(np.squeeze(got), np.squeeze(call.wanted), rtol=1e-6, atol=1e-8 * np.max(np.abs(call.wanted)))


@pytest.mark.parametrize("seed", range(3, 120, 6))
def test_the_code_of_random_results(seed):
    derivation = derivation_of(seed)
    if derivation is None or any(type(part) is Differential for part in derivation.result.walk()) or derivation.problem.functions:
        pytest.skip("refused, or of a change or a function of the source's")
    try:
        compare(derivation)
    except NotDerivable:
        pytest.skip("not to be written as code")


@pytest.mark.parametrize(("source", "wrt", "declare", "options"), CONFIRMED)
def test_the_code_of_hard_results(source, wrt, declare, options):
    compare(derivtex.derive(source, wrt=wrt, declare=declare, **options).derivation)


def test_the_code_of_a_sylvester_equation():
    """It calls the library's solver, with the sides where they belong."""
    declare = ["A : matrix m x m", "B : matrix n x n", "C : matrix m x n"]
    found = derivtex.derive(r"AX + XB = C; f = \operatorname{tr}(DX)", of="f", wrt="C", declare=declare)
    assert "solve_sylvester" in found.to_numpy()
    compare(found.derivation)
