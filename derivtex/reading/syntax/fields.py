r"""Spaces and sets of matrices: `\mathbb{R}^{n\times m}`, `\mathbb{S}^n_{++}`, `SO(3)`, `GL_n(\mathbb{R})`, `M_{n\times m}(\mathbb{R})`."""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.shapes import Dim
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lists import by_commas, by_marks
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Parts, key

FIELDS: dict[tuple[str, ...], tuple[str, ...]] = {
    (r"\R",): (), (r"\mathbb", "R"): (), (r"\mathbf", "R"): (), (r"\Bbb", "R"): (), ("R",): (), (r"\mathcal", "R"): (), (r"\Re",): (), (r"\RR",): (),
    (r"\mathbb", "C"): ("complex",), (r"\mathbf", "C"): ("complex",), (r"\Bbb", "C"): ("complex",), ("C",): ("complex",), (r"\C",): ("complex",),
    (r"\mathbb", "Z"): ("integer",), (r"\mathbb", "N"): ("integer",),
}  # fmt: skip
MATRICES: dict[str, tuple[str, ...]] = {  # by their letters, without fonts
    "M": (), "Mat": (), "S": ("symmetric",), "Sym": ("symmetric",), "SPD": ("posdef",), "Skew": ("skew",), "so": ("skew",), "O": ("orthogonal",),
    "SO": ("rotation",), "GL": ("invertible",), "SL": ("invertible",),
}  # fmt: skip
SIGNS = {"+": ("positive",), "++": ("positive",), ">0": ("positive",)}
CONES = {"+": ("psd",), "++": ("posdef",)}
FONTS = (r"\mathrm", r"\operatorname", r"\text", r"\mathbb", r"\mathcal", r"\mathsf", r"\mathbf", r"\mathfrak", r"\rm", r"\bf", "{", "}")


def space_of(space: Parts, source: Source) -> tuple[str, list[Dim], tuple[str, ...]] | None:
    """Kind, dimensions and properties of what is in a space or in a set of matrices; None of another set."""
    return field_of(space, source) or matrices_of(space, source)


def space_in_words(space: Parts, source: Source) -> tuple[str, list[Dim], tuple[str, ...]] | None:
    r"""The same of what stands between words, where a set may be another one that looks like it: the polar of a cone, `C^\circ`."""
    try:
        return space_of(space, source)
    except DerivtexError:
        return None


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
            properties = (*properties, *SIGNS.get(latex(script), ()))
        rest = rest[2:]
    if rest and not rest[0].is_mark(",", ".", ";"):
        return None
    if not above:
        return "scalar", [], properties
    dims = [dimension_of(part, source) for part in by_marks(above, r"\times", "*", "x")]
    return ("vector" if len(dims) == 1 else "matrix"), dims[:2], properties


def field_sign(parts: Parts) -> tuple[str, ...]:
    r"""The marks of a sign of a field without the braces around it; an R made of two letters, `{\rm I\!R}`, is the one letter."""
    letters = tuple(mark for mark in key(parts) if mark not in ("{", "}", r"\rm", r"\bf", r"\mathrm"))
    return letters[1:] if letters[:1] == ("I",) and letters[1:] in (("R",), ("C",), ("N",)) else letters


def is_list_of_numbers(parts: Parts) -> bool:
    """Whether tokens are whole numbers with their signs, between commas."""
    return bool(parts) and all(token.kind == "digit" or token.is_mark("-", "+", ",", r"\pm", r"\ldots") for token in parts)


def matrices_of(space: Parts, source: Source) -> tuple[str, list[Dim], tuple[str, ...]] | None:
    r"""The same of a set of matrices that is told by its letters: the size stands in scripts or in brackets, beside the field or alone."""
    end = next((at for at, token in enumerate(space) if token.is_mark("^", "_", "(")), len(space))
    properties = MATRICES.get("".join(mark for mark in key(space[:end]) if mark not in FONTS))
    told = sizes_behind(space[end:]) if properties is not None else None
    if properties is None or told is None:
        return None
    sizes, signs = told
    try:
        dims = [dimension_of(part, source) for part in sizes]
    except DerivtexError:  # of a set of another kind
        return None
    if len(dims) == 1 or (properties and len(dims) == 2):
        dims = [dims[0], dims[0]]
    cone = next((CONES[sign] for sign in signs if sign in CONES), ())
    return ("matrix", dims, (*properties, *cone)) if len(dims) == 2 else None


def sizes_behind(parts: Parts) -> tuple[list[Parts], list[str]] | None:
    r"""The sizes and the signs behind the letters of a set: of `^n_{++}`, `_n(\mathbb{R})`, `(n)`, `_{n\times m}`; None of anything else."""
    sizes: list[Parts] = []
    signs: list[str] = []
    while parts and not parts[0].is_mark(",", ".", ";"):
        if parts[0].is_mark("^", "_") and len(parts) > 1:
            script, parts = parts[1].inside, parts[2:]
        elif parts[0].is_mark("(") and (close := next((at for at, each in enumerate(parts) if each.is_mark(")")), 0)):
            script, parts = parts[1:close], parts[close + 1 :]
        else:
            return None
        if latex(script) in CONES:
            signs.append(latex(script))
        else:
            sizes += [part for each in by_commas(script) for part in by_marks(each, r"\times") if field_sign(part) not in FIELDS]
    return sizes, signs
