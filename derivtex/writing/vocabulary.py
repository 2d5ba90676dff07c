r"""The words of formulas as a place can render them: `\operatorname{tr}` here, `\mathrm{tr}` there, always the author's word."""

from __future__ import annotations

from typing import NamedTuple

WRAPPERS = (r"\operatorname{", r"\operatorname*{", r"\mathrm{", r"\text{", r"\textrm{", r"\mathop{\mathrm{", r"{\rm ", r"{\rm{")
FUNCTIONS = frozenset(rf"\{word}" for word in "log ln lg det exp sin cos tan sinh cosh tanh arctan arcsin arccos max min".split())
PREFIXES = FUNCTIONS - {r"\exp", r"\max", r"\min"}


class Vocabulary(NamedTuple):
    r"""How words are set. operator: what stands before and behind the letters of an operator's name.

    keep: the author's own way (`{\rm Tr}`, `\Tr`) stays. sizes: of brackets around brackets. macros: the author's own are defined there.
    """

    operator: tuple[str, str] = (r"\operatorname{", "}")
    keep: bool = True
    sizes: tuple[str, str] = ("big", "Big")
    macros: bool = True

    def word(self, mark: str) -> str:
        """A mark as it is to be printed here."""
        if mark in FUNCTIONS:
            return mark
        letters, wrapped = word_of(mark)
        if not letters or (self.keep and wrapped):
            return mark
        if rf"\{letters}" in FUNCTIONS:
            return rf"\{letters}"
        return letters.join(self.operator)

    def is_spaced(self, printed: str) -> bool:
        """Whether TeX itself sets a printed word off from its neighbours."""
        return printed in FUNCTIONS or printed.startswith((r"\operatorname", r"\mathop"))


def word_of(mark: str) -> tuple[str, bool]:
    r"""The letters of a word and whether the author dressed it: `{\rm Tr}` and `\Tr` give Tr; of no word, nothing."""
    for wrapper in WRAPPERS:
        if mark.startswith(wrapper):
            letters = mark[len(wrapper) :].rstrip("}").strip()
            return (letters, True) if letters.isalpha() else ("", True)
    if mark.isalpha() and len(mark) > 1:
        return mark, False
    if mark in AUTHORS_MACROS:
        return mark[1:], True
    return "", True


AUTHORS_MACROS = frozenset(
    rf"\{word}" for word in "tr Tr trace vec Vec diag Diag rank sgn sign adj relu softmax sigmoid".split()
) - {r"\vec"}
PLAIN = Vocabulary((r"\mathrm{", "}"), keep=False)
WITHOUT_MACROS = PLAIN._replace(macros=False)
FULL = Vocabulary()
PORTABLE = Vocabulary((r"\operatorname{", "}"), keep=False, macros=False)
WITHOUT_BIG = PORTABLE._replace(sizes=("big", "bigg"))  # pandoc 2 does not know \Bigl
