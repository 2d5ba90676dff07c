r"""What is known of names before anything is elaborated: declarations, left sides of definitions, sizes that occur."""

from __future__ import annotations

from derivtex.core.errors import ShapeError, Source, SourceError
from derivtex.core.properties import SQUARE, closure
from derivtex.core.shapes import SCALAR, Dim, Shape, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Identity, NormalDistribution, Ones, Symbol, Zero, symbol
from derivtex.reading.meaning.curves import curves
from derivtex.reading.meaning.declared import declarations, note_gradients, note_maps
from derivtex.reading.meaning.derivatives import note_numerator, note_parameter
from derivtex.reading.meaning.lettering import Typed
from derivtex.reading.meaning.scope import Function, Scope, Template
from derivtex.reading.meaning.sets import set_of_sum
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.told import by_its_sign
from derivtex.reading.meaning.uses import applied_elsewhere, argument_in_use, only_applied
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import TRANSPOSES, words
from derivtex.reading.syntax.declarations import Declaration, base_of, sized
from derivtex.reading.syntax.lefts import is_change
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.numbers import compared_in
from derivtex.reading.syntax.occurring import second_points
from derivtex.reading.syntax.questions import questions_in
from derivtex.reading.syntax.scripts import behind_dots, marks_in, signs_in
from derivtex.reading.syntax.sizes import dimension_of
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.words.dependences import dependences


def scope_of(reading: Reading, kinds: dict[Key, str]) -> Scope:
    """What is known of names before anything is elaborated."""
    scope = Scope(kinds=dict(kinds))
    scope.lexicon.counted = reading.counted
    scope.one_value = reading.gradient
    scope.all_complex = reading.complex
    scope.told_strips = reading.strips
    scope.told_functions = frozenset((key(each.thing), key(each.argument)) for each in dependences(reading.document))
    scope.typed = Typed(reading.source, reading.macros)
    scope.numbers, moved = curves(reading) if reading.asserted else (set(), set())
    for each in declarations(reading, scope):
        if each.kind != "function" or key(each.name) not in moved:
            declare_name(scope, by_its_sign(reading, each))
    scope.kinds.update({name: "scalar" for name in scope.numbers if name not in scope.declared})
    for body in reading.bodies.values():
        define_name(reading, scope, body)
    note_maps(reading, scope)
    if reading.asserted:
        note_gradients(reading, scope)
    for asked, _ in reading.questions:
        note_numerator(reading, scope, asked)
    for left, _, right, _ in reading.claims:
        for asked in questions_in((*left, *right), r"\frac"):
            note_numerator(reading, scope, asked)
            note_parameter(reading, scope, asked)
    for name, card in LETTERS_OF_FUNCTIONS.items():
        note_letter(reading, scope, name, card)
    for statement in reading.order:
        for point in second_points(statement.tokens):
            if key(point[:-1]) not in scope.declared or scope.declared[key(point[:-1])].kind != "matrix":
                scope.lexicon.add(point, latex(point))
        note_bounds(scope, statement.tokens, statement.source)
    for labelled in reading.labelled:
        scope.lexicon.add(labelled, latex(labelled))
    for change in filter(is_change, (*reading.objective, *(name for asked, _ in reading.questions for name in asked.by))):
        scope.lexicon.add(change, latex(change))
    scope.ends = {place: (dimension_of(end, reading.source), guessed) for place, (end, guessed) in reading.ends.items()}
    scope.note_sizes(*(end for end, _ in scope.ends.values()))
    return scope


def declare_name(scope: Scope, each: Declaration) -> None:
    """A declared name, by its kind; a second declaration of a name adds to the first."""
    name = key(each.name)
    if scope.all_complex and each.kind != "function" and not {"integer", "positive", "complex"} & set(each.properties):
        each = each._replace(properties=(*each.properties, "complex"))
    each = by_order(scope, each) if each.order else each
    if each.kind == "function":
        word = (
            "".join(mark for mark in name if mark not in ("{", "}"))
            .replace(r"\operatorname", "")
            .replace(r"\text", "")
            .strip("\\")
        )
        if (word in words() and name not in LETTERS_OF_FUNCTIONS) or name in ((r"\sqrt",), (r"\max",), ("|",)) or name == (r"\sigma",):
            scope.elementwise.update((word, each.latex))
            return
        scope.lexicon.add(each.name, each.latex, function=True)
        kind = "scalar" if "scalar-valued" in each.properties else "abstract"
        scope.functions[name] = Function(each.latex, kind, key=name, elementwise="elementwise" in each.properties)
        return
    scope.note_sizes(*(dim for dim in each.size if dim.names != ["?"]))
    if each.family is not None:
        declare_family(scope, each)
        return
    earlier = scope.declared.get(name)
    if earlier is not None:
        merge(scope, earlier, each)
        return
    rows, columns = (scope.open_size() if dim.names == ["?"] else dim for dim in each.size)
    if name != ("1",):
        scope.lexicon.add(each.name, each.latex)
    require_square(scope, each, (rows, columns))
    constant = declared_constant(each, rows, columns)
    if constant is not None:
        scope.things[name] = constant
        scope.spelling.marks.setdefault(type(constant).__name__, latex(base_of(each.name)))
        return
    made = symbol(each.latex, each.kind, SCALAR if each.kind == "scalar" else (rows, columns), implied_too(each))
    scope.things[name] = scope.declared[name] = made


def by_order(scope: Scope, each: Declaration) -> Declaration:
    r"""What `x \succ 0` says: a matrix is definite, the entries of a vector are positive."""
    earlier = scope.declared.get(key(each.name))
    kind = conventional_kind(key(each.name)) if earlier is None else earlier.kind
    if kind == "matrix":
        return each
    kind = kind if earlier is not None else "vector"
    return each._replace(kind=kind, size=sized(kind, []), properties=("positive",))


def require_square(scope: Scope, each: Declaration, size: Shape) -> None:
    """What only a square matrix can be makes an open shape square; of any other shape it is an error."""
    if each.kind == "scalar" or not (each.square or SQUARE.intersection(closure(each.properties))):
        return
    if each.kind != "matrix" or not scope.unifier.unify(*size):
        raise ShapeError(
            f"{each.latex} is declared {', '.join(each.properties) or 'square'}, which only a square matrix is, and has the shape {size_text(size)}",
            way_out=f"declare {each.latex} : matrix n x n, or leave the property out",
            span=each.span,
        )


def implied_too(each: Declaration) -> tuple[str, ...]:
    """The properties that were declared, and symmetric for a real definite matrix, orthogonal for a rotation."""
    if "rotation" in each.properties:
        return tuple(dict.fromkeys((*each.properties, "orthogonal")))
    definite = each.kind == "matrix" and {"posdef", "psd"} & set(each.properties) and not {"complex", "hermitian"} & set(each.properties)
    return tuple(dict.fromkeys((*each.properties, "symmetric"))) if definite else each.properties


def declared_constant(each: Declaration, rows: Dim, columns: Dim) -> Term | None:
    """The constant that a declared identity, ones or zero is."""
    if each.kind == "scalar":
        return None
    if "identity" in each.properties:
        same(rows, columns)
        return Identity(rows)
    if "ones" in each.properties:
        return Ones(rows, columns)
    return Zero(rows, columns) if "zero" in each.properties else None


def merge(scope: Scope, earlier: Symbol, each: Declaration) -> None:
    """A second declaration: its shape must agree, its properties are added."""
    size = earlier.size
    number = earlier.kind == "scalar"
    for mine, other in zip(earlier.size, each.size, strict=True):
        if number and each.kind != "scalar" or other.names != ["?"] and not scope.unifier.unify(mine, other):
            raise ShapeError(
                f"{each.latex} is declared twice, as {size_text(earlier.size)} and as {size_text(each.size)}",
                way_out="leave one out",
                span=each.span,
            )
    require_square(scope, each._replace(kind=earlier.kind), size)
    made = symbol(earlier.name, earlier.kind, size, {*earlier.properties, *implied_too(each)})
    scope.things[key(each.name)] = scope.declared[key(each.name)] = made


def declare_family(scope: Scope, each: Declaration) -> None:
    """`x_i : vector p for i = 1..n`."""
    assert each.family is not None
    _, first, last = each.family
    base = base_of(each.name)
    scope.note_sizes(first, last)
    rows, columns = (scope.open_size() if dim.names == ["?"] else dim for dim in each.size)
    require_square(scope, each, (rows, columns))
    made = symbol(latex(base), each.kind, SCALAR if each.kind == "scalar" else (rows, columns), implied_too(each), (first, last))
    scope.families[key(base)] = made
    scope.family_names[key(base)] = each.latex
    scope.lexicon.add(base, latex(base))


def define_name(reading: Reading, scope: Scope, body: Body) -> None:
    """A defined name: a symbol, a template with indices, or a function."""
    left, name = body.left, body.key
    body.latex = scope.lexicon.names.get(name) or as_typed(left.name, body.said.source)
    if left.below and left.arguments is None:
        body.form = "template"
        scope.families.pop(name, None)
        scope.templates[name] = Template(body.latex, tuple(map(key, marks_in(left.below))))
        return
    name = body.key
    scope.lexicon.add(left.name, body.latex, function=bool(left.arguments))
    scope.defined.setdefault(name)
    if left.arguments is not None:
        define_function(reading, scope, body, name)
    elif (argument := argument_in_use(reading, body)) is not None:
        scope.lexicon.functions.add(name)
        scope.functions[name] = Function(body.latex, "formal", (argument,), name)
        scope.guess(f"{body.latex} in front of its argument in brackets is applied, not multiplied")


def as_typed(name: Parts, source: Source) -> str:
    """A name as its author typed it."""
    typed = source.text[name[0].start : name[-1].end]
    return typed if same_name(typed, name) else latex(name)


def same_name(typed: str, name: Parts) -> bool:
    try:
        return key(tokens(Source(typed))) == key(name)
    except SourceError:
        return False


# Letters that are the usual name of a function where they are used as nothing else.
LETTERS_OF_FUNCTIONS: dict[Key, type[Term]] = {(r"\Phi",): NormalDistribution}


def note_letter(reading: Reading, scope: Scope, name: Key, card: type[Term]) -> None:
    r"""An undeclared letter that stands before a bracket wherever it stands, `\Phi(X\beta)`, and is not asked about: a function, which is said."""
    known = scope.declared, scope.functions, scope.families, scope.templates, scope.defined
    asked = {key(by) for each, _ in reading.questions for by in each.by}
    if any(name in each for each in (*known, scope.kinds)) or name in asked or not only_applied(reading, name):
        return
    scope.lexicon.functions.add(name)
    scope.functions[name] = Function(name[0], card.__name__, key=name)


def define_function(reading: Reading, scope: Scope, body: Body, name: Key) -> None:
    """`f(x) = …`: about a known x a definition of f; otherwise, where f is applied to something else, a scalar function."""
    scope.lexicon.functions.add(name)
    arguments = tuple(key(argument) for argument in body.left.arguments or ())
    known = scope.functions.get(name)
    if body.left.below:
        body.form = "entries"
        scope.functions[name] = Function(body.latex, "formal", arguments, name)
        return
    declared = all(argument in scope.declared or argument in reading.bodies for argument in arguments)
    applied = applied_elsewhere(reading, body, arguments)
    if known is not None and known.elementwise or (arguments and not declared and applied and name not in scope.declared):
        body.form = "function"
        kind = "defined" if len(arguments) == 1 else "unfolded"
        scope.functions[name] = Function(body.latex, kind, arguments, name, elementwise=True)
        return
    scope.functions[name] = Function(body.latex, "formal", arguments, name)


def note_bounds(scope: Scope, parts: Parts, source: Source) -> None:
    """The sizes that stand above a sum, below an identity or in the last of several terms; and whether the letter e is a name, as in `e^T e`."""
    for sign, below, above in signs_in(parts, r"\sum", r"\prod", "I", "e"):
        if sign == "e" and is_transpose(key(above)):
            scope.kinds.setdefault(("e",), "vector")
        elif sign == "I":
            note_size(scope, below, source)
        elif sign != "e":
            note_size(scope, above, source)
            if sign == r"\sum" and (among := set_of_sum(below)) is not None:
                scope.sets[among[0]] = among[1]
    for left, right in compared_in(parts):
        for one, other in ((left, right), (right, left)):
            note_label(scope, key(base_of(one)), "bit" if key(other) == ("0",) else "label")
            if base_of(one) is one:
                scope.kinds.setdefault(key(one), "scalar")
    for below in behind_dots(parts):
        note_size(scope, below, source)


def note_label(scope: Scope, name: Key, kind: str) -> None:
    """A name that indicators compare with numbers of classes has such values, unless it is declared to be something else."""
    if scope.labels.setdefault(name, kind) != kind:
        scope.labels[name] = kind = "bit"
    for known in (scope.declared, scope.families):
        if name in known and set(known[name].properties) <= {"label", "bit"}:
            known[name] = made = symbol(known[name].name, known[name].kind, known[name].size, (kind,), known[name].family)
            if known is scope.declared:
                scope.things[name] = made


def is_transpose(raised: Key) -> bool:
    r"""Whether a mark of the transpose is raised, `^T` or a prime; `e^t` is an exponential."""
    return raised == ("'",) or (raised in TRANSPOSES and raised[-1] != "t")


def note_size(scope: Scope, parts: Parts, source: Source) -> None:
    """A size that is written in a script, where there is one."""
    try:
        scope.note_sizes(*([dimension_of(parts, source)] if parts else []))
    except SourceError:
        return
