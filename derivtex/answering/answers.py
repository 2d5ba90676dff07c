"""`derivtex.answer`: the post that a whole question asks for.

    words ──▶ wish        what is wanted
    source ─▶ derive, check, solve, as the wish needs them
           ─▶ Post ─▶ text
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeVar

from derivtex.answering.claimed import with_claims, with_solution
from derivtex.answering.solutions import Solved, solve
from derivtex.core.errors import DerivtexError, NotConfirmed, NotDerivable, Source
from derivtex.core.files import source_of
from derivtex.core.session import Limits, session, stage
from derivtex.interface import Answer, Report, check, derive
from derivtex.problem import Problem
from derivtex.steps import Derivation

if TYPE_CHECKING:
    from derivtex.derivation.curvature import Curvature
    from derivtex.reading.words.wishes import Wish
    from derivtex.writing.post import Post, Section

Made = TypeVar("Made")
CLAIMED = ("holds", "fails")
DERIVED = ("gradient", "jacobian", "hessian", "differential")
SOLVED = ("solve", "confirm", "mistake", "why")
PROVED, MOST_PROOFS, MOST_DERIVATIVES = ("why", "confirm"), 4, 6
KINDS = {"gradient": "gradient", "scalar": "gradient", "jacobian": "jacobian", "vec": "jacobian", "hessian": "hessian"}
IN_WORDS = {
    "gradient": "the gradient", "jacobian": "the Jacobian", "hessian": "the Hessian", "differential": "the differential",
    "mistake": "where the mistake is", "confirm": "whether the result is right", "solve": "the solution", "why": "how the line comes about",
    "convention": "which of the forms is meant",
}  # fmt: skip


class Reply:
    """What `answer` found, and the post made of it."""

    def __init__(
        self, wish: Wish, derivations: tuple[Answer, ...], report: Report | None, solution: Solved | None, error: DerivtexError | None = None,
        bent: Curvature | None = None, asked: int | None = None,
    ):  # fmt: skip
        self.wished, self.derivations, self.report, self.solution, self.bent = wish, derivations, report, solution, bent
        self.asked = asked
        self.refusal = error.message if isinstance(error, NotDerivable) else ""

    @property
    def wish(self) -> str:
        """gradient, jacobian, hessian, differential, mistake, confirm, solve, why or convention."""
        return self.wished.name

    @property
    def derivation(self) -> Derivation | None:
        """What is shown: the gradient that was set to zero where it was solved, else what was derived."""
        if self.solution is not None:
            return self.solution.derivation
        return self.derivations[0].derivation if self.derivations else None

    @property
    def text(self) -> str:
        """The post, for a forum."""
        return self.to_text()

    @stage("writing")
    def to_text(self, template: str | None = None, profile: str | None = None) -> str:
        """The post through a template: forum, latex, or the path of your own; for a profile as `derive` has them."""
        from derivtex.writing.post import rendered

        return rendered(self.post(), template, profile)

    def post(self) -> Post:
        from derivtex.writing.conclusions import first_line
        from derivtex.writing.openings import opening
        from derivtex.writing.post import Post

        shown = self.derivation
        solution = self.solution.solution if self.solution is not None else None
        report = self.report.to_dict() if self.report is not None else None
        return Post(
            self.taken(), opening(shown) if shown is not None else "", shown, solution, self.sections(),
            self.check_code(), self.what_is_run(),
            self.further(), first_line(self.wished, report, shown, solution, self.bent, self.asked),
        )  # fmt: skip

    def further(self) -> tuple[Derivation, ...]:
        """What is shown besides: the derivatives by other variables; of a line that is to be proved, the steps that lead to it."""
        if self.wish in PROVED and self.derivation is None and self.report is not None:
            held = [self.report.fillings.get(line.index) for line in self.report.lines if line.verdict == "holds"]
            return tuple(each.derivation for each in held if each is not None and each.derivation is not None)[:MOST_PROOFS]
        return tuple(each.derivation for each in self.derivations[1:]) if self.wish != "convention" else ()

    def check_code(self) -> str:
        """The lines that a reader can run: on the solution where one was found without constraints, else on the derivative."""
        from derivtex.writing.code.snippets import check_of
        from derivtex.writing.solution_code import newton_code

        if self.solution is None:
            return check_of(self.derivations[0].derivation) if self.derivations else ""
        found = self.solution.solution
        if found.newton is not None and found.newton.confirmed:
            return f"import numpy as np\n{newton_code(found) or ''}".strip()
        if found.bound.constraints or found.open or len(found.primaries) != 1:
            return ""
        return check_of(self.solution.derivation, found.values[found.primaries[0]])

    def what_is_run(self) -> str:
        """The phrase on what the lines do."""
        if self.solution is None:
            return "largest difference"
        return "step of Newton" if self.solution.solution.newton is not None else "slope at the solution"

    def taken(self) -> str:
        """What is said where the wish was not sure."""
        if not self.wished.other:
            return ""
        return f"I take it that you ask for {IN_WORDS[self.wish]}; if it is {IN_WORDS[self.wished.other]} that you want, say so"

    def sections(self) -> tuple[Section, ...]:
        """The parts that the wish asks for."""
        from derivtex.writing import confirming, explanations

        report = self.report.to_dict() if self.report is not None else None
        shown = self.derivation
        if self.solution is not None and self.solution.values and not self.solution.confirmed:
            return (explanations.unconfirmed_section(self.solution.certificate.remark),)
        if self.wish == "mistake" or (self.wish in DERIVED and explanations.wrong_lines(report)):
            return (*self.curvature(), *explanations.mistake_section(report, shown, self.asked))
        if self.wish == "hessian" or (self.wish == "solve" and self.asked is None):
            return self.curvature()
        if self.wish == "confirm" or (self.wish == "solve" and self.asked is not None):
            return (confirming.confirm_section(report, shown, self.refusal, self.asked),)
        if self.wish == "why":
            return tuple(explanations.why_section(report, shown, bool(self.further()), self.asked))
        if self.wish == "convention":
            others = tuple(each.derivation for each in self.derivations[1:])
            return tuple(explanations.convention_section(report, shown, others))
        return ()

    def curvature(self) -> tuple[Section, ...]:
        """Whether the function is convex, where a second derivative is shown."""
        from derivtex.writing.curvatures import curvature_section

        second = self.solution.solution.newton if self.solution is not None else self.derivation
        if self.bent is None or second is None or not (self.bent.name or self.wished.of_curvature):
            return ()
        return (curvature_section(self.bent, second, any("strongly" in words for words in self.wished.evidence)),)

    def to_dict(self) -> dict[str, Any]:
        """What `derivtex answer --format json` prints."""
        solution = None
        if self.solution is not None:
            told = self.solution.to_dict()
            solution = {**told["solution"], "names": told["names"], "symbols": told["symbols"]}
        return {
            "wish": self.wish,
            "derivations": [each.to_dict() for each in self.derivations],
            "report": self.report.to_dict() if self.report is not None else None,
            "solution": solution,
            "text": self.text,
        }

    def _repr_markdown_(self) -> str:
        return self.to_text(profile="jupyter")

    def __str__(self) -> str:
        return self.text


def answer(source: str | Source | PathLike[str], *, limit: float = 0) -> Reply:
    """Answer a whole question: a derivative, a verdict on the asker's lines, a solution, as its words ask; limit: seconds, 0 for any time.

    Raises the error of `derive` where nothing of what is asked could be found.
    """
    from derivtex.reading import states_result, wish_of
    from derivtex.reading.words.wishes import Wish

    source = source_of(source)
    with session(Limits(limit)):
        clean, claims, solution = with_solution(source)
        derived, error = attempt(lambda: derive(clean))
        wish = wish_of(source, kind_of(derived))
        if wish.name == "hessian" and derived is not None and derived.derivation.order == 1:
            derived = attempt(partial(derive, clean, wrt=whole_of(derived), order=2))[0] or derived
        if solution is not None and wish.name in DERIVED and not wish.evidence:
            wish = Wish("confirm")  # nothing else is said of it
        if wish.name not in SOLVED:
            solution = None
        elif solution is None and wish.name == "solve":
            solution = solved(source)
        own_lines = derived is None or derived.derivation.problem.claims or derived.derivation.problem.faults or states_result(source)
        proved = wish.name in PROVED and derived is None and solution is None
        report = attempt(lambda: check(clean, fill=proved))[0] if wish.name not in DERIVED or own_lines else None
        report, asked = with_claims(report, claims, solution) if solution is not None and claims else (report, None)
        derived = instead(clean, derived, report) if wish.name in ("mistake", *DERIVED) else derived
        derivations = with_others(wish.name, clean, derived) if derived is not None else ()
        if wish.name in DERIVED and derived is None and wish.other and report is not None:
            wish = Wish(wish.other, wish.evidence)  # what can be told
        second = solution.solution.newton if solution is not None else derived.derivation if derived is not None else None
        found = Reply(wish, derivations, report, solution, error, curvature_of(second), asked)
        claimed = report is not None and any(line.verdict in CLAIMED for line in report.lines)
        if derived is None and solution is None and not (claimed and found.sections()):
            raise error or NotDerivable("nothing of what is asked could be found", way_out="state the formula and by what it is differentiated")
    return found


def instead(source: Source, derived: Answer | None, report: Report | None) -> Answer | None:
    """What is derived where a mistake is looked for: in the place of what the asker has right, the derivative of the first line that is wrong."""
    from derivtex.checking.ledger import squeezed
    from derivtex.checking.lines import what_is_derived

    if report is None or report.first_wrong is None:
        return derived
    about = {line.index: what_is_derived(line) for line in report.lines}
    problem = derived.derivation.problem if derived is not None else None
    own = tuple(squeezed(getattr(each, "name", "")) for each in (problem.target, problem.wrt[0])) if problem is not None else None
    held = [about[line.index] for line in report.lines if line.verdict == "holds"]
    right = own is None or any(names is not None and tuple(map(squeezed, names)) == own for names in held)
    wrong = about[report.first_wrong] if right else None
    return (attempt(lambda: derive(source, of=wrong[0], wrt=wrong[1]))[0] if wrong is not None else None) or derived


def solved(source: Source) -> Solved | None:
    """The solution for all the unknowns together that are asked for, “the estimates of $\\mu$ and $\\Sigma$”, else for the first."""
    from derivtex.reading import sought_together

    unknowns = attempt(lambda: sought_together(source))[0] or ()
    together = attempt(lambda: solve(source, wrt=", ".join(unknowns)))[0] if len(unknowns) > 1 else None
    return together or attempt(lambda: solve(source))[0]


def whole_of(derived: Answer) -> str | None:
    """The variable of which one entry was taken for the variable, which a Hessian has all of; None of another one."""
    from derivtex.operations import Entry

    variable = derived.derivation.problem.wrt[0]
    return str(variable.of) if isinstance(variable, Entry) else None


def curvature_of(second: Derivation | None) -> Curvature | None:
    """What a second derivative shows of the function, by its form and by numbers."""
    from derivtex.checking.curvature import confirmed
    from derivtex.derivation.curvature import curvature

    shown = curvature(second) if second is not None and second.confirmed else None
    return shown and confirmed(shown, second) if second is not None else None


def attempt(make: Callable[[], Made]) -> tuple[Made | None, DerivtexError | None]:
    """What is made, or the error; what the numbers speak against is not taken."""
    try:
        return make(), None
    except DerivtexError as error:
        return None, error


def with_others(wish: str, source: Source, derived: Answer) -> tuple[Answer, ...]:
    """The derivation with what stands beside it: the other uses of a structured variable, or the other derivatives that are asked for."""
    if wish == "convention":
        return (derived, *conventions(source, derived))
    return all_of(source, derived) if wish != "solve" else (derived,)


def all_of(source: Source, derived: Answer) -> tuple[Answer, ...]:
    """The derivatives that are asked for, in order: of other things, by other variables, of the other order; with the one that is at hand."""
    from derivtex.reading import asked_derivatives

    asked = attempt(lambda: asked_derivatives(source))[0] or ()
    made = [attempt(partial(derive, source, of=of, wrt=by, order=order))[0] for of, by, order in asked[:MOST_DERIVATIVES]] if len(asked) > 1 else []
    found: dict[tuple[str, str, int], Answer] = {}
    for each in (*(each for each in made if each is not None), derived):
        label = str(each.derivation.problem.wrt[0]), each.to_dict()["result"]["latex"], each.derivation.order
        found[label] = derived if label in found or each is derived else each
    return tuple(found.values())


def kind_of(derived: Answer | None) -> str:
    """The wish that a derivation fulfils by its form."""
    derivative = derived.derivation.derivative if derived is not None else None
    return "gradient" if derivative is None else KINDS[derivative.form]


def conventions(source: Source, derived: Answer) -> tuple[Answer, ...]:
    """The same with the other uses of a structured variable."""
    problem: Problem = derived.derivation.problem
    variable = problem.wrt[0]
    structured = any(getattr(variable, "properties", ())) and variable.shape[0] == variable.shape[1] and not variable.is_scalar
    found = [attempt(partial(derive, source, structure=way))[0] for way in ("constrained", "ignore") if structured]
    return tuple(each for each in found if each is not None and each.result is not derived.result)


__all__ = ["NotConfirmed", "Reply", "answer"]
