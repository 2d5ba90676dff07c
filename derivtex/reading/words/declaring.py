r"""A declaration made of a name and what the words say of it; and of the sizes below names, `A_{n\times m}`."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source, Span
from derivtex.core.properties import SQUARE, closure
from derivtex.core.shapes import ONE
from derivtex.reading.source.marks import latex
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.data import sized_name
from derivtex.reading.syntax.declarations import Declaration, sized
from derivtex.reading.syntax.lefts import transposed_width
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.descriptions import Description
from derivtex.reading.words.sizes import of_tokens

WITHOUT_KIND = frozenset(("complex", "positive", "integer"))


def declaration(name: Parts, said: Description, source: Source) -> Declaration | None:
    """What is said of one name; nothing where a property alone does not tell what it is of."""
    if width := transposed_width(name):  # “$w^T$ is a $1 \\times n$ row”: of w, what is said is turned
        name, said = name[:-width], said._replace(kind="vector" if said.kind == "row" else said.kind, dims=said.dims[::-1])
    properties = said.properties
    if "hermitian" in properties:
        properties = tuple(each for each in properties if each != "symmetric")
    elif {"posdef", "psd"} & set(properties):
        properties = ("symmetric", *properties)
    square, properties = "square" in properties, tuple(each for each in properties if each != "square")
    kind, dims = said.kind, [dim for dim in said.dims if len(said.dims) == 1 or dim != ONE]
    if not kind and len(said.dims) == 2 and ONE in said.dims:
        kind = "row" if said.dims[0] == ONE else "vector"
    elif not kind and not said.dims and not square and set(properties) <= WITHOUT_KIND:
        kind = conventional_kind(key(name))
    kind = kind or ("vector" if len(said.dims) == 1 or "sum-one" in properties or of_one_another(name, properties) else "matrix")
    if kind != "matrix":  # “orthogonal vectors” are so to one another, which is no property of one
        properties = tuple(each for each in properties if not SQUARE & {*closure((each,))})
    dims = list(said.dims) if kind == "matrix" else dims[:1]
    span = Span(source, name[0].start, name[-1].end)
    if kind == "matrix" and len(dims) == 1:
        return None
    return Declaration(name, latex(name), kind, sized(kind, dims), tuple(dict.fromkeys(properties)), None, span, square=square)


def of_one_another(name: Parts, properties: tuple[str, ...]) -> bool:
    """Whether small letters are orthogonal: vectors are, to one another."""
    return properties == ("orthogonal",) and conventional_kind(key(name)) == "vector"


def sized_in(items: list[Item], source: Source) -> Iterator[Declaration]:
    r"""What the sizes below names in the words say, “where $A_{n\times m}$ and $x_{m\times 1}$ are given”."""
    for item in items:
        sized = [sized_name(part) for part in by_commas(item.tokens)] if item.kind == "math" else []
        for name, below in sized if all(name for name, _ in sized) else ():
            told = of_tokens(below, source, 0) if below else None
            said = declaration(name, Description("", told[0], (), 0), source) if told is not None else None
            yield from [said] if said is not None else []


def agreeing(sized: list[Declaration], said: list[Declaration]) -> list[Declaration]:
    r"""Those of names that have one size: `U_{r\times s}`, which stands with other sizes as well or has to be square, is a notation."""
    shapes = {key(name): {each.size for each in sized if key(each.name) == key(name)} for name in (each.name for each in sized)}
    square = {key(each.name) for each in said if each.square or SQUARE & {*closure(each.properties)}}
    return [each for each in sized if len(shapes[key(each.name)]) == 1 and (each.size[0] == each.size[1] or key(each.name) not in square)]
