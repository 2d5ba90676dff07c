r"""Rows of a table as sentences: “| $A$ | a symmetric matrix | $n \times n$ |” says “$A$: a symmetric matrix, ($n \times n$).”."""

from __future__ import annotations

EDGE, CELL = "|", "&"  # where a row begins or ends, and what stands between two of its cells


def row_mark(text: str, at: int, is_latex: bool) -> str:
    r"""What a sign is in a row of a table: an edge, a mark between cells, or nothing. In LaTeX `&` and `\\` are marks, elsewhere `|` on a line
    that begins and ends with one."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[first : last if last >= 0 else len(text)]
    if is_latex:
        ends = text.startswith("\\\\", at) and "&" in line
        return EDGE if ends else CELL if text[at] == "&" and text[at - 1 : at] != "\\" else ""
    bare = line.strip()
    if text[at] != "|" or len(bare) < 3 or bare[0] + bare[-1] != "||":
        return ""
    place = at - first - line.index("|")
    return EDGE if place in (0, len(bare) - 1) else CELL


def signs(mark: str, cells: int) -> tuple[tuple[str, str], ...]:
    """The kinds and texts of the stops and brackets that stand for a mark, behind so many marks between cells of its row: the second cell tells
    of the first one, the third adds to that in brackets."""
    if mark == EDGE:
        return ((("mark", ")"),) if cells > 1 else ()) + (("stop", "."),)
    return (("stop", ":"),) if cells == 0 else (("mark", "("),) if cells == 1 else (("mark", ","),)
