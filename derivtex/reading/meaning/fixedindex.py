r"""An index that stands for one thing throughout, the time of `e_n = s_n - w^Hy_n`: the names that carry it are names like others.

That is so where nothing is summed over it, it is no number, every name with it has it and nothing else below it, and none of these is
declared, for then the declaration says whether it is a family.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Member, Number, Symbol, symbol
from derivtex.problem import Definition, Problem, Template
from derivtex.simplification.names import kind_of, replaced

ONE = Number(1)


def with_fixed_index(problem: Problem) -> Problem:
    """The problem with plain names for those that carry an index that counts nothing."""
    used = {part for term in terms_of(problem) for part in term.walk()}
    carriers = [part for part in used if type(part) is Member or (type(part) is Entry and part.column is ONE)]
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
