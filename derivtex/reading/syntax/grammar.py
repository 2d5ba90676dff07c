r"""The grammar of formulas: a precedence parser from tokens to an untyped tree. Its tables and examples are `productions.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from derivtex.core.errors import Source
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.tokens import too_deep
from derivtex.reading.source.vocabulary import (
    ACCENTS,
    BARS,
    DEEPEST_BRACKETS,
    FONTS,
    FONTS_TO_THE_END,
    FUNCTION_MACROS,
    PRODUCTS,
    RELATIONS,
    SYMBOLS,
    bare_word,
    infixes,
)  # fmt: skip
from derivtex.reading.syntax.constructs import BRACES, Constructs, sum_below_brace
from derivtex.reading.syntax.matrices import grid
from derivtex.reading.syntax.numbers import BEGINNING, begins_number, indicator, number
from derivtex.reading.syntax.productions import MACROS, MARKS
from derivtex.reading.syntax.tree import NOTHING, Lexicon, Node, Parts, Script, key
from derivtex.reading.syntax.words import spread_fonts

MOST_SCRIPTS = 8


class Grammar(Constructs):
    """Reads the tokens of one formula, from the loosest level to the tightest."""

    def within(self, parts: Parts) -> Grammar:
        """A grammar for the inside of a group."""
        return Grammar(spread_fonts(parts, self.lexicon), self.source, self.lexicon, self.depth)

    def whole(self) -> Node:
        """The one expression that all tokens make."""
        node = self.sum()
        if self.next is not None:
            raise self.unexpected(self.next)
        return node

    def sum(self) -> Node:
        terms: list[Node] = []
        signs: list[str] = []
        stretches: list[Parts] = []
        while True:
            sign = self.sign(first=not terms)
            if sign is None:
                break
            begin = self.at
            if self.is_next(r"\ldots") and terms:
                width, whole = self.series(stretches, signs, sign)
                del terms[-width:], signs[-width:], stretches[-width:]
                terms.append(whole)
            else:
                terms.append(self.inner())
            signs.append(sign)
            stretches.append(self.parts[begin : self.at])
            if self.parts[begin].is_mark(*BRACES) and (inner := sum_below_brace(terms[-1])) is not None:
                first = "+" if sign == inner.marks[0] else "-"
                terms[-1:], signs[-1:], stretches[-1:] = inner.parts, (first, *inner.marks[1:]), [stretches[-1]] * len(inner.parts)
        self.widen(terms, signs, stretches)
        if len(terms) == 1 and signs == ["+"]:
            return terms[0]
        return Node("sum", terms[0].start, terms[-1].end, parts=tuple(terms), marks=tuple(signs))

    def sign(self, first: bool) -> str | None:
        """The sign before a term: of signs in a row, what they make together."""
        if first:
            self.skip_empty_groups()
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
        while (
            (token := self.next) is not None and token.kind in ("mark", "macro") and token.text in infixes() and token.text != ":"
        ):
            marks.append(self.take().text)
            factors.append(self.chain())
        if len(factors) == 1:
            return factors[0]
        return Node("entrywise", factors[0].start, factors[-1].end, parts=tuple(factors), marks=tuple(marks))

    def chain(self) -> Node:
        factors: list[Node] = []
        marks: list[str] = []
        mark = ""
        while True:
            if self.is_next("-", "+") and factors and mark:
                minus = self.take().text == "-"
                part = self.factor()
                factors.append(Node("sum", part.start, part.end, parts=(part,), marks=("-" if minus else "+",)))
            else:
                factors.append(self.factor())
            marks.append(mark)
            if self.is_next(*MARKS["chain"]):
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
        if token is None or self.closes_bar() or self.at in self.separators:
            return False
        if token.kind in ("letter", "digit", "group", "environment", "text", "open"):
            return True
        if token.kind == "mark":
            return token.text in ("(", "[", "|") or (token.text == "<" and self.looks_like_angle())
        return token.kind == "macro" and token.text not in RELATIONS and token.text not in infixes() and token.text not in (
            *PRODUCTS, r"\}", r"\pm", r"\mp", r"\over", "\\\\", r"\right", r"\ldots",
        )  # fmt: skip

    def factor(self) -> Node:
        """An atom with its scripts; how deep factors stand in each other is bounded."""
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise too_deep(self.span(self.next.start, self.next.end) if self.next else self.span(0))
        self.skip_empty_groups()
        node = self.scripted(self.atom())
        self.skip_empty_groups()
        self.depth -= 1
        return node

    def skip_empty_groups(self) -> None:
        """Past `{}`, which is there for its spacing."""
        while (token := self.next) is not None and token.kind == "group" and not token.inner and self.after() is not None:
            self.take()

    def scripted(self, base: Node) -> Node:
        """The base with what is raised, lowered and primed behind it; a mark of a transpose is raised by itself."""
        for _ in range(MOST_SCRIPTS):
            if self.is_next(r"\top", r"\intercal"):
                mark = self.take()
                base = Node("script", base.start, mark.end, parts=(base,), above=Script((mark,)))
                continue
            if not self.is_next("_", "^", "'"):
                return base
            below: Parts = ()
            above = NOTHING
            primes, end = 0, base.end
            while self.is_next("_", "^", "'"):
                if self.is_next("'"):
                    if above:
                        break
                    primes, end = primes + 1, self.take().end
                    continue
                if below if self.is_next("_") else above or primes:
                    break
                mark = self.take()
                script = self.argument(mark)
                self.refuse_half_script(mark)
                end = self.parts[self.at - 1].end
                if mark.text == "_":
                    below = script
                elif all(token.text == "'" for token in script):
                    primes += len(script)
                else:
                    above = self.raised(script)
            self.refuse_second_power(base, above)
            base = Node("script", base.start, end, parts=(base,), below=below, above=above, primes=primes)
        raise too_deep(self.span(base.start, base.end))

    def refuse_half_script(self, mark: Token) -> None:
        """TeX raises or lowers one mark alone: `x^10` is x¹·0, and `A^-1` has a 1 on the line."""
        script, behind = self.parts[self.at - 1], self.next
        if behind is None or behind.spaced or script.kind not in ("digit", "mark"):
            return
        signed = script.is_mark("-", "+") and (behind.kind == "digit" or behind.text in ("T", r"\top"))
        if signed or (script.kind == behind.kind == "digit"):
            whole = latex((script, behind))
            raise self.problem(
                f"{mark.text}{whole} has only the {script.text} {'above' if mark.text == '^' else 'below'} the line, as TeX reads it",
                f"write {mark.text}{{{whole}}}, or a space if {behind.text} is a factor", script,
            )  # fmt: skip

    def refuse_second_power(self, base: Node, above: Script) -> None:
        """TeX refuses a second exponent, `x^{T}^2`; only a transpose or an inverse is told apart from what it is raised on."""
        twice = base.form == "script" and bool(base.above) and bool(above)
        if twice and any(each[-1].kind == "digit" and each.form != "inverse" for each in (base.above, above)):
            raise self.problem("two exponents follow each other", "put the first in brackets: (x^T)^2", above[0])

    def atom(self) -> Node:
        token = self.next
        if token is None:
            raise self.problem("the formula ends where something should follow", "complete it")
        if token.text in BEGINNING and (found := indicator(self)) is not None:
            return found
        width = self.lexicon.match(self.parts, self.at)
        if width and not (token.kind == "letter" and self.spelt_width()):
            return self.known_name(width)
        if begins_number(self):
            return number(self)
        if token.kind == "letter":
            return self.letter()
        if token.kind == "group":
            return self.group()
        if token.kind == "environment":
            return grid(self, self.take())
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
        return Node("name", found[0].start, found[-1].end, text, tokens=found)

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
        if node.form == "word":
            return self.applied(node, node.text)
        return (
            Node("bracket", token.start, token.end, "{", (node,))
            if node.form in ("sum", "chain", "entrywise", "inner", "over")
            else node
        )

    def macro(self) -> Node:
        token = self.take()
        text = token.text
        if text in FONTS or text in ACCENTS:
            return self.dressed_argument(token)
        if text in FONTS_TO_THE_END:
            rest = self.parts[self.at :]
            self.at = len(self.parts)
            return self.dressed(token, rest, token.start, rest[-1].end if rest else token.end)
        if text in MACROS:
            production: Callable[[Token], Node] = getattr(self, MACROS[text])
            return production(token)
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


def parse(parts: Parts, source: Source, lexicon: Lexicon) -> Node:
    """The untyped tree of a formula."""
    return Grammar(spread_fonts(parts, lexicon), source, lexicon).whole()
