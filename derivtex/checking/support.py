"""What supports that a refuted line of a document is wrong, and not misread: a repair, or lines that confirm its names.

In a document a name may be tied to others by words that nobody can read in full. A line that one small edit makes right was surely
read as it was meant: a misreading is seldom one sign away from the truth. The edit has to say something: it keeps names of the line and
does not put its left side once more on the right, for that makes any equation right. Without a repair the names must be known from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from derivtex.checking.bodies import bodies, is_zero
from derivtex.checking.claims import outcome
from derivtex.checking.conditions import Course
from derivtex.checking.diagnosis import Mistake
from derivtex.checking.doubts import CALLS, is_about_changes, is_size
from derivtex.checking.movement import below, leaves
from derivtex.core.errors import Source
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Identity, Inner, MatrixPower, Member, Number, Product, Sum, Symbol, Transpose, Zero
from derivtex.problem import Claim, Problem
from derivtex.reading.meaning.scopes import own_section
from derivtex.reading.source.documents import Document
from derivtex.rewriting.normal_form import same_term

FACTORED = ("svd", "singular value", "decomposition", "factori", "eigen", "spectral", "cholesky", "diagonali")
NEAR = 80


class Refuted(NamedTuple):
    """A claim that the numbers refute, with the edit that makes it right, if any, the derivative that was derived, if it is about one,
    what lines have said so far, and what the names stand for."""

    claim: Claim
    problem: Problem
    mistake: Mistake | None
    expected: Term | None
    course: Course
    definitions: dict[Term, Term]


Reason = Callable[[Refuted], str]


def what_is_missing(claim: Claim, problem: Problem, mistake: Mistake | None, expected: Term | None, course: Course) -> str:
    """What keeps a refuted claim from being called wrong; nothing where it is. expected: the derivative that was derived."""
    if not stands_in_document(claim):
        return ""
    case = Refuted(claim, problem, mistake, expected, course, bodies(problem, claim))
    table = OF_A_REPAIR if is_repaired(claim, mistake) else WITHOUT_REPAIR
    return next((reason for speaks in table if (reason := speaks(case))), "")


def is_repaired(claim: Claim, mistake: Mistake | None) -> bool:
    """Whether a small edit makes a claim right that says something: it keeps names of the right side, and is not the left side once more."""
    if mistake is None:
        return False
    if mistake.whole is None:
        return mistake.kind in ("transpose", "scalar-rule")
    kept = symbols(set(chain.from_iterable(each.walk() for each in addends(claim.right)))) & symbols(set(mistake.whole.walk()))
    over_again = set(addends(mistake.whole)) == set(addends(claim.left)) or (mistake.part is claim.right and same_term(mistake.whole, claim.left))
    return bool(kept) and not over_again


def addends(term: Term) -> list[Term]:
    """The addends of a sum, those of sums in it too, without those that are zero as they are written."""
    if type(term) is Sum:
        return [each for part in term.terms for each in addends(part)]
    parts = term.children if isinstance(term, (Product, Inner)) else (term,)
    return [] if any(map(is_zero, parts)) else [term]


def of_a_lost_number(case: Refuted) -> str:
    r"""Whether a line about no derivative lacks a factor made of names alone, as $\|d\|^2$, which its author may know to be one."""
    claim, mistake = case.claim, case.mistake
    if mistake is None or mistake.kind != "factor" or mistake.whole is None or is_about_changes(claim):
        return ""
    lost = named(set(leaves(mistake.whole, case.definitions)) - set(leaves(claim.right, case.definitions)))
    return f"it is right where the factor with ${lost[0]}$ is one" if lost else ""


def of_a_vanishing_term(case: Refuted) -> str:
    r"""Whether what is missing is what an earlier line sets to zero, as $\sum_i \alpha_iy_i$ in a dual."""
    mistake = case.mistake
    if mistake is None or mistake.kind != "term" or mistake.repair is None:
        return ""
    inside = set(mistake.repair.walk())
    line = next((line for term, line in case.course.vanishing.items() if term in inside), None)
    return f"line {line} sets what is missing to zero" if line is not None else ""


def of_a_point(case: Refuted) -> str:
    r"""A derivative that was derived with names in it, beside numbers alone: `\frac{df}{dx} = 4` is its value where x is two."""
    claim, expected = case.claim, case.expected
    if claim.right.uses(Symbol) or is_zero(claim.right):
        return ""
    derived = expected is not None and is_about_changes(claim) and expected.uses(Symbol)
    goes_on = claim.latex.lstrip(" &\n").startswith("=") and claim.left.uses(Symbol)
    return "it may be the value at a point" if derived or goes_on else ""


def of_several_claims(case: Refuted) -> str:
    """Other lines of the scope say something else of the same derivative, as the items of a list do of their own functions."""
    claim = case.claim
    alike = [each for each in case.problem.claims if each.left is claim.left and each.at == claim.at]
    same = [each for each in alike if each.right is not claim.right and each.latex.lstrip()[:1] != "="]
    return "other lines say other things of what stands on the left" if is_about_changes(claim) and len(same) > 1 else ""


def of_another_index(case: Refuted) -> str:
    r"""A name that differs in what stands below it from the one that would be right, `Qe_k = q_k = q_{\max}`: the line may say that both are one."""
    claim, mistake = case.claim, case.mistake
    alone = isinstance(claim.right, (Symbol, Member)) and claim.right not in case.definitions and not is_about_changes(claim)
    return f"it may say what ${claim.right}$ is" if alone and mistake is not None and mistake.kind == "index" else ""


def of_a_property(case: Refuted) -> str:
    """Both sides are one name, turned or raised: `P = P^T = P^2` says what P is like."""
    bases = [base_of(side) for side in (case.claim.left, case.claim.right)]
    given = case.definitions.get(bases[0])
    alike = type(bases[0]) is Symbol and bases[0] is bases[1] and (given is None or isinstance(given, Symbol))
    return f"it may say what ${bases[0]}$ is like" if alike and case.claim.left is not case.claim.right else ""


def base_of(term: Term) -> Term:
    """What is turned or raised to a power, once."""
    return term.children[0] if isinstance(term, (Transpose, MatrixPower)) else term


def of_another_section(case: Refuted) -> str:
    far = from_another_section(case.claim, case.problem)
    rests = far is not None and rests_on(far, case)
    return f"${far.name}$ is defined in another section, and may be another thing here" if far is not None and rests else ""


def rests_on(name: Symbol, case: Refuted) -> bool:
    """Whether a claim is refuted only by what a name stands for: not where it fails with the name free, and with any derivatives of it that
    stand on both sides."""
    left, right = case.claim.left, case.claim.right
    shared = set(left.walk()) & set(right.walk())
    changes = {part for part in shared if type(part) is Derivative and part.contains(name)}
    free = {part: Symbol(rf"\Delta_{{{at}}}", "matrix", part.shape, ("constant",), None) for at, part in enumerate(sorted(changes, key=str))}
    problem = replace(case.problem, definitions=tuple(each for each in case.problem.definitions if each.name is not name))
    return not outcome(case.claim._replace(left=left.replace(free), right=right.replace(free)), problem, given=case.course.given).fails


def of_another_meaning(case: Refuted) -> str:
    return "it may say what stands on the left from here on" if case.claim.left in case.definitions else ""


def of_a_loose_name(case: Refuted) -> str:
    """A name on one side only that no line that was read ties to the other."""
    claim, problem = case.claim, case.problem
    left, right = (set(leaves(side, case.definitions)) for side in (claim.left, claim.right))
    counts = not right and claim.right.uses(Symbol)  # as n does in tr(H) = n
    derived = type(claim.left) in (Derivative, Differential)
    apart = named(right - left if counts or (derived and is_about_changes(claim)) else left ^ right)
    loose = next((name for name in apart if is_half_known(name, problem)), "")
    return f"${loose}$ stands on one side only, and no line that was read ties it to the other" if loose else ""


def of_a_count(case: Refuted) -> str:
    r"""A number on one side of an equation with a trace, `\operatorname{tr}(H) = p`, that is no size of what it is of."""
    claim = case.claim
    if not all(side.is_scalar for side in (claim.left, claim.right)) or is_about_changes(claim):
        return ""
    sizes = {part.name for part in claim.right.walk() if is_size(part)}
    used = below(claim.left, case.definitions) | below(claim.right, case.definitions)
    known = {name for part in used for dim in part.shape for names, _ in dim for name in names}
    apart = sorted(sizes - known)
    return f"nothing tells what ${apart[0]}$ counts" if apart and leaves(claim.left, case.definitions) else ""


def of_an_unknown_function(case: Refuted) -> str:
    called = sorted(part.function for side in (case.claim.left, case.claim.right) for part in side.walk() if isinstance(part, CALLS))
    if not called or is_about_changes(case.claim):
        return ""
    return f"no single change makes it right, and ${called[0]}$ may be another function here"


def of_factors(case: Refuted) -> str:
    inside = below(case.claim.left, case.definitions)
    factored = next((name for name in case.definitions if name in inside and is_factored(case.problem, name)), None)
    return f"more is known of the factors of ${factored}$ than was read: declare what they are" if factored is not None else ""


def of_an_equation(case: Refuted) -> str:
    """An equation with a number or a name is one to be satisfied, as likely as a claim, unless other lines confirm all that is in it."""
    claim, definitions = case.claim, case.definitions
    used = below(claim.left, definitions) | below(claim.right, definitions)
    alone = any(isinstance(side, (Symbol, Number, Zero, Identity)) for side in (claim.left, claim.right))
    unconfirmed = [name for name in symbols(used) - case.course.confirmed if name not in definitions and not is_size(name)]
    is_open = alone and unconfirmed and not is_about_changes(claim)
    return "no single change makes it right, and it may be an equation to be satisfied" if is_open else ""


def of_an_unsure_name(case: Refuted) -> str:
    claim, definitions = case.claim, case.definitions
    used = (below(claim.left, definitions) | below(claim.right, definitions)) - case.course.confirmed
    defined = {name.name for name in symbols(set(definitions))}
    unsure = [each for each in named(used) if each in case.problem.guessed or each in defined]
    return f"no single change makes it right, and no other line confirms what ${unsure[0]}$ is: declare it" if unsure else ""


def without_its_derivative(speaks: Reason) -> Reason:
    """A reason that counts where there is no derivative with which a claim could be compared: none was derived, and it is no identity about a
    function and its derivative, as a series is."""

    def of_others(case: Refuted) -> str:
        left, right = case.claim.left, case.claim.right
        compared = type(left) is Derivative and case.expected is not None or type(left) is Differential and not left.uses(*CALLS)
        is_series = type(left) is not Differential and is_about_changes(case.claim) and (left.uses(*CALLS) or right.uses(*CALLS))
        return "" if compared or is_series else speaks(case)

    return of_others


# why a line that one small edit makes right may be no mistake
OF_A_REPAIR: tuple[Reason, ...] = (
    of_another_section, of_a_lost_number, of_a_vanishing_term, of_a_point, of_another_index,
    of_a_property,
)  # fmt: skip
# why another line of a document is not called wrong: the first that applies is said
WITHOUT_REPAIR: tuple[Reason, ...] = (
    of_another_section, of_a_lost_number, of_a_vanishing_term, of_a_point, of_several_claims, of_another_meaning, of_a_property, of_a_loose_name,
    of_a_count,
    *map(without_its_derivative, (of_an_unknown_function, of_factors, of_an_equation, of_an_unsure_name)),
)  # fmt: skip


def from_another_section(claim: Claim, problem: Problem) -> Symbol | None:
    """The name in a claim that was defined under another heading, where no line of the claim's own section is about it."""
    used = set(claim.left.walk()) | set(claim.right.walk())
    places = {each.name: each.span.start for each in problem.definitions if each.span is not None and each.name in used}
    if not places or claim.span is None:
        return None
    section = own_section(Document.whole(problem.source), claim.span.start)
    far = [name for name, at in places.items() if section is not None and not section[0] <= at < section[1]]
    return min(far, key=lambda each: each.name, default=None)


def is_half_known(name: str, problem: Problem) -> bool:
    """Whether nobody declares a name, or a line with it could not be read: more may be said of it than is known."""
    return name in problem.guessed or any(name in fault.latex for fault in problem.faults)


def is_factored(problem: Problem, name: Term) -> bool:
    """Whether the words before a definition speak of a decomposition, whose factors are orthogonal, diagonal or triangular."""
    found = next((each.span for each in problem.definitions if each.name is name), None)
    return found is not None and any(cue in found.source.text[max(0, found.start - NEAR) : found.start].lower() for cue in FACTORED)


def stands_in_document(claim: Claim) -> bool:
    return claim.span is not None and is_document(claim.span.source)


def is_document(source: Source) -> bool:
    """Whether the mathematics stands among words, with marks around it."""
    return any(mark in source.text for mark in ("$", r"\[", r"\(", r"\begin{"))


def named(found: Set[Term]) -> list[str]:
    return sorted(name.name for name in symbols(found))


def symbols(found: Set[Term]) -> set[Symbol]:
    return {name for name in found if isinstance(name, Symbol)}
