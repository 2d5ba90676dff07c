r"""The definitions of a source: put in order, elaborated, bound to their names."""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import AmbiguityError, DerivtexError, NotDerivable, ShapeError, Source, SourceError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Shape, must_agree, same, size_text
from derivtex.core.terms import Term
from derivtex.operations import Index, ScalarCall, Symbol, symbol
from derivtex.problem import Fault, FunctionDefinition
from derivtex.reading.meaning.conventions import alias
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entrywise import define_entries, define_whole, treats_as_array, unfolded
from derivtex.reading.meaning.forms import elaborator
from derivtex.reading.meaning.motions import agree_with_what_moves
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.scoping import scope_of
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.uses import powers_in, used_names, weights_in
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.occurring import is_used_as_array
from derivtex.reading.syntax.questions import d_width, question
from derivtex.reading.syntax.respelling import without_stray
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import OPERATIONS, Key, Node, Parts, key
from derivtex.simplification.named import known_function


class Definitions:
    """The bodies of one attempt to understand a source, with these kinds for names that the convention gives another."""

    def __init__(self, reading: Reading, kinds: dict[Key, str]):
        self.reading, self._used = reading, dict[int, tuple[Node, list[Key]]]()
        self.sources: dict[int, Source] = {}
        self.mended: set[Parts] = set()
        self.begin(scope_of(reading, kinds))

    def begin(self, scope: Scope) -> None:
        """Begin anew with what is known of names; what is known of the trees stays."""
        scope.powers = "length" if self.reading.lengths else ""
        self.scope, self.to = scope, elaborator(scope, self.reading.source)
        self.to.gradients = self.reading.asserted
        self.symbols: dict[Key, Symbol] = {}
        self.terms: dict[Key, Term] = {}
        self.done: list[Body] = []
        self.faults: list[tuple[Statement, Fault]] = []
        self.judged_faults: list[Fault] = []
        self.powers = scope.powers
        self.defined_functions: dict[Key, FunctionDefinition] = {}
        self.known_functions: dict[Key, FunctionDefinition] = {}  # that write out what has a card

    def parsed(self, bodies: list[Body]) -> list[Body]:
        """The bodies that are formulas; the others are faults."""
        for body in bodies:
            try:
                body.parsed = self.node(body.side, body.said.source)
            except DerivtexError as error:
                self.faults.append((body.said, Fault.of(body.said.latex, error, body.said.span)))
        return [body for body in bodies if body.parsed is not None]

    def try_to_define(self, body: Body) -> None:
        """Elaborate a definition; where that fails, leave no trace but a fault."""
        try:
            with self.scope.attempt():
                body.parsed = self.node(body.side, body.said.source)
                self.define(body)
        except DerivtexError as error:
            self.terms.pop(body.key, None)
            self.symbols.pop(body.key, None)
            self.faults.append((body.said, Fault.of(body.said.latex, error, body.said.span)))

    def alias(self, name: Key) -> Key:
        return name if "".join(name) in self.scope.sizes else alias(self.scope, name)

    def node(self, parts: Parts, source: Source | None = None) -> Node:
        kept = self.scope.parsed.get(parts)
        if kept is None:
            kept = self.scope.parsed[parts] = self.parse(parts, source or self.reading.source)
        return kept

    def parse(self, parts: Parts, source: Source) -> Node:
        """The tree of tokens; of an asserted line, where one bracket closes nothing, without that."""
        try:
            return parse(parts, source, self.scope.lexicon)
        except SyntaxProblem:
            mended = without_stray(parts) if self.reading.asserted else None
            if mended is None:
                raise
        tree = parse(mended, source, self.scope.lexicon)
        self.mended.add(parts)
        return tree

    def ordered(self, bodies: list[Body]) -> list[Body]:
        """The definitions, each behind those it uses."""
        by_name = {body.key: body for body in bodies}
        uses = {
            id(body): [by_name[name] for name in self.used(body.node) if name in by_name and not own_argument(body, name)]
            for body in bodies
        }
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
                if following is not current or current.form != "symbol":
                    raise NotDerivable(
                        f"{following.latex} is defined by way of itself",
                        way_out="solve the equation for it, or declare it instead",
                        span=current.said.span,
                    )
            else:
                on_the_way.add(id(following))
                stack.append((following, iter(uses[id(following)])))

    def tautology(self, body: Body) -> bool:
        r"""`x = \begin{bmatrix}x_1\\ x_2\end{bmatrix}` of a declared x, and `L = L(O)`: they define nothing by themselves."""
        name = body.key
        node = body.node
        if (
            body.node.form == "chain"
            and len(node.parts) == 2
            and node.parts[0].form == "name"
            and key(node.parts[0].tokens) == name
        ):
            return True
        if node.above.form in OPERATIONS:
            node = node.parts[0]
        while node.form in ("listed", "bracket") and len(node.parts) == 1:
            node = node.parts[0]
            if node.form == "script" and key(node.parts[0].tokens) == name:
                return True
        return node.form == "grid" and all(part.form == "script" and key(part.parts[0].tokens) == name for part in node.parts)

    def define(self, body: Body) -> None:
        """Elaborate one definition and bind its name."""
        if body.form == "template":
            self.define_template(body)
        elif body.form == "function":
            self.define_function(body)
        elif body.form == "entries":
            define_entries(self, body)
        elif self.tautology(body):
            self.define_tautology(body)
        else:
            if body.key in self.scope.functions:
                self.scope.functions[body.key].node = body.node
            term = self.to.term(body.node)
            self.terms[body.key] = self.to.bodies[body.key] = term
            self.bind(body, term)

    def bind(self, body: Body, term: Term) -> None:
        name = body.key
        declared = self.scope.declared.get(name)
        if declared is not None:
            if not (same(declared.shape[0], term.shape[0]) and same(declared.shape[1], term.shape[1])):
                raise ShapeError(
                    f"{body.latex} is declared as {size_text(self.to.shape(declared))}, "
                    f"and what stands for it is {size_text(self.to.shape(term))}",
                    way_out="correct the declaration, or leave it out", span=self.to.span(body.node),
                )  # fmt: skip
            self.symbols[name] = declared
            return
        known = self.scope.guessed.get(name)
        if known is not None and term.contains(known):
            must_agree(known.shape, term.shape, f"the sides of the equation for {body.latex} differ in shape")
        agree_with_what_moves(self.scope, name, term)
        shape = self.scope.unifier.shape(term.shape)
        made = symbol(body.latex, kind_of(shape), shape)
        self.symbols[name] = self.scope.things[name] = made

    def define_tautology(self, body: Body) -> None:
        if body.node.form != "chain":
            return
        declared = self.scope.declared.get(body.key)
        matrix = any(is_used_as_array(side, body.left.name) for said in self.reading.order for side in said.sides)
        if matrix or (declared is not None and declared.shape != SCALAR):
            raise NotDerivable(
                f"{body.latex} is no number, and depends on {self.to.latex(body.node.parts[1]).strip('()')} in a way that nothing tells",
                way_out=f"define it, or ask for the differential: {body.latex} stands in it as d{body.latex}", span=body.said.span,
            )  # fmt: skip
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
        define_whole(self, body, template)

    def define_function(self, body: Body) -> None:
        """`g(t) = …` of a number t; what is no function of a number, `g(x) = x^T x` or `g(X) = X^2`, is unfolded."""
        function = self.scope.functions[body.key]
        function.node = body.node
        if len(function.arguments) > 1:
            return
        argument = symbol(latex((body.left.arguments or ((),))[0]), "scalar", SCALAR)
        try:
            term = unfolded(self.to, function, [argument])
            of_number = self.scope.unifier.shape(term.shape) == SCALAR and not treats_as_array(term, argument)
            function.kind = "defined" if of_number and conventional_kind(function.arguments[0]) != "matrix" else "unfolded"
        except (ShapeError, AmbiguityError):
            function.kind = "unfolded"
        if function.kind != "defined":
            return
        definition = FunctionDefinition(body.latex, argument, term, body.said.span)
        card = known_function(term, argument)
        if card is None:
            self.defined_functions[body.key] = definition
        else:
            function.kind = card.__name__
            self.scope.spelling.marks[card.__name__] = function.latex
            self.known_functions[body.key] = definition

    def elaborator_with_differentials(self) -> Elaborator:
        """An elaborator that reads `dX` as a differential."""
        to = elaborator(self.scope, self.reading.source)
        to.bodies = self.to.bodies
        to.differentials, to.gradients, to.powers = True, True, self.powers
        return to

    def is_about_derivatives(self, parts: Parts) -> bool:
        return question(parts) is not None or bool(d_width(parts))

    def names_of(self, *sides: Parts) -> list[Key]:
        """The names in sides, as far as these can be read."""
        found: list[Key] = []
        for parts in sides:
            try:
                found.extend(self.used(self.node(parts)))
            except SourceError:
                continue
        return found

    def used(self, node: Node) -> list[Key]:
        """The keys of the names below a node, with those in exponents and in the weights of norms; of a tree that was met before, as known."""
        known = self._used.get(id(node))
        if known is None:
            known = self._used[id(node)] = node, self.names_below(node)  # which keeps the tree, and its id its own
        return known[1]

    def names_below(self, node: Node) -> list[Key]:
        found = dict.fromkeys(used_names(node))
        for tree in powers_in(node):
            found.update(dict.fromkeys(self.used(tree)))
        for parts in weights_in(node):
            try:
                found.update(dict.fromkeys(self.used(self.node(parts))))
            except SourceError:
                continue
        return list(found)

    def defines_by_chain(self, said: Statement) -> bool:
        """Whether a claim is a further side of a definition."""
        return any(body.said is said for body in self.reading.bodies.values())


def own_argument(body: Body, name: Key) -> bool:
    return body.form == "function" and name in tuple(key(argument) for argument in body.left.arguments or ())


def kind_of(shape: Shape) -> str:
    if shape == SCALAR:
        return "scalar"
    return "vector" if shape[1] == ONE else "row" if shape[0] == ONE else "matrix"
