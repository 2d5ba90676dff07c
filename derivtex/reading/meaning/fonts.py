r"""A name in another font than it is declared in: `\beta = A^T y` beside a declared `\vec\beta`."""

from __future__ import annotations

from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.lefts import Left
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.occurring import marks_within
from derivtex.reading.syntax.tree import Parts, key


def declared_alike(declarations: list[Declaration], left: Left, side: Parts) -> Declaration | None:
    """The only declared name that differs from a defined one in its font alone, where it does not stand on the right."""
    letter = bare_letter(key(left.name))
    if not letter or left.below or left.arguments is not None or letter in marks_within(side):
        return None
    alike = [each for each in declarations if each.kind not in ("scalar", "function") and bare_letter(key(each.name)) == letter]
    return alike[0] if len(alike) == 1 and alike[0].family is None else None
