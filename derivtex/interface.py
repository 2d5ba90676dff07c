"""derivtex from Python: `derive` and what it answers, `check` and its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import NotConfirmed, UsageError
from derivtex.core.limits import AT_A_TERMINAL, limits
from derivtex.core.session import session, stage
from derivtex.core.terms import Term, write_with
from derivtex.options import values
from derivtex.steps import Derivation, Step

if TYPE_CHECKING:
    from os import PathLike

    from derivtex.checking.lines import Line
    from derivtex.core.errors import Source
    from derivtex.filling.gaps import Filling
    from derivtex.writing.content import Equation

CHOICES = {name: values(name) for name in ("layout", "form", "structure", "complex", "order")}
LAYOUTS_CHECKED = values("layout", "check")


def in_latex(term: Term) -> str:
    """A term as LaTeX, in the usual marks."""
    from derivtex.writing.formula import latex

    return latex(term)


write_with(in_latex)


class Answer:
    """A derivation with its outputs."""

    def __init__(self, derivation: Derivation):
        self.derivation = derivation

    @property
    def result(self) -> Term:
        """The derivative as a term; `str(answer.result)` is its LaTeX."""
        return self.derivation.answer

    @property
    def steps(self) -> list[Step]:
        """Every step: rule, place, before, after."""
        return self.derivation.steps

    @property
    @stage("writing")
    def assumptions(self) -> list[str]:
        """Sentences about what the derivation needed, with formulas between dollar signs."""
        from derivtex.writing.formula import Formulas
        from derivtex.writing.prose import said

        formulas = Formulas.of(self.derivation.problem)
        return [said(sentence, formulas) for sentence in self.derivation.assumptions]

    @property
    def confirmed(self) -> bool:
        """Whether the numbers confirmed every step and the result."""
        return self.derivation.confirmed

    @property
    @stage("writing")
    def lines(self) -> tuple[Equation, ...]:
        """The lines as they are printed at the usual detail."""
        from derivtex.writing.content import content

        return content(self.derivation).chain

    @stage("writing")
    def to_latex(self, template: str | None = None, detail: str = "normal", profile: str | None = None, **manner: Any) -> str:
        """The derivation through a template: the name of a shipped one or the path of your own.

        manner: reasons, wording, cite, width, colors, box, label, numbers, as `derivtex.writing.manner.Manner` has them.
        """
        from derivtex.writing.manner import Manner
        from derivtex.writing.page import render

        return render(self.derivation, template, profile, detail, Manner(**manner))[0]

    @stage("writing")
    def explain(self) -> str:
        """How the formula was read, which road was taken and what the others would cost, and each rule with its page and source."""
        from derivtex.writing.trace import trace

        return trace(self.derivation)

    def to_numpy(self) -> str:
        """The source of a function that computes the result with NumPy."""
        return self.to_code("numpy")

    @stage("writing")
    def to_code(self, language: str = "numpy") -> str:
        """The source of a function that computes the result: numpy, torch, jax, julia or matlab."""
        from derivtex.writing.code.program import source

        return source(self.derivation, language)

    @stage("writing")
    def to_sympy(self) -> Any:
        """The result as a SymPy expression."""
        from derivtex.exchange import to_sympy

        return to_sympy(self.derivation.answer)

    @stage("writing")
    def to_dict(self) -> dict[str, Any]:
        """What `derivtex derive --format json` prints."""
        from derivtex.writing.report import report

        return report(self.derivation)

    def switch(self) -> Switch:
        """What a notebook shows with a switch for detail and layouts."""
        return Switch(self.derivation)

    def _repr_latex_(self) -> str:
        return self.to_latex(template="aligned", profile="jupyter")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.to_latex(), "text/latex": self._repr_latex_()}

    def __str__(self) -> str:
        return self.to_latex()

    __repr__ = __str__


class Switch:
    """A derivation as HTML, of which a switch shows more or less, for a place that sets the formulas in HTML."""

    def __init__(self, derivation: Derivation):
        self.derivation = derivation

    @stage("writing")
    def _repr_html_(self) -> str:
        from derivtex.writing.switching import switched

        return switched(self.derivation)


def derive(
    source: str | Source | PathLike[str],
    *,
    of: str | None = None,
    wrt: str | None = None,
    declare: Sequence[str] = (),
    order: int = 1,
    layout: str = "denominator",
    form: str = "auto",
    structure: str = "projected",
    complex: str = "conjugate",
    check: bool = True,
    limit: float | None = None,
) -> Answer:
    """Derive and, unless told otherwise, check every step with numbers; limit: seconds that it may take, 60 if not given, 0 for any time.

    Raises NotConfirmed, which carries the answer, where the numbers speak against a step or the result, SourceError where the
    source cannot be read, NotDerivable where nothing is known, TooLarge where it takes too much, UsageError for an unknown option.
    """
    with session(limits(limit, AT_A_TERMINAL)):
        found = unjudged(
            source, of=of, wrt=wrt, declare=declare, order=order, layout=layout, form=form, structure=structure, complex=complex, check=check
        )
        if not check or not found.derivation.problem.claims:
            return found
        with stage("checking"):
            return Answer(with_claims_judged(found.derivation))


def unjudged(
    source: str | Source | PathLike[str],
    *,
    of: str | None = None,
    wrt: str | None = None,
    declare: Sequence[str] = (),
    order: int = 1,
    layout: str = "denominator",
    form: str = "auto",
    structure: str = "projected",
    complex: str = "conjugate",
    check: bool = True,
) -> Answer:
    """`derive` without verdicts on the author's lines, for whoever has those made by `check`."""
    from derivtex.derivation.driver import derive as derivation_of
    from derivtex.reading import read

    must_be_choices(layout=layout, form=form, structure=structure, complex=complex, order=order)
    with stage("reading"):
        problem = read(source, of=of, wrt=wrt, declare=tuple(declare), order=order, gradient=form in ("auto", "index"))
    with stage("deriving"):
        derivation = derivation_of(problem, layout=layout, form=form, structure=structure, complex=complex)
    if check:
        from derivtex.checking.verdict import confirm

        with stage("checking"):
            derivation = confirm(derivation)
    answer = Answer(derivation)
    refutation = derivation.refutation
    if refutation is not None:
        from derivtex.derivation.caution import unshown

        raise NotConfirmed(refutation, answer, way_out=unshown(derivation.problem))
    return answer


def with_claims_judged(derivation: Derivation) -> Derivation:
    """The derivation with a verdict on each of the author's claims; one point is enough to speak against a line."""
    from derivtex.checking.lines import verdict_on_claim

    problem = derivation.problem
    return replace(derivation, on_claims=tuple((claim, verdict_on_claim(claim, problem, needed=1)) for claim in problem.claims))


class Report:
    """Somebody's own derivation, line by line, with a verdict on each; fillings: what leads to them, by their index, where it was asked for."""

    def __init__(self, lines: Sequence[Line], fillings: Mapping[int, Filling] = MappingProxyType({})):
        self.lines, self.fillings = tuple(lines), fillings

    @property
    def first_wrong(self) -> int | None:
        """The index of the first line that fails."""
        return next((line.index for line in self.lines if line.verdict == "fails"), None)

    @property
    def confirmed(self) -> bool:
        """Whether nothing is wrong or undecided: every line is a definition, a condition, not tried, or holds."""
        return all(line.verdict in ("definition", "condition", "holds", "skipped") for line in self.lines)

    @stage("writing")
    def to_dict(self, format: str = "json", template: str | None = None) -> dict[str, Any]:
        """What `derivtex check --format json` prints; what leads to the lines is set for another format, through a template."""
        from derivtex.writing.verdicts import as_data

        return as_data(self, format, template)

    def to_text(self, format: str = "text", template: str | None = None) -> str:
        """The report as text, sarif, junit, html, tex or markdown; template: for the steps that lead to the lines."""
        from derivtex.writing.reports import FORMATS, written

        if format not in FORMATS:
            raise UsageError(f"there is no report as {format}", way_out=f"it can be {', '.join(FORMATS)}")
        name = next((line.span.source.name for line in self.lines if line.span is not None), "<formula>")
        return written([(name, self.to_dict(format, template))], format)

    def _repr_html_(self) -> str:
        from derivtex.writing.htmlreport import fragment

        return fragment([("", self.to_dict("html"))])

    def __str__(self) -> str:
        return self.to_text()

    __repr__ = __str__


def check(
    source: str | Source | PathLike[str], *, declare: Sequence[str] = (), layout: str = "any", fill: bool = False, limit: float | None = None
) -> Report:
    """Check the lines of a derivation with numbers; limit: seconds that it may take, 60 if not given, 0 for any time.

    layout: any, or the one that derivatives have to be in. fill: whether the steps that lead to each line are looked for.
    Raises SourceError where the source holds nothing that could be checked; a line that cannot be read is so in the report.
    """
    from derivtex.checking.lines import check_lines
    from derivtex.reading import read_lines

    if layout not in LAYOUTS_CHECKED:
        raise UsageError(f"layout cannot be {layout}", way_out=f"it can be {', '.join(LAYOUTS_CHECKED)}")
    with session(limits(limit, AT_A_TERMINAL)):
        with stage("reading"):
            lines = read_lines(source, declare=tuple(declare))
        with stage("checking"):
            found = check_lines(lines, layout)
        if not fill:
            return Report(found)
        from derivtex.filling.gaps import fillings

        with stage("filling"):
            return Report(found, fillings(lines, found))


def must_be_choices(**options: object) -> None:
    """Raise UsageError for an option with a value that it cannot have."""
    for name, value in options.items():
        if value not in CHOICES[name]:
            raise UsageError(f"{name} cannot be {value}", way_out=f"it can be {', '.join(map(str, CHOICES[name]))}")
