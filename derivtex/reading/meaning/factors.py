r"""Factors of a product that belong together, for elaboration and for the search over kinds alike: a function and its bracket, a d and what it
stands before, the two sides of a divergence, a curve and the number along which it runs, a name and what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derivtex.reading.meaning.curves import along
from derivtex.reading.meaning.dependence import is_dependence, node_of
from derivtex.reading.meaning.scope import Scope
from derivtex.reading.meaning.statistics import as_divergence
from derivtex.reading.syntax.gradients import with_gradients
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.tree import Node, chain_of, key

Joining = Callable[[Node, Node], Node | None]


def together(node: Node, join: Joining) -> tuple[list[Node], list[str]]:
    """The factors of a product and the marks before them, those as one that belong together; join: what two side by side are, None for two."""
    parts: list[Node] = []
    marks: list[str] = []
    for part, mark in zip(*with_gradients(node.parts, node.marks), strict=True):
        whole = join(parts[-1], part) if parts and mark == "" else None
        if whole is None:
            parts.append(part)
            marks.append(mark)
        else:
            parts[-1] = whole
    return parts, marks


def entries_first(node: Node) -> Iterator[Node]:
    r"""The other ways to take `a\odot b\,x^T`, whose last factors stand behind the product of entries: `(a\odot b)x^T`."""
    last = node.parts[-1]
    if last.form != "chain" or any(last.marks):
        return
    for at in range(len(last.parts) - 1, 0, -1):
        inner = chain_of(list(last.parts[:at]), list(last.marks[:at]))
        first = node._replace(end=inner.end, parts=(*node.parts[:-1], inner))
        yield chain_of([first, *last.parts[at:]], ["", *last.marks[at:]])


def is_d(scope: Scope, node: Node) -> bool:
    """Whether a factor is the d of a differential."""
    return node.form == "name" and bool(d_width(node.tokens)) and key(node.tokens) not in scope.things


def of_differential(before: Node, part: Node) -> Node:
    """`dX`, `d(AX)`; in `dX^T` the transpose is that of the differential, which is the differential of the transpose."""
    return Node("differential", before.start, part.end, before.text, (part,))


def differential_in(over: Node, behind: list[Node]) -> int:
    r"""Which of the factors behind a stroke is a differential, `1/\cos^2\theta\,d\theta`, that stands beside the ratio: nothing above is one,
    and nobody divides by one then; 0 where none is."""
    above = over.parts if over.form == "chain" else (over,)
    found = next((at for at, part in enumerate(behind) if part.form == "differential"), 0)
    return 0 if any(part.form == "differential" for part in above) else found


def call_node(head: Node, argument: Node) -> Node:
    """A call; what is raised behind its bracket is raised on the value."""
    if argument.form == "script":
        inner = call_node(head, argument.parts[0])
        return argument._replace(start=head.start, parts=(inner,))
    return Node("call", head.start, argument.end, parts=(head, argument))


def of_things(scope: Scope, before: Node, part: Node) -> Node | None:
    """A divergence, or a curve with the number along which it runs."""
    return as_divergence(before, part) or along(scope.numbers, before, part)


def depending(before: Node, part: Node) -> Node | None:
    """A name with what it depends on."""
    return node_of(before, part) if is_dependence(before, part) else None
