"""Why BᵀB and BᵀMB are semidefinite, in a sentence with the formulas themselves: vᵀBᵀBv = ‖Bv‖², vᵀBᵀMBv = uᵀMu with u = Bv."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term, Terms
from derivtex.operations import EntryPower, Norm, Number, Product, Symbol, Transpose, symbol
from derivtex.operations.arithmetic import factors_of
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Sentence

SQUARE, CONGRUENCE = "{} is a square, {}$=${}", "{}$=${} with {}$=${}"
LETTERS = ("v", "u", "h", "q", "s")


def is_turned(one: Term, other: Term) -> bool:
    """Whether one is the transpose of the other."""
    return same_term(tidied(one.T), other)


def why_square(chain: Terms) -> Sentence:
    """Of B^T B, or of B^T M B with M in the middle."""
    letters = free(chain)
    v = symbol(next(letters), "vector", (chain[-1].shape[1], ONE))
    image = Product((*factors_of(chain[-1]), v))
    form = Product((Transpose(v), *chain, v))
    if len(chain) == 2:
        square = EntryPower(image if image.is_scalar else Norm(image), Number(2))
        return Sentence(SQUARE, (Product(chain), form, square))
    u = symbol(next(letters), "vector", image.shape)
    return Sentence(CONGRUENCE, (form, Product((Transpose(u), *chain[1:-1], u)), u, image))


def why_bounded(vector: Term, inner: Terms) -> Sentence:
    """The inequality of Cauchy and Schwarz for a vector, in the inner product of a semidefinite matrix if there is one."""
    letter = next(each for each in free((vector, *inner)) if each not in LETTERS[:2])  # those stand for what is between two factors
    other = symbol(letter, "vector", vector.shape)
    product, own, others = (Product((Transpose(one), *inner, two)) for one, two in ((vector, other), (vector, vector), (other, other)))
    return Sentence("{}$\\le${}$\\,${}, Cauchy and Schwarz", (EntryPower(product, Number(2)), own, others))


def free(chain: Terms) -> Iterator[str]:
    """Letters that stand for nothing in a product."""
    taken = {part.name for term in chain for part in term.walk() if isinstance(part, Symbol)}
    return (letter for letter in LETTERS if letter not in taken)

