"""The code of results, run at the points of the certificate: it computes what was confirmed there."""

import numpy as np
import pytest
import scipy.linalg

import derivtex
from derivtex.checking.examples import points
from derivtex.checking.verdict import domain_of
from derivtex.core.errors import NotDerivable
from derivtex.operations import Differential
from derivtex.steps import Derivation
from derivtex.writing.code.program import argument_names, numpy_source
from tests.certificate_rates import derivation_of
from tests.test_certificate import CONFIRMED

TRIED = 2


def arguments(derivation: Derivation, point, function) -> list:
    """The point's values for the parameters of a function, in the shapes that its documentation says."""
    latex_of = {name: latex for latex, name in argument_names(derivation).items()}
    leaves = {leaf.name: leaf for leaf in point.values}
    changes = {f"d{leaf.name}": leaf for leaf in point.increments}
    given = []
    for name in function.__code__.co_varnames[: function.__code__.co_argcount]:
        latex = latex_of.get(name, name)
        if latex in leaves:
            leaf, value = leaves[latex], point.values[leaves[latex]]
        elif latex in changes:
            leaf, value = changes[latex], point.increments[changes[latex]]
        else:
            given.append(point.sizes[latex])
            continue
        shaped = {"vector": np.ravel, "row": np.ravel, "matrix": np.atleast_2d}.get(leaf.kind, np.asarray)
        given.append(shaped(value) if leaf.family is None else value)
    return given


def runs(derivation: Derivation) -> list[tuple]:
    """What the code and the checker find at some of the points."""
    space = {"np": np, "scipy": scipy}
    exec(numpy_source(derivation), space)
    function = next(each for name, each in space.items() if name in ("gradient", "jacobian", "hessian", "derivative", "differential"))
    found = []
    with np.errstate(all="ignore"):
        for point in points(domain_of(derivation)):
            try:
                wanted = point.of(derivation.result)
            except (ValueError, LookupError):
                continue
            if len(found) < TRIED and not point.has_size_one and not point.stand_ins:
                found.append((function(*arguments(derivation, point, function)), wanted))
    return found


@pytest.mark.parametrize("seed", range(3, 120, 4))
def test_the_code_of_random_results(seed):
    derivation = derivation_of(seed)
    if derivation is None or any(type(part) is Differential for part in derivation.result.walk()) or derivation.problem.functions:
        pytest.skip("refused, or of a change or a function of the source's")
    try:
        pairs = runs(derivation)
    except (NotDerivable, KeyError):
        pytest.skip("not to be written as code, or with an open function or index")
    for got, wanted in pairs:
        assert np.allclose(np.squeeze(got), np.squeeze(wanted), rtol=1e-6, atol=1e-8 * np.max(np.abs(wanted)))


@pytest.mark.parametrize(("source", "wrt", "declare", "options"), CONFIRMED)
def test_the_code_of_hard_results(source, wrt, declare, options):
    derivation = derivtex.derive(source, wrt=wrt, declare=declare, **options).derivation
    try:
        pairs = runs(derivation)
    except KeyError:
        pytest.skip("with an open function or index")
    for got, wanted in pairs:
        assert np.allclose(np.squeeze(got), np.squeeze(wanted), rtol=1e-6, atol=1e-8 * np.max(np.abs(wanted)))
