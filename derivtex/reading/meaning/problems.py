r"""The problem that a source states, in settled terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from derivtex.core.errors import Source, SourceError, Span
from derivtex.core.shapes import SCALAR, inferring
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Entry, Member, ScalarCall, ScalarGradient, Symbol, symbol
from derivtex.problem import Claim, Definition, Fault, Problem, Spelling, Template
from derivtex.reading.meaning.bounds import with_fixed_index, within_bounds
from derivtex.reading.meaning.caution import (
    refuse_lost_constraints,
    refuse_made_of_others,
    refuse_misreadings,
    refuse_unread_constraints,
    refuse_words_that_bind,
)
from derivtex.reading.meaning.chains import sides
from derivtex.reading.meaning.conditions import condition, with_conditions
from derivtex.reading.meaning.disambiguation import understood
from derivtex.reading.meaning.entries import key_of
from derivtex.reading.meaning.equations import below, fixed, implied
from derivtex.reading.meaning.lettering import refuse_foreign_names
from derivtex.reading.meaning.opencurves import with_open_curves
from derivtex.reading.meaning.quantities import asked_variables, positive_names
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.slices import note_told_strips
from derivtex.reading.meaning.squares import spelt, wholes
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.traces import join_sizes
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.occurring import marks_in_scripts, names_with_rates
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.words.binding import is_said_to_bind
from derivtex.reading.words.layouts import layout_in_words
from derivtex.simplification.engine import tidied
from derivtex.simplification.names import recognised


def counted(reading: Reading, wrt: str | None) -> frozenset[str]:
    """The letters that count entries or members of what is asked by: they stand for one, and no sum over them goes on."""
    asked = [part for question, _ in reading.questions for part in question.by]
    if wrt is not None:
        asked.append(tokens(Source(wrt, "<wrt>"), macros=reading.macros))
    return frozenset(letter for part in asked for letter in marks_in_scripts(part))


def problem(reading: Reading, of: str | None, wrt: str | None, order: int) -> Problem:
    """The problem that a reading is."""
    reading.counted = counted(reading, wrt)
    found, notes = understood(reading, of, wrt)
    note_told_strips(found.scope)
    join_sizes(found)
    settle = Settling(found.scope, wholes(found.variables, found.scope))
    defined = definitions_in(found, settle)
    functions = {f.name: f._replace(body=settle.term(f.body)) for f in found.defined_functions.values()}
    target = settle.term(found.target)
    variables = tuple(settle.term(variable) for variable in found.variables)
    asked = bool(variables)
    variables = variables or obvious_variable(found, settle, target, reading)
    if not asked:  # `B = …` beside a function of B is what somebody found for it
        defined = tuple(definition for definition in defined if definition.name not in variables)
    statements = [*found.faults, *sides(found, settle)]
    judged = [each for _, each in statements]
    names = asked_variables(reading, wrt)
    if reading.constrained:
        refuse_unread_constraints(found, names, statements)
        refuse_lost_constraints(found, names)
    found.judged_faults = [each for each in judged if isinstance(each, Fault)]
    claimed = [each for each in judged if isinstance(each, Claim)]
    if reading.document.is_formula or not all(map(below(target, defined).__contains__, variables)):
        defined = implied(found, settle, claimed, defined, target, variables)
    about = constraints_among(claimed, found, names, target, variables, defined) if reading.constrained else ()
    said = [claim.span for claim in claimed if condition(claim) is not None or claim in about]
    defined = with_open_curves(found, settle, variables, below(target, defined), defined)
    refuse_misreadings(found, settle, variables, defined, [span[1:] for span in said if span is not None])
    asked_in_source = reading.questions[0][0] if reading.questions else None
    symbols = symbols_of(found, settle)
    made = with_fixed_index(with_conditions(within_bounds(Problem(
        source=reading.source, symbols=symbols, definitions=defined, functions=functions, target=target, wrt=variables,
        order=max(order, asked_in_source.order if asked_in_source else 1), claims=tuple(claimed),
        faults=tuple(found.judged_faults),
        guesses=(*reading.notes, *notes, *widened(found), *found.scope.guesses),
        guessed=frozenset(found.scope.typed(thing.name) for thing in found.scope.guessed.values()),
        spelling=spelling_of(found, settle, symbols), templates=templates(found, settle), asked=asked,
        by_vec=bool(found.inside_vec) and target.is_scalar,
        constraints=about, arguments=arguments(found, settle, target), given=tuple(reading.given),
        layout="" if reading.document.is_formula else layout_in_words(reading.document.items),
    )), positive_numbers(found, settle)))  # fmt: skip
    refuse_foreign_names(made, macros=reading.macros)
    return made


def definitions_in(found: Understanding, settle: Settling) -> tuple[Definition, ...]:
    """What the source defines, in settled terms."""
    spans = {body.key: body.said.span for body in found.reading.bodies.values()}
    made = [Definition(settle.symbol(found.symbols[name]), body_of(name, term, found, settle), spans[name]) for name, term in found.terms.items()]
    bodies = {each.name: each.body for each in made}
    return tuple(fixed(with_open_gradient(each, bodies)) for each in made)


def constraints_among(
    claimed: list[Claim], found: Understanding, names: tuple[Parts, ...], target: Term, variables: tuple[Term, ...], defined: tuple[Definition, ...]
) -> tuple[Claim, ...]:
    """The constraints of a problem that is to be solved; what else binds the unknown, and is told in another way, is refused."""
    opened = [each for each in claimed if not is_further_side(each, defined)]
    about = constraints(opened, target, variables, None if found.reading.document.is_formula else found.reading)
    refuse_words_that_bind(found, names, variables, bool(about))
    refuse_made_of_others(() if about else opened, variables, below(target, defined))
    return about


def spelling_of(found: Understanding, settle: Settling, symbols: Mapping[str, Symbol]) -> Spelling:
    """The author's marks: of the derivative that is asked for, of powers; a letter d that is a name is no mark of a differential."""
    spelling, questions = found.scope.spelling, found.reading.questions
    if questions and questions[0][0].mark != r"\nabla":
        spelling.partial = questions[0][0].mark
    spelling.own, spelling.powers = frozenset(found.reading.macros), spelt(settle.powers.values())
    if "d" in symbols:
        spelling.differential = r"\mathrm{d}"
    return spelling


def positive_numbers(found: Understanding, settle: Settling) -> list[Symbol]:
    """The numbers of which is said that they are positive."""
    things = [found.scope.things.get(key(name)) for name in positive_names(found.reading)]
    names = [settle.term(thing) for thing in things if isinstance(thing, Symbol)]
    return [name for name in names if isinstance(name, Symbol) and name.kind == "scalar"]


def with_open_gradient(definition: Definition, bodies: dict[Symbol, Term]) -> Definition:
    r"""A definition; of `\delta = \frac{\partial L}{\partial y}` with `L = L(y)`, that of δ as the gradient of what is left open."""
    body = definition.body
    of = bodies.get(cast(Symbol, body.of)) if type(body) is Derivative else None
    if type(of) is not ScalarCall or of.of is not body.by or body.shape != of.of.shape:
        return definition
    return definition._replace(body=ScalarGradient(of.function, of.of))


def body_of(name: Key, term: Term, found: Understanding, settle: Settling) -> Term:
    """What a name stands for, in matrix form where that was said entry by entry."""
    body = settle.term(term)
    return recognised(tidied(body)) if name in found.scope.templates else body


def is_claimed_solution(claim: Claim, variables: tuple[Term, ...], told: Reading | None) -> bool:
    r"""Whether a line of a text says what a variable is, `k = \dots`, or is a step on the way there: what somebody found, and no constraint."""
    if told is None or claim.relation != "=" or any(each.span == claim.span for each in told.conditions):
        return False
    sides = ((claim.left, claim.right), (claim.right, claim.left))
    given = any(one in variables and not any(other.contains(variable) for variable in variables) for one, other in sides)
    return given or not (claim.span is None or is_said_to_bind(claim.span))


def constraints(claimed: list[Claim], target: Term, variables: tuple[Term, ...], told: Reading | None = None) -> tuple[Claim, ...]:
    """The equations that bind the variables: no differential and no derivative is in them, nor what is differentiated."""
    found: dict[tuple[Term, str, Term], Claim] = {}  # one that is said twice binds once
    for claim in claimed:
        parts = [*claim.left.walk(), *claim.right.walk()]
        plain = not any(isinstance(part, (Derivative, Differential)) or part is target for part in parts)
        if plain and any(part in variables for part in parts) and not is_claimed_solution(claim, variables, told):
            found.setdefault((claim.left, claim.relation, claim.right), claim)
    return tuple(found.values())


def is_further_side(claim: Claim, defined: tuple[Definition, ...]) -> bool:
    """Whether an equation stands in the chain that defines a name, `f = a = b`, so that it binds nothing."""
    return any(
        claim.span is not None and each.span is not None and claim.span.source is each.span.source
        and each.span.start <= claim.span.start and claim.span.end <= each.span.end
        for each in defined
    )  # fmt: skip


def arguments(found: Understanding, settle: Settling, target: Term) -> tuple[Symbol, ...]:
    """The names in brackets behind the target where it is defined, without those that move by themselves: the costate of a Hamiltonian."""
    moving = {name for each in found.reading.order for name in names_with_rates(each.tokens)}
    body = next((body for body in found.reading.bodies.values() if found.symbols.get(body.key) is found.target), None)
    names = [key(each) for each in body.left.arguments or ()] if body is not None else []
    things = [found.scope.things.get(name) for name in names if name not in moving]
    return tuple(cast(Symbol, settle.term(thing)) for thing in things if isinstance(thing, Symbol))


def templates(found: Understanding, settle: Settling) -> tuple[Template, ...]:
    """The names with indices, the last ones first: they may use those before them. One that renames a name tells nothing."""
    made = []
    for each in found.scope.templates.values():
        body = found.to.bodies.get(key_of(each))
        if body is None or not body.children or type(body) in (Member, Entry):
            continue
        letters = tuple(symbol(letter[0], "scalar", SCALAR, ("integer",)) for letter in each.letters)
        with inferring(found.scope.unifier):
            form = settle.term(body.replace(dict(zip(each.indices, letters, strict=True))))
        if all(map(form.contains, letters)):
            made.append(Template(found.scope.typed(each.latex), letters, (form,)))
    return tuple(reversed(made))


def widened(found: Understanding) -> list[str]:
    """What is said of sums that were read with more than what stands before the next plus."""
    letters = found.scope.lexicon.widened
    return [f"the sum over {letter} goes on behind the plus or minus, as far as {letter} occurs" for letter in letters]


def symbols_of(found: Understanding, settle: Settling) -> dict[str, Symbol]:
    """Every name by its LaTeX; a family by the name it was declared with."""
    result: dict[str, Symbol] = {}
    for name, family in found.scope.families.items():
        result[found.scope.family_names.get(name, found.scope.typed(family.name))] = settle.symbol(family)
    for thing in found.scope.things.values():
        if isinstance(thing, Symbol):
            result.setdefault(found.scope.typed(thing.name), settle.symbol(thing))
    return result


def obvious_variable(found: Understanding, settle: Settling, target: Term, reading: Reading) -> tuple[Term, ...]:
    """The one name that can be meant when nothing is asked."""
    for body in reading.bodies.values():
        if (
            body.form == "symbol"
            and body.left.arguments
            and len(body.left.arguments) == 1
            and found.symbols.get(body.key) is found.target
        ):
            thing = found.scope.things.get(key(body.left.arguments[0]))
            if isinstance(thing, Symbol):
                return (settle.term(thing),)
    leaves = {
        part: None
        for part in expanded(found, found.target)
        if isinstance(part, Symbol) and not part.has("integer") and not part.has("constant")
    }
    if len(leaves) == 1:
        return (settle.term(next(iter(leaves))),)
    listed = ", ".join(part.name for part in leaves) or "none"
    raise SourceError(
        "it is not said by what to differentiate",
        way_out=f"ask with --wrt NAME, or write \\frac{{\\partial f}}{{\\partial X}}; names that occur: {listed}",
        span=Span(reading.source, 0, 1),
    )


def expanded(found: Understanding, target: Term) -> Iterator[Term]:
    """The undefined leaves below a target."""
    bodies = {found.symbols[name]: term for name, term in found.terms.items()}
    seen: dict[Term, None] = {}
    stack = [target]
    while stack:
        term = stack.pop()
        for part in term.walk():
            if part in seen:
                continue
            seen[part] = None
            if part in bodies:
                stack.append(bodies[part])
            elif isinstance(part, Symbol):
                yield part
