r"""Names with a raised label and an index that runs, `y_j^*`, `r_{ik}^{(t)}`, `\alpha_i^-`: members and entries of a thing that bears the label,
which is written first, `y^*_j`, and known as a name, so that no sum takes what it runs over for one constant."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.marks import Token
from derivtex.reading.syntax.lefts import name_width, part_of_name
from derivtex.reading.syntax.letters import bare_letter, is_index_letter
from derivtex.reading.syntax.occurring import levels
from derivtex.reading.syntax.scripts import marks_in, scripts_at
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

SUMS = (r"\sum", r"\prod")
STARS = (("*",), (r"\star",))
COUNTING = frozenset("ijkln")  # which mostly count, also where no sum runs
OPENING = frozenset(("(", "[", "{", "|", r"\|", r"\lVert", r"\Vert", r"\left", "=", "+", "-"))
SCRIPTED = 4  # tokens of what is lowered and what is raised, each with its mark


def with_labels_first(found: list[Statement]) -> tuple[list[Statement], list[Parts]]:
    """The statements with such labels before the indices, and the names that bear them."""
    runs = {letter for each in found for letter in running(each.tokens)}
    if not runs:
        return found, []
    bare = {bare_letter(name) for each in found for name in unstarred(each.tokens)}
    names: dict[Key, Parts] = {}
    sides = [tuple(label_first(side, runs, bare, names) for side in each.sides) for each in found]
    return [each._replace(sides=new) for each, new in zip(found, sides, strict=True)] if names else found, list(names.values())


def marked_beside(found: list[Statement]) -> list[Parts]:
    """The `y_m` of `y - y_m`, a measurement or target that the letter only marks, and no entry of y: it runs nowhere and is below nothing else."""
    runs = {letter for each in found for letter in running(each.tokens)} | COUNTING
    below: dict[Key, set[Key]] = {}
    names: dict[Key, Parts] = {}
    for current in (level for each in found for side in each.sides for level in levels(side)):
        for at, token in enumerate(current):
            width = name_width(current[at:]) if token.kind == "letter" else 0
            script = scripts_at(current, at + width)[0] if width else ()
            if len(script) != 1:
                continue
            below.setdefault(key(script), set()).add(key(current[at : at + width]))
            if is_letter(script[0]) and script[0].text not in runs and is_beside(current, at, width):
                names[key(current[at : at + width + 2])] = current[at : at + width + 2]
    return [name for name in names.values() if len(below[key(scripts_at(name, name_width(name))[0])]) == 1]


def is_letter(token: Token) -> bool:
    return token.kind == "letter" and token.text.islower()


def is_beside(current: Parts, at: int, width: int) -> bool:
    """Whether the bare letter stands right beside the name with its index, in a sum or a difference."""
    bare, start, behind = key(current[at : at + width]), at - 1 - width, at + width + 2
    if start >= 0 and current[at - 1].is_mark("+", "-") and key(current[start : at - 1]) == bare:
        return start == 0 or current[start - 1].text in OPENING
    end = behind + 1 + width
    follows = behind < len(current) and current[behind].is_mark("+", "-") and key(current[behind + 1 : end]) == bare
    return follows and (end == len(current) or not current[end].is_mark("_", "^", "("))


def running(parts: Parts) -> Iterator[str]:
    r"""The letters over which sums and products run, the i and j of `\sum_{i=1}^n \sum_{j \ne i}`."""
    for current in levels(parts):
        for at, token in enumerate(current):
            if token.is_mark(*SUMS) or token.text in SUMS:
                below, _ = scripts_at(current, at + 1)
                yield from (each.text for each in below if is_index_letter(each.text))


def unstarred(parts: Parts) -> Iterator[Key]:
    """The names that stand somewhere without a star: beside such a one the star may be a conjugate."""
    for current in levels(parts):
        at = 0
        while at < len(current):
            width = name_width(current[at:])
            if width and key(scripts_at(current, at + width)[1]) not in STARS:
                yield key(current[at : at + width])
            at += max(width, 1)


def label_first(parts: Parts, runs: set[str], bare: set[str], names: dict[Key, Parts]) -> Parts:
    """Parts with each such label before the index; the names with their labels are added to those found."""
    made = [token._replace(inner=label_first(token.inner, runs, bare, names)) if token.inner else token for token in parts]
    at = 0
    while at < len(made):
        width = name_width(tuple(made[at:]))
        place = at + width
        if width and place + SCRIPTED <= len(made) and {made[place].text, made[place + 2].text} == {"_", "^"}:
            below, above = scripts_at(tuple(made), place)
            letter = bare_letter(key(tuple(made[at:place])))
            if is_label(above, runs, letter in bare) and is_run(below, runs):
                pairs = sorted((made[place : place + 2], made[place + 2 : place + SCRIPTED]), key=lambda pair: pair[0].text != "^")
                made[place : place + SCRIPTED] = [*pairs[0], *pairs[1]]
                name = tuple(made[at : place + 2])
                names.setdefault(key(name), name)
        at += max(width, 1)
    return tuple(made)


def is_label(above: Parts, runs: set[str], stands_bare: bool) -> bool:
    """Whether what is raised belongs to the name whatever the index is."""
    if not above or not part_of_name(above) or above[0].kind == "text":
        return False
    return not stands_bare if key(above) in STARS else not any(token.text in runs for token in above)


def is_run(below: Parts, runs: set[str]) -> bool:
    """Whether indices stand below, one of which runs somewhere."""
    marks = [key(each) for each in marks_in(below)]
    return all(len(each) == 1 and (is_index_letter(each[0]) or each[0].isdigit()) for each in marks) and any(each[0] in runs for each in marks)
