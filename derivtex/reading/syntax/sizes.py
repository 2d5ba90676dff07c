r"""Sizes as people write them: `n`, `m\times 10`, `p+q`, `d*m`, `n(n+1)/2`, `|V|`."""

from __future__ import annotations

from derivtex.core.errors import DeclarationError, Source, Span
from derivtex.core.shapes import Dim
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.scripts import subscript
from derivtex.reading.syntax.tree import Lexicon, Node, Parts

WORDS = frozenset(("in",))  # words as short as a product of sizes


def dimension(text: str, source: Source | None = None) -> Dim:
    """A dimension from its text; a word is one name, `batch`, not the product of its letters as `mn` is."""
    if text.isalpha() and text.isascii() and (len(text) > 2 or text in WORDS):
        return Dim.of(text)
    source = source or Source(text, "<dimension>")
    return dimension_of(tokens(Source(text.replace("//", "/").replace("**", "^"), source.name)), source)


def dimension_of(parts: Parts, source: Source) -> Dim:
    """A dimension from tokens; most are one letter."""
    if len(parts) == 1 and parts[0].kind == "letter":
        return Dim.of(parts[0].text)
    node = parse(parts, source, Lexicon())
    return polynomial(node, source)


def polynomial(node: Node, source: Source) -> Dim:
    """The polynomial that a formula of sizes is."""
    if node.form == "number" and node.text.isdigit():
        return Dim.of(int(node.text))
    if node.form == "name" and not node.text.startswith((r"\infty", r"\R")):
        return Dim.of(node.text)
    if node.form == "script" and not node.above and not node.primes:
        return Dim.of(f"{node.parts[0].text}_{subscript(node.below)}")
    if node.form == "script" and not node.below and not node.primes and (times := latex(node.above)).isdigit() and 0 < int(times) < 10:
        return power(polynomial(node.parts[0], source), int(times))
    if node.form == "bracket" and len(node.parts) == 1:
        return polynomial(node.parts[0], source)
    if node.form == "bars" and node.text == "|" and node.parts[0].form == "name":  # how many a set has
        return Dim.of(rf"\lvert {node.parts[0].text}\rvert")  # a bar parts the choices of a phrase
    if node.form == "sum":
        return total(node, source)
    if node.form == "chain":
        return product(node, source)
    if node.form == "fraction":
        return polynomial(node.parts[0], source) * inverse(polynomial(node.parts[1], source), node, source)
    raise not_a_size(node, source)


def power(size: Dim, times: int) -> Dim:
    """A size multiplied with itself."""
    result = Dim.of(1)
    for _ in range(times):
        result = result * size
    return result


def total(node: Node, source: Source) -> Dim:
    result = Dim()
    for sign, part in zip(node.marks, node.parts, strict=True):
        size = polynomial(part, source)
        result = result - size if sign == "-" else result + size
    return result


def product(node: Node, source: Source) -> Dim:
    result = Dim.of(1)
    for mark, part in zip(node.marks, node.parts, strict=True):
        size = polynomial(part, source)
        result = result * (inverse(size, node, source) if mark == "/" else size)
    return result


def inverse(size: Dim, node: Node, source: Source) -> Dim:
    """The size by which another is divided: a whole number."""
    if not size.integer:
        raise not_a_size(node, source)
    return Dim.of(1).over(size.integer)


def not_a_size(node: Node, source: Source) -> DeclarationError:
    return DeclarationError(
        "this is not a size",
        way_out="sizes are names, whole numbers and sums and products of them: n, 10, n-1",
        span=Span(source, node.start, node.end),
    )
