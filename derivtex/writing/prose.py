r"""Words with formulas in them: `the trace is linear`, `definition of $f$`; set for the place where they will stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivtex.steps import Sentence
from derivtex.writing.wording import USUAL, Wording, filled

if TYPE_CHECKING:
    from derivtex.writing.content import Equation
    from derivtex.writing.formula import Formulas

LONG_IN_SENTENCE = 0.45  # of a row
PUNCTUATION = ".,:;"
FIRST_IDEOGRAPH = "\u2e80"
FONTS_AND_ACCENTS = "boldsymbol bm mathbf mathrm mathit mathcal mathbb vec hat tilde bar dot operatorname"
WAITING = tuple(rf"\{name}" for name in FONTS_AND_ACCENTS.split())
SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "×": r"$\times$", "′": "'", "ᵀ": r"$^{T}$", "⁻¹": r"$^{-1}$"}


def said(sentence: Sentence, formulas: Formulas, wording: Wording = USUAL) -> str:
    """A sentence about terms, each set as mathematics in its place; formulas side by side are one."""
    text = filled(wording.sentence(sentence.words), [f"${formulas.latex(term)}$" for term in sentence.terms])
    return text.replace("$ > 0", " > 0$").replace("$$", " ")


def stretches(text: str) -> list[tuple[bool, str]]:
    """The text as runs of words (False) and of mathematics between dollar signs (True)."""
    return [(at % 2 == 1, part) for at, part in enumerate(text.split("$")) if part]


def in_tex(text: str) -> str:
    """Words for LaTeX: its special characters escaped, formulas as they are."""
    return "".join(f"${part}$" if is_math else escaped(part) for is_math, part in stretches(text))


def in_markdown(text: str, inline: tuple[str, str]) -> str:
    """Words for Markdown: formulas between the marks of the place."""
    return "".join(part.join(inline) if is_math else part for is_math, part in stretches(text))


def escaped(text: str) -> str:
    for character, replacement in SPECIAL.items():
        text = text.replace(character, replacement)
    return text


def sentence(text: str) -> str:
    """The text with a full stop, and a capital where it begins with a word and not with a name."""
    text = text.strip()
    word = text.split(" ", 1)[0]
    text = text[:1].upper() + text[1:] if len(word) > 1 and word.isalpha() else text
    stop = "。" if text[-1:] > FIRST_IDEOGRAPH else "."
    return text if text.endswith((".", "!", "?", "。")) else text + stop


def with_formulas(text: str) -> str:
    r"""Words in which formulas stand without dollar signs: what looks like one gets them (`\sigma`, `x_i`, `w`, `m × 10`)."""
    return "".join(f"${part}$" if is_math else " ".join(set_off(part.split(" "))) for is_math, part in stretches(text))


def set_off(words: list[str]) -> list[str]:
    """The words, with sizes made one formula and other formulas set off; a brace is not left open by a space."""
    found, at = [], 0
    while at < len(words):
        end = at + 1
        while end < len(words) and is_open(" ".join(words[at:end])):
            end += 1
        if words[end : end + 1] == ["×"] and end + 1 < len(words):
            end += 2
            while end < len(words) and len(bare(words[end])) == 1 and words[end - 1][-1].isalnum():
                end += 1
        stretch = " ".join(words[at:end])
        found.append(formula_in(stretch.replace("×", r"\times")) if "×" in stretch or not is_word(stretch) else stretch)
        at = end
    return found


def is_open(text: str) -> bool:
    """Whether what follows a space belongs to a formula: in a brace, or behind a macro that takes an argument."""
    return text.count("{") > text.count("}") or text.endswith(WAITING)


def formula_in(text: str) -> str:
    """A formula in dollar signs, the punctuation behind it outside."""
    return f"${bare(text)}${text[len(bare(text)) :]}"


def bare(text: str) -> str:
    """The text without the punctuation behind it, a bracket among it that closes nothing."""
    stripped = text.rstrip(PUNCTUATION)
    return bare(stripped[:-1]) if stripped.endswith(")") and "(" not in stripped else stripped


def is_word(word: str) -> bool:
    """Whether it is plain words: no macro, no index, and no letter alone but the article and the pronoun."""
    letter = word.strip("()" + PUNCTUATION)
    return not any(mark in word for mark in "\\^_") and (len(letter) != 1 or not letter.isalpha() or letter in "aI")


def listed(parts: list[str], word: str = "and") -> str:
    """`a, b and c`."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def introduced(lines: Sequence[Equation], let: str, word: str, room: float, display: tuple[str, str], end: str = ".") -> str:
    """`Let a, b and c.` of equations; one that is long for a sentence, and has room by itself, stands in a display."""
    parts, last = [let], len(lines) - 1
    for at, line in enumerate(lines):
        stop = end if at == last else "," if at < last - 1 else ""
        parts += [word] if 0 < at == last else []
        if LONG_IN_SENTENCE * room < line.width <= room:
            parts.append(f"\n{display[0]}  {line.left} {line.relation} {line.right}{stop}{display[1]}\n")
        else:
            parts.append(f"{line.statement}{stop}")
    return re.sub(r" ?(\n+) ?(?! )", r"\1", " ".join(parts)).rstrip("\n")
