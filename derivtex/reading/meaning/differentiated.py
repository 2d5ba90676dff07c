r"""What is told of names by their being differentiated: the L of `\frac{\partial L}{\partial W}` is a number, the t of `\frac{dA}{dt}` too."""

from __future__ import annotations

from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.lefts import inside_log, left_side
from derivtex.reading.syntax.occurring import count
from derivtex.reading.syntax.questions import Question, questions_in
from derivtex.reading.syntax.scripts import are_letters, each_of, within
from derivtex.reading.syntax.tree import Parts, key

BOLD = (r"\mathbf", r"\boldsymbol", r"\bm")


def note_numerator(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""What is differentiated and neither declared nor defined is a number; so is what a logarithm is taken of, `\frac{d\log T}{dX}`."""
    of = inner_name(asked.of)
    name = key(of)
    known = name in reading.bodies or name in scope.declared or name in scope.functions
    if reading.asserted and name[:1] and name[0] in BOLD:  # a bold letter of an author's line is as drawn
        return
    if len(of) > 1 and any(key(each) == key(by) for each in each_of(of) for by in asked.by):
        return  # `\frac{\partial Ax}{\partial x}`: what has the variable in it is a product
    if left_side(of) is not None and not known and not is_made_use_of(reading, asked.of):
        scope.kinds.setdefault(name, "scalar")
        if len(asked.of) > 1 and are_letters(asked.of) and not any(key(each) in {*scope.declared, *reading.bodies} for each in each_of(asked.of)):
            scope.lexicon.add(asked.of, latex(asked.of))  # `\frac{dCE}{dy}`: no product is differentiated so


def inner_name(of: Parts) -> Parts:
    r"""What is differentiated; of `\log T` the T."""
    return (inside_log(of) if len(of) == 2 else ()) or of


def note_parameter(reading: Reading, scope: Scope, asked: Question) -> None:
    r"""The t of `\frac{dA}{dt}`, where A is made use of and t stands nowhere but below a d, is a number."""
    name = key(asked.by[0]) if len(asked.by) == 1 else ()
    if len(name) != 1 or name in scope.declared or name in reading.bodies or not is_made_use_of(reading, asked.of):
        return
    sides = [side for said in reading.order for side in said.sides]
    if sum(count(side, name) for side in sides) == sum(name == key(each.by[0]) for side in sides for each in questions_in(side, r"\frac") if each.by):
        scope.kinds.setdefault(name, "scalar")


def is_made_use_of(reading: Reading, name: Parts) -> bool:
    r"""Whether what is differentiated stands in a definition as well, as the K of `\log|K|` beside `\frac{\partial K}{\partial\theta}`."""
    return any(key(name)[:1] == key(within(each)) for body in reading.bodies.values() for each in each_of(body.side)) if name else False
