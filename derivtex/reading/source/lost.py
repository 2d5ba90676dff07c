"""Superscripts that were lost when a text was copied, `xT A x`, `A−1 x`, `‖x‖2`: they are not guessed, but asked for."""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError, Source, Span


def ask_if_turned(source: Source, at: int, end: int, word: str, spaced: bool) -> None:
    """Raise where a T may be the mark of a transpose: `xT A x`, `XTXb`, `(Ax - b)T (Ax - b)`, or a t: `xt A x`, `(Ax - b)t(Ax - b)`.

    spaced: whether a space stands before the word.
    """
    text, behind = source.text, (source.text[at + len(word) : end] or " ")[0]
    squared = word == "t" and text[at + 1 : end].lstrip()[:1] == "("
    if (word == "T" or squared) and not spaced and text[at - 1 : at] == ")" and behind in " (":
        raise lost(source, at, end, ")^T")
    between = len(word) in (3, 4) and word[0] == word[2]
    again = word[0] in text[at + len(word) : end] and word != "at"  # of a small one, which may be a time, the name stands behind as well
    beside = len(word) == 2 and behind in " (" and (word[1] == "T" or again)
    if word[1:2] in ("T", "t") and word[0] != "d" and (between or beside):
        raise lost(source, at + 1, end, f"{word[0]}^T")


def ask_if_lost(source: Source, at: int, end: int, character: str, spaced: bool) -> None:
    """Raise where a minus and a digit stand right behind a name and a factor follows, `A−1 x`, and at the 2 of `∂2z`."""
    text, behind = source.text, source.text[at + 1 : min(at + 4, end)]
    if character == "∂" and behind[:1] == "2" and behind[1:2].isalpha():
        raise lost(source, at + 1, end, "∂^2")
    tight = at > 0 and not spaced and (text[at - 1].isalpha() or text[at - 1] == ")")
    if character == "−" and tight and behind[:2] == "1 " and behind[2:3].isalpha():
        raise lost(source, at, end, f"{text[at - 1]}^-1")


def lost(source: Source, at: int, end: int, wanted: str) -> AmbiguityError:
    """The error that asks for a superscript at a place."""
    message = f"“{source.text[max(at - 1, 0) : at + 2].strip()}” may have lost a superscript when it was copied"
    return AmbiguityError(message, way_out=f"write {wanted} if that is meant", span=Span(source, at, min(at + 1, end)))
