r"""One attempt to understand a source: the question, the definitions it needs, sizes found in passes."""

from __future__ import annotations

from contextlib import suppress
from copy import copy

from derivtex.core.errors import AmbiguityError, DerivtexError, Source, SourceError
from derivtex.core.shapes import SCALAR, inferring, must_agree
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Entry, Hermitian, Member, Number, Symbol
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.definitions import Definitions
from derivtex.reading.meaning.dependence import hidden_dependence, tell_dependences
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.forms import elaborator
from derivtex.reading.meaning.motions import agree_with_what_moves
from derivtex.reading.meaning.opencurves import hidden_number
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.meaning.squares import is_whole
from derivtex.reading.meaning.stated import Body, is_applied_anew
from derivtex.reading.meaning.targets import by_expectation, nothing_to_differentiate, refuse_unread, refuse_unread_name
from derivtex.reading.meaning.uses import transposed_time, used_names
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.lefts import left_side, transposed_width
from derivtex.reading.syntax.letters import EULER, bare_letter
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.questions import Question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Node, Parts, key
from derivtex.reading.syntax.variables import TELLING, inside_vec, variable_tokens

PASSES, VARIABLES = 6, "a variable is a name, an entry or a member of a family"
TIMES = {("t",), ("T",)}


class Understanding(Definitions):
    """The definitions with the question: what is differentiated, and by what."""

    target: Term
    variables: list[Term]
    inside_vec, times_are_numbers = "", True

    def with_kinds(self, kinds: dict[Key, str]) -> Understanding:
        """Another attempt in which names are of these kinds; of the same trees, unless one is no function after all, which the grammar knew it as."""
        if any(name in LETTERS_OF_FUNCTIONS and name in self.scope.functions for name in kinds):
            return Understanding(self.reading, kinds)
        made, scope = copy(self), self.scope.copy()
        scope.kinds.update({name: kind for name, kind in kinds.items() if name not in scope.numbers or name in scope.declared})
        made.begin(scope)
        return made

    def run(self, target: Node | Key, variables: list[Node]) -> None:
        """Elaborate everything, again and again until no size is found that was not known."""
        with inferring(self.scope.unifier):
            self.scope.asked = {key(node.tokens) for node in variables if node.form == "name"} - transposed_time(self.reading)
            if self.times_are_numbers:
                self.scope.kinds.update(dict.fromkeys((self.scope.asked & TIMES) - set(self.scope.declared), "scalar"))
            if any(name == EULER for node in variables for name in used_names(node)):
                self.scope.kinds.setdefault(EULER, "vector")
            order = self.ordered(self.needed(target))
            self.pass_often(order, target, variables)
            if self.scope.open_functions:
                self.decide(order, target, variables)
            self.scope.begin_families()
            self.define_others()

    def pass_often(self, order: list[Body], target: Node | Key, variables: list[Node]) -> None:
        """Passes until no size is found that was not known."""
        for _ in range(PASSES):
            before = self.scope.extent()
            self.scope.open_functions = False
            self.pass_over(order, target, variables)
            if self.scope.extent() == before:
                break

    def decide(self, order: list[Body], target: Node | Key, variables: list[Node]) -> None:
        r"""Passes in which the A of `e^{A}`, whose sizes nothing tells, is square; if that does not conform, it is not."""
        self.scope.deciding = True
        try:
            with self.scope.unifier.trial():
                self.pass_often(order, target, variables)
        except DerivtexError:
            self.scope.deciding = False
            self.pass_often(order, target, variables)

    def pass_over(self, order: list[Body], target: Node | Key, variables: list[Node]) -> None:
        self.scope.guesses = dict.fromkeys(self.scope.apart.values())
        for body in order:
            self.define(body)
        self.target = self.the_target(target)
        tell_dependences(self.scope, self.reading)
        self.relate()
        if self.reading.constrained and all(map(self.scope.unifier.may_be_one, self.target.shape)):
            must_agree(self.target.shape, SCALAR, "what is minimised or maximised is a number")
        self.variables = [self.variable(node) for node in variables]

    def relate(self) -> None:
        """The equations that fix an undeclared name of the target: they tell its size, and their names may be asked by."""
        for left, relation, right, said in self.reading.claims:
            if relation not in TELLING or self.is_about_derivatives(said.sides[0]) or self.defines_by_chain(said):
                continue
            names = self.names_of(left, right)
            if any(name in self.scope.guessed for name in names):
                self.define_all(names)
                self.try_to_relate(left, right, said)

    def relate_sides(self, left: Parts, right: Parts, said: Statement) -> None:
        """Elaborate the sides of an equation, which must agree."""
        sides = self.to.term(self.node(left, said.source)), self.to.term(self.node(right, said.source))
        agree_with_what_moves(self.scope, key(left), sides[1])
        if Number(0) not in sides:
            must_agree(sides[0].shape, sides[1].shape, "the sides of an equation differ in shape")

    def try_to_relate(self, left: Parts, right: Parts, said: Statement) -> None:
        """Elaborate the sides of an equation; where that fails, or one is no formula, leave no trace."""
        with suppress(DerivtexError), self.scope.attempt():
            self.relate_sides(left, right, said)

    def define_others(self) -> None:
        """The definitions that the target does not need, each behind those it uses; those that do not conform are faults."""
        for body in self.reading.bodies.values():
            self.define_all([*self.names_of(body.side), body.key], others=True)

    def define_all(self, names: list[Key], others: bool = False) -> None:
        """The definitions of names that have none yet; others: only those of symbols that the target does not need."""
        for body in (self.reading.bodies[name] for name in names if name in self.reading.bodies and name not in self.terms):
            if not others or (body.form == "symbol" and body not in self.done and key(body.side[:1]) != (r"\nabla",)):
                self.try_to_define(body)

    def needed(self, target: Node | Key) -> list[Body]:
        """The definitions that a target uses, directly or by way of others."""
        bodies = self.reading.bodies
        named = self.used(target) if isinstance(target, Node) else [target]
        waiting: list[Key] = [name for name in named if name in bodies]
        if isinstance(target, Node):
            waiting += [label for name in self.used(target) if (label := self.alias(name)) in bodies]
        found: dict[Key, Body] = {}
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            body = found[name] = bodies[name]
            body.parsed = self.node(body.side, body.said.source)
            waiting.extend(label for used in self.used(body.node) for label in (used, self.alias(used)) if label in bodies)
        return [body for name, body in bodies.items() if name in found]

    def asked(self, of: str | None, wrt: str | None) -> tuple[Node | Key, list[Node]]:
        """What is to be differentiated (a definition, by its key, or a formula), and by what."""
        asked = self.reading.questions[0][0] if self.reading.questions else None
        target: Node | Key | None = None
        if of is not None:
            target = self.target_named(tokens(Source(of, "<of>"), macros=self.reading.macros), Source(of, "<of>"))
        elif asked is not None and asked.of:
            target = self.target_named(asked.of, self.reading.source)
        return target if target is not None else self.obvious_target(), self.wanted(wrt, asked)

    def target_named(self, parts: Parts, source: Source) -> Node | Key:
        """A target by its name, `f`, `f(x)`, or a formula."""
        bodies = self.reading.bodies
        if key(parts) in bodies:
            return key(parts)
        left = left_side(parts)
        if left is not None and key(left.name) not in bodies:
            refuse_unread_name(self.reading, parts)
        if left is not None and left.below and bodies.get(key(left.name)) is not None and bodies[key(left.name)].form == "template":
            return self.foreign(parts, source)  # one of a family, y_i of `y_i = w^Tx_i`
        if left is not None and key(left.name) in bodies and (left.arguments is not None or key(parts) == key(left.name)):
            return key(left.name) if not is_applied_anew(left, bodies[key(left.name)]) else self.foreign(parts, source)
        for name, body in bodies.items():
            if key(body.said.sides[0]) == key(parts):
                return name
        return self.foreign(parts, source)

    def foreign(self, parts: Parts, source: Source) -> Node:
        """The tree of a formula from another text than the source."""
        node = parse(parts, source, self.scope.lexicon)
        self.sources[id(node)] = source
        return node

    def obvious_target(self) -> Node | Key:
        bodies = self.reading.bodies
        expressions = [said for said in self.reading.expressions if not self.is_mention(said)]
        uses_a_body = any(name in bodies for said in expressions for name in self.names_of(said.sides[0]))
        if expressions and (uses_a_body or not (bodies and not self.reading.document.is_formula)):
            refuse_unread_name(self.reading, expressions[-1].sides[0])
            return self.node(expressions[-1].sides[0], expressions[-1].source)
        used = {name for body in bodies.values() for name in self.used(self.node(body.side, body.said.source))}
        last = [name for name in bodies if name not in used]
        if not bodies:
            raise nothing_to_differentiate(self.reading)
        return last[-1] if last else list(bodies)[-1]

    def is_mention(self, said: Statement) -> bool:
        """Whether an expression is a mere name, as in “where $A$ is a matrix”, beside what can be differentiated."""
        parts = said.sides[0]
        left = left_side(parts[: len(parts) - transposed_width(parts)])
        if not self.reading.document.is_formula and any(key(by) == key(parts) for asked, _ in self.reading.questions[:1] for by in asked.by):
            return True
        others = self.reading.bodies or len(self.reading.expressions) > 1 or not self.reading.document.is_formula
        if not others or left is None or len(left.name) > 2 or self.node(parts, said.source).form == "apply":
            return False
        alone, new = left.arguments is None, key(left.name) not in self.reading.bodies
        return (alone and new) if self.reading.document.is_formula else (alone or new)

    def wanted(self, wrt: str | None, asked: Question | None) -> list[Node]:
        if wrt is not None:
            source = Source(wrt, "<wrt>")
            return [self.foreign(self.by_name(part), source) for part in by_commas(tokens(source, macros=self.reading.macros)) if part]
        if asked is not None and asked.by:
            return [self.foreign(self.by_name(part), self.reading.source) for part in asked.by]
        if self.reading.objective:
            return [self.foreign(part, self.reading.source) for part in self.reading.objective]
        return []

    def by_name(self, parts: Parts) -> Parts:
        """A variable's tokens; of `\\operatorname{vec}(X)`, or of an x that is said to be vec(X), those of X."""
        name, inside = variable_tokens(parts)
        body = self.reading.bodies.get(key(name))
        whole = inside_vec(body.side) if inside is None and body is not None else None
        if whole is not None and self.is_used(key(name), but=key(name)) and self.is_used(key(whole), but=key(name)):
            raise AmbiguityError(
                f"{latex(name)} is vec({latex(whole)}), and both occur: it is not told whether {latex(whole)} changes with {latex(name)}",
                way_out=f"write all in {latex(whole)}, and ask by vec({latex(whole)})",
            )
        if whole is not None and not self.is_used(key(name), but=key(name)):
            inside = whole
        if inside is None:
            return name
        self.inside_vec = latex(inside)
        return inside

    def is_used(self, name: Key, but: Key) -> bool:
        """Whether a name stands in a formula other than one definition."""
        sides = [body.side for label, body in self.reading.bodies.items() if label != but]
        return name in self.names_of(*sides, *(said.sides[0] for said in self.reading.expressions))

    def the_target(self, target: Node | Key) -> Term:
        if isinstance(target, Node):
            to = elaborator(self.scope, self.sources.get(id(target), self.reading.source))
            to.bodies = self.to.bodies
            return to.term(target)
        body = self.reading.bodies[target]
        refuse_unread(self.reading, body.latex, body)
        if target in self.symbols:
            return self.symbols[target]
        if body.form == "function":  # g(x) = …, used as g(v): of the x of its definition
            return self.to.term(body.node)
        message, way_out = f"{body.latex} is not one thing that can be differentiated", "name the sum or vector that it is part of"
        raise AmbiguityError(message, way_out=way_out, span=body.said.span)

    def variable(self, node: Node) -> Term:
        """A variable: a name, an entry or a member of a family that occurs."""
        source = self.sources.get(id(node), self.reading.source)
        known = set(self.scope.things) | set(self.scope.families)
        base = node.parts[0] if node.form == "script" else node
        to = elaborator(self.scope, source)
        to.bodies = self.to.bodies
        if base.form != "name":
            raise SourceError(VARIABLES, way_out="ask with --wrt X", span=to.span(node))
        base = self.in_other_font(base, known)
        label = label_of(self.scope, base)
        node = node._replace(parts=(base, *node.parts[1:])) if node.form == "script" else base
        whole = (*label, "_", *key(node.below)) if node.below else label
        raised = (*label, *(("_", *key(node.below)) if node.below else ()), "^", *node.above.name)
        if not known.intersection((label, whole, raised, (*label, *key(node.below), "^", *node.above.name))):
            if (number := hidden_number(to, node)) is None:
                raise self.not_there(to, node)
            return number
        term = to.term(node)
        if type(term) in (Conjugate, Hermitian) and isinstance(term.of, Symbol) and term.of.has("complex"):
            return term.of  # by X* is the convention for complex variables
        if not isinstance(term, (Symbol, Entry, Member)) and not is_whole(term):
            raise SourceError(f"{to.latex(node)} is not a variable", way_out=VARIABLES, span=to.span(node))
        return term

    def in_other_font(self, base: Node, known: set[Key]) -> Node:
        r"""A name that does not occur, as the only one that does and differs from it in its font alone: w for `\mathbf{w}`."""
        label = label_of(self.scope, base)
        letter = bare_letter(label)
        if label in known or not letter:
            return base
        alike = [thing for name in known if bare_letter(name) == letter and isinstance(thing := self.scope.things.get(name), Symbol)]
        if len(alike) != 1:
            return base
        self.scope.guess(f"{base.text} is {alike[0].name}, in another font")
        return base._replace(tokens=tokens(Source(alike[0].name)), text=alike[0].name)

    def not_there(self, to: Elaborator, node: Node) -> DerivtexError:
        if (hidden := hidden_dependence(to, node)) is not None:
            return hidden
        unread = next((error for said, error in self.reading.faults if to.latex(node) in said.latex), by_expectation(self.reading, of=node.tokens))
        if unread is not None:
            return unread
        names = dict.fromkeys(each.name for each in (*self.scope.things.values(), *self.scope.families.values()) if isinstance(each, Symbol))
        listed = ", ".join(names) or "none"
        alike = next((f"did you mean {name}? " for name in names if name.swapcase() == to.latex(node)), "")
        return SourceError(f"{to.latex(node)} does not occur", way_out=f"{alike}the names that occur are {listed}", span=to.span(node))
