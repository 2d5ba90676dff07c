r"""Marked blocks in LaTeX and Markdown files: the formula, its options, and what stands for it between the markers.

LaTeX: `% derivtex: wrt=W` on the lines above a display; `% !derivtex …` for the whole file. Markdown: a fenced block of class
derivtex, or `<!-- derivtex: wrt=W -->` above a display in `$$`; `<!-- !derivtex … -->` for the whole file. The derivation stands
below, between `derivtex:begin HASH` and `derivtex:end` in comments of the language.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from derivtex.core.errors import Source, SourceError, Span
from derivtex.faces.documents.latex import VERBATIM
from derivtex.faces.documents.options import option_lines, parsed

DISPLAY = re.compile(
    r"[ \t]*(?:\\\[(?P<bracket>.*?)\\\]|\$\$(?P<dollars>.*?)\$\$|(?P<environment>\\begin\{(?P<name>[A-Za-z]+\*?)\}.*?\\end\{(?P=name)\}))"
    r"[ \t]*(?=\n|\Z)",
    re.DOTALL,
)
FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)\n", re.MULTILINE)


class Language(NamedTuple):
    """How a language has its comments, and for which place a derivation in it is written."""

    before: str
    after: str
    profile: str


CHECKED = "check"  # a mark for lines that are to be checked, which `derivtex check` and the language server do: there is nothing to derive
LANGUAGES = {".tex": Language("% ", "", "latex-plain"), ".md": Language("<!-- ", " -->", "github")}
LANGUAGES[".markdown"] = LANGUAGES[".md"]


class Block(NamedTuple):
    """A marked formula. start, end: the stretch behind it that is ours to write, empty where nothing stands there yet.
    mark: where its options stand."""

    source: Source
    options: dict[str, tuple[str, ...]]
    indent: str
    start: int
    end: int
    hash: str = ""
    mark: tuple[int, int] = (0, 0)


def marked(text: str, name: str, language: Language) -> list[Block]:
    """The marked formulas of a file, in order. Raises SourceError where a mark has no formula or a begin has no end."""
    source = Source(text, name)
    found = fenced(source, language) if language.after else []
    closed = verbatim(text, language)
    opening, closing = re.escape(language.before.strip()), re.escape(language.after.strip())
    mark = re.compile(rf"(?:^[ \t]*{opening}[ \t]*derivtex:[ \t]+[^\n]*?{closing}[ \t]*\n)+", re.MULTILINE)
    for match in mark.finditer(text):
        if asked_above(match, language) != CHECKED and not any(start <= match.start() < end for start, end in closed):
            found.append(below_mark(source, match, language))
    return sorted(found, key=lambda block: block.start)


def verbatim(text: str, language: Language) -> list[tuple[int, int]]:
    """Where marks are only quoted."""
    if not language.after:
        return [match.span() for match in VERBATIM.finditer(text)]
    return [(start, end) for start, _, end, _ in fences(text)]


def file_options(text: str, language: Language) -> dict[str, tuple[str, ...]]:
    """The options for a whole file. Raises UsageError."""
    opening, closing = re.escape(language.before.strip()), re.escape(language.after.strip())
    mark = re.compile(rf"^[ \t]*{opening}[ \t]*!derivtex[ \t]+([^\n]*?){closing}[ \t]*$", re.MULTILINE)
    closed = verbatim(text, language)
    lines = [m[1] for m in mark.finditer(text) if not any(start <= m.start() < end for start, end in closed)]
    return parsed(" ".join(lines))


def below_mark(source: Source, match: re.Match[str], language: Language) -> Block:
    """The display below the comments that mark it."""
    text = source.text
    asked = asked_above(match, language)
    found = DISPLAY.match(text, match.end())
    if found is None:
        raise SourceError(
            "this mark has no display below it", way_out=r"put \[ … \], $$ … $$ or an environment on the next line",
            span=Span(source, match.start(), match.end() - 1),
        )  # fmt: skip
    group = next(name for name in ("bracket", "dollars", "environment") if found[name] is not None)
    inner = Span(source, *found.span(group))
    formula = Source(inner.text, source.name, inner.line, inner.column)
    indent = match[0][: len(match[0]) - len(match[0].lstrip(" \t"))]
    return Block(formula, parsed(asked), indent, *written(source, found.end(), language), match.span())


def asked_above(match: re.Match[str], language: Language) -> str:
    """What the comments that mark a display ask for."""
    return " ".join(bare(line, language).strip() for line in match[0].splitlines())


def bare(line: str, language: Language) -> str:
    """The options in a comment."""
    inner = line.strip().removeprefix(language.before.strip()).removesuffix(language.after.strip())
    return inner.strip().removeprefix("derivtex:")


def fences(text: str) -> list[tuple[int, re.Match[str], int, int]]:
    """The fenced blocks of a Markdown text: begin, opening line, end, and where the content ends."""
    found, at = [], 0
    while match := FENCE.search(text, at):
        end = re.compile(rf"^[ \t]*{match['fence'][0]}{{{len(match['fence'])},}}[ \t]*$", re.MULTILINE).search(text, match.end())
        at = end.end() if end else len(text)
        found.append((match.start(), match, at, end.start() if end else len(text)))
    return found


def fenced(source: Source, language: Language) -> list[Block]:
    """The fenced blocks of class derivtex: ```` ```derivtex wrt=W ```` or ```` ```{.derivtex wrt=W} ````."""
    found = []
    for _, match, end, content_end in fences(source.text):
        info = match["info"].strip()
        words = info.strip("{}").split(None, 1) if info else []
        if not words or words[0].lstrip(".") != "derivtex":
            continue
        lines, body = option_lines(source.text[match.end() : content_end])
        attributes = parsed(" ".join(part for part in words[1:2] if part))
        attributes = {key: value for key, value in attributes.items() if not key.startswith(("#", "."))}
        place = Span(source, match.end(), content_end)
        formula = Source(body, source.name, place.line, place.column)
        found.append(Block(formula, {**attributes, **lines}, match["indent"], *written(source, end, language), (match.start(), end)))
    return found


def written(source: Source, at: int, language: Language) -> tuple[int, int, str]:
    """What is ours behind a formula that ends here: its stretch, and the hash it was written with."""
    text = source.text
    opening, closing = re.escape(language.before.strip()), re.escape(language.after.strip())
    begin = re.compile(rf"\n[ \t]*(?:\n[ \t]*)?{opening}[ \t]*derivtex:begin[ \t]+(\w+)[ \t]*{closing}[ \t]*(?=\n|\Z)").match(text, at)
    if begin is None:
        return at, at, ""
    end = re.compile(rf"\n[ \t]*{opening}[ \t]*derivtex:(end|begin)\b[^\n]*").search(text, begin.end())
    if end is None or end[1] == "begin":
        raise SourceError(
            "derivtex:begin has no derivtex:end", way_out="write the comment derivtex:end where the derivation ends, or delete both",
            span=Span(source, begin.start() + 1, begin.end()),
        )  # fmt: skip
    return at, end.end(), begin[1]
