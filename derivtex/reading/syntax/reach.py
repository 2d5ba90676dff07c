r"""How far an operator word reaches: what `\operatorname{tr}`, `\det`, `\log`, `\sin`, `\exp` and their like are applied to.

1. A round or square bracket directly behind a word is all of its argument, and of a function of numbers a group in braces: `\log(x)y` and
   `\log{x}y` are (log x)y.
   What is raised behind it belongs to the value, `\det(A)^2`; but a trace or determinant is a number, and a number is never transposed:
   behind `\operatorname{tr}(X-A)^T` the argument goes on, tr((X−A)ᵀ(X−A)).
2. Without a bracket the argument is the run of factors side by side. It ends at a sign, a relation, a comma, a closing bracket, a written mark of
   multiplication, and before the next word (`\sin x\cos y`, `\det A\det B` and `\log\det A\log\det B` are products), unless a row stands last,
   which is not yet all: `\log\mathbf{1}^T\exp(x)`. A word that stands first in the run takes its own argument, `\log\det A`.
3. A word for matrices (tr, det, vec, diag) takes brackets in the run, `\det(A)` aside: `\operatorname{tr}A(B+C)`; it ends before bars, which are a
   number. A trace, which is linear, goes on behind functions of matrices: `\operatorname{tr}\rho\log\rho`. A function of numbers ends behind a
   fraction, bars, a root or a call, `\log\frac{p}{q}\,r` is (log p/q)r, and before the differential of its argument, `\sin x\,dx`; behind bars and
   numbers only bars go on, `\log|A||B|`, `\log 2\pi|\Sigma|`, `\log(2\pi)^n|\Sigma|`, as densities are written.
4. Where this leaves two readings with different values, as in `\log p/q`, `\sin x(1-x)`, `\log 1+x` or `\det A\,c`, `meaning/reach.py` refuses both.
"""

from __future__ import annotations

from abc import abstractmethod

from derivtex.reading.source.vocabulary import (
    BARS,
    DIAGONALS,
    FUNCTION_LETTERS,
    NUMBERS_OF_MATRICES,
    TRACES,
    WIDE,
)  # fmt: skip
from derivtex.reading.syntax.brackets import Brackets
from derivtex.reading.syntax.tree import Node, is_transposed, key

LOGARITHMS = ("log", "ln", "lg")
DELIMITED = ("fraction", "bars", "root", "apply", "bracket", "angle")


class Reach(Brackets):
    """The part of the grammar that finds the arguments of words."""

    def applied(self, head: Node, word: str) -> Node:
        """A function with its argument: what stands in brackets, else the factors that follow."""
        token = self.next
        if token is None or not (self.begins_factor() or (token.kind == "macro" and token.text == r"\{")):
            return head
        if self.next_is_bracket():
            bracket = self.atom()
            if not (word in NUMBERS_OF_MATRICES and self.is_transpose_next()) and not (word in LOGARITHMS and self.is_power_before_bars()):
                return Node("apply", head.start, bracket.end, word, (head, bracket))
            argument = self.run(word, self.scripted(bracket))
        elif word not in WIDE and token.kind == "group" and token.inner and not self.is_raised_behind() and self.word_next() is None:
            self.take()
            inside = Node("bracket", token.start, token.end, "(", (self.within(token.inner).whole(),))
            return Node("apply", head.start, inside.end, word, (head, inside))
        else:
            argument = self.run(word, self.factor())
        return Node("apply", head.start, argument.end, word, (head, argument))

    def is_raised_behind(self) -> bool:
        """Whether something is raised or lowered on the group that stands next."""
        behind = self.after()
        return behind is not None and behind.is_mark("^", "_", "'")

    def run(self, word: str, first: Node) -> Node:
        """The factors side by side that a word is applied to, of which one is read."""
        factors = [first]
        while self.begins_factor() and not self.ends_argument(word, factors[-1]):
            factors.append(self.factor())
        if len(factors) == 1:
            return factors[0]
        return Node("chain", factors[0].start, factors[-1].end, parts=tuple(factors), marks=("",) * len(factors))

    def ends_argument(self, word: str, last: Node) -> bool:
        """Whether the argument of a word ends before what stands next."""
        token = self.parts[self.at]
        bars = token.text in BARS and token.kind in ("open", "mark", "macro")
        following = self.word_next()
        if word in WIDE:
            ends = following is not None and following not in DIAGONALS
            return bars or (ends and (word not in TRACES or following in NUMBERS_OF_MATRICES))
        if self.is_change_next(last):
            return True
        if is_transposed(last):  # a row is not yet all that a function is applied to: `\log\mathbf{1}^T\exp(x)`
            return False
        if self.next_is_bracket():
            return not self.calls(last)
        delimited = last.parts[0].form if last.form == "script" else last.form
        if bars and (delimited in ("bars", "number") or last.text == r"\pi" or (last.form, delimited) == ("script", "bracket")):
            return False
        return bars or following is not None or token.is_mark(r"\sum") or delimited in DELIMITED

    def is_change_next(self, last: Node) -> bool:
        r"""Whether the differential of what a function of numbers is taken of stands next, `\sin\theta\,d\theta`: it is a factor beside the value."""
        behind = self.parts[self.at : self.at + 3]
        d = next((width for width in (1, 2) if key(behind[:width]) in (("d",), (r"\mathrm", "d"))), 0)
        inside = {token.text for token in self.parts[: self.at] if token.start >= last.start and token.kind in ("letter", "macro")}
        return 0 < d < len(behind) and behind[d].text in inside

    @abstractmethod
    def word_next(self) -> str | None:
        """The word that stands next, if one does."""

    def is_power_before_bars(self) -> bool:
        r"""Whether an exponent and then bars follow: the logarithm in `\log(2\pi)^n|\Sigma|` is that of a density."""
        behind = self.after(2)
        return self.is_next("^") and behind is not None and behind.text == "|" and behind.kind != "close"

    def calls(self, node: Node) -> bool:
        r"""Whether a name before a bracket is a function: `\log\sigma(x)`."""
        base = node.parts[0] if node.form == "script" else node
        if base.form != "name" or not self.next_is_bracket():
            return False
        name = key(base.tokens)
        usual = base.text in FUNCTION_LETTERS or base.text in (r"\sigma", r"\lambda")
        return name in self.lexicon.functions or (usual and name not in self.lexicon.names) or self.is_list_of_names_next()

    def is_list_of_names_next(self) -> bool:
        r"""Whether the bracket that stands next holds names alone, as in `p(x|\theta)`, so that the name before it is a function."""
        held, names = False, 0
        for token in self.parts[self.at + 1 :]:
            if token.text in (")", "]"):
                return held
            if token.is_mark(",", "|", ";"):
                held, names = False, 0
            elif token.kind in ("letter", "macro", "group", "text") and not (held and token.kind == "letter" and names):
                held, names = True, names + (token.kind != "macro")
            elif not token.is_mark("_"):
                return False
            else:
                names = 0
        return False
