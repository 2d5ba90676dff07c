"""What a block in a document may ask for: `wrt=W detail=brief`, in whatever form the document has for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from derivtex.core.errors import UsageError
from derivtex.faces.choosing import Chosen, accepted, named, usual
from derivtex.options import Option, of

Given = Mapping[str, tuple[str, ...]]
ADDING = ("declare", "color")  # what several layers say of these adds up


def options(layers: Iterable[Given]) -> Chosen:
    """The options of a document's block that layers give together, the weakest first. Raises UsageError."""
    chosen = usual("document")
    for layer in layers:
        for key, said in layer.items():
            option, value = accepted_in_document(key, said)
            chosen[option.key] = tuple(dict.fromkeys((*chosen[option.key], *value))) if option.name in ADDING else value
    return chosen


def accepted_in_document(key: str, said: tuple[str, ...]) -> tuple[Option, Any]:
    """The option of this name and its value, the last of several; where there is such an option and it can have that value."""
    option = named(key, of("document"))
    return option, accepted(option, said if option.kind is tuple else said[-1])


def parsed(text: str) -> dict[str, tuple[str, ...]]:
    """The options in `wrt=W, declare={A: matrix n x n}` or `wrt=W declare="…"`; a word alone means true. Raises UsageError."""
    found: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(text):
        if text[at] in ", \t\r\n":
            at += 1
            continue
        end = at
        while end < len(text) and text[end] not in "=, \t\r\n":
            end += 1
        key, at = text[at:end], past_blanks(text, end)
        if text.startswith("=", at):
            value, at = value_at(text, past_blanks(text, at + 1))
        else:
            value = "true"
        if not key:
            raise UsageError(f"a value without a name: {value}", way_out="write it as name=value")
        found[key] = (*found.get(key, ()), value)
    return found


def past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def value_at(text: str, at: int) -> tuple[str, int]:
    """The value that begins here, and where it ends: in quotes, in braces, or up to a comma or a blank outside of braces."""
    quote = text[at : at + 1]
    if quote in ('"', "'") and quote:
        end = text.find(quote, at + 1)
        if end < 0:
            raise UsageError(f"{text[at:]} has no closing quote", way_out=f"end it with {quote}")
        return text[at + 1 : end], end + 1
    end, depth = at, 0
    while end < len(text) and (depth or text[end] not in ", \t\r\n"):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
        if depth == 0 and quote == "{":
            return text[at + 1 : end - 1], end
    if depth:
        raise UsageError(f"{text[at:]} has an open brace", way_out="close it with }")
    return text[at:end], end


def option_lines(text: str, mark: str = "%|") -> tuple[dict[str, tuple[str, ...]], str]:
    """The options in the lines `%| key: value` at the top of a block, and the block with these lines left empty."""
    found: dict[str, tuple[str, ...]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.lstrip().startswith(mark):
            break
        key, colon, value = line.lstrip().removeprefix(mark).partition(":")
        if not colon:
            raise UsageError(f"{line.strip()} is no option", way_out=f"write it as {mark} key: value")
        found[key.strip()] = (*found.get(key.strip(), ()), unquoted(value.strip()))
        lines[number] = ""
    return found, "\n".join(lines)


def unquoted(value: str) -> str:
    """The value without the quotes around it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
