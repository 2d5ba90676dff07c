r"""Formulas as LibreOffice can take them: what Pandoc makes of them for odt is MathML, of which LibreOffice reads less than a browser does.

A side that begins with a sign of equality loses it, a bar is taken for "divides" or "parallel" and loses what stands beside it, a bracket of
fixed size ends a table, and accents come with the circle that stands for a letter.
"""

from __future__ import annotations

import re

SIZED = r"\\(?:left|right|[bB]igg?[lrm]?)(?![a-zA-Z])\s*"
BAR = re.compile(rf"(?<!\\)(?:{SIZED})?(?:(?P<double>\\\||\\[lr]?Vert(?![a-zA-Z]))|(?:\\[lr]?vert(?![a-zA-Z])|\|))")
BIG = re.compile(r"\\[bB]igg?[lrm]?(?![a-zA-Z])\s*")
RELATION = re.compile(r"&(?=\s*(?:=|\\(?:approx|overset|stackrel|neq|leq?|geq?)(?![a-zA-Z])))")
ACCENT = re.compile(r"\\(?:wide)?(?P<name>hat|tilde|dot)(?![a-zA-Z])(?=\{)")
MARKS = {"hat": "ˆ", "tilde": "˜", "dot": "˙"}


def for_opendocument(formula: str) -> str:
    """The formula with bars as text, brackets of no fixed size, something before each sign of equality, and accents as marks above."""
    formula = BAR.sub(lambda match: r"\text{‖}" if match["double"] else r"\text{|}", formula)
    formula = RELATION.sub("&{}", BIG.sub("", formula))
    return ACCENT.sub(lambda match: rf"\overset{{\text{{{MARKS[match['name']]}}}}}", formula)
