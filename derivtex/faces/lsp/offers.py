r"""What can be done at a formula: derive it by each of its names, in either layout, twice. And what stands at a place: the errors of a
formula, the name under the cursor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from derivtex.core.errors import DerivtexError, Source, Span
from derivtex.core.limits import limits
from derivtex.core.session import session, stage
from derivtex.core.shapes import is_scalar, size_text
from derivtex.faces.choosing import PAGE, QUESTION, manner_of, part
from derivtex.faces.lsp.places import Place, places, with_definitions
from derivtex.interface import Answer, derive
from derivtex.operations import Symbol
from derivtex.reading.meaning.setting import Setting, name_at, setting

MOST_VARIABLES = 6


class Offer(NamedTuple):
    """One thing to do: its title, and the options beyond those of the place."""

    title: str
    options: dict[str, Any]


class Trouble(NamedTuple):
    """An error in the document: where, what, and a way out."""

    start: int
    end: int
    message: str
    code: str


class Insertion(NamedTuple):
    """A text for the document, and a word where the numbers could not confirm all of it."""

    at: int
    text: str
    word: str = ""


def setting_of(place: Place) -> Setting:
    """What a place speaks of, with spans in a source of its own. Raises what is wrong with it, and with its options."""
    if place.said.wrong is not None:
        raise place.said.wrong
    found = setting_or_fault(place.source.text, place.source.context, place.declare, place.said.options.get("wrt"))
    if isinstance(found, DerivtexError):
        raise found.with_traceback(None)
    return found


@lru_cache(maxsize=2048)
def setting_or_fault(text: str, context: str, declare: tuple[str, ...], wrt: str | None) -> Setting | DerivtexError:
    """The setting of a formula wherever it stands, or what is wrong with it: an edit elsewhere leaves it as it was."""
    try:
        with session(limits()), stage("reading"):
            return setting(Source(text, context=context), declare, wrt)
    except DerivtexError as error:
        return error.with_traceback(None)


def in_context(place: Place) -> Place:
    """A formula with the definitions of earlier ones that it uses, where it can be read with them; else by itself."""
    wide = with_definitions(place)
    if wide is place:
        return place
    try:
        setting_of(wide)
    except DerivtexError:
        return place
    return wide


def offers(place: Place) -> Iterator[Offer]:
    """What can be derived at a place. Raises SourceError where it cannot be read."""
    known = setting_of(place)
    target = readable(known.target.name) if isinstance(known.target, Symbol) else ""
    for variable in known.variables[:MOST_VARIABLES]:
        name = readable(variable.name)
        asked = {"wrt": variable.name}
        yield Offer(f"Derive ∂{target}/∂{name} below", asked)
        yield Offer(f"Derive ∂{target}/∂{name} below in numerator layout", {**asked, "layout": "numerator"})
        yield Offer(f"Derive the differential of {target or 'the formula'} by {name} below", {**asked, "form": "differential"})
        if is_scalar(known.target.shape):
            yield Offer(f"Derive the Hessian of {target or 'the formula'} by {name} below", {**asked, "order": 2})


def readable(latex: str) -> str:
    r"""A name for a menu: `\lambda_{1}` is λ_1."""
    return re.sub(r"\\([A-Za-z]+)\s*", lambda found: greek(found[1]), latex).replace("{", "").replace("}", "")


def greek(name: str) -> str:
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.removeprefix('var').upper().replace('LAMBDA', 'LAMDA')}")
    except KeyError:
        return "" if name.startswith(("math", "bm", "bold", "operator", "text")) else name


def done(text: str, place: Place, options: dict[str, Any], markdown: bool) -> Insertion:
    """The derivation, for the line below a formula. Raises DerivtexError where there is none, or the numbers speak against it."""
    said = {**place.said.options, **options}
    with session(limits()):
        answer = derive(place.source, declare=place.declare, **part(said, QUESTION))
        lines = set_in(answer, text, place, markdown, said)
    word = "" if answer.confirmed else "not every step could be confirmed with numbers: such lines carry a question mark"
    return Insertion(line_end(text, place.end), "\n" + lines.rstrip("\n"), word)


def solved(text: str, place: Place, wrt: str, markdown: bool) -> Insertion:
    """Where the derivative by a name is zero, for the line below a formula. Raises DerivtexError where it cannot be solved."""
    from derivtex.answering.solutions import solve

    with session(limits()):
        found = solve(place.source, wrt=wrt, declare=place.declare)
        lines = set_in(found, text, place, markdown, {})
    word = "" if found.confirmed else "the solution could not be confirmed with numbers"
    return Insertion(line_end(text, place.end), "\n" + lines.rstrip("\n"), word)


def line_end(text: str, offset: int) -> int:
    """Where the line ends that an offset is on."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def set_in(answer: Answer, text: str, place: Place, markdown: bool, said: dict[str, Any]) -> str:
    """The derivation as the document can hold it, indented as the formula is."""
    from derivtex.writing.page import render

    page = part(said, PAGE)
    if "template" not in page and "profile" not in page:
        bare = r"\documentclass" in text and "amsmath" not in text and "mathtools" not in text
        page["profile"] = "mathjax" if markdown else "latex-plain" if bare else "latex"
    with stage("writing"):
        lines, _ = render(answer.derivation, **page, manner=manner_of(said), solution=getattr(answer, "solution", None))
    return indented(lines, text, place)


def indented(lines: str, text: str, place: Place) -> str:
    """Lines as far from the margin as a formula is."""
    begin = text.rfind("\n", 0, place.start) + 1
    indent = text[begin : place.start] if not text[begin : place.start].strip() else ""
    return "\n".join(indent + line if line else line for line in lines.splitlines())


def troubles(text: str, name: str, everywhere: bool = False) -> Iterator[Trouble]:
    """The errors of the formulas that their author wants derived; with `everywhere`, of all."""
    for place in places(text, name):
        if not (place.marked or everywhere):
            continue
        try:
            faults = [(fault.at or fault.span, fault.message, fault.code) for fault in setting_of(place).faults]
        except DerivtexError as error:
            help_ = f"\nhelp: {error.way_out}" if error.way_out else ""
            faults = [(error.span, error.message + help_, error.code)]
        for span, message, code in faults:
            yield Trouble(*in_document(span, place), message, code)


def in_document(span: Span | None, place: Place) -> tuple[int, int]:
    """Where a span lies in the document; all of the formula where it lies elsewhere (in a declaration)."""
    if span is None or span.source.text != place.source.text:
        return place.start, place.end
    return span.start + place.offset, max(span.end, span.start + 1) + place.offset


def told(place: Place, offset: int) -> tuple[str, int, int] | None:
    """Kind and shape of the name at an offset of the document, as Markdown, and where it stands."""
    try:
        known = setting_of(place)
        begin, end = place.start - place.offset, place.end - place.offset
        bounds = (0, len(place.source.text)) if place.offset else (begin, end)
        found = name_at(place.source, offset - place.offset, *bounds, known.symbols)
    except DerivtexError:
        return None
    if found is None:
        return None
    name, start, end = found
    return sentence_about(known.symbols[name], name in known.guessed), start + place.offset, end + place.offset


def told_declared(place: Place, offset: int) -> tuple[str, int, int] | None:
    """The same of a name in a formula that only declares."""
    found = name_at(place.source, offset - place.offset, 0, len(place.source.text), dict.fromkeys(each.name for each in place.known))
    if found is None:
        return None
    name, start, end = found
    try:
        symbol = setting_of(place._replace(source=place.source._replace(text=name))).symbols.get(name)
    except DerivtexError:
        return None
    return None if symbol is None else (sentence_about(symbol, False), start + place.offset, end + place.offset)


def sentence_about(symbol: Symbol, guessed: bool) -> str:
    """`W`: matrix, m × 10, symmetric."""
    shape = [] if symbol.kind == "scalar" else [size_text(symbol.size)]
    words = ", ".join([symbol.kind, *shape, *symbol.properties])
    guess = "\n\nnot declared: the kind is a guess, by the usual convention" if guessed else ""
    return f"`{symbol.name}`: {words}{guess}"
