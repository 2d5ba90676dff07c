r"""How the defined names of a source are used in it: `f(x)` where f is applied, not multiplied."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from derivtex.core import session
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.lists import listed_arguments
from derivtex.reading.syntax.statements import Statement, commas
from derivtex.reading.syntax.tree import Key, key

DEEP = ("group", "text", "environment")  # tokens that are named by what is in them


def applied_elsewhere(reading: Reading, body: Body, arguments: tuple[Key, ...]) -> bool:
    """Whether a function is applied, in another statement, to what are not its own arguments; one of a list, `f(x_1, \\ldots, x_n)`, is of
    vectors whatever it is applied to."""
    if any(token.is_mark(r"\ldots") for token in body.said.sides[0]):
        return False
    return any(tuple(map(key, listed_arguments(tuple(commas(inside))))) != arguments for inside in arguments_elsewhere(reading, body))


def argument_in_use(reading: Reading, body: Body) -> Key | None:
    r"""The x of `\log f(x)` where `f = x^T S x` is defined without its argument: what is alone in the bracket and stands in the definition."""
    for inside in arguments_elsewhere(reading, body):
        if is_name(inside) and stands_in(reading, body, inside):
            return key(inside)
    return None


def only_applied(reading: Reading, name: Key) -> bool:
    """Whether a letter occurs in a source, and a bracket stands behind it wherever it does."""
    mark = Token("macro", name[0], 0, 0)
    sides = (side for statement in reading.order for side in statement.sides)
    behind = [current[at : at + 1] for side in sides for current, at in occurs(side, (mark,))]
    return bool(behind) and all(bool(following) and following[0].text == "(" for following in behind)


def is_name(parts: tuple[Token, ...]) -> bool:
    """Whether a stretch is one letter, plain or dressed."""
    return bool(parts) and parts[0].kind in ("letter", "macro") and all(token.kind in ("macro", "group") for token in parts[:-1]) and len(parts) < 3


def stands_in(reading: Reading, body: Body, name: tuple[Token, ...]) -> bool:
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


def arguments_elsewhere(reading: Reading, body: Body) -> Iterator[tuple[Token, ...]]:
    """What stands in brackets behind a defined name in the other statements."""
    primes = body.left.arguments is not None
    for statement, current, behind in everywhere(reading, body.left.name):
        if statement is body.said:
            continue
        while primes and behind < len(current) and current[behind].is_mark("'"):
            behind += 1
        if behind < len(current) and current[behind].text in ("(", "["):
            inner = current[behind + 1 :]
            yield inner[: next((k for k, token in enumerate(inner) if token.text in (")", "]")), len(inner))]


class Places(WeakKeyDictionary[Reading, dict[int, dict[Key, list[tuple[Statement, tuple[Token, ...], int]]]]]):
    """Of the readings of a session: by the key of each stretch of so many tokens, the statement, what it stands among, and the place behind it."""


def everywhere(reading: Reading, name: tuple[Token, ...]) -> list[tuple[Statement, tuple[Token, ...], int]]:
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


def levels(parts: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """The tokens, and those within them."""
    stack = [parts]
    while stack:
        yield (current := stack.pop())
        stack.extend(token.inner for token in current if token.inner)


def occurs(parts: tuple[Token, ...], name: tuple[Token, ...]) -> Iterator[tuple[tuple[Token, ...], int]]:
    """Where a name stands: the tokens it stands among, and the place behind it."""
    wanted, first = key(name), name[0].text if name[0].kind not in DEEP else None
    for current in levels(parts):
        for at, token in enumerate(current):
            if first is not None and token.text != first and token.kind not in DEEP:
                continue  # most tokens
            if key(current[at : at + len(name)]) == wanted:
                yield current, at + len(name)


def transposed_time(reading: Reading) -> set[Key]:
    r"""T where it is transposed itself, so that it is no time and no exponent: `T^{\top}Z`."""
    sides = [side for each in reading.order for side in each.sides]
    turned = any(
        one.kind == "letter" and one.text == "T" and two.is_mark("^") and key((three,)) in ((r"\top",), ("T",), (r"\intercal",))
        for side in sides
        for one, two, three in zip(side, side[1:], side[2:], strict=False)
    )
    return {("T",)} if turned else set()
