r"""What each form of the untyped tree constrains: sums, quotients, entrywise products, matrices in rows and columns, sums over indices."""

from __future__ import annotations

from derivtex.core.errors import SourceError
from derivtex.core.shapes import Dim
from derivtex.reading.meaning.factors import entries_first
from derivtex.reading.meaning.indices import only_index
from derivtex.reading.meaning.kinds.exponents import exponent
from derivtex.reading.meaning.kinds.names import ANY, letters_below, name
from derivtex.reading.meaning.kinds.products import chain, quotient
from derivtex.reading.meaning.kinds.scripts import script
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import FILL_COLUMN, FILL_NUMBER, FILL_ROW, FILL_VECTOR, Constraint, Walker, is_zero, unknown
from derivtex.reading.meaning.kinds.words import applied, bars, call, derivative, derivative_of
from derivtex.reading.source.vocabulary import infixes
from derivtex.reading.syntax.data import bare_name, is_data_first
from derivtex.reading.syntax.gradients import argument_of
from derivtex.reading.syntax.questions import is_derivative, is_divided_by_change
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Node, key


def number(walker: Walker, node: Node) -> Outline:
    return SCALAR


def bracket(walker: Walker, node: Node) -> Outline:
    return walker.outline(node.parts[0]) if len(node.parts) == 1 else unknown(walker, node)


def sum_(walker: Walker, node: Node) -> Outline:
    """Terms have one shape; a number, or a vector beside a matrix, may be filled up to it, at a price."""
    pairs = [(part, walker.outline(part)) for part in node.parts if not is_zero(part)]
    names = 0
    for _, of in pairs:
        names |= of.names
    known = [(part, of) for part, of in pairs if of.is_known]
    if not known:
        return Outline(NOTHING, NOTHING, names)
    large = [pair for pair in known if not walker.is_scalar(pair[1])]
    part, whole = next((pair for pair in known if walker.is_matrix(pair[1])), (large or known)[0])
    for beside, of in known:
        if of is not whole and not walker.alike(whole, of):
            price = filling(walker, beside, of, whole, part)
            walker.blame(node, walker.blamed(of, whole), "fill" if price else "sum", price, beside, part)
    return whole._replace(names=names) if len(known) == len(pairs) else Outline(NOTHING, NOTHING, names)


def filling(walker: Walker, node: Node, of: Outline, whole: Outline, part: Node) -> float | None:
    """What it costs to fill a term up to the shape of the others; None where that is not done."""
    if walker.is_scalar(of):
        square = walker.sizes.root(whole.rows) == walker.sizes.root(whole.columns)
        known = node.form == "name" and walker.is_known(key(node.tokens))
        return FILL_NUMBER if not square and (node.form == "number" or known) else None
    if walker.is_matrix(whole) and not walker.is_matrix(of) and bare_name(node):
        side = (of.rows, whole.rows) if walker.is_vector(of) else (of.columns, whole.columns)
        beside = part.form == "chain" and sum(walker.is_matrix(walker.outline(each)) for each in part.parts) > 1
        usual = beside and walker.is_vector(of) != is_data_first(part)
        price = FILL_VECTOR if not usual else FILL_COLUMN if walker.is_vector(of) else FILL_ROW
        return price if walker.sizes.unify(*side, of.names | whole.names) else None
    return None


def inner(walker: Walker, node: Node) -> Outline:
    r"""`A : B`, `\langle x, y\rangle`: of one shape, the value a number."""
    left, right = walker.outline(node.parts[0]), walker.outline(node.parts[1])
    if left.is_known and right.is_known and not walker.alike(left, right):
        turned = right._replace(rows=right.columns, columns=right.rows)
        if node.form == "inner" or not walker.is_vector(left) or not walker.alike(left, turned):
            walker.blame(node, walker.blamed(left, right), "inner", None, *node.parts)
    return SCALAR._replace(names=left.names | right.names)


def entrywise(walker: Walker, node: Node) -> Outline:
    r"""`A \odot B`, `A \otimes B`; where that does not conform `(a\odot b)x^T` for `a\odot b\,x^T`."""
    others = list(entries_first(node))
    least, best = faults_of(walker, node, of_entries) if others else (0, node)
    for other in others if least else ():
        count, _ = faults_of(walker, other, Walker.outline)
        least, best = min((least, best), (count, other), key=lambda each: each[0])
    return of_entries(walker, node) if best is node else walker.outline(best)


def faults_of(walker: Walker, node: Node, outline: Constraint) -> tuple[int, Node]:
    """How many constraints do not hold in a reading."""
    with walker.trial():
        count = len(walker.violations)
        outline(walker, node)
        return len(walker.violations) - count, node


def of_entries(walker: Walker, node: Node) -> Outline:
    """Factors of one shape, or those of a Kronecker product, from left to right."""
    left, part = walker.outline(node.parts[0]), node.parts[0]
    for mark, beside in zip(node.marks[1:], node.parts[1:], strict=True):
        right = walker.outline(beside)
        names = left.names | right.names
        if not left.is_known or not right.is_known:
            left = Outline(NOTHING, NOTHING, names)
        elif infixes()[mark][0] == "Kronecker":
            left = kronecker(walker, left, right)
        else:
            if not walker.alike(left, right):
                walker.blame(node, walker.blamed(left, right), "entrywise", None, part, beside)
            left = left._replace(names=names)
    return left


def kronecker(walker: Walker, left: Outline, right: Outline) -> Outline:
    rows, columns = (
        b if walker.sizes.is_one(a) else a if walker.sizes.is_one(b) else walker.sizes.new(LARGE)
        for a, b in ((left.rows, right.rows), (left.columns, right.columns))
    )
    return Outline(rows, columns, left.names | right.names)


def fraction(walker: Walker, node: Node) -> Outline:
    if is_derivative(node, walker.differentials):
        return derivative(walker, node)
    if is_divided_by_change(node):
        return unknown(walker, node)
    return quotient(walker, node, walker.outline(node.parts[0]), walker.outline(node.parts[1]), node.parts[1])


def root(walker: Walker, node: Node) -> Outline:
    """A root; its degree is a number."""
    if node.above:
        exponent(walker, node, node.above)
    return walker.outline(node.parts[0])


def grid(walker: Walker, node: Node) -> Outline:
    """Rows and columns of numbers have the shape that they are written in; blocks are not looked into."""
    cells = [walker.outline(part) for part in node.parts]
    names = 0
    for cell in cells:
        names |= cell.names
    if node.text == "|":
        return SCALAR._replace(names=names)
    if not all(map(walker.is_scalar, cells)):
        return Outline(NOTHING, NOTHING, names)
    return Outline(walker.sizes.new(Dim.of(len(cells) // node.across)), walker.sizes.new(Dim.of(node.across)), names)


def over(walker: Walker, node: Node) -> Outline:
    r"""`\sum_i …`: what stands below runs inside."""
    if not node.below:
        node = node._replace(below=only_index(node.parts[0], walker.bound))
    with walker.running(letters_below(node), last_of(walker, node)):
        return walker.outline(node.parts[0])


def gradient(walker: Walker, node: Node) -> Outline:
    r"""`\nabla_w f` inside a longer side."""
    of = walker.outline(node.parts[0])
    by = walker.parse(node.below) if node.below else argument_of(node.parts[0])
    return derivative_of(walker, of, walker.outline(by)) if by is not None and not node.above else ANY._replace(names=of.names)


def listed(walker: Walker, node: Node) -> Outline:
    r"""Cells with dots between them: numbers in a column or a row are a vector, on a diagonal a matrix."""
    try:
        last = walker.size_of(dimension_of(node.above, walker.source))
    except SourceError:
        return unknown(walker, node)
    with walker.running(letters_below(node), last):
        cell = walker.outline(node.parts[0])
    if node.text == "diagonal":
        return Outline(last, last, cell.names)
    if node.text == "row":
        return cell._replace(columns=last) if walker.is_scalar(cell) or walker.is_vector(cell) else ANY
    return cell._replace(rows=last) if cell.is_known and walker.sizes.is_one(cell.rows) else ANY


def last_of(walker: Walker, node: Node) -> int | None:
    """How far an index runs, where that is written and no outer index; NOTHING of one that does not begin at 1."""
    if key(split_at(node.below, "=")[2]) == ("0",):
        return NOTHING
    if not node.above:
        return None
    try:
        last = dimension_of(node.above, walker.source)
    except SourceError:
        return None
    return None if any((name,) in walker.bound for name in last.names) else walker.size_of(last)


def passed_on(walker: Walker, node: Node) -> Outline:
    return walker.outline(node.parts[0])


def compared(walker: Walker, node: Node) -> Outline:
    """An indicator has the shape of what is compared, of which one may be a number beside an array."""
    left, right = (walker.outline(part) for part in node.parts)
    wide, other = (right, left) if walker.is_scalar(left) else (left, right)
    if wide.is_known and other.is_known and not walker.is_scalar(other) and not walker.alike(wide, other):
        walker.blame(node, walker.blamed(wide, other), "sum", None, *node.parts)
    return wide._replace(names=left.names | right.names)


def fence(walker: Walker, node: Node) -> Outline:
    return bars(walker, node, node)


FORMS: dict[str, Constraint] = {
    "number": number, "sum": sum_, "fraction": fraction, "root": root, "bracket": bracket, "entrywise": entrywise, "inner": inner,
    "angle": inner, "grid": grid, "shaped": passed_on, "differential": passed_on, "dependence": passed_on,
    "slope": passed_on,
    "over": over, "gradient": gradient, "listed": listed, "empty": number, "script": script, "name": name,
    "condition": compared, "bars": fence, "chain": chain, "apply": applied, "call": call,
}  # fmt: skip
