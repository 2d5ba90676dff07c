r"""The step between two lines that is asked about: “how did the author get from (3) to (4)?”, “why does (2) follow from (1)?”.

Lines are told by their labels, `(3)` or `\tag{3}`, beside them.
"""

from __future__ import annotations

from derivtex.reading.source.marks import Parts
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.sentences import sentences

KINDS = frozenset("line lines step steps equation equations eq eqs eqn formula expression row equality number".split())
ONWARDS = frozenset(("to", "→", "->"))
TO = (r"\to", r"\rightarrow", r"\Rightarrow", r"\implies")
BACK = frozenset("from of".split())
FOLLOWS = frozenset("follow follows come comes obtained derived".split())


def asked_step(items: list[Item]) -> tuple[str, str] | None:
    """The labels of the lines between which the steps are asked for, the earlier one first; None where no such step is."""
    for begin, end in sentences(items):
        stretch = [item for item in items[begin:end] if item.text not in KINDS and item.kind != "mark"]
        for at, item in enumerate(stretch):
            found = onwards(stretch, at) or backwards(stretch, at) if label(item) or inside(item) else None
            if found is not None:
                return found
    return None


def onwards(items: list[Item], at: int) -> tuple[str, str] | None:
    """“(3) to (4)”, also in one formula, `(3) \\to (4)`; behind “from”, or with an arrow."""
    if pair := inside(items[at]):
        return pair
    if at + 2 >= len(items) or not label(items[at + 2]):
        return None
    told = items[at + 1].text in ONWARDS and (items[at + 1].text != "to" or (at > 0 and items[at - 1].text == "from"))
    arrow = items[at + 1].kind == "math" and key(items[at + 1].tokens)[:1] in {(mark,) for mark in TO}
    return (label(items[at]), label(items[at + 2])) if told or arrow else None


def backwards(items: list[Item], at: int) -> tuple[str, str] | None:
    """“(4) follows from (3)”."""
    behind = items[at + 1 : at + 5]
    source = next((i for i, item in enumerate(behind[:-1]) if item.text in BACK and label(behind[i + 1])), None)
    told = source is not None and any(item.text in FOLLOWS for item in behind[:source])
    return (label(behind[source + 1]), label(items[at])) if told and source is not None else None


def label(item: Item) -> str:
    """The number that a word or a formula is, `3`, `$(3)$` or `3a`; nothing for anything else."""
    return number(item.tokens) if item.kind == "math" else item.text if item.kind == "word" and item.text[:1].isdigit() else ""


def number(parts: Parts) -> str:
    """The number in a formula that is nothing else but its brackets."""
    text = "".join(key(parts)).removeprefix("(").removesuffix(")")
    return text if text[:1].isdigit() and text.isalnum() else ""


def inside(item: Item) -> tuple[str, str] | None:
    """The two numbers of a formula that is a step, `(3) \\to (4)`."""
    arrow = next((at for at, mark in enumerate(key(item.tokens)) if mark in TO), None) if item.kind == "math" else None
    if arrow is None:
        return None
    pair = number(item.tokens[:arrow]), number(item.tokens[arrow + 1 :])
    return pair if all(pair) else None
