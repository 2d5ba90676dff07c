r"""Derivatives inside of a formula, and what they are taken of: `\nabla_w(w^Tw)`, `\nabla f(x)`, `v^T\nabla^2 f(x)v`; along a direction, `Df(X)[H]`,
`f'(X)[H]`.

While kinds are sought a `\nabla` takes the bracket behind it, or the name, with the bracket behind that, or what has the same sizes; with an index,
`\nabla_x 2x`, what is neither takes all that follows. What it is of once kinds are known, the rooms of meaning say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.reading.syntax.lefts import closing, is_name, left_side
from derivtex.reading.syntax.occurring import levels
from derivtex.reading.syntax.tree import Node, Parts, chain_of, is_transposed, key

SEPARATORS = (",", ";", "|")


def with_gradients(parts: tuple[Node, ...], marks: tuple[str, ...]) -> tuple[list[Node], list[str]]:
    """The factors of a product, each `\\nabla` with what it is taken of as one."""
    if not any(map(is_nabla, parts)):
        return list(parts), list(marks)
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
    """What is differentiated, at what, and along what; called: `f(X)`. indexed: whether that stands below the operator, `D_Hf(X)`."""

    of: Parts
    at: Parts
    along: Parts
    called: Parts = ()
    indexed: bool = False


def direction(parts: Parts) -> Direction | None:
    r"""The derivative along a direction that a side is, `Df(X)[H]`, `f'(X)[H]`, `Df(X)\cdot H`, `D_Hf(X)`; `f(X)[H]` without a mark is none."""
    width = next((width for width in (2, 1) if key(parts[:width]) in MARKS), 0)
    operator = width if "D" in key(parts[:width]) else int(parts[:1] != () and parts[0].is_mark(r"\nabla"))
    if operator and len(parts) > operator + 2 and parts[operator].is_mark("_"):
        of_call = call(parts[operator + 2 :])
        whole = of_call is not None and not of_call[2]
        return Direction(*of_call[:2], parts[operator + 1].inside, parts[operator + 2 :], True) if of_call is not None and whole else None
    rest = parts[width:]
    opening = next((at for at, token in enumerate(rest) if token.text == "("), 0)
    primes = sum(token.is_mark("'") for token in rest[:opening])
    rest = (*rest[: opening - primes], *rest[opening:])
    found = call(rest)
    if found is None or bool(width) == bool(primes) or primes > 1:
        return None
    name, at, behind = found
    called = rest[: len(rest) - len(behind)]
    if behind and behind[0].text in ("[", "(") and closing(behind, 0) == len(behind) - 1:
        return Direction(name, at, behind[1:-1], called) if len(behind) > 2 else None
    along = behind[1:] if behind and (behind[0].text == "." or behind[0].is_mark(r"\cdot")) else behind
    return Direction(name, at, along, called) if operator and len(along) == 1 and along[0].is_letter else None


def call(parts: Parts) -> tuple[Parts, Parts, Parts] | None:
    """The name of a function that is applied to a name, that name, and what stands behind."""
    opening = next((at for at, token in enumerate(parts) if token.text == "("), 0)
    end = closing(parts, opening) if opening else None
    if end is None or left_side(parts[:opening]) is None or left_side(parts[opening + 1 : end]) is None:
        return None
    return parts[:opening], parts[opening + 1 : end], parts[end + 1 :]


def applied_behind_nablas(parts: Parts) -> Iterator[Parts]:
    r"""The names between a `\nabla` and brackets with one argument, the f of `\nabla f(x)^T d` and of `\nabla_x^2 f(Ax + b)`."""
    for level in levels(parts):
        for at, token in enumerate(level):
            if token.is_mark(r"\nabla"):
                begin = at + 1
                while level[begin : begin + 1] and level[begin].is_mark("_", "^"):
                    begin += 2
                opens = next((k for k in range(begin, len(level)) if level[k].text in ("(", "[")), None)
                end = closing(level, opens) if opens is not None and is_name(level[begin:opens]) else None
                if end is not None and not any(mark.is_mark(*SEPARATORS) for mark in level[opens:end]):
                    yield level[begin:opens]
