"""Numbers, sums, products and powers.

A scalar is 1 × 1, so an entrywise operation on a scalar is the scalar operation; there is one card for both.
A quotient a/b is the product of a and b⁻¹, which the writer sets as a fraction.
"""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import ShapeError
from derivtex.core.notation import Binding, Fence, Infix, Letter, Structural
from derivtex.core.session import current as current_session
from derivtex.core.shapes import SCALAR, Shape, current, must_agree, same, size_text
from derivtex.core.terms import Operation, Term, Terms

EXACT = 64  # powers up to this one are taken of whole numbers as such


class Number(Operation):
    """A rational number."""

    value: Fraction
    notation = Structural("number")

    def __new__(cls, value: int | Fraction) -> Number:
        return super().__new__(cls, value if type(value) is Fraction else Fraction(value))

    def conform(self) -> Shape:
        session = current_session()
        digits = session.limits.digits
        if max(self.value.numerator.bit_length(), self.value.denominator.bit_length()) > digits * 3.32:
            raise session.too_large(f"a number of more than {digits} digits")
        return SCALAR

    def number(self, np):
        whole = self.value.denominator == 1 and abs(self.value) < 2**53
        return int(self.value) if whole else self.value.numerator / self.value.denominator


class Pi(Operation):
    """The ratio of a circle's circumference to its diameter."""

    sign = "positive"
    notation = Letter(r"\pi")

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np):
        return np.pi


class Sum(Operation):
    """The sum of two or more terms of one shape."""

    terms: Terms
    magnitude = "sum"
    commutes_with_conjugate = True
    notation = Structural("sum")

    def conform(self) -> Shape:
        first = self.terms[0].shape
        for term in self.terms:
            if term.shape != first:
                must_agree(first, term.shape, "terms of a sum differ in shape")
        return first

    def number(self, np, *terms):
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total


class Product(Operation):
    """The matrix product of its factors in order; scalars among them multiply the whole."""

    factors: Terms
    magnitude = "product"
    commutes_with_conjugate = True
    notation = Structural("product")

    def conform(self) -> Shape:
        whole: Shape | None = None
        for factor in self.factors:
            if factor.is_scalar:
                continue
            shape = factor.shape
            if whole is not None and not same(whole[1], shape[0]):
                left, right = current(whole), current(shape)
                raise ShapeError(f"a product does not conform: {size_text(left)} times {size_text(right)}")
            whole = shape if whole is None else (whole[0], shape[1])
        return SCALAR if whole is None else whole

    def number(self, np, *values):
        scale, chain = None, None
        for factor, value in zip(self.factors, values, strict=True):
            if factor.is_scalar:
                scale = value if scale is None else scale * value
            else:
                chain = value if chain is None else chain @ value
        if chain is not None and self.is_scalar:
            chain = chain[0, 0]
        return chain if scale is None else scale if chain is None else scale * chain


def is_whole(term: Term) -> bool:
    """Whether a term is a whole number."""
    return type(term) is Number and term.value.denominator == 1


def factors_of(term: Term) -> Terms:
    """The factors of a product; anything else is a product of itself."""
    return term.factors if type(term) is Product else (term,)


def scalars_and_chain(term: Term) -> tuple[Terms, Terms]:
    """The scalar factors of a term, and the others in their order."""
    factors = factors_of(term)
    return tuple([factor for factor in factors if factor.is_scalar]), tuple([factor for factor in factors if not factor.is_scalar])


class EntryPower(Operation):
    """Every entry raised to a scalar power; of a scalar, the power."""

    base: Term
    exponent: Term
    commutes_with_conjugate = True
    notation = Structural("power", r"\odot")

    def conform(self) -> Shape:
        must_agree(self.exponent.shape, SCALAR, "an exponent must be a scalar")
        return self.base.shape

    @property
    def choice(self) -> str:
        return "" if is_whole(self.exponent) else "branch"

    def number(self, np, base, exponent):
        if type(self.exponent) is not Number:
            return np.power(1.0 * base, exponent)
        size = abs(self.exponent.value)
        base = 1.0 * base if size > EXACT else base
        raised = np.sqrt(base) if size == Fraction(1, 2) else base if size == 1 else base**size.numerator if size.denominator == 1 else None
        raised = np.power(base, float(size)) if raised is None else raised
        return 1 / raised if self.exponent.value < 0 else raised


class Hadamard(Operation):
    """The entrywise product of two or more terms of one shape."""

    factors: Terms
    magnitude = "product"
    commutes_with_conjugate = True
    turned_inside = True
    notation = Infix(r"\odot", Binding.ENTRYWISE, also=(r"\circ", r"\circledast", r"\ast"), over=r"\oslash")

    def conform(self) -> Shape:
        for factor in self.factors[1:]:
            must_agree(self.factors[0].shape, factor.shape, "factors of an entrywise product differ in shape")
        return self.factors[0].shape

    def number(self, np, *factors):
        total = factors[0]
        for factor in factors[1:]:
            total = total * factor
        return total


class Inner(Operation):
    """The Frobenius inner product: the sum of the products of the entries, tr(AᵀB); of two vectors, their dot product."""

    left: Term
    right: Term
    linear_in = ("left", "right")
    magnitude = "product"
    commutes_with_conjugate = True
    of_arrays = True
    notation = Fence(r"\langle", r"\rangle")

    def conform(self) -> Shape:
        must_agree(self.left.shape, self.right.shape, "the sides of an inner product differ in shape")
        return SCALAR

    def number(self, np, left, right):
        return np.sum(left * right)
