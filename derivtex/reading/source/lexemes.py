r"""A text cut into macros, braces, marks of environments and characters by pylatexenc; what is cut once in a session is known.

Comments are left out. Characters of Unicode that stand for a mark become that mark.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from derivtex.core.errors import Source, Span, SyntaxProblem
from derivtex.core.session import current
from derivtex.reading.source.marks import Token, kind_of
from derivtex.reading.source.vocabulary import LOWERED, RAISED, SYNONYMS, UNICODE

LONG, MANY = 400, 4000  # characters of a text, and texts, that a session remembers


class Texts(dict[str, tuple[Token, ...]]):
    """The tokens of the texts that a session has met, as they lie at the beginning of a source; of short ones, and not of too many."""

    def learn(self, text: str, found: tuple[Token, ...], start: int = 0) -> None:
        """Remember what was found in a text that begins at a place."""
        if len(text) <= LONG:
            if len(self) >= MANY:
                self.clear()
            self[text] = tuple(moved(token, -start) for token in found) if start else found


class Cuts(Texts):
    """The texts that were cut."""


def flat(source: Source, start: int, end: int) -> list[Token]:
    """The tokens of a stretch. Raises SyntaxProblem where it is not LaTeX."""
    text, known = source.text[start:end], current().keep(Cuts)
    found = known.get(text)
    if found is None:
        found = cut(source, text, start)
        known.learn(text, found)
    return [moved(token, start) for token in found] if start else list(found)


def with_ellipses(found: list[Token]) -> list[Token]:
    r"""The tokens with three dots in a row, as people type them, for `\ldots`."""
    result: list[Token] = []
    for token in found:
        result.append(token)
        if [each.text for each in result[-3:]] == ["."] * 3 and not any(each.spaced for each in result[-2:]):
            first = result[-3]
            result[-3:] = [first._replace(kind="macro", text=r"\ldots", end=token.end)]
    return result


def moved(token: Token, by: int) -> Token:
    """A token so much further on."""
    kind, text, start, end, spaced, broken, inner = token
    return Token(kind, text, start + by, end + by, spaced, broken, tuple(moved(part, by) for part in inner) if inner else ())


@cache
def no_context() -> Any:
    """What pylatexenc knows of macros: nothing, as it only cuts."""
    from pylatexenc.macrospec import LatexContextDb

    return LatexContextDb()


def cut(source: Source, text: str, offset: int) -> tuple[Token, ...]:
    """The tokens of a text; offset: where it begins in its source, for an error."""
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerEndOfStream, LatexWalkerParseError

    walker = LatexWalker(text, latex_context=no_context(), tolerant_parsing=False)
    state = walker.make_parsing_state()  # one for all tokens: most of the time went into making it anew
    found: list[Token] = []
    at, broken = 0, False
    while True:
        try:
            raw = walker.get_token(at, parsing_state=state)
        except LatexWalkerEndOfStream:
            return tuple(with_ellipses(found) if "..." in text else found)
        except LatexWalkerParseError as error:
            begin = offset + error.pos
            raise SyntaxProblem(f"this is not LaTeX: {error.msg}", span=Span(source, begin, begin + 1)) from error
        spaces = str(raw.pre_space or "")
        broken = broken or "\n" in spaces
        if raw.tok == "comment":
            broken = broken or "\n\n" in str(raw.post_space or "")
        elif raw.tok == "char" and str(raw.arg).isspace():  # an empty line
            broken = broken or "\n" in str(raw.arg)
        else:
            found.extend(converted(raw, spaces != "" or broken, broken))
            broken = "\n" in str(raw.post_space or "")
        at = raw.pos + raw.len


def converted(raw: Any, spaced: bool, broken: bool) -> list[Token]:
    """Our tokens for one of pylatexenc's."""
    start, end = raw.pos, raw.pos + raw.len
    if raw.tok == "macro":
        text = "\\" + raw.arg
        end = start + len(text)
        return [Token("macro", SYNONYMS.get(text, text), start, end, spaced, broken)]
    if raw.tok in ("brace_open", "brace_close"):
        return [Token("brace", raw.arg, start, end, spaced, broken)]
    if raw.tok in ("begin_environment", "end_environment"):
        return [Token(raw.tok.removesuffix("_environment"), raw.arg, start, end, spaced, broken)]
    if raw.tok in ("mathmode_inline", "mathmode_display"):
        return []
    return [token for at, character in enumerate(str(raw.arg)) for token in of_character(character, start + at, spaced, broken)]


def of_character(character: str, start: int, spaced: bool, broken: bool) -> list[Token]:
    """The tokens that a character stands for."""
    if character in RAISED or character in LOWERED:
        raised = character in RAISED
        inner = RAISED[character] if raised else (LOWERED[character],)
        parts = tuple(Token(kind_of(text), text, start, start + 1) for text in inner)
        group = Token("group", "", start, start + 1, inner=parts)
        return [Token("mark", "^" if raised else "_", start, start + 1, spaced, broken), group]
    if character.isspace() or character in "~\u200b\u2061":
        return []
    text = UNICODE.get(character, character)
    return [Token(kind_of(text), text, start, start + 1, spaced, broken)]
