r"""Derivatives that are written with a slash, `W^T(\partial L/\partial z)`, as the fractions that they are."""

from __future__ import annotations

from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.lefts import closing, name_width
from derivtex.reading.syntax.tree import Parts


def with_quotients(parts: Parts) -> Parts:
    r"""Parts with `\frac{\partial L}{\partial z}` for `\partial L/\partial z`, wherever one stands."""
    found: list[Token] = []
    at = 0
    while at < len(parts):
        over = change_width(parts[at:])
        under = change_width(parts[at + over + 1 :]) if over and at + over < len(parts) and parts[at + over].is_mark("/") else 0
        if under:
            middle, end = at + over, at + over + 1 + under
            found += [Token("macro", r"\frac", parts[at].start, parts[at].start), grouped(parts[at:middle]), grouped(parts[middle + 1 : end])]
            at = end
        else:
            found.append(parts[at]._replace(inner=with_quotients(parts[at].inner)) if parts[at].inner else parts[at])
            at += 1
    return tuple(found)


def grouped(parts: Parts) -> Token:
    if len(parts) == 1 and parts[0].kind == "group":
        return parts[0]
    return Token("group", "", parts[0].start, parts[-1].end, inner=parts)


def change_width(parts: Parts) -> int:
    r"""How many tokens `\partial x`, `\partial^2 f(x)`, `\partial(x^TAx)`, `{\partial L}` or `\partial X_{ij}` take at the beginning; 0 of
    anything else."""
    if parts and parts[0].kind == "group" and change_width(parts[0].inner) == len(parts[0].inner):
        return 1
    if not parts or not parts[0].is_mark(r"\partial"):
        return 0
    at = scripts_behind(parts, 1)
    end = closing(parts, at) if parts[at : at + 1] and parts[at].text == "(" else None
    if end is not None:
        return end + 1
    name = name_width(parts[at:])
    at = scripts_behind(parts, at + name)
    end = closing(parts, at) if name and parts[at : at + 1] and parts[at].text == "(" else None
    return (end + 1 if end is not None else at) if name else 0


def scripts_behind(parts: Parts, at: int) -> int:
    """The place behind the scripts that stand at a place."""
    while at + 1 < len(parts) and parts[at].is_mark("_", "^"):
        at += 2
    return at
