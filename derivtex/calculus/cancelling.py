"""Tidying: a factor beside its inverse, or beside a power of itself."""

from __future__ import annotations

from derivtex.operations import Kronecker, Product
from derivtex.rewriting.holes import identity, inv, matrix, matrix_power, number, orthogonal, scalar, tr
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import Factors, chain, counted, reckoned, scalars
from derivtex.rewriting.sources import magnus

cancelling = Page("Cancelling", quiet=True)
states = cancelling.states
X, Y, Z, p, q = matrix("X", "n", "n"), matrix("Y", "m", "m"), matrix("Z", "n", "n"), scalar("p"), scalar("q")
A, Q, P_some, S = matrix("A", "n", "n"), orthogonal("Q", "n"), chain("P", "n", "n", least=1), scalars("S")
Ps, Qs, Before, Behind = chain("P", "n", "n", least=2), chain("Q", "n", "n", least=2), chain("B", "m", "n"), chain("C", "n", "m")

POWER = matrix_power(X, p)

AN_INVERSE: Said = {"reason": "an inverse cancels", "cite": "matrix algebra", "quiet": True}
I, EQUAL, TURNED = identity("n"), [("same", "X", "Z")], [("same", X.T, "Z")]
states("inverse before", inv(X) * Z, I, given=EQUAL, **AN_INVERSE)
states("inverse behind", Z * inv(X), I, given=EQUAL, **AN_INVERSE)
states("transposed inverse before", inv(X).T * Z, I, given=TURNED, **AN_INVERSE)
states("transposed inverse behind", Z * inv(X).T, I, given=TURNED, **AN_INVERSE)
states("orthogonal matrix behind its transpose", X.T * X, I, given=[("declared orthogonal", "X")], tried_on=[Q.T * Q], **AN_INVERSE)
states("orthogonal matrix before its transpose", X * X.T, I, given=[("declared orthogonal", "X")], tried_on=[Q * Q.T], **AN_INVERSE)
states("inverse that begins with its neighbour", inv(Product((X, P_some))) * Z, inv(Factors((P_some,))), given=EQUAL, **AN_INVERSE)
states("inverse that ends with its neighbour", Z * inv(Product((P_some, X))), inv(Factors((P_some,))), given=EQUAL, **AN_INVERSE)

POWERS: Said = {"reason": "a power", "cite": "matrix algebra", "quiet": True}
CUBE, SQUARED_INVERSE = matrix_power(A, 3), matrix_power(A, -2)
states("product of powers", POWER * matrix_power(X, q), matrix_power(X, reckoned(p + q)), tried_on=[SQUARED_INVERSE * CUBE], **POWERS)
states("a matrix before its power", X * POWER, matrix_power(X, reckoned(p + number(1))), tried_on=[A * CUBE], **POWERS)
states("a power before its matrix", POWER * X, matrix_power(X, reckoned(p + number(1))), tried_on=[SQUARED_INVERSE * A], **POWERS)
states("an inverse before a power", inv(X) * POWER, matrix_power(X, reckoned(p - number(1))), tried_on=[inv(A) * CUBE], **POWERS)
states("a power before an inverse", POWER * inv(X), matrix_power(X, reckoned(p - number(1))), tried_on=[CUBE * inv(A)], **POWERS)

states("inverse of a power", inv(matrix_power(X, p)), matrix_power(X, -p), reason="negative power", cite="matrix algebra", given=[("whole", "p")],
       tried_on=[inv(matrix_power(X, 2)), inv(matrix_power(X, -3))])  # fmt: skip

states("power of an inverse", matrix_power(inv(X), p), matrix_power(X, -p), reason="negative power", cite="matrix algebra", given=[("whole", "p")],
       tried_on=[matrix_power(inv(X), 2), matrix_power(inv(X), -3)])  # fmt: skip

states("inverse of a Kronecker product", inv(Kronecker(X, Y)), Kronecker(inv(X), inv(Y)), reason="inverse of a Kronecker product", cite=magnus("ch. 2"))

states("trace of a Kronecker product", tr(Kronecker(X, Y)), tr(X) * tr(Y), reason="trace of a Kronecker product", cite=magnus("ch. 2"))

states("trace of the identity", tr(identity("n")), counted("n"), reason="trace of the identity", cite=magnus("ch. 1"))

INVERTED = [("same", Product((Ps,)), Product((Qs,)))]
states("inverse before what it inverts", Product((S, Before, inv(Product((Ps,))), Qs, Behind)), Factors((S, Before, Behind)), given=INVERTED, **AN_INVERSE)
states("inverse behind what it inverts", Product((S, Before, Qs, inv(Product((Ps,))), Behind)), Factors((S, Before, Behind)), given=INVERTED, **AN_INVERSE)
