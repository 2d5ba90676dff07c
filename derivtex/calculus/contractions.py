r"""Inner products of vecs, which are traces: known before they are differentiated.

    vec(A)ᵀ(P ⊗ Q) vec(C) = tr(AᵀQCPᵀ)        x ⊗ y = vec(yxᵀ)
"""

from __future__ import annotations

from derivtex.operations import Kronecker, Product, Vec
from derivtex.rewriting.holes import column, matrix, tr
from derivtex.rewriting.page import Page, Said
from derivtex.rewriting.patterns import scalars
from derivtex.rewriting.sources import magnus
from derivtex.rewriting.worth import a_number

contractions = Page("Inner products of vecs")
A, C = matrix("A", "q", "p"), matrix("C", "n", "m")
P, Q = matrix("P", "p", "m"), matrix("Q", "q", "n")
D, x, y, u, v, S = matrix("D", "q", "p"), column("x", "p"), column("y", "q"), column("u", "m"), column("v", "n"), scalars("S")
z, w, P_next, Q_next = column("z", "p"), column("w", "q"), matrix("R", "m", "k"), matrix("T", "n", "l")


# A column that is the vec of a matrix, and that matrix: vec(A) of A, x ⊗ y of yxᵀ.
CONTRACTED: Said = {"reason": "an inner product of vecs is a trace", "cite": magnus("ch. 2, sec. 4")}
LEFTS = (("vec", Vec(A), A), ("Kronecker product", Kronecker(x, y), y * x.T))
RIGHTS = (("vec", Vec(C), C), ("Kronecker product", Kronecker(u, v), v * u.T))
for one, left, matrix_of_left in LEFTS:
    for other, right, matrix_of_right in RIGHTS:
        contractions.states(f"{one} and {other} around a Kronecker product", Product((S, left.T, Kronecker(P, Q), right)),
                            Product((S, tr(Product((matrix_of_left.T, Q, matrix_of_right, P.T))))), **CONTRACTED)  # fmt: skip
contractions.states("inner product of vecs", Product((S, Vec(A).T, Vec(D))), Product((S, tr(A.T * D))), given=[("array", "A")], **CONTRACTED)
contractions.states("vec against a Kronecker product", Product((S, Vec(A).T, Kronecker(x, y))), Product((S, tr(A.T * y * x.T))), **CONTRACTED)
contractions.states("Kronecker product against a vec", Product((S, Kronecker(x, y).T, Vec(A))), Product((S, tr(x * y.T * A))), **CONTRACTED)
contractions.states("Kronecker products of columns against each other", Product((S, Kronecker(x, y).T, Kronecker(z, w))), Product((S, tr(x * y.T * w * z.T))), **CONTRACTED)
contractions.states("Kronecker products side by side", Kronecker(P, Q) * Kronecker(P_next, Q_next), Kronecker(P * P_next, Q * Q_next), reason="an inner product of vecs is a trace",
                    worth=a_number, cite=magnus("ch. 2, sec. 4"))  # fmt: skip
