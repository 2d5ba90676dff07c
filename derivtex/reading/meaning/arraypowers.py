r"""What `x^2` of a vector, or `X^2` of a matrix that is not square, may stand for in a line: the powers of the entries or the squared length; and
what it should have been where it is neither, xx^T or X^TX. Which of these makes the line right is for the numbers to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, ShapeError
from derivtex.core.shapes import inferring
from derivtex.problem import READING, Claim, Fault, Mend
from derivtex.reading.meaning.claims import Sides, agree, fitted, side, span_of, text_of

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding

MEANT = {"entries": "a power of a vector or matrix is that of its entries", "length": "the square of a vector is that of its length"}
SHOULD_BE = ("outer", "gram")


def with_readings(fault: Fault, found: Understanding, settle: Settling, claim: Sides) -> Fault:
    """A line with such a power, with what may be meant by it; where neither conforms, the line does not, whatever is meant."""
    tried = {way: read_as(way, found, settle, claim) for way in (*MEANT, *SHOULD_BE)}
    meant = tuple(Mend(READING, MEANT[way], each) for way, each in tried.items() if way in MEANT and isinstance(each, Claim))
    if meant or not all(isinstance(tried[way], ShapeError) for way in MEANT):
        return fault._replace(mends=meant, certain=False)
    part = fault.at.text if fault.at is not None else ""
    repairs = tuple(Mend("scalar-rule", part, each) for way, each in tried.items() if way in SHOULD_BE and isinstance(each, Claim))
    message = f"{fault.message}, and neither of them fits here"
    return fault._replace(code="dimensions", message=message, mends=repairs)


def read_as(way: str, found: Understanding, settle: Settling, claim: Sides) -> Claim | DerivtexError:
    """The claim with such powers read in one way, or why it cannot be."""
    left, _, right, said = claim
    found.powers = way
    try:
        with inferring(found.scope.unifier), found.scope.unifier.trial():
            one, other = side(found, left, said), side(found, right, said)
            agree(found, one, other)
            sides = settle.term(one), settle.term(other)
        return Claim(fitted(*sides), "=", sides[1], text_of(claim), span_of(claim))
    except DerivtexError as error:
        return error
    finally:
        found.powers = ""
