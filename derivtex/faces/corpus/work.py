"""One document to its record, in whatever process: whatever it holds, a record comes back."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from derivtex.core.errors import DerivtexError, Source, describe
from derivtex.faces.corpus.tasks import Record, Task
from derivtex.faces.kept import kept_in
from derivtex.faces.sections import Memory, checked_by_sections
from derivtex.writing.summaries import UNDECIDED, construct_of

SHOWN = ("latex", "verdict", "reason", "code", "expected", "assuming", "place", "mistake")
FAILED: Record = {"counts": {}, "constructs": {}, "wrong": []}


def record_of(task: Task) -> Record:
    """What is found in a document: how many lines have which verdict, what could not be read, the lines that are wrong."""
    get_ready()
    begun = time.perf_counter()
    told = {"document": task.name, "digest": task.digest}
    try:
        if task.fault:
            return {**told, "status": "failed", **FAILED, "error": task.fault, "seconds": 0.0}
        memory: Memory = kept_in(task.cache) if task.cache else {}
        report = checked_by_sections(Source(task.text, task.name), memory, task.declare, seconds=task.seconds, line_by_line=True)
        assert report is not None
        told |= {"status": "checked", **found_in(report), "error": ""}
    except DerivtexError as error:
        told |= {"status": "failed", **FAILED, "error": describe(error)}
    except Exception as error:  # one document never ends the others
        told |= {"status": "failed", **FAILED, "error": f"{type(error).__name__}: {error} [internal]"}
    return {**told, "seconds": round(time.perf_counter() - begun, 3)}


@cache
def get_ready() -> None:
    """Load what checking needs, once in a process and under no limit: an import that is cut short by one leaves half a module behind."""
    from derivtex.interface import check

    check("f = x^T A x; df = x^T A dx; \\frac{\\partial f}{\\partial x} = 2Ax; f \\oops").to_dict()


def found_in(report: dict[str, Any]) -> Record:
    """What a record tells of a report."""
    constructs: dict[str, int] = {}
    for line in report["lines"]:
        if line["verdict"] in UNDECIDED:
            name = f"{line['verdict']}: {construct_of(line)}"
            constructs[name] = constructs.get(name, 0) + 1
    wrong = [{key: line[key] for key in SHOWN} for line in report["lines"] if line["verdict"] == "fails"]
    return {"counts": report["counts"], "constructs": dict(sorted(constructs.items())), "wrong": wrong}
