r"""Left sides of definitions: a name, its indices, the arguments of `f(x)`; by entries, `[S(y)]_k = …`, `f_k(x) = …`; in chains, `p = f(x) = …`."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.source.marks import GREEK
from derivtex.reading.source.vocabulary import ACCENTS, FONTS, FONTS_TO_THE_END, TRANSPOSES, words
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.lists import commas, listed_arguments
from derivtex.reading.syntax.occurring import indices_above, marks_in_scripts
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.scripts import are_named, marks_in
from derivtex.reading.syntax.tree import AFTER, Key, Parts, key
from derivtex.reading.syntax.written import with_index


class Left(NamedTuple):
    r"""The left side of a definition: a name, its indices `p_i`, the arguments of `f(x)`."""

    name: Parts
    below: Parts = ()
    arguments: tuple[Parts, ...] | None = None
    shape: Parts = ()


def left_side(side: Parts) -> Left | None:
    """The side as the left of a definition; None when it is not a name."""
    at = name_width(side)
    if at == 0:
        return None
    name = side[:at]
    below: Parts = ()
    shape: Parts = ()
    arguments: tuple[Parts, ...] | None = None
    while at < len(side):
        token = side[at]
        if token.is_mark("_", "^") and at + 1 < len(side):
            script = side[at + 1].inside
            if any(part.is_mark(r"\times") for part in script):
                shape = script
            elif token.is_mark("_") and arguments is None:
                below = script
            elif not part_of_name(script):
                return None
            elif script:
                name, below = side[: at + 2], ()
            at += 2
        elif (
            (token.text == "(" and token.kind in ("mark", "open"))
            and arguments is None
            and side[-1 if not shape_behind(side) else -3].text == ")"
        ):
            end = closing(side, at)
            if end is None:
                return None
            arguments = listed_arguments(tuple(part for part in commas(side[at + 1 : end]) if part))
            at = end + 1
        elif token.is_mark("'"):
            return None
        else:
            return None
    return Left(name, below, arguments, shape)


def shape_behind(side: Parts) -> bool:
    return len(side) > 2 and side[-2].is_mark("_")


def part_of_name(script: Parts) -> bool:
    r"""Whether something raised belongs to the name: `W^{[1]}`, `x^{(k)}`, `x^*`, `P_k^-`, `L^{\text{ridge}}`; an empty group is nothing."""
    alone = len(script) == 1 and (script[0].is_mark("-", AFTER) or script[0].kind == "text")
    return not script or alone or script[0].text in ("[", "(", "*", r"\star")


def turned_left(parts: Parts) -> tuple[Left | None, bool]:
    """The left side that a name with a mark of the transpose is without it, and whether it has one: `w_i^T`."""
    turned = len(parts) > 2 and parts[-2].is_mark("^") and key(parts[-1].inside) in TRANSPOSES
    return left_side(parts[:-2] if turned else parts), turned


def name_width(side: Parts) -> int:
    """How many tokens the letter at the beginning takes."""
    if not side:
        return 0
    first = side[0]
    run = letters_in_a_row(side)
    if run > 1:
        return run
    if first.is_mark(r"\ln", r"\log") and any(token.text == "(" for token in side[2:4]):
        return 1 + name_width(side[1:])
    if first.kind == "letter" or (first.kind == "macro" and (first.text in GREEK or is_of_two(side))):
        return 1
    if first.kind == "macro" and (first.text in FONTS | ACCENTS or first.text == r"\operatorname") and len(side) > 1:
        if side[1].kind == "macro" and (side[1].text in FONTS or side[1].text in ACCENTS):
            return 3 if len(side) > 2 else 0
        return 2
    if first.kind == "text":
        return 1
    if first.kind == "group" and first.inner and (len(first.inner) == 1 or first.inner[0].text in FONTS_TO_THE_END):
        return 1
    return 0


def is_of_two(side: Parts) -> bool:
    r"""Whether a function of one number is called with two things, `\cos(u, v)`: it is the author's own, by that name."""
    end = closing(side, 1) if side[0].text in OF_ONE and len(side) > 1 and side[1].text == "(" else None
    return end is not None and len(commas(side[2:end])) == 2


OF_ONE = (r"\cos", r"\sin", r"\tan", r"\exp")


def letters_in_a_row(side: Parts) -> int:
    """How many letters stand side by side at the beginning, when nothing but a bracket or a script follows: `KL`, `CE(p, q)`."""
    width = 0
    while width < len(side) and side[width].kind == "letter" and (width == 0 or not side[width].spaced):
        width += 1
    behind = side[width] if width < len(side) else None
    return width if behind is None or behind.text in ("(", "_") else 0


def closing(side: Parts, at: int) -> int | None:
    """Where the bracket that opens at a place closes."""
    depth = 0
    for place in range(at, len(side)):
        depth += side[place].nesting
        if depth == 0:
            return place
    return None


def left_of_entries(side: Parts) -> Left | None:
    r"""The left side of a definition by entries, `[S(y)]_k`, `S(y)_k` or `f_k(x)`, as a function with an index."""
    if len(side) > 2 and side[-2].is_mark("_"):
        index = side[-1].inside
        inner = side[:-2]
        if not is_index(index, whole=inner[0].text == "["):
            return None
        if inner[0].text in ("[", "(") and closing(inner, 0) == len(inner) - 1:
            inner = inner[1:-1]
        left = left_side(inner)
        return left._replace(below=index) if is_application(left) and left is not None and not left.below else None
    left = left_side(side)
    return left if is_application(left) and left is not None and is_index(left.below) else None


def is_index(below: Parts, whole: bool = False) -> bool:
    """Whether what stands below a function (or below the whole of its value) counts entries, and is no number, size or part of a name."""
    return len(below) == 1 and below[0].kind in ("letter", "macro") and (whole or is_index_letter(below[0].text))


def is_application(left: Left | None) -> bool:
    """Whether a left side is a function of names, and the function none that is known by its name."""
    if left is None or not left.arguments or not all(left.arguments):
        return False
    name = "".join(mark for mark in key(left.name) if mark.isalpha())
    return name not in words() and all(left_side(argument) is not None and letters_in_a_row(argument) < 2 for argument in left.arguments)


def is_of_formula(left: Left) -> bool:
    """Whether a left side is `d(A^2)`, the differential of what is no name."""
    return bool(d_width(left.name)) and any(left_side(argument) is None for argument in left.arguments or ())


def named_inside(sides: tuple[Parts, ...], defined: set[Key]) -> Left | None:
    """The function, or the name, that the second side of a chain defines by the third: `p = f(x) = …`, `h = y = a + b`."""
    left = (left_of_entries(sides[1]) or left_side(sides[1])) if len(sides) > 2 else None
    if left is None or key(left.name) in defined:
        return None
    by_itself = left.arguments is None and len(sides[2]) > 2 and all(left_side(side) is not None for side in sides[:2])
    return left if is_application(left) or by_itself else None


def is_of_one(left: Left) -> bool:
    """Whether a function is of one member of a family, `p(x_n)`."""
    return left.arguments is not None and any(argument[1:2] and argument[1].is_mark("_") for argument in left.arguments)


def inside_log(side: Parts) -> Parts:
    r"""The p of `\log p`; nothing of anything else."""
    return side[1:] if side and side[0].is_mark(r"\log", r"\ln") else ()


def base_below(side: Parts, raised: str) -> Parts:
    """The R of `R^2`, the one mark on which that is raised; nothing of anything else."""
    return side[:1] if len(side) == 3 and side[1].is_mark("^") and key(side[2:]) == (raised,) else ()


def undressed(name: Parts) -> Parts:
    r"""What stands under the accent or in the font of a name, the A of `\dot A` and `\dot{A}`; a bare letter itself."""
    return (name[1].inner or name[1:]) if len(name) > 1 else name


def as_name(left: Left) -> Left:
    """A left side whose index is a part of the name."""
    return Left(with_index(left.name, left.below), (), left.arguments, left.shape)


def counts_entries(left: Left, side: Parts) -> bool:
    """Whether what stands below a defined name are indices: letters that the body uses as well."""
    letters = [key(part)[0] for part in marks_in(left.below)]
    if not letters or len(set(letters)) < len(letters) or not all(map(are_named, marks_in(left.below))):
        return False
    inside = marks_in_scripts(side) | indices_above(side)
    return all(is_index_letter(letter) or letter in inside for letter in letters) and any(letter in inside for letter in letters)


def under_accent(name: Parts) -> Parts:
    r"""The β of `\hat\beta`; a name without an accent as it is."""
    return undressed(name) if len(name) == 2 and name[0].text in ACCENTS else name


def diagonal_of(parts: Parts) -> Parts:
    """The W with which `W_{ii}` begins; nothing of anything else."""
    if len(parts) < 3 or not parts[1].is_mark("_") or len(parts[2].inner) != 2 or parts[2].inner[0].text != parts[2].inner[1].text:
        return ()
    return parts[:1]


def before_dot(parts: Parts) -> Parts:
    r"""The name of `a(.)`, `a(\cdot)`, `|\cdot|`; nothing of anything else."""
    if len(parts) < 3 or not parts[-2].is_mark(".", r"\cdot"):
        return ()
    if len(parts) == 3:
        return parts[:1] if parts[0].text == parts[2].text == "|" else ()
    return parts[:-3] if parts[-3].text == "(" and parts[-1].text == ")" else ()


def is_number(parts: Parts) -> bool:
    """Whether tokens are a number, with a sign and a point."""
    return bool(parts) and all(token.kind == "digit" or token.is_mark("-", "+", ".") for token in parts)


def is_change(name: Parts) -> bool:
    r"""Whether a name may be one of two marks, `\Delta x` or `\delta x`."""
    return len(name) == 2 and name[0].is_mark(r"\Delta", r"\delta") and name[1].is_letter


def is_name(parts: Parts) -> bool:
    """Whether tokens are one name, with scripts and without arguments."""
    left = left_side(parts)
    if left is None and len(parts) > 2 and parts[-2].is_mark("^"):  # w^*, \hat x^-, h^{t-1}
        left = left_side(parts[:-2])
    return left is not None and left.arguments is None and not left.shape


def is_one(parts: Parts) -> bool:
    """Whether tokens are the digit 1, which may be the name of ones, or a 1 in a font."""
    return len(parts) == 1 and parts[0].kind == "digit" and parts[0].text == "1"


def transposed_width(name: Parts) -> int:
    """How many tokens at the end of a name are the mark of a transpose."""
    if len(name) > 1 and name[-1].is_mark("'"):
        return 1
    return 2 if len(name) > 2 and name[-2].is_mark("^") and key(name[-1:]) in TRANSPOSES else 0
