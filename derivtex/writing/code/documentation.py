"""What is said about a function in its documentation: what it computes, its arguments, what it returns, what it assumes."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.terms import Term
from derivtex.operations.blocks import Block
from derivtex.operations.leaves import Index, Symbol
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import has_layouts, layout_used
from derivtex.writing.prose import said

FUNCTION_NAMES = {"gradient": "gradient", "scalar": "derivative", "jacobian": "jacobian", "vec": "jacobian", "hessian": "hessian"}


class Argument(NamedTuple):
    """What a function is given: a name, and the leaf that it stands for (none for a size or a function)."""

    name: str
    leaf: Term | None

    @property
    def rank(self) -> int:
        """How many axes it has."""
        if not isinstance(self.leaf, Symbol):
            return 0
        return {"scalar": 0, "vector": 1}.get(self.leaf.kind, 2) + (self.leaf.family is not None)

    @property
    def shape(self) -> str:
        """In words: `n x m`, `n numbers`, `a number`."""
        leaf = self.leaf
        if isinstance(leaf, Index):
            return "an index, counted from 0"
        if not isinstance(leaf, Symbol):
            return ""
        axes = [leaf.family[1] - leaf.family[0] + 1] if leaf.family is not None else []
        axes += {"scalar": [], "vector": [leaf.size[0]]}.get(leaf.kind, list(leaf.size))
        if not axes:
            return "a number"
        return " x ".join(map(str, axes)) if len(axes) > 1 else f"a vector of {axes[0]}"


class Documentation(NamedTuple):
    """The name of the function and the sentences of its documentation."""

    head: str
    computes: str
    returns: str
    assumes: tuple[str, ...]


def documentation(derivation: Derivation) -> Documentation:
    """What is said about the function for a derivation."""
    formulas = Formulas.of(derivation.problem)
    head = FUNCTION_NAMES[derivation.derivative.form] if derivation.derivative is not None else "differential"
    return Documentation(
        head,
        computes(derivation, formulas),
        returns(derivation),
        tuple(said(sentence, formulas).replace("$", "") for sentence in derivation.assumptions),
    )


def computes(derivation: Derivation, formulas: Formulas) -> str:
    """`The gradient of L = fy with respect to W, in denominator layout: X^{T}y^{T}.`"""
    problem, derivative = derivation.problem, derivation.derivative
    target = formulas.latex(problem.target)
    definition = next((known for known in problem.definitions if known.name is problem.target), None)
    if definition is not None and len(text := " = ".join(map(formulas.latex, definition.sides))) < 60:
        target = text if definition.sides[0] is definition.name else f"{target} with {text}"
    if derivative is None:
        return f"The differential of {target}."
    what = {"gradient": "gradient", "hessian": "Hessian", "scalar": "derivative"}.get(derivative.form, "Jacobian")
    by = ", ".join(map(formulas.latex, derivative.by.blocks if isinstance(derivative.by, Block) else problem.wrt))
    layout = f", in {layout_used(derivation)} layout" if has_layouts(derivative) else ""
    return f"The {what} of {target} with respect to {by}{layout}."


def returns(derivation: Derivation) -> str:
    """The shape of the result."""
    result = derivation.result
    if result.is_scalar:
        return "a number"
    column = result.shape[1].integer == 1
    if column and not any(getattr(variable, "kind", "") == "matrix" for variable in derivation.problem.wrt):
        return f"a vector of {result.shape[0]}"
    return " x ".join(map(str, result.shape))


__all__ = ["Argument", "Documentation", "documentation"]
