"""The sentence that sets the scene: what the names are, and what the formula is."""

from __future__ import annotations

from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation.stationary.together import is_collected
from derivtex.operations.leaves import Symbol
from derivtex.problem import Definition
from derivtex.steps import Derivation
from derivtex.writing.content import needed
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import size
from derivtex.writing.prose import listed
from derivtex.writing.spaces import members

MOST_NAMES, MOST_DEFINITIONS, LONGEST = 7, 3, 60


def opening(derivation: Derivation) -> str:
    """`Here X is m × n and w has n entries, so L = ‖Xw − y‖² is a number`."""
    problem = derivation.problem
    formulas = Formulas.of(problem)
    defined = needed(problem)
    names = {definition.name for definition in defined}
    used = dict.fromkeys(part for definition in defined for part in definition.body.walk())
    used |= dict.fromkeys((*problem.target.walk(), *problem.wrt))
    leaves = [part for part in used if isinstance(part, Symbol) and part not in names and not part.has("integer")]
    told = grouped(leaves, formulas)
    own = [each for each in defined if not is_collected(each) and (each.span is not None or each.name is not problem.target)]  # no Lagrangian
    made = [made_of(definition, formulas) for definition in own[-MOST_DEFINITIONS:]]
    made = [each for each in made if each]
    if not told:
        return ""
    return f"Here {listed(told[:MOST_NAMES])}{', so ' + listed(made) if made else ''}"


def grouped(leaves: list[Symbol], formulas: Formulas) -> list[str]:
    """What the names are, those that are alike together."""
    groups: dict[str, list[str]] = {}
    for leaf in leaves:
        groups.setdefault(what(leaf), []).append(members(leaf, formulas))
    return [
        f"${', '.join(names)} {words}" if words.startswith(r"\in") else f"{listed([f'${name}$' for name in names])} {verb(names, words)}"
        for words, names in groups.items()
    ]


def what(leaf: Symbol) -> str:
    """What a name is, for one (before the bar) and for several; of a vector the space, which ends a formula."""
    properties = [word for word in ("symmetric", "diagonal", "orthogonal") if leaf.has(word)] or ["Hermitian"] * leaf.has("hermitian")
    properties = ["positive definite"] if leaf.has("posdef") else properties
    behind = f" ({' and '.join(properties)})" if properties else ""
    if leaf.kind == "scalar":
        positive = "positive " * leaf.has("positive")
        return f"are {positive}numbers" if leaf.family is not None else f"is a {positive}number|are {positive}numbers"
    if leaf.kind == "vector":
        space = "C" if leaf.has("complex") else "R"
        return rf"\in \mathbb{{{space}}}^{{{leaf.size[0]}}}$"
    several = f"are ${size(leaf.size)}${behind}"
    return f"{several if leaf.family is not None else f'is ${size(leaf.size)}${behind}'}|{several}"


def verb(names: list[str], words: str) -> str:
    one, _, several = words.partition("|")
    return several if len(names) > 1 and several else one


def made_of(definition: Definition, formulas: Formulas) -> str:
    """`$f = XW + b$ is a row of $10$`; nothing where it is long."""
    left, right = map(formulas.latex, definition.sides)
    if len(left) + len(right) > LONGEST:
        return ""
    return f"${left} = {right}$ is {shape_in_words(definition.name)}"


def shape_in_words(term: Term) -> str:
    rows, columns = term.shape
    if term.is_scalar:
        return "a number"
    if columns == ONE:
        return f"a vector of ${rows}$"
    if rows == ONE:
        return f"a row of ${columns}$"
    return f"${size(term.shape)}$"
