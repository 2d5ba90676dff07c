"""What is made of a derivative where more than that is asked for: its value along a direction or a motion or at a point, its trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.terms import Term
from derivtex.operations import Differential, Sum, Symbol, symbol
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.post import Section
from derivtex.writing.prose import listed

if TYPE_CHECKING:
    from derivtex.answering.rates import Rate

TRACES = {"Laplacian": (r"\Delta ", "Hessian"), "divergence": (r"\nabla\cdot ", "Jacobian")}


def along_section(derivation: Derivation, along: str, written: str) -> Section:
    """The derivative along a direction: the differential with the direction in the place of dX."""
    formulas, variable = Formulas.of(derivation.problem), derivation.problem.wrt[0]
    assert isinstance(variable, Symbol)
    way = symbol(along, variable.kind, variable.size)
    answer = f"${written} = {formulas.latex(derivation.answer.replace({Differential(variable): way}))}$"
    where = f"With ${along}$ in the place of ${formulas.latex(Differential(variable))}$"
    return Section(f"Along ${along}$.", (f"{where} it is {answer}",), answer)


def rate_section(derivation: Derivation, rate: Rate) -> Section:
    """The rate along a motion: the differential with what each change is in its place; and whether the author's line is that."""
    formulas = Formulas.of(derivation.problem)
    put_in = listed([f"${formulas.latex(moves)}$ in the place of ${formulas.latex(change)}$" for change, moves in rate.motions])
    answer = f"${rate.written} = {formulas.latex(rate.value)}$"
    told = f"With {put_in} it is {answer}"
    if rate.claimed is None or rate.claimed is rate.value:
        return Section("Along the motion.", (told,), answer)
    claimed = f"${formulas.latex(rate.claimed)}$"
    beside = {"holds": f", which is {claimed}", "fails": f", and not {claimed}"}.get(rate.verdict, f"; whether that is {claimed} is not decided")
    return Section("Along the motion.", (told + beside,), answer + beside)


def point_section(derivation: Derivation, point: Term, value: Term) -> Section:
    """The derivative at a point."""
    formulas = Formulas.of(derivation.problem)
    assert derivation.derivative is not None
    where = f"${formulas.latex(derivation.problem.wrt[0])} = {formulas.latex(point)}$"
    answer = f"${formulas.latex(derivation.derivative)} = {formulas.latex(value)}$"
    return Section(f"At {where}.", (f"There it is {answer}",), f"At {where} the derivative is ${formulas.latex(value)}$")


def adjoint_section(derivation: Derivation, of: Symbol, value: Term) -> Section:
    """The adjoint of the derivative as a map."""
    formulas = Formulas.of(derivation.problem)
    given, change = formulas.latex(of), formulas.latex(Differential(derivation.problem.wrt[0]))
    moved = formulas.latex(Differential(derivation.derivative.of if derivation.derivative is not None else derivation.problem.target))
    answer = rf"${given} \mapsto {formulas.latex(value)}$"
    why = rf"$\langle {given}, {moved}\rangle = \langle {formulas.latex(value)}, {change}\rangle$"
    return Section("The adjoint.", (f"It is {answer}, as {why}",), f"The adjoint of the derivative is {answer}")


def expansion_section(derivation: Derivation, called: str, variable: Symbol, shift: Symbol, first: Term, second: Term) -> Section:
    """A function at a shifted argument, to second order in the shift."""
    formulas = Formulas.of(derivation.problem)
    of = called or formulas.latex(derivation.derivative.of if derivation.derivative is not None else derivation.problem.target)
    place, way = formulas.latex(variable), formulas.latex(shift)
    terms = formulas.latex(Sum((first, second)))
    end = rf"O({way}^{{3}})" if shift.is_scalar else rf"O(\|{way}\|^{{3}})"
    sign = "-" if terms.startswith("-") else "+"
    answer = f"${of}({place} + {way}) = {of}({place}) {sign} {terms.removeprefix('-')} + {end}$"
    told = f"Differentiated once more with ${formulas.latex(Differential(variable))} = {way}$ held, and halved"
    return Section("To second order.", (f"{told}: {answer}",), f"To second order, {answer}")


def trace_section(derivation: Derivation, name: str, value: Term) -> Section:
    """The Laplacian or the divergence."""
    formulas, (mark, derivative) = Formulas.of(derivation.problem), TRACES[name]
    of = formulas.latex(derivation.derivative.of) if derivation.derivative is not None else ""
    answer = f"${mark}{of} = {formulas.latex(value)}$"
    return Section(f"The {name}.", (f"It is the trace of the {derivative}: {answer}",), answer)
