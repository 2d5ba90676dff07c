r"""Which lines that do not conform were read with certainty, so that their sizes are the author's mistake and no misreading."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Set
from typing import NamedTuple

from derivtex.core.shapes import ONE
from derivtex.problem import Fault
from derivtex.reading.meaning.dependence import is_dependence
from derivtex.reading.meaning.evidence import Evidence, Item, Made, Sides, evidence, is_small, name_of, names_in, node_of
from derivtex.reading.meaning.kinds.search import is_hopeless
from derivtex.reading.meaning.kinds.statements import Scope
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import IDENTITIES
from derivtex.reading.syntax.questions import is_derivative
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk

DERIVED = (r"\frac", r"\partial", r"\nabla", r"\cfrac", r"\dfrac", r"\tfrac")
DEFINING = (":=", r"\triangleq", r"\coloneqq")
STARS = ("*", r"\star", r"\ast")
COMPARED = ("has the shape", "meet", "matrix, not", "differ in shape:")  # before a size in a message
UNTOLD = "nothing tells for certain what"
UNKNOWN = "?"  # how messages write a size that nothing tells


class Case(NamedTuple):
    """A line that does not conform: its fault, its sides, the names in it, and those in the part that is to blame."""

    item: Fault
    sides: Sides
    names: set[Key]
    blamed: set[Key]

    @property
    def marks(self) -> list[str]:
        return [mark for side in self.sides for mark in key(side)]

    @property
    def marks_to_blame(self) -> list[str]:
        """The marks of the part to blame, of the whole line where that is not known."""
        at = self.item.at
        inside = [token for side in self.sides for token in side if at is not None and at.start <= token.start and token.end <= at.end]
        return list(key(tuple(inside))) or self.marks

    @property
    def argument(self) -> set[Key]:
        """The names in the brackets of `f(X)` on the left."""
        left = left_side(self.sides[0]) if self.sides and self.sides[0] else None
        return {key(each) for each in (left.arguments if left is not None else None) or ()}


def of_a_definition(case: Case, told: Evidence) -> str:
    return "it says what stands on its left side" if any(mark in case.item.latex for mark in DEFINING) else ""


def of_an_identity(case: Case, told: Evidence) -> str:
    alone = any(key(side) == ("1",) for side in case.sides)  # R^TR = 1
    return "an identity is of the size that fits" if alone or any((mark,) in IDENTITIES for mark in case.marks_to_blame) else ""


def of_a_name_taken_again(case: Case, told: Evidence) -> str:
    again = sorted("".join(name) for name in case.names & told.taken_again)
    return f"${again[0]}$ is told of again further on, and may be two things" if again else ""


def of_an_argument(case: Case, told: Evidence) -> str:
    """What a line calls its argument is its own: f(X) = det X of one exercise is not about the X of another."""
    own = sorted("".join(name) for name in case.argument & case.blamed & (told.local | told.spoken | set(told.found.scope.guessed)))
    return f"${own[0]}$ is the argument, which may be another ${own[0]}$ than elsewhere: declare it" if own else ""


def of_what_is_defined(case: Case, told: Evidence) -> str:
    known = case.item.defines and name_of(case.sides[0]) in told.spoken
    return "the words may tell of another thing of that name" if known else ""


def of_a_prime(case: Case, told: Evidence) -> str:
    marks = case.marks
    inside = any(one == "'" and behind in ("^", "_") for one, behind in zip(marks, marks[1:], strict=False))
    return "a prime before another script may be a part of a name" if inside else ""


def of_a_star(case: Case, told: Evidence) -> str:
    raised = [before in ("^", "{") for before, mark in zip(("", *case.marks), case.marks, strict=False) if mark in STARS]
    if any(raised):
        return "a star may be an adjoint, an optimum or a part of a name"
    return "a star may be a convolution" if raised else ""


def of_a_sign(case: Case, told: Evidence) -> str:
    """`x = x^+ - x^-`: a sign that is raised on what is no matrix is a part of a name."""
    things, marks = told.found.scope.things, case.marks
    raised = [name for name, up, sign in zip(marks, marks[1:], marks[2:], strict=False) if up == "^" and sign in ("+", "-")]
    parted = [name for name in raised if (name,) not in things or things[(name,)].shape[1] == ONE]
    return f"a sign raised on ${parted[0]}$ may be a part of a name" if parted else ""


def of_an_open_size(case: Case, told: Evidence) -> str:
    message = case.item.message
    compared = next((message.rpartition(each)[2] for each in COMPARED if each in message), "")  # what stands beside may be unknown
    return "a size in it is told by nothing but this line: declare it" if case.item.open or UNKNOWN in compared else ""


def of_an_entry(case: Case, told: Evidence) -> str:
    """x_0 beside a vector x was taken for an entry of it, and may be another vector."""
    known, marks = told.found.scope.things, case.marks
    arrays = {name[0] for name in case.blamed if len(name) == 1 and name in known and not known[name].is_scalar}
    scripted = [(one, at) for one, mark, at in zip(marks, marks[1:], marks[2:], strict=False) if mark == "_" and one in arrays]
    name = next((one for one, at in scripted if (one, "_", at) not in known), "")
    return f"${name}$ with an index may be a name of its own, and no entry of ${name}$" if name else ""


def of_a_listing(case: Case, told: Evidence) -> str:
    return "derivatives in a list tell how they are laid out" if lists_derivatives(told.found, case.sides) else ""


def of_a_value(case: Case, told: Evidence) -> str:
    """`x = -1` in the words, of an x that is a vector elsewhere."""
    values = [side for side in case.sides if side and all(mark.isdigit() or mark in ("-", "+", ".") for mark in key(side))]
    return "a number may be the value in an example" if values and any(len(key(side)) == 1 for side in case.sides) else ""


def of_an_example(case: Case, told: Evidence) -> str:
    r"""`z = \begin{bmatrix} 4 \\ 1 \end{bmatrix}` of a z with K entries: what is written out has a size of its own, as an example has."""
    written = any(part.form == "grid" for side in case.sides if (node := node_of(told.found, side)) is not None for part in walk(node))
    return "what is written out may be an example of a certain size" if written else ""


def of_the_left(case: Case, told: Evidence) -> str:
    """A formula that is recited with letters of its own does not conform on its left side already."""
    at, left = case.item.at, case.sides[0] if case.sides else ()
    if at is None or not left or not left[0].start <= at.start <= at.end <= left[-1].end:
        return ""
    recited = any(mark in DERIVED for mark in key(left))
    return "the derivative itself does not conform: its letters may stand for other things than elsewhere" if recited else ""


def of_another_section(case: Case, told: Evidence) -> str:
    """A name of which other sections tell, and which no line of its own section confirms."""
    begins, start = told.sections, case.item.span.start if case.item.span else 0
    here = bisect(begins, start)
    apart = sorted("".join(name) for name in case.blamed if name in told.places and here not in {bisect(begins, at) for at in told.places[name]})
    return f"${apart[0]}$ is told of in another section: declare it here" if apart else ""


def of_an_untold_name(case: Case, told: Evidence) -> str:
    """A name whose kind and sizes are neither told once nor those of most lines, unless the line conforms whatever kinds its names are of."""
    own = case.blamed
    if case.item.strict and not own <= told.sure - (told.local & told.spoken):
        return "entry by entry it may conform"
    unsure = sorted("".join(name) for name in own if name not in told.sure and not told.confirmed(name))
    if own and not unsure:
        return ""
    only_here = [name for name in own - told.sure if told.lines[name] == 1]
    if len(own - told.sure) == 1 == len(only_here) and conforms_never(told.scope, case.sides, small_letters(told)):
        return ""
    return f"{UNTOLD} ${unsure[0]}$ is: declare it" if unsure else f"{UNTOLD} is in it"


# why a line that does not conform may be misread, and no mistake: the first that applies is said
REASONS: tuple[Callable[[Case, Evidence], str], ...] = (
    of_a_name_taken_again, of_a_definition, of_an_identity, of_an_argument, of_what_is_defined, of_a_prime, of_a_star, of_a_sign,
    of_an_open_size, of_an_entry, of_a_listing, of_a_value, of_an_example, of_the_left, of_another_section, of_an_untold_name,
)  # fmt: skip


def with_certainty(made: list[Made], found: Understanding, scope: Scope) -> list[Item]:
    """The items, with the faults marked against which no reason of the table speaks, and the others with the reason that does."""
    names = [names_in(found, item, sides) for item, sides in made]
    told = evidence(made, names, found, scope)

    def judged(item: Item, sides: Sides, own: set[Key]) -> Item:
        if not isinstance(item, Fault) or item.code not in ("dimensions", "power"):
            return item
        case = Case(item, sides, own, names_in(found, item, sides, item.at))
        doubt = next((reason for speaks in REASONS if (reason := speaks(case, told))), "")
        hopeless = doubt.startswith(UNTOLD) and conforms_never(told.scope, case.sides)
        return item._replace(certain=not doubt, doubt=doubt, declared=is_declared_here(case, told), hopeless=hopeless)

    return [judged(item, sides, own) for (item, sides), own in zip(made, names, strict=True)]


def is_declared_here(case: Case, told: Evidence) -> bool:
    """Whether the section of a line tells the sizes of all names in the part of it that is to blame."""
    here = bisect(told.sections, case.item.span.start if case.item.span else 0)
    local = [each for each in told.found.reading.declarations if each.span is not None and each.size]
    names = {key(each.name) for each in local if each.span and bisect(told.sections, each.span.start) == here}
    return bool(case.blamed) and case.blamed <= names


def lists_derivatives(found: Understanding, sides: tuple[Parts, ...]) -> bool:
    r"""Whether a side lists derivatives, `[\frac{\partial f}{\partial x_1}, \ldots]`: it tells how they are laid out."""
    nodes = [part for side in sides if (node := node_of(found, side)) is not None for part in walk(node)]
    listings = [part for part in nodes if part.form == "listed"]
    return any(is_derivative(inner, with_d=True) for part in listings for inner in walk(part) if inner.form == "fraction")


def holds_tree(side: Parts, node: Node) -> bool:
    """Whether a tree is that of a side: a sign before it is no part of it."""
    return bool(side) and side[0].start <= node.start and node.end <= side[-1].end and node.end > side[-1].start


def small_letters(told: Evidence) -> set[Key]:
    """The small letters that nobody declares, which are no matrices where all the matrices that a source tells of are capital letters."""
    things = told.found.scope.things
    matrices = [name for name in told.sure if name in things and things[name].kind == "matrix"]
    if not matrices or any(map(is_small, matrices)):
        return set()
    return {name for name in told.scope.walker.choices if name not in told.sure and is_small(name)}


def conforms_never(scope: Scope, sides: tuple[Parts, ...], no_matrices: Set[Key] = frozenset()) -> bool:
    """Whether a claim does not conform, whatever kinds the names in it and in the definitions that it uses are of; no_matrices: those that
    are none.

    Where a prime stands, or a name before a bracket, kinds alone do not tell the shape.
    """
    asserted = [each for each in scope.statements if each.asserted and len(each.sides) == len(sides) == 2]
    statement = next((each for each in asserted if all(map(holds_tree, sides, each.sides))), None)
    if statement is None:
        return False
    inside = [part for node in statement.sides for part in walk(node)]
    pairs = [pair for part in inside if part.form == "chain" for pair in zip(part.parts, part.parts[1:], strict=False)]
    if any(part.primes for part in inside) or any(is_dependence(*pair) for pair in pairs):
        return False
    choices = scope.walker.choices
    left_out = {name: choices[name] for name in no_matrices}
    choices.update({name: tuple(each for each in kinds if each.kind != "matrix") or kinds for name, kinds in left_out.items()})
    try:
        return is_hopeless(scope, statement)
    finally:
        choices.update(left_out)
