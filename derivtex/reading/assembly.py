r"""From statements to a problem: names declared and defined, bodies elaborated until nothing new is found, sizes settled.

What an undeclared name is follows the convention; where that does not conform, other kinds are tried and what was found is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from derivtex.errors import AmbiguityError, DerivtexError, NotDerivable, ShapeError, Source, SourceError, Span, SyntaxProblem
from derivtex.operations import Entry, Identity, Index, Member, Ones, ScalarCall, Symbol, Zero, symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Problem
from derivtex.reading import claims as asserted
from derivtex.reading.declarations import Declaration, base_of, declaration, in_latex
from derivtex.reading.document import said
from derivtex.reading.elaboration import Elaborator, fill_forms, names_in
from derivtex.reading.formula import parse
from derivtex.reading.macros import Macro, defined_macros
from derivtex.reading.names import is_index_letter
from derivtex.reading.questions import Question, d_width, question
from derivtex.reading.scope import Function, Key, Scope, Template
from derivtex.reading.settling import Settling
from derivtex.reading.sizes import dimension_of
from derivtex.reading.statements import Left, Statement, left_side
from derivtex.reading.syntax import Node, key
from derivtex.reading.tokens import Token, latex, plain, tokens
from derivtex.reading.vocabulary import words
from derivtex.shapes import ONE, SCALAR, Dim, inferring, same, size_text
from derivtex.terms import Term

PASSES = 6
TRIES = 40
OTHER_KINDS = {"vector": ("scalar", "matrix", "row"), "scalar": ("vector", "matrix"), "matrix": ("scalar", "vector"), "row": ("scalar",)}


@dataclass(eq=False)
class Body:
    """A definition as it stands: its left side, the tokens of what it stands for, and what it is (symbol, template, function)."""

    left: Left
    side: tuple[Token, ...]
    said: Statement
    form: str = "symbol"
    latex: str = ""
    node: Node | None = None

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


def sorted_out(source: Source, found: list[Statement], declare: Iterable[str], faults: list[tuple[Statement, str]] | None = None) -> Reading:
    """Each statement to its kind; with `faults`, what cannot be sorted is put there instead of ending in an error."""
    reading = Reading(source, macros=defined_macros(source))
    for text in declare:
        reading.declarations.extend(declaration(text))
    declared = {key(each.name) for each in reading.declarations}
    names = [left for each in found if not in_latex(each) and each.relations[:1] in (("=",), (":=",)) and (left := left_side(each.sides[0])) is not None]
    plain = {key(left.name) for left in names if not d_width(left.name)}
    defined = plain | {key(left.name) for left in names if left.arguments is None or not all(key(argument) in plain for argument in left.arguments)}
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
    if asked is not None and (asked.by or len(parts) <= 4):
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
    if at < len(parts) and parts[at].is_mark(r"\operatorname") and len(parts) > at + 1 and plain(parts[at + 1].inner).replace(" ", "") in ("argmin", "argmax"):
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


# names


def fractions(parts: tuple[Token, ...]) -> Iterator[Question]:
    """The derivatives that occur among tokens."""
    for at, token in enumerate(parts):
        if token.is_mark(r"\frac") and (asked := question(parts[at : at + 3])) is not None:
            yield asked
        if token.inner:
            yield from fractions(token.inner)


def note_numerator(reading: Reading, scope: Scope, asked: Question) -> None:
    """What is differentiated and neither declared nor defined is a number."""
    name = key(asked.of)
    if left_side(asked.of) is not None and name not in reading.bodies and name not in scope.declared and name not in scope.functions:
        scope.kinds.setdefault(name, "scalar")


def scope_of(reading: Reading, kinds: dict[Key, str]) -> Scope:
    """What is known of names before anything is elaborated."""
    scope = Scope(kinds=dict(kinds))
    for each in reading.declarations:
        declare_name(scope, each)
    for body in reading.bodies.values():
        define_name(reading, scope, body)
    for question_, _ in reading.questions:
        note_numerator(reading, scope, question_)
    for left, _, right, _ in reading.claims:
        for each in fractions((*left, *right)):
            note_numerator(reading, scope, each)
    for statement in reading.order:
        note_bounds(scope, statement.tokens, statement.source)
    return scope


def declare_name(scope: Scope, each: Declaration) -> None:
    """A declared name, by its kind; a second declaration of a name adds to the first."""
    name = key(each.name)
    if each.kind == "function":
        word = "".join(mark for mark in name if mark not in ("{", "}")).replace(r"\operatorname", "").replace(r"\text", "").strip("\\")
        if word in words() or name in ((r"\sqrt",), (r"\max",), ("|",)) or name == (r"\sigma",):
            scope.elementwise.update((word, each.latex))
            return
        scope.lexicon.add(each.name, each.latex, function=True)
        scope.functions[name] = Function(each.latex, "abstract", key=name, elementwise="elementwise" in each.properties)
        return
    scope.note_sizes(*(dim for dim in each.size if dim.names != ["?"]))
    properties = tuple(sorted({"posdef": ("symmetric", "posdef")}.get(each.properties[0], each.properties))) if len(each.properties) == 1 else each.properties
    if each.family is not None:
        declare_family(scope, each)
        return
    earlier = scope.declared.get(name)
    if earlier is not None:
        merge(scope, earlier, each)
        return
    rows, columns = (scope.open_size() if dim.names == ["?"] else dim for dim in each.size)
    constant = {"identity": lambda: Identity(rows), "ones": lambda: Ones(rows, columns), "zero": lambda: Zero(rows, columns)}
    if name != ("1",):
        scope.lexicon.add(each.name, each.latex)
    for special, make in constant.items():
        if special in each.properties and each.kind != "scalar":
            same(rows, columns) if special == "identity" else None
            scope.things[name] = make()
            scope.spelling.marks.setdefault(type(scope.things[name]).__name__, latex(base_of(each.name)))
            return
    made = symbol(each.latex, each.kind, SCALAR if each.kind == "scalar" else (rows, columns), properties)
    scope.things[name] = scope.declared[name] = made


def merge(scope: Scope, earlier: Symbol, each: Declaration) -> None:
    """A second declaration: its shape must agree, its properties are added."""
    size = earlier.size
    for mine, other in zip(earlier.size, each.size, strict=True):
        if other.names != ["?"] and not scope.unifier.unify(mine, other):
            raise ShapeError(f"{each.latex} is declared twice, as {size_text(earlier.size)} and as {size_text(each.size)}", way_out="leave one out", span=each.span)
    made = symbol(earlier.name, earlier.kind, size, {*earlier.properties, *each.properties})
    scope.things[key(each.name)] = scope.declared[key(each.name)] = made


def declare_family(scope: Scope, each: Declaration) -> None:
    """`x_i : vector p for i = 1..n`."""
    assert each.family is not None
    _, first, last = each.family
    base = base_of(each.name)
    scope.note_sizes(first, last)
    rows, columns = (scope.open_size() if dim.names == ["?"] else dim for dim in each.size)
    made = symbol(latex(base), each.kind, SCALAR if each.kind == "scalar" else (rows, columns), each.properties, (first, last))
    scope.families[key(base)] = made
    scope.family_names[key(base)] = each.latex
    scope.lexicon.add(base, latex(base))


def define_name(reading: Reading, scope: Scope, body: Body) -> None:
    """A defined name: a symbol, a template with indices, or a function."""
    left, name = body.left, body.key
    body.latex = scope.lexicon.names.get(name) or as_typed(left.name, body.said.source)
    if left.below:
        body.form = "template"
        scope.templates[name] = Template(body.latex, tuple((token.text,) for token in left.below if not token.is_mark(",")))
        return
    name = body.key
    scope.lexicon.add(left.name, body.latex)
    scope.defined.setdefault(name)
    if left.arguments is not None:
        define_function(reading, scope, body, name)


def as_typed(name: tuple[Token, ...], source: Source) -> str:
    """A name as its author typed it."""
    typed = source.text[name[0].start : name[-1].end]
    return typed if same_name(typed, name) else latex(name)


def same_name(typed: str, name: tuple[Token, ...]) -> bool:
    try:
        return key(tokens(Source(typed))) == key(name)
    except SourceError:
        return False


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
    return all(is_index_letter(token.text) or token.text in inside for token in letters) and any(token.text in inside for token in letters)


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


def define_function(reading: Reading, scope: Scope, body: Body, name: Key) -> None:
    """`f(x) = …`: about a known x a definition of f; otherwise, where f is applied to something else, a scalar function."""
    arguments = tuple(key(argument) for argument in body.left.arguments or ())
    known = scope.functions.get(name)
    declared = all(argument in scope.declared or argument in reading.bodies or argument in scope.families for argument in arguments)
    applied = applied_elsewhere(reading, body, arguments)
    if known is not None and known.elementwise or (len(arguments) == 1 and not declared and applied and name not in scope.declared):
        body.form = "function"
        scope.functions[name] = Function(body.latex, "defined", arguments, name, elementwise=True)
        return
    scope.functions[name] = Function(body.latex, "formal", arguments, name)


def applied_elsewhere(reading: Reading, body: Body, arguments: tuple[Key, ...]) -> bool:
    """Whether a function is applied, in another statement, to what is not its own argument."""
    name = body.left.name
    for statement in reading.order:
        if statement is body.said:
            continue
        if any(applied_in(parts, name, arguments) for parts in statement.sides):
            return True
    return False


def applied_in(parts: tuple[Token, ...], name: tuple[Token, ...], arguments: tuple[Key, ...]) -> bool:
    width = len(name)
    stack = [parts]
    while stack:
        current = stack.pop()
        for at in range(len(current)):
            if key(current[at : at + width]) == key(name) and at + width < len(current) and current[at + width].text in ("(", "["):
                inner = current[at + width + 1 :]
                end = next((k for k, token in enumerate(inner) if token.text in (")", "]")), len(inner))
                if key(inner[:end]) not in arguments:
                    return True
        stack.extend(token.inner for token in current if token.inner)
    return False


def note_bounds(scope: Scope, parts: tuple[Token, ...], source: Source) -> None:
    """The sizes that stand above a sum or below an identity."""
    stack = [parts]
    while stack:
        current = stack.pop()
        for at, token in enumerate(current):
            if token.is_mark(r"\sum", r"\prod"):
                for place in range(at + 1, min(at + 4, len(current) - 1), 2):
                    if current[place].is_mark("^"):
                        note_size(scope, current[place + 1], source)
                    elif not current[place].is_mark("_"):
                        break
            elif token.kind == "letter" and token.text == "I" and at + 2 < len(current) and current[at + 1].is_mark("_"):
                note_size(scope, current[at + 2], source)
            if token.inner:
                stack.append(token.inner)


def note_size(scope: Scope, token: Token, source: Source) -> None:
    try:
        scope.note_sizes(dimension_of(token.inner if token.kind == "group" else (token,), source))
    except SourceError:
        return
