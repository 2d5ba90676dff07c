"""A solution as it is written: the equations line by line, what kind of point it is, and the object of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from derivtex.calculus.arithmetic import coefficient, scaled
from derivtex.calculus.jacobians import system
from derivtex.core.terms import Term
from derivtex.derivation.stationary.conditions import assumed
from derivtex.derivation.stationary.isolating import settled
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.derivation.stationary.solution import Isolation, Solution
from derivtex.derivation.stationary.solving import needs_of_inverse
from derivtex.derivation.stationary.together import is_collected
from derivtex.operations import (
    Hadamard,
    Identity,
    LinearSolution,
    Number,
    Product,
    Symbol,
    symbol,
    zero,
)
from derivtex.problem import Definition
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied
from derivtex.steps import Certificate, Sentence
from derivtex.writing.code.naming import ACCENTS
from derivtex.writing.content import Content, Equation, equations, placed
from derivtex.writing.formula import Formulas
from derivtex.writing.iteration import open_points
from derivtex.writing.manner import Manner
from derivtex.writing.prose import listed, said
from derivtex.writing.rows import rows_of
from derivtex.writing.solution_code import code, iteration_code, newton_code
from derivtex.writing.solution_names import names_in, with_names
from derivtex.writing.solution_values import value_in_words
from derivtex.writing.vocabulary import FULL, Vocabulary
from derivtex.writing.widths import width

USUAL = Manner()
ACCENTED = tuple(rf"\{accent}{{" for accent in ACCENTS)
RELATIONS = {("minimum", True): "> 0", ("maximum", True): "< 0", ("minimum", False): r"\ge 0", ("maximum", False): r"\le 0"}


def with_solution(page: Content, solution: Solution, vocabulary: Vocabulary = FULL, manner: Manner = USUAL) -> Content:
    """The content of a derivation, gone on with to the solution, which is now its result."""
    formulas = Formulas.of(solution.problem, vocabulary, dict(manner.colors))
    names = names_in(solution)
    rows = [*page._replace(closing=()).chain, *solution_rows(solution, formulas, manner, names)]
    chain = placed([row._replace(beside="", mark="", pieces=(), below=()) for row in rows], manner)
    collected = tuple(each for each in solution.problem.definitions if is_collected(each))
    let = equations((*collected, solution.bound.made), formulas) if solution.bound.made is not None else ()
    reasons = "; ".join(row.reason for row in rows) if manner.reasons != "none" else ""
    told = (said(each, formulas, manner.wording) for each in solution.conditions)
    return page._replace(
        let=(*let, *page.let, *equations(tuple(each for each in names if each not in solution.shown[0].let), formulas)),
        lines=tuple(chain[:-1]),
        result=chain[-1],
        closing=(),
        layout="",
        other_layout="",
        assumptions=(*page.assumptions, *(each for each in told if each not in page.assumptions and each not in reasons)),
        remarks=(*page.remarks, *verdicts(solution, formulas)),
    )


def solution_rows(solution: Solution, formulas: Formulas, manner: Manner = USUAL, names: tuple[Definition, ...] = ()) -> Iterator[Equation]:
    """The gradients of further variables, the equations of each unknown, and what the unknowns are. names: those that are told."""
    for derivation in solution.shown[1:]:
        assert derivation.derivative is not None
        result = derivation.result if derivation.opened is None else derivation.opened  # its names are told nowhere
        yield row(formulas.latex(derivation.derivative), formulas.latex(result), "", manner)
    yield from slackness_rows(solution, formulas, manner)
    for isolation in solution.isolations:
        yield from isolation_rows(isolation, solution, formulas, manner, names)
    if len(solution.isolations) > 1 or not solution.values:
        for name in solution.primaries:
            if name in solution.values:
                yield row(hat(name, formulas), formulas.latex(with_names(by_the_others(name, solution, formulas), names)), "put in", manner)


def slackness_rows(solution: Solution, formulas: Formulas, manner: Manner) -> Iterator[Equation]:
    """The conditions that inequalities bring: each of them, the sign of its multiplier, and that one of the two is zero."""
    for term, multiplier in solution.bound.inequalities:
        left, name, nothing = formulas.latex(term), formulas.latex(multiplier), formulas.latex(zero(term.shape))
        product = Hadamard((multiplier, term)) if not term.is_scalar else Product((multiplier, term))
        yield row(left, nothing, "primal feasibility", manner)._replace(relation=r"\le")
        yield row(name, nothing, "dual feasibility", manner)._replace(relation=r"\ge")
        yield row(formulas.latex(product), nothing, "complementary slackness", manner)


def isolation_rows(
    isolation: Isolation, solution: Solution, formulas: Formulas, manner: Manner, names: tuple[Definition, ...] = ()
) -> Iterator[Equation]:
    """The equations of one unknown; small steps ride along, and the first one says where it comes from."""
    constraint = isolation.unknown in solution.bound.multipliers
    if isolation.unknown in (each.multiplier for each in solution.bound.inequalities):
        yield row(formulas.latex(isolation.unknown), formulas.latex(isolation.end.right), "zero, or the constraint holds with equality", manner)
        return
    shown = [step for step in isolation.steps if not step.rule.quiet]
    first = "constraint" if constraint else "stationary point"
    alone = len(solution.isolations) == 1
    if not shown or (constraint and shown[0].rule.name == "invert"):
        left, right = with_names(isolation.end.left, names), with_names(isolation.end.right, names)
        yield row(formulas.latex(left), formulas.latex(right), first, manner)
        first = ""
    for step in shown:
        left, right = with_names(step.after.left, names), with_names(step.after.right, names)
        done = step is shown[-1] and isolation.solved and isolation.unknown in solution.values
        reason = "; ".join(filter(None, (first, "" if step.rule.name == "collect" else words_of(step, formulas, names))))
        yield row(hat(isolation.unknown, formulas) if done and alone else formulas.latex(left), formulas.latex(right), reason, manner)
        first = ""


def words_of(step: Any, formulas: Formulas, names: tuple[Definition, ...] = ()) -> str:
    """The reason of a step, with what it takes for granted instead where there is that."""
    needs = [sentence for name, part in step.rule.assumes(step.before) for sentence in assumed(name, part)]
    if needs:
        needs = [each._replace(terms=tuple(with_names(term, names) for term in each.terms)) for each in needs]
        return listed([said(each, formulas) for each in needs[:2]])
    inverted = [side for _, side in needs_of_inverse(step.before)] if step.rule.name == "invert" else []
    if inverted and all(side.is_scalar or type(coefficient(side)[1]) is Identity for side in inverted):
        return "divided by the number"
    definite = any(not side.is_scalar and holds("posdef", side) for side in inverted)
    return "the matrix is positive definite" if definite else str(step.rule.reason)


def row(left: str, right: str, reason: str, manner: Manner) -> Equation:
    return Equation(left, "=", right, reason, rows=rows_of(right, manner.width - width(left)), confirmed=True)


def by_the_others(name: Symbol, solution: Solution, formulas: Formulas) -> Term:
    """The value of an unknown by those before it, where it holds their values; by those after it as it was found."""
    value = solution.values[name]
    found = next((each for each in solution.isolations if each.unknown is name and each.solved), None)
    later = [other for other in solution.primaries if other is not name and found is not None and found.end.right.contains(other)]
    if found is not None and later and any(solution.values[other].children for other in later if other in solution.values):
        duals = {each: solution.values[each] for each in solution.bound.duals if each in solution.values}
        hats: dict[Term, Term] = {other: symbol(hat(other, formulas), other.kind, other.shape) for other in later}
        return settled(found.end.right.replace({**duals, **hats}))
    for other in solution.primaries[: solution.primaries.index(name)]:
        whole = solution.values.get(other)
        if whole is not None and whole.children:
            hatted = symbol(hat(other, formulas), other.kind, other.shape)
            value = value.map(partial(multiple_of, whole, hatted))
    return value


def multiple_of(whole: Term, name: Symbol, part: Term) -> Term | None:
    """A multiple of what a name stands for, by the name."""
    (own, same), (value, key) = monomial(whole), monomial(part)
    return scaled(value / own, name) if same == key and part.shape == whole.shape else None


def hat(name: Symbol, formulas: Formulas) -> str:
    r"""The value of a name: `\hat{w}`; of a power, `\hat{\sigma}^{2}`; of one that has an accent, `\dot{q}^{\star}`."""
    if name.name in formulas.spelling.powers:
        raised, exponent = formulas.spelling.powers[name.name]
        return rf"\hat{{{raised}}}^{{{exponent}}}"
    latex = formulas.latex(name)
    return rf"{latex}^{{\star}}" if latex.startswith(ACCENTED) else rf"\hat{{{latex}}}"


def verdicts(solution: Solution, formulas: Formulas) -> tuple[str, ...]:
    """Sentences on what the point is, and on what is left open."""
    told = (
        *open_points(solution, formulas), kind_in_words(solution, formulas), singular(solution, formulas), *meanings(solution, formulas),
        free_length(solution, formulas), value_in_words(solution, formulas), further_points(solution, formulas),
        *(said(each, formulas) for each in solution.remarks), tried_in_words(solution),
    )  # fmt: skip
    return tuple(filter(None, told))


def singular(solution: Solution, formulas: Formulas) -> str:
    """What the minima are where a matrix that was inverted has no inverse, of a function that is nowhere concave."""
    if solution.kind.name != "minimum" or len(solution.isolations) != 1 or solution.bound.constraints:
        return ""
    steps = solution.isolations[0].steps
    if special := next((step.before for step in steps if step.rule.name == "least norm"), None):
        equation = f"${formulas.latex(special.left)} = {formulas.latex(special.right)}$"
        return f"Every solution of {equation} is a minimum as well; this one has the least norm"
    inverted = [step for step in steps if step.rule.name == "invert" and any(name == "invertible" for name, _ in needs_of_inverse(step.before))]
    if not inverted or solution.kind.strict or solution.primaries[0].is_scalar:
        return ""
    before = inverted[0].before
    equation = f"${formulas.latex(before.left)} = {formulas.latex(before.right)}$"
    return f"Where that fails, every solution of {equation} is a minimum; the pseudo-inverse in the place of the inverse gives the one of least norm"


def kind_in_words(solution: Solution, formulas: Formulas) -> str:
    """What kind of point it is and why."""
    kind = solution.kind
    if not solution.values or not kind.name:
        return definite_if(solution, formulas)
    given = f" (for {listed([f'${formulas.latex(part)} > 0$' for each in kind.given for part in each.terms])})" if kind.given else ""
    which = {"minimum": "a minimum", "maximum": "a maximum", "saddle": "a saddle point"}[kind.name]
    if kind.numbers:
        return f"It is {'a local ' + kind.name if kind.name != 'saddle' else which}, as the second derivatives at random points show"
    if kind.convex:
        names = listed([f"${formulas.latex(name)}$" for name in solution.primaries])
        bends = "convex" if kind.name == "minimum" else "concave"
        return f"It is {which}: the function is {bends}{f', a sum of squares of what is affine in {names}' if kind.squares else ''}"
    if kind.second is None:
        return f"It is {which}"
    relation = RELATIONS[kind.name, kind.strict]
    target = target_name(solution, formulas)
    line = f"$d^{{2}}{target} = {formulas.latex(kind.second)} {relation}$"
    return f"{line}{given}, so it is {'the only ' + kind.name if kind.strict else which}"


def target_name(solution: Solution, formulas: Formulas) -> str:
    """The name under which the target is derived."""
    derivative = solution.derivations[0].derivative
    return formulas.latex(derivative.of if derivative is not None else solution.problem.target)


def further_points(solution: Solution, formulas: Formulas) -> str:
    """Where the stationary points are that were left out: where a factor with the unknown in it is zero."""
    found = [f"${formulas.latex(settled(each))} = 0$" for each in solution.elsewhere]
    return f"The other stationary points are where {listed(found, 'or')}" if found else ""


def definite_if(solution: Solution, formulas: Formulas) -> str:
    """Under what condition it is a minimum, where that depends on the constants."""
    if not solution.values or solution.kind.second is None or solution.kind.name:
        return ""
    target = target_name(solution, formulas)
    line = f"$d^{{2}}{target} = {formulas.latex(solution.kind.second)}$"
    return f"{line}: it is a minimum where this is positive for all changes, a maximum where it is negative"


def meanings(solution: Solution, formulas: Formulas) -> Iterator[str]:
    """What the marks in the solution mean; of a linear matrix equation, the system that it is."""
    for name, value in solution.values.items():
        if type(value) is LinearSolution:
            solved = formulas.latex(tidied(system(value)))
            columns = rf"\operatorname{{vec}}{hat(name, formulas)} = {solved}"
            yield rf"$\mathcal{{S}}$ stands for the solution of the equation above; with columns stacked, ${columns}$"
    for part in dict.fromkeys(part for value in solution.values.values() for part in value.walk() if hasattr(part, "meaning")):
        yield said(Sentence(f"{{}} is {part.meaning[0]}", (part, *part.meaning[1])), formulas)


def tried_in_words(solution: Solution) -> str:
    """What the numbers confirmed."""
    return f"Confirmed with numbers: at random points {listed(list(solution.tried))}" if solution.tried else ""


def free_length(solution: Solution, formulas: Formulas) -> str:
    """That every multiple is as good, of a function that does not depend on the length."""
    if not solution.ray or not solution.values:
        return ""
    name = formulas.latex(solution.primaries[0])
    if solution.of_length:
        return f"The function does not change when ${name}$ is multiplied by a positive number: the length is the one that the constraint wants"
    which = "multiple of it that is not zero" if is_even(solution) else "positive multiple of it"
    return f"Every {which} will do as well: the function does not change when ${name}$ is multiplied by a positive number"


def is_even(solution: Solution) -> bool:
    """Whether the function of the one unknown does not change with its sign."""
    (name,) = solution.primaries
    target = tidied(opened(solution.problem.target, solution.problem))
    return same_term(tidied(target.replace({name: Product((Number(-1), name))})), target)


def solution_report(solution: Solution, certificate: Certificate) -> dict[str, Any]:
    """The object of the contract; latex and numpy are null where there is no closed form."""
    formulas = Formulas.of(solution.problem)
    solved = [name for name in solution.primaries if name in solution.values]
    whole = not any(name in solution.open for name in solution.primaries) and bool(solved) and not certificate.refuted
    statements = [f"{hat(name, formulas)} = {formulas.latex(solution.values[name])}" for name in solved]
    single = formulas.latex(solution.values[solved[0]]) if solved else None
    multipliers = [name for name in solution.bound.multipliers if name in solution.values]
    return {
        "latex": None if not whole else single if len(solved) == 1 else r",\quad ".join(statements),
        "numpy": code(solution) if whole else None,
        "of": [formulas.latex(name) for name in solution.primaries],
        "multipliers": {formulas.latex(name): formulas.latex(solution.values[name]) for name in multipliers},
        "kind": solution.kind.name or "stationary",
        "unique": solution.kind.strict,
        "conditions": list(dict.fromkeys(said(each, formulas) for each in (*solution.conditions, *solution.kind.given))),
        "equations": [equation_report(each) for each in solution_rows(solution, formulas)],
        "newton": newton_code(solution),
        "iteration": iteration_code(solution),
        "remarks": list(verdicts(solution, formulas)),
        "confirmed": certificate.confirmed,
        "error": certificate.error if certificate.error == certificate.error else None,
    }


def equation_report(each: Equation) -> dict[str, str]:
    return {"left": each.left, "relation": each.relation, "right": each.right, "reason": each.reason}
