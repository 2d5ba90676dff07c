r"""From sorted statements to a problem: bodies elaborated until nothing new is found, the question settled, sizes named.

What an undeclared name is follows the convention; where that does not conform, other kinds are tried and what was found is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from derivtex.errors import AmbiguityError, DerivtexError, NotDerivable, ShapeError, Source, SourceError, Span
from derivtex.operations import Entry, Index, Member, ScalarCall, Symbol, symbol
from derivtex.problem import Claim, Definition, Fault, FunctionDefinition, Problem
from derivtex.reading.assembly import Body, Reading, scope_of
from derivtex.reading.caution import refuse_misreadings
from derivtex.reading.claims import sides
from derivtex.reading.elaboration import Elaborator, names_in
from derivtex.reading.formula import parse
from derivtex.reading.names import alias, label_of
from derivtex.reading.questions import Question, d_width, question
from derivtex.reading.scope import Key
from derivtex.reading.settling import Settling
from derivtex.reading.statements import Statement, left_side
from derivtex.reading.syntax import Node, key
from derivtex.reading.tokens import Token, latex, tokens
from derivtex.shapes import ONE, SCALAR, inferring, same, size_text
from derivtex.terms import Term

PASSES = 6
TRIES = 60


class Understanding:
    """One attempt to understand a source, with these kinds for names that the convention gives another."""

    def __init__(self, reading: Reading, kinds: dict[Key, str], fills: bool):
        self.reading, self.kinds = reading, kinds
        self.scope = scope_of(reading, kinds)
        self.scope.fills = fills
        self.to = Elaborator(self.scope, reading.source)
        self.symbols: dict[Key, Symbol] = {}
        self.terms: dict[Key, Term] = {}
        self.done: list[Body] = []
        self.faults: list[tuple[Statement, Fault]] = []
        self.judged_faults: list[Fault] = []
        self.sources: dict[int, Source] = {}
        self.defined_functions: dict[Key, FunctionDefinition] = {}

    def run(self, of: str | None, wrt: str | None) -> None:
        """Elaborate everything, again and again until no size is found that was not known."""
        with inferring(self.scope.unifier):
            target, variables = self.asked(of, wrt)
            order = self.ordered(self.needed(target))
            before = -1
            for _ in range(PASSES):
                self.pass_over(order, target, variables)
                if len(self.scope.unifier.found) == before:
                    break
                before = len(self.scope.unifier.found)
            self.define_others()

    def pass_over(self, order: list[Body], target: Node | Key | None, variables: list[Node]) -> None:
        self.scope.guesses.clear()
        for body in order:
            self.define(body)
        self.target = self.the_target(target)
        self.variables = [self.variable(node) for node in variables]

    def define_others(self) -> None:
        """The definitions that the target does not need; those that do not conform are faults."""
        for body in self.reading.bodies.values():
            if body.key not in self.terms and body.form == "symbol" and body not in self.done:
                self.try_to_define(body)

    def parsed(self, bodies: list[Body]) -> list[Body]:
        """The bodies that are formulas; the others are faults."""
        for body in bodies:
            try:
                body.node = self.node(body.side, body.said.source)
            except DerivtexError as error:
                self.faults.append((body.said, Fault(body.said.latex, error.message, error.span or body.said.span, error.code)))
        return [body for body in bodies if body.node is not None]

    def try_to_define(self, body: Body) -> None:
        """Elaborate a definition; where that fails, leave no trace but a fault."""
        things, guessed, guesses = dict(self.scope.things), dict(self.scope.guessed), dict(self.scope.guesses)
        try:
            with self.scope.unifier.trial():
                body.node = self.node(body.side, body.said.source)
                self.define(body)
        except DerivtexError as error:
            self.scope.things, self.scope.guessed, self.scope.guesses = things, guessed, guesses
            self.terms.pop(body.key, None)
            self.symbols.pop(body.key, None)
            self.faults.append((body.said, Fault(body.said.latex, error.message, error.span or body.said.span, error.code)))

    def needed(self, target: Node | Key | None) -> list[Body]:
        """The definitions that a target uses, directly or by way of others."""
        bodies = self.reading.bodies
        waiting: list[Key] = [name for name in used_names(target) if name in bodies] if isinstance(target, Node) else [target] if target in bodies else []
        if isinstance(target, Node):
            waiting += [label for name in used_names(target) if (label := self.alias(name)) in bodies]
        found: dict[Key, Body] = {}
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            body = found[name] = bodies[name]
            body.node = self.node(body.side, body.said.source)
            waiting.extend(label for used in used_names(body.node) for label in (used, self.alias(used)) if label in bodies)
        return [body for name, body in bodies.items() if name in found]

    def alias(self, name: Key) -> Key:
        return name if "".join(name) in self.scope.sizes else alias(self.scope, name)

    def node(self, parts: tuple[Token, ...], source: Source | None = None) -> Node:
        kept = self.scope.parsed.get(parts)
        if kept is None:
            kept = self.scope.parsed[parts] = parse(parts, source or self.reading.source, self.scope.lexicon)
        return kept

    # definitions

    def ordered(self, bodies: list[Body]) -> list[Body]:
        """The definitions, each behind those it uses."""
        by_name = {body.key: body for body in bodies}
        uses = {id(body): [by_name[name] for name in used_names(body.node) if name in by_name and not own_argument(body, name)] for body in bodies}
        done: dict[int, Body] = {}
        for body in bodies:
            self.visit(body, uses, done)
        self.done = list(done.values())
        return self.done

    def visit(self, body: Body, uses: dict[int, list[Body]], done: dict[int, Body]) -> None:
        """Depth first, without recursion; a definition that uses itself is none."""
        stack: list[tuple[Body, Iterator[Body]]] = [(body, iter(uses[id(body)]))]
        on_the_way = {id(body)}
        while stack:
            current, rest = stack[-1]
            following = next((each for each in rest if id(each) not in done), None)
            if following is None:
                done[id(current)] = current
                on_the_way.discard(id(current))
                stack.pop()
            elif id(following) in on_the_way:
                if following is not current or not self.tautology(current):
                    raise NotDerivable(f"{following.latex} is defined by way of itself", way_out="solve the equation for it, or declare it instead", span=current.said.span)
            else:
                on_the_way.add(id(following))
                stack.append((following, iter(uses[id(following)])))

    def tautology(self, body: Body) -> bool:
        r"""`x = \begin{bmatrix}x_1\\ x_2\end{bmatrix}` of a declared x, and `L = L(O)`: they define nothing by themselves."""
        name = body.key
        node = body.node
        if body.node.form == "chain" and len(node.parts) == 2 and node.parts[0].form == "name" and key(node.parts[0].tokens) == name:
            return True
        return node.form == "grid" and all(part.form == "script" and key(part.parts[0].tokens) == name for part in node.parts)

    def define(self, body: Body) -> None:
        """Elaborate one definition and bind its name."""
        if body.form == "template":
            self.define_template(body)
        elif body.form == "function":
            self.define_function(body)
        elif self.tautology(body):
            self.define_tautology(body)
        else:
            term = self.to.term(body.node)
            self.terms[body.key] = self.to.bodies[body.key] = term
            self.bind(body, term)

    def bind(self, body: Body, term: Term) -> None:
        name = body.key
        declared = self.scope.declared.get(name)
        if declared is not None:
            if not (same(declared.shape[0], term.shape[0]) and same(declared.shape[1], term.shape[1])):
                raise ShapeError(
                    f"{body.latex} is declared as {size_text(self.to.shape(declared))}, and what stands for it is {size_text(self.to.shape(term))}",
                    way_out="correct the declaration, or leave it out", span=self.to.span(body.node),
                )  # fmt: skip
            self.symbols[name] = declared
            return
        shape = self.scope.unifier.shape(term.shape)
        made = symbol(body.latex, kind_of(shape), shape)
        self.symbols[name] = self.scope.things[name] = made

    def define_tautology(self, body: Body) -> None:
        if body.node.form == "grid":
            return
        function = self.scope.functions.get(body.key)
        argument = self.to.term(body.node.parts[1])
        term = ScalarCall(body.latex, argument)
        if function is not None:
            function.kind = "scalar"
        made = symbol(body.latex, "scalar", SCALAR)
        self.terms[body.key] = self.to.bodies[body.key] = term
        self.symbols[body.key] = self.scope.things[body.key] = made

    def define_template(self, body: Body) -> None:
        """`p_i = …`: elaborated with its indices free."""
        template = self.scope.templates[body.key]
        indices = []
        for letter in template.letters:
            limits = [self.scope.unknown(body.node, f"{end} {letter[0]}", large=False) for end in ("first", "last")]
            indices.append(Index(letter[0], *limits))
        self.scope.bound.update(zip(template.letters, indices, strict=True))
        try:
            term = self.to.term(body.node)
        finally:
            for letter in template.letters:
                del self.scope.bound[letter]
        template.indices = tuple(indices)
        self.to.bodies[("template", template.latex)] = term

    def define_function(self, body: Body) -> None:
        """`g(t) = …` of a number t."""
        function = self.scope.functions[body.key]
        (label,) = function.arguments
        argument = symbol(latex(body.left.arguments[0]), "scalar", SCALAR)
        hidden = self.scope.things.get(label)
        self.scope.things[label] = argument
        try:
            term = self.to.term(body.node)
        finally:
            del self.scope.things[label]
            if hidden is not None:
                self.scope.things[label] = hidden
        self.defined_functions[body.key] = FunctionDefinition(body.latex, argument, term, body.said.span)

    # the question

    def asked(self, of: str | None, wrt: str | None) -> tuple[Node | Key | None, list[Node]]:
        """What is to be differentiated (a definition, by its key, or a formula), and by what."""
        asked = self.reading.questions[0][0] if self.reading.questions else None
        target: Node | Key | None = None
        if of is not None:
            target = self.target_named(tokens(Source(of, "<of>"), macros=self.reading.macros), Source(of, "<of>"))
        elif asked is not None and asked.of:
            target = self.target_named(asked.of, self.reading.source)
        return target if target is not None else self.obvious_target(), self.wanted(wrt, asked)

    def target_named(self, parts: tuple[Token, ...], source: Source) -> Node | Key:
        """A target by its name, `f`, `f(x)`, or a formula."""
        bodies = self.reading.bodies
        if key(parts) in bodies:
            return key(parts)
        left = left_side(parts)
        if left is not None and key(left.name) in bodies and (left.arguments is not None or key(parts) == key(left.name)):
            return key(left.name)
        for name, body in bodies.items():
            if key(body.said.sides[0]) == key(parts):
                return name
        return self.foreign(parts, source)

    def foreign(self, parts: tuple[Token, ...], source: Source) -> Node:
        """The tree of a formula from another text than the source."""
        node = parse(parts, source, self.scope.lexicon)
        self.sources[id(node)] = source
        return node

    def obvious_target(self) -> Node | Key:
        expressions = self.reading.expressions
        if len(expressions) == 1:
            return self.node(expressions[0].sides[0], expressions[0].source)
        if len(expressions) > 1:
            return self.node(expressions[-1].sides[0], expressions[-1].source)
        used = {name for body in self.reading.bodies.values() for name in used_names(self.node(body.side, body.said.source))}
        last = [name for name in self.reading.bodies if name not in used]
        if not self.reading.bodies:
            raise SourceError("there is nothing to differentiate", way_out="give a formula or a definition, f = …", span=Span(self.reading.source, 0, 1))
        return last[-1] if last else list(self.reading.bodies)[-1]

    def wanted(self, wrt: str | None, asked: Question | None) -> list[Node]:
        if wrt is not None:
            source = Source(wrt, "<wrt>")
            from derivtex.reading.declarations import by_commas

            return [self.foreign(variable_tokens(part), source) for part in by_commas(tokens(source, macros=self.reading.macros)) if part]
        if asked is not None and asked.by:
            return [self.foreign(variable_tokens(part), self.reading.source) for part in asked.by]
        if self.reading.objective:
            return [self.foreign(part, self.reading.source) for part in self.reading.objective]
        return []

    def the_target(self, target: Node | Key | None) -> Term:
        if isinstance(target, Node):
            to = Elaborator(self.scope, self.sources.get(id(target), self.reading.source))
            to.bodies = self.to.bodies
            return to.term(target)
        body = self.reading.bodies[target]
        if target in self.symbols:
            return self.symbols[target]
        raise AmbiguityError(f"{body.latex} is not one thing that can be differentiated", way_out="name the sum or vector that it is part of", span=body.said.span)

    def variable(self, node: Node) -> Term:
        """A variable: a name, an entry or a member of a family that occurs."""
        source = self.sources.get(id(node), self.reading.source)
        known = set(self.scope.things) | set(self.scope.families)
        base = node.parts[0] if node.form == "script" else node
        to = Elaborator(self.scope, source)
        to.bodies = self.to.bodies
        if base.form != "name":
            raise SourceError("a variable is a name, an entry or a member of a family", way_out="ask with --wrt X", span=to.span(node))
        label = label_of(self.scope, base)
        whole = (*label, "_", *key(node.below)) if node.below else label
        if label not in known and whole not in known:
            raise self.not_there(to, node)
        term = to.term(node)
        if not isinstance(term, (Symbol, Entry, Member)):
            raise SourceError(f"{to.latex(node)} is not a variable", way_out="a variable is a name, an entry or a member of a family", span=to.span(node))
        return term

    def not_there(self, to: Elaborator, node: Node) -> SourceError:
        names = [thing.name for thing in (*self.scope.things.values(), *self.scope.families.values()) if isinstance(thing, Symbol)]
        listed = ", ".join(dict.fromkeys(names)) or "none"
        return SourceError(f"{to.latex(node)} does not occur", way_out=f"the names that occur are {listed}", span=to.span(node))

    # what is asserted

    def elaborator_with_differentials(self) -> Elaborator:
        """An elaborator that reads `dX` as a differential."""
        to = Elaborator(self.scope, self.reading.source)
        to.bodies = self.to.bodies
        to.differentials = True
        return to

    def is_about_derivatives(self, parts: tuple[Token, ...]) -> bool:
        return question(parts) is not None or bool(d_width(parts))

    def names_of(self, *sides: tuple[Token, ...]) -> list[Key]:
        """The names in sides, as far as these can be read."""
        found: list[Key] = []
        for parts in sides:
            try:
                found.extend(used_names(self.node(parts)))
            except SourceError:
                continue
        return found

    def defines_by_chain(self, said: Statement) -> bool:
        """Whether a claim is a further side of a definition."""
        return any(body.said is said for body in self.reading.bodies.values())


def variable_tokens(parts: tuple[Token, ...]) -> tuple[Token, ...]:
    """A variable's tokens; of `x = vec(X)` those of x."""
    at = next((k for k, token in enumerate(parts) if token.is_mark("=")), len(parts))
    return parts[:at] if at else parts


def used_names(node: Node) -> list[Key]:
    """The keys of the names below a node, those that stand in scripts left out."""
    return list(dict.fromkeys(key(part.tokens) for part in names_in(node)))


def own_argument(body: Body, name: Key) -> bool:
    return body.form == "function" and name in tuple(key(argument) for argument in body.left.arguments or ())


def kind_of(shape) -> str:
    if shape == SCALAR:
        return "scalar"
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"


def understood(reading: Reading, of: str | None, wrt: str | None) -> tuple[Understanding, list[str]]:
    """The first attempt that conforms: with the conventional kinds, else with one or two names of another kind; at last with sums in which
    a number stands for a vector or matrix of such entries."""
    attempt = try_with(reading, {}, of, wrt)
    if isinstance(attempt, Understanding):
        return attempt, []
    failure, names = attempt
    for kinds in islice(other_kinds(names), TRIES):
        attempt = try_with(reading, kinds, of, wrt)
        if isinstance(attempt, Understanding):
            return attempt, [told(attempt, name, kind) for name, kind in kinds.items()]
    attempt = try_with(reading, {}, of, wrt, fills=True)
    if isinstance(attempt, Understanding):
        return attempt, []
    raise attempt[0] if isinstance(attempt[0], AmbiguityError) else failure


def told(attempt: Understanding, name: Key, kind: str) -> str:
    thing = attempt.scope.guessed.get(name)
    text = thing.name if thing is not None else "".join(name)
    word = {"family vector": "a family of vectors", "family scalar": "a family of numbers"}.get(kind, f"a {kind}")
    return f"{text} is {word}: with the usual kind the formula does not conform"


def try_with(
    reading: Reading, kinds: dict[Key, str], of: str | None, wrt: str | None, fills: bool = False
) -> Understanding | tuple[DerivtexError, list[tuple[Key, str]]]:
    attempt = Understanding(reading, kinds, fills)
    try:
        attempt.run(of, wrt)
    except (ShapeError, AmbiguityError) as error:
        return error, [(name, thing.kind) for name, thing in attempt.scope.guessed.items()]
    return attempt


PLAUSIBLE = {
    ("scalar", "vector"): 0, ("vector", "family vector"): 1, ("vector", "scalar"): 2, ("vector", "family scalar"): 3, ("matrix", "scalar"): 4,
    ("scalar", "matrix"): 5, ("vector", "row"): 6, ("matrix", "vector"): 7, ("vector", "matrix"): 8,
}  # fmt: skip


def other_kinds(names: list[tuple[Key, str]]) -> Iterator[dict[Key, str]]:
    """Other kinds for one name, the likeliest first; then for two."""
    choices = [(name, kind, rank) for name, usual in names for (own, kind), rank in PLAUSIBLE.items() if own == usual]
    choices.sort(key=lambda choice: choice[2])
    yield from ({name: kind} for name, kind, _ in choices)
    pairs = sorted(combinations(choices, 2), key=lambda pair: pair[0][2] + pair[1][2])
    for (one, kind, _), (other, second, _) in pairs:
        if one != other:
            yield {one: kind, other: second}


def problem(reading: Reading, of: str | None, wrt: str | None, order: int) -> Problem:
    """The problem that a reading is."""
    found, notes = understood(reading, of, wrt)
    settle = Settling(found.scope)
    definitions = []
    for body in reading.bodies.values():
        if body.key in found.terms:
            definitions.append(body)
    in_order = [body for name in found.terms for body in definitions if body.key == name]
    defined = tuple(Definition(settle.term(found.symbols[b.key]), settle.term(found.terms[b.key]), b.said.span) for b in in_order)
    functions = {f.name: f._replace(body=settle.term(f.body)) for f in found.defined_functions.values()}
    target = settle.term(found.target)
    variables = tuple(settle.term(variable) for variable in found.variables)
    asked = bool(variables)
    variables = variables or obvious_variable(found, settle, target, reading)
    judged = [each for _, each in (*found.faults, *sides(found, settle))]
    found.judged_faults = [each for each in judged if isinstance(each, Fault)]
    refuse_misreadings(found, settle, variables)
    asked_in_source = reading.questions[0][0] if reading.questions else None
    spelling = found.scope.spelling
    if asked_in_source is not None and asked_in_source.mark != r"\nabla":
        spelling.partial = asked_in_source.mark
    symbols = symbols_of(found, settle)
    return Problem(
        source=reading.source, symbols=symbols, definitions=defined, functions=functions, target=target, wrt=variables,
        order=max(order, asked_in_source.order if asked_in_source else 1), claims=tuple(c for c in judged if isinstance(c, Claim)),
        faults=tuple(f for f in judged if isinstance(f, Fault)),
        guesses=(*notes, *found.scope.guesses), guessed=frozenset(thing.name for thing in found.scope.guessed.values()), spelling=spelling, asked=asked,
    )  # fmt: skip


def symbols_of(found: Understanding, settle: Settling) -> dict[str, Symbol]:
    """Every name by its LaTeX; a family by the name it was declared with."""
    result: dict[str, Symbol] = {}
    for name, family in found.scope.families.items():
        result[found.scope.family_names.get(name, family.name)] = settle.term(family)
    for thing in found.scope.things.values():
        if isinstance(thing, Symbol):
            result.setdefault(thing.name, settle.term(thing))
    return result


def obvious_variable(found: Understanding, settle: Settling, target: Term, reading: Reading) -> tuple[Term, ...]:
    """The one name that can be meant when nothing is asked."""
    for body in reading.bodies.values():
        if body.form == "symbol" and body.left.arguments and len(body.left.arguments) == 1 and found.symbols.get(body.key) is found.target:
            thing = found.scope.things.get(key(body.left.arguments[0]))
            if isinstance(thing, Symbol):
                return (settle.term(thing),)
    leaves = {part: None for part in expanded(found, found.target) if isinstance(part, Symbol) and not part.has("integer") and not part.has("constant")}
    if len(leaves) == 1:
        return (settle.term(next(iter(leaves))),)
    listed = ", ".join(part.name for part in leaves) or "none"
    raise SourceError("it is not said by what to differentiate", way_out=f"ask with --wrt NAME, or write \\frac{{\\partial f}}{{\\partial X}}; names that occur: {listed}", span=Span(reading.source, 0, 1))


def expanded(found: Understanding, target: Term) -> Iterator[Term]:
    """The undefined leaves below a target."""
    bodies = {found.symbols[name]: term for name, term in found.terms.items()}
    seen: dict[Term, None] = {}
    stack = [target]
    while stack:
        term = stack.pop()
        for part in term.walk():
            if part in seen:
                continue
            seen[part] = None
            if part in bodies:
                stack.append(bodies[part])
            elif isinstance(part, Symbol):
                yield part


__all__ = ["Claim", "Fault", "Statement", "problem", "understood"]
