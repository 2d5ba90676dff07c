"""Claimed solutions beside the one that was found: they are equal at random data, or what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivtex.answering.slips import with_slip
from derivtex.answering.solutions import Solved, solve
from derivtex.checking.diagnosis import Mistake
from derivtex.checking.lines import Line, verdict_on_line
from derivtex.core.errors import DerivtexError, ShapeError, Source
from derivtex.core.notation import squeezed
from derivtex.core.shapes import SCALAR, size_text
from derivtex.core.terms import Term
from derivtex.interface import Report
from derivtex.operations import Derivative, Number, Symbol, symbol, zero
from derivtex.problem import Claim, Problem
from derivtex.reading import claimed_solutions, read_formula
from derivtex.reading.meaning.solutions import without
from derivtex.writing.formula import latex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivtex.reading.meaning.solutions import Claimed


def with_solution(source: Source) -> tuple[Source, tuple[Claimed, ...], Solved | None]:
    """The source without the solutions that are claimed in it, these, and the one that is found; the source alone where there are none."""
    claims = claimed_solutions(source)
    clean = without(source, claims)
    solved = solved_beside(clean, claims) if claims else None
    if solved is None or all(is_model(each, solved) for each in as_named(claims, solved)):
        return source, (), None
    return clean, as_named(claims, solved), solved


def is_model(claimed: Claimed, solved: Solved) -> bool:
    r"""Whether an equation tells what data are made of, `y = X\beta + u`: it has a name that does not stand in what is minimised, and all
    derivatives of the source are by something else than its left side."""

    try:
        _, right = sides_of(claimed, zero(SCALAR), solved)
    except DerivtexError:
        return False
    problem = solved.solution.problem
    lefts = [each.left for each in problem.claims if type(each.left) is Derivative]
    unknown: Term | None = problem.symbols.get(claimed.unknown)
    others = bool(lefts) and unknown is not None and not any(each.by.contains(unknown) for each in lefts)
    return others and stranger(right, zero(SCALAR), problem) is not None


def as_named(claims: tuple[Claimed, ...], solved: Solved) -> tuple[Claimed, ...]:
    r"""The claims, their unknowns with the names that these have: `\mathbf w` and `\mathbf{w}` are one."""
    names = {squeezed(name.name): name.name for name in solved.solution.values}
    whole = (each._replace(unknown=each.entry, entry="") if squeezed(each.entry) in names else each for each in claims)
    return tuple(each._replace(unknown=names.get(squeezed(each.unknown), each.unknown)) for each in whole)


def solved_beside(source: Source, claims: tuple[Claimed, ...]) -> Solved | None:
    """The solution of a source from which claims were left out, if it is of what they claim; asked by its unknown where nothing else tells it."""
    together = tuple(dict.fromkeys(bare for each in claims for _, bare in each.estimates))
    for wrt in (", ".join((*together, claims[0].unknown)) if together else None, None, claims[0].entry or claims[0].unknown):
        try:
            found = solve(source, wrt=wrt)
        except DerivtexError:
            continue
        if as_named(claims, found)[0].unknown in {name.name for name in found.solution.values}:
            return found
    return None


def with_claims(report: Report | None, claims: tuple[Claimed, ...], solved: Solved, clean: Source) -> tuple[Report, int | None]:
    """A report with a line for each claimed solution, in the order of the source; and which line the first
    wrong one of those is that the solution gives, else the last one.

    clean: the source without the claims, of which what is claimed of other unknowns is solved for each by itself.
    """
    values = {name.name: value for name, value in solved.solution.values.items()}
    own = [line_of(claim, values[claim.unknown], solved) for claim in claims if claim.unknown in values]
    besides = [line_by_itself(claim, solved, clean) for claim in claims if claim.unknown not in values]
    found = [*own, *(line for line in besides if line is not None)]
    equations = {claim.span.start for claim in claims if claim.left}  # what the unknown was to fulfil, which it need not
    found = [line for line in found if line.verdict == "holds" or line.span is None or line.span.start not in equations]
    others = with_slips(report.lines if report is not None else (), own, claims, values, solved)
    lines = sorted((*others, *found), key=lambda line: line.span.start if line.span else 0)
    filled = report.fillings if report is not None else {}
    fillings = {at: filled[line.index] for at, line in enumerate(lines) if line not in found and line.index in filled}
    judged = [at for at, line in enumerate(lines) if line in own and line in found]
    asked = next((at for at in judged if lines[at].verdict == "fails"), judged[-1] if judged else None)
    return Report([replace(line, index=at) for at, line in enumerate(lines)], fillings), asked


def with_slips(lines: Sequence[Line], own: list[Line], claims: tuple[Claimed, ...], values: dict[str, Term], solved: Solved) -> list[Line]:
    """The lines of a report, of which the one fails that leads to the first wrong solution."""
    problem = solved.solution.problem
    wrong = next((each for each in own if each.verdict == "fails" and each.code != "dimensions"), None)
    claim = next((each for each in claims if wrong is not None and each.span == wrong.span and not (each.left or each.entry)), None)
    unknown = problem.symbols.get(claim.unknown) if claim is not None else None
    if claim is None or not isinstance(unknown, Symbol):
        return list(lines)
    found = as_defined(values[claim.unknown], problem)
    return with_slip(lines, wrong, unknown, sides_of(claim, found, solved)[1], found, problem)


def line_by_itself(claim: Claimed, solved: Solved, clean: Source) -> Line | None:
    """The verdict on what is claimed of an unknown that was not solved for, while the others are fixed; None where it cannot be solved for."""
    try:
        found = solve(clean, of=latex(solved.solution.problem.target), wrt=claim.unknown)
    except DerivtexError:
        return None
    named = as_named((claim,), found)[0]
    value = next((value for name, value in found.solution.values.items() if name.name == named.unknown), None)
    return line_of(named, value, found) if value is not None else None


def line_of(claimed: Claimed, value: Term, solved: Solved) -> Line:
    """The verdict on a claim: whether its right side is the value that was found."""
    problem = solved.solution.problem
    value = as_defined(value, problem)
    try:
        left, right = sides_of(claimed, value, solved)
        strange = stranger(right, value, problem)
        if strange is not None:
            reason = f"${strange.name}$ does not stand in what is minimised"
            return Line(0, claimed.latex, "unknown", reason, None, claimed.span, "undefined", problem=problem)
        if right.shape != left.shape:
            raise ShapeError(f"it is {size_text(right.shape)}, and the solution is {size_text(left.shape)}")
    except ShapeError as error:
        mistake = Mistake("dimension", None, None)
        return Line(0, claimed.latex, "fails", error.message, value, claimed.span, "dimensions", mistake, problem=problem)
    except DerivtexError as error:
        return Line(0, claimed.latex, "unreadable", error.message, None, claimed.span, error.code, problem=problem)
    asserted = Claim(left, "=", right, claimed.latex)  # between values that are known: in no document, whose words may tell more of a name
    found = verdict_on_line(0, claimed.latex, (asserted,), claimed.span, problem)
    other = "it has names that the solution does not have"
    return replace(found, verdict="unknown", reason=other) if found.verdict == "condition" else found


def as_defined(value: Term, problem: Problem) -> Term:
    """A value with the names that are defined as they stand in the problem: what solving found of them, that $S$ is symmetric, is left out, for
    a name with other properties is another name."""
    defined = {(each.name.name, each.name.shape): each.name for each in problem.definitions if isinstance(each.name, Symbol)}
    own = {part: defined.get((part.name, part.shape), part) for part in value.parts(Symbol)}
    return value.replace({part: name for part, name in own.items() if name is not part})


def sides_of(claimed: Claimed, value: Term, solved: Solved) -> tuple[Term, Term]:
    """The value that was found and the one that is claimed, multipliers by what they are; of an equation its two sides at the value."""
    symbols = {each.name: each for each in solved.solution.problem.symbols.values()}
    unknown = symbols.get(claimed.unknown)
    problem, values = solved.solution.problem, solved.solution.values
    others: dict[Term, Term] = {name: as_defined(found, problem) for name, found in values.items() if name.name != claimed.unknown}
    for hatted, name in claimed.estimates:
        known = next((each for each in others if isinstance(each, Symbol) and squeezed(each.name) == squeezed(name)), None)
        if known is not None:
            symbols[hatted] = symbol(hatted, known.kind, known.size)
            others[symbols[hatted]] = others[known]
    right = read_formula(claimed.right, symbols).replace(others)
    if claimed.entry and unknown is not None:
        return read_formula(claimed.entry, symbols).replace({unknown: value}), right
    if not claimed.left or unknown is None:
        return value, right
    left = read_formula(claimed.left, symbols).replace({**others, unknown: value})
    return left, right.replace({unknown: value}) if right.contains(unknown) else zero(left.shape) if right is Number(0) else right


def stranger(right: Term, value: Term, problem: Problem) -> Symbol | None:
    """A name in a claim that does not stand in what is minimised, so that nothing can be said of it."""
    defined = (side for each in problem.definitions for side in (each.name, each.body))
    known = {part for term in (problem.target, value, *defined) for part in term.walk()}
    return next((part for part in right.walk() if isinstance(part, Symbol) and part not in known), None)
