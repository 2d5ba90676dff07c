r"""How wide a formula is on paper, in points: by the metrics of Computer Modern at ten points, in which a plain article is set.

The widths are those of the fonts cmmi10 (letters), cmr10 (digits, words, brackets) and cmsy10 (signs), an italic correction included where a
letter has one; scripts are seven points high. Spaces are TeX's: thin around functions, medium around signs, thick around relations.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from derivtex.core.session import spend

ROOM, COLUMN = 345.0, 229.0  # the lines of an article, and of a page with two columns
SCRIPT = 0.72
THIN, MEDIUM, THICK = 1.67, 2.22, 2.78
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        (7.5, 8.1, 7.9, 8.6, 8.0, 7.8, 7.9, 9.1, 5.2, 6.5, 9.2, 6.8, 10.8, 9.1, 7.9, 7.8, 7.9, 7.7, 6.7, 7.2, 7.9, 8.1, 10.8, 9.1, 8.0, 7.6,
         5.3, 4.3, 4.3, 5.2, 4.7, 6.0, 5.1, 5.8, 3.5, 4.7, 5.5, 3.2, 8.8, 6.0, 4.9, 5.0, 4.8, 4.8, 4.7, 3.6, 5.7, 5.2, 7.4, 5.7, 5.3, 5.1),
        strict=True,
    )
)  # fmt: skip
UPRIGHT = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        (7.5, 7.1, 7.2, 7.6, 6.8, 6.5, 7.9, 7.5, 3.6, 5.1, 7.8, 6.3, 9.2, 7.5, 7.8, 6.8, 7.8, 7.4, 5.6, 7.2, 7.5, 7.6, 10.4, 7.5, 7.7, 6.1,
         5.0, 5.6, 4.4, 5.6, 4.4, 3.8, 5.1, 5.6, 2.8, 3.1, 5.3, 2.8, 8.3, 5.6, 5.0, 5.6, 5.3, 3.9, 3.9, 3.9, 5.6, 5.4, 7.4, 5.3, 5.4, 4.4),
        strict=True,
    )
)  # fmt: skip
PLAIN = {"(": 3.9, ")": 3.9, "[": 2.8, "]": 2.8, "|": 2.8, "'": 3.0, ".": 2.8, "!": 2.8, "/": 5.0, "*": 5.0, "-": 3.3, " ": 3.3, ",": 2.8, ";": 2.8,
         ":": 2.8}  # fmt: skip
BINARY = {"+": 7.8, "-": 7.8, r"\odot": 7.8, r"\circ": 5.0, r"\otimes": 7.8, r"\oslash": 7.8, r"\cdot": 2.8, r"\times": 7.8, r"\pm": 7.8}
RELATIONS = {"=": 7.8, ":": 2.8, "<": 7.8, ">": 7.8, r"\le": 7.8, r"\ge": 7.8, r"\leq": 7.8, r"\geq": 7.8, r"\in": 6.7, r"\ne": 7.8, r"\neq": 7.8,
             r"\approx": 7.8, r"\succ": 7.8, r"\succeq": 7.8, r"\to": 10.0}  # fmt: skip
SPACES = {r"\,": THIN, r"\;": THICK, r"\:": MEDIUM, r"\!": -THIN, r"\ ": 3.3, r"\quad": 10.0, r"\qquad": 20.0, "~": 3.3}
NOTHING = frozenset((r"\rm", r"\displaystyle", r"\limits", r"\nolimits"))
WORDS = frozenset((r"\operatorname", r"\mathrm", r"\text", r"\mbox", r"\mathsf", r"\mathbf", r"\textrm", r"\mathit"))
FONTS = frozenset(rf"\{name}" for name in "boldsymbol bm mathcal mathbb hat bar tilde vec dot widehat widetilde overline sqrt".split())
BIG = {r"\big": 0.7, r"\Big": 2.1, r"\bigg": 3.5, r"\Bigg": 4.0}  # what a bracket gains by its size
GROWN, GROWING = 5.5, frozenset("()[]")  # what one gains that grows round a sum or a fraction, with the thin space beside it
SPELLED = frozenset(rf"\{word}" for word in "log ln det exp sin cos tan sinh cosh tanh max min arctan dim tr".split())
SIGNS = {r"\Sigma": 7.8, r"\Lambda": 6.9, r"\Omega": 7.2, r"\Phi": 7.2, r"\Psi": 7.8, r"\Gamma": 6.3, r"\Delta": 8.3, r"\Theta": 7.8, r"\Pi": 7.5,
         r"\alpha": 6.4, r"\beta": 6.2, r"\gamma": 5.7, r"\delta": 4.8, r"\epsilon": 4.1, r"\lambda": 5.8, r"\mu": 6.0, r"\phi": 6.0, r"\psi": 6.9,
         r"\rho": 5.2, r"\sigma": 6.1, r"\omega": 6.6, r"\theta": 5.0, r"\partial": 5.9, r"\nabla": 8.3, r"\infty": 10.0, r"\ell": 4.2, r"\top": 7.8,
         r"\langle": 3.9, r"\rangle": 3.9, r"\|": 5.0, r"\{": 5.0, r"\}": 5.0, r"\int": 8.0, r"\prime": 2.8, r"\ldots": 13.3,
         r"\cdots": 13.3}  # fmt: skip
OPENING = frozenset(("(", "[", r"\langle", r"\{", ",", "="))
BACK = 20.0  # points that marks like \\! may take back
WIDE, FIRST_WIDE = 10.0, "\u2e80"  # an ideograph is as wide as the letters are high
SHORT = 400  # letters up to which a width is remembered
SUM, USUAL, FRACTION, RELATION = 14.4, 6.0, 2.4, RELATIONS["="] + 2 * THICK


def width(latex: str) -> float:
    """The width of a formula in points."""
    if len(latex) <= SHORT:
        return _width(latex)
    spend(len(latex) // SHORT)
    return _run(latex, 0, 1.0)[0]


@lru_cache(4096)
def _width(latex: str) -> float:
    return _run(latex, 0, 1.0)[0]


class Ruler:
    """A formula measured from its beginning, as far as it is asked for: a row costs its own length, whatever comes behind it."""

    def __init__(self, text: str):
        self.text = text
        self.at, self.wide = 0, 0.0
        self._marks = _marks(text, 0, 1.0)

    def up_to(self, at: int) -> float:
        """The width of the formula up to a place behind the last that was asked for, outside of all braces."""
        while self.at < at:
            wide, self.at = next(self._marks, (0.0, len(self.text)))
            self.wide += wide
        return self.wide if self.at == at else width(self.text[:at])


def measured(latex: str, enough: float) -> float:
    """The width of a formula, or of a part of it that is more than enough: it is measured only as far as that takes."""
    if len(latex) <= SHORT:
        return _width(latex)
    spend()
    total = 0.0
    for wide, _ in _marks(latex, 0, 1.0):
        total += wide
        if total > enough + BACK:
            break
    return total


def prose_width(text: str) -> float:
    """The width of words with formulas between dollar signs."""
    return sum(width(part) if at % 2 else upright(part) for at, part in enumerate(text.split("$")))


def upright(words: str) -> float:
    """The width of words in the upright letters of a text."""
    return sum(UPRIGHT.get(letter, PLAIN.get(letter, WIDE if letter > FIRST_WIDE else 5.0)) for letter in words)


def _run(text: str, at: int, scale: float) -> tuple[float, int]:
    """The width up to the brace that closes, and where that was."""
    total = 0.0
    for wide, end in _marks(text, at, scale):
        total, at = total + wide, end
    return total, at + 1


def _marks(text: str, at: int, scale: float) -> Iterator[tuple[float, int]]:
    """The width of each mark up to the brace that closes, and where the next begins."""
    opens = True
    while at < len(text) and text[at] != "}":
        begin = at
        wide, at = _one(text, at, scale, opens)
        yield wide, at
        if wide or text[begin] != "\\":
            opens = text[begin:at] in OPENING


def _one(text: str, at: int, scale: float, opens: bool = False) -> tuple[float, int]:
    """The width of what begins here, and where the next begins. opens: a minus here is a sign, not a difference."""
    character = text[at]
    if character == "{":
        return _run(text, at + 1, scale)
    if character in "^_":
        return _scripts(text, at, scale)
    if character == "\\":
        return _control(text, at, scale)
    if character == "-" and opens:
        return BINARY["-"] * scale, at + 1
    return _letter(character, scale), at + 1


def _letter(character: str, scale: float) -> float:
    if character.isspace() or character == "&":
        return 0.0
    if character in BINARY or character in RELATIONS:
        own, space = (BINARY[character], MEDIUM) if character in BINARY else (RELATIONS[character], THICK)
        return own * scale + (2 * space if scale == 1.0 else 0.0)
    if character == ",":
        return 2.8 * scale + (THIN if scale == 1.0 else 0.0)
    return LETTERS.get(character, PLAIN.get(character, 5.0)) * scale


def _scripts(text: str, at: int, scale: float) -> tuple[float, int]:
    """The width of an exponent or index, or of both above each other."""
    wide, end = _one(text, at + 1, SCRIPT * scale) if at + 1 < len(text) else (0.0, at + 1)
    if end < len(text) and text[end] in "^_" and text[end] != text[at] and end + 1 < len(text):
        other, end = _one(text, end + 1, SCRIPT * scale)
        wide = max(wide, other)
    return wide + 0.5, end


def _control(text: str, at: int, scale: float) -> tuple[float, int]:
    end = at + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    end = max(end, at + 2)
    word = text[at:end]
    if word in (r"\frac", r"\tfrac", r"\dfrac"):
        inside = scale if word == r"\frac" and scale == 1.0 else SCRIPT * scale
        above, end = _one(text, end, inside) if end < len(text) else (0.0, end)
        below, end = _one(text, end, inside) if end < len(text) else (0.0, end)
        return max(above, below) + FRACTION, end
    if word in (r"\sum", r"\prod"):
        return _limits(text, end, scale)
    if word in WORDS and text[end : end + 1] == "{":
        close = text.find("}", end)
        return upright(text[end + 1 : close]) * scale + (THIN if word == r"\operatorname" else 0.0), close + 1
    if word.rstrip("lrm") in BIG:
        return BIG[word.rstrip("lrm")] * scale, end
    if word in (r"\left", r"\right"):
        return (GROWN if text[end : end + 1] in GROWING or text.startswith(r"\langle", end) else 0.0) * scale, end
    if word in NOTHING or word in WORDS:
        return 0.0, end
    if word in FONTS:
        return (8.3 if word == r"\sqrt" else 0.0), end
    if word in SPACES:
        return SPACES[word], end
    if word in SPELLED:
        return upright(word[1:]) * scale + THIN, end
    return _sign(word, scale), end


def _sign(word: str, scale: float) -> float:
    if word in BINARY:
        return BINARY[word] * scale + (2 * MEDIUM if scale == 1.0 else 0.0)
    if word in RELATIONS:
        return RELATIONS[word] * scale + (2 * THICK if scale == 1.0 else 0.0)
    return SIGNS.get(word, USUAL) * scale


def _limits(text: str, at: int, scale: float) -> tuple[float, int]:
    """A sum with what stands below and above it."""
    wide = SUM * scale
    while at < len(text) and text[at] in "^_" and at + 1 < len(text):
        limit, at = _one(text, at + 1, SCRIPT * scale)
        wide = max(wide, limit)
    return wide + THIN, at
