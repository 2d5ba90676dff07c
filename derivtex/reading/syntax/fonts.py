r"""Fonts over several letters: `\mathbf{AB}^T` is `\mathbf{A}\mathbf{B}^T`, as it is printed, unless the letters are one name or word."""

from __future__ import annotations

from derivtex.reading.source.tokens import Token, plain
from derivtex.reading.source.vocabulary import FONTS, FONTS_TO_THE_END, GREEK, UPRIGHT, WIDE
from derivtex.reading.syntax.tree import Lexicon

Tokens = tuple[Token, ...]


def spread_fonts(parts: Tokens, lexicon: Lexicon) -> Tokens:
    """The tokens with every font put on each letter by itself."""
    result: list[Token] = []
    at = 0
    while at < len(parts):
        token, group = parts[at], parts[at + 1] if at + 1 < len(parts) else None
        width = lexicon.match(parts, at) if token.text in FONTS or token.kind == "group" else 0
        if width:
            result.extend(parts[at : at + width])
            at += width
        elif group is not None and is_spread(token, group.inner):
            result.extend(distributed(token, group.inner))
            at += 2
        elif token.kind == "group" and token.inner and token.inner[0].text in FONTS_TO_THE_END and is_spread(token.inner[0], token.inner[1:]):
            result.extend(distributed(token.inner[0], token.inner[1:]))
            at += 1
        else:
            result.append(token)
            at += 1
    return tuple(result)


def is_spread(macro: Token, inner: Tokens) -> bool:
    """Whether a font stands over several marks that are no word and no number."""
    if macro.kind != "macro" or macro.text not in FONTS | FONTS_TO_THE_END or macro.text in UPRIGHT or len(inner) < 2:
        return False
    return plain(inner).replace(" ", "") not in WIDE and not all(token.kind == "digit" for token in inner)


def distributed(macro: Token, inner: Tokens) -> Tokens:
    r"""`\mathbf{AX^\top}` as `\mathbf{A}\mathbf{X}^\top`: each letter in the font."""
    found: list[Token] = []
    raised = False
    for token in inner:
        is_letter = token.kind == "letter" or (token.kind == "macro" and token.text in GREEK)
        if is_letter and not raised:
            group = Token("group", "", token.start, token.end, inner=(token._replace(spaced=False),))
            if macro.text in FONTS_TO_THE_END:
                found.append(Token("group", "", token.start, token.end, inner=(macro, token)))
            else:
                found.extend((macro._replace(start=token.start, end=token.end), group))
        else:
            found.append(token)
        raised = token.text in ("^", "_") and token.kind == "mark"
    return tuple(found)
