r"""What the words of a document tell a reading: kinds and properties of names, functions, that 1 is ones, that everything is complex."""

from __future__ import annotations

from derivtex.core.errors import Source, Span
from derivtex.core.properties import SQUARE, closure
from derivtex.core.shapes import ONE, factor_text
from derivtex.reading.meaning.cases import words_between
from derivtex.reading.meaning.results import of_function
from derivtex.reading.meaning.slices import BOLD
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.marks import latex
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.spelling import meant
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import HERMITIANS
from derivtex.reading.syntax.data import is_space
from derivtex.reading.syntax.declarations import Declaration, base_of, sized
from derivtex.reading.syntax.dotted import listed, runs_of_document
from derivtex.reading.syntax.gradients import direction
from derivtex.reading.syntax.lefts import Left, left_side
from derivtex.reading.syntax.letters import IDENTITIES, ONES, names_in_fonts
from derivtex.reading.syntax.occurring import contains, derivatives_in, in_a_row
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import is_size, within
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import bold_one, bracketed, nabla, nablas_in, of_letter, ones_in, placed
from derivtex.reading.words.code import declared_in_code
from derivtex.reading.words.declared import declared_in_words
from derivtex.reading.words.definitions import ToldFunction, definitions_in_words, functions_in_words
from derivtex.reading.words.sentences import has, word

OPERATOR = "D"
CALLED = {1: ("the gradient is", "the jacobian is", "the derivative is"), 2: ("the hessian is",)}
REALS = ((r"\mathbb", "R"), (r"\Bbb", "R"), (r"\R",), (r"\RR",), (r"\in", "R"))
NEAR = 80  # characters right before a formula that such words take, with the marks and spaces among them
SPOKEN_WITH_A_VOWEL = frozenset("aefhilmnorsx8")  # letters and a digit, said by their names


def heard(reading: Reading) -> tuple[list[Declaration], list[int]]:
    """The declarations in words and listings, and where the formulas begin that are a part of them; functions are taken at once."""
    in_words, parts_of_it = declared_in_words(reading.document)
    reading.notes += misspelt(reading.document)
    said, used = list(in_words), list(parts_of_it)
    reading.complex = everything_is_complex(reading.document)
    spoken = {key(each.name) for each in said}
    said += [each for each in declared_in_code(reading.document) if key(each.name) not in spoken]
    reading.spoken = {key(each.name) for each in said}
    for each in functions_in_words(reading.document):
        used.append(each.start)
        take_function(reading, each)
    for told_so in definitions_in_words(reading.document):
        if key(told_so.name) not in reading.bodies:
            used += [told_so.start, told_so.side[0].start]
            stated = Statement((told_so.name, told_so.side), ("=",), reading.source, told_so.start, told_so.end)
            reading.bodies[key(told_so.name)] = Body(Left(told_so.name), told_so.side, stated)
            reading.notes.append(f"{latex(told_so.name)} is {latex(told_so.side)}, as the words say")
    return said, used


@once
def misspelt(document: Document) -> list[str]:
    """What is said of words of asking that were typed with a slip."""
    words = ((document.source.text[item.start : item.end].strip("_"), item.text) for item in document.items if item.kind == "word")
    return list(dict.fromkeys(f"“{typed}” is taken to be “{text}”" for typed, text in words if meant(typed.lower()) == text != typed.lower()))


@once
def everything_is_complex(document: Document) -> bool:
    """Whether a sentence says that all numbers, signals, … are complex."""
    items = document.items
    return any(
        word(items, at) in ("complex", "complexvalued") and word(items, at - 1) in ("is", "are", "be")
        and any(word(items, at - k) in ("all", "everything", "every") for k in range(2, 7)) and not has(items, at - 5, at, ("not",))
        for at in range(len(items))
    )  # fmt: skip


def take_function(reading: Reading, told: ToldFunction) -> None:
    """A function as the words tell it: `a(t) = \\tanh(t)`, or one that acts on every entry or has numbers as its values."""
    name, known, place = told.name, told.known, (told.start, told.end)
    if key(name) in reading.bodies:
        return
    span = Span(reading.source, *place)
    if not known:
        reading.declarations.append(Declaration(name, latex(name), "function", sized("function", []), told.properties, None, span))
        return
    argument, side = of_letter(known, *place)
    said = Statement((name, side), ("=",), reading.source, *place)
    reading.bodies[key(name)] = Body(Left(name, (), (argument,)), side, said)


def take_words(reading: Reading, declared: set[Key], words: tuple[list[Declaration], list[int]], stretch: tuple[int, int]) -> None:
    """Declarations in the words of a document, of names that occur in a formula and that nobody declared on purpose."""
    said, used = words
    own = [each for each in said if each.span is None or stretch[0] <= each.span.start < stretch[1]]
    here = {key(each.name) for each in own}
    said = [each for each in said if each in own or (each.span and each.span.start < stretch[0] and key(each.name) not in here)]
    unused = [each for each in reading.expressions if each.start not in used]
    reading.expressions = [each for each in unused if not is_size(each.sides[0]) and not is_space(each.sides[0])]
    inside = {mark for each in reading.order if each.start not in used for mark in key(each.tokens)}
    dressed = {name for each in reading.order if each.start not in used for name in names_in_fonts(key(each.tokens))}
    sized_before = {key(each.name): each for each in reading.declarations if each.family is None and ONE in each.size}
    said = [in_its_font(each, dressed) for each in said]
    said = [found for each in said if (found := beside(each, sized_before.get(key(each.name)))) is not None]
    runs = runs_of_document(reading.document)
    conjugated = has_adjoint(reading) and not speaks_of_reals(reading.document)
    made_complex: list[str] = []
    for each in said:
        last = each.name[-1:] if listed(each, runs) is None else base_of(each.name)[-1:]
        if key(each.name) not in declared and (last[0].text in inside or within(last) != last):
            each = of_ones(without_square(reading, each))
            reading.notes.append(told(each))
            if conjugated and each.kind in ("vector", "row", "matrix") and "complex" not in each.properties:
                made_complex.append(each.latex)
                each = each._replace(properties=(*each.properties, "complex"))
            reading.declarations.append(each)
    reading.notes += of_complex(list(dict.fromkeys(made_complex)))


def of_complex(names: list[str]) -> list[str]:
    """That names are complex, as one sentence."""
    if not names:
        return []
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return [f"{listed} {'is' if len(names) == 1 else 'are'} complex: a conjugate transpose, ^H, stands there"]


def has_adjoint(reading: Reading) -> bool:
    """Whether a conjugate transpose stands in a formula, `a^H`."""
    raised = [("^", *name) for name in HERMITIANS] + [("^", "{", *name, "}") for name in HERMITIANS]
    return any(in_a_row(key(each.tokens), mark) for each in reading.order for mark in raised)


@once
def speaks_of_reals(document: Document) -> bool:
    """Whether words or a space say of something that it is real."""
    items = document.items
    spaces = (in_a_row(key(item.tokens), sign) for item in items for sign in REALS)
    return any(word(items, at).startswith("real") for at in range(len(items))) or any(spaces)


def in_its_font(each: Declaration, dressed: set[Key]) -> Declaration:
    r"""A declaration of an X that the words name without the bold in which alone the formulas have it, `\mathbf{X}`, as that of the latter."""
    alike = [name for name in dressed if name[-1:] == key(each.name)]
    if len(alike) != 1 or alike[0][0] not in BOLD:
        return each
    name = tokens(Source(f"{alike[0][0]}{{{alike[0][1]}}}"))
    return each._replace(name=placed(name, each.name[0].start), latex=latex(name))


def of_ones(each: Declaration) -> Declaration:
    r"""A declaration, of `\mathbf{1}` that the words call a vector with what its sign says: that its entries are ones."""
    return each if key(each.name) not in ONES or each.properties else each._replace(properties=("ones",))


def by_its_sign(reading: Reading, each: Declaration) -> Declaration:
    r"""A declaration, of a sign of which an author says no more than a size that it can have, with what the sign stands for:
    `I \in \mathbb{R}^{n\times n}` the identity, `\mathbf{1} \in \mathbb{R}^n` ones."""
    name, (rows, columns) = key(each.name), each.size
    said = "ones" if name in ONES and each.kind in ("vector", "row") else ""
    said = "identity" if name in IDENTITIES and each.kind == "matrix" and rows == columns and rows.known else said
    own = each.span is not None and each.span.source is reading.source and each.family is None
    if not said or not own or each.properties or name in reading.bodies or name in reading.variables:
        return each
    asked = any(key(by) == name for question, _ in reading.questions for by in question.by)
    return each if asked else each._replace(properties=(said,))


def beside(said: Declaration, before: Declaration | None) -> Declaration | None:
    r"""What is left to say of a vector whose size a formula gave before: “$h \in \mathbb{R}^{1\times n}$ is a vector” says nothing more of a row."""
    if before is None or said.kind != "vector" or any(dim.known for dim in said.size if dim != ONE):
        return said
    return said._replace(kind=before.kind, size=before.size) if said.properties else None


def without_square(reading: Reading, each: Declaration) -> Declaration:
    r"""A declaration in words without what a vector cannot be, as in “let $w \in \mathbb{C}^n$ and $R$ Hermitian”."""
    known = next((one for one in reading.declarations if key(one.name) == key(each.name) and one.kind in ("vector", "row", "scalar")), None)
    if known is None or not SQUARE.intersection(closure(each.properties)):
        return each
    return each._replace(kind=known.kind, size=known.size, properties=tuple(name for name in each.properties if not SQUARE & {*closure((name,))}))


def with_nablas(found: list[Statement], items: list[Item]) -> list[Statement]:
    r"""The statements with `\nabla_x` for a `\Delta_x` that begins one and that the words call a gradient."""
    if not any(begins_with_delta(each) for each in found):
        return found
    at = {item.start: k for k, item in enumerate(items) if item.kind == "math"}
    return [each._replace(sides=(nabla(each.sides[0]), *each.sides[1:])) if is_delta(each, items, at) else each for each in found]


def begins_with_delta(each: Statement) -> bool:
    return len(each.sides[0]) > 2 and key(each.sides[0][:2]) == (r"\Delta", "_")


def is_delta(each: Statement, items: list[Item], at: dict[int, int]) -> bool:
    if not begins_with_delta(each):
        return False
    place = at.get(each.start, 0)
    return has(items, max(0, place - 4), place, ("gradient", "derivative", "jacobian"))


def with_operators(found: list[Statement], declared: set[Key]) -> list[Statement]:
    r"""The statements with `\nabla` for a D that is the operator of a derivative: it stands nowhere but before a function, `Df(x)`, `D(x^Tx)`."""
    functions = {key(left.name) for each in found if (left := left_side(each.sides[0])) is not None and left.arguments}
    places = [(each.tokens, at) for each in found for at, token in enumerate(each.tokens) if token.kind == "letter" and token.text == OPERATOR]
    of_functions = any(key(tokens[at + 1 : at + 2]) in functions for tokens, at in places)
    if not of_functions or (OPERATOR,) in declared or not all(operates(tokens, at) for tokens, at in places):
        return found
    return [each._replace(sides=tuple(side if direction(side) else nablas_in(side, OPERATOR) for side in each.sides)) for each in found]


def operates(tokens: Parts, at: int) -> bool:
    """Whether a mark stands before a call, `f(`, or before a bracket; and no sign of a product or a script makes a factor of it."""
    behind = tokens[at + 1 : at + 3]
    called = len(behind) == 2 and behind[0].kind == "letter" and behind[1].text == "("
    return called or (bool(behind) and behind[0].text == "(")


def with_called(found: list[Statement], document: Document) -> list[Statement]:
    r"""The statements with “the gradient is $g = 2Ax$” as a claim on the gradient of the function that was defined last, where nothing else has
    the name; it is no definition."""
    made: list[Statement] = []
    end = 0
    for each in found:
        words, end = words_between(document.source.text, max(end, each.start - NEAR), each.start), max(end, each.end)
        order = next((order for order, ends in CALLED.items() if words.endswith(ends)), 0)
        left = left_side(each.sides[0]) if order and each.relations[:1] == ("=",) else None
        again = left is not None and any(contains(side, left.name) for other in found if other is not each for side in other.sides)
        derivative = () if left is None or left.arguments is not None or again else of_function(made, each.sides[0][-1].end, order)
        made.append(each._replace(sides=(derivative, *each.sides[1:])) if derivative else each)
    return made


def with_operands(found: list[Statement]) -> list[Statement]:
    r"""The statements with `\nabla_X = …` as a claim on the derivative of what was differentiated by X, or defined with it, last."""
    made: list[Statement] = []
    for each in found:
        asked = question(each.sides[0]) if each.relations[:1] == ("=",) else None
        of = operand(asked.by, made) if asked is not None and asked.by and not asked.of else ()
        first = (*each.sides[0], *bracketed(placed(of, each.sides[0][-1].end))) if of else each.sides[0]
        made.append(each._replace(sides=(first, *each.sides[1:])))
    return made


def operand(by: tuple[Parts, ...], before: list[Statement]) -> Parts:
    """What was differentiated by these variables, or defined by a formula with them, last; nothing where nothing was."""
    for said in reversed(before):
        for side in said.sides[:1]:
            for asked in derivatives_in(side):
                if asked.of and tuple(map(key, asked.by)) == tuple(map(key, by)):
                    return asked.of
        left = left_side(said.sides[0]) if said.relations[:1] == ("=",) else None
        if left is not None and all(contains(said.sides[1], name) for name in by):
            return left.name
    return ()


def with_ones(found: list[Statement], said: list[Declaration]) -> list[Statement]:
    r"""The statements with the sign `\mathbf{1}` for a 1 that the words call ones, where it is no number: `1U`, `x - \mu 1`, `1^T x`."""
    if not any(key(each.name) == ("1",) and "ones" in each.properties for each in said):
        return found
    return [each._replace(sides=tuple(ones_in(side) for side in each.sides)) for each in found]


def named_bold(said: list[Declaration]) -> list[Declaration]:
    r"""Declarations of a 1 as those of `\mathbf{1}`."""
    return [each._replace(name=bold_one(each.name[0]), latex=r"\mathbf{1}") if key(each.name) == ("1",) else each for each in said]


def told(each: Declaration) -> str:
    """What was taken from the words, as a sentence."""
    size = " × ".join(factor_text(dim) for dim in each.size if dim.names != ["?"]) if each.kind == "matrix" else ""
    square = "square" if each.square and not size else ""
    what = " ".join(part for part in (*each.properties, square, size, each.kind) if part)
    return f"{each.latex} is {article(what)} {what}, as the words around the formula say"


def article(what: str) -> str:
    """`an` before a sound that is a vowel, also that of a letter alone: an n × m matrix, an orthogonal one; a unit vector."""
    first = what.split()[0] if what else ""
    begins = first[:1] in "aeio8" and not first.startswith("one")
    vowel = first.lower() in SPOKEN_WITH_A_VOWEL if len(first) == 1 else begins or first in ("11", "18")
    return "an" if vowel else "a"


def as_declaration(each: Declaration) -> str:
    """The same on its own, as `--declare` takes it."""
    dims = {"scalar": (), "vector": each.size[:1], "row": each.size[1:]}.get(each.kind, each.size)
    sizes = " x ".join(str(dim) for dim in dims) if all(dim.known for dim in dims) else ""
    return " ".join(part for part in (f"{each.latex}:", each.kind, sizes, *each.properties) if part)
