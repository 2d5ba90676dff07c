"""How the defined names of a source are used in it: `f(x)` where f is applied, not multiplied.

The names that occur in a tree: those below it, and those in what is raised and lowered.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from derivtex.core import session
from derivtex.reading.meaning.names import names_under_bar
from derivtex.reading.meaning.raisednames import name_with_index
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.syntax.lists import commas, listed_arguments
from derivtex.reading.syntax.occurring import arguments_behind, follows_bracket, is_one_letter, levels, occurs, transposes_letter
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk


def applied_elsewhere(reading: Reading, body: Body, arguments: tuple[Key, ...], seen: frozenset[Key] = frozenset()) -> bool:
    """Whether a function is applied, in another statement, to what are not its own arguments, or stands in one that is, as the f of
    p(x) = σ(f(x)) beside p(x_i); one of a list, `f(x_1, \\ldots, x_n)`, is of vectors whatever it is applied to."""
    if split_at(body.said.sides[0], r"\ldots")[1]:
        return False
    applied = (tuple(map(key, listed_arguments(tuple(commas(inside))))) for inside in arguments_elsewhere(reading, body))
    if any(given != arguments for given in applied if len(given) == len(arguments)):  # f(x, Y) beside f(x) is another function
        return True
    users = [each for each in reading.bodies.values() if each.key not in seen and each is not body and same_arguments(each, arguments)]
    within = [each for each in users if any(occurs(each.side, body.left.name))]
    return any(applied_elsewhere(reading, each, arguments, seen | {body.key}) for each in within)


def same_arguments(body: Body, arguments: tuple[Key, ...]) -> bool:
    return body.left.arguments is not None and tuple(map(key, body.left.arguments)) == arguments


def argument_in_use(reading: Reading, body: Body) -> Key | None:
    r"""The x of `\log f(x)` where `f = x^T S x` is defined without its argument: what is alone in the bracket and stands in the definition."""
    for inside in arguments_elsewhere(reading, body):
        if is_one_letter(inside) and stands_in(reading, body, inside):
            return key(inside)
    return None


def only_applied(reading: Reading, name: Key) -> bool:
    """Whether a letter occurs in a source, and a bracket stands behind it wherever it does."""
    found = [each for statement in reading.order for side in statement.sides for each in follows_bracket(side, name[0])]
    return bool(found) and all(found)


def stands_in(reading: Reading, body: Body, name: Parts) -> bool:
    """Whether a name occurs in a definition, or in those that it uses."""
    waiting, seen = [body], {body.key}
    while waiting:
        side = waiting.pop().side
        if any(occurs(side, name)):
            return True
        for other, used in reading.bodies.items():
            if other not in seen and any(occurs(side, used.left.name)):
                seen.add(other)
                waiting.append(used)
    return False


def arguments_elsewhere(reading: Reading, body: Body) -> Iterator[Parts]:
    """What stands in brackets behind a defined name in the other statements."""
    primes = body.left.arguments is not None
    for statement, current, behind in everywhere(reading, body.left.name):
        if statement is body.said:
            continue
        inside = arguments_behind(current, behind, primes)
        if inside is not None:
            yield inside


class Places(WeakKeyDictionary[Reading, dict[int, dict[Key, list[tuple[Statement, Parts, int]]]]]):
    """Of the readings of a session: by the key of each stretch of so many tokens, the statement, what it stands among, and the place behind it."""


def everywhere(reading: Reading, name: Parts) -> list[tuple[Statement, Parts, int]]:
    """Where a name stands in all statements: looked up, since a source may define a thousand names."""
    known = session.current().keep(Places).setdefault(reading, {})
    if len(name) not in known:
        places = known[len(name)] = {}
        for statement in reading.order:
            for current in (inner for side in statement.sides for inner in levels(side)):
                for at in range(len(current)):
                    stretch = current[at : at + len(name)]
                    places.setdefault(key(stretch), []).append((statement, current, at + len(name)))
    return known[len(name)].get(key(name), [])


def transposed_time(reading: Reading) -> set[Key]:
    r"""T where it is transposed itself, so that it is no time and no exponent: `T^{\top}Z`."""
    return {("T",)} if any(transposes_letter(side, "T") for each in reading.order for side in each.sides) else set()


def used_names(node: Node) -> list[Key]:
    """The keys of the names below a node, those that stand in scripts left out; not the h of `h_0` and `h_k^-`, which are names of their own, as
    entries are counted from 1; and the `A^{[2]}` of which `A^{[2](i)}` stands there."""
    parts = walk(node)
    scripts = [part for part in parts if part.form == "script"]
    whole = {part.parts[0].start for part in scripts if key(part.below) == ("0",) or part.above.form == "before"}
    names = [part for part in parts if part.form == "name" and part.start not in whole]
    found = dict.fromkeys(name for part in names for name in (key(part.tokens), *names_under_bar(part)))
    return list(found | dict.fromkeys(name for part in scripts if (name := name_with_index(part))))


def powers_in(node: Node) -> list[Node]:
    """What is raised on something, unless it is a mark as that of a transpose."""
    return [part.above.tree for part in walk(node) if part.form == "script" and part.above.form == "power" and part.above.tree is not None]


def weights_in(node: Node) -> list[Parts]:
    """What stands below the bars of a norm."""
    return [part.below for part in walk(node) if part.form == "script" and weight_of(part)]


def weight_of(script: Node) -> Parts:
    """The same of one part with scripts."""
    return script.below if script.parts[0].form in ("bars", "angle") and key(script.below) != ("F",) else ()
