r"""Derivatives inside of a formula, and what they are taken of: `\nabla_w(w^Tw)`, `\nabla f(x)`, `v^T\nabla^2 f(x)v`; along a direction, `Df(X)[H]`,
`f'(X)[H]`.

A `\nabla` takes the bracket behind it, or the name, with the bracket behind that; with an index, `\nabla_x x^TAx`, what is neither takes all that
follows.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.syntax.lefts import closing
from derivtex.reading.syntax.tree import Node, Parts, chain_of, is_transposed, key


def with_gradients(parts: tuple[Node, ...], marks: tuple[str, ...]) -> tuple[list[Node], list[str]]:
    """The factors of a product, each `\\nabla` with what it is taken of as one."""
    found: list[Node] = []
    kept: list[str] = []
    at = 0
    while at < len(parts):
        kept.append(marks[at])
        if not is_nabla(parts[at]) or at + 1 == len(parts):
            found.append(parts[at])
            at += 1
            continue
        end = end_of(parts, marks, at)
        found.append(gradient(parts[at], list(parts[at + 1 : end]), ["", *marks[at + 2 : end]]))
        at = end
    return found, kept


def is_nabla(node: Node) -> bool:
    base = node.parts[0] if node.form == "script" else node
    return base.form == "name" and base.text == r"\nabla" and not node.primes


def end_of(parts: tuple[Node, ...], marks: tuple[str, ...], at: int) -> int:
    """Behind the last factor that a `\\nabla` is taken of."""
    first = base_of(parts[at + 1])
    if first.form == "bracket":
        return at + 2
    if first.form != "name":
        return len(parts)
    if at + 2 < len(parts) and marks[at + 2] == "" and base_of(parts[at + 2]).form == "bracket":
        return at + 3
    return len(parts) if parts[at].below and not is_row(parts[at + 1]) and at + 2 < len(parts) else at + 2


def gradient(nabla: Node, of: list[Node], marks: list[str]) -> Node:
    r"""The gradient of some factors; a T behind the last of them, `\nabla f(x)^T`, is that of the gradient."""
    last = of[-1]
    turned = len(of) < 3 and is_row(last)
    if turned:
        of = [*of[:-1], last.parts[0]]
    whole = Node("gradient", nabla.start, of[-1].end, "", (chain_of(of, marks),), below=nabla.below, above=nabla.above)
    return last._replace(start=nabla.start, parts=(whole,)) if turned else whole


def is_row(node: Node) -> bool:
    """Whether a transpose is all that stands behind a part."""
    return is_transposed(node) and not node.below


def base_of(node: Node) -> Node:
    return node.parts[0] if node.form == "script" else node


def argument_of(of: Node) -> Node | None:
    """The x of `f(x)`."""
    if of.form != "chain" or len(of.parts) != 2 or of.parts[1].form != "bracket" or len(of.parts[1].parts) != 1:
        return None
    inside = of.parts[1].parts[0]
    return inside if inside.form == "name" or (inside.form == "script" and inside.parts[0].form == "name") else None


MARKS = (("D",), ("d",), (r"\mathrm", "D"), (r"\operatorname", "D"), (r"\mathrm", "{", "D", "}"), (r"\operatorname", "{", "D", "}"))


class Direction(NamedTuple):
    """What is differentiated, at what, and along what."""

    of: Parts
    at: Parts
    along: Parts


def direction(parts: Parts) -> Direction | None:
    """The derivative along a direction that a side is; `f(X)[H]` without a mark is none."""
    width = next((width for width in (2, 1) if key(parts[:width]) in MARKS), 0)
    rest = parts[width:]
    opening = next((at for at, token in enumerate(rest) if token.text == "("), 0)
    primes = sum(token.is_mark("'") for token in rest[:opening])
    end = closing(rest, opening) if opening else None
    if end is None or bool(width) == bool(primes) or primes > 1 or end + 2 >= len(rest) or rest[end + 1].text not in ("[", "("):
        return None
    name, at, along = rest[: opening - primes], rest[opening + 1 : end], rest[end + 2 : -1]
    return Direction(name, at, along) if closing(rest, end + 1) == len(rest) - 1 and along else None
