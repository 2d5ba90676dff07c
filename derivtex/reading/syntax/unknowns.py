r"""Unknowns of an optimum as they are written: below its sign, and with a hat, a star or a word, `\hat\beta`, `w^*`, `\beta_{ML}`."""

from __future__ import annotations

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import ACCENTS
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.objectives import is_objective, objective, varied_in
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key

LABELS = frozenset("opt min max ridge best ls ols ml mle map".split())


def derives(side: Parts) -> bool:
    """Whether a derivative stands in a side."""
    return any(token.is_mark(r"\partial", r"\nabla", "d") or derives(token.inner) for token in side)


def windows(side: Parts, width: int) -> list[tuple[str, ...]]:
    """The keys of all stretches of so many tokens."""
    return [key(side[at : at + width]) for at in range(len(side))]


def under_optimum(each: Statement) -> list[Parts]:
    r"""The names below `\min` and `\arg\min`."""
    found: list[Parts] = []
    for side in each.sides:
        if is_objective(side):
            found += [name for name in by_commas(varied_in(objective(side)[0])) if name]
    return found


def bare(name: Parts) -> Parts:
    r"""The unknown of `\hat\beta`, `w^*`, `\beta_{ML}`, `x^{\star}`; nothing where it is no such name."""
    if len(name) == 2 and name[0].text in ACCENTS:
        name = name[1].inner or name[1:]
    while len(name) > 2 and name[-2].is_mark("^", "_") and is_label(name[-1]):
        name = name[:-2]
    one = len(name) == 1 and name[0].kind in ("letter", "macro")
    dressed = len(name) == 2 and name[0].kind == "macro" and name[1].kind in ("letter", "group")
    return name if one or dressed else ()


def is_label(token: Token) -> bool:
    r"""Whether a script is a star or a word, and no index or power."""
    inner = token.inner or (token,)
    if all(part.is_mark("*", r"\star", r"\ast") or part.kind == "text" for part in inner):
        return True
    written = inner[1].inner if len(inner) == 2 and inner[0].is_mark(r"\mathrm", r"\text") else inner
    word = "".join(part.text for part in written)
    return len(word) > 1 and word.isalpha() and (word.isupper() or word.lower() in LABELS)


def is_formula(right: Parts) -> bool:
    """Whether a side is no number, list or matrix that is written out."""
    return any(token.kind in ("letter", "macro", "group") for token in right) and right[0].text not in ("[", r"\{") and not any(
        token.kind == "environment" or token.is_mark(",", r"\ldots") for token in right
    )
