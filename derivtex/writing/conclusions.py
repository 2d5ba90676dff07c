"""The first line of a post: what was asked, answered in a sentence; nothing where the derivation itself is the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivtex.derivation.curvature import Curvature
from derivtex.derivation.stationary.driver import ALL_VECTORS
from derivtex.derivation.stationary.solution import Solution
from derivtex.writing import curvatures
from derivtex.writing.confirming import compared, heading, sameness, undecided_after, wrong_besides
from derivtex.writing.explanations import assumed_in, claim_of, needed_in, shown, would_hold, wrong_lines
from derivtex.writing.formula import Formulas
from derivtex.writing.prose import listed
from derivtex.writing.solution import by_the_others, hat

if TYPE_CHECKING:
    from derivtex.reading.words.wishes import Wish

Report = dict[str, Any] | None
LONGEST = 120
POINT = {"minimum": "The minimum is at", "maximum": "The maximum is at"}

IN_WORDS = {
    "gradient": "the gradient", "jacobian": "the Jacobian", "hessian": "the Hessian", "differential": "the differential",
    "mistake": "where the mistake is", "confirm": "whether the result is right", "solve": "the solution", "why": "how the line comes about",
    "convention": "which of the forms is meant",
}  # fmt: skip
DERIVED = ("gradient", "jacobian", "hessian", "differential")


def first_line(
    wished: Wish, report: Report, solution: Solution | None, bent: Curvature | None, asked: int | None = None,
    beside: frozenset[int] = frozenset(),
) -> str:  # fmt: skip
    """The conclusion, by the wish. asked: which line of the report gives the solution. beside: those that hold and have another value."""
    wish = wished.name
    if asked is not None and solution is not None:
        wrong, claim = wrong_lines(report), claim_of(report, asked)
        slip = of_mistake(report) if wish == "mistake" and wrong and wrong[0] != claim else ""  # the first wrong line is told first
        found = of_claimed(claim, solution)
        if not slip or not found:
            return slip or found
        also = {"Yes: ": "The solution is right all the same: ", "Yes, ": "All the same ", "No: ": "So "}
        begin = next((words for words in also if found.startswith(words)), "")
        return f"{slip}. {also.get(begin, '')}{found.removeprefix(begin)}"
    if wish == "solve" and solution is not None:
        return of_solution(solution) or of_no_solution(solution, bent)
    if wished.of_curvature and bent is not None:
        return curvatures.conclusion(bent)
    if wished.of_sameness and (pair := compared(report)) is not None:
        return sameness(pair)
    if wish == "confirm":
        return of_claim(report, beside)
    if wish == "convention" and any(line.get("code") == "layout" for line in (report or {}).get("lines", ())):
        return "Both are right: they are transposes of each other, in two layouts"
    return of_mistake(report) if wish in ("mistake", "hessian", "why") else of_result(report)


def unserved(wished: Wish) -> str:
    """That what is asked for besides, or in the first place, is nothing that is derived here."""
    named = listed([each if each.endswith("s") else f"the {each}" for each in wished.unserved])
    return f"You ask for {named}, which is nothing that I can give; the rest is below" if named else ""


def taken(wished: Wish, is_derived: bool, is_wrong: bool) -> str:
    """What was taken for the wish where that was not sure, and is not answered by the way: by what was derived, or by the line that is wrong."""
    one, other = wished.name, wished.other
    by_the_way = is_derived and other in (DERIVED if one not in DERIVED else ("gradient",) if one == "hessian" else ())
    if not other or by_the_way or (is_wrong and {one, other} == {"why", "mistake"}):
        return ""
    return f"I take it that you ask for {IN_WORDS[one]}; if it is {IN_WORDS[other]} that you want, say so"


def of_solution(solution: Solution) -> str:
    """Where the minimum or maximum is; of several unknowns each."""
    formulas = Formulas.of(solution.problem)
    known = [name for name in solution.primaries if name in solution.values]
    found = [f"{hat(name, formulas)} = {formulas.latex(by_the_others(name, solution, formulas))}" for name in known]
    if len(found) != len(solution.primaries) or sum(map(len, found)) > LONGEST:
        return ""
    told = r", \quad ".join(found)
    point = "One stationary point is" if solution.elsewhere else POINT.get(solution.kind.name, "The only candidate is")
    every = "Every eigenvector is a stationary point. " if ALL_VECTORS in solution.remarks else ""
    multiples = ", up to a positive factor" if solution.ray and not solution.of_length and not every else ""
    return f"{every}{point} ${told}${multiples}"


def of_no_solution(solution: Solution, bent: Curvature | None) -> str:
    """That there is no closed form, and whether iteration finds what is asked."""
    if solution.newton is None:
        return ""
    bends = f"; the function is {bent.name}, so a point at which its gradient vanishes is what is asked for" if bent is not None and bent.name else ""
    return f"No closed form is known here{bends}"


def of_claimed(line: dict[str, Any] | None, solution: Solution) -> str:
    """Whether what the asker gives as the solution is it."""
    found = of_solution(solution)
    if line is None or line["verdict"] not in ("holds", "fails"):
        return found
    if line["verdict"] == "fails":
        return f"No: {shown(line)} is not the solution. {found}"
    if assumed_in(line):
        return heading(line).rstrip(".")
    return f"Yes, {shown(line)} is right" if not found or not solution.kind.name else f"Yes: {found[:1].lower()}{found[1:]}, as claimed"


def of_claim(report: Report, beside: frozenset[int] = frozenset()) -> str:
    """Whether the asker is right."""
    line = claim_of(report)
    if line is None:
        return ""
    if line["index"] in beside:
        return f"{shown(line)} is true, but it is not the derivative"
    if line["verdict"] == "holds" and (wrong := wrong_besides(report, line)):
        return f"Not all of it: {shown(wrong[0])} does not hold"
    if line["verdict"] != "fails":
        return heading(line, bool(undecided_after(report, line))).rstrip(".")
    if line.get("expected") and "=" not in line["latex"]:
        return f"No: it is not {shown(line)} but ${line['expected']}$"
    if would_hold(line["reason"]) and line.get("expected"):
        return f"Not in general: {shown(line)} holds where {needed_in(line)}; without that the right side is ${line['expected']}$"
    should = f"; the right side should be ${line['expected']}$" if line.get("expected") else ""
    return f"No: {shown(line)} does not hold{should}"


def of_mistake(report: Report) -> str:
    """Which line is the first wrong one."""
    wrong = wrong_lines(report)
    if not wrong:
        return ""
    should = f"; its right side should be ${wrong[0]['expected']}$" if wrong[0].get("expected") and "=" in wrong[0]["latex"] else ""
    return of_result(report) or f"The first line that does not hold is {shown(wrong[0])}{should}"


def of_result(report: Report) -> str:
    """What should stand in the place of a formula that the words give as the result."""
    wrong = wrong_lines(report)[:1]
    if not wrong or not wrong[0].get("expected") or "=" in wrong[0]["latex"]:
        return ""
    return f"It is not {shown(wrong[0])} but ${wrong[0]['expected']}$"
