r"""Where the mathematics stands in a source: a formula alone, a Markdown post, a LaTeX document or a fragment of one."""

from __future__ import annotations

from derivtex.core.errors import Source, SourceError, Span
from derivtex.reading.source.macros import defined_macros
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.vocabulary import ROWS

DISPLAYS = ROWS - {"aligned", "alignedat", "gathered", "split"}
LARGEST = 4_000_000
MOST_FORMULAS = 10_000


def said(source: Source) -> list[Statement]:
    """All statements of a source, in order."""
    if not source.text.strip():
        raise SourceError(
            "the source is empty", way_out=r"give a formula, such as \operatorname{tr}(AX)", span=Span(source, 0, 1)
        )
    if len(source.text) > LARGEST:
        raise SourceError(
            f"the source has {len(source.text)} characters; derivtex reads {LARGEST}",
            way_out="give the part that matters",
            span=Span(source, 0, 1),
        )
    macros = defined_macros(source)
    if not is_document(source.text):
        return statements(tokens(source, macros=macros), source, lines=True)
    found: list[Statement] = []
    places = stretches(source)
    if len(places) > MOST_FORMULAS:
        raise SourceError(
            f"the document holds {len(places)} formulas; derivtex reads {MOST_FORMULAS}",
            way_out="give the part that matters",
            span=Span(source, 0, 1),
        )
    for start, end in places:
        found.extend(statements(tokens(source, start, end, macros=macros), source, lines=False))
    if not found:
        raise SourceError(
            "the document holds no formula",
            way_out="formulas stand between $ signs, \\[ and \\], or in an environment such as align",
            span=Span(source, 0, 1),
        )
    return found


def is_document(text: str) -> bool:
    """Whether formulas are set off from words."""
    return any(mark in text for mark in ("$", r"\[", r"\(", r"\begin{document}")) or any(
        rf"\begin{{{name}}}" in text for name in DISPLAYS
    )


def stretches(source: Source) -> list[tuple[int, int]]:
    """Where each formula begins and ends: between dollars, `\\[ \\]`, `\\( \\)`, and in environments of displayed mathematics."""
    text = source.text
    found: list[tuple[int, int]] = []
    at = text.find(r"\begin{document}") + 1 if r"\begin{document}" in text else 0
    while at < len(text):
        if text[at] == "%" and (at == 0 or text[at - 1] != "\\"):
            line_end = text.find("\n", at)
            at = len(text) if line_end < 0 else line_end
        elif text[at] == "\\":
            at = behind_macro(source, at, found)
        elif text[at] == "$":
            at = behind_dollar(source, at, found)
        else:
            at += 1
    return found


def behind_macro(source: Source, at: int, found: list[tuple[int, int]]) -> int:
    """Past a macro in the words; where it opens mathematics, past that."""
    text = source.text
    pair = {r"\[": r"\]", r"\(": r"\)"}.get(text[at : at + 2])
    if pair is not None:
        end = text.find(pair, at + 2)
        if end < 0:
            raise SourceError(f"{text[at : at + 2]} is not closed", way_out=f"add {pair}", span=Span(source, at, at + 2))
        found.append((at + 2, end))
        return end + 2
    if text.startswith(r"\begin{", at):
        name = text[at + 7 : text.find("}", at)]
        if name in DISPLAYS:
            closing = rf"\end{{{name}}}"
            end = text.find(closing, at)
            if end < 0:
                raise SourceError(
                    rf"\begin{{{name}}} is not closed", way_out=f"add {closing}", span=Span(source, at, at + 8 + len(name))
                )
            found.append((at, end + len(closing)))
            return end + len(closing)
    return at + 2


def behind_dollar(source: Source, at: int, found: list[tuple[int, int]]) -> int:
    """Past `$…$` or `$$…$$`."""
    text = source.text
    width = 2 if text.startswith("$$", at) else 1
    end = at + width
    while end < len(text) and not text.startswith("$" * width, end):
        end += 2 if text[end] == "\\" else 1
    if end >= len(text):
        raise SourceError(
            "a $ is not closed", way_out="every formula needs a $ before and behind it", span=Span(source, at, at + width)
        )
    inner = (at + width, end)
    if text[inner[0] : inner[1]].strip():
        found.append(inner)
    return end + width
