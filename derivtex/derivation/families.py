"""Names for members of sums: z_i = a_iᵀx + b_i, where the lines write it three times.

Such a name is one of writing: the steps keep what it stands for, and the lines show the name, as for those that the author gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

from derivtex.core.notation import Fence, Named
from derivtex.core.terms import Operation, Term
from derivtex.derivation.candidates import OFTEN, OVERHEAD, TWICE, complemented, free_indices, is_nameable, spared
from derivtex.derivation.letters import PLACE, Letters
from derivtex.derivation.moves import own_names
from derivtex.derivation.naming import all_lines
from derivtex.operations import Differential, EntryPower, Index, Member, Norm, Number, Product, Share, Symbol, Transpose, symbol
from derivtex.problem import Template
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.keys import monomial
from derivtex.simplification.cost import marks
from derivtex.simplification.names import kind_of, letters_for
from derivtex.steps import Derivation

MOST = 3
LETTERS = {
    "residual": ("r", "e", "s", "z", "u", "v"), "scalar": ("z", "u", "s", "v", "q"), "constant": ("u", "s", "q", "z", "v"),
    "vector": ("z", "u", "s", "v"), "matrix": ("M", "C", "Q"),
}  # fmt: skip
SUBSCRIPT = 2  # marks of a name with an index
PLACES = PLACE, symbol("j", "scalar")
RESPONSIBILITY = r"\gamma"  # the share of a component of a mixture


def with_families(derivation: Derivation) -> Derivation:
    """The derivation with names for the members of sums that its lines would repeat."""
    own = own_names(derivation)
    lines = [*all_lines(derivation), *(known.body for known in derivation.let if known.name in own)]
    if not any(line.bits & Index.bit for line in lines):
        return derivation
    letters, found = Letters(derivation.problem), list[Template]()
    letters.taken |= {definition.name.name for definition in (*derivation.let, *derivation.where)}
    letters.avoid(lines)
    expanded: dict[Term, Term] = {}
    known = keys_of(derivation.problem.templates)
    while len(found) < MOST and (part := most_repeated(lines, known)) is not None:
        (index,) = free_indices(part)
        place = symbol(index.name, "scalar")
        key = key_of(part, index)
        form = part.replace({index: place})
        while any(inner in expanded for inner in form.walk()):
            form = form.map(lambda term: opened(term, expanded))
        name = letters.free(form.replace({place: PLACE}), wanted(part, lines, derivation.problem.wrt))
        family = Symbol(name.name, name.kind, name.size, name.properties, (index.first, index.last))
        expanded[family] = part.replace({index: PLACE})
        found.append(Template(name.name, (place,), (form,)))
        lines = [line.map(lambda term, key=key, family=family: member(term, key, family)) for line in lines]  # type: ignore[misc]
        lines.append(part)  # what it stands for is read too
    found += weights_of_two(lines, letters, known, expanded)
    return replace(derivation, families=tuple(found)) if found else derivation


def keys_of(templates: Iterable[Template]) -> set[int]:
    """The keys of what the author has names with indices for."""
    orders = ((each, order) for each in templates for order in permutations(each.indices))
    placed = (form.replace(dict(zip(order, PLACES, strict=False))) for each, order in orders if len(order) <= len(PLACES) for form in each.forms)
    return {monomial(form)[1] for form in placed}


def weights_of_two(lines: list[Term], letters: Letters, known: set[int], expanded: dict[Term, Term]) -> list[Template]:
    r"""A name for the weights of a softmax with a sample and a class, `p_{ik}`, where they stand twice: the sample is what the whole has too.
    expanded: the names of members, with what they stand for."""
    shares = [part for line in lines for part in line.parts(Share) if len(free_indices(part)) == 2]
    shares = [part for part in shares if len(free_indices(part.whole)) == 1]
    if len(shares) < TWICE:
        return []
    (sample,) = free_indices(shares[0].whole)
    (other,) = free_indices(shares[0]) - {sample}
    if monomial(shares[0].replace(dict(zip((sample, other), PLACES, strict=True))))[1] in known:
        return []
    places = {index: symbol(index.name, "scalar") for index in (sample, other)}
    form = shares[0].replace(places)
    while any(inner in expanded for inner in form.walk()):
        form = form.map(lambda term: opened(term, expanded))
    mixed = (RESPONSIBILITY,) if type(shares[0].of) is Product else ()
    return [Template(letters.free(shares[0], (*mixed, *letters_for(shares[0]))).name, tuple(places.values()), (form,))]


def most_repeated(lines: list[Term], known: set[int]) -> Term | None:
    """The part with one free index whose name saves the most marks, if any stands often enough. known: the keys of what the author has named."""
    counts: dict[int, int] = {}
    spent: dict[int, int] = {}
    parts: dict[int, Term] = {}
    changed: set[Term] = set()

    def visit(term: Term, alone: bool = True) -> None:
        """alone: whether it stands among no others, as an argument or an exponent does, and needs no brackets."""
        indices = free_indices(term)
        if is_index(term):
            return
        if len(indices) == 1 and is_nameable(term) and type(term) is not Member and not varies(term):
            key = key_of(term, next(iter(indices)))
            if key in known:
                return
            counts[key] = counts.get(key, 0) + 1
            spent[key] = spent.get(key, 0) + (marks(term) if alone else spared(term))
            parts.setdefault(key, term)
        if type(term) is Differential:
            if term in changed:
                return  # what it changes by is told once, beside the line
            changed.add(term)
        encloses = isinstance(term, Operation) and isinstance(term.notation, Named | Fence)
        for child in term.children[:1] if type(term) is EntryPower else term.children:
            visit(child, encloses)

    for line in lines:
        visit(line)
    often = {key: part for key, part in parts.items() if counts[key] >= (TWICE if type(part) is Share else OFTEN)}
    saved = {key: spent[key] - spared(part) - (counts[key] - 1) * SUBSCRIPT - OVERHEAD for key, part in often.items()}
    for key in list(saved):
        inner = complement_key(parts[key])
        if inner in counts:
            saved.pop(key if counts[inner] > counts[key] else inner, None)  # the z of 1 - z is named where it stands also elsewhere, else all of that
    best = max(saved, key=lambda key: saved[key], default=None)
    return parts[best] if best is not None and saved[best] > 0 else None


def complement_key(part: Term) -> int | None:
    """The key of the z of 1 - z; None of anything else."""
    inner = complemented(part)
    indices = free_indices(inner) if inner is not None else frozenset()
    return key_of(inner, next(iter(indices))) if inner is not None and len(indices) == 1 else None


def is_index(term: Term) -> bool:
    """Whether it is worked out of indices and numbers alone, `2i - 1`: it says where, and is no quantity that a name could stand for."""
    return not term.uses(Symbol) and all(isinstance(part, Index | Number) for part in term.walk() if not part.children)


def key_of(term: Term, index: Index) -> int:
    """The key of a part whatever its index, and of its transpose."""
    placed = term.replace({index: PLACE})
    return min(monomial(placed)[1], monomial(placed, True)[1])


def member(term: Term, key: int, family: Symbol) -> Term | None:
    """The member of a family where the term is what it stands for."""
    indices = free_indices(term)
    if len(indices) != 1 or not is_nameable(term) or key_of(term, next(iter(indices))) != key:
        return None
    found = Member(family, next(iter(indices)))
    return found if term.shape == family.size else Transpose(found)


def opened(term: Term, expanded: dict[Term, Term]) -> Term | None:
    """What the member of a family stands for, at its index."""
    if type(term) is Member and term.family in expanded:
        return expanded[term.family].replace({PLACE: term.index})
    return None


def wanted(part: Term, lines: list[Term], variables: tuple[Term, ...]) -> tuple[str, ...]:
    """Letters for a part: a residual's where the square or the norm of a sum is taken, or where it is a difference in a product."""
    usual = getattr(type(part), "usual_names", None)
    around = (term for line in lines for term in line.parts(Norm, EntryPower) if term.children[0] is part)
    squared = any(term.children[-1] is not Number(-1) for term in around)
    if type(part) is Product and part.is_scalar and not any(map(part.contains, variables)):
        return usual or LETTERS["constant"]
    return usual or LETTERS["residual" if squared or kind_of(part) == "vector" else kind_of(part)]
