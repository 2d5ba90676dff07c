r"""The rows and columns of a matrix, with what is left out: an empty cell is 0, and dots stand for what the cells around them tell.

column      \begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}                 the cells are alike but for an index
row         \begin{bmatrix} x_1 & \cdots & x_n \end{bmatrix}
diagonal    \begin{bmatrix} d_1 & & \\ & \ddots & \\ & & d_n \end{bmatrix}
corners     \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & & \vdots \\ a_{m1} & \cdots & a_{mn} \end{bmatrix}
"""

from __future__ import annotations

from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import MATRICES
from derivtex.reading.syntax.cursor import Cursor, split
from derivtex.reading.syntax.series import run_of_terms
from derivtex.reading.syntax.tree import Node

Cell = tuple[Token, ...]
DOTS = (r"\ldots", r"\vdots", r"\ddots")


def grid(cursor: Cursor, token: Token) -> Node:
    """A matrix in an environment."""
    if token.text not in MATRICES:
        raise cursor.problem(
            rf"\begin{{{token.text}}} is not expected inside a formula", "give its lines as formulas of their own", token
        )
    inner = token.inner[1:] if token.text == "array" and token.inner and token.inner[0].kind == "group" else token.inner
    rows = [split(row, "&") for row in split(inner, "\\\\") if row]
    width = max(map(len, rows), default=0)
    if not width:
        raise cursor.problem("a matrix has no entries", "write its entries between & and \\\\", token)
    cells = [[*row, *((),) * (width - len(row))] for row in rows]
    if any(is_dots(cell) for row in cells for cell in row):
        return with_dots(cursor, cells, token)
    parts = tuple(cursor.within(cell).whole() if cell else Node("empty", token.start, token.end) for row in cells for cell in row)
    return Node("grid", token.start, token.end, "|" if token.text == "vmatrix" else "", parts, across=width)


def is_dots(cell: Cell) -> bool:
    return len(cell) == 1 and cell[0].is_mark(*DOTS)


def with_dots(cursor: Cursor, cells: list[list[Cell]], token: Token) -> Node:
    """The vector or matrix that cells around dots tell. Raises SyntaxProblem where they do not."""
    columns = [list(column) for column in zip(*cells, strict=True)]
    found = None
    if len(columns) == 1:
        found = listed(cursor, columns[0], "column")
    elif len(cells) == 1:
        found = listed(cursor, cells[0], "row")
    elif is_diagonal(cells):
        found = listed(cursor, [row[at] for at, row in enumerate(cells)], "diagonal")
    elif all(is_dots(cell) or not cell for row in cells for cell in row if row[0] and is_dots(row[0])):
        found = corners(cursor, [row for row in cells if row[0] and not is_dots(row[0])], columns[0])
    if found is None or token.text == "vmatrix":
        way_out = r"write the cells beside them alike: x_1 \\ \vdots \\ x_n"
        raise cursor.problem("it is not told what the dots in this matrix stand for", way_out, token)
    return found._replace(start=token.start, end=token.end)


def is_diagonal(cells: list[list[Cell]]) -> bool:
    """Whether dots stand on the diagonal, and nothing, 0 or dots beside it."""
    if len(cells) != len(cells[0]) or not any(is_dots(row[k]) for k, row in enumerate(cells)):
        return False
    beside = [cell for at, row in enumerate(cells) for k, cell in enumerate(row) if k != at]
    return all(not cell or is_dots(cell) or [each.text for each in cell] == ["0"] for cell in beside)


def listed(cursor: Cursor, cells: list[Cell], form: str) -> Node | None:
    """Cells that are alike but for an index, dots among them, as one cell for every value of the index."""
    at = next((k for k, cell in enumerate(cells) if is_dots(cell)), 0)
    if at == 0 or at != len(cells) - 2:
        return None
    run = run_of_terms(cells[:at], cells[-1])
    if run is None or run[0] != at:
        return None
    _, body, index, last = run
    return over_cells(cursor.within(body).whole(), form, index, last)


def over_cells(body: Node, form: str, index: Token, last: Token) -> Node:
    place = index._replace(inner=())
    below = (place, Token("mark", "=", index.start, index.end), *index.inner)
    return Node("listed", body.start, body.end, form, (body,), below=below, above=last.inner or (last,))


def corners(cursor: Cursor, rows: list[list[Cell]], first: list[Cell]) -> Node | None:
    """The matrix of which the first and the last row and column are told."""
    if not any(is_dots(cell) for cell in first) or len(rows) < 2:
        return None
    across = [run_of_terms(row[: len(row) - 2], row[-1]) for row in rows if is_dots(row[-2])]
    if len(across) != len(rows) or any(run is None or run[0] != len(rows[0]) - 2 for run in across):
        return None
    (_, begin, column, right), (_, end, *_) = (run for run in (across[0], across[-1]) if run is not None)
    down = run_of_terms([begin], end)
    if down is None:
        return None
    _, body, row, bottom = down
    if body == begin:
        return None
    return over_cells(over_cells(cursor.within(body).whole(), "row", column, right), "column", row, bottom)
