r"""Mathematics typed without TeX, as tokens: `y = X*w + b`, `||Xw - y||^2`, `(X'WX)^-1`, `xᵀAx`, `Q @ K.T / sqrt(d_k)`.

The tokens are those of LaTeX and lie where the author typed them. `@` and `*` are products (beside an `@`, `*` is the product of entries, as
in NumPy), `.T` a transpose, `norm(…)`, `||…||` and `‖…‖` norms, `inv(…)` an inverse, a Greek letter may be spelt out. A superscript that was
lost when the text was copied (`xT A x`, `A−1 x`, `‖x‖2`) is not guessed: it is an error that asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source
from derivtex.reading.source.lexemes import of_character
from derivtex.reading.source.lost import ask_if_lost, ask_if_turned, lost
from derivtex.reading.source.marks import Token, kind_of
from derivtex.reading.source.plainformulas import ALIKE, FRACTIONS, GREEK_WORDS, LONGEST_PRODUCT, MACROS, MODULES, TWO, closing, filled_with, is_code
from derivtex.reading.source.tokens import nested
from derivtex.reading.source.vocabulary import EXTRA_WORDS, FUNCTION_MACROS, words


def plain_tokens(
    source: Source, start: int, end: int, whole: frozenset[str] = frozenset(), entrywise: bool = False, alone: frozenset[str] = frozenset()
) -> tuple[Token, ...]:
    """The nested tokens of a stretch of plain mathematics.

    whole: names of several letters; alone: letters that are names. entrywise: whether `*` is the product of entries. Raises AmbiguityError for
    a lost superscript.
    """
    return nested(list(Plain(source, start, end, whole, entrywise, alone).tokens()), source)


class Plain:
    """A stretch of plain mathematics, read from left to right."""

    def __init__(self, source: Source, start: int, end: int, whole: frozenset[str], entrywise: bool, alone: frozenset[str]):
        self.source, self.text, self.at, self.end = source, source.text, start, end
        self.whole, self.entrywise, self.alone = whole, entrywise, alone
        self.closers: dict[int, list[Token]] = {}
        self.bars: list[str] = []
        self.spaced = self.broken = False
        self.before = ""
        self.code = is_code(source.text[start:end])

    def tokens(self) -> Iterator[Token]:
        """Flat tokens, braces among them."""
        while self.at < self.end:
            character = self.text[self.at]
            if character.isspace():
                self.spaced, self.broken = True, self.broken or character == "\n"
                self.at += 1
                continue
            for token in self.one(character):
                yield token
                self.before = token.text
            self.spaced = self.broken = False

    def token(self, text: str, width: int, kind: str = "") -> Token:
        made = Token(kind or kind_of(text), text, self.at, self.at + width, self.spaced, self.broken)
        self.at += width
        self.spaced = self.broken = False
        return made

    def one(self, character: str) -> Iterator[Token]:
        """The tokens that begin here."""
        two = self.text[self.at : min(self.at + 2, self.end)]
        if self.at in self.closers:
            yield from self.closers.pop(self.at)
            self.at += 1
        elif two == "@(":  # MATLAB's anonymous function: f = @(x) …
            self.at = closing(self.text, self.at + 1, self.end) + 1
        elif character in FRACTIONS:
            over, under = FRACTIONS[character]
            yield Token("macro", r"\frac", self.at, self.at, self.spaced, self.broken)
            for digit in (over, under):
                yield Token("group", "", self.at, self.at + 1, inner=(Token("digit", digit, self.at, self.at + 1),))
            self.at += 1
        elif character.isdigit() and (end := self.tight_fraction()):
            yield from self.fraction(end)
        elif character.isalpha() and character.isascii():
            yield from self.word()
        elif two in ("||", "‖") or character in "|‖∥":
            yield self.bar(character, 2 if two == "||" else 1)
        elif two == ".T" and self.behind(2) not in "abcdefghijklmnopqrstuvwxyz":
            yield self.token("^", 1)
            yield self.token("T", 1, "letter")
            self.at += 2 if self.text.startswith("()", self.at) else 0
        elif two in TWO:
            yield self.token(TWO[two], 2)
            if two in ("**", ".^"):
                yield from self.exponent(entrywise=two == ".^")
        elif character == "^":
            yield self.token("^", 1)
            yield from self.exponent()
        elif character in "*@":
            yield from self.product(character)
        elif character == "~":
            yield self.token(r"\sim", 1)
        elif character in "{}":
            yield self.token(character, 1, "brace")
        elif self.text.startswith("...", self.at):
            yield self.token(r"\ldots", 3)
        else:
            ask_if_lost(self.source, self.at, self.end, character, self.spaced)
            if character == "∇" and (end := self.below_nabla()):
                yield self.token(r"\nabla", 1)
                yield Token("mark", "_", self.at, self.at)
                yield self.token(self.text[self.at : end], 1)
                return
            yield from of_character(character, self.at, self.spaced, self.broken)
            self.at += 1

    def behind(self, width: int) -> str:
        """The character behind the next ones; a space at the end."""
        return self.text[self.at + width] if self.at + width < self.end else " "

    def bar(self, character: str, width: int) -> Token:
        """A bar that opens or closes: it closes what the last open one of its kind opened, where a factor is over."""
        text = r"\|" if width == 2 or character in "‖∥" else "|"
        if self.bars[-1:] == [text] and self.before not in ("+", "-", "=", "*", "^", "(", "/", ","):
            self.bars.pop()
            token = self.token(text, width, "close")
            if self.at < self.end and self.text[self.at] == "2" and text == r"\|":
                raise lost(self.source, self.at, self.end, r"||x||_2 or ||x||^2")
            return token
        self.bars.append(text)
        return self.token(text, width, "open")

    def product(self, character: str) -> Iterator[Token]:
        """`*` and `@`; the star behind `w*`, which is no product, is raised."""
        previous, rest = self.text[: self.at].rstrip()[-1:], self.text[self.at + 1 : self.end].lstrip()
        if character == "*" and not self.spaced and (not rest or rest[0] in ")],=+;'"):
            yield self.token("^", 0)
            yield self.token("*", 1)
            return
        number = previous.isdigit() or rest[:1].isdigit()
        yield self.token(r"\odot" if self.entrywise and character == "*" and not number else r"\cdot", 1)

    def tight_fraction(self) -> int:
        """Where a number over something ends that white space sets apart from what follows: `1/2 x`, `1/(2 s^2) (y - x)`; else 0."""
        text, at = self.text, self.at
        while at < self.end and text[at].isdigit():
            at += 1
        if at + 1 >= self.end or text[at] != "/" or (self.at and text[self.at - 1] in "^_."):
            return 0
        end = closing(text, at + 1, self.end) + 1 if text[at + 1] == "(" else at + 1
        while text[at + 1] != "(" and end < self.end and (text[end].isalnum() or text[end] == "_"):
            end += 1
        follows = text[end : self.end].lstrip()[:1]
        return end if at + 1 < end < self.end and text[end] == " " and follows and follows not in "+-*/),=." else 0

    def fraction(self, end: int) -> Iterator[Token]:
        r"""`1/(2 s^2)` as `\frac`."""
        yield Token("macro", r"\frac", self.at, self.at, self.spaced, self.broken)
        slash = self.text.index("/", self.at)
        whole = self.text[slash + 1] == "("
        for start, stop in ((self.at, slash), (slash + 1 + whole, end - whole)):
            yield Token("brace", "{", start, start)
            yield from Plain(self.source, start, stop, self.whole, self.entrywise, self.alone).tokens()
            yield Token("brace", "}", stop, stop)
        self.at = end

    def exponent(self, entrywise: bool = False) -> Iterator[Token]:
        """What is raised: a name, a number with its sign, a bracket; as one group. entrywise: whether on each entry."""
        sign = [Token("macro", r"\odot", self.at, self.at)] if entrywise else []
        text, at = self.text, self.at
        while at < self.end and text[at] == " ":
            at += 1
        if at < self.end and text[at] in "({":
            self.at = at
            if text[at] == "(":
                close = closing(text, at, self.end)
                self.closers[close] = [Token("brace", "}", close, close + 1)]
                yield self.token("{", 1, "brace")
                yield from sign
            return
        end = at + (at < self.end and text[at] in "-−+")
        if end < self.end and text[end].isdigit():
            while end < self.end and (text[end].isdigit() or (text[end] == "." and text[end + 1 : end + 2].isdigit())):
                end += 1
        else:
            end = min(end + 1, self.end)
        self.at = at
        yield Token("brace", "{", at, at)
        yield from sign
        for place in range(at, end):
            yield from of_character(text[place], place, False, False)
        self.at = end
        yield Token("brace", "}", end, end)

    def word(self) -> Iterator[Token]:
        """A run of letters: a function, a Greek letter, a name as a whole, or names side by side."""
        for module in MODULES:
            if self.text.startswith(module, self.at) and self.text[self.at + len(module) : self.end][:1].isalpha():  # not the F. of “as in F.”
                self.at += len(module)
        begin, end = self.at, self.at
        while end < self.end and self.text[end].isalpha() and self.text[end].isascii():
            end += 1
        word = self.text[begin:end]
        follows = self.text[end : self.end].lstrip()[:1]
        timed = "t" in self.alone and word[:2].endswith("t")
        if word not in self.whole and not self.code and not timed:
            ask_if_turned(self.source, self.at, self.end, word, self.spaced)
        if word in ("norm", "abs", "inv", "sqrt", "transpose") and follows == "(":
            yield from self.called(word)
        elif follows == "(" and (filled := filled_with(word, self.text[end : closing(self.text, end, self.end) + 1], "^T" not in self.text)):
            yield from (Token(kind, mark, begin, end, self.spaced and at == 0, False) for at, (kind, mark) in enumerate(filled))
            self.at = closing(self.text, end, self.end) + 1
            return
        elif word in GREEK_WORDS:
            yield self.token(GREEK_WORDS[word], len(word))
        elif word in ("grad", "nabla"):
            yield self.token(r"\nabla", len(word))
        elif word == "sum" and self.text[end : end + 1] == "_":
            yield self.token(r"\sum", len(word))
        elif word in MACROS and rf"\{word}" in FUNCTION_MACROS:
            yield self.token(rf"\{word}", len(word))
        elif len(word) > 1 and (ALIKE.get(word, word) in words() or word in EXTRA_WORDS) and follows in "([|_" + "‖":
            yield self.token(ALIKE.get(word, word), len(word), "text")
        elif word in self.whole or len(word) > LONGEST_PRODUCT or (self.code and len(word) > 1 and not self.is_product(word)):
            yield from self.name(word, r"\mathrm" if follows != "(" else r"\operatorname")
        elif len(word) > 2 and follows == "(" and word.islower():
            yield from self.name(word, r"\operatorname")
        else:
            yield from self.letters(word)
        yield from self.numbered()

    def is_product(self, word: str) -> bool:
        """Whether two letters are a product though all others are written: the At of `expm(A*t)` and `e^(At)`; the Xw of `||Xw - y||` beside w."""
        before, behind = self.text[: self.at].rstrip()[-1:], self.text[self.at + len(word) :].lstrip()[:1]
        beside = "*" in (before, behind) or "@" in (before, behind)
        return len(word) == 2 and (set(word) <= self.alone or (word[0].isupper() and word[1] in self.alone and not beside))

    def name(self, word: str, font: str) -> Iterator[Token]:
        r"""A name of several letters: `\mathrm{Pm}`."""
        begin, end = self.at, self.at + len(word)
        yield Token("macro", font, begin, begin, self.spaced, self.broken)
        yield Token("brace", "{", begin, begin)
        for place in range(begin, end):
            yield Token("letter", self.text[place], place, place + 1)
        yield Token("brace", "}", end, end)
        self.at = end

    def letters(self, word: str) -> Iterator[Token]:
        """Names of one letter side by side; `dL` is d of L."""
        for letter in word:
            yield self.token(letter, 1)

    def numbered(self) -> Iterator[Token]:
        """What stands below a name: `x0`, `d_k`, `h_prev`."""
        text, end = self.text, self.at
        if self.at < self.end and text[self.at] == "_" and self.behind(1).isalnum():
            yield self.token("_", 1)
            end = self.at
            while end < self.end and text[end].isalnum() and text[end].isascii():
                end += 1
        elif self.at < self.end and text[self.at].isdigit() and text[self.at].isascii():
            yield Token("mark", "_", self.at, self.at)
            while end < self.end and text[end].isdigit():
                end += 1
        else:
            return
        yield Token("brace", "{", self.at, self.at)
        for place in range(self.at, end):
            yield Token(kind_of(text[place]), text[place], place, place + 1)
        yield Token("brace", "}", end, end)
        self.at = end

    def called(self, word: str) -> Iterator[Token]:
        """`norm(…)`, `abs(…)`, `inv(…)`, `sqrt(…)`, `transpose(…)`."""
        self.token(word, len(word))
        while self.text[self.at] == " ":
            self.at += 1
        close = closing(self.text, self.at, self.end)
        end = Token("mark", ")", close, close + 1)
        if word in ("norm", "abs"):
            bar = r"\|" if word == "norm" else "|"
            self.closers[close] = [end._replace(kind="close", text=bar)]
            yield self.token(bar, 1, "open")
        elif word == "sqrt":
            self.closers[close] = [end._replace(kind="brace", text="}")]
            yield Token("macro", r"\sqrt", self.at, self.at)
            yield self.token("{", 1, "brace")
        else:
            raised = "-1" if word == "inv" else "T"
            marks = [Token(kind_of(mark), mark, close, close + 1) for mark in raised]
            braces = Token("brace", "{", close, close), Token("brace", "}", close, close)
            self.closers[close] = [end, Token("mark", "^", close, close), braces[0], *marks, braces[1]]
            yield self.token("(", 1)

    def below_nabla(self) -> int:
        """Where the variable of `∇x (Ax)` or `∇w(‖Y - Xw‖^2)` ends, a letter that stands in the brackets behind it; 0 of `∇f(x)`."""
        begin = self.at + 2 + (self.behind(2) == " ")
        if not self.behind(1).isalpha() or self.text[begin : begin + 1] != "(":
            return 0
        inside = self.text[begin + 1 : closing(self.text, begin, self.end)]
        return self.at + 2 if self.behind(1) in inside and len(inside) > 1 else 0
