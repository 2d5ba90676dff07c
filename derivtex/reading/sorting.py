r"""Each statement of a source to its kind: declarations, definitions, expressions, questions, claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivtex.errors import DerivtexError, Source, SyntaxProblem
from derivtex.reading.declarations import Declaration, declaration, in_latex
from derivtex.reading.macros import Macro, defined_macros
from derivtex.reading.names import is_index_letter
from derivtex.reading.questions import Question, d_width, question
from derivtex.reading.scope import Key
from derivtex.reading.statements import Left, Statement, left_side
from derivtex.reading.syntax import Node, key
from derivtex.reading.tokens import Token, plain


@dataclass(eq=False)
class Body:
    """A definition as it stands: its left side, the tokens of what it stands for, and what it is (symbol, template, function)."""

    left: Left
    side: tuple[Token, ...]
    said: Statement
    form: str = "symbol"
    latex: str = ""
    parsed: Node | None = None

    @property
    def node(self) -> Node:
        """The tree of what it stands for, once it has been parsed."""
        assert self.parsed is not None
        return self.parsed

    @property
    def key(self) -> Key:
        return key(self.left.name)


@dataclass(eq=False)
class Reading:
    """What the statements of a source are: declarations, definitions, expressions, questions, claims; in order."""

    source: Source
    declarations: list[Declaration] = field(default_factory=list)
    bodies: dict[Key, Body] = field(default_factory=dict)
    expressions: list[Statement] = field(default_factory=list)
    questions: list[tuple[Question, Statement]] = field(default_factory=list)
    claims: list[tuple[tuple[Token, ...], str, tuple[Token, ...], Statement]] = field(default_factory=list)
    objective: tuple[tuple[Token, ...], ...] = ()
    order: list[Statement] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)


def sorted_out(
    source: Source, found: list[Statement], declare: Iterable[str], faults: list[tuple[Statement, str]] | None = None
) -> Reading:
    """Each statement to its kind; with `faults`, what cannot be sorted is put there instead of ending in an error."""
    reading = Reading(source, macros=defined_macros(source))
    for text in declare:
        reading.declarations.extend(declaration(text))
    declared = {key(each.name) for each in reading.declarations}
    names = [
        left
        for each in found
        if not in_latex(each) and each.relations[:1] in (("=",), (":=",)) and (left := left_side(each.sides[0])) is not None
    ]
    plain = {key(left.name) for left in names if not d_width(left.name)}
    defined = plain | {
        key(left.name)
        for left in names
        if left.arguments is None or not all(key(argument) in plain for argument in left.arguments)
    }
    for each in found:
        reading.order.append(each)
        try:
            sort(reading, each, defined, declared)
        except DerivtexError as error:
            if faults is None:
                raise
            faults.append((each, error.message))
    return reading


def sort(reading: Reading, each: Statement, defined: set[Key], declared: set[Key]) -> None:
    """A declaration in LaTeX, or any other statement."""
    stated = in_latex(each)
    if stated and not (each.relations == ("=",) and key(stated[0].name) in defined - declared and "." not in each.latex):
        reading.declarations.extend(stated)
    else:
        sort_statement(reading, each, defined, declared)


def sort_statement(reading: Reading, each: Statement, defined: set[Key], declared: set[Key]) -> None:
    """An expression, a question, a definition or a claim."""
    first = each.sides[0]
    if not first or any(not side for side in each.sides):
        raise SyntaxProblem("a relation lacks a side", way_out="complete it, or leave it out", span=each.span)
    asked = question(first)
    if not each.relations:
        expression(reading, each, asked)
        return
    if any(relation not in ("=", ":=") for relation in each.relations):
        return
    if asked is not None and not reading.questions:
        reading.questions.append((asked, each))
    if asked is not None or is_differential(first, defined, declared):
        add_claims(reading, each, 0)
        return
    left = left_side(first)
    whole = key(first)
    if whole in declared:
        left = Left(first)
    if is_objective(each.sides[1]):
        expression(reading, each._replace(sides=(each.sides[1],), relations=()), None)
        return
    if left is not None and left.below and not is_template(left, each.sides[1]):
        left = Left((*left.name, *underscored(left)), (), left.arguments, left.shape)
    if left is None or key(left.name) in reading.bodies:
        add_claims(reading, each, 0)
        return
    reading.bodies[key(left.name)] = Body(left, each.sides[1], each)
    add_claims(reading, each, 1)


def expression(reading: Reading, each: Statement, asked: Question | None) -> None:
    """A line without a relation: a question, an objective or a formula."""
    parts = each.sides[0]
    if asked is not None and (asked.by or asked.mark == r"\nabla" or len(parts) <= 4):
        reading.questions.append((asked, each))
        return
    if is_objective(parts):
        at = next(k for k, token in enumerate(parts) if token.is_mark("_"))
        below = parts[at + 1].inner if parts[at + 1].kind == "group" else (parts[at + 1],)
        reading.objective = (below,)
        reading.expressions.append(each._replace(sides=(parts[at + 2 :],)))
        return
    reading.expressions.append(each)


EXTREMA = (r"\min", r"\max", r"\argmin", r"\argmax")


def is_objective(parts: tuple[Token, ...]) -> bool:
    r"""Whether a side is `\min_W …` or `\arg\min_w …`."""
    at = 1 if parts[:1] and parts[0].is_mark(r"\arg") else 0
    if (
        at < len(parts)
        and parts[at].is_mark(r"\operatorname")
        and len(parts) > at + 1
        and plain(parts[at + 1].inner).replace(" ", "") in ("argmin", "argmax")
    ):
        at += 1
    elif not (at < len(parts) and parts[at].is_mark(*EXTREMA)):
        return False
    return len(parts) > at + 3 and parts[at + 1].is_mark("_")


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
    if not letters or any(token.kind not in ("letter", "macro") for token in letters):
        return False
    inside = scripts(side)
    return all(is_index_letter(token.text) or token.text in inside for token in letters) and any(
        token.text in inside for token in letters
    )


def scripts(parts: tuple[Token, ...]) -> set[str]:
    """The marks that stand in subscripts."""
    found: set[str] = set()
    stack = [parts]
    while stack:
        current = stack.pop()
        for token, before in zip(current, (None, *current), strict=False):
            if before is not None and before.is_mark("_"):
                found.update(part.text for part in (token.inner or (token,)))
            if token.inner:
                stack.append(token.inner)
    return found
