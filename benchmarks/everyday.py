"""The everyday tasks: derived, confirmed and written, beside SymPy's derivative where it has one."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from measure import Row, in_turn
from tasks import TASKS, Task

import derivtex
from derivtex.exchange import to_sympy
from derivtex.reading import read


def rows() -> Iterator[Row]:
    """Medians over all tasks, and the ratio to SymPy where both can."""
    warnings.simplefilter("ignore")
    plain, checked, written, ratios, unconfirmed = [], [], [], [], []
    for task in TASKS:
        asked = {"wrt": task.wrt, "of": task.of, "declare": task.declarations, "order": task.order}
        answer = derivtex.derive(task.source, **asked)
        unconfirmed += [] if answer.confirmed else [task.name]
        theirs = peer(task)
        works: list[Callable[[], object]] = [
            lambda: derivtex.derive(task.source, check=False, **asked), lambda: derivtex.derive(task.source, **asked), answer.to_latex,  # noqa: B023
        ]  # fmt: skip
        found = in_turn([*works, *([theirs] if theirs else [])], 3)
        plain.append(found[0])
        checked.append(found[1])
        written.append(found[2])
        ratios += [found[3] / found[0]] if theirs else []
    yield Row("everyday", f"{len(TASKS)} tasks: not confirmed", len(unconfirmed), "tasks", 0, remark=", ".join(unconfirmed))
    yield Row("everyday", "read and derived, median", median(plain), "ms", 1.5)
    yield Row("everyday", "the same, every step confirmed", median(checked), "ms", 5)
    yield Row("everyday", "written as a page", median(written), "ms")
    yield Row("everyday", f"times faster than SymPy ({len(ratios)} tasks it can do)", median(ratios), "times", 25, True)


def peer(task: Task) -> Callable[[], object] | None:
    """SymPy's derivative of the same expression, its memory emptied; None where it has none."""
    import sympy

    problem = read(task.source, wrt=task.wrt, of=task.of, declare=task.declarations, order=task.order)
    bodies = {known.name: known.body for known in problem.definitions}
    target = problem.target
    while any(part in bodies for part in target.walk()):
        target = target.replace(bodies)

    def work() -> Any:
        sympy.core.cache.clear_cache()
        return expression.diff(by)

    try:
        expression, by = to_sympy(target), to_sympy(problem.wrt[0])
        work()
    except (Exception, RecursionError):
        return None
    return work
