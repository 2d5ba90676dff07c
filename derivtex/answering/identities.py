"""Lines that hold as equations and are not what was derived: `4Ax = 2Ax + 2Ax`, given as the derivative of $x^TAx$."""

from __future__ import annotations

from derivtex.checking.claims import outcome
from derivtex.checking.lines import Line, verdict_on_claim
from derivtex.core.errors import DerivtexError
from derivtex.core.terms import Term
from derivtex.derivation.structures import structure_of
from derivtex.interface import Answer, Report
from derivtex.operations import Derivative, Differential, Symbol
from derivtex.problem import Claim
from derivtex.reading import read_formula
from derivtex.steps import Derivation
from derivtex.writing.formula import latex


def not_derived(report: Report | None, derived: Answer | None) -> frozenset[int]:
    """The lines that hold, have the shape of what was derived, say of no derivative that it is one, and have another value."""
    if report is None or derived is None or derived.derivation.derivative is None:
        return frozenset()
    return frozenset(line.index for line in report.lines if line.verdict == "holds" and has_another_value(line, derived))


def taken_free(report: Report | None, derived: Answer | None) -> frozenset[int]:
    """The lines that give the derivative by all entries of a structured matrix, where what was derived lies within such matrices and is another."""
    if report is None or derived is None or structure_of(derived.derivation.problem.wrt[0]) is None:
        return frozenset()
    return frozenset(line.index for line in report.lines if line.verdict == "holds" and not line.assuming and is_free(line, derived))


def is_free(line: Line, derived: Answer) -> bool:
    """Whether a line is about the derivative that was derived and has another value."""
    claim = claim_in(line)
    by = claim.left.by if claim is not None and type(claim.left) is Derivative else None
    return by is not None and by.name == derived.derivation.problem.wrt[0].name and claim is not None and differs(claim.right, line, derived)


def has_another_value(line: Line, derived: Answer) -> bool:
    """Whether the right side of a line that is about no derivative is of the shape of what was derived and something else."""
    claim = claim_in(line)
    return claim is not None and not isinstance(claim.left, (Derivative, Differential)) and differs(claim.right, line, derived)


def differs(right: Term, line: Line, derived: Answer) -> bool:
    """Whether a side of a line, its names as the derivation has them, is of the shape of what was derived and something else."""
    derivation = derived.derivation
    answer, symbols = derivation.unfolded, {each.name: each for each in derivation.problem.symbols.values()}
    try:
        right = read_formula(latex(right), symbols)
    except DerivtexError:
        return False
    known = set(symbols.values())
    if right.shape != answer.shape or not all(name in known for term in (answer, right) for name in term.parts(Symbol)):
        return False
    return verdict_on_claim(Claim(right, "=", answer, line.latex), derivation.problem).verdict == "fails"


def claim_in(line: Line) -> Claim | None:
    """What a line claims; None where it claims nothing that was read."""
    claims = line.problem.claims if line.problem is not None else ()
    return next((claim for claim in claims if claim.span == line.span), None)


def agree(one: Term, other: Term, derivation: Derivation) -> bool:
    """Whether two terms of one shape have the same value, as the numbers confirm."""
    return one.shape == other.shape and outcome(Claim(one, "=", other, ""), derivation.problem).holds
