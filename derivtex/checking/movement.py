r"""What moves in an author's line, and what the names stand for that nothing defines.

Whatever the d stands before moves: `dX` moves X, `d(AX)` alone moves A and X, `df` of a defined f what it is made of. In
`\frac{dX}{dt}` X moves along a parameter t. A loss L of which only ∂L/∂z is spoken of is an unknown smooth function of z.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from derivtex.checking.bodies import bodies
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Conjugate,
    Derivative,
    Differential,
    Entry,
    Index,
    Inner,
    Member,
    Product,
    ScalarCall,
    Sum,
    SumOver,
    Symbol,
    UnitVector,
)
from derivtex.problem import Claim, Problem

Definitions = Mapping[Term, Term]


class Motion(NamedTuple):
    """A claim as it is tried: along a parameter its derivatives are differentials. moving: the leaves that move; one: those that
    move by one; definitions: what names stand for; frozen: constants that have the value of a term at each point; reach: where it is tried,
    far or near, where no other points will do."""

    claim: Claim
    moving: tuple[Term, ...]
    one: tuple[Term, ...]
    definitions: Definitions
    frozen: Definitions = {}
    reach: str = ""


def motions(claim: Claim, problem: Problem) -> list[Motion]:
    """The ways in which a claim may be meant to move: by its own differentials, then by those of all claims."""
    definitions = bodies(problem, claim)
    unknown = unknown_functions((*problem.claims, claim), definitions)
    told = told_gradients(problem.claims, unknown, definitions)
    frozen: dict[Term, Term] = {}
    for name, telling in told.items():
        slope = Symbol(rf"{name.name}'", "matrix", telling.gradient.shape, ("constant",), None)
        unknown[name], frozen[slope] = Inner(slope, telling.by), telling.gradient
    definitions |= unknown
    parameters = parameters_of((*problem.claims, claim), definitions)
    along = along_parameters(claim, parameters)
    own = moving([along], definitions)
    others = moving([along_parameters(each, parameters) for each in problem.claims], definitions)
    ways = [own, others] if own and others and set(own) != set(others) else [own or others]
    return [Motion(along, (*way, *parameters), parameters, definitions, frozen) for way in ways]


def moving(claims: list[Claim], definitions: Definitions) -> tuple[Term, ...]:
    """The leaves that the differentials of claims move."""
    inner = [part.of for claim in claims for side in (claim.right, claim.left) for part in side.parts(Differential)]
    inner = [part for part in dict.fromkeys(inner) if type(part) is not Differential]
    plain = [part.children[0] if isinstance(part, (Entry, Member)) else part for part in inner]
    symbols = [part for part in plain if type(part) is Symbol and part not in definitions]
    moved: dict[Term, None] = dict.fromkeys(part for part in symbols if "constant" not in part.properties)
    rest = [(leaves(part, definitions), part) for part in plain if part not in moved]
    for own, _ in sorted(rest, key=lambda each: len(each[0])):
        if not any(leaf in moved for leaf in own):
            moved.update(dict.fromkeys(own))
    return tuple(moved)


def leaves(term: Term, definitions: Definitions) -> list[Term]:
    """The undefined symbols that a term is made of, by way of definitions, but for those that are constant."""
    found: dict[Term, None] = {}
    seen: set[Term] = set()
    waiting = [term]
    while waiting:
        for part in waiting.pop().walk():
            if part in seen:
                continue
            seen.add(part)
            if part in definitions:
                waiting.append(definitions[part])
            elif type(part) is Symbol and not {"constant", "integer"} & set(part.properties):
                found[part] = None
    return list(found)


def below(term: Term, definitions: Definitions) -> set[Term]:
    """All parts of a term, defined names opened."""
    seen: set[Term] = set()
    waiting = [term]
    while waiting:
        for part in waiting.pop().walk():
            if part not in seen:
                seen.add(part)
                waiting += [definitions[part]] if part in definitions else []
    return seen


def derivatives(claims: Iterable[Claim]) -> list[Derivative]:
    """The derivatives that occur in claims."""
    parts = (part for claim in claims for side in (claim.left, claim.right) for part in side.walk())
    return [part for part in dict.fromkeys(parts) if type(part) is Derivative]


def leaf_of(by: Term) -> Term:
    """The symbol that an entry or a member belongs to, or a conjugate is of."""
    by = by.of if type(by) is Conjugate else by
    return by.children[0] if isinstance(by, (Entry, Member)) else by


# along a parameter


def parameters_of(claims: Iterable[Claim], definitions: Definitions) -> tuple[Term, ...]:
    """The scalars by which something is differentiated and of which nothing is made: what has a derivative by them moves along them."""
    claims = list(claims)
    found = derivatives(claims)
    used: set[Term] = set()
    for body in definitions.values():
        used |= set(body.walk())
    for claim in claims:
        for side in (claim.left, claim.right):
            used |= used_apart_from_by(side)
    by = [part.by for part in found if type(part.by) is Symbol and part.by.is_scalar and part.by not in definitions]
    return tuple(part for part in dict.fromkeys(by) if part not in used)


def used_apart_from_by(term: Term) -> set[Term]:
    """The parts of a term that stand elsewhere than behind the d below a fraction."""
    found: set[Term] = set()
    waiting = [term]
    while waiting:
        part = waiting.pop()
        found.add(part)
        waiting += [part.of] if type(part) is Derivative else part.children
    return found


def along_parameters(claim: Claim, parameters: tuple[Term, ...]) -> Claim:
    """The claim with the first derivatives by a parameter as differentials along it."""

    def changed(part: Term) -> Term | None:
        if type(part) is Derivative and part.by in parameters and part.form == "scalar":
            return Differential(part.of.map(changed))
        return None

    if not parameters:
        return claim
    return claim._replace(left=claim.left.map(changed), right=claim.right.map(changed))


# unknown functions


def unknown_functions(claims: Iterable[Claim], definitions: Definitions) -> dict[Term, Term]:
    """What the undefined names stand for that are differentiated: a smooth function of what they are differentiated by, of the
    names among these that the others lead to."""
    claims = list(claims)
    parameters = parameters_of(claims, definitions)
    bys: dict[Term, dict[Term, None]] = {}
    for part in [*derivatives(claims), *(part for body in definitions.values() for part in body.parts(Derivative))]:
        of, by = part.of, leaf_of(part.by)
        if type(of) is Symbol and of not in definitions and of.family is None and by not in parameters and type(by) is Symbol:
            bys.setdefault(of, {})[by] = None
    return {name: function_of(name, last(list(by), definitions)) for name, by in bys.items() if all(one.family is None for one in by)}


class Telling(NamedTuple):
    """A claim that tells the gradient of an unknown function: by what, and the gradient in the shape of that."""

    claim: Claim
    by: Term
    gradient: Term


def told_gradients(claims: Iterable[Claim], unknown: Definitions, definitions: Definitions) -> dict[Term, Telling]:
    r"""The claims that tell what the gradient of an unknown function is, `\frac{\partial L}{\partial o} = p - y`, by what the others lead to."""
    found: dict[Term, list[Telling]] = {}
    for claim in claims:
        left = claim.left
        if type(left) is not Derivative or left.of not in unknown or left.form not in ("gradient", "scalar"):
            continue
        telling = of_entry(claim, left.by) if type(left.by) is Entry else Telling(claim, left.by, claim.right)
        if telling is None or type(telling.by) is not Symbol or left.shape != claim.right.shape or telling.by.shape != telling.gradient.shape:
            continue
        if left.of not in below(claim.right, definitions):
            found.setdefault(left.of, []).append(telling)
    bys = {name: last([each.by for each in told], definitions) for name, told in found.items()}
    return {name: next(each for each in told if each.by is bys[name][0]) for name, told in found.items() if len(bys[name]) == 1}


def of_entry(claim: Claim, by: Entry) -> Telling | None:
    r"""What `\frac{\partial L}{\partial o_i} = p_i - y_i` with a free i tells of the gradient by o."""
    whole, index = by.of, by.row
    if type(index) is not Index or not claim.right.is_scalar or whole.shape[1] != ONE or index.first != ONE or index.last != whole.shape[0]:
        return None
    return Telling(claim, whole, SumOver(index, Product((claim.right, UnitVector(whole.shape[0], index)))))


def last(names: list[Term], definitions: Definitions) -> list[Term]:
    """Of several names those that lead to no other of them."""
    return [name for name in names if not any(name in below(definitions[other], definitions) for other in names if other in definitions)]


def function_of(name: Term, arguments: list[Term]) -> Term:
    """A smooth function of the shape of a name: of each argument, and of the first two together."""
    parts = [one_function(name, argument, f"{name.name} {argument.name}") for argument in arguments]
    if len(parts) > 1 and name.is_scalar:
        parts.append(Product((parts[0], parts[1])))
    return Sum(tuple(parts)) if len(parts) > 1 else parts[0]


def one_function(name: Term, argument: Term, label: str) -> Term:
    if name.is_scalar:
        return ScalarCall(label, argument)
    left = Symbol(rf"{label} \leftarrow", "matrix", (name.shape[0], argument.shape[0]), ("constant",), None)
    inside: Term = Product((left, argument)) if argument.shape[0] != ONE or name.shape[0] != ONE else argument
    if argument.shape[1] != name.shape[1]:
        right = Symbol(rf"{label} \rightarrow", "matrix", (argument.shape[1], name.shape[1]), ("constant",), None)
        inside = Product((inside, right))
    return Call(label, 0, inside)
