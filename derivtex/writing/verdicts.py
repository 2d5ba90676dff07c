"""The verdicts on the lines of a derivation: as text for people, as plain data for programs."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import Span
from derivtex.core.terms import Term
from derivtex.operations import Number, Product
from derivtex.writing.code.naming import Names, identifier
from derivtex.writing.fillings import filled
from derivtex.writing.formula import Formulas
from derivtex.writing.prose import listed

if TYPE_CHECKING:
    from derivtex.checking.counterexample import Numbers
    from derivtex.checking.lines import Line
    from derivtex.interface import Report


def as_data(report: Report, format_: str = "json", template: str | None = None) -> dict[str, Any]:
    """What `derivtex check --format json` prints: one object a line, and what they come to. What leads to a line is set for a format."""
    return {
        "lines": [line_data(line) | filled_data(report, line.index, format_, template) for line in report.lines],
        "readings": readings(report),
        "assumptions": list(dict.fromkeys(text for line in report.lines for text in line.assuming)),
        "first_wrong": report.first_wrong,
        "confirmed": report.confirmed,
        "counts": dict(sorted(Counter(line.verdict for line in report.lines).items())),
    }


def line_data(line: Line) -> dict[str, Any]:
    """A line as plain data."""
    mistake = line.mistake and {
        "kind": line.mistake.kind, "part": in_latex(line.mistake.part, line), "repair": in_latex(line.mistake.repair, line),
    } | numbers_data(line.mistake.numbers)  # fmt: skip
    return {
        "index": line.index, "latex": line.latex, "place": place(line.span), "verdict": line.verdict, "assuming": list(line.assuming),
        "reason": told(line), "code": line.code, "expected": in_latex(line.expected, line), "mistake": mistake,
        "follows": line.follows, "steps": [],
    }  # fmt: skip


def numbers_data(numbers: Numbers | None) -> dict[str, Any]:
    """The point at which a line was seen to fail, as data and as NumPy statements to paste."""
    if numbers is None:
        return {}
    names = Names()
    named = [(name, names.fresh(identifier(name)), value) for name, value in (*numbers.values, *numbers.moved)]
    rows = [f"{short} = {value if isinstance(value, (int, float)) else f'np.array({value})'}" for _, short, value in named]
    rows += [f"{name} = {value}  # counted from 1" for name, value in numbers.indices]
    point = {name: value for name, _, value in named} | dict(numbers.indices)
    return {"numbers": {"point": point, "left": numbers.left, "right": numbers.right, "numpy": "\n".join(rows) + "\n"}}


def filled_data(report: Report, index: int, format_: str, template: str | None) -> dict[str, Any]:
    """What leads to a line, where that was found."""
    if index not in report.fillings:
        return {}
    return filled(report.fillings[index], format_, template)


TELLING = {  # what a teacher says of a mistake: {part} is what stands there, {repair} what should
    "sign": "the sign is wrong: {part} should be {repair}",
    "factor": "{part} should be {repair}",
    "transpose": "a transpose is missing or too many: {part} should be {repair}",
    "order": "the order of factors is wrong: {part} should be {repair}",
    "inverse": "an inverse is missing or too many: {part} should be {repair}",
    "index": "an index is wrong: {part} should be {repair}",
    "trace": "a trace is missing or too many: {part} should be {repair}",
    "product-kind": "it is another product: {part} should be {repair}",
    "stage": "it is the derivative at another stage: {part} should be {repair}",
    "term": "{part} should be {repair}",
    "other": "{part} should be {repair}",
    "scalar-rule": "this is the rule for numbers: it would hold if the matrices commuted",
    "dimension": "the sizes do not conform",
    "layout": "",
}


def told(line: Line) -> str:
    """The reason of a verdict, and of a mistake what a teacher would say of it."""
    mistake = line.mistake
    if mistake is None:
        return line.reason
    part, repair = in_latex(mistake.part, line), in_latex(mistake.repair, line)
    if mistake.kind == "scalar-rule" and isinstance(mistake.part, str):
        return f"{line.reason}; {part} is the rule for numbers"
    if mistake.kind in ("scalar-rule", "dimension", "layout"):
        return "; ".join(text for text in (line.reason, TELLING[mistake.kind]) if text)
    if mistake.kind == "transpose" and not part and not repair:
        return f"{line.reason}; it would hold if {listed([in_latex(each, line) for each in mistake.symmetric])} were symmetric"
    if not part:
        return f"{line.reason}; the term {repair} is missing" if repair else line.reason
    if repair == "0":
        return f"{line.reason}; the term {part} should not be there"
    if not repair:
        return f"{line.reason}; {TELLING[mistake.kind].partition(':')[0]} at {part}; only this part differs"
    if mistake.kind == "factor" and (said := factor_told(mistake.part, mistake.repair, line)):
        return f"{line.reason}; {said}: {part} should be {repair}"
    return f"{line.reason}; {TELLING[mistake.kind].format(part=part, repair=repair)}; only this part differs"


def factor_told(part: Term | str | None, repair: Term | None, line: Line) -> str:
    """Which number in front of a part is wrong, where nothing else is."""
    if not isinstance(part, Term) or repair is None:
        return ""
    (wrong, rest), (right, other) = leading(part), leading(repair)
    if wrong == right:
        return constant_told(rest, other, line)
    if rest != other:
        return ""
    said, wanted = (in_latex(Number(value), line) for value in (wrong, right))
    if wrong == 1:
        return f"the factor {wanted} is missing"
    return f"the factor {said} should not be there" if right == 1 else f"the factor should be {wanted}, not {said}"


def constant_told(factors: tuple[Term, ...], wanted: tuple[Term, ...], line: Line) -> str:
    """Which factor that is a number is missing or one too many, where nothing else differs."""
    for of, other, words in ((factors, wanted, "should not be there"), (wanted, factors, "is missing")):
        single = [at for at in range(len(of)) if of[at].is_scalar and (*of[:at], *of[at + 1 :]) == other]
        if single:
            return f"the factor {in_latex(of[single[0]], line)} {words}"
    return ""


def leading(term: Term) -> tuple[Fraction, tuple[Term, ...]]:
    """The number in front of a term, and the rest."""
    factors = term.factors if isinstance(term, Product) else (term,)
    return (factors[0].value, factors[1:]) if isinstance(factors[0], Number) else (Fraction(1), factors)


def place(span: Span | None) -> dict[str, Any] | None:
    """Where a line stands, counted from 1; file is null for a text that is none."""
    if span is None:
        return None
    end = span._replace(start=max(span.start, span.end - 1))
    name = span.name
    return {
        "file": None if name.startswith("<") else name, "line": span.line, "column": span.column, "end_line": end.line,
        "end_column": end.column + 1,
    }  # fmt: skip


def in_latex(term: Term | str | None, line: Line) -> str:
    """A term in the author's marks, or what was typed; nothing where there is none."""
    if isinstance(term, str):
        return term
    if term is None or line.problem is None:
        return ""
    return Formulas.of(line.problem).latex(term)


def readings(report: Report) -> list[dict[str, Any]]:
    """What the names were read as that nobody declared."""
    found: dict[tuple[str, str, tuple[str, ...]], dict[str, Any]] = {}
    for problem in {id(line.problem): line.problem for line in report.lines if line.problem is not None}.values():
        for name, known in problem.symbols.items():
            if name in problem.guessed:
                shape = [str(size) for size in known.shape]
                why = next((text for text in problem.guesses if text.startswith(f"{name} ")), "")
                found.setdefault((name, known.kind, tuple(shape)), {"name": name, "kind": known.kind, "shape": shape, "why": why})
    return list(found.values())
