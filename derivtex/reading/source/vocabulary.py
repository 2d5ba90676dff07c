"""What marks and words mean, gathered from the notation on the operations' cards.

What characters and macros stand for before there is any grammar: synonyms, layout that means nothing, fences that know
their side.
"""

from __future__ import annotations

from functools import cache

from derivtex.core.notation import Binding, Infix, Named
from derivtex.core.terms import CARDS, Operation
from derivtex.reading.source.marks import GREEK

UNICODE = {
    "−": "-", "–": "-", "∂": r"\partial", "⊙": r"\odot", "∘": r"\circ", "⊗": r"\otimes", "⊘": r"\oslash", "‖": r"\|", "∥": r"\|",
    "·": r"\cdot", "⋅": r"\cdot", "×": r"\times", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "√": r"\sqrt", "∈": r"\in",
    "≻": r"\succ",
    "≽": r"\succeq", "⪰": r"\succeq", "≠": r"\ne", "≜": r"\triangleq", "⟨": r"\langle", "⟩": r"\rangle", "ℝ": r"\R",
    "…": r"\ldots", "′": "'",
    "∗": "*", "⊤": r"\top", "ℓ": r"\ell", "∞": r"\infty", "≤": r"\le", "≥": r"\ge", "†": r"\dagger", "∣": "|", "’": "'",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta",
    "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma",
    "τ": r"\tau",
    "φ": r"\phi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta",
    "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip
RAISED = {"ᵀ": (r"\top",), "⁻": ("-",), "¹": ("1",), "²": ("2",), "³": ("3",), "⁺": ("+",), "ᴴ": ("H",), "ⁿ": ("n",)}
LOWERED = {"ₓ": "x", "ₐ": "a", "ₑ": "e", "ₕ": "h", "ₗ": "l", "ₘ": "m", "ₚ": "p", "ₛ": "s", "ₜ": "t", "ᵣ": "r", "ᵤ": "u", "ᵥ": "v",
           "₀": "0", "₁": "1", "₂": "2", "₃": "3", "ᵢ": "i", "ⱼ": "j", "ₖ": "k", "ₙ": "n"}
SYNONYMS = {
    r"\dag": r"\dagger", r"\Vert": r"\|", r"\parallel": r"\|", r"\vert": "|", r"\mid": "|", r"\dfrac": r"\frac", r"\tfrac": r"\frac",
    r"\cfrac": r"\frac",
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\colon": ":", r"\neq": r"\ne", r"\leq": r"\le", r"\geq": r"\ge", r"\gets": "=",
    r"\coloneqq": ":=", r"\triangleq": ":=", r"\equiv": "=", r"\doteq": "=", r"\ast": "*", r"\lbrack": "[", r"\rbrack": "]",
    r"\cr": "\\\\",
    r"\leqslant": r"\le", r"\geqslant": r"\ge", r"\preccurlyeq": r"\preceq", r"\succcurlyeq": r"\succeq",
    r"\*": "*", r"\_": "_",  # as Markdown has them
    r"\prime": "'", r"\lt": "<", r"\gt": ">", r"\dotsb": r"\ldots", r"\dotsm": r"\ldots", r"\hdots": r"\ldots",
    r"\dotsc": r"\ldots", r"\dots": r"\ldots", r"\cdots": r"\ldots",
    r"\operatorname*": r"\operatorname", r"\bigtriangledown": r"\nabla", r"\triangledown": r"\nabla",
    r"\bullet": r"\cdot", r"\textnormal": r"\text", r"\mbox": r"\text", r"\textrm": r"\text", r"\hbox": r"\text",
    r"\newline": "\\\\",
    r"\tabularnewline": "\\\\", r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow", r"\iff": r"\Rightarrow",
    r"\Leftrightarrow": r"\Rightarrow", r"\Longleftrightarrow": r"\Rightarrow",
}  # fmt: skip
SWITCHES = {  # what is meant where an old font switch is given an argument, `\bf{w}`
    r"\bf": r"\mathbf", r"\rm": r"\mathrm", r"\it": r"\mathit", r"\cal": r"\mathcal", r"\sf": r"\mathsf", r"\tt": r"\mathtt",
}  # fmt: skip
FONTS = frozenset(
    rf"\{name}"
    for name in "mathbf boldsymbol bm mathrm mathsf mathit mathcal mathbb mathfrak mathscr mathtt textbf textit textsf texttt "
    "pmb bold Bbb "
    "mathnormal symbf symup symbfit".split()
)
ACCENTS = frozenset(
    rf"\{name}"
    for name in "hat bar tilde vec dot ddot widehat widetilde overline underline breve check acute grave overrightarrow mathring "
    "overleftarrow widecheck undertilde".split()
)
FENCES = {  # macros that many authors define, with what they stand for around their arguments
    r"\norm": (r"\|", r"\|"), r"\abs": ("|", "|"), r"\inner": (r"\langle", r"\rangle"), r"\ip": (r"\langle", r"\rangle"),
    r"\innerproduct": (r"\langle", r"\rangle"), r"\Norm": (r"\|", r"\|"), r"\Abs": ("|", "|"),
}  # fmt: skip
SPACES = {r"\,", r"\;", r"\:", r"\!", "\\ ", r"\quad", r"\qquad", r"\thinspace", r"\>", "\\\n", r"\/"}
LAYOUT = {
    r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\small", r"\large", r"\Large", r"\normalsize", r"\footnotesize",
    r"\limits", r"\nolimits",
    r"\nonumber", r"\notag", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigm", r"\Bigm", r"\middle", r"\hfill", r"\mathop",
    r"\mathbin", r"\mathrel",
    r"\noindent", r"\strut", r"\centering", r"\allowbreak", r"\ensuremath", r"\mathopen", r"\mathclose", r"\mathord", r"\mathpunct",
    r"\mathinner", r"\mathstrut", r"\relax", r"\break", r"\nobreak", r"\null", r"\protect", r"\hskip",
}  # fmt: skip
WITH_ARGUMENT = {
    r"\label",
    r"\tag",
    r"\hspace",
    r"\vspace",
    r"\color",
    r"\phantom",
    r"\vphantom",
    r"\hphantom",
    r"\ref",
    r"\eqref",
}
OPENING = {r"\left", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl"}
CLOSING = {r"\right", r"\bigr", r"\Bigr", r"\biggr", r"\Biggr"}
BRACKET_MARKS = {"(", ")", "[", "]", r"\{", r"\}", r"\langle", r"\rangle"}
SPACED_MARKS = {":", "=", ",", "<", ">", "+", "-", r"\cdot", r"\times", r"\odot", r"\otimes", r"\circ"}
SIDED = {
    r"\lVert": ("open", r"\|"), r"\rVert": ("close", r"\|"), r"\lvert": ("open", "|"), r"\rvert": ("close", "|"),
    r"\langle": ("open", r"\langle"), r"\rangle": ("close", r"\rangle"),
}  # fmt: skip


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
                       r"\sim", r"\to", r"\rightarrow", r"\longrightarrow", r"\prec", r"\preceq", r"\subset", r"\simeq", r"\leftarrow", r"\mapsto",
                       r"\cong"))  # fmt: skip
PRODUCTS = frozenset(("", r"\cdot", r"\times", "*", "/"))
OPERATORS = (
    RELATIONS | FUNCTION_MACROS | {"+", "-", r"\pm", r"\mp", ",", ";", ":", "^", "_", "/", "*", r"\cdot", r"\times", r"\odot", r"\otimes", r"\circ",
                                   r"\oslash", r"\sum", r"\prod", "&"}
)  # fmt: skip
BRACKETS = {"(": ")", "[": "]", r"\{": r"\}", "{": "}", r"\langle": r"\rangle"}
MATRICES = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array psmallmatrix bsmallmatrix".split())
ROWS = frozenset("align align* aligned alignat alignat* alignedat eqnarray eqnarray* gather gather* gathered split multline "
    "multline* "
                 "equation equation* flalign flalign* displaymath math dcases IEEEeqnarray IEEEeqnarray* "
                 "subequations".split())  # fmt: skip


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
