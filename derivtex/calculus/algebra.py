"""Tidying of matrix algebra: inverses, traces, diagonals; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, Dim, shape
from derivtex.core.terms import CARDS, Operation, Term
from derivtex.operations import (
    Conjugate,
    CrossProduct,
    Diag,
    Diagonal,
    HalvedLower,
    Hermitian,
    Hole,
    Identity,
    Index,
    Kronecker,
    Ones,
    Product,
    ProductOver,
    Sum,
    SumOver,
    UnitVector,
    Unvec,
    Vec,
    Zero,
)
from derivtex.operations.elementwise import Exp, Log
from derivtex.operations.structure import Commutation
from derivtex.operations.sums import free_letter, with_index
from derivtex.rewriting.holes import (
    column,
    det,
    identity,
    inner,
    inv,
    matrix,
    matrix_power,
    number,
    ones,
    over_index,
    power,
    scalar,
    tr,
)
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import Factors, Run, any_index, chain, counted, depending, each, place, scalars, with_place
from derivtex.rewriting.worth import nothing_varies

algebra = Page("Matrix algebra", reason="written simply", cite="matrix algebra", quiet=True)
states, by_hand = algebra.states, algebra.by_hand
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
I_K = Index("i", Dim.of(1), Dim.of("k"))
E, x, s, t, i, r = matrix("E", "p", "q"), column("x", "n"), scalar("s"), scalar("t"), place("i"), matrix("r", 1, "n")
M, N, P_SIZE, Q_SIZE = (Dim.of(name) for name in "mnpq")
Z, D, F, A_turned, B_row, B_column = matrix("Z", "n", "n"), matrix("D", "n", "k"), matrix("F", "q", "r"), matrix("A", "r", "q"), matrix("B", 1, "l"), matrix("B", "l", 1)
EQUAL, TURNED = [("same", "X", "Z")], [("same", X.T, "Z")]
ANY_I, S_all, P, As = any_index("i", "k"), scalars("S"), chain("P", "m", "n"), Run("a", shape(M * N, 1), "parts", 1)
S, S_some, P_some, P_square = scalars("S", least=1), scalars("S", least=1), chain("P", "m", "n", least=1), chain("P", "n", "n", least=1)
THREE, THREE_TOO = column("x", 3), column("y", 3)
P_three = chain("P", 3, 1, least=1)
P_column, C_square, a = chain("P", "n", 1, least=1), matrix("C", "n", "n"), Hole("a", (M * N, ONE))


def nothing(term: Term) -> Term:
    """Zero of the shape of a term."""
    return number(0) if term.is_scalar else Zero(*term.shape)


def argument_of(card: type[Operation]) -> Term:
    """A hole for what an operation takes: any matrix, a square one, or a column, of three entries if need be."""
    for hole in (A, X, x):
        try:
            card(hole)
        except ShapeError:
            continue
        return hole
    return THREE


# Powers and inverses.

states("first power", matrix_power(X, 1), X)
states("zeroth power", matrix_power(X, 0), identity("n"))
states("power minus one", matrix_power(X, -1), inv(X))
states("double inverse", inv(inv(X)), X)
states("inverse of the identity", inv(identity("n")), identity("n"))
states("determinant of a transpose", det(X.T), det(X))
states("determinant of the identity", det(identity("n")), number(1))

states("inverse of a multiple", inv(Product((S, P_square))), Product((each(power(S, -1)), inv(Factors((P_square,))))))

states("inverse of an orthogonal matrix", inv(X), X.T, given=[("orthogonal", "X")])


states("inverse of Diag", inv(Diag(x)), Diag(power(x, -1)))

states("identity of one entry", Identity(ONE), number(1))
states("one of one entry", Ones(ONE, ONE), number(1))
states("zero of one entry", Zero(ONE, ONE), number(0))
states("unit vector of one entry", UnitVector(ONE, i), number(1))


# Traces and inner products.

states("trace of a transpose", tr(X.T), tr(X))


states("trace of a scalar", tr(s), s, given=[("no matrix changes", "s")])

states("inner product with the inverse", inner(inv(X), Z), tr(identity("n")), given=TURNED)
states("inner product with the transposed inverse", inner(inv(X).T, Z), tr(identity("n")), given=EQUAL)
states("inverse on the other side of an inner product", inner(Z, inv(X)), tr(identity("n")), given=TURNED)
states("transposed inverse on the other side of an inner product", inner(Z, inv(X).T), tr(identity("n")), given=EQUAL)

LINEAR = [card for card in CARDS.values() if card.linear_in == card.fields == ("of",)]
for linear in (*LINEAR, Conjugate, Hermitian):
    inside = argument_of(linear)
    states(f"zero inside {linear.__name__}", linear(inside), nothing(linear(inside)), given=[("zero", inside.name)], tried_on=[linear(Zero(*inside.shape))])
states("zero under a sum", SumOver(any_index("i", "k"), A), Zero(*A.shape), given=[("zero", "A")], tried_on=[SumOver(I_K, Zero(*A.shape))])
states("inner product with zero", inner(A, B), number(0), given=[("zero", "B")], tried_on=[inner(A, Zero(*A.shape))])
states("inner product of zero", inner(A, B), number(0), given=[("zero", "A")], tried_on=[inner(Zero(*A.shape), A)])
states("Kronecker product with zero", Kronecker(A, E), Zero(M * P_SIZE, N * Q_SIZE), given=[("zero", "E")], tried_on=[Kronecker(A, Zero(*E.shape))])
states("Kronecker product of zero", Kronecker(A, E), Zero(M * P_SIZE, N * Q_SIZE), given=[("zero", "A")], tried_on=[Kronecker(Zero(*A.shape), A)])
for left, right in ((THREE, THREE_TOO), (THREE_TOO, THREE)):
    states(f"cross product with a zero, {right.name}", CrossProduct(left, right), Zero(*left.shape), given=[("zero", "y")], tried_on=[CrossProduct(*(Zero(*each.shape) if each is THREE_TOO else each for each in (left, right)))])
states("unvec of zero", Unvec(a, M, N), Zero(M, N), given=[("zero", "a")], tried_on=[Unvec(Zero(Dim.of(6), ONE), Dim.of(2), Dim.of(3))])

for linear in LINEAR:
    ps = Run("P", argument_of(linear).shape, "chain", 1)
    states(f"multiple inside {linear.__name__}", linear(Product((S_some, ps))), Product((S_some, linear(Factors((ps,))))))

states("multiple beside", inner(Product((S_some, P_some)), A), Product((S_some, inner(Factors((P_some,)), A))))
states("multiple on the other side", inner(A, Product((S_some, P_some))), Product((S_some, inner(A, Factors((P_some,))))))
states("multiple in a cross product", CrossProduct(Product((S_some, P_three)), THREE), Product((S_some, CrossProduct(Factors((P_three,)), THREE))))
states("multiple on the other side of a cross product", CrossProduct(THREE, Product((S_some, P_three))), Product((S_some, CrossProduct(THREE, Factors((P_three,))))))
states("multiple in a Kronecker product", Kronecker(Product((S_some, P_some)), E), Product((S_some, Kronecker(Factors((P_some,)), E))))
states("multiple on the other side of a Kronecker product", Kronecker(E, Product((S_some, P_some))), Product((S_some, Kronecker(E, Factors((P_some,))))))


states("multiple in a sum", SumOver(ANY_I, Product((t, depending(S_all, ANY_I), depending(P, ANY_I)))), Product((t, SumOver(ANY_I, Factors((S_all, P))))), given=[("number", "t")],
       tried_on=[over_index(2 * A)])  # fmt: skip
ONCE = Index("i", Dim.of("k"), Dim.of("k"))
states("sum of one", SumOver(ONCE, depending(A, ONCE)), with_place(A, ONCE, counted("k")), given=[("number", counted("k"))],
       tried_on=[SumOver(Index("i", Dim.of(2), Dim.of(2)), Product((Index("i", Dim.of(2), Dim.of(2)), A)))])  # fmt: skip


@by_hand("letters of nested sums", SumOver, ProductOver, why=Why.FLAT, says=r"\sum_i a_i\sum_i b_i = \sum_i a_i\sum_j b_j", tried_on=[over_index(Product((I_K, over_index(Product((I_K, A))))))])
def _letters(term: Term) -> Term | None:
    """A sum inside another has a letter of its own."""
    same = next((part for part in term.body.parts(SumOver, ProductOver) if part.index.name == term.index.name), None)
    if same is None:
        return None
    other = Index(free_letter((term,), "jklmpqrstijuvabc"), same.index.first, same.index.last)
    return type(term)(term.index, term.body.replace({same: type(same)(other, with_index(same.body, same.index, other))}))

states("inner product of scalars", inner(s, t), s * t)


states("inverse that meets its matrix across the trace", tr(Product((inv(X), P_square, Z))), tr(Factors((P_square,))), given=EQUAL, worth=nothing_varies)
states("matrix that meets its inverse across the trace", tr(Product((Z, P_square, inv(X)))), tr(Factors((P_square,))), given=EQUAL, worth=nothing_varies)
states("transposed inverse that meets its matrix across the trace", tr(Product((inv(X).T, P_square, Z))), tr(Factors((P_square,))), given=TURNED, worth=nothing_varies)
states("matrix that meets its transposed inverse across the trace", tr(Product((Z, P_square, inv(X).T))), tr(Factors((P_square,))), given=TURNED, worth=nothing_varies)


# Diagonals.

states("diagonal of Diag", Diagonal(Diag(x)), x)
states("diagonal of a transpose", Diagonal(X.T), Diagonal(X))
states("Diag of ones", Diag(ones("n")), identity("n"))
states("Diag beside ones", Diag(x) * ones("n"), x)
states("ones beside Diag", ones("n").T * Diag(x), x.T)
states("half of the identity", HalvedLower(identity("n")), number(1, 2) * identity("n"))
states("diagonal of the identity", Diagonal(identity("n")), ones("n"))
states("log of exp", Log(Exp(A)), A)

states("exponential of zero", Exp(number(0)), number(1))
states("logarithm of one", Log(number(1)), number(0))

states("vec of a column", Vec(x), x)
states("vec of a row", Vec(r), r.T)

states("commutation of a column", Commutation(M, ONE), Identity(M))
states("commutation of a row", Commutation(ONE, M), Identity(M))

states("vec of unvec", Vec(Unvec(a, M, N)), a)


states("unvec of a column", Unvec(x, N, ONE), x)
states("unvec of a vec", Unvec(Factors((S_all, Vec(A))), M, N), Factors((S_all, A)))
states("unvec of a Kronecker product with a vec", Unvec(Factors((S_all, Kronecker(E, F), Vec(A_turned))), F.shape[0], E.shape[0]), Product((S_all, F, A_turned, E.T)))
states("unvec of a sum", Unvec(Sum((As,)), M, N), Sum((each(Unvec(As, M, N), As),)), given=[("a vec", "a")], tried_on=[Unvec(Sum((Vec(A), Product((number(-2), Vec(A))))), *A.shape)])

# One that is none is 1 ⊗ A or A ⊗ 1.
STILL = [("still", name) for name in "ABDEF"]
states("product of Kronecker products", Kronecker(A, E) * Kronecker(D, F), Kronecker(A * D, E * F), given=STILL)
states("matrix before a Kronecker product, on the right", A * Kronecker(B_row, D), Kronecker(B_row, A * D), given=STILL)
states("matrix before a Kronecker product, on the left", A * Kronecker(D, B_row), Kronecker(A * D, B_row), given=STILL)
states("matrix behind a Kronecker product, on the right", Kronecker(B_column, A) * D, Kronecker(B_column, A * D), given=STILL)
states("matrix behind a Kronecker product, on the left", Kronecker(A, B_column) * D, Kronecker(A * D, B_column), given=STILL)

states("Kronecker product of identities", Kronecker(Identity(M), Identity(N)), Identity(M * N))

states("scalar Kronecker factor", Kronecker(s, A), Product((s, A)))
states("scalar Kronecker factor behind", Kronecker(A, s), Product((A, s)))


