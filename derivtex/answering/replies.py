"""What was found for a whole question, and the post that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from derivtex.answering.finding import CLAIMED, DERIVED, PROVED, Missing
from derivtex.answering.given import each_once, given_in, proved_in, turned_in, written_as_mean
from derivtex.answering.jointly import Joint
from derivtex.answering.solutions import Solved
from derivtex.answering.stepping import Stepped
from derivtex.answering.symmetric import Symmetric
from derivtex.core.errors import DerivtexError, NotDerivable
from derivtex.core.session import stage
from derivtex.core.terms import Term
from derivtex.interface import Answer, Report
from derivtex.operations import Symbol
from derivtex.steps import Derivation, Zeroed
from derivtex.writing import besides, between, confirming, conventions, explanations, particulars, whys
from derivtex.writing.between import step_told
from derivtex.writing.code.snippets import check_of
from derivtex.writing.conclusions import first_line, taken, unserved
from derivtex.writing.curvatures import curvature_section
from derivtex.writing.headlines import headline
from derivtex.writing.openings import opening
from derivtex.writing.post import Post, rendered
from derivtex.writing.solution_code import repeated

if TYPE_CHECKING:
    from derivtex.answering.adjoints import Adjoint
    from derivtex.answering.cases import Case
    from derivtex.answering.choosing import Choice
    from derivtex.answering.expansions import Expanded
    from derivtex.answering.rates import Rate
    from derivtex.answering.traces import Traced
    from derivtex.derivation.curvature import Curvature
    from derivtex.reading.words.itemised import Itemised
    from derivtex.reading.words.wishes import Wish
    from derivtex.writing.post import Section

MOST_PROOFS = 4


@dataclass(eq=False, repr=False)
class Reply:
    """What `answer` found, and the post made of it.

    derivations: what is asked first and besides; missing: what of that could not be made. error: why nothing could be derived, unsolved: why
    there is no solution, where one is asked for. asked: which line of the report gives the solution. bent: what the second derivative shows of
    the function; second: that derivative, where it is asked for besides. symmetric: the solution for symmetric matrices. stepped: the steps
    between two lines, where they are asked for. zeroed: the gradients that are set to zero one by one; itemised: the questions of a list.
    direction: that of a derivative. beside: the lines that hold and have another value than what was derived; free: those that take the entries
    of a structured matrix as free. put_in: a point and the derivative there. choices: what two formulas are of which one is meant. traced: the
    Laplacian or divergence. rate: that of what was derived along a motion. joint: the Hessian by several names. case: that is asked besides.
    supposed: matrices taken to be symmetric. causes: what of a result its reason is asked of. expanded: to second order in a shift. adjoint: of
    the derivative. unasked: whether nothing asks for the derivative that is shown.
    """

    wished: Wish
    derivations: tuple[Answer, ...]
    report: Report | None = None
    solution: Solved | None = None
    error: DerivtexError | None = None
    unsolved: DerivtexError | None = None
    asked: int | None = None
    bent: Curvature | None = None
    second: Derivation | None = None
    symmetric: Symmetric | None = None
    missing: tuple[Missing, ...] = ()
    stepped: Stepped | None = None
    zeroed: tuple[Zeroed, ...] = ()
    itemised: tuple[Itemised, ...] = ()
    direction: tuple[str, str, str, str] | None = None
    beside: frozenset[int] = frozenset()
    put_in: tuple[Term, Term] | None = None
    choices: tuple[Choice, ...] = ()
    traced: Traced | None = None
    supposed: tuple[Symbol, ...] = ()
    rate: Rate | None = None
    joint: Joint | None = None
    case: Case | None = None
    causes: tuple[str, ...] = ()
    expanded: Expanded | None = None
    adjoint: Adjoint | None = None
    free: frozenset[int] = frozenset()
    unasked: bool = False

    @property
    def refusal(self) -> str:
        """Why there is no derivation by rules."""
        return self.error.message if isinstance(self.error, NotDerivable) else ""

    @property
    def wish(self) -> str:
        """gradient, jacobian, hessian, differential, mistake, confirm, solve, why or convention."""
        return self.wished.name

    @property
    def derivation(self) -> Derivation | None:
        """What is shown: the steps that are asked for, the gradient that was set to zero where it was solved, else what was derived."""
        if self.stepped is not None:
            return self.stepped.derivations[0]
        if self.solution is not None:
            return self.solution.derivation
        own = self.own_derivations()
        return own[0].derivation if own else None

    def own_derivations(self) -> tuple[Answer, ...]:
        """The derivations, in order; a second derivative in the place of the first, with whose lines it begins."""
        second = {(each.derivation.problem.target, each.derivation.problem.wrt): each for each in self.derivations if each.derivation.order == 2}
        shown = [second.get((each.derivation.problem.target, each.derivation.problem.wrt), each) for each in self.derivations]
        return tuple(dict.fromkeys(shown))

    @property
    def text(self) -> str:
        """The post, for a forum."""
        return self.to_text()

    @stage("writing")
    def to_text(self, template: str | None = None, profile: str | None = None) -> str:
        """The post through a template: forum, latex, or the path of your own; for a profile as `derive` has them."""
        return rendered(self.post(), template, profile)

    def post(self) -> Post:
        shown = self.second if self.second_begins() else self.derivation
        solution = self.solution.solution if self.solution is not None else None
        return Post(
            written_as_mean(shown) or unserved(self.wished) or self.taken(), opening(shown) if shown is not None else "",
            shown, solution, self.sections(), self.check_code(), self.what_is_run(), self.further(), self.conclusion(),
        )  # fmt: skip

    def conclusion(self) -> str:
        """The first line, which answers what was asked."""
        if self.stepped is not None and self.derivation is not None:
            return step_told(self.stepped.labels, self.derivation)
        shown, solution = self.derivation, self.solution.solution if self.solution is not None else None
        found = first_line(self.wished, self.told(), solution, self.bent, self.asked, self.beside)
        if found or shown is None:
            return found
        found = ". ".join(each.answer for each in self.derived_besides(shown) if each.answer) or ". ".join(whys.because(self.causes, shown))
        if self.adjoint is not None and self.wish in DERIVED:
            found = ". ".join(filter(None, (headline((shown,)), found)))
        if self.wish == "convention":
            return found or conventions.both_told(shown, tuple(each.derivation for each in self.derivations[1:]))
        second = (self.second,) if self.second_begins() and self.second is not None else ()
        return found or (headline(each_once(self.derivations, shown, second, self.further())) if self.wish in DERIVED and solution is None else "")

    def second_begins(self) -> bool:
        """Whether the second derivative that is asked for besides begins with the lines of what is derived, which are then printed once."""
        shown = self.derivation if self.stepped is None and self.solution is None else None
        return shown is not None and self.second is not None and given_in(shown)._replace(order=2) == given_in(self.second)

    def further(self) -> tuple[Derivation, ...]:
        """What is shown besides: the derivatives by other variables; of a line that is to be proved, the steps that lead to it."""
        if self.stepped is not None:
            return self.stepped.derivations[1:]
        if self.wish in PROVED and self.derivation is None and self.report is not None:
            held = [self.report.fillings.get(line.index) for line in self.report.lines if line.verdict == "holds"]
            return tuple(each.derivation for each in held if each is not None and each.derivation is not None)[:MOST_PROOFS]
        if self.wish == "convention":
            return ()
        others = tuple(each.derivation for each in self.own_derivations()[1:])
        hidden = self.derivations[0].derivation if self.solution is not None and self.derivations else None  # behind the solution's
        if hidden is not None and hidden.order == 2:
            return (hidden, *others)
        told = self.second_begins() or any(each is not None and each.order == 2 for each in (*others, self.derivation))
        return (*others, self.second) if self.second is not None and self.second.order == 2 and not told else others

    def check_code(self) -> str:
        """The lines that a reader can run: on the solution where one was found without constraints, else on the derivative."""
        if self.solution is None:
            return check_of(self.derivations[0].derivation) if self.derivations else ""
        found = self.solution.solution
        if step := repeated(found)[1]:
            return step
        alone = not found.bound.constraints and not found.open and len(found.primaries) == 1
        return check_of(self.solution.derivation, found.values[found.primaries[0]]) if alone else ""

    def what_is_run(self) -> str:
        """The phrase on what the lines do."""
        return "largest difference" if self.solution is None else repeated(self.solution.solution)[0] or "slope at the solution"

    def taken(self) -> str:
        """What is said where the wish was not sure, or what its asker takes for granted."""
        if self.supposed and self.derivation is not None:
            return besides.supposed(self.supposed, self.derivation, self.asked is not None)
        if self.unasked and self.derivation is not None:
            return besides.unasked(self.derivation)
        if self.choices or self.wished.other in self.wished.further:
            return ""
        return taken(self.wished, self.derivation is not None, bool(explanations.wrong_lines(self.told())))

    def sections(self) -> tuple[Section, ...]:
        """The parts that the wish asks for, and what is asked besides."""
        own = self.own_sections()
        further = self.curvature() if self.wished.curved else ()
        further += tuple(besides.missing_section(each.of, each.by, each.error.message) for each in self.missing)
        further += self.derived_besides(self.derivation) if self.derivation is not None else ()
        if self.solution is not None and any("system" in words or "kkt" in words for words in self.wished.evidence):
            further += tuple(filter(None, (besides.system_section(self.solution.solution),)))
        further += (besides.symmetric_section(self.symmetric.names, self.symmetric.found.solution),) if self.symmetric is not None else ()
        if self.unsolved is not None and self.solution is None:
            further += (besides.unsolved_section(self.unsolved.message, self.unsolved.way_out),)
        if "confirm" in self.wished.further and self.wish in (*DERIVED, "solve") and self.asked is None and self.report is not None:
            further += (confirming.confirm_section(self.told(), self.derivation, self.refusal, None, self.beside, self.conclusion()),)
        open_ = [(each.number, each.text) for each in self.itemised if not self.fulfils(each.wish)]
        further += (besides.unanswered_section(open_),) if open_ else ()
        return (*own, *(each for each in further if each not in own))

    def derived_besides(self, shown: Derivation) -> tuple[Section, ...]:
        """What is made of the derivative that is shown: along a direction or a motion, in several numbers, in a case, its trace, at a point."""
        found = (
            particulars.along_section(shown, *self.direction[2:]) if self.direction is not None and shown.derivative is None else None,
            particulars.rate_section(shown, self.rate) if self.rate is not None else None,
            besides.joint_section(shown, *self.joint) if self.joint is not None else None,
            besides.case_section(shown, self.case) if self.case is not None else None,
            particulars.trace_section(shown, *self.traced) if self.traced is not None else None,
            particulars.adjoint_section(shown, *self.adjoint) if self.adjoint is not None else None,
            particulars.expansion_section(shown, *self.expanded) if self.expanded is not None else None,
            particulars.point_section(shown, *self.put_in) if self.put_in is not None else None,
            besides.choice_section(self.choices) if self.choices else None,
            besides.zero_section(self.zeroed) if self.zeroed else None,
        )
        return tuple(each for each in found if each is not None)

    def fulfils(self, wish: str) -> bool:
        """Whether the post has what a wish wants."""
        if not wish:
            return False
        if wish == "solve":
            return self.solution is not None and bool(self.solution.values)
        if wish == "hessian":
            return self.bent is not None or any(each.derivation.order == 2 for each in self.derivations)
        judged = self.report is not None and any(line.verdict in CLAIMED for line in self.report.lines)
        return judged or self.stepped is not None if wish in ("mistake", "confirm") else self.derivation is not None or judged

    def own_sections(self) -> tuple[Section, ...]:
        """The parts that the wish asks for."""
        report = self.told()
        shown = self.derivation
        if self.stepped is not None:
            return tuple(between.step_section(report, self.stepped.last))
        if self.solution is not None and self.solution.values and not self.solution.confirmed:
            return (besides.unconfirmed_section(self.solution.certificate.remark),)
        wrong = explanations.wrong_lines(report)
        if self.wish in DERIVED and "confirm" in self.wished.further and wrong == [explanations.claim_of(report)]:
            wrong = []  # that it is not right is told as the answer to that
        if self.wish == "mistake" or (self.wish in DERIVED and wrong):
            return (*self.curvature(), *explanations.mistake_section(report, shown, self.asked, self.conclusion()))
        if self.wish == "hessian" or (self.wish == "solve" and self.asked is None):
            return self.curvature() if self.traced is None else ()
        if self.wished.of_sameness and (pair := confirming.compared(report)) is not None:
            return (confirming.same_section(pair),)
        if self.wish == "confirm" or (self.wish == "solve" and self.asked is not None):
            return (confirming.confirm_section(report, shown, self.refusal, self.asked, self.beside, self.conclusion()),)
        if self.wish == "why":
            return tuple(whys.why_section(report, shown, proved_in(self.report, self.derivation, self.derivations), self.asked, self.conclusion()))
        if self.wish == "convention":
            others = tuple(each.derivation for each in self.derivations[1:])
            return tuple(conventions.convention_section(report, shown, others, turned_in(self.report)))
        return tuple(confirming.result_section(report)) if self.wish in DERIVED and "confirm" not in self.wished.further else ()

    def told(self) -> dict[str, Any] | None:
        """The verdicts as the post tells them: which lines give the transpose of what it derives stands with them."""
        if self.report is None:
            return None
        told, shown = self.report.to_dict(), self.derivation
        turned = turned_in(self.report) if shown is not None and shown.layout == "denominator" else frozenset()
        return {**told, "lines": [{**line, "turned": line["index"] in turned, "free": line["index"] in self.free} for line in told["lines"]]}

    def curvature(self) -> tuple[Section, ...]:
        """Whether the function is convex, where a second derivative is shown."""
        if self.bent is None or not (self.bent.name or self.wished.of_curvature or self.wished.curved):
            return ()
        return (curvature_section(self.bent, any("strongly" in words for words in self.wished.evidence), self.conclusion()),)

    def to_dict(self) -> dict[str, Any]:
        """What `derivtex answer --format json` prints."""
        told = self.solution.to_dict() if self.solution is not None else None
        solution = {**told["solution"], "names": told["names"], "symbols": told["symbols"]} if told is not None else None
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

    __repr__ = __str__
