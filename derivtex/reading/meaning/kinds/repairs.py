"""How a formula that does not conform could be mended: the smallest changes that make it conform, as sentences."""

from __future__ import annotations

from derivtex.reading.meaning.kinds.candidates import Candidate
from derivtex.reading.meaning.kinds.search import Choice, Found, Given, conflicts
from derivtex.reading.meaning.kinds.sentences import IN_WORDS, text_of
from derivtex.reading.meaning.kinds.statements import Scope, Statement
from derivtex.reading.meaning.kinds.walker import Violation
from derivtex.reading.syntax.tree import Key, Node

MOST_REPAIRS = 3


def repairs(scope: Scope, found: Found) -> list[str]:
    """The nearest repairs of the first misfit that is left in the best choice."""
    best = found.best
    usual: dict[Key, Candidate] = {}
    left = {where: each for where, each in best.given_up.items() if each.price is None}
    kept = {where: each for where, each in best.given_up.items() if where not in left}
    open_ones = conflicts(scope, scope.statements, best._replace(given_up=kept), usual)
    misfit = next(iter(open_ones.items()), None)
    if misfit is None:
        return []
    where, (statement, violation) = misfit
    told = [*by_transposes(scope, statement, violation), *by_kinds(scope, best._replace(given_up=kept), where, violation, len(open_ones))]
    return [f"it conforms {', or '.join(told[:MOST_REPAIRS])}"] if told else []


def by_transposes(scope: Scope, statement: Statement, violation: Violation) -> list[str]:
    """The transposes of one factor that make a product conform."""
    if violation.code != "product":
        return []
    found = []
    for node in scope.mends(statement, violation.node):
        written = text_of(statement, violation.node)
        part = text_of(statement, node)
        at = node.start - violation.node.start
        found.append(f"as {written[:at]}{turned(node, part)}{written[at + len(part) :]}")
    return found


def turned(node: Node, written: str) -> str:
    """A factor with its transpose taken, or taken away."""
    if node.form == "script" and len(node.above) == 1 and node.above[0].text in ("T", r"\top") and not node.below:
        return written[: node.parts[0].end - node.start]
    return f"{written}^T" if node.form in ("name", "bracket") else f"({written})^T"


def by_kinds(scope: Scope, best: Choice, where: Given, violation: Violation, before: int) -> list[str]:
    """The other kinds of one name under which the misfit is gone and no other comes."""
    found: list[tuple[float, str]] = []
    for name in scope.names(violation.names):
        for kind in scope.walker.choices[name][1:]:
            if name in best.changed or kind.kind not in IN_WORDS:
                continue
            left = conflicts(scope, scope.statements, best._replace(changed={**best.changed, name: kind}), {})
            if where not in left and len(left) < before:
                found.append((kind.price, f"if {scope.written(name, {})} is {IN_WORDS[kind.kind]}"))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]
