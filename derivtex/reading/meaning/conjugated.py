r"""A bar over what is complex: `\bar{z}`, `\overline{a^H z}` is its conjugate, unless the barred name was declared or defined itself."""

from __future__ import annotations

from derivtex.core.terms import Term
from derivtex.operations import Conjugate
from derivtex.reading.meaning.elaboration import Elaborator, names_in, to_node
from derivtex.reading.syntax.lefts import undressed
from derivtex.reading.syntax.scripts import each_of
from derivtex.reading.syntax.tree import Key, Node, key
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
    return conjugate(to, base, node._replace(parts=(under,), above=(), primes=0))


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
