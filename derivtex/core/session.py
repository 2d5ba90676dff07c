"""A session: one piece of work from reading to writing, with its limits and with what is remembered for as long as it lasts.

All stages of the work spend from the same budget. Steps are counted where the work grows (a term is made or looked up, a token is
read, a value computed), so that the same input ends in the same way on every machine; the clock and the alarm are the walls behind
that. What is remembered (the normal forms of terms) belongs to the session and goes with it. A session belongs to one thread.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sys import maxsize
from time import monotonic
from typing import Any, NamedTuple, TypeVar

from derivtex.core.errors import DerivtexError
from derivtex.core.garbage import rarely_collected

AGAIN = 0.25  # seconds between two alarms: one that falls where exceptions are swallowed is not the last
LOOK = 512  # steps between two looks at the clock
Kept = TypeVar("Kept")


class TooLarge(DerivtexError):
    """The work takes more than its limits allow."""

    exit_status, code = 4, "too-large"


class Limits(NamedTuple):
    """What a piece of work may take. seconds: by the clock, 0 for any time. steps: elementary ones, of 2 to 20 microseconds each.

    terms: different terms made, about a kilobyte each. letters: of one text. digits: of a whole number. entries: of one array of numbers.
    """

    seconds: float = 0
    steps: int = 20_000_000
    terms: int = 1_000_000
    letters: int = 4_000_000
    digits: int = 4_000
    entries: int = 1_000_000


USUAL = Limits()
UNLIMITED = Limits(0, *(maxsize,) * 5)


class Memory(dict[type, Any]):
    """What a session remembers: one object of each type, made when it is first asked for."""

    def __missing__(self, kind: type) -> Any:
        found = self[kind] = kind()
        return found


class Session:
    """What one piece of work has spent and remembers. stage: what is being done, for the message. stopped: asked now and then, whether
    nobody waits for it any more."""

    def __init__(self, limits: Limits = USUAL, stopped: Callable[[], bool] | None = None):
        self.limits = limits
        self.stopped = stopped
        self.stage = ""
        self.steps = self.terms = 0
        self.deadline = monotonic() + limits.seconds if limits.seconds else float("inf")
        self.next_look = min(LOOK, limits.steps)
        self.memory = Memory()

    def keep(self, kind: type[Kept]) -> Kept:
        """The session's own object of a type, made when it is first asked for."""
        found: Kept = self.memory[kind]
        return found

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises TooLarge, and again each time from then on."""
        self.steps += steps
        if self.steps > self.next_look:
            self.look()

    def spend_term(self, parts: int) -> None:
        """Count a term that is new, a long one as several: it takes as much room."""
        self.terms += 1 + parts // 64
        if self.terms > self.limits.terms:
            raise self.too_large(f"more than {self.limits.terms} different formulas")

    def look(self) -> None:
        """Look whether steps or time are used up, or nobody waits. Raises TooLarge."""
        if self.stopped is not None and self.stopped():
            raise self.too_large("longer than anybody waits")
        if self.steps > self.limits.steps:
            raise self.too_large(f"more than {self.limits.steps} steps")
        if monotonic() > self.deadline:
            raise self.out_of_time()
        self.next_look = min(self.steps + LOOK, self.limits.steps)

    @contextmanager
    def share(self, part: float) -> Iterator[None]:
        """While this holds, the work may take that part of the time that is left; steps are counted as ever."""
        before = self.deadline
        self.deadline = monotonic() + part * (before - monotonic())
        try:
            yield
        finally:
            self.deadline = before

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be done, and not only the part of the time that something may take is used up."""
        spent = self.steps > self.limits.steps or self.terms > self.limits.terms or monotonic() > self.deadline
        return spent or (self.stopped is not None and self.stopped())

    def finish(self) -> None:
        """Let the work end, where its time is over, in telling what has been found: that has no limits of its own."""
        self.limits, self.deadline, self.next_look = UNLIMITED, float("inf"), maxsize

    def out_of_time(self) -> TooLarge:
        return self.too_large(f"more than {self.limits.seconds:g} seconds", "give it more time with --limit SECONDS (limit= in Python), or ")

    def too_large(self, what: str, before: str = "") -> TooLarge:
        """The error for a limit that was met."""
        return TooLarge(f"{self.stage or 'it'} takes {what}", way_out=f"{before}give a part of it a name and derive in two stages")


_session: ContextVar[Session | None] = ContextVar("session", default=None)
own_session = _session.get  # for what is asked for at each term: `current` without a call of its own, where there is one


def current() -> Session:
    """The session of this thread; whoever works outside of any gets one without limits, that lasts."""
    found = _session.get()
    if found is None:
        found = Session(UNLIMITED)
        _session.set(found)
    return found


def spend(steps: int = 1) -> None:
    """Count steps of the current session. Raises TooLarge."""
    current().spend(steps)


@contextmanager
def session(limits: Limits = USUAL, stopped: Callable[[], bool] | None = None) -> Iterator[Session]:
    """A piece of work with its own limits and memory; within another one, a part of that. Once it is `stopped` it ends in TooLarge."""
    outer = _session.get()
    if outer is not None and outer.limits is not UNLIMITED:
        yield outer
        return
    new = Session(limits, stopped)
    token = _session.set(new)
    try:
        with rarely_collected(), alarm(new):
            yield new
    except RecursionError as error:
        raise new.too_large("more levels within one another than can be followed") from error
    except MemoryError as error:
        raise new.too_large("more memory than there is") from error
    finally:
        _session.reset(token)


@contextmanager
def alarm(of: Session) -> Iterator[None]:
    """Stop work that counts no steps (in a library) when its time is over: on the main thread, where the system has such alarms."""
    possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not of.limits.seconds or not possible or signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0):
        yield
        return

    def ring(number: int, frame: object) -> None:
        if monotonic() > of.deadline:
            raise of.out_of_time()

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, of.limits.seconds + AGAIN, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """While this holds, the session (a new one, where there is none) does that; also a decorator."""
    with session() as work:
        before, work.stage = work.stage, name
        try:
            yield
        finally:
            work.stage = before
