"""The steps that lead to an author's lines, as plain data: the steps, and the derivation set for each place where a report is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivtex.writing.content import content
from derivtex.writing.formula import Formulas
from derivtex.writing.page import render
from derivtex.writing.report import steps

if TYPE_CHECKING:
    from derivtex.filling.gaps import Filling

PLACES = {"tex": ("eqnarray", None), "markdown": ("aligned", "mathjax"), "html": ("aligned", "katex")}


def filled(filling: Filling, format_: str, template: str | None) -> dict[str, Any]:
    """What a report of a format tells of a filling: steps, how a wrong result compares, the lines, and for a page the whole derivation."""
    derivation = filling.derivation
    told: dict[str, Any] = {"steps": [], "comparison": filling.comparison, "shown": [], "derivation": ""}
    if derivation is None:
        return told
    told["steps"] = steps(derivation, Formulas.of(derivation.problem))
    page = content(derivation)
    rows = [(line.left, line.relation, line.right, line.reason) for line in (*page.let, *page.chain)]
    told["shown"] = [dict(zip(("left", "relation", "right", "reason"), row, strict=True)) for row in rows]
    if format_ in PLACES:
        usual, profile = PLACES[format_]
        told["derivation"] = render(derivation, template or usual, profile)[0].strip("\n")
    return told
