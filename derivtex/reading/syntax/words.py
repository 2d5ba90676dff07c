r"""Words and dressed letters: `\log`, `\operatorname{tr}`, `tr(A)`, `\mathbf{X}`, `\hat w`, and what a word without brackets is applied to.

A font over several letters goes on each of them, `\mathbf{AB}^T` is `\mathbf{A}\mathbf{B}^T`, as it is printed, unless they are one name or word.
"""

from __future__ import annotations

from derivtex.reading.source.marks import GREEK, Token, latex, plain
from derivtex.reading.source.vocabulary import (
    ACCENTS,
    EXTRA_WORDS,
    FONTS,
    FONTS_TO_THE_END,
    FUNCTION_MACROS,
    NUMBERS_OF_MATRICES,
    UPRIGHT,
    WIDE,
    bare_word,
    words,
)
from derivtex.reading.syntax.reach import Reach
from derivtex.reading.syntax.tree import Lexicon, Node, Parts


def spread_fonts(parts: Parts, lexicon: Lexicon) -> Parts:
    """The tokens with every font put on each letter by itself."""
    result: list[Token] = []
    at = 0
    while at < len(parts):
        token, group = parts[at], parts[at + 1] if at + 1 < len(parts) else None
        width = lexicon.match(parts, at) if token.text in FONTS or token.kind == "group" else 0
        if width:
            result.extend(parts[at : at + width])
            at += width
        elif group is not None and is_spread(token, group.inner):
            result.extend(distributed(token, group.inner))
            at += 2
        elif token.kind == "group" and token.inner and token.inner[0].text in FONTS_TO_THE_END and is_spread(token.inner[0], token.inner[1:]):
            result.extend(distributed(token.inner[0], token.inner[1:]))
            at += 1
        else:
            result.append(token)
            at += 1
    return tuple(result)


def is_spread(macro: Token, inner: Parts) -> bool:
    """Whether a font stands over several marks that are no word and no number."""
    if macro.kind != "macro" or macro.text not in FONTS | FONTS_TO_THE_END or macro.text in UPRIGHT or len(inner) < 2:
        return False
    return plain(inner).replace(" ", "") not in WIDE and not all(token.kind == "digit" for token in inner)


def distributed(macro: Token, inner: Parts) -> Parts:
    r"""`\mathbf{AX^\top}` as `\mathbf{A}\mathbf{X}^\top`: each letter in the font."""
    found: list[Token] = []
    raised = False
    for token in inner:
        is_letter = token.kind == "letter" or (token.kind == "macro" and token.text in GREEK)
        if is_letter and not raised:
            group = Token("group", "", token.start, token.end, inner=(token._replace(spaced=False),))
            if macro.text in FONTS_TO_THE_END:
                found.append(Token("group", "", token.start, token.end, inner=(macro, token)))
            else:
                found.extend((macro._replace(start=token.start, end=token.end), group))
        else:
            found.append(token)
        raised = token.text in ("^", "_") and token.kind == "mark"
    return tuple(found)


LONGEST_WORD = 12
SPELT = frozenset("log ln exp sin cos tan tanh tr Tr trace det diag vec logdet sqrt".split())
GLUED = NUMBERS_OF_MATRICES | {"log", "exp"}


class Words(Reach):
    """The part of the grammar that knows functions and fonts."""

    def letter(self) -> Node:
        """A letter, or letters in a row that are the name of a function: `tr(A)`."""
        width = self.spelt_width()
        first = self.parts[self.at]
        if width:
            word = self.spelt(width)
            self.at += width
            return self.word(word, word, first.start, self.parts[self.at - 1].end)
        self.refuse_unknown_word()
        token = self.take()
        return Node("name", token.start, token.end, token.text, tokens=(token,))

    def letters_in_a_row(self) -> int:
        """How many letters stand side by side from here on."""
        width = 1
        while (token := self.after(width)) is not None and token.kind == "letter" and not token.spaced and width < LONGEST_WORD:
            width += 1
        return width

    def spelt(self, width: int) -> str:
        """The word that letters spell; `Cos` is cos."""
        word = "".join(token.text for token in self.parts[self.at : self.at + width])
        return word.lower() if word not in words() and word.istitle() and word.lower() in SPELT else word

    def spelt_width(self) -> int:
        """How many of the letters from here on spell a function that is applied to something; 0 for letters that are names."""
        most = self.letters_in_a_row()
        for width in range(most, 1, -1):
            word = self.spelt(width)
            alone = word in SPELT and ((width == most and self.stands_apart(width)) or self.stands_before_capitals(width, most))
            if (word in words() or word in EXTRA_WORDS) and (alone or self.opens_argument(width)):
                return width if self.lexicon.match(self.parts, self.at) < width else 0
        return 0

    def refuse_unknown_word(self) -> None:
        """Three letters or more before a bracket, none a known name, are no product: `loss(x)`; capitals that stand elsewhere are: `ABC(A+B)`."""
        width = self.letters_in_a_row()
        behind = self.after(width)
        if width < 3 or behind is None or behind.text != "(" or behind.spaced:
            return
        word = self.spelt(width)
        elsewhere = {token.text for token in (*self.parts[: self.at], *self.parts[self.at + width :]) if token.kind == "letter"}
        if word.isupper() and elsewhere.intersection(word):
            return
        if any(word[k:] in GLUED and (word[k].isupper() or set(word[:k]) <= elsewhere) for k in (1, 2)):  # xTr(A) is x times a trace
            return
        if not any(self.lexicon.match(self.parts, self.at + k) for k in range(width)):
            raise self.problem(
                f"{word} is no function that is known", f"declare it, {word} : function elementwise, or define it; for a product leave spaces"
            )

    def stands_apart(self, width: int) -> bool:
        """Whether letters that spell a function stand before something, and are no declared names: `log x`."""
        following = self.after(width)
        declared = all(self.lexicon.match(self.parts, self.at + k) for k in range(width))
        return following is not None and following.kind in ("letter", "macro", "digit", "group") and not declared

    def stands_before_capitals(self, width: int, most: int) -> bool:
        """Whether letters that spell a function are glued to capitals, and are no names: `trX`, `logdetAX`."""
        glued = "".join(token.text for token in self.parts[self.at + width : self.at + most])
        return glued.isupper() and not any(self.lexicon.match(self.parts, self.at + k) for k in range(width))

    def opens_argument(self, width: int) -> bool:
        """Whether what follows the letters makes them a word: a bracket, a bar, or a further function."""
        token = self.after(width)
        if token is None:
            return False
        return (
            token.kind in ("open", "group") or token.text in ("(", "[", "|", r"\{", "^", r"\|") or token.text in FUNCTION_MACROS
        )

    def word_next(self) -> str | None:
        r"""The word for a function that stands next, however it is dressed: `\log`, `\operatorname{tr}`, `{\rm tr}`, `\text{tr}`, `tr(`."""
        token, following = self.next, self.after()
        if token is None:
            return None
        if token.text in FUNCTION_MACROS:
            return bare_word(token.text)
        if token.kind == "letter":
            return self.spelt(width) if (width := self.spelt_width()) else None
        inner: Parts = (token,) if token.kind == "text" else ()
        if token.kind == "macro" and token.text in UPRIGHT and following is not None:
            inner = following.inner
        elif token.kind == "group" and token.inner and token.inner[0].text in UPRIGHT:
            inner = token.inner[1:]
        word = plain(inner).replace(" ", "")
        return word if word in words() or word in EXTRA_WORDS or token.text == r"\operatorname" else None

    def text(self) -> Node:
        token = self.take()
        word = token.text.strip()
        if word in words() or word in EXTRA_WORDS:
            return self.word(word, rf"\text{{{word}}}", token.start, token.end)
        return Node("name", token.start, token.end, rf"\text{{{token.text}}}", tokens=(token,))

    def dressed_argument(self, macro: Token) -> Node:
        """What a font or an accent is put on."""
        inner = self.argument(macro)
        end = self.parts[self.at - 1].end
        return self.dressed(macro, inner, macro.start, end)

    def dressed(self, macro: Token, inner: Parts, start: int, end: int) -> Node:
        r"""A letter in a font; a word (`\mathrm{tr}`); or a product of letters in one font (`\mathbf{AXB}`)."""
        letters = plain(inner).replace(" ", "")
        if not inner:
            raise self.problem(f"nothing stands behind {macro.text}", token=macro)
        if (macro.text in UPRIGHT and (letters in words() or letters in EXTRA_WORDS)) or (macro.text in FONTS and letters in WIDE):
            return self.word(letters, self.source.text[start:end], start, end)
        group = Token("group", "", inner[0].start, inner[-1].end, inner=tuple(token._replace(spaced=False) for token in inner))
        if macro.text in ACCENTS or macro.text in UPRIGHT or len(inner) == 1 or all(token.kind == "digit" for token in inner):
            text = rf"{macro.text}{{{latex(inner)}}}" if macro.text not in FONTS_TO_THE_END else f"{{{latex((macro, *inner))}}}"
            return Node("name", start, end, text, tokens=(macro, group))
        node = self.within(distributed(macro, inner)).whole()
        return Node("bracket", start, end, "{", (node,)) if node.form in ("sum", "chain", "entrywise", "inner", "over") else node

    def word(self, word: str, mark: str, start: int, end: int) -> Node:
        """The name of a function with its argument."""
        head = Node("word", start, end, word, marks=(mark,))
        if self.is_next("_", "^", "'"):
            head = self.scripted(head)
        return self.applied(head, word)

    def operator_name(self, token: Token) -> Node:
        inner = self.argument(token)
        end = self.parts[self.at - 1].end
        word = plain(inner).replace(" ", "")
        if word in words() or word in EXTRA_WORDS:
            return self.word(word, self.source.text[token.start : end].strip(), token.start, end)
        text = rf"\operatorname{{{word}}}"
        group = Token("group", "", token.start, end, inner=inner)
        return Node("name", token.start, end, text, tokens=(token, group))
