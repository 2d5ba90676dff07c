"""A place among tokens: what stands next, and how to complain about it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from derivtex.core.errors import Source, Span, SyntaxProblem
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.vocabulary import ACCENTS, BRACKETS, FONTS, RELATIONS, SYMBOLS, TRANSPOSES
from derivtex.reading.syntax.tree import Lexicon, Node, Parts, key

UNREAD = {r"\int": "an integral", r"\iint": "an integral", r"\oint": "an integral", r"\lim": "a limit", r"\limsup": "a limit", r"\liminf": "a limit"}


class Cursor(ABC):
    """Walks over the tokens of one formula. `open` holds the marks that will close what is open; `depth`, how deep factors
    stand in each other; `separators`, the places of bars that part what is given from what is not."""

    def __init__(self, parts: Parts, source: Source, lexicon: Lexicon, depth: int = 0):
        self.parts, self.source, self.lexicon, self.depth = parts, source, lexicon, depth
        self.at = 0
        self.open: list[str] = []
        self.separators: set[int] = set()

    @property
    def next(self) -> Token | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def after(self, count: int = 1) -> Token | None:
        return self.parts[self.at + count] if self.at + count < len(self.parts) else None

    def take(self) -> Token:
        token = self.parts[self.at]
        self.at += 1
        return token

    def is_next(self, *marks: str) -> bool:
        token = self.next
        return token is not None and token.kind in ("mark", "macro") and token.text in marks

    def is_transpose_next(self) -> bool:
        """Whether a mark of a transpose is raised on what was read last."""
        behind = self.after()
        raised = self.is_next("^") and behind is not None and key((behind,)) in TRANSPOSES
        return raised or self.is_next("'", r"\top", r"\intercal")

    def span(self, start: int, end: int | None = None) -> Span:
        return Span(self.source, start, start + 1 if end is None else end)

    def problem(self, message: str, way_out: str = "", token: Token | None = None) -> SyntaxProblem:
        token = token or self.next or (self.parts[-1] if self.parts else None)
        span = self.span(token.start, token.end) if token else self.span(0, 1)
        return SyntaxProblem(message, way_out=way_out, span=span)

    def unexpected(self, token: Token) -> SyntaxProblem:
        text = latex([token])
        if token.kind == "close" or text in BRACKETS.values():
            return self.problem(f"{text} closes nothing", "open it before, or leave it out", token)
        if token.text in UNREAD:
            return self.problem(f"{UNREAD[token.text]} is not read", "give it a name of its own, and derive what does not need it", token)
        if token.kind == "macro" and token.text not in RELATIONS and token.text not in SYMBOLS:
            return self.problem(
                f"the macro {text} is not known", r"define it with \newcommand, or declare the name it belongs to with -d", token
            )
        if text == "!":
            way_out = "put a name in its place, declared as a scalar; leave a ! that ends a sentence out"
            return self.problem("a factorial is not read", way_out, token)
        if text == "?":
            return self.problem("a ? stands in a formula", "leave it out, and ask with --wrt or a derivative", token)
        if (opened := self.left_open(token)) is not None:
            return self.problem(f"{opened.text} is not closed", f"add the {BRACKETS[opened.text]} that belongs to it", opened)
        return self.problem(f"{text} is not expected here", "check what stands before it", token)

    def left_open(self, token: Token) -> Token | None:
        r"""The bracket that is still open where bars end, `\|A(x - b\|^2`: a script behind a bar tells that it closes."""
        before = [part for part in self.parts if part.start < token.start]
        if not token.is_mark("^", "_") or not before or before[-1].text not in (r"\|", "|"):
            return None
        opened: list[Token] = []
        for part in before:
            if part.text in ("(", "["):
                opened.append(part)
            elif part.text in (")", "]"):
                opened = opened[:-1]
        return opened[-1] if opened else None

    def argument(self, before: Token) -> Parts:
        """What one mark takes: the next token or group."""
        token = self.next
        if token is None:
            raise self.problem(f"nothing stands behind {before.text}", token=before)
        self.take()
        if token.kind == "group":
            return token.inner
        if (
            token.kind == "macro"
            and (token.text in FONTS or token.text in ACCENTS or token.text in (r"\operatorname", r"\frac"))
            and self.next
        ):
            following = self.take()
            more = (self.take(),) if token.text == r"\frac" and self.next else ()
            return (token, following, *more)
        return (token,)

    # what the floors of the grammar above say

    @abstractmethod
    def whole(self) -> Node:
        """The one expression that all tokens make."""

    @abstractmethod
    def sum(self) -> Node:
        """Terms with their signs."""

    @abstractmethod
    def sign(self, first: bool) -> str | None:
        """The sign before a term; None where the sum ends."""

    @abstractmethod
    def inner(self) -> Node:
        """One term of a sum."""

    @abstractmethod
    def factor(self) -> Node:
        """One factor with its scripts."""

    @abstractmethod
    def atom(self) -> Node:
        """What stands by itself, without scripts."""

    @abstractmethod
    def scripted(self, base: Node) -> Node:
        """The base with what is raised, lowered and primed behind it."""

    @abstractmethod
    def begins_factor(self) -> bool:
        """Whether a factor stands next."""

    @abstractmethod
    def within(self, parts: Parts) -> Cursor:
        """A reader of other tokens, for what stands in a bracket or an argument."""


def split(parts: Parts, mark: str) -> list[Parts]:
    """The stretches between marks."""
    found: list[Parts] = []
    begin = 0
    for at, token in enumerate(parts):
        if token.text == mark and token.kind in ("mark", "macro"):
            found.append(parts[begin:at])
            begin = at + 1
    return [*found, parts[begin:]]
