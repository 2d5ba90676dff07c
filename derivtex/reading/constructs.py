r"""Macros with a grammar of their own: `\frac`, `\sqrt`, `\sum`, `\underbrace`, `\boxed`."""

from __future__ import annotations

from derivtex.reading.syntax import Node
from derivtex.reading.tokens import Token
from derivtex.reading.words import Words

BIG = {r"\sum": "sum", r"\prod": "product"}


class Constructs(Words):
    """The part of the grammar that knows macros with arguments."""

    def fraction(self, token: Token) -> Node:
        over, under = self.operand(token), self.operand(token)
        return Node("fraction", token.start, self.parts[self.at - 1].end, r"\frac", (over, under))

    def operand(self, macro: Token) -> Node:
        """An argument of a macro, read as a formula."""
        if self.next is None:
            raise self.problem(f"{macro.text} lacks an argument", token=macro)
        found = self.argument(macro)
        if not found:
            raise self.problem(f"an argument of {macro.text} is empty", token=macro)
        return self.within(found).whole()

    def root(self, token: Token) -> Node:
        index: tuple[Token, ...] = ()
        if self.is_next("["):
            self.take()
            begin = self.at
            while self.next is not None and not self.is_next("]"):
                self.take()
            index = self.parts[begin : self.at]
            if self.next is None:
                raise self.problem("[ is not closed", "add the ]", token)
            self.take()
        of = self.operand(token)
        return Node("root", token.start, self.parts[self.at - 1].end, parts=(of,), above=index)

    def big(self, token: Token) -> Node:
        r"""`\sum_{i=1}^n` with its body: all that stands before the next plus or minus."""
        below: tuple[Token, ...] = ()
        above: tuple[Token, ...] = ()
        while self.is_next("_", "^"):
            mark = self.take()
            found = self.argument(mark)
            below, above = (found, above) if mark.text == "_" else (below, found)
        if self.is_next("-"):
            minus = self.take()
            body = self.inner()
            body = Node("sum", minus.start, body.end, parts=(body,), marks=("-",))
        else:
            body = self.inner()
        return Node("over", token.start, body.end, BIG[token.text], (body,), below=below, above=above)

    def braced(self, token: Token) -> Node:
        r"""`\underbrace{x}_{n\times 1}`: the part, with its shape where one is written."""
        of = self.operand(token)
        below: tuple[Token, ...] = ()
        if self.is_next("_", "^"):
            below = self.argument(self.take())
        of = Node("bracket", of.start, of.end, "{", (of,)) if of.form in ("sum", "chain", "entrywise") else of
        return Node("shaped", token.start, self.parts[self.at - 1].end, parts=(of,), below=below) if below else of

    def boxed(self, token: Token) -> Node:
        of = self.operand(token)
        return Node("bracket", of.start, of.end, "{", (of,)) if of.form in ("sum", "chain", "entrywise") else of
