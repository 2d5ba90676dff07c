r"""Second differentials of matrix functions: the Fréchet derivative L_f(X; E) changes with X and with E.

    d L_f(X; E) = L_f(X; dE) + D_f(X; dX, E) + D_f(X; E, dX),  D_f(X; E, F) what of f(X + E + F) is linear in both, E before F
"""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Differential, Frechet, MatrixRoot, SecondFrechet, Sum
from derivtex.operations.second_frechet import second_form_of
from derivtex.rewriting.holes import d, matrix
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import higham

second_changes = Page("Second changes")
X, E = matrix("X", "n", "n"), matrix("E", "n", "n")

ROOT, Y = MatrixRoot(X), Frechet("root", X, E)
second_changes.states("change of the differential of a root", d(Y), Frechet("root", X, d(E) - d(ROOT) * Y - Y * d(ROOT)),
                      reason="differentiate $SY + YS = E$ for $Y$, $S = X^{1/2}$", cite=higham("sec. 6.1"), tried_on=[d(Y)])  # fmt: skip


@second_changes.by_hand("change of a Fréchet derivative", Differential, over=Frechet, reason="it changes with the matrix and with the direction",
                        why=Why.FUNCTION, says=r"dL_f(X; E) = L_f(X; dE) + D_f(X; dX, E) + D_f(X; E, dX)", cite=higham("sec. 3.2"),
                        tried_on=[d(Frechet("exp", X, E)), d(Frechet("3/2", X, E))])  # fmt: skip
def _frechet(term: Term) -> Term | None:
    change = term.of
    form = second_form_of(change.which)
    if form is None:
        return None
    which, of, direction = change.which, change.of, change.direction
    parts = SecondFrechet(which, of, d(of), direction), SecondFrechet(which, of, direction, d(of))
    signed = parts if form.sign > 0 else tuple(-part for part in parts)
    return Sum((Frechet(which, of, d(direction)), *signed))
