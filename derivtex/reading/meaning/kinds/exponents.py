r"""What is raised on a value while kinds are sought: a mark such as T, or a power."""

from __future__ import annotations

from derivtex.reading.meaning.kinds.candidates import Candidate, Use
from derivtex.reading.meaning.kinds.names import chosen, variable
from derivtex.reading.meaning.kinds.sizes import Outline
from derivtex.reading.meaning.kinds.walker import OF_A_NUMBER, Walker
from derivtex.reading.syntax.questions import D_MARKS
from derivtex.reading.syntax.scripts import is_of_numbers
from derivtex.reading.syntax.tree import Key, Node, Script, key

STAR: Key = ("^", "*")


def turned(of: Outline) -> Outline:
    return of._replace(rows=of.columns, columns=of.rows)


def transposed(walker: Walker, node: Node, of: Outline) -> Outline:
    """The transpose; a number is not transposed."""
    if walker.is_scalar(of) and of.names:
        base = node.parts[0]
        single = base.form == "name" or (base.form == "script" and base.parts[0].form == "name")
        walker.blame(node, walker.blamed(of), "transpose", None if single else OF_A_NUMBER, base)
    return turned(of)


def starred(walker: Walker, of: Outline) -> Outline:
    """What `^*` makes of a value: the conjugate or a name of its own; or, everywhere in a source, the conjugate transpose."""
    star = chosen(walker, STAR, (Candidate("name"), Candidate("adjoint", 1.0)))
    of = of._replace(names=of.names | walker.bits[STAR])
    return turned(of) if star.kind == "adjoint" else of


def raised(walker: Walker, node: Node, value: Outline, above: Script) -> Outline:
    """A mark such as T, or a power."""
    match above.form:
        case "transpose":
            of_number = walker.is_scalar(value) and (above.name == ("t",) or above.name in walker.scope.declared)
            return value if of_number else transposed(walker, node, value)
        case "inverse":
            return power(walker, node, value)
        case "inverse transpose" | "inverse hermitian":
            return turned(power(walker, node, value))
        case "hermitian" | "pseudo-inverse" | "dagger":
            return turned(value)
        case "star":
            return starred(walker, value)
        case "entrywise":
            return value
    return power(walker, node, value, exponent(walker, node, above))


def exponent(walker: Walker, node: Node, above: Script) -> int:
    """The names that stand in an exponent, which is a number."""
    part = above.tree
    if part is None or is_of_numbers(above):
        return 0
    alone = part.form == "name" and key(part.tokens) in D_MARKS  # a d that nothing follows is a name, and no mark of a differential
    of = variable(walker, key(part.tokens), Use(plain=True)) if alone and not walker.is_known(key(part.tokens)) else walker.outline(part)
    if of.is_known and not walker.is_scalar(of):
        walker.blame(node, walker.blamed(of), "exponent", None, part)
    return of.names


def power(walker: Walker, node: Node, value: Outline, names: int = 0) -> Outline:
    """A power: of a number or a square matrix."""
    value = value._replace(names=value.names | names)
    if not value.is_known or walker.is_scalar(value) or walker.of_entries:
        return value
    if not walker.is_matrix(value) or not walker.sizes.unify(value.rows, value.columns, value.names):
        walker.blame(node, walker.blamed(value), "power", None, node.parts[0])
    return value
