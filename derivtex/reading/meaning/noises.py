r"""The noise of a model: of `y = X\beta + \varepsilon` beside `\varepsilon^T\varepsilon`, which is to be made small, \varepsilon is y - X\beta."""

from __future__ import annotations

from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.source.marks import latex
from derivtex.reading.syntax.data import noise_in, residuals
from derivtex.reading.syntax.declarations import base_of
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.occurring import contains
from derivtex.reading.syntax.tree import Parts, key

NOISES = frozenset("e E r".split()) | {r"\epsilon", r"\varepsilon", r"\eta", r"\xi"}


def take_noise(reading: Reading, of: Parts, by: tuple[Parts, ...]) -> None:
    """Turn a model whose noise is in what is differentiated, by something else, and whose data are not, into the definition of the noise;
    which is said."""
    for label, body in list(reading.bodies.items()):
        noise = noise_in(body.side) if body.form == "symbol" and body.left.arguments is None else ()
        left = left_side(noise) if noise and bare_letter(key(noise[:1])) in NOISES else None
        if left is None or key(left.name) in {*reading.bodies, *map(key, by)}:
            continue
        if not contains(of, left.name) or contains(of, base_of(body.left.name)):
            continue
        data = body.said.sides[0]
        rest = residuals(data, body.side[: -len(noise) - 1])[0]
        del reading.bodies[label]
        reading.bodies[key(left.name)] = Body(left, rest, body.said)
        reading.notes.append(f"{latex(noise)} is what {body.said.latex.strip()} leaves, {latex(rest)}")
