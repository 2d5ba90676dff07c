r"""What stands below a name while kinds are sought: members, entries, rows and columns, or a part of the name."""

from __future__ import annotations

from derivtex.reading.meaning.indices import is_zeroth, may_belong, members_of, of_member, run_below
from derivtex.reading.meaning.kinds.candidates import Candidate, Use, candidates
from derivtex.reading.meaning.kinds.names import ANY, PLAIN, chosen, known, summarised, variable
from derivtex.reading.meaning.kinds.sizes import LARGE, NOTHING, SCALAR, Outline
from derivtex.reading.meaning.kinds.walker import Walker
from derivtex.reading.meaning.slices import WAYS, capitals, in_bold
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.letters import IDENTITIES, ONES, ZEROS, is_index_letter
from derivtex.reading.syntax.scripts import are_indices, has_all, is_pair, marks_in, subscript, tells_size
from derivtex.reading.syntax.tree import Key, Node, Parts, key

BESIDE = 1.5  # what it costs besides that x_j is no entry of an x that stands beside it


def lowered(walker: Walker, node: Node, base: Node) -> Outline:
    """A base with something below it: a member, an entry, a row or column, or a name of its own."""
    below, scope = node.below, walker.scope
    if base.form != "name":
        return entry(walker, node, walker.outline(base), below)
    label = walker.label(base)
    if tells_size(below):
        return walker.outline(base)
    if f"{base.text}_{subscript(below)}" in scope.sizes:
        return SCALAR
    if label in scope.families:
        family = scope.families[label]
        member = walker.from_shape(family)
        _, rest = of_member(below, 1, walker.is_scalar(member))
        return entry(walker, node, member, rest) if rest else member
    if label in scope.templates:
        return of_template(walker, label, below)
    whole = (*label, "_", *key(below))
    if (found := known(walker, whole)) is not None:
        return found
    constant = None if walker.is_known(label) else with_size(walker, label, below)
    if constant is not None:
        return constant
    return indexed(walker, node, label, whole, below)


def indexed(walker: Walker, node: Node, label: Key, whole: Key, below: Parts) -> Outline:
    """A name that nobody declared with its index, or an entry of one that is known."""
    bound = has_all(below) or any(key(part) in walker.bound for part in marks_in(below))
    use = walker.uses.get(label, Use())
    if not bound and (label == walker.defining or is_zeroth(walker.scope, label, below)):
        return variable(walker, whole, PLAIN)
    if walker.is_known(label) or (use.plain and is_indexing(walker, below)):
        own = members_of(label)
        if bound and use.member and (label == walker.defining or own in walker.choices or not walker.is_known(label)):
            members = member_beside(walker, node, label)
            if walker.chosen[own].kind != "entries":
                return members
            of = entry(walker, node, walker.outline(node.parts[0]), below)
            return of._replace(names=of.names | members.names)
        of = walker.outline(node.parts[0])
        if not walker.is_scalar(of):
            return entry(walker, node, of, below)
        if bound:
            walker.blame(node, walker.blamed(of), "entries", None, node.parts[0])
            return of
    elif (bold := bold_vector(walker, label, below, bound)) is not None:
        return entry(walker, node, bold, below)
    elif (whole_matrix := capital(walker, label, below, bound)) is not None:
        return entry(walker, node, whole_matrix, below)
    elif bound or (use.member and is_indexing(walker, below)):
        of = variable(walker, label, use)
        if has_all(below):
            return slice_of(walker, of, below)
        if use.double and use.member and not walker.is_matrix(of):
            return SCALAR._replace(names=of.names) if is_pair(below) else of
        return SCALAR._replace(names=of.names) if use.double else of
    return variable(walker, whole, PLAIN)


def member_beside(walker: Walker, node: Node, label: Key) -> Outline:
    """`x_j` beside x: an entry of x, or a member of a family of the same letter; in what defines x, such a member."""
    own = members_of(label)
    if own not in walker.choices:
        choices = candidates(label, Use(member=True))
        if label == walker.defining:
            choices = tuple(each._replace(kind="family scalar") if each.kind == "entries" else each for each in choices)
        else:
            dearer = (each._replace(price=each.price + BESIDE) for each in choices if each.kind == "family vector")
            choices = (Candidate("entries"), *dearer)
        chosen(walker, own, choices)
        walker.written[own] = f"{node.parts[0].text}_{subscript(node.below)}"
    kind = chosen(walker, own, walker.choices[own]).kind
    if own not in walker.made:
        bit = walker.bits[own]
        rows = 0 if kind in ("entries", "family scalar") else walker.sizes.new(LARGE, bit)
        walker.made[own] = Outline(rows, walker.sizes.new(LARGE, bit) if kind == "family matrix" else 0, bit)
    return walker.made[own]


def bold_vector(walker: Walker, label: Key, below: Parts, runs: bool) -> Outline | None:
    r"""The vector `\mathbf{y}` that stands by itself, beside an undeclared y with an index."""
    names = [name for name in in_bold(label, below) if stands(walker, name)] if runs or is_indexing(walker, below) else []
    of = (known(walker, names[0]) or variable(walker, names[0], walker.uses[names[0]])) if len(names) == 1 else None
    return of if of is not None and walker.is_vector(of) else None


def capital(walker: Walker, label: Key, below: Parts, runs: bool) -> Outline | None:
    """The matrix that an undeclared small letter with these indices belongs to."""
    fits = (runs or is_indexing(walker, below)) and may_belong(walker.scope, label, below, runs)
    return upper_case_of(walker, label, below) if fits else None


def upper_case_of(walker: Walker, label: Key, below: Parts = ()) -> Outline | None:
    """The matrix A that an undeclared a with indices belongs to."""
    found = next((name for name in dict.fromkeys((*capitals(label, below), *capitals(label[-1:]))) if stands(walker, name)), None)
    of = None if found is None else known(walker, found) or variable(walker, found, walker.uses[found])
    return of if of is not None and not walker.is_scalar(of) else None


def stands(walker: Walker, name: Key) -> bool:
    """Whether a name is declared, defined, or stands in the scope by itself."""
    return walker.is_known(name) or walker.uses.get(name, Use()).plain


def of_template(walker: Walker, label: Key, below: Parts) -> Outline:
    of = summarised(walker, label)
    more = len(marks_in(below)) > len(walker.scope.templates[label].letters)
    return SCALAR._replace(names=of.names) if more else of


def with_size(walker: Walker, label: Key, below: Parts) -> Outline | None:
    r"""`I_n`, `\mathbf{1}_n`, `e_i`, `K_{m,n}`."""
    if label in IDENTITIES and run_below(walker.bound, below):
        return None
    if label in IDENTITIES:
        size = walker.sizes.new(LARGE)
        return Outline(size, size)
    if label in ONES:
        return Outline(walker.sizes.new(LARGE), 0)
    if label in ZEROS or (label[-1] == "K" and is_pair(below)):
        return ANY
    if label in (("e",), (r"\mathbf", "e"), (r"\boldsymbol", "e")) and is_indexing(walker, below):
        return Outline(walker.sizes.new(LARGE), 0)
    return None


def entry(walker: Walker, node: Node, of: Outline, below: Parts) -> Outline:
    """An entry is a number; one index of a matrix tells a row or a column."""
    letters = marks_in(below)
    if walker.is_scalar(of):
        walker.blame(node, of.names, "entry")
    if not walker.is_matrix(of):
        if of.is_known and len(letters) == 1:
            run_over(walker, letters[0], of.columns if walker.sizes.is_one(of.rows) else of.rows)
    elif len(letters) == 2 and not has_all(below):
        run_over(walker, letters[0], of.rows)
        run_over(walker, letters[1], of.columns)
    elif len(letters) == 2:
        return slice_of(walker, of, below)
    else:
        return strip(walker, node, of, letters)
    return SCALAR._replace(names=of.names)


def slice_of(walker: Walker, of: Outline, below: Parts) -> Outline:
    r"""`X_{i\cdot}` is a row, `X_{\cdot j}` a column."""
    letters = marks_in(below)
    if not walker.is_matrix(of) or len(letters) != 2:
        return ANY._replace(names=of.names)
    row = has_all(letters[1])
    run_over(walker, letters[0 if row else 1], of.rows if row else of.columns)
    return of._replace(rows=0) if row else of._replace(columns=0)


def run_over(walker: Walker, letter: Parts, size: int) -> bool:
    """An index counts what there is of these; False where it runs to another end."""
    last = walker.bound.get(key(letter))
    return last is None or (last != NOTHING and walker.sizes.unify(last, size, 0))


def strip(walker: Walker, node: Node, of: Outline, letters: list[Parts]) -> Outline:
    """`W_j`: a row of W, the same turned, or a column."""
    base = node.parts[0]
    label = (*key(base.tokens), "_")
    if len(letters) != 1 or base.form != "name" or not counts(walker, letters[0], label[:-1]):
        return ANY._replace(names=of.names)
    unusual = "row as a column" if label[-2].isupper() else "row"
    use = walker.uses.get(label[:-1], Use())
    ways = walker.scope.told_strips.get(label[:-1]) or (WAYS[:2] if use.double and use.member else WAYS)  # beside x_{ij} the i of x_i counts rows
    choices = tuple(Candidate(way, 0.1 if way == unusual else 0.0) for way in ways)
    choices = choices if len(ways) == 1 else (Candidate("undecided"), *choices)
    way = chosen(walker, label, choices).kind
    letter = base.text
    member = f"{letter}_{subscript(letters[0])}" if node.below else walker.source.text[node.start : node.end]
    walker.strips.setdefault(label, (member, letter if walker.is_known(label[:-1]) or letter.isupper() else letter.upper()))
    names = of.names | walker.bits[label]
    if way == "undecided" or not run_over(walker, letters[0], of.columns if way == "column" else of.rows):
        walker.blame(node, names, "strip")
    if way == "undecided":
        return ANY._replace(names=names)
    length = of.rows if way == "column" else of.columns
    return Outline(0, length, names) if way == "row" else Outline(length, 0, names)


def counts(walker: Walker, letter: Parts, matrix: Key) -> bool:
    """Whether a letter is an index: it runs, or stands for one value in `o_i = W_ix` of a W that is known."""
    return key(letter) in walker.bound or (walker.is_known(matrix) and is_index_letter(latex(letter)))


def is_indexing(walker: Walker, below: Parts) -> bool:
    """Whether a subscript consists of indices: numbers, letters that run or are used as indices."""

    def is_index(part: Parts) -> bool:
        return key(part) in walker.bound or is_index_letter(latex(part)) or latex(part) in walker.scope.sizes

    return are_indices(below, is_index if len(below) == 1 else lambda part: True)
