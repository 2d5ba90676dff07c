r"""What stands below a name or a sign as it is written: indices side by side or with commas, `ij`, `i,j`, `i\cdot`; what a sum runs over, `i=1`.

Which of them are indices and which are a part of the name is decided where it is known what the names are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.tree import Node, Parts, key
from derivtex.reading.syntax.written import mark

ALL = (r"\cdot", ":", "*")  # all of a row or column
NAMED = ("letter", "macro")
COUNTING = (*NAMED, "digit")


def marks_in(below: Parts) -> list[Parts]:
    """The marks of a subscript one by one, without the commas between them."""
    return [(token,) for token in below if not token.is_mark(",")]


def each_of(parts: Parts) -> list[Parts]:
    """The marks one by one."""
    return [(token,) for token in parts]


def index_parts(below: Parts) -> list[Parts]:
    """The indices of a subscript, with commas or side by side."""
    parts = between_commas(below)
    return parts if len(parts) > 1 else each_of(below)


def between_commas(below: Parts) -> list[Parts]:
    """What stands between commas; a script without any is one part."""
    return [part for part in by_marks(below, ",") if part]


def is_pair(below: Parts) -> bool:
    """Whether two marks stand below, with a comma or without."""
    return len(marks_in(below)) == 2


def are_named(parts: Parts) -> bool:
    """Whether marks are letters, Greek ones among them."""
    return all(token.kind in NAMED for token in parts)


def are_letters(parts: Parts) -> bool:
    return all(token.kind == "letter" for token in parts)


def are_digits(parts: Parts) -> bool:
    return all(token.kind == "digit" for token in parts)


def are_counting(parts: Parts) -> bool:
    """Whether marks are letters and digits."""
    return all(token.kind in COUNTING for token in parts)


def is_of_numbers(parts: Parts) -> bool:
    """Whether a script is a number with its signs: `-1/2`, `1.5`."""
    return all(token.kind == "digit" or token.is_mark("-", "/", "+", ".") for token in parts)


def is_cross_matrix(node: Node) -> bool:
    r"""Whether what stands below a bracket makes the matrix of a cross product of it, `[a]_\times`."""
    return node.form == "script" and node.parts[0].form == "bracket" and key(node.below) == (r"\times",)


def has_all(below: Parts) -> bool:
    r"""Whether a whole row or column is told, `X_{i\cdot}`, `X_{:,j}`."""
    return any(token.is_mark(*ALL) for token in below)


def has_comma(below: Parts) -> bool:
    return any(token.is_mark(",") for token in below)


def is_wide(below: Parts) -> bool:
    """Whether two letters stand side by side, or one beside the mark of a whole row: the indices of a matrix."""
    return len(below) == 2 and (are_letters(below) or has_all(below))


def tells_size(below: Parts) -> bool:
    r"""Whether a shape is written below, `X_{n\times m}`."""
    return any(token.is_mark(r"\times") for token in below)


def are_indices(below: Parts, is_index: Callable[[Parts], bool]) -> bool:
    """Whether a subscript consists of indices: numbers, and letters of which that is known."""
    for token in below:
        if token.kind == "digit" or token.is_mark(",", "+", "-", *ALL):
            continue
        if token.kind not in NAMED or not is_index((token,)):
            return False
    return True


def letters_among(below: Parts) -> list[str]:
    """The letters that stand below, among whatever else."""
    return [token.text for token in below if token.kind in NAMED]


def ahead(below: Parts) -> int:
    """The number 1 of `k+1`, -1 of `k-1`; 0 of anything else."""
    if len(below) != 3 or not below[1].is_mark("+", "-") or not below[2].text.isdigit():
        return 0
    return int(below[1].text + below[2].text)


def split_at(parts: Parts, *marks: str) -> tuple[Parts, str, Parts]:
    """What stands before the first of some marks, that mark, and what stands behind it; no mark where there is none."""
    at = next((k for k, token in enumerate(parts) if token.is_mark(*marks)), None)
    return (parts, "", ()) if at is None else (parts[:at], parts[at].text, parts[at + 1 :])


def subscript(below: Parts) -> str:
    """A subscript as it is typed, in braces where it needs them."""
    text = latex(below)
    return text if len(text) == 1 else f"{{{text}}}"


def signs_in(parts: Parts, *signs: str) -> Iterator[tuple[str, Parts, Parts]]:
    r"""Every `\sum`, `\prod` or letter that is asked for, wherever it stands, with what is below and above it; a prime is above."""
    waiting = [parts]
    while waiting:
        current = waiting.pop()
        for at, token in enumerate(current):
            if token.text in signs:
                yield token.text, *scripts_at(current, at + 1)
            if token.inner:
                waiting.append(token.inner)


def behind_dots(parts: Parts) -> Iterator[Parts]:
    r"""What is below in the term behind dots, the n of `x_1A_1 + \dots + x_nA_n`, wherever that stands."""
    waiting = [parts]
    while waiting:
        current = waiting.pop()
        waiting += [token.inner for token in current if token.inner]
        for at in (at for at, token in enumerate(current) if token.text == r"\ldots"):
            end = next((k for k in range(at + 2, len(current)) if current[k].text in ("+", "-", ",", "=")), len(current))
            yield from (below for k in range(at + 2, end) if (below := scripts_at(current, k)[0]))


def scripts_of(name: Parts, parts: Parts) -> Iterator[tuple[Parts, Parts]]:
    """What is below and above a name of one or more marks, wherever it stands."""
    waiting = [parts]
    while waiting:
        current = waiting.pop()
        for at, token in enumerate(current):
            if key(current[at : at + len(name)]) == key(name):
                yield scripts_at(current, at + len(name))
            if token.inner:
                waiting.append(token.inner)


def scripts_at(parts: Parts, at: int) -> tuple[Parts, Parts]:
    """What is lowered and raised from a place on."""
    below: Parts = ()
    above: Parts = ()
    if at < len(parts) and parts[at].is_mark("'"):
        return (), (parts[at],)
    while at + 1 < len(parts) and parts[at].is_mark("_", "^"):
        if parts[at].text == "_":
            below = below or parts[at + 1].inside
        else:
            above = above or parts[at + 1].inside
        at += 2
    return below, above


def within(one: Parts) -> Parts:
    """What a mark holds, where it holds something; any other itself."""
    return one[0].inner or one


def index_of(name: Parts, base: Parts) -> Parts:
    """What stands below a name whose base is known; nothing where something is raised on it or it is the base."""
    if len(base) == len(name) or not name[len(base)].is_mark("_"):
        return ()
    rest = name[len(base) + 1 :]
    return rest[0].inside if len(rest) == 1 else rest


def range_among(below: Parts) -> tuple[Parts, Parts, Parts] | None:
    r"""The letter, the first value and the last of `i\in\{1,\ldots,n\}` and `i\in[n]`; None of anything else."""
    letter, sign, among = split_at(below, r"\in")
    if not sign or len(letter) != 1 or len(among) < 3 or (among[0].text, among[-1].text) not in (("[", "]"), (r"\{", r"\}"), ("{", "}")):
        return None
    inner, dots, last = split_at(among[1:-1], r"\ldots")
    if not dots:
        return (letter, (mark("1", among[0].start),), inner) if among[0].text == "[" else None
    return (letter, split_at(inner, ",")[0], last[1:]) if last[1:] else None


def equal_to(letter: Parts, first: Parts) -> Parts:
    """`i=1`, of its parts."""
    return (*letter, mark("=", letter[-1].end), *first)


def without_limits(below: Parts) -> Parts:
    r"""`1\le i<j\le n` as `i<j`: the limits are those that the indices have anyway, from 1 to what they count."""
    limited = len(below) == 7 and below[0].text == "1" and below[1].is_mark(r"\le") and below[5].is_mark(r"\le")
    return below[2:5] if limited else below


def members_of_set(below: Parts) -> tuple[Parts, Parts]:
    r"""The letters and the set of `(i,j)\in\Omega` and `i\in S`; nothing where it is no set of one or two indices."""
    before, sign, among = split_at(below, r"\in")
    letters = tuple(token for token in before if not token.is_mark("(", ")", ",") and token.kind not in ("open", "close"))
    return (letters, among) if sign and len(letters) in (1, 2) and are_letters(letters) else ((), ())


def is_size(parts: Parts) -> bool:
    r"""Whether a formula in the words is a size, `m\times n`."""
    marks = [token for token in parts if token.is_mark(r"\times")]
    return len(marks) == 1 and len(parts) == 3 and all(token.kind in ("letter", "digit") for token in parts if token not in marks)
