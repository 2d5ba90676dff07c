r"""Functions and what they are applied to, norms and derivatives, while kinds are sought."""

from __future__ import annotations

from derivtex.operations import Determinant, Diag, Diagonal, Elementwise, LogSumExp, Softmax, Trace, Vec
from derivtex.reading.meaning.eigenvalues import SPECTRAL, head_base
from derivtex.reading.meaning.elaboration import names_in
from derivtex.reading.meaning.kinds.candidates import TIMES
from derivtex.reading.meaning.kinds.exponents import raised
from derivtex.reading.meaning.kinds.names import ANY, summarised
from derivtex.reading.meaning.kinds.sizes import LARGE, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import FILL_NUMBER, OF_A_NUMBER, Walker, is_zero, unknown
from derivtex.reading.meaning.scope import Function
from derivtex.reading.meaning.statistics import STATISTICS
from derivtex.reading.source.vocabulary import words
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.tree import Key, Node, chain_of, is_transposed, key, walk

TIME = 2.0
OF_A_MEMBER = 2.0  # what it costs that a norm inside of a sum is of a number


def bars(walker: Walker, node: Node, fence: Node) -> Outline:
    r"""`|x|`, `|X|`, `\|x\|`: a number; a norm is not taken of a number, but for `\sum_i \|y_i - w^Tx_i\|^2`, as people write."""
    of = walker.outline(fence.parts[0])
    if walker.is_scalar(of) and fence.text != "|" and of.names:
        walker.blame(node, walker.blamed(of), "norm", OF_A_MEMBER if walker.bound else OF_A_NUMBER, fence.parts[0])
    if walker.of_entries and fence.text == "|":
        return of
    if fence.text == "|" and walker.is_matrix(of) and "|" not in walker.scope.elementwise and not node.below:
        square(walker, node, of, fence.parts[0])
    return SCALAR._replace(names=of.names)


def square(walker: Walker, node: Node, of: Outline, part: Node) -> None:
    """What has a trace, a determinant or an inverse is a square matrix."""
    if not of.is_known:
        return
    if walker.is_scalar(of):
        if of.names:
            walker.blame(node, walker.blamed(of), "square", OF_A_NUMBER, part)
    elif not walker.is_matrix(of) or not walker.sizes.unify(of.rows, of.columns, of.names):
        walker.blame(node, walker.blamed(of), "square", None, part)


def exponential(walker: Walker, node: Node, part: Node) -> Outline:
    r"""`e^{x}`, `\exp(x)`: of the shape of its argument; the t that stands there with a matrix is a time."""
    before, walker.in_exponent = walker.in_exponent, True
    of = walker.outline(part)
    walker.in_exponent = before
    if of.is_known and not walker.is_scalar(of):
        for each in names_in(part):
            label = key(each.tokens)
            if label[0] not in TIMES or label not in walker.chosen:
                continue
            if of.names != walker.bits[label] and walker.chosen[label].kind != "scalar":
                walker.blame(node, walker.bits[label], "time", TIME, part)
    return of


def applied(walker: Walker, node: Node) -> Outline:
    r"""A word with its argument: `\operatorname{tr}(AX)`, `\log\det X`, `\max(0, x)`."""
    head, argument = node.parts
    value = of_word(walker, node, argument)
    if head.form == "script" and head.above and head.above[0].text != "-":
        return raised(walker, node, value, head.above)
    return value


def of_word(walker: Walker, node: Node, argument: Node) -> Outline:
    parts = argument.parts if argument.form == "bracket" else (argument,)
    cards = words().get(node.text, ())
    if node.text in ("max", "min"):
        return larger(walker, node, parts) if len(parts) == 2 else unknown(walker, argument)
    if node.text in STATISTICS:
        return of_entries(walker, node, parts)
    if len(parts) != 1 or (not cards and node.text != "logdet"):
        return unknown(walker, argument)
    of = walker.outline(argument)
    if Trace in cards or Determinant in cards or node.text == "logdet":
        square(walker, node, of, parts[0])
        return SCALAR._replace(names=of.names)
    if LogSumExp in cards:
        return SCALAR._replace(names=of.names)
    if Diag in cards or Diagonal in cards:
        return diagonal(walker, node, of, parts[0])
    if Vec in cards:
        return Outline(walker.sizes.new(LARGE), 0, of.names)
    if Softmax in cards or any(issubclass(card, Elementwise) for card in cards):
        return exponential(walker, node, argument) if node.text == "exp" else of
    return ANY._replace(names=of.names)


def of_entries(walker: Walker, node: Node, parts: tuple[Node, ...]) -> Outline:
    r"""`sum(x)`, `CE(y, p)`: a number; two things that are compared have one shape, a power of what is summed is that of its entries."""
    before, walker.of_entries = walker.of_entries, len(parts) == 1
    found = [walker.outline(part) for part in parts]
    walker.of_entries = before
    names = 0
    for each in found:
        names |= each.names
    if len(found) == 2 and all(each.is_known for each in found) and not walker.alike(*found):
        walker.blame(node, walker.blamed(*found), "sum", None, *parts)
    return SCALAR._replace(names=names)


def diagonal(walker: Walker, node: Node, of: Outline, part: Node) -> Outline:
    r"""`diag(x)` of a vector is a square matrix, of a matrix its diagonal."""
    if walker.is_scalar(of) and of.names:
        walker.blame(node, walker.blamed(of), "diagonal", OF_A_NUMBER, part)
    if walker.is_matrix(of):
        return of._replace(columns=0)
    if not of.is_known or walker.is_scalar(of):
        return ANY._replace(names=of.names)
    size = of.columns if walker.sizes.is_one(of.rows) else of.rows
    return Outline(size, size, of.names)


def larger(walker: Walker, node: Node, parts: tuple[Node, ...]) -> Outline:
    r"""`\max(a, b)`: of one shape; a number stands for one of such entries."""
    pairs = [(part, walker.outline(part)) for part in parts]
    known = [(part, of) for part, of in pairs if not is_zero(part)]
    if len(known) < 2:
        return known[0][1] if known else SCALAR
    (first, one), (second, other) = known
    names = one.names | other.names
    if not one.is_known or not other.is_known:
        return ANY._replace(names=names)
    if not walker.alike(one, other):
        price = FILL_NUMBER if "number" in (first.form, second.form) else None
        walker.blame(node, walker.blamed(one, other), "fill" if price else "sum", price, second, first)
    return (other if walker.is_scalar(one) else one)._replace(names=names)


# calls


def call(walker: Walker, node: Node) -> Outline:
    """A named function applied: its definition, or what acts on every entry."""
    head, bracket = node.parts
    base = head_base(head)
    name = key(base.tokens)
    function = walker.scope.functions.get(name)
    if function is not None and base.text not in walker.scope.elementwise:
        return of_function(walker, node, name, function)
    if len(bracket.parts) != 1:
        return unknown(walker, bracket)
    of = walker.outline(bracket)
    if base.text in SPECTRAL and head.form == "script" and head.below:
        return SCALAR._replace(names=of.names)
    return of


def of_function(walker: Walker, node: Node, name: Key, function: Function) -> Outline:
    head, bracket = node.parts
    given = [walker.outline(part) for part in bracket.parts]
    names = walker.bits.get(name, 0)
    for each in given:
        names |= each.names
    if function.kind == "formal":
        of = summarised(walker, name)
        return SCALAR._replace(names=of.names | names) if head.form == "script" and head.below else of._replace(names=of.names | names)
    if function.kind == "scalar":
        return SCALAR._replace(names=names)
    if function.rows is not None and function.entries is not None:
        entries = Outline(walker.size_of(function.entries), 0)
        if len(given) == 1 and given[0].is_known and not walker.alike(given[0], entries):
            walker.blame(node, walker.blamed(given[0], entries), "map", None, bracket.parts[0])
        return Outline(walker.size_of(function.rows), 0, names)
    if name in walker.functions:
        arguments, body = walker.functions[name]
        of = by_body(walker, arguments, body, given)
        return of._replace(names=of.names | names)  # the parameters of a function may be what does not conform
    return (given[0] if len(given) == 1 else ANY)._replace(names=names)


def by_body(walker: Walker, arguments: tuple[Key, ...], body: Node, given: list[Outline]) -> Outline:
    """The shape of a function's value: that of its argument where it acts on entries, else that of its body for it."""
    if len(arguments) != len(given) or not all(each.is_known for each in given):
        return ANY
    if len(given) == 1 and not walker.is_scalar(given[0]) and not is_turned(body, arguments[0]):
        with walker.trial():
            count = len(walker.violations)
            bit = given[0].names or 1
            alone = with_arguments(walker, arguments, body, [SCALAR._replace(names=bit)])
            on_entries = walker.is_scalar(alone) and len(walker.violations) == count
        if on_entries:
            return given[0]
    return with_arguments(walker, arguments, body, given)


def is_turned(body: Node, argument: Key) -> bool:
    r"""Whether a transpose of the argument is taken, `p(x) = \sigma(x^T\beta)`, which then is no number and not taken entry by entry."""
    return any(is_transposed(part) and key(part.parts[0].tokens) == argument for part in walk(body))


def with_arguments(walker: Walker, arguments: tuple[Key, ...], body: Node, given: list[Outline]) -> Outline:
    before = dict(walker.given)
    if any(argument in before for argument in arguments):
        return ANY  # a function inside of itself
    walker.given.update(zip(arguments, given, strict=True))
    try:
        return walker.outline(body)
    finally:
        walker.given = before


# derivatives


MANY_INDICES = 5.0  # what it costs that a derivative inside a longer side has more than two indices


def derivative(walker: Walker, node: Node) -> Outline:
    r"""`\frac{\partial f}{\partial X}` inside a longer side."""
    of, by = (behind_d(part) for part in node.parts)
    if of is None or by is None:
        return ANY
    found = derivative_of(walker, walker.outline(of), walker.outline(by))
    if found.names and not found.is_known and not any(part.form == "apply" for part in by.parts):
        walker.blame(node, found.names, "indices", MANY_INDICES)
    return found


def behind_d(node: Node) -> Node | None:
    """What stands behind a d."""
    if node.form != "chain" or not d_width(node.parts[0].tokens):
        return None
    return chain_of(list(node.parts[1:]), ["", *node.marks[2:]])


def derivative_of(walker: Walker, of: Outline, by: Outline) -> Outline:
    """Of a number in the shape of the variable, by a number in that of the value, of a vector by a vector with a row for each output."""
    names = of.names | by.names
    if not of.is_known or not by.is_known:
        return ANY._replace(names=names)
    if walker.is_scalar(of):
        return by._replace(names=names)
    if walker.is_scalar(by):
        return of._replace(names=names)
    if walker.sizes.is_one(of.columns) and walker.sizes.is_one(by.columns):
        return Outline(of.rows, by.rows, names)
    return ANY._replace(names=names)
