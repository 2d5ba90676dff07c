r"""Rows and columns of a matrix: `X_{i\cdot}`, `X_{\cdot j}`; and `W_j`, `w_j` beside a declared W, which may be the one or the other."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError, NoEntries, Source
from derivtex.core.shapes import ONE, SCALAR, Dim, same
from derivtex.core.terms import Term
from derivtex.operations import Index, Product, Symbol, Transpose, UnitVector
from derivtex.reading.meaning.elaboration import Elaborator, to_node
from derivtex.reading.meaning.indices import index_term
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.scripts import has_all, is_pair, subscript
from derivtex.reading.syntax.tree import Key, Node, Parts, key

BOLD = (r"\mathbf", r"\boldsymbol", r"\bm")
OF_VECTORS = (*BOLD, r"\pmb", r"\vec")
WAYS = ("row", "row as a column", "column")


def upper_case(to: Elaborator, label: Key, below: Parts = ()) -> Term | None:
    """The matrix A, or the row of numbers A, that an undeclared a with indices belongs to; with two indices, or where the evidence tells
    that a_i is one of its rows or columns, also one that stands further on."""
    told = (*label, "_") in to.scope.strips
    names = capitals(label, below) + (capitals(label[-1:]) if told else [])
    found = next((thing for name in names if (thing := to.scope.declared.get(name) or to.scope.things.get(name)) is not None), None)
    ahead = next((name for name in names if name in to.scope.alone), None) if found is None and (told or is_pair(below)) else None
    if ahead is not None:
        found = to.term(to_node(to, tokens(Source(latex_of(ahead)))))
    return found if found is not None and to.shape(found) != SCALAR else None


def capitals(label: Key, below: Parts = ()) -> list[Key]:
    """The names of the matrix that a small letter with these indices may belong to; that of two indices may be bold."""
    if len(label[-1]) != 1 or not label[-1].islower():
        return []
    capital = label[-1].upper()
    bold = BOLD if len(label) == 1 and is_pair(below) else ()
    return [(*label[:-1], capital), *((font, capital) for font in bold)]


def in_bold(label: Key, below: Parts) -> list[Key]:
    r"""The names, bold or with an arrow, `\mathbf{y}`, `\vec{y}`, of which `y_i` may be an entry."""
    small = len(label) == 1 and len(label[0]) == 1 and label[0].islower() and not is_pair(below)
    return [(font, label[0]) for font in OF_VECTORS] if small else []


def bold_vector(to: Elaborator, node: Node, label: Key, below: Parts) -> Term | None:
    r"""The vector `\mathbf{y}`, declared or standing by itself, beside a y that nobody declared and that stands nowhere by itself."""
    if label in to.scope.alone:
        return None
    names = [name for name in in_bold(label, below) if name in to.scope.things or name in to.scope.alone]
    found = to.term(to_node(to, tokens(Source(latex_of(names[0]))))) if len(names) == 1 else None
    if found is None or to.shape(found) == SCALAR or to.is_matrix(found):
        return None
    to.scope.guess(f"{label[0]}_{subscript(below)} is an entry of {latex_of(names[0])}")
    return found


def latex_of(name: Key) -> str:
    """A letter, perhaps in a font, as it is typed."""
    return name[0] if len(name) == 1 else f"{name[0]}{{{name[1]}}}"


def strip(to: Elaborator, node: Node, matrix: Term, below: Parts) -> Term:
    r"""`W_j`: the row or column that the evidence tells; where it tells nothing, an error."""
    name = (*key(node.parts[0].tokens), "_")
    way = to.scope.strips.get(name)
    if way is None:
        raise not_clear(to, node, matrix, below)
    rows, columns = to.shape(matrix)
    if way == "column":
        return Product((matrix, UnitVector(columns, running(to, node, below, columns))))
    row = Product((Transpose(UnitVector(rows, running(to, node, below, rows))), matrix))
    return row if way == "row" else Product((Transpose(matrix), row.factors[0].of))


def running(to: Elaborator, node: Node, below: Parts, limit: Dim) -> Term:
    """The index of a strip, which has to run over all there are."""
    index = index_term(to, below, ONE, limit, node)
    if type(index) is Index and not (same(index.first, ONE) and same(index.last, limit)):
        raise NoEntries(f"{latex(below)} does not run over all rows or columns", span=to.span(node))
    return index


def not_clear(to: Elaborator, node: Node, matrix: Term, below: Parts) -> AmbiguityError:
    """The error for a strip that may be several things."""
    base, mark = to.latex(node.parts[0]), latex(below)
    typed = f"{base}_{mark if len(mark) == 1 else '{' + mark + '}'}"
    whole = to.scope.typed(matrix.name) if "name" in matrix.fields else base
    written = "" if base == whole else "is not declared, and "
    return to.ambiguous(
        f"{typed} {written}may be a row or a column of {whole}" + ("" if written else ", or one of a family"),
        rf"declare {typed} : vector … for i = 1..n, or write {whole}_{{{mark}\cdot}} for the row, {whole}_{{\cdot {mark}}} for the column", node,
    )  # fmt: skip


def row_or_column(to: Elaborator, node: Node, of: Term, parts: list[Parts]) -> Term:
    r"""`X_{i\cdot}` is the row e_i^T X, `X_{\cdot j}` the column X e_j."""
    rows, columns = to.shape(of)
    if has_all(parts[1]):
        return Product((Transpose(UnitVector(rows, index_term(to, parts[0], ONE, rows, node))), of))
    return Product((of, UnitVector(columns, index_term(to, parts[1], ONE, columns, node))))


def note_told_strips(scope: Scope) -> None:
    """Of vectors x_i that the words call rows or columns of X, and that are read as a family, there are as many as X has, and as long ones."""
    for label, ways in scope.told_strips.items():
        family = scope.families.get(label)
        matrix = next((thing for name in capitals(label) if isinstance(thing := scope.things.get(name), Symbol)), None)
        if family is None or family.family is None or matrix is None or ONE in map(scope.unifier.resolve, matrix.shape):
            continue
        rows = "column" not in ways
        count, length = matrix.shape if rows else matrix.shape[::-1]
        scope.unifier.unify(family.family[1], count)
        scope.unifier.unify(max(family.shape, key=lambda dim: dim != ONE), length)
