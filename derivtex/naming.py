"""Names: what follows about those that the author defined, and which part of a target deserves one."""

from __future__ import annotations

from dataclasses import replace

from derivtex.factoring import length
from derivtex.operations import Call, EntryPower, Number, Product, ProductOver, Sum, SumOver, Symbol, symbol
from derivtex.operations.elementwise import Exp, Sigmoid
from derivtex.problem import Problem
from derivtex.rewriting import simplified, tidied
from derivtex.rules.conditions import inferred
from derivtex.rules.named import named_functions
from derivtex.rules.recognition import recognition
from derivtex.rules.sameness import monomial
from derivtex.scalars import derivative
from derivtex.shapes import SCALAR
from derivtex.steps import Derivation, Sentence
from derivtex.terms import Term

LONG_PART, LONGEST = 5, 500


def worth_a_name(derivation: Derivation) -> Term | None:
    """The part of the target that the result would write twice or more; named first, it makes every line shorter.

    A part is counted also where it stands transposed; one that depends on the index of a sum
    has no name of its own. Of several the one is taken whose name saves the most symbols.
    """
    known = (*derivation.let, *derivation.problem.definitions)
    bodies = [definition.body for definition in known]
    taken = {monomial(body)[1] for body in bodies}
    counts = occurrences(derivation.result)
    saved = {}
    bound = {part.index for body in bodies for part in body.walk() if type(part) in (SumOver, ProductOver)}
    for body in bodies:
        for part in body.walk():
            keys = {monomial(part)[1], monomial(part, True)[1]}
            if type(part) in (Sum, Product) and not part.is_scalar and length(part) >= LONG_PART and not keys & taken:
                times = sum(counts.get(key, 0) for key in keys)
                if times > 1 and bound.isdisjoint(part.walk()):
                    saved[part] = times * length(part)
    return max(saved, key=lambda part: saved[part], default=None)


def occurrences(term: Term) -> dict[int, int]:
    """How often each sum or product is written, by its key for comparison."""
    counts: dict[int, int] = {}

    def visit(part: Term, times: int) -> None:
        if type(part) in (Sum, Product):
            key = monomial(part)[1]
            counts[key] = counts.get(key, 0) + times
        for child in part.children:
            visit(child, times)

    if length(term) < LONGEST:
        visit(term, 1)
    return counts


def informed(problem: Problem) -> Problem:
    """The problem with what follows of its definitions known of the defined names: A = XᵀX + λI is symmetric."""
    changed: dict[Term, Term] = {}
    for definition in problem.definitions:
        changed[definition.name] = with_properties(definition.name, definition.body.replace(changed))
    templates = tuple(each._replace(forms=tuple(dict.fromkeys(form for own in each.forms for form in forms(own)))) for each in problem.templates)
    return replace(replaced(problem, changed), templates=templates)


def replaced(problem: Problem, changed: dict[Term, Term]) -> Problem:
    """The problem with symbols changed wherever they stand."""
    return replace(
        problem,
        definitions=tuple(known.changed(lambda term: term.replace(changed)) for known in problem.definitions),
        templates=tuple(each._replace(forms=tuple(form.replace(changed) for form in each.forms)) for each in problem.templates),
        functions={name: f._replace(body=f.body.replace(changed)) for name, f in problem.functions.items()},
        symbols={latex: changed.get(known, known) for latex, known in problem.symbols.items()},
        target=problem.target.replace(changed),
        wrt=tuple(variable.replace(changed) for variable in problem.wrt),
        claims=tuple(c._replace(left=c.left.replace(changed), right=c.right.replace(changed)) for c in problem.claims),
    )


def with_properties(name: Symbol, body: Term) -> Symbol:
    """A name that carries what follows for its body."""
    return symbol(name.name, name.kind, name.size, dict.fromkeys((*name.properties, *inferred(body))), name.family)


def explained(result: Term, problem: Problem) -> list[Sentence]:
    """What g′ is, for each derivative in the result of a function that the source defines; what σ is, where the source has none."""
    found = dict.fromkeys((part.function, part.order) for part in result.walk() if type(part) is Call and part.order)
    sentences = []
    for name, order in found:
        if name in problem.functions:
            function = problem.functions[name]
            sentences.append(Sentence("Here {} is {}", (Call(name, order, function.argument), derivative(function, order))))
    sources = (problem.target, *(definition.body for definition in problem.definitions))
    if has_logistic(result) and not any(map(has_logistic, sources)):
        t = symbol("t", "scalar", SCALAR)
        sentences.append(Sentence("Here {} is {}", (Sigmoid(t), EntryPower(Sum((Number(1), Exp(-t))), Number(-1)))))
    return sentences


def has_logistic(term: Term) -> bool:
    return any(type(part) is Sigmoid for part in term.walk())


def forms(body: Term) -> tuple[Term, ...]:
    """The ways in which what a name stands for may come up: as it was written, tidied, and by a name such as softmax."""
    plain = tidied(body)
    return tuple(dict.fromkeys((body, plain, recognised(plain))))


def recognised(term: Term) -> Term:
    """A term with sums over all entries in matrix form, and functions by their names."""
    return simplified(simplified(term, recognition), named_functions)
