r"""The blocks of a document: where its formulas, its words and its code stand.

A block of the kind `formula` is what stands between delimiters (`$…$`, `\[…\]`, an environment of displayed mathematics, a
`math` fence, `.. math::`, `[tex]…[/tex]`); `words` are what a person reads around them; `code` is a listing or a code span.
What is none of these (an address, a comment, the delimiters) is in no block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, Span, SyntaxProblem
from derivtex.reading.source.vocabulary import ROWS

DISPLAYS = ROWS - {"aligned", "alignedat", "gathered", "split"}
LISTINGS = frozenset("verbatim verbatim* lstlisting minted Verbatim comment tikzpicture filecontents filecontents* alltt".split())
TAGS = {"[tex]": True, "[itex]": False, "[latex]": True, "[math]": True, "[imath]": False}
SILENT_TAGS = ("[code]", "[url]", "[img]")
ADDRESSES = ("http://", "https://", "www.", "ftp://", "mailto:")
PAIRS = {r"\[": r"\]", r"\(": r"\)", r"\\[": r"\\]", r"\\(": r"\\)"}
INSIDE = {  # dollars: all that is before those that close
    "$": re.compile(r"(?:[^\\$\n]+|\\.|\n(?!\n))*", re.DOTALL),
    "$$": re.compile(r"(?:[^\\$]+|\\.|\$(?!\$))*", re.DOTALL),
}
BULLETS = re.compile(r"[ \t]*(?:[-*+•]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]")


class Block(NamedTuple):
    """A stretch of a source, from start to end, delimiters left out.

    kind: formula, words or code. display: whether a formula stands on lines of its own. plain: whether it is typed without TeX.
    """

    kind: str
    start: int
    end: int
    display: bool = False
    plain: bool = False


class Scan:
    """One pass over a text; what it meets, by the mark that opens it, is handed to the method for that mark."""

    def __init__(self, source: Source, format_: str):
        self.source, self.text, self.format = source, source.text, format_
        self.found: list[Block] = []
        self.faults: list[DerivtexError] = []
        self.covered: list[tuple[int, int]] = []
        self.marks = marks_of(format_)

    def run(self) -> list[Block]:
        """All blocks in order."""
        text, at = self.text, self.beginning()
        self.covered.append((0, at))
        lines = code_lines(text) if self.format == "markdown" else []
        for start, end in lines:
            self.take("code", start, end, start, end)
        waiting = iter([*lines, (len(text), len(text))])
        skipped = next(waiting)
        while (met := self.marks.search(text, at)) is not None:
            while skipped[1] <= met.start() and skipped[0] < len(text):
                skipped = next(waiting)
            if skipped[0] <= met.start():
                at = skipped[1]
                continue
            at = max(self.behind(met.group(), met.start()), met.start() + 1)
        return sorted((*self.found, *self.words()), key=lambda block: block.start)

    def beginning(self) -> int:
        r"""Where the body begins: behind `\begin{document}`."""
        at = self.text.find(r"\begin{document}") if self.format == "latex" else -1
        return 0 if at < 0 else at + len(r"\begin{document}")

    def words(self) -> list[Block]:
        """What nothing else covers."""
        found, at = [], 0
        for start, end in sorted(self.covered):
            if self.text[at:start].strip():
                found.append(Block("words", at, start))
            at = max(at, end)
        if self.text[at:].strip():
            found.append(Block("words", at, len(self.text)))
        return found

    def take(self, kind: str, start: int, end: int, inner: int, inner_end: int, display: bool = False) -> int:
        """A block between its delimiters; where it is over."""
        self.covered.append((start, end))
        if self.text[inner:inner_end].strip():
            self.found.append(Block(kind, inner, inner_end, display))
        return end

    def skip(self, start: int, end: int) -> int:
        """What is in no block."""
        self.covered.append((start, end))
        return end

    def behind(self, mark: str, at: int) -> int:
        """Past what a mark opens."""
        text = self.text
        if mark in ("$", "$$"):
            return self.dollar(mark, at)
        if mark in PAIRS:
            return self.pair(mark, PAIRS[mark], at)
        if mark == r"\begin{":
            return self.environment(at)
        if mark.startswith(("```", "~~~")):
            return self.fence(mark, at)
        if mark.startswith("`") or mark == r"\verb":
            return self.span_of_code(mark, at)
        if mark == "%" or mark == r"\iffalse" or mark == "<!--":
            end = text.find({"%": "\n", r"\iffalse": r"\fi", "<!--": "-->"}[mark], at)
            return self.skip(at, len(text) if end < 0 else end + (0 if mark == "%" else 3))
        if mark in ADDRESSES:
            return self.skip(at, end_of_address(text, at))
        if mark in TAGS or mark in SILENT_TAGS:
            return self.tag(mark, at)
        if mark == ".. math::":
            return self.directive(at)
        if mark == ":math:`":
            end = text.find("`", at + len(mark))
            return at if end < 0 else self.take("formula", at, end + 1, at + len(mark), end)
        return at + len(mark)

    def dollar(self, mark: str, at: int) -> int:
        r"""Past `$…$` or `$$…$$`. A formula ends with its paragraph; `$5 and $10` is money."""
        text, begin = self.text, at + len(mark)
        met = INSIDE[mark].match(text, begin)
        end = met.end() if met else begin
        inner = text[begin:end]
        if mark == "$" and end < len(text) and inner[:1].isdigit() and (inner[-1:].isspace() or text[end + 1 : end + 2].isdigit()):
            return at + 1
        if not text.startswith(mark, end):
            self.faults.append(SyntaxProblem(
                "a $ is not closed", way_out="every formula needs a $ before and behind it", span=Span(self.source, at, at + len(mark)),
            ))  # fmt: skip
            return at + len(mark)
        ticked = len(inner) > 1 and inner[0] == "`" == inner[-1]  # GitHub's $`…`$
        return self.take("formula", at, end + len(mark), at + len(mark) + ticked, end - ticked, mark == "$$" or alone_on_lines(text, at, end + 1))

    def pair(self, mark: str, closing: str, at: int) -> int:
        end = self.text.find(closing, at + len(mark))
        if end < 0:
            self.faults.append(
                SyntaxProblem(f"{mark} is not closed", way_out=f"add {closing}", span=Span(self.source, at, at + len(mark)))
            )
            return at + len(mark)
        return self.take("formula", at, end + len(closing), at + len(mark), end, mark.endswith("["))

    def environment(self, at: int) -> int:
        r"""Past an environment of displayed mathematics or of a listing; into any other."""
        brace = self.text.find("}", at)
        name = self.text[at + 7 : brace]
        closing = rf"\end{{{name}}}"
        if name not in DISPLAYS and name not in LISTINGS:
            return brace + 1
        end = self.text.find(closing, at)
        if end < 0:
            self.faults.append(
                SyntaxProblem(rf"\begin{{{name}}} is not closed", way_out=f"add {closing}", span=Span(self.source, at, brace + 1))
            )
            return brace + 1
        end += len(closing)
        kind = "formula" if name in DISPLAYS else "code"
        return self.take(kind, at, end, at, end, True)

    def fence(self, mark: str, at: int) -> int:
        """Past a fenced block; of the language `math` it is a formula."""
        text = self.text
        line_end = text.find("\n", at)
        if line_end < 0 or text[text.rfind("\n", 0, at) + 1 : at].strip(" \t>"):
            return at + len(mark)
        end = text.find("\n" + mark, line_end - 1)
        indent = text[text.rfind("\n", 0, at) + 1 : at]
        end = end if end >= 0 else text.find("\n" + indent + mark, line_end - 1)
        close = len(text) if end < 0 else end
        over = len(text) if end < 0 else (text.find("\n", end + 1) if text.find("\n", end + 1) >= 0 else len(text))
        kind = "formula" if text[at + len(mark) : line_end].strip(" {}.") == "math" else "code"
        return self.take(kind, at, over, line_end + 1, close, True)

    def span_of_code(self, mark: str, at: int) -> int:
        r"""Past `` `…` `` or `\verb|…|`."""
        closing = self.text[at + 5 : at + 6] if mark == r"\verb" else mark
        begin = at + (6 if mark == r"\verb" else len(mark))
        end = self.text.find(closing, begin) if closing else -1
        if end < 0 or "\n\n" in self.text[begin:end]:
            return at + len(mark)
        return self.take("code", at, end + len(closing), begin, end)

    def tag(self, mark: str, at: int) -> int:
        """Past `[tex]…[/tex]`; what other tags hold is no formula."""
        closing = "[/" + mark[1:]
        end = self.text.find(closing, at)
        if end < 0:
            return at + len(mark)
        kind = "formula" if mark in TAGS else "code"
        return self.take(kind, at, end + len(closing), at + len(mark), end, TAGS.get(mark, False))

    def directive(self, at: int) -> int:
        """Past `.. math::` and the lines that are indented below it."""
        text = self.text
        begin = at + len(".. math::")
        indent = at - (text.rfind("\n", 0, at) + 1)
        end = line = text.find("\n", begin) if "\n" in text[begin:] else len(text)
        while line < len(text):
            following = text.find("\n", line + 1)
            following = len(text) if following < 0 else following
            content = text[line + 1 : following]
            if content.strip() and len(content) - len(content.lstrip()) <= indent:
                break
            end, line = (following if content.strip() else end), following
        return self.take("formula", at, end, begin, end, True)


def marks_of(format_: str) -> re.Pattern[str]:
    """What opens something in a format; the longest marks first."""
    marks = ["$$", "$", r"\$", r"\\[", r"\\(", r"\[", r"\(", r"\begin{", *TAGS, *SILENT_TAGS, *ADDRESSES]
    if format_ == "latex":
        marks = [mark for mark in marks if mark not in (r"\\[", r"\\(", *TAGS, *SILENT_TAGS)]
        marks += ["\\\\", r"\%", "%", r"\iffalse", r"\verb"]
    elif format_ == "rst":
        marks += ["``", ":math:`", ".. math::"]
    else:
        marks += ["````", "```", "~~~", "``", "`", "<!--"]
    return re.compile("|".join(re.escape(mark) for mark in sorted(marks, key=lambda mark: -len(mark))))


def end_of_address(text: str, at: int) -> int:
    """Behind an address: at white space or a closing bracket."""
    while at < len(text) and not text[at].isspace() and text[at] not in "<>\"'`":
        at += 1
    return at - (text[at - 1] in ").,;")


def alone_on_lines(text: str, start: int, end: int) -> bool:
    """Whether nothing but white space and a stop stands on the lines of a stretch beside it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    behind = text[end : text.find("\n", end) if text.find("\n", end) >= 0 else len(text)]
    return not before.strip(" \t>") and not behind.strip(" \t.,;")


def code_lines(text: str) -> list[tuple[int, int]]:
    """The stretches of lines that Markdown's indentation makes code: behind an empty line, four spaces in, and in no list."""
    found: list[tuple[int, int]] = []
    begin, empty, listed, fenced = 0, True, False, False
    for line in text.splitlines(keepends=True):
        start, begin = begin, begin + len(line)
        bare = line.strip()
        fenced ^= bare.startswith(("```", "~~~", "$$"))
        indented = line.startswith(("    ", "\t")) and bool(bare) and not fenced
        if bare and not line.startswith((" ", "\t")):
            listed = BULLETS.match(line) is not None
        listed = listed or (BULLETS.match(line) is not None and not indented)
        follows = bool(found) and found[-1][1] == start
        if indented and not listed and (empty or follows):
            found = [*found[:-1], (found[-1][0], begin)] if follows else [*found, (start, begin)]
        empty = not bare
    whole = sum(end - start for start, end in found)
    return found if whole < len(text.strip("\n")) - text.count("\n\n") else []
