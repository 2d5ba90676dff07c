r"""Members with their index above that a formula defines: `s^{(i)} = 2c^{(i)}` beside `\sum_i s^{(i)}z_i` tells every s^{(i)}, as `s_i = 2c_i` does.

No name of its own is defined there, which would be one number for all i. The index runs where a sum has it, where the members are listed up to a
last one or stand on a diagonal, where what has it below has the member in its formula, `D_{ii} = s^{(i)}`; and on the right side of another that
runs so.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.vocabulary import ACCENTS, DIAGONALS, FONTS, bare_word
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.occurring import levels
from derivtex.reading.syntax.scripts import are_digits
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

SUMS = (r"\sum", r"\prod")
EQUAL = (("=",), (":=",))


def with_members_below(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    r"""The statements with `s_i` for the `s^{(i)}` that one of them defines for every i, and what is to be said of them."""
    defined = {key(name): (name, letter, each) for each in found for name, letter in member_defined(each)}
    below = {key(level[at : at + width]) for each in found for side in each.sides for level, at, width in lowered(side, defined)}
    names = running(found, {name: each for name, each in defined.items() if name not in below})
    if not names:
        return found, []
    said = [rf"{latex(name)}^{{({letter})}} is one for each {letter}" for name, letter, _ in names.values()]
    return [each._replace(sides=tuple(respelt(side, names) for side in each.sides)) for each in found], said


Members = dict[Key, tuple[Parts, str, Statement]]


def member_defined(each: Statement) -> Iterator[tuple[Parts, str]]:
    """The name without its index and that index, of a member that a statement defines."""
    side = each.sides[0]
    if each.relations[:1] in EQUAL and len(side) > 2 and side[-2].is_mark("^") and left_side(side) is not None and left_side(side[:-2]) is not None:
        label = side[-1].inside
        if [token.text for token in (*label[:1], *label[2:])] == ["(", ")"] and is_index_letter(label[1].text):
            yield side[:-2], label[1].text


def running(found: list[Statement], defined: Members) -> Members:
    """Those of some members whose index runs."""
    runs = {name: each for name, each in defined.items() if any(runs_in(other, each) for other in found if other is not each[2])}
    waiting = list(runs.values())
    while waiting:
        _, letter, said = waiting.pop()
        inside = [name for name, each in defined.items() if name not in runs and each[1] == letter and any(raised(said.sides[1], each[0], letter))]
        runs.update({name: defined[name] for name in inside})
        waiting += [defined[name] for name in inside]
    return runs


def runs_in(said: Statement, member: tuple[Parts, str, Statement]) -> bool:
    """Whether the index of a member runs in a statement."""
    name, letter, _ = member
    left = left_side(said.sides[0])
    told = left is not None and any(token.text == letter for token in left.below)
    for side in said.sides:
        if any(is_of_diagonal(level, at) for level, at, _ in placed(side, {key(name)})):
            return True
        listed = any(token.is_mark(r"\ldots") for level in levels(side) for token in level)
        if listed and any(label and are_digits(label) for label in labels(side, name)):
            return True
        if any((told or label[0].text in summed(side)) for label in labels(side, name) if len(label) == 1):
            return True
    return False


def is_of_diagonal(level: Parts, at: int) -> bool:
    r"""Whether what begins at a place is the argument of a word for diagonal matrices, `\operatorname{diag}(s^{(i)})`."""
    word = level[at - 2] if at > 1 and level[at - 1].nesting > 0 else None
    return word is not None and bare_word("".join(key((word,)))) in DIAGONALS


def summed(side: Parts) -> set[str]:
    """The letters over which sums and products run."""
    pairs = [(level, at) for level in levels(side) for at, token in enumerate(level[:-2]) if token.is_mark(*SUMS) and level[at + 1].is_mark("_")]
    return {token.text for level, at in pairs for token in level[at + 2].inside[:1]}


def raised(side: Parts, name: Parts, letter: str) -> Iterator[Parts]:
    """The places where a member with some index stands."""
    return (label for label in labels(side, name) if [token.text for token in label] == [letter])


def labels(side: Parts, name: Parts) -> Iterator[Parts]:
    """What stands in brackets above a name."""
    for level, at, width in placed(side, {key(name)}):
        if (label := label_at(level, at + width)) is not None:
            yield label[0]


def lowered(side: Parts, names: Members) -> Iterator[tuple[Parts, int, int]]:
    """Where something stands below one of some names."""
    for level, at, width in placed(side, set(names)):
        if any(token.is_mark("_") for token in level[at + width : at + width + 1]):
            yield level, at, width


def placed(side: Parts, names: set[Key]) -> Iterator[tuple[Parts, int, int]]:
    """Where one of some names stands: the tokens it stands among, where it begins, and how many it has."""
    for level in levels(side):
        for at in range(len(level)):
            if (width := width_at(level, at, names)):
                yield level, at, width


def width_at(level: Parts, at: int, names: set[Key]) -> int:
    """How many tokens the name has that begins at a place; 0 where none does."""
    if at and level[at - 1].is_mark(*ACCENTS, *FONTS):
        return 0
    return next((width for width in (3, 2, 1) if at + width <= len(level) and key(level[at : at + width]) in names), 0)


def label_at(level: Parts, at: int) -> tuple[Parts, Parts] | None:
    """What stands in the brackets that are raised at a place, and what is raised behind them."""
    above = level[at + 1].inside if at + 1 < len(level) and level[at].is_mark("^") else ()
    closes = next((k for k, token in enumerate(above) if token.text == ")"), 0)
    return (above[1:closes], above[closes + 1 :]) if closes > 1 and above[0].text == "(" else None


def respelt(parts: Parts, names: Members) -> Parts:
    """Tokens with the index of some names below them."""
    result: list[Token] = []
    at = 0
    while at < len(parts):
        width = width_at(parts, at, set(names))
        label = label_at(parts, at + width) if width else None
        if label is None:
            token = parts[at]
            result.append(token._replace(inner=respelt(token.inner, names)) if token.inner else token)
            at += 1
            continue
        mark, above = parts[at + width : at + width + 2]
        result += [*parts[at : at + width], mark._replace(text="_"), above._replace(inner=label[0])]
        result += [mark, above._replace(inner=label[1])] if label[1] else []
        at += width + 2
    return tuple(result)
