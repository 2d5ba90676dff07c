r"""Products while kinds are sought: columns meet rows, numbers stand anywhere, a row and a column may make a number inside."""

from __future__ import annotations

from derivtex.core.shapes import ONE
from derivtex.reading.meaning.calls import argument_bracket
from derivtex.reading.meaning.eigenvalues import SPECTRAL, head_base
from derivtex.reading.meaning.factors import call_node, depending, differential_in, is_d, of_differential, of_things, together
from derivtex.reading.meaning.kinds.candidates import FIRST_NUMBER
from derivtex.reading.meaning.kinds.names import is_function
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import OF_A_NUMBER, Walker
from derivtex.reading.source.vocabulary import FUNCTION_LETTERS
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.tree import Node, chain_of, key

Factor = tuple[Node, Outline]
INSIDE = 3.0  # what it costs that a scalar product stands between a row and its column
CROSSED = ("name", "script", "bracket")
OF_VECTORS = 9.0  # that a cross stands between a number and a vector
BEHIND = 3.0  # that a small letter that ends a product behind a matrix, Ax, is a number
OF_ENTRIES = 3.2  # that an exponential with a factor behind it, e^{As}z, is one of entries


def chain(walker: Walker, node: Node) -> Outline:
    """The product of factors, quotients first."""
    parts, marks = together(node, lambda before, part: joined(walker, before, part))
    if "/" in marks:
        return ratio(walker, node, parts, marks)
    factors: list[Factor] = []
    for part, mark in zip(parts, marks, strict=True):
        factors.append((part, ones(walker, part, mark, factors) or walker.outline(part)))
    return dotted(walker, node, factors, marks)


def ones(walker: Walker, part: Node, mark: str, before: list[Factor]) -> Outline | None:
    """A 1 behind a matrix, or behind a name where 1 is a vector elsewhere: the vector of ones."""
    if part.form != "number" or part.text != "1" or mark or not before:
        return None
    left, of = before[-1]
    if walker.is_vector(of) or not of.is_known or left.form == "number" or (walker.is_scalar(of) and not walker.one_is_vector):
        return None
    return Outline(walker.sizes.new(LARGE), 0)


def joined(walker: Walker, before: Node, part: Node) -> Node | None:
    """What two factors side by side are together."""
    if walker.differentials and is_d(walker.scope, before):
        return of_differential(before, part)
    if is_call(walker, before, part):
        return call_node(before, part)
    return of_things(walker.scope, before, part) or depending(before, part)


def is_call(walker: Walker, head: Node, argument: Node) -> bool:
    """Whether a name before a bracket is applied to it, as elaboration decides."""
    base, bracket = head_base(head), argument_bracket(argument)
    if bracket is None or base.form != "name":
        return False
    scope, name = walker.scope, key(base.tokens)
    if name in scope.functions:
        return is_function(walker, name)
    if any(name in known for known in (scope.things, walker.bound, scope.families, scope.templates)):
        return False
    if base.text in SPECTRAL:
        if head.form == "script" and head.below and not head.above:
            return (*name, "_", *key(head.below)) not in scope.declared
        return base.text == r"\sigma" and len(bracket.parts) == 1
    usual = bare_letter(name) in FUNCTION_LETTERS and base.text not in scope.sizes
    return usual and (head.form == "name" or (head.form == "script" and head.primes > 0 and not head.above and not head.below))


def ratio(walker: Walker, node: Node, parts: list[Node], marks: list[str]) -> Outline:
    """`a/bc`: by all that follows, or by its first factor alone; whichever conforms."""
    at = max(k for k, mark in enumerate(marks) if mark == "/")
    before, behind = chain_of(parts[:at], marks[:at]), parts[at:]
    whole = chain_of(behind, ["", *marks[at + 1 :]])
    above = walker.outline(before)
    if d := differential_in(before, behind):
        first, rest = ratio(walker, node, parts[: at + d], marks[: at + d]), chain_of(behind[d:], ["", *marks[at + d + 1 :]])
        return product(walker, node, [(before, first), (rest, walker.outline(rest))])
    if len(behind) > 1:
        rest = chain_of(behind[1:], ["", *marks[at + 2 :]])
        with walker.trial() as kept:
            count = len(walker.violations)
            first = quotient(walker, node, above, walker.outline(behind[0]), behind[0])
            found = product(walker, node, [(before, first), (rest, walker.outline(rest))])
            kept[:] = [True] * (len(walker.violations) == count)
        if kept:
            return found
    return quotient(walker, node, above, walker.outline(whole), whole)


def quotient(walker: Walker, node: Node, over: Outline, under: Outline, below: Node) -> Outline:
    """The denominator is a number."""
    if under.is_known and not walker.is_scalar(under):
        walker.blame(node, walker.blamed(under), "denominator", None, below)
    return over._replace(names=over.names | under.names)


def dotted(walker: Walker, node: Node, factors: list[Factor], marks: list[str]) -> Outline:
    r"""A product; with one `\cdot`, `\times` or `*` that does not conform as one, that of two things of one shape."""
    at = [k for k, mark in enumerate(marks) if mark]
    if len(at) != 1 or len(factors) == 1:
        return product(walker, node, factors)
    with walker.trial() as kept:
        count = len(walker.violations)
        found = product(walker, node, factors)
        kept[:] = [True] * (len(walker.violations) == count)
    if kept:
        blame_the_dot(walker, node, factors, marks, at[0])
        return found
    left, right = (product(walker, node, part) for part in (factors[: at[0]], factors[at[0] :]))
    names = left.names | right.names
    if left.is_known and right.is_known and walker.alike(left, right):
        flat = walker.sizes.is_one(left.rows) or walker.sizes.is_one(left.columns)
        if marks[at[0]] == r"\cdot" and flat:
            return SCALAR._replace(names=names)
        if marks[at[0]] == "*" or (marks[at[0]] == r"\times" and flat):
            return left._replace(names=names)
    return product(walker, node, factors)


def product(walker: Walker, node: Node, factors: list[Factor]) -> Outline:
    """The product in one chain; where columns do not meet rows, with each run from a row to a column as one number."""
    names = 0
    for _, of in factors:
        names |= of.names
    if not all(of.is_known for _, of in factors):
        return Outline(NOTHING, NOTHING, names)
    blame_the_unusual(walker, node, factors)
    large = [factor for factor in factors if not walker.is_scalar(factor[1])]
    if not large:
        return SCALAR._replace(names=names)
    mark = walker.sizes.mark()
    broken = misfit(walker, large, names)
    if broken is None:
        return Outline(large[0][1].rows, large[-1][1].columns, names)
    walker.sizes.undo(mark)
    grouped = with_numbers_inside(walker, factors, names)
    if grouped is not None and misfit(walker, grouped, names) is None:
        if (at := held_apart(large, grouped)) is not None:
            walker.blame(node, names, "product", INSIDE, large[at][0], large[at + 1][0])
        return Outline(grouped[0][1].rows, grouped[-1][1].columns, names) if grouped else SCALAR._replace(names=names)
    walker.sizes.undo(mark)
    if walker.mending is node:
        walker.mends = mends(walker, factors, names)
    left, right = large[broken], large[broken + 1]
    walker.blame(node, names | walker.blamed(left[1], right[1]), "product", None, left[0], right[0])
    return Outline(NOTHING, NOTHING, names)


def blame_the_unusual(walker: Walker, node: Node, factors: list[Factor]) -> None:
    """What conforms and is seldom meant: a number at the end, behind a matrix; an exponential of entries, or a number with a mark of a transpose,
    before a factor."""
    (one, left), (other, right) = factors[-2:] if len(factors) > 1 else (factors[0], factors[0])
    if walker.is_scalar(right) and walker.is_matrix(left) and not walker.in_exponent and is_small_number(walker, other):
        walker.blame(node, walker.bits[key(base_of(other).tokens)], "behind", BEHIND, one, other)
    for (one, left), (other, right) in zip(factors, factors[1:], strict=False):
        if is_exponential(one) and walker.is_vector(left) and not walker.is_scalar(right):
            walker.blame(node, left.names, "exponential", OF_ENTRIES, one, other)
        if walker.is_scalar(left) and left.names and is_power_of_name(walker, one) and other.form in CROSSED:
            walker.blame(node, walker.blamed(left), "transpose", OF_A_NUMBER, one.parts[0])


def blame_the_dot(walker: Walker, node: Node, factors: list[Factor], marks: list[str], at: int) -> None:
    r"""A dot between a vector and a number that nobody declared, `w\cdot x_i`: it is rather the inner product of two vectors."""
    (one, left), (other, right) = factors[at - 1], factors[at]
    if marks[at] == r"\cdot" and walker.is_vector(left) and walker.is_scalar(right) and is_small_number(walker, other):
        walker.blame(node, walker.bits[key(base_of(other).tokens)], "dot", BEHIND, one, other)
    of_names = len(factors) == at + 1 and left.names and right.names and one.form in CROSSED and other.form in CROSSED
    if marks[at] == r"\times" and of_names and (walker.is_scalar(left) or walker.is_scalar(right)):
        walker.blame(node, walker.blamed(left, right), "cross product", OF_VECTORS, one, other)


def is_small_number(walker: Walker, node: Node) -> bool:
    """Whether a part is a small letter that nobody declared and that is taken for a number against the convention, or one with an index."""
    base = base_of(node)
    chosen = walker.chosen.get(key(base.tokens)) if base.form == "name" and base.text.islower() else None
    if chosen is None or base is node:
        return chosen is not None and chosen.kind == "scalar" and chosen.price >= FIRST_NUMBER
    return chosen.kind == "entries" and not node.above and len(node.below) == 1


def base_of(node: Node) -> Node:
    return node.parts[0] if node.form == "script" else node



def is_power_of_name(walker: Walker, node: Node) -> bool:
    r"""Whether a name has an exponent that is a mark of a transpose and a declared number: the `\theta^T` of `\theta^Tx` beside a temperature T."""
    raised = node.form == "script" and node.above.form == "transpose" and node.parts[0].form == "name"
    return raised and node.above.name in walker.scope.declared


def is_exponential(node: Node) -> bool:
    r"""Whether a part is `e^{…}` or `\exp(…)`."""
    word = node.parts[0] if node.form in ("script", "apply") else node
    return (node.form == "script" and word.text == "e" and bool(node.above)) or (node.form == "apply" and word.text == r"\exp")


def held_apart(factors: list[Factor], left: list[Factor]) -> int | None:
    """The place of a factor of a chain that meets what is left only over a number in between, as y^T does in y^T (x^T A x) z."""
    at = [k for k, factor in enumerate(factors) if any(factor is each for each in left)]
    return next((one for one, other in zip(at, at[1:], strict=False) if other > one + 1), None)


def misfit(walker: Walker, factors: list[Factor], names: int) -> int | None:
    """The place in a chain where columns do not meet rows."""
    for at, ((_, left), (_, right)) in enumerate(zip(factors, factors[1:], strict=False)):
        if not walker.sizes.unify(left.columns, right.rows, names):
            return at
    return None


def with_numbers_inside(walker: Walker, factors: list[Factor], names: int) -> list[Factor] | None:
    """What is left of a chain when each run from a row to a column is a number; None where there is no such run."""
    runs: list[list[Factor]] = []
    for factor in factors:
        if walker.is_scalar(factor[1]):
            continue
        fits = runs and walker.sizes.unify(runs[-1][-1][1].columns, factor[1].rows, names)
        if fits:
            runs[-1].append(factor)
        else:
            runs.append([factor])
    left = [run for run in runs if not (walker.sizes.what(run[0][1].rows) == ONE == walker.sizes.what(run[-1][1].columns))]
    return [factor for run in left for factor in run] if len(left) < len(runs) else None




def mends(walker: Walker, factors: list[Factor], names: int) -> list[Node]:
    """The factors that make a product conform when one of them is transposed."""
    found = []
    for at, (part, of) in enumerate(factors):
        if walker.is_scalar(of):
            continue
        mark = walker.sizes.mark()
        tried = [*factors[:at], (part, of._replace(rows=of.columns, columns=of.rows)), *factors[at + 1 :]]
        if misfit(walker, [factor for factor in tried if not walker.is_scalar(factor[1])], names) is None:
            found.append(part)
        walker.sizes.undo(mark)
    return found
