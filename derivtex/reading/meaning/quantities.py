r"""What a name stands for where its definition is no plain `name = formula`, now that it is known by what is differentiated.

    a chain      `S = e'e = (y - Xb)'(y - Xb)` by b: S is the side in which b stands, not the first one
    a factor     `2\lambda = x^TAx`: \lambda is half of it
    an inverse   `P = \Sigma^{-1}` by P: \Sigma is the inverse of P
    no name      `e'e = (y - Xb)'(y - Xb)` by b: a square that stands for the side with b, which is what is differentiated

`Hu = \lambda u` is none of them: an equation between what is no square, and no multiple of a name, defines nothing by itself.

Equations that bind the variable of a stationary point: those of the source, and those that are given beside it.
"""

from __future__ import annotations

from derivtex.core.errors import Source, SourceError, UsageError
from derivtex.reading.meaning.roles import is_product_with
from derivtex.reading.meaning.sorting import add_claims
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.targets import variables_named
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.grammar import parse
from derivtex.reading.syntax.lefts import Left, left_side, name_width
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.statements import Statement, statements
from derivtex.reading.syntax.tree import Key, Lexicon, Node, Parts, is_transposed, key
from derivtex.reading.syntax.variables import occurring_base
from derivtex.reading.syntax.written import divided, exchanged
from derivtex.reading.words.binding import puts_as_case

NUMERIC = ("number", "fraction", "ratio")


def settle_quantities(reading: Reading, of: str | None, wrt: str | None) -> None:
    """Choose the sides that stand for names and squares, of which the variable has to be in one."""
    variables = asked_variables(reading, wrt)
    if not variables:
        return
    for body in reading.bodies.values():
        choose_side(reading, body, variables)
    for each in list(reading.order):
        define_multiple(reading, each, variables)
    for variable in variables:
        turn_round(reading, variable)
    if of is None and reading.document.is_formula and not reading.bodies and not reading.expressions and not reading.questions:
        take_square(reading, variables)


def asked_variables(reading: Reading, wrt: str | None) -> tuple[Parts, ...]:
    """By what is differentiated, as far as it is told."""
    if wrt is not None:
        return variables_named(reading, wrt)
    asked = reading.questions[0][0] if reading.questions else None
    by = asked.by if asked is not None and asked.by else reading.objective
    return tuple(map(occurring_base, by))


def choose_side(reading: Reading, body: Body, variables: tuple[Parts, ...]) -> None:
    """The side of a chain that reaches a variable, where the one that was taken does not."""
    sides = body.said.sides[1:]
    if body.form != "symbol" or len(sides) < 2 or body.key in {key(each) for each in variables} or reaches(reading, body.side, variables, {body.key}):
        return
    found = next((side for side in sides if reaches(reading, side, variables, {body.key})), None)
    if found is None or any(relation != "=" for relation in body.said.relations):
        return
    body.side = found
    reading.claims = [claim for claim in reading.claims if claim[3] is not body.said or claim[0] is found]
    reading.notes.append(f"{latex(body.left.name)} is taken as the side in which {latex(variables[0])} stands, {latex(found)}")


def turn_round(reading: Reading, variable: Parts) -> None:
    r"""Take the \Sigma of `P = \Sigma^{-1}` for the inverse of P, by which is differentiated, where nothing else says what it is."""
    claim = next((claim for claim in reading.claims if claim[1] == "=" and key(claim[0]) == key(variable)), None)
    node = parsed(claim[2], claim[3]) if claim is not None else None
    if claim is None or node is None or node.form != "script" or node.above.form != "inverse" or node.parts[0].form != "name" or node.below:
        return
    base, mark = claim[2][:-2], claim[2][-2:]
    if key(base) in reading.bodies or not any(contains(body.side, base) for body in reading.bodies.values()):
        return
    for body in reading.bodies.values():
        body.side = exchanged(body.side, claim[2], variable)
    reading.bodies[key(base)] = Body(Left(base), (*variable, *mark), claim[3])
    reading.claims.remove(claim)
    told = [each._replace(name=variable, latex=latex(variable)) if key(each.name) == key(base) else each for each in reading.declarations]
    reading.declarations = told
    reading.notes.append(f"{latex(base)} is the inverse of {latex(variable)}, by which is differentiated")


def reaches(reading: Reading, side: Parts, variables: tuple[Parts, ...], seen: set[Key]) -> bool:
    """Whether a variable stands in a side, or in what its names stand for."""
    if any(contains(side, each) for each in variables):
        return True
    inside = [body for label, body in reading.bodies.items() if label not in seen and contains(side, body.left.name)]
    return any(reaches(reading, body.side, variables, {*seen, body.key}) for body in inside)


def define_multiple(reading: Reading, each: Statement, variables: tuple[Parts, ...]) -> None:
    r"""Take `2f = \dots` for the definition of f as half of it, where nothing else says what f is."""
    told = multiple(reading, each) if each.relations and set(each.relations) == {"="} else None
    if told is None:
        return
    name, factor, turned = told
    left = left_side(name)
    declared = {key(one.name) for one in reading.declarations}
    if left is None or len(left.name) > 1 or key(left.name) in reading.bodies or key(left.name) in declared | {key(one) for one in variables}:
        return
    side = next((side for side in each.sides[1:] if reaches(reading, side, variables, set())), None)
    if side is None or contains(side, left.name) or mentions(reading, each, left.name):
        return
    reading.claims = [claim for claim in reading.claims if claim[3] is not each]
    reading.bodies[key(left.name)] = Body(left, divided(side, factor, turned), each)


def multiple(reading: Reading, each: Statement) -> tuple[Parts, Parts, bool] | None:
    """The name and the number of a side that is the one times, or divided by (turned), the other."""
    side = each.sides[0]
    node = parsed(side, each)
    if node is not None and node.form == "sum" and len(node.parts) == 1:
        node = node.parts[0]
    if node is None or len(side) < 2:
        return None
    if node.form in ("ratio", "chain") and node.parts[-1].form == "number" and key(side[-2:-1]) == ("/",):
        at = node.parts[1].start
        return tuple(t for t in side if t.start < node.parts[0].end), tuple(t for t in side if t.start >= at), True
    parts = node.parts if node.form == "chain" else (node,)
    first = next((part for part in parts if part.form not in NUMERIC or names_inside(part)), None)
    front = tuple(token for token in side if first is not None and token.start < first.start)
    if not front or [part.form for part in parts if first is not None and part.start > first.start] not in ([], ["bracket"]):
        return None
    return side[len(front) :], front, False


def names_inside(node: Node) -> bool:
    return node.form == "name" or any(map(names_inside, node.parts))


def mentions(reading: Reading, each: Statement, name: Parts) -> bool:
    """Whether another equation speaks of a name, which may then be fixed by that."""
    return any(contains(side, name) for said in reading.order if said is not each and said.relations for side in said.sides)


def take_square(reading: Reading, variables: tuple[Parts, ...]) -> None:
    """Of an equation that calls a square by another formula, differentiate the one in which the variable stands."""
    for each in reading.order:
        if not each.relations or set(each.relations) != {"="} or not is_square(parsed(each.sides[0], each)):
            continue
        side = next((side for side in each.sides if reaches(reading, side, variables, set())), None)
        if side is None:
            continue
        if side is not each.sides[0]:
            reading.claims = [claim for claim in reading.claims if claim[3] is not each]
            reading.notes.append(f"{latex(each.sides[0])} stands for {latex(side)}, which is differentiated")
        reading.expressions.append(each._replace(sides=(side,), relations=()))
        return


def is_square(node: Node | None) -> bool:
    r"""Whether a formula is `\|e\|^2`, `e'e` or `e^TWe`, a number in front or not."""
    if node is None:
        return False
    if node.form == "script":
        return node.parts[0].form == "bars" and node.above.name == ("2",)
    parts = tuple(part for part in node.parts if part.form not in NUMERIC) if node.form == "chain" else ()
    if len(parts) == 1:
        return is_square(parts[0])
    first = parts[0] if parts else node
    return is_transposed(first) and same(first.parts[0], parts[-1])


def same(one: Node, other: Node) -> bool:
    """Whether two parts of a formula are written alike, whatever brackets stand around."""
    if one.form == "bracket" and len(one.parts) == 1 or other.form == "bracket" and len(other.parts) == 1:
        return same(*(part.parts[0] if part.form == "bracket" and len(part.parts) == 1 else part for part in (one, other)))
    alike = (one.form, one.text, one.marks, one.primes, key(one.tokens), key(one.below), one.above.name)
    return alike == (other.form, other.text, other.marks, other.primes, key(other.tokens), key(other.below), other.above.name) and len(
        one.parts
    ) == len(other.parts) and all(map(same, one.parts, other.parts))


def parsed(side: Parts, each: Statement) -> Node | None:
    """The tree of a side; nothing where it is no formula."""
    try:
        return parse(side, each.source, Lexicon())
    except SourceError:
        return None


def bound(reading: Reading, wrt: str | None, subject_to: tuple[str, ...]) -> None:
    """Take the equations about the variable for constraints, `Ax = b` among them, and add those that are given beside the source."""
    reading.constrained = True
    asked = (tuple(tokens(Source(wrt, "<wrt>"), macros=reading.macros)),) if wrt else reading.objective
    for label, body in list(reading.bodies.items()):
        if is_product_with(body, asked):
            del reading.bodies[label]
            add_claims(reading, body.said._replace(relations=body.said.relations[:1]), 0)
    about = asked_variables(reading, wrt)
    for each in [said for said in reading.order if is_inequality(said) and not is_domain(said)]:
        if any(contains(side, name) for side in each.sides for name in about):
            add_inequalities(reading, each)
    for text in subject_to:
        source = Source(text, "<subject to>")
        for each in statements(tokens(source, macros=reading.macros), source, lines=True):
            if is_inequality(each):
                add_inequalities(reading, each)
            elif each.relations == ("=",):
                add_claims(reading, each, 0)
            else:
                raise UsageError(f"this is no constraint: {text}", way_out=r"give an equation, Ax = b, or an inequality, Ax \le b")
            reading.order.append(each)


AT_MOST = dict.fromkeys(("<", r"\le", r"\leq", r"\leqslant", r"\lt"), r"\le")
AT_LEAST = dict.fromkeys((">", r"\ge", r"\geq", r"\geqslant", r"\gt"), r"\ge")
STRICT = frozenset(("<", ">", r"\lt", r"\gt"))
INEQUALITIES = AT_MOST | AT_LEAST


def is_inequality(each: Statement) -> bool:
    """Whether a statement says which of its sides are not larger."""
    return bool(each.relations) and all(relation in INEQUALITIES for relation in each.relations)


def is_domain(each: Statement) -> bool:
    """Whether a statement says of a name that it is positive or negative, `s > 0`: where it lives, which binds nothing inside."""
    return signed(each) is not None


def signed(each: Statement) -> tuple[Parts, bool] | None:
    """The name that a statement says the sign of, and whether it is positive: `s > 0`, `0 < s`."""
    if len(each.sides) != 2 or each.relations[0] not in STRICT:
        return None
    zeros = [len(side) == 1 and side[0].text == "0" for side in each.sides]
    name = each.sides[zeros.index(False)] if any(zeros) and not all(zeros) else ()
    if not name or name_width(name) != len(name):
        return None
    return name, (each.relations[0] in AT_LEAST) is zeros[1]


def signed_names(reading: Reading) -> list[Parts]:
    """The names of which is said that they are positive or negative."""
    return [found[0] for said in reading.order if (found := signed(said)) is not None]


def positive_names(reading: Reading) -> list[Parts]:
    r"""The names of which is said that they are positive, `\lambda > 0`; none of which that is a case among others, “if $t > 0$”."""
    told = [(*found, said) for said in reading.order if (found := signed(said)) is not None]
    apart = {key(name) for name, positive, said in told if not positive or puts_as_case(said.span)}
    return [name for name, _, _ in told if key(name) not in apart]


def add_inequalities(reading: Reading, each: Statement) -> None:
    r"""The inequalities of a chain, `0 \le x \le 1`."""
    for at, relation in enumerate(each.relations):
        reading.claims.append((each.sides[at], INEQUALITIES[relation], each.sides[at + 1], each))


OF_NUMBERS = (
    r"\nabla", "gradient", "loss", "cost", "objective", "least squares", "error function", "minim", "maxim", "convex", "concav",
)  # fmt: skip


def wants_number(reading: Reading) -> bool:
    """Whether what is differentiated has to be a number: the words ask for its gradient or call it a loss, or it is to be minimised."""
    text = reading.source.text.lower()
    return reading.constrained or (not reading.document.is_formula and any(word in text for word in OF_NUMBERS))


LEAST = ("minim", r"\min", "argmin", "least")
GREATEST = ("maxim", r"\max", "argmax")


def sense_of(text: str) -> str:
    """Whether a text speaks of a minimum or a maximum; empty where it speaks of neither or of both."""
    text = text.lower()
    least, greatest = (any(word in text for word in words) for words in (LEAST, GREATEST))
    return "" if least == greatest else "min" if least else "max"
