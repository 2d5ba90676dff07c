r"""What the listings of a document say about shapes: `X = np.random.rand(4, 6)`, `w = zeros(n, 1)`, `h.shape == (n,)`.

Only an assignment of an array that is made with its sizes, or a line about `.shape`, is understood; everything else in a listing is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, digits

from derivtex.core.errors import Span
from derivtex.core.shapes import ONE, Dim
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.marks import latex
from derivtex.reading.source.plainformulas import closing
from derivtex.reading.syntax.declarations import Declaration, sized
from derivtex.reading.syntax.written import spelt

MAKERS = ("rand", "randn", "standard_normal", "zeros", "ones", "empty", "normal", "uniform")
LONGEST_NAME, SHAPE = 2, ".shape"
WORD = f"{ascii_letters}{digits}_"


@once
def declared_in_code(document: Document) -> list[Declaration]:
    """The shapes that the listings of a document give to names of a letter or two."""
    found: list[Declaration] = []
    for block in document.blocks:
        begin = block.start
        for line in document.source.text[block.start : block.end].splitlines(keepends=True) if block.kind == "code" else ():
            told = of_line(line)
            if told is not None:
                name, sizes, at = told
                found.append(declaration(document, name, sizes, begin + at))
            begin += len(line)
    return [*found, *told_between(document)]


def told_between(document: Document) -> Iterator[Declaration]:
    """What is said in a sentence as in a listing: “with X.shape=(1, m), W.shape=(m, 10)”."""
    text, end = document.source.text, 0
    blocks = [(block.start, block.end) for block in document.blocks if block.kind != "words"]
    while (at := text.find(SHAPE, end)) >= 0:
        end = at + len(SHAPE)
        start = at - len(text[:at]) + len(text[:at].rstrip(WORD))
        opened = text.find("(", end)
        if any(begin <= at < close for begin, close in blocks) or opened < 0 or text[end:opened].strip() not in ("=", "==", "is"):
            continue
        told = of_line(f"{text[start:at]}{SHAPE}={text[opened : closing(text, opened, len(text)) + 1]}")
        if told is not None:
            made = declaration(document, told[0], told[1], start)
            dims = [Dim.of(int(size)) if size.isdigit() else Dim.of(size) for size in told[1]]
            yield made if len(dims) == 1 else made._replace(kind="matrix", size=sized("matrix", dims))  # as in a formula


def of_line(line: str) -> tuple[str, list[str], int] | None:
    """The name, its sizes and the column of a line that tells a shape."""
    left, sign, right = line.partition("=")
    name = left.strip().removesuffix(".shape")
    if not sign or not name.isidentifier() or len(name.replace("_", "")) > LONGEST_NAME or not name[0].isalpha():
        return None
    right = right.lstrip("= ")
    call = right.partition("(")[0].rpartition(".")[2].strip()
    if ".shape" in left:
        inside = right[1 : closing(right, 0, len(right))] if right.startswith("(") else ""
    elif call in MAKERS and "(" in right:
        start = right.index("(")
        end = closing(right, start, len(right))
        if right[end + 1 :].strip().rstrip(";#").strip() and not right[end + 1 :].lstrip().startswith(("#", "%", ";")):
            return None
        inside = right[start + 1 : end]
        inside = inside.partition("size=")[2] or inside
        inside = inside.strip().removeprefix("(").removesuffix(")") if inside.strip().startswith("(") else inside
    else:
        return None
    sizes = [size.strip() for size in inside.split(",") if size.strip()]
    return (name, sizes, line.index(name)) if 0 < len(sizes) < 3 and all(size.isalnum() for size in sizes) else None


def declaration(document: Document, name: str, sizes: list[str], at: int) -> Declaration:
    """A vector or a matrix with the sizes of a listing."""
    dims = [Dim.of(int(size)) if size.isdigit() else Dim.of(size) for size in sizes]
    kind = "vector" if len(dims) == 1 or dims[1] == ONE else "row" if dims[0] == ONE else "matrix"
    dims = dims if kind == "matrix" else [dims[0] if dims[0] != ONE or len(dims) == 1 else dims[1]]
    parts = spelt(name, at)
    return Declaration(parts, latex(parts), kind, sized(kind, dims), (), None, Span(document.source, at, at + len(name)))
