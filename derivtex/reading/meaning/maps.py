r"""What a function goes from and to: `f : \mathbb{R}^d \to \mathbb{R}^d` says that f(x) is a vector, `f : \mathbb{R}^n \to \mathbb{R}` a number."""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.meaning.scope import Function, Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.tree import Parts, key

REALS = ((r"\mathbb", "R"), (r"\R",), (r"\Bbb", "R"), (r"\mathbf", "R"), (r"\mathbb", "C"))


def mapping(each: Statement) -> tuple[Parts, bool, bool] | None:
    """The name of a function with whether it is of a number, and whether it is one; None of another statement."""
    if len(each.sides) != 2 or each.relations[0] not in (r"\to", r"\rightarrow", r"\longrightarrow"):
        return None
    first = each.sides[0]
    name, colon, space = split_at(first, ":")
    name = name if colon else ()
    left = left_side(name) if name else None
    if left is None or key(left.name) != key(name):
        return None
    return name, is_number(space), is_number(each.sides[1])


def declared_maps(text: str, macros: dict[str, Macro]) -> list[Statement]:
    r"""The statements of a declaration `f : \mathbb R^d \to \mathbb R^d`; none of another one."""
    if r"\to" not in text and r"\rightarrow" not in text:
        return []
    source = Source(text, "<declaration>")
    found = statements(tokens(source, macros=macros), source, lines=True)
    return found if all(mapping(each) is not None for each in found) else []


def is_number(space: Parts) -> bool:
    r"""Whether a space is that of the numbers, `\mathbb{R}` without an exponent."""
    return key(space) in REALS or key(space[:-1]) in REALS and key(space)[-1:] == ("_",)


def note_maps(reading: Reading, scope: Scope) -> None:
    """Functions of which a line says from what they go to what, and which nothing declares or defines."""
    for each in (*reading.maps, *reading.order):
        found = mapping(each)
        if found is None or key(found[0]) in scope.declared or key(found[0]) in scope.functions or key(found[0]) in reading.bodies:
            continue
        name, of_number, is_one = found
        kind = "abstract" if of_number and is_one else "scalar" if is_one else "vector"
        scope.lexicon.add(name, latex(name), function=True)
        scope.functions[key(name)] = Function(latex(name), kind, key=key(name), elementwise=kind == "abstract")


def note_gradients(reading: Reading, scope: Scope) -> None:
    r"""Functions of which a gradient is spoken of, `\nabla f(x) = …`, and which nothing declares or defines: they are numbers."""
    for left, _, right, _ in reading.claims:
        for asked in filter(None, map(question, (left, right))):
            name = left_side(asked.of) if asked.mark == r"\nabla" and asked.of else None
            if name is None or name.arguments is None or name.below:
                continue
            label = key(name.name)
            if not any(label in known for known in (scope.declared, scope.functions, scope.families, reading.bodies)):
                scope.functions[label] = Function(latex(name.name), "scalar", key=label)
