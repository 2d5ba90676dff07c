"""The names that occur in a tree: those below it, and those in what is raised and lowered."""

from __future__ import annotations

from derivtex.reading.meaning.conjugated import names_under_bar
from derivtex.reading.meaning.elaboration import names_in
from derivtex.reading.meaning.raisedindex import names_with_index
from derivtex.reading.source.vocabulary import HERMITIANS, TRANSPOSES
from derivtex.reading.syntax.tree import Key, Node, Parts, key


def used_names(node: Node) -> list[Key]:
    """The keys of the names below a node, those that stand in scripts left out."""
    found = dict.fromkeys(name for part in whole_names_in(node) for name in (key(part.tokens), *names_under_bar(part)))
    return [*found, *(name for name in names_with_index(node) if name not in found)]


def whole_names_in(node: Node) -> list[Node]:
    """The names below a node; not the h of `h_0` and `h_k^-`, which are names of their own, as entries are counted from 1."""
    starts = {part.parts[0].start for part in scripts_in(node) if key(part.below) == ("0",) or key(part.above) == ("-",)}
    return [part for part in names_in(node) if part.start not in starts]


def scripts_in(node: Node) -> list[Node]:
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        if node.form == "script":
            found.append(node)
        stack.extend(node.parts)
    return found


def expressions_in_scripts(node: Node) -> list[Parts]:
    """What is raised on something, unless it is a mark as that of a transpose; what stands below the bars of a norm."""
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        stack.extend(node.parts)
        if node.form != "script":
            continue
        if node.above and node.above[0].text not in ("(", "[") and not is_raised_mark(key(node.above)):
            found.append(node.above)
        if node.below and node.parts[0].form in ("bars", "angle") and key(node.below) != ("F",):
            found.append(node.below)
    return found


def is_raised_mark(label: Key) -> bool:
    """Whether what is raised is `T`, `-T`, `-1T`, `H`, `*`, `+`, and no name."""
    for mark in ("-", "1"):
        label = label[1:] if label[:1] == (mark,) else label
    return label in TRANSPOSES or label in HERMITIANS or label in (("*",), ("+",), (r"\dagger",))
