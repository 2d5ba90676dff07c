"""Code: what is written computes what the checker computes."""

import dataclasses
import json

import numpy as np
import pytest
import scipy.linalg

from derivtex.checking import Point
from derivtex.checking.values import value
from derivtex.derivation import derive
from derivtex.errors import NotDerivable
from derivtex.operations import Call, EntryPower, Index, Symbol, d
from derivtex.operations.blocks import Duplication
from derivtex.terms import CARDS
from derivtex.writing.code import argument_names, numpy_source
from derivtex.writing.naming import identifier
from derivtex.writing.report import report
from tests.conftest import examples_of
from tests.writing_examples import PROBLEMS, A, X, linear_layer, problem, samples, x

SIZES = {"n": 3, "m": 2, "p": 4, "k": 2}
NOT_VALUES = {"Differential", "Derivative", "Call", "ScalarCall", "ScalarGradient", "Duplication", "Vech"}


def values_for(leaves, rng):
    """Random values in the shapes of the checker, and as they are handed to the code."""
    inside, outside = {}, {}
    for leaf in leaves:
        rows, columns = (dim.value(SIZES) for dim in leaf.size)
        if leaf.family is not None:
            inside[leaf] = outside[leaf] = rng.uniform(0.3, 1.2, (3, rows))
        elif leaf.kind == "scalar":
            inside[leaf] = outside[leaf] = 3 if leaf.has("integer") else 0.7
        else:
            inside[leaf] = rng.uniform(0.3, 1.2, (rows, columns)) + 2 * np.eye(rows, columns)
            outside[leaf] = inside[leaf].ravel() if leaf.kind == "vector" else inside[leaf]
    return inside, outside


def run(term, rng):
    """The value of a term by the checker, and by its code. Raises ValueError where it has none at these sizes."""
    leaves = [part for part in term.walk() if isinstance(part, Symbol)]
    free = [part for part in term.walk() if isinstance(part, Index)]
    inside, outside = values_for(leaves, rng)
    wanted = value(term, Point(inside, sizes=SIZES, indices=dict.fromkeys(free, 1)))
    derivation = dataclasses.replace(derive(linear_layer()), problem=problem(term, X), result=term, let=())
    space = {"np": np, "scipy": scipy}
    exec(numpy_source(derivation), space)
    arguments = SIZES | {identifier(leaf.name): outside[leaf] for leaf in leaves} | {index.name: 0 for index in free}
    function = space["gradient"]
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    return wanted, function(*(arguments[name] for name in names))


@pytest.mark.parametrize("card", [card for name, card in CARDS.items() if name not in NOT_VALUES], ids=lambda card: card.__name__)
def test_the_code_of_every_card_computes_its_value(card, rng):
    """The traced formula of a card and the formula itself agree."""
    tried = 0
    binds = "Index" in card.field_kinds.values()
    for term in examples_of(card):
        if not binds and any(isinstance(child, Symbol) and child.is_scalar for child in term.children[:1]):
            continue  # these cards are about matrices
        try:
            wanted, got = run(term, rng)
        except ValueError:
            continue
        signs = (1, -1) if "side" in card.fields else (1,)  # an eigenvector has no sign of its own
        assert any(np.allclose(sign * np.squeeze(got), np.squeeze(wanted), rtol=1e-6) for sign in signs)
        tried += 1
    assert tried


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_code_of_a_result_computes_it(name, rng):
    derivation = derive(PROBLEMS[name]())
    leaves = list(derivation.problem.symbols.values())
    inside, outside = values_for(leaves, rng)
    space = {"np": np}
    exec(numpy_source(derivation), space)
    function = space.get("gradient") or space["jacobian"]
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    latex_of = {ascii_name: latex for latex, ascii_name in argument_names(derivation).items()}
    got = function(*(outside[derivation.problem.symbols[latex_of[name]]] for name in names))
    wanted = value(derivation.result, Point(inside, sizes=SIZES))
    assert np.allclose(np.squeeze(got), np.squeeze(wanted))


def test_the_type_specimen_as_code():
    assert numpy_source(derive(linear_layer())) == (
        "def gradient(x, y):\n    x = np.reshape(x, (-1, 1))\n    y = np.reshape(y, (-1, 1))\n    return x @ y.T\n"
    )


def test_the_differential_takes_the_change_of_the_variable():
    derivation = derive(problem(A * X, X), form="differential")
    assert numpy_source(derivation) == "def differential(A, dX):\n    return A @ dX\n"
    assert argument_names(derivation)["dX"] == "dX"


def test_functions_left_open_come_as_callables():
    """g, dg and d2g."""
    base = derive(linear_layer())
    for order, name in enumerate(("g", "dg", "d2g")):
        assert f"{name}(x)" in numpy_source(dataclasses.replace(base, problem=problem(x, x), result=Call("g", order, x)))


def test_what_cannot_be_written_is_said():
    base = derive(linear_layer())
    for term in (Duplication(A.shape[0]), d(EntryPower(x, x.T * x))):
        with pytest.raises(NotDerivable):
            numpy_source(dataclasses.replace(base, problem=problem(x, x), result=term))


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        ("W", "W"), (r"\mathbf{x}", "x"), (r"\lambda", "lambda_"), (r"\Sigma", "Sigma"), (r"\hat{y}", "y_hat"), ("x_1", "x_1"),
        ("W^{(1)}", "W_1"), ("x'", "x_prime"), (r"{\bf X}", "X"), (r"\mathbf{x}_{ij}", "x_ij"), ("x^*", "x_star"), ("1", "x1"),
    ],
)  # fmt: skip
def test_names_become_identifiers(latex, name):
    assert identifier(latex) == name and name.isidentifier()


def test_names_stay_different():
    """x and bold x are two arguments."""
    bold = dataclasses.replace(linear_layer(), symbols={"x": x, r"\mathbf{x}": samples})
    assert argument_names(dataclasses.replace(derive(linear_layer()), problem=bold)) == {"x": "x", r"\mathbf{x}": "x_2"}


def test_the_report_is_the_contract():
    made = report(derive(linear_layer()))
    assert {"target", "wrt", "order", "layout", "form", "result", "names", "symbols", "steps", "assumptions", "confirmed"} <= set(
        made
    )
    assert made["result"]["left"] == r"\frac{\partial\lambda}{\partial W}" and made["result"]["shape"] == ["m", "10"]
    assert {"left", "relation", "right", "rule", "reason", "source", "confirmed", "error"} == set(made["steps"][0])
    assert json.loads(json.dumps(made)) == made
