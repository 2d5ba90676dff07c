r"""The forms with a grammar of their own: sums, products and fractions, powers, sums over an index, entries, differentials, ...

Each takes the writer and the term and gives a piece; `STRUCTURAL` finds them by the name of the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from derivtex.core.notation import Binding, Letter
from derivtex.core.terms import Operation, Term
from derivtex.operations.arithmetic import EntryPower, Number, Product
from derivtex.operations.equations import placeholder
from derivtex.operations.frechet import Frechet
from derivtex.operations.leaves import Symbol, symbol
from derivtex.operations.structure import Identity
from derivtex.operations.sums import Member
from derivtex.simplification.cost import is_negative
from derivtex.writing.box import TALL, Piece, index_script, join, script
from derivtex.writing.derivatives import derivative, differential, open_jacobian, scalar_gradient, scalar_hessian
from derivtex.writing.products import factors_of, product
from derivtex.writing.sigmas import before, delta, sigma

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas


def leaf(name: str) -> Piece:
    """A name as its author typed it; one that carries a superscript already cannot take another without brackets."""
    open_ = 0
    for character in name:
        open_ += {"{": 1, "}": -1}.get(character, 0)
        if character == "^" and not open_:
            return Piece(name, Binding.POWER)
    if name in SWALLOWING:
        return Piece(name, Binding.PREFIX, closed=f"({name})")
    return Piece(name)


SWALLOWING = (r"\cos", r"\sin", r"\tan", r"\exp")  # names, of an author's function, that would take what follows for their argument


def number(to: Formulas, term: Operation) -> Piece:
    r"""A number: `3`, `\frac{1}{2}`; in an exponent `1/2`."""
    size: Fraction = abs(term.value)
    if size.denominator == 1:
        return Piece(str(size), Binding.ATOM if term.value >= 0 else Binding.SUM, minus=term.value < 0)
    text = f"{size.numerator}/{size.denominator}" if to.small else rf"\frac{{{size.numerator}}}{{{size.denominator}}}"
    return Piece(text, Binding.PREFIX if term.value > 0 else Binding.SUM, minus=term.value < 0, depth=TALL)


def total(to: Formulas, term: Operation) -> Piece:
    """A sum: a term with a negative coefficient is taken away."""
    pieces = addends(to, term)
    text = " ".join(signed(piece, first=at == 0) for at, piece in enumerate(pieces))
    return Piece(text, Binding.SUM, depth=max(piece.depth for piece in pieces))


def signed(piece: Piece, first: bool) -> str:
    """A term of a sum with its sign; the first needs none unless it is taken away."""
    return piece.signed() if first else f"{'-' if piece.minus else '+'} {piece.text}"


def addends(to: Formulas, term: Operation) -> list[Piece]:
    """The terms of a sum, a sum among them in brackets."""
    beside_identity = not term.is_scalar and any(type(factor) is Identity for part in term.terms for factor in factors_of(part))
    pieces = [to.piece(part) if beside_identity else addend(to, part) for part in term.terms]  # I − 1 would be a number less
    return [to.bracketed(piece) if piece.binding <= Binding.SUM and not piece.minus else piece for piece in pieces]


def addend(to: Formulas, part: Term) -> Piece:
    """A term of a sum; a constant that is written in another way there keeps the author's mark if he has one."""
    minus, (first, *others) = False, factors_of(part)
    if others and first is Number(-1):
        minus, (first, *others) = True, others
    notation = getattr(first, "notation", None)
    if others or not isinstance(notation, Letter) or not notation.in_sum or type(first).__name__ in to.spelling.marks:
        return to.piece(part)
    return Piece(notation.in_sum, minus=minus, binding=Binding.SUM if minus else Binding.ATOM)


def power(to: Formulas, term: Operation) -> Piece:
    r"""A power: `x^{2}`, `\sqrt{x}`, `\frac{1}{x}`; of every entry of a matrix, `X^{\odot 2}`."""
    base, exponent = term.children
    entrywise = to.spelling.mark(type(term), term.notation.mark)
    if not term.is_scalar and entrywise:
        held = to.within(base, Binding.ATOM, last=False)
        return Piece(f"{held.text}^{script(join(entrywise, ' ' + to.in_small(exponent)))}", Binding.POWER, depth=held.depth)
    if isinstance(exponent, Number) and exponent.value < 0 and term.is_scalar:
        return product(to, term)
    if isinstance(base, Symbol) and isinstance(exponent, Number) and base.name in to.spelling.powers:
        raised, own = to.spelling.powers[base.name]  # of the variable \sigma^2: its square is \sigma^4, its root \sigma
        whole = own * exponent.value
        return Piece(raised) if whole == 1 else Piece(f"{raised}^{script(to.in_small(Number(whole)))}", Binding.POWER)
    if exponent is Number(Fraction(1, 2)) and term.is_scalar:
        text = rf"\sqrt{{{to.latex(base)}}}"
        return Piece(text, Binding.PREFIX, depth=TALL, closed=text)
    held = to.within(base, Binding.ATOM, last=False)
    return Piece(f"{held.text}^{script(to.in_small(exponent))}", Binding.POWER, depth=held.depth)


def root(to: Formulas, term: Operation) -> Piece:
    """A square root of a matrix: `X^{1/2}`."""
    held = to.within(term.children[0], Binding.ATOM, last=False)
    return Piece(f"{held.text}^{{1/2}}", Binding.POWER, depth=held.depth)


def entry(to: Formulas, term: Operation) -> Piece:
    r"""A member of a family or an entry: `x_i`, `A_{ij}`, `(Ax)_i`."""
    of, *places = term.children
    if len(places) == 2 and of.shape[1].integer == 1:
        places = places[:1]
    if isinstance(of, Symbol) and of.name in to.spelling.above:
        return Piece(of.name + index_above(to.spelling.above[of.name], to.in_small(places[0])), Binding.POWER)
    raised = type(of) is Member and isinstance(of.family, Symbol) and of.family.name in to.spelling.above
    base = to.piece(of) if raised else to.within(of, Binding.ATOM, last=False)
    if (isinstance(of, Symbol) and "_" in of.name) or (type(of) is Member and not raised):
        base = to.bracketed(base)
    piece = indexed(to, base, places)
    return piece._replace(binding=Binding.POWER) if raised else piece


def index_above(brackets: str, index: str) -> str:
    """An index written above, in the brackets of its author: `^{(i)}`."""
    return f"^{{{brackets[0]}{index}{brackets[1]}}}"


def indexed(to: Formulas, base: Piece, places: Iterable[Term]) -> Piece:
    """A name or a formula with indices below it."""
    marks = [to.in_small(place) for place in places]
    text = ("" if all(len(mark) == 1 and mark.isalpha() for mark in marks) else ",").join(marks)
    return Piece(f"{base.text}_{index_script(text)}", depth=base.depth, airy=base.airy)


def call(to: Formulas, term: Operation) -> Piece:
    """An author's function, with a prime for each derivative: `g''(x)`."""
    order = getattr(term, "order", 0)
    primes = "'" * order if order < 4 else f"^{{({order})}}"
    inner = to.bracketed(to.piece(term.of))
    return Piece(term.function + primes + inner.text, depth=inner.depth)


def eigenvalue(to: Formulas, term: Operation) -> Piece:
    r"""An eigenvalue or singular value: `\lambda_{\max}(A)`, `\sigma_i(A)`."""
    of, index = term.children
    ends = {"descending": r"\max", "ascending": r"\min"}
    place = ends[term.order] if index is Number(1) else to.in_small(index)
    inner = to.bracketed(to.piece(of))
    return Piece(f"{term.notation.mark}_{index_script(place)}{inner.text}", depth=inner.depth)


def integral(to: Formulas, term: Operation) -> Piece:
    r"""An integral over a number from 0 to 1 or to infinity, `\int_0^1 e^{sX}\,dX\,e^{(1-s)X}\,ds`; the equation that says the same shorter."""
    if isinstance(term, Frechet) and term.solution is not None:
        return solution(to, term.solution)
    if isinstance(term, Frechet) and not term.is_integral:
        return change(to, term)
    letter = integration_letters(to, term)[0]
    form, inner = term.form, to.piece(term.integrand(symbol(letter, "scalar")))
    held = to.bracketed(inner) if inner.binding <= Binding.SUM or inner.minus else inner
    factor = "" if form.factor is Number(1) else to.piece(form.factor).text
    sign = rf"\int_{index_script(form.lower)}^{index_script(form.upper)} "
    behind = join(to.spelling.differential, letter)
    return Piece(rf"{factor}{sign}{held.text}\,{behind}", Binding.PREFIX, depth=TALL, closed=None)


def integration_letters(to: Formulas, term: Term) -> list[str]:
    """Letters for what is integrated over: none that stands for something, inside or around it, and others than those of integrals inside."""
    used = to.taken | {part.name for part in term.walk() if isinstance(part, Symbol)}
    free = [letter for letter in "srtauvwz" if letter not in used]
    return free[2 * integrals_inside(term) :] or free


def integrals_inside(term: Term) -> int:
    """How many integrals stand in each other inside a term."""
    return max((integrals_inside(child) + isinstance(getattr(child, "form", None), tuple) for child in term.children), default=0)


def double_integral(to: Formulas, term: Operation) -> Piece:
    r"""An integral over one or two numbers: `\int_0^1\int_0^{s} e^{(1-s)X}E\,e^{(s-r)X}F\,e^{rX}\,dr\,ds`."""
    letters = integration_letters(to, term)[:2]
    form, (s, r) = term.form, (symbol(letter, "scalar") for letter in letters)
    inner = to.piece(form.integrand(term.of, term.first, term.second, s, r))
    factor = "" if form.factor is Number(1) else to.piece(form.factor).text
    signs = "".join(rf"\int_{index_script('0')}^{index_script(limit.format(s=letters[0]))}" for limit in form.limits)
    behind = "".join(rf"\,{join(to.spelling.differential, letter)}" for letter in reversed(letters[: len(form.limits)]))
    return Piece(rf"{factor}{signs} {inner.text}{behind}", Binding.PREFIX, depth=TALL, closed=None)


def change(to: Formulas, term: Operation) -> Piece:
    r"""The change of a power in a direction: `L_{X^{k}}(E)`."""
    inner = to.bracketed(to.piece(term.direction))
    return Piece(rf"L_{{{to.in_small(term.power)}}}{inner.text}", depth=inner.depth)


def applied(to: Formulas, term: Operation) -> Piece:
    r"""A mark before its argument in brackets: `\Phi(X)`."""
    inner = to.bracketed(to.piece(term.of))
    return Piece(term.notation.mark + inner.text, depth=inner.depth)


def solution(to: Formulas, term: Operation) -> Piece:
    r"""The solution of a linear equation, by what stands around the unknown: `\mathcal{S}_{A\cdot+\cdot B}(C)`."""
    inner = to.bracketed(to.piece(term.of))
    return Piece(rf"\mathcal{{S}}_{{{to.in_small(term.applied(placeholder(term.shape)))}}}{inner.text}", depth=inner.depth)


def fixed_point(to: Formulas, term: Operation) -> Piece:
    r"""What a function sends to itself: `\operatorname{fix}_{z}(F(z))`."""
    inner = to.bracketed(to.piece(term.body))
    return Piece(rf"\operatorname{{fix}}_{{{to.in_small(term.unknown)}}}{inner.text}", depth=inner.depth)


def eigenvector(to: Formulas, term: Operation) -> Piece:
    r"""An eigenvector or singular vector that has no name of its own: `u_{\max}(A)`, `v_i(A)`."""
    of, index = term.children
    ends = {"descending": r"\max", "ascending": r"\min"}
    place = ends[term.order] if index is Number(1) else to.in_small(index)
    inner = to.bracketed(to.piece(of))
    return Piece(f"{term.letters[term.side][0]}_{index_script(place)}{inner.text}", depth=inner.depth)


def eigenvectors(to: Formulas, term: Operation) -> Piece:
    r"""Eigenvectors side by side: `U_{k,\max}(A)`; one alone `u_{\max}(A)`; of a pair of matrices `u_{\max}(A, B)`."""
    end, alone = {"descending": r"\max", "ascending": r"\min"}[term.order], term.count.integer == 1
    pair = (term.of,) if type(term.metric).__name__ == "Identity" else (term.of, term.metric)
    inner = ", ".join(map(to.latex, pair))
    place = index_script(end if alone else f"{term.count},{end}")
    return Piece(rf"{'u' if alone else 'U'}_{place}({inner})", depth=max(to.piece(each).depth for each in pair))


def unit_vector(to: Formulas, term: Operation) -> Piece:
    """The unit vector at an index: `e_i`."""
    return Piece(f"{to.mark(term)}_{index_script(to.in_small(term.children[0]))}")


def single_entry(to: Formulas, term: Operation) -> Piece:
    """The matrix with a single one: `J^{ij}`."""
    return Piece(f"{to.mark(term)}^{script(''.join(to.in_small(place) for place in term.children))}", Binding.POWER)


def share(to: Formulas, term: Operation) -> Piece:
    r"""`\frac{\exp(z_i)}{\sum_j \exp(z_j)}`, and a matrix with the number before it."""
    of, whole = term.children
    over = any(type(factor) is EntryPower and is_negative(factor.exponent) for factor in factors_of(of))
    return product(to, Product((EntryPower(whole, Number(-1)), *(factors_of(of) if over and to.named(of) is None else (of,)))))


def grid(to: Formulas, term: Operation) -> Piece:
    """A matrix of blocks or entries."""
    rows = [" & ".join(to.latex(block) for block in row) for row in term.grid]
    return Piece(
        r"\left(\begin{array}{" + "c" * term.across + "}" + r" \\ ".join(rows) + r"\end{array}\right)", depth=TALL, own=True
    )


STRUCTURAL = {
    "number": number,
    "sum": total,
    "product": product,
    "power": power,
    "share": share,
    "root": root,
    "sigma": sigma,
    "entry": entry,
    "call": call,
    "scalar gradient": scalar_gradient,
    "scalar hessian": scalar_hessian,
    "open jacobian": open_jacobian,
    "eigenvalue": eigenvalue,
    "eigenvector": eigenvector,
    "eigenvectors": eigenvectors,
    "solution": solution,
    "fixed point": fixed_point,
    "applied": applied,
    "integral": integral, "double integral": double_integral,
    "change": change,
    "unit vector": unit_vector,
    "single entry": single_entry,
    "delta": delta,
    "before": before,
    "grid": grid,
    "differential": differential,
    "derivative": derivative,
}
