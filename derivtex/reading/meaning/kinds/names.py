r"""Names, with what stands above and below them, while kinds are sought."""

from __future__ import annotations

from derivtex.core.errors import SourceError
from derivtex.operations import Symbol
from derivtex.reading.meaning.conjugated import names_under_bar
from derivtex.reading.meaning.kinds.candidates import Candidate, Use, candidates
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, SCALAR, Known, Outline
from derivtex.reading.meaning.kinds.walker import OF_A_NUMBER, Summary, Walker
from derivtex.reading.meaning.names import EULER, IDENTITIES, NO_NAMES, ONES, UNASSUMED, ZEROS, conventional_kind, label_of
from derivtex.reading.meaning.powers import EULER as EXPONENTIALS
from derivtex.reading.meaning.powers import STARS, is_sign, mark_label
from derivtex.reading.meaning.raisedentries import has_two_indices, is_raised_inverse
from derivtex.reading.meaning.raisedindex import own_index
from derivtex.reading.meaning.scope import Key
from derivtex.reading.meaning.scoping import LETTERS_OF_FUNCTIONS
from derivtex.reading.source.tokens import Token
from derivtex.reading.syntax.questions import D_MARKS
from derivtex.reading.syntax.tree import Node, key
from derivtex.reading.syntax.vocabulary import HERMITIANS, TRANSPOSES

ANY = Outline(NOTHING, NOTHING)
STAR: Key = ("^", "*")
PLAIN = Use(plain=True)
EULERS = (Candidate("number"), Candidate("vector", 3.0))
THIN = 2.5  # what it costs that a matrix of which no sizes are told has one column


def name(walker: Walker, node: Node) -> Outline:
    """A name without anything above or below it."""
    label = label_of(walker.scope, node)
    found = known(walker, label)
    if found is not None:
        return found
    if label in IDENTITIES:
        size = walker.sizes.new(LARGE)
        return Outline(size, size)
    if label in ONES:
        return Outline(walker.sizes.new(LARGE), 0)
    if label in walker.scope.functions and not is_function(walker, label):
        return variable(walker, label, PLAIN)
    if label in ZEROS or label in walker.scope.families or label in walker.scope.templates or label in walker.scope.functions:
        return ANY
    if label == (r"\pi",) or node.text in walker.scope.sizes:
        return SCALAR
    if label in D_MARKS and walker.has_differentials:
        return ANY
    if any(mark in NO_NAMES for mark in label) or label[0] in UNASSUMED or any(map(walker.is_known, names_under_bar(node))):
        return ANY
    return variable(walker, label, walker.uses.get(label, PLAIN)._replace(plain=True))


def known(walker: Walker, label: Key) -> Outline | None:
    """What is declared, defined or bound by a name."""
    if label in walker.given:
        return walker.given[label]
    if label in walker.bound:
        return SCALAR
    if label in walker.definitions:
        return summarised(walker, label)
    thing = walker.scope.things.get(label)
    if thing is None:
        return None
    rows, columns = walker.scope.unifier.shape(thing.shape)
    if type(thing) is Symbol and thing.kind == "matrix" and not columns.known and not rows.known and rows != columns:
        choice = chosen(walker, label, (Candidate("matrix"), Candidate("thin", THIN)))
        of = walker.from_shape(thing, walker.bits[label])
        return of if choice.kind == "matrix" else of._replace(columns=0)
    return walker.from_shape(thing)


def summarised(walker: Walker, label: Key) -> Outline:
    """The shape of what a definition stands for, with sizes of its own in each statement."""
    walker.asked_summaries.setdefault(label)
    if label not in walker.made:
        summary = walker.summaries.get(label)
        walker.made[label] = ANY if summary is None else instance(walker, summary)
    return walker.made[label]


def instance(walker: Walker, summary: Summary) -> Outline:
    if summary.rows is None or summary.columns is None:
        return ANY._replace(names=summary.names)
    rows: Known = summary.rows  # type: ignore[assignment]
    columns: Known = summary.columns  # type: ignore[assignment]
    first = walker.sizes.new(rows, summary.names)
    return Outline(first, first if summary.square else walker.sizes.new(columns, summary.names), summary.names)


def chosen(walker: Walker, label: Key, choices: tuple[Candidate, ...]) -> Candidate:
    """The candidate that is tried for a name at present; a new name begins with the convention."""
    walker.read.setdefault(label)
    if label not in walker.bits:
        walker.bits[label] = 1 << len(walker.bits)
        walker.choices[label] = choices
    if label not in walker.chosen:
        walker.chosen[label] = choices[0]
    return walker.chosen[label]


def variable(walker: Walker, label: Key, use: Use) -> Outline:
    """A name of which nothing is told: what is tried for it; where it stands with an index, a member or an entry."""
    if label in walker.made:
        walker.read.setdefault(label)
        return walker.made[label]
    choices = walker.choices.get(label)
    if choices is None:
        fixed = walker.scope.kinds.get(label)
        choices = (Candidate(fixed),) if fixed is not None else EULERS if label == EULER else candidates(label, use)
    kind = chosen(walker, label, choices).kind.removeprefix("family ")
    bit = walker.bits[label]
    rows = 0 if kind in ("scalar", "row", "rows", "entries", "number") else walker.sizes.new(LARGE, bit)
    columns = walker.sizes.new(LARGE, bit) if kind in ("matrix", "row", "rows") else 0
    walker.made[label] = Outline(rows, columns, bit)
    return walker.made[label]


def is_function(walker: Walker, label: Key) -> bool:
    """Whether a name before a bracket is taken for a function at present; a letter that is the usual name of one may be a matrix."""
    if label not in walker.scope.functions or label not in LETTERS_OF_FUNCTIONS:
        return label in walker.scope.functions
    return chosen(walker, label, (Candidate("function"), Candidate("matrix", 4.0))).kind == "function"


# scripts


def script(walker: Walker, node: Node) -> Outline:
    """A base with what stands above and below it."""
    from derivtex.reading.meaning.kinds.indices import lowered
    from derivtex.reading.meaning.kinds.words import bars, exponential

    base = node.parts[0]
    fence = base.parts[0] if base.form == "bracket" and base.text == "{" and base.parts[0].form == "bars" else base
    if fence.form == "bars":
        value = bars(walker, node, fence)
    elif base.form == "name" and not node.below and node.above and key(base.tokens) in EXPONENTIALS and not e_is_a_name(walker):
        return exponential(walker, node, walker.parse(node.above))
    elif base.form == "number" and base.text == "1" and key(node.above) in TRANSPOSES:
        value = Outline(walker.sizes.new(LARGE), 0)
    elif base.form == "angle":
        value = walker.outline(base) if key(node.below) in ((), ("F",)) else SCALAR
    elif base.form == "name" and node.above and not node.primes and (own := marked(walker, node, base)) is not None:
        return own
    elif base.form == "name" and is_entry_of_raised(walker, node, base):
        return SCALAR._replace(names=raised(walker, node, walker.outline(base), node.above).names)
    else:
        value = lowered(walker, node, base) if node.below else walker.outline(base)
    for _ in range(node.primes):
        value = transposed(walker, node, value)
    return raised(walker, node, value, node.above) if node.above else value


def is_entry_of_raised(walker: Walker, node: Node, base: Node) -> bool:
    r"""Whether this is `A^{-1}_{ij}` or `A^T_{ij}`: an entry of what is inverted or transposed first."""
    label, mark = label_of(walker.scope, base), key(node.above)
    if not node.above or not has_two_indices(node) or not (mark in TRANSPOSES or mark in HERMITIANS or is_raised_inverse(mark)):
        return False
    if label in walker.scope.families or label in walker.scope.templates or walker.is_known((*label, "_", *key(node.below))):
        return False
    return not walker.is_scalar(walker.outline(base)) if walker.is_known(label) else conventional_kind(label) == "matrix"


def e_is_a_name(walker: Walker) -> bool:
    return EULER in walker.scope.things or EULER in walker.scope.kinds or walker.chosen.get(EULER, Candidate("number")).kind != "number"


def marked(walker: Walker, node: Node, base: Node) -> Outline | None:
    r"""`W^{[1]}`, `\theta^{(k)}`, `x^*`: a name of its own, or a member where the index runs; None where the mark is an operation."""
    first = node.above[0].text
    if first in ("(", "[") or is_sign(node.above):
        if any(key((token,)) in walker.bound for token in node.above):
            return member_above(walker, node, base)
        label = mark_label(node)
        return known(walker, label) or variable(walker, label, PLAIN)
    if first not in STARS or len(node.above) != 1:
        return None
    from derivtex.reading.meaning.kinds.indices import lowered

    star = chosen(walker, STAR, (Candidate("name"), Candidate("adjoint", 1.0)))
    value = lowered(walker, node, base) if node.below else walker.outline(base)
    value = value._replace(names=value.names | walker.bits[STAR])
    return turned(value) if star.kind == "adjoint" else value


def member_above(walker: Walker, node: Node, base: Node) -> Outline:
    """`x^{(i)}` where i runs."""
    from derivtex.reading.meaning.kinds.indices import entry, upper_case_of

    index, rest = own_index(node.above)
    label = key(base.tokens)
    family = walker.scope.families.get(label)
    if family is not None:
        return walker.from_shape(family)
    if node.below or rest or len(index) != 1:
        return ANY
    if walker.is_known(label) or walker.uses.get(label, PLAIN).plain:
        return entry(walker, node, walker.outline(base), index)
    whole = upper_case_of(walker, label)
    if whole is not None:
        return entry(walker, node, whole, index)
    return variable(walker, label, walker.uses[label])


def turned(of: Outline) -> Outline:
    return of._replace(rows=of.columns, columns=of.rows)


def transposed(walker: Walker, node: Node, of: Outline) -> Outline:
    """The transpose; a number is not transposed."""
    if walker.is_scalar(of) and of.names:
        base = node.parts[0]
        single = base.form == "name" or (base.form == "script" and base.parts[0].form == "name")
        walker.blame(node, walker.blamed(of), "transpose", None if single else OF_A_NUMBER, base)
    return turned(of)


def raised(walker: Walker, node: Node, value: Outline, above: tuple[Token, ...]) -> Outline:
    """A mark such as T, or a power."""
    label = key(above)
    if label in TRANSPOSES:
        of_number = walker.is_scalar(value) and (label == ("t",) or label in walker.scope.declared)
        return value if of_number else transposed(walker, node, value)
    minus = label[:2] == ("-", "1") or (label[:1] == ("-",) and label[1:] in TRANSPOSES | HERMITIANS)
    if minus:
        return turned(power(walker, node, value)) if label[-1] != "1" else power(walker, node, value)
    if label in HERMITIANS or label in (("+",), (r"\dagger",)):
        return turned(value)
    if label == ("*",) or label[0] in (r"\odot", r"\circ"):
        return value
    return power(walker, node, value, exponent(walker, node, above))


def exponent(walker: Walker, node: Node, above: tuple[Token, ...]) -> int:
    """The names that stand in an exponent, which is a number."""
    if all(token.kind == "digit" or token.is_mark("-", "/", "+", ".") for token in above):
        return 0
    try:
        part = walker.parse(above)
    except SourceError:
        return 0
    of = walker.outline(part)
    if of.is_known and not walker.is_scalar(of):
        walker.blame(node, walker.blamed(of), "exponent", None, part)
    return of.names


def power(walker: Walker, node: Node, value: Outline, names: int = 0) -> Outline:
    """A power: of a number or a square matrix."""
    value = value._replace(names=value.names | names)
    if not value.is_known or walker.is_scalar(value) or walker.of_entries:
        return value
    if not walker.is_matrix(value) or not walker.sizes.unify(value.rows, value.columns, value.names):
        walker.blame(node, walker.blamed(value), "power", None, node.parts[0])
    return value
