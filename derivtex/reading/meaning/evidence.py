"""What a source tells of its names: which kinds and sizes are told, and in how many lines each name conforms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Span
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Untried
from derivtex.reading.meaning.derivatives import inner_name
from derivtex.reading.meaning.kinds.statements import Scope
from derivtex.reading.meaning.scopes import headings
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import CONSTANTS, conventional_kind
from derivtex.reading.syntax.questions import D_MARKS, questions_in
from derivtex.reading.syntax.tree import Key, Node, Parts, key

Item = Definition | FunctionDefinition | Claim | Fault | Untried
Made = tuple[Item, tuple[Parts, ...]]
Sides = tuple[Parts, ...]
MARKS = {*D_MARKS, (r"\nabla",), (r"\delta",)}
MISHEARD = 2


class Evidence(NamedTuple):
    """What a source tells of its names. sure: those whose kinds and sizes are told, once, or defined by such; good, bad: in how many lines that
    conform, or do not, each stands; lines: in how many at all; odd: those whose kind is not the usual one of their letter; local: those that the
    source itself declares; spoken: those that its words do; taken_again: those that a line defines and the words further on tell something else
    of; sections: where they begin; places: where the source tells of a name, or a line with it conforms."""

    found: Understanding
    scope: Scope
    sure: set[Key]
    good: Counter[Key]
    bad: Counter[Key]
    lines: Counter[Key]
    odd: set[Key]
    local: set[Key]
    spoken: set[Key]
    taken_again: set[Key]
    sections: list[int]
    places: dict[Key, list[int]]

    def confirmed(self, name: Key) -> bool:
        """Whether a name conforms in more lines than not; in twice as many where its kind is unusual, and never a small letter's matrix."""
        if name in self.odd:
            return not (is_small(name) and self.found.scope.guessed[name].kind == "matrix") and self.good[name] >= 2 * self.bad[name]
        return self.good[name] > self.bad[name]


def evidence(made: list[Made], names: list[set[Key]], found: Understanding, scope: Scope) -> Evidence:
    """What the items of a source tell of the names in them."""
    sure = {*found.scope.declared, *found.scope.families} - set(found.scope.guessed)
    known = {*found.scope.things, *found.scope.families, *found.scope.functions, *found.scope.templates, *found.reading.bodies}
    sure |= {key(inner_name(asked.of)) for left, _, right, _ in found.reading.claims for asked in questions_in((*left, *right), r"\frac", r"\nabla")}
    sure -= known_definitions(found) - set(found.scope.declared)
    good, bad = counted(made, names, known)
    sizes = {name for own in names for name in own if "".join(name) in found.scope.sizes and name not in found.scope.guessed}
    sure |= sizes - MARKS  # the d of d-dimensional may be a vector in formulas
    for (item, (left, _)), own in zip(made, names, strict=True):
        name = name_of(left)
        if isinstance(item, Definition) and own - {name} <= sure:
            sure.add(name)
    spoken = set(found.reading.spoken)
    placed = {key(each.name): each.span.start for each in reversed(found.reading.declarations) if each.span is not None and is_local(each, found)}
    doubted = {name for name in spoken if bad[name] > max(good[name], MISHEARD)}  # many lines against what the words seem to say
    doubted |= {name for name in sure - user_declared(found) if is_against(name, made, names, good)}
    sure -= doubted | told_twice(found)
    again = {
        name_of(sides[0]) for item, sides in made if isinstance(item, Fault) and item.defines and placed.get(name_of(sides[0]), -1) > start_of(sides)
    }
    odd = {name for name, thing in found.scope.guessed.items() if thing.kind != conventional_kind(name)}
    sections = [at for at in headings(found.reading.document) if at]
    lines = Counter(name for own in names for name in own)
    places = places_of(made, names, found) if sections else {}
    return Evidence(found, scope, sure, good, bad, lines, odd, set(placed), spoken, again, sections, places)


def places_of(made: list[Made], names: list[set[Key]], found: Understanding) -> dict[Key, list[int]]:
    """Where a source tells of its names: its declarations, and its lines that conform. What its user declares is told everywhere."""
    places: dict[Key, list[int]] = {}
    for (item, _), own in zip(made, names, strict=True):
        at = [] if isinstance(item, Fault) or item.span is None else [item.span.start]
        for name in own:
            places.setdefault(name, []).extend(at)
    for each in found.reading.declarations:
        if each.span is not None and is_local(each, found):
            places.setdefault(key(each.name), []).append(each.span.start)
    return {name: at for name, at in places.items() if name not in user_declared(found)}


def user_declared(found: Understanding) -> set[Key]:
    return {key(each.name) for each in found.reading.declarations if not is_local(each, found)}


def counted(made: list[Made], names: list[set[Key]], known: set[Key]) -> tuple[Counter[Key], Counter[Key]]:
    """In how many lines that conform, and that do not, each name stands; one that nothing knows is in no good line."""
    good: Counter[Key] = Counter()
    bad: Counter[Key] = Counter()
    for (item, _), own in zip(made, names, strict=True):
        (bad if isinstance(item, Fault) else good).update(own)
        bad.update(name for name in own if name not in known)
    return good, bad


def is_against(name: Key, made: list[Made], names: list[set[Key]], good: Counter[Key]) -> bool:
    """Whether several lines do not conform with what a source tells of a name, and hardly more do."""
    places = {item.span and item.span.line for (item, _), own in zip(made, names, strict=True) if isinstance(item, Fault) and name in own}
    return len(places) > MISHEARD and good[name] < 2 * len(places)


def is_local(declared: Declaration, found: Understanding) -> bool:
    """Whether the source itself declares a name, and not its user."""
    return declared.span is not None and declared.span.source is found.reading.source


def is_small(name: Key) -> bool:
    return len(name[0]) == 1 and name[0].islower()


def told_twice(found: Understanding) -> set[Key]:
    """The names of which the source tells several sizes, as the exercises of a sheet and the sections of notes do."""
    sizes: dict[Key, set[tuple[object, ...]]] = {}
    for each in found.reading.declarations:
        sizes.setdefault(key(each.name), set()).add((each.kind, *each.size))
    return found.reading.contradicted | {name for name, told in sizes.items() if len(told) > 1}


def known_definitions(found: Understanding) -> set[Key]:
    return {body.key for body in found.reading.bodies.values()}


def names_in(found: Understanding, item: Item, sides: tuple[Parts, ...], at: Span | None = None) -> set[Key]:
    """The names in the sides of an item, but for constants and marks; with a place, those in it, if there are any."""
    nodes = [node for side in sides if (node := node_of(found, side)) is not None]
    inside = [part for node in nodes for part in within(node, at)] if at is not None else []
    own = {found.alias(name) for node in inside or nodes for name in found.used(node)}
    marks = set() if defines(item) else MARKS - found.scope.things.keys()  # the d of a differential, where no name is a d
    return own - marks - set(CONSTANTS)


def node_of(found: Understanding, side: Parts) -> Node | None:
    try:
        return found.node(side)
    except DerivtexError:
        return None


def within(node: Node, at: Span) -> Iterator[Node]:
    """The largest parts of a tree that lie in a place."""
    if at.start <= node.start and node.end <= at.end:
        yield node
        return
    for part in node.parts:
        yield from within(part, at)


def defines(item: Item) -> bool:
    return not isinstance(item, Claim) and bool(getattr(item, "defines", True))


def name_of(left: Parts) -> Key:
    """The name that a left side defines: f of `f(x)`."""
    side = left_side(left)
    return key(side.name if side is not None else left)


def start_of(sides: Sides) -> int:
    return next((side[0].start for side in sides if side), 0)
