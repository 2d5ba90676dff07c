r"""A name before a bracket that holds names alone: `\Sigma(\theta)`, `L(w)`, `p(x|\theta)` say what a thing depends on, and are no product.

The thing stands for itself; of its derivative by what it depends on nothing is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from derivtex.core.errors import Expectation, NotDerivable, OpenDependence, Span
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Entry, Member, Symbol
from derivtex.problem import Definition
from derivtex.reading.meaning.conventions import alias, label_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import left_side, undressed
from derivtex.reading.syntax.letters import CONSTANTS, ZEROS
from derivtex.reading.syntax.occurring import below_d, count
from derivtex.reading.syntax.questions import questions_in
from derivtex.reading.syntax.scripts import is_cross_matrix
from derivtex.reading.syntax.tree import Key, Node, key, walk
from derivtex.reading.words.dependences import Told, dependences

if TYPE_CHECKING:
    from derivtex.reading.meaning.resolution import Settling
    from derivtex.reading.meaning.understanding import Understanding


class Dependence(NamedTuple):
    """What a formula writes of a name: the names in the brackets behind it, and where. note: how that was read."""

    thing: Term
    latex: str
    arguments: tuple[Key, ...]
    span: Span
    note: str


def is_dependence(head: Node, behind: Node) -> bool:
    """Whether a name stands before a bracket that holds nothing but names, or a list."""
    bracket = behind.parts[0] if behind.form == "script" else behind
    base = head.parts[0] if head.form == "script" else head
    if bracket.form != "bracket" or bracket.text not in ("(", "[") or base.form != "name" or is_cross_matrix(behind):
        return False
    if (head.form == "script" and (head.above or head.primes or not head.below)) or is_raised_again(behind, bracket):
        return False
    return bool(bracket.parts) and all(map(is_name, bracket.parts)) or (len(bracket.parts) > 1 and not any(map(is_number, bracket.parts)))


def is_raised_again(behind: Node, bracket: Node) -> bool:
    """Whether the brackets stand only because something is raised on a name that is raised itself: `(W^K)^T`."""
    return behind is not bracket and bool(behind.above) and len(bracket.parts) == 1 and "^" in key(bracket.parts[0].tokens)


def is_number(node: Node) -> bool:
    return node.form == "number"


def is_name(node: Node) -> bool:
    """Whether a node is a name, perhaps with an index."""
    base = node.parts[0] if node.form == "script" and not node.above and not node.primes else node
    return base.form == "name"


def dependence(to: Elaborator, node: Node) -> Term:
    r"""`\Sigma(\theta)`: Σ itself, which is said."""
    head, bracket = node.parts
    base = head.parts[0] if head.form == "script" else head
    inside = [label_of(to.scope, part) for part in names_of(bracket)]
    declared = [to.scope.declared.get(name) for name in (label_of(to.scope, base), *inside)]
    apart = bracket.start > head.end
    told = len(inside) == 1 and (label_of(to.scope, base), inside[0]) in to.scope.told_functions
    product = len(bracket.parts) == 1 and not told and (apart or all(thing is not None and to.shape(thing) != SCALAR for thing in declared))
    if product or (label_of(to.scope, base) in CONSTANTS and label_of(to.scope, base) not in to.scope.things):
        raise to.ambiguous(
            f"{to.latex(node)} may be a function of {to.latex(bracket)[1:-1]} or a product",
            f"write {to.latex(head)}\\,{to.latex(bracket)[1:-1]} for the product; define the function, {to.latex(node)} = …", node,
        )  # fmt: skip
    refuse_running(to, node, head, bracket)
    thing = to.term(head)
    note = f"{to.latex(node)} is {to.latex(head)}, of which it is said on what it depends, and no product"
    to.scope.dependences[node.start] = Dependence(thing, to.latex(node), tuple(inside), to.span(node), note)
    to.scope.guess(to.scope.dependences[node.start].note)
    return thing


def refuse_running(to: Elaborator, node: Node, head: Node, bracket: Node) -> None:
    r"""Raise where what stands in the brackets changes with the index of a sum and the name before them does not: f alone is not `f(x_k, \mu)`."""
    running = next((mark for mark in marks_of(bracket) if (mark,) in to.scope.bound and mark not in marks_of(head)), None)
    if running is None:
        return
    name = to.latex(head)
    raise NotDerivable(
        f"{to.latex(node)} changes with {running}, and nothing tells what {name} is",
        way_out=f"give its formula, {name}(…) = …, or write {name}_{running} where it is constant", span=to.span(node),
    )  # fmt: skip


def marks_of(node: Node) -> list[str]:
    """The marks of names and of what is raised and lowered on them, in order."""
    return [mark for part in walk(node) for mark in (*key(part.tokens), *key(part.below), *part.above.name)]


def tell_dependences(scope: Scope, reading: Reading) -> None:
    """Note what the words say on what a thing depends that nothing defines, “let $A$ depend on $t$”, as the bracket of `A(t)` does; and what
    its derivative says that stands in a formula, the `\\frac{\\partial K}{\\partial\\theta_j}` beside `\\log|K|`."""
    for told in dependences(reading.document):
        take_told(scope, reading, told, f"depends on {latex(told.argument)}, as the words say")
    if reading.slopes is None:
        reading.slopes = tuple(slopes_among(reading))
    for told in reading.slopes:
        take_told(scope, reading, told, f"depends on {latex(told.argument)}, by which its derivative is written")


def take_told(scope: Scope, reading: Reading, told: Told, note: str) -> None:
    """Keep what is told of a thing that nothing defines, and of which nothing was told before."""
    name, thing = key(told.thing), scope.things.get(key(told.thing))
    if isinstance(thing, Symbol) and name not in scope.defined and not any(each.thing is thing for each in scope.dependences.values()):
        span = Span(reading.source, told.start, told.end)
        scope.dependences[told.start] = Dependence(thing, thing.name, (key(told.argument),), span, f"{thing.name} {note}")


def slopes_among(reading: Reading) -> Iterator[Told]:
    """The names whose derivatives stand in formulas by a name that stands nowhere but below a d; of what is constant the derivative is 0."""
    sides = [side for said in reading.order for side in said.sides]
    told = [side for said in reading.order if not any(key(side) in ZEROS | {("0",)} for side in said.sides) for side in said.sides]
    found = [asked for side in told for asked in questions_in(side, r"\frac") if len(asked.by) == 1]
    below = Counter(name for side in sides for name in below_d(side))
    for asked in found:
        left, by = left_side(asked.of), left_side(asked.by[0])
        if left is None or by is None or left.arguments is not None or by.arguments is not None or key(left.name) == key(by.name):
            continue
        if key(left.name) in reading.bodies or sum(count(side, key(undressed(by.name))) for side in sides) > below[key(asked.by[0])]:
            continue
        yield Told(left.name, by.name, asked.of[0].start, asked.by[0][-1].end)


EXPECTATIONS = (("E",), (r"\mathbb", "E"), (r"\mathrm", "E"), (r"\operatorname", "E"), (r"\mathcal", "E"))


def refuse_expectation(to: Elaborator, head: Node, behind: Node) -> None:
    """`E[…]` of an E that nobody declared or defined is an expectation, which is no product."""
    bracket = behind.parts[0] if behind.form == "script" else behind
    base = head.parts[0] if head.form == "script" else head
    if bracket.form != "bracket" or base.form != "name" or key(base.tokens) not in EXPECTATIONS or key(base.tokens) in to.scope.declared:
        return
    blackboard = len(base.tokens) > 1
    if (bracket.text in ("[", r"\{", "{") or blackboard) and key(base.tokens) not in to.scope.defined:
        raise Expectation(
            f"{to.latex(head)}{to.latex(bracket)} is an expectation, which is not derived",
            way_out="ask for the derivative of what stands inside; it may be taken within, where the distribution does not depend on the variable",
            span=to.span(head._replace(end=bracket.end)),
        )


def names_of(bracket: Node) -> list[Node]:
    """The names below the parts of a bracket."""
    found, stack = [], list(bracket.parts)
    while stack:
        node = stack.pop()
        if node.form == "name":
            found.append(node)
        stack.extend(node.parts)
    return found


def refuse_unknown_dependence(
    found: Understanding, settle: Settling, variables: tuple[Term, ...], below: dict[Term, None], defined: tuple[Definition, ...]
) -> None:
    """Raise where what is differentiated holds a thing that depends on the variable in a way that nothing tells."""
    for each, _, name, _ in untold(found, settle, variables, below, {definition.name: definition.body for definition in defined}):
        raise unknown_dependence(each, "".join(name))


def untold(
    found: Understanding, settle: Settling, variables: tuple[Term, ...], below: dict[Term, None], bodies: Mapping[Symbol, Term]
) -> Iterator[tuple[Dependence, Term, Key, Term]]:
    """The things below a target that depend on a variable in a way that no body tells, each with the argument by which they do."""
    about = {part for variable in variables for part in (variable, variable.children[0] if isinstance(variable, Entry | Member) else variable)}
    for each in found.scope.dependences.values():
        thing = settle.term(each.thing)
        if thing in about or thing in bodies or thing not in below:
            continue
        for name in each.arguments:
            argument = found.scope.things.get(alias(found.scope, name)) or found.scope.families.get(name)
            at = settle.term(argument) if argument is not None else None
            if at is not None and (at in about or (isinstance(at, Symbol) and at in bodies and any(map(bodies[at].contains, about)))):
                yield each, thing, name, at


def unknown_dependence(each: Dependence, argument: str, by: Term | None = None) -> NotDerivable:
    """The error for what depends on an argument in a way that nothing tells; by: the vector by which is differentiated, where it is that."""
    message = f"{each.latex} depends on {argument} in a way that nothing tells"
    way_out = f"define it, {each.latex} = …; if a product is meant, leave the brackets out"
    if isinstance(by, Symbol) and by.kind == "vector" and by.family is None:
        return OpenDependence(message, by.name, way_out, each.span)
    return NotDerivable(message, way_out=way_out, span=each.span)


def hidden_dependence(to: Elaborator, node: Node) -> NotDerivable | None:
    """The error for a variable that occurs only as what something depends on."""
    name = label_of(to.scope, node.parts[0] if node.form == "script" else node)
    found = next((each for each in to.scope.dependences.values() if name in each.arguments), None)
    if found is None:
        return None
    told = f"say what {to.latex(node)} is, “a number” or “a vector”, or define {found.latex}"
    return NotDerivable(unknown_dependence(found, to.latex(node)).message, way_out=told, span=found.span)


def node_of(head: Node, behind: Node) -> Node:
    """The dependence; what is raised behind its bracket is raised on the thing."""
    if behind.form == "script":
        return behind._replace(start=head.start, parts=(node_of(head, behind.parts[0]),))
    return Node("dependence", head.start, behind.end, "", (head, behind))
