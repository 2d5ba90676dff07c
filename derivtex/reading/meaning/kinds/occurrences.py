"""How names occur below a node: by themselves, with an index that runs, with two, with one that is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.reading.meaning.kinds.candidates import Use
from derivtex.reading.meaning.subscripts import only_index
from derivtex.reading.meaning.usednames import expressions_of
from derivtex.reading.source.vocabulary import HERMITIANS, TRANSPOSES
from derivtex.reading.syntax.scripts import has_all, has_comma, is_wide, letters_among, marks_in, split_at
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk

Parse = Callable[[Parts], Node]


class Occurrence(NamedTuple):
    """A name where it stands. how: plain, member, double, raised; whole (the name with its index); complex (below a `^H`); ones (a 1 that is
    transposed)."""

    label: Key
    how: str


def occurrences(node: Node, letters: Iterable[Key], parse: Parse) -> Iterator[Occurrence]:
    """The names below a node, with these indices running."""
    stack = [(node, frozenset(letters))]
    while stack:
        node, running = stack.pop()
        if node.form in ("over", "listed"):
            lonely = only_index(node.parts[0], running) if node.form == "over" and not node.below else node.below
            running |= letters_below(node._replace(below=lonely))
        if node.form == "name":
            yield Occurrence(key(node.tokens), "plain")
        elif node.form == "script":
            for parts in expressions_of(node):
                try:
                    stack.append((parse(parts), running))
                except DerivtexError:
                    continue
            yield from of_script(node, running)
            if node.parts[0].form == "name":
                continue
        stack.extend((part, running) for part in node.parts)


def of_script(node: Node, running: frozenset[Key]) -> Iterator[Occurrence]:
    """A name with what stands above and below it."""
    base = node.parts[0]
    if key(node.above) in HERMITIANS:
        yield from (Occurrence(each, "complex") for each in labels_below(node))
    if base.form == "number" and base.text == "1" and key(node.above) in TRANSPOSES:
        yield Occurrence(("1",), "ones")
    if base.form != "name":
        return
    label = key(base.tokens)
    runs = has_all(node.below) or any(key(part) in running for part in marks_in(node.below))
    if node.below:
        yield Occurrence((*label, "_", *key(node.below)), "whole")
    if node.above and node.above[0].text in ("(", "["):
        yield Occurrence(label, "raised" if any(key(part) in running for part in marks_in(node.above)) else "whole")
    elif runs:
        yield Occurrence(label, "double" if has_comma(node.below) or is_wide(node.below) else "member")
    else:
        yield Occurrence(label, "whole" if node.below else "plain")


def labels_below(node: Node) -> Iterator[Key]:
    """The names below a node, with and without their indices."""
    for part in walk(node):
        if part.form == "name":
            yield key(part.tokens)
        elif part.form == "script" and part.parts[0].form == "name" and part.below:
            yield (*key(part.parts[0].tokens), "_", *key(part.below))


def letters_below(node: Node) -> frozenset[Key]:
    r"""The letters that run below a `\sum`."""
    return frozenset((letter,) for letter in letters_among(split_at(node.below, "=", r"\in")[0]))


def uses(found: Iterable[Occurrence]) -> dict[Key, Use]:
    """All the ways in which each name occurs."""
    result: dict[Key, Use] = {}
    for label, how in found:
        if how in Use._fields:
            result[label] = result.get(label, Use())._replace(**{how: True})
    return result
