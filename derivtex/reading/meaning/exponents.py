r"""What is raised on a value: the marks of transposes, inverses and conjugates, or a power, X^{T} X^{-1} X^{+} X^{*} X^{\odot 2} x^2."""

from __future__ import annotations

from fractions import Fraction

from derivtex.core.errors import ArrayPower, ShapeError
from derivtex.core.shapes import SCALAR, size_text
from derivtex.core.terms import Term
from derivtex.operations import (
    Conjugate,
    Entry,
    EntryPower,
    Hermitian,
    Inverse,
    MatrixPower,
    MatrixRoot,
    Norm,
    Number,
    Product,
    PseudoInverse,
    Symbol,
    Transpose,
    symbol,
)  # fmt: skip
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.tree import Key, Node, Script, key
from derivtex.rewriting.conjugation import may_be_complex


def raised(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """The value with an exponent: a mark such as T, or a power."""
    is_exponent = (above.form == "transpose" and is_power(to, node, value, above.name)) or (above.form == "hermitian" and is_number(to, ("H",)))
    meaning = power_of if is_exponent else RAISED.get(above.form, power_of)
    return meaning(to, node, value, above)


def power_of(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    return power(to, node, value, exponent(to, node, above))


def transposed(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^T`; zero is its own transpose."""
    if type(value) is Number:
        return value
    refuse_scalar(to, node, value)
    to.scope.transposed_by.setdefault("T", to.span(node))
    to.scope.spelling.marks.setdefault("Transpose", latex(above))
    return Transpose(value)


def inverse_transposed(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^{-T}`, `X^{-1T}` and `X^{-2T}`."""
    times = int(above[1].text) if above[1].text.isdigit() else 0
    to.scope.spelling.marks.setdefault("Transpose", latex(above[2:] if times else above[1:]))
    return Transpose(to.make(MatrixPower, value, Number(-times), node=node) if times > 1 else to.make(Inverse, value, node=node))


def hermitian(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^H`: of what is real it is the transpose, which is said."""
    to.scope.spelling.marks.setdefault("Hermitian", latex(above))
    if not may_be_complex(value):
        to.scope.guess(f"{to.latex(node)} is the transpose: nothing is declared complex")
    return Hermitian(value)


def inverse_hermitian(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^{-H}`."""
    return Hermitian(to.make(Inverse, value, node=node))


def pseudo_inverse(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^+`."""
    return PseudoInverse(value)


def entry_power(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    r"""`X^{\odot 2}`: the powers of the entries."""
    return EntryPower(value, to.term(above.tree or to_node(to, above[1:])))


def refuse_scalar(to: Elaborator, node: Node, value: Term) -> None:
    """An undeclared name that is transposed is no scalar."""
    base = value.of if type(value) is Entry else value
    if to.shape(value) == SCALAR and type(base) is Symbol and base in to.scope.guessed.values():
        if to.differentials:  # of an author's line: what it is was guessed, so that it is no mistake
            what = "may be a derivative or a transpose" if node.primes else "is transposed, and what stands beside it would make it a number"
            raise to.ambiguous(f"{to.latex(node)} {what}", f"declare {to.latex(node.parts[0])}", node)
        raise ShapeError(
            f"{to.latex(node.parts[0])} is transposed and would be a scalar",
            way_out=f"declare {to.latex(node.parts[0])}",
            span=to.span(node),
        )


def is_power(to: Elaborator, node: Node, value: Term, label: tuple[str, ...]) -> bool:
    """Whether T, or t, is a number here: an error where that cannot be told."""
    if label in to.scope.asked:
        return True
    declared = to.scope.declared.get(label) or to.scope.bound.get(label)
    if declared is None or to.shape(declared) != SCALAR:
        return label == ("t",) and to.shape(value) == SCALAR and label not in to.scope.bound
    if to.shape(value) == SCALAR:
        return True
    if to.is_square(value):
        raise to.ambiguous(
            f"{to.latex(node)} may be a transpose or a power: {label[-1]} is a declared number",
            r"write ^\top for the transpose",
            node,
        )
    return False


def is_number(to: Elaborator, label: tuple[str, ...]) -> bool:
    """Whether a letter is a declared number, so that it may be an exponent."""
    declared = to.scope.declared.get(label)
    return declared is not None and to.shape(declared) == SCALAR


def exponent(to: Elaborator, node: Node, above: Script) -> Term:
    letters = [token.text for token in above if token.kind in ("letter", "macro")]
    if len(letters) == len(above) > 1 and all(key((token,)) not in to.scope.declared for token in above):
        raise to.ambiguous(
            f"{to.latex(node)} may be a power or an entry with raised indices",
            "write entries with lowered indices, A_{ij}, or declare the exponent",
            node,
        )
    found = to.term(above.tree or to_node(to, above))
    if to.shape(found) != SCALAR:
        raise ShapeError(
            f"an exponent must be a number, and {latex(above)} has the shape {size_text(to.shape(found))}", span=to.span(node)
        )
    return found


def starred(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    """`X^*`: the conjugate, as the Matrix Cookbook has it; of a real x, whose conjugate would be x, a name of its own: an optimum.

    Where the formula does not conform like that, it is the conjugate transpose.
    """
    symbols = [part for part in value.walk() if type(part) is Symbol]
    known = (*to.scope.declared.values(), *to.scope.families.values())
    declared = all(part in known for part in symbols)
    is_complex = any(part.has("complex") or part.has("hermitian") for part in (symbols if declared else known))
    if to.scope.adjoint and to.shape(value) != SCALAR and (is_complex or not declared):
        to.scope.stars = True
        to.scope.guess(f"{to.latex(node)} is the conjugate transpose")
        to.scope.spelling.marks.setdefault("Hermitian", "*")
        to.scope.spelling.marks.setdefault("Conjugate", r"\overline")  # the star means the other one
        return Hermitian(value)
    if is_complex:
        to.scope.guess(f"{to.latex(node)} is the complex conjugate, without a transpose")
        to.scope.spelling.marks.setdefault("Conjugate", "*")
        return Conjugate(value)
    if type(value) is not Symbol or node.parts[0].form != "name":
        raise to.ambiguous(
            f"{to.latex(node)} of what is real may be a transpose or a name of its own", "write ^T, or declare what is complex", node
        )
    return optimum(to, node, value)


def optimum(to: Elaborator, node: Node, base: Symbol) -> Term:
    """`x^*` beside a real x: another thing of the same kind and shape."""
    label = mark_label(node)
    to.scope.guess(f"{to.latex(node)} is a name of its own")
    if label not in to.scope.things:
        to.scope.things[label] = to.scope.guessed[label] = symbol(to.latex(node), base.kind, base.size)
    return to.scope.things[label]


def mark_label(node: Node) -> Key:
    """The key of a name with its raised mark."""
    return (*key(node.parts[0].tokens), *key(node.below), "^", *node.above.name)


def daggered(to: Elaborator, node: Node, value: Term, above: Script) -> Term:
    if any(type(part) is Symbol and (part.has("complex") or part.has("hermitian")) for part in value.walk()):
        to.scope.spelling.marks.setdefault("Hermitian", r"\dagger")
        return Hermitian(value)
    to.scope.guess(f"{to.latex(node)} is the Moore-Penrose inverse")
    to.scope.spelling.marks.setdefault("PseudoInverse", r"\dagger")
    return PseudoInverse(value)


def power(to: Elaborator, node: Node, value: Term, by: Term) -> Term:
    """A power: of a scalar, of a square matrix; of a vector the author has to say which."""
    if to.shape(value) == SCALAR:
        return EntryPower(value, by)
    if to.of_entries:
        to.scope.guess(f"{to.latex(node)} is the power of every entry, as it is summed")
        return EntryPower(value, by)
    if not to.is_matrix(value) or not to.may_be_square(value):
        return power_of_array(to, node, value, by)
    if type(by) is not Number:
        return to.make(MatrixPower, value, by, node=node)
    if by.value < 0 and (by.value == -1 or by.value.denominator != 1):
        positive = power(to, node, value, Number(-by.value)) if by.value != -1 else value
        return to.make(Inverse, positive, node=node)
    if by.value == Fraction(1, 2):
        return to.make(MatrixRoot, value, node=node)
    return to.make(MatrixPower, value, by, node=node)


def power_of_array(to: Elaborator, node: Node, value: Term, by: Term) -> Term:
    """A power of a vector or of a matrix that is not square, taken for what the elaborator is told to. Raises ArrayPower where it is not."""
    if to.powers == "entries":
        return EntryPower(value, by)
    if to.powers == "length" and by is Number(2) and not to.is_matrix(value):
        return EntryPower(Norm(value), by)
    if to.powers in ("outer", "gram") and by is Number(2):
        pair = (value, Transpose(value)) if to.powers == "outer" else (Transpose(value), value)
        return to.make(Product, pair, node=node)
    base = to.latex(node.parts[0]) if node.parts else "x"
    if to.powers == "length" and by is Number(2):
        raise ShapeError(f"{base} has no length", span=to.span(node))
    raise ArrayPower(
        f"a power of a {'matrix that is not square' if to.is_matrix(value) else 'vector'} can mean the powers of its entries or a product",
        way_out=rf"write {base}^{{\odot k}} for the powers of the entries, \|{base}\|^2 for a squared norm", span=to.span(node),
    )  # fmt: skip


RAISED = {
    "transpose": transposed, "inverse transpose": inverse_transposed, "hermitian": hermitian, "inverse hermitian": inverse_hermitian,
    "star": starred, "pseudo-inverse": pseudo_inverse, "dagger": daggered, "entrywise": entry_power,
}  # fmt: skip
