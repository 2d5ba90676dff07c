"""Somebody's own derivation, line by line: which lines hold, and which is the first that does not.

No line is derived to be judged: both sides of a claim are evaluated at random points, its differentials and derivatives from
differences. Only what should stand in the place of a wrong derivative is derived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from derivtex.checking.examples import Domain, leaves_of
from derivtex.checking.verdict import NEEDED, Trial, defined_functions, equality, run
from derivtex.core.errors import DerivtexError, Span
from derivtex.core.shapes import size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Symbol, Transpose
from derivtex.problem import Claim, Definition, Fault, Problem

RELATIONS = ("=", ":=", r"\equiv", r"\triangleq")
Asserted = Definition | Claim | Fault


@dataclass(frozen=True)
class Line:
    """A line with its verdict: definition, holds, fails, unreadable or unknown; expected: what should stand on its right."""

    index: int
    latex: str
    verdict: str
    reason: str = ""
    expected: Term | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Report:
    """The verdicts on all lines of a problem."""

    lines: tuple[Line, ...]

    @property
    def first_wrong(self) -> int | None:
        """The index of the first line that fails."""
        return next((line.index for line in self.lines if line.verdict == "fails"), None)

    @property
    def confirmed(self) -> bool:
        """Whether every line is a definition or holds."""
        return all(line.verdict in ("definition", "holds") for line in self.lines)


def check_lines(problem: Problem) -> Report:
    """The verdicts on the lines of a problem, in the order in which they stand."""
    asserted: list[Asserted] = [*problem.definitions, *problem.claims, *problem.faults]
    found = sorted(asserted, key=place)
    groups = [list(group) for _, group in groupby(found, key=lambda item: (place(item), latex_of(item)))]
    return Report(tuple(line_of(index, group, problem) for index, group in enumerate(groups)))


def place(item: Asserted) -> int:
    """Where an assertion begins; one without a place stands first."""
    return item.span.start if item.span else -1


def latex_of(item: Asserted) -> str:
    return item.span.text.strip() if isinstance(item, Definition) and item.span else getattr(item, "latex", "")


def line_of(index: int, items: list[Asserted], problem: Problem) -> Line:
    """The verdict on one line: the worst of what it asserts."""
    order = ("fails", "unreadable", "unknown", "holds", "definition")
    verdicts = [verdict_on(item, problem) for item in items]
    verdict, reason, expected = min(verdicts, key=lambda each: order.index(each[0]))
    return Line(index, latex_of(items[0]), verdict, reason, expected, items[0].span)


def verdict_on_line(index: int, latex: str, items: Iterable[object], span: Span | None, problem: Problem) -> Line:
    """The verdict on a line as it was read: one that only declares, defines a function or asks is a definition."""
    asserted = [item for item in items if isinstance(item, Asserted)]
    if not asserted:
        return Line(index, latex, "definition", span=span)
    return replace(line_of(index, asserted, problem), latex=latex, span=span)


def verdict_on(item: Asserted, problem: Problem) -> tuple[str, str, Term | None]:
    """Verdict, reason and expectation for one assertion."""
    if isinstance(item, Definition):
        return "definition", "", None
    if isinstance(item, Fault):
        return "fails" if item.code == "dimensions" else "unreadable", item.message, None
    if item.relation not in RELATIONS:
        return "unknown", f"the relation {item.relation} is not tried", None
    return verdict_on_claim(item, problem)


def verdict_on_claim(claim: Claim, problem: Problem, needed: int = NEEDED) -> tuple[str, str, Term | None]:
    """Whether a claim holds as it stands or, for a derivative, in the other layout; tried at as many points as are needed."""
    trial, turned = trials(claim, needed)
    run([trial, *turned], domain_of(claim, problem))
    if trial.certificate.confirmed:
        return "holds", "", None
    if any(other.certificate.confirmed for other in turned):
        return transposed(claim, problem)
    if trial.failed or claim.left.shape != claim.right.shape:
        return "fails", difference_of(claim), expected_right(claim, problem)
    return "unknown", trial.certificate.remark, None


def transposed(claim: Claim, problem: Problem) -> tuple[str, str, Term | None]:
    """The verdict on the transpose of a derivative: right where its shape says it is meant, else wrong: it could be a slip."""
    rows, columns = claim.right.shape
    if rows != columns:
        return "holds", "in the layout that is the transpose of the usual one", None
    return "fails", "it is the transpose of the derivative, which holds in numerator layout only", expected_right(claim, problem)


def trials(claim: Claim, needed: int) -> tuple[Trial, list[Trial]]:
    """The claim itself and, where its left is a derivative, the same in the other layout."""
    if type(claim.left) is not Derivative or claim.left.form not in ("gradient", "jacobian", "vec"):
        return equality(claim.left, claim.right, needed), []
    return equality(claim.left, claim.right, needed), [equality(claim.left, Transpose(claim.right), needed)]


def difference_of(claim: Claim) -> str:
    """In what the sides differ."""
    if claim.left.shape == claim.right.shape:
        return "the two sides have different values"
    return f"the left is {size_text(claim.left.shape)} and the right {size_text(claim.right.shape)}"


def domain_of(claim: Claim, problem: Problem) -> Domain:
    """Where a claim is tried: everything that its differentials name moves, or else the variables of the problem."""
    definitions: dict[Term, Term] = {definition.name: definition.body for definition in problem.definitions}
    functions = defined_functions(problem)
    return Domain(leaves_of([claim.left, claim.right], definitions, functions), moving(problem), definitions, functions)


def moving(problem: Problem) -> tuple[Term, ...]:
    """The symbols that the author moves: those with a d before them that are not defined, or what the derivatives are by."""
    defined = {definition.name for definition in problem.definitions}
    named = dict.fromkeys(part for part in parts_of(problem.claims) if type(part) is Differential and type(part.of) is Symbol)
    moved = [part.of for part in named if part.of not in defined]
    return tuple(moved) or problem.wrt


def parts_of(claims: Iterable[Claim]) -> Iterable[Term]:
    for claim in claims:
        yield from claim.left.walk()
        yield from claim.right.walk()


def expected_right(claim: Claim, problem: Problem) -> Term | None:
    """What the right side of a claim about a derivative should be; None where that is not known."""
    from derivtex.derivation.driver import derive

    if type(claim.left) is not Derivative:
        return None
    asked = replace(problem, target=claim.left.of, wrt=(claim.left.by,), order=2 if claim.left.form == "hessian" else 1)
    try:
        return derive(asked).result
    except DerivtexError:
        return None
