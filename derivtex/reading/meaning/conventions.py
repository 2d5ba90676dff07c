r"""What is known by a name before a formula is read, and the symbol that is assumed for one that is not known."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Symbol, symbol
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.tree import Key, Node, key


def look_up(scope: Scope, node: Node) -> Term | None:
    """What is known by a name."""
    name = label_of(scope, node)
    if name in scope.bound:
        return scope.bound[name]
    if name in scope.things:
        return scope.things[name]
    return scope.free.get(name)


def label_of(scope: Scope, node: Node) -> Key:
    """The key of a name; one that is not known and differs from a single known name only in its font is that name."""
    name = key(node.tokens)
    return name if node.text in scope.sizes else alias(scope, name)


def alias(scope: Scope, name: Key) -> Key:
    """The known name that a key stands for."""
    if (
        name in scope.bound
        or name in scope.things
        or name in scope.families
        or name in scope.templates
        or name in scope.functions
    ):
        return name
    letter = bare_letter(name)
    if not letter:
        return name
    alike = scope.lettered(letter)
    return next(iter(alike)) if len(alike) == 1 else name


UNASSUMED = (r"\operatorname", r"\mathbb", r"\Bbb", r"\partial", r"\nabla")


def implied(scope: Scope, label: Key) -> tuple[str, ...]:
    """What is known of a name that nobody declared."""
    if label in scope.labels:
        return (scope.labels[label],)
    return ("complex",) if scope.all_complex or label in scope.complex else ()


def guessed(scope: Scope, latex: str, label: Key, kind: str) -> Symbol:
    """A symbol of a kind that is assumed, with open sizes; an operator and a blackboard letter are assumed to be nothing."""
    if label[0] in UNASSUMED and "const" not in "".join(label):
        raise SyntaxProblem(
            f"{latex} is not known", way_out=f"declare it, {latex} : scalar or matrix n x n or function elementwise, or define it"
        )
    rows = ONE if kind in ("scalar", "row") else scope.open_size()
    columns = ONE if kind in ("scalar", "vector") else scope.open_size()
    made = symbol(latex, kind, (rows, columns), implied(scope, label))
    scope.things[label] = made
    scope.guessed[label] = made
    return made
