"""How fast a corpus is checked, and how much memory that takes: python -m benchmarks.corpus [DOCUMENTS] [JOBS …]

The documents are made of the derivations in samples/: each has one under a heading of its own, with numbers that keep it from being like
another; in every fourth one sign is changed. The memory is the largest of a process that checked, read every hundred documents; the seconds
of processors do not depend on what else runs.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from derivtex.faces.corpus.pools import AHEAD, local, under_way
from derivtex.faces.corpus.tasks import Record, Task, tasks
from derivtex.faces.corpus.work import record_of

ROOT = Path(__file__).resolve().parent.parent
EVERY = 100


def documents(folder: Path, count: int) -> list[str]:
    """So many documents, the same for every run."""
    drawn = random.Random(1)
    derivations = [path.read_text("utf-8") for path in sorted(ROOT.glob("samples/*/*.md")) + sorted(ROOT.glob("samples/*/expected.tex"))]
    names = []
    for number in range(count):
        text = f"# Paper {number}\n\nThe constant is {drawn.randint(2, 99)}.\n\n{drawn.choice(derivations)}"
        text = text.replace(" - ", " + ", 1) if number % 4 == 0 else text
        names.append(str(folder / f"{number:05}.md"))
        Path(names[-1]).write_text(text, "utf-8")
    return names


def watched(task: Task) -> Record:
    """The record of a document, with the memory that its process has taken so far, in megabytes."""
    return {**record_of(task), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def run(names: list[str], jobs: int, cache: str) -> Iterator[Record]:
    with local(jobs) as pool:
        yield from under_way(tasks(names, (), 60.0, cache), pool, jobs * AHEAD, [], watched)


def measured(names: list[str], jobs: int, cache: str, label: str) -> None:
    begun, before, lines, wrong, failed, memory = time.perf_counter(), processors(), 0, 0, 0, []
    for number, record in enumerate(run(names, jobs, cache), 1):
        lines, wrong = lines + sum(record["counts"].values()), wrong + record["counts"].get("fails", 0)
        failed += record["status"] == "failed"
        if number % EVERY == 0:
            memory.append(round(record["memory"]))
    seconds = time.perf_counter() - begun
    print(f"{label}, {jobs} jobs: {len(names)} documents, {lines} lines ({wrong} wrong, {failed} documents failed) in {seconds:.0f} s, "
          f"{processors() - before:.0f} s of processors; MB of a process every {EVERY}: {memory}", flush=True)  # fmt: skip


def processors() -> float:
    """The seconds of processors that the processes took which have ended."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def main() -> None:
    count, *jobs = map(int, sys.argv[1:] or ("1000", "1", "2"))
    with tempfile.TemporaryDirectory() as folder:
        names = documents(Path(folder), count)
        for each in jobs:
            measured(names, each, "", "anew")
        cache = str(Path(folder, "sections.sqlite"))
        measured(names, jobs[-1], cache, "first with a store")
        measured(names, jobs[-1], cache, "again with the store")


if __name__ == "__main__":
    main()
