r"""Where a derivative is taken, as a bar behind it says: `\nabla f(x)|_{x=a}`, `\left.\frac{dy}{dx}\right|_{x=0}`,
`\frac{d}{dt}\big|_{t=0} f(t)`."""

from __future__ import annotations

from derivtex.reading.syntax.lists import by_commas, by_marks
from derivtex.reading.syntax.tree import Parts

BARS = ("|", "]")
Place = tuple[Parts, Parts]  # a name and what it is there


def without_place(side: Parts) -> Parts:
    """A side without the bar behind it that says where it is taken; any other side as it is."""
    return parted(side)[0]


def places_in(side: Parts) -> tuple[Place, ...]:
    """The names that a bar behind a side says the values of."""
    return parted(side)[1]


def parted(side: Parts) -> tuple[Parts, tuple[Place, ...]]:
    if len(side) > 6 and side[0].is_mark(r"\frac") and side[3].text == "|" and side[4].is_mark("_"):  # the operator before what it is of
        rest, below = (*side[:3], *side[6:]), side[5]
    elif len(side) > 3 and side[-2].is_mark("_") and side[-3].text in BARS and not is_closed(side[:-2]):
        rest, below = side[:-3], side[-1]
    else:
        return side, ()
    told = [by_marks(each, "=") for each in by_commas(below.inside)]
    if not all(len(each) == 2 and all(each) for each in told):
        return side, ()
    return rest, tuple((each[0], each[1]) for each in told)


def is_closed(parts: Parts) -> bool:
    """Whether the last bar closes one that stands before it, as in `|x|_2`, or the bracket `[x]_2`."""
    if parts[-1].text == "]":
        return sum(token.nesting for token in parts) == 0
    return sum(token.text == "|" for token in parts) % 2 == 0
