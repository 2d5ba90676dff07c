r"""The author's macros: `\newcommand`, `\def`, `\DeclareMathOperator`, expanded as TeX does it, a bounded number of times."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivtex.core.errors import Source, Span, SyntaxProblem

DEFINING = (r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareMathOperator", r"\def", r"\DeclareRobustCommand")
DEFINED = re.compile("|".join((r"\\\\", *(re.escape(mark) + "(?![^\\W\\d_])" for mark in DEFINING))))
MOST = 20_000


class Macro(NamedTuple):
    """What a macro stands for: its text, with `#1` for its arguments."""

    name: str
    arguments: int
    body: str
    where: Span
    default: str | None = None


def defined_macros(source: Source, tolerant: bool = False) -> dict[str, Macro]:
    """The macros that a source defines. tolerant: a definition that cannot be read is left out, as one in a preamble that no formula uses."""
    found: dict[str, Macro] = {}
    end = 0
    for match in DEFINED.finditer(source.text):
        if match[0] == "\\\\" or match.start() < end:
            continue
        try:
            macro = definition(source, match.start(), match[0])
        except SyntaxProblem:
            if not tolerant:
                raise
            continue
        if macro is not None:
            found[macro.name], end = macro, macro.where.end
    return found


def definition(source: Source, at: int, mark: str) -> Macro | None:
    r"""`\newcommand{\X}[1]{…}`, `\def\X#1{…}`, `\DeclareMathOperator{\tr}{tr}`."""
    text = source.text
    place = at + len(mark)
    if text.startswith("*", place):
        place += 1
    place = past_spaces(text, place)
    name, place = macro_name(text, place)
    if not name:
        return None
    count, default = 0, None
    place = past_spaces(text, place)
    if mark == r"\def":
        while text.startswith("#", place) and text[place + 1 : place + 2].isdigit():
            count, place = count + 1, place + 2
    elif text.startswith("[", place):
        end = text.find("]", place)
        digits = text[place + 1 : end]
        count, place = (int(digits) if digits.isdigit() else 0), past_spaces(text, end + 1)
        if text.startswith("[", place):
            end = text.find("]", place)
            default, place = text[place + 1 : end], end + 1
    place = past_spaces(text, place)
    close = group_end(text, place)
    if close is None:
        raise SyntaxProblem(
            f"the definition of {name} is not complete",
            way_out="give its meaning in braces",
            span=Span(source, at, at + len(mark)),
        )
    body = text[place + 1 : close - 1]
    if mark == r"\DeclareMathOperator":
        body = rf"\operatorname{{{body}}}"
    return Macro(name, count, body, Span(source, at, close), default)


def past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def macro_name(text: str, at: int) -> tuple[str, int]:
    r"""The name `\X` or `{\X}` that begins here, and where it ends; the `@` in names of packages is a letter of them."""
    braced = text.startswith("{", at)
    at += braced
    if not text.startswith("\\", at):
        return "", at
    end = at + 1
    while end < len(text) and (text[end].isalpha() or text[end] == "@"):
        end += 1
    end = max(end, at + 2)
    return text[at:end], end + (braced and text.startswith("}", end))


def group_end(text: str, at: int) -> int | None:
    """Behind the brace that closes the group which opens here."""
    if not text.startswith("{", at):
        return None
    depth = 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return at
    return None
