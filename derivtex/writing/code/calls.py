r"""Calls of functions: what the library knows of each (`routines`), entry by entry for those that are handed in."""

from __future__ import annotations

from derivtex.writing.code.arrays import SEEN, library, lift
from derivtex.writing.code.nodes import NONE, ONE, ZERO, Node, dotted
from derivtex.writing.code.ranks import ENTRYWISE, REDUCTIONS, rank_of_call
from derivtex.writing.code.routines import SPECIAL


def call(function: Node, *values: Node) -> Node:
    """A call of a function of the library, or of one that is handed in."""
    name = dotted(function)
    if function.kind == "attribute" and not dotted(function.parts[0]):
        return call(library(function.parts[1]), function.parts[0], *values)
    if not name.startswith(("np.", "scipy.")):
        return called(function, *values)
    plain = [value for value in values if value.kind != "named"]
    if name in ENTRYWISE:
        lifted = lift(lambda *flat: call(function, *flat), *plain)
        if lifted is not None:
            return lifted
        if [each.kind for each in plain] == ["cell"]:
            return Node("cell", call(function, plain[0].part(0)), rank=2)
    if name in REDUCTIONS and plain[0].kind in SEEN:
        return reduction(function, plain[0], values)
    special = SPECIAL.get(name)
    found = special(function, *values) if special else None
    return found if found is not None else Node("call", function, *values, rank=rank_of_call(name, values))


def called(function: Node, *values: Node) -> Node:
    """A function that is handed in acts on every entry."""
    lifted = lift(lambda *flat: called(function, *flat), *values)
    return lifted if lifted is not None else Node("call", function, *values, rank=values[0].rank if values else None)


def reduction(function: Node, of: Node, values: tuple[Node, ...]) -> Node:
    """A number made of all entries of a vector: its axis needs no name."""
    named = {value.parts[0]: value.parts[1] for value in values[1:] if value.kind == "named"}
    if named.get("axis") is {"column": ONE, "row": ZERO}.get(of.kind, NONE) and dotted(function) != "np.linalg.norm":
        return of if "keepdims" in named else of.part(0)  # along the axis that has one entry
    kept = [value for value in values[1:] if not (value.kind == "named" and value.parts[0] in ("axis", "keepdims"))]
    return call(function, of.parts[0], *kept)
