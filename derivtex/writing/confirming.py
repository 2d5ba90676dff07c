"""Whether a result is right: the line that is asked about, under what it holds, and by how much it is wrong where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from derivtex.steps import Derivation
from derivtex.writing.explanations import OF_DERIVATIVE, assumed_in, claim_of, explained, is_of_derivative, needed_in, shown, would_hold
from derivtex.writing.formula import Formulas
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas

Line = dict[str, Any]


def confirm_section(
    report: dict[str, Any] | None, derivation: Derivation | None, refusal: str = "", asked: int | None = None,
    beside: frozenset[int] = frozenset(), told: str = "",
) -> Section:  # fmt: skip
    """Whether the claim is right. refusal: why there is no derivation above it. asked: which line it is, where that is known. beside: the lines
    that hold and have another value than what is derived. told: the first line of the post, whose verdict is not said again."""
    line = claim_of(report, asked)
    none = f"There is no derivation by rules here: {refusal}" if refusal and derivation is None else ""
    if line is None:
        compare = "compare it with the result above" if derivation is not None else "write it as an equation, and I shall try it"
        return Section("Is it right?", tuple(filter(None, (f"{unread(report)}; {compare}", none))))
    if line["verdict"] == "fails":
        heading_ = "What is wrong." if told.startswith(("No:", "Not in general", "It is not")) else "No, it is not right."
        return Section(heading_, (*explained(line, asked is not None, told), *of_the_others(report, line)))
    if line["verdict"] != "holds":
        because = f" ({with_formulas(line['reason'])})" if line["reason"] else ""
        undecided = f"Whether {shown(line)} is right is not decided{because}"
        return Section("Is it right?", tuple(filter(None, (undecided, none or "Compare it with the result above"))))
    if line["index"] in beside:
        return Section("True, but not the derivative.", (f"{shown(line)} holds as an equation; what it gives is not the derivative above",))
    if wrong := wrong_besides(report, line):
        return Section("Not all of it is right.", (*explained(wrong[0]), *of_the_others(report, wrong[0])))
    later = undecided_after(report, line)
    others = (later or undecided_before(report, line))[:2]
    open_ = f"Whether {listed(list(map(shown, others)))} {'is' if len(others) == 1 else 'are'} right as well I could not decide" if others else ""
    verdict = heading(line, bool(later))
    is_told = told == verdict.rstrip(".") or told[:3] == verdict[:3] == "Yes"
    return Section("Your line." if is_told else verdict, tuple(filter(None, (*held(line, derivation), *of_the_others(report, line), open_, none))))


def wrong_besides(report: dict[str, Any] | None, line: Line) -> list[Line]:
    """The lines that do not hold, where the one that is asked about does."""
    return [each for each in report["lines"] if each["index"] != line["index"] and each["verdict"] == "fails"] if report else []


def of_the_others(report: dict[str, Any] | None, line: Line) -> list[str]:
    """What is said of the other lines that were asked about in the same breath: which hold, and which do not."""
    lines = [each for each in report["lines"] if each is not line and each["index"] != line["index"]] if report else []
    right = [f"{shown(each)}{under(each)}" for each in lines if each["verdict"] == "holds"][:MOST_OTHERS]
    wrong = [shown(each) for each in lines if each["verdict"] == "fails"][:MOST_OTHERS]
    too = " as well" if line["verdict"] == "holds" else ""
    return [
        *([f"{listed(right)} {'hold' if len(right) > 1 else 'holds'}{too}"] if right else []),
        *([f"{listed(wrong)} {'do' if len(wrong) > 1 else 'does'} not hold"] if wrong else []),
    ]


def under(line: Line) -> str:
    """The condition under which a line holds, in brackets."""
    return f" (where {listed(assumed_in(line))})" if assumed_in(line) else ""


MOST_OTHERS = 4


def unread(report: dict[str, Any] | None) -> str:
    """That the line that is asked about could not be read, and why."""
    lines = [line for line in report["lines"] if line["verdict"] in ("unknown", "unreadable")] if report else []
    if not lines:
        return "Your line could not be read with certainty"
    because = f" ({with_formulas(lines[-1]['reason'])})" if lines[-1]["reason"] else ""
    return f"Your line {shown(lines[-1])} could not be read with certainty{because}"


def undecided_after(report: dict[str, Any] | None, line: Line) -> list[Line]:
    """The lines behind one of which nothing could be decided: the question may be about them."""
    lines = report["lines"] if report else []
    return [each for each in lines if each["index"] > line["index"] and each["verdict"] in ("unknown", "unreadable") and "=" in each["latex"]]


def undecided_before(report: dict[str, Any] | None, line: Line) -> list[Line]:
    """The lines before one that are about a derivative as it is, and of which nothing could be decided."""
    lines = report["lines"] if report else []
    return [each for each in lines if each["index"] < line["index"] and each["verdict"] in ("unknown", "unreadable") and is_of_derivative(each)]


def compared(report: dict[str, Any] | None) -> tuple[Line, Line] | None:
    """The last two lines that give the same thing differently, with a verdict each."""
    told = [line for line in report["lines"] if line["verdict"] in ("holds", "fails") and "=" in line["latex"]] if report else []
    lefts = ["".join(line["latex"].partition("=")[0].split()) for line in told]
    pairs = [(one, other) for at, other in enumerate(told) for one in told[:at] if lefts[told.index(one)] == lefts[at]]
    return pairs[-1] if pairs else None


def sameness(pair: tuple[Line, Line]) -> str:
    """Whether two lines give the same, in a sentence."""
    one, other = pair
    held = [line["verdict"] == "holds" for line in pair]
    if all(held):
        given = [with_formulas(each) for each in dict.fromkeys((*one["assuming"], *other["assuming"]))]
        return f"The same only where {listed(given)}" if given else "Yes, they are the same"
    if any(held):
        right, wrong = pair if held[0] else pair[::-1]
        if would_hold(wrong["reason"]):
            return f"The same only if {needed_in(wrong)}: in general it is {shown(right)}"
        return f"No, they are not the same: {shown(right)} is right, {shown(wrong)} is not"
    return "Neither of the two is right"


def same_section(pair: tuple[Line, Line]) -> Section:
    """Whether two lines give the same, and why where they do not."""
    wrong = [line for line in pair if line["verdict"] == "fails"]
    if wrong:
        return Section("Why they differ.", tuple(words for line in wrong for words in explained(line)))
    return Section("Both hold.", (f"{shown(pair[0])} and {shown(pair[1])} agree with the derivation above and with numbers at random points",))


def result_section(report: dict[str, Any] | None) -> Iterator[Section]:
    """That a formula that the words give as the result is right, and in what layout."""
    given = [line for line in report["lines"] if not {"=", r"\in"} & set(marks(line)) and line["verdict"] == "holds"] if report else []
    if given:
        line = given[-1]
        needed = [with_formulas(each) for each in line["assuming"] or [line["reason"]] if each]
        yield Section("The result that you have.", (f"{shown(line)} is the same{f' ({listed(needed)})' if needed else ''}",))


def marks(line: Line) -> list[str]:
    """What stands in a line, an equals sign and a command each by itself."""
    return re.findall(r"\\[A-Za-z]+|=", line["latex"])


def conventions_of(line: Line) -> list[str]:
    return [each for each in line["assuming"] if each.startswith(OF_DERIVATIVE)]


def heading(line: Line, is_part: bool = False) -> str:
    """Whether a line that holds is right. is_part: whether there are lines behind it that were not decided."""
    if is_part:
        return "One of your lines holds, the last could not be decided."
    if assumed_in(line):
        return f"Only where {listed(assumed_in(line))}."
    if is_turned(line):
        return "Yes, in numerator layout: it is the transpose of the gradient in the shape of the variable."
    if line.get("free"):
        return "Yes, where the entries are taken as free."
    return "Yes, in one of the conventions in use." if conventions_of(line) else "Yes, it is right."


def is_turned(line: Line) -> bool:
    """Whether a line gives the transpose of the gradient in the shape of its variable."""
    return bool(line.get("turned")) and not line["assuming"]


def held(line: Line, derivation: Derivation | None) -> list[str]:
    """What is said of a line that holds: under what, and what stands in its place without that."""
    given = f", provided that {listed([with_formulas(each) for each in line['assuming']])}" if line["assuming"] else ""
    note = f" ({with_formulas(line['reason'])})" if line["reason"] and not is_turned(line) else ""
    above = "the derivation above and with " if derivation is not None and not line["assuming"] else ""
    above = "the transpose of the result above and with " if above and is_turned(line) else "" if line.get("free") else above
    said = [f"The line {shown(line)} holds{given}{note}: it agrees with {above}numbers at random points"]
    if derivation is None or not (line["assuming"] or line.get("free")) or derivation.derivative is None:
        return said
    formulas = Formulas.of(derivation.problem)
    result = f"${formulas.latex(derivation.derivative)} = {formulas.latex(derivation.answer)}$"
    if line.get("free"):
        return [*said, f"It is by all entries of ${formulas.latex(derivation.problem.wrt[0])}$, as if nothing bound them; {result} is {BOUND}"]
    if assumed_in(line):
        return [*said, f"Without that it is {result}, as derived above"]
    return [*said, f"The derivation above gives {result}: {apart(line)}"]


BOUND = (
    "the part of it that lies in the space in which the variable moves, and gives the same differential there. Say which one is meant; for a step "
    "of descent take the one above"
)


def apart(line: Line) -> str:
    """How two conventions differ, and what to make of it."""
    if any("conjugate" in each or "imaginary" in each for each in conventions_of(line)):
        return "both vanish at the same points and lead downhill the same way; say which one is meant, and keep to it"
    return (
        "both belong to the same differential, but yours counts an entry and its mirror image as one. Say which one is meant; for a step of "
        "descent take the one above, which lies in the space in which the variable moves"
    )
