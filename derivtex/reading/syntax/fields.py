r"""The fields and spaces that names are said to be in: `\mathbb{R}^{n\times m}`, `\mathbb{S}^n_+`, `\{-1, 1\}`."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.core.shapes import Dim
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Parts, key

FIELDS: dict[tuple[str, ...], tuple[str, ...]] = {
    (r"\R",): (), (r"\mathbb", "R"): (), (r"\mathbf", "R"): (), (r"\Bbb", "R"): (), ("R",): (), (r"\mathcal", "R"): (), (r"\Re",): (), (r"\RR",): (),
    (r"\mathbb", "C"): ("complex",), (r"\mathbf", "C"): ("complex",), (r"\Bbb", "C"): ("complex",), ("C",): ("complex",), (r"\C",): ("complex",),
    (r"\mathbb", "S"): ("symmetric",), (r"\mathcal", "S"): ("symmetric",), (r"\mathbb", "Z"): ("integer",), (r"\mathbb", "N"): ("integer",),
}  # fmt: skip
CONES = {"+": ("psd",), "++": ("posdef",)}
SIGNS = {"+": ("positive",), "++": ("positive",), ">0": ("positive",)}


def field_of(space: Parts, source: Source) -> tuple[str, list[Dim], tuple[str, ...]] | None:
    r"""Kind, dimensions and properties of `\mathbb{R}^{n\times m}`; of a set of numbers, `\{-1, 1\}`, those of a number."""
    if space[:1] and space[0].text in (r"\{", "{") and space[-1].text in (r"\}", "}") and is_list_of_numbers(space[1:-1]):
        return "scalar", [], ()
    at = next((k for k, token in enumerate(space) if token.text in ("^", "_")), len(space))
    properties = FIELDS.get(field_sign(space[:at]))
    if properties is None:
        return None
    above: Parts = ()
    rest = space[at:]
    while len(rest) >= 2 and rest[0].text in ("^", "_"):
        script = rest[1].inside
        if rest[0].text == "^":
            above = script
        else:
            properties = (*properties, *(CONES if "symmetric" in properties else SIGNS).get(latex(script), ()))
        rest = rest[2:]
    if rest and not rest[0].is_mark(",", ".", ";"):
        return None
    if not above:
        return "scalar", [], properties
    dims = [dimension_of(part, source) for part in by_marks(above, r"\times", "*", "x")]
    if "symmetric" in properties:
        dims = [dims[0], dims[0]]
    return ("vector" if len(dims) == 1 else "matrix"), dims[:2], properties


def field_sign(parts: Parts) -> tuple[str, ...]:
    r"""The marks of a sign of a field without the braces around it; an R made of two letters, `{\rm I\!R}`, is the one letter."""
    letters = tuple(mark for mark in key(parts) if mark not in ("{", "}", r"\rm", r"\bf", r"\mathrm"))
    return letters[1:] if letters[:1] == ("I",) and letters[1:] in (("R",), ("C",), ("N",)) else letters


def is_list_of_numbers(parts: Parts) -> bool:
    """Whether tokens are whole numbers with their signs, between commas."""
    return bool(parts) and all(token.kind == "digit" or token.is_mark("-", "+", ",", r"\pm", r"\ldots") for token in parts)
