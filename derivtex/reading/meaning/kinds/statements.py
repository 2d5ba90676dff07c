"""The statements of a scope, walked for a choice of kinds; what each walk found is kept, so that a choice asks only for what it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from derivtex.core.errors import DerivtexError, Source, SyntaxProblem
from derivtex.core.session import current
from derivtex.core.shapes import ONE
from derivtex.reading.meaning.definitions import Definitions
from derivtex.reading.meaning.kinds.candidates import Candidate, Use
from derivtex.reading.meaning.kinds.forms import FORMS
from derivtex.reading.meaning.kinds.names import Occurrence, occurrences, uses
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, Outline
from derivtex.reading.meaning.kinds.walker import Summary, Violation, Walker, is_zero
from derivtex.reading.meaning.kinds.words import derivative_of
from derivtex.reading.meaning.quantities import asked_variables, signed_names
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.unknowns import is_condition
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.places import without_place
from derivtex.reading.syntax.questions import D_MARKS, question
from derivtex.reading.syntax.scripts import marks_in
from derivtex.reading.syntax.statements import Statement as Said
from derivtex.reading.syntax.tree import Key, Node, Parts, key

TARGET, DEFINITION, CLAIM, REMARK = 12.0, 12.0, 5.0, 4.0
NEXT_CLAIM = 1.0  # behind a line of a chain that was given up: a shape that is wrong is carried on
NUMBER, GRADIENT = 2.5, 3.9  # what it costs that what is differentiated is no number, and where its gradient is asked for
STEPS = 10  # of a session, for one walk over a statement
NONE = Summary(None, None, False, 0)


@dataclass(eq=False)
class Statement:
    """A statement with what giving it up costs.

    defines: the name that it tells the shape of. sides: its trees; of a claim two. letters: the indices of a definition with indices.
    as_number: what it costs that its value is no number. number: its place in the scope. reads, needs: the names and the definitions that its
    walks asked for.
    """

    weight: float
    sides: tuple[Node, ...]
    defines: Key = ()
    letters: tuple[Key, ...] = ()
    entries: bool = False
    asserted: bool = False
    as_number: float = 0.0
    number: int = 0
    names: frozenset[Key] = frozenset()
    source: Source | None = None
    chain: object = None
    reads: dict[Key, None] = field(default_factory=dict)
    needs: dict[Key, None] = field(default_factory=dict)
    walks: dict[tuple[object, ...], Walk] = field(default_factory=dict)


class Walk(NamedTuple):
    """What a walk over a statement found."""

    violations: tuple[Violation, ...]
    summary: Summary


class Scope:
    """All statements that share names, each behind those whose names it uses. usual: what the names are by the convention, as they are met."""

    def __init__(self, found: Definitions):
        self.found = found
        self.statements: list[Statement] = []
        self.uses: dict[Key, Use] = {}
        self.usual: dict[Key, Candidate] = {}
        self.complex: set[Key] = set()
        self.walker = Walker(found.scope, found.node, self.uses, FORMS)
        self.declared = frozenset(["row"] * any(thing.shape[0] == ONE != thing.shape[1] for thing in found.scope.things.values()))

    def node(self, parts: Parts, said: object = None) -> Node | None:
        """The tree of a side; None where it cannot be read, which is said elsewhere."""
        try:
            return self.found.node(parts, getattr(said, "source", None))
        except DerivtexError:
            return None

    def walk(self, statement: Statement, chosen: dict[Key, Candidate]) -> Walk:
        """What a statement says when names have these kinds."""
        walker = self.walker
        seen = tuple(chosen.get(name) for name in statement.reads), tuple(walker.summaries.get(name) for name in statement.needs)
        kept = statement.walks.get(seen)
        if kept is not None:
            return kept
        current().spend(STEPS)
        walker.begin()
        walker.read, walker.asked_summaries = {}, {}
        walker.chosen = chosen  # which learns the names that are met
        summary = walked(walker, statement)
        made = Walk(tuple(walker.violations), summary)
        if walker.read.keys() - statement.reads.keys() or walker.asked_summaries.keys() - statement.needs.keys():
            statement.walks.clear()
            statement.reads.update(walker.read)
            statement.needs.update(walker.asked_summaries)
            seen = tuple(chosen.get(name) for name in statement.reads), tuple(walker.summaries.get(name) for name in statement.needs)
        statement.walks[seen] = made
        return made

    def complex_names(self, changed: dict[Key, Candidate]) -> list[Key]:
        """The vectors and matrices that nobody declared, where some of them stand below a `^H`, directly or in a definition that does."""
        found = set(self.complex)
        for statement in reversed(self.statements):
            if statement.defines in found:
                found |= statement.names
        known = {name for name, thing in self.found.scope.declared.items() if "complex" in thing.properties}
        if not found & (self.walker.choices.keys() | known):
            return []
        kinds = {name: changed.get(name, choices[0]).kind for name, choices in self.walker.choices.items() if name not in known}
        return [name for name, kind in kinds.items() if kind not in ("scalar", "number", "function", "name", "adjoint", "thin")]

    def mends(self, statement: Statement, node: Node) -> list[Node]:
        """The factors of a product that does not conform, each of which makes it conform when it is transposed."""
        self.walker.begin()
        self.walker.mending = node
        try:
            walked(self.walker, statement)
        finally:
            self.walker.mending = None
        return self.walker.mends

    def kinds(self, changed: dict[Key, Candidate]) -> dict[Key, Candidate]:
        """The kind of each name that nobody declared, as far as it is not what a letter is by itself."""
        usual = {name: choices[0] for name, choices in self.walker.choices.items() if choices[0].kind.startswith("family")}
        return {**usual, **changed}

    def written(self, name: Key, known: dict[Key, str]) -> str:
        """How a name is told."""
        return known.get(name) or self.walker.written.get(name) or "".join(name)

    def names(self, bits: int) -> list[Key]:
        """The names that bits stand for."""
        return [name for name, bit in self.walker.bits.items() if bits & bit]


def walked(walker: Walker, statement: Statement) -> Summary:
    """Walk over a statement with the sizes forgotten before."""
    walker.differentials, walker.source, walker.defining = statement.asserted, statement.source or walker.source, statement.defines
    try:
        with walker.running(list(statement.letters)):
            outlines = [side_outline(walker, side) for side in statement.sides]
    except SyntaxProblem:  # an exponent that cannot be read: the statement is no evidence
        return NONE
    of = outlines[0]
    if len(outlines) == 2 and not any(map(is_zero, statement.sides)) and of.is_known and outlines[1].is_known:
        agree(walker, statement, *outlines)
    if statement.as_number and of.is_known and not walker.is_scalar(of):
        walker.blame(statement.sides[0], walker.blamed(of), "number", statement.as_number)
    if statement.entries:
        of = Outline(walker.sizes.new(LARGE), 0, of.names)
    if not of.is_known:
        return NONE._replace(names=of.names)
    rows, columns = walker.sizes.what(of.rows), walker.sizes.what(of.columns)
    return Summary(rows, columns, walker.sizes.root(of.rows) == walker.sizes.root(of.columns), of.names)


def side_outline(walker: Walker, side: Node) -> Outline:
    """The shape of a side; of one that is a derivative as a whole, that of the derivative; unknown where a part, as an exponent, cannot be read."""
    try:
        if side.form != "derivative":
            return walker.outline(side)
        of, by = (walker.outline(part) for part in side.parts)
        return derivative_of(walker, of, by)
    except SyntaxProblem:  # which elaboration says of the line
        return Outline(NOTHING, NOTHING, 0)


def agree(walker: Walker, statement: Statement, one: Outline, other: Outline) -> None:
    """The sides of a claim have one shape; a derivative may stand in either layout."""
    if walker.alike(one, other):
        return
    turned = one._replace(rows=one.columns, columns=one.rows)
    if any(side.form == "derivative" for side in statement.sides) and walker.alike(turned, other):
        return
    walker.blame(statement.sides[0], walker.blamed(one, other), "sides", None, *statement.sides)


# what the scope of a reading says


def scope_of(found: Definitions, target: Node | Key | None) -> Scope:
    """The statements of a reading; target: what is differentiated, where that is known."""
    scope, reading = Scope(found), found.reading
    of_number = reading.objective or reading.constrained or any(asked.mark == r"\nabla" for asked, _ in reading.questions)
    number = GRADIENT if of_number else NUMBER
    for body in reading.bodies.values():
        add_body(scope, body, number if target == body.key else 0.0)
    if isinstance(target, Node):
        scope.statements.append(Statement(TARGET, (target,), as_number=number, source=found.sources.get(id(target), reading.source)))
    for said in reading.expressions:
        if (node := scope.node(said.sides[0], said)) is not None and node is not target:
            scope.statements.append(Statement(REMARK, (node,), source=said.source))
    for left, relation, right, said in reading.claims:
        sides = tuple(each for each in (asserted_side(scope, part, said) for part in (left, right)) if each is not None)
        if relation in ("=", ":=") and sides:
            weight = TARGET if binds(reading, said) else CLAIM
            scope.statements.append(Statement(weight, sides, asserted=True, source=said.source, chain=said))
    circular = note_uses(scope)
    for body in reading.bodies.values():
        if body.form in ("symbol", "formal", "entries", "template") and body.key not in circular:
            scope.walker.definitions.add(body.key)
    scope.statements = ordered(scope)
    return scope


def binds(reading: Reading, said: Said) -> bool:
    """Whether an equation is a constraint on what is sought, and so as certain as the objective."""
    if not reading.constrained or not is_condition(reading, said.span):
        return False
    return any(contains(side, each) for side in said.sides for each in asked_variables(reading, None))


def add_body(scope: Scope, body: Body, number: float) -> None:
    """A definition; one of a function is looked at where it is applied."""
    node = scope.node(body.side, body.said)
    named = question(body.side) if body.left.arguments is None else None
    if node is None or (named is not None and named.of):  # `H = d^2f/dx^2`: the name of a derivative
        return
    if body.form == "function":
        scope.walker.functions[body.key] = (tuple(key(argument) for argument in body.left.arguments or ()), node)
        return
    letters = tuple(map(key, marks_in(body.left.below))) if body.form in ("template", "entries") else ()
    scope.statements.append(
        Statement(
            DEFINITION, (node,), body.key, letters, body.form == "entries", as_number=0.0 if letters else number, source=body.said.source
        )
    )
    if body.key in scope.found.scope.declared or Occurrence(body.key, "plain") in occurrences(node, letters, scope.found.node):
        name = Node("name", node.start, node.end, body.latex, tokens=body.left.name)
        member = name._replace(form="script", parts=(name,), below=body.left.below, tokens=())
        scope.statements[-1].sides = (node, member if body.form == "template" else name)


def asserted_side(scope: Scope, parts: Parts, said: object) -> Node | None:
    """A side of a claim; of a derivative what is differentiated and by what."""
    parts = without_place(parts)
    asked = question(parts)
    if asked is not None and asked.of and len(asked.by) == 1 and asked.order == 1:
        pair = scope.node(asked.of, said), scope.node(asked.by[0], said)
        if pair[0] is not None and pair[1] is not None:
            return Node("derivative", parts[0].start, parts[-1].end, parts=(pair[0], pair[1]))
    return scope.node(parts, said)


def note_uses(scope: Scope) -> set[Key]:
    """How names occur in all statements and in the functions that these apply. Returns the names that are defined by themselves."""
    found: list[Occurrence] = []
    circular: set[Key] = set()
    for statement in scope.statements:
        own = [each for side in statement.sides for each in occurrences(side, statement.letters, scope.found.node)]
        statement.names = frozenset(each.label for each in own)
        if Occurrence(statement.defines, "plain") in own:
            circular.add(statement.defines)
        found += own
    for arguments, node in scope.walker.functions.values():
        found += [each for each in occurrences(node, (), scope.found.node) if each.label not in arguments]
    scope.uses.update(uses(found))
    for name in signed_names(scope.found.reading):
        scope.uses[key(name)] = scope.uses.get(key(name), Use())._replace(signed=True)
    scope.complex = {each.label for each in found if each.how == "complex"}
    lines = [each for each in scope.statements if each.asserted and not each.names.isdisjoint(D_MARKS)]
    scope.walker.has_differentials = any(side.form != "name" for each in lines for side in each.sides if holds_mark(scope, side))
    scope.walker.one_is_vector = any(each.how == "ones" for each in found)
    return circular


def holds_mark(scope: Scope, side: Node) -> bool:
    """Whether a d without an index stands in a side."""
    return any(each.label in D_MARKS and each.how == "plain" for each in occurrences(side, (), scope.found.node))


def ordered(scope: Scope) -> list[Statement]:
    """Each statement behind the definitions that it uses; in a circle as they stand."""
    by_name = {each.defines: each for each in scope.statements if each.defines}
    done: dict[int, Statement] = {}
    for first in scope.statements:
        stack, above = [first], {id(first)}
        while stack:
            current = stack[-1]
            below = (by_name[name] for name in sorted(current.names) if name in by_name)
            following = next((each for each in below if id(each) not in done and id(each) not in above), None)
            if following is None:
                done.setdefault(id(stack[-1]), stack.pop())
            else:
                above.add(id(following))
                stack.append(following)
    for number, statement in enumerate(done.values()):
        statement.number = number
    return list(done.values())
