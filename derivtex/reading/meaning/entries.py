r"""What stands below a name: members of a family, entries, rows and columns, the size of a constant, or a part of the name."""

from __future__ import annotations

from derivtex.core.errors import NoEntries, ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Commutation, Entry, Identity, Member, Number, Ones, UnitVector, Zero, symbol
from derivtex.reading.meaning.conventions import guessed, label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entrywise import entry_of_entries
from derivtex.reading.meaning.indices import (
    family_index,
    has_bound,
    index_term,
    index_terms,
    is_indexing,
    is_zeroth,
    kronecker,
    may_belong,
    members_of,
    of_member,
    run_below,
)
from derivtex.reading.meaning.scope import Template
from derivtex.reading.meaning.slices import bold_vector, row_or_column, strip, upper_case
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import IDENTITIES, ONES, ZEROS, conventional_kind
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.scripts import are_digits, between_commas, has_all, index_parts, is_pair, is_wide, marks_in, subscript, tells_size
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Key, Node, Parts, key


def lowered(to: Elaborator, node: Node, base: Node) -> Term:
    """A base with something below it."""
    below = node.below
    if tells_size(below):
        return with_shape(to, node, base)
    if base.form != "name":
        return entry(to, node, to.term(base), below)
    label = label_of(to.scope, base)
    known = known_with_index(to, node, base, label)
    return known if known is not None else letter_with_index(to, node, base, label)


def known_with_index(to: Elaborator, node: Node, base: Node, label: Key) -> Term | None:
    """A name that is known with what stands below it: a size, a member of a family, one with indices, a constant, a name of its own."""
    below = node.below
    if (sized := size_name(to, base, below)) is not None:
        return sized
    if label in to.scope.families and not is_zeroth(to.scope, label, below):
        family = to.scope.families[label]
        own, rest = of_member(below, 1, family.shape == SCALAR)
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
    found = to.scope.things.get((*label, "_", *key(below)))
    return found if found is not None else kronecker(to, node, label)


def letter_with_index(to: Elaborator, node: Node, base: Node, label: Key) -> Term:
    """A letter with something below it that is no known name as a whole: an entry, a member of what nobody declared, or a new name."""
    below, whole = node.below, (*label, "_", *key(node.below))
    thing = to.scope.things.get(label)
    if is_zeroth(to.scope, label, below):
        return guessed(to.scope, f"{base.text}_0", whole, plain_kind(to, whole) or conventional_kind(label))
    if thing is None and is_indexing(to, below) and (label in to.scope.alone or (label in to.scope.members and not has_bound(to, below))):
        if to.scope.kinds.get(label, "").startswith("family"):
            return member_of_undeclared(to, node, base, label)
        thing = to.term(base)
    if thing is not None and to.shape(thing) != SCALAR and (is_indexing(to, below) or is_class(to, label, thing, below)):
        return entry(to, node, thing, below)
    if thing is not None and has_bound(to, below):
        refuse_entries(to, node, base, thing)
    if thing is None and (found := part_of_undeclared(to, node, base, label)) is not None:
        return found
    latex_name = f"{base.text}_{subscript(below)}"
    return guessed(to.scope, latex_name, whole, plain_kind(to, whole) or conventional_kind(label))


def is_class(to: Elaborator, label: Key, thing: Term, below: Parts) -> bool:
    r"""Whether the y of `-\log p_y` counts the entries of a vector p that the source defines, as nothing else is told of it."""
    letter = key(below)
    free = len(below) == 1 and below[0].kind == "letter" and letter[0].islower() and letter not in to.scope.things
    counts = free and label in to.bodies and to.shape(thing)[1] == ONE
    if counts:
        to.scope.guess(f"{''.join(label)}_{letter[0]} is an entry of {''.join(label)}")
    return counts


def part_of_undeclared(to: Elaborator, node: Node, base: Node, label: Key) -> Term | None:
    """An entry of a bold vector or of the matrix with the capital letter, or a member of a family, where nobody declared the letter."""
    below = node.below
    if (has_bound(to, below) or is_indexing(to, below)) and not to.scope.kinds.get(label, "").startswith("family"):
        if (bold := bold_vector(to, node, label, below)) is not None:
            return entry(to, node, bold, below)
        belongs = may_belong(to.scope, label, below, has_bound(to, below))
        if belongs and (upper := upper_case(to, label, below)) is not None:
            return of_upper_case(to, node, upper, below)
    return of_undeclared(to, node, base, label, below) if has_bound(to, below) or has_all(below) else None


def refuse_entries(to: Elaborator, node: Node, base: Node, thing: Term) -> None:
    """A number has no entries."""
    if to.differentials and thing in to.scope.guessed.values():
        raise to.ambiguous(f"{base.text} was taken for a number, and has an index", f"declare {base.text}", node)
    way_out = f"declare the family, {to.latex(node)} : scalar for i = 1..n"
    raise NoEntries(f"{base.text} is a scalar and has no entries", way_out=way_out, span=to.span(node))


def size_name(to: Elaborator, base: Node, below: Parts) -> Term | None:
    """`d_k` where d_k is a size."""
    name = f"{base.text}_{subscript(below)}"
    if name not in to.scope.sizes:
        return None
    label = (*key(base.tokens), "_", *key(below))
    if label not in to.scope.things:
        to.scope.things[label] = symbol(name, "scalar", SCALAR, ("integer",))
    return to.scope.things[label]


def of_upper_case(to: Elaborator, node: Node, matrix: Term, below: Parts) -> Term:
    """`a_{ij}` of a matrix A; a_i alone is a row or a column."""
    if not is_pair(below):
        return strip(to, node, matrix, below)
    to.scope.guess(f"{to.latex(node)} is an entry of {matrix.name}")
    return entry(to, node, matrix, below)


def plain_kind(to: Elaborator, label: tuple[str, ...]) -> str:
    kind = to.scope.kinds.get(label, "")
    return "" if kind.startswith("family") else kind


def with_shape(to: Elaborator, node: Node, base: Node) -> Term:
    r"""`X_{n\times m}`: X, with its shape. `X_{m\times n}^T` may tell that of X or of its transpose: it is what the other occurrences leave."""
    of = to.term(base)
    dims = [dimension_of(part, to.source) for part in by_marks(node.below, r"\times")]
    to.scope.note_sizes(*dims)
    turned = bool(node.primes) or node.above.form == "transpose"
    if turned and len(dims) == 2 and (not all(size.known for size in to.shape(of)) or to.shape(of) == (dims[1], dims[0])):
        return of
    if len(dims) == 2 and not (same(of.shape[0], dims[0]) and same(of.shape[1], dims[1])):
        raise ShapeError(f"{base.text} is {size_text(to.shape(of))}, not {size_text((dims[0], dims[1]))}", span=to.span(node))
    return of


def constant_with(to: Elaborator, node: Node, base: Node, label: tuple[str, ...]) -> Term | None:
    r"""`I_n`, `\mathbf{1}_n`, `\mathbf{0}_{m}`, `e_i`, `K_{m,n}`."""
    below = node.below
    if label in IDENTITIES and label not in to.scope.declared and run_below(to.scope.bound, below):  # no identity of the size ij
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
        return zero_of_size(to, node)
    if label in (("e",), (r"\mathbf", "e"), (r"\boldsymbol", "e")) and is_indexing(to, below):
        size = to.scope.unknown(node)
        (index,) = index_terms(to, below, [size], node)
        return UnitVector(size, index)
    if label in (("K",), (r"\mathbf", "K")) and (sizes := two_sizes(to, below)) is not None:
        return Commutation(*sizes)
    return None


def zero_of_size(to: Elaborator, node: Node) -> Zero:
    r"""`\mathbf{0}_m`, `0_{n\times m}`: the size that stands below; of a single one the columns are open."""
    rows, *columns = (sized_by(to, part) for part in by_marks(node.below, r"\times", ","))
    return Zero(rows, columns[0] if columns else to.scope.unknown(node, "c", large=False))


def sized_by(to: Elaborator, below: Parts) -> Dim:
    size = dimension_of(below, to.source)
    to.scope.note_sizes(size)
    return size


def two_sizes(to: Elaborator, below: Parts) -> tuple[Dim, Dim] | None:
    """The sizes m and n of `K_{m,n}` or `K_{mn}`."""
    parts = marks_in(below)
    if len(parts) == 2 and all(latex(part) in to.scope.sizes or are_digits(part) for part in parts):
        return dimension_of(parts[0], to.source), dimension_of(parts[1], to.source)
    return None


def entry(to: Elaborator, node: Node, of: Term, below: Parts) -> Term:
    """An entry of a vector or matrix, a row or a column."""
    rows, columns = to.shape(of)
    if (rows, columns) == SCALAR:
        raise NoEntries("a scalar has no entries", span=to.span(node))
    if not to.is_matrix(of):
        (index,) = index_terms(to, without_unit_index(below, rows == ONE), [columns if rows == ONE else rows], node)
        if (made := entry_of_entries(to, of, index)) is not None:
            return made
        return Entry(of, Number(1), index) if rows == ONE else Entry(of, index, Number(1))
    parts = index_parts(below)
    if len(parts) == 2 and any(len(part) == 1 and has_all(part) for part in parts):
        return row_or_column(to, node, of, parts)
    if len(parts) == 1:
        return strip(to, node, of, below)
    row, column = index_terms(to, below, [rows, columns], node)
    return Entry(of, row, column)


def without_unit_index(below: Parts, is_row: bool) -> Parts:
    """`a_{1,i}` of a row and `x_{i1}` of a column have one index; the 1 says that there is one row, or one column (`x_{21}` is the 21st entry)."""
    parts = index_parts(below)
    if len(parts) != 2 or are_digits(below):
        return below
    unit, other = parts if is_row else reversed(parts)
    return other if key(unit) == ("1",) else below


def of_undeclared(to: Elaborator, node: Node, base: Node, label: tuple[str, ...], below: Parts) -> Term:
    """`x_i` under a sum, of an x that nothing tells about: the entry of a vector or matrix, or a member of a family."""
    kind = to.scope.kinds.get(label) or to.series_kind(base, below)
    if kind is not None and kind.startswith("family"):
        own, rest = of_member(below, 1, kind == "family scalar")
        family = to.guessed_family(node, base, label, kind.split()[1], own)
        member = Member(family, family_index(to, node, family, own))
        return entry(to, node, member, rest) if rest else member
    if kind == "rows":
        to.scope.strips.setdefault((*label, "_"), "row")
        return strip(to, node, guessed(to.scope, base.text, label, "matrix"), below)
    wide = len(between_commas(below)) == 2 or is_wide(below)
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


def from_template(to: Elaborator, node: Node, template: Template, below: Parts) -> Term:
    """`p_j`, where `p_i = …` is a definition: its body with j for i."""
    body = to.bodies.get(key_of(template))
    if body is None:
        raise SyntaxProblem(f"{to.latex(node) or template.latex} is used before it is defined", span=to.span(node))
    limits = [(index.first, index.last) for index in template.indices]
    below, rest = of_member(below, len(limits), to.shape(body) == SCALAR)
    parts = between_commas(below)
    parts = index_parts(below) if len(parts) == 1 and len(limits) == 2 else parts
    if len(parts) != len(limits):
        raise SyntaxProblem(f"{to.latex(node)} has another number of indices than its definition", span=to.span(node))
    new = [index_term(to, part, first, last, node) for part, (first, last) in zip(parts, limits, strict=True)]
    member = body.replace(dict(zip(template.indices, new, strict=True)))
    return entry(to, node, member, rest) if rest else member


def key_of(template: Template) -> tuple[str, ...]:
    return ("template", template.latex)
