r"""What is said about the layout: the one that was used, and what the result is in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.shapes import Shape, factor_text
from derivtex.core.terms import Term
from derivtex.operations.arithmetic import Inner, Product
from derivtex.operations.calculus import Derivative, Differential
from derivtex.operations.leaves import Symbol, symbol
from derivtex.operations.matrix import Trace, Transpose
from derivtex.operations.structure import Vec
from derivtex.rewriting.keys import monomial
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation
from derivtex.writing.prose import said
from derivtex.writing.wording import USUAL, Wording

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas

LETTERS = {"gradient": (("G", "Q"), ("g", "q")), "jacobian": (("J", "H"), ("J", "H"))}
OTHER = {"denominator": "numerator", "numerator": "denominator"}


def layout_reason(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> str:
    """`the shape of $W$`; nothing where there is only one layout."""
    derivative = derivation.derivative
    if derivative is None or not has_layouts(derivative):
        return ""
    if derivative.form == "gradient":
        like = derivative.by if derivation.layout == "denominator" else Transpose(derivative.by)
        return wording.say("shape of the variable", f"${formulas.latex(like)}$")
    by = "row for each" if layout_used(derivation) == "numerator" else "column for each"
    return wording.say(by, f"${stacked(derivative.of, formulas)}$")


def layout_named(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> str:
    """`denominator layout: the shape of $W$`."""
    reason = layout_reason(derivation, formulas, wording)
    return wording.say("layout", wording.say(layout_used(derivation)), reason) if reason else ""


def beside_result(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> str:
    """What stands beside the result: how it is laid out, and what is to be said of the structure of the variable."""
    notes = [said(note, formulas, wording) for note in derivation.notes]
    layout = layout_reason(derivation, formulas, wording)
    return "; ".join(filter(None, [layout if not any(note.words.endswith("like {}") for note in derivation.notes) else "", *notes]))


def read_off(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> str:
    r"""How the result is read from the last line: `$\partial\phi/\partial X$ is the $G$ in $d\phi = \operatorname{tr}(G^T\,dX)$`."""
    derivative = derivation.derivative
    plain = derivative is not None and derivative.form in LETTERS and isinstance(derivative.by, Symbol) and derivation.layout == "denominator"
    if derivative is None or not plain or not has_layouts(derivative) or derivative.by.has("complex") or derivative.by.family is not None:
        return ""
    leaf, by_vector = Differential(derivative.by), derivative.by.shape[1].integer == 1
    problem = derivation.problem
    taken = {*problem.symbols, *problem.functions, *problem.spelling.marks.values(), *(known.name.name for known in derivation.let)}
    letter = next((each for each in LETTERS[derivative.form][by_vector] if each not in taken), None)
    if letter is None:
        return ""
    if derivative.form == "jacobian":
        right: Term = Product((symbol(letter, "matrix", (derivative.rows, derivative.columns)), leaf))
    else:
        beside = symbol(letter, "vector" if by_vector else "matrix", leaf.shape)
        has_inner = any(type(part) is Inner for part in derivation.chains[-1].end.walk())
        right = Inner(beside, leaf) if has_inner else Product((Transpose(beside), leaf))
        right = right if has_inner or by_vector else Trace(right)
    equation = f"${formulas.latex(Differential(derivative.of))} = {formulas.latex(right)}$"
    return wording.say("read off", f"${formulas.latex(derivative)}$", f"${letter}$", equation)


def stacked(term: Term, formulas: Formulas) -> str:
    """A column as it is, a matrix as its vec."""
    return formulas.latex(term if term.shape[1].integer == 1 else Vec(term))


def has_layouts(derivative: Derivative) -> bool:
    """Whether the other layout gives something else."""
    return derivative.form in ("gradient", "jacobian", "vec") and not derivative.is_scalar


def layout_used(derivation: Derivation) -> str:
    """The layout of the result: a gradient's as asked; a Jacobian with a row for each output is in numerator layout."""
    derivative = derivation.derivative
    if derivative is None or derivative.form == "gradient":
        return derivation.layout
    outputs = derivative.of.shape[0] * derivative.of.shape[1]
    return "numerator" if derivative.rows == outputs else "denominator"


def other_layout(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL, asked: bool = False) -> str:
    """A sentence on the result in the other layout, where it was asked for, the source writes it, or its words say that it is used."""
    derivative = derivation.derivative
    if derivative is None or not has_layouts(derivative):
        return ""
    what = "gradient" if derivative.form == "gradient" else "jacobian"
    turned = tidied(Transpose(derivation.result))
    told = derivation.problem.layout not in ("", layout_used(derivation))
    if not asked and not told and not is_written(turned, derivation):
        return ""
    shown = f", ${formulas.latex(turned)}$" if is_settled(turned) else ""
    return wording.say("other layout", wording.say(OTHER[layout_used(derivation)]), wording.say(what), shown)


def is_written(turned: Term, derivation: Derivation) -> bool:
    """Whether a line of the author's says that something is the result in the other layout, which is not the result itself."""
    key = monomial(turned)
    sides = [side for claim in derivation.problem.claims for side in (claim.left, claim.right)]
    return key != monomial(derivation.result) and any(monomial(side) == key for side in sides)


def is_settled(turned: Term) -> bool:
    """Whether the transpose went inward, so that writing it out says more than the word."""
    factors = [factor for factor in turned.children if not factor.is_scalar] if type(turned) is Product else [turned]
    return len(factors) != 1 or type(factors[0]) is not Transpose or not factors[0].of.children


def size(of: Shape) -> str:
    r"""A shape in LaTeX: `m \times 10`."""
    return r" \times ".join(map(factor_text, of))
