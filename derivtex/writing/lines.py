r"""From steps to lines: which steps a careful person puts on one line, and with what reasons.

A step is one use of a rule; a line is one move that a reader can check in the head. The steps of one pass are one move; a pass of
bookkeeping alone rides along with the line before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from derivtex.steps import Certificate, Chain, Derivation, Step
from derivtex.terms import Term

if TYPE_CHECKING:
    from derivtex.rules.page import Rule

PROBLEM, CONSTANT = "Problem", " is constant"
DETAILS = ("brief", "normal", "full")


class Move(NamedTuple):
    """Steps that share a line, with the certificate of each where there is one."""

    steps: tuple[tuple[Step, Certificate | None], ...]

    @property
    def after(self) -> Term:
        return self.steps[-1][0].after

    @property
    def quiet(self) -> bool:
        return all(step.rule.quiet for step, _ in self.steps)


@dataclass
class Line:
    """A line to print. left: what it is about, on a chain's first line; confirmed is None where nothing was tried."""

    left: Term | None
    right: Term
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confirmed: bool | None = None
    chain: int = 0


def lines_of(derivation: Derivation, detail: str = "normal") -> list[Line]:
    """The lines of all chains."""
    found: list[Line] = []
    for at, chain in enumerate(derivation.chains):
        certificates = derivation.certificates[at] if at < len(derivation.certificates) else ()
        found += chain_lines(chain, certificates, detail, at)
    return found


def chain_lines(chain: Chain, certificates: tuple[Certificate, ...], detail: str, at: int = 0) -> list[Line]:
    """The lines of one chain at a detail."""
    tried = list(certificates) + [None] * (len(chain.steps) - len(certificates))
    pairs = list(zip(chain.steps, tried, strict=True))
    if detail == "full":
        lines = [Line(None, chain.start)] if chain.start is not chain.left else []
        lines += [line_of(Move((pair,)), full=True) for pair in pairs]
    else:
        lines = without_repeats([line_of(move) for move in moves(pairs)]) or [Line(None, chain.start)]
    if detail == "brief" and len(lines) > 2:
        lines = [lines[0], lines[-1]]
    for line in lines:
        line.chain = at
    if lines:
        lines[0].left = chain.left
    return lines


def moves(pairs: list[tuple[Step, Certificate | None]]) -> list[Move]:
    """The steps gathered pass by pass; quiet passes ride along with their neighbours."""
    gathered: list[list[tuple[Step, Certificate | None]]] = []
    for pair in pairs:
        if gathered and gathered[-1][-1][0].pass_ == pair[0].pass_:
            gathered[-1].append(pair)
        else:
            gathered.append([pair])
    result: list[Move] = []
    for steps in gathered:
        move = Move(tuple(steps))
        if result and (move.quiet or result[-1].quiet):
            move = Move(result.pop().steps + move.steps)
        result.append(move)
    return result


def line_of(move: Move, full: bool = False) -> Line:
    """The line of a move: where it ends, and why."""
    rules = [step.rule for step, _ in move.steps]
    telling = rules if full else telling_rules(rules)
    tried = [certificate.confirmed for _, certificate in move.steps if certificate is not None]
    confirmed = all(tried) if tried else None
    return Line(None, move.after, gathered(rule.reason for rule in telling), unique(rule.source for rule in telling), confirmed)


def telling_rules(rules: list[Rule]) -> list[Rule]:
    """The rules whose reasons a reader needs: those that lead the move; else what the problem says; else what rides along."""
    shown = [rule for rule in rules if not rule.quiet]
    leading = [rule for rule in shown if not rule.rides]
    return leading or [rule for rule in shown if rule.page == PROBLEM] or shown


def gathered(reasons: Iterable[str]) -> tuple[str, ...]:
    """Reasons without repeats, with `$x$ is constant` and `$b$ is constant` made one."""
    each = unique(reasons)
    constants = [reason.removesuffix(CONSTANT) for reason in each if reason.endswith(CONSTANT)]
    others = [reason for reason in each if not reason.endswith(CONSTANT)]
    if len(constants) < 2:
        return each
    return (*others, f"{', '.join(constants[:-1])} and {constants[-1]} are constant")


def without_repeats(lines: list[Line]) -> list[Line]:
    """A line that only says again what stands above gives its reasons to it."""
    result: list[Line] = []
    for line in lines:
        if result and result[-1].right is line.right:
            last = result[-1]
            last.reasons, last.sources = unique((*last.reasons, *line.reasons)), unique((*last.sources, *line.sources))
            last.confirmed = line.confirmed if last.confirmed in (None, True) else last.confirmed
        else:
            result.append(line)
    return result


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Each of the words once, in order, without empty ones."""
    return tuple(dict.fromkeys(word for word in words if word))
