r"""Names that stand alone: what is declared, defined or bound, the constants that are letters, and a symbol by convention for the rest."""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Exp, Identity, Number, Ones, Pi, Zero, symbol
from derivtex.reading.meaning.conjugated import barred
from derivtex.reading.meaning.conventions import guessed, label_of, look_up
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.operators import along_parameter
from derivtex.reading.syntax.letters import EULER, EULER_IS_NUMBER, IDENTITIES, ONES, UNITS, ZEROS, conventional_kind
from derivtex.reading.syntax.tree import Key, Node, key


def name(to: Elaborator, node: Node) -> Term:
    """A name without anything behind it."""
    if to.differentials:
        along = along_parameter(to, node)
        if along is not None:
            return along
    found = look_up(to.scope, node)
    if found is not None:
        refuse_running(to, node)
        return found
    label = label_of(to.scope, node)
    constant = constant_of(to, node, label) or barred(to, node)
    if constant is not None:
        return constant
    if label in to.scope.families:
        return to.family_alone(node, to.scope.families[label])
    operator = next((mark for mark in label if mark in NO_NAMES), None)
    if operator is not None:
        raise SyntaxProblem(
            f"{operator} is no name here",
            span=to.span(node),
            way_out=r"ask with \nabla_x f, \frac{\partial f}{\partial x} or --wrt; name a symbol otherwise",
        )
    return conventional(to, node, label)


def refuse_running(to: Elaborator, node: Node) -> None:
    """A single thing whose name has an index over which a sum runs is more likely one for each value of the index."""
    name = key(node.tokens)
    if "_" in name and any((mark,) in to.scope.bound for mark in name[name.index("_") + 1 :]):
        raise to.ambiguous(
            f"{node.text} is one thing, and stands under a sum over its index",
            f"declare {node.text} : … for i = 1..n, or let the sum run over another letter", node,
        )  # fmt: skip


NO_NAMES = (r"\nabla", r"\partial", r"\infty", r"\R", r"\emptyset", r"\top", r"\bot")


def constant_of(to: Elaborator, node: Node, label: Key) -> Term | None:
    """The constants that are letters: I, 1, 0, π."""
    if label in IDENTITIES:
        to.scope.spelling.marks.setdefault("Identity", node.text)
        return Identity(to.scope.unknown(node))
    if label in ONES:
        to.scope.spelling.marks.setdefault("Ones", node.text)
        return Ones(to.scope.unknown(node), ONE)
    if label in ZEROS:
        to.scope.spelling.marks.setdefault("Zero", node.text)
        return Zero(to.scope.unknown(node, "r", large=False), to.scope.unknown(node, "c", large=False))
    if label == (r"\pi",):
        return Pi()
    if label == EULER and "e" not in to.scope.sizes and label not in to.scope.kinds:
        to.scope.guess(EULER_IS_NUMBER)
        return Exp(Number(1))
    return None


def conventional(to: Elaborator, node: Node, label: Key) -> Term:
    """A name that nothing tells about: a size where it occurs as one, else what its letter conventionally is."""
    if node.text in to.scope.sizes:
        made = symbol(node.text, "scalar", SCALAR, ("integer",))
        to.scope.things[label] = made
        return made
    if label in UNITS:
        raise to.ambiguous(
            f"{node.text} stands as a factor: it may be the imaginary unit, or a name",
            rf"write \mathrm{{i}} for the imaginary unit, or declare {node.text} : scalar, vector n", node,
        )  # fmt: skip
    kind = to.scope.kinds.get(label, "family")
    kind = conventional_kind(label) if kind.startswith("family") else kind
    return guessed(to.scope, node.text, label, kind)
