r"""The untyped tree that the grammar makes, and the lexicon it consults.

What a form means (whether f(x) applies or multiplies, |X| is a determinant, x' a transpose) is not decided here: that needs
types.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from derivtex.reading.source.marks import Parts as Parts  # whoever is above syntax hands a stretch on, and asks syntax what is in it
from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import HERMITIANS, TRANSPOSES

Key = tuple[str, ...]
NESTED = frozenset(("group", "text", "environment"))  # the kinds of tokens that are known by what is in them


def key(parts: Parts | list[Token]) -> Key:
    """What a name is recognised by: its marks, one spelling for all ways to brace and space them."""
    if len(parts) == 1 and parts[0].kind not in NESTED:
        return (parts[0].text,)
    found: list[str] = []
    for token in parts:
        if token.kind not in NESTED:
            found.append(token.text)
        elif token.kind in ("group", "text"):
            inner = key(token.inner)
            found.extend(inner if len(inner) == 1 else ("{", *inner, "}"))
        else:
            found.extend(("{", token.text, *key(token.inner), "}"))
    return tuple(found)


class Script(tuple[Token, ...]):
    """What is raised on something, as it is written, with the name that it is recognised by and with what it is by its look alone.

    form: one of `SCRIPTS` in `productions.py`, which has an example of each; empty where nothing is raised. tree: of a power.
    """

    name: Key
    form: str
    tree: Node | None = None

    def __new__(cls, parts: Iterable[Token] = ()) -> Script:
        made = super().__new__(cls, parts)
        made.name = name = key(made)
        made.form = FORMS_OF_SCRIPTS.get(name) or (begun_by(name) if name else "")
        return made

    @property
    def own_index(self) -> tuple[Parts, Parts]:
        """Of a label, `[2](i)`, what stands in the last brackets, and what stands before them."""
        begin = max(at for at, token in enumerate(self) if token.text in ("(", "["))
        return tuple(token for token in self[begin:] if token.text not in ("(", ")", "[", "]")), self[:begin]


AFTER = "{+}"  # the plus of a name, which is no pseudo-inverse
FORMS_OF_SCRIPTS = {
    **dict.fromkeys(TRANSPOSES, "transpose"), **dict.fromkeys(HERMITIANS, "hermitian"),
    ("-", "1"): "inverse", ("+",): "pseudo-inverse", ("-",): "before", (AFTER,): "before",
    ("*",): "star", (r"\star",): "star", (r"\dagger",): "dagger",
    **{("-", *one, *name): "inverse transpose" for name in TRANSPOSES for one in ((), ("1",), ("2",), ("3",))},
    **{("-", *one, *name): "inverse hermitian" for name in HERMITIANS for one in ((), ("1",))},
}  # fmt: skip
OPERATIONS = frozenset(FORMS_OF_SCRIPTS.values()) - {"before"}  # marks, which hold no names
BEGINNINGS = {"(": "label", "[": "label", r"\odot": "entrywise", r"\circ": "entrywise"}


def begun_by(name: Key) -> str:
    """The form of what is raised by the mark that it begins with: else it is a power."""
    return BEGINNINGS.get(name[0], "power") if len(name) > 1 else "power"

NOTHING = Script()


class Node(NamedTuple):
    r"""A part of a formula.

    form: number, name, word (the name of a function: `\log`, `\operatorname{tr}`), script (base with `below`, `above` and
    primes),
    chain (factors side by side; `marks[k]` stands before the k-th), entrywise (the same for `\odot` and its like), inner (`A:B`),
    sum (signed terms: `marks` are the signs), fraction, ratio (`a/b`), root, bracket, bars, angle, apply (a word and its
    argument),
    over (`\sum`, `\prod`, with what stands below and above), grid, listed (cells with dots between them), empty (a cell of a matrix),
    shaped (a part with its shape: `\underbrace{x}_{n\times 1}`), text.
    text: the mark, name or number. parts: the parts. below: what is lowered, as it is written; above: what is raised.
    """

    form: str
    start: int
    end: int
    text: str = ""
    parts: tuple[Node, ...] = ()
    marks: tuple[str, ...] = ()
    below: Parts = ()
    above: Script = NOTHING
    primes: int = 0
    across: int = 0
    tokens: Parts = ()


def is_transposed(node: Node) -> bool:
    """Whether a transpose is taken of a part, by a mark or by a prime."""
    return node.form == "script" and (node.primes == 1 or node.above.form == "transpose")


def walk(node: Node) -> list[Node]:
    """The parts of a tree as they are written, each before what is below it; itself first."""
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        found.append(node)
        stack.extend(node.parts[::-1])
    return found


def chain_of(parts: list[Node], marks: list[str]) -> Node:
    """Factors side by side as one node."""
    if len(parts) == 1:
        return parts[0]
    return Node("chain", parts[0].start, parts[-1].end, parts=tuple(parts), marks=("", *marks[1:]))


class Lexicon:
    """The names that are known before a formula is read.

    names: declared or defined names, by key, with their LaTeX. functions: keys of names that are functions.
    macros: macros that occur in names, with the number of marks they dress (`\\vect` in `\\vect x`: 1).
    counted: the letters that count what is asked by; widened: the indices of sums that went on behind the next plus.
    """

    def __init__(self) -> None:
        self.names: dict[Key, str] = {}
        self.functions: set[Key] = set()
        self.macros: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self.counted: frozenset[str] = frozenset()
        self.widened: dict[str, None] = {}

    def add(self, parts: Parts, latex: str, function: bool = False) -> None:
        """Make a name known."""
        name = key(parts)
        self.names.setdefault(name, latex)
        if function:
            self.functions.add(name)
        self._longest[name[0]] = max(self._longest.get(name[0], 0), len(parts))
        for token, following in zip(parts, (*parts[1:], None), strict=True):
            if token.kind == "macro":
                dressed = (
                    following is not None and following.kind in ("letter", "group", "macro") and following.text not in ("_", "^")
                )
                self.macros.setdefault(token.text, 1 if dressed else 0)

    def match(self, parts: Parts, at: int) -> int:
        """How many of the tokens from here on are a known name; the longest counts."""
        first = key(parts[at : at + 1])
        for width in range(min(self._longest.get(first[0], 0) if first else 0, len(parts) - at), 0, -1):
            if key(parts[at : at + width]) in self.names:
                return width
        return 0
