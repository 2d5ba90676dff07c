"""Derivations in place: each marked formula of a file gets its derivation below it, and nothing else changes."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, UsageError, describe
from derivtex.core.files import write_whole
from derivtex.faces.choosing import Chosen, usual
from derivtex.faces.documents.around import Known, besides, declared_in
from derivtex.faces.documents.deriving import macros_for, text_of
from derivtex.faces.documents.marked import LANGUAGES, Block, Language, file_options, marked
from derivtex.faces.documents.options import options
from derivtex.faces.documents.settings import settings

LETTERS = re.compile(r"[^\n]")


class Outcome(NamedTuple):
    """What became of a file: blocks seen, written anew, and the complaints."""

    blocks: int
    stale: int
    complaints: tuple[str, ...]


class Surroundings(NamedTuple):
    """What holds for each block of a file: its text, folder and language, the layers of options, what the document declares."""

    text: str
    folder: Path
    language: Language
    layers: list[dict[str, tuple[str, ...]]]
    known: tuple[Known, ...]


class Wanted(NamedTuple):
    """What a block asks for, with the macros that it uses, and the hash of all that decides on its derivation."""

    block: Block
    asked: Chosen
    macros: str
    hash: str


def expand(path: Path, check: bool = False, force: bool = False) -> Outcome:
    """Write the derivations of a file in place; with check, only say which are stale. Raises DerivtexError for the whole file."""
    language = LANGUAGES.get(path.suffix)
    if language is None and path.is_dir():
        raise UsageError(f"{path} is a folder", way_out="give the names of the files in it")
    if language is None:
        raise UsageError(f"{path} is no {' or '.join(LANGUAGES)} file", way_out="rename it, or use derivtex derive")
    data = read(path)
    text = data.decode("utf-8", "surrogateescape")  # what is no UTF-8 goes back as it came
    mark = text[: text.startswith("\ufeff")]
    ends = line_end(text)
    plain = text[len(mark) :].replace(ends, "\n")
    if plain.replace("\n", ends) != text[len(mark) :] or "\r" in plain:
        raise UsageError(f"{path} has line ends of two kinds", way_out="save it with one kind")
    changed, outcome = expanded(plain, path, language, check, force)
    if changed != plain and not check:
        save(path, data, (mark + changed.replace("\n", ends)).encode("utf-8", "surrogateescape"))
    return outcome


def read(path: Path) -> bytes:
    """The bytes of a file. Raises UsageError for what is no file, and for one in another encoding than those that ASCII is a part of."""
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no regular file", way_out="give the name of a file")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{path} cannot be read: {reason}", way_out="give the name of a file") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or max(data[::2].count(0), data[1::2].count(0)) > len(data) / 8:
        raise UsageError(f"{path} is in UTF-16 or UTF-32", way_out="save it as UTF-8")
    return data


def line_end(text: str) -> str:
    """How the lines of a text end: as its first one does."""
    at = min((found for mark in "\r\n" if (found := text.find(mark)) >= 0), default=-1)
    return "\n" if at < 0 or text[at] == "\n" else "\r\n" if text.startswith("\r\n", at) else "\r"


def save(path: Path, before: bytes, after: bytes) -> None:
    """Write the file, unless somebody else did meanwhile. Raises UsageError."""
    try:
        write_whole(after, path, before)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", way_out="look at its permissions") from error


def expanded(text: str, path: Path, language: Language, check: bool, force: bool) -> tuple[str, Outcome]:
    """The text with its derivations, and what became of it."""
    blocks = marked(text, str(path), language)
    around = surroundings(text, path, language, blocks)
    found: list[str] = []
    complaints: list[str] = []
    stale = done = 0
    for block in blocks:
        try:
            wanted = wanted_of(block, around)
            if wanted.hash == block.hash and not force:
                continue
            if check:
                stale += 1
                continue
            new, word = renewed(wanted, around)
            if word:
                complaints.append(f"{block.source.name}:{block.source.line}: warning: {word}")
            found += [text[done : block.start], new]
            done, stale = block.end, stale + 1
        except DerivtexError as error:
            place = f"{block.source.name}:{block.source.line}:{block.source.column}: "
            complaints.append(describe(error) if error.span else place + describe(error))
    if not blocks:
        complaints.append(f"{path}: note: no formula is marked for derivtex")
    return "".join([*found, text[done:]]), Outcome(len(blocks), stale, tuple(complaints))


def surroundings(text: str, path: Path, language: Language, blocks: list[Block]) -> Surroundings:
    """What a file says that holds for each of its blocks. Raises DerivtexError for options that cannot be."""
    layers = [*settings(path.parent), file_options(text, language)] if blocks else []
    known = declared_in(without_results(text, blocks), path.name) if blocks else ()
    return Surroundings(text, path.parent, language, layers, known)


def wanted_of(block: Block, around: Surroundings) -> Wanted:
    """What a block asks for. Raises DerivtexError for options that cannot be."""
    asked = placed(options([*around.layers, block.options]), around.text, around.language)
    asked["declare"] = besides(asked["declare"], around.known, block.source.text)
    macros = macros_for(around.text, block.source.text)
    return Wanted(block, asked, macros, hash_of(block, asked, macros, around.folder))


def renewed(wanted: Wanted, around: Surroundings) -> tuple[str, str]:
    """The stretch to write for a block, and a word to its author where there is one. Raises DerivtexError where it cannot be derived."""
    new = text_of(wanted.block.source, wanted.asked, around.folder, wanted.macros)
    return between_markers(new.text, wanted.hash, wanted.block, wanted.asked, around.language), new.word


def without_results(text: str, blocks: list[Block]) -> str:
    """The text that is the author's own: what stands between markers is left blank."""
    parts, done = [], 0
    for block in blocks:
        parts += [text[done : block.start], LETTERS.sub(" ", text[block.start : block.end])]
        done = block.end
    return "".join([*parts, text[done:]])


def placed(asked: Chosen, text: str, language: Language) -> Chosen:
    """The options with the place that the file is: LaTeX with amsmath can hold more than LaTeX without."""
    if asked["profile"] or (asked["template"] and not language.after):
        return asked
    amsmath = not language.after and any(name in text for name in ("amsmath", "mathtools"))
    template = asked["template"] or ("aligned" if language.after else None)
    return {**asked, "profile": "latex" if amsmath else language.profile, "template": template}


def hash_of(block: Block, asked: Chosen, macros: str, folder: Path) -> str:
    """A short name for the source with all that decides on its derivation."""
    own = folder / asked["template"] if asked["template"] and "." in asked["template"] else None
    template = own.read_bytes() if own and own.is_file() else b""
    known = usual("document")
    said = {key: value for key, value in asked.items() if value != known[key]}  # an option to come leaves old derivations fresh
    return sha256(repr((block.source.text.strip(), said, macros, template)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def between_markers(text: str, hash_: str, block: Block, asked: Chosen, language: Language) -> str:
    """The stretch to write: marker, derivation, marker, each line indented as the block is."""
    if asked["show"] == "result":
        text = f"$`{text}`$" if language.after and asked["profile"] == "github" else f"${text}$"
    begin, end = (f"{language.before}derivtex:{word}{language.after}" for word in (f"begin {hash_}", "end"))
    lines = [begin, *text.rstrip("\n").split("\n"), end]
    if language.after:  # Markdown wants its blocks apart
        lines = ["", begin, "", *lines[1:-1], "", end]
    return "".join(f"\n{block.indent}{line}" if line else "\n" for line in lines)
