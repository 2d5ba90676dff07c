"""Functions of each entry, of vectors that are a number times a vector: the number comes out."""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import EntryPower, Exp, Log, Number, Ones, Product, Sum
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.holes import column, matrix, number, ones, power, scalar
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, chain, each, scalars

scaling = Page("Functions of scaled vectors", cite="algebra", quiet=True)
states = scaling.states
x, s, t = column("x", "n"), scalar("s"), scalar("t")
scaling.states("exponential of a logarithm", Exp(Log(s)), s, reason="one undoes the other", cite="algebra", quiet=True)
M, u = matrix("M", "n", "n"), column("u", "n")
p, S, P = scalar("p"), scalars("S", least=1), chain("P", "m", "n", least=1)
FUNCTIONS = (Exp, Log)


forms = Page("Quadratic forms and their powers")


@forms.by_hand("form and power", Product, reason="powers of one number are brought together", why=Why.NUMBERS, says=r"(x^{T}Mx)^{-2}\,x^{T}Mx = (x^{T}Mx)^{-1}", cite="algebra", quiet=True,
               tried_on=[power(u.T * M * u, -2) * s * u.T * M * u])  # fmt: skip
def form_and_power(term: Term) -> Term | None:
    """A chain that is a number, beside a power of the same number."""
    scalars, chain = scalars_and_chain(term)
    if not chain or not term.is_scalar:
        return None
    whole = product(chain)
    for at, factor in enumerate(scalars):
        if type(factor) is EntryPower and type(factor.exponent) is Number and same_term(factor.base, whole):
            rest = (*scalars[:at], *scalars[at + 1 :])
            return product((*rest, EntryPower(factor.base, Number(factor.exponent.value + 1))))
    return None

states("power of a multiple", power(Product((S, P)), p), Product((each(power(S, p)), power(Factors((P,)), p))), reason="the number comes out", given=[("whole", "p")],
       tried_on=[power(s * x, -1), power(2 * s * x, 2)])  # fmt: skip

states("power of a power", power(power(M, -1), -1), M, reason="powers multiply")


@scaling.by_hand("function of a constant vector", *FUNCTIONS, reason="all entries are equal", why=Why.FUNCTION, says=r"f(s\mathbf{1}) = f(s)\mathbf{1}", cite="algebra", quiet=True,
                 tried_on=[Exp(s * ones("n")), Exp(number(-1) * ones("n") + s * ones("n")), Exp(ones("n"))])  # fmt: skip
def of_constant_vector(term: Term) -> Term | None:
    """exp(s1 + t1) = exp(s + t) 1."""
    if term.is_scalar or term.shape[1] != ONE:
        return None
    numbers = []
    for part in term.of.terms if type(term.of) is Sum else (term.of,):
        scalars, chain = scalars_and_chain(part)
        if len(chain) != 1 or type(chain[0]) is not Ones:
            return None
        numbers.append(product(scalars))
    total = Sum(tuple(numbers)) if len(numbers) > 1 else numbers[0]
    return Product((type(term)(total), Ones(*term.shape)))
