"""What a question needs: what is derived, the wish, the solution, the verdicts on the asker's lines, second derivatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from derivtex.answering.given import Given, given_by, given_in
from derivtex.answering.solutions import Solved, solve
from derivtex.answering.wanted import Direction, along_direction, along_motion, or_hessian
from derivtex.calculus.arithmetic import is_zero
from derivtex.checking.curvature import confirmed
from derivtex.checking.equations import confirm_equation
from derivtex.core.errors import DerivtexError, NotDerivable, Source
from derivtex.core.session import current
from derivtex.core.terms import Term
from derivtex.derivation.curvature import curvature
from derivtex.derivation.letters import Named
from derivtex.derivation.stationary.isolating import isolated
from derivtex.interface import Answer, Report, check, unjudged
from derivtex.operations import Derivative, Entry, Symbol, zero
from derivtex.problem import Problem
from derivtex.reading import (
    asked_derivatives,
    asked_step,
    asks_derivative,
    names_optimum,
    requests_derivative,
    sought_together,
    states_result,
    wish_of,
)
from derivtex.reading.meaning.resolution import Sized
from derivtex.reading.words.wishes import Wish
from derivtex.simplification.engine import tidied
from derivtex.steps import Derivation, Equation, Zeroed

if TYPE_CHECKING:
    from derivtex.derivation.curvature import Curvature

Made = TypeVar("Made")


class Missing(NamedTuple):
    """A derivative that is asked for besides and could not be made, and why."""

    of: str
    by: str
    error: DerivtexError


CLAIMED = ("holds", "fails")
DERIVED = ("gradient", "jacobian", "hessian", "differential")
SOLVED = ("solve", "confirm", "mistake", "why")
OF_DERIVATIVES = ("grad", "derivative", "differenti", "jacobian", "hessian", "convex", "concav", "definite")
OBJECTIVES = (
    "{minimize}", "{minimise}", "{maximize}", "{maximise}",
    r"\min_", r"\max_", r"\min\limits", r"\max\limits", r"\argmin", r"\argmax", r"{arg", r"\arg\m")
PROVED, MOST_DERIVATIVES = ("why", "confirm"), 6
KINDS = {"gradient": "gradient", "scalar": "gradient", "jacobian": "jacobian", "vec": "jacobian", "hessian": "hessian"}


def derived_from(source: Source, direction: Direction | None) -> tuple[Answer | None, DerivtexError | None]:
    """What can be derived of a question, along a direction where one is asked for; nothing where it would be the derivative of a name by
    itself, which nobody asks for."""
    derived, error = attempt(lambda: noted(along_direction(source, direction) or along_motion(source) or or_hessian(source)))
    if derived is None or derived.derivation.problem.target is not derived.derivation.problem.wrt[0]:
        return derived, error
    return None, NotDerivable("the formula that is meant was not found", way_out="give it a name, f = …, and say by what it is differentiated")


def wish_for(source: Source, derived: Answer | None, solution: Solved | None) -> Wish:
    """What the words want; of a post that claims a solution and asks for nothing, whether that is right."""
    wish = Wish("why", ("step",)) if asked_step(source) is not None else wish_of(source, kind_of(derived))
    if wish.name in DERIVED and states_result(source):
        wish = wish._replace(further=tuple(dict.fromkeys((*wish.further, "confirm"))))
    told = any(word in words for words in wish.evidence for word in OF_DERIVATIVES)
    if wish.name in DERIVED and solution is None and seeks_argument(source):
        return wish._replace(name="solve", other="")
    asked = solution is None or (derived is not None and requests_derivative(source))  # “setting the gradient to zero gives …” asks for none
    if wish.name not in DERIVED or (told and asked):
        return wish
    if solution is not None:
        return wish._replace(name="why", other="") if wish.evidence else Wish("confirm")  # “how is it derived?”
    return wish._replace(name="solve", other="") if states_objective(source) else wish


def is_unasked(wish: Wish, source: Source, report: Report | None, shown: Derivation | None) -> bool:
    """Whether nothing in a source asks for the derivative that is shown, and no line of it is told about."""
    told = any(word in words for words in wish.evidence for word in OF_DERIVATIVES)
    judged = report is not None and any(line.verdict in CLAIMED for line in report.lines)
    return shown is not None and not told and not judged and not asks_derivative(source, str(shown.problem.wrt[0]))


def seeks_argument(source: Source) -> bool:
    r"""Whether the argument of an optimum is written, `\arg\min_M`, which nobody asks a gradient of, and no derivative."""
    text = source.text
    return any(mark in text for mark in (r"\arg\m", r"\argm", "{argm", "{arg\\,m")) and not any(mark in text for mark in (r"\partial", r"\nabla"))


def states_objective(source: Source) -> bool:
    r"""Whether an optimum over a variable is written, `\min_x`, or told, “it minimises … over $x$”, and no derivative: then that is wanted."""
    told = any(mark in source.text for mark in OBJECTIVES) or names_optimum(source)
    return told and not any(mark in source.text for mark in (r"\partial", r"\nabla"))


def of_second_order(source: Source, derived: Answer | None) -> Answer | None:
    """The second derivative of what was derived once, if there is one."""
    if derived is None or derived.derivation.order == 2:
        return derived
    return attempt(partial(unjudged, source, wrt=whole_of(derived), order=2))[0] or derived


def missing_second(wish: Wish, source: Source, derived: Answer | None, second: Derivation | None) -> tuple[Missing, ...]:
    """Why the second derivative that is asked for besides is not there; nothing where it is, or is that of something else."""
    shown = derived.derivation.problem if derived is not None and derived.derivation.derivative is not None else None
    if "hessian" not in (wish.name, *wish.further) or derived is None or shown is None or (second is not None and second.order == 2):
        return ()
    error = None if has_another_hessian(source, derived) else attempt(partial(unjudged, source, wrt=whole_of(derived), order=2))[1]
    return (Missing(rf"\nabla {shown.target}", str(shown.wrt[0]), error),) if error is not None and type(shown.target) is Symbol else ()


def as_wished(wish: str, source: Source, derived: Answer | None) -> Answer | None:
    """What was derived, in the form that is asked for: once more for a Hessian, only as far as the differential where that is wanted."""
    if wish == "differential" and derived is not None:
        return attempt(partial(unjudged, source, form="differential"))[0] or derived
    return of_second_order(source, derived) if wish == "hessian" and not has_another_hessian(source, derived) else derived


def has_another_hessian(source: Source, derived: Answer | None) -> bool:
    r"""Whether second derivatives are asked for by other variables only: “$\partial L/\partial b$ and the Hessian with respect to $w$”."""
    twice = [by for _, by, order in derivatives_in(source) if order == 2]
    return derived is not None and derived.derivation.order == 1 and bool(twice) and given_in(derived.derivation).by not in twice


def whole_of(derived: Answer) -> str | None:
    """The variable of which one entry was taken for the variable, which a Hessian has all of; None of another one."""
    variable = derived.derivation.problem.wrt[0]
    return str(variable.of) if isinstance(variable, Entry) else None


def solution_for(wish: Wish, source: Source, found: Solved | None) -> tuple[Solved | None, DerivtexError | None]:
    """The solution, where it is asked for or claimed, or why there is none; one that is asked for besides only where it was found."""
    if wish.name in SOLVED and found is not None:
        return found, None
    if wish.name == "solve":
        found, error = solved(source)
        return (None, error) if found is not None and not found.solution.values and is_told(found.derivation) else (found, error)
    besides, error = solved(source) if "solve" in wish.further and wish.name != "convention" else (None, None)
    bound = besides is not None and wish.zeroed and bool(besides.solution.bound.constraints)  # then another gradient vanishes there
    return (besides if besides is not None and not bound and besides.solution.values and besides.confirmed else None), error


def is_told(derivation: Derivation) -> bool:
    r"""Whether a line gives the derivative as something that is not zero, `\nabla\ln\det\Sigma = \Sigma^{-1}`, so that it is set to zero nowhere."""
    problem = derivation.problem
    told = [claim for claim in problem.claims if type(claim.left) is Derivative and claim.left.by is problem.wrt[0]]
    bodies = {problem.target, *(each.body for each in problem.definitions if each.name is problem.target)}
    return any(claim.left.of in bodies and not is_zero(claim.right) for claim in told)


def set_to_zero(wish: Wish, derivations: tuple[Answer, ...], solution: Solved | None) -> tuple[Zeroed, ...]:
    """The gradients that are to be set to zero besides, where they give no solution together, each with the value that it gives by itself."""
    if "solve" not in wish.further or wish.name not in DERIVED or solution is not None:
        return ()
    first = [each.derivation for each in derivations if each.derivation.derivative is not None and each.derivation.order == 1]
    return tuple(Zeroed(each, root_of(each)) for each in first)


def root_of(derivation: Derivation) -> Term | None:
    """The value of the variable at which a gradient vanishes, as the numbers confirm; None where there is none without a condition."""
    variable, gradient = derivation.problem.wrt[0], derivation.answer
    for each in reversed(derivation.problem.definitions):  # a later one may be of those before it
        gradient = gradient.replace({each.name: each.body})
    found = isolated(Equation(gradient, zero(gradient.shape), variable))
    if not found.solved or found.assumptions:
        return None
    left = tidied(gradient.replace({variable: found.end.right}))
    return found.end.right if is_zero(left) or confirm_equation(left, zero(left.shape)).confirmed else None


def report_for(wish: Wish, clean: Source, source: Source, derived: Answer | None, solution: Solved | None) -> Report | None:
    """The verdicts on the asker's lines, where they are asked for or there are any."""
    own_lines = derived is None or derived.derivation.problem.claims or derived.derivation.problem.faults or states_result(source)
    if wish.name in DERIVED and not own_lines and "confirm" not in wish.further:
        return None
    proved = wish.name in PROVED and ((derived is None and solution is None) or asked_step(source) is not None)
    return attempt(lambda: check(clean, fill=proved))[0]


def bending(
    wish: Wish, source: Source, derived: Answer | None, solution: Solved | None, shown: tuple[Answer, ...]
) -> Derivation | None:
    """The second derivative by which it is told whether the function is convex: what is derived, else the first that is shown."""
    if "hessian" in wish.further:
        second = of_second_order(source, derived)
        return second.derivation if second is not None else None
    if solution is not None:
        return solution.solution.newton
    twice = next((each for each in (derived, *shown) if each is not None and each.derivation.order == 2), derived)
    return twice.derivation if twice is not None else None


def instead(source: Source, derived: Answer | None, report: Report | None) -> Answer | None:
    """What is derived where a mistake is looked for: in the place of what the asker has right, the derivative of the first line that is wrong."""
    if report is None or report.first_wrong is None:
        return derived
    about = {line.index: given_by(line) for line in report.lines}
    held = [about[line.index] for line in report.lines if line.verdict == "holds"]
    wrong = about[report.first_wrong] if derived is None or given_in(derived.derivation) in held else None
    return (attempt(lambda: also(source, wrong))[0] if wrong is not None else None) or derived


def claimed_besides(source: Source, derived: tuple[Answer, ...], report: Report | None) -> tuple[Answer, ...]:
    """The derivations of the further gradients that the asker's lines give rightly, whose steps are asked for as well."""
    known = {given_in(each.derivation) for each in derived}
    given = [given_by(line) for line in report.lines if line.verdict == "holds"] if report is not None else []
    others = [each for each in dict.fromkeys(given) if each is not None and each not in known]
    found = (attempt(partial(also, source, each))[0] for each in others[: MOST_DERIVATIVES - len(derived)])
    return tuple(each for each in found if each is not None and type(each.derivation.problem.wrt[0]) is not Entry)


def solved(source: Source) -> tuple[Solved | None, DerivtexError | None]:
    """The solution for all the unknowns together that are asked for, “the estimates of $\\mu$ and $\\Sigma$”, else for the first."""
    unknowns = attempt(lambda: sought_together(source))[0] or ()
    together = attempt(lambda: solve(source, wrt=", ".join(unknowns)))[0] if len(unknowns) > 1 else None
    return (together, None) if together is not None else attempt(lambda: solve(source))


def curvature_of(second: Derivation | None) -> Curvature | None:
    """What a second derivative shows of the function, by its form and by numbers."""
    shown = curvature(second) if second is not None and second.confirmed else None
    return confirmed(shown) if shown is not None else None


def attempt(make: Callable[[], Made]) -> tuple[Made | None, DerivtexError | None]:
    """What is made, or the error; what the numbers speak against is not taken."""
    try:
        return make(), None
    except DerivtexError as error:
        return None, error


def with_others(
    wish: str, source: Source, derived: Answer, report: Report | None
) -> tuple[tuple[Answer, ...], tuple[Missing, ...]]:
    """The derivation with what stands beside it: the other uses of a structured variable, or the other derivatives that are asked for or
    to be explained; and those that could not be made."""
    if wish == "convention":
        return (derived, *conventions(source, derived)), ()
    if wish == "solve":
        return (derived,), ()
    found, missing = all_of(source, derived)
    return (*found, *(claimed_besides(source, found, report) if wish == "why" else ())), missing


def derivatives_in(source: Source) -> tuple[tuple[str, str, int], ...]:
    """The derivatives that a question asks for; none of one that cannot be read."""
    return attempt(lambda: asked_derivatives(source))[0] or ()


def all_of(source: Source, derived: Answer) -> tuple[tuple[Answer, ...], tuple[Missing, ...]]:
    """The derivatives that are asked for, in order: of other things, by other variables, of the other order; with the one that is at hand."""
    asked = derivatives_in(source)[:MOST_DERIVATIVES]
    made = [(each, *attempt(partial(also, source, Given(*each)))) for each in asked if len(asked) > 1]
    found: dict[tuple[str, str, int], Answer] = {}
    for each in (*(each for _, each, _ in made if each is not None), derived):
        label = str(each.derivation.problem.wrt[0]), each.to_dict()["result"]["latex"], each.derivation.order
        found[label] = derived if label in found or each is derived else each
    return tuple(found.values()), tuple(Missing(of, by, error) for (of, by, _), each, error in made if each is None and error is not None)


def also(source: Source, given: Given) -> Answer:
    """A derivative beside those that are made: what has a name there has it here."""
    return noted(or_hessian(source, of=given.of, wrt=given.by, order=given.order))


def noted(found: Answer) -> Answer:
    """A derivation, whose names and sizes are kept for what stands beside it."""
    current().keep(Named).note(found.derivation)
    current().keep(Sized).note(found.derivation.problem.symbols.values())
    return found


def kind_of(derived: Answer | None) -> str:
    """The wish that a derivation fulfils by its form."""
    derivative = derived.derivation.derivative if derived is not None else None
    return "gradient" if derivative is None else KINDS[derivative.form]


def conventions(source: Source, derived: Answer) -> tuple[Answer, ...]:
    """The same with the other uses of a structured variable."""
    problem: Problem = derived.derivation.problem
    variable = problem.wrt[0]
    structured = any(getattr(variable, "properties", ())) and variable.shape[0] == variable.shape[1] and not variable.is_scalar
    found = [attempt(partial(unjudged, source, structure=way))[0] for way in ("constrained", "ignore") if structured]
    return tuple(each for each in found if each is not None and each.result is not derived.result)
