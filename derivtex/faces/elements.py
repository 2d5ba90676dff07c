"""What stands in the place of a block, as elements of Pandoc's: paragraphs with formulas, a post, displays that can be referred to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Element = dict[str, Any]
REFERENCE = re.compile(r"\\(eq)?ref\{([^{}]+)\}")


def paragraphs(text: str, identifier: str) -> list[list[Element]]:
    """A page with `$$…$$` for displays and `$…$` for formulas as paragraphs; a display is one of its own."""
    found: list[list[Element]] = []
    for at, part in enumerate(text.split("$$")):
        if at % 2:
            found.append(display(part.strip("\n"), identifier))
        else:
            found += [words(paragraph.strip()) for paragraph in part.split("\n\n") if paragraph.strip()]
    return found


def post_blocks(text: str) -> list[Element]:
    """A post in Markdown as blocks: its code, its displays, and paragraphs that may begin with a heading in bold."""
    found: list[Element] = []
    prose, *listings = text.split("```python\n")
    for paragraph in paragraphs(prose, ""):
        first = str(paragraph[0]["c"]) if paragraph and paragraph[0]["t"] == "Str" else ""
        mark = "**" if first.startswith("**") else "*" if first.startswith("*") else ""
        found.append({"t": "Para", "c": with_heading(paragraph, mark) if mark else paragraph})
    for listing in listings:
        found.append({"t": "CodeBlock", "c": [["", ["python"], []], listing.split("\n```")[0]]})
    return found


def with_heading(paragraph: list[Element], mark: str) -> list[Element]:
    """A paragraph that begins with words between stars: double ones in bold, single ones slanted."""
    end = next((at for at, inner in enumerate(paragraph) if inner["t"] == "Str" and inner["c"].endswith(mark)), len(paragraph) - 1)
    set_off = [{**inner, "c": inner["c"].removeprefix(mark).removesuffix(mark)} if inner["t"] == "Str" else inner for inner in paragraph[: end + 1]]
    return [{"t": "Strong" if mark == "**" else "Emph", "c": set_off}, *paragraph[end + 1 :]]


def display(formula: str, identifier: str) -> list[Element]:
    """Displayed mathematics; with an identifier, in a span that carries it, as pandoc-crossref has it."""
    math = {"t": "Math", "c": [{"t": "DisplayMath"}, formula]}
    return [{"t": "Span", "c": [[identifier, [], []], [math]]}] if identifier else [math]


def words(text: str) -> list[Element]:
    """Words with formulas between dollar signs, as inline elements."""
    found: list[Element] = []
    for at, part in enumerate(text.split("$")):
        if at % 2:
            found.append({"t": "Math", "c": [{"t": "InlineMath"}, part]})
        else:
            found += spaced(part)
    return found


def spaced(text: str) -> list[Element]:
    """Words and the blanks between them; what was escaped for LaTeX is itself again."""
    for mark in "&%#_":
        text = text.replace(f"\\{mark}", mark)
    found: list[Element] = []
    for at, word in enumerate(text.replace("\n", " ").split(" ")):
        found += [{"t": "Space"}] if at else []
        found += [{"t": "Str", "c": word}] if word else []
    return found


def numbered(elements: list[Element], number: int) -> list[Element]:
    """The elements with a number behind the last display."""
    found = [each for each in flat(elements) if each.get("t") == "Math" and each["c"][0]["t"] == "DisplayMath"]
    if found:
        found[-1]["c"][1] += rf"\qquad({number})"
    return elements


def flat(value: Any) -> list[Element]:
    """All elements, those within others too."""
    if isinstance(value, list):
        return [each for inner in value for each in flat(inner)]
    return [value, *flat(list(value.values()))] if isinstance(value, dict) else []


def with_formulas(elements: list[Element], change: Callable[[str], str]) -> list[Element]:
    """The elements with every formula changed."""
    for each in flat(elements):
        if each.get("t") == "Math":
            each["c"][1] = change(each["c"][1])
    return elements


def referring(value: Any, numbers: Mapping[str, int]) -> Any:
    r"""The document with `\ref` and `\eqref` of what has a number as links to it."""
    if isinstance(value, list):
        return [referring(inner, numbers) for inner in value]
    if not isinstance(value, dict):
        return value
    match = REFERENCE.fullmatch(value["c"][1].strip()) if value.get("t") == "RawInline" else None
    if match is None or match[2] not in numbers:
        return {key: referring(inner, numbers) for key, inner in value.items()}
    shown = f"({numbers[match[2]]})" if match[1] else str(numbers[match[2]])
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": shown}], [f"#{match[2]}", ""]]}


def with_slides_that_go_on(blocks: list[Element], rows: int) -> list[Element]:
    """The blocks of a presentation in which a slide whose derivations have more rows than it holds goes on on further ones.

    A slide begins, as Pandoc has it, at each header of the highest level below which there is text at once, at a rule, and with the first block.
    """
    pairs = zip(blocks, blocks[1:], strict=False)
    highest = min((block["c"][0] for block, behind in pairs if block["t"] == "Header" and behind["t"] != "Header"), default=1)
    untitled: Element = {"t": "Header", "c": [highest, ["", [], []], []]}  # in the place of a rule, and in front of all
    found, slide, count = [untitled, *blocks], 0, 0
    for at, block in enumerate(found):
        if block["t"] == "HorizontalRule" or (block["t"] == "Header" and block["c"][0] <= highest):
            slide, count = at, 0
        elif block["t"] == "RawBlock":
            count += block["c"][1].count(r"\\") + 2  # its last row, and the space around it
            if count > rows:
                found[slide] = going_on(found[slide] if found[slide]["t"] == "Header" else untitled)
    return found if "allowframebreaks" in found[0]["c"][1][1] else found[1:]


def going_on(header: Element) -> Element:
    """A header with the class by which its slide may be broken."""
    level, (identifier, classes, pairs), words = header["c"]
    return {**header, "c": [level, [identifier, list(dict.fromkeys([*classes, "allowframebreaks"])), pairs], words]}
