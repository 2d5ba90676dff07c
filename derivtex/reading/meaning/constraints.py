"""Equations that bind the variable of a stationary point: those of the source, and those that are given beside it."""

from __future__ import annotations

from derivtex.core.errors import Source, UsageError
from derivtex.reading.meaning.roles import is_product_with
from derivtex.reading.meaning.sorting import add_claims
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.statements import statements


def bound(reading: Reading, wrt: str | None, subject_to: tuple[str, ...]) -> None:
    """Take the equations about the variable for constraints, `Ax = b` among them, and add those that are given beside the source."""
    reading.constrained = True
    asked = (tuple(tokens(Source(wrt, "<wrt>"), macros=reading.macros)),) if wrt else reading.objective
    for label, body in list(reading.bodies.items()):
        if is_product_with(body, asked):
            del reading.bodies[label]
            add_claims(reading, body.said._replace(relations=body.said.relations[:1]), 0)
    for text in subject_to:
        source = Source(text, "<subject to>")
        for each in statements(tokens(source, macros=reading.macros), source, lines=True):
            if each.relations != ("=",):
                raise UsageError(f"a constraint is an equation: {text}", way_out="give it as g(x) = 0 or Ax = b")
            add_claims(reading, each, 0)
            reading.order.append(each)


LEAST = ("minim", r"\min", "argmin", "least")
GREATEST = ("maxim", r"\max", "argmax")


def sense_of(text: str) -> str:
    """Whether a text speaks of a minimum or a maximum; empty where it speaks of neither or of both."""
    text = text.lower()
    least, greatest = (any(word in text for word in words) for words in (LEAST, GREATEST))
    return "" if least == greatest else "min" if least else "max"
