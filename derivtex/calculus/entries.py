"""Tidying of entrywise products and powers; quiet steps, each true for itself."""

from __future__ import annotations

from derivtex.calculus.arithmetic import NUMBER_ONE, as_power, coefficient, is_zero, product, total_of
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Entry, EntryPower, Hadamard, Number, Ones, Product, Transpose, Zero, zero
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.operations.elementwise import Abs, Relu, Sign, Step
from derivtex.rewriting.holes import column, entrywise, matrix, number, ones, power, scalar
from derivtex.rewriting.keys import raised
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.patterns import place, scalars

entries = Page("Entries", reason="arithmetic", cite="algebra", quiet=True)
states, by_hand = entries.states, entries.by_hand
A, B = matrix("A", "m", "n"), matrix("B", "m", "n")
x, y, s, t = column("x", "n"), column("y", "m"), scalar("s"), scalar("t")


i, j, p, numbers = place("i"), place("j"), scalar("p"), scalars("s", least=1)


for kind in (lambda *parts: Product(parts), entrywise):
    of, name = (s, "a scalar") if kind is not entrywise else (A, "entries")
    states(f"sign beside {name}", kind(Sign(of), of), Abs(of))
    states(f"step beside relu of {name}", kind(Step(of), Relu(of)), Relu(of))

for kind in (lambda *parts: Product(parts), entrywise):
    of, one, name = (s, number(1), "a scalar") if kind is not entrywise else (A, ones("m", "n"), "entries")
    states(f"squared sign of {name}", kind(Sign(of), Sign(of)), one)  # of what is not zero: a sign came from |t|
    states(f"sign beside the absolute value of {name}", kind(Sign(of), Abs(of)), of)


def remade(term: Term, factors: tuple[Term, ...]) -> Term:
    """A product of the same kind of other factors."""
    if not factors:
        return NUMBER_ONE if term.is_scalar else Ones(*term.shape)
    return product(factors) if type(term) is Product else Hadamard(factors) if len(factors) > 1 else factors[0]

states("even power of an absolute value", power(Abs(A), p), power(A, p), given=[("real", "A"), ("even", "p")], tried_on=[power(Abs(A), 2), power(Abs(s), 4)])


states("scalar entrywise product", Hadamard((numbers,)), Product((numbers,)))


@by_hand("flat entrywise product", Hadamard, why=Why.FLAT, says=r"A\odot (B\odot C) = A\odot B\odot C", tried_on=[entrywise(A, entrywise(B, A))])
def _flat_hadamard(term: Term) -> Term | None:
    parts: list[Term] = []
    for factor in term.factors:
        parts += factor.factors if type(factor) is Hadamard else (factor,)
    return Hadamard(tuple(parts)) if len(parts) != len(term.factors) else None


@by_hand("ones and zeros", Hadamard, why=Why.FLAT, says=r"\mathbf{1}\mathbf{1}^T\odot A = A", tried_on=[entrywise(ones("m", "n"), A), entrywise(Zero(*A.shape), A), entrywise(ones("m") * ones("n").T, A)])
def _units(term: Term) -> Term | None:
    if any(map(is_zero, term.factors)):
        return zero(term.shape)
    rest = tuple(factor for factor in term.factors if not is_ones(factor))
    if len(rest) == len(term.factors):
        return None
    return Hadamard(rest) if len(rest) > 1 else rest[0] if rest else term.factors[0]


def is_ones(term: Term) -> bool:
    """Ones in every entry, also as the product 11ᵀ."""
    if type(term) is Transpose:
        return is_ones(term.of)
    if type(term) is Product and len(term.factors) == 2 and term.factors[0].shape[1].integer == 1:
        return all(map(is_ones, term.factors))
    return type(term) is Ones


@by_hand("entry of a multiple", Entry, why=Why.FLAT, says=r"(\alpha A)_{ij} = \alpha A_{ij}", tried_on=[Entry(Product((s, A)), Number(1), Number(1)), Entry(ones(2) * ones(3).T, Number(1), Number(2))])
def _entry_of_multiple(term: Term) -> Term | None:
    if is_ones(term.of):
        return NUMBER_ONE
    if type(term.of) is not Product:
        return None
    scalars, chain = scalars_and_chain(term.of)
    return Product((*scalars, Entry(product(chain), term.row, term.column))) if scalars and chain else None

states("entry of a number", Entry(s, i, j), s)

states("entry of a transpose", Entry(A.T, i, j), Entry(A, j, i))


@by_hand("outer products", Hadamard, why=Why.TOGETHER, says=r"x\mathbf{1}^T\odot\mathbf{1}y^T = xy^T", tried_on=[entrywise(y * ones("n").T, ones("m") * x.T)])
def _outer(term: Term) -> Term | None:
    """A column spread over the columns and a row spread over the rows."""
    pairs = [column_and_row(factor) for factor in term.factors]
    left = next((at for at, pair in enumerate(pairs) if pair and is_ones(pair[1])), None)
    right = next((at for at, pair in enumerate(pairs) if pair and is_ones(pair[0])), None)
    if left is None or right is None or left == right:
        return None
    met = Product((pairs[left][0], pairs[right][1]))
    return Hadamard(tuple(met if at == left else factor for at, factor in enumerate(term.factors) if at != right))


def column_and_row(term: Term) -> tuple[Term, ...]:
    """The two factors of a column times a row; nothing for other terms, such as a number times a matrix."""
    if type(term) is not Product or len(term.factors) != 2:
        return ()
    column, row = term.factors
    return (column, row) if column.shape[1].integer == row.shape[0].integer == 1 else ()


@by_hand("scalars out of an entrywise product", Hadamard, why=Why.FLAT, says=r"(\alpha A)\odot B = \alpha(A\odot B)", tried_on=[entrywise(Product((s, A)), B)])
def _hadamard_scalars(term: Term) -> Term | None:
    scalars: list[Term] = []
    rest: list[Term] = []
    for factor in term.factors:
        own = factors_of(factor)
        scalars += [part for part in own if part.is_scalar]
        chain = tuple(part for part in own if not part.is_scalar)
        rest.append(product(chain) if scalars else factor)
    return Product((*scalars, Hadamard(tuple(rest)))) if scalars else None


@by_hand("entrywise powers", Hadamard, why=Why.NUMBERS, says=r"x\odot x^{\odot 2} = x^{\odot 3}", tried_on=[entrywise(power(A, 2), power(A, -1)), entrywise(A, power(A, -1))])
def _hadamard_powers(term: Term) -> Term | None:
    """A factor and a power of it are one power."""
    for at, factor in enumerate(term.factors):
        base, exponent = as_power(factor)
        for other in range(len(term.factors)):
            if other == at:
                continue
            second, power_ = as_power(term.factors[other])
            if base is second and (exponent, power_) != (NUMBER_ONE, NUMBER_ONE):
                total = total_of((exponent, power_))
                new = Ones(*base.shape) if total is Number(0) else base if total is NUMBER_ONE else EntryPower(base, total)
                return Hadamard(tuple(new if i == min(at, other) else f for i, f in enumerate(term.factors) if i != max(at, other)))
    return None

states("single entrywise factor", Hadamard((A,)), A)


@by_hand("power", EntryPower, why=Why.NUMBERS, says=r"(\alpha^3)^2 = \alpha^6", tried_on=[power(A, 1), power(A, 0), power(power(A, 3), 2), power(power(A, s), -1)])
def _power(term: Term) -> Term | None:
    base, exponent = term.base, term.exponent
    if type(exponent) is not Number:
        return None
    if exponent.value == 1:
        return base
    if exponent.value == 0:
        return NUMBER_ONE if term.is_scalar else Ones(*term.shape)
    whole = exponent.value.denominator == 1
    if type(base) is Number and whole and base.value and abs(exponent.value) < 64:
        value = raised(base.value, int(exponent.value))
        return None if value is None else Number(value)
    if type(base) is EntryPower and whole:
        inner = base.exponent
        return EntryPower(base.base, Number(inner.value * exponent.value) if type(inner) is Number else Product((exponent, inner)))
    if type(base) is Ones:
        return base
    return None


@by_hand("power of a product", EntryPower, why=Why.NUMBERS, says=r"(2\alpha\beta)^{-1} = \frac12\alpha^{-1}\beta^{-1}", tried_on=[power(Product((number(2), s, t)), -1), power(entrywise(A, B), -2)])
def _power_of_product(term: Term) -> Term | None:
    """A whole power of scalars, or of an entrywise product, is taken of each factor; of a chain a number is taken out."""
    exponent = term.exponent
    if type(exponent) is not Number or exponent.value.denominator != 1 or abs(exponent.value) >= 64:
        return None
    if type(term.base) is Hadamard:
        return Hadamard(tuple(EntryPower(factor, exponent) for factor in term.base.factors))
    if type(term.base) is not Product:
        return None
    if all(factor.is_scalar for factor in term.base.factors):
        return Product(tuple(EntryPower(factor, exponent) for factor in term.base.factors))
    value, rest = coefficient(term.base)
    power = raised(value, int(exponent.value)) if value not in (0, 1) else None
    return None if power is None else Product((Number(power), EntryPower(rest, exponent)))

states("scalar one", Ones(ONE, ONE), number(1))
states("scalar zero", Zero(ONE, ONE), number(0))


