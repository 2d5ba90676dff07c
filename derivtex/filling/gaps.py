"""The steps that lead to an author's lines: from the line before, or from the left side where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from derivtex.checking.claims import Given, outcome, run
from derivtex.checking.ledger import assumptions
from derivtex.checking.lines import RELATIONS, Line, Read
from derivtex.checking.movement import Motion
from derivtex.checking.trials import Trial, equality
from derivtex.checking.verdict import confirm
from derivtex.core.errors import DerivtexError
from derivtex.core.session import TooLarge
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.filling.bridges import bridge, joined
from derivtex.filling.comparison import compared
from derivtex.filling.expansion import DERIVED, Expansion
from derivtex.operations import Derivative, Differential, Symbol, Transpose
from derivtex.problem import Claim, Definition, Problem
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.names import replaced
from derivtex.steps import Certificate, Chain, Derivation, Step

KNOWN = frozenset(["symmetric", "orthogonal"])  # the assumptions that rules can use


class Filling(NamedTuple):
    """What leads to a line: the derivation; of a wrong derivative that of the right one, and how the two compare."""

    derivation: Derivation | None
    comparison: str = ""


def fillings(read: Iterable[Read], lines: Sequence[Line]) -> dict[int, Filling]:
    """What leads to each line, by its index; only of lines for which steps were found and no number speaks against them."""
    found: dict[int, Filling] = {}
    last: tuple[Term, Term] | None = None
    for (_, items, _, problem), line in zip(read, lines, strict=True):
        for item in items:
            if isinstance(item, Definition):
                last = item.name, item.body
            elif isinstance(item, Claim) and item.relation in RELATIONS and line.verdict in ("holds", "fails"):
                before = last[1] if last is not None and last[0] is item.left else None
                filling = filling_of(item, before, line, problem)
                if filling is not None:
                    found[line.index] = filling
                last = (item.left, item.right) if line.verdict == "holds" else None
    return found


def filling_of(claim: Claim, before: Term | None, line: Line, problem: Problem) -> Filling | None:
    """What leads to a claim."""
    try:
        if line.verdict == "fails":
            return compared_with_derived(claim, problem)
        given = given_by(claim, line, problem)
        claim, before, problem = with_given(claim, before, problem, given)
        if before is None and type(claim.left) is Derivative:
            found = derived(claim, problem)
        else:
            found = bridged(claim, claim.left if before is None else before, problem)
    except TooLarge:
        raise
    except DerivtexError:
        return None
    return None if found is None else Filling(found)


def compared_with_derived(claim: Claim, problem: Problem) -> Filling | None:
    """The derivation of a derivative that is claimed to be something else, and how the two compare."""
    if type(claim.left) is not Derivative:
        return None
    found = derivation_of(claim.left, problem)
    if found is None or found.refutation is not None:
        return None
    return Filling(found, compared(found.answer, claim, problem))


def given_by(claim: Claim, line: Line, problem: Problem) -> Given:
    """What the line needs to hold, as properties of names."""
    if not line.assuming:
        return {}
    return next((given for sentences, given in assumptions(claim, problem) if set(sentences) <= set(line.assuming)), {})


def with_given(claim: Claim, before: Term | None, problem: Problem, given: Given) -> tuple[Claim, Term | None, Problem]:
    """Claim and problem with what is assumed of the names."""
    changed: dict[Term, Term] = {
        name: Symbol(name.name, name.kind, name.size, tuple(sorted({*name.properties, *(KNOWN & set(properties))})), name.family)
        for name, properties in given.items() if isinstance(name, Symbol)
    }  # fmt: skip
    if not changed:
        return claim, before, problem
    claim = claim._replace(left=claim.left.replace(changed), right=claim.right.replace(changed))
    return claim, before and before.replace(changed), replaced(problem, changed)


def derivation_of(left: Derivative, problem: Problem) -> Derivation | None:
    """The derivation of a derivative, in the layout that its shape has; None where nothing is known that derives it."""
    order = 2 if left.form == "hessian" else 1
    asked = replace(problem, target=left.of, wrt=(left.by,), order=order, claims=(), faults=(), guesses=())
    for layout in ("denominator", "numerator"):
        found = derive(asked, layout=layout)
        if found.derivative is not None and found.answer.shape == left.shape:
            return confirm(found)
    return None


def derived(claim: Claim, problem: Problem) -> Derivation | None:
    """The derivation that ends in what is claimed of a derivative, as its author wrote it."""
    assert isinstance(claim.left, Derivative)
    found = derivation_of(claim.left, problem)
    if found is None or not found.confirmed:
        return None
    turned = claim.right if claim.right.shape == found.answer.shape else claim.right.T
    for right in (turned, *([turned.T] if turned.shape[0] == turned.shape[1] else [])):
        if same_term(found.answer, right):
            return ending_in(found, right)
    return gone_on(found, claim, turned, problem)


def ending_in(found: Derivation, right: Term) -> Derivation:
    """A derivation with its result as the author wrote it, which is the same thing written differently."""
    own, tried = found.verdict or Certificate(False, 0.0), found.certificates
    if found.without_names is not None:
        tried = tried[:-1]
    read_off = found.read_off
    if read_off is not None and read_off.end is not right:
        read_off = replace(read_off, steps=[*read_off.steps, *joined(read_off.end, right, read_off.steps)])
        tried = (*tried[:-1], (*tried[-1], own))
    return replace(found, result=right, opened=None, where=(), unnamed=None, read_off=read_off, without_names=None, certificates=tried)


def gone_on(found: Derivation, claim: Claim, right: Term, problem: Problem) -> Derivation | None:
    """A derivation with the steps that lead from its result to what its author wrote."""
    rest = certified(claim, found.answer, right, problem)
    if rest is None or found.derivative is None:
        return None
    steps, certificates = rest
    read_off = Step(DERIVED, (), found.derivative, found.answer, 0)
    chain = Chain(found.derivative, found.derivative, [read_off, *steps])
    own, lines = found.verdict or Certificate(False, 0.0), len(found.chains)
    named = sum(bool(each.steps) for other in found.chains for each in other.leads_to)
    tried = (*found.certificates[:lines], (own, *certificates), *found.certificates[lines : lines + named])
    return replace(
        found, chains=(*found.chains, chain), certificates=tried, derivative=None, result=right, opened=None, where=(), unnamed=None,
        read_off=None, without_names=None,
    )  # fmt: skip


def bridged(claim: Claim, before: Term, problem: Problem) -> Derivation | None:
    """The derivation from one formula to the claim's right side."""
    before = turned_within(before)
    found = certified(claim, before, claim.right, problem)
    if found is None or not found[0]:
        return None
    steps, certificates = found
    shown = replace(problem, target=before, wrt=(), claims=(), faults=(), guesses=())
    verdict = Certificate(all(each.confirmed for each in certificates), max(each.error for each in certificates))
    chain = Chain(before, before, steps)
    return Derivation(
        shown, "denominator", "differential", 1, (), (chain,), None, claim.right, certificates=(tuple(certificates),), verdict=verdict,
    )  # fmt: skip


def certified(claim: Claim, before: Term, after: Term, problem: Problem) -> tuple[list[Step], list[Certificate]] | None:
    """The steps between two formulas with what the numbers say of each; None where there are none, or a number speaks against one."""
    for motion in motions_of(claim, problem):
        steps = bridge(before, after, Expansion(problem, motion.moving))
        if steps is None:
            continue
        trials = [equality(step.before, step.after) for step in steps]
        run(trials, motion._replace(claim=claim._replace(left=before, right=after)), problem)
        if not any(trial.failed for trial in trials):
            return steps, [settled(trial) for trial in trials]
    return None


def turned_within(term: Term) -> Term:
    """A formula with (dx)ᵀ for d(xᵀ), which authors write alike."""

    def turned(part: Term) -> Term | None:
        of = part.of if isinstance(part, Differential) else None
        return Transpose(Differential(of.of)) if isinstance(of, Transpose) and isinstance(of.of, Symbol) else None

    return term.map(turned)


def motions_of(claim: Claim, problem: Problem) -> list[Motion]:
    """The way to move under which a claim holds."""
    found = outcome(claim, problem)
    return [] if found.motion is None else [found.motion]


def settled(trial: Trial) -> Certificate:
    return trial.certificate
