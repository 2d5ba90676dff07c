"""Where the work is done: in processes of this machine, or on a Dask cluster. A few documents are under way at a time, so that the memory
does not grow with the corpus; a document that takes its process with it is found and told, and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from derivtex.core.errors import UsageError
from derivtex.faces.corpus.tasks import Record, Task
from derivtex.faces.corpus.work import FAILED, record_of

AHEAD = 2  # documents under way for each process


def local(jobs: int) -> Executor:
    """Processes of this machine; each begins anew, for threads of this one may hold locks."""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """A Dask cluster by the address of its scheduler, and how many threads it has. Raises UsageError where there is none, or no Dask."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("Dask is not installed", way_out="pip install 'derivtex[corpus]', or leave --scheduler out") from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"there is no scheduler at {address}", way_out="start one with `dask scheduler`, and workers beside it") from error
    with client:
        yield client.get_executor(pure=False, retries=0), max(1, sum(client.nthreads().values()))


def records(tasks: Iterator[Task], jobs: int) -> Iterator[Record]:
    """The records of documents as they are made, by processes of this machine."""
    left: list[Task] = []
    while True:
        with local(jobs) as pool:
            yield from under_way(tasks, pool, jobs * AHEAD, left)
        if not left:
            return
        for task in left:  # one of them ended a process: each by itself
            yield alone(task)
        left.clear()


def on_cluster(tasks: Iterator[Task], address: str) -> Iterator[Record]:
    """The records of documents as they are made, by the workers of a cluster."""
    with cluster(address) as (pool, threads):
        yield from under_way(tasks, pool, threads * AHEAD, [])


def under_way(
    tasks: Iterator[Task], pool: Executor, most: int, left: list[Task], work: Callable[[Task], Record] = record_of
) -> Iterator[Record]:
    """Records as they are made; what was under way when the pool broke is left."""
    waiting: dict[Future[Record], Task] = {}
    while True:
        for task in islice(tasks, most - len(waiting)):
            try:
                waiting[pool.submit(work, task)] = task
            except BrokenProcessPool:
                left += [task, *waiting.values()]
                return
        if not waiting:
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            task = waiting.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool:
                left += [task, *waiting.values()]
                return
            except Exception as error:  # of the cluster: a worker was lost
                yield lost(task, f"{type(error).__name__}: {error}")


def alone(task: Task) -> Record:
    """The record of a document in a process of its own; one that ends this too is told."""
    try:
        with local(1) as pool:
            return pool.submit(record_of, task).result()
    except BrokenProcessPool:
        return lost(task, "it ended the process that checked it")


def lost(task: Task, why: str) -> Record:
    return {"document": task.name, "digest": task.digest, "status": "failed", **FAILED, "error": f"{task.name}: error: {why} [lost]", "seconds": 0.0}
