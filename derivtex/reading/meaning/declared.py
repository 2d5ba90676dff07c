r"""What a function goes from and to: `f : \mathbb{R}^d \to \mathbb{R}^d` says that f(x) is a vector, `f : \mathbb{R}^n \to \mathbb{R}` a number.

Declarations of names with an index, `x_i \in \mathbb{R}^p`: where a sum runs over the index they declare one for each of its values.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source
from derivtex.core.shapes import Dim
from derivtex.reading.meaning.scope import Function, Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.uses import everywhere
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.declarations import Declaration, base_of, memberships, sized
from derivtex.reading.syntax.dotted import runs_of, runs_of_document, with_families
from derivtex.reading.syntax.fields import FIELDS, field_sign, space_in_words
from derivtex.reading.syntax.gradients import applied_behind_nablas
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.occurring import in_a_row
from derivtex.reading.syntax.scripts import index_of, letters_among, marks_in, scripts_at, signs_in, split_at
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.tree import Key, Parts, key


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
    return field_sign(space) in FIELDS


def domains(reading: Reading) -> Iterator[Declaration]:
    r"""What the domains of functions say of the letters in which these are defined: `f : \mathbb{R}^{n\times n} \to \mathbb{R}` beside `f(X) = …`.

    Of a function of numbers nothing: it may act on entries.
    """
    told: dict[Key, list[Declaration]] = {}
    for each in reading.order:
        found = mapping(each)
        body = reading.bodies.get(key(found[0])) if found is not None else None
        letters = body.left.arguments or () if body is not None else ()
        spaces = by_marks(split_at(each.sides[0], ":")[2], r"\times") if letters else []
        for letter, space in zip(letters, spaces, strict=False) if len(letters) == len(spaces) else ():
            if not is_number(space):
                told.setdefault(key(letter), []).extend(memberships(letter, space, each.source))
    known = {key(each.name) for each in reading.declarations}
    yield from (said[0] for name, said in told.items() if said and name not in known and len({(each.kind, str(each.size)) for each in said}) == 1)


def note_maps(reading: Reading, scope: Scope) -> None:
    """Functions of which a line says from what they go to what, and which nothing declares or defines."""
    for each in (*reading.maps, *reading.order):
        found = mapping(each)
        if found is None or key(found[0]) in scope.declared or key(found[0]) in scope.functions or key(found[0]) in reading.bodies:
            continue
        name, of_number, is_one = found
        kind = "abstract" if of_number and is_one else "scalar" if is_one else "vector"
        scope.lexicon.add(name, latex(name), function=True)
        entries, rows = (length_of(space, each.source) for space in (split_at(each.sides[0], ":")[2], each.sides[1]))
        made = Function(latex(name), kind, key=key(name), elementwise=kind == "abstract")
        made.rows, made.entries = (rows, entries) if kind == "vector" and rows is not None and entries is not None else (None, None)
        scope.functions[key(name)] = made


def length_of(space: Parts, source: Source) -> Dim | None:
    r"""The length of the vectors in a space, `\mathbb{R}^m`; None for another space."""
    found = space_in_words(space, source)
    return found[1][0] if found is not None and found[0] == "vector" else None


def note_gradients(reading: Reading, scope: Scope) -> None:
    r"""Functions of which a gradient is spoken of, `\nabla f(x) = …`, and which nothing declares or defines: they are numbers."""
    sides = [side for said in reading.order for side in said.sides]
    for name in (applied for side in sides for applied in applied_behind_nablas(side)):
        left, label = left_side(name), key(name)
        if left is None or left.below:
            continue
        known = any(label in names for names in (scope.declared, scope.functions, scope.families, reading.bodies))
        if not known and not any(in_a_row(key(side), (*label, "'")) for side in sides):  # f' is of a number
            scope.functions[label] = Function(latex(name), "scalar", key=label)


def declarations(reading: Reading, scope: Scope) -> list[Declaration]:
    """The declarations of a reading, those of names with a running index as families; one of an entry of a declared name says nothing."""
    running = set(running_letters(reading))
    document = reading.document
    formulas = [said.tokens for said in reading.order] if document.is_formula else [each.tokens for each in document.formulas]
    runs = runs_of(formulas, reading.source) if document.is_formula else runs_of_document(document)
    given = with_families(reading.declarations, formulas, runs, running)
    declared = {key(each.name): each.kind for each in given}
    found = []
    for each in given:
        letters = index_letters(each, running) or member_letters(each, reading, running)
        is_named = each.kind == "function" and key(base_of(each.name)) in reading.bodies and base_of(each.name) != each.name
        whole = declared.get(key(base_of(each.name))) if letters else None
        if is_named or is_of_entries(each, reading, running) or (whole is not None and (whole != each.kind or each.kind == "scalar")):
            continue
        found.append(family(each, letters, scope) if letters else each)
    return found


def index_letters(each: Declaration, running: set[str]) -> list[str]:
    """The letters below a declared name, where all of them run."""
    base = base_of(each.name)
    if each.family is not None or each.kind == "function" or not index_of(each.name, base):
        return []
    letters = [latex(part) for part in marks_in(index_of(each.name, base))]
    return letters if letters and all(letter in running for letter in letters) else []


def member_letters(each: Declaration, reading: Reading, running: set[str]) -> list[str]:
    r"""The index of a declared vector that stands nowhere without one and is transposed with it: `x \in \mathbb{R}^d` beside `x_i^Tw` tells what
    each x_i is."""
    if each.kind != "vector" or each.family is not None or base_of(each.name) != each.name:
        return []
    found = [scripts_at(among, behind) for said, among, behind in everywhere(reading, each.name) if r"\in" not in said.relations]
    letters = {latex(below) for below, _ in found}
    turned = any(key(above) in TRANSPOSES for _, above in found)
    return list(letters) if turned and len(letters) == 1 and letters <= running else []


def is_of_entries(each: Declaration, reading: Reading, running: set[str]) -> bool:
    r"""Whether what is said of a number, `y \in \{-1, 1\}`, is said of the y_i, with a running index, in which alone it stands."""
    if each.kind != "scalar" or each.family is not None or base_of(each.name) != each.name:
        return False
    found = [scripts_at(among, behind) for said, among, behind in everywhere(reading, each.name) if r"\in" not in said.relations]
    return bool(found) and all(below and latex(below) in running for below, _ in found)


def family(each: Declaration, letters: list[str], scope: Scope) -> Declaration:
    """One for each value of the index; of a number with two indices the matrix that has them as entries."""
    base = base_of(each.name)
    if len(letters) == 1:
        return each._replace(family=(letters[0], scope.open_size(large=False), scope.open_size(large=False)))
    if len(letters) == 2 and each.kind == "scalar":
        size = sized("matrix", [])
        return Declaration(base, each.latex[: each.latex.rfind("_")], "matrix", size, each.properties, None, each.span)
    return each


def running_letters(reading: Reading) -> Iterator[str]:
    """The indices of sums, products and definitions with indices."""
    for body in reading.bodies.values():
        yield from letters_among(body.left.below)
    for statement in reading.order:
        for _, below, _ in signs_in(statement.tokens, r"\sum", r"\prod"):
            yield from letters_among(below)
