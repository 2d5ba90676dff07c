r"""Sums over sets of indices, `\sum_{(i,j)\in\Omega}`: the set is a matrix, or a vector, with 1 at what it holds; |Ω| is what it holds in number."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError
from derivtex.core.shapes import ONE, same
from derivtex.core.terms import Term
from derivtex.operations import Entry, Index, Number, Ones, Product, SumOver, Transpose, symbol
from derivtex.reading.meaning.elaboration import Elaborator, names_in
from derivtex.reading.meaning.indices import only_in_scripts
from derivtex.reading.meaning.multiplication import product
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import name_width
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.scripts import are_letters, each_of, members_of_set, split_at
from derivtex.reading.syntax.tree import Key, Node, Parts, key


def set_below(to: Elaborator, node: Node) -> tuple[list[Parts], Parts] | None:
    r"""The indices and the set of `\sum_{(i,j)\in\Omega}` or `\sum_{i\in S}`; None where a sum is over no set."""
    letters, among = members_of_set(node.below)
    if not letters or node.text != "sum" or node.above or name_width(among) != len(among):
        return None
    names = key(letters)
    counts = all(map(is_index_letter, names)) or only_in_scripts(node.parts[0], names)
    return (each_of(letters), among) if counts else None


def over_set(to: Elaborator, node: Node, letters: list[Parts], among: Parts) -> Term:
    """The sum over a set of indices: over all of them, with a factor that is 1 in the set and 0 elsewhere."""
    label, name = key(among), latex(among)
    if any(key(part.tokens) == label for part in names_in(node.parts[0])):
        raise AmbiguityError(
            f"{name} is the set of a sum and stands in what is added up as well",
            way_out=r"give the set a name of its own, \Omega",
            span=to.span(node),
        )
    limits = [(ONE, to.scope.unknown(node, f"last {latex(letter)}", large=False)) for letter in letters]
    indices = [Index(latex(letter), *run) for letter, run in zip(letters, limits, strict=True)]
    refuse_bound(to, node, letters)
    member = the_set(to, node, label, name, len(letters))
    to.scope.bound.update((key(letter), index) for letter, index in zip(letters, indices, strict=True))
    to.scope.letters.update(latex(letter) for letter in letters)
    try:
        inside = Entry(member, indices[0], indices[1] if len(indices) == 2 else Number(1))
        all(map(same, member.shape, (*(run[1] for run in limits), ONE)[:2]))
        body = product(to, node, [inside, to.term(node.parts[0])])
    finally:
        for letter in letters:
            del to.scope.bound[key(letter)]
    for index in reversed(indices):
        body = to.make(SumOver, index, body, node=node)
    return body


def the_set(to: Elaborator, node: Node, label: Key, name: str, indices: int) -> Term:
    """A set of indices, or of pairs of them, as what is 1 at what it holds."""
    if label not in to.scope.things:
        rows = to.scope.unknown(node, f"rows of {name}", large=False)
        columns = to.scope.unknown(node, f"columns of {name}", large=False) if indices == 2 else ONE
        to.scope.things[label] = symbol(name, "matrix" if indices == 2 else "vector", (rows, columns), ("indicator",))
    to.scope.guess(f"{name} is the set as {'a matrix' if indices == 2 else 'a vector'} with 1 at what it holds and 0 elsewhere")
    return to.scope.things[label]


def counted(to: Elaborator, node: Node) -> Term | None:
    r"""The number of what a set holds, |Ω|: the sum of its entries; None where what stands between the bars is no set."""
    of = node.parts[0]
    label = key(of.tokens) if of.form == "name" else ()
    indices = to.scope.sets.get(label, 0)
    if not indices:
        return None
    held = the_set(to, node, label, latex(of.tokens), indices)
    factors = [Transpose(Ones(held.shape[0], ONE)), held, *([Ones(held.shape[1], ONE)] if indices == 2 else [])]
    return Product(tuple(factors))


def set_of_sum(below: Parts) -> tuple[Key, int] | None:
    """The set over which a sum runs that has this below, and how many indices it runs over."""
    letters, _, among = split_at(below, r"\in")
    if not among or name_width(among) != len(among):
        return None
    return key(among), sum(map(are_letters, each_of(letters)))


def refuse_bound(to: Elaborator, node: Node, letters: list[Parts]) -> None:
    """An index that runs here already cannot run again inside."""
    for letter in letters:
        if key(letter) in to.scope.bound:
            raise to.ambiguous(f"the index {latex(letter)} runs twice, one sum inside the other", "let one run over another letter", node)
