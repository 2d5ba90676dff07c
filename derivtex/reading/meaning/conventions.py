r"""What a name is before a formula is read: what is known by it, the letters of constants, and the convention for all others.

Lowercase Latin letters are vectors, uppercase Latin and Greek letters matrices, lowercase Greek letters scalars; letters that occur as sizes are
those sizes; bold is as drawn.
"""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Symbol, symbol
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


UNASSUMED = (r"\operatorname", r"\mathbb", r"\Bbb", r"\partial", r"\nabla")


def guessed(scope: Scope, latex: str, label: Key, kind: str) -> Symbol:
    """A symbol of a kind that is assumed, with open sizes; an operator and a blackboard letter are assumed to be nothing."""
    if label[0] in UNASSUMED and "const" not in "".join(label):
        raise SyntaxProblem(
            f"{latex} is not known", way_out=f"declare it, {latex} : scalar or matrix n x n or function elementwise, or define it"
        )
    rows = ONE if kind in ("scalar", "row") else scope.open_size()
    columns = ONE if kind in ("scalar", "vector") else scope.open_size()
    made = symbol(latex, kind, (rows, columns), ("complex",) if scope.all_complex or label in scope.complex else ())
    scope.things[label] = made
    scope.guessed[label] = made
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
