"""The last line of a chain: all that multiplies the differential in one place and written shortly, so that the derivative is read at sight."""

from __future__ import annotations

from collections.abc import Callable

from derivtex.calculus.arithmetic import coefficient, negative, product, scaled
from derivtex.calculus.collecting import beside_leaf, collecting, rejoined
from derivtex.calculus.powers import powers
from derivtex.core.errors import NotDerivable
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.identification import gradient
from derivtex.derivation.isolation import Turning
from derivtex.operations import Differential, Inner, Member, Number, Product, Sum, SumOver, Trace, Transpose
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.simplification.common_factors import shortly
from derivtex.simplification.cost import marks
from derivtex.simplification.engine import Place, Rewriting, simplified, tidied
from derivtex.simplification.identities_of_definitions import vanishing
from derivtex.simplification.pulling import pulling, sum_of_a_sum
from derivtex.simplification.shortening import shortened
from derivtex.steps import Sentence

MERGED = "like terms"
LONGEST = 400  # marks: what is longer is not searched for common factors on the way


def close_on_gradient(rewriting: Rewriting, leaf: Term) -> None:
    """Bring a scalar to the one term gᵀdx, tr(GᵀdX) or ⟨G, dX⟩ with G written shortly, where the line becomes shorter."""
    term = rewriting.term
    if not varies(term) or marks(term) > LONGEST or may_be_complex(leaf.of) or type(leaf.of) is Member:
        return
    try:
        value, rest = coefficient(in_short(gradient(term, leaf)))
    except NotDerivable:  # a bracket of several differentials, x^T(A^Tdx + A dx): the line stays as it is
        return
    if type(rest) is Sum and all(coefficient(part)[0] < 0 for part in rest.terms):
        value, rest = -value, negative(rest)
    scalars, chain = scalars_and_chain(rest)
    if not chain:
        return
    if term.uses(Inner) and any(type(part) is Inner and varies(part) for part in term.walk()):
        moving: Term = Inner(product(chain), leaf)
    else:
        moving = beside(Transpose(product(chain)), leaf)
        moving = moving if leaf.shape[1] == ONE else Trace(moving)
    new = tidied(scaled(value, product((*scalars, moving))))
    if marks(new) < marks(term):
        if any(step.rule.name == MERGED and step.pass_ == rewriting.pass_ for step in rewriting.steps):
            rewriting.pass_ += 1  # terms that are each other's transposes are added first: what they have in common is a move of its own
        rewriting.use(shortly, (), new)


def beside(factor: Term, leaf: Term) -> Term:
    """A factor before a change; of one that is a sum over an index each addend, Σaᵢbᵢᵀ dx for (Σaᵢbᵢ)ᵀ dx."""
    plain = tidied(factor)
    total = plain.of if type(plain) is Transpose else plain
    if leaf.shape[1] != ONE or type(total) is not SumOver or type(total.body) is Sum:
        return Product((factor, leaf))
    return SumOver(total.index, tidied(Product((total.body if total is plain else Transpose(total.body), leaf))))


def zeros_told(rewriting: Rewriting) -> list[Sentence]:
    """What was left out because it is zero by the author's definitions: `$\\sum_j z_j$ is 0`."""
    steps = (step for step in rewriting.steps if step.rule is vanishing)
    gone = [part for step in steps for part in step.before.parts(SumOver) if part.is_scalar and not step.after.contains(part)]
    smallest = [part for part in gone if not any(other is not part and part.contains(other) for other in gone)]
    return [Sentence("{} is 0", (part,)) for part in smallest]


def close(rewriting: Rewriting) -> None:
    """Collect what multiplies each differential and write it shortly, where the line becomes shorter."""
    term = rewriting.term
    if not varies(term) or marks(term) > LONGEST:
        return
    trial = Rewriting(term, rewriting.about)
    trial.pass_ = rewriting.pass_
    if type(term) is Sum and trial.first((), (collecting,)):
        trial.tidy()
    parts = len(trial.term.children) if type(trial.term) is Sum else 0
    places: list[Place] = [(at,) for at in range(parts)]
    for place in places or [()]:
        shorten(trial, place)
    if marks(trial.term) < marks(term) + (not term.is_scalar):
        rewriting.adopt(trial)


def close_number(rewriting: Rewriting, turning: Turning, name: Callable[[Rewriting], None]) -> None:
    """The second differential of a number by a number: multiplied out, with what comes out of its sums outside. name: writes names."""
    turning.isolate(rewriting, ())
    rewriting.tidy()
    split(rewriting, name)
    close(rewriting)


def split(rewriting: Rewriting, name: Callable[[Rewriting], None]) -> None:
    """Sums of numbers over an index taken apart and what is constant pulled out, Σ(aᵢ dt − bᵢg dt) = Σaᵢ dt − g² dt, where the line becomes shorter.

    name: writes the names for what stands there then, and now.
    """
    name(rewriting)
    if not rewriting.term.uses(SumOver):
        return
    trial = Rewriting(rewriting.term, rewriting.about)
    trial.pass_ = rewriting.pass_
    for place in sums_of_sums(trial.term, ()):
        part = trial.term.at(place)
        trial.use(sum_of_a_sum, place, Sum(tuple(SumOver(part.index, each) for each in part.body.terms)))
    trial.simplify(pulling)
    name(trial)
    trial.tidy()
    if marks(trial.term) < marks(rewriting.term):
        rewriting.adopt(trial)


def sums_of_sums(term: Term, place: Place) -> list[Place]:
    """The places of sums over an index whose body is a sum, the last ones first."""
    if type(term) is SumOver:
        return [place] if type(term.body) is Sum else []
    return [found for at, child in reversed([*enumerate(term.children)]) for found in sums_of_sums(child, (*place, at))] if type(term) is Sum else []


def shorten(rewriting: Rewriting, place: tuple[int, ...]) -> None:
    """Write shortly what multiplies the differential of an addend; numbers and scalars stand before its trace or inner product. Of a
    Jacobian it is written as the result will be, also where that is no shorter."""
    part = rewriting.term.at(place)
    new = shorter(part)
    if new is not None and new is not part and marks(new) < marks(part) + (not part.is_scalar):
        rewriting.use(shortly, place, new)


def shorter(part: Term) -> Term | None:
    """The addend with its factor written shortly; None where it is no addend with a differential last."""
    value, rest = coefficient(part)
    if type(rest) is Product and type(rest.factors[-1]) is Differential and rest.factors[-1].is_scalar:
        return scaled(value, product((*factors_in_short(product(rest.factors[:-1])), rest.factors[-1])))
    found = beside_leaf(rest)
    if found is None:
        return None
    form, leaf, factor = found
    lies = part.is_scalar and form is not Inner  # the gradient is what stands there, transposed
    scalars, chain = scalars_and_chain(tidied(Transpose(in_short(Transpose(factor)))) if lies else in_short(factor))
    if not chain:
        return None
    joined = beside(product(chain), leaf) if form is Product else rejoined(form, product(chain), leaf)
    return tidied(scaled(value, product((*scalars, joined))))


def factors_in_short(term: Term) -> tuple[Term, ...]:
    found = in_short(term)
    return found.factors if type(found) is Product else () if found is Number(1) else (found,)


def in_short(term: Term) -> Term:
    """A constant part as a result is written."""
    return tidied(simplified(shortened(term), powers))
