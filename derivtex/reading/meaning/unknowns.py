r"""By what is differentiated where no name is told: what the words call weights or the unknown, what the constraints bind, and all
parameters, by their letters."""

from __future__ import annotations

from derivtex.core.errors import Span
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.targets import depends
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import CONSTANTS, OF_DENSITIES, PARAMETERS, bare_letter, conventional_kind, letters_in, parameters_in
from derivtex.reading.syntax.occurring import contains, is_numbered, stands_alone
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.asked import called_unknown
from derivtex.reading.words.binding import is_in_list_of_constraints, is_put_as_constraint
from derivtex.reading.words.commands import Request
from derivtex.reading.words.points import points_in_words

MULTIPLIERS = frozenset((r"\lambda", r"\mu", r"\nu", r"\eta", r"\alpha", r"\gamma", r"\Lambda"))
OPTIMA = ("minimise", "maximise", "solve")


def called_in_words(reading: Reading, of: Parts) -> tuple[Parts, ...]:
    """The one name in what is differentiated that the words call weights, parameters or the unknown."""
    called = {key(name): name for name in called_unknown(reading.document.items) if of and depends(reading, of, name)}
    if len(called) != 1:
        return ()
    (name,) = called.values()
    reading.notes.append(f"the derivative is that by {latex(name)}, which the words call what is looked for")
    return (name,)


def arguments(reading: Reading, of: Parts, asked: bool = False) -> tuple[Parts, ...]:
    """By what a function, or an expression in one, is differentiated when nothing is told: its one argument that is no multiplier, what the
    words call the unknown, else all its arguments, where its derivative is asked: the gradient of $f(x, y)$ is by both."""
    left = left_side(of)
    body = reading.bodies.get(key(left.name)) if left is not None else None
    inside = [body] if body is not None or left is not None else [each for each in reading.bodies.values() if contains(of, each.left.name)]
    found = {key(each): each for one in inside if one is not None for each in one.left.arguments or ()}
    free = tuple(each for name, each in found.items() if name[0] not in MULTIPLIERS) or tuple(found.values())
    if len(free) == 1 or (left is not None and left.arguments and free):  # `\nabla f(x, Y)`: by both
        return free
    called = called_in_words(reading, of)
    return called or (tuple(each for each in free if depends(reading, of, each)) if asked and left is not None else ())


def told_beside(reading: Reading, of: Parts) -> tuple[Parts, ...]:
    """What the words beside tell of the variable: the t of “the derivative at $t = 0$”, else what the constraints bind."""
    points = [split_at(parts, "=")[0] for parts in points_in_words(reading.document.items)] if of else []
    names = {key(name): name for name in points if depends(reading, of, name)}
    return tuple(names.values()) if len(names) == 1 else bound_in_words(reading, of)


def bound_in_words(reading: Reading, of: Parts) -> tuple[Parts, ...]:
    r"""What stands in what is optimised and in what the words put as its constraints, the q of `q^TWq` and `Jq = v`: one name, or all vectors."""
    body = reading.bodies.get(key(of))
    told = [said for said in reading.order if said.relations and key(said.sides[0]) not in reading.bodies] if of else []
    binding = [said for said in told if is_in_list_of_constraints(said.span)]
    names = {key(name): name for name in letters_in(body.side if body is not None else of)}
    bound = [name for label, name in names.items() if label not in CONSTANTS and any(contains(side, name) for said in binding for side in said.sides)]
    bound = bound if len(bound) == 1 else [name for name in bound if conventional_kind(key(name)) == "vector"]
    if bound:
        reading.notes.append(f"the unknown is taken to be {', '.join(map(latex, bound))}, by the constraints")
    return tuple(bound)


def is_condition(reading: Reading, span: Span) -> bool:
    """Whether an equation is to hold: it stands below an optimum, or the words right before it put it as a constraint."""
    return any(said.span == span for said in reading.conditions) or is_put_as_constraint(span)


def lettered(reading: Reading, of: Parts, letters: frozenset[str]) -> tuple[Parts, ...]:
    """The names with these letters on which a function depends, in the order of the formulas."""
    names = {key(name): name for said in reading.order for side in said.sides for name in parameters_in(side, letters)}
    return tuple(name for label, name in names.items() if label not in reading.bodies and depends(reading, of, name))


def numbered(reading: Reading, of: Parts, name: Parts) -> tuple[Parts, ...]:
    r"""The `\theta_1`, `\theta_2` with a number below on which a function depends, where `\theta` by itself stands nowhere else than below a name."""
    letter = bare_letter(key(name))
    sides = [side for said in reading.order if question(said.sides[0]) is None for side in said.sides if key(side) != key(name)]
    if not letter or any(stands_alone(side, name) for side in sides):
        return (name,)
    found = tuple(each for each in lettered(reading, of, frozenset((letter,))) if key(each) != key(name))
    return found if len(found) > 1 and all(map(is_numbered, found)) else (name,)


def by_parameters(reading: Reading, of: Parts) -> tuple[Parts, ...]:
    """What the parameters of a model are usually called, as far as a function depends on them, in the order of the formulas; which is said."""
    found = lettered(reading, of, PARAMETERS) or lettered(reading, of, OF_DENSITIES)
    said = f"the parameters are taken to be {', '.join(map(latex, found))}, by their letters"
    if found and said not in reading.notes:
        reading.notes.append(said)
    return found


def of_name(reading: Reading, request: Request) -> Request:
    """Of “the gradient for $f$”, where f is defined and stands in no other formula, that it is of f."""
    named = request.by[0] if len(request.by) == 1 and not request.of and request.what not in OPTIMA else ()
    used = any(contains(body.side, named) for body in reading.bodies.values()) or any(
        contains(said.sides[0], named) and len(said.sides[0]) > len(named) for said in reading.expressions
    )
    return request._replace(of=named, by=()) if key(named) in reading.bodies and not used else request
