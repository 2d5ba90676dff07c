r"""Names that stand alone: what is declared, defined or bound, the constants that are letters, and a symbol by convention for the rest.

A bar over what is complex: `\bar{z}`, `\overline{a^H z}` is its conjugate, unless the barred name was declared or defined itself.
"""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Conjugate, Exp, Identity, Number, Ones, Pi, Zero, symbol
from derivtex.reading.meaning.conventions import guessed, label_of, look_up
from derivtex.reading.meaning.elaboration import Elaborator, names_in, to_node
from derivtex.reading.meaning.operators import along_parameter
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.syntax.lefts import undressed
from derivtex.reading.syntax.letters import EULER, EULER_IS_NUMBER, IDENTITIES, ONES, PIS, UNITS, ZEROS, conventional_kind
from derivtex.reading.syntax.scripts import each_of
from derivtex.reading.syntax.tree import NOTHING, Key, Node, key
from derivtex.rewriting.conjugation import may_be_complex

BARS = (r"\bar", r"\overline")


def barred(to: Elaborator, node: Node) -> Term | None:
    """The conjugate that a barred name stands for; None for a name like any other."""
    under = under_bar(to, node)
    if under is None or not any(map(may_be_complex, known_terms(to, under))):
        return None
    return conjugate(to, node, under)


def barred_with_script(to: Elaborator, node: Node) -> Term | None:
    r"""`\bar{z}_i`: the conjugate of the entry, member or name that is lowered so; None where the barred name is one of its own."""
    base = node.parts[0]
    under = under_bar(to, base) if base.form == "name" else None
    tables = (to.scope.things, to.scope.families, to.scope.templates)
    if under is None or under.form != "name" or any(key(base.tokens) in table for table in tables):
        return None
    whole = to.scope.things.get((*key(under.tokens), "_", *key(node.below)))
    if not any(map(may_be_complex, (*known_terms(to, under), *((whole,) if whole is not None else ())))):
        return None
    return conjugate(to, base, node._replace(parts=(under,), above=NOTHING, primes=0))


def conjugate(to: Elaborator, name: Node, of: Node) -> Term:
    to.scope.guess(f"{name.text} is the complex conjugate")
    to.scope.spelling.marks.setdefault("Conjugate", name.tokens[0].text)
    return Conjugate(to.term(of))


def under_bar(to: Elaborator, node: Node) -> Node | None:
    """What stands under a bar."""
    if len(node.tokens) != 2 or node.tokens[0].text not in BARS:
        return None
    return to_node(to, undressed(node.tokens))


def names_under_bar(node: Node) -> list[Key]:
    """The keys of the names that may stand under a bar: of what stands there, and of each mark of it."""
    if len(node.tokens) != 2 or node.tokens[0].text not in BARS:
        return []
    inner = undressed(node.tokens)
    return [key(inner), *map(key, each_of(inner))]


def known_terms(to: Elaborator, node: Node) -> list[Term]:
    """What the names below a node stand for, as far as that is known: definitions by their bodies."""
    keys: list[Key] = [key(part.tokens) for part in names_in(node)]
    tables = (to.bodies, to.scope.things, to.scope.families)
    return [table[name] for name in keys for table in tables if name in table]


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
    if label in PIS and label not in to.scope.kinds:
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
    if to.differentials and is_function(to.scope, label):
        raise SyntaxProblem(
            f"{node.text} is a function in other formulas, and stands here without an argument",
            way_out=f"write what it is applied to, {node.text}(t)", span=to.span(node),
        )  # fmt: skip
    kind = to.scope.kinds.get(label, "family")
    kind = conventional_kind(label) if kind.startswith("family") else kind
    return guessed(to.scope, node.text, label, kind)


def is_function(scope: Scope, label: Key) -> bool:
    """Whether a name is known as that of a function and stands for no value: it is applied in other formulas, and is not given at its argument."""
    known = scope.functions.get(label)
    return label in scope.called or (known is not None and known.kind != "formal")
