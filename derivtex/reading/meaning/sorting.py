r"""Each statement of a source to its kind: declarations, definitions, expressions, questions, claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.reading.meaning.assertions import is_asserted, variables_in
from derivtex.reading.meaning.fonts import declared_alike
from derivtex.reading.meaning.maps import declared_maps
from derivtex.reading.meaning.objectives import take_objective
from derivtex.reading.meaning.roles import after_expectation, continued, goes_on, is_given_by_expectation, is_remark_on_entries, readable_side
from derivtex.reading.meaning.stated import Body, Reading, statements_of
from derivtex.reading.meaning.told import heard, named_bold, take_words, with_nablas, with_ones
from derivtex.reading.source.documents import Document
from derivtex.reading.source.tokens import Token, latex
from derivtex.reading.syntax.declarations import Declaration, base_of, declaration, declares, in_latex
from derivtex.reading.syntax.identities import is_about_operator, is_product
from derivtex.reading.syntax.lefts import is_of_formula, left_of_entries, named_inside
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.objectives import is_objective
from derivtex.reading.syntax.occurring import letters_alone, marks_in_scripts
from derivtex.reading.syntax.questions import Question, d_width, of_primes, question
from derivtex.reading.syntax.recurrences import earlier, with_times
from derivtex.reading.syntax.signs import with_signs
from derivtex.reading.syntax.statements import Left, Statement, left_side
from derivtex.reading.syntax.tree import Key, key
from derivtex.reading.words.changes import taken_back
from derivtex.reading.words.signs import sentence_on, signs_in_words


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
    for text in declare:
        reading.maps.extend(maps := declared_maps(text, reading.macros))
        reading.declarations.extend([] if maps else declaration(text, reading.macros))
    declared = {key(each.name) for each in reading.declarations if each.family is None and not is_function_with_index(each)}
    words: tuple[list[Declaration], list[int]] = ([], []) if document.is_formula else heard(reading)
    signs = {} if document.is_formula else signs_in_words(document.items)
    if signs:
        found, unread = with_signs(found, signs)
        reading.faults.extend(unread)
        reading.notes.extend(sentence_on(sign, what) for sign, what in signs.items())
    found, said = with_times(with_nablas(with_ones(found, words[0]), document.items))
    reading.notes.extend(said)
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
    for each in found:
        reading.order.append(each)
        try:
            sort(reading, each, defined, declared)
            reading.variables.update(variables_in(each))
        except DerivtexError as error:
            if document.is_formula and not tolerant:
                raise
            reading.faults.append((each, error.at(each.span)))
    if not document.is_formula:
        take_words(reading, declared, (named_bold(words[0]), words[1]), stretch or (0, len(document.source.text)))
    return reading


def is_function_with_index(each: Declaration) -> bool:
    """Whether `p_j` is declared as a function, which leaves to its definition what it is."""
    return each.kind == "function" and base_of(each.name) != each.name


def sort(reading: Reading, each: Statement, defined: set[Key], declared: set[Key]) -> None:
    """A declaration in LaTeX, or any other statement."""
    stated = in_latex(each)
    if stated and not (each.relations == ("=",) and key(stated[0].name) in defined - declared and "." not in each.latex):
        reading.declarations.extend(stated)
    else:
        sort_statement(reading, each, defined, declared)


def sort_statement(reading: Reading, each: Statement, defined: set[Key], declared: set[Key]) -> None:
    """An expression, a question, a definition or a claim."""
    complete = None if reading.document.is_formula else after_expectation(reading, each)
    goes_on_from_before = complete is None and ((not reading.document.is_formula and goes_on(each)) or repeats(reading, each))
    each = complete or each
    if not reading.document.is_formula:
        each = continued(reading, each)
    first = each.sides[0]
    if not first or any(not side for side in each.sides):
        raise SyntaxProblem("a relation lacks a side", way_out="complete it, or leave it out", span=each.span)
    asked = question(first)
    if asked is not None and asked.mark == r"\delta" and reading.asserted:  # a quotient of variations is not judged
        asked = None
    if not each.relations:
        arguments = {name: body.left.arguments for name, body in reading.bodies.items()}
        expression(reading, each, asked or evaluated(reading, first) or of_primes(first, arguments))
        return
    if each.relations == (r"\mapsto",):
        colon = max((at + 1 for at, token in enumerate(first) if token.is_mark(":")), default=0)
        reading.objective = (first[colon:],)
        reading.expressions.append(each._replace(sides=(each.sides[1],), relations=()))
        return
    if each.relations == (r"\in",):
        reading.memberships.append(each)
        reading.derivatives.extend([(asked, each, False)] if asked is not None else [])  # “obtain $\nabla f \in \mathbb{R}^n$”
    if any(relation not in ("=", ":=") for relation in each.relations):
        return
    primed = of_primes(first, {name: body.left.arguments for name, body in reading.bodies.items()}) if asked is None else None
    if primed is not None:
        reading.derivatives.append((primed, each, True))
    if asked is not None:
        reading.derivatives.append((asked, each, True))
        if not reading.questions:
            reading.questions.append((asked, each))
    if asked is not None or goes_on_from_before or is_differential(first, defined, declared):
        add_claims(reading, each, 0)
        return
    each = take_objective(reading, each) or each
    first = each.sides[0]
    inside = named_inside(each.sides, defined)
    if inside is not None and key(inside.name) not in reading.bodies:
        reading.bodies[key(inside.name)] = Body(inside, each.sides[2], each)
    left = left_of_entries(first) or left_side(first)
    if left is not None and left.name[0].is_mark(r"\ln", r"\log") and key(left.name[1:]) in defined | declared:
        left = None
    if left is not None and is_about_operator(left, each.sides):
        left = None
    whole = key(first)
    if whole in declared:
        left = Left(first)
    if is_objective(each.sides[1]):
        expression(reading, each._replace(sides=(each.sides[1],), relations=()), None)
        return
    before = earlier(left, each.sides[1]) if left is not None else ""
    if before:
        reading.notes.append(f"{before} is taken as given: no derivative goes through what it was made of")
    if left is not None and left.below and (before or not is_template(left, each.sides[1])):
        left = Left((*left.name, *underscored(left)), (), left.arguments, left.shape)
    remark = left is not None and is_remark_on_entries(left, each.sides[1])
    if left is not None and not reading.asserted and is_given_by_expectation(reading, each):
        return
    claimed = left is not None and reading.asserted and is_asserted(left, declared, reading.variables, reading.letters)
    if left is not None:
        take_back(reading, left, each)
    if left is None or remark or claimed or key(left.name) in reading.bodies or is_product(left, each.sides[1], declared | reading.spoken):
        add_claims(reading, each, 0)
        return
    alike = declared_alike(reading.declarations, left, each.sides[1]) if reading.fonts and key(left.name) not in declared else None
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


def evaluated(reading: Reading, parts: tuple[Token, ...]) -> Question | None:
    r"""The question before a bar that says where a derivative is taken, `\frac{\partial f}{\partial x}|_{x=0}`; that it is not put in is said."""
    if len(parts) < 4 or not parts[-2].is_mark("_") or parts[-3].text not in ("|", "]"):
        return None
    asked = question(parts[:-3])
    if asked is not None:
        reading.notes.append(f"the derivative is that at any point: {latex(parts[-1].inner or parts[-1:])} is not put in")
    return asked


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


def expression(reading: Reading, each: Statement, asked: Question | None) -> None:
    """A line without a relation: a question, an objective or a formula."""
    parts = each.sides[0]
    if asked is not None and (asked.by or asked.mark == r"\nabla" or len(parts) <= 4):
        reading.questions.append((asked, each))
        reading.derivatives.append((asked, each, False))
        return
    reading.expressions.append(take_objective(reading, each) or each)


def is_differential(side: tuple[Token, ...], defined: set[Key], declared: set[Key]) -> bool:
    r"""Whether a left side is `dL` or `d(L)` of a name that is known."""
    width = d_width(side)
    if not width or key(side[:width]) in declared or key(side[:width]) in defined or len(side) == width:
        return False
    rest = side[width:]
    if rest[0].text == "(" and rest[-1].text == ")":
        return key(rest[1:-1]) in defined
    return side[0].kind != "letter" or len(rest) >= 1 and not rest[0].is_mark("_", "^", "(", "'")


def add_claims(reading: Reading, each: Statement, begin: int) -> None:
    """The equalities of a chain `a = b = c`, from a side on."""
    for at in range(begin, len(each.relations)):
        reading.claims.append((each.sides[at], each.relations[at], each.sides[at + 1], each))


def underscored(left: Left) -> tuple[Token, ...]:
    first = left.below[0]
    mark = Token("mark", "_", first.start, first.start)
    return (mark, Token("group", "", first.start, left.below[-1].end, inner=left.below))


def is_template(left: Left, side: tuple[Token, ...]) -> bool:
    """Whether what stands below a defined name are indices: letters that the body uses as well."""
    letters = [token for token in left.below if not token.is_mark(",")]
    if len({token.text for token in letters}) < len(letters):
        return False
    if not letters or any(token.kind not in ("letter", "macro") for token in letters):
        return False
    inside = marks_in_scripts(side)
    return all(is_index_letter(token.text) or token.text in inside for token in letters) and any(
        token.text in inside for token in letters
    )
