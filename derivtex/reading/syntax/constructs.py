r"""Macros with a grammar of their own: `\frac`, `\sqrt`, `\sum`, `\underbrace`, `\boxed`."""

from __future__ import annotations

from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.matrices import letters_of, run_of_terms, stands_in, with_more
from derivtex.reading.syntax.restricted import restricted, under
from derivtex.reading.syntax.tree import Node, Parts, Script
from derivtex.reading.syntax.words import Words

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

    def raised(self, script: Parts) -> Script:
        """What is raised; of a power, and of the powers of entries, with its tree."""
        made = Script(script)
        alone = len(script) == 1 and script[0].is_mark(r"\odot", r"\circ")  # `\log^{\odot}`, the function of each entry
        if made.form in ("power", "entrywise") and not alone:
            made.tree = self.within(script if made.form == "power" else script[1:]).whole()
        return made

    def root(self, token: Token) -> Node:
        index: Parts = ()
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
        return Node("root", token.start, self.parts[self.at - 1].end, parts=(of,), above=self.raised(index))

    def big(self, token: Token) -> Node:
        r"""`\sum_{i=1}^n` with its body: all that stands before the next plus or minus."""
        below: Parts = ()
        above: Parts = ()
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
        end = body.end
        if token.text == r"\sum" and (told := restricted(self, below)) is not None:
            below, body = told[0], under(told[1], body)
        return Node("over", token.start, end, BIG[token.text], (body,), below=below, above=Script(above))

    def series(self, before: list[Parts], signs: list[str], sign: str) -> tuple[int, Node]:
        r"""`… + \ldots + x_p B_p`: how many terms before the dots it takes, and the sum over an index that they all are."""
        dots = self.take()
        begin = self.at + 1
        found = None
        if self.sign(first=False) == sign:
            self.inner()
            found = run_of_terms(before, self.parts[begin : self.at])
        width = found[0] if found is not None else 0
        if found is None or any(each != sign for each in signs[len(signs) - width :]):
            raise self.problem(
                r"the terms around \ldots are not alike but for an index", r"write the sum with \sum_{i=1}^{n}", dots
            )
        _, body, index, last = found
        below = (index._replace(inner=()), Token("mark", "=", dots.start, dots.end), *index.inner)
        of = self.within(body).whole()
        return width, Node("over", of.start, self.parts[self.at - 1].end, "sum", (of,), below=below, above=Script(last.inner or (last,)))

    def widen(self, terms: list[Node], signs: list[str], stretches: list[Parts]) -> None:
        r"""Let `\sum_i a_i + b_i` go on as far as its index stands; not where that counts what is asked by, as in `\sum_i x_i^2 + x_i` by x_i."""
        at = 0
        while at < len(terms):
            letters = tuple(letter for letter in letters_of(terms[at]) if letter not in self.lexicon.counted)
            behind = [k for k in range(at + 1, len(terms)) if stands_in(letters, stretches[k])] if letters else []
            if behind and behind == list(range(at + 1, behind[-1] + 1)):
                more = slice(at + 1, behind[-1] + 1)
                terms[at] = with_more(terms[at], terms[more], signs[more])
                del terms[more], signs[more], stretches[more]
                self.lexicon.widened.update(dict.fromkeys(letters))
            at += 1

    def braced(self, token: Token) -> Node:
        r"""`\underbrace{x}_{n\times 1}`: the part, with its shape where one is written."""
        of = self.operand(token)
        below: Parts = ()
        if self.is_next("_", "^"):
            below = self.argument(self.take())
        of = Node("bracket", of.start, of.end, "{", (of,)) if of.form in ("sum", "chain", "entrywise") else of
        return Node("shaped", token.start, self.parts[self.at - 1].end, parts=(of,), below=below) if below else of

    def boxed(self, token: Token) -> Node:
        of = self.operand(token)
        return Node("bracket", of.start, of.end, "{", (of,)) if of.form in ("sum", "chain", "entrywise") else of


BRACES = (r"\underbrace", r"\overbrace")


def sum_below_brace(node: Node) -> Node | None:
    r"""The sum below a brace, whose signs are those of the whole: `a - \underbrace{b - c}_{…}` is a - b - c."""
    of = node.parts[0] if node.form == "shaped" else node
    return of.parts[0] if of.form == "bracket" and of.text == "{" and of.parts[0].form == "sum" else None
