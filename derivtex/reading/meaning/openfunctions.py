r"""A function of which only is said what it depends on: the loss L of `\delta = \frac{\partial L}{\partial y}`, `y = Wx + b`.

Where the derivative of such a name is asked for, it is `L = L(y)`: a number that depends on the variable through y alone. That is taken from a
derivative of L by y that stands somewhere, or from `L(y)`; where the words call it a loss, from the one name that all lead to.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.targets import asked_of_and_by, by_expectation, depends
from derivtex.reading.source.marks import latex
from derivtex.reading.source.vocabulary import bare_word, words
from derivtex.reading.syntax.declarations import Declaration, sized
from derivtex.reading.syntax.lefts import Left, as_name, is_name, left_side
from derivtex.reading.syntax.occurring import contains, derivatives_in
from derivtex.reading.syntax.questions import Question
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.written import bracketed, placed
from derivtex.reading.words.dependences import dependences

CALLED = frozenset("loss losses cost costs objective error criterion scalar".split())


def take_open_function(reading: Reading, of: str | None, wrt: str | None) -> None:
    """Define what is asked about, where nothing defines it, as a function of what its derivatives are by, which is said; of and wrt are what is
    asked from outside."""
    take_back_open(reading)
    what, by = asked_of_and_by(reading, of, wrt)
    name = left_side(what)
    if name is None or not by or not is_name(name.name) or is_known(reading, name) or by_expectation(reading, latex(name.name)) is not None:
        return
    argument = only_way(reading, name.name, by)
    if argument is None:
        return
    place = what[0].start if of is None else 0
    side = placed((*name.name, *bracketed(argument)), place)
    said = Statement((name.name, side), ("=",), reading.source, place, place + 1)
    reading.bodies[key(name.name)] = Body(Left(name.name), side, said)
    if key(name.name) not in map(key, (each.name for each in reading.declarations)):
        reading.declarations.append(Declaration(name.name, latex(name.name), "scalar", sized("scalar", []), (), None, said.span))


def take_back_open(reading: Reading) -> None:
    """Forget the `A = g(x)` of a g that nothing defines where the words say that A is a function of x: it tells no more than they do."""
    told = {(key(each.thing), key(each.argument)) for each in dependences(reading.document)}
    for label, body in list(reading.bodies.items()):
        call = left_side(body.side) if told and body.form == "symbol" else None
        argument = call.arguments[0] if call is not None and call.arguments and len(call.arguments) == 1 else ()
        if call is not None and (label, key(argument)) in told and not is_known(reading, call):
            del reading.bodies[label]


def only_way(reading: Reading, name: Parts, by: tuple[Parts, ...]) -> Parts | None:
    """The one name through which a number depends on the variables, which is said; None where there are several, or none is told."""
    through = list(between(reading, name, by))
    told = [each for each in through if not any(other is not each and depends(reading, other, each) for other in through)]
    found = told or (ends(reading, by) if is_called_loss(reading) else [])
    if len(found) != 1:
        return None
    why = "its derivative by that is spoken of" if told else "nothing else is said of it"
    reading.notes.append(f"{latex(name)} is a function of {latex(found[0])} that is left open: {why}")
    return found[0]


def is_known(reading: Reading, name: Left) -> bool:
    """Whether a name is defined, declared as no number, or the word of an operation, `\\operatorname{tr}(P)`."""
    if bare_word(latex(name.name)) in words():
        return True
    declared = {key(each.name) for each in reading.declarations if each.kind != "scalar"}
    return bool({key(name.name), key((as_name(name) if name.below else name).name)} & (reading.bodies.keys() | declared))


def gives_nothing(asked: Question, reading: Reading) -> bool:
    """Whether what is asked is what a function that is left open is told by: `\\frac{\\partial L}{\\partial Y}` of `L = L(Y)`."""
    body = reading.bodies.get(key(asked.of))
    return body is not None and any(key(body.side) == key((*asked.of, *bracketed(by))) for by in asked.by if by)


def between(reading: Reading, name: Parts, by: tuple[Parts, ...]) -> Iterator[Parts]:
    """The defined names by which a derivative of a name is written, or that stand in brackets behind it, and that depend on a variable."""
    found = [part for each in written_derivatives(reading) if key(each.of) == key(name) for part in each.by]
    for said in reading.expressions:
        left = left_side(said.sides[0])
        found += (left.arguments or ()) if left is not None and key(left.name) == key(name) else ()
    for part in {key(part): part for part in found}.values():
        body = reading.bodies.get(key(part))
        if body is not None and any(depends(reading, body.side, variable) for variable in by):
            yield part


def written_derivatives(reading: Reading) -> Iterator[Question]:
    """The derivatives that stand in any formula, alone or as a factor."""
    yield from (asked for asked, _, _ in reading.derivatives)
    for side in (side for said in reading.order for side in said.sides):
        yield from derivatives_in(side)


def ends(reading: Reading, by: tuple[Parts, ...]) -> list[Parts]:
    """The defined names that no other definition uses and that depend on a variable."""
    bodies = list(reading.bodies.values())
    return [
        body.left.name for body in bodies
        if any(depends(reading, body.side, variable) for variable in by) and not any(contains(other.side, body.left.name) for other in bodies)
    ]  # fmt: skip


def is_called_loss(reading: Reading) -> bool:
    """Whether the words speak of a loss."""
    return any(item.kind == "word" and item.text in CALLED for item in reading.document.items)
