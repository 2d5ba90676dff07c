r"""Operations that the words name before a formula: “maximise the trace of $X^TAX$” is about `\operatorname{tr}(X^TAX)`."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.tree import Parts
from derivtex.reading.syntax.written import bracketed, placed
from derivtex.reading.words.sentences import word

NAMED = {("trace", "of"): r"\operatorname{tr}", ("determinant", "of"): r"\det", ("log", "determinant", "of"): r"\log\det"}
LONGEST = max(map(len, NAMED))


def with_noun(items: list[Item], at: int) -> Parts:
    """The formula at a place, under the operation that the words right before it name."""
    parts = items[at].tokens
    before = [word(items, k) for k in range(max(0, at - LONGEST), at)]
    named = next((mark for length in range(LONGEST, 0, -1) if (mark := NAMED.get(tuple(before[-length:])))), "")
    if not named or not parts or (parts[0].text, *(each.text for each in parts[1:2])) in ((r"\operatorname", ""), (r"\det",)):
        return parts
    return (*placed(tokens(Source(named)), items[at - 1].start), *bracketed(parts))
