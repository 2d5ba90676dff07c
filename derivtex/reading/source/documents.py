r"""A document as one object: its formulas, its words and its code in order, in every format.

    text ──format_of──▶ Markdown | LaTeX | reStructuredText | plain | formula
         ──blocks────▶ Document.blocks       formula (inline or display), words, code; each with its place
         ──tokens────▶ Document.formulas     the tokens of each formula, or the fault that makes it unreadable
         ──words─────▶ Document.items        words, stops and formulas one after the other, for whoever reads what is said

A formula that cannot be read is one fault, with its place; the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

from derivtex.core.errors import DerivtexError, Source, SourceError, Span
from derivtex.core.session import current
from derivtex.reading.source.blocks import Block, Scan
from derivtex.reading.source.files import format_of, macros_around, whole
from derivtex.reading.source.layout import in_italics, in_macros, same_fonts, same_names
from derivtex.reading.source.macros import Macro, defined_macros
from derivtex.reading.source.marks import Parts
from derivtex.reading.source.phrases import Item, in_order
from derivtex.reading.source.plainformulas import plain_formulas
from derivtex.reading.source.plainlines import plain_lines
from derivtex.reading.source.plaintokens import plain_tokens
from derivtex.reading.source.tokens import tokens

LARGEST = 4_000_000
Answer = TypeVar("Answer")
MOST_FORMULAS = 10_000


class Formula(NamedTuple):
    """A formula of a document: its tokens, or (where they cannot be read) none and the fault."""

    block: Block
    tokens: Parts
    fault: DerivtexError | None = None


class Document:
    """A source with what stands in it. Raises SourceError for a source that is empty or too long.

    format: formula (mathematics alone), plain, markdown, latex or rst. blocks: everything in order. faults: delimiters that are not closed.
    """

    def __init__(self, source: Source):
        check_length(source)
        self.source = source
        self.format = format_of(source)
        self.faults: list[DerivtexError] = []
        self.answers: dict[Callable[[Document], Any], Any] = {}
        self.blocks = self.found()
        formulas = sum(block.kind == "formula" for block in self.blocks)
        if formulas > MOST_FORMULAS:
            raise SourceError(
                f"the document holds {formulas} formulas; derivtex reads {MOST_FORMULAS}",
                way_out="give the part that matters",
                span=Span(source, 0, 1),
            )

    @classmethod
    def whole(cls, source: Source) -> Document:
        """The document with all its parts: the cells of a notebook, what a LaTeX file brings in. One piece of work reads a source once:
        whoever asks for it again is handed the same object, of which nobody changes anything."""
        known = current().keep(Read)
        if source not in known:
            known[source] = made = cls(whole(source))
            known.setdefault(made.source, made)
        return known[source]

    @property
    def is_formula(self) -> bool:
        """Whether the source is mathematics alone, without words."""
        return self.format == "formula"

    def found(self) -> list[Block]:
        """The blocks of the source."""
        if self.is_formula:
            return [Block("formula", 0, len(self.source.text), True)]
        scan = Scan(self.source, self.format)
        blocks = scan.run()
        self.faults = scan.faults
        return blocks if self.format not in ("plain", "markdown") else self.with_plain_formulas(blocks)

    def with_plain_formulas(self, blocks: list[Block]) -> list[Block]:
        """The blocks of a text without TeX, its formulas found by their marks; in Markdown only derivatives are such, “what is dL/dX?”, and
        whole lines."""
        result: list[Block] = []
        wanted = plain_formulas if self.format == "plain" else plain_lines
        for block in blocks:
            begin = block.start
            for formula in wanted(self.source, block) if block.kind == "words" else ():
                result.append(Block("words", begin, formula.start))
                result.append(formula)
                begin = formula.end
            result.append(block._replace(start=begin))
        return result

    @cached_property
    def macros(self) -> dict[str, Macro]:
        """The macros that the author defines, here and in what holds here too."""
        around = defined_macros(Source(self.source.context)) if self.source.context else {}
        return {**macros_around(self.source), **around, **defined_macros(self.source, tolerant=not self.is_formula)}

    @cached_property
    def formulas(self) -> list[Formula]:
        """The formulas with their tokens, in order; letters that are one name in two fonts in one of them."""
        found = [self.formula(block) for block in self.blocks if block.kind == "formula"]
        if fonts := same_fonts(each.tokens for each in found):
            found = [each._replace(tokens=in_macros(each.tokens, fonts)) for each in found]
        same = same_names(each.tokens for each in found)
        return [each._replace(tokens=in_italics(each.tokens, same)) for each in found] if same else found

    def formula(self, block: Block) -> Formula:
        """The tokens of a block."""
        if self.is_cut(block):
            place = Span(self.source, block.start, block.end)
            return Formula(block, (), SourceError("the d before the formula belongs to it", way_out="write it inside, $df$", span=place))
        try:
            if block.plain:
                return Formula(block, plain_tokens(self.source, block.start, block.end, self.whole_names, self.is_code, self.letters))
            return Formula(block, tokens(self.source, block.start, block.end, macros=self.macros))
        except DerivtexError as error:
            return Formula(block, (), error.at(Span(self.source, block.start, block.end)))

    def is_cut(self, block: Block) -> bool:
        """Whether a d stands right before the first mark of a formula in a line, `d$f(E) = EA + AE$`."""
        before = self.source.text[max(0, block.start - 3) : block.start]
        return not block.display and before.endswith("d$") and not before[:-2].isalnum()

    @cached_property
    def items(self) -> list[Item]:
        """Words, stops and formulas in order."""
        return in_order(self)

    @cached_property
    def is_code(self) -> bool:
        """Whether plain formulas are written as NumPy has them, with `@` for the product of matrices."""
        return any(block.plain and "@" in self.source.text[block.start : block.end].replace("@(", "") for block in self.blocks)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that stand by themselves in a text without TeX, and not right behind a bracket, which are names."""
        text = self.source.text
        pairs = zip(text, (*text[1:], " "), strict=True)
        marks = "".join(" )" if mark == ")" and following.isalpha() else mark if mark.isalpha() or mark == "'" else " " for mark, following in pairs)
        return frozenset(word for word in marks.split() if len(word) == 1) - {"a", "I", "s"}

    @cached_property
    def whole_names(self) -> frozenset[str]:
        """Words of two or three letters that the words speak of as a name, and that stand in a plain formula: `Pm: n x n covariance`."""
        text = self.source.text
        formulas = " ".join(text[block.start : block.end] for block in self.blocks if block.plain)
        inside = set("".join(mark if mark.isalpha() else " " for mark in formulas).split())
        found = set()
        for block in self.blocks:
            pieces = text[block.start : block.end].split() if block.kind == "words" else []
            for piece, following in zip(pieces, [*pieces[1:], ""], strict=False):
                name = piece.strip("(,:")
                spoken = piece.endswith(":") or following in ("is", "are", "has", "denotes", "=")
                if spoken and 1 < len(name) < 4 and name in inside and not set(name) <= inside:
                    found.add(name)
        return frozenset(found)


class Read(dict[Source, Document]):
    """The documents that a session has read."""


def once(question: Callable[[Document], Answer]) -> Callable[[Document], Answer]:
    """A question to a document whose answer is kept with it: its scopes ask alike. Whoever asks changes nothing of the answer."""

    @wraps(question)
    def asked(document: Document) -> Answer:
        if question not in document.answers:
            document.answers[question] = question(document)
        answer: Answer = document.answers[question]
        return answer

    return asked


def check_length(source: Source) -> None:
    """Raise for a source that is empty or longer than derivtex reads."""
    if not source.text.strip():
        raise SourceError(
            "the source is empty", way_out=r"give a formula, such as \operatorname{tr}(AX)", span=Span(source, 0, 1)
        )
    if len(source.text) > LARGEST:
        raise SourceError(
            f"the source has {len(source.text)} characters; derivtex reads {LARGEST}",
            way_out="give the part that matters",
            span=Span(source, 0, 1),
        )
