"""A block of a document to its text: read with the document's macros, derived, checked, written for the place it stands in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from derivtex.core.errors import DerivtexError, Source, UsageError
from derivtex.core.limits import limits
from derivtex.core.session import session
from derivtex.faces.choosing import PAGE, QUESTION, Chosen, manner_of, part
from derivtex.faces.documents.store import keep, key_of, recalled

if TYPE_CHECKING:
    from derivtex.interface import Answer
    from derivtex.reading.source.macros import Macro


class Defect(DerivtexError):
    exit_status, code = 4, "internal"


class Text(NamedTuple):
    """What a block gives, and a word to the author where there is one."""

    text: str
    word: str = ""


def text_of(source: Source, options: Chosen, folder: Path, macros: str = "") -> Text:
    """The derivation that a block asks for, or its result alone. Raises DerivtexError with the place in the document."""
    template = allowed_template(options["template"], folder)
    own = Path(template).read_bytes() if template and is_file_name(template) else b""
    key = key_of(source.text, macros, options, own)
    kept = recalled(key)
    if kept is None:
        with session(limits()):
            kept = safely_derived(source, {**options, "template": template}, macros)._asdict()
        keep(key, kept)
    return Text(**kept)


def safely_derived(source: Source, options: Chosen, macros: str) -> Text:
    """The text of a block; a defect of derivtex is an error of this block and leaves the rest of the document alone."""
    try:
        return derived(source, options, macros)
    except DerivtexError:
        raise
    except Exception as error:
        raise Defect(f"{type(error).__name__}: {error}", way_out="this is a defect of derivtex: please report it with the formula") from error


def derived(source: Source, options: Chosen, macros: str) -> Text:
    """The text of a block, freshly derived."""
    from derivtex.interface import derive

    answer = derive(source._replace(context=macros), **part(options, QUESTION))
    unsure = options["check"] and not answer.confirmed
    word = "not every step could be confirmed with numbers; the lines that are not are marked" if unsure else ""
    if options["show"] == "result":
        return Text(result_of(answer, options), word)
    from derivtex.writing.page import render

    if options["label"] and options["template"] is None and options["numbers"] == "chain" and options["profile"] == "latex":
        options = {**options, "template": "aligned"}  # one number in the middle
    text, other = render(answer.derivation, **part(options, PAGE), manner=manner_of(options))
    return Text(text, "; ".join(filter(None, (word, other))))


def result_of(answer: Answer, options: Chosen) -> str:
    """The right side of the last line alone, in the words of the place."""
    from derivtex.writing.content import content
    from derivtex.writing.profiles import choose

    page = content(answer.derivation, options["detail"], choose(options["profile"], options["template"])[0].vocabulary)
    return page._replace(closing=()).chain[-1].right


def macros_for(document: str, formula: str) -> str:
    """The definitions of the document's macros that a formula uses, on one line; what cannot be read is not there."""
    macros = macros_in(document)
    used: dict[str, str] = {}
    texts = [formula]
    while texts:
        text = texts.pop()
        for name, macro in macros.items():
            if name not in used and name in text:
                used[name] = macro.where.text
                texts.append(macro.body)
    return " ".join(used[name].replace("\n", " ") for name in macros if name in used)


@lru_cache(maxsize=4)  # asked for each block of a document in turn
def macros_in(document: str) -> dict[str, Macro]:
    """The macros that a document defines; none where a definition cannot be read."""
    from derivtex.reading.source.macros import defined_macros

    try:
        return defined_macros(Source(document))
    except DerivtexError:
        return {}


def allowed_template(template: str | None, folder: Path) -> str | None:
    """The template, by its path where it is a file. A document may not reach outside of its folder. Raises UsageError."""
    if template is None or not is_file_name(template):
        return template
    place = (folder / template).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise UsageError(f"the template {template} lies outside of the document's folder", way_out="put it beside the document")
    if not place.is_file():
        raise UsageError(f"there is no template {template}", way_out="`derivtex templates` lists the shipped ones")
    return str(place)


def is_file_name(template: str) -> bool:
    return "." in template or "/" in template
