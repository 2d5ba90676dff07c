"""Code: what is written computes what the checker computes."""

import ast
import dataclasses
import json

import numpy as np
import pytest
import scipy.linalg

import derivtex
from derivtex.checking import Point
from derivtex.checking.values import value
from derivtex.core.errors import NotDerivable, UsageError
from derivtex.core.terms import CARDS
from derivtex.derivation.driver import derive
from derivtex.operations import Call, EntryPower, Index, Symbol, d
from derivtex.operations.blocks import Duplication
from derivtex.writing.code.naming import identifier
from derivtex.writing.code.program import argument_names, numpy_source
from derivtex.writing.code.wrapping import in_lines
from derivtex.writing.report import report
from tests.conftest import examples_of
from tests.writing_examples import PROBLEMS, A, X, linear_layer, problem, samples, x

SIZES = {"n": 3, "m": 2, "p": 4, "k": 2}
NOT_VALUES = {"Differential", "Derivative", "Call", "MatrixCall", "ScalarCall", "ScalarGradient", "ScalarHessian", "VectorCall", "OpenJacobian",
              "OpenCurve", "Duplication", "Vech", "FixedPoint",
              "KroneckerDelta", "Before"}
NOT_VALUES |= {"Eigenvectors"}  # each column has a sign of its own; test_solving computes them


def values_for(leaves, rng, scale=1):
    """Random values in the shapes of the checker, and as they are handed to the code."""
    inside, outside = {}, {}
    for leaf in leaves:
        rows, columns = (dim.value(SIZES) for dim in leaf.size)
        if leaf.family is not None:
            inside[leaf] = outside[leaf] = rng.uniform(0.3, 1.2, (3, rows))
        elif leaf.kind == "scalar":
            inside[leaf] = outside[leaf] = 3 if leaf.has("integer") else 0.7
        else:
            inside[leaf] = scale * (rng.uniform(0.3, 1.2, (rows, columns)) + 2 * np.eye(rows, columns))
            outside[leaf] = inside[leaf].ravel() if leaf.kind == "vector" else inside[leaf]
    return inside, outside


def run(term, rng, scale=1):
    """The value of a term by the checker, and by its code. Raises ValueError where it has none at these sizes."""
    leaves = [part for part in term.walk() if isinstance(part, Symbol)]
    free = [part for part in term.walk() if isinstance(part, Index)]
    inside, outside = values_for(leaves, rng, scale)
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
            wanted, got = run(term, rng, 0.25 if card.__name__ in ("Arcsin", "Arccos") else 1)  # their domain is small
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
    wanted = value(derivation.answer, Point(inside, sizes=SIZES))
    assert np.allclose(np.squeeze(got), np.squeeze(wanted))


def test_the_type_specimen_as_code():
    """A documented function: what it computes, its arguments with their shapes, what it returns."""
    assert numpy_source(derive(linear_layer())) == (
        'def gradient(x, y):\n'
        '    r"""The gradient of \\lambda = f^{T}y with respect to W, in denominator layout.\n\n'
        "    x: a vector of m\n    y: a vector of 10\n    Returns m x 10.\n"
        '    """\n    return np.outer(x, y)\n'
    )


def test_the_differential_takes_the_change_of_the_variable():
    derivation = derive(problem(A * X, X), form="differential")
    assert numpy_source(derivation).startswith("def differential(A, dX):\n")
    assert numpy_source(derivation).endswith("    return A @ dX\n")
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


# What is derived, what is declared, the target as a function of the arrays in the order of the declarations, and the variable's place.
TARGETS = {
    "layer": (r"L = f y; f = X W + b",
              ["W: matrix m x k", "X: matrix 1 x m", "b: matrix 1 x k", "y: matrix k x 1"], lambda W, X, b, y: (X @ W + b) @ y),
    "least squares": (r"\frac12\|Ax-b\|^2", ["x: vector k", "A: matrix m x k", "b: vector m"], lambda x, A, b: ((A @ x - b) ** 2).sum() / 2),
    "quadratic": (r"x^T S^{-1} x", ["x: vector m", "S: matrix m x m posdef"], lambda x, S: x @ np.linalg.inv(S) @ x),
    "inverse of a sum": (r"a^T (X^T X + S)^{-1} b", ["X: matrix m x k", "a: vector k", "b: vector k", "S: matrix k x k posdef"],
                         lambda X, a, b, S: a @ np.linalg.inv(X.T @ X + S) @ b),
    "log-determinant": (r"\log\det(X^T S X)",
                        ["X: matrix k x k invertible", "S: matrix k x k posdef"], lambda X, S: np.linalg.slogdet(X.T @ S @ X)[1]),
    "logistic": (r"\sum_{i=1}^n \log(1+\exp(-y_i x_i^T w))", ["w: vector k", "x_i: vector k for i = 1..n", "y_i: scalar for i = 1..n"],
                 lambda w, x, y: np.log1p(np.exp(-y * (x @ w))).sum()),
    "gaussian": (r"\sum_{i=1}^n (x_i-\mu)^T S^{-1} (x_i-\mu)", [r"\mu: vector k", "x_i: vector k for i = 1..n", "S: matrix k x k posdef"],
                 lambda mu, x, S: sum((v - mu) @ np.linalg.inv(S) @ (v - mu) for v in x)),
    "scatter": (r"\sum_{i=1}^n x_i^T M x_i", ["M: matrix k x k", "x_i: vector k for i = 1..n"], lambda M, x: sum(v @ M @ v for v in x)),
    "weights": (r"\operatorname{tr}(X^T \operatorname{diag}(w) X B)", ["w: vector m", "X: matrix m x k", "B: matrix k x k"],
                lambda w, X, B: np.trace(X.T @ np.diag(w) @ X @ B)),
    "norm": (r"\|A X - B\|_F", ["X: matrix m x k", "A: matrix n x m", "B: matrix n x k"], lambda X, A, B: np.linalg.norm(A @ X - B)),
}  # fmt: skip
SHAPES = [{"m": 3, "k": 2, "n": 4}, {"m": 1, "k": 3, "n": 2}, {"m": 2, "k": 1, "n": 1}, {"m": 1, "k": 1, "n": 1}]


def arrays_for(declarations, sizes, rng):
    """An array for each declaration, in the shapes of the contract."""
    found = []
    for declaration in declarations:
        words = declaration.partition(":")[2].replace(" x ", " ").split()
        axes = [sizes["n"]] if "for" in words else []
        axes += [sizes.get(word, 1) for word in words[1 : {"vector": 2, "matrix": 3}.get(words[0], 1)]]
        array = rng.uniform(0.3, 1.2, axes) if axes else np.float64(0.7)
        if "posdef" in words or "invertible" in words:
            array = (array @ array.T if "posdef" in words else array) + 2 * np.eye(len(array))
        found.append(array)
    return found


def slopes(target, arrays):
    """The gradient by the first of the arrays, entry by entry from differences."""
    result = np.zeros_like(arrays[0])
    for at in np.ndindex(result.shape):
        change = np.zeros_like(result)
        change[at] = 1e-5
        above, below = (np.squeeze(target(arrays[0] + sign * change, *arrays[1:])) for sign in (1, -1))
        result[at] = (above - below) / 2e-5
    return result


class StandIn:
    """NumPy under the names of another library, for what is only spelled otherwise; no axis by NumPy's name gets through to PyTorch."""

    linalg, nn, float64 = np.linalg, None, np.float64
    clamp = staticmethod(lambda of, min: np.maximum(of, min))
    amax = staticmethod(lambda of, dim=None, keepdim=False: np.max(of, axis=dim, keepdims=keepdim))
    sum = staticmethod(lambda of, dim=None, keepdim=False: np.sum(of, axis=dim, keepdims=keepdim))

    def __getattr__(self, name):
        return getattr(np, name)


LIBRARIES = {"numpy": {"np": np, "scipy": scipy}, "torch": {"torch": StandIn()}, "jax": {"jnp": np, "jax": scipy}}


@pytest.mark.parametrize("sizes", SHAPES, ids=lambda sizes: "x".join(map(str, sizes.values())))
@pytest.mark.parametrize("language", LIBRARIES)
@pytest.mark.parametrize("name", TARGETS)
def test_the_function_computes_the_slopes_of_its_target(name, language, sizes, rng):
    """Over shapes with ones and over non-square ones, the result has the shape of the variable and its entries are the differences."""
    text, declarations, target = TARGETS[name]
    answer = derivtex.derive(text, wrt=declarations[0].partition(":")[0], declare=declarations, check=False)
    source = "\n".join(line for line in answer.to_code(language).split("\n") if not line.startswith("import "))
    space = dict(LIBRARIES[language])
    exec(source, space)
    arrays = dict(zip((identifier(known.partition(":")[0]) for known in declarations), arrays_for(declarations, sizes, rng), strict=True))
    function = space["gradient"]
    got = function(*(arrays[known] for known in function.__code__.co_varnames[: function.__code__.co_argcount]))
    wanted = slopes(target, list(arrays.values()))
    assert np.shape(got) == wanted.shape and np.allclose(got, wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("language", ["julia", "matlab"])
@pytest.mark.parametrize("name", TARGETS)
def test_other_languages_have_nothing_of_python(name, language):
    """Brackets close, and no name or operator of Python is left."""
    text, declarations, _ = TARGETS[name]
    source = derivtex.derive(text, wrt=declarations[0].partition(":")[0], declare=declarations, check=False).to_code(language)
    code = "\n".join(line for line in source.split("\n") if line.strip()[:1] not in ("#", "%"))
    assert all(code.count(one) == code.count(other) for one, other in ("()", "[]"))
    assert not any(left in code for left in ("np.", "scipy", "@", "**", "None", ".T", "lambda "))
    assert code.startswith(("using LinearAlgebra", "function result")) and code.endswith("end\n")


@pytest.mark.parametrize(("language", "row"), [("numpy", "x_i - a)"), ("julia", "x_i .- transpose(a))"), ("matlab", "x_i - a.')")])
def test_a_vector_meets_the_rows_of_a_matrix(language, row):
    """Where a vector is a column it has to be turned: of a square matrix the wrong sum would not be noticed."""
    declare = ["x_i : vector p for i=1..n", "y_i : scalar for i=1..n", "a : vector p"]
    assert row in derivtex.derive(r"\sum_{i=1}^n y_i\|x_i-a\|^2", wrt="a", declare=declare, check=False).to_code(language)


def test_an_inverse_that_is_only_multiplied_is_a_solution():
    answer = derivtex.derive(*TARGETS["quadratic"][:1], wrt="x", declare=TARGETS["quadratic"][1], check=False)
    assert answer.to_numpy().endswith("    return 2 * np.linalg.solve(S, x)\n")


@pytest.mark.parametrize("text", [r"A X^T B", r"X^T C"])
def test_a_commutation_exchanges_columns_by_their_numbers(text):
    """K vec X = vec Xᵀ, and no product with a matrix of the size of the Jacobian."""
    values = {"A": np.arange(8.0).reshape(2, 4), "B": np.arange(15.0).reshape(3, 5), "C": np.arange(9.0).reshape(3, 3)}
    declare = ["X: matrix 3 x 4", "A: matrix 2 x 4", "B: matrix 3 x 5", "C: matrix 3 x 3"]
    space = {"np": np}
    exec(code := derivtex.derive(text, wrt="X", declare=declare, check=False).to_numpy(), space)
    assert "@" not in code.splitlines()[-1] and "[:, " in code
    made, x = space["jacobian"], np.arange(12.0).reshape(3, 4)
    got = made(*(values[name] for name in made.__code__.co_varnames[: made.__code__.co_argcount]))
    wanted = x.T @ values["C"] if "C" in text else values["A"] @ x.T @ values["B"]
    assert np.allclose(got @ x.ravel(order="F"), wanted.ravel(order="F"))


def test_a_sum_over_samples_is_a_product():
    text, declarations, _ = TARGETS["scatter"]
    assert derivtex.derive(text, wrt="M", declare=declarations, check=False).to_numpy().endswith("    return x_i.T @ x_i\n")


def test_a_language_that_is_not_known_is_said():
    with pytest.raises(UsageError):
        derivtex.derive("x^T x", wrt="x", check=False).to_code("cobol")


CHEAP = {  # what is derived, by what, with these declarations: what its code contains, and what it does not
    "a sum meets a vector": (r"x^T A x", "x", "", "A @ x + A.T @ x", "A + A.T"),
    "an identity is left out": (r"\frac{x^T A x}{x^T x}", "x", "", "A.T @ x", "eye"),
    "a multiple of a vector": (r"\|A x - b\|_2^2", "x", "A: matrix m x n", "2 * (A.T @ r)", ""),
    "what derivtex named once": (r"(A x - b)^T W (A x - b)", "x", "A: matrix m x n; W: matrix m x m", "W.T @ r", "W + W.T"),
    "a diagonal of a product": (r"\|\operatorname{diag}(x) A\|_F^2", "x", "A: matrix n x p", "axis=1", "np.diag"),
    "a trace of a product": (r"\operatorname{tr}((A + t B)^{-1} C)", "t", "t: scalar", "np.sum", "np.trace"),
    "two eliminations": (r"a^T X^{-1} b", "X", "X: matrix n x n", "np.linalg.solve(X, b)", "inv"),
    "a tall matrix": (r"\operatorname{tr}(X (X^T X)^{-1} X^T A)", "X", "X: matrix m x n; A: matrix m x m symmetric", "A @ (X @ inverse)", ""),
}


@pytest.mark.parametrize("case", CHEAP.values(), ids=list(CHEAP))
def test_products_are_computed_with_little_work(case):
    """Vectors first, sums term by term, no n³ for n²."""
    source, wrt, declared, there, absent = case
    text = derivtex.derive(source, wrt=wrt, declare=[each.strip() for each in declared.split(";") if each.strip()], check=False).to_numpy()
    body = text[text.rindex('"""') :]
    assert there in body and (not absent or absent not in body), body


def test_a_long_statement_is_broken_where_it_holds_together_least():
    """Inside brackets, so that it is still one statement, and no line is too wide."""
    for statement in (
        "    return -0.5 * (y @ np.linalg.solve(K, y)) - 0.5 * np.log(np.abs(np.linalg.det(K))) - 0.5 * n * np.log(2 * np.pi)",
        "f = lambda x: np.sum(np.einsum('ij, jk', x, first_of_all_the_matrices) * np.cos(second_of_all_the_matrices)) + np.sum(x)",
        "print(abs((f(sigma + 1e-6 * h) - f(sigma - 1e-6 * h)) / 2e-6 - np.sum(gradient(sigma) * h)) < 1e-3, 'right')",
    ):
        lines = in_lines(statement, 79)
        assert max(map(len, lines)) <= 79 and len(lines) > 1
        whole, broken = ("def f():\n" + each if statement[0] == " " else each for each in (statement, "\n".join(lines)))
        assert ast.dump(ast.parse(whole)) == ast.dump(ast.parse(broken))
