r"""What stands between marks that open and close: brackets, bars, angles, and the rows of a matrix."""

from __future__ import annotations

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import BARS, BRACKETS, OPERATORS
from derivtex.reading.syntax.cursor import Cursor
from derivtex.reading.syntax.matrices import grid, listed
from derivtex.reading.syntax.tree import Node, Parts

APART = (",", ";", "+", "-", "=", "/", r"\cdot", r"\times", r"\odot", "|")


class Brackets(Cursor):
    """The part of the grammar that closes what it opens."""

    def fenced(self, opening: Token) -> Node:
        mark = opening.text
        if mark in BARS:
            return self.bars(opening)
        if mark in ("<", r"\langle"):
            return self.angle(opening)
        closing = BRACKETS.get(mark)
        if closing is None:
            raise self.problem(f"{mark} does not open a bracket", token=opening)
        inside = self.cells_apart(opening) or self.cells_around_dots(opening) or self.inside(opening, closing)
        if len(inside) == 1 and inside[0].form == "listed" and self.is_transpose_next():
            inside = (inside[0]._replace(text="row"),)
        return Node("bracket", opening.start, self.parts[self.at - 1].end, mark, inside)

    def inside(self, opening: Token, closing: str) -> tuple[Node, ...]:
        """The parts between brackets, separated by commas; `p(x | \\mu)` and `KL(p \\| q)` by a bar that nothing closes."""
        self.open.append(closing)
        bar = self.lonely_bar()
        if bar is not None:
            self.separators.add(bar)
        found: list[Node] = []
        cells: list[Parts] = []
        while True:
            begin = self.at
            if self.is_next(r"\ldots") and cells:
                found = self.list_with_dots(cells)
                break
            found.append(self.sum())
            cells.append(self.parts[begin : self.at])
            if self.is_next(r"\ldots"):  # `[x_1 \ldots x_n]`
                found = self.list_with_dots(cells)
                break
            if not (self.is_next(",", ";") or self.at in self.separators):
                break
            if self.take().text == "|" and self.is_bar(self.at):
                self.take()
        self.open.pop()
        if not self.closes(closing):
            if self.next is not None and not self.is_next(")", "]", r"\}", ">") and self.next.kind != "close":
                raise self.unexpected(self.next)
            raise self.problem(f"{opening.text} is not closed", f"add the {closing} that belongs to it", opening)
        self.take()
        return tuple(found)

    def cells_apart(self, opening: Token) -> tuple[Node, ...]:
        r"""The cells of `[1\ x]`: parts with a space of their own between them, one of which is a 1 or 0; none of anything else."""
        end = next((at for at in range(self.at, len(self.parts)) if self.parts[at].is_mark("]")), len(self.parts))
        inside = self.parts[self.at : end]
        if not opening.is_mark("[") or end == len(self.parts) or any(token.is_mark(*APART) or token.nesting for token in inside):
            return ()
        text = self.source.text
        gaps = [text[one.end : other.start] for one, other in zip(inside, inside[1:], strict=False)]
        cuts = [at for at, gap in enumerate(gaps, 1) if "\\" in gap or "~" in gap]
        cells = [inside[begin:stop] for begin, stop in zip([0, *cuts], [*cuts, len(inside)], strict=True)]
        if len(cells) < 2 or not any(len(cell) == 1 and cell[0].text in ("0", "1") for cell in cells):
            return ()
        self.at = end + 1
        return tuple(self.within(cell).whole() for cell in cells)

    def cells_around_dots(self, opening: Token) -> tuple[Node, ...]:
        r"""The cells of `[x_1 | x_2 | \cdots | x_n]` and `[x_1 x_2 \cdots x_n]`, as long as the last one is; none of anything else."""
        end = next((at for at in range(self.at, len(self.parts)) if self.parts[at].text == "]"), len(self.parts))
        bars = [at for at in range(self.at, end) if self.parts[at].text in ("|", r"\mid")]
        inside = tuple(token for at, token in enumerate(self.parts[self.at : end], self.at) if at not in bars)
        dots = next((at for at, token in enumerate(inside) if token.is_mark(r"\ldots")), 0)
        width = len(inside) - dots - 1
        if opening.text != "[" or end == len(self.parts) or not dots or not width or dots % width or (dots == width and not bars):
            return ()
        if any(token.is_mark(",", ";", "+", "-", "=") or token.nesting for token in inside):
            return ()
        cells = [inside[at : at + width] for at in range(0, dots, width)]
        node = listed(self, [*cells, inside[dots : dots + 1], inside[dots + 1 :]], "row" if bars else "column")
        if node is None:
            return ()
        self.at = end + 1
        return (node,)

    def list_with_dots(self, cells: list[Parts]) -> list[Node]:
        r"""`x_1, x_2, \ldots, x_n` in brackets: one cell for each value of an index."""
        dots = self.take()
        if self.is_next(","):
            self.take()
        begin = self.at
        self.sum()
        node = listed(self, [*cells, (dots,), self.parts[begin : self.at]], "column")
        if node is None:
            raise self.problem("it is not told what the dots stand for", r"write what is beside them alike: x_1, \ldots, x_n", dots)
        return [node]

    def lonely_bar(self) -> int | None:
        r"""The place of the only bar, or double bar, before the bracket that was opened here closes: `p(x | y)`, `KL(p \| q)`, `KL(p||q)`."""
        depth, bars = 0, []
        for at in range(self.at, len(self.parts)):
            token = self.parts[at]
            depth += token.nesting
            if depth < 0:
                break
            if depth == 0 and token.is_mark(*BARS) and not (self.is_bar(at - 1) and self.is_bar(at)):
                bars.append(at)
        return bars[0] if len(bars) == 1 else None

    def closes(self, closing: str) -> bool:
        token = self.next
        if token is None:
            return False
        return token.text == closing and token.kind in ("close", "mark", "macro")

    def bars(self, opening: Token) -> Node:
        r"""`|…|` or `\|…\|`, the latter also typed as two bars in a row: `||x||`, `\left|\left|x\right|\right|`."""
        mark = opening.text
        if mark == "|" and self.opens_norm():
            self.take()
            mark = r"\|"
        self.open.append(mark)
        node = self.sum()
        if not self.closes_bar():
            raise self.problem(f"{mark} is not closed", f"add the {mark} that belongs to it", opening)
        self.open.pop()
        if self.take().text == "|" and mark == r"\|":
            self.take()
        return Node("bars", opening.start, self.parts[self.at - 1].end, mark, (node,))

    def opens_norm(self) -> bool:
        """Whether a bar that was just taken and the next one are the double bar of a norm: whether two bars in a row close them.

        `||x|-|y||` is the absolute value of a difference of such; there a single bar stands where two would have to close.
        """
        if not self.is_bar(self.at):
            return False
        open_bars, depth, operand = ["||"], 0, False
        at = self.at + 1
        while at < len(self.parts) and depth >= 0:
            token = self.parts[at]
            if depth == 0 and self.is_bar(at):
                closes = token.kind == "close" or (operand and token.kind != "open")
                double = self.is_bar(at + 1) and (self.parts[at + 1].kind == "close") >= (token.kind == "close")
                if closes and (open_bars[-1] == "|" or double):
                    at += open_bars.pop() == "||"
                    if not open_bars:
                        return True
                else:
                    at += double
                    open_bars.append("||" if double else "|")
                operand = closes
            else:
                depth += token.nesting
                operand = token.nesting < 1 and not token.is_mark(*OPERATORS)
            at += 1
        return False

    def is_bar(self, at: int) -> bool:
        return at < len(self.parts) and self.parts[at].text == "|" and self.parts[at].kind in ("mark", "macro", "open", "close")

    def closes_bar(self) -> bool:
        """Whether the next token closes the bars that were opened last."""
        token = self.next
        if token is None or token.kind == "open" or not self.open or self.open[-1] not in BARS:
            return False
        if token.text == self.open[-1]:
            return True
        following = self.after()
        return self.open[-1] == r"\|" and token.text == "|" and following is not None and following.text == "|"

    def looks_like_angle(self) -> bool:
        """Whether `<` opens `<x, y>` here."""
        rest = self.parts[self.at + 1 : self.at + 40]
        texts = [token.text for token in rest if token.kind != "group"]
        return ">" in texts and "," in texts[: texts.index(">")]

    def angle(self, opening: Token) -> Node:
        closing = ">" if opening.text == "<" else r"\rangle"
        token, behind = self.next, self.after()
        if token is not None and token.kind == "group" and behind is not None and behind.text == closing:
            self.parts = (*self.parts[: self.at], *token.inner, *self.parts[self.at + 1 :])
        self.open.append(closing)
        bar = self.lonely_bar()
        if bar is not None:
            self.separators.add(bar)
        found = [self.sum()]
        while self.is_next(",") or self.at in self.separators:
            self.take()
            found.append(self.sum())
        self.open.pop()
        if not self.closes(closing):
            raise self.problem(f"{opening.text} is not closed", f"add the {closing} that belongs to it", opening)
        self.take()
        if len(found) != 2:
            raise self.problem("an inner product has two sides", r"write \langle A, B\rangle", opening)
        return Node("angle", opening.start, self.parts[self.at - 1].end, opening.text, tuple(found))

    def next_is_bracket(self) -> bool:
        token = self.next
        if token is None:
            return False
        return (token.kind == "open" and token.text in ("(", "[", "{")) or (
            token.kind in ("mark", "macro") and token.text in ("(", "[", r"\{")
        )

    def old_matrix(self, token: Token) -> Node:
        group = self.next
        if group is None or group.kind != "group":
            raise self.problem(f"{token.text} lacks its rows", token=token)
        self.take()
        return grid(self, group._replace(kind="environment", text=token.text[1:]))
