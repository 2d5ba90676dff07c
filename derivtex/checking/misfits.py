"""Lines whose sides do not conform, or may be read in several ways: what their author may have meant is tried with numbers."""

from __future__ import annotations

from itertools import islice

from derivtex.checking.claims import Given, outcome
from derivtex.checking.conditions import Course
from derivtex.checking.diagnosis import Mistake, Search, expected_right, forgotten_in, mistake_in
from derivtex.checking.doubts import stands_in_words
from derivtex.checking.ledger import assumptions
from derivtex.checking.lineverdict import Verdict
from derivtex.core.terms import Term
from derivtex.operations import Derivative
from derivtex.problem import READING, SHORT, Claim, Fault, Mend, Problem
from derivtex.reading.meaning.scopes import own_section
from derivtex.reading.source.documents import Document

UNMENDED = "no single change makes it conform, and a name in it may be another thing in another section: declare it"
MOST_SETS = 2  # sets of assumptions under which a mistake is looked for


def misfit(fault: Fault, problem: Problem, course: Course) -> Verdict:
    """The verdict on a line whose sides do not conform: it fails where they surely do not; what may have been meant is tried."""
    if (meant := in_some_reading(fault, problem, course)) is not None:
        return meant
    mend = right_mend(fault, problem, course)
    if mend is not None and mend.kind == SHORT:
        return Verdict("unknown", f"{fault.message}; {mend.part} is the factor that the chain rule puts beside", "indices")
    if not fault.certain and not (fault.hopeless and mend is not None and is_usual(mend.claim)):
        return Verdict("unreadable", "; ".join(filter(None, (fault.message, fault.doubt))), fault.code, mend and mend.claim.right)
    if mend is None and (reason := of_an_unmended(fault, problem)):
        return Verdict("unreadable", f"{fault.message}; {reason}", fault.code)
    if mend is None:
        return Verdict("fails", fault.message, fault.code, mistake=Mistake("dimension", None, None))
    return Verdict("fails", fault.message, fault.code, mend.claim.right, Mistake(mend.kind, mend.part, None, mend.claim.right))


def of_an_unmended(fault: Fault, problem: Problem) -> str:
    """Why a line that no single change makes conform may be no mistake."""
    if is_about_a_name(fault, problem):
        return "it may say what stands on the left from here on"
    if fault.message.startswith("terms of a sum differ in shape") and " 1 × 1" in fault.message:
        return "a number beside an array may stand for a multiple of the identity, or be added to every entry"
    if fault.declared or fault.span is None or own_section(Document.whole(problem.source), fault.span.start) is None:
        return ""
    return UNMENDED


def is_about_a_name(fault: Fault, problem: Problem) -> bool:
    r"""Whether a line in the words puts one name for another, `here $X = Y$`, or lists its values, `$\lambda = [1, 10, 100]$`: it may bring in a
    case, or another thing of that name."""
    left, _, right = map(str.strip, fault.latex.partition("="))
    return left in problem.symbols and (right in problem.symbols or right.startswith(("[", r"\{", "("))) and stands_in_words(fault)


def right_mend(fault: Fault, problem: Problem, course: Course) -> Mend | None:
    """The first change of a line that the numbers say is right, rather one in the usual layout."""
    turned = None
    for mend in fault.mends:
        tried = (outcome(mend.claim, problem, given=given) for given in likely_assumptions(mend.claim, problem, course))
        found = next((each for each in tried if each.holds), None) if mend.kind != READING else None
        if found is not None and found.layout != "numerator" and is_usual(mend.claim):
            return mend
        turned = turned or (mend if found is not None else None)
    return turned


def is_usual(claim: Claim) -> bool:
    """Whether a claim about a gradient has it in the shape of its variable."""
    left = claim.left
    return type(left) is not Derivative or left.form != "gradient" or left.shape == left.by.shape


def likely_assumptions(claim: Claim, problem: Problem, course: Course) -> list[Given]:
    """What may be assumed where a mistake is looked for: nothing, what was imposed, and the likeliest of the usual assumptions."""
    likely = [given for _, given in islice(assumptions(claim, problem), MOST_SETS)]
    return [{}, *([course.given] if course.given else []), *({**course.given, **given} for given in likely)]


def likeliest_mistake(claim: Claim, problem: Problem, course: Course) -> tuple[Mistake | None, Term | None]:
    """The mistake in a claim, and what should stand on its right side, as far as they are known.

    What is right only under an assumption that nothing says is not told where the derivative is known: 2Ax is that of xᵀAx for symmetric A alone.
    Of it that a sign is wrong is kept, which is so without the assumption too.
    """
    ways = [Search(claim, problem, given) for given in likely_assumptions(claim, problem, course)]
    way, mistake = next(((way, found) for way in ways if (found := mistake_in(way)) is not None), (ways[0], None))
    expected = mistake.whole if mistake is not None and mistake.whole is not None else expected_right(claim, problem)
    lost = None
    if way.given and way.given != course.given and (general := expected_right(claim, problem)) is not None:
        lost = Mistake("sign", None, None) if mistake is not None and mistake.kind == "sign" else None
        mistake, expected = None, general
    expected = expected.replace(dict(claim.at)) if expected is not None and claim.at else expected
    if mistake is None and expected is not None:
        mistake = forgotten_in(ways[0], expected) or lost
    return mistake, expected


def in_some_reading(fault: Fault, problem: Problem, course: Course) -> Verdict | None:
    """The verdict on a line that holds in one of the ways in which it may be read; None where it does in none."""
    for mend in fault.mends:
        if mend.kind == READING:
            found = outcome(mend.claim, problem, given=course.given)
            if found.holds and found.heavy:
                return Verdict("holds", assuming=(mend.part,))
    return None
