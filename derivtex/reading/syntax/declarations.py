r"""Declarations: `NAME : KIND [DIMENSIONS] [PROPERTY …] [for i = 1..n]`, and the same said in LaTeX.

X : matrix n x m symmetric        x_i : vector p for i = 1..n        g : function elementwise
X \in \mathbb{R}^{n\times m}      X.shape=(1, m)                      \Sigma \succ 0
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import DeclarationError, DerivtexError, Source, Span
from derivtex.core.shapes import ONE, SCALAR, Dim, Shape
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import TRANSPOSES, bare_word, words
from derivtex.reading.syntax.declarationwords import kind_at, nearest_kind, sizes_and_properties, sizes_first, told_properties
from derivtex.reading.syntax.fields import field_of, space_of
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.letters import bare_letter, conventional_kind
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.sizes import dimension, dimension_of
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.tree import Parts, key

KINDS = ("scalar", "vector", "row", "matrix", "function")

class Declaration(NamedTuple):
    r"""A name with its kind, shape (a member's, for a family), properties, and for a family its index with its bounds.

    order: whether it is said by `\succ 0`, which of a vector means its entries. square: whether it is said to be square.
    """

    name: Parts
    latex: str
    kind: str
    size: Shape
    properties: tuple[str, ...] = ()
    family: tuple[str, Dim, Dim] | None = None
    span: Span | None = None
    order: bool = False
    square: bool = False


def declaration(text: str, macros: dict[str, Macro] | None = None) -> list[Declaration]:
    """What a declaration on its own says: in words, or in LaTeX; the author's macros may stand in it."""
    source = Source(text, "<declaration>")
    try:
        if (colon := first_colon(text)) is not None and kind_at(text[colon + 1 :].partition(" for ")[0].split(), KINDS) is not None:
            return in_words(text, colon, source, macros)
        found = [each for said in statements(tokens(source, macros=macros), source, lines=True) for each in in_latex(said)]
    except DerivtexError as error:
        raise error.at(Span(source, 0, len(text))) from error
    if found:
        return found
    word = text[colon + 1 :].split()[:1] if colon is not None else []
    if word and (kind := nearest_kind(word[0], KINDS)):
        way_out = f"did you mean {kind}? kinds are {', '.join(KINDS)}"
        raise DeclarationError(f"“{word[0]}” is no kind", way_out=way_out, span=Span(source, 0, len(text)))
    raise DeclarationError(
        f"“{text.strip()}” is not a declaration", way_out="write NAME : KIND [DIMENSIONS] [PROPERTY …], such as X : matrix n x m",
        span=Span(source, 0, max(1, len(text))),
    )  # fmt: skip


def first_colon(text: str) -> int | None:
    depth = 0
    for at, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == ":" and depth == 0 and text[at + 1 : at + 2] != "=":
            return at
    return None


def in_words(text: str, colon: int, source: Source, macros: dict[str, Macro] | None = None) -> list[Declaration]:
    """`NAME[, NAME …] : KIND [DIMENSIONS] [PROPERTY …] [for i = 1..n]`; sizes and properties may stand before the kind, too."""
    head, _, tail = text[colon + 1 :].partition(" for ")
    words = head.split()
    place = Span(source, 0, len(text))
    kind = words[at := kind_at(words, KINDS) or 0]
    sizes, properties = sizes_and_properties(sizes_first([*words[:at], *words[at + 1 :]]), place)
    shape, indices = shape_in_words(kind, sizes, place), family(tail, place)
    names = [named(name, source, macros, place) for name in listed(text[:colon])]
    return [Declaration(found, name, kind, shape, properties, indices, place) for found, name in names]


def named(name: str, source: Source, macros: dict[str, Macro] | None, place: Span) -> tuple[Parts, str]:
    """A name's tokens and its LaTeX."""
    found = tokens(Source(name, source.name), macros=macros)
    if not found:
        raise DeclarationError("a declaration lacks its name", way_out="write X : matrix n x m", span=place)
    return found, latex(found) if any(macro in name for macro in macros or ()) else name


def listed(text: str) -> list[str]:
    """The names between commas that stand in no bracket."""
    depth, parts = 0, [""]
    for character in text:
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def shape_in_words(kind: str, sizes: str, place: Span) -> Shape:
    r"""The shape that `n x m` gives a kind; what is not said is open."""
    found = [part for part in by_times(sizes) if part.strip()]
    wanted = {"scalar": 0, "function": 0, "vector": 1, "row": 1, "matrix": 2}[kind]
    if kind in ("vector", "row") and len(found) == 2 and "1" in (found[0].strip(), found[1].strip()):
        found = [found[1] if found[0].strip() == "1" else found[0]]
    if len(found) not in (0, wanted):
        message = f"a {kind} has {wanted} dimension{'s' * (wanted != 1)}, not {len(found)}"
        raise DeclarationError(message, way_out=f"write {EXAMPLES[kind]}", span=place)
    dims = [dimension(part) for part in found]
    return sized(kind, dims)


EXAMPLES = {
    "scalar": "x : scalar",
    "function": "g : function elementwise",
    "vector": "x : vector n",
    "row": "x : row n",
    "matrix": "X : matrix n x m",
}


def sized(kind: str, dims: list[Dim]) -> Shape:
    """The shape of a kind with these dimensions; `?` stands for the open ones."""
    if kind in ("scalar", "function"):
        return SCALAR
    open_ = Dim.of("?")
    if kind == "matrix":
        return (dims[0], dims[1]) if dims else (open_, open_)
    size = dims[0] if dims else open_
    return (size, ONE) if kind == "vector" else (ONE, size)


def by_times(text: str) -> list[str]:
    """The parts of `m x n`: split where an x or × stands alone."""
    words = text.replace("×", " x ").replace(r"\times", " x ").split()
    parts: list[str] = []
    current: list[str] = []
    for word in words:
        if word in ("x", "by", "X"):
            parts.append(" ".join(current))
            current = []
        else:
            current.append(word)
    return [*parts, " ".join(current)]


def family(text: str, place: Span) -> tuple[str, Dim, Dim] | None:
    """`i = 1..n`."""
    if not text.strip():
        return None
    index, _, bounds = text.partition("=")
    first, dots, last = bounds.partition("..")
    if not dots:
        raise DeclarationError("the range of a family is not clear", way_out="write for i = 1..n", span=place)
    return index.strip(), dimension(first), dimension(last.lstrip("."))


# in LaTeX


def declares(statement: Statement) -> list[Declaration]:
    """What a statement declares; nothing where that cannot be read."""
    try:
        return in_latex(statement)
    except DerivtexError:
        return []


def in_latex(said: Statement) -> list[Declaration]:
    r"""The declarations that `X \in \mathbb{R}^{n\times m}`, `X.shape=(1, m)` or `A \succ 0` make; of anything else, none."""
    if len(said.relations) != 1:
        return []
    left, right = said.sides
    relation = said.relations[0]
    if relation == r"\in":
        return memberships(left, right, said.source)
    if is_name(left) and relation in (r"\succ", r"\succeq") and key(right) == ("0",):  # X^TX \succ 0 says it of no name
        kind = "posdef" if relation == r"\succ" else "psd"
        return [Declaration(left, latex(left), "matrix", sized("matrix", []), ("symmetric", kind), None, said.span, order=True)]
    if relation == "=" and key(left[-6:]) == tuple(".shape"):
        return [shape_tuple(left[:-6], right, said.source)]
    return symmetry(left, right, said)


SAME = {(r"\top",): "symmetric", ("T",): "symmetric", ("'",): "symmetric", (r"\intercal",): "symmetric", ("H",): "hermitian"}


def symmetry(left: Parts, right: Parts, said: Statement) -> list[Declaration]:
    r"""`A = A^T` and `A^T = A` say that A is symmetric; `\det A = \det A^T` says nothing of A."""
    if any(side[:1] and (side[0].is_mark(r"\operatorname") or bare_word(side[0].text) in words()) for side in (left, right)):
        return []
    for name, other in ((left, right), (right, left)):
        whole, bare = key(other), key(name)
        if is_name(name) and whole[: len(bare)] == bare and (tail := tuple(mark for mark in whole[len(bare) :] if mark != "^")) in SAME:
            return [Declaration(name, latex(name), "matrix", sized("matrix", []), (SAME[tail],), None, said.span)]
    return []


def shape_tuple(name: Parts, value: Parts, source: Source) -> Declaration:
    """`X.shape=(1, m)`."""
    place = spanned(name + value, source)
    inner = value[1:-1]
    dims = [dimension_of(part, source) for part in by_commas(inner) if part]
    if not name or not value or value[0].text != "(" or value[-1].text != ")" or len(dims) not in (1, 2):
        raise DeclarationError("this shape cannot be read", way_out="write X.shape=(n, m)", span=place)
    kind = "matrix" if len(dims) == 2 else "vector"
    return Declaration(name, latex(name), kind, sized(kind, dims), (), None, place)


def memberships(names: Parts, space: Parts, source: Source) -> list[Declaration]:
    r"""`x, y \in \mathbb{R}^n`, `P \in \mathbb{R}^{n\times n} \text{ symmetric}`."""
    space, said = without_text(space)
    found = space_of(space, source)
    if found is None or (len(space) == 1 and space[0].is_letter and all(token.text in "ijkl," for token in names)):  # “for all $i \in C$”
        return []
    kind, dims, properties = found
    properties = (*properties, *(said if kind == "matrix" else ()))
    place = spanned(names + space, source)
    plain = [behind_d(without_argument(name)) for name in by_commas(names) if name and not name[0].is_mark(r"\ldots") and not is_compound(name)]
    if field_of(space, source) is None:  # a small x in S^{n-1} is on a sphere
        plain = [name for name in plain if conventional_kind(key(name)) == "matrix"]
    made = []
    for name in plain:
        root = square_root(dims[0]) if kind == "vector" and conventional_kind(key(name)) == "matrix" else None
        own, sizes = ("matrix", [root, root]) if root is not None else (kind, dims)
        made.append(Declaration(name, latex(name), own, sized(own, sizes), properties, None, place))
    return made


def without_argument(name: Parts) -> Parts:
    r"""The A of `A(x)`, which is said to be in a space."""
    left = left_side(name)
    told = left is not None and left.arguments is not None and len(left.arguments) == 1 and not left.below and is_name(left.arguments[0])
    return left.name if left is not None and told and bare_letter(key(left.name)) else name  # adj(M) is an operation


def square_root(size: Dim) -> Dim | None:
    r"""The n of n^2: a capital in `\mathbb{R}^{n^2}` is a matrix."""
    names, factor = size[0] if len(size) == 1 else ((), 0)
    return Dim.of(names[0]) if factor == 1 and len(names) == 2 and names[0] == names[1] else None


def without_text(space: Parts) -> tuple[Parts, tuple[str, ...]]:
    """A space without the words behind it, and the properties that these tell."""
    at = next((k for k, token in enumerate(space) if token.kind == "text"), len(space))
    told = told_properties(" ".join(token.text for token in space[at:] if token.kind == "text"))
    return space[:at], tuple(each for each in told if each != "square")


def unknown_sets(parts: Parts, source: Source) -> Iterator[tuple[Parts, Parts]]:
    r"""The names and the set of `x \in \mathcal{X}`, alone or below a `\min`, of which nothing is known: a bare C is a set and no field."""
    names, member, space = split_at(parts, r"\in")
    if member and names and space and ((len(space) == 1 and space[0].is_letter) or not memberships(names, space, source)):
        yield names, space
    for token in parts:
        yield from unknown_sets(token.inner, source) if token.kind == "group" else ()


def behind_d(name: Parts) -> Parts:
    r"""A name; of a differential, `d\mathbf{x} \in \mathbb{R}^n`, that of what it is of."""
    width = d_width(name)
    return name[width:] if width and len(name) > width and not name[width].is_mark("_", "^", "'") else name


def is_compound(parts: Parts) -> bool:
    r"""Whether what is said to be in a space is no name but is made of several: `xx^T`, `\frac{\partial f}{\partial x}`, `a + b`."""
    if len([token for token in parts if token.is_mark("(", "[")]) > 1 or parts[0].is_mark(r"\frac", r"\nabla", r"\partial"):
        return True
    pairs = list(zip(parts, parts[1:], strict=False))
    raised = any(mark.is_mark("^") and key(token.inner or (token,)) in TRANSPOSES for mark, token in pairs)
    return raised or any(token.is_mark("+", "-") and not before.is_mark("^", "_") for before, token in pairs)


def spanned(parts: Parts, source: Source) -> Span:
    return Span(source, parts[0].start, parts[-1].end) if parts else Span(source, 0, 1)


def base_of(parts: Parts) -> Parts:
    """A name without its last subscript: the base of a family."""
    for at in range(len(parts) - 1, 0, -1):
        if parts[at].is_mark("_", "^"):
            return parts[:at]
    return parts
