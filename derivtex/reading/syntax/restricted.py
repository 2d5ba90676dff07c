r"""Conditions below a sum on what is summed, `\sum_{i : y_i < 1}`: where they do not hold the addend is 0."""

from __future__ import annotations

from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.numbers import COMPARING
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Node, Parts, chain_of, key

SUCH_THAT = (":", r"\colon", r"\mid", "|")
SIGNS = "1[", "]"  # of the indicator that a condition is


def restricted(cursor: Cursor, below: Parts) -> tuple[Parts, Node | None] | None:
    r"""The index of `i : y_i < 1`, and the condition as an indicator; None where no condition on what is summed stands there.

    Of `j : j \ne i` the condition, which says that j runs.
    """
    index, mark, told = split_at(below, *SUCH_THAT)
    if not mark or len(index) != 1 or not is_index_letter(index[0].text):
        return None
    at = [k for k, token in enumerate(told) if token.is_mark(*COMPARING) and not sum(before.nesting for before in told[:k])]
    if len(at) != 1 or at[0] in (0, len(told) - 1) or told[at[0]].is_mark(r"\in"):
        return None
    if len(told) == 3 and key(told[:1]) == key(index) and is_index_letter(told[2].text):
        return told, None
    sides = tuple(cursor.within(part).whole() for part in (told[: at[0]], told[at[0] + 1 :]))
    return index, Node("condition", told[0].start, told[-1].end, told[at[0]].text, sides, SIGNS)


def under(condition: Node | None, body: Node) -> Node:
    """What is summed, as a factor of its condition where there is one."""
    if condition is None:
        return body
    if body.form == "chain":
        return chain_of([condition, *body.parts], ["", "", *body.marks[1:]])
    held = Node("bracket", body.start, body.end, "(", (body,)) if body.form in ("sum", "entrywise", "inner") else body
    return chain_of([condition, held], ["", ""])
