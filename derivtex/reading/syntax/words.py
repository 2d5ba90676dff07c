r"""Words and dressed letters: `\log`, `\operatorname{tr}`, `tr(A)`, `\mathbf{X}`, `\hat w`, and what a word without brackets
is applied to."""

from __future__ import annotations

from derivtex.reading.source.tokens import Token, latex, plain
from derivtex.reading.syntax.brackets import Brackets
from derivtex.reading.syntax.tree import Node, key
from derivtex.reading.syntax.vocabulary import (
    ACCENTS,
    BARS,
    EXTRA_WORDS,
    FONTS,
    FONTS_TO_THE_END,
    FUNCTION_LETTERS,
    FUNCTION_MACROS,
    GREEK,
    TRANSPOSES,
    UPRIGHT,
    WIDE,
    words,
)  # fmt: skip

SPELT = frozenset("log ln exp sin cos tan tanh tr Tr trace det diag vec logdet sqrt".split())


class Words(Brackets):
    """The part of the grammar that knows functions and fonts."""

    def letter(self) -> Node:
        """A letter, or letters in a row that are the name of a function: `tr(A)`."""
        run = [self.parts[self.at]]
        while (token := self.after(len(run))) is not None and token.kind == "letter" and not token.spaced and len(run) < 12:
            run.append(token)
        for width in range(len(run), 1, -1):
            word = "".join(token.text for token in run[:width])
            alone = width == len(run) and word in SPELT and self.stands_apart(run)
            if (word in words() or word in EXTRA_WORDS) and (alone or self.opens_argument(width)):
                self.at += width
                return self.word(word, word, run[0].start, run[width - 1].end)
        token = self.take()
        return Node("name", token.start, token.end, token.text, tokens=(token,))

    def stands_apart(self, run: list[Token]) -> bool:
        """Whether letters that spell a function stand before a space and something, and are no declared names: `log x`."""
        following = self.after(len(run))
        declared = all(self.lexicon.match(self.parts, self.at + k) for k in range(len(run)))
        return following is not None and following.kind in ("letter", "macro", "digit", "group") and not declared

    def opens_argument(self, width: int) -> bool:
        """Whether what follows the letters makes them a word: a bracket, a bar, or a further function."""
        token = self.after(width)
        if token is None:
            return False
        return (
            token.kind in ("open", "group") or token.text in ("(", "[", "|", r"\{", "^", r"\|") or token.text in FUNCTION_MACROS
        )

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

    def dressed(self, macro: Token, inner: tuple[Token, ...], start: int, end: int) -> Node:
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
        return Node("bracket", start, end, "{", (self.within(distributed(macro, inner)).whole(),))

    def word(self, word: str, mark: str, start: int, end: int) -> Node:
        """The name of a function with its argument."""
        head = Node("word", start, end, word, marks=(mark,))
        if self.is_next("_", "^", "'"):
            head = self.scripted(head)
        return self.applied(head, word)

    def applied(self, head: Node, word: str) -> Node:
        """A function with its argument: what stands in brackets, else the factors that follow."""
        token = self.next
        if token is None or not (self.begins_factor() or (token.kind == "macro" and token.text == r"\{")):
            return head
        if self.next_is_bracket():
            bracket = self.atom()
            return Node("apply", head.start, bracket.end, word, (head, bracket))
        run = self.run(wide=word in WIDE)
        return Node("apply", head.start, run.end, word, (head, run))

    def run(self, wide: bool) -> Node:
        r"""The factors that a function without brackets is applied to: `\log x y`; a wide one (`\det`) takes brackets too."""
        factors = [self.factor()]
        while self.begins_factor():
            token = self.parts[self.at]
            ends = self.next_is_bracket() or self.is_function_next()
            if not wide and ends and not self.calls(factors[-1]) and not is_transposed(factors[-1]):
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
        return token is not None and (
            token.text in FUNCTION_MACROS or token.kind == "text" or token.text in (r"\operatorname", r"\sum")
        )

    def calls(self, node: Node) -> bool:
        r"""Whether a name before a bracket is a function: `\log\sigma(x)`."""
        base = node.parts[0] if node.form == "script" else node
        if base.form != "name" or not self.next_is_bracket():
            return False
        name = key(base.tokens)
        usual = base.text in FUNCTION_LETTERS or base.text in (r"\sigma", r"\lambda")
        return name in self.lexicon.functions or (usual and name not in self.lexicon.names)

    def operator_name(self, token: Token) -> Node:
        inner = self.argument(token)
        end = self.parts[self.at - 1].end
        word = plain(inner).replace(" ", "")
        if word in words() or word in EXTRA_WORDS:
            return self.word(word, self.source.text[token.start : end].strip(), token.start, end)
        text = rf"\operatorname{{{word}}}"
        group = Token("group", "", token.start, end, inner=inner)
        return Node("name", token.start, end, text, tokens=(token, group))


def is_transposed(node: Node) -> bool:
    r"""Whether a factor is a row, so that it is not yet all that a function is applied to: `\log\mathbf{1}^T\exp(x)`."""
    return node.form == "script" and (node.primes > 0 or key(node.above) in TRANSPOSES)


def distributed(macro: Token, inner: tuple[Token, ...]) -> tuple[Token, ...]:
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
