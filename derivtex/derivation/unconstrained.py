"""Deriving as if the entries of a structured variable were free.

What holds of a symmetric X, such as Xᵀ = X, must not be used inside a differential whose increment is free. So the variable loses its
structure before the derivation, and gets it back behind it, where it may shorten the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from derivtex.core.terms import Term
from derivtex.derivation.structures import structure_of
from derivtex.operations import Derivative, Eigenvector, Number, Product, Symbol, symbol
from derivtex.problem import Definition, Problem
from derivtex.rewriting.conditions import ASSUMED, holds, is_symmetric
from derivtex.rewriting.page import Rule
from derivtex.rewriting.sources import magnus
from derivtex.simplification.engine import Rewriting
from derivtex.simplification.names import informed_names, replaced
from derivtex.simplification.shortening import shorten
from derivtex.steps import Chain, Conclusion, Derivation, Sentence, Step

CONDITIONS = ("sum-one", "simplex", "unit")
UNSTRUCTURED = ("invertible", "complex", "positive")
Table = dict[Term, Term]
twin = Rule("twin eigenvector", "Names", "a symmetric matrix has one eigenvector on both sides", magnus("ch. 8, sec. 9"),
            lambda term: None, (Symbol, Product), says="v = u, u^Tu = 1", quiet=True)  # fmt: skip


def freed(problem: Problem, structure: str) -> Table:
    """The variables without their structure, where it is to be ignored, and without a condition that ties their entries.

    Of second derivatives it is: a Hessian is the matrix of second derivatives by all entries, and symmetric. That of a symmetric
    and of a Hermitian variable may use what holds along changes of its kind.
    """
    found: Table = {}
    for variable in problem.wrt:
        kind = structure_of(variable)
        if kind is not None and (structure == "ignore" or (problem.order == 2 and kind not in ("symmetric", "hermitian"))):
            kept = tuple(name for name in variable.properties if name in UNSTRUCTURED)
            kept += ("complex",) if kind == "hermitian" and "complex" not in kept else ()
            kept += ("invertible",) if "posdef" in variable.properties or kind == "orthogonal" else ()
            found[variable] = symbol(variable.name, variable.kind, variable.size, kept, variable.family)
        elif any(variable.properties.count(name) for name in CONDITIONS if isinstance(variable, Symbol)):
            kept = tuple(name for name in variable.properties if name not in CONDITIONS)
            found[variable] = symbol(variable.name, variable.kind, variable.size, kept, variable.family)
    return found


def restored(derivation: Derivation, free: Table) -> Derivation:
    """A derivation by variables that were freed, with their structure given back and said."""
    back = {plain: variable for variable, plain in free.items()}
    notes = [Sentence("the entries of {} are taken as free", (variable,)) for variable in free]
    derivative = derivation.derivative
    where = tuple(d._replace(body=d.body.replace(back)) for d in derivation.where)
    twins = {} if derivation.derivative is None else twin_eigenvectors(where)
    here = [Sentence("{} is {} up to its sign", (left, right)) for left, right in twins.items()]
    ends = derivation.read_off, derivation.without_names
    read_off, without_names = (end and joined(chain_restored(end, back), twins) for end in ends)
    result = derivation.result
    return replace(
        derivation,
        problem=replaced(derivation.problem, back),
        let=tuple(d._replace(body=d.body.replace(back)) for d in derivation.let),
        where=where,
        chains=tuple(chain_restored(chain, back) for chain in derivation.chains),
        derivative=cast(Derivative, derivative.replace(back)) if derivative is not None else None,
        result=result.replace(back) if read_off is None else read_off.end,
        unnamed=None if derivation.unnamed is None else restored(derivation.unnamed, free),
        opened=None if without_names is None else without_names.end,
        read_off=read_off,
        without_names=without_names,
        assumptions=needed(derivation.assumptions, back),
        remarks=sentences(derivation.remarks, back),
        here=(*sentences(derivation.here, back), *here),
        notes=(*sentences(derivation.notes, back), *notes),
    )


def shorter_with_structure(derivation: Derivation) -> Derivation:
    """A derivation whose variables have their structure back, with its result, and that without names, written as short as this allows."""
    known = informed_names(derivation.problem)
    read_off = went_on(derivation.read_off or derivation.chains[-1], known)
    without_names = derivation.without_names and went_on(derivation.without_names, known)
    opened = None if without_names is None else without_names.end
    return replace(derivation, result=read_off.end, opened=opened, read_off=read_off, without_names=without_names)


def went_on(chain: Chain, known: dict[Term, Term]) -> Chain:
    """A chain whose end is written shortly, the names in it known for what they stand for."""
    rewriting = Rewriting(chain.end.replace(known))
    shorten(rewriting)
    back = {better: name for name, better in known.items()}
    steps = [step._replace(before=step.before.replace(back), after=step.after.replace(back)) for step in rewriting.steps]
    return replace(chain, steps=[*chain.steps, *steps])


def twin_eigenvectors(where: tuple[Definition, ...]) -> dict[Term, Term]:
    """Names of left eigenvectors, with those of the right ones that they are: of matrices that are symmetric after all."""
    vectors = {definition.body: definition.name for definition in where if isinstance(definition.body, Eigenvector)}
    found: dict[Term, Term] = {}
    for body, name in vectors.items():
        twin = vectors.get(Eigenvector(body.of, body.index, body.order, "right"))
        if body.side == "left" and twin is not None and is_symmetric(body.of):
            found[name] = twin
    return found


def joined(chain: Chain, twins: dict[Term, Term]) -> Chain:
    """A chain whose end writes one unit vector for both, whose length is 1."""
    rewriting = Rewriting(chain.end)
    rewriting.become(twin, rewriting.term.replace(twins))
    lengths: dict[Term, Term] = {Product((vector.T, vector)): Number(1) for vector in twins.values()}
    rewriting.become(twin, rewriting.term.replace(lengths))
    rewriting.tidy()
    return replace(chain, steps=[*chain.steps, *rewriting.steps])


def chain_restored(chain: Chain, back: Table) -> Chain:
    """A chain with its formulas, and what is concluded from it, in the structured variables."""
    leads_to = tuple(
        Conclusion(each.left and each.left.replace(back), each.right.replace(back), each.name, tuple(steps_restored(each.steps, back)))
        for each in chain.leads_to
    )
    steps = steps_restored(chain.steps, back)
    return Chain(chain.left.replace(back), chain.start.replace(back), steps, leads_to)


def steps_restored(steps: Iterable[Step], back: Table) -> list[Step]:
    return [s._replace(before=s.before.replace(back), after=s.after.replace(back), assumes=needed(s.assumes, back)) for s in steps]


def sentences(said: tuple[Sentence, ...], back: Table) -> tuple[Sentence, ...]:
    return tuple(Sentence(words, tuple(term.replace(back) for term in terms)) for words, terms in said)


def needed(assumed: tuple[Sentence, ...], back: Table) -> tuple[Sentence, ...]:
    """The assumptions that do not follow from the structure."""
    return tuple(sentence for sentence in sentences(assumed, back) if not follows(sentence))


def follows(assumption: Sentence) -> bool:
    """Whether an assumption follows from the structure."""
    name = next((name for name, words in ASSUMED.items() if words == assumption.words), None)
    return name is not None and all(holds(name, term) for term in assumption.terms)
