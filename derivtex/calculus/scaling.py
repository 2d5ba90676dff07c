"""Functions of each entry, of vectors that are a number times a vector: the number comes out."""

from __future__ import annotations

from derivtex.calculus.arithmetic import product
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Exp, Log, Ones, Product, Sum
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.holes import column, matrix, number, ones, power, scalar
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, chain, each, reckoned, scalars

scaling = Page("Functions of scaled vectors", cite="algebra", quiet=True)
states = scaling.states
x, s, t = column("x", "n"), scalar("s"), scalar("t")
scaling.states("exponential of a logarithm", Exp(Log(s)), s, reason="one undoes the other", cite="algebra", quiet=True)
M, u = matrix("M", "n", "n"), column("u", "n")
p, S, P = scalar("p"), scalars("S", least=1), chain("P", "m", "n", least=1)
FUNCTIONS = (Exp, Log)


S_all, Qs = scalars("S"), chain("Q", 1, 1, least=2)
forms = Page("Quadratic forms and their powers")


forms.states("form and power", Product((power(s, p), S_all, Qs)), Product((S_all, power(s, reckoned(p + number(1))))), reason="powers of one number are brought together", cite="algebra", quiet=True,
             given=[("number", "p"), ("same", Product((Qs,)), "s")], tried_on=[power(u.T * M * u, -2) * s * u.T * M * u])  # fmt: skip

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
