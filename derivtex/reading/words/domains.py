r"""What a function is said to be studied on, where the words name no variable: “convex on the cone of positive definite matrices”, “over $S^n_{++}$”.

It is said of the argument of the function before it, `f(X) = …`, or of the only capital letter of the formula.
"""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.fields import space_in_words
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.occurring import letters_in
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.descriptions import Description, description
from derivtex.reading.words.sentences import names, word

BEFORE = ("on", "over", "for", "among", "in")
SETS = frozenset("the all set space cone domain manifold class of".split())
CALLED = ("cone", "cones")  # “the positive definite cone”
REACH = 40  # items between a function and what is said of it


def on_domain(items: list[Item], at: int, source: Source) -> tuple[list[Parts], Description, int] | None:
    """The variable of a function, what is said of it and where that ends; None where nothing of the kind is said here."""
    if word(items, at) not in BEFORE:
        return None
    begin = next((k for k in range(at + 1, len(items)) if word(items, k) not in SETS), len(items))
    said = of_set(items, begin, source) or of_words(items, begin, source)
    variable = argument_before(items, at) if said is not None else ()
    return ([variable], said, said.end) if said is not None and variable else None


def of_set(items: list[Item], at: int, source: Source) -> Description | None:
    """What a set of matrices says of its members."""
    found = space_in_words(items[at].tokens, source) if at < len(items) and items[at].kind == "math" else None
    return Description(found[0], tuple(found[1]), found[2], at + 1) if found is not None and found[0] == "matrix" else None


def of_words(items: list[Item], at: int, source: Source) -> Description | None:
    """The properties of matrices in words; of those that have a name, these are said of the name."""
    said = description(items, at, source) if at < len(items) and items[at].kind == "word" else None
    if said is None or not said.properties or said.article or names(items, said.end) is not None:
        return None
    cone = word(items, said.end) in CALLED
    return said._replace(kind="matrix", end=said.end + cone) if cone or said.kind == "matrix" else None


def argument_before(items: list[Item], at: int) -> Parts:
    """The letter of the function that stands last before a place; nothing where it has several, or is of a number or a vector."""
    for item in reversed(items[max(0, at - REACH) : at]):
        if item.kind != "math" or not item.tokens:
            continue
        first, equals, right = split_at(item.tokens, "=", ":=")
        left = left_side(first)
        arguments = left.arguments if left is not None and equals else None
        if arguments is None:
            capitals = dict.fromkeys(letter for letter in letters_in(right if equals else first) if letter.isupper() and letter != "T")
            arguments = tuple(tokens(Source(letter)) for letter in capitals)
        return arguments[0] if len(arguments) == 1 and conventional_kind(key(arguments[0])) == "matrix" else ()
    return ()
