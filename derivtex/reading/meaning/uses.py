r"""How the defined names of a source are used in it: `f(x)` where f is applied, not multiplied."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.meaning.scope import Key
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.statements import commas
from derivtex.reading.syntax.tree import key


def applied_elsewhere(reading: Reading, body: Body, arguments: tuple[Key, ...]) -> bool:
    """Whether a function is applied, in another statement, to what are not its own arguments."""
    return any(tuple(map(key, commas(inside))) != arguments for inside in arguments_elsewhere(reading, body))


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
    for statement in reading.order:
        if statement is not body.said:
            for side in statement.sides:
                yield from arguments_in(side, body.left.name, body.left.arguments is not None)


def arguments_in(parts: tuple[Token, ...], name: tuple[Token, ...], primes: bool) -> Iterator[tuple[Token, ...]]:
    """What stands in brackets behind a name, up to the first that closes; primes: whether some may stand before it."""
    for current, behind in occurs(parts, name):
        while primes and behind < len(current) and current[behind].is_mark("'"):
            behind += 1
        if behind < len(current) and current[behind].text in ("(", "["):
            inner = current[behind + 1 :]
            yield inner[: next((k for k, token in enumerate(inner) if token.text in (")", "]")), len(inner))]


def occurs(parts: tuple[Token, ...], name: tuple[Token, ...]) -> Iterator[tuple[tuple[Token, ...], int]]:
    """Where a name stands: the tokens it stands among, and the place behind it."""
    stack = [parts]
    while stack:
        current = stack.pop()
        for at in range(len(current)):
            if key(current[at : at + len(name)]) == key(name):
                yield current, at + len(name)
        stack.extend(token.inner for token in current if token.inner)
