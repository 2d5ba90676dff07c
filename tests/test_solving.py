"""Textbook problems solved to the end: what the solution is, compared with its known value, and that the numbers confirm it."""

import inspect
from typing import NamedTuple

import numpy as np
import pytest
import scipy
import scipy.linalg
import scipy.optimize
from click.testing import CliRunner

import derivtex
from derivtex.checking.equations import domain_of
from derivtex.checking.examples import points
from derivtex.checking.values import Point, Unsuitable
from derivtex.core.errors import DerivtexError, NotDerivable, UsageError
from derivtex.derivation.stationary.singular import singular
from derivtex.derivation.stationary.solving import solving
from derivtex.faces.commands import main
from derivtex.operations import Hole


class Case(NamedTuple):
    """A problem: the source, what is declared and asked, what the unknown is in NumPy, and what kind of point it is."""

    source: str
    wrt: str
    value: str
    kind: str = "minimum"
    declare: tuple[str, ...] = ()
    subject_to: tuple[str, ...] = ()


SIGMA = r"\Sigma: matrix n x n posdef"
SAMPLE = r"\sum_{i=1}^N (x_i-\mu)^T\Sigma^{-1}(x_i-\mu)"
GAUSS = (r"\Sigma: matrix p x p posdef", r"\mu: vector p", "x_i: vector p for i = 1..N")
COV = (r"\Sigma: matrix n x n posdef",)

CASES = {
    # Least squares.
    "least squares": Case(r"\|Ax-b\|^2", "x", "np.linalg.lstsq(A, b)[0]", declare=("A: matrix m x n",)),
    "half a square": Case(r"\frac12\|Ax-b\|_2^2", "x", "np.linalg.lstsq(A, b)[0]", declare=("A: matrix m x n",)),
    "written out": Case("y^Ty - 2w^TX^Ty + w^TX^TXw", "w", "np.linalg.lstsq(X, y)[0]"),
    "weighted": Case("(b-Ax)^TW(b-Ax)", "x", "solve(A.T@W@A, A.T@W@b)", declare=("W: matrix m x m posdef",)),
    "weights by a factor": Case(r"\frac12\|W(Ax-b)\|^2", "x", "solve(A.T@W.T@W@A, A.T@W.T@W@b)"),
    "ridge": Case(r"\|Xw-y\|^2 + \lambda\|w\|^2", "w", "solve(X.T@X+lambda_*np.eye(X.shape[1]), X.T@y)"),
    "generalised ridge": Case("(y-Xw)^T(y-Xw) + (w-m)^TS^{-1}(w-m)", "w", "solve(X.T@X+inv(S), X.T@y+solve(S, m))", declare=("S: matrix n x n posdef",)),
    "Tikhonov": Case(r"\|Ax-b\|^2 + \|\Gamma x\|^2", "x", "solve(A.T@A+Gamma.T@Gamma, A.T@b)", declare=(r"\Gamma: matrix k x n",)),
    "smoothing": Case(r"(y-z)^T(y-z)+\lambda z^TD^TDz", "z", "solve(np.eye(len(y))+lambda_*D.T@D, y)", declare=(r"\lambda: scalar positive",)),
    "sum of squares": Case(r"\sum_{i=1}^n (y_i - w^Tx_i)^2 + \lambda\|w\|^2", "w", "solve(x_i.T@x_i+lambda_*np.eye(x_i.shape[1]), x_i.T@y_i)",
                           declare=(r"\lambda: scalar positive", "x_i: vector p for i = 1..n", "y_i: scalar for i = 1..n")),
    "multi-response": Case(r"\|XB-Y\|_F^2", "B", "np.linalg.lstsq(X, Y)[0]"),
    "from the left": Case(r"\|Y-MX\|_F^2", "M", "np.linalg.lstsq(X.T, Y.T)[0].T", declare=("M: matrix q x p", "X: matrix p x n", "Y: matrix q x n")),
    "two regularisers": Case(r"\frac12\|XB-Y\|_F^2 + \frac\lambda2\|B\|_F^2 + \frac\mu2\|LB\|_F^2", "B",
                             "solve(X.T@X+lambda_*np.eye(X.shape[1])+mu*L.T@L, X.T@Y)", declare=(r"\lambda: scalar positive", r"\mu: scalar positive")),
    "between factors": Case(r"\|AXB-C\|_F^2", "X", "pinv(A)@C@pinv(B)", declare=("A: matrix m x n", "X: matrix n x k", "B: matrix k x l", "C: matrix m x l")),
    "factorisation, one side": Case(r"\|R-PQ^T\|_F^2+\lambda\|P\|_F^2", "P", "R@Q@inv(Q.T@Q+lambda_*np.eye(Q.shape[1]))", declare=(r"\lambda: scalar positive",)),
    "complex": Case(r"\|Az-b\|^2", "z", "np.linalg.lstsq(A, b)[0]", declare=("A: matrix m x n complex", "z: vector n complex", "b: vector m complex")),
    "quadratic": Case(r"\frac12x^TAx - b^Tx", "x", "solve(A, b)", declare=("A: matrix n x n posdef",)),
    "quadratic, not symmetric": Case("x^TAx + b^Tx", "x", "-solve(A+A.T, b)", "stationary"),
    "concave quadratic": Case(r"w^T\mu-\frac\gamma2w^T\Sigma w", "w", "solve(Sigma, mu)/gamma", "maximum", (*COV, r"\gamma: scalar positive", r"\mu: vector n")),
    # Matrix equations.
    "Sylvester": Case(r"\|AX-C\|_F^2+\|XB-D\|_F^2", "X", "scipy.linalg.solve_sylvester(A.T@A, B@B.T, A.T@C+D@B.T)",
                      declare=("A: matrix k x n", "X: matrix n x m", "B: matrix m x l")),
    "Kalman gain": Case(r"\operatorname{tr}((I-KH)P(I-KH)^T+KRK^T)", "K", "P@H.T@inv(H@P@H.T+R)",
                        declare=("P: matrix n x n posdef", "R: matrix m x m posdef", "K: matrix n x m", "H: matrix m x n")),
    "linear estimator": Case(r"\operatorname{tr}(S) - 2\operatorname{tr}(AQ) + \operatorname{tr}(ARA^T)", "A", "Q.T@inv(R)",
                             declare=("R: matrix n x n posdef", "A: matrix m x n", "S: matrix m x m")),
    # Likelihoods.
    "mean": Case(rf"-\frac12{SAMPLE}", r"\mu", "x_i.mean(axis=0)", "maximum", GAUSS),
    "covariance": Case(rf"-\frac N2\log\det\Sigma-\frac12{SAMPLE}", r"\Sigma", "(x_i-mu).T@(x_i-mu)/len(x_i)", "maximum", GAUSS),
    "covariance by the scatter": Case(r"\log\det\Sigma+\operatorname{tr}(\Sigma^{-1}S)", r"\Sigma", "S", "minimum", (SIGMA, "S: matrix n x n posdef")),
    "precision": Case(r"\log\det\Theta-\operatorname{tr}(S\Theta)", r"\Theta", "inv(S)", "maximum", (r"\Theta: matrix n x n posdef", "S: matrix n x n posdef")),
    "Wishart": Case(r"\frac{N}2\log\det W-\frac12\operatorname{tr}(V^{-1}W)", "W", "N*V", "maximum", ("W: matrix n x n posdef", "V: matrix n x n posdef", "N: scalar positive")),
    "inverse Wishart": Case(r"\frac{\nu}2\log\det X+\frac12\operatorname{tr}(\Psi X^{-1})", "X", "Psi/nu", "minimum",
                            ("X: matrix n x n posdef", r"\Psi: matrix n x n posdef", r"\nu: scalar positive")),
    "variance": Case(r"-\frac n2\log s-\frac1{2s}\|y-Xw\|^2", "s", "np.sum((y-X@w)**2)/n", "maximum", ("s: scalar positive", "n: scalar positive")),
    "rate": Case(r"n\log\lambda-\lambda c", r"\lambda", "n/c", "maximum", (r"\lambda: scalar positive", "n: scalar positive", "c: scalar positive")),
    # Constraints.
    "least norm": Case(r"\|x\|^2", "x", "A.T@solve(A@A.T, b)", subject_to=("Ax=b",)),
    "projection on a plane": Case(r"\|x-c\|^2", "x", "c-(a@c-t)/(a@a)*a", subject_to=("a^Tx=t",), declare=("t: scalar",)),
    "constrained least squares": Case(r"\|Ax-b\|^2", "x", "kkt(2*A.T@A, C, 2*A.T@b, d)", declare=("A: matrix m x n", "C: matrix q x n"), subject_to=("Cx=d",)),
    "global minimum variance": Case(r"w^T\Sigma w", "w", "solve(Sigma, one)/(one@solve(Sigma, one))", declare=COV, subject_to=(r"w^T\mathbf 1=1",)),
    "target return": Case(r"\frac12w^T\Sigma w", "w", "r*solve(Sigma, mu)/(mu@solve(Sigma, mu))", declare=(*COV, r"\mu: vector n", "r: scalar"), subject_to=(r"\mu^Tw=r",)),
    "frontier": Case(r"w^T\Sigma w", "w", "kkt(2*Sigma, np.stack([mu, one]), 0*mu, np.array([r, 1.0]))", declare=(*COV, r"\mu: vector n", "r: scalar"),
                     subject_to=(r"\mu^Tw=r", r"\mathbf 1^Tw=1")),
    "beamformer": Case("w^HRw", "w", "solve(R, a)/(a.conj()@solve(R, a))", declare=("w: vector n complex", "R: matrix n x n hermitian posdef", "a: vector n complex"),
                       subject_to=("w^Ha=1",)),
    "entropy": Case(r"-\sum_{i=1}^n p_i\log p_i", "p", "np.ones(n)/n", "maximum", ("p: vector n positive",), (r"\mathbf 1^Tp=1",)),
    "mixture weights": Case(r"\sum_{k=1}^K N_k\log\pi_k", r"\pi", "N/N.sum()", "maximum", (r"\pi: vector K positive", "N: vector K positive"), (r"\sum_{k=1}^K\pi_k=1",)),
    "a Lagrangian of the author's": Case(r"L(w,\lambda)=w^T\Sigma w-\lambda(w^Tc-1)", "w", "solve(Sigma, c)/(c@solve(Sigma, c))", declare=(*COV, "c: vector n")),
    # More of the textbooks: Bishop's priors and noise, Boyd and Vandenberghe's projections, Petersen and Pedersen's traces.
    "Gaussian prior": Case(r"\frac{1}{2\sigma^2}\|y-Xw\|^2 + \frac{1}{2\tau^2}\|w\|^2", "w", "solve(X.T@X+sigma**2/tau**2*np.eye(X.shape[1]), X.T@y)",
                           declare=(r"\sigma: scalar positive", r"\tau: scalar positive")),
    "generalised least squares": Case(r"(y-X\beta)^T\Sigma^{-1}(y-X\beta)", r"\beta", "solve(X.T@solve(Sigma, X), X.T@solve(Sigma, y))", declare=(SIGMA,)),
    "weighted mean": Case(r"\sum_{i=1}^n a_i(y_i-m)^2", "m", "a@y/a.sum()", declare=("a: vector n positive", "y: vector n", "m: scalar")),
    "centroid": Case(r"\sum_{i=1}^N\|x_i-c\|^2", "c", "x_i.mean(axis=0)", declare=("x_i: vector p for i = 1..N",)),
    "exact line search": Case("\\frac12(x+td)^TA(x+td)-b^T(x+td)", "t", "d@(b-A@x)/(d@A@d)", declare=("A: matrix n x n posdef", "t: scalar")),
    "projection on a line": Case(r"\|x-ta\|^2", "t", "a@x/(a@a)", declare=("t: scalar",)),
    "proximal point": Case(r"\frac12\|Ax-b\|^2+\frac{1}{2\gamma}\|x-z\|^2", "x", "solve(gamma*A.T@A+np.eye(len(z)), gamma*A.T@b+z)",
                           declare=(r"\gamma: scalar positive", "A: matrix m x n")),
    "one step of ADMM": Case(r"\frac12\|Ax-b\|^2+\frac\rho2\|x-z+u\|^2", "x", "solve(A.T@A+rho*np.eye(len(z)), A.T@b+rho*(z-u))",
                             declare=(r"\rho: scalar positive", "A: matrix m x n")),
    "codes": Case(r"\|Y-WH\|_F^2+\lambda\|H\|_F^2", "H", "solve(W.T@W+lambda_*np.eye(W.shape[1]), W.T@Y)", declare=(r"\lambda: scalar positive",)),
    "signal on a graph": Case(r"\|f-y\|^2+\lambda f^TLf", "f", "solve(np.eye(len(y))+lambda_*L, y)", declare=(r"\lambda: scalar positive", "L: matrix n x n posdef")),
    "posterior mean": Case(r"(\mu-m)^TS^{-1}(\mu-m)+\sum_{i=1}^N(x_i-\mu)^T\Sigma^{-1}(x_i-\mu)", r"\mu",
                           "solve(inv(S)+len(x_i)*inv(Sigma), solve(S, m)+solve(Sigma, x_i.sum(axis=0)))",
                           declare=("S: matrix p x p posdef", r"\Sigma: matrix p x p posdef", "x_i: vector p for i = 1..N", r"\mu: vector p", "m: vector p")),
    "noise precision": Case(r"\frac{N}2\log\beta-\frac\beta2\|y-Xw\|^2", r"\beta", "N/np.sum((y-X@w)**2)", "maximum", (r"\beta: scalar positive", "N: scalar positive")),
    "kernel ridge": Case(r"\|y-K\alpha\|^2+\lambda\alpha^TK\alpha", r"\alpha", "solve(K+lambda_*np.eye(len(y)), y)",
                         declare=(r"\lambda: scalar positive", "K: matrix n x n posdef", r"\alpha: vector n")),
    "counts": Case(r"\sum_{i=1}^n(k_i\log\lambda-\lambda)", r"\lambda", "k.mean()", "maximum", (r"\lambda: scalar positive", "k: vector n positive")),
    "coin": Case(r"k\log p+m\log(1-p)", "p", "k/(k+m)", "maximum", ("p: scalar", "k: scalar positive", "m: scalar positive")),
    "rows of a matrix normal": Case(r"-\frac c2\log\det U-\frac12\operatorname{tr}(U^{-1}AV^{-1}A^T)", "U", "A@solve(V, A.T)/c", "maximum",
                                    ("U: matrix k x k posdef", "V: matrix l x l posdef", "A: matrix k x l", "c: scalar positive")),
    "precision with a prior": Case(r"\log\det\Theta-\operatorname{tr}(S\Theta)-\frac{\nu}{2}\operatorname{tr}(\Theta)", r"\Theta",
                                   "inv(S+nu/2*np.eye(len(S)))", "maximum",
                                   (r"\Theta: matrix n x n posdef", "S: matrix n x n posdef", r"\nu: scalar positive")),
    "budget": Case(r"\sum_{i=1}^n a_i\log x_i", "x", "b*a/(a.sum()*p)", "maximum",
                   ("x: vector n positive", "a: vector n positive", "p: vector n positive", "b: scalar positive"), ("p^Tx=b",)),
    "weighted least norm": Case("x^TWx", "x", "solve(W, A.T)@solve(A@solve(W, A.T), b)", declare=("W: matrix n x n posdef",), subject_to=("Ax=b",)),
    "tracking": Case(r"(w-b)^T\Sigma(w-b)", "w", "b+(1-b.sum())/(one@solve(Sigma, one))*solve(Sigma, one)", declare=COV, subject_to=(r"\mathbf 1^Tw=1",)),
    "relative entropy": Case(r"\sum_{i=1}^n p_i\log\frac{p_i}{q_i}", "p", "q/q.sum()", declare=("p: vector n positive", "q: vector n positive"),
                             subject_to=(r"\mathbf 1^Tp=1",)),
    "free energy": Case(r"c^Tp+\sum_{i=1}^n p_i\log p_i", "p", "np.exp(-c)/np.exp(-c).sum()", declare=("p: vector n positive", "c: vector n"),
                        subject_to=(r"\mathbf 1^Tp=1",)),
    "two entries": Case(r"w^Tr-w^T\Sigma w", "w", "solve(2*Sigma, r)+(1-solve(2*Sigma, r).sum())/solve(Sigma, np.ones(2)).sum()*solve(Sigma, np.ones(2))",
                        "maximum", (r"\Sigma: matrix 2 x 2 posdef", "r: vector 2"), ("w_1+w_2=1",)),
    "positive part": Case(r"\|x-c\|^2", "x", "np.maximum(c, 0)", declare=("c: vector n",), subject_to=(r"x\ge 0",)),
    "half-space": Case(r"\|x-c\|^2", "x", "c-max(0, (a@c-t)/(a@a))*a", declare=("c: vector n", "t: scalar"), subject_to=(r"a^Tx\le t",)),
    "nearest symmetric matrix": Case(r"\|A-S\|_F^2", "S", "(A+A.T)/2", declare=("A: matrix n x n", "S: matrix n x n symmetric")),
    "Wiener filter": Case(r"\operatorname{tr}(WRW^T-2WQ+T)", "W", "solve(R, Q).T",
                          declare=("R: matrix n x n posdef", "Q: matrix n x m", "T: matrix m x m posdef", "W: matrix m x n")),
    "one factor of a rank-one matrix": Case(r"\|A-uv^T\|_F^2", "u", "A@v/(v@v)", declare=("A: matrix m x n",)),
    "step of Newton": Case(r"f+g^Td+\frac12d^THd", "d", "-solve(H, g)", declare=("H: matrix n x n posdef", "f: scalar")),
    "entropy at a temperature": Case(r"c^Tp+\tau\sum_{i=1}^n p_i\log p_i", "p", "np.exp(-c/tau)/np.exp(-c/tau).sum()",
                                     declare=("p: vector n positive", "c: vector n", r"\tau: scalar positive"), subject_to=(r"\mathbf 1^Tp=1",)),
    "sums by vec": Case(r"\sum_{i=1}^N(y_i-a_i^TXb_i)^2+\lambda\|X\|_F^2", "X", "by_vec(a_i, b_i, y_i, lambda_)",
                        declare=("y_i: scalar for i = 1..N", "a_i: vector k for i = 1..N", "b_i: vector l for i = 1..N", r"\lambda: scalar positive")),
    "damped step": Case(r"g^Td+\frac12d^THd+\frac\mu2d^Td", "d", "-solve(H+mu*np.eye(len(g)), g)", declare=("H: matrix n x n posdef", r"\mu: scalar positive")),
}  # fmt: skip


def kkt(hessian, rows, right, levels):
    """The x of the system of first-order conditions."""
    count = len(levels)
    whole = np.block([[hessian, rows.T], [rows, np.zeros((count, count))]])
    return np.linalg.solve(whole, np.concatenate([right, levels]))[: len(hessian)]


def by_vec(a, b, y, weight):
    """The matrix of the normal equations with its columns stacked."""
    rows = np.stack([np.kron(right, left) for left, right in zip(a, b, strict=True)])
    return np.linalg.solve(rows.T @ rows + weight * np.eye(rows.shape[1]), rows.T @ y).reshape((a.shape[1], b.shape[1]), order="F")


def draw(symbol, sizes, rng):
    """A value for a symbol as the contract hands it over."""
    shape = [sizes.setdefault(size, len(sizes) + 3) if not size.isdigit() else int(size) for size in symbol["shape"]]
    values = rng.normal(size=shape) + (1j * rng.normal(size=shape) if "complex" in symbol["properties"] else 0)
    if "posdef" in symbol["properties"]:
        return values @ values.conj().T + np.eye(len(values))
    values = np.ravel(values) if symbol["kind"] == "vector" else values
    return np.abs(values) + 0.3 if "positive" in symbol["properties"] or symbol["kind"] == "scalar" else values


def value_of(code, arguments):
    space = {"np": np, "scipy": scipy}
    exec(code, space)
    function = [each for each in space.values() if inspect.isfunction(each)][-1]
    return function(**{name: arguments[name] for name in inspect.signature(function).parameters})


def data_for(told, case, rng):
    """Values for all symbols and sizes, the families' sizes among them; sizes for which the known solution exists."""
    sizes = {"m": 6, "n": 4, "p": 3, "N": 7, "K": 4, "k": 3, "q": 2, "l": 5}
    sizes |= {"n": 6, "m": 4} if "Xw" in case.source or r"X\beta" in case.source or ("XB" in case.source and "AXB" not in case.source) else {}
    sizes |= {"m": 2, "k": 2} if any(each in ("Ax=b", "Cx=d") for each in case.subject_to) and "A" not in case.source else {}
    families = {"x_i": (sizes["N" if "N" in case.source else "n"], 3), "y_i": (sizes["N" if "N" in case.source else "n"],), "a_i": (sizes["N"], 3), "b_i": (sizes["N"], 5)}
    data = dict(sizes)
    for symbol in told["symbols"]:
        data[told["names"].get(symbol["latex"], symbol["latex"])] = draw(symbol, sizes, rng)
    for declared in case.declare:
        if " for " in declared:
            name = declared[:3]
            data[name] = rng.normal(size=families[name])
    whole = {name: size for name, size in sizes.items() if name.isupper() and "positive" not in " ".join(case.declare)}
    return {**data, **whole, "one": np.ones(sizes["n"])}


@pytest.mark.parametrize("name", CASES)
def test_the_solution_is_the_known_one(name):
    """At random data the code of the solution gives the textbook's value, every equation and the solution are confirmed, the kind is right;
    the code solves, and inverts only where the inverse itself is asked for."""
    case = CASES[name]
    answer = derivtex.solve(case.source, wrt=case.wrt, declare=case.declare, subject_to=case.subject_to)
    told = answer.to_dict()
    assert answer.confirmed
    assert told["solution"]["kind"] == case.kind
    data = data_for(told, case, np.random.default_rng(5))
    known = {"np": np, "scipy": scipy, "solve": np.linalg.solve, "inv": np.linalg.inv, "pinv": np.linalg.pinv, "kkt": kkt, "by_vec": by_vec}
    wanted = eval(case.value, known, data)
    code = told["solution"]["numpy"]
    assert value_of(code, data) == pytest.approx(wanted, rel=1e-7, abs=1e-9)
    assert "inv(" not in code or "inv(" in case.value


@pytest.mark.parametrize("rule", [*solving, *(rule for rule in singular if rule.tried_on)], ids=str)
def test_an_equation_and_what_a_rule_makes_of_it_have_the_same_solution(rule):
    """Where the new equation holds the old one does, and at a random point neither."""
    assert rule.reason and rule.source and rule.says and rule.tried_on
    for before in rule.tried_on:
        after = rule.apply(before)
        assert after is not None
        domain = domain_of((before.left, before.right, after.left, after.right), rule.domain)
        assert any(same_solution(before, after, point) for point in points(domain))


def same_solution(before, after, point):
    """Whether, at a point where the new equation can be solved by iteration, the old one holds there, and not elsewhere."""
    unknown = next(part for part in before.unknown.walk() if isinstance(part, Hole))
    start = np.asarray(point.values[unknown], dtype=float)

    def residual(value, equation):
        at = Point({**point.values, unknown: value.reshape(start.shape) if start.ndim else value[0]}, {}, point.sizes)
        return np.ravel(np.subtract(at.of(equation.left), at.of(equation.right)))

    with np.errstate(all="ignore"):
        try:
            found = scipy.optimize.root(residual, np.ravel(start), (after,))
            if not found.success or not np.abs(residual(np.ravel(start), before)).max() > 1e-3:
                return False
        except (Unsuitable, np.linalg.LinAlgError):
            return False
    assert residual(found.x, before) == pytest.approx(0, abs=1e-5)
    return True


def test_there_are_sixty():
    assert len(CASES) >= 60


@pytest.mark.parametrize(("source", "metric"), [(r"\frac{x^TAx}{x^Tx}", None), (r"\frac{x^TAx}{x^TBx}", "B")])
def test_a_quotient_of_quadratic_forms_is_greatest_at_an_eigenvector(source, metric):
    declare = ["A: matrix n x n symmetric", "B: matrix n x n posdef"][: 1 + bool(metric)]
    told = derivtex.solve(rf"\max_x {source}", declare=declare).to_dict()
    rng = np.random.default_rng(3)
    a = rng.normal(size=(4, 4))
    a, b = a + a.T, a @ a.T + np.eye(4)
    x = value_of(told["solution"]["numpy"], {"A": a, "B": b})
    b = b if metric else np.eye(4)
    assert told["solution"]["kind"] == "maximum"
    assert x @ a @ x / (x @ b @ x) == pytest.approx(scipy.linalg.eigh(a, b)[0][-1])


def test_a_quotient_by_a_norm_has_the_same_points():
    """With a general A and ‖x‖² below: the eigenvectors of its symmetric part."""
    told = derivtex.solve(r"\max_x \frac{x^TAx}{\|x\|^2}", declare=["A: matrix n x n"]).to_dict()
    a = np.random.default_rng(3).normal(size=(4, 4))
    x = value_of(told["solution"]["numpy"], {"A": a})
    assert x @ a @ x / (x @ x) == pytest.approx(np.linalg.eigvalsh((a + a.T) / 2)[-1])


@pytest.mark.parametrize("source", [r"\log\det X", r"\frac{x^TAx}{\|x\|}", r"\operatorname{tr}(X^{-1}A)"])
def test_nothing_is_claimed_where_there_is_nothing(source):
    """No point at which an inverse vanishes, and no eigenvector of what is no quotient of degree zero."""
    answer = derivtex.solve(source, wrt="x" if "x" in source else "X", declare=["X: matrix n x n posdef", "A: matrix n x n posdef"])
    assert answer.to_dict()["solution"]["latex"] is None


@pytest.mark.parametrize("goal", ["min", "max"])
def test_principal_components_are_eigenvectors(goal):
    told = derivtex.solve(rf"\{goal}_W \operatorname{{tr}}(W^TSW)", declare=["S: matrix n x n symmetric", "W: matrix n x k"], subject_to=["W^TW=I"]).to_dict()
    s = np.random.default_rng(3).normal(size=(5, 5))
    w = value_of(told["solution"]["numpy"], {"S": s + s.T, "k": 2})
    values = np.linalg.eigvalsh(s + s.T)
    assert w.T @ w == pytest.approx(np.eye(2))
    assert np.trace(w.T @ (s + s.T) @ w) == pytest.approx(values[:2].sum() if goal == "min" else values[-2:].sum())


def test_procrustes_is_a_polar_factor():
    """No orthogonal matrix near it, or drawn at random, fits better."""
    told = derivtex.solve(r"\|A-BQ\|_F^2", wrt="Q", declare=["Q: matrix n x n orthogonal"]).to_dict()
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(2, 6, 3))
    q = value_of(told["solution"]["numpy"], {"A": a, "B": b})
    assert q.T @ q == pytest.approx(np.eye(3))
    for _ in range(50):
        other = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        assert np.linalg.norm(a - b @ q) <= np.linalg.norm(a - b @ other)


def test_mean_and_covariance_together():
    """Each is solved in turn, and the first is put into the second."""
    told = derivtex.solve(rf"-\frac N2\log\det\Sigma-\frac12{SAMPLE}", wrt=r"\mu,\Sigma", declare=GAUSS).to_dict()
    assert told["solution"]["of"] == [r"\mu", r"\Sigma"]
    x = np.random.default_rng(1).normal(size=(7, 3))
    assert value_of(told["solution"]["numpy"], {"x_i": x, "N": 7}) == pytest.approx(np.cov(x.T, bias=True))


QUESTIONS = {
    "a constraint in the text": ("Minimise $f = \\|x\\|^2$ over $x$ subject to $Ax=b$, where $A$ is a wide $m \\times n$ matrix of full row rank.", "x", "A.T@solve(A@A.T, b)"),
    "constants described by data": ("For which $h$ is $v(h) = s - 2h^Tc + h^TQh$ least, where $c = \\mathrm{Cov}(u, z)$ and $Q$ is a positive definite matrix?", "h", "solve(Q, c)"),
    "the answer stands beside": ("Why is $b = (X^TX)^{-1}X^Ty$ the argmin of $S(b) = (y-Xb)^T(y-Xb)$? Please solve for $b$.", "b", "solve(X.T@X, X.T@y)"),
    "complex constants": ("Minimise $P = w^HRw$ over the complex vector $w$ subject to $w^Ha=1$, with $R$ a Hermitian positive definite matrix.", "w", "solve(R, a)/(a.conj()@solve(R, a))"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_text_asks_for_is_solved(name):
    """The constraint, the constants and the unknown are found in the words; the numbers confirm the solution."""
    text, unknown, value = QUESTIONS[name]
    answer = derivtex.solve(text)
    told = answer.to_dict()
    assert answer.confirmed and told["solution"]["of"] == [unknown]
    rng = np.random.default_rng(8)
    root = rng.normal(size=(4, 4)) + (1j * rng.normal(size=(4, 4)) if name.startswith("complex") else 0)
    data = {"A": rng.normal(size=(2, 4)), "b": rng.normal(size=2), "X": rng.normal(size=(6, 4)), "y": rng.normal(size=6), "c": rng.normal(size=4)}
    data |= {"Q": root @ root.T.conj() + np.eye(4), "R": root @ root.T.conj() + np.eye(4), "a": root[0]}
    wanted = eval(value, {"np": np, "solve": np.linalg.solve}, data)
    assert value_of(told["solution"]["numpy"], data) == pytest.approx(wanted, rel=1e-8)


def test_where_the_unknown_is_gone_there_is_no_solution():
    """A linear utility under a linear constraint: the first-order condition does not contain the weights."""
    told = derivtex.solve(r"F(w,\lambda)=w^T\mu-\lambda(w^T i-1)", wrt="w", declare=["i: vector n ones", r"\mu: vector n"]).to_dict()
    assert told["solution"]["numpy"] is None
    assert "no stationary point" in " ".join(told["solution"]["remarks"])


def test_what_has_no_closed_form_stays_an_equation():
    """Logistic regression: the condition is said, and nothing is claimed."""
    told = derivtex.solve(r"\sum_{i=1}^n \log(1+\exp(-x_i^Tw)) + \|w\|^2", wrt="w").to_dict()
    assert told["solution"]["latex"] is None and told["solution"]["numpy"] is None
    assert "no closed form" in " ".join(told["solution"]["remarks"])


def test_a_step_of_newton_is_offered_in_its_place():
    """The code of the step leads to a point at which the gradient vanishes."""
    told = derivtex.solve(r"\sum_{i=1}^n \log(1+\exp(-x_i^Tw)) + \|w\|^2", wrt="w").to_dict()
    x, w = np.random.default_rng(1).normal(size=(8, 3)), np.zeros(3)
    for _ in range(8):
        w = value_of(told["solution"]["newton"], {"w": w, "x": x})
    assert value_of(told["result"]["numpy"], {"w": w, "x": x}) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("source", "declare", "value"),
    [
        (r"at^2+\frac bt", ("t: scalar positive", "a: scalar positive", "b: scalar positive"), "(b / (2 * a)) ** (1 / 3)"),
        ("ae^{t}-bt", ("t: scalar", "a: scalar positive", "b: scalar positive"), "np.log(b / a)"),
        (r"-n\log t-\frac{c}{2t^2}", ("t: scalar positive", "n: scalar positive", "c: scalar positive"), "(c / n) ** 0.5"),
    ],
)
def test_a_scalar_equation_is_solved_by_its_root(source, declare, value):
    """What no rule isolates SymPy may know."""
    told = derivtex.solve(source, wrt="t", declare=declare).to_dict()
    data = {"a": 1.3, "b": 0.7, "c": 2.1, "n": 4.0}
    assert value_of(told["solution"]["numpy"], data) == pytest.approx(eval(value, {"np": np}, data))


def test_a_matrix_without_inverse_is_spoken_of():
    """Without full rank the minima are the solutions of the normal equations."""
    remarks = " ".join(derivtex.solve(r"\|Ax-b\|^2", wrt="x").to_dict()["solution"]["remarks"])
    assert "pseudo-inverse" in remarks


def test_the_lines_of_ridge_are_those_of_a_careful_person():
    lines = derivtex.solve(r"\|Xw-y\|^2 + \lambda\|w\|^2", wrt="w").to_dict()["solution"]["equations"]
    assert [(line["left"], line["right"]) for line in lines] == [
        (r"(X^{T}X + \lambda I)w", "X^{T}y"),
        (r"\hat{w}", r"(X^{T}X + \lambda I)^{-1}X^{T}y"),
    ]
    assert lines[1]["reason"] == r"$\lambda$ is positive"


def test_a_constraint_is_an_equation_or_an_inequality():
    with pytest.raises(UsageError, match="no constraint"):
        derivtex.solve(r"\|x\|^2", wrt="x", subject_to=[r"x \sim b"])


BOUNDED = {
    "half space": (r"\min_x \|x-c\|^2 \text{ s.t. } a^Tx \le t", ("t: scalar",), "c - max(0.0, (a @ c - t) / (a @ a)) * a"),
    "half space from above": (r"\min_x \|x-c\|^2 \text{ s.t. } a^Tx \ge t", ("t: scalar",), "c + max(0.0, (t - a @ c) / (a @ a)) * a"),
    "orthant": (r"\min_x \frac12\|x-c\|^2 \text{ s.t. } x \ge 0", (), "np.maximum(c, 0)"),
    "lower bounds": (r"\min_x \|x-c\|^2 \text{ subject to } x \geq l", (), "np.maximum(c, l)"),
    "upper bounds": (r"\min_x \|x-c\|^2 \text{ subject to } x \leq u", (), "np.minimum(c, u)"),
    "a budget": (r"\max_x c^Tx-\frac12x^TPx \text{ s.t. } a^Tx \le t", ("t: scalar", "P: matrix n x n posdef"),
                 "solve(P, c - max(0.0, (a @ solve(P, c) - t) / (a @ solve(P, a))) * a)"),
    "box": (r"\min_x \frac12\|x-c\|^2 \text{ s.t. } l \le x \le u", (), "np.minimum(np.maximum(c, l), u)"),
    "simplex": (r"\min_x \|x-c\|^2 \text{ s.t. } x \ge 0, \mathbf 1^Tx=1", (), "on_simplex(c)"),
    "ball": (r"\min_x \|x-c\|^2 \text{ s.t. } x^Tx \le 1", (), "c / max(1.0, np.linalg.norm(c))"),
    "ball, linear": (r"\max_x c^Tx \text{ s.t. } \|x\| \le 1", (), "c / np.linalg.norm(c)"),
    "ridge with a bound": (r"\min_w \|w-c\|^2+\lambda\|w\|^2 \text{ s.t. } w \ge 0", (r"\lambda: scalar positive",), "np.maximum(c, 0) / (1 + lambda_)"),
}  # fmt: skip


def on_simplex(c):
    """The projection by bisection of the threshold."""
    level = scipy.optimize.brentq(lambda nu: np.maximum(c + nu, 0).sum() - 1, -10, 10, xtol=1e-13)
    return np.maximum(c + level, 0)


@pytest.mark.parametrize("name", BOUNDED)
def test_inequalities_bring_a_multiplier_that_is_zero_or_binds(name):
    """The closed form, certified with feasibility and slackness; no feasible neighbour is better."""
    source, declare, value = BOUNDED[name]
    answer = derivtex.solve(source, declare=declare)
    told = answer.to_dict()["solution"]
    assert answer.confirmed and told["kind"] == ("maximum" if "max" in source else "minimum") and told["unique"]
    reasons = " ".join(line["reason"] for line in told["equations"])
    assert all(word in reasons for word in ("primal feasibility", "dual feasibility", "complementary slackness", "stationary point"))
    for seed in range(6):
        rng = np.random.default_rng(seed)
        data = {name: rng.normal(size=4) for name in "acl"} | {"t": float(rng.normal()), "lambda_": 0.7}
        root = rng.normal(size=(4, 4))
        data |= {"P": root @ root.T + np.eye(4), "u": data["l"] + 1.0}
        wanted = eval(value, {"np": np, "solve": np.linalg.solve, "on_simplex": on_simplex}, data)
        assert value_of(told["numpy"], data) == pytest.approx(wanted, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\min_x \|x-c\|^2 \text{ s.t. } x \ge 0, a^Tx=1", "is the threshold at which"),
        (r"\min_x \frac12x^TPx+q^Tx \text{ s.t. } Gx \le h", "a system in the unknown and the multipliers"),
        (r"\min_x \frac12\|Ax-b\|^2 \text{ s.t. } x \ge 0", "a system in the unknown and the multipliers"),
        (r"\min_x c^Tx \text{ s.t. } Ax \le b, x \ge 0", "binds the multipliers alone"),
    ],
)
def test_where_no_closed_form_is_known_the_conditions_stay_a_system(source, words):
    told = derivtex.solve(source, declare=["P: matrix n x n posdef"] if "P" in source else []).to_dict()["solution"]
    assert told["latex"] is None and told["numpy"] is None
    assert words in " ".join(told["remarks"]) and "complementary slackness" in [line["reason"] for line in told["equations"]]


def test_a_vector_cannot_be_minimised():
    with pytest.raises(DerivtexError) as caught:
        derivtex.solve("Ax-b", wrt="x", declare=["A: matrix m x n", "x: vector n", "b: vector m"])
    assert isinstance(caught.value, NotDerivable) and "number" in str(caught.value)


OUTSIDE = {
    "a negative number": ("t^2+2t", "t", ("t: scalar positive",)),
    "a negative definite matrix": (r"\log\det X+\operatorname{tr}(AX)", "X", ("X: matrix n x n posdef", "A: matrix n x n posdef")),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_outside_of_the_domain_is_no_solution(name):
    source, unknown, declare = OUTSIDE[name]
    told = derivtex.solve(source, wrt=unknown, declare=declare).to_dict()["solution"]
    assert told["latex"] is None and told["numpy"] is None and not told["confirmed"]
    assert "It is no solution" in told["remarks"][0]


def test_where_the_solution_is_in_the_domain_is_a_condition():
    """The minimum of t² − 2at over positive t is a where that is positive; a precision needs a positive definite sum."""
    told = derivtex.solve("t^2-2at", wrt="t", declare=["t: scalar positive", "a: scalar"]).to_dict()["solution"]
    assert told["latex"] == "a" and "$a$ is positive" in told["conditions"] and told["confirmed"]
    declare = ["X: matrix n x n posdef", "A: matrix n x n symmetric", "B: matrix n x n posdef"]
    told = derivtex.solve(r"\log\det X-\operatorname{tr}(AX)-\operatorname{tr}(BX)", wrt="X", declare=declare).to_dict()["solution"]
    assert told["conditions"] == ["$A + B$ is positive definite"] and told["confirmed"]


@pytest.mark.parametrize("source", [r"\frac yx", r"e^x+x", r"e^{-ax}"])
def test_what_is_zero_nowhere_has_no_stationary_point(source):
    told = derivtex.solve(source, wrt="x", declare=["x: scalar", "y: scalar", "a: scalar positive"]).to_dict()["solution"]
    assert told["latex"] is None and told["newton"] is None
    assert "no stationary point" in " ".join(told["remarks"])


def test_the_gradient_is_told_in_the_layout_that_is_asked_for():
    """The solution is the same in both."""
    numerator = derivtex.solve(r"\|Ax-b\|^2", wrt="x", layout="numerator").to_dict()
    denominator = derivtex.solve(r"\|Ax-b\|^2", wrt="x").to_dict()
    assert (numerator["layout"], numerator["result"]["latex"]) == ("numerator", "2(Ax - b)^{T}A")
    assert numerator["solution"] == denominator["solution"] and numerator["solution"]["confirmed"]


def test_what_cannot_be_told_of_a_stationary_point_is_refused():
    """`derive --stationary` takes the document around and the layout; an order and a form are refused aloud."""
    for option in (["--order", "2"], ["--form", "vec"]):
        said = CliRunner().invoke(main, ["derive", r"\|x-a\|^2", "--wrt", "x", "--stationary", *option])
        assert said.exit_code == 2 and "does not go with it" in said.output


def test_the_document_around_holds_for_a_stationary_point(tmp_path):
    paper = tmp_path / "paper.tex"
    paper.write_text("\\newcommand{\\half}{\\frac12}\nLet $\\Sigma \\succ 0$ be an $n\\times n$ covariance matrix.\n", encoding="utf-8")
    for command in (["derive", "--stationary"], ["solve"]):
        said = CliRunner().invoke(main, [*command, r"\half w^T\Sigma w-m^Tw", "--wrt", "w", "--context", str(paper)])
        assert said.exit_code == 0 and r"\hat{w} &=& \Sigma^{-1}m" in said.output


DEFINED_OTHERWISE = {
    "a chain": (r"S=e'e=(y-Xb)'(y-Xb)", "b"),
    "a square with no name": (r"e'e=(y-Xb)'(y-Xb)", "b"),
    "a factor": (r"2S=(y-Xb)'(y-Xb)", "b"),
    "a sign": (r"-\frac12 S(b)=(y-Xb)'(y-Xb)", "b"),
    "divided": (r"S/2=(y-Xb)'(y-Xb)", "b"),
    "two sides with the variable": (r"S=\|y-Xb\|^2=(y-Xb)'(y-Xb)", "b"),
    "by way of a definition": (r"e=y-Xb;\; S=e'e=\sum_i e_i^2", "b"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFINED_OTHERWISE)
def test_a_chain_or_a_factor_defines_what_is_minimised(name):
    """The side in which the unknown stands is what is differentiated, times what the factor makes of it."""
    source, unknown = DEFINED_OTHERWISE[name]
    told = derivtex.solve(source, wrt=unknown).to_dict()["solution"]
    assert told["latex"] == "(X'X)^{-1}X'y" and told["confirmed"]
    assert told["kind"] == ("maximum" if name == "a sign" else "minimum")


@pytest.mark.parametrize("unknown", ["u", r"\lambda", "H"])
def test_an_equation_between_vectors_defines_no_number(unknown):
    with pytest.raises(DerivtexError):
        derivtex.derive(r"Hu=\lambda u", wrt=unknown)


def test_that_a_name_is_positive_binds_nothing():
    """s > 0 says where s lives: the stationary point inside is the solution."""
    text = "For $r_i\\in\\mathbb{R}^p$ and $s>0$ let $\\ell(s) = -\\frac{np}{2}\\log s - \\frac{1}{2s}\\sum_{i=1}^n r_i^Tr_i$. Which $s$ maximises it?"
    found = derivtex.solve(text)
    assert not found.solution.bound.constraints and found.values
