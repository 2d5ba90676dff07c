"""Tidying of entrywise products and powers; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Entry, Hadamard, Number, Ones, Product, Transpose, Zero
from derivtex.operations.elementwise import Abs, Relu, Sign, Step
from derivtex.rewriting.holes import column, d, entrywise, matrix, number, ones, power, scalar
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import Factors, chain, each, parts, place, reckoned, scalars

entries = Page("Entries", reason="put in order", cite="algebra", quiet=True)
states = entries.states
A, B = matrix("A", "m", "n"), matrix("B", "m", "n")
x, y, s, t = column("x", "n"), column("y", "m"), scalar("s"), scalar("t")


i, j, p, q, numbers = place("i"), place("j"), scalar("p"), scalar("q"), scalars("s", least=1)
As, Bs, Cs = (parts(name, "m", "n") for name in "ABC")
As_some, Bs_some, us, vs, C, c = parts("A", "m", "n", least=1), parts("B", "m", "n", least=1), parts("u", "n", 1), parts("v", "n", 1), matrix("C", "m", "n"), column("c", "n")
S, S_some, P_some = scalars("S"), scalars("S", least=1), chain("P", "m", "n", least=1)


for kind in (lambda *parts: Product(parts), entrywise):
    of, name = (s, "a scalar") if kind is not entrywise else (A, "entries")
    states(f"sign beside {name}", kind(Sign(of), of), Abs(of))
    states(f"step beside relu of {name}", kind(Step(of), Relu(of)), Relu(of))

for kind in (lambda *parts: Product(parts), entrywise):
    of, one, name = (s, number(1), "a scalar") if kind is not entrywise else (A, ones("m", "n"), "entries")
    states(f"squared sign of {name}", kind(Sign(of), Sign(of)), one)  # of what is not zero: a sign came from |t|
    states(f"sign beside the absolute value of {name}", kind(Sign(of), Abs(of)), of)


states("even power of an absolute value", power(Abs(A), p), power(A, p), given=[("real", "A"), ("even", "p")], tried_on=[power(Abs(A), 2), power(Abs(s), 4)])


states("scalar entrywise product", Hadamard((numbers,)), Product((numbers,)))


states("flat entrywise product", Hadamard((As, Hadamard((Bs,)), Cs)), Hadamard((As, Bs, Cs)))
states("zero entries", entrywise(A, Cs), Zero(*A.shape), given=[("zero", "A")], tried_on=[entrywise(Zero(*A.shape), A)])
states("ones entry by entry", Hadamard((ones("m", "n"), Cs)), Hadamard((Cs,)))
states("ones as a product entry by entry", Hadamard((ones("m") * ones("n").T, Cs)), Hadamard((Cs,)))


def is_ones(term: Term) -> bool:
    """Ones in every entry, also as the product 11ᵀ."""
    if type(term) is Transpose:
        return is_ones(term.of)
    if type(term) is Product and len(term.factors) == 2 and term.factors[0].shape[1].integer == 1:
        return all(map(is_ones, term.factors))
    return type(term) is Ones


states("entry of zeros", Entry(A, i, j), number(0), given=[("zero", "A")], tried_on=[Entry(Zero(*A.shape), number(1), number(1))])
states("entry of ones", Entry(ones("m", "n"), i, j), number(1))
states("entry of ones, as a product", Entry(ones("m") * ones("n").T, i, j), number(1))
states("entry of a multiple", Entry(Product((S_some, P_some)), i, j), Product((S_some, Entry(Factors((P_some,)), i, j))), tried_on=[Entry(Product((s, A)), Number(1), Number(1))])
states("entry of a number", Entry(s, i, j), s)

states("entry of a transpose", Entry(A.T, i, j), Entry(A, j, i))


states("outer products", entrywise(Product((y, ones("n").T)), Product((ones("m"), x.T))), y * x.T)
states("scalars out of an entrywise product", Hadamard((As, Product((S_some, P_some)), Cs)), Product((S_some, Hadamard((As, Factors((P_some,)), Cs)))))

states("power beside its base", entrywise(A, power(A, p)), reckoned(power(A, p + number(1))))
states("entrywise powers of one base", entrywise(power(A, p), power(A, q)), reckoned(power(A, p + q)))
states("single entrywise factor", Hadamard((A,)), A)


states("first power", power(A, 1), A)
states("power of nothing", power(s, 0), number(1))
states("entrywise power of nothing", power(A, 0), ones("m", "n"))
states("power of a number", power(s, p), reckoned(power(s, p)), given=[("number", "s"), ("nonzero", "s"), ("small", "p")], tried_on=[power(number(2), 3), power(number(2), -1)])
states("power of a power", power(power(A, p), q), power(A, reckoned(q * p)), given=[("whole", "q")], tried_on=[power(power(A, 3), 2), power(power(A, s), -1)])
states("power of ones", power(ones("m", "n"), p), ones("m", "n"), given=[("number", "p")], tried_on=[power(ones("m", "n"), 2)])
states("power of an entrywise product", power(Hadamard((As,)), p), Hadamard((each(power(As, p)),)), given=[("small", "p")], tried_on=[power(entrywise(A, B), -2)])
states("power of a product", power(Product((S_some,)), p), Product((each(power(S_some, p)),)), given=[("small", "p")], tried_on=[power(Product((number(2), s, t)), -1)])
states("number out of a power", power(Product((q, S, P_some)), p), Product((reckoned(power(q, p)), power(Factors((S, P_some)), p))), given=[("small", "p"), ("number", "q"), ("nonzero", "q")],
       tried_on=[power(Product((number(2), A)), 2)])  # fmt: skip

states("change among entrywise factors", Hadamard((Bs_some, C, As_some)), Hadamard((Bs_some, As_some, C)), given=[("varying", "C"), ("still", "A")], tried_on=[entrywise(B, d(A), A)])
states("ones beside entrywise factors of a change", Product((S, ones("n").T, Hadamard((us, c, vs)))), Product((S, Hadamard((us, vs)).T, c)),
       given=[("varying", "c")], tried_on=[Product((s, ones("n").T, entrywise(x, d(x)))), Product((ones("n").T, entrywise(x, x, d(x))))])  # fmt: skip


states("equal entrywise factors side by side", Hadamard((As, A, B, Bs, A, Cs)), Hadamard((As, A, A, B, Bs, Cs)), given=[("other", "A", "B")], tried_on=[entrywise(A, B, A), entrywise(A, d(B), A)])
states("scalar one", Ones(ONE, ONE), number(1))
states("scalar zero", Zero(ONE, ONE), number(0))


