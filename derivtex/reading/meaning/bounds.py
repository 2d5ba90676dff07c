r"""Indices that run beyond what they are an index of: `\sum_{i=1}^n x_{i+1}` of an x with n entries.

An index that stands for one thing throughout, the time of `e_n = s_n - w^Hy_n`: the names that carry it are names like others.

That is so where nothing is summed over it, it is no number, every name with it has it and nothing else below it, and none of these is
declared, for then the declaration says whether it is a family.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivtex.core.errors import ShapeError, Span
from derivtex.core.shapes import ONE, SCALAR, Dim
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Member, Number, Product, ProductOver, Sum, SumOver, Symbol, UnitVector, symbol
from derivtex.problem import Definition, Problem, Template
from derivtex.simplification.names import kind_of, replaced

Place = tuple[Term, Term, Dim, Dim]


def within_bounds(problem: Problem) -> Problem:
    """The problem, where no index leaves its range; entries that its author counts from 0 are counted from 1, which is said."""
    terms = (problem.target, *(definition.body for definition in problem.definitions))
    shift = counted_from_zero(terms)
    if not shift:
        refuse_outside(terms, Span(problem.source, 0, 1))
        return problem
    letters = " and ".join(dict.fromkeys(index.name for index in shift))
    return within_bounds(replace(
        problem,
        target=recounted(problem.target, shift),
        definitions=tuple(definition.changed(lambda term: recounted(term, shift)) for definition in problem.definitions),
        claims=tuple(claim._replace(left=recounted(claim.left, shift), right=recounted(claim.right, shift)) for claim in problem.claims),
        guesses=(*problem.guesses, f"{letters} counts entries from 0: the sum is over all of them, and they are written from 1 here"),
    ))  # fmt: skip


def recounted(term: Term, shift: dict[Index, Index]) -> Term:
    """A term with other indices, in their sums too."""

    def change(part: Term) -> Term | None:
        if isinstance(part, Index):
            return shift.get(part)
        index = part.__dict__.get("index")
        if isinstance(part, SumOver | ProductOver) and index in shift:
            return type(part)(shift[index], recounted(part.body, shift))
        return None

    return term.map(change)


def refuse_outside(terms: tuple[Term, ...], span: Span) -> None:
    """Raise ShapeError where an index certainly leaves its range; sizes that cannot be compared are let be."""
    for of, index, first, last in (place for term in terms for place in places(term)):
        run = range_of(index)
        if run is not None and (((first - run[0]).integer or 0) > 0 or ((run[1] - last).integer or 0) > 0):
            name = of.name if isinstance(of, Symbol) else "what it is an index of"
            raise ShapeError(
                f"an index of {name} goes from {run[0]} to {run[1]}, and {name} has those from {first} to {last}",
                way_out="entries are counted from 1; write other limits of the sum, or declare another size", span=span,
            )  # fmt: skip


def counted_from_zero(terms: tuple[Term, ...]) -> dict[Index, Index]:
    """Indices that go from 0 to n − 1 and stand alone, as the index of what has n entries; with those that go from 1 to n."""
    found: dict[Index, Index] = {}
    for _, index, first, last in (place for term in terms for place in places(term)):
        if isinstance(index, Index) and index.first == first - 1 and index.last == last - 1:
            found[index] = Index(index.name, first, last)
    kept = {index for index in found for term in terms if used_otherwise(term, index, found[index])}
    return {index: new for index, new in found.items() if index not in kept}


def used_otherwise(term: Term, index: Index, new: Index) -> bool:
    """Whether an index stands where it counts no entries of that range: as a number, or in i + 1."""
    right = sum(place[1] is index and (place[2], place[3]) == range_of(new) for place in places(term))
    return right != sum(child is index for part in term.walk() for child in part.children)


def places(term: Term) -> Iterator[Place]:
    """All that stands as an index, with what it is an index of and the first and last that there is."""
    for part in term.walk():
        match part:
            case Entry(of, row, column):
                yield of, row, ONE, of.shape[0]
                yield of, column, ONE, of.shape[1]
            case UnitVector(size, index):
                yield part, index, ONE, size
            case Member(family, index) if isinstance(family, Symbol) and family.family is not None:
                yield family, index, *family.family


def range_of(index: Term) -> tuple[Dim, Dim] | None:
    """From where to where an index goes: one that a sum binds, a whole number, and sums of these."""
    match index:
        case Index():
            return index.first, index.last
        case Number(value) if value.denominator == 1:
            return Dim.of(int(value)), Dim.of(int(value))
        case Sum(terms):
            runs = [range_of(part) for part in terms]
            if sum(type(part) is Index for part in terms) == 1 and all(runs):
                return added(run for run in runs if run)
        case Product((Number(value), Number(other))):
            return range_of(Number(value * other))
    return None


def added(runs: Iterator[tuple[Dim, Dim]]) -> tuple[Dim, Dim]:
    first, last = Dim.of(0), Dim.of(0)
    for low, high in runs:
        first, last = first + low, last + high
    return first, last


FIRST = Number(1)


def with_fixed_index(problem: Problem) -> Problem:
    """The problem with plain names for those that carry an index that counts nothing."""
    used = {part for term in terms_of(problem) for part in term.walk()}
    carriers = [part for part in used if type(part) is Member or (type(part) is Entry and part.column is FIRST)]
    letters = {name for part in carriers if (name := letter_of(part)) is not None}
    for letter in sorted(letters):
        changed = plain_names(problem, letter, used, [part for part in carriers if letter_of(part) == letter])
        if changed:
            return with_names(problem, changed, letter)
    return problem


def terms_of(problem: Problem) -> Iterator[Term]:
    yield problem.target
    for definition in problem.definitions:
        yield definition.body
    for claim in problem.claims:
        yield from (claim.left, claim.right)
    for template in problem.templates:
        yield from template.forms


def index_of(part: Term) -> Term:
    index: Term = part.index if type(part) is Member else part.row
    return index


def leaf_in(part: Term) -> Term:
    return part.children[0]


def letter_of(part: Term) -> str | None:
    """The letter below a name; of an index that a template has as a symbol too."""
    index = index_of(part)
    if type(index) is Index:
        return index.name
    return index.name if type(index) is Symbol and index.has("integer") else None


def plain_names(problem: Problem, letter: str, used: set[Term], carriers: list[Term]) -> dict[Term, Term]:
    """A plain name for each that carries the letter; none where one of them may be more than that."""
    leaves = {leaf_in(part) for part in carriers}
    if problem.constraints or any(type(leaf) is not Symbol or leaf.name not in problem.guessed or leaf in problem.wrt for leaf in leaves):
        return {}
    if any(letter_stands(part, letter) or any(child in leaves for child in part.children) for part in used if part not in carriers):
        return {}
    return {part: named(leaf_in(part), part, letter, problem) for part in carriers}


def letter_stands(part: Term, letter: str) -> bool:
    """Whether the letter is an index that something else than a name has: a sum over it, a number, a second index."""
    own = (getattr(part, name, None) for name in ("index", "indices", "row", "column"))
    beside = (each for value in own for each in (value if isinstance(value, tuple) else (value,)))
    return any(getattr(each, "name", None) == letter for each in (*part.children, *beside) if isinstance(each, (Index, Symbol)))


def named(leaf: Term, part: Term, letter: str, problem: Problem) -> Symbol:
    assert isinstance(leaf, Symbol)
    properties = tuple(name for name in leaf.properties if name != "unit")
    latex = f"{leaf.name}_{letter}" if len(letter) == 1 or letter.startswith("\\") else f"{leaf.name}_{{{letter}}}"
    return symbol(latex, "scalar" if type(part) is Entry else leaf.kind, SCALAR if type(part) is Entry else leaf.size, properties)


def with_names(problem: Problem, changed: dict[Term, Term], letter: str) -> Problem:
    """The problem with the names; a template with no other index defines a name."""
    gone = {leaf_in(part) for part in changed}
    symbols = {latex: leaf for latex, leaf in problem.symbols.items() if leaf not in gone}
    names = {name.name: name for name in changed.values() if isinstance(name, Symbol)}
    found = replaced(problem, changed)
    claims = tuple(each._replace(left=each.left.replace(changed), right=each.right.replace(changed)) for each in problem.claims)
    own = [each for each in found.templates if [index.name for index in each.indices] == [letter]]
    defined = [definition_of(each, letter) for each in reversed(own)]
    bodies: dict[Term, Term] = {each.body: each.name for each in defined}
    guessed = (problem.guessed - {leaf.name for leaf in gone if isinstance(leaf, Symbol)}) | set(names)
    return replace(
        found, definitions=(*defined, *(each.changed(lambda term: term.replace(bodies)) for each in found.definitions)), claims=claims,
        guesses=tuple(said(guess, changed) for guess in found.guesses),
        target=found.target.replace(bodies), templates=tuple(each for each in found.templates if each not in own),
        symbols={**symbols, **names, **{each.name.name: each.name for each in defined}}, guessed=frozenset(guessed),
    )  # fmt: skip


def definition_of(template: Template, letter: str) -> Definition:
    body = template.body
    kind = kind_of(body)
    return Definition(symbol(f"{template.name}_{letter}", kind, body.shape), body)


def said(guess: str, changed: dict[Term, Term]) -> str:
    """What is said of a family, of the one name that is left of it."""
    for part, name in changed.items():
        leaf = leaf_in(part)
        if isinstance(leaf, Symbol) and isinstance(name, Symbol) and guess.startswith(f"{leaf.name} is a family of "):
            return f"{name.name} is a {name.kind}{guess[guess.index(':') :] if ':' in guess else ''}"
    return guess
