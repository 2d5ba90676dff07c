r"""Matrices, and what dots stand for in them, in lists and in sums.

`x_1 B_1 + x_2 B_2 + \ldots + x_p B_p` is the sum over i of x_i B_i, a column with `\vdots` the vector of such entries. What stands before and
behind the dots must be the same marks but for its indices: a number before, which the last one replaces by the last index. They are compared
as tokens, before there is any meaning.
"""

from __future__ import annotations

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import MATRICES
from derivtex.reading.syntax.cursor import Cursor, split
from derivtex.reading.syntax.tree import Node, Parts, Script, key

LETTERS = ("i", "j", "k", "l", "s", "t", "r")


def run_of_terms(before: list[Parts], last: Parts) -> tuple[int, Parts, Token, Token] | None:
    """How many of the terms before the dots belong to the run, one of its terms with a letter for its index, the letter with the
    first index, and the last one; None where the terms are not alike."""
    if not before:
        return None
    pair = difference(before[-1], last)
    if pair is None or not pair[0].text.isdigit():
        return None
    width, first = 1, pair[0]
    while width < len(before):
        earlier = difference(before[-1 - width], last)
        if earlier is None or not earlier[0].text.isdigit() or int(earlier[0].text) != int(first.text) - 1:
            break
        width, first = width + 1, earlier[0]
    used = set(key((*before[-1], *last)))
    letter = next((letter for letter in LETTERS if letter not in used), None)
    if letter is None:
        return None
    index = Token("letter", letter, first.start, first.end)
    return width, with_index(before[-width], last, index), index._replace(inner=(first,)), pair[1]


def difference(one: Parts, other: Parts) -> tuple[Token, Token] | None:
    """The single pair of marks by which two terms differ, wherever they do; None when they differ otherwise, or not at all."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Token, Token]] = {}
    return next(iter(found.values())) if collect(one, other, found) and len(found) == 1 else None


def collect(one: Parts, other: Parts, found: dict[tuple[str, tuple[str, ...]], tuple[Token, Token]]) -> bool:
    if len(one) != len(other):
        return False
    for mine, its in zip(one, other, strict=True):
        if key((mine,)) == key((its,)):
            continue
        if mine.kind == its.kind == "group" and len(mine.inner) == len(its.inner):
            if not collect(mine.inner, its.inner, found):
                return False
        elif mine.kind in ("digit", "letter", "macro") and its.kind in ("digit", "letter", "macro", "group"):
            found.setdefault((mine.text, key((its,))), (mine, its))
        else:
            return False
    return True


def with_index(one: Parts, other: Parts, index: Token) -> Parts:
    """A term with a letter in every place where it differs from the last one."""
    result: list[Token] = []
    for mine, its in zip(one, other, strict=True):
        if key((mine,)) == key((its,)):
            result.append(mine)
        elif mine.kind == "group" and its.kind == "group":
            result.append(mine._replace(inner=with_index(mine.inner, its.inner, index)))
        else:
            result.append(index._replace(start=mine.start, end=mine.end))
    return tuple(result)


def letters_of(node: Node) -> tuple[str, ...]:
    """The indices of the sum that a term is, or ends with; the k of a sum over j ≠ k is none."""
    while node.form == "chain":
        node = node.parts[-1]
    found: tuple[str, ...] = ()
    while node.form == "over":
        end = next((at for at, token in enumerate(node.below) if token.is_mark("=", r"\in", r"\ne", r"\neq")), len(node.below))
        found = (*found, *(token.text for token in node.below[:end] if token.kind == "letter"))
        node = node.parts[0]
    return found


def stands_in(letters: tuple[str, ...], parts: Parts) -> bool:
    """Whether an index stands in a script of a term that has no sum over it of its own."""
    stack, found = [parts], False
    while stack:
        current = stack.pop()
        for token, before, sign in zip(current, (None, *current), (None, None, *current), strict=False):
            inner = token.inner or (token,)
            if before is not None and before.is_mark("_", "^") and any(part.text in letters for part in inner):
                if sign is not None and sign.is_mark(r"\sum", r"\prod"):
                    return False
                found = True
            if token.inner:
                stack.append(token.inner)
    return found


def with_more(node: Node, terms: list[Node], signs: list[str]) -> Node:
    """A term with more terms inside the sum that it ends with."""
    end = terms[-1].end
    if node.form in ("chain", "over") and (node.form == "chain" or node.parts[0].form == "over"):
        return node._replace(end=end, parts=(*node.parts[:-1], with_more(node.parts[-1], terms, signs)))
    (body,) = node.parts
    first, marks = ((body.parts, body.marks) if body.form == "sum" else ((body,), ("+",)))
    return node._replace(end=end, parts=(Node("sum", body.start, end, parts=(*first, *terms), marks=(*marks, *signs)),))


Cell = Parts
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
    return Node("listed", body.start, body.end, form, (body,), below=below, above=Script(last.inner or (last,)))


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
