r"""The Pandoc filter `pandoc-derivtex`: blocks and inline code of class derivtex, derived where they stand.

LaTeX and beamer get the bare environment as raw LaTeX, since Pandoc would put `\[ \]` around displayed mathematics; every other
writer gets `aligned` as mathematics of Pandoc's own. The document is walked as plain data, so that elements of a Pandoc to come
pass through as they are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from derivtex.core.errors import DerivtexError, Source, UsageError, describe
from derivtex.faces.choosing import Chosen, usual
from derivtex.faces.documents.deriving import Text, macros_for, text_of
from derivtex.faces.documents.options import Given, accepted_in_document, option_lines, options
from derivtex.faces.documents.settings import settings
from derivtex.faces.elements import REFERENCE, Element, display, numbered, paragraphs, post_blocks, referring, with_formulas, with_slides_that_go_on
from derivtex.faces.libreoffice import for_docx, for_opendocument
from derivtex.thin import make_ready

LATEX = ("latex", "beamer")
ANSWERS = ("derivtex-answer", "{derivtex-answer}")
CLASSES = ("derivtex", "{derivtex}")  # the second is what GitHub's Markdown makes of {.derivtex}


def without_operatorname(formula: str) -> str:
    r"""A formula for GitHub, whose MathJax refuses `\operatorname`."""
    return formula.replace(r"\operatorname{", r"\mathrm{")


SLIDE = 280  # points: how wide a slide of beamer's is, in letters of ten points
ROWS = 9  # of a derivation that a slide holds, with a title and a sentence
FITTING = {"odt": for_opendocument, "docx": for_docx, "gfm": without_operatorname, "markdown_github": without_operatorname}
LEAVES = {"Space": " ", "SoftBreak": "\n", "LineBreak": "\n"}


def main() -> None:
    """What Pandoc calls: the document on standard input, the writer as the argument."""
    make_ready()
    try:
        document = json.loads(sys.stdin.buffer.read().decode("utf-8"))
        pass_over = Pass(document, sys.argv[1] if len(sys.argv) > 1 else "html")
        changed = referring(pass_over.walked(pass_over.with_verdicts(document)), pass_over.numbers)
        if pass_over.writer == "beamer":
            changed = {**changed, "blocks": with_slides_that_go_on(changed["blocks"], ROWS)}
    except DerivtexError as error:
        sys.exit(f"pandoc-derivtex: {describe(error)}")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        sys.exit(
            "pandoc-derivtex: error: the input is no document of Pandoc's [usage]\n"
            "  help: it is a filter: pandoc -F pandoc-derivtex paper.md -o paper.pdf"
        )
    if pass_over.failed:
        sys.exit("pandoc-derivtex: error: strict is on, and not every block could be derived [strict]")
    sys.stdout.buffer.write(json.dumps(changed, ensure_ascii=False).encode("utf-8", "backslashreplace"))


class Pass:
    """One pass over a document for a writer: what holds for all its blocks, and how many there were."""

    def __init__(self, document: Element, writer: str):
        self.writer = writer.split("+")[0].split("-")[0]
        self.folder = Path.cwd()
        self.layers: list[Given] = [*settings(self.folder), metadata(document.get("meta", {}).get("derivtex", {}))]
        for layer in self.layers:
            for key in layer:
                accepted_in_document(key, layer[key])
        self.macros = "\n".join(raw_tex(document))
        self.count, self.failed = 0, False
        self.names: dict[str, str] = {}
        self.referred = {} if self.writer in LATEX else dict.fromkeys(match[2] for match in REFERENCE.finditer(self.macros))
        self.numbers: dict[str, int] = {}

    def with_verdicts(self, document: Element) -> Element:
        """The document with marks beside its lines, where its metadata say `check: true`; a wrong line is an error where they are strict."""
        own = metadata(document.get("meta", {}).get("derivtex", {}))
        asked = options(self.layers)
        if not accepted_in_document("check", own.get("check", ("false",)))[1]:
            return document
        from derivtex.faces.linemarks import marked

        try:
            changed, counts = marked(document, self.writer, asked["declare"], self.macros)
        except DerivtexError as error:
            print(f"pandoc-derivtex: {describe(error)}", file=sys.stderr)
            return document
        except Exception as error:  # the document comes out all the same
            print(f"pandoc-derivtex: error: {type(error).__name__}: {error} [internal]: please report it", file=sys.stderr)
            return document
        if counts:
            print(f"pandoc-derivtex: lines: {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}", file=sys.stderr)
        self.failed |= bool(counts.get("fails")) and asked["strict"]
        return changed

    def walked(self, value: Any) -> Any:
        """The document with every block of ours in its new form."""
        if isinstance(value, list):
            found: list[Any] = []
            for item in value:
                new = self.replaced(item) if is_ours(item) else self.answered(item) if is_ours(item, ANSWERS) else None
                found += [self.walked(item)] if new is None else new
            return found
        if isinstance(value, dict):
            return {key: self.walked(inner) for key, inner in value.items()}
        return value

    def replaced(self, element: Element) -> list[Element] | None:
        """What stands in the place of a block or of inline code; nothing where it could not be derived."""
        self.count += 1
        (identifier, _, pairs), code = element["c"]
        inline = element["t"] == "Code"
        name = f"{'formula' if inline else 'block'} {self.count}" + (f" (#{identifier})" if identifier else "")
        asked: Chosen | None = None
        try:
            lines, text = ({}, code) if inline else option_lines(code)
            asked = options([*self.layers, lines, several(pairs)])
            if inline:
                asked = {**asked, "show": "result"}
            done = self.derived(Source(text, name), asked, identifier)
            if done.word:
                complain(f"{name}: warning: {done.word}", code)
            if self.writer == "beamer" and (rows := done.text.count(r"\\") + 1) > ROWS:
                complain(f"{name}: warning: {rows} rows are more than a slide holds: detail=brief has fewer, show=result one", code)
            made = self.inline(done.text) if asked["show"] == "result" and inline else self.blocks(done.text, identifier, asked)
            return self.fitting(self.known_as(identifier or asked["label"] or "", name, made))
        except DerivtexError as error:
            complain(describe(error) if error.span else f"{name}: {describe(error)}", code)
            self.failed |= (asked or options(self.layers))["strict"]
            return None

    def answered(self, element: Element) -> list[Element] | None:
        """The post in the place of a question; nothing where it cannot be answered."""
        from derivtex.answering.answers import answer

        self.count += 1
        code = element["c"][1]
        try:
            reply = answer(Source(code, f"question {self.count}"))
            text = reply.to_text(profile="latex" if self.writer in LATEX else "pandoc")
        except DerivtexError as error:
            complain(describe(error), code)
            self.failed |= options(self.layers)["strict"]
            return None
        return [{"t": "RawBlock", "c": ["latex", text.rstrip("\n")]}] if self.writer in LATEX else self.fitting(post_blocks(text))

    def known_as(self, identifier: str, name: str, made: list[Element]) -> list[Element]:
        """The elements with a number where something refers to them; two of one identifier are said."""
        if identifier and identifier in self.names:
            print(f"pandoc-derivtex: {name}: warning: {self.names[identifier]} has the identifier {identifier}, too", file=sys.stderr)
        elif identifier in self.referred:
            self.numbers[identifier] = len(self.numbers) + 1
            made = numbered(made, self.numbers[identifier])
        self.names.setdefault(identifier, name)
        return made

    def fitting(self, elements: list[Element]) -> list[Element]:
        """The elements with their formulas as the writer's readers can take them."""
        return with_formulas(elements, FITTING[self.writer]) if self.writer in FITTING else elements

    def derived(self, source: Source, asked: Chosen, identifier: str) -> Text:
        """The text for this writer. Raises DerivtexError."""
        if not source.text.strip():
            raise UsageError("the block is empty", way_out=r"write the formula in it, such as \operatorname{tr}(AX)")
        latex = self.writer in LATEX
        label = asked["label"] or identifier or None
        own = asked["template"] if asked["template"] and "." in asked["template"] else None
        asked = {
            **asked, "profile": "latex" if latex else "pandoc", "template": own or (asked["template"] if latex else "aligned"),
            "label": label if latex else None,
        }  # fmt: skip
        if self.writer == "beamer" and asked["width"] == usual("document")["width"]:
            asked["width"] = SLIDE
        return text_of(source, asked, self.folder, macros_for(self.macros, source.text))

    def inline(self, formula: str) -> list[Element]:
        return [{"t": "Math", "c": [{"t": "InlineMath"}, formula]}]

    def blocks(self, text: str, identifier: str, asked: Chosen) -> list[Element]:
        """A page as blocks of Pandoc's: raw for LaTeX, paragraphs with mathematics for the others."""
        if asked["show"] == "result":
            return [{"t": "Para", "c": display(text, identifier)}]
        if self.writer in LATEX:
            return [{"t": "RawBlock", "c": ["latex", text.rstrip("\n")]}]
        return [{"t": "Para", "c": paragraph} for paragraph in paragraphs(text, identifier or asked["label"] or "")]


def is_ours(element: Any, classes: tuple[str, ...] = CLASSES) -> bool:
    """Whether it is code of class derivtex, as a block or in the text."""
    return isinstance(element, dict) and element.get("t") in ("CodeBlock", "Code") and any(name in classes for name in element["c"][0][1])


def complain(message: str, code: str) -> None:
    """To standard error, with the first line of the block, by which it can be found."""
    first = next((line for line in code.splitlines() if line.strip() and not line.startswith("%|")), "")
    print(f"pandoc-derivtex: {message}\n  in: {first.strip()[:80]}", file=sys.stderr)


def several(pairs: list[list[str]]) -> Given:
    """Attributes as options; one that stands twice has several values."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def metadata(value: Element) -> Given:
    """The map `derivtex:` in a document's metadata as options."""
    if not value:
        return {}
    if value["t"] != "MetaMap":
        raise UsageError("the metadata derivtex: has to be a map", way_out="write it as derivtex: {wrt: W}")
    return {key: tuple(values(inner)) for key, inner in value["c"].items()}


def values(value: Element) -> list[str]:
    """The texts of a metadata value: one, or those of a list."""
    if value["t"] == "MetaList":
        return [text for inner in value["c"] for text in values(inner)]
    if value["t"] in ("MetaBool", "MetaString"):
        return [str(value["c"]).lower() if value["t"] == "MetaBool" else value["c"]]
    return [plain(value["c"]).strip()]


def plain(value: Any) -> str:
    """Text as it was typed, with formulas and raw LaTeX as they are."""
    if isinstance(value, list):
        return "".join(map(plain, value))
    if not isinstance(value, dict):
        return ""
    kind: str = value["t"]
    inner: Any = value.get("c")
    if kind == "Str":
        return str(inner)
    if kind in ("Math", "RawInline", "Code", "RawBlock", "CodeBlock"):
        return str(inner[1])
    if kind in ("Superscript", "Subscript"):
        return f"{'^' if kind == 'Superscript' else '_'}{{{plain(inner)}}}"
    return LEAVES.get(kind) or plain(inner)


def raw_tex(value: Any) -> list[str]:
    """The raw LaTeX of a document, where its macros are defined."""
    if isinstance(value, list):
        return [text for inner in value for text in raw_tex(inner)]
    if not isinstance(value, dict):
        return []
    if value.get("t") in ("RawBlock", "RawInline"):
        return [value["c"][1]] if value["c"][0] in ("tex", "latex") else []
    return [text for inner in value.values() for text in raw_tex(inner)]
