"""The names that occur in a tree: those below it, and those in what is raised and lowered."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.meaning.conjugated import names_under_bar
from derivtex.reading.meaning.raisedindex import name_with_index
from derivtex.reading.source.vocabulary import HERMITIANS, TRANSPOSES
from derivtex.reading.syntax.tree import Key, Node, Parts, key, walk


def used_names(node: Node) -> list[Key]:
    """The keys of the names below a node, those that stand in scripts left out; not the h of `h_0` and `h_k^-`, which are names of their own, as
    entries are counted from 1; and the `A^{[2]}` of which `A^{[2](i)}` stands there."""
    parts = walk(node)
    scripts = [part for part in parts if part.form == "script"]
    whole = {part.parts[0].start for part in scripts if key(part.below) == ("0",) or key(part.above) == ("-",)}
    names = [part for part in parts if part.form == "name" and part.start not in whole]
    found = dict.fromkeys(name for part in names for name in (key(part.tokens), *names_under_bar(part)))
    return list(found | dict.fromkeys(name for part in scripts if (name := name_with_index(part))))


def expressions_in_scripts(node: Node) -> list[Parts]:
    """What is raised on something, unless it is a mark as that of a transpose; what stands below the bars of a norm."""
    return [parts for part in walk(node) if part.form == "script" for parts in expressions_of(part)]


def expressions_of(script: Node) -> Iterator[Parts]:
    """The same of one part with scripts, its base left out."""
    if script.above and script.above[0].text not in ("(", "[") and not is_raised_mark(key(script.above)):
        yield script.above
    if script.below and script.parts[0].form in ("bars", "angle") and key(script.below) != ("F",):
        yield script.below


def is_raised_mark(label: Key) -> bool:
    """Whether what is raised is `T`, `-T`, `-1T`, `H`, `*`, `+`, and no name."""
    for mark in ("-", "1"):
        label = label[1:] if label[:1] == (mark,) else label
    return label in TRANSPOSES or label in HERMITIANS or label in (("*",), ("+",), (r"\dagger",))
