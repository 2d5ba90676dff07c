"""From steps to lines: a step is one use of a rule; a line is one move that a reader can check in the head, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

from derivtex.calculus.quadratics import with_symmetric
from derivtex.core.terms import Term
from derivtex.derivation.equations import solutions_in
from derivtex.derivation.moves import Fact, Move, Pair, moves, own_names, solved_in
from derivtex.operations import Frechet, Sum, Vec
from derivtex.simplification.engine import tidied
from derivtex.steps import Certificate, Chain, Conclusion, Derivation, Sentence
from derivtex.writing.wording import USUAL, Wording

if TYPE_CHECKING:
    from derivtex.rewriting.page import Rule

CONSTANT = ("constant", "constant factors", "constant entries", "constant side")
QUADRATIC = ("quadratic form", "quadratic form under the trace")
MOST_REASONS = 2
FAMILIAR = frozenset(["squared norm", "squared length", "inner product with itself"])  # what leaves the room to others
OBVIOUS = frozenset(["scalar behind", "transpose across", "trace", "sum", "sum over", "collect", "vec across", "transposed scalar"])


@dataclass
class Line:
    """A line to print. left: what it is about, on a chain's first line; certificates: what the numbers said of its steps.

    rules: whose reasons a reader needs. name: what the right side is called from here on. conditions: what the move takes for granted.
    facts: equations that carry it; facts_first: they come before what the rules say.
    solved: the differentials that equations fix.
    """

    left: Term | None
    right: Term
    rules: tuple[Rule, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    chain: int = 0
    name: Term | None = None
    conditions: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    facts_first: bool = False
    solved: tuple[Term, ...] = ()

    @property
    def confirmed(self) -> bool | None:
        """Whether the numbers confirmed all that was tried; None where nothing was."""
        return all(each.confirmed for each in self.certificates) if self.certificates else None

    @property
    def error(self) -> float | None:
        """The largest difference that the numbers found, relative to the values; None where nothing was tried."""
        return max((each.error for each in self.certificates if isfinite(each.error)), default=None)


def lines_of(derivation: Derivation, detail: str = "normal") -> list[Line]:
    """The lines of all chains, each followed by what it leads to."""
    found: list[Line] = []
    helpers = own_names(derivation)
    for at, chain in enumerate(derivation.chains):
        certificates = derivation.certificates[at] if at < len(derivation.certificates) else ()
        lines = chain_lines(chain, certificates, detail, at, helpers)
        if found and detail != "full" and type(chain.left) is Vec and solutions_in(found[-1].right):
            lines[0] = led_to_by(found.pop(), lines[0])
        if found and detail != "full" and found[-1].left in (None, chain.left) and chain.left is derivation.chains[at - 1].left and lines[0].rules:
            found[-1].right, lines = lines[0].right, lines[1:]  # what an equation fixes is what was asked for: said once, by the names
        found += lines
        found += [concluding(conclusion, at) for conclusion in chain.leads_to]
    return found + (shortening_lines(derivation) if detail == "full" else [])


def is_on_its_way(right: Term) -> bool:
    """Whether a line has a differential as the solution of an equation, or that of a power whose product rule comes next."""
    return bool(solutions_in(right)) or any(type(part) is Frechet and not part.is_integral for part in right.walk())


def without_solutions(lines: list[Line]) -> list[Line]:
    """A line with the solution of an equation for a differential gives the equation to the next, where there is one."""
    result: list[Line] = []
    for line in lines:
        leads = result and is_on_its_way(result[-1].right)
        result.append(led_to_by(result.pop(), line) if leads else line)
    return result


def led_to_by(before: Line, line: Line) -> Line:
    """A line that tells what led to it as well, whose own line is left out."""
    equation = equation_for(before)
    facts = before.facts if equation is None else (equation, *before.facts)
    told = equation.rules if equation is not None else ()
    rules = (*(rule for rule in before.rules if rule not in told), *line.rules)
    certificates = (*before.certificates, *line.certificates)
    conditions, facts = (*before.conditions, *line.conditions), (*facts, *line.facts)
    return replace(line, rules=rules, facts=facts, facts_first=line.facts_first or equation is not None, solved=before.solved, conditions=conditions,
                   certificates=certificates)  # fmt: skip


def equation_for(line: Line) -> Fact | None:
    """The equation that fixes the one differential of a line that stands there as its solution: `A dX + dX A^T = dC`."""
    found = dict.fromkeys((part.lefts, part.rights, part.of, part) for part in solutions_in(line.right))
    if len(line.solved) != 1 or len(found) != 1:
        return None
    rules = tuple(rule for rule in line.rules if rule.page in ("Equations", "Matrix functions") or rule.name == "definition")
    solution = next(iter(found))[-1]
    return Fact(tidied(solution.applied(line.solved[0])), solution.of, rules)


def shortening_lines(derivation: Derivation) -> list[Line]:
    """How what was read off the last line was written shortly: each line but the last, which is the result."""
    if derivation.read_off is None or not derivation.read_off.steps:
        return []
    at = derivation.recorded.index(derivation.read_off)
    certificates = derivation.certificates[at] if at < len(derivation.certificates) else ()
    return chain_lines(derivation.read_off, certificates, "full", len(derivation.chains))[:-1]


def concluding(conclusion: Conclusion, at: int) -> Line:
    """The line that gives a name to what was read off."""
    if conclusion.left is None:
        return Line(conclusion.name, conclusion.right, chain=at)
    return Line(conclusion.left, conclusion.right, chain=at, name=conclusion.name)


def chain_lines(chain: Chain, certificates: tuple[Certificate, ...], detail: str, at: int = 0, helpers: frozenset[Term] = frozenset()) -> list[Line]:
    """The lines of one chain at a detail."""
    tried = list(certificates) + [None] * (len(chain.steps) - len(certificates))
    pairs = list(zip(chain.steps, tried, strict=True))
    if detail == "full":
        lines = [Line(None, chain.start)] if chain.start is not chain.left else []
        lines += [line_of(Move(tuple(run)), full=True) for run in runs(pairs)]
    else:
        lines = without_solutions(without_repeats([line_of(move) for move in moves(pairs, helpers)])) or [Line(None, chain.start)]
    if detail == "brief" and len(lines) > 2:
        lines = [lines[0], lines[-1]]
    for line in lines:
        line.chain = at
    if lines:
        lines[0].left = chain.left
    return lines if detail == "full" else balanced(lines, chain.left)


def balanced(lines: list[Line], left: Term) -> list[Line]:
    r"""The lines of what an equation fixes: dσ = dσ - 2σ dσ + r, by which it is found, is the equation 2σ dσ = r."""
    before: Term | None = None
    for line in lines:
        terms = line.right.terms if type(line.right) is Sum else ()
        own = tuple(term for term in terms if term.contains(left))
        rest = tuple(term for term in terms if not term.contains(left))
        moved = tidied(Sum((left, *(-term for term in own)))) if own and rest and (left in own or left.is_scalar) else None
        if moved is not None:
            line.left, line.right = moved if moved is not before else None, Sum(rest) if len(rest) > 1 else rest[0]
        elif before is not None and line.left is None:
            line.left = left
        before = moved
    return lines


def runs(pairs: list[Pair]) -> list[list[Pair]]:
    """The steps one by one, but neighbours that are bookkeeping of one kind together."""
    found: list[list[Pair]] = []
    for pair in pairs:
        last = found[-1][-1][0].rule if found else None
        if last is not None and last.quiet and pair[0].rule.quiet and last.reason == pair[0].rule.reason:
            found[-1].append(pair)
        else:
            found.append([pair])
    return found


def line_of(move: Move, full: bool = False) -> Line:
    """The line of a move: where it ends, and why."""
    tried = tuple(certificate for _, certificate in move.steps if certificate is not None)
    conditions = tuple(sentence for step, _ in move.steps for sentence in step.assumes)
    rules = [step.rule for step, _ in move.steps] if full else move.rules
    return Line(None, move.after, tuple(rules), tried, conditions=conditions, facts=() if full else move.facts,
                facts_first=move.pairs_merge, solved=() if full else solved_in(move))  # fmt: skip


def reasons_of(line: Line, wording: Wording = USUAL, all_of_them: bool = False) -> list[tuple[str, str]]:
    """The reasons that are told with a line, each with its source: without repeats and what anybody sees, at most two.

    What is constant is said in one: `$x$ and $b$ are constant`.
    """
    constants = [rule for rule in line.rules if rule.page == "Problem" and rule.name in CONSTANT]
    names = unique(name for rule in constants for name in rule.reason.split("$")[1::2])
    symmetric = tuple(unique(name for rule in line.rules if rule.name in QUADRATIC for name in rule.reason.split("$")[1::2]))
    told: dict[str, tuple[str, str]] = {}
    for rule in line.rules:
        rule = replace(rule, reason=with_symmetric(rule.reason.split(";")[0] + ";", symmetric)) if rule.name in QUADRATIC else rule
        words = constant_words(names, wording) if rule in constants and names else wording.reason(rule)
        if words and not (rule in constants and not names):
            told.setdefault(words, (rule.name, rule.source))
    kept = {words: each for words, each in told.items() if len(told) == 1 or all_of_them or each[0] not in OBVIOUS} or told
    last = FAMILIAR if symmetric else FAMILIAR.union(QUADRATIC)
    ordered = kept.items() if all_of_them else sorted(kept.items(), key=lambda each: each[1][0] in last)
    return [(words, source) for words, (_, source) in ordered][: None if all_of_them else MOST_REASONS]


def constant_words(names: tuple[str, ...], wording: Wording) -> str:
    """`$x$ is constant`, `$x$ and $b$ are constant`."""
    listed = wording.listed([f"${name}$" for name in names])
    return wording.say("constant" if len(names) == 1 else "constants", listed)


def without_repeats(lines: list[Line]) -> list[Line]:
    """A line that only says again what stands above gives its reasons to it."""
    result: list[Line] = []
    for line in lines:
        if result and result[-1].right is line.right:
            last = result[-1]
            last.rules += line.rules
            last.conditions += line.conditions
            last.facts += line.facts
            last.certificates += line.certificates
        else:
            result.append(line)
    return result


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Each of the words once, in order, without empty ones."""
    return tuple(dict.fromkeys(word for word in words if word))
