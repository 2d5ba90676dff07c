r"""Which lines that do not conform were read with certainty, so that their sizes are the author's mistake and no misreading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derivtex.core.errors import DerivtexError, Span
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Untried
from derivtex.reading.meaning.dependence import is_dependence
from derivtex.reading.meaning.derivatives import inner_name
from derivtex.reading.meaning.kinds.search import is_hopeless
from derivtex.reading.meaning.kinds.statements import Scope
from derivtex.reading.meaning.understanding import Understanding
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import CONSTANTS, IDENTITIES, conventional_kind
from derivtex.reading.syntax.questions import D_MARKS, is_derivative, questions_in
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk

Item = Definition | FunctionDefinition | Claim | Fault | Untried
Made = tuple[Item, tuple[Parts, ...]]
Sides = tuple[Parts, ...]
MARKS = {*D_MARKS, (r"\nabla",), (r"\delta",)}

MISHEARD = 2


def known_definitions(found: Understanding) -> set[Key]:
    return {body.key for body in found.reading.bodies.values()}


def names_in(found: Understanding, item: Item, sides: tuple[Parts, ...], at: Span | None = None) -> set[Key]:
    """The names in the sides of an item, but for constants and marks; with a place, those in it, if there are any."""
    nodes = [node for side in sides if (node := node_of(found, side)) is not None]
    inside = [part for node in nodes for part in within(node, at)] if at is not None else []
    own = {found.alias(name) for node in inside or nodes for name in found.used(node)}
    return {name for name in own if name not in CONSTANTS and (name not in MARKS or defines(item))}


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


def with_certainty(made: list[Made], found: Understanding, scope: Scope) -> list[Item]:
    """The items, with the faults marked whose names are all declared, defined by what is, or conform in more lines than not, in twice
    as many where the kind is unusual; and those that do not conform whatever kinds their names are of."""
    sure = {*found.scope.declared, *found.scope.families} - set(found.scope.guessed)
    known = {*found.scope.things, *found.scope.families, *found.scope.functions, *found.scope.templates, *found.reading.bodies}
    sure |= {key(inner_name(asked.of)) for left, _, right, _ in found.reading.claims for asked in questions_in((*left, *right), r"\frac", r"\nabla")}
    sure -= known_definitions(found) - set(found.scope.declared)
    good: Counter[Key] = Counter()
    bad: Counter[Key] = Counter()
    names = [names_in(found, item, sides) for item, sides in made]
    blamed = [names_in(found, item, sides, item.at if isinstance(item, Fault) else None) for item, sides in made]
    sure |= {name for own in names for name in own if "".join(name) in found.scope.sizes and name not in found.scope.guessed}
    for (item, (left, _)), own in zip(made, names, strict=True):
        (bad if isinstance(item, Fault) else good).update(own)
        bad.update(name for name in own if name not in known)
        name = name_of(left)
        if isinstance(item, Definition) and own - {name} <= sure:
            sure.add(name)

    odd = {name for name, thing in found.scope.guessed.items() if thing.kind != conventional_kind(name)}

    def certain(own: set[Key]) -> bool:
        return bool(own) and all(name in sure or (good[name] >= 2 * bad[name] if name in odd else good[name] > bad[name]) for name in own)

    def only_here(own: set[Key]) -> bool:
        unsure = own - sure
        return len(unsure) == 1 and all(good[name] + bad[name] == 1 for name in unsure)

    doubted = {name for name in found.reading.spoken if bad[name] > max(good[name], MISHEARD)}  # many lines against what the words seem to say
    sure -= doubted | told_twice(found)

    here = {key(each.name) for each in found.reading.declarations if each.span is not None and each.span.source is found.reading.source}

    placed = {key(each.name): each.span.start for each in reversed(found.reading.declarations) if key(each.name) in here and each.span is not None}

    taken_again = {  # defined by a line that what is told of the name further on does not fit: two things of one name
        name_of(sides[0]) for item, sides in made if isinstance(item, Fault) and item.defines and placed.get(name_of(sides[0]), -1) > start_of(sides)
    }

    def is_certain(item: Fault, sides: Sides, whole: set[Key], own: set[Key]) -> bool:
        marks = [mark for side in sides for mark in key(side)]
        if whole & taken_again or any((mark,) in IDENTITIES for mark in marks):  # an identity is of the size that fits
            return False
        told = item.defines and name_of(sides[0]) in found.reading.spoken  # the words may tell of another thing of that name
        told = told or any(one == "'" and behind in ("^", "_") for one, behind in zip(marks, marks[1:], strict=False))  # W' may be a name
        if told or item.open or lists_derivatives(found, sides) or (item.strict and not own <= sure - here.intersection(found.reading.spoken)):
            return False
        return certain(own) or (only_here(own) and conforms_never(scope, sides))

    return [
        item._replace(certain=is_certain(item, sides, whole, own))
        if isinstance(item, Fault) and item.code in ("dimensions", "power") else item
        for (item, sides), whole, own in zip(made, names, blamed, strict=True)
    ]  # fmt: skip


def start_of(sides: Sides) -> int:
    return next((side[0].start for side in sides if side), 0)


def told_twice(found: Understanding) -> set[Key]:
    """The names of which the source tells several sizes, as the exercises of a sheet and the sections of notes do."""
    sizes: dict[Key, set[tuple[object, ...]]] = {}
    for each in found.reading.declarations:
        sizes.setdefault(key(each.name), set()).add((each.kind, *each.size))
    return found.reading.contradicted | {name for name, told in sizes.items() if len(told) > 1}


def name_of(left: Parts) -> Key:
    """The name that a left side defines: f of `f(x)`."""
    side = left_side(left)
    return key(side.name if side is not None else left)


def lists_derivatives(found: Understanding, sides: tuple[Parts, ...]) -> bool:
    r"""Whether a side lists derivatives, `[\frac{\partial f}{\partial x_1}, \ldots]`: it tells how they are laid out."""
    nodes = [part for side in sides if (node := node_of(found, side)) is not None for part in walk(node)]
    listings = [part for part in nodes if part.form == "listed"]
    return any(is_derivative(inner, with_d=True) for part in listings for inner in walk(part) if inner.form == "fraction")


def holds_tree(side: Parts, node: Node) -> bool:
    """Whether a tree is that of a side: a sign before it is no part of it."""
    return bool(side) and side[0].start <= node.start and node.end <= side[-1].end and node.end > side[-1].start


def conforms_never(scope: Scope, sides: tuple[Parts, ...]) -> bool:
    """Whether a claim does not conform, whatever kinds the names in it and in the definitions that it uses are of.

    Where a prime stands, or a name before a bracket, kinds alone do not tell the shape.
    """
    asserted = [each for each in scope.statements if each.asserted and len(each.sides) == len(sides) == 2]
    statement = next((each for each in asserted if all(map(holds_tree, sides, each.sides))), None)
    if statement is None:
        return False
    inside = [part for node in statement.sides for part in walk(node)]
    pairs = [pair for part in inside if part.form == "chain" for pair in zip(part.parts, part.parts[1:], strict=False)]
    return not any(part.primes for part in inside) and not any(is_dependence(*pair) for pair in pairs) and is_hopeless(scope, statement)
