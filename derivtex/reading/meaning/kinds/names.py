"""Names while kinds are sought: what is known of one, or the candidate that is tried for it.

How names occur below a node: by themselves, with an index that runs, with two, with one that is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from derivtex.core.errors import DerivtexError
from derivtex.operations import Symbol
from derivtex.reading.meaning.conventions import UNASSUMED
from derivtex.reading.meaning.indices import only_index
from derivtex.reading.meaning.kinds.candidates import Candidate, Use, candidates
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import Summary, Walker
from derivtex.reading.meaning.names import NO_NAMES, names_under_bar
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.meaning.uses import weight_of
from derivtex.reading.syntax.letters import EULER, IDENTITIES, ONES, PIS, ZEROS
from derivtex.reading.syntax.questions import D_MARKS
from derivtex.reading.syntax.scripts import has_all, has_comma, is_wide, letters_among, marks_in, split_at
from derivtex.reading.syntax.tree import Key, Node, Parts, is_transposed, key, walk

ANY = Outline(NOTHING, NOTHING)
PLAIN = Use(plain=True)
NUMBERS = (Candidate("number"), Candidate("vector", 3.0))  # e and π, and what else may have their letter
THIN = 2.5  # what it costs that a matrix of which no sizes are told has one column


def name(walker: Walker, node: Node) -> Outline:
    """A name without anything above or below it."""
    label = walker.label(node)
    found = known(walker, label)
    if found is not None:
        return found
    use = walker.bare.get((label, node.text))
    if use is None:
        found = sign(walker, node, label)
        if found is not None:
            return found
        use = walker.uses.get(label, PLAIN)._replace(plain=True)
        if walker.is_settled and label not in LETTERS_OF_FUNCTIONS:
            walker.bare[(label, node.text)] = use
    return variable(walker, label, use)


def sign(walker: Walker, node: Node, label: Key) -> Outline | None:
    """What a name is that stands for something by itself, or of which nothing may be assumed; None of any other."""
    if label in IDENTITIES:
        size = walker.sizes.new(LARGE)
        return Outline(size, size)
    if label in ONES:
        return Outline(walker.sizes.new(LARGE), 0)
    if label in walker.scope.functions and not is_function(walker, label):
        return variable(walker, label, PLAIN)
    if label in ZEROS or label in walker.scope.families or label in walker.scope.templates or label in walker.scope.functions:
        return ANY
    if node.text in walker.scope.sizes:
        return SCALAR
    if label in D_MARKS and walker.has_differentials:
        return ANY
    if any(mark in NO_NAMES for mark in label) or label[0] in UNASSUMED or any(map(walker.is_known, names_under_bar(node))):
        return ANY
    return None


def known(walker: Walker, label: Key) -> Outline | None:
    """What is declared, defined or bound by a name."""
    if label in walker.given:
        return walker.given[label]
    if label in walker.bound:
        return SCALAR
    if label in walker.definitions:
        return summarised(walker, label)
    thing = walker.scope.things.get(label)
    if thing is None:
        return None
    rows, columns = walker.scope.unifier.shape(thing.shape)
    if type(thing) is Symbol and thing.kind == "matrix" and not columns.known and not rows.known and rows != columns:
        thin = () if is_weight(walker, label) else (Candidate("thin", THIN),)
        choice = chosen(walker, label, (Candidate("matrix"), *thin))
        of = walker.from_shape(thing, walker.bits[label])
        return of if choice.kind == "matrix" else of._replace(columns=0)
    return walker.from_shape(thing)


def is_weight(walker: Walker, label: Key) -> bool:
    """Whether a matrix is the weight of a quadratic form, `x^TAx`, so that it is square and has more than one column."""
    if label not in walker.weights:
        walker.weights[label] = any(weighs(side, label) for side in walker.sides)
    return walker.weights[label]


def weighs(node: Node, label: Key) -> bool:
    if node.form == "chain":
        for first, middle, last in zip(node.parts, node.parts[1:], node.parts[2:], strict=False):
            turned = is_transposed(first)
            inside = turned and middle.form == "name" and key(middle.tokens) == label
            if inside and first.parts[0].tokens and key(first.parts[0].tokens) == key(last.tokens):
                return True
    return any(weighs(part, label) for part in node.parts)


def summarised(walker: Walker, label: Key) -> Outline:
    """The shape of what a definition stands for, with sizes of its own in each statement."""
    walker.asked_summaries.setdefault(label)
    if label not in walker.made:
        summary = walker.summaries.get(label)
        walker.made[label] = ANY if summary is None else instance(walker, summary)
    return walker.made[label]


def instance(walker: Walker, summary: Summary) -> Outline:
    if summary.rows is None or summary.columns is None:
        return ANY._replace(names=summary.names)
    first = walker.sizes.new(summary.rows, summary.names)
    return Outline(first, first if summary.square else walker.sizes.new(summary.columns, summary.names), summary.names)


def chosen(walker: Walker, label: Key, choices: tuple[Candidate, ...]) -> Candidate:
    """The candidate that is tried for a name at present; a new name begins with the convention."""
    walker.read.setdefault(label)
    if label not in walker.bits:
        walker.bits[label] = 1 << len(walker.bits)
        walker.choices[label] = choices
    if label not in walker.chosen:
        walker.chosen[label] = choices[0]
    return walker.chosen[label]


def variable(walker: Walker, label: Key, use: Use) -> Outline:
    """A name of which nothing is told: what is tried for it; where it stands with an index, a member or an entry."""
    if label in walker.made:
        walker.read.setdefault(label)
        return walker.made[label]
    choices = walker.choices.get(label)
    if choices is None:
        fixed = walker.scope.kinds.get(label)
        choices = (Candidate(fixed),) if fixed is not None else NUMBERS if label == EULER or label in PIS else candidates(label, use)
    kind = chosen(walker, label, choices).kind.removeprefix("family ")
    bit = walker.bits[label]
    rows = 0 if kind in ("scalar", "row", "rows", "entries", "number") else walker.sizes.new(LARGE, bit)
    columns = walker.sizes.new(LARGE, bit) if kind in ("matrix", "row", "rows") else 0
    walker.made[label] = Outline(rows, columns, bit)
    return walker.made[label]


def is_function(walker: Walker, label: Key) -> bool:
    """Whether a name before a bracket is taken for a function at present; a letter that is the usual name of one may be a matrix."""
    if label not in walker.scope.functions or label not in LETTERS_OF_FUNCTIONS:
        return label in walker.scope.functions
    return chosen(walker, label, (Candidate("function"), Candidate("matrix", 4.0))).kind == "function"


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
            if node.above.form == "power" and node.above.tree is not None:
                stack.append((node.above.tree, running))
            if weight := weight_of(node):
                with suppress(DerivtexError):
                    stack.append((parse(weight), running))
            yield from of_script(node, running)
            if node.parts[0].form == "name":
                continue
        stack.extend((part, running) for part in node.parts)


def of_script(node: Node, running: frozenset[Key]) -> Iterator[Occurrence]:
    """A name with what stands above and below it."""
    base = node.parts[0]
    if node.above.form == "hermitian":
        yield from (Occurrence(each, "complex") for each in labels_below(node))
    if base.form == "number" and base.text == "1" and node.above.form == "transpose":
        yield Occurrence(("1",), "ones")
    if base.form != "name":
        return
    label = key(base.tokens)
    runs = has_all(node.below) or any(key(part) in running for part in marks_in(node.below))
    if node.below:
        yield Occurrence((*label, "_", *key(node.below)), "whole")
    if node.above.form == "label":
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
