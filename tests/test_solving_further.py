"""Solutions beyond one linear equation: directions, iterations, rotations, members of families, several unknowns together."""

import inspect
from typing import NamedTuple

import numpy as np
import pytest
import scipy
import scipy.optimize

import derivtex


class Case(NamedTuple):
    """A problem, what is declared and asked, and a condition that its values fulfil, by name."""

    source: str
    wrt: str
    fulfils: str
    declare: tuple[str, ...] = ()
    subject_to: tuple[str, ...] = ()


S, POINTS = "S: matrix n x n posdef", "x_i: vector p for i = 1..N"
MIXTURE = r"\sum_{i=1}^N\sum_{k=1}^K r_{ik}(\log\pi_k-\frac12\log\det\Sigma_k-\frac12(x_i-\mu_k)^T\Sigma_k^{-1}(x_i-\mu_k))"
MEMBERS = (POINTS, r"\mu_k: vector p for k = 1..K", r"\Sigma_k: matrix p x p posdef for k=1..K", r"\pi_k: scalar positive for k=1..K")

SOLVED = {
    "quotient by a linear form": Case(r"\max_w \frac{(w^Tm)^2}{w^TSw}", "w", "parallel(w, solve(S, m))", (S,)),
    "two-class Fisher": Case(r"J(w)=\frac{w^TBw}{w^TSw};\; B=(m-c)(m-c)^T", "w", "parallel(w, solve(S, m-c))", (S, "m: vector n", "c: vector n")),
    "direction of a length": Case(r"\max_w \frac{w^Tm}{\sqrt{w^TSw}}", "w", "close(w, solve(S, m)/norm(solve(S, m)))", (S,), ("w^Tw=1",)),
    "a norm under a constraint": Case(r"\min_V \|E-VG\|_F", "V", "close(V@c, 0*c) and least(V, E, G, c)",
                                      ("E: matrix 4 x N", "G: matrix 4 x N", "c: vector 4", "V: matrix 4 x 4"), ("Vc=0",)),
    "a likelihood as a product": Case(r"\prod_{i=1}^N h\exp(-hy_i^2)", "h", "close(h, len(y_i)/(y_i@y_i))",
                                      ("y_i: scalar for i = 1..N", "h: scalar positive")),
    "a likelihood with a power": Case(r"(2\pi v)^{-k/2}\exp(-\frac{1}{2v}(c-m)^T(c-m))", "v", "close(v*k, norm(c-m)**2)",
                                      ("v: scalar positive", "c: vector d", "m: vector d", "k: scalar positive")),
    "spectral norm": Case(r"\max_x \|Ax\|", "x", "close(norm(A@x), norm(A, 2))", ("A: matrix q x n",), (r"\|x\|=1",)),
    "ratio of determinants' traces": Case(r"\max_W \operatorname{tr}((W^TBW)(W^TSW)^{-1})", "W",
                                          "close(np.trace(solve(W.T@S@W, W.T@B@W)), eigh(B, S)[0][-2:].sum())",
                                          (S, "B: matrix n x n symmetric", "W: matrix n x k")),
    "two unit vectors": Case(r"\max_{u,v} u^TAv", "u,v", "close(u@A@v, norm(A, 2))", ("A: matrix q x n",), ("u^Tu=1", "v^Tv=1")),
    "canonical correlations": Case(r"\max_{a,b} a^TBb", "a,b", "close(a@B@b, np.sqrt(eigh(B.T@solve(S, B), S)[0][-1]))",
                                   (S, "B: matrix n x n"), ("a^TSa=1", "b^TSb=1")),
    "linear on the sphere": Case(r"\min_x c^Tx", "x", "close(x, -c/norm(c))", (), ("x^Tx=1",)),
    "rotation": Case(r"\min_R \|F-RG\|_F^2", "R", "best_rotation(R, F, G)", ("R: matrix 3 x 3 rotation", "F: matrix 3 x N", "G: matrix 3 x N")),
    "bias and weights": Case(r"\|y-Xw-b\mathbf 1\|^2", "w,b",
                             "close(np.append(w, b), fitted(np.c_[X, np.ones(7)], y))", ("b: scalar", "X: matrix N x p")),
    "two blocks": Case(r"\|y-Xw-Zv\|^2", "w,v", "close(np.append(w, v), fitted(np.c_[X, Z], y))", ("X: matrix N x p", "Z: matrix N x k")),
    "expectation and maximisation": Case(
        MIXTURE, r"\mu_k,\Sigma_k,\pi_k", "close(mu_k, means(r, x_i)[k]) and close(Sigma_k, spread(r[:, k], x_i)) and close(pi_k, r[:, k].mean())",
        MEMBERS, (r"\sum_{k=1}^K\pi_k=1",),
    ),
    "one factor": Case(r"\sum_{i=1}^m\sum_{j=1}^N (r_{ij}-u_i^Tv_j)^2+\lambda\sum_{i=1}^m\|u_i\|^2", "u_k",
                       "close(u_k, solve(v_j.T@v_j+lambda_*np.eye(v_j.shape[1]), v_j.T@r[k]))",
                       (r"\lambda: scalar positive", "u_i: vector p for i = 1..m", "v_j: vector p for j = 1..N")),
}  # fmt: skip


def means(r, x):
    return r.T @ x / r.sum(axis=0)[:, None]


def spread(weights, x):
    centred = x - weights @ x / weights.sum()
    return (weights[:, None] * centred).T @ centred / weights.sum()


def parallel(one, other):
    return abs(one @ other) == pytest.approx(np.linalg.norm(one) * np.linalg.norm(other))


def least(v, e, g, c):
    """No change along what Vc = 0 allows is better to first order."""
    return (v @ g - e) @ g.T @ (np.eye(4) - np.outer(c, c) / (c @ c)) == pytest.approx(np.zeros((4, 4)), abs=1e-8)


def fitted(matrix, y):
    return np.linalg.lstsq(matrix, y)[0]


def close(one, other):
    return one == pytest.approx(other, rel=1e-7, abs=1e-9)


def best_rotation(r, f, g):
    assert np.linalg.det(r) == pytest.approx(1)
    rng = np.random.default_rng(1)
    others = (np.linalg.qr(rng.normal(size=r.shape))[0] for _ in range(40))
    return all(np.linalg.norm(f - r @ g) <= np.linalg.norm(f - q * np.sign(np.linalg.det(q)) @ g) for q in others)


def data():
    rng = np.random.default_rng(4)
    drawn = {name: rng.normal(size=shape) for name, shape in {
        "m": 4, "c": 4, "A": (6, 4), "B": (4, 4), "F": (3, 7), "G": (3, 7), "E": (4, 7),
        "y": 7, "X": (7, 3), "Z": (7, 2), "x_i": (7, 3), "v_j": (7, 3), "y_i": 7,
    }.items()}  # fmt: skip
    root = rng.normal(size=(4, 4))
    weights = rng.uniform(0.1, 1, size=(7, 3))
    drawn |= {"S": root @ root.T + np.eye(4), "B": drawn["B"] + drawn["B"].T, "r": weights / weights.sum(axis=1)[:, None]}
    return {**drawn, "k": 2, "lambda_": 0.7}


def functions(code):
    space = {"np": np, "scipy": scipy}
    exec(code, space)
    return {name: each for name, each in space.items() if inspect.isfunction(each)}


def called(function, values):
    return function(**{name: values[name] for name in inspect.signature(function).parameters})


SPACE = {"np": np, "solve": np.linalg.solve, "norm": np.linalg.norm, "eigh": scipy.linalg.eigh, "close": close, "parallel": parallel,
         "fitted": fitted, "least": least, "best_rotation": best_rotation, "means": means, "spread": spread}  # fmt: skip


@pytest.mark.parametrize("name", SOLVED)
def test_the_solution_fulfils_what_is_known_of_it(name):
    case = SOLVED[name]
    found = derivtex.solve(case.source, wrt=case.wrt, declare=case.declare, subject_to=case.subject_to)
    told = found.to_dict()["solution"]
    assert found.confirmed
    values = data()
    if name == "a norm under a constraint":
        values["G"] = np.random.default_rng(3).normal(size=(4, 7))
    if name == "one factor":
        values["r"] = np.random.default_rng(2).normal(size=(5, 7))
    made = functions(told["numpy"])
    alone = case.wrt if len(made) == 1 else ""
    known = {(alone or title.removeprefix("solution_")): called(each, values) for title, each in made.items()}
    assert eval(case.fulfils, {**SPACE, **values, **known})


ITERATED = {
    "Tyler's estimator": Case(r"\frac N2\log\det\Sigma+\frac p2\sum_{i=1}^N\log(x_i^T\Sigma^{-1}x_i)", r"\Sigma", "np.eye(3)",
                              (r"\Sigma: matrix p x p posdef", POINTS)),
    "geometric median": Case(r"\sum_{i=1}^N \|x_i-m\|", "m", "np.zeros(3)", (POINTS,)),
    "reweighted least squares": Case(r"\sum_{i=1}^N \log(1+(y_i-x_i^Tw)^2)", "w", "np.zeros(3)", (POINTS, "y_i: scalar for i = 1..N")),
}  # fmt: skip


@pytest.mark.parametrize("name", ITERATED)
def test_where_there_is_no_closed_form_the_fixed_point_form_leads_to_the_solution(name):
    """The equation stays, what is held is named, and the code of a step leads to where the gradient vanishes."""
    case = ITERATED[name]
    told = derivtex.solve(case.source, wrt=case.wrt, declare=case.declare).to_dict()
    assert told["solution"]["latex"] is None and "_i = " in " ".join(told["solution"]["remarks"])
    (step,) = functions(told["solution"]["iteration"]).values()
    (gradient,) = functions(told["result"]["numpy"]).values()
    argument = told["names"].get(case.wrt, case.wrt)
    values = {**data(), "N": 7, "p": 3, argument: eval(case.fulfils, {"np": np})}
    start = np.abs(called(gradient, values)).max()
    for _ in range(400):
        values[argument] = called(step, values)
    assert np.abs(called(gradient, values)).max() < 1e-6 * start


def test_what_is_not_found_together_is_found_in_turn():
    """Alternating least squares: each factor by the other, and the function never rises."""
    declare = [r"\lambda: scalar positive", "P: matrix m x k", "Q: matrix n x k"]
    told = derivtex.solve(r"\|R-PQ^T\|_F^2+\lambda\|P\|_F^2+\lambda\|Q\|_F^2", wrt="P,Q", declare=declare).to_dict()["solution"]
    assert told["latex"] is None and "never gets higher" in " ".join(told["remarks"])
    rng = np.random.default_rng(1)
    values = {"R": rng.normal(size=(5, 4)), "P": rng.normal(size=(5, 2)), "Q": rng.normal(size=(4, 2)), "lambda_": 0.3}
    steps, height = functions(told["iteration"]), np.inf
    for _ in range(5):
        for name in "PQ":
            values[name] = called(steps[f"next_{name}"], values)
        p, q = values["P"], values["Q"]
        before, height = height, np.sum((values["R"] - p @ q.T) ** 2) + 0.3 * np.sum(p**2) + 0.3 * np.sum(q**2)
        assert height <= before


def test_members_of_two_families_are_found_in_turn():
    """Each by the sums over the members of the other, u_i by all v_j: no member in a sum is the one that is solved for."""
    source = r"\sum_{i=1}^m\sum_{j=1}^N (r_{ij}-u_i^Tv_j)^2+\lambda\sum_{i=1}^m\|u_i\|^2"
    declare = (r"\lambda: scalar positive", "u_i: vector p for i = 1..m", "v_j: vector p for j = 1..N")
    told = derivtex.solve(source, wrt="u_i,v_j", declare=declare).to_dict()["solution"]
    step = functions(told["iteration"])["next_u_i"]
    v, r = np.random.default_rng(2).normal(size=(7, 3)), np.random.default_rng(3).normal(size=(5, 7))
    values = {"v": v, "v_j": v, "r": r, "lambda_": 0.7, "i": 2, "N": 7, "m": 5, "p": 3}
    assert called(step, values) == pytest.approx(np.linalg.solve(v.T @ v + 0.7 * np.eye(3), v.T @ r[2]))


def test_nothing_is_solved_by_zero_where_a_multiplier_makes_a_matrix_singular():
    """The first-order condition of a form on the sphere, without a word on what is sought, has more than the zero vector: the maximum is told."""
    told = derivtex.solve("u^TAv", wrt="u,v", declare=["A: matrix m x n"], subject_to=["u^Tu=1", "v^Tv=1"]).to_dict()["solution"]
    assert told["kind"] == "maximum" and "gives the minimum" in " ".join(told["remarks"])


@pytest.mark.parametrize(("source", "wrt", "given", "says"), [
    # a number with several roots: one is taken, the others are told
    (r"x^3-3tx", "x", {"declare": ["x: scalar", "t: scalar positive"]}, [r"also holds at $x = -\sqrt{t}$, a local maximum"]),
    (r"\max_x x^3-3tx", "x", {"declare": ["x: scalar", "t: scalar positive"]}, [r"also holds at $x = \sqrt{t}$, a local minimum"]),
    ("xe^{-x^2/2}", "x", {"declare": ["x: scalar"]}, ["also holds at $x = 1$, a local maximum"]),  # where it is negative it has no logarithm
    # what the function is at the solution
    (r"\min_Q \|AQ-B\|_F^2", "Q", {"declare": ["Q: matrix n x n"], "subject_to": ["Q^TQ=I"]}, [r"$\|B\|_F^{2} + \|A\|_F^{2} - 2\|A^{T}B\|_*$"]),
    (r"\sum_{i=1}^N\|y_i-Qx_i\|^2", "Q", {"declare": ["Q: matrix n x n orthogonal"]}, [r"\sum_{i=1}^{N} \|x_i\|^{2} - 2\left\|\sum"]),
    (r"\max_x \|Ax\|", "x", {"subject_to": [r"\|x\|=1"]}, [r"The value there is $\|A\|_2$"]),
    (r"\frac{u^TPu}{u^TQu}", "u", {"declare": ["P: matrix n x n symmetric", "Q: matrix n x n posdef"]},
     [r"The value there is $\lambda_{\max}(Q^{-1}P)$"]),
    (r"\max_W \operatorname{tr}(W^TCW)", "W", {"declare": ["C: matrix n x n symmetric", "W: matrix n x k"], "subject_to": ["W^TW=I"]},
     [r"\sum_{i=1}^{k} \lambda_i(C)"]),
    ("p^k(1-p)^{n-k}", "p", {"declare": ["p: scalar", "k: scalar positive", "n: scalar positive"]}, ["Its logarithm is"]),
    (r"\max_X \operatorname{tr}(AX)", "X", {"declare": ["A: matrix n x n", "X: matrix n x n"], "subject_to": ["X^TX=I"]},
     [r"The value there is $\|A\|_*$"]),
    # the second differential is semidefinite where an inverse in it exists
    (r"(y-X\beta)^TZ(Z^TZ)^{-1}Z^T(y-X\beta)", r"\beta", {}, ["so it is a minimum"]),
    # the length that the constraint wants, of what has none of its own
    (r"\max_w \frac{m^Tw}{\sqrt{w^TSw}}", "w", {"declare": [S], "subject_to": [r"\sum_i w_i=1"]},
     ["the length is the one that the constraint wants"]),
])  # fmt: skip
def test_what_is_said_besides_of_a_solution(source, wrt, given, says):
    found = derivtex.solve(source, wrt=wrt, **given)
    told = " ".join(found.to_dict()["solution"]["remarks"])
    assert found.confirmed
    for words in says:
        assert words in told


def test_what_is_in_a_denominator_is_no_place_of_further_points():
    """Mixture weights: the multiplier by which is divided is not zero anywhere."""
    told = derivtex.solve(r"\sum_{k=1}^K n_k\log\pi_k", wrt=r"\pi_k", subject_to=[r"\sum_{k=1}^K\pi_k=1"]).to_dict()["solution"]
    assert told["latex"] and "other stationary points" not in " ".join(told["remarks"])


def test_an_unknown_that_is_not_in_its_own_condition_is_found_from_that_of_another():
    told = derivtex.solve("x^TAy+b^Tx+c^Ty", wrt="x,y", declare=["A: matrix n x n invertible"]).to_dict()["solution"]
    assert told["kind"] == "saddle" and told["latex"] == r"\hat{x} = -A^{-T}c,\quad \hat{y} = -A^{-1}b"
    gone = derivtex.solve(r"x^Ta + \|y\|^2", wrt="x,y").to_dict()["solution"]
    assert gone["latex"] is None and gone["kind"] == "stationary"


@pytest.mark.parametrize(("source", "given", "says"), [
    (r"\min_x \frac12x^TAx-b^Tx", {"declare": ["A: matrix n x n symmetric"], "subject_to": ["x^Tx=1"]},
     [r"$b^{T}(A - 2\lambda I)^{-2}b - 1 = 0$", "positive semidefinite gives the minimum"]),
    (r"\min_x \|Ax-b\|^2", {"declare": ["r: scalar positive"], "subject_to": [r"\|x\|\le r"]}, [r"else $\mu = 0$"]),
])  # fmt: skip
def test_the_one_multiplier_that_is_left_has_an_equation_of_its_own(source, given, says):
    """The residual's code vanishes at a multiplier, at which the unknown fulfils the constraint."""
    told = derivtex.solve(source, wrt="x", **given).to_dict()["solution"]
    for words in says:
        assert words in " ".join(told["remarks"])
    residual, point = functions(told["iteration"]).values()
    values, name = data() | {"A": np.diag([1.0, 2.0, 3.0, 4.0]), "b": np.ones(4), "r": 0.5}, "lambda_" if "Ax-b^T" in source else "mu"
    root = scipy.optimize.brentq(lambda at: called(residual, {**values, name: at}), *((-9, 0.49) if name == "lambda_" else (0, 90)))
    assert np.linalg.norm(called(point, {**values, name: root})) == pytest.approx(1.0 if name == "lambda_" else 0.5)


def test_each_member_of_a_sum_is_another_unknown():
    """The most uncertain distribution of a given mean: what depends on the index is not taken out of the sum."""
    told = derivtex.solve(r"-\sum_ip_i\log p_i", wrt="p_i", subject_to=[r"\sum_ip_i=1", r"\sum_ip_if_i=m"],
                          declare=["f_i: scalar for i = 1..n", "m: scalar", "p_i: scalar positive for i = 1..n"]).to_dict()["solution"]  # fmt: skip
    assert any(each["left"] == r"\left(\sum_{j=1}^{n} \exp(-\nu f_j)\right)\exp(-1 - \lambda)" for each in told["equations"])
    assert "one equation in the one number" in " ".join(told["remarks"])


@pytest.mark.parametrize("second", [r"\mu^Tw = r", r"w^T\mu = r", "c^Tw = d", "d^Tw = 3", r"\mu^Tw = \mu_p"])
def test_no_constraint_is_lost_among_several(second):
    """One of which the letters would have to be of unusual kinds is as certain as the objective."""
    solved = derivtex.solve(rf"Find $\min_w \; w^TSw$ s.t. $w^T\mathbf 1 = 1$, ${second}$.", declare=(S,))
    assert solved.solution.bound.multipliers[0].shape[0].integer == 2 and solved.confirmed


def test_a_constraint_that_cannot_be_read_is_said():
    text = r"Find $\min_w \; w^TSw$ s.t. $w^T\mathbf 1 = 1$ and $w^T(A + = r$."
    with pytest.raises(derivtex.DerivtexError, match=r"the constraint .* cannot be read"):
        derivtex.solve(text)
    assert "**It was not solved.** The constraint" in derivtex.answer(text).text


def test_alternating_least_squares_asks_for_its_updates():
    given = r"Let $F(U,V) = \|X - UV^T\|_F^2 + \lambda(\|U\|_F^2+\|V\|_F^2)$, $\lambda > 0$."
    found = derivtex.answer(rf"{given} I want to do alternating least squares. What are the update formulas for $U$ and $V$?")
    assert found.wish == "solve" and r"$U = XV(V^{T}V + \lambda I)^{-1}$ and $V = X^{T}U(U^{T}U + \lambda I)^{-1}$" in found.text


def test_the_solution_for_symmetric_matrices_stands_beside_the_general_one():
    """The gain of a Kalman filter, of which nothing says that covariances are symmetric; `tr` is no function that is left open."""
    text = derivtex.answer(r"Let $P = (I-KH)M(I-KH)^T + KRK^T$. Minimise $\operatorname{tr}(P)$ over the gain $K$.").text
    assert "**For symmetric $M$ and $R$.** The solution is then $\\hat{K} = MH^{T}(R + HMH^{T})^{-1}$." in text


def test_what_the_equations_of_a_solution_repeat_has_a_name():
    """The weights of a Gibbs distribution; what the lines above write out, and what is short, stays."""
    given = {"wrt": "q", "subject_to": [r"\mathbf 1^Tq = 1"], "declare": ["q: vector n positive", "F: matrix m x n", "c: vector m"]}
    text = derivtex.solve(r"q^T\log q - c^TF q", **given).to_latex(template="align")
    assert r"$u = \exp(F^{T}c)$" in text and r"\exp(\lambda - 1)\mathbf{1}^{T}u &= 1" in text and "= F^{T}c$" not in text


def test_a_value_that_a_constraint_does_not_allow_is_taken_back():
    found = derivtex.solve("u^TSu", declare=("S: matrix n x n symmetric",), wrt="u", subject_to=("u^Tu=1", r"Su=\lambda u"))
    assert not found.solution.values.keys() & set(found.solution.primaries)
    assert r"$\mathbf{0}$ would follow for $u$, which the constraint does not allow" in found.to_latex("markdown")


def test_a_long_left_side_stands_in_the_row_beside_its_reason():
    found = derivtex.solve(r"a^T\Sigma b", declare=(r"\Sigma: matrix n x m", "A: matrix n x n", "B: matrix m x m"), wrt="a,b",
                           subject_to=("a^TAa=1", "b^TBb=1"))  # fmt: skip
    assert r"\Sigma b - \nu(B + B^{T})b" in found.to_latex("align").split("invertible")[1]
