"""What a block in a document may ask for: `wrt=W detail=brief`, in whatever form the document has for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from derivtex.core.errors import UsageError
from derivtex.interface import CHOICES

Given = Mapping[str, tuple[str, ...]]
WORDS = {
    **{name: tuple(map(str, values)) for name, values in CHOICES.items()},
    "detail": ("brief", "normal", "full"),
    "show": ("derivation", "result"),
    "check": ("true", "false"),
    "strict": ("true", "false"),
    "box": ("true", "false"),
    "reasons": ("beside", "below", "margin", "none"),
    "cite": ("none", "words", "keys"),
    "numbers": ("chain", "lines"),
}
YES_OR_NO = ("check", "strict", "box")
BOOLEAN = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


class Options(NamedTuple):
    """All that a block asks for. show: the derivation or the result alone; strict: an error ends the whole run."""

    wrt: str | None = None
    of: str | None = None
    declare: tuple[str, ...] = ()
    order: str = "1"
    layout: str = "denominator"
    form: str = "auto"
    structure: str = "projected"
    complex: str = "conjugate"
    detail: str = "normal"
    template: str | None = None
    profile: str | None = None
    label: str | None = None
    numbers: str = "chain"
    reasons: str = "beside"
    cite: str = "none"
    box: str = "false"
    show: str = "derivation"
    check: str = "true"
    strict: str = "false"


def options(layers: Iterable[Given]) -> Options:
    """The options that layers give together, the weakest first; declarations add up. Raises UsageError."""
    chosen: dict[str, str] = {}
    declare: list[str] = []
    for layer in layers:
        for key, values in layer.items():
            if key == "declare":
                declare += values
            else:
                chosen[key] = accepted(key, values[-1])
    return Options(declare=tuple(dict.fromkeys(declare)), **chosen)


def accepted(key: str, value: str) -> str:
    """The value, where the option exists and can have it."""
    if key not in Options._fields:
        near = get_close_matches(key, Options._fields, 1)
        hint = f"did you mean {near[0]}?" if near else f"the options are {', '.join(Options._fields)}"
        raise UsageError(f"there is no option {key}", way_out=hint)
    if key in YES_OR_NO:
        value = BOOLEAN.get(value.lower(), value.lower())
    if key in WORDS and value not in WORDS[key]:
        raise UsageError(f"{key} cannot be {value}", way_out=f"it can be {', '.join(WORDS[key])}")
    return value


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
