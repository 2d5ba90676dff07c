r"""Formulas as LibreOffice can take them, which reads less of what Pandoc makes of them than a browser or Word does.

In odt they are MathML: a side that begins with a sign of equality loses it, a bar is taken for "divides" or "parallel" and loses what stands
beside it, a bracket of fixed size ends a table, and accents come with the circle that stands for a letter. In docx they are Word's: the marks
of aligned equations are shown as signs, brackets of fixed size as bars, a table loses its empty cells, and a formula ends before a bracket
that something is raised on.
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


ALIGNED = re.compile(r"\\begin\{aligned\}(?P<rows>.*?)\\end\{aligned\}", re.DOTALL)
MARK = re.compile(r"(?P<open>\\begin(?=\{)|\{)|(?P<close>\\end(?=\{)|\})|(?P<row>\\\\(?:\[[^]]*\])?)|\\.|(?P<cell>&)", re.DOTALL)
FIXED = re.compile(r"\\[bB]igg?(?P<side>[lr])(?![a-zA-Z])")
EMPTY = r"\text{ }"
COLUMNS = 3  # Pandoc makes aligned equations of a table of two


def for_docx(formula: str) -> str:
    """The formula with a table in the place of aligned equations, whose cells are never empty, and brackets that grow with what is in them."""
    return in_pairs(ALIGNED.sub(lambda match: table(match["rows"]), formula.replace(r"\log\det", rf"\log{EMPTY}\det")))


SIGN = re.compile(rf"{SIZED}(?:\\.|.)|\\[a-zA-Z]+|(?P<end>\\\\|&|\}})|\\.|(?P<begin>[({{\[])|(?P<close>[)\]])(?P<script>\s*[\^_])?", re.DOTALL)


def in_pairs(formula: str) -> str:
    """The formula with brackets that grow where something is raised on them; one whose partner stands elsewhere is text there."""
    opened: list[re.Match[str]] = []
    put: dict[int, str] = {}
    for sign in SIGN.finditer(formula):
        if sign["begin"]:
            opened.append(sign)
        elif sign["end"]:
            while opened and opened[-1]["begin"] != "{":
                opened.pop()
            if opened and sign["end"] == "}":
                opened.pop()
        elif sign["close"]:
            partner = opened.pop() if opened and opened[-1]["begin"] != "{" else None
            if sign["script"] and partner is not None:
                put |= {partner.start(): rf"\left{partner['begin']}", sign.start(): rf"\right{sign['close']}"}
            elif sign["script"]:
                put[sign.start()] = rf"\text{{{sign['close']}}}"
    return "".join(put.get(at, letter) for at, letter in enumerate(formula))


def table(rows: str) -> str:
    """The rows of aligned equations as a table: left sides, right sides, reasons."""
    lines = [row for row in cells(rows) if any(cell.strip() for cell in row)]
    full = [[cell for at, cell in enumerate(row) if at < 2 or cell.strip()] for row in lines]
    width = max(COLUMNS, *map(len, full)) if full else COLUMNS
    inside = [" & ".join(map(filled, row + [""] * (width - len(row)))) for row in full]
    return rf"\begin{{array}}{{r{'l' * (width - 1)}}}" + r" \\ ".join(inside) + r"\end{array}"


def cells(rows: str) -> list[list[str]]:
    """The cells of each row; what stands in braces or in an environment of its own stays whole."""
    found = [[""]]
    depth = last = 0
    for mark in MARK.finditer(rows):
        depth += bool(mark["open"]) - bool(mark["close"])
        if depth == 0 and (mark["cell"] or mark["row"]):
            found[-1][-1] += rows[last : mark.start()]
            last = mark.end()
            if mark["row"]:
                found.append([""])
            else:
                found[-1].append("")
    found[-1][-1] += rows[last:]
    return found


def filled(cell: str) -> str:
    """A cell that is not empty and begins with no sign."""
    sides = [match["side"] for match in FIXED.finditer(cell)]
    word = {"l": r"\left", "r": r"\right"} if sides.count("l") == sides.count("r") else {"l": "", "r": ""}
    cell = FIXED.sub(lambda match: word[match["side"]], cell).strip()
    return f"{EMPTY} {cell}" if RELATION.match(f"&{cell}") else cell or EMPTY
