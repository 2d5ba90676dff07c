"""Names: what follows about those that the author defined, and which part of a target deserves one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from derivtex.calculus.known_names import names_page
from derivtex.calculus.traces import rank_one
from derivtex.core.session import current
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.exchange.scalar_calculus import derivative
from derivtex.operations import (
    Block,
    Call,
    Differential,
    EntryPower,
    Hadamard,
    Index,
    Inverse,
    Number,
    Ones,
    Product,
    Share,
    Sum,
    SumOver,
    Symbol,
    Transpose,
    Unvec,
    symbol,
)
from derivtex.operations.elementwise import Exp, Sigmoid, Step
from derivtex.operations.sums import step_below
from derivtex.problem import Definition, Problem
from derivtex.rewriting.conditions import inferred
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.page import Page
from derivtex.simplification.common_factors import length
from derivtex.simplification.diagonals import diagonals
from derivtex.simplification.engine import Rewriting, tidied
from derivtex.simplification.named import named_functions
from derivtex.simplification.outer import outer_products
from derivtex.simplification.recognition import recognition
from derivtex.simplification.summation import summation
from derivtex.steps import Sentence

LONG_PART, LONGEST = 5, 500
RECOGNITION = Page.together("Recognition", recognition, diagonals, outer_products, summation, rank_one)
OFTEN, WORD = 3, 3
MOST_FORMS = 1_000  # formulas of which a session remembers them
HELPER_NAMES = {"scalar": ("c", r"\gamma", r"\kappa"), "vector": ("r", "s", "z", "u", "v", "w"), "matrix": ("R", "S", "M", "Q", "H", "T")}
PRODUCT_NAMES = {"vector": ("z", "u", "v", "w", "s", "q"), "matrix": ("Z", "Q", "S", "M", "H", "T")}
ENTRYWISE_NAMES = {"vector": (r"\delta", r"\eta", r"\zeta"), "matrix": HELPER_NAMES["matrix"]}  # what comes back through a layer is a delta
SLOPE_NAMES = {"vector": ("s", "v", "w"), "matrix": ("S", "V", "T")}
INVERTED, SCATTER, STATES = ("M", "C", "H", "Q"), ("S", "T", "M"), (r"\rho", r"\pi", "P")


def name_repeated(rewriting: Rewriting, free_name: Callable[[Term, tuple[str, ...]], Symbol]) -> list[Definition]:
    """Give names to what a result would write three times; what they stand for: Diag(p) − ppᵀ where p = softmax(x)."""
    made: list[Definition] = []
    while length(rewriting.term) < LONGEST:
        found = written(rewriting.term)
        saved = {part: (times - 1) * weight(part) for part, times in found.items() if times >= OFTEN and deserves_a_name(part)}
        part = max(saved, key=lambda part: saved[part], default=None)
        if part is None:
            break
        name = with_properties(free_name(part, letters_for(part)), part)
        made.insert(0, Definition(name, part))
        rewriting.simplify(names_page({name: (part,)}))
    return made


def deserves_a_name(part: Term) -> bool:
    """Whether a part is long, and no more than a number times something, the transpose or the inverse of something, or of one index."""
    plain = type(part) in (Transpose, Inverse, EntryPower, Index) or (type(part) is Product and type(part.factors[0]) is Number)
    return not plain and weight(part) >= LONG_PART and not any(type(inner) is Index or type(inner) is Differential for inner in part.walk())


def weight(part: Term) -> int:
    """How much there is to write: an operation that is a word counts as several marks."""
    return length(part) + sum(WORD for inner in part.walk() if len(getattr(getattr(inner, "notation", None), "mark", "")) > 5)


def written(term: Term) -> dict[Term, int]:
    """How often each part is written."""
    counts: dict[Term, int] = {}

    def visit(part: Term) -> None:
        counts[part] = counts.get(part, 0) + 1
        for child in part.children:
            visit(child)

    visit(term)
    return counts


def kind_of(term: Term) -> str:
    """The kind that a name for the term has."""
    return "scalar" if term.is_scalar else "vector" if term.shape[1] == ONE else "matrix"


def letters_for(part: Term) -> tuple[str, ...]:
    """Letters that suit a part, by what it is: r for a residual, h for what a layer gives, s for a slope, δ for an entrywise product."""
    kind, usual = kind_of(part), getattr(type(part), "usual_names", None)
    if kind == "scalar":
        return usual or HELPER_NAMES[kind]
    if type(part) is Share:
        return STATES
    if is_slope(part):
        return SLOPE_NAMES[kind]
    if usual is not None:
        return tuple(letter.upper() for letter in usual if len(letter) == 1) if kind == "matrix" else usual
    if type(part) is Unvec and type(part.of) is Symbol:
        return part.of.name.upper(), *HELPER_NAMES[kind]
    if type(part) is SumOver and kind == "matrix":
        return SCATTER
    names = PRODUCT_NAMES if type(part) is Product else ENTRYWISE_NAMES if type(part) is Hadamard else HELPER_NAMES
    return names[kind]


def is_slope(part: Term) -> bool:
    """Whether it is what an entrywise function changes by: g'(z), 1 - tanh(z)²."""
    one_minus = type(part) is Sum and len(part.terms) == 2 and any(type(each) is Ones for each in part.terms)
    return one_minus or (type(part) is Call and part.order > 0)


def occurrences(term: Term) -> dict[int, int]:
    """How often each sum or product is written, by its key for comparison."""
    counts: dict[int, int] = {}

    def visit(part: Term, times: int) -> None:
        if type(part) in (Sum, Product, Block):
            key = monomial(part)[1]
            counts[key] = counts.get(key, 0) + times
        for child in part.children:
            visit(child, times)

    if length(term) < LONGEST:
        visit(term, 1)
    return counts


def informed(problem: Problem) -> Problem:
    """The problem with what follows of its definitions known of the defined names: A = XᵀX + λI is symmetric."""
    changed = informed_names(problem)
    templates = tuple(each._replace(forms=tuple(dict.fromkeys(form for own in each.forms for form in forms(own)))) for each in problem.templates)
    return replace(replaced(problem, changed), templates=templates)


def informed_names(problem: Problem) -> dict[Term, Term]:
    """The defined names, with those that carry what follows of their definitions."""
    changed: dict[Term, Term] = {}
    for definition in problem.definitions:
        changed[definition.name] = with_properties(definition.name, definition.body.replace(changed))
    return changed


def replaced(problem: Problem, changed: Mapping[Any, Term]) -> Problem:
    """The problem with symbols changed wherever they stand."""
    return replace(
        problem,
        definitions=tuple(known.changed(lambda term: term.replace(changed)) for known in problem.definitions),
        templates=tuple(each._replace(forms=tuple(form.replace(changed) for form in each.forms)) for each in problem.templates),
        functions={name: f._replace(body=f.body.replace(changed)) for name, f in problem.functions.items()},
        symbols={latex: cast(Symbol, changed.get(known, known)) for latex, known in problem.symbols.items()},
        target=problem.target.replace(changed),
        wrt=tuple(variable.replace(changed) for variable in problem.wrt),
        claims=tuple(c._replace(left=c.left.replace(changed), right=c.right.replace(changed)) for c in problem.claims),
        constraints=tuple(c._replace(left=c.left.replace(changed), right=c.right.replace(changed)) for c in problem.constraints),
        arguments=tuple(cast(Symbol, argument.replace(changed)) for argument in problem.arguments),
    )


def with_properties(name: Symbol, body: Term) -> Symbol:
    """A name that carries what follows for its body."""
    return symbol(name.name, name.kind, name.size, dict.fromkeys((*name.properties, *inferred(body))), name.family)


def explained(result: Term, problem: Problem, named: Iterable[Term] = ()) -> list[Sentence]:
    """What g′ is, for each derivative in the result of a function that the source defines; what σ is, where the source has none; of parts with a name
    as well what is no mark of the author's."""
    told = (result, *named)
    found = dict.fromkeys((part.function, part.order) for term in told for part in term.parts(Call) if part.order)
    sentences = []
    for name, order in found:
        if name in problem.functions:
            function = problem.functions[name]
            sentences.append(Sentence("Here {} is {}", (Call(name, order, function.argument), derivative(function, order))))
    sources = (problem.target, *(definition.body for definition in problem.definitions))
    t = symbol("t", "scalar", SCALAR)
    if any(map(has_step, told)) and not any(source.uses(Step) for source in sources):
        sentences.append(Sentence("Here {} is 1 where {} is positive, and 0 elsewhere", (Step(t), t)))
    unstacked = next((part for term in told for part in term.parts(Unvec)), None)
    if unstacked is not None and not any(source.uses(Unvec) for source in sources):
        sentences.append(Sentence("Here {} is the matrix whose columns, one below the other, are {}", (unstacked, unstacked.of)))
    if any(map(has_logistic, told)) and not any(map(has_logistic, sources)):
        sentences.append(Sentence("Here {} is {}", (Sigmoid(t), EntryPower(Sum((Number(1), Exp(-t))), Number(-1)))))
    return sentences


def has_step(term: Term) -> bool:
    """Whether a step stands in a term that is no condition below a sum."""
    if type(term) is Step or not term.uses(Step):
        return type(term) is Step
    below = step_below(term)
    return any(map(has_step, term.children if below is None else (term.children[-1].replace({below: Number(1)}),)))


def has_logistic(term: Term) -> bool:
    return term.uses(Sigmoid)


class Forms(dict[Term, tuple[Term, ...]]):
    """The forms of formulas, found once in a session: a derivation is made again with names for parts."""

    def __missing__(self, body: Term) -> tuple[Term, ...]:
        if len(self) > MOST_FORMS:
            self.clear()
        plain = tidied(body)
        found = self[body] = tuple(dict.fromkeys((body, plain, recognised(plain), as_share(plain))))
        return found


def forms(body: Term) -> tuple[Term, ...]:
    """The ways in which what a name stands for may come up: as it was written, tidied, by a name such as softmax, and as a share of a whole."""
    return current().keep(Forms)[body]


def as_share(term: Term) -> Term:
    """The weight e^{z_k}/Σ_j e^{z_j} of a softmax kept together; any other term as it is."""
    match term:
        case Product((Exp() as part, EntryPower(SumOver(_, Exp()) as whole, exponent)) | (EntryPower(SumOver(_, Exp()) as whole, exponent), Exp() as part)):
            return Share(part, whole) if exponent is Number(-1) else term
    return term


def recognise(rewriting: Rewriting) -> None:
    """Write sums over all entries in matrix form, and functions by their names."""
    rewriting.simplify(RECOGNITION)
    rewriting.simplify(named_functions)


def recognised(term: Term) -> Term:
    """A term with sums over all entries in matrix form, and functions by their names, where the steps do not matter."""
    rewriting = Rewriting(term)
    recognise(rewriting)
    return rewriting.term
