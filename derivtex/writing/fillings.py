"""The steps that lead to an author's lines, as plain data: the steps, and the derivation set for each place where a report is read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from derivtex.writing.content import content
from derivtex.writing.formula import Formulas
from derivtex.writing.page import render
from derivtex.writing.report import chain_steps

if TYPE_CHECKING:
    from derivtex.filling.gaps import Filling
    from derivtex.steps import Derivation

PLACES = {"tex": ("eqnarray", None), "markdown": ("aligned", "mathjax"), "html": ("aligned", "katex")}


def filled(filling: Filling, format_: str, template: str | None) -> dict[str, Any]:
    """What a report of a format tells of a filling: steps, how a wrong result compares, the lines, and for a page the whole derivation."""
    derivation = filling.derivation
    told: dict[str, Any] = {"steps": steps_of(derivation), "comparison": filling.comparison, "shown": [], "derivation": ""}
    if derivation is None:
        return told
    page = content(derivation)
    rows = [(line.left, line.relation, line.right, line.reason) for line in (*page.let, *page.chain)]
    told["shown"] = [dict(zip(("left", "relation", "right", "reason"), row, strict=True)) for row in rows]
    if format_ in PLACES:
        usual, profile = PLACES[format_]
        told["derivation"] = render(derivation, template or usual, profile)[0].strip("\n")
    return told


def steps_of(derivation: Derivation | None) -> list[dict[str, Any]]:
    """Every step as `derive --format json` has them."""
    if derivation is None:
        return []
    formulas = Formulas.of(derivation.problem)
    found = []
    for chain, certificates in zip(derivation.chains, derivation.certificates, strict=True):
        for step, tried in zip(chain_steps(chain, formulas), certificates, strict=True):
            found.append({**step, "confirmed": tried.confirmed, "error": tried.error if math.isfinite(tried.error) else None})
    return found
