"""Somebody's own derivation, line by line: which lines hold, and which is the first that does not.

No line is derived to be judged: both sides of a claim are evaluated at random points, its differentials and derivatives from
differences. Only what should stand in the place of a wrong derivative is derived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivtex.checking.allowances import as_condition, in_other_convention, on_a_branch, under_assumptions, under_conditions, when_rounded
from derivtex.checking.bodies import bodies, is_zero
from derivtex.checking.chains import verdict_in_chain
from derivtex.checking.claims import Outcome, difference_of, outcome
from derivtex.checking.conditions import Course, imposed, line_of, solution, undressed
from derivtex.checking.counterexample import counterexample
from derivtex.checking.decimals import BEYOND, holds_exactly, is_written_beyond
from derivtex.checking.diagnosis import Mistake
from derivtex.checking.doubts import doubt, is_about_changes, says_otherwise, what_is_unread, with_rivals
from derivtex.checking.instances import applied_name_of
from derivtex.checking.layouts import IN_A_ROW, IN_NUMERATOR, MIXED, in_layout, in_one_layout, in_words, mixes_layouts
from derivtex.checking.ledger import uncounted
from derivtex.checking.lineverdict import Verdict, of_a_paragraph
from derivtex.checking.misfits import in_some_reading, likeliest_mistake, misfit
from derivtex.checking.readings import REPEATED, WHERE_SUMMED, has_repeated, meant_otherwise
from derivtex.checking.relations import brought_in
from derivtex.checking.restating import SOLVED, said_over_again
from derivtex.checking.rounding import within_rounding
from derivtex.checking.satisfying import of_condition
from derivtex.checking.signs import holds_up_to_sign
from derivtex.checking.substitution import is_of_function, supposed_besides, used_equation
from derivtex.checking.support import stands_in_document, what_is_missing
from derivtex.checking.telling import tells
from derivtex.checking.trials import NEEDED
from derivtex.core.errors import Span
from derivtex.core.session import TooLarge, current
from derivtex.core.shapes import ONE, size_text
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Index
from derivtex.problem import Claim, Definition, Fault, Problem, Untried

RELATIONS = ("=", ":=", r"\equiv", r"\triangleq", r"\coloneqq")
WORST_FIRST = ("fails", "unreadable", "unknown", "holds", "condition", "definition", "skipped")
OF_ONE = 0.25  # of the time that is left: what one line may take, so that those behind it are judged too
NO_TIME = "not looked at for want of time: give it more with --limit SECONDS"
SAID_TWICE = "it may say what stands on the left from here on, and says it again"
DEFECT = "{}: {}; this is a defect of derivtex: please report it"
AFTER_UNKNOWN = "it holds if line {0} does, of which that is not known"
UNTRIED = {
    "a comment": "a comment says to ignore it", "a range of indices": "it says of which indices the line before is",
    "a case": "it is said of a case", "entries": "it says what the entries are called",
    r"\leftarrow": "it gives a name a new value, and is no equation",
    "dots": "dots stand there, and what they leave out is not known",
}  # fmt: skip
Asserted = Definition | Claim | Fault | Untried
Read = tuple[str, tuple[object, ...], Span, Problem]


@dataclass(frozen=True)
class Line:
    """A line with its verdict: definition, condition, holds, fails, unreadable, unknown or skipped.

    expected: what should stand on its right. assuming: what it needs to hold beyond what the source says. follows: whether it follows
    from the line before, whatever that one is worth. layout: which one the derivative by a matrix is in, where that can be told.
    problem: what is known where it stands.
    """

    index: int
    latex: str
    verdict: str
    reason: str = ""
    expected: Term | None = None
    span: Span | None = None
    code: str = ""
    mistake: Mistake | None = None
    assuming: tuple[str, ...] = ()
    follows: bool | None = None
    layout: str = ""
    problem: Problem | None = field(default=None, repr=False)


def what_is_derived(line: Line) -> Derivative | None:
    """The gradient or Hessian that a line gives, of what and by what; None where it is about no such thing."""
    problem = line.problem
    claims = [*problem.claims, *(mend.claim for fault in problem.faults for mend in fault.mends)] if problem is not None else []
    left = next((claim.left for claim in claims if claim.span == line.span), None)
    return left if isinstance(left, Derivative) and left.form in ("gradient", "scalar", "hessian") else None


def check_lines(read: Iterable[Read], layout: str = "any") -> list[Line]:
    """The verdicts on lines in order, with their layouts compared. layout: the one that has to be kept, if not any."""
    found = judged(read)
    return in_one_layout(found) if layout == "any" else in_layout(found, layout)


def judged(read: Iterable[Read]) -> list[Line]:
    """The verdicts on lines in order, whatever their layouts; what one imposes or gives is known to those after it in its scope."""
    courses: dict[int, Course] = {}
    vanishing: dict[Term, int] = {}  # what one section sets to zero, the next leaves out
    result: list[Line] = []
    rows, over = list(read), False
    for index, (latex, items, span, problem) in enumerate(rows):
        course = courses.setdefault(id(problem), Course(sums=any(each.sums for each in courses.values()), vanishing=vanishing))
        line = Line(index, latex, "unknown", NO_TIME, span=span, code=TooLarge.code, problem=problem)
        try:
            with current().share(OF_ONE if len(rows) > 1 else 1):
                line = line if over else guarded(index, latex, items, span, problem, course)
        except TooLarge:
            over = current().is_over
            if over and not result:
                raise
            if over:
                current().finish()
        result.append(line)
    return result


def guarded(index: int, latex: str, items: Iterable[object], span: Span | None, problem: Problem, course: Course) -> Line:
    """The verdict on a line; a defect of ours in judging it is said there and ends nothing."""
    try:
        return verdict_on_line(index, latex, items, span, problem, course)
    except (TooLarge, RecursionError, MemoryError):
        raise
    except Exception as error:
        return Line(index, latex, "unknown", DEFECT.format(type(error).__name__, error), span=span, code="internal", problem=problem)


def verdict_on_line(index: int, latex: str, items: Iterable[object], span: Span | None, problem: Problem, course: Course | None = None) -> Line:
    """The verdict on a line, the worst of what it asserts; one that only declares, defines a function or asks is a definition."""
    course = course if course is not None else Course()
    found = [verdict_on(item, problem, course) for item in items if isinstance(item, Asserted)]
    found = [of_a_paragraph(each, span, problem) for each in found] if problem.apart else found
    worst = min(found, key=lambda each: WORST_FIRST.index(each.verdict), default=Verdict("definition"))
    return Line(
        index, latex, worst.verdict, worst.reason, worst.expected, span, worst.code, worst.mistake, worst.assuming, worst.follows,
        worst.layout, problem,
    )  # fmt: skip


def verdict_on(item: Asserted, problem: Problem, course: Course) -> Verdict:
    """The verdict on one assertion, and what it adds to what is known."""
    if isinstance(item, Definition):
        return verdict_on_definition(item, problem, course)
    if isinstance(item, Untried):
        return Verdict("skipped", item.reason or UNTRIED.get(item.relation, f"{item.relation} is not tried"), "relation")
    if isinstance(item, Fault):
        if item.code == "dimensions":
            return misfit(item, problem, course)
        if item.code == "power" and (found := in_some_reading(item, problem, course)) is not None:
            return found
        if item.code in ("expectation", "too-large"):
            return Verdict("skipped" if item.code == "expectation" else "unknown", item.message, item.code)
        return Verdict("unreadable", item.message, item.code)
    if type(item.left) is Index and type(item.right) is Index:
        return Verdict("skipped", "it says of which indices a line is", "relation")
    if item.relation == r"\in":
        return Verdict("holds", f"it is {size_text(item.left.shape)}")
    if item.relation not in RELATIONS:
        return Verdict("skipped", f"{item.relation} is not tried", "relation")
    found = verdict_in_chain(item, problem, course, verdict_with_layout)
    found = found._replace(reason="; ".join(filter(None, (found.reason, item.note))))
    if found.verdict == "holds" and type(item.left) is Derivative and item.left.form != "hessian":
        course.gradients.append((line_of(item), item))
    if found.verdict in ("condition", "unknown") and not is_about_changes(item):
        course.equations.append(item)
        course.undecided |= {line_of(item)} if found.verdict == "unknown" and is_of_function(item) else set()
    course.condition = item if found.verdict == "condition" and found.reason != SOLVED else None
    return found


def verdict_with_layout(claim: Claim, problem: Problem, course: Course) -> Verdict:
    return with_layout(verdict_on_claim(claim, problem, course=course), claim)


def with_layout(found: Verdict, claim: Claim) -> Verdict:
    """The verdict with the layout of a derivative by a matrix; that of a square one in numerator layout is an assumption."""
    left = claim.left
    if found.verdict != "holds" or type(left) is not Derivative or left.form != "gradient":
        return found._replace(layout="")
    if ONE in left.by.shape:
        turned = left.shape != left.by.shape
        layout = found.layout and f"{found.layout} of a vector{IN_A_ROW if turned else ''}"
        return found._replace(layout=layout, expected=claim.right.T if found.layout else None)
    if left.shape != left.by.shape and mixes_layouts(claim):
        return found._replace(verdict="fails", reason=MIXED, code="layout", expected=claim.right.T, mistake=Mistake("layout", None, None), layout="")
    if found.layout and left.shape != left.by.shape:  # which was read by the shape of the right side, so that its numbers agree as they stand
        found = found._replace(layout="numerator", reason=found.reason or in_words("numerator"))
    if found.layout == "numerator" and claim.right.shape[0] == claim.right.shape[1]:
        return found._replace(expected=claim.right.T, assuming=(*found.assuming, IN_NUMERATOR))
    return found._replace(expected=claim.right.T if found.layout else None)


def verdict_on_definition(item: Definition, problem: Problem, course: Course) -> Verdict:
    r"""A definition; one of β or `\hat\beta` behind a gradient by β that was set to zero must make it vanish."""
    variable = item.name if item.name in course.zero else undressed(item.name, problem)
    if variable is None:
        return Verdict("definition")
    claim = Claim(item.name, "=", item.body, item.span.text if item.span else "", item.span)
    found = solution(variable, item.body, claim, problem, course)
    if found is not None and found[0]:
        return Verdict("holds", f"makes line {found[1]} vanish")
    if found is not None and variable in course.zero and not what_is_unread(claim, problem):
        return Verdict("fails", f"line {found[1]} does not vanish there", "solution")
    drawn = of_condition(variable, item.body, claim, problem, course) if found is None else None
    return drawn or Verdict("definition")


def verdict_on_claim(claim: Claim, problem: Problem, needed: int = NEEDED, course: Course | None = None) -> Verdict:
    """Whether a claim holds as it stands or, for a derivative, in the other layout; tried at as many points as are needed.

    Where it does not, it may be imposed, solve a condition, or hold under what was imposed before or is usually assumed.
    """
    course = course if course is not None else Course()
    unread = what_is_unread(claim, problem)
    if unread and is_about_changes(claim):  # which would else be told by the claim itself
        return Verdict("unknown", f"what {unread} is could not be read", "undefined")
    telling = False if unread else tells(claim, problem)
    if telling:
        return Verdict("definition", "tells the derivative of what is not defined")
    found = outcome(claim, problem, needed)
    if found.holds and (name := applied_name_of(claim, problem)):
        return Verdict("unknown", f"${name}$ stands before different brackets, and may be a function of what is in them", "doubtful")
    if found.holds:
        course.confirm(claim if found.heavy else None, problem)
        return said_over_again(claim, problem) or in_usual_layout(claim, found, problem, needed, course) or held(claim, found, problem)
    if unread:
        return Verdict("unknown", f"what {unread} is could not be read", "undefined")
    if telling is None:
        set_to_zero = imposed(claim, problem, course) if is_zero(claim.right) and type(claim.left) is Derivative else None
        return Verdict("condition", set_to_zero) if set_to_zero else Verdict("unknown", "what is differentiated is not defined", "undefined")
    if not found.fails or (claim.at and is_zero(claim.right)):  # zero at a place imposes nothing
        return Verdict("unknown", found.remark, "void" if found.void else "undecided")
    return (
        under_conditions(claim, problem, needed, course)
        or as_condition(claim, problem, course)
        or in_other_convention(claim, problem, needed, course)
        or under_assumptions(claim, problem, needed, course)
        or on_a_branch(claim, problem, needed, course)
        or when_rounded(claim, problem, course)
        or doubted(claim, problem, course)
        or wrong(claim, problem, course)
    )


def held(claim: Claim, found: Outcome, problem: Problem) -> Verdict:
    """The verdict on a claim that the numbers confirm; where it is written to more digits than they tell, the terms have to."""
    exact = holds_exactly(claim, problem) if is_written_beyond(claim) else True
    if exact:
        return Verdict("holds", "; ".join(filter(None, (in_words(found.layout), found.remark))), layout=found.layout)
    return Verdict("fails", difference_of(claim), "values") if exact is False else Verdict("unknown", BEYOND, "undecided")


def in_usual_layout(claim: Claim, found: Outcome, problem: Problem, needed: int, course: Course) -> Verdict | None:
    """The verdict on the derivative by a square matrix that holds in numerator layout, and in the usual one under a usual assumption."""
    if found.layout != "numerator" or claim.right.shape[0] != claim.right.shape[1]:
        return None
    assumed = under_assumptions(claim, problem, needed, course)
    return assumed if assumed is not None and assumed.layout != "numerator" else None


def doubted(claim: Claim, problem: Problem, course: Course) -> Verdict | None:
    """The verdict on a claim that the numbers refute, where its author may have meant something else, or they do not count."""
    new = brought_in(claim, problem)
    if new:
        course.told.update(new)
        return Verdict("condition", f"tells what {' and '.join(f'${name.name}$' for name in new)} must be")
    if within_rounding(claim, problem):
        return Verdict("unknown", "it holds to the digits that are written", "doubtful")
    if stands_in_document(claim) and not is_about_changes(claim) and holds_up_to_sign(claim, problem):
        return Verdict("unknown", "it holds up to a sign, which is right for some of the values", "doubtful")
    if (line := used_equation(claim, problem, course)) is not None:
        return Verdict("unknown", AFTER_UNKNOWN.format(line), "doubtful") if line in course.undecided else Verdict("holds", f"by line {line}")
    convention = meant_otherwise(claim, problem, course.given)
    if convention:
        course.sums = course.sums or convention == REPEATED
        return Verdict("holds", assuming=(convention,))
    if course.rivals and outcome(claim, with_rivals(problem, course.rivals), given=course.given).holds:
        again = claim.left in course.rivals and course.rivals[claim.left].right is claim.right
        return Verdict("unknown", SAID_TWICE, "doubtful") if again else Verdict("holds", "with what the words said last of a name")
    if says_otherwise(claim, problem):
        course.rivals.update({claim.left: claim} if claim.left in bodies(problem) else {})
        return Verdict("unknown", "it may say what stands on the left from here on", "doubtful")
    reason = doubt(claim, problem, course.told, course.rivals) or uncounted(claim, problem)
    reason = reason or supposed_besides(claim, course) or (WHERE_SUMMED if course.sums and has_repeated(claim) else "")
    return Verdict("unknown", reason, "doubtful") if reason else None


def wrong(claim: Claim, problem: Problem, course: Course) -> Verdict:
    """The verdict on a claim that is wrong: what is wrong with it, and what should stand on its right side; in a document, where nothing
    supports that, it is undecided."""
    mistake, expected = likeliest_mistake(claim, problem, course)
    missing = what_is_missing(claim, problem, mistake, expected, course)
    if missing:
        return Verdict("unknown", missing, "doubtful")
    seen = counterexample(claim, problem, course.given)
    mistake = (mistake or Mistake("other", None, None))._replace(numbers=seen) if mistake or seen else None
    return Verdict("fails", difference_of(claim), "values", expected, mistake)
