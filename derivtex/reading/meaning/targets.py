"""What a derivative is of, where it is asked for: the formula that a request names, or the nearest one that can be meant.

Nothing here reads terms: names are compared by their marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import DerivtexError, Expectation, Source, SourceError, Span
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.marks import GREEK, latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.data import has_expectation
from derivtex.reading.syntax.declarations import base_of
from derivtex.reading.syntax.gradients import direction
from derivtex.reading.syntax.lefts import Left, is_name, left_side
from derivtex.reading.syntax.letters import CONSTANTS, conventional_kind, letters_in, usual_unknown, vector_of_form
from derivtex.reading.syntax.lists import by_commas, is_balanced
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.variables import behind_goal, is_hatted, is_objective, objective, occurring_base
from derivtex.reading.words.binding import SENTENCE_ENDS


def asked_of_and_by(reading: Reading, of: str | None, wrt: str | None) -> tuple[Parts, tuple[Parts, ...]]:
    """What is differentiated, and by what: as it is asked from outside, else in the source."""
    asked = reading.questions[0][0] if reading.questions else None
    what, by = (asked.of, asked.by) if asked is not None else (reading.objective_of, reading.objective)
    what = what if of is None else tokens(Source(of, "<of>"), macros=reading.macros)
    return what, by if wrt is None else variables_named(reading, wrt)


def variables_named(reading: Reading, wrt: str) -> tuple[Parts, ...]:
    """The variables that are named from outside, between commas."""
    return tuple(part for part in by_commas(tokens(Source(wrt, "<wrt>"), macros=reading.macros)) if part)


def first_side(reading: Reading, of: Parts) -> Parts:
    """Of `f = x^TAx,\\ x > 0`, as somebody may write what is differentiated, the f: the first side of the statement."""
    said = next((said for said in reading.order if of and said.sides[0] and said.start == of[0].start and said.sides[0][-1].end <= of[-1].end), None)
    if said is None:
        return value_named(reading, of)
    parts = said.sides[0]
    return objective(parts)[1] if is_objective(parts) else behind_goal(parts) or parts


def value_named(reading: Reading, of: Parts) -> Parts:
    r"""The s of `s = g(T(t))` where the derivative of the g is asked for, of which only `g : \mathbb{R}^n \to \mathbb{R}` is told."""
    left = left_side(of)
    maps = [split_at(said.sides[0], ":")[0] for said in reading.order if said.relations[:1] in ((r"\to",), (r"\rightarrow",))]
    if left is None or left.arguments is not None or key(left.name) in reading.bodies or key(left.name) not in map(key, maps):
        return of
    calls = [(body, left_side(body.side)) for body in reading.bodies.values()]
    found = [body.left.name for body, call in calls if call is not None and call.arguments and key(call.name) == key(left.name)]
    return found[0] if len(found) == 1 else of


def with_variable(reading: Reading, of: Parts, by: tuple[Parts, ...]) -> Parts:
    """What is differentiated; of an expression without the variable, `e'e`, the next side of the chain that begins with it,
    `(y-Xb)'(y-Xb)`."""
    if not of or not by or left_side(of) is not None or depends(reading, of, by[0]):
        return of
    if len(of) > 2 and of[0].text == "(" and of[-1].text == ")":
        of = of[1:-1]
    chains = [said for said in reading.order for side in said.sides[:-1] if key(first_side(reading, side)) == key(of)]
    sides = [side for said in chains for side in said.sides[1:] if depends(reading, side, by[0])]
    return sides[0] if sides else of


def whole(reading: Reading, of: Parts, name: Parts) -> Parts:
    """A variable of a second derivative: of an entry `x_j`, of which the Hessian has all, the x that stands in what is differentiated."""
    base = base_of(name)
    return base if len(base) < len(name) and depends(reading, of, base) and not contains(of, name) else name


def by_its_letter(reading: Reading, of: Parts) -> tuple[Parts, ...]:
    """The one name in what is differentiated, in what that is made of, or in what it is said to be equal to, that is usually unknown: an x,
    else a w."""
    inside = [body.side for body in reading.bodies.values() if contains(of, body.left.name)]
    equal = [side for said in reading.order if of and key(first_side(reading, said.sides[0])) == key(of) for side in said.sides[1:]]
    sides = (*inside, *equal) if key(of) in reading.bodies else (of, *inside, *equal)
    likely = (name for find in (usual_unknown, vector_of_form) for side in sides if (name := find(side)))  # of e^Te = (y - Xb)^T(y - Xb) the b
    name = next(likely, ()) if of and not reading.asserted else ()
    if not name:
        only = {key(each): each for each in letters_in(of) if key(each) not in CONSTANTS and any(map(is_of_name, key(each)))}
        return tuple(only.values()) if len(only) == 1 and key(of) not in reading.bodies else ()
    reading.notes.append(f"nothing says by what is differentiated: it is taken to be {latex(name)}, as usual")
    return (name,)


def is_of_name(mark: str) -> bool:
    """Whether a mark is a letter that names something, and no sign of the transpose."""
    return (mark.isalpha() or mark in GREEK) and (mark,) not in TRANSPOSES


def take_meant_definition(reading: Reading, of: Parts, by: tuple[Parts, ...]) -> None:
    """Of several definitions of one name make that one its body which has as many arguments as what is asked about, and the variable: of
    `f(x) = …` and `f(x, Y) = …` the second one, where the derivative of f is by Y."""
    left = left_side(of)
    body = reading.bodies.get(key(left.name)) if left is not None else None
    if left is None or body is None or fits(reading, body.left, body.side, left, by):
        return
    for claim in reading.claims:
        side, relation, right, said = claim
        other = left_side(side)
        again = other is not None and relation in ("=", ":=") and key(other.name) == body.key and said.sides[0] == side
        if other is not None and again and fits(reading, other, right, left, by):
            reading.claims.remove(claim)
            reading.claims.append((body.said.sides[0], "=", body.side, body.said))
            reading.bodies[body.key] = Body(other, right, said)
            reading.notes.append(f"{latex(left.name)} is given twice: the one that is meant has what the derivative is by")
            return


def fits(reading: Reading, left: Left, side: Parts, asked: Left, by: tuple[Parts, ...]) -> bool:
    """Whether a definition has as many arguments as what is asked about, and the variables."""
    alike = not asked.arguments or not left.arguments or len(asked.arguments) == len(left.arguments)
    return alike and all(depends(reading, side, name) for name in by)


def nearest(reading: Reading, by: tuple[Parts, ...], place: int, leads: bool) -> Parts:
    """What is differentiated where a request at a place does not name it: the nearest formula in which the variable occurs, displayed ones
    first; leads: whether the words lead on to a formula."""
    things = [(said, of) for said, of in differentiable(reading, by) if not by or any(depends(reading, of, name) for name in by)]
    things = sorted([*things, *(random_objectives(reading, by) if leads else ())], key=lambda each: each[0].start)
    things = [each for each in things if not is_prediction(reading, *each)] or things
    defined = [each for each in things if left_side(each[1]) is not None] if not by else []
    things = defined or things  # “how do I differentiate it” is of a function, not of a term that is mentioned
    before = [each for each in things if each[0].start < place]
    behind = [each for each in things if each[0].start >= place]
    near = behind[:1] if leads and behind and close(reading, place, behind[0][0].start) else []
    shown = [each for each in before if is_displayed(reading, each[0])]
    chosen = near or shown[-1:] or before[-1:] or [each for each in behind if left_side(each[1]) is not None][:1] or behind[:1]
    return chosen[0][1] if chosen else ()


def is_prediction(reading: Reading, said: Statement, of: Parts) -> bool:
    r"""Whether a definition in the words is of a prediction, “the predicted values $\hat{y} = Xw$”, which is no goal."""
    return is_hatted(of) and conventional_kind(key(of)) == "vector" and not is_displayed(reading, said)


def random_objectives(reading: Reading, by: tuple[Parts, ...]) -> Iterator[tuple[Statement, Parts]]:
    """The names that are given by an expectation in which a variable stands, as what is minimised may be: `J = E[e^2]`."""
    for said in reading.order:
        given = said.relations[:1] in (("=",), (":=",)) and all(map(has_expectation, said.sides[1:])) and left_side(said.sides[0]) is not None
        if given and any(depends(reading, side, name) for side in said.sides[1:] for name in by):
            yield said, said.sides[0]


def differentiable(reading: Reading, by: tuple[Parts, ...]) -> list[tuple[Statement, Parts]]:
    """The formulas that can be meant, in order: definitions that no other uses, expressions; where none is displayed, what a chain begins with
    whose other side has the variable too, so that it is no condition on it. A name that the words mention is none.
    """
    bodies = list(reading.bodies.values())
    found = [
        (body.said, body.left.name)
        for body in bodies
        if not any(other is not body and contains(other.side, body.left.name) for other in bodies) and body.form != "entries"
        and question(body.side) is None and not explains(reading, body)
    ]
    found += [(said, said.sides[0]) for said in reading.expressions if len(said.sides[0]) > 2 and not is_name(said.sides[0])]
    found = [each for each in found if is_balanced(each[1]) and not is_along_direction(reading, each[1])]
    if not any(is_displayed(reading, said) for said, _ in found):
        claimed = {said.start for _, _, right, said in reading.claims if not by or any(depends(reading, right, name) for name in by)}
        claimed -= {said.start for _, said, _ in reading.derivatives}
        found += [(said, said.sides[0]) for said in reading.order if said.start in claimed and len(said.sides[0]) > 2]
    return sorted(found, key=lambda each: each[0].start)


def is_along_direction(reading: Reading, of: Parts) -> bool:
    """Whether this is the derivative of a defined function along a direction, `Df(X)[H]`: it is what is asked for, and not differentiated."""
    asked = direction(of)
    return asked is not None and key(asked.of) in reading.bodies


def explains(reading: Reading, body: Body) -> bool:
    """Whether a definition tells what a name is in a formula before it in its sentence: “the likelihood is $…C…$ with $C = WW^T$”."""
    text, begin = reading.source.text, body.said.start
    return any(
        said.start < begin and contains(said.sides[0], body.left.name) and not any(end in text[said.end : begin] for end in SENTENCE_ENDS)
        for said in reading.expressions
    )


def depends(reading: Reading, of: Parts, name: Parts) -> bool:
    """Whether a name stands in what is differentiated, or in what that is made of."""
    bare = occurring_base(name)
    waiting, seen = [of], set[Key]()
    while waiting:
        side = waiting.pop()
        if contains(side, bare) and side is not name:
            return True
        for body in reading.bodies.values():
            if body.key not in seen and contains(side, body.left.name):
                seen.add(body.key)
                waiting.append(body.side)
    return False


def refuse_unread(reading: Reading, name: str, body: Body | None = None) -> None:
    """Raise the fault of the formula that gives a name first, where that could not be read: `f(x) = …`; what is said of it later is no definition."""
    for said, error in reading.faults:
        left, relation, _ = said.latex.partition("=")
        if relation and left.partition("(")[0].strip() == name and (body is None or said.start < body.said.start):
            raise error


def refuse_unread_name(reading: Reading, parts: Parts) -> None:
    """The same of what stands for such a name, `f` or `f(x)`; and of one that is given by an expectation alone."""
    left = left_side(parts)
    if left is None or key(left.name) in reading.bodies:
        return
    refuse_unread(reading, latex(left.name))
    if (given := by_expectation(reading, latex(left.name))) is not None:
        raise given


def by_expectation(reading: Reading, name: str = "", of: Parts = ()) -> Expectation | None:
    """The error for a name, or any, that is given by an expectation alone; None where none is. of: what has to stand in the expectation."""
    for said in reading.order:
        given = said.relations[:1] in (("=",), (":=",)) and all(map(has_expectation, said.sides[1:]))
        left = left_side(said.sides[0]) if given else None
        if left is not None and latex(left.name) == (name or latex(left.name)) and (not of or any(contains(side, of) for side in said.sides[1:])):
            return Expectation(
                f"{latex(said.sides[0])} is given by an expectation alone, of which no rule knows the derivative", span=said.span,
                way_out="ask for the derivative of what stands inside, or write the expectation out, with names for the moments, R = E[xx^T]",
            )  # fmt: skip
    return None


def nothing_to_differentiate(reading: Reading) -> DerivtexError:
    """What is said where a source has nothing that can be differentiated: which formula could not be read, or is an expectation."""
    if reading.faults:
        return reading.faults[0][1]
    way_out = "give a formula or a definition, f = …"
    return by_expectation(reading) or SourceError("there is nothing to differentiate", way_out=way_out, span=Span(reading.source, 0, 1))


def is_displayed(reading: Reading, said: Statement) -> bool:
    return any(block.display and block.start <= said.start < block.end for block in reading.document.blocks if block.kind == "formula")


def close(reading: Reading, place: int, start: int) -> bool:
    """Whether hardly more than a remark in brackets stands between a request and a formula."""
    return len(reading.source.text[place:start]) < 120
