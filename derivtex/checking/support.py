"""What supports that a refuted line of a document is wrong, and not misread: an edit that makes it right, or lines that confirm its names.

In a document a name may be tied to others by words that nobody can read in full. A line that one small edit makes right was surely
read as it was meant: a misreading is seldom one sign away from the truth. Without such an edit the names must be known from elsewhere.
"""

from __future__ import annotations

from collections.abc import Set

from derivtex.checking.bodies import bodies
from derivtex.checking.conditions import Course
from derivtex.checking.diagnosis import Mistake
from derivtex.checking.doubts import CALLS, is_about_changes
from derivtex.checking.movement import below, leaves
from derivtex.core.terms import Term
from derivtex.operations import Differential, Symbol
from derivtex.problem import Claim, Problem
from derivtex.reading.meaning.scopes import own_section
from derivtex.reading.source.documents import Document

FACTORED = ("svd", "singular value", "decomposition", "factori", "eigen", "spectral", "cholesky", "diagonali")
NEAR = 80


def what_is_missing(claim: Claim, problem: Problem, mistake: Mistake | None, expected: Term | None, course: Course) -> str:
    """What keeps a refuted claim from being called wrong; nothing where it is. expected: the derivative that was derived."""
    if not stands_in_document(claim):
        return ""
    far = from_another_section(claim, problem)
    if far:
        return f"${far}$ is defined in another section, and may be another thing here"
    if mistake is not None and (mistake.whole is not None or mistake.kind in ("transpose", "scalar-rule")):
        return lost_number(claim, problem, mistake) or vanishing_term(mistake, course)
    confirmed = course.confirmed
    definitions = bodies(problem, claim)
    if claim.left in definitions:
        return "it may say what stands on the left from here on"
    left, right = (set(leaves(side, definitions)) for side in (claim.left, claim.right))
    moves = is_about_changes(claim)
    counts = not right and claim.right.uses(Symbol)  # as n does in tr(H) = n
    apart = [name for name in named(right - left if moves or counts else left ^ right) if is_half_known(name, problem)]
    if apart:
        return f"${apart[0]}$ stands on one side only, and no line that was read ties it to the other"
    if type(claim.left) is Differential or expected is not None:
        return ""
    called = sorted(part.function for side in (claim.left, claim.right) for part in side.walk() if isinstance(part, CALLS))
    if called and moves:  # an identity about a function and its derivative, as a series is
        return ""
    if called:
        return f"no single change makes it right, and ${called[0]}$ may be another function here"
    factored = next((name for name in definitions if name in below(claim.left, definitions) and is_factored(problem, name)), None)
    if factored is not None:
        return f"more is known of the factors of ${factored}$ than was read: declare what they are"
    used = (below(claim.left, definitions) | below(claim.right, definitions)) - confirmed
    unsure = [each for each in named(used) if each in problem.guessed or any(each == name.name for name in symbols(set(definitions)))]
    return f"no single change makes it right, and no other line confirms what ${unsure[0]}$ is: declare it" if unsure else ""


def vanishing_term(mistake: Mistake, course: Course) -> str:
    r"""Whether what is missing is what an earlier line sets to zero, as $\sum_i \alpha_iy_i$ in a dual."""
    if mistake.kind != "term" or mistake.repair is None:
        return ""
    inside = set(mistake.repair.walk())
    line = next((line for term, line in course.vanishing.items() if term in inside), None)
    return f"line {line} sets what is missing to zero" if line is not None else ""


def from_another_section(claim: Claim, problem: Problem) -> str:
    """The name in a claim that was defined under another heading, where no line of the claim's own section is about it."""
    used = set(claim.left.walk()) | set(claim.right.walk())
    places = {each.name: each.span.start for each in problem.definitions if each.span is not None and each.name in used}
    if not places or claim.span is None:
        return ""
    section = own_section(Document.whole(problem.source), claim.span.start)
    far = sorted(name.name for name, at in places.items() if section is not None and not section[0] <= at < section[1])
    return far[0] if far else ""


def is_half_known(name: str, problem: Problem) -> bool:
    """Whether nobody declares a name, or a line with it could not be read: more may be said of it than is known."""
    return name in problem.guessed or any(name in fault.latex for fault in problem.faults)


def is_factored(problem: Problem, name: Term) -> bool:
    """Whether the words before a definition speak of a decomposition, whose factors are orthogonal, diagonal or triangular."""
    found = next((each.span for each in problem.definitions if each.name is name), None)
    return found is not None and any(cue in found.source.text[max(0, found.start - NEAR) : found.start].lower() for cue in FACTORED)


def lost_number(claim: Claim, problem: Problem, mistake: Mistake) -> str:
    r"""Whether a line about no derivative lacks a factor made of names alone, as $\|d\|^2$, which its author may know to be one."""
    if mistake.kind != "factor" or mistake.whole is None or is_about_changes(claim):
        return ""
    definitions = bodies(problem, claim)
    lost = named(set(leaves(mistake.whole, definitions)) - set(leaves(claim.right, definitions)))
    return f"it is right where the factor with ${lost[0]}$ is one" if lost else ""


def stands_in_document(claim: Claim) -> bool:
    """Whether a claim stands among words, with marks around the mathematics."""
    text = claim.span.source.text if claim.span is not None else ""
    return any(mark in text for mark in ("$", r"\[", r"\(", r"\begin{"))


def named(found: Set[Term]) -> list[str]:
    return sorted(name.name for name in symbols(found))


def symbols(found: Set[Term]) -> set[Symbol]:
    return {name for name in found if isinstance(name, Symbol)}
