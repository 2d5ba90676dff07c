r"""What is asked of an expectation, as what is asked of the mean over many draws: `J(w) = E[(d - w^Tx)^2]` by w."""

from __future__ import annotations

from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.syntax.data import has_expectation
from derivtex.reading.syntax.expectations import distributions_in, laws_of_expectations, with_mean
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import occurring_base
from derivtex.reading.syntax.written import bracketed, exchanged

TOLD = "the expectation is written as the mean over"
MANY, ONE = "NMK", "nijkl"
PASSES = 3


def of_draws(found: list[Statement], reading: Reading, by: tuple[Parts, ...]) -> tuple[list[Statement], str]:
    """The statements with means in the place of the expectations in which a variable stands, and a sentence that says so, empty where there is none.

    What is defined is put into an expectation first, since it is random with what it is made of.
    """
    used = {mark for said in found for mark in key(said.tokens)}
    letters = next((letter for letter in MANY if letter not in used), ""), next((letter for letter in ONE if letter not in used), "")
    constants = {key(occurring_base(name)) for name in by} | {key(each.name) for each in reading.declarations if each.kind == "matrix"}
    if not all(letters):
        return found, ""
    made = [said._replace(sides=tuple(drawn(side, reading, by, constants, letters) for side in said.sides)) for said in found]
    changed = [side for one, other in zip(found, made, strict=True) if one.sides != other.sides for side in one.sides]
    inside = [body.said.start for body in put_in(reading) if any(contains(side, body.left.name) and side is not body.left.name for side in changed)]
    told = f"{TOLD} ${letters[0]}$ draws, which is differentiated in the same way" if changed else ""
    return [said for said in made if said.start not in inside], told


def put_in(reading: Reading) -> list[Body]:
    """The definitions that are put into an expectation."""
    bodies = (body for body in reading.bodies.values() if body.form == "symbol" and body.left.arguments is None and not body.left.below)
    return [body for body in bodies if not has_expectation(body.side)]


def drawn(side: Parts, reading: Reading, by: tuple[Parts, ...], constants: set[Key], letters: tuple[str, str]) -> Parts:
    """A side with its expectations as means; as it was where no variable stands in one, or it cannot be told what is random."""
    if not has_expectation(side):
        return side
    whole = side
    for _ in range(PASSES):
        for body in put_in(reading):
            whole = exchanged(whole, body.left.name, bracketed(body.side))
    inside = {*key(whole)}
    varied = any(set(key(occurring_base(name))) <= inside for name in by) and not is_distributed_by(reading, whole, by)
    mean = with_mean(whole, constants, distributed(reading), letters) if varied else None
    return side if mean is None else mean


def is_distributed_by(reading: Reading, side: Parts, by: tuple[Parts, ...]) -> bool:
    r"""Whether a distribution depends on a variable: `E_{x\sim p_\theta}[f(x,\theta)]`, or `x \sim \mathcal{N}(\mu, \Sigma)` by μ."""
    laws = [law for each in reading.document.formulas for _, law in distributions_in(each.tokens)]
    return any(contains(law, occurring_base(name)) for law in (*laws, *laws_of_expectations(side)) for name in by)


def distributed(reading: Reading) -> set[Key]:
    r"""The names of which a distribution is told, the x of `x \sim \mathcal{N}(\mu, \Sigma)`."""
    return {key(name) for each in reading.document.formulas for names, _ in distributions_in(each.tokens) for name in by_commas(names) if name}


def arguments_of_expectations(reading: Reading) -> tuple[Parts, ...]:
    """The w of `J(w) = E[…]`, where one function is given by an expectation."""
    lefts = [left_side(said.sides[0]) for said in reading.order if said.relations[:1] == ("=",) and all(map(has_expectation, said.sides[1:]))]
    found = [left.arguments for left in lefts if left is not None and left.arguments]
    return found[0] if len(found) == 1 else ()
