r"""What must not be misread in silence: names that an equation ties, an index outside its sum, a variable that hides behind
another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from derivtex.core.errors import AmbiguityError, NotDerivable, Source, SourceError, Span
from derivtex.core.properties import closure
from derivtex.core.shapes import SCALAR
from derivtex.core.terms import Term
from derivtex.derivation.columns import way_of
from derivtex.operations import Call, Entry, Index, MatrixCall, Member, Symbol
from derivtex.problem import Claim, Definition, Fault
from derivtex.reading.meaning.conventions import label_of
from derivtex.reading.meaning.dependence import refuse_unknown_dependence
from derivtex.reading.meaning.eigenvalues import refuse_all_values
from derivtex.reading.meaning.equations import below
from derivtex.reading.meaning.resolution import Settling
from derivtex.reading.meaning.unknowns import is_condition
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.columns import has_relation
from derivtex.reading.syntax.declarations import in_latex
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import d_width, question
from derivtex.reading.syntax.statementforms import says_the_same_names
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Node, Parts, key
from derivtex.reading.words.binding import is_put_as_constraint
from derivtex.reading.words.restrictions import restrictions, sums_in_words
from derivtex.reading.words.signs import tells_prime

if TYPE_CHECKING:
    from derivtex.reading.meaning.understanding import Understanding


Stretch = tuple[int, int]
SUM_TO_ONE = frozenset(("simplex", "sum-one"))


def refuse_misreadings(
    found: Understanding, settle: Settling, variables: tuple[Term, ...], defined: tuple[Definition, ...], conditions: list[Stretch]
) -> None:
    """Raise where the answer would silently be that of another question. conditions: where lines are that tell a property."""
    leaves = below(settle.term(found.target), defined)
    if found.reading.document.is_formula or not all(map(leaves.__contains__, variables)):  # an equation of a document may be a mere claim
        refuse_equations(found, settle, leaves, defined, conditions)
    refuse_unknown_dependence(found, settle, variables, leaves, defined)
    refuse_circles(leaves, defined)
    refuse_stray_indices(found, variables)
    refuse_mixed_primes(found)
    refuse_gradient_by_vec(found, variables)
    refuse_two_meanings([found.target, *found.terms.values()])
    refuse_all_values(found.scope, [found.target, *found.terms.values()])
    for variable in variables:
        refuse_tied(found, settle, variable, leaves)
        refuse_hidden(found, settle, variable, leaves)


def refuse_unread_constraints(found: Understanding, variables: tuple[Parts, ...], judged: Iterable[tuple[Statement, Claim | Fault]]) -> None:
    """A line that binds the variable and could not be read: without it the solution would be that of another problem."""
    whole = found.reading.document.is_formula
    faults = [(said, item.message, item.span, item.at) for said, item in judged if isinstance(item, Fault)]
    faults += [(said, error.message, said.span, error.span) for said, error in unreadable(found)]
    for said, message, span, at in faults:
        about = any(contains(side, each) for side in said.sides for each in variables) and not any(map(is_of_differentials, said.sides))
        if about and span is not None and (whole or is_condition(found.reading, span)):
            way_out = "declare its names, or give the constraint in other words"
            raise SourceError(f"the constraint {said.latex} cannot be read: {message}", way_out=way_out, span=at or span)


def refuse_lost_constraints(found: Understanding, variables: tuple[Parts, ...]) -> None:
    r"""A formula that binds the variable and was read as something else: `x \perp a`, `x \in \mathcal{N}(A)`, `x_1 = 1`, `y_i(w^Tx_i + b) = 1`."""
    reading = found.reading
    known = {said.start for _, _, _, said in reading.claims}
    for said in reading.order:
        if said.start not in known and any(is_lost(found, said, each) for each in variables):
            raise SourceError(f"the constraint {said.latex} cannot be read", way_out="write it as an equation between formulas", span=said.span)


def is_lost(found: Understanding, said: Statement, variable: Parts) -> bool:
    left, name = said.sides[0], key(variable)
    if not contains(left, variable):
        return False
    if not said.relations:
        return r"\perp" in key(left)
    if said.relations == (r"\in",):
        among = left_side(said.sides[1])
        return key(left) == name and among is not None and among.arguments is not None and not in_latex(said)
    given = left_side(left)
    if said.relations != ("=",) or given is None or not is_condition(found.reading, said.span):
        return False
    if given.arguments is not None:
        return any(left_side(each) is None for each in given.arguments)
    script = key(left)[len(name) :]
    return script[:1] == ("_",) and all(mark.isdigit() for mark in script[1:]) and script[1:] != ("0",)


def refuse_words_that_bind(found: Understanding, names: tuple[Parts, ...], unknowns: tuple[Term, ...], bound: bool) -> None:
    """“The weights must sum to one”, “over nonnegative $x$”, where no formula says so: without it the solution would be that of another problem.

    bound: whether formulas bind the unknown, which may say the same; what the words say is told then.
    """
    reading, items = found.reading, found.reading.document.items
    symbols = [each for each in unknowns if isinstance(each, Symbol)]
    names = names or tuple(tokens(Source(each.name)) for each in symbols)
    has = {*closure(name for each in symbols for name in each.properties)} | {"square" for each in symbols if each.size[0] == each.size[1]}
    known = {key(name) for name in names}
    sums = (each for formula, each in sums_in_words(items) if not has_relation(formula) and any(contains(formula, name) for name in names))
    others = restrictions(items, reading.source, lambda parts: key(parts) in known)
    for each in (*(() if bound or has & SUM_TO_ONE else sums), *others):
        span = Span(reading.source, each.start, each.end)
        if has & {*each.properties}:
            continue
        if not bound:
            told = rf"write it as a formula, \mathbf{{1}}^T{latex(names[0])} = 1 or {latex(names[0])} \ge 0, or declare it"
            raise SourceError(f"“{span.text}” is a constraint that no formula tells", span=span, way_out=told)
        reading.notes.append(f"“{span.text}” is taken to be what the formulas of the constraints say")


def refuse_made_of_others(claimed: Iterable[Claim], unknowns: tuple[Term, ...], leaves: dict[Term, None]) -> None:
    """“If $x = Zu$”, where u stands nowhere else: the unknown is another one, of which x is made. leaves: of what is differentiated."""
    for claim in claimed:
        for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
            new = [part.name for part in other.parts(Symbol) if part not in leaves and "integer" not in part.properties]
            if one in unknowns and new and not other.contains(one) and claim.span is not None and is_put_as_constraint(claim.span):
                way_out = f"write {claim.latex.partition('=')[2].strip()} in its place, and ask by {new[-1]}"
                raise SourceError(f"{one} is made of {', '.join(new)} here, of which nothing else tells", way_out=way_out, span=claim.span)


def unreadable(found: Understanding) -> Iterator[tuple[Statement, SourceError]]:
    """The formulas without a relation that cannot be read, `w^T(A = r` among them, and what is wrong with them."""
    for said in found.reading.expressions:
        try:
            found.node(said.sides[0], said.source)
        except SourceError as error:
            yield said, error


def is_of_differentials(parts: Parts) -> bool:
    return question(parts) is not None or (len(parts) > 1 and bool(d_width(parts)))


def refuse_two_meanings(terms: Iterable[Term]) -> None:
    """One letter for a function of entries and for a function of a whole matrix, in one source."""
    parts = [part for term in terms for part in term.walk()]
    by_entry = {part.function for part in parts if type(part) is Call and not part.is_scalar}
    for part in parts:
        if type(part) is MatrixCall and part.function in by_entry:
            raise AmbiguityError(
                f"{part.function} acts on entries in one place and on a square matrix under the trace in another",
                way_out=f"declare {part.function} : function elementwise, or use two letters",
            )


def refuse_equations(
    found: Understanding, settle: Settling, leaves: dict[Term, None], defined: tuple[Definition, ...], conditions: list[Stretch]
) -> None:
    """An undeclared name that an equation of the source fixes is no free variable, unless the equation is its definition."""
    solved = [*conditions, *(definition.span[1:] for definition in defined if definition.equation and definition.span)]
    for left, relation, right, said in found.reading.claims:
        if relation not in ("=", ":=") or found.is_about_derivatives(said.sides[0]):
            continue
        if (left[0].start, right[-1].end) in solved or says_the_same_names(found.names_of(left), found.names_of(right)):
            continue
        for name in found.names_of(left, right):
            thing = found.scope.guessed.get(name)
            if thing is not None and settle.term(thing) in leaves and not found.defines_by_chain(said):
                raise NotDerivable(
                    f"{thing.name} is given by an equation, {said.latex}",
                    way_out=f"solve it for {thing.name}, or declare {thing.name} if it is a constant",
                    span=said.span,
                )


def refuse_stray_indices(found: Understanding, variables: tuple[Term, ...]) -> None:
    """An index that a sum binds must not also stand outside of it: the sum may have been meant to go on."""
    asked = {part.name for variable in variables for part in variable.walk() if type(part) is Index}
    bodies = [(found.terms[body.key], body.said.span) for body in found.reading.bodies.values() if body.key in found.terms]
    below = names_with_scripts(found)
    for term, span in (*bodies, (found.target, Span(found.reading.source, 0, 1))):
        parts = list(term.walk())
        sums = {part.__dict__["index"].name for part in parts if "index" in part.fields and "body" in part.fields}
        free = {part.name for part in free_indices(term)} | {mark for part in parts if isinstance(part, Symbol) for mark in below.get(part, ())}
        for name in sorted(sums & free - asked):
            raise AmbiguityError(
                f"the index {name} also stands outside of the sum over it, which ends at the next plus or minus",
                way_out="put what the sum is taken of in brackets", span=span,
            )  # fmt: skip


def names_with_scripts(found: Understanding) -> dict[Symbol, Key]:
    """What stands below the names that nobody declared."""
    return {thing: name[name.index("_") + 1 :] for name, thing in found.scope.guessed.items() if "_" in name}


def free_indices(term: Term) -> set[Index]:
    """The indices of a term that nothing inside it binds."""
    done: dict[Term, set[Index]] = {}
    stack = [term]
    while stack:
        current = stack[-1]
        waiting = [child for child in current.children if child not in done]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        inner = set().union(*(done[child] for child in current.children)) if current.children else set()
        if type(current) is Index:
            inner = {current}
        bound = {current.__dict__[name] for name, kind in current.field_kinds.items() if kind == "Index"}
        done[current] = inner - bound
    return done[term]


def refuse_gradient_by_vec(found: Understanding, variables: tuple[Term, ...]) -> None:
    """The derivative of a number by vec(X) where X has a structure: by which of its entries is not told."""
    structured = any(isinstance(variable, Symbol) and set(variable.properties) - {"invertible"} for variable in variables)
    if found.inside_vec and structured and found.scope.unifier.shape(found.target.shape) == SCALAR:
        raise NotDerivable(
            f"the derivative of a number by vec({found.inside_vec}) is not written where {found.inside_vec} has a structure",
            way_out=f"ask by {found.inside_vec}, and take the vec of the result",
        )


def refuse_mixed_primes(found: Understanding) -> None:
    """x' beside X^T: the prime is then more likely a part of the name, unless the words say what it is."""
    marks = found.scope.transposed_by
    if "'" in marks and "T" in marks and not tells_prime(found.reading.document):
        span = marks["'"]
        way_out = f"declare {span.text}, or write the transpose as ^T everywhere"
        raise AmbiguityError("a prime stands beside ^T: it may mean the transpose, or be part of a name", way_out=way_out, span=span)


def refuse_tied(found: Understanding, settle: Settling, variable: Term, leaves: dict[Term, None]) -> None:
    r"""A variable that does not occur, and a declared name that an equation ties to it: `Hu = \lambda u` with λ asked by H."""
    if variable in leaves or not isinstance(variable, Symbol):
        return
    for left, relation, right, said in found.reading.claims:
        if relation not in ("=", ":=") or found.is_about_derivatives(said.sides[0]) or found.defines_by_chain(said):
            continue
        things = [settle.term(thing) for name in found.names_of(left, right) if (thing := found.scope.things.get(name)) is not None]
        tied = next((thing for thing in things if thing in leaves and isinstance(thing, Symbol)), None)
        if variable in things and tied is not None:
            raise NotDerivable(
                f"{tied.name} changes with {variable.name} by way of an equation that is not solved, {said.latex}",
                way_out=rf"name what it is, as \lambda_i({variable.name}) or \lambda_{{\max}}({variable.name}) for an eigenvalue", span=said.span,
            )  # fmt: skip


def refuse_hidden(found: Understanding, settle: Settling, variable: Term, leaves: dict[Term, None]) -> None:
    """A variable that does not occur although a name that nobody declared looks like it."""
    base = variable.of if isinstance(variable, Entry) else variable.family if isinstance(variable, Member) else variable
    if base in leaves or not isinstance(base, Symbol) or any(isinstance(leaf, Symbol) and way_of(leaf, base) for leaf in leaves):
        return
    unread = [fault for _, fault in found.faults] + found.judged_faults
    if unread:
        raise SourceError(
            f"{base.name} does not occur in what could be read, and a line could not be: {unread[0].message}",
            way_out="correct that line, or leave it out",
            span=unread[0].span,
        )
    for thing in found.scope.guessed.values():
        if settle.term(thing) in leaves:
            raise SourceError(
                f"{base.name} does not occur in what is differentiated, and {thing.name} is not declared",
                way_out=f"declare {thing.name}, or ask by {thing.name}",
                    span=Span(found.reading.source, 0, 1),
            )  # fmt: skip


def letter(found: Understanding, node: Node) -> str:
    return bare_letter(label_of(found.scope, node))


def refuse_circles(leaves: Iterable[Term], defined: tuple[Definition, ...]) -> None:
    """Names below a target that are defined by one another. A name that stands in its own body is an equation, and not meant."""
    bodies = {definition.name: definition for definition in defined}
    names = {name: [part for part in bodies[name].body.walk() if part in bodies and part is not name] for name in leaves if name in bodies}
    free: set[Term] = set()
    before = -1
    while before < len(free):
        before = len(free)
        for name, within in names.items():
            if free.issuperset(within):
                free.add(name)
    circle = [name for name in names if name not in free]
    if circle:
        told = ", ".join(f"${name}$" for name in circle[:6])
        raise SourceError(
            f"the definitions go in a circle: {told} {'are defined by one another' if len(circle) > 1 else 'stands for itself'}",
            way_out="take out the lines that follow from the others, or check them with `derivtex check`",
            span=max((span for name in circle if (span := bodies[name].span)), key=lambda span: span.start, default=None),
        )
