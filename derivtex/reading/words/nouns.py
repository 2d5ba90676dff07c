r"""Operations that the words name before a formula: “maximise the trace of $X^TAX$” is about `\operatorname{tr}(X^TAX)`, “the gradient of the sum
of squared residuals of $y - Xw$” about `\|y - Xw\|^2`."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.syntax.written import bracketed, normed, placed
from derivtex.reading.words.sentences import word

NAMED: dict[tuple[str, ...], str] = {("trace", "of"): r"\operatorname{tr}", ("determinant", "of"): r"\det", ("log", "determinant", "of"): r"\log\det"}
SUMMED = ("residuals", "errors", "entries", "elements", "differences", "deviations")
NORMS: dict[tuple[str, ...], str] = {  # and what is lowered and raised behind the bars
    ("norm", "of"): "", ("length", "of"): "", ("squared", "norm", "of"): "^2", ("squared", "length", "of"): "^2",
    ("frobenius", "norm", "of"): "_F", ("squared", "frobenius", "norm", "of"): "_F^2", ("sum", "of", "squares", "of"): "^2",
}
NORMS.update({("sum", "of", "squared", what, "of"): "^2" for what in SUMMED})
LONGEST = max(map(len, (*NAMED, *NORMS)))


def with_noun(items: list[Item], at: int) -> Parts:
    """The formula at a place, under the operation that the words right before it name."""
    parts = items[at].tokens
    before = [word(items, k) for k in range(max(0, at - LONGEST - 3), at)]
    named = longest(NAMED, before)
    norm = longest(NORMS, before)
    if not parts or (parts[0].text, *(each.text for each in parts[1:2])) in ((r"\operatorname", ""), (r"\det",)) or parts[0].text == r"\|":
        return parts
    begin = items[at - 1].start
    if norm is not None:  # of $r = y - Xw$ that of r
        marks = placed(tokens(Source(norm)), parts[-1].end)
        return (*halved(before, begin), *normed(split_at(parts, "=", ":=")[0], marks, begin))
    return (*placed(tokens(Source(named)), begin), *bracketed(parts)) if named else parts


def longest(table: dict[tuple[str, ...], str], before: list[str]) -> str | None:
    """What the longest phrase of a table stands for with which some words end."""
    return next((table[phrase] for length in range(LONGEST, 0, -1) if (phrase := tuple(before[-length:])) in table), None)


def halved(before: list[str], at: int) -> Parts:
    r"""The `\frac12` of “half the squared norm of”, “one half of the sum of squares of”."""
    length = next(length for length in range(LONGEST, 0, -1) if tuple(before[-length:]) in NORMS)
    return placed(tokens(Source(r"\frac12")), at) if "half" in before[:-length][-3:] else ()
