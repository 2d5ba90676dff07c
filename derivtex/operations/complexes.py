"""Operations of complex numbers, vectors and matrices."""

from __future__ import annotations

from derivtex.core.notation import Letter, Named, Superscript
from derivtex.core.shapes import SCALAR, Shape
from derivtex.core.terms import Operation, Term


class ImaginaryUnit(Operation):
    """The imaginary unit, whose square is −1."""

    notation = Letter(r"\mathrm{i}", also=(r"{\rm i}", r"\imath"))

    def conform(self) -> Shape:
        return SCALAR

    def number(self, np):
        return 1j


class Conjugate(Operation):
    """The complex conjugate of every entry."""

    of: Term
    magnitude = "linear"
    notation = Superscript("*", also=(r"\ast",))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        return np.conj(of)


class Hermitian(Operation):
    """The conjugate transpose."""

    of: Term
    magnitude = "linear"
    of_arrays = True
    notation = Superscript("H", also=(r"\dagger", "*", r"\mathrm{H}", r"\mathsf{H}", r"{\rm H}", r"\text{H}"))

    def conform(self) -> Shape:
        return self.of.shape[1], self.of.shape[0]

    def number(self, np, of):
        return np.conj(of) if self.is_scalar else np.conj(of).T


class RealPart(Operation):
    """The real part of every entry."""

    of: Term
    magnitude = "linear"
    real_valued = True
    notation = Named(r"\operatorname{Re}", also=(r"\Re", "Re"))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        return np.real(of)


class ImaginaryPart(Operation):
    """The imaginary part of every entry."""

    of: Term
    magnitude = "linear"
    real_valued = True
    notation = Named(r"\operatorname{Im}", also=(r"\Im", "Im"))

    def conform(self) -> Shape:
        return self.of.shape

    def number(self, np, of):
        return np.imag(of)
