r"""What marks and words mean, gathered from the notation on the operations' cards."""

from __future__ import annotations

from functools import cache

from derivtex.core.notation import Binding, Infix, Named
from derivtex.core.terms import CARDS, Operation
from derivtex.reading.source import characters
from derivtex.reading.source.marks import Token

GREEK = frozenset(
    rf"\{name}"
    for name in "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
    "varrho sigma "
    "varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath "
    "jmath "
    "aleph digamma varkappa".split()
)
FONTS, ACCENTS = characters.FONTS, characters.ACCENTS
FONTS_TO_THE_END = frozenset(rf"\{name}" for name in "bf rm it cal sf tt bfseries rmfamily mit".split())
UPRIGHT = frozenset(
    (r"\mathrm", r"\rm", r"\operatorname", r"\text", r"\mathsf", r"\sf", r"\mathop", r"\textsf", r"\mathtt", r"\texttt")
)
FUNCTION_MACROS = frozenset(
    rf"\{name}"
    for name in "log ln exp sin cos tan tanh sinh cosh arctan arcsin arccos det tr Tr max min sgn diag vec Re Im trace arg "
    "sup inf lg "
    "rank logdet softmax relu ReLU vech sign Diag".split()
)
TRACES = frozenset(("tr", "Tr", "trace", "Trace", "TR"))
NUMBERS_OF_MATRICES = TRACES | {"det", "Det", "logdet"}
DIAGONALS = frozenset(("diag", "Diag", "dg"))
WIDE = NUMBERS_OF_MATRICES | DIAGONALS | {"vec", "Vec", "vech"}
TRANSPOSES = frozenset(
    [(mark,) for mark in ("T", "t", r"\top", r"\intercal")]
    + [(font, mark) for font in (*sorted(FONTS), *sorted(FONTS_TO_THE_END)) for mark in ("T", "t", r"\top", r"\intercal")]
    + [("{", r"\rm", "T", "}")]
)
HERMITIANS = frozenset((("H",), (r"\mathrm", "H"), (r"\mathsf", "H"), (r"\rm", "H"), (r"\mathcal", "H"), (r"\textbf", "H")))
BARS = ("|", r"\|")
FUNCTION_LETTERS = frozenset(("f", "g", "h", r"\phi", r"\varphi", r"\psi", r"\rho"))
DEEPEST_BRACKETS = 60
SYMBOLS = GREEK | {
    r"\infty",
    r"\partial",
    r"\nabla",
    r"\top",
    r"\bot",
    r"\R",
    r"\emptyset",
    r"\square",
    r"\blacksquare",
    r"\star",
    r"\dagger",
}
EXTRA_WORDS = frozenset(
    "max min logdet arg blkdiag Var rank sum mean avg var CE CrossEntropy crossentropy xent BCE KL MSE SSE".split()
)
RELATIONS = frozenset(("=", ":=", "<", ">", r"\le", r"\ge", r"\in", r"\succ", r"\succeq", r"\ne", r"\approx", r"\Rightarrow",
r"\propto",
                       r"\sim", r"\to", r"\prec", r"\preceq", r"\subset", r"\simeq", r"\leftarrow", r"\mapsto",
                       r"\cong"))  # fmt: skip
PRODUCTS = frozenset(("", r"\cdot", r"\times", "*", "/"))
OPERATORS = (
    RELATIONS | FUNCTION_MACROS | {"+", "-", r"\pm", r"\mp", ",", ";", ":", "^", "_", "/", "*", r"\cdot", r"\times", r"\odot", r"\otimes", r"\circ",
                                   r"\oslash", r"\sum", r"\prod", "&"}
)  # fmt: skip
NESTING = {"(": 1, "[": 1, r"\{": 1, ")": -1, "]": -1, r"\}": -1}
BRACKETS = {"(": ")", "[": "]", r"\{": r"\}", "{": "}", r"\langle": r"\rangle"}
MATRICES = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array psmallmatrix bsmallmatrix".split())
ROWS = frozenset("align align* aligned alignat alignat* alignedat eqnarray eqnarray* gather gather* gathered split multline "
    "multline* "
                 "equation equation* flalign flalign* displaymath math dcases IEEEeqnarray IEEEeqnarray* "
                 "subequations".split())  # fmt: skip


def nesting(token: Token) -> int:
    """1 for a mark that opens a bracket, −1 for one that closes it, 0 for any other."""
    if token.kind in ("open", "close"):
        return 1 if token.kind == "open" else -1
    return NESTING.get(token.text, 0) if token.kind in ("mark", "macro") else 0


@cache
def words() -> dict[str, tuple[type[Operation], ...]]:
    """The cards that a word may mean, by the word: tr, log, diag, ..."""
    found: dict[str, tuple[type[Operation], ...]] = {}
    for card in CARDS.values():
        if isinstance(card.notation, Named):
            for mark in (card.notation.mark, *card.notation.also):
                word = bare_word(mark)
                if card not in found.get(word, ()):
                    found[word] = (*found.get(word, ()), card)
    return found


@cache
def infixes() -> dict[str, tuple[str, Binding]]:
    """For each mark between parts: the name of its card and how tightly it holds."""
    found = {r"\oslash": ("Hadamard", Binding.ENTRYWISE), ":": ("Inner", Binding.INNER)}
    for name, card in CARDS.items():
        if isinstance(card.notation, Infix):
            for mark in (card.notation.mark, *card.notation.also):
                found.setdefault(mark, (name, card.notation.binding))
    for mark in PRODUCTS | {r"\ast"}:
        found.pop(mark, None)
    return found


def bare_word(mark: str) -> str:
    r"""The letters of a word: `\operatorname{tr}`, `{\rm tr}`, `\tr` and `tr` are all tr."""
    for dress in (r"\operatorname", r"\mathrm", r"\text", r"\mathop", r"\rm"):
        mark = mark.replace(dress, "")
    return mark.strip("\\{} ")
