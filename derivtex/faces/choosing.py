"""What was chosen, by whatever door it came: the values as the table of options has them, and what of them asks, writes or runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import UsageError
from derivtex.options import Option, of

if TYPE_CHECKING:
    from derivtex.writing.manner import Manner

Chosen = dict[str, Any]
BOOLEAN = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
QUESTION = ("of", "wrt", "declare", "subject_to", "order", "layout", "form", "structure", "complex", "check")
PAGE = ("template", "profile", "detail")
MANNER = ("reasons", "words", "cite", "width", "color", "box", "both_layouts", "label", "lemmas", "audience", "numbers")


def usual(where: str) -> Chosen:
    """The options of a place, as they are where nobody says anything."""
    return {option.key: option.default for option in of(where)}


def named(key: str, known: Iterable[Option], besides: Iterable[str] = ()) -> Option:
    """The option of this name. Raises UsageError, with the one that was likely meant."""
    table = {name: option for option in known for name in (option.key, option.name)}
    if key not in table:
        names = [*besides, *dict.fromkeys(option.name for option in table.values())]
        near = get_close_matches(key, names, 1)
        hint = f"did you mean {near[0]}?" if near else f"the options are {', '.join(names)}"
        raise UsageError(f"there is no option {key}", way_out=hint)
    return table[key]


def accepted(option: Option, value: Any) -> Any:
    """A value, from a text or from data, as the option has it. Raises UsageError where it cannot have it."""
    if option.kind is tuple:
        return several(option, value)
    if option.kind is bool and (isinstance(value, bool) or str(value).lower() in BOOLEAN):
        return value if isinstance(value, bool) else BOOLEAN[str(value).lower()]
    if not isinstance(value, bool):
        for known in option.values:
            if str(known) == str(value):
                return known
        if option.kind in (int, float) and (number := as_number(value)) is not None:
            return option.kind(number)
        if option.kind is str and not option.values and isinstance(value, str):
            return value
    raise UsageError(f"{option.name} cannot be {str(value)[:60]}", way_out=f"it can be {can_be(option)}")


def can_be(option: Option) -> str:
    """What an option can be, in words."""
    first = {bool: ["true", "false"], int: ["a number"], float: ["a number"], str: [] if option.values else ["a text"]}[option.kind]
    return ", ".join([*first, *map(str, option.values)])


def several(option: Option, value: Any) -> tuple[str, ...]:
    many = (value,) if isinstance(value, str) else value
    if not isinstance(many, list | tuple) or not all(isinstance(each, str) for each in many):
        raise UsageError(f"{option.name} is a list of texts", way_out=f"it is {option.help[0].lower()}{option.help[1:]}")
    return tuple(many)


def as_number(value: Any) -> float | None:
    try:
        return min(float(value), 1e7)
    except (ValueError, TypeError, OverflowError):
        return None


def part(chosen: Mapping[str, Any], names: Iterable[str]) -> Chosen:
    """What of it has one of these names."""
    return {name: chosen[name] for name in names if name in chosen}


def manner_of(chosen: Mapping[str, Any]) -> Manner:
    """How a derivation is to be written. Raises UsageError where that cannot be."""
    from derivtex.writing.manner import Manner, color_of, points_of

    said = part(chosen, MANNER)
    if (words := said.pop("words", None)) is not None:
        from derivtex.writing.wording import read_words

        said["wording"] = read_words(Path(words))
    said["colors"] = tuple(map(color_of, said.pop("color", ())))
    said["cite"] = {"none": ""}.get(said.get("cite", "none"), said.get("cite", ""))
    said["label"] = said.get("label") or ""
    if "width" in said:
        said["width"] = points_of(str(said["width"]))
    return Manner(**said).checked()
