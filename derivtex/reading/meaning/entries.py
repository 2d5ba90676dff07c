r"""What stands below a name: members of a family, entries, rows and columns, the size of a constant, or a part of the name."""

from __future__ import annotations

from derivtex.core.errors import ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Commutation, Entry, Identity, Member, Number, Ones, UnitVector, Zero, symbol
from derivtex.reading.meaning.conventions import guessed, label_of
from derivtex.reading.meaning.deltas import kronecker
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entrywise import entry_of_entries
from derivtex.reading.meaning.indices import family_index, index_term, index_terms
from derivtex.reading.meaning.scope import Template
from derivtex.reading.meaning.slices import ALL, row_or_column, strip, upper_case
from derivtex.reading.meaning.subscripts import are_indices, has_bound, is_indexing, is_zeroth, may_belong, members_of, of_member, subscript
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.letters import IDENTITIES, ONES, ZEROS, conventional_kind
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Node, key


def lowered(to: Elaborator, node: Node, base: Node) -> Term:
    """A base with something below it."""
    below = node.below
    if any(token.is_mark(r"\times") for token in below):
        return with_shape(to, node, base)
    if base.form != "name":
        return entry(to, node, to.term(base), below)
    label = label_of(to.scope, base)
    if (sized := size_name(to, base, below)) is not None:
        return sized
    if label in to.scope.families and not is_zeroth(to.scope, label, below):
        family = to.scope.families[label]
        own, rest = of_member(below, 1, family.shape)
        member = Member(family, family_index(to, node, family, own))
        return entry(to, node, member, rest) if rest else member
    if label in to.scope.templates:
        return from_template(to, node, to.scope.templates[label], below)
    constant = constant_with(to, node, base, label)
    if constant is not None:
        return constant
    if has_bound(to, below) and (kind := to.scope.kinds.get(members_of(label))) is not None:
        to.scope.family_names.setdefault(label, f"{base.text}_{subscript(below)}")
        family = to.guessed_family(node, base, label, kind.removeprefix("family "), below)
        return Member(family, family_index(to, node, family, below))
    whole = (*label, "_", *key(below))
    if whole in to.scope.things:
        return to.scope.things[whole]
    if (delta := kronecker(to, node, label)) is not None:
        return delta
    thing = to.scope.things.get(label)
    if is_zeroth(to.scope, label, below):
        return guessed(to.scope, f"{base.text}_0", whole, plain_kind(to, whole) or conventional_kind(label))
    if thing is None and is_indexing(to, below) and (label in to.scope.alone or (label in to.scope.members and not has_bound(to, below))):
        if to.scope.kinds.get(label, "").startswith("family"):
            return member_of_undeclared(to, node, base, label)
        thing = to.term(base)
    if thing is not None and to.shape(thing) != SCALAR and is_indexing(to, below):
        return entry(to, node, thing, below)
    indexing = has_bound(to, below) or is_indexing(to, below)
    belongs = thing is None and indexing and may_belong(to.scope, label, below, has_bound(to, below))
    if belongs and (upper := upper_case(to, label, below)) is not None:
        return of_upper_case(to, node, upper, below)
    if thing is None and (has_bound(to, below) or any(token.is_mark(*ALL) for token in below)):
        return of_undeclared(to, node, base, label, below)
    if thing is not None and has_bound(to, below):
        if to.differentials and thing in to.scope.guessed.values():
            raise to.ambiguous(f"{base.text} was taken for a number, and has an index", f"declare {base.text}", node)
        raise ShapeError(
            f"{base.text} is a scalar and has no entries",
            way_out=f"declare the family, {to.latex(node)} : scalar for i = 1..n",
            span=to.span(node),
        )
    latex_name = f"{base.text}_{subscript(below)}"
    return guessed(to.scope, latex_name, whole, plain_kind(to, whole) or conventional_kind(label))


def size_name(to: Elaborator, base: Node, below: tuple[Token, ...]) -> Term | None:
    """`d_k` where d_k is a size."""
    name = f"{base.text}_{subscript(below)}"
    if name not in to.scope.sizes:
        return None
    label = (*key(base.tokens), "_", *key(below))
    if label not in to.scope.things:
        to.scope.things[label] = symbol(name, "scalar", SCALAR, ("integer",))
    return to.scope.things[label]


def of_upper_case(to: Elaborator, node: Node, matrix: Term, below: tuple[Token, ...]) -> Term:
    """`a_{ij}` of a matrix A; a_i alone is a row or a column."""
    if len([token for token in below if not token.is_mark(",")]) != 2:
        return strip(to, node, matrix, below)
    to.scope.guess(f"{to.latex(node)} is an entry of {matrix.name}")
    return entry(to, node, matrix, below)


def plain_kind(to: Elaborator, label: tuple[str, ...]) -> str:
    kind = to.scope.kinds.get(label, "")
    return "" if kind.startswith("family") else kind


def with_shape(to: Elaborator, node: Node, base: Node) -> Term:
    r"""`X_{n\times m}`: X, with its shape."""
    of = to.term(base)
    dims = [dimension_of(part, to.source) for part in by_marks(node.below, r"\times")]
    to.scope.note_sizes(*dims)
    if len(dims) == 2 and not (same(of.shape[0], dims[0]) and same(of.shape[1], dims[1])):
        raise ShapeError(f"{base.text} is {size_text(to.shape(of))}, not {size_text((dims[0], dims[1]))}", span=to.span(node))
    return of


def constant_with(to: Elaborator, node: Node, base: Node, label: tuple[str, ...]) -> Term | None:
    r"""`I_n`, `\mathbf{1}_n`, `\mathbf{0}_{m}`, `e_i`, `K_{m,n}`."""
    below = node.below
    if label in IDENTITIES and label not in to.scope.declared and are_indices(to.scope.bound, below):  # no identity of the size ij
        to.scope.guess(f"{base.text} is a matrix of its own and not the identity: {to.latex(node)} stands in a sum over its indices")
        return None
    if label in to.scope.things:
        return None
    if label in IDENTITIES:
        to.scope.spelling.marks.setdefault("Identity", base.text)
        return Identity(sized_by(to, below))
    if label in ONES:
        to.scope.spelling.marks.setdefault("Ones", base.text)
        return Ones(sized_by(to, below), ONE)
    if label in ZEROS:
        return Zero(sized_by(to, below), to.scope.unknown(node, "c", large=False))
    if label in (("e",), (r"\mathbf", "e"), (r"\boldsymbol", "e")) and is_indexing(to, below):
        size = to.scope.unknown(node)
        (index,) = index_terms(to, below, [size], node)
        return UnitVector(size, index)
    if label in (("K",), (r"\mathbf", "K")) and (sizes := two_sizes(to, below)) is not None:
        return Commutation(*sizes)
    return None


def sized_by(to: Elaborator, below: tuple[Token, ...]) -> Dim:
    size = dimension_of(below, to.source)
    to.scope.note_sizes(size)
    return size


def two_sizes(to: Elaborator, below: tuple[Token, ...]) -> tuple[Dim, Dim] | None:
    """The sizes m and n of `K_{m,n}` or `K_{mn}`."""
    parts = tuple(token for token in below if not token.is_mark(","))
    if len(parts) == 2 and all(token.text in to.scope.sizes or token.kind == "digit" for token in parts):
        return dimension_of(parts[:1], to.source), dimension_of(parts[1:], to.source)
    return None


def entry(to: Elaborator, node: Node, of: Term, below: tuple[Token, ...]) -> Term:
    """An entry of a vector or matrix, a row or a column."""
    rows, columns = to.shape(of)
    if (rows, columns) == SCALAR:
        raise ShapeError("a scalar has no entries", span=to.span(node))
    if not to.is_matrix(of):
        (index,) = index_terms(to, without_unit_index(below, rows == ONE), [columns if rows == ONE else rows], node)
        if (made := entry_of_entries(to, of, index)) is not None:
            return made
        return Entry(of, Number(1), index) if rows == ONE else Entry(of, index, Number(1))
    parts = index_parts(below)
    if len(parts) == 2 and any(part[0].text in ALL and len(part) == 1 for part in parts):
        return row_or_column(to, node, of, parts)
    if len(parts) == 1:
        return strip(to, node, of, below)
    row, column = index_terms(to, below, [rows, columns], node)
    return Entry(of, row, column)


def index_parts(below: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The indices of a subscript, with commas or side by side."""
    parts = [part for part in by_marks(below, ",") if part]
    return parts if len(parts) > 1 else [(token,) for token in below]


def without_unit_index(below: tuple[Token, ...], is_row: bool) -> tuple[Token, ...]:
    """`a_{1,i}` of a row and `x_{i1}` of a column have one index; the 1 says that there is one row, or one column (`x_{21}` is the 21st entry)."""
    parts = index_parts(below)
    if len(parts) != 2 or all(token.kind == "digit" for token in below):
        return below
    unit, other = parts if is_row else reversed(parts)
    return other if [token.text for token in unit] == ["1"] else below


def of_undeclared(to: Elaborator, node: Node, base: Node, label: tuple[str, ...], below: tuple[Token, ...]) -> Term:
    """`x_i` under a sum, of an x that nothing tells about: the entry of a vector or matrix, or a member of a family."""
    kind = to.scope.kinds.get(label) or to.series_kind(below)
    if kind is not None and kind.startswith("family"):
        family = to.guessed_family(node, base, label, kind.split()[1], below)
        return Member(family, family_index(to, node, family, below))
    indices = [part for part in by_marks(below, ",") if part]
    if kind == "rows":
        to.scope.strips.setdefault((*label, "_"), "row")
        return strip(to, node, guessed(to.scope, base.text, label, "matrix"), below)
    side_by_side = len(below) == 2 and (all(token.kind == "letter" for token in below) or any(token.is_mark(*ALL) for token in below))
    wide = len(indices) == 2 or side_by_side
    thing = guessed(to.scope, base.text, label, "matrix" if wide else "vector")
    return entry(to, node, thing, below)


def member_of_undeclared(to: Elaborator, node: Node, base: Node, label: tuple[str, ...]) -> Term:
    """The z_i of `e^{z_i}/\\sum_j e^{z_j}` before the sum is read, for a z that is a family."""
    kind = to.scope.kinds[label].split()[1]
    size = (to.scope.open_size(), ONE) if kind == "vector" else SCALAR
    limits = tuple(to.scope.unknown(node, f"{end} of {base.text}", large=False) for end in ("first", "last"))
    family = symbol(base.text, kind, size, (), (limits[0], limits[1]))
    to.scope.families[label] = to.scope.guessed[label] = family
    return Member(family, family_index(to, node, family, node.below))


def from_template(to: Elaborator, node: Node, template: Template, below: tuple[Token, ...]) -> Term:
    """`p_j`, where `p_i = …` is a definition: its body with j for i."""
    body = to.bodies.get(key_of(template))
    if body is None:
        raise SyntaxProblem(f"{to.latex(node)} is used before it is defined", span=to.span(node))
    limits = [(index.first, index.last) for index in template.indices]
    below, rest = of_member(below, len(limits), to.shape(body))
    parts = [part for part in by_marks(below, ",") if part]
    if len(parts) == 1 and len(limits) == 2:
        parts = [(token,) for token in below]
    if len(parts) != len(limits):
        raise SyntaxProblem(f"{to.latex(node)} has another number of indices than its definition", span=to.span(node))
    new = [index_term(to, part, first, last, node) for part, (first, last) in zip(parts, limits, strict=True)]
    member = body.replace(dict(zip(template.indices, new, strict=True)))
    return entry(to, node, member, rest) if rest else member


def key_of(template: Template) -> tuple[str, ...]:
    return ("template", template.latex)
