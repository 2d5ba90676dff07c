r"""Products: side by side, with scalar reciprocals gathered into fractions.

What stands before a reciprocal is its numerator, what stands after it follows the fraction: `\frac{2}{x^{T}Ax}Ax` is the
product of 2, the reciprocal of xᵀAx, A and x, in this order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivtex.core.notation import Binding, Structural
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import Inner, Number, Product
from derivtex.operations.leaves import Symbol
from derivtex.operations.matrix import Trace, Transpose
from derivtex.rewriting.conditions import varies
from derivtex.writing.box import TALL, Piece, join

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas


MANY = 4  # transposes side by side


class Run(NamedTuple):
    """Factors that stand side by side, or over others: a fraction."""

    above: tuple[Term, ...]
    below: tuple[Term, ...] = ()


def product(to: Formulas, term: Operation) -> Piece:
    r"""A product: `2x^{T}A\,dx`, `-\frac{1}{2}XY`."""
    minus, runs = arrange(turned(factors_of(term)))
    if minus and len(runs) == 1 and len(runs[0].above) == 1 and not runs[0].below:
        return to.within(runs[0].above[0], Binding.INNER)._replace(minus=True, binding=Binding.SUM, closed="")
    pieces = [piece for run in runs for piece in _run(to, run, alone=len(runs) == 1)]
    if not pieces:
        pieces = [Piece("1")]
    if len(pieces) == 1 and runs and runs[0].below:
        return pieces[0]._replace(minus=minus, binding=Binding.SUM if minus else Binding.PREFIX)
    text, depth = _side_by_side(to, pieces), max(piece.depth for piece in pieces)
    return Piece(text, Binding.SUM if minus else Binding.PRODUCT, minus, depth)


def turned(factors: tuple[Term, ...]) -> tuple[Term, ...]:
    r"""`(BM^{-1}CM^{-1}A)^{T}` for `A^{T}M^{-T}C^{T}M^{-T}B^{T}`: of many transposes one."""
    chain = [factor for factor in factors if not factor.is_scalar]
    if len(chain) < MANY or not all(type(factor) is Transpose for factor in chain) or factors[-len(chain) :] != tuple(chain):
        return factors
    return (*factors[: -len(chain)], Transpose(Product(tuple(factor.of for factor in reversed(chain)))))


def factors_of(term: Term) -> tuple[Term, ...]:
    """The factors of a product; anything else is a product of itself."""
    notation = getattr(term, "notation", None)
    return term.children if notation == Structural("product") else (term,)


def arrange(factors: tuple[Term, ...]) -> tuple[bool, list[Run]]:
    """The sign and the runs of a product."""
    minus, runs = False, list[Run]()
    above, below = list[Term](), list[Term]()
    first = factors[0]
    if isinstance(first, Number):
        value = abs(first.value)
        minus, factors = first.value < 0, factors[1:]
        above = [Number(value.numerator)] if value.numerator != 1 else []
        below = [Number(value.denominator)] if value.denominator != 1 else []
    under = [reciprocal(factor) for factor in factors]
    last = max((at for at, part in enumerate(under) if part is not None), default=-1)
    for at, (factor, part) in enumerate(zip(factors, under, strict=True)):
        if part is not None:
            below.append(part)
            continue
        if below and isinstance(factor, Symbol) and factor.is_scalar:
            above.append(factor)  # N/2 stays N/2
            continue
        if below and (at > last or any(not isinstance(part, Number) for part in below)):
            runs.append(Run(tuple(above), tuple(below)))
            above, below = [], []
        above.append(factor)
    if above or below:
        runs.append(Run(tuple(above), tuple(below)))
    return minus, _lifted(runs)


def _lifted(runs: list[Run]) -> list[Run]:
    r"""1/‖x‖ times x is set x/‖x‖: behind a reciprocal that is no letter or number, a single factor goes on top (no trace with dX), so do scalars."""
    if len(runs) != 2 or runs[1].below or not all(part.children and not _has_number(part) for part in runs[0].below):
        return runs
    (above, below), behind = runs[0], runs[1].above
    if not above and len(behind) == 1 and _is_movable(behind[0]) and not (behind[0].uses(Trace, Inner) and varies(behind[0])):
        return [Run(behind, below)]
    count = next((at for at, part in enumerate(behind) if not (part.is_scalar and _is_movable(part)) or varies(part)), len(behind))
    chain = behind[count:]
    if chain and chain[0].shape[0].integer == chain[-1].shape[1].integer == 1 and not any(map(varies, chain)):
        count = len(behind)  # a row, matrices and a column: a scalar too
    return [Run((*above, *behind[:count]), below), *([Run(behind[count:])] if behind[count:] else [])]


def _is_movable(term: Term) -> bool:
    if not term.is_scalar and any(reciprocal(part) is not None for part in term.walk()):
        return False  # no fractions in a matrix over a fraction line
    return isinstance(term, Symbol) or bool(term.children and not _is_open(term))


def _is_open(term: Term) -> bool:
    notation = getattr(term, "notation", None)
    return isinstance(notation, Structural) and notation.form == "sigma"


def _has_number(term: Term) -> bool:
    return isinstance(factors_of(term)[0], Number)


def reciprocal(factor: Term) -> Term | None:
    """What a scalar factor with a negative exponent is one over."""
    notation = getattr(factor, "notation", None)
    if not (isinstance(notation, Structural) and notation.form == "power" and factor.is_scalar):
        return None
    base, exponent = factor.children
    if not isinstance(exponent, Number) or exponent.value >= 0:
        return None
    return base if exponent.value == -1 else type(factor)(base, Number(-exponent.value))


def _run(to: Formulas, run: Run, alone: bool) -> list[Piece]:
    """The pieces of a run: its factors, or one fraction."""
    if not run.below:
        return [_factor(to, part, last=at == len(run.above) - 1) for at, part in enumerate(run.above)]
    letters_first = sorted(run.below, key=lambda part: 0 if isinstance(part, (Number, Symbol)) else 1)
    above, below = _plain(to, run.above), _plain(to, tuple(letters_first))
    if to.small and alone and len(above) == len(below) == 1:
        return [Piece(f"{above}/{below}", Binding.PREFIX)]
    return [Piece(rf"\frac{{{above}}}{{{below}}}", Binding.PREFIX, depth=TALL)]


def _plain(to: Formulas, parts: tuple[Term, ...]) -> str:
    """The factors of a numerator or denominator, which needs no brackets around itself."""
    if len(parts) < 2:
        return to.latex(parts[0]) if parts else "1"
    return _side_by_side(to, [_factor(to, part, last=at == len(parts) - 1) for at, part in enumerate(parts)])


def _factor(to: Formulas, part: Term, last: bool) -> Piece:
    return to.within(part, Binding.PREFIX, last)


def _side_by_side(to: Formulas, pieces: list[Piece]) -> str:
    text, before = "", None
    for piece in pieces:
        text = join(text, piece.text, between(to, before, piece)) if before else piece.text
        before = piece
    return text


def begins_with_number(text: str) -> bool:
    """Whether a fraction of numbers stands first, which would make a mixed number of the one before it."""
    return text.startswith(r"\frac{") and text[len(r"\frac{")].isdigit()


def is_negative_number(text: str) -> bool:
    r"""Whether a number stands in brackets for its sign: behind a name it would look like what a function is of."""
    return text.startswith("(-") and text[2:-1].isdigit()


def between(to: Formulas, left: Piece, right: Piece) -> str:
    r"""What keeps two factors apart: nothing, a thin space beside a differential, a dot between numbers."""
    if right.text[0].isdigit() or is_negative_number(right.text) or (left.text[-1].isdigit() and begins_with_number(right.text)):
        return r"\cdot "
    if left.text == to.spelling.differential:
        return r"\cdot "
    return r"\," if left.airy or right.airy or right.led else ""
