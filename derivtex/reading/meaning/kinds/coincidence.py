r"""Rows or columns? Of two readings that conform, the one in which no matrix has to be square by chance.

In \sum_i (w^Tx_i - y_i)^2 with gradient 2X^T(Xw - y) the x_i may be the rows of X, or its columns where X is square. Each statement conforms by
itself either way; together they tell.
"""

from __future__ import annotations

from derivtex.reading.meaning.kinds.search import Choice, Found
from derivtex.reading.meaning.kinds.statements import Scope, walked
from derivtex.reading.syntax.tree import Key


def decided(scope: Scope, found: Found) -> Found:
    """What was found, with the runner-up left out where it differs in rows and columns alone and asks for more square matrices."""
    other = found.runner_up
    if other is None or not differing(found.best, other) <= scope.walker.strips.keys():
        return found
    one, two = (by_chance(scope, choice) for choice in (found.best, other))
    if one == two:
        return found
    return found._replace(best=found.best if one < two else other, runner_up=None)


def differing(one: Choice, other: Choice) -> set[Key]:
    """The names that two choices take for something else."""
    names = one.changed.keys() | other.changed.keys()
    return {name for name in names if one.changed.get(name) != other.changed.get(name)}


def by_chance(scope: Scope, choice: Choice) -> int:
    """How many matrices become square when all statements are walked with the sizes of each kept for the next."""
    walker = scope.walker
    walker.begin()
    walker.chosen = dict(choice.changed)
    for statement in scope.statements:
        walked(walker, statement)
        if statement.defines and not statement.letters:
            walker.made[statement.defines] = walker.outline(statement.sides[0])
    for _, body in walker.functions.values():  # of those that are differentiated by their name too
        walker.outline(body)
    outlines = [of for of in walker.made.values() if walker.is_matrix(of)]
    return sum(walker.sizes.root(of.rows) == walker.sizes.root(of.columns) for of in outlines)
