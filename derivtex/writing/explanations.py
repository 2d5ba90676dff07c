"""What is said of the asker's lines: the first wrong one and why, whether a claim is right, how a line comes about, which convention it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from derivtex.core.errors import DerivtexError
from derivtex.core.shapes import size_text
from derivtex.derivation.driver import derive
from derivtex.operations import Transpose
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import size
from derivtex.writing.post import Section
from derivtex.writing.prose import listed, with_formulas

Line = dict[str, Any]
WHY_WRONG = {
    "transpose": "A transpose got lost, or there is one too many: $(AB)^{T} = B^{T}A^{T}$, and the gradient must have the shape of the variable",
    "order": "The factors stand in the wrong order: matrices do not commute",
    "order in a trace": "The factors stand in the wrong order: matrices do not commute, and under a trace a product may only be turned cyclically",
    "sign": "A sign got lost on the way",
    "factor": "A number is not the one that it should be",
    "two": "The factor $2$ is missing: what stands twice, as $x$ in $x^{T}Ax$ or $\\|x\\|^{2}$, changes in both places, and each gives a term",
    "constant": "A constant in front of a term stands in front of its gradient as well, and no other one does: a mean has the $1/n$ that a sum "
                "has not",
    "term": "A term is missing: the variable stands in more than one place, and each has to be differentiated while the others are fixed",
    "inverse": "An inverse is not what it should be: $dX^{-1} = -X^{-1}\\,dX\\,X^{-1}$; dividing by a matrix is multiplying by its inverse",
    "dimension": "The two sides do not have the same shape, so it cannot be",
    "conform": "A transpose or the order of the factors is wrong: put the sizes below the factors, and they do not conform",
    "division": "There is no dividing by a vector or a matrix: an invertible matrix goes to the other side as its inverse, and on the side on which "
                "it stood; a vector has no inverse",
    "scalar-rule": "A rule for numbers was used on matrices: they do not commute, so the change must stay in its place between the factors",
    "product-kind": "One product was taken for another: a product of entries ($\\odot$) is not a product of matrices",
    "index": "An index is not the one that it should be",
    "trace": "The trace is not the right one: only a number may be put under it, and only a cyclic turn leaves it as it is",
    "layout": "It is right in the other layout, which is its transpose; one layout has to be kept throughout",
    "whole sign": "Only the sign is wrong: it is the negative of what it should be",
    "stage": "The derivative that is handed on belongs to another stage: each stage takes that of what it feeds directly",
    "exponent": "An exponent is not the one that it should be",
    "chain": "A factor of the chain rule is missing: the inner function changes as well",
}  # fmt: skip

WHY_NO_SOLUTION = {
    "inverse": "What stands before the unknown is taken to the other side by its inverse: from $Ax = b$ follows $x = A^{-1}b$",
    "order": "The inverse goes to the side on which the matrix stood: from $AX = B$ follows $X = A^{-1}B$, and from $XA = B$ follows $X = BA^{-1}$",
    "dimension": "The factors do not conform: put the sizes below them side by side",
    "transpose": "A transpose got lost, or there is one too many: compare the equation of the stationary point above",
    "sign": "A sign got lost when the terms were brought to the two sides of the equation above",
    "factor": "A number got lost: compare the equation of the stationary point above",
    "term": "A term is missing: compare the equation of the stationary point above",
}

WOULD = "it would hold if"
TRACES = ("tr", "Tr")
OF_DERIVATIVE = "the derivative"  # how the sentence begins that says in which convention a line holds


FENCE = re.compile(r"\\(left|right)(?![A-Za-z])\.?")


def shown(line: Line) -> str:
    """A line of the asker's as a formula in a sentence."""
    text = line["latex"].replace("$", " ").replace("&", " ").replace(chr(92) * 2, " ")
    fences = [each[1] for each in FENCE.finditer(text)]
    text = text if fences.count("left") == fences.count("right") else FENCE.sub("", text)  # of `\\left. … \\right|_{t=0}` the line has one
    return f"${' '.join(text.split())}$"


def wrong_lines(report: dict[str, Any] | None) -> list[Line]:
    return [line for line in report["lines"] if line["verdict"] == "fails"] if report else []


def mistake_section(
    report: dict[str, Any] | None, derivation: Derivation | None, asked: int | None = None, told: str = ""
) -> Iterator[Section]:
    """The first wrong line, explained; or that there is none among those that could be checked. asked: which line gives the solution. told: the
    first line of the post, which is not said again."""
    wrong = wrong_lines(report)
    if not wrong:
        yield Section("Where is the mistake?", tuple(nothing_found(report, derivation)))
        return
    tensor = tensor_explained(wrong, derivation)
    first = [line for line in wrong if is_of_tensor(line)] if tensor else []
    if first and (first[0] is wrong[0] or wrong[0].get("code") == "dimensions"):
        first = list({id(line): line for line in (first[0], wrong[0])}.values())
        yield Section("Where the chain rule went wrong.", (*chain_told(first), *tensor))
    else:
        first = wrong[:1]
        yield Section("Where it goes wrong.", tuple(explained(with_sizes(wrong[0], derivation), wrong[0]["index"] == asked, told)))
        if tensor:
            yield Section("Why the chain rule by juxtaposition fails.", tensor)
    yield from further_on([line for line in wrong if line not in first and line.get("follows") is not True])


def further_on(wrong: list[Line]) -> Iterator[Section]:
    """The other lines that are wrong."""
    if wrong:
        does = "do not hold as they stand" if len(wrong) > 1 else "does not hold as it stands"
        why = with_formulas(wrong[0]["reason"])
        would = f"; {why[why.index(WOULD) :]}" if would_hold(why) else ""
        yield Section("Further on.", (f"Also {listed([shown(line) for line in wrong[:3]])} {does}{would}",))


def is_of_tensor(line: Line) -> bool:
    return "more than two indices" in line["reason"]


def chain_told(lines: list[Line]) -> Iterator[str]:
    """The line that takes an object with more indices for a matrix, and the chain rule that is put together with it."""
    yield f"The line {shown(lines[0])} is not right, and no other matrix would be"
    if len(lines) > 1:
        yield f"So {shown(lines[1])} does not conform where its factors are put side by side as matrices"


def nothing_found(report: dict[str, Any] | None, derivation: Derivation | None) -> Iterator[str]:
    """What is said where no line is wrong as far as it could be read."""
    held = [line for line in report["lines"] if line["verdict"] == "holds"] if report else []
    unread = [line for line in report["lines"] if line["verdict"] in ("unreadable", "unknown")] if report else []
    if held:
        yield f"The lines that could be checked hold: {listed([shown(line) for line in held[:4]])}"
    misfit = next((line for line in unread if line.get("code") == "dimensions"), None)
    if misfit is not None:
        why = with_formulas(misfit["reason"])
        yield f"As I read it, {shown(misfit)} does not conform: {why}. If the sizes are as said above, it goes wrong there"
    if unread:
        yield "Not every line could be read with certainty"
    if not held and not unread:
        yield "There is no line of yours that could be checked"
    if derivation is not None:
        yield "Compare the lines above with yours, one by one"


def explained(line: Line, solves: bool = False, told: str = "") -> Iterator[str]:
    """Why a line is wrong, and what should stand there. solves: whether it gives the solution of an equation. told: what has been said of it."""
    mistake = line.get("mistake") or {}
    whole = bool(mistake.get("repair")) and mistake["repair"] == line.get("expected")
    kind = refined(kind_of(mistake), line, whole and not solves)
    reason = with_formulas(line["reason"])
    if mistake.get("part") and line.get("code") in ("dimensions", "solution"):
        reason = reason.partition("; ")[0]  # what comes behind is said below in a teacher's words
    reason = reason.removesuffix("; the sizes do not conform") if "not conform:" in reason else reason
    solves = solves or line.get("code") == "solution"
    words = (WHY_NO_SOLUTION if solves else WHY_WRONG).get("factor" if solves and kind == "constant" else kind, "")
    part = f" (at ${mistake['part']}$)" if mistake.get("part") and not whole else ""
    if shown(line) not in told:
        yield f"The line {shown(line)} is not right{part}"
    elif part:
        yield f"The slip is at ${mistake['part']}$"
    repair = mistake.get("repair") or ""
    if words and not would_hold(reason):
        lost = kind == "term" and repair and not part
        yield words.replace("A term is missing", f"The term ${repair}$ is missing") if lost else words
    if would_hold(reason):
        if needed_in(line) not in told:
            yield f"It holds where {needed_in(line)}; in general it does not"
    elif reason and line.get("code") != "values":
        yield reason[:1].upper() + reason[1:]
    if line.get("expected") and f"${line['expected']}$" in told:
        return
    if line.get("expected"):
        yield f"The right side should be ${line['expected']}$"
    elif repair:
        yield f"It should read ${repair}$"


def with_sizes(line: Line, derivation: Derivation | None) -> Line:
    """A line that would hold if a matrix were symmetric, which is not even square where the other lines are read without it: it does not conform."""
    if derivation is None or not would_hold(line["reason"]):
        return line
    needed, symbols = needed_in(line), derivation.problem.symbols.values()
    oblong = [each for each in symbols if f"${each.name}$" in needed and each.shape[0] != each.shape[1]]
    sizes = listed([f"${Formulas.of(derivation.problem).latex(each)}$ is ${size(each.shape)}$" for each in oblong])
    mistake = {**(line.get("mistake") or {}), "kind": "conform"}
    told = f"{sizes}, as the other lines have it"
    return {**line, "code": "", "reason": told, "mistake": mistake} if oblong else line


def refined(kind: str, line: Line, whole: bool) -> str:
    """The kind of a mistake by what is said of it. whole: whether it is that of the whole right side of a derivative."""
    if kind == "dimension" and "the denominator has the shape" in line["reason"]:
        return "division"
    if kind == "factor":
        return "constant" if is_of_constant(line["reason"]) else "two" if "the factor 2 is missing" in line["reason"] else kind
    if kind == "order" and any(mark in line["latex"] for mark in TRACES):
        return "order in a trace"
    return "whole sign" if kind == "sign" and whole else kind


def needed_in(line: Line) -> str:
    """Under what a wrong line would be right."""
    needed = line["reason"].partition(WOULD)[2].strip()
    return with_formulas(needed).replace(" were ", " are " if " and " in needed or "matrices" in needed else " is ")


def is_of_constant(reason: str) -> bool:
    """Whether a line differs by a factor that is a name, not a number."""
    told = reason.partition("the factor ")[2].partition(" should not be there")[0].partition(" is missing")[0]
    return any(mark.isalpha() for mark in told)


def would_hold(reason: str) -> bool:
    """Whether it is known under what a wrong line would be right."""
    return WOULD in reason


def kind_of(mistake: dict[str, Any]) -> str:
    """The kind of a mistake; that of a wrong exponent told from other numbers that got lost, that of a lost factor from lost addends."""
    part, repair = (str(mistake.get(name) or "") for name in ("part", "repair"))
    if mistake.get("kind") == "term" and part and repair not in ("", "0"):
        return "chain"
    one, other = (text.rpartition("^")[0] or text for text in (part, repair))
    same = mistake.get("kind") == "factor" and "^" in part + repair and one == other
    return "exponent" if same else mistake.get("kind", "")


def tensor_explained(wrong: Iterable[Line], derivation: Derivation | None) -> tuple[str, ...]:
    """∂F/∂X of a vector or matrix F by a matrix X is no matrix: what it is by vec, where a line took it for one."""
    if derivation is None or not any(map(is_of_tensor, wrong)):
        return ()
    problem, variable = derivation.problem, derivation.problem.wrt[0]
    told = next(line["reason"] for line in wrong if is_of_tensor(line))
    inner = [d.name for d in problem.definitions if not d.name.is_scalar and f"of what is {size_text(d.name.shape)} " in told]
    if not inner:
        return ()
    formulas = Formulas.of(problem)
    of, by = formulas.latex(inner[0]), formulas.latex(variable)
    entries, inputs = inner[0].shape[0] * inner[0].shape[1], variable.shape[0] * variable.shape[1]
    found = [
        f"${of}$ has ${entries}$ entries and ${by}$ has ${inputs}$, so $\\partial {of}/\\partial {by}$ has a number for every pair of them: "
        "it is an object with more than two indices, and no matrix can stand for it as it is",
        "The differential avoids this, since "
        f"$d{by}$ is a matrix like ${by}$",
    ]
    if derivation.derivative is not None and derivation.derivative.form == "gradient":
        other = tidied(Transpose(derivation.result))
        found.append(f"In numerator layout the gradient is its transpose, ${formulas.latex(other)}$, which is ${size(other.shape)}$")
    laid_out = by_vec(derivation, inner[0])
    if laid_out:
        found.insert(1, f"Laid out as a matrix by vec it is ${laid_out}$, and in that form the chain rule is right")
    return tuple(found)


def by_vec(derivation: Derivation, of: Any) -> str:
    """The Jacobian of vec F by vec X, where it can be derived."""
    from dataclasses import replace

    try:
        found = derive(replace(derivation.problem, target=of, order=1), form="vec")
    except DerivtexError:
        return ""
    formulas = Formulas.of(derivation.problem)
    return f"{formulas.latex(found.derivative)} = {formulas.latex(found.result)}" if found.derivative is not None else ""


def claim_of(report: dict[str, Any] | None, asked: int | None = None) -> Line | None:
    """The line that is asked about: the last one that is a claim with a verdict; of a chain the link that does not hold, `2Ax = Ax + xA` as what
    the gradient is. asked: which it is, where that is known."""
    if report and asked is not None:
        return next((line for line in report["lines"] if line["index"] == asked), None)
    told = [line for line in report["lines"] if line["verdict"] in ("holds", "fails")] if report else []
    derivatives = [line for line in told if is_of_derivative(line)]
    found = derivatives or told
    chain = [line for line in told if found and line["verdict"] == "fails" and begins(line) == begins(found[-1])]
    return (chain or found)[-1] if found else None


def begins(line: Line) -> tuple[Any, ...] | None:
    """Where a line begins."""
    place = line["place"]
    return (place["file"], place["line"], place["column"]) if place else None


def assumed_in(line: Line) -> list[str]:
    """What a line takes for granted that is no convention."""
    return [with_formulas(each) for each in line["assuming"] if not each.startswith(OF_DERIVATIVE)]


def is_of_derivative(line: Line) -> bool:
    return any(mark in line["latex"] for mark in (r"\partial", r"\nabla"))
