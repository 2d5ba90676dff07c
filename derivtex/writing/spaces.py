r"""What names are, by the spaces that they are in: `$x$, $y \in \mathbb{R}^{n}$`, `$A \in \mathbb{R}^{n \times n}$ (symmetric)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivtex.derivation.structures import WORDS
from derivtex.operations.leaves import Symbol
from derivtex.writing.layouts import size
from derivtex.writing.structural import index_above
from derivtex.writing.wording import PHRASES, USUAL, Wording

if TYPE_CHECKING:
    from derivtex.writing.formula import Formulas

UNTOLD = frozenset(["constant", "complex", "integer", "real", "square", "indicator"])


def spaces(leaves: Iterable[Symbol], formulas: Formulas, wording: Wording = USUAL) -> list[str]:
    """What the names are, those that are alike together, each a formula so that a line may end behind it; whole numbers are left out."""
    groups: dict[str, list[str]] = {}
    for leaf in leaves:
        if not leaf.has("integer"):
            groups.setdefault(space(leaf, wording), []).append(members(leaf, formulas))
    return [f"${'$, $'.join(names)} {words}" for words, names in groups.items()]


def space(leaf: Symbol, wording: Wording) -> str:
    """The space of a name, which ends a formula, and what is known of it."""
    if leaf.is_scalar and leaf.has("positive"):
        return "> 0$"
    letter = "C" if leaf.has("complex") else "R"
    exponent = "" if leaf.is_scalar else f"^{{{leaf.size[0] if leaf.kind == 'vector' else size(leaf.size)}}}"
    known = [WORDS.get(word, word) for word in leaf.properties if word not in UNTOLD and not (word == "symmetric" and leaf.has("posdef"))]
    properties = ", ".join(wording.say(word) if word in PHRASES else wording.sentence(word) for word in known)
    return rf"\in \mathbb{{{letter}}}{exponent}$" + (f" ({properties})" if properties else "")


def members(leaf: Symbol, formulas: Formulas) -> str:
    r"""A name; of a family its members, `x_1, \ldots, x_n`."""
    name = formulas.latex(leaf)
    if leaf.family is not None and leaf.name in formulas.spelling.above:
        first, last = (name + index_above(formulas.spelling.above[leaf.name], str(end)) for end in leaf.family)
        return rf"{first}, \ldots, {last}"
    if leaf.family is None or "_" in name:
        return name
    first, last = (str(end) if len(str(end)) == 1 else f"{{{end}}}" for end in leaf.family)
    return rf"{name}_{first}, \ldots, {name}_{last}"
