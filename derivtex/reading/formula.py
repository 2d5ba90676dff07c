r"""The grammar of formulas: a precedence parser from tokens to an untyped tree.

    sum        ±  inner ± inner …            \sum and its like take what stands before the next ±
    inner      entrywise : entrywise
    entrywise  chain \odot chain …           also \circ \oslash \otimes
    chain      factor factor …               juxtaposition, \cdot, \times, *, /
    factor     atom with _ ^ '
"""

from __future__ import annotations

from derivtex.errors import Source, Span, SyntaxProblem
from derivtex.reading.syntax import Lexicon, Node, key
from derivtex.reading.tokens import Token, latex, plain, too_deep
from derivtex.reading.vocabulary import (
    ACCENTS, BRACKETS, FONTS, FONTS_TO_THE_END, FUNCTION_MACROS, GREEK, MATRICES, PRODUCTS, RELATIONS, UPRIGHT, WIDE, bare_word, infixes, words,
)  # fmt: skip

BARS = ("|", r"\|")
BIG = {r"\sum": "sum", r"\prod": "product"}
DEEPEST_BRACKETS = 60
MOST_SCRIPTS = 8
SYMBOLS = GREEK | {r"\infty", r"\partial", r"\nabla", r"\top", r"\bot", r"\R", r"\emptyset", r"\square", r"\blacksquare", r"\star", r"\dagger"}
EXTRA_WORDS = frozenset(("max", "min", "logdet", "arg", "blkdiag", "Var", "rank"))


class Grammar:
    """Reads the tokens of one formula."""

    def __init__(self, parts: tuple[Token, ...], source: Source, lexicon: Lexicon, depth: int = 0):
        self.parts, self.source, self.lexicon, self.depth = parts, source, lexicon, depth
        self.at = 0
        self.open: list[str] = []

    # what stands next

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

    def span(self, start: int, end: int | None = None) -> Span:
        return Span(self.source, start, start + 1 if end is None else end)

    def problem(self, message: str, way_out: str = "", token: Token | None = None) -> SyntaxProblem:
        token = token or self.next or (self.parts[-1] if self.parts else None)
        span = self.span(token.start, token.end) if token else self.span(0, 1)
        return SyntaxProblem(message, way_out=way_out, span=span)

    def within(self, parts: tuple[Token, ...]) -> Grammar:
        """A grammar for the inside of a group."""
        return Grammar(parts, self.source, self.lexicon, self.depth)

    def whole(self) -> Node:
        """The one expression that all tokens make."""
        node = self.sum()
        if self.next is not None:
            raise self.unexpected(self.next)
        return node

    def unexpected(self, token: Token) -> SyntaxProblem:
        text = latex([token])
        if token.kind == "close" or text in BRACKETS.values():
            return self.problem(f"{text} closes nothing", "open it before, or leave it out", token)
        if token.kind == "macro" and token.text not in RELATIONS and token.text not in SYMBOLS:
            return self.problem(f"the macro {text} is not known", rf"define it with \newcommand, or declare the name it belongs to with -d", token)
        return self.problem(f"{text} is not expected here", "check what stands before it", token)

    # the levels

    def sum(self) -> Node:
        terms, signs = [], []
        while True:
            sign = self.sign(first=not terms)
            if sign is None:
                break
            signs.append(sign)
            terms.append(self.inner())
        if len(terms) == 1 and signs == ["+"]:
            return terms[0]
        return Node("sum", terms[0].start, terms[-1].end, parts=tuple(terms), marks=tuple(signs))

    def sign(self, first: bool) -> str | None:
        """The sign before a term: of signs in a row, what they make together."""
        if first and not self.is_next("+", "-", r"\pm"):
            return "+"
        sign = None
        while self.is_next("+", "-"):
            minus = self.take().text == "-"
            sign = ("-" if minus else "+") if sign is None else ("+" if sign == "-" else "-") if minus else sign
        if self.is_next(r"\pm", r"\mp"):
            raise self.problem(r"\pm has two meanings at once", "ask for one sign at a time")
        return sign

    def inner(self) -> Node:
        left = self.entrywise()
        if self.is_next(":"):
            self.take()
            right = self.entrywise()
            left = Node("inner", left.start, right.end, ":", (left, right))
            if self.is_next(":"):
                raise self.problem("A : B : C is not an inner product of two", "write brackets")
        return left

    def entrywise(self) -> Node:
        factors, marks = [self.chain()], [""]
        while (token := self.next) is not None and token.kind in ("mark", "macro") and token.text in infixes() and token.text != ":":
            marks.append(self.take().text)
            factors.append(self.chain())
        if len(factors) == 1:
            return factors[0]
        return Node("entrywise", factors[0].start, factors[-1].end, parts=tuple(factors), marks=tuple(marks))

    def chain(self) -> Node:
        factors, marks = [], []
        mark = ""
        while True:
            if self.is_next("-", "+") and factors and mark:
                minus = self.take().text == "-"
                part = self.factor()
                factors.append(Node("sum", part.start, part.end, parts=(part,), marks=("-" if minus else "+",)))
            else:
                factors.append(self.factor())
            marks.append(mark)
            if self.is_next(r"\cdot", r"\times", "*", "/") or (self.is_next(r"\ast")):
                mark = self.take().text
            elif self.begins_factor():
                mark = ""
            else:
                break
        if len(factors) == 1:
            return factors[0]
        return Node("chain", factors[0].start, factors[-1].end, parts=tuple(factors), marks=tuple(marks))

    def begins_factor(self) -> bool:
        """Whether the next token can begin a factor."""
        token = self.next
        if token is None or self.closes_bar():
            return False
        if token.kind in ("letter", "digit", "group", "environment", "text", "open"):
            return True
        if token.kind == "mark":
            return token.text in ("(", "[", "|") or (token.text == "<" and self.looks_like_angle())
        return token.kind == "macro" and token.text not in RELATIONS and token.text not in infixes() and token.text not in (
            *PRODUCTS, r"\}", r"\pm", r"\mp", r"\over", "\\\\", r"\right",
        )  # fmt: skip

    # a factor

    def factor(self) -> Node:
        """An atom with its scripts; how deep factors stand in each other is bounded."""
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise too_deep(self.span(self.next.start, self.next.end) if self.next else self.span(0))
        node = self.scripted(self.atom())
        self.depth -= 1
        return node

    def scripted(self, base: Node) -> Node:
        """The base with what is raised, lowered and primed behind it."""
        for _ in range(MOST_SCRIPTS):
            if not self.is_next("_", "^", "'"):
                return base
            below: tuple[Token, ...] = ()
            above: tuple[Token, ...] = ()
            primes, end = 0, base.end
            while self.is_next("_", "^", "'"):
                if self.is_next("'"):
                    if above:
                        break
                    primes, end = primes + 1, self.take().end
                    continue
                if (below if self.is_next("_") else above or primes):
                    break
                mark = self.take()
                script = self.argument(mark)
                end = self.parts[self.at - 1].end
                if mark.text == "_":
                    below = script
                elif all(token.text == "'" for token in script):
                    primes += len(script)
                else:
                    above = script
            base = Node("script", base.start, end, parts=(base,), below=below, above=above, primes=primes)
        raise too_deep(self.span(base.start, base.end))

    def argument(self, before: Token) -> tuple[Token, ...]:
        """What one mark takes: the next token or group."""
        token = self.next
        if token is None:
            raise self.problem(f"nothing stands behind {before.text}", token=before)
        self.take()
        if token.kind == "group":
            return token.inner
        if token.kind == "macro" and (token.text in FONTS or token.text in ACCENTS or token.text in (r"\operatorname", r"\frac")) and self.next:
            following = self.take()
            more = (self.take(),) if token.text == r"\frac" and self.next else ()
            return (token, following, *more)
        return (token,)

    def atom(self) -> Node:
        token = self.next
        if token is None:
            raise self.problem("the formula ends where something should follow", "complete it")
        width = self.lexicon.match(self.parts, self.at)
        if width:
            return self.known_name(width)
        if token.kind == "digit" or (token.text == "." and self.after() is not None and self.after().kind == "digit"):
            return self.number()
        if token.kind == "letter":
            return self.letter()
        if token.kind == "group":
            return self.group()
        if token.kind == "environment":
            return self.grid(self.take())
        if token.kind == "text":
            return self.text()
        if token.kind == "open":
            return self.fenced(self.take())
        if token.kind == "mark" and token.text in ("(", "[", "|", "<"):
            return self.fenced(self.take())
        if token.kind == "macro":
            return self.macro()
        raise self.unexpected(token)

    def known_name(self, width: int) -> Node:
        found = self.parts[self.at : self.at + width]
        self.at += width
        text = self.lexicon.names[key(found)]
        return self.maybe_apply(Node("name", found[0].start, found[-1].end, text, tokens=found))

    def maybe_apply(self, node: Node) -> Node:
        return node

    def number(self) -> Node:
        start = self.next.start
        text = self.take().text
        while (token := self.next) is not None and not token.spaced and (token.kind == "digit" or token.text == "."):
            if token.text == "." and (self.after() is None or self.after().kind != "digit" or "." in text):
                break
            text += self.take().text
        return Node("number", start, self.parts[self.at - 1].end, text)

    def letter(self) -> Node:
        """A letter, or letters in a row that are the name of a function: `tr(A)`."""
        run = [self.next]
        while (token := self.after(len(run))) is not None and token.kind == "letter" and not token.spaced and len(run) < 12:
            run.append(token)
        for width in range(len(run), 1, -1):
            word = "".join(token.text for token in run[:width])
            if (word in words() or word in EXTRA_WORDS) and self.opens_argument(width):
                self.at += width
                return self.word(word, word, run[0].start, run[width - 1].end)
        token = self.take()
        return Node("name", token.start, token.end, token.text, tokens=(token,))

    def opens_argument(self, width: int) -> bool:
        """Whether what follows the letters makes them a word: a bracket, a bar, or a further function."""
        token = self.after(width)
        if token is None:
            return False
        return token.kind in ("open", "group") or token.text in ("(", "[", "|", r"\{", "^", r"\|") or token.text in FUNCTION_MACROS

    def group(self) -> Node:
        """A group: transparent, unless it sets a font or divides."""
        token = self.take()
        inner = token.inner
        if not inner:
            raise self.problem("an empty group stands where something should", "leave it out", token)
        if inner[0].kind == "macro" and inner[0].text in FONTS_TO_THE_END:
            return self.dressed(inner[0], inner[1:], token.start, token.end)
        for at, part in enumerate(inner):
            if part.is_mark(r"\over"):
                over, under = self.within(inner[:at]).whole(), self.within(inner[at + 1 :]).whole()
                return Node("fraction", token.start, token.end, r"\over", (over, under))
        node = self.within(inner).whole()
        return Node("bracket", token.start, token.end, "{", (node,)) if node.form in ("sum", "chain", "entrywise", "inner", "over") else node

    def text(self) -> Node:
        token = self.take()
        word = token.text.strip()
        if word in words() or word in EXTRA_WORDS:
            return self.word(word, rf"\text{{{word}}}", token.start, token.end)
        return Node("name", token.start, token.end, rf"\text{{{token.text}}}", tokens=(token,))

    # brackets

    def fenced(self, opening: Token) -> Node:
        mark = opening.text
        if mark in BARS:
            return self.bars(opening)
        if mark in ("<", r"\langle"):
            return self.angle(opening)
        closing = BRACKETS.get(mark)
        if closing is None:
            raise self.problem(f"{mark} does not open a bracket", token=opening)
        inside = self.inside(opening, closing)
        return Node("bracket", opening.start, self.parts[self.at - 1].end, mark, inside)

    def inside(self, opening: Token, closing: str) -> tuple[Node, ...]:
        """The parts between brackets, separated by commas."""
        self.open.append(closing)
        found: list[Node] = []
        while True:
            found.append(self.sum())
            if not (self.is_next(",") or self.is_next(";")):
                break
            self.take()
        self.open.pop()
        if not self.closes(closing):
            if self.next is not None and not self.is_next(")", "]", r"\}", ">") and self.next.kind != "close":
                raise self.unexpected(self.next)
            raise self.problem(f"{opening.text} is not closed", f"add the {closing} that belongs to it", opening)
        self.take()
        return tuple(found)

    def closes(self, closing: str) -> bool:
        token = self.next
        if token is None:
            return False
        return token.text == closing and token.kind in ("close", "mark", "macro")

    def bars(self, opening: Token) -> Node:
        """`|…|` or `\\|…\\|`, also typed as two bars in a row."""
        mark = opening.text
        if mark == "|" and opening.kind == "mark" and self.is_next("|"):
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
        found = [self.sum()]
        while self.is_next(",", "|"):
            self.take()
            found.append(self.sum())
        self.open.pop()
        if not self.closes(closing):
            raise self.problem(f"{opening.text} is not closed", f"add the {closing} that belongs to it", opening)
        self.take()
        if len(found) != 2:
            raise self.problem("an inner product has two sides", r"write \langle A, B\rangle", opening)
        return Node("angle", opening.start, self.parts[self.at - 1].end, opening.text, tuple(found))

    # macros

    def macro(self) -> Node:
        token = self.take()
        text = token.text
        if text in FONTS or text in ACCENTS:
            return self.dressed_argument(token)
        if text in FONTS_TO_THE_END:
            rest = self.parts[self.at :]
            self.at = len(self.parts)
            return self.dressed(token, rest, token.start, rest[-1].end if rest else token.end)
        handler = HANDLERS.get(text)
        if handler is not None:
            return handler(self, token)
        if text in BARS or text == r"\{":
            return self.fenced(token)
        if text in FUNCTION_MACROS:
            return self.word(bare_word(text), text, token.start, token.end)
        if text in SYMBOLS:
            return Node("name", token.start, token.end, text, tokens=(token,))
        if self.lexicon.macros.get(text) == 1 and self.next is not None:
            following = self.take()
            return Node("name", token.start, following.end, latex([token, following]), tokens=(token, following))
        if text in self.lexicon.macros:
            return Node("name", token.start, token.end, text, tokens=(token,))
        self.at -= 1
        raise self.unexpected(token)

    def dressed_argument(self, macro: Token) -> Node:
        """What a font or an accent is put on."""
        inner = self.argument(macro)
        end = self.parts[self.at - 1].end
        return self.dressed(macro, inner, macro.start, end)

    def dressed(self, macro: Token, inner: tuple[Token, ...], start: int, end: int) -> Node:
        r"""A letter in a font; a word (`\mathrm{tr}`); or a product of letters in one font (`\mathbf{AXB}`)."""
        letters = plain(inner).replace(" ", "")
        if not inner:
            raise self.problem(f"nothing stands behind {macro.text}", token=macro)
        if macro.text in UPRIGHT and (letters in words() or letters in EXTRA_WORDS):
            return self.word(letters, self.source.text[start:end], start, end)
        group = Token("group", "", inner[0].start, inner[-1].end, inner=tuple(token._replace(spaced=False) for token in inner))
        if macro.text in ACCENTS or macro.text in UPRIGHT or len(inner) == 1 or all(token.kind == "digit" for token in inner):
            text = rf"{macro.text}{{{latex(inner)}}}" if macro.text not in FONTS_TO_THE_END else f"{{{latex((macro, *inner))}}}"
            return Node("name", start, end, text, tokens=(macro, group))
        return Node("bracket", start, end, "{", (self.within(distributed(macro, inner)).whole(),))

    def word(self, word: str, mark: str, start: int, end: int) -> Node:
        """The name of a function with its argument."""
        head = Node("word", start, end, word, marks=(mark,))
        if self.is_next("_", "^", "'"):
            head = self.scripted(head)
        return self.applied(head, word)

    def applied(self, head: Node, word: str) -> Node:
        """A function with its argument: what stands in brackets, else the factors that follow."""
        if word in ("max", "min") and head.form == "script" and not self.next_is_bracket():
            pass
        token = self.next
        if token is None or not (self.begins_factor() or (token.kind == "macro" and token.text == r"\{")):
            return head
        if self.next_is_bracket():
            bracket = self.atom()
            node = Node("apply", head.start, bracket.end, word, (head, bracket))
            return node
        run = self.run(wide=word in WIDE)
        return Node("apply", head.start, run.end, word, (head, run))

    def next_is_bracket(self) -> bool:
        token = self.next
        if token is None:
            return False
        return (token.kind == "open" and token.text in ("(", "[", "{")) or (token.kind in ("mark", "macro") and token.text in ("(", "[", r"\{"))

    def run(self, wide: bool) -> Node:
        r"""The factors that a function without brackets is applied to: `\log x y`; a wide one (`\det`) takes brackets too."""
        factors = [self.factor()]
        while self.begins_factor():
            token = self.next
            if not wide and (self.next_is_bracket() or self.is_function_next()) and not self.calls(factors[-1]):
                break
            if not wide and factors[-1].form in ("fraction", "bars", "root", "apply", "bracket", "angle"):
                break
            if token.kind == "open" and token.text in BARS and not wide:
                break
            factors.append(self.factor())
        if len(factors) == 1:
            return factors[0]
        return Node("chain", factors[0].start, factors[-1].end, parts=tuple(factors), marks=("",) * len(factors))

    def is_function_next(self) -> bool:
        token = self.next
        return token is not None and (token.text in FUNCTION_MACROS or token.kind == "text" or token.text in (r"\operatorname", r"\sum"))

    def calls(self, node: Node) -> bool:
        r"""Whether a name before a bracket is a function: `\log\sigma(x)`."""
        base = node.parts[0] if node.form == "script" else node
        return base.form == "name" and (key(base.tokens) in self.lexicon.functions or base.text in (r"\sigma", r"\lambda", r"\phi")) and self.next_is_bracket()

    # macros with a grammar of their own

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

    def operator_name(self, token: Token) -> Node:
        inner = self.argument(token)
        end = self.parts[self.at - 1].end
        word = plain(inner).replace(" ", "")
        if word in words() or word in EXTRA_WORDS:
            return self.word(word, self.source.text[token.start : end].strip(), token.start, end)
        text = rf"\operatorname{{{word}}}"
        group = Token("group", "", token.start, end, inner=inner)
        return Node("name", token.start, end, text, tokens=(token, group))

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

    def old_matrix(self, token: Token) -> Node:
        group = self.next
        if group is None or group.kind != "group":
            raise self.problem(f"{token.text} lacks its rows", token=token)
        self.take()
        return self.grid(group._replace(kind="environment", text=token.text[1:]))

    def grid(self, token: Token) -> Node:
        """The rows and columns of a matrix."""
        if token.text not in MATRICES:
            raise self.problem(rf"\begin{{{token.text}}} is not expected inside a formula", "give its lines as formulas of their own", token)
        inner = token.inner[1:] if token.text == "array" and token.inner and token.inner[0].kind == "group" else token.inner
        rows = [row for row in split(inner, "\\\\") if row]
        cells = [[self.cell(cell, token) for cell in split(row, "&")] for row in rows]
        if not cells or any(len(row) != len(cells[0]) for row in cells):
            raise self.problem("the rows of a matrix differ in length", r"give each row the same number of &", token)
        text = "|" if token.text == "vmatrix" else ""
        return Node("grid", token.start, token.end, text, tuple(cell for row in cells for cell in row), across=len(cells[0]))

    def cell(self, parts: tuple[Token, ...], token: Token) -> Node:
        if not parts:
            raise self.problem("an entry of a matrix is empty", "write 0 where nothing stands", token)
        return self.within(parts).whole()


def distributed(macro: Token, inner: tuple[Token, ...]) -> tuple[Token, ...]:
    r"""`\mathbf{AX^\top}` as `\mathbf{A}\mathbf{X}^\top`: each letter in the font."""
    found: list[Token] = []
    raised = False
    for token in inner:
        is_letter = token.kind == "letter" or (token.kind == "macro" and token.text in GREEK)
        if is_letter and not raised:
            group = Token("group", "", token.start, token.end, inner=(token._replace(spaced=False),))
            wrapped = (macro._replace(start=token.start, end=token.end), group)
            if macro.text in FONTS_TO_THE_END:
                wrapped = (Token("group", "", token.start, token.end, inner=(macro, token)),)
            found.extend(wrapped)
        else:
            found.append(token)
        raised = token.text in ("^", "_") and token.kind == "mark"
    return tuple(found)


def split(parts: tuple[Token, ...], mark: str) -> list[tuple[Token, ...]]:
    """The stretches between marks."""
    found: list[tuple[Token, ...]] = []
    begin = 0
    for at, token in enumerate(parts):
        if token.text == mark and token.kind in ("mark", "macro"):
            found.append(parts[begin:at])
            begin = at + 1
    return [*found, parts[begin:]]


HANDLERS = {
    r"\frac": Grammar.fraction, r"\sqrt": Grammar.root, r"\operatorname": Grammar.operator_name, r"\sum": Grammar.big, r"\prod": Grammar.big,
    r"\underbrace": Grammar.braced, r"\overbrace": Grammar.braced, r"\boxed": Grammar.boxed, r"\fbox": Grammar.boxed, r"\pmatrix": Grammar.old_matrix,
    r"\matrix": Grammar.old_matrix, r"\bmatrix": Grammar.old_matrix,
}  # fmt: skip


def parse(parts: tuple[Token, ...], source: Source, lexicon: Lexicon) -> Node:
    """The untyped tree of a formula."""
    return Grammar(parts, source, lexicon).whole()
