r"""Operations that the words name before a formula: “maximise the trace of $X^TAX$” is about `\operatorname{tr}(X^TAX)`, “the gradient of the sum
of squared residuals of $y - Xw$” about `\|y - Xw\|^2`."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.syntax.written import bracketed, mark, normed, placed
from derivtex.reading.words.sentences import is_equation, word

NAMED: dict[tuple[str, ...], str] = {
    ("trace", "of"): r"\operatorname{tr}", ("determinant", "of"): r"\det", ("log", "determinant", "of"): r"\log\det", ("log", "of"): r"\log",
    ("logarithm", "of"): r"\log", ("exponential", "of"): r"\exp", ("variance", "of"): r"\operatorname{var}",
    ("mean", "squared", "error", "of"): r"\operatorname{mean}", ("mean", "square", "of"): r"\operatorname{mean}",
}  # fmt: skip
NAMED.update({
    (what, "of", *all_, entries, "of"): rf"\operatorname{{{what}}}"
    for what in ("sum", "mean") for all_ in ((), ("the",), ("all",)) for entries in ("entries", "elements", "components")
})  # fmt: skip
RAISED: dict[tuple[str, ...], str] = {  # and what is raised behind the formula
    ("square", "of"): "^2", ("inverse", "of"): "^{-1}", ("reciprocal", "of"): "^{-1}", ("square", "root", "of"): "^{1/2}",
    ("mean", "squared", "error", "of"): r"^{\odot 2}", ("mean", "square", "of"): r"^{\odot 2}",
}  # fmt: skip
SUMMED = ("residuals", "errors", "entries", "elements", "differences", "deviations")
NORMS: dict[tuple[str, ...], str] = {  # and what is lowered and raised behind the bars
    ("norm", "of"): "", ("length", "of"): "", ("squared", "norm", "of"): "^2", ("squared", "length", "of"): "^2",
    ("frobenius", "norm", "of"): "_F", ("squared", "frobenius", "norm", "of"): "_F^2", ("sum", "of", "squares", "of"): "^2",
}
NORMS.update({("sum", "of", "squared", what, "of"): "^2" for what in SUMMED})
NORMS.update({("sum", "of", "absolute", what, "of"): "_1" for what in SUMMED} | {("absolute", "error", "of"): "_1"})
LONGEST = max(map(len, (*NAMED, *NORMS, *RAISED)))
REACH = 3 * LONGEST


def with_noun(items: list[Item], at: int) -> Parts:
    """The formula at a place, under the operations that the words right before it name, the inner one last: “the log of the determinant of”."""
    parts = items[at].tokens
    before = [word(items, k) for k in range(max(0, at - REACH), at)]
    found, begin = longest(before), items[at - 1].start
    if not parts or found is None or (parts[0].text, *(each.text for each in parts[1:2])) in ((r"\operatorname", ""), (r"\det",)):
        return parts
    if found in NORMS and parts[0].text == r"\|":
        return parts
    parts = split_at(parts, "=", ":=")[0]  # of $r = y - Xw$ that of r
    while found is not None:
        parts = applied(found, parts, begin)
        before = without_article(before[: -len(found)])
        found = longest(before)
    return (*placed(tokens(Source(r"\frac12")), begin), *parts) if "half" in before[-3:] else parts


def with_its(items: list[Item], at: int) -> tuple[Parts, int] | None:
    r"""The formula that “its trace” is, behind the equation that gives the thing, `$P = …$`, and where the words end; None where they are others."""
    if word(items, at) != "its":
        return None
    lengths = range(LONGEST - 1, 0, -1)
    phrases = (tuple(word(items, at + 1 + k) for k in range(length)) + ("of",) for length in lengths)
    found = next((each for each in phrases if each in NAMED or each in RAISED or each in NORMS), None)
    given = next((items[k] for k in range(at - 1, -1, -1) if is_equation(items[k])), None)
    left = split_at(given.tokens, "=", ":=")[0] if given is not None else ()
    if found is None or not left or word(items, at + len(found)) == "of" or question(left) is not None:
        return None
    return applied(found, placed(left, items[at].start), items[at].start), at + len(found)


def longest(before: list[str]) -> tuple[str, ...] | None:
    """The longest phrase with which some words end."""
    endings = (tuple(before[-length:]) for length in range(LONGEST, 0, -1))
    return next((phrase for phrase in endings if phrase in NAMED or phrase in RAISED or phrase in NORMS), None)


def without_article(words: list[str]) -> list[str]:
    return words[:-1] if words[-1:] in (["the"], ["its"]) else words


def applied(phrase: tuple[str, ...], parts: Parts, begin: int) -> Parts:
    """A formula under one operation, which lies where the words begin."""
    end = parts[-1].end
    if phrase in NORMS:
        return normed(parts, placed(tokens(Source(NORMS[phrase])), end), begin)
    if phrase in RAISED:
        parts = (mark("(", begin), *parts, mark(")", end), *placed(tokens(Source(RAISED[phrase])), end))
    return (*placed(tokens(Source(NAMED[phrase])), begin), *bracketed(parts)) if phrase in NAMED else parts
