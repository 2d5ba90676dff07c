r"""Each statement of a source to its kind: declarations, definitions, expressions, questions, claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.reading.meaning.assertions import is_asserted, variables_in
from derivtex.reading.meaning.cases import without_cases
from derivtex.reading.meaning.declared import declared_maps, domains
from derivtex.reading.meaning.respelled import respelled
from derivtex.reading.meaning.roles import (
    after_expectation,
    continued,
    declared_alike,
    goes_on,
    is_given_by_expectation,
    is_remark_on_entries,
    readable_side,
    take_mapping,
    take_objective,
    take_set,
)
from derivtex.reading.meaning.stated import Body, Reading, applied_in, statements_of
from derivtex.reading.meaning.told import heard, named_bold, take_words
from derivtex.reading.source.documents import Document
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.declarations import Declaration, base_of, declaration, declares, in_latex
from derivtex.reading.syntax.lefts import Left, as_name, counts_entries, inside_log, is_of_formula, is_of_one, left_side, named_inside
from derivtex.reading.syntax.occurring import letters_alone
from derivtex.reading.syntax.points import not_put_in
from derivtex.reading.syntax.questions import Question, d_width, is_differential, of_differential, of_primes, question
from derivtex.reading.syntax.respelling import earlier, times_in
from derivtex.reading.syntax.statementforms import Stated, form_of, is_about_operator, is_product
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.traces import of_trace
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.words.definitions import taken_back
from derivtex.reading.words.strips import strips_in_words


def sorted_out(
    document: Document, declare: Iterable[str], *, found: list[Statement] | None = None, tolerant: bool = False, fonts: bool = True,
    stretch: tuple[int, int] | None = None,
) -> Reading:  # fmt: skip
    """Each statement to its kind; what cannot be sorted is a fault. Of a formula alone that is an error, unless tolerant.

    found: the statements, if not all of the document. fonts: whether a definition of `\\beta` may be that of a declared `\\vec\\beta`.
    stretch: where the words stand that tell, if not everywhere; what is said before is then taken over for names of which they do not speak.
    """
    reading = Reading(document, fonts=fonts, asserted=tolerant)
    if found is None:
        found, reading.faults = statements_of(document, tolerant)
        found, cases = (found, []) if document.is_formula else without_cases(found, document.source.text)
        reading.notes.extend(f"{each.latex.strip()} is a case, and is not put in" for each in cases)
    for text in declare:
        reading.maps.extend(maps := declared_maps(text, reading.macros))
        reading.declarations.extend([] if maps else declaration(text, reading.macros))
    declared = {key(each.name) for each in reading.declarations if each.family is None and not is_function_with_index(each)}
    words: tuple[list[Declaration], list[int]] = ([], []) if document.is_formula else heard(reading)
    reading.strips = {} if document.is_formula else strips_in_words(document)
    found = respelled(reading, found, words[0], declared)
    names = [
        left
        for each in found
        if not declares(each) and each.relations[:1] in (("=",), (":=",)) and (left := left_side(each.sides[0])) is not None
        if not is_about_operator(left, each.sides)
    ]
    plain = {key(left.name) for left in names if not d_width(left.name)}
    defined = plain | {
        key(left.name)
        for left in names
        if left.arguments is None or not (is_of_formula(left) or all(key(argument) in plain for argument in left.arguments))
    }
    if reading.asserted:
        reading.letters = letters_alone(side for each in found for side in each.sides)
        defined -= {key(left.name) for left in names if d_width(left.name) == len(left.name)}
    reading.times = frozenset(times_in(found))
    known = Known(defined, declared, {key(left.name) for left in names if is_of_one(left)}, applied_in(document) if tolerant else set())
    for each in found:
        reading.order.append(each)
        try:
            sort(reading, each, known)
            reading.variables.update(variables_in(each))
        except DerivtexError as error:
            if document.is_formula and not tolerant:
                raise
            reading.faults.append((each, error.at(each.span)))
    reading.declarations.extend(domains(reading))
    if not document.is_formula:
        take_words(reading, declared, (named_bold(words[0]), words[1]), stretch or (0, len(document.source.text)))
    return reading


class Known(NamedTuple):
    """The names that a source defines or declares; single: functions defined of one datum, `p(x_n)`; applied: letters before others in brackets."""

    defined: set[Key]
    declared: set[Key]
    single: set[Key]
    applied: set[tuple[Key, tuple[Key, ...]]]


def is_function_with_index(each: Declaration) -> bool:
    """Whether `p_j` is declared as a function, which leaves to its definition what it is."""
    return each.kind == "function" and base_of(each.name) != each.name


def sort(reading: Reading, each: Statement, known: Known) -> None:
    """A declaration in LaTeX, or any other statement."""
    stated = in_latex(each) if each.relations != (r"\in",) or key(each.sides[1]) not in known.defined else []  # x \in C, a set with a body
    if take_set(reading, each):
        return
    if stated and not (each.relations == ("=",) and key(stated[0].name) in known.defined - known.declared and "." not in each.latex):
        reading.declarations.extend(stated)
    else:
        sort_statement(reading, each, known)


def sort_statement(reading: Reading, each: Statement, known: Known) -> None:
    """An expression, a question, a definition or a claim."""
    complete = None if reading.document.is_formula else after_expectation(reading, each)
    goes_on_from_before = complete is None and ((not reading.document.is_formula and goes_on(each)) or repeats(reading, each))
    each = complete or each
    stated = form_of(each if reading.document.is_formula else continued(reading, each))
    if stated.asked is not None and stated.asked.mark == r"\delta" and reading.asserted:  # a quotient of variations is not judged
        stated = stated.without_question()
    if stated.form in EQUATIONS:
        equality(reading, stated, known, goes_on_from_before)
    elif stated.form in SORTS:
        SORTS[stated.form](reading, stated)


def refuse_incomplete(reading: Reading, stated: Stated) -> None:
    raise SyntaxProblem("a relation lacks a side", way_out="complete it, or leave it out", span=stated.said.span)


def take_question(reading: Reading, stated: Stated) -> None:
    """A derivative that stands alone; that it is asked for at a point is not put in, which is said."""
    assert stated.asked is not None
    if stated.at:
        reading.notes.append(not_put_in(stated.at))
    reading.questions.append((stated.asked, stated.said))
    reading.derivatives.append((stated.asked, stated.said, False))


def take_expression(reading: Reading, stated: Stated) -> None:
    """A formula without a relation: a derivative with a mark, an objective or what is differentiated."""
    marked = marked_question(reading, stated.said.sides[0]) if stated.asked is None else None
    marked = marked or of_differential(stated.said.sides[0])
    if marked is not None:
        take_question(reading, stated._replace(asked=marked))
    else:
        reading.expressions.append(take_objective(reading, stated.said) or stated.said)


def take_membership(reading: Reading, stated: Stated) -> None:
    """What is said of a shape; “obtain $\\nabla f \\in \\mathbb{R}^n$” speaks of a derivative."""
    reading.memberships.append(stated.said)
    reading.derivatives.extend([(stated.asked, stated.said, False)] if stated.asked is not None else [])


SORTS: dict[str, Callable[[Reading, Stated], None]] = {
    "incomplete": refuse_incomplete, "question": take_question, "evaluation": take_question, "expression": take_expression,
    "mapping": take_mapping, "membership": take_membership,
}  # fmt: skip
EQUATIONS = ("derivative", "optimum", "reminder", "definition", "equation")


def marked_question(reading: Reading, side: Parts) -> Question | None:
    r"""The derivative that a mark at a defined function asks for: `f'(x)`, `\Delta f`, `\nabla\cdot F`."""
    arguments = {name: body.left.arguments for name, body in reading.bodies.items()}
    return of_primes(side, arguments) if "'" in key(side) else of_trace(side, arguments)


def equality(reading: Reading, stated: Stated, known: Known, goes_on_from_before: bool) -> None:
    """A chain of equal sides: a derivative with its value, a definition or a claim."""
    each, asked = stated.said, stated.asked
    claimed = asked or marked_question(reading, each.sides[0])
    if claimed is not None:
        reading.derivatives.append((claimed, each, True))
    if asked is not None and not reading.questions:
        reading.questions.append((asked, each))
    if asked is not None or goes_on_from_before or is_differential(each.sides[0], known.defined, known.declared):
        add_claims(reading, each, 0)
        return
    varied = take_objective(reading, each)
    stated = stated if varied is None else form_of(varied)
    if stated.form == "optimum":
        take_expression(reading, Stated("expression", stated.said._replace(sides=(stated.said.sides[1],), relations=())))
        return
    inside = named_inside(stated.said.sides, known.defined)
    value = stated.said.sides[1 if inside is None else 2]
    left = left_of(reading, stated, known, value)
    inside = take_inside(reading, inside, stated)
    if left is not None and not reading.asserted and is_given_by_expectation(reading, stated.said):
        return
    if left is not None:
        take_back(reading, left, stated.said)
    if left is None or is_claim(reading, left, stated.said, known):
        add_claims(reading, stated.said, 0)
    else:
        define(reading, left, stated.said, known, inside)


def take_inside(reading: Reading, inside: Left | None, stated: Stated) -> Left | None:
    """The name that a chain defines by its third side, kept; its index is a part of it where it is a time or does not count entries."""
    if inside is None:
        return None
    left, value = stated.left, stated.said.sides[2]
    recurs = left is not None and bool(left.below) and bool(earlier(left, value))
    if inside.below and inside.arguments is None and (recurs or not counts_entries(inside, value)):
        inside = as_name(inside)
    if key(inside.name) not in reading.bodies:
        reading.bodies[key(inside.name)] = Body(inside, value, stated.said)
    return inside


def left_of(reading: Reading, stated: Stated, known: Known, side: Parts) -> Left | None:
    """The name that a chain may define, its index a part of it where that does not count entries; what came before it in time is given."""
    left, first = stated.left, stated.said.sides[0]
    own = key(inside_log(left.name)) if left is not None else ()
    if left is not None and own in known.defined | known.declared and (own not in known.single or is_of_one(left)):
        left = None  # but `\ln p(X)` beside `p(x_n)` is that of all data
    if key(first) in known.declared:
        left = Left(first)
    before = earlier(left, side) if left is not None else ""
    if left is None or not (before or left.below):
        return left
    name = as_name(left) if left.below else left
    if before:
        reading.notes.append(f"{before} is taken as given: no derivative goes through what it was made of")
        reading.given.append((before, latex(name.name)))
    return name if before or latex(left.below) in reading.times or not counts_entries(left, side) else left


def is_claim(reading: Reading, left: Left, each: Statement, known: Known) -> bool:
    """Whether an equation defines nothing, although a name stands on its left."""
    return (
        is_remark_on_entries(left, each.sides[1])
        or (reading.asserted and is_asserted(left, known.declared, reading.variables, reading.letters, known.applied))
        or key(left.name) in reading.bodies
        or (key(each.sides[1]) == ("0",) and any(key(one.name) == key(left.name) and one.kind != "scalar" for one in reading.declarations))
        or is_product(left, each.sides[1], known.declared | reading.spoken)
    )


def define(reading: Reading, left: Left, each: Statement, known: Known, inside: Left | None) -> None:
    """Keep a definition, under the declared name that it means; the further sides are claims. inside: the function that its second side names."""
    alike = declared_alike(reading.declarations, left, each.sides[1]) if reading.fonts and key(left.name) not in known.declared else None
    if alike is not None:
        reading.renamed = True
        reading.notes.append(f"{latex(left.name)} is the declared {alike.latex}")
        left = left._replace(name=alike.name)
    reading.variables.update(map(key, left.arguments or ()))
    take_named_derivative(reading, left, each)
    plain_inside = inside is not None and not inside.below
    at = 2 if plain_inside else 1 if reading.document.is_formula else readable_side(each)
    reading.bodies[key(left.name)] = Body(left, each.sides[at], each)
    add_claims(reading, each, 1)


def take_named_derivative(reading: Reading, left: Left, each: Statement) -> None:
    r"""The question that `P = \frac{\partial W}{\partial F}` is, of which P is the name; with a further side, `H = \nabla^2 f = A`, it is claimed."""
    asked = question(each.sides[1]) if left.arguments is None and not reading.asserted else None
    if asked is None or not asked.of:
        return
    begin = each.sides[1][0].start
    said = each._replace(sides=each.sides[1:], relations=each.relations[1:], start=begin)
    reading.derivatives.append((asked, said, bool(said.relations)))
    if not reading.questions:
        reading.questions.append((asked, said))


def take_back(reading: Reading, left: Left, each: Statement) -> None:
    """Forget what a name stood for where the words say that this statement is to take its place, which is said."""
    label = key(left.name)
    earlier = reading.bodies.get(label)
    if earlier is None or reading.asserted or not taken_back(reading.document.items, earlier.said.end, each.start):
        return
    del reading.bodies[label]
    reading.claims = [claim for claim in reading.claims if claim[3] is not earlier.said]
    reading.notes.append(f"{latex(left.name)} is given twice: by the words before it, the later formula is the one that is meant")


def repeats(reading: Reading, each: Statement) -> bool:
    """Whether a statement begins with a side of one before it, as a chain that goes on in the next display."""
    if not each.sides[0]:
        return False
    begin, order = each.sides[0][0].start, reading.order
    at = bisect_right(order, begin, hi=len(order) - 1, key=lambda said: said.start)
    return at > 0 and begin < order[at - 1].end


def add_claims(reading: Reading, each: Statement, begin: int) -> None:
    """The equalities of a chain `a = b = c`, from a side on."""
    for at in range(begin, len(each.relations)):
        reading.claims.append((each.sides[at], each.relations[at], each.sides[at + 1], each))
