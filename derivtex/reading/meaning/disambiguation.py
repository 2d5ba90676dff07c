r"""The kinds of names that nobody declared: what the evidence of all statements tells, in one search, for the one elaboration that follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derivtex.core.errors import DerivtexError, ShapeError
from derivtex.reading.meaning.kinds.candidates import Use
from derivtex.reading.meaning.kinds.exponents import STAR
from derivtex.reading.meaning.kinds.search import Choice, Found, search
from derivtex.reading.meaning.kinds.search import reading as reading_of
from derivtex.reading.meaning.kinds.sentences import both_readings, decided, repairs, sentences, untried
from derivtex.reading.meaning.kinds.statements import Scope, scope_of
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.understanding import TIMES, Understanding
from derivtex.reading.syntax.tree import Key, Node, key

SILENT = ("thin", "entries", "number", "function")  # kinds that elaboration finds by itself, or that are made known otherwise


def understood(reading: Reading, of: str | None, wrt: str | None) -> tuple[Understanding, list[str]]:
    """The source with the kinds that the evidence tells, and what was chosen against the convention.

    Raises a ShapeError with the nearest repairs where nothing conforms, an AmbiguityError where two readings are equally near.
    """
    asked: dict[Key, str] = {name: "matrix" for name in LETTERS_OF_FUNCTIONS if wrt is not None and wrt.strip() == name[0]}
    first = Understanding(reading, asked)
    target, wanted = first.asked(of, wrt)
    scope = scope_of(first, target)
    found = decided(scope, search(scope))
    choice = without_undecided_strips(scope, found)
    apart = members_apart(first, target, wanted, scope, choice)
    asked = {**asked, **dict.fromkeys(apart, "family vector")}
    attempt = with_kinds(first, scope, choice, asked)
    try:
        attempt.run(target, wanted)
    except ShapeError as error:
        shift = with_kinds(first, scope, choice, asked)
        shift.times_are_numbers = False
        if attempt.scope.asked.isdisjoint(TIMES) or not conforms(shift, target, wanted):
            error.way_out = "; ".join(text for text in (*repairs(scope, found), error.way_out, *untried(scope, found, {})) if text)
            raise
        attempt = shift  # by the t of Rx + t, which is a shift and no time
    names = {name: thing.name for name, thing in attempt.scope.guessed.items()}
    rival = found.runner_up if choice is found.best and not found.best.misfits else None
    if rival is not None and conforms(with_kinds(first, scope, rival, {}), target, wanted):
        raise both_readings(scope, found, names)
    return attempt, [*apart_in_words(apart), *sentences(scope, choice, names), *untried(scope, found, names)]


def members_apart(first: Understanding, target: Node | Key, wanted: list[Node], scope: Scope, choice: Choice) -> dict[Key, str]:
    """The small letters with an index of which it is not decided whether they are rows or columns of their capital, where what is
    differentiated and by what has no use of that: a family by itself. Each with how it is written."""
    nodes = [body.node for body in first.needed(target)] + ([target] if isinstance(target, Node) else [])
    used = {name for node in nodes for name in first.used(node)} | {key(by.tokens) for by in wanted}
    return {small: member for small, capital, member in undecided_members(scope, choice) if capital not in used}


def apart_in_words(apart: dict[Key, str]) -> list[str]:
    return [f"{member} is a vector; which rows or columns it has in a matrix is not used" for member in apart.values()]


def members_alone(scope: Scope, choice: Choice) -> dict[Key, str]:
    """The same where lines are checked: those that no claim brings together with their capital, by way of definitions either."""
    undecided = list(undecided_members(scope, choice))
    if not undecided:
        return {}
    bodies = {each.defines: each.names for each in scope.statements if each.defines}
    together = [closure(bodies, each.names) for each in scope.statements if each.asserted]
    return {small: member for small, capital, member in undecided if not any(small in names and capital in names for names in together)}


def undecided_members(scope: Scope, choice: Choice) -> Iterator[tuple[Key, Key, str]]:
    """Each small letter with an index of which a choice leaves open whether it is a row or a column of its capital; that, and how it is written."""
    for name, (member, _) in scope.walker.strips.items():
        small, letter = name[:-1], name[-2]
        if len(letter) == 1 and letter.islower() and not scope.walker.is_known(small) and name not in choice.changed:
            yield small, (*name[:-2], letter.upper()), member


def closure(bodies: Mapping[Key, frozenset[Key]], own: frozenset[Key]) -> set[Key]:
    """The names of a statement and of the definitions that it uses. bodies: the names in each definition."""
    names, waiting = set[Key](), [own]
    while waiting:
        new = waiting.pop() - names
        names |= new
        waiting += [bodies[name] for name in new if name in bodies]
    return names


def conforms(attempt: Understanding, target: Node | Key, wanted: list[Node]) -> bool:
    """Whether a choice can be elaborated as well."""
    try:
        attempt.run(target, wanted)
    except DerivtexError:
        return False
    return True


def with_kinds(first: Understanding, scope: Scope, choice: Choice, asked: dict[Key, str]) -> Understanding:
    """The source with the kinds of a choice, ready to be elaborated."""
    found = {name: each.kind for name, each in scope.kinds(choice.changed).items()}
    strips = {name: found.pop(name) for name in scope.walker.strips if name in found}
    star = found.pop(STAR, "name")
    kinds = {**asked, **{name: kind for name, kind in found.items() if kind not in SILENT}}
    attempt = first.with_kinds(kinds)
    attempt.scope.strips = {**{(*name, "_"): ways[0] for name, ways in first.reading.strips.items() if len(ways) == 1}, **strips}
    if not kinds and not strips:  # where all is as usual, what elaboration finds is known to whoever asks about a statement afterwards
        scope.walker.look_in(attempt.scope)
    attempt.scope.fills = any(each.code == "fill" for each in choice.given_up.values())
    attempt.scope.adjoint = star == "adjoint"
    attempt.scope.complex.update(scope.complex_names(choice.changed))
    attempt.scope.alone.update(name for name in scope.walker.choices if scope.uses.get(name, Use()).plain)
    attempt.scope.members.update(name for name in scope.walker.choices if scope.uses.get(name, Use()).member)
    attempt.scope.one_is_vector = scope.walker.one_is_vector
    for name in (name for name, kind in found.items() if kind == "thin"):
        attempt.scope.make_column(name)
    return attempt


def without_undecided_strips(scope: Scope, found: Found) -> Choice:
    """The best choice; what may be a row as well as a column, or decides whether the target is one, is left for
    elaboration to refuse."""
    best, other = found.best, found.runner_up
    one, two = reading_of(best), reading_of(other) if other is not None else {}
    misfit = any(each.code in ("strip", "number") for each in best.given_up.values())
    strips = [name for name in best.changed if name in scope.walker.strips]
    undecided = strips if misfit else [name for name in strips if other is not None and one[name] != two.get(name)]
    return best._replace(changed={name: kind for name, kind in best.changed.items() if name not in undecided}) if undecided else best
