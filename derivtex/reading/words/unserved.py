"""What a question asks for and is nothing that is derived here: the Fisher information, a Lipschitz constant, a third derivative.

Who asks for it beside a gradient, or of one, is told so: an answer to the rest alone would look like one to all.
"""

from __future__ import annotations

from derivtex.reading.source.marks import latex
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.letters import IDENTITIES
from derivtex.reading.syntax.lists import has_mark
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import phrase, sentences, word

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


# What begins another question under a condition, “and what if the constraint is $x^TPx \le 1$?”: the condition binds nothing of the first.
OTHERWISE = dict.fromkeys(("what if", "what happens if", "what changes if"), True)


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
        if is_other_case(items, begin, end):
            found[f"case “{' '.join(map(written, items[begin : end - 1])).replace(' ,', ',')}”"] = None
    return tuple(found)


def is_other_case(items: list[Item], begin: int, end: int) -> bool:
    r"""“And what if the constraint is $x^TPx \le 1$?”: the question once more, under a condition that a formula tells."""
    start = begin + (word(items, begin) in ("and", "but", "so"))
    if phrase(items, start, OTHERWISE) is not None and any(map(is_condition, items[start:end])):
        return True
    told = any(word(items, at) in ("when", "if") and is_identity(items[at + 1]) for at in range(start, end - 1))
    return told and word(items, end - 1) == "?" and any(asks(items, *each) for each in sentences(items[:begin]))


def is_identity(item: Item) -> bool:
    """`B = I`."""
    return item.kind == "math" and len(item.tokens) > 2 and has_mark(item.tokens, "=") and key(item.tokens[-1:]) in IDENTITIES


def is_condition(item: Item) -> bool:
    return item.kind == "math" and has_mark(item.tokens, "=", "<", ">", r"\le", r"\leq", r"\ge", r"\geq")


def written(item: Item) -> str:
    return f"${latex(item.tokens)}$" if item.kind == "math" else item.text
