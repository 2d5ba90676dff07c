r"""In what format a source is written: told by its suffix, else seen from its marks."""

from __future__ import annotations

from pathlib import PurePath

from derivtex.core.errors import Source
from derivtex.reading.source.blocks import DISPLAYS, TAGS

BY_SUFFIX = {
    ".md": "markdown", ".markdown": "markdown", ".rmd": "markdown", ".qmd": "markdown", ".tex": "latex", ".ltx": "latex",
    ".latex": "latex", ".sty": "latex", ".rst": "rst", ".txt": "markdown", ".text": "markdown",
}  # fmt: skip
OF_LATEX = (r"\documentclass", r"\begin{document}", r"\section", r"\usepackage", r"\item", r"\textbf{", r"\emph{", r"\eqref{",
            r"\cite{", r"\paragraph", r"\begin{proof}", r"\begin{theorem}", r"\newcommand", r"\def\\")  # fmt: skip
DELIMITERS = ("$", r"\[", r"\(", "```math", ".. math::", ":math:`", *TAGS)
ENGLISH = frozenset(
    "the is are of with and to in on by for from what how why which where find get i we you my it this that these be let have has do "
    "does can should would an respect gradient derivative derivatives differentiate minimise minimize maximise maximize compute hessian "
    "jacobian want need help thanks hello hi all please when if then so but not correct wrong right solve optimal loss function vector "
    "matrix formula formulas".split()
)
ENOUGH = 3


def format_of(source: Source) -> str:
    """formula (mathematics alone), plain (words and formulas without TeX), markdown, latex or rst."""
    text = source.text
    told = BY_SUFFIX.get(PurePath(source.name).suffix.lower())
    if not has_delimiters(text):
        return "plain" if is_prose(text) else "formula"
    if told is not None:
        return told
    if ".. math::" in text or ":math:`" in text:
        return "rst"
    return "latex" if any(mark in text for mark in OF_LATEX) else "markdown"


def has_delimiters(text: str) -> bool:
    """Whether formulas are set off from words."""
    return any(mark in text for mark in DELIMITERS) or any(rf"\begin{{{name}}}" in text for name in DISPLAYS)


def is_prose(text: str) -> bool:
    """Whether a text without delimiters is written in words, not in formulas alone; a question needs one word alone."""
    words = [word.strip(".,;:?!()'\"").lower() for word in outside_of_braces(text).split()]
    return sum(word in ENGLISH for word in words) >= (1 if text.rstrip().endswith("?") else ENOUGH)


def outside_of_braces(text: str) -> str:
    r"""A text without what stands in braces and without macros, in which words are no prose: `\text{where}`."""
    kept, depth, macro = [], 0, False
    for character in text:
        depth = max(0, depth + (character == "{") - (character == "}"))
        macro = character == "\\" or (macro and character.isalpha())
        kept.append(" " if depth or macro or character == "}" else character)
    return "".join(kept)
