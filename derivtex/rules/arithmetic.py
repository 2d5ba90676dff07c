"""Tidying of sums and products: quiet steps that no reader wants to see, each true for itself."""

from __future__ import annotations

from fractions import Fraction

from derivtex.operations import (
    Differential,
    EntryPower,
    Hadamard,
    Identity,
    Inverse,
    MatrixPower,
    Number,
    Ones,
    Product,
    Sum,
    Symbol,
    Transpose,
    Zero,
    zero,
)
from derivtex.operations.elementwise import Abs, Relu, Sign, Step
from derivtex.rules.conditions import varies
from derivtex.rules.page import Page
from derivtex.rules.sameness import monomial
from derivtex.rules.words import column, d, entrywise, identity, inv, matrix, number, ones, power, scalar
from derivtex.terms import Term, Terms

arithmetic = Page("Arithmetic")
A, B, C, X = matrix("A", "m", "n"), matrix("B", "m", "n"), matrix("C", "n", "p"), matrix("X", "n", "n")
x, y, s, t = column("x", "n"), column("y", "m"), scalar("s"), scalar("t")
NUMBER_ONE = Number(1)


def quiet(name: str, *heads: type, says: str, tried_on):
    """A tidying rule by hand."""
    return arithmetic.by_hand(name, *heads, reason="arithmetic", says=says, tried_on=tried_on, cite="algebra", quiet=True)


def is_zero(term: Term) -> bool:
    return type(term) is Zero or (type(term) is Number and term.value == 0) or (type(term) is Symbol and term.has("zero"))


def product(factors: Terms) -> Term:
    """The product of any number of factors."""
    return Product(factors) if len(factors) > 1 else factors[0] if factors else NUMBER_ONE


def coefficient(term: Term) -> tuple[Fraction, Term]:
    """The number in front of a term, and the rest."""
    if type(term) is Number:
        return term.value, NUMBER_ONE
    if type(term) is Product and type(term.factors[0]) is Number:
        return term.factors[0].value, product(term.factors[1:])
    return Fraction(1), term


def scaled(value: Fraction, term: Term) -> Term:
    """A number times a term that has no number in front."""
    if value == 1:
        return term
    if term is NUMBER_ONE:
        return Number(value)
    return Product((Number(value), *(term.factors if type(term) is Product else (term,))))


# Sums.


@quiet("flat sum", Sum, says="a + (b + c) = a + b + c", tried_on=[A + (B + A), A - (B - A)])
def _flat_sum(term: Term) -> Term | None:
    parts: list[Term] = []
    for part in term.terms:
        value, rest = coefficient(part)
        if type(rest) is Sum and abs(value) == 1:
            parts += [scaled(value * own, inner) for own, inner in map(coefficient, rest.terms)]
        else:
            parts.append(part)
    return Sum(tuple(parts)) if len(parts) != len(term.terms) else None


@quiet("zero term", Sum, says="a + 0 = a", tried_on=[Sum((A, Zero(*A.shape))), Sum((Zero(*A.shape), Zero(*A.shape)))])
def _zero_term(term: Term) -> Term | None:
    rest = tuple(part for part in term.terms if not is_zero(part))
    if len(rest) == len(term.terms):
        return None
    return Sum(rest) if len(rest) > 1 else rest[0] if rest else zero(term.shape)


@quiet("single term", Sum, says="the sum of one term", tried_on=[Sum((A,))])
def _single_term(term: Term) -> Term | None:
    return term.terms[0] if len(term.terms) == 1 else None


@quiet("like terms", Sum, says="2a + 3a = 5a", tried_on=[2 * A + 3 * A, A + B - A, s * t + t * s, number(1) + number(2)])
def _like_terms(term: Term) -> Term | None:
    """Equal terms are added; the first one's way of writing stays."""
    first: dict[int, tuple[Fraction, Term]] = {}
    total: dict[int, Fraction] = {}
    for part in term.terms:
        value, key = monomial(part)
        first.setdefault(key, (value, part))
        total[key] = total.get(key, Fraction(0)) + value
    if len(total) == len(term.terms):
        return None
    parts = []
    for key, (value, part) in first.items():
        own, rest = coefficient(part)
        if total[key]:
            parts.append(scaled(own * total[key] / value, rest))
    return Sum(tuple(parts)) if len(parts) > 1 else parts[0] if parts else zero(term.shape)


# Products.


@quiet("flat product", Product, says="A(BC) = ABC", tried_on=[Product((A, A.T * A)), Product((s, Product((t, A)))), Product((s, A.T * A))])
def _flat_product(term: Term) -> Term | None:
    """Inner products are opened where the chain stays the same: not a scalar row·column run inside another chain."""
    chains = sum(not factor.is_scalar for factor in term.factors)
    runs = sum(factor.is_scalar and _has_chain(factor) for factor in term.factors)
    last = term.factors[-1]
    parts: list[Term] = []
    for factor in term.factors:
        if type(factor) is not Product:
            parts.append(factor)
        elif not factor.is_scalar or not _has_chain(factor) or (chains == 0 and runs == 1 and factor is last):
            parts += factor.factors
        else:
            scalars = [part for part in factor.factors if part.is_scalar]
            parts += [*scalars, product(tuple(part for part in factor.factors if not part.is_scalar))]
    return product(tuple(parts)) if tuple(parts) != term.factors else None


def _has_chain(term: Term) -> bool:
    return type(term) is Product and any(not factor.is_scalar for factor in term.factors)


@quiet("scalar runs", Product, says="xᵀy aᵀb = (xᵀy)(aᵀb)", tried_on=[x.T * x * x.T * x])
def _scalar_runs(term: Term) -> Term | None:
    """A chain that is a scalar falls apart into scalars wherever a column meets a row."""
    if not term.is_scalar or len(term.factors) < 3:
        return None
    runs, run = [], []
    for factor in term.factors:
        if factor.is_scalar:
            runs.append((factor,))
            continue
        run.append(factor)
        if factor.shape[1].integer == 1:
            runs.append(tuple(run))
            run = []
    chains = [run for run in runs if len(run) > 1]
    if run or len(chains) < 2:
        return None
    return Product(tuple(map(product, runs)))


@quiet("single factor", Product, says="the product of one factor", tried_on=[Product((A,))])
def _single_factor(term: Term) -> Term | None:
    return term.factors[0] if len(term.factors) == 1 else None


@quiet("zero factor", Product, says="0A = 0", tried_on=[Product((number(0), A))])
def _zero_factor(term: Term) -> Term | None:
    return zero(term.shape) if any(map(is_zero, term.factors)) else None


@quiet("numbers", Product, says="2A3 = 6A", tried_on=[Product((number(2), A, number(3))), Product((s, number(1)))])
def _numbers(term: Term) -> Term | None:
    """Numbers are multiplied and stand first; a one goes."""
    value, count, rest = Fraction(1), 0, []
    for factor in term.factors:
        if type(factor) is Number:
            value, count = value * factor.value, count + 1
        else:
            rest.append(factor)
    if not count or (count == 1 and value != 1 and type(term.factors[0]) is Number):
        return None
    return scaled(value, product(tuple(rest)))


@quiet("scalars first", Product, says="AsB = sAB", tried_on=[Product((A, s)), Product((A, s, C, t)), Product((d(s), A)), Product((d(s), x.T, x))])
def _scalars_first(term: Term) -> Term | None:
    """Scalars stand before the chain; the one that varies stands last, behind a chain if it is dt itself or the chain a scalar."""
    still = tuple(factor for factor in term.factors if factor.is_scalar and not varies(factor))
    moving = tuple(factor for factor in term.factors if factor.is_scalar and varies(factor))
    chain = tuple(factor for factor in term.factors if not factor.is_scalar)
    if moving and chain and term.is_scalar:
        ordered: Terms = (*still, product(chain), *moving)
    elif moving and type(moving[-1]) is Differential:
        ordered = (*still, *chain, *moving)
    else:
        ordered = (*still, *moving, *chain)
    return Product(ordered) if ordered != term.factors else None


@quiet("identity", Product, says="IA = A", tried_on=[identity("m") * A, A * identity("n")])
def _identity(term: Term) -> Term | None:
    chain = [factor for factor in term.factors if not factor.is_scalar]
    rest = [factor for factor in chain if type(factor) is not Identity]
    if len(rest) == len(chain) or not (rest or len(chain) > 1):
        return None
    kept = tuple(factor for factor in term.factors if type(factor) is not Identity)
    return product(kept if rest else (*kept, chain[0]))


@quiet("scalar powers", Product, says="s² s⁻¹ = s", tried_on=[power(s, 2) * power(s, -1), s * power(s, 2)])
def _scalar_powers(term: Term) -> Term | None:
    """Powers of one scalar are one power."""
    bases: dict[tuple, list] = {}
    for factor in term.factors:
        if factor.is_scalar and type(factor) is not Number:
            base, exponent = _as_power(factor)
            bases.setdefault(monomial(base), []).append((base, exponent, factor))
    if all(len(found) == 1 for found in bases.values()):
        return None
    merged = {}
    for found in bases.values():
        total = sum((exponent for _, exponent, _ in found), Fraction(0))
        for _, _, factor in found:
            merged[factor] = NUMBER_ONE
        merged[found[0][2]] = found[0][2] if len(found) == 1 else _power_of(found[0][0], total)
    seen: dict[Term, bool] = {}
    parts = []
    for factor in term.factors:
        if factor not in merged:
            parts.append(factor)
        elif factor not in seen:
            seen[factor] = True
            parts.append(merged[factor])
    return product(tuple(parts))


def _as_power(factor: Term) -> tuple[Term, Fraction]:
    if type(factor) is EntryPower and type(factor.exponent) is Number:
        return factor.base, factor.exponent.value
    return factor, Fraction(1)


def _power_of(base: Term, exponent: Fraction) -> Term:
    return NUMBER_ONE if exponent == 0 else base if exponent == 1 else EntryPower(base, Number(exponent))


@quiet("functions that absorb each other", Product, says="sign(s) s = |s|, relu(s) step(s) = relu(s)",
       tried_on=[Product((Sign(s), s)), Product((Relu(s), Step(s)))])  # fmt: skip
def _absorb(term: Term) -> Term | None:
    for at, factor in enumerate(term.factors):
        partner = factor.of if type(factor) is Sign else Relu(factor.of) if type(factor) is Step else None
        if partner is not None and factor.is_scalar and partner in term.factors:
            other = term.factors.index(partner)
            met = Abs(factor.of) if type(factor) is Sign else partner
            return product(tuple(met if i == other else f for i, f in enumerate(term.factors) if i != at))
    return None


# Entrywise products and powers.


@quiet("scalar entrywise product", Hadamard, says="s ∘ t = st", tried_on=[entrywise(s, t)])
def _scalar_hadamard(term: Term) -> Term | None:
    return Product(term.factors) if term.is_scalar else None


@quiet("flat entrywise product", Hadamard, says="A ∘ (B ∘ C) = A ∘ B ∘ C", tried_on=[entrywise(A, entrywise(B, A))])
def _flat_hadamard(term: Term) -> Term | None:
    parts: list[Term] = []
    for factor in term.factors:
        parts += factor.factors if type(factor) is Hadamard else (factor,)
    return Hadamard(tuple(parts)) if len(parts) != len(term.factors) else None


@quiet("ones and zeros", Hadamard, says="𝟏 ∘ A = A", tried_on=[entrywise(ones("m", "n"), A), entrywise(Zero(*A.shape), A), entrywise(ones("m") * ones("n").T, A)])
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


@quiet("outer products", Hadamard, says="x1ᵀ ∘ 1yᵀ = xyᵀ", tried_on=[entrywise(y * ones("n").T, ones("m") * x.T)])
def _outer(term: Term) -> Term | None:
    """A column spread over the columns and a row spread over the rows."""
    pairs = [factor.factors if type(factor) is Product and len(factor.factors) == 2 else () for factor in term.factors]
    left = next((at for at, pair in enumerate(pairs) if pair and is_ones(pair[1]) and pair[0].shape[1].integer == 1), None)
    right = next((at for at, pair in enumerate(pairs) if pair and is_ones(pair[0]) and pair[1].shape[0].integer == 1), None)
    if left is None or right is None or left == right:
        return None
    met = Product((pairs[left][0], pairs[right][1]))
    return Hadamard(tuple(met if at == left else factor for at, factor in enumerate(term.factors) if at != right))


@quiet("scalars out of an entrywise product", Hadamard, says="sA ∘ B = s(A ∘ B)", tried_on=[entrywise(Product((s, A)), B)])
def _hadamard_scalars(term: Term) -> Term | None:
    scalars: list[Term] = []
    rest: list[Term] = []
    for factor in term.factors:
        own = factor.factors if type(factor) is Product else (factor,)
        scalars += [part for part in own if part.is_scalar]
        chain = tuple(part for part in own if not part.is_scalar)
        rest.append(product(chain) if scalars else factor)
    return Product((*scalars, Hadamard(tuple(rest)))) if scalars else None


@quiet("entrywise powers", Hadamard, says="A ∘ A⁻¹ = 𝟏", tried_on=[entrywise(power(A, 2), power(A, -1)), entrywise(A, power(A, -1))])
def _hadamard_powers(term: Term) -> Term | None:
    """A factor and a power of it are one power."""
    for at, factor in enumerate(term.factors):
        base, exponent = _as_power(factor)
        for other in range(len(term.factors)):
            if other == at:
                continue
            second, power_ = _as_power(term.factors[other])
            if base is second and (exponent != 1 or power_ != 1):
                total = exponent + power_
                new = Ones(*base.shape) if total == 0 else base if total == 1 else EntryPower(base, Number(total))
                return Hadamard(tuple(new if i == min(at, other) else f for i, f in enumerate(term.factors) if i != max(at, other)))
    return None


@quiet("single entrywise factor", Hadamard, says="the product of one factor", tried_on=[Hadamard((A,))])
def _single_hadamard(term: Term) -> Term | None:
    return term.factors[0] if len(term.factors) == 1 else None


@quiet("power", EntryPower, says="a¹ = a, a⁰ = 1, 2³ = 8, (aᵖ)ᵏ = aᵖᵏ", tried_on=[power(A, 1), power(A, 0), power(power(A, 3), 2)])
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
        return Number(base.value ** int(exponent.value))
    if type(base) is EntryPower and type(base.exponent) is Number and whole:
        return EntryPower(base.base, Number(base.exponent.value * exponent.value))
    if type(base) is Ones:
        return base
    return None


@quiet("power of a product", EntryPower, says="(2st)⁻¹ = ½ s⁻¹t⁻¹", tried_on=[power(Product((number(2), s, t)), -1), power(entrywise(A, B), -2)])
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
    if value in (0, 1):
        return None
    return Product((Number(value ** int(exponent.value)), EntryPower(rest, exponent)))


@quiet("scalar one", Ones, Zero, says="a 1 × 1 matrix of ones is 1", tried_on=[ones(1, 1), Zero(*s.shape)])
def _scalar_one(term: Term) -> Term | None:
    if not term.is_scalar:
        return None
    return NUMBER_ONE if type(term) is Ones else Number(0)


# A factor beside its inverse.


@quiet("inverse beside", Product, says="A⁻¹A = I, A(BA)⁻¹ = B⁻¹", tried_on=[inv(X) * X, X * inv(X), X.T * inv(X).T, inv(X * inv(X.T)) * X])
def _cancel(term: Term) -> Term | None:
    chain = tuple(factor for factor in term.factors if not factor.is_scalar)
    scalars = tuple(factor for factor in term.factors if factor.is_scalar)
    for at in range(len(chain) - 1):
        met = meet(chain[at], chain[at + 1])
        if met is not None:
            return product((*scalars, *chain[:at], met, *chain[at + 2 :]))
    return None


def meet(left: Term, right: Term) -> Term | None:
    """The product of two neighbours where one is the other's inverse, or begins or ends what is inverted."""
    size = left.shape[0]
    if left.shape[0] != left.shape[1] or right.shape[0] != right.shape[1]:
        return None
    if _inverts(left, right):
        return Identity(size)
    if type(left) is Inverse and type(left.of) is Product and monomial(left.of.factors[0]) == monomial(right):
        return Inverse(product(left.of.factors[1:]))
    if type(right) is Inverse and type(right.of) is Product and monomial(right.of.factors[-1]) == monomial(left):
        return Inverse(product(right.of.factors[:-1]))
    return _meet_powers(left, right)


def _inverts(left: Term, right: Term) -> bool:
    for one, other in ((left, right), (right, left)):
        if type(one) is Inverse and monomial(one.of) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Inverse and monomial(one.of.of, True) == monomial(other):
            return True
        if type(one) is Transpose and type(one.of) is Symbol and one.of.has("orthogonal") and one.of is other:
            return True
    return False


def _meet_powers(left: Term, right: Term) -> Term | None:
    """XᵖX = Xᵖ⁺¹, X⁻¹Xᵖ = Xᵖ⁻¹, for a power that is written as one."""
    if MatrixPower not in (type(left), type(right)):
        return None
    (base, p), (other, q) = _matrix_power(left), _matrix_power(right)
    if base is not other:
        return None
    total = Sum((p, q))
    if type(p) is Number and type(q) is Number:
        total = Number(p.value + q.value)
    return MatrixPower(base, total)


def _matrix_power(term: Term) -> tuple[Term, Term]:
    if type(term) is MatrixPower:
        return term.base, term.exponent
    return (term.of, Number(-1)) if type(term) is Inverse else (term, NUMBER_ONE)

