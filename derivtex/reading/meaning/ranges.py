r"""Sums and products over indices: `\sum_{i=1}^n`, `\sum_{i,j}`, `\sum_{i<j}`, `\sum_{j=1}^{i}`, `\prod_i`."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, Dim, is_unknown, same
from derivtex.core.terms import Term
from derivtex.operations import Before, Index, KroneckerDelta, Number, Product, ProductOver, Sum, SumOver
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.indices import is_fixed, only_index
from derivtex.reading.meaning.multiplication import product
from derivtex.reading.meaning.products import merged_calls
from derivtex.reading.meaning.reach import own_factors
from derivtex.reading.meaning.sets import over_set, refuse_bound, set_below
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.scripts import ahead, are_named, each_of, equal_to, range_among, split_at, without_limits
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Key, Node, Parts, Script, chain_of, key, walk

RELATIONS = ("<", ">", r"\le", r"\ge", r"\ne")
LIMITS: dict[tuple[bool, int | None], str] = {(True, 0): r"\le", (True, -1): "<", (False, 0): r"\ge", (False, 1): ">"}


def over(to: Elaborator, node: Node) -> Term:
    """A sum or a product over the indices that stand below it."""
    if not node.below:
        letter = only_index(node.parts[0], to.scope.bound)
        if not letter:
            raise SyntaxProblem("it is not clear what this sum runs over", way_out=r"write \sum_{i=1}^{n}", span=to.span(node))
        to.scope.guess(f"the sum without an index runs over {latex(letter)}")
        node = node._replace(below=letter)
    node = with_range(node)
    among = set_below(to, node)
    if among is not None:
        return over_set(to, node, *among)
    relation, given, first = below_sign(to, node)
    letters = [letter for letter in given if key(letter) not in to.scope.bound] if relation else given
    if is_fixed(to, relation, letters):
        letters = letters[:1]
    refuse_bound(to, node, letters)
    bounds = [limits_of(to, node, letter, first) for letter in letters]
    indices = [(key(letter), Index(latex(letter), *run)) for letter, (run, _) in zip(letters, bounds, strict=True)]
    note_ahead(to, node.parts[0], [label for label, _ in indices])
    to.scope.bound.update(indices)
    to.scope.letters.update(latex(letter) for letter in letters)
    behind: Node | None = None
    try:
        if node.text == "product":
            node, behind = with_its_factors(to, node, [index for _, index in indices])
        body = to.term(node.parts[0])
        refuse_fixed(to, node, relation, [index for _, index in indices], body)
        conditions = [beyond(to, letter, limit) for letter, (_, limit) in zip(letters, bounds, strict=True) if limit]
        conditions += [condition(to, relation, *given)] if relation else []
        for each in conditions:
            body = under(to, node, each, body)
    finally:
        for label, _ in indices:
            del to.scope.bound[label]
    for _, index in reversed(indices):
        body = to.make(SumOver if node.text == "sum" else ProductOver, index, body, node=node)
    return body if behind is None else product(to, node, [body, to.term(behind)])


def with_range(node: Node) -> Node:
    r"""`\sum_{i\in\{1,\ldots,n\}}` and `\sum_{i\in[n]}` as the sum from 1 to n."""
    among = range_among(node.below)
    return node if among is None else node._replace(below=equal_to(*among[:2]), above=Script(among[2]))


def with_its_factors(to: Elaborator, node: Node, indices: list[Index]) -> tuple[Node, Node | None]:
    r"""A `\prod` with the factors that belong to it, and those that stand beside it."""
    of = node.parts[0]
    if of.form != "chain":
        return node, None
    parts, marks = merged_calls(to, of)
    inside = own_factors(to, node, parts, marks, indices)
    if inside == len(parts):
        return node, None
    own, rest = chain_of(parts[:inside], marks[:inside]), chain_of(parts[inside:], marks[inside:])
    return node._replace(parts=(own,), end=own.end), rest


def note_ahead(to: Elaborator, node: Node, letters: list[Key]) -> None:
    r"""Which names have `x_{k+1}` or `x_{k-1}` under a sum over k: they have one more than the sum has terms, behind the last or before the first."""
    for part in walk(node):
        below = part.below if part.form == "script" and part.parts[0].form == "name" else ()
        if (steps := ahead(below)) and key(below[:1]) in letters:
            place = key(part.parts[0].tokens), key(below[:1])
            first, last = to.scope.ahead.get(place, (0, 0))
            to.scope.ahead[place] = run = min(steps, first), max(steps, last)
            if run != (first, last) and to.scope.guessed.pop(place[0], None) is not None:
                to.scope.families.pop(place[0], None)  # it was assumed with fewer members


def refuse_fixed(to: Elaborator, node: Node, relation: str, indices: list[Index], body: Term) -> None:
    r"""`\sum_{j\ne i} x_j` where i runs nowhere: it may be fixed, or run as well, which counts each x_j many times."""
    fixed = [index for index in indices if not body.contains(index)] if relation and len(indices) == 2 else []
    if fixed:
        raise to.ambiguous(
            f"{fixed[0].name} may be fixed or run as well", rf"write \sum_{{{fixed[0].name}}} before it, or define f_{fixed[0].name} = …", node
        )


def under(to: Elaborator, node: Node, condition: Term, body: Term) -> Term:
    """What is summed where a condition, a factor 1 or 0, holds; in a product the other factors are 1."""
    if node.text == "sum":
        return product(to, node, [condition, body])
    return to.make(Sum, (Number(1), Product((condition, to.make(Sum, (body, Number(-1)), node=node)))), node=node)


def condition(to: Elaborator, relation: str, one: Parts, other: Parts) -> Term:
    r"""What `i<j` or `i\ne j` says, as a factor that is 1 or 0."""
    known = {**to.scope.free, **to.scope.bound}
    left, right = known[key(one)], known[key(other)]
    same(left.first, right.first)
    same(left.last, right.last)
    if relation == r"\ne":
        return unless(KroneckerDelta(left, right))
    return compared(relation, left, right)


def compared(relation: str, left: Term, right: Term) -> Term:
    """1 where two indices are in an order, else 0."""
    if relation in (">", r"\ge"):
        left, right = right, left
    return Before(left, right) if relation in ("<", ">") else unless(Before(right, left))


def unless(condition: Term) -> Term:
    return Sum((Number(1), Product((Number(-1), condition))))


def below_sign(to: Elaborator, node: Node) -> tuple[str, list[Parts], Dim | None]:
    r"""What stands below: the relation of `i<j` or `i\ne j`, the letters, and the first value."""
    below, equals, written = split_at(node.below, "=")
    first = dimension_of(written, to.source) if equals else None
    below = without_limits(below)
    relation = split_at(below, *RELATIONS)[1]
    letters = [letter for part in by_marks(below, ",", *RELATIONS) for letter in each_of(part)]
    if len(set(map(key, letters))) < len(letters):
        letters = []
    if (
        not letters
        or not all(map(are_named, letters))
        or split_at(below, r"\in")[1]
        or (relation and len(letters) != 2)
        or (relation and not is_known_or_first(to, letters))
    ):
        raise SyntaxProblem(
            f"{latex(node.below)} below a sum is not read",
            way_out=r"write \sum_{i=1}^{n}, \sum_{i,j}, \sum_{i<j} or \sum_{j\ne i}",
            span=to.span(node),
        )
    if equals and not node.above and len(written) == 1 and written[0].kind == "letter":
        way_out = r"write \sum_{i=j}^{n}, or \sum_{i} with one index"
        raise to.ambiguous(f"{latex(node.below)} may say where a sum begins, or that its indices are equal", way_out, node)
    if equals and len(letters) != 1:
        first = first if len(letters) == 1 else ONE
    return relation, letters, first


def is_known_or_first(to: Elaborator, letters: list[Parts]) -> bool:
    r"""Whether i ≠ j can be told: both run here, or one of them runs outside."""
    return sum(key(letter) in to.scope.bound for letter in letters) < len(letters)


def limits_of(to: Elaborator, node: Node, letter: Parts, first: Dim | None) -> tuple[tuple[Dim, Dim], tuple[str, Index] | None]:
    r"""From where to where an index runs; what is not written is found from what it counts.

    The limit of `\sum_{j=1}^{i}` is an index that runs outside: j runs as far as i may, and what it must be besides is told, j ≤ i.
    """
    name = latex(letter)
    if node.above:
        last = dimension_of(node.above, to.source)
        if first is not None and first.names == [name]:
            to.scope.guess(f"{latex(node.below)} below a sum is taken as {name} = 1")
        first = first if first is not None and first.names != [name] else ONE
    else:
        last = to.scope.unknown(node, f"last {name}", large=False)
        to.scope.open_ends.update({last.names[0]: end} if (end := to.scope.ends.get(node.start)) is not None else {})
    if first is None:
        first = to.scope.unknown(node, f"first {name}", large=False)
    lower, upper = outer_index(to, first), outer_index(to, last)
    if runs_down(first, last) and lower is None and node.above:
        raise SyntaxProblem(
            f"{name} runs from {first} down to {last}: such a sum is empty by its usual meaning", span=to.span(node),
            way_out="write the smaller limit below",
        )  # fmt: skip
    if name in (*first.names, *last.names):
        raise SyntaxProblem(f"{name} is its own limit", way_out="let the sum run over another letter", span=to.span(node))
    if upper is not None and lower is None:
        return (first, upper.last), (order_of(to, node, True, last, upper), upper)
    if lower is not None and upper is None:
        return (lower.first, last), (order_of(to, node, False, first, lower), lower)
    if lower is not None:
        raise far_limits(to, node)
    return (first, last), None


def runs_down(first: Dim, last: Dim) -> bool:
    r"""Whether the limits are certainly the wrong way round, as in `\sum_{i=3}^{1}` and `\sum_{i=n}^{1}`."""
    if last.integer is None or any(map(is_unknown, first.names)):
        return False
    return first.integer > last.integer if first.integer is not None else first.is_name and last.integer <= 1


def order_of(to: Elaborator, node: Node, is_upper: bool, limit: Dim, outer: Index) -> str:
    """What an index is to an outer one that its limit names: j ≤ i where j goes to i."""
    relation = LIMITS.get((is_upper, (limit - Dim.of(outer.name)).integer))
    if relation is None:
        raise far_limits(to, node)
    return relation


def far_limits(to: Elaborator, node: Node) -> SyntaxProblem:
    return SyntaxProblem(
        "limits of a sum by other indices are read only where one of them is i, i-1 or i+1",
        way_out=r"write \sum_{i<j} or the terms with other limits", span=to.span(node),
    )  # fmt: skip


def outer_index(to: Elaborator, limit: Dim) -> Index | None:
    """The index that a limit of a sum names."""
    return next((index for label, index in to.scope.bound.items() if "".join(label) in limit.names), None)


def beyond(to: Elaborator, letter: Parts, limit: tuple[str, Index]) -> Term:
    """The factor that is 1 where an index keeps the limit that an outer one is."""
    relation, outer = limit
    return compared(relation, to.scope.bound[key(letter)], outer)
