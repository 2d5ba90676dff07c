r"""Powers: what stands several times side by side is a power. Last of all, as a power hides a factor that may be common."""

from __future__ import annotations

from derivtex.operations import Abs, Product
from derivtex.rewriting.holes import complex_array, conj, det, inv, matrix, matrix_power, number, power, scalar
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import reckoned
from derivtex.rewriting.sources import cookbook

powers = Page("Powers")
p, q, s, t = scalar("p"), scalar("q"), scalar("s"), scalar("t")
POWER = matrix_power(matrix("X", "n", "n"), p)
A, X, Z = matrix("A", "n", "n"), matrix("X", "n", "n"), complex_array("Z", "n", "n")


A_POWER: Said = {"reason": "a power", "cite": "matrix algebra", "quiet": True}
STILL, POSITIVE, NEGATIVE = [("still", "X"), ("no permutation", "X")], [("positive number", "p"), ("whole", "p")], [("negative", "p"), ("whole", "p")]
CUBE, SQUARED_INVERSE = matrix_power(A, 3), matrix_power(A, -2)
powers.states("equal neighbours", X * X, matrix_power(X, 2), given=STILL, **A_POWER)
powers.states("equal inverses", inv(X) * inv(X), matrix_power(X, -2), given=STILL, **A_POWER)
powers.states("equal transposed inverses", inv(X).T * inv(X).T, matrix_power(X.T, -2), given=STILL, **A_POWER)
powers.states("a matrix before its power", X * POWER, matrix_power(X, reckoned(p + number(1))), given=[*STILL, *POSITIVE], tried_on=[A * CUBE], **A_POWER)
powers.states("a matrix behind its power", POWER * X, matrix_power(X, reckoned(p + number(1))), given=[*STILL, *POSITIVE], tried_on=[CUBE * A], **A_POWER)
powers.states("an inverse before a negative power", inv(X) * POWER, matrix_power(X, reckoned(p - number(1))), given=[*STILL, *NEGATIVE], tried_on=[inv(A) * SQUARED_INVERSE], **A_POWER)
powers.states("an inverse behind a negative power", POWER * inv(X), matrix_power(X, reckoned(p - number(1))), given=[*STILL, *NEGATIVE], tried_on=[SQUARED_INVERSE * inv(A)], **A_POWER)
powers.states("powers of one matrix", POWER * matrix_power(X, q), matrix_power(X, reckoned(p + q)), given=[*STILL, *POSITIVE, ("positive number", "q"), ("whole", "q")], tried_on=[CUBE * CUBE], **A_POWER)
powers.states("negative powers of one matrix", POWER * matrix_power(X, q), matrix_power(X, reckoned(p + q)), given=[*STILL, *NEGATIVE, ("negative", "q"), ("whole", "q")],
              tried_on=[SQUARED_INVERSE * SQUARED_INVERSE], **A_POWER)  # fmt: skip

powers.states("squared modulus", Product((s, t)), power(Abs(s), 2), reason="the squared modulus", cite=cookbook(228), quiet=True,
              given=[("complex", "s"), ("no letter", "s"), ("same", conj(s), "t")], tried_on=[Product((det(Z), conj(det(Z)), Z)), Product((conj(det(Z)), det(Z), Z))])  # fmt: skip
