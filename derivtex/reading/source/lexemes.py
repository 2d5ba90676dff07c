r"""A text cut where TeX cuts it: into macros, braces, marks of environments and single characters; comments and dollars left out."""

from __future__ import annotations

import re

from derivtex.core.errors import Source, Span, SyntaxProblem
from derivtex.reading.source.characters import LOWERED, RAISED, SYNONYMS, UNICODE
from derivtex.reading.source.marks import Token, kind_of

LEXEME = re.compile(
    r"(?P<letter>[A-Za-z])|(?P<space>\s+)|(?P<brace>[{}])"
    r"|(?P<dropped>\\[()\[\]]|\$\$?|%[^\r\n]*(?:\r?\n[ \t]*)?)"
    r"|\\(?P<environment>begin|end)(?![A-Za-z])(?:\s*\{(?P<name>[\w* ._-]+)\})?"
    r"|(?P<macro>\\(?:[A-Za-z]+|.))|(?P<character>.)",
    re.DOTALL,
)
INVISIBLE = "~\\\u200b\u2061"


def flat(source: Source, start: int, end: int) -> list[Token]:
    """The tokens of a stretch, characters of Unicode replaced. Raises SyntaxProblem for an environment without a name."""
    found: list[Token] = []
    spaced = broken = False
    for lexeme in LEXEME.finditer(source.text, start, end):
        kind, begin = lexeme.lastgroup, lexeme.start()
        if kind == "space":
            broken = broken or "\n" in lexeme[0]
            spaced = broken or not (found and is_word(found[-1]))
            continue
        if kind == "dropped":
            continue
        if kind == "letter":
            found.append(Token("letter", lexeme[0], begin, begin + 1, spaced, broken))
        elif kind == "macro":
            found.append(Token("macro", SYNONYMS.get(lexeme[0], lexeme[0]), begin, lexeme.end(), spaced, broken))
        elif kind == "brace":
            found.append(Token("brace", lexeme[0], begin, begin + 1, spaced, broken))
        elif kind == "name":
            found.append(Token(lexeme["environment"], lexeme["name"], begin, lexeme.end(), spaced, broken))
        elif kind == "environment":
            raise SyntaxProblem(
                f"{lexeme[0]} lacks the name of its environment", way_out=rf"write {lexeme[0]}{{aligned}}", span=Span(source, begin, lexeme.end())
            )
        else:
            found.extend(of_character(lexeme[0], begin, spaced, broken))
        spaced = broken = False
    return found


def is_word(token: Token) -> bool:
    """Whether a token is a macro of letters, which takes the white space behind it."""
    return token.kind == "macro" and token.text[-1].isalpha()


def of_character(character: str, start: int, spaced: bool, broken: bool) -> list[Token]:
    """The tokens that a character stands for."""
    if character in RAISED or character in LOWERED:
        raised = character in RAISED
        inner = RAISED[character] if raised else (LOWERED[character],)
        parts = tuple(Token(kind_of(text), text, start, start + 1) for text in inner)
        group = Token("group", "", start, start + 1, inner=parts)
        return [Token("mark", "^" if raised else "_", start, start + 1, spaced, broken), group]
    if character in INVISIBLE or character.isspace():
        return []
    text = UNICODE.get(character, character)
    return [Token(kind_of(text), text, start, start + 1, spaced, broken)]
