r"""Freezing: a LaTeX document with the derivations in the place of derivtex.sty's commands, for Overleaf and journals."""

from __future__ import annotations

import re
from pathlib import Path

from derivtex.core.errors import Source, Span, SyntaxProblem, UsageError
from derivtex.faces.documents.deriving import macros_for, text_of
from derivtex.faces.documents.latex import INPUT, group, hidden, input_file, inside, whole
from derivtex.faces.documents.options import options, parsed
from derivtex.faces.documents.settings import settings
from derivtex.faces.documents.side import in_latex

COMMAND = re.compile(
    r"\\(?:(?P<package>usepackage)|(?P<setup>derivtexsetup)|(?P<declare>derivtexdeclare)|(?P<derive>derive)|(?P<input>input|include))"
    r"(?![A-Za-z@])|\\begin\{(?P<environment>derivation)\}"
)
END = r"\end{derivation}"


def frozen(path: Path, text: str) -> str:
    """The document with its results in place. Raises DerivtexError with the place of the first formula that has none."""
    return Freezing(path.parent, whole([path.name], path.parent)).file(text, str(path))


class Freezing:
    """One document being frozen: its folder, its macros, and the options and declarations so far."""

    def __init__(self, folder: Path, document: str):
        self.folder, self.document = folder, document
        self.open: list[Path] = []
        self.setup: list[str] = []
        self.declare: list[str] = []

    def file(self, text: str, name: str) -> str:
        """The text of one file; files that use derivtex are put where they are brought in."""
        source, found, done = Source(text, name), [], 0
        not_read = hidden(text)
        for match in COMMAND.finditer(text):
            if match.start() < done or inside(match.start(), not_read):
                continue
            new, end = self.replaced(match, source)
            found += [text[done : match.start()], new]
            done = end
        return "".join([*found, text[done:]])

    def replaced(self, match: re.Match[str], source: Source) -> tuple[str, int]:
        """What stands in the place of a command, and where the command ends."""
        text, kind = source.text, match.lastgroup
        if kind == "input":
            return self.input(match, text)
        asked, at = argument(source, match.end(), "[]") if text.startswith("[", match.end()) else ("", match.end())
        if kind == "environment":
            end = text.find(END, at)
            if end < 0:
                raise SyntaxProblem("the environment is not closed", way_out=f"add {END}", span=Span(source, *match.span()))
            return self.derived(source, at, end, asked), end + len(END)
        inner, end = argument(source, at)
        if kind == "package":
            return self.package(inner, asked, text[match.start() : end]), end
        if kind == "derive":
            return self.derived(source, end - 1 - len(inner), end - 1, asked), end
        (self.setup if kind == "setup" else self.declare).append(inner if kind == "setup" else " ".join(inner.split()))
        return "", end + text.startswith("\n", end)

    def package(self, names: str, asked: str, written: str) -> str:
        r"""`\usepackage` without derivtex; amsmath is what the derivations need."""
        packages = [name.strip() for name in names.split(",")]
        if "derivtex" not in packages:
            return written
        self.setup.append(asked)
        return rf"\usepackage{{{','.join(dict.fromkeys('amsmath' if name == 'derivtex' else name for name in packages))}}}"

    def input(self, match: re.Match[str], text: str) -> tuple[str, int]:
        """A file that uses derivtex, in place; any other stays where it is."""
        command = INPUT.match(text, match.start())
        if command is None:
            return match[0], match.end()
        path = input_file(command[2], self.folder)
        inner = path.read_text("utf-8") if path else ""
        if path is None or not (COMMAND.search(inner) and r"\deriv" in inner or END in inner):
            return command[0], command.end()
        if path in self.open:
            raise UsageError(f"{path} brings itself in", way_out=r"take out the \input that leads back")
        page = "\\clearpage\n" if command[1] == "include" else ""
        self.open.append(path)
        text = self.file(inner, str(path))
        self.open.pop()
        return f"{page}{text}{page}", command.end()

    def derived(self, source: Source, start: int, end: int, asked: str) -> str:
        """The derivation of a formula that stands here."""
        begin = Span(source, start, end)
        formula = Source(begin.text, source.name, begin.line, begin.column)
        layers = [*settings(self.folder), *map(parsed, self.setup), {"declare": tuple(self.declare)}, parsed(asked)]
        wanted = options(layers)
        if wanted["profile"] is None and wanted["template"] is None:
            wanted = {**wanted, "profile": "latex"}
        return in_latex(text_of(formula, wanted, self.folder, macros_for(self.document, formula.text)).text, wanted)


def argument(source: Source, at: int, marks: str = "{}") -> tuple[str, int]:
    """The argument in brackets that opens here, and where it ends."""
    end = group(source.text, at, marks) if source.text.startswith(marks[0], at) else None
    if end is None:
        raise SyntaxProblem("an argument is missing or not closed", way_out=f"add {marks[1]}", span=Span(source, at - 1, at))
    return source.text[at + 1 : end - 1], end
