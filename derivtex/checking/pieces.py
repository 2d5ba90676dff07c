r"""What may hold near one point and end elsewhere: kinks, the larger of two, branches of functions that have several.

\arctan(\tan x) = x up to \pi/2, and |\det A| = \det A where the determinant is positive: three points may all lie there.
"""

from __future__ import annotations

from derivtex.checking.movement import Motion, below
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential
from derivtex.rewriting.conjugation import may_be_complex

ON_BRANCH = "the arguments stay within the principal branches"


def is_in_pieces(motion: Motion) -> bool:
    """Whether something in a claim is one function here and another there, or one branch of several, or, in an identity, ends."""
    changes = any(side.uses(Derivative, Differential) for side in (motion.claim.left, motion.claim.right))
    return any(part.kinks or chooses(part) or (part.choice and not changes) for part in parts_of(motion))


def has_inverses(motion: Motion) -> bool:
    """Whether a function stands in a claim that is the inverse of another on one branch."""
    return any(part.function_of and part.choice != "piece" and chooses(part) for part in parts_of(motion))


def chooses(part: Term) -> bool:
    return bool(part.choice) and (part.choice != "branch of complex numbers" or may_be_complex(part))


def parts_of(motion: Motion) -> set[Term]:
    """All parts of both sides, defined names opened."""
    return below(motion.claim.left, motion.definitions) | below(motion.claim.right, motion.definitions)
