r"""Names: what is declared, defined or bound; the constants that are letters; and, for the rest, the convention.

Lowercase Latin letters are vectors, uppercase Latin and Greek letters matrices, lowercase Greek letters scalars; letters that
occur as sizes are
those sizes; bold is as drawn.
"""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR
from derivtex.core.terms import Term
from derivtex.operations import Exp, Identity, Number, Ones, Pi, Symbol, Zero, symbol
from derivtex.reading.meaning.conjugated import barred
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.scope import Key, Scope
from derivtex.reading.syntax.tree import Node, key
from derivtex.reading.syntax.vocabulary import FONTS

UPPER_GREEK = frozenset(rf"\{name}" for name in "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())
ONES = frozenset(((r"\mathbf", "1"), (r"\mathbb", "1"), (r"\boldsymbol", "1"), (r"\mathds", "1"), (r"\tt", "1"), (r"\bf", "1"),
(r"\bm", "1"),
                  (r"\mathrm", "1"), (r"\vec", "1"), (r"\textbf", "1")))  # fmt: skip
ZEROS = frozenset(((r"\mathbf", "0"), (r"\boldsymbol", "0"), (r"\bf", "0"), (r"\bm", "0"), (r"\textbf", "0"), (r"\vec", "0")))
IDENTITIES = frozenset(
    (
        ("I",),
        (r"\mathbf", "I"),
        (r"\mathbb", "I"),
        (r"\mathrm", "I"),
        (r"\boldsymbol", "I"),
        (r"\bf", "I"),
        (r"\bm", "I"),
        (r"\textbf", "I"),
    )
)
CONSTANTS = IDENTITIES | ONES | ZEROS | {("e",), (r"\pi",)}
EULER, EULER_IS_NUMBER = ("e",), "e is Euler's number"
UNITS = (("i",), ("j",))
INDEX_LETTERS = frozenset("ijklstr")


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
    alike = (
        [known for known in (*scope.declared, *scope.families, *scope.defined) if bare_letter(known) == letter] if letter else []
    )
    return alike[0] if len(set(alike)) == 1 else name


def bare_letter(name: Key) -> str:
    """The letter of a name without its font; nothing where there is more to it."""
    letters = [
        mark
        for mark in name
        if mark not in FONTS and mark != r"\vec" and mark not in ("{", "}", r"\bf", r"\rm", r"\it", r"\sf", r"\cal", r"\tt")
    ]
    return letters[0] if len(letters) == 1 and letters[0] not in ("0", "1") else ""


def name(to: Elaborator, node: Node) -> Term:
    """A name without anything behind it."""
    if to.differentials:
        from derivtex.reading.meaning.operators import along_parameter

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


UNASSUMED = (r"\operatorname", r"\mathbb", r"\Bbb", r"\partial", r"\nabla")
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
        raise to.two_readings(
            f"{node.text} stands as a factor: it may be the imaginary unit, or a name",
            rf"write \mathrm{{i}} for the imaginary unit, or declare {node.text} : scalar, vector n", node,
        )  # fmt: skip
    kind = to.scope.kinds.get(label, "family")
    kind = conventional_kind(label) if kind.startswith("family") else kind
    return guessed(to, node.text, label, kind)


def guessed(to: Elaborator, latex: str, label: Key, kind: str) -> Symbol:
    """A symbol of a kind that is assumed, with open sizes; an operator and a blackboard letter are assumed to be nothing."""
    if label[0] in UNASSUMED and "const" not in "".join(label):
        raise SyntaxProblem(
            f"{latex} is not known", way_out=f"declare it, {latex} : scalar or matrix n x n or function elementwise, or define it"
        )
    rows = ONE if kind in ("scalar", "row") else to.scope.open_size()
    columns = ONE if kind in ("scalar", "vector") else to.scope.open_size()
    made = symbol(latex, kind, (rows, columns), ("complex",) if to.scope.all_complex or label in to.scope.complex else ())
    to.scope.things[label] = made
    to.scope.guessed[label] = made
    return made


def conventional_kind(label: Key) -> str:
    """What a letter is by convention."""
    letter = next((mark for mark in label if len(mark) == 1 and mark.isalpha()), "")
    macro = next((mark for mark in label if mark in GREEK_LETTERS), "")
    bold = label[0] in (r"\mathbf", r"\boldsymbol", r"\bm", r"\bf", r"\vec", r"\textbf", r"\overrightarrow")
    if label[0] == r"\mathcal":
        return "scalar"
    if macro and not letter:
        return "matrix" if macro in UPPER_GREEK else "vector" if bold else "scalar"
    if letter.isupper():
        return "matrix" if label[0] != r"\vec" else "vector"
    return "vector" if letter else "scalar"


GREEK_LETTERS = UPPER_GREEK | frozenset(
    rf"\{name}"
    for name in "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta kappa lambda mu nu xi rho varrho sigma tau "
    "upsilon phi "
    "varphi chi psi omega ell".split()
)


def is_index_letter(text: str) -> bool:
    return text in INDEX_LETTERS or text in (r"\mu", r"\nu", r"\ell")
