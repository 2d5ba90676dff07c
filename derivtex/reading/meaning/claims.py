r"""What an author asserts: `\frac{\partial L}{\partial W} = X^T y^T`, `dL = df\,y`, `A = B`. Differentials and derivatives
become terms; an asserted
line whose sides cannot be read or do not conform is a fault, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import AmbiguityError, DerivtexError, ShapeError, Span
from derivtex.core.shapes import ONE, SCALAR, inferring, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Index, Number, Symbol, zero
from derivtex.problem import Claim, Fault
from derivtex.reading.meaning.arithmetic import negated
from derivtex.reading.meaning.derivatives import derivative_of, variable
from derivtex.reading.meaning.directions import along, of_defined
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.manyindices import MANY_INDICES, adds_derivatives, derives, many_indices
from derivtex.reading.meaning.operatorreach import operator_of
from derivtex.reading.meaning.operators import gradient_of
from derivtex.reading.syntax.places import places_in, without_place
from derivtex.reading.syntax.questions import Question, around_primes, of_primes, question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding

Sides = tuple[Parts, str, Parts, Statement]


def elaborated(found: Understanding, claim: Sides, left: Parts) -> tuple[Term, Term] | Fault:
    """The two sides of a claim with sizes that may be open, or what is wrong with it; left: what its right side is said of."""
    _, _, right, said = claim
    try:
        with inferring(found.scope.unifier), found.scope.attempt():
            asked = of_defined(found, left)
            if asked is not None:
                other = side(found, right, said)
                sides_along = along(found.elaborator_with_differentials(), found, asked, other)
                if sides_along is not None:
                    return sides_along
            made = agreeing(found, left, right, said)
            places(found, claim)
            return made
    except DerivtexError as error:
        fault = Fault.of(text_of(claim), error, span_of(claim))
        if not isinstance(error, ShapeError):
            return fault
        if any(many_indices(found, parts, said) for parts in (left, right)):
            return fault._replace(message=MANY_INDICES, code="indices")
        turned = error.span is not None and any(adds_derivatives(found, parts, said, error.span) for parts in (left, right))
        return fault._replace(message=f"{error.message}; in which layout the derivatives are meant is not told", code="indices") if turned else fault


def agreeing(found: Understanding, left: Parts, right: Parts, said: Statement) -> tuple[Term, Term]:
    r"""Both sides, of one shape; the A of `e^{tA}`, whose sizes nothing tells, is square if it can be."""
    scope = found.scope
    scope.open_functions = False
    made = both(found, left, right, said)
    if scope.open_functions and not scope.deciding:
        scope.deciding = True
        try:
            with scope.unifier.trial():
                made = both(found, left, right, said)
        except DerivtexError:
            pass  # entry by entry then, which is doubted where it is of a matrix
        finally:
            scope.deciding = False
    return made


def both(found: Understanding, left: Parts, right: Parts, said: Statement) -> tuple[Term, Term]:
    one, other = side(found, left, said), side(found, right, said)
    agree(found, one, other)
    return one, other


def is_readable(found: Understanding, parts: Parts, said: Statement) -> bool:
    """Whether a side can be elaborated by itself."""
    try:
        with inferring(found.scope.unifier), found.scope.attempt(keep=False):
            side(found, parts, said)
    except DerivtexError:
        return False
    return True


def agree(found: Understanding, one: Term, other: Term) -> None:
    """Make the open sizes of two sides agree; of a derivative only where all do, for it may be meant in the other layout. Raises AmbiguityError
    where `\\nabla h` is read as the derivative of a bare h by itself, and the other side is no number."""
    for each, beside in ((one, other), (other, one)):
        alone = isinstance(each, Derivative) and each.of is each.by and not isinstance(beside, (Symbol, Number))
        if alone and found.scope.unifier.resolve(beside.shape[0]) != ONE:
            raise AmbiguityError(f"it is not said by what {each.of} is differentiated", way_out=r"write \nabla_x")
    if not isinstance(one, Derivative) and not isinstance(other, Derivative):
        all(map(same, one.shape, other.shape))
        return
    try:
        with found.scope.unifier.trial():
            if not all(map(same, one.shape, other.shape)):
                raise ShapeError("another layout")
    except ShapeError:
        return


def settled(settle: Settling, claim: Sides, one: Term, other: Term) -> Claim | Fault:
    """A claim, or what is wrong with it."""
    is_open = is_strict = False
    try:
        with inferring(settle.scope.unifier):
            left, right = settle.term(one), settle.term(other)
        left, right = zeros(left, right), zeros(right, left)
        is_open, is_strict = may_be_otherwise(settle, left, right), is_of_arrays(left) or differs_in_names(left, right)
        if is_entry_of_other(left, right) or is_entry_of_other(right, left):
            return Fault(text_of(claim), "one side is an entry, and the other is all of them", span_of(claim), "indices")
        return Claim(fitted(left, right), "=" if claim[1] == ":=" else claim[1], right, text_of(claim), span_of(claim))
    except DerivtexError as error:
        return Fault.of(text_of(claim), error, span_of(claim))._replace(open=is_open, strict=is_strict)


def is_of_arrays(left: Term) -> bool:
    """Whether a side is the derivative of an array by an array, which authors lay out in many ways."""
    return isinstance(left, Derivative) and left.form == "vec"


def differs_in_names(left: Term, right: Term) -> bool:
    """Whether two sides that are no derivatives have sizes with other names, which may be equal where they stand."""
    pairs = [(one, other) for one, other in zip(left.shape, right.shape, strict=True) if one != other]
    return not isinstance(left, Derivative) and all(one != ONE != other and one.names and other.names for one, other in pairs)


def may_be_otherwise(settle: Settling, left: Term, right: Term) -> bool:
    """Whether sides that do not conform could, if a name that is a side alone were of another kind, or sizes that nothing tells agreed."""
    guessed = {thing.name for thing in settle.scope.guessed.values()}
    for side in (left, right):
        whole = side.of if isinstance(side, Differential) or (isinstance(side, Derivative) and not side.of.is_scalar) else side
        if isinstance(whole, Symbol) and whole.name in guessed:
            return True
    made = {name for dim in settle.named.values() for name in dim.names}
    pairs = [(one, other) for one, other in zip(left.shape, right.shape, strict=True) if one != other]
    return bool(pairs) and all(one != ONE != other and made.intersection((*one.names, *other.names)) for one, other in pairs)


def is_entry_of_other(one: Term, other: Term) -> bool:
    """Whether a side is a number with free indices, and the other a vector or matrix: authors write X_{kl} for X and go on with X."""
    if not one.is_scalar or other.is_scalar:
        return False
    bound = {part.__dict__[name] for part in one.walk() for name, what in part.field_kinds.items() if what == "Index"}
    return any(isinstance(part, Index) and part not in bound for part in one.walk())


def places(found: Understanding, claim: Sides) -> list[tuple[Term, Term]]:
    """The names of which a bar behind a side says what they are there, with that. Raises ShapeError where it does not conform."""
    to = found.elaborator_with_differentials()
    told = [each for side in (claim[0], claim[2]) for each in places_in(side)]
    at = [(to.term(found.node(name)), to.term(found.node(value))) for name, value in told]
    if not all(isinstance(name, Symbol) and (value is Number(0) or all(map(same, name.shape, value.shape))) for name, value in at):
        raise ShapeError("what stands below the bar is no name with a value of its shape")
    return [(name, zeros(value, name)) for name, value in at]


def placed(found: Understanding, settle: Settling, claim: Sides, item: Claim | Fault) -> Claim | Fault:
    """A claim with the places at which its sides are taken."""
    if isinstance(item, Fault):
        return item
    with inferring(settle.scope.unifier):
        return item._replace(at=tuple((settle.term(name), settle.term(value)) for name, value in places(found, claim)))


def text_of(claim: Sides) -> str:
    """A claim as it is typed, without the words between formulas of which the second goes on with the first."""
    left, relation, right, said = claim
    sides = [said.source.text[side[0].start : side[-1].end].strip() for side in (left, right)]
    apart = "\n\n" in said.source.text[left[-1].end : right[0].start]
    return f" {relation} ".join(sides) if apart else said.source.text[left[0].start : right[-1].end].strip()


def span_of(claim: Sides) -> Span:
    left, _, right, said = claim
    return said.span._replace(start=left[0].start, end=right[-1].end)


def zeros(term: Term, beside: Term) -> Term:
    """The number 0 as the zero of what it is said to be equal to."""
    return zero(beside.shape) if term is Number(0) else term


def fitted(left: Term, right: Term) -> Term:
    """The left side in the layout that fits the right; an error where neither does."""
    if left.shape == right.shape:
        return left
    if isinstance(left, Derivative) and (left.columns, left.rows) == right.shape:
        return Derivative(left.of, left.by, left.form, left.columns, left.rows)
    if isinstance(left, Derivative):
        raise ShapeError(misfit(left, right))
    raise ShapeError(f"the left side is {size_text(left.shape)}, the right side {size_text(right.shape)}")


def misfit(left: Derivative, right: Term) -> str:
    """Why a derivative cannot be what stands on the right."""
    of, by = left.of, left.by
    if left.form == "vec":
        return (
            f"the derivative of what is {size_text(of.shape)} by what is {size_text(by.shape)} has more than two indices "
            f"(as a matrix, of vec by vec, it is {size_text(left.shape)}); the right side is {size_text(right.shape)}"
        )
    other = size_text((left.columns, left.rows))
    layouts = f", or {other} in the other layout," if other != size_text(left.shape) else ","
    return f"the derivative is {size_text(left.shape)}{layouts} not {size_text(right.shape)}"


def side(found: Understanding, parts: Parts, said: Statement) -> Term:
    """A side of a claim as a term."""
    to, parts = found.elaborator_with_differentials(), without_place(parts)
    asked = question(parts) or of_primes(parts, arguments_of(found, parts))
    if asked is not None and (whole := of_question(found, to, asked)) is not None:
        return whole
    if (
        key(parts[:1]) == ("-",)
        and (asked := question(parts[1:])) is not None
        and (whole := of_question(found, to, asked)) is not None
    ):
        return negated(whole)
    node = found.node(parts, said.source)
    operator = operator_of(node)
    if operator is not None and operator.by and (target := last_number(found, said)) is not None:
        return derivative_of(target, to.term(found.node(operator.by[0])), operator.order)
    return to.term(node)


def arguments_of(found: Understanding, parts: Parts) -> dict[Key, tuple[Parts, ...] | None]:
    """The arguments of the functions that are defined; and of a name before a prime, `S'(x)`, where `S(x)` stands elsewhere."""
    known = {name: body.left.arguments for name, body in found.reading.bodies.items() if body.form != "function"}
    before, behind = around_primes(parts)
    name, whole = key(before), key((*before, *behind))
    if name and name not in known and not has_slope(found, name) and [token.text for token in (*behind[:1], *behind[-1:])] == ["(", ")"]:
        sides = (key(side) for said in found.reading.order for side in said.sides)
        if any(side[k : k + len(whole)] == whole for side in sides for k in range(len(side))):
            known[name] = (behind[1:-1],)
    return known


def has_slope(found: Understanding, name: Key) -> bool:
    r"""Whether a name is that of a function whose primes are read where it is applied: one that is declared, or `\sigma` by itself."""
    scope = found.scope
    known = name in scope.declared or name in scope.defined or name in scope.families
    return name in scope.functions or name in scope.called or (name == (r"\sigma",) and not known)


def last_number(found: Understanding, said: Statement) -> Term | None:
    r"""The number that was defined last before a statement: what `\nabla_X = …` and `\frac{\partial}{\partial X} = …` are of."""
    before = [body for body in found.reading.bodies.values() if body.said.start < said.start and body.key in found.symbols]
    numbers = [found.symbols[body.key] for body in before if found.scope.unifier.shape(found.symbols[body.key].shape) == SCALAR]
    return numbers[-1] if numbers else None


def of_question(found: Understanding, to: Elaborator, asked: Question) -> Term | None:
    """The derivative that a question names; None when it is a part of a longer side."""
    if not asked.of or len(asked.by) > asked.order or (not asked.by and asked.mark != r"\nabla"):
        return None
    node = found.node(asked.of)
    if node.form == "sum" and (asked.mark == r"\nabla" or any(derives(part) for part in node.parts[1:])):
        return None
    of = to.term(node)
    if not asked.by:
        return gradient_of(to, node, of, asked.order)
    variables = [variable(to, found.node(by)) for by in asked.by]
    if len(variables) == 2:
        return derivative_of(derivative_of(of, variables[0]), variables[1])
    return derivative_of(of, variables[0], asked.order)
