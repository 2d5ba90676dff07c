"""How a derivation is to be written, besides the template and the place."""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import UsageError
from derivtex.options import values
from derivtex.writing.widths import COLUMN, RELATION, ROOM
from derivtex.writing.wording import USUAL, Wording

REASONS, NUMBERS, LEMMAS, AUDIENCES = (values(name) for name in ("reasons", "numbers", "lemmas", "audience"))
CITES = ("", *values("cite")[1:])
NARROWEST = 120
XCOLOR = frozenset("black blue brown cyan darkgray gray green lightgray lime magenta olive orange pink purple red teal violet white yellow".split())


class Manner(NamedTuple):
    r"""reasons: beside their lines, below with a mark over the sign, in the margin as numbers, or none.

    wording: the words. cite: the source behind each reason, in words or as `\cite` keys. width: how wide a line may be, in points.
    relation: how wide a sign of equality is with what stands around it. column: whether the place has one for the reasons.
    colors: (name, colour) pairs; a name is a letter or a differential as it is printed. box: whether a frame stands around the result;
    frame: the frame.
    both_layouts: whether the result is also told in the layout that was not asked for.
    label: gives the display a number to refer to; numbers: one for the chain, or one for each line.
    lemmas: why rules are true is told of the one that is the whole question (first), of each that has one (always), or never.
    audience: for a student a sentence says why each move is made that is not obvious, and what the layout means.
    """

    reasons: str = "beside"
    wording: Wording = USUAL
    cite: str = ""
    width: float = ROOM
    relation: float = RELATION
    column: bool = True
    colors: tuple[tuple[str, str], ...] = ()
    box: bool = False
    frame: tuple[str, str] = (r"\boxed{", "}")
    label: str = ""
    both_layouts: bool = False
    numbers: str = "chain"
    lemmas: str = "first"
    audience: str = "expert"

    def checked(self) -> Manner:
        """The same. Raises UsageError where something cannot be."""
        chosen = (("reasons", self.reasons, REASONS), ("cite", self.cite, CITES), ("numbers", self.numbers, NUMBERS), ("lemmas", self.lemmas, LEMMAS),
                  ("audience", self.audience, AUDIENCES))  # fmt: skip
        for name, value, choices in chosen:
            if value not in choices:
                raise UsageError(f"{name} cannot be {value}", way_out=f"it can be {', '.join(filter(None, choices))}")
        if self.width < NARROWEST:
            way_out = f"{NARROWEST} is the least, {ROOM:g} that of an article, {COLUMN:g} a column's"
            raise UsageError(f"a line of {self.width:g} points is too narrow", way_out=way_out)
        for name, color in self.colors:
            if not name or not color.replace("!", "").isalnum():
                raise UsageError(f"{name}={color} is no colour for a name", way_out="write it like --color dX=red")
        if not all(character.isalnum() or character in ":-_./" for character in self.label):
            raise UsageError(f"{self.label} cannot be a label", way_out="letters, digits and : - _ . / can, as in eq:gradient")
        return self


def unknown_colors(manner: Manner) -> list[str]:
    """The colours that xcolor does not know without an option: a document may define them."""
    parts = [(color, part) for _, color in manner.colors for part in color.split("!")]
    return list(dict.fromkeys(color for color, part in parts if not part.isdigit() and part not in XCOLOR))


def color_of(text: str) -> tuple[str, str]:
    """`dX=red` as a pair. Raises UsageError."""
    name, equals, color = text.partition("=")
    if not equals:
        raise UsageError(f"{text} is no colour for a name", way_out="write it like --color dX=red")
    return name.strip(), color.strip()


def points_of(text: str) -> float:
    """`345` or `column` in points. Raises UsageError."""
    try:
        return COLUMN if text == "column" else float(text)
    except ValueError:
        raise UsageError(f"{text} is no width", way_out=f"give points, as {ROOM:g}, or column") from None
