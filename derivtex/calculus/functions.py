r"""Functions of a matrix: their differentials, and where these have a closed form.

d f(X) = L_f(X; dX), the Fréchet derivative. What commutes with X passes through it: under the trace with other functions of the same X,
and in a direction that commutes with X, it is f′(X) times the direction.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import cast

from derivtex.calculus.arithmetic import coefficient, product
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import (
    Frechet,
    Identity,
    Index,
    Inner,
    Inverse,
    MatrixCos,
    MatrixExp,
    MatrixFunction,
    MatrixLog,
    MatrixPower,
    MatrixRoot,
    MatrixSin,
    Number,
    PowerChange,
    Product,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
    symbol,
    zero,
)
from derivtex.operations.arithmetic import factors_of
from derivtex.operations.calculus import Differential
from derivtex.operations.sums import free_letter
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.holes import d, inner, matrix, matrix_power, number, scalar, tr
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, chain, scalars
from derivtex.rewriting.sources import DEFINITION, higham, horn

functions, written_out = Page("Matrix functions"), Page("Powers written out")
closed_forms = Page("Closed forms", reason="linear in the direction", cite=higham("sec. 3.1"), quiet=True)  # of a Fréchet derivative
states, by_hand = functions.states, functions.by_hand
X, E, p, s = matrix("X", "n", "n"), matrix("E", "n", "n"), scalar("p"), scalar("s")
K, UNIT = symbol("k", "scalar", properties=("integer",)), Identity(Dim.of("n"))

NAMES: dict[type[Term], str] = {MatrixExp: "exp", MatrixLog: "log", MatrixSin: "sin", MatrixCos: "cos", MatrixRoot: "root"}
PRINCIPAL = [("principal", "X")]
S, ES = scalars("S", least=1), chain("E", "n", "n", least=1)



states("matrix exponential", d(MatrixExp(X)), Frechet("exp", X, d(X)), reason="differential of the matrix exponential", cite=higham("sec. 10.2"))
states("matrix logarithm", d(MatrixLog(X)), Frechet("log", X, d(X)), reason="differential of the matrix logarithm", cite=higham("sec. 11.2"), needs=PRINCIPAL)
states("matrix sine", d(MatrixSin(X)), Frechet("sin", X, d(X)), reason="differential of the sine of a matrix", cite=higham("sec. 12.7"))
states("matrix cosine", d(MatrixCos(X)), Frechet("cos", X, d(X)), reason="differential of the cosine of a matrix", cite=higham("sec. 12.7"))
states("matrix square root", d(MatrixRoot(X)), Frechet("root", X, d(X)), reason="$S\\,dS + dS\\,S = dX$ for $S = X^{1/2}$",
       cite=higham("sec. 6.1"), needs=PRINCIPAL)  # fmt: skip


@by_hand("matrix power", Differential, over=MatrixPower, reason="differential of a power", why=Why.NUMBERS, says=r"dX^k = \sum_{r=1}^{k} X^{r-1}\,dX\,X^{k-r}",
         tried_on=[d(matrix_power(X, K)), d(matrix_power(X, Fraction(1, 3))), d(matrix_power(X, 14))], cite=higham("sec. 3.2"))  # fmt: skip
def _matrix_power(term: Term) -> Term | None:
    """The exponent is constant; a change of it would have a part of its own."""
    base, exponent = term.of.base, term.of.exponent
    if exponent.uses(Differential):
        return None
    if type(exponent) is Number and exponent.value.denominator != 1:
        return change_of(term.of, d(base))
    if type(exponent) is Number and exponent.value < 0:
        return -(term.of * PowerChange(base, Number(-exponent.value), d(base)) * term.of)
    return PowerChange(base, exponent, d(base))


# Where the Fréchet derivative is f′(X) E.


def slope(term: Term) -> Term:
    """f′(X) of a Fréchet derivative L_f(X; E)."""
    of = term.of
    if type(term) is PowerChange:
        return Product((term.exponent, MatrixPower(of, Sum((term.exponent, Number(-1))))))
    known = {
        "exp": MatrixExp(of), "sin": MatrixCos(of), "cos": -MatrixSin(of), "log": Inverse(of),
        "root": Product((number(1, 2), Inverse(MatrixRoot(of)))),
    }  # fmt: skip
    if term.which in known:
        return known[term.which]
    exponent = Fraction(term.which)
    return Product((Number(exponent), MatrixPower(of, Number(exponent - 1))))


def is_change(term: Term) -> bool:
    return type(term) in (Frechet, PowerChange)


def is_function_of(term: Term, of: Term) -> bool:
    """Whether a matrix is a function of another: made of it, the identity and scalars alone."""
    if term.is_scalar or type(term) is Identity or same_term(term, of):
        return True
    match term:
        case Sum(parts) | Product(parts):
            return all(is_function_of(part, of) for part in parts)
        case Transpose(inside):
            return is_function_of(inside, of.T)
        case Inverse(inside) | MatrixPower(inside, _):
            return is_function_of(inside, of)
    return isinstance(term, MatrixFunction) and type(term) in NAMES and is_function_of(term.of, of)


def kernel(term: Term) -> Term | None:
    """The one matrix of which a term is a function, as far as its form shows; None where there are several."""
    if term.is_scalar or type(term) is Identity:
        return Number(1)
    match term:
        case Sum(parts) | Product(parts):
            kernels = [kernel(part) for part in parts]
            found = [inner for inner in kernels if inner is not None and inner is not Number(1)]
            if None in kernels or not all(same_term(inner, found[0]) for inner in found):
                return None
            return found[0] if found else Number(1)
        case Inverse(inside) | MatrixPower(inside, _):
            return kernel(inside)
    return kernel(term.of) if type(term) in NAMES else term


def commute(one: Term, other: Term) -> bool:
    """Whether two matrices commute because one is a function of the other, or both of a third."""
    if is_function_of(one, other):
        return True
    a, b = kernel(one), kernel(other)
    return a is not None and b is not None and (Number(1) in (a, b) or same_term(a, b))


closed_forms.states("direction that is zero", Frechet("?f", X, E), zero(X.shape), given=[("zero", "E")], tried_on=[Frechet("exp", X, zero(X.shape))])
closed_forms.states("power in a direction that is zero", PowerChange(X, p, E), zero(X.shape), given=[("zero", "E")], tried_on=[PowerChange(X, p, zero(X.shape))])

closed_forms.states("multiple of a direction", Frechet("?f", X, Product((S, ES))), Product((S, Frechet("?f", X, Factors((ES,))))),
              tried_on=[Frechet("exp", X, Product((s, E))), Frechet("sin", X, 2 * E)])  # fmt: skip
closed_forms.states("power in a multiple of a direction", PowerChange(X, p, Product((S, ES))), Product((S, PowerChange(X, p, Factors((ES,))))))


@closed_forms.by_hand("direction that commutes", Frechet, PowerChange, why=Why.FUNCTION, says=r"L_f(X; E) = f'(X)E", reason="the direction commutes with the matrix", quiet=False,
        tried_on=[Frechet("exp", X, UNIT), Frechet("sin", X, UNIT), PowerChange(X, p, UNIT)])  # fmt: skip
def _commuting(term: Term) -> Term | None:
    if varies(term.direction) or not commute(term.direction, term.of):
        return None
    return Product((slope(term), term.direction))


@closed_forms.by_hand("functions of one matrix", Product, has=tuple(NAMES), why=Why.FUNCTION, says="f(X)X^{-1} = X^{-1}f(X)", reason="functions of one matrix commute",
        tried_on=[Product((MatrixExp(X), Inverse(X))), Product((E, MatrixSin(X), X, E))])
def _in_order(term: Term) -> Term | None:
    """Powers stand before functions, so that equal products look equal."""
    factors = term.factors
    for at in range(len(factors) - 1):
        left, right = factors[at : at + 2]
        if type(left) in NAMES and type(right) not in NAMES and not right.is_scalar and not varies(right) and is_function_of(right, left.of):
            return Product((*factors[:at], right, left, *factors[at + 2 :]))
    return None

closed_forms.states("transposed change", Frechet("?f", X, E).T, Frechet("?f", X.T, E.T), tried_on=[Transpose(Frechet("exp", X, E))])
closed_forms.states("transposed change of a power", PowerChange(X, p, E).T, PowerChange(X.T, p, E.T))


UNDER_THE_TRACE = "under the trace $d f(X)$ is $f'(X)\\,dX$"


@closed_forms.by_hand("under the trace", Trace, why=Why.FUNCTION, says=r"\operatorname{tr}(g(X)\,L_f(X; E)) = \operatorname{tr}(g(X)f'(X)E)", reason=UNDER_THE_TRACE, quiet=False, cite=horn("sec. 6.6"),
        tried_on=[tr(Frechet("exp", X, E)), tr(Frechet("log", X, E)), tr(PowerChange(X, p, E)), tr(Frechet("root", X, E)),
                  tr(Frechet("sin", X, E)), tr(Frechet("1/3", X, E)), tr(Frechet("cos", X, E))])  # fmt: skip
def _under_the_trace(term: Term) -> Term | None:
    factors = factors_of(term.of)
    at = next((at for at, factor in enumerate(factors) if is_change(factor) and varies(factor) == varies(term)), None)
    if at is None:
        return None
    change, others = factors[at], (*factors[at + 1 :], *factors[:at])
    if not all(not varies(other) and commute(other, change.of) for other in others):
        return None
    return Trace(product((*others, slope(change), change.direction)))


@closed_forms.by_hand("against a function of the matrix", Inner, why=Why.FUNCTION, says="g(X)^T : L_f(X; E) = (g(X)f'(X))^T : E", reason=UNDER_THE_TRACE, quiet=False, cite=horn("sec. 6.6"),
        tried_on=[inner(UNIT, Frechet("exp", X, E)), inner(UNIT, Frechet("log", X, E))])  # fmt: skip
def _against_a_function(term: Term) -> Term | None:
    for left, right in ((term.left, term.right), (term.right, term.left)):
        factors = factors_of(right)
        at = next((at for at, factor in enumerate(factors) if is_change(factor)), None)
        if at is None or varies(left):
            continue
        change, others = factors[at], (*factors[at + 1 :], left.T, *factors[:at])
        if all(not varies(other) and commute(other, change.of) for other in others):
            scalars = tuple(other for other in others if other.is_scalar)
            chain = tuple(other.T for other in reversed(others) if not other.is_scalar)
            return product((*scalars, Inner(product((*chain, slope(change).T)), change.direction)))
    return None


@closed_forms.by_hand("negative letter as exponent", MatrixPower, why=Why.NUMBERS, says="X^{-k} = (X^k)^{-1}", reason="negative power", tried_on=[matrix_power(X, -p)], cite=DEFINITION)
def _negative(term: Term) -> Term | None:
    value, rest = coefficient(term.exponent)
    return Inverse(MatrixPower(term.base, Product((Number(-value), rest)))) if value < 0 and type(term.exponent) is not Number else None


# What has no closed form, written out as a sum.


@written_out.by_hand("power with a letter as exponent", PowerChange, reason="product rule", why=Why.INDICES, says=r"dX^k = \sum_{r=1}^{k} X^{r-1}\,dX\,X^{k-r}",
                     tried_on=[PowerChange(X, K, E), PowerChange(X, number(14), E)],
                     pattern=PowerChange(X, p, E), needs=[("integer", "p")], cite=higham("sec. 3.2"))  # fmt: skip
def _as_sum(term: Term) -> Term | None:
    last = size_of(term.exponent)
    if last is None:
        return None
    index = Index(free_letter((term,), "rjilmqst"), ONE, last)
    before, behind = Sum((index, Number(-1))), Sum((term.exponent, -index))
    return SumOver(index, Product((MatrixPower(term.of, before), term.direction, MatrixPower(term.of, behind))))


def size_of(exponent: Term) -> Dim | None:
    """A whole exponent as the bound of an index: a polynomial with whole coefficients in letters."""
    match exponent:
        case Number(value):
            return Dim.of(int(value)) if value.denominator == 1 else None
        case Symbol():
            return Dim.of(exponent.name)
        case Sum(parts) | Product(parts):
            sizes = list(map(size_of, parts))
            total = Dim.of(0 if type(exponent) is Sum else 1)
            for size in sizes:
                if size is None:
                    return None
                total = total + size if type(exponent) is Sum else total * size
            return total
    return None


for _which, _name in (("root", "change of a root"), ("-1/2", "change of an inverse root")):
    written_out.states(_name, Frechet(_which, X, E), cast(Term, Frechet(_which, X, E).solution), reason="the equation solved for the differential", cite=higham("sec. 6.1"), quiet=True)


@written_out.by_hand("power with a fraction as exponent", Frechet, reason="product rule", why=Why.NUMBERS, says=r"X^{3/2} = X\,X^{1/2}",
                     tried_on=[Frechet("3/2", X, E), Frechet("7/3", X, E), Frechet("-3/2", X, E), Frechet("-1/2", X, E)], cite=higham("sec. 3.2"))  # fmt: skip
def _whole_part(term: Term) -> Term | None:
    """X^{k+r} = X^k X^r with 0 < r < 1; a root has a form of its own."""
    if term.which[-1:].isalpha():
        return None
    exponent = Fraction(term.which)
    whole, part = floor(exponent), exponent - floor(exponent)
    if not whole:
        return None
    of, direction = term.of, term.direction
    last = Frechet("root" if part == Fraction(1, 2) else str(part), of, direction)
    fraction = MatrixRoot(of) if part == Fraction(1, 2) else MatrixPower(of, Number(part))
    if whole < 0:
        own = MatrixPower(of, Number(exponent))
        inverse = MatrixPower(of, Number(-exponent))
        return -Product((own, change_of(inverse, direction), own))
    parts = [product((*powers(of, j), direction, *powers(of, whole - 1 - j), fraction)) for j in range(whole)]
    return Sum((*parts, product((*powers(of, whole), last))))


def powers(base: Term, exponent: int) -> tuple[Term, ...]:
    return () if not exponent else (base,) if exponent == 1 else (MatrixPower(base, Number(exponent)),)


def change_of(power: Term, direction: Term) -> Term:
    """The Fréchet derivative of a power that is no whole one."""
    exponent = power.exponent.value
    return Frechet("root" if exponent == Fraction(1, 2) else str(exponent), power.base, direction)
