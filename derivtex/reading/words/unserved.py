"""What a question asks for and is nothing that is derived here: the Fisher information, a Lipschitz constant, a third derivative.

Who asks for it beside a gradient, or of one, is told so: an answer to the rest alone would look like one to all.
"""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import phrase, sentences

TEXTS = (
    "Fisher information matrix; Fisher information; Fisher matrix; observed information; information matrix; Lipschitz constant; Lipschitz "
    "constants; Lipschitz continuity; smoothness constant; strong convexity constant; strong convexity parameter; modulus of convexity; Fenchel "
    "conjugate; convex conjugate; conjugate function; Legendre transform; Legendre transformation; proximal operator; proximal mapping; "
    "proximal map; prox operator; subdifferential; condition number; third derivative; third derivatives; third order derivative; third order "
    "derivatives; fourth derivative; higher derivatives; higher order derivatives; nth derivative;"
    " convergence rate; rate of convergence; computational complexity; computational cost; time complexity; "
    "dual problem; dual function; Lagrangian dual; Lagrange dual; geometric interpretation; geometrical interpretation; geometric meaning; "
    "geometrical meaning; antiderivative; indefinite integral; spectral radius; confidence interval; standard error; standard errors; "
    "asymptotic variance; asymptotic distribution; expected value of the gradient; expectation of the gradient; variance of the gradient; "
    "covariance of the gradient; eigenvalues of the Hessian; eigenvectors of the Hessian; rank of the Hessian; determinant of the Hessian; "
    "inverse of the Hessian; determinant of the Jacobian; rank of the Jacobian; norm of the gradient; mixed partial derivatives"
)
UNSERVED = {text.lower(): text for text in TEXTS.split("; ")} | {"lipschitz": "Lipschitz constant", "lipschitz continuous": "Lipschitz constant"}


def unserved(items: list[Item]) -> tuple[str, ...]:
    """The phrases for it in sentences that ask, each once."""
    found: dict[str, None] = {}
    for begin, end in sentences(items):
        at = begin if asks(items, begin, end) else end
        while at < end:
            known = phrase(items, at, UNSERVED)
            if known is not None:
                found[known[0]] = None
            at = known[1] if known is not None else at + 1
    return tuple(found)
