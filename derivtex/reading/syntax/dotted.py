r"""Lists with dots, `x_1, x_2, \ldots, x_n \in \mathbb{R}^d`: what is said of those that are written is said of one for each index.

Numbers that are counted from 1 are the entries of a vector.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source
from derivtex.core.shapes import ONE, SCALAR, Dim
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.syntax.declarations import Declaration, base_of
from derivtex.reading.syntax.occurring import occurs
from derivtex.reading.syntax.scripts import letters_among, scripts_of
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import bracketed, group, mark

ENDS = (",", ";", r"\in", r"\subset", "=", ":=", "(", ")", r"\{", r"\}", "[", "]")
LETTER = "i"


class Run(NamedTuple):
    """The members of a list: their first and last index, and the indices that are written."""

    first: Dim
    last: Dim
    written: frozenset[Key]


def with_families(declarations: list[Declaration], formulas: list[Parts], runs: dict[Key, Run], running: set[str]) -> list[Declaration]:
    """Declarations in which one for each index stands for the members of a list that are declared; others as they are."""
    if not runs:
        return declarations
    declared = {key(each.name): each.kind for each in declarations}
    told = {key(base_of(each.name)) for each in declarations if is_sized(each)}
    found: dict[Key, Declaration] = {}
    for each in declarations:
        base, _ = of_member(each.name)
        run = listed(each, runs)
        if run is None or not (key(base) in told or is_counted(base, formulas, running)):
            found["", str(len(found))] = each
        elif each.kind != "scalar" or declared.get(key(base)) not in ("vector", "row"):  # of which it is an entry
            alone = each.kind == "scalar" and key(base) not in declared and any(stands_beside(base, side) for side in formulas)
            made = member(each, base, run, alone or key(base) in declared)
            found[key(base)] = merged(found[key(base)], made) if key(base) in found else made
            if alone:  # the t of t - t_i
                found["", str(len(found))] = each._replace(name=base, latex=latex(base), properties=())
    return list(found.values())


def runs_of(formulas: list[Parts], source: Source) -> dict[Key, Run]:
    """The lists with dots in some formulas, by the names of their members."""
    return dict(run for parts in formulas for run in runs_in(parts, source))


@once
def runs_of_document(document: Document) -> dict[Key, Run]:
    """Those in all formulas of a document."""
    return runs_of([each.tokens for each in document.formulas], document.source)


def listed(each: Declaration, runs: dict[Key, Run]) -> Run | None:
    """The list of which a declared name is a member."""
    base, index = of_member(each.name)
    run = runs.get(key(base)) if index and each.family is None and each.kind != "function" else None
    return run if run is not None and index in run.written else None


def runs_in(parts: Parts, source: Source) -> Iterator[tuple[Key, Run]]:
    """Those in one formula."""
    for at in [at for at, token in enumerate(parts) if token.text == r"\ldots"]:
        beside = (*parts[at - 1 : at], *parts[at + 1 : at + 2])
        if not parts[at].is_mark(r"\ldots") or len(beside) < 2 or not all(comma.is_mark(",") for comma in beside):
            continue
        base, last = of_member(until_end(parts[at + 2 :]))
        before = list(members_before(parts[: at - 1], base))
        if last and before:
            try:
                first, end = (dimension_of(tokens_of(index), source) for index in (before[-1], last))
            except DerivtexError:
                continue
            yield key(base), Run(first, end, frozenset((*before, last)))


def tokens_of(index: Key) -> Parts:
    return tuple(mark(text, 0) for text in index)


def members_before(parts: Parts, base: Parts) -> Iterator[Key]:
    """The indices of the members that stand before the dots, the nearest first."""
    while parts:
        name = until_end(parts[::-1])[::-1]
        own, index = of_member(name)
        if not index or key(own) != key(base):
            return
        yield index
        parts = parts[: len(parts) - len(name)]
        parts = parts[:-1] if parts and parts[-1].is_mark(",") else ()


def until_end(parts: Parts) -> Parts:
    """What stands before the first mark that ends a member of a list."""
    return parts[: next((at for at, token in enumerate(parts) if token.is_mark(*ENDS)), len(parts))]


def of_member(name: Parts) -> tuple[Parts, Key]:
    """The base and the index of `x_1` and `x^{(1)}`; no index of another name."""
    base = base_of(name)
    script = name[len(base) + 1 :]
    inner = script[0].inside if len(script) == 1 else script
    if not script or not name[len(base)].is_mark("^"):
        return base, key(inner)
    bracketed = len(inner) > 2 and inner[0].text == "(" and inner[-1].text == ")"
    return base, key(inner[1:-1]) if bracketed else ()


def stands_beside(base: Parts, side: Parts) -> bool:
    r"""Whether a name is added to a member or taken from it, `t - t_i`: then it is a number as they are, not the vector of them."""
    width = len(base)
    for current, at in occurs(side, base):
        behind, before = current[at : at + width + 2], current[max(at - 2 * width - 3, 0) : at - width]
        if len(behind) == width + 2 and behind[0].is_mark("+", "-") and key(behind[1:-1]) == key(base) and behind[-1].is_mark("_"):
            return True
        bare = not current[at : at + 1] or not current[at].is_mark("_")
        if bare and len(before) == width + 3 and key(before[:width]) == key(base) and before[width].is_mark("_") and before[-1].is_mark("+", "-"):
            return True
    return False


def is_sized(each: Declaration) -> bool:
    """Whether a declaration tells all of a member's shape."""
    return all(dim.names != ["?"] for dim in each.size)


def is_counted(base: Parts, formulas: list[Parts], running: set[str]) -> bool:
    """Whether an index that runs stands at a name."""
    return any(letter in running for side in formulas for below, above in scripts_of(base, side) for letter in letters_among((*below, *above)))


def member(each: Declaration, base: Parts, run: Run, apart: bool) -> Declaration:
    """The declaration of all members; apart: whether the name without an index is something else."""
    if each.kind == "scalar" and run.first == ONE and not apart:
        return each._replace(name=base, latex=latex(base), kind="vector", size=(run.last, ONE))
    place = base[-1].end
    index: Parts = (Token("letter", LETTER, place, place),)
    raised = each.name[len(base)].is_mark("^")
    name = (*base, mark("^", place), group(bracketed(index))) if raised else (*base, mark("_", place), *index)
    return each._replace(name=name, latex=latex(name), size=SCALAR if each.kind == "scalar" else each.size, family=(LETTER, run.first, run.last))


def merged(one: Declaration, other: Declaration) -> Declaration:
    """What two members of a list are said to be is said of all."""
    told = other if is_sized(other) and not is_sized(one) else one
    return told._replace(properties=tuple(dict.fromkeys((*one.properties, *other.properties))))
