r"""What was chosen against the convention, as sentences with their evidence.

Rows or columns? Of two readings that conform, the one in which no matrix has to be square by chance.

In \sum_i (w^Tx_i - y_i)^2 with gradient 2X^T(Xw - y) the x_i may be the rows of X, or its columns where X is square. Each statement conforms by
itself either way; together they tell.

How a formula that does not conform could be mended: the smallest changes that make it conform, as sentences.
"""

from __future__ import annotations

from derivtex.core.errors import AmbiguityError, Span
from derivtex.reading.meaning.elaboration import names_in
from derivtex.reading.meaning.kinds.exponents import STAR
from derivtex.reading.meaning.kinds.search import Choice, Found, Given, conflicts, reading
from derivtex.reading.meaning.kinds.statements import Scope, Statement, walked
from derivtex.reading.meaning.kinds.walker import Violation
from derivtex.reading.meaning.told import of_complex
from derivtex.reading.syntax.tree import Key, Node, key

IN_WORDS = {
    "scalar": "a number", "number": "a number", "vector": "a vector", "row": "a row", "matrix": "a matrix", "thin": "a matrix of one column",
    "family scalar": "a family of numbers", "entries": "a family of numbers", "family vector": "a family of vectors",
    "family row": "a family of rows", "family matrix": "a family of matrices", "rows": "a matrix, and with an index one of its rows",
}  # fmt: skip

MOST_NAMED = 4
DECLARED = {
    "scalar": "scalar", "vector": "vector n", "row": "row n", "matrix": "matrix n x m", "thin": "vector n", "rows": "matrix n x m",
    "entries": "vector n", "family scalar": "scalar for i = 1..n", "family vector": "vector p for i = 1..n",
    "family row": "row p for i = 1..n",
    "family matrix": "matrix p x q for i = 1..n",
}  # fmt: skip


def sentences(scope: Scope, choice: Choice, names: dict[Key, str]) -> list[str]:
    """A sentence for each name that is of another kind than the convention says; names: how each is written."""
    found = of_complex([scope.written(name, names) for name in scope.complex_names(choice.changed)])
    for name, kind in choice.changed.items():
        if name in scope.walker.strips:
            found.append(of_strip(scope, name, kind.kind))
        elif name != STAR:
            said, why = evidence(scope, choice, name)
            told = f": {because(said, why, name)}" if why is not None and said is not None else ""
            found.append(f"{scope.written(name, names)} is {IN_WORDS[kind.kind]}{told}")
    return found


def untried(scope: Scope, found: Found, names: dict[Key, str]) -> list[str]:
    """What is to be said where the bound of the search was met: the names whose declaration would make sure."""
    if found.exhaustive:
        return []
    guessed = [name for name in found.best.changed if name != STAR and name not in scope.walker.strips] or list(scope.walker.choices)
    listed = ", ".join(dict.fromkeys(scope.written(name, names) for name in guessed[:MOST_NAMED]))
    return [f"not every reading was tried, there are too many: declare {listed} to be sure"] if listed else []


def of_strip(scope: Scope, name: Key, way: str) -> str:
    """What a name with an index is of the matrix that it belongs to."""
    strip, _, turned = way.partition(" ")
    member, whole = scope.walker.strips[name]
    return f"{member} is a {strip} of {whole}{', ' + turned if turned else ''}: nothing else conforms"


def evidence(scope: Scope, choice: Choice, name: Key) -> tuple[Statement | None, Violation | None]:
    """What does not hold when a name keeps its usual kind and the others are what was found."""
    others = {other: kind for other, kind in choice.changed.items() if other != name}
    bit = scope.walker.bits[name]
    given_up = {where: each for where, each in choice.given_up.items() if not each.names & bit}
    broken = conflicts(scope, scope.statements, Choice(others, given_up, 0.0), scope.usual)
    found = [pair for pair in broken.values() if pair[1].names & bit]
    return min(found, key=lambda pair: pair[1].price is not None, default=(None, None))


def because(said: Statement, why: Violation, name: Key) -> str:
    """The evidence in words."""
    place, one, other = (text_of(said, part) for part in (why.node, why.one, why.other))
    behind = why.other is not None and is_name(why.other, name)
    match why.code:
        case "product":
            return f"{one} stands before it" if behind else f"{other} stands behind {it(why.one, name, one)}"
        case "sum" | "fill" | "entrywise" | "inner" | "sides":
            part, beside = (why.other, one) if why.other is not None and stands_in(why.other, name) else (why.one, other)
            near = neighbour(said, part, name)
            return (near and f"{near} and ") + f"{beside} stands beside {it(part, name, text_of(said, part))}"
        case "transpose":
            return f"{it(why.one, name, one)} is transposed"
        case "square":
            return f"in {place} stands a square matrix"
        case "diagonal":
            return f"{place} is a diagonal matrix"
        case "norm":
            return f"a norm is taken of {it(why.one, name, one)}"
        case "power":
            return f"{place} is a power"
        case "denominator":
            return f"{it(why.one, name, one)} divides"
        case "exponent":
            return f"{it(why.one, name, one)} is an exponent"
        case "behind":
            return f"it stands behind {one}"
        case "dot":
            return f"a dot stands between it and {one}"
        case "exponential":
            return f"{one} stands before {other}, which takes a matrix"
        case "time":
            return f"in the exponential of {one} it is a time"
        case "map":
            return f"{place} is of vectors"
        case "number":
            return f"else {place} would be no number"
    return f"else {place} would not conform"


def neighbour(said: Statement, part: Node | None, name: Key) -> str:
    """What stands next to a name in a product, as `X stands before it`."""
    if part is None or part.form != "chain":
        return ""
    at = next((k for k, factor in enumerate(part.parts) if is_name(factor, name)), None)
    if at is None:
        return ""
    return f"{text_of(said, part.parts[at - 1])} stands before it" if at else f"{text_of(said, part.parts[1])} stands behind it"


def it(part: Node | None, name: Key, written: str) -> str:
    return "it" if part is None or is_name(part, name) else written


def stands_in(part: Node, name: Key) -> bool:
    return any(key(each.tokens) == name for each in names_in(part))


def is_name(part: Node, name: Key) -> bool:
    """Whether a part is a name alone, as it stands or with an index."""
    if part.form == "script" and part.parts[0].form == "name" and part.below and not part.above:
        return (*key(part.parts[0].tokens), "_", *key(part.below)) == name
    return part.form == "name" and key(part.tokens) == name


def text_of(said: Statement, part: Node | None) -> str:
    if part is None or said.source is None:
        return ""
    return said.source.text[part.start : part.end].strip()


def both_readings(scope: Scope, found: Found, names: dict[Key, str]) -> AmbiguityError:
    """The error for two readings that are equally near: both, with the place where they part and the declarations that decide."""
    assert found.runner_up is not None
    one, other = (reading(choice) for choice in (found.best, found.runner_up))
    differing = sorted(name for name in {**one, **other} if one.get(name) != other.get(name))

    def kind(of: dict[Key, str], name: Key) -> str:
        return of.get(name) or scope.walker.choices[name][0].kind

    told = [
        " and ".join(f"{scope.written(name, names)} is {IN_WORDS.get(kind(of, name), 'what it is by itself')}" for name in differing)
        for of in (one, other)
    ]
    first = differing[0]
    declared = [f"{scope.written(first, names)} : {DECLARED.get(kind(of, first), 'matrix n x m')}" for of in (one, other)]
    said, why = next((pair for pair in (evidence(scope, choice, first) for choice in (found.best, found.runner_up)) if pair[1]), (None, None))
    span = Span(said.source, why.node.start, why.node.end) if said is not None and why is not None and said.source is not None else None
    message = f"two readings are equally near: {told[0]}; or {told[1]}"
    return AmbiguityError(message, way_out=f"declare what is meant, {declared[0]} or {declared[1]}", span=span)


def decided(scope: Scope, found: Found) -> Found:
    """What was found, with the runner-up left out where it differs in rows and columns alone and asks for more square matrices."""
    other = found.runner_up
    if other is None or not differing(found.best, other) <= scope.walker.strips.keys():
        return found
    one, two = (by_chance(scope, choice) for choice in (found.best, other))
    if one == two:
        return found
    return found._replace(best=found.best if one < two else other, runner_up=None)


def differing(one: Choice, other: Choice) -> set[Key]:
    """The names that two choices take for something else."""
    names = one.changed.keys() | other.changed.keys()
    return {name for name in names if one.changed.get(name) != other.changed.get(name)}


def by_chance(scope: Scope, choice: Choice) -> int:
    """How many matrices become square when all statements are walked with the sizes of each kept for the next."""
    walker = scope.walker
    walker.begin()
    walker.chosen = dict(choice.changed)
    for statement in scope.statements:
        walked(walker, statement)
        if statement.defines and not statement.letters:
            walker.made[statement.defines] = walker.outline(statement.sides[0])
    for _, body in walker.functions.values():  # of those that are differentiated by their name too
        walker.outline(body)
    outlines = [of for of in walker.made.values() if walker.is_matrix(of)]
    return sum(walker.sizes.root(of.rows) == walker.sizes.root(of.columns) for of in outlines)


MOST_REPAIRS = 3


def repairs(scope: Scope, found: Found) -> list[str]:
    """The nearest repairs of the first misfit that is left in the best choice."""
    best = found.best
    left = {where: each for where, each in best.given_up.items() if each.price is None}
    kept = {where: each for where, each in best.given_up.items() if where not in left}
    open_ones = conflicts(scope, scope.statements, best._replace(given_up=kept), scope.usual)
    misfit = next(iter(open_ones.items()), None)
    if misfit is None:
        return []
    where, (statement, violation) = misfit
    told = [*by_transposes(scope, statement, violation), *by_kinds(scope, best._replace(given_up=kept), where, violation, len(open_ones))]
    return [f"it conforms {', or '.join(told[:MOST_REPAIRS])}"] if told else []


def by_transposes(scope: Scope, statement: Statement, violation: Violation) -> list[str]:
    """The transposes of one factor that make a product conform."""
    if violation.code != "product":
        return []
    found = []
    for node in scope.mends(statement, violation.node):
        written = text_of(statement, violation.node)
        part = text_of(statement, node)
        at = node.start - violation.node.start
        found.append(f"as {written[:at]}{turned(node, part)}{written[at + len(part) :]}")
    return found


def turned(node: Node, written: str) -> str:
    """A factor with its transpose taken, or taken away."""
    if node.above.form == "transpose" and not node.below:
        return written[: node.parts[0].end - node.start]
    return f"{written}^T" if node.form in ("name", "bracket") else f"({written})^T"


def by_kinds(scope: Scope, best: Choice, where: Given, violation: Violation, before: int) -> list[str]:
    """The other kinds of one name under which the misfit is gone and no other comes."""
    found: list[tuple[float, str]] = []
    for name in scope.names(violation.names):
        for kind in scope.walker.choices[name][1:]:
            if name in best.changed or kind.kind not in IN_WORDS:
                continue
            left = conflicts(scope, scope.statements, best._replace(changed={**best.changed, name: kind}), scope.usual)
            if where not in left and len(left) < before:
                found.append((kind.price, f"if {scope.written(name, {})} is {IN_WORDS[kind.kind]}"))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]
