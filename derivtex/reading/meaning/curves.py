r"""Things that depend on one number along which they are differentiated: `A(t)^{-1}`, `A^{-1}(t)`, `A'(t)`, `K'(\theta)`.

The number is a name that stands in brackets behind other names, one of them with a prime or in a line that differentiates by it. It is declared
as a number, or has the letter of one, and stands nowhere but in such brackets and below a d.
"""

from __future__ import annotations

from collections import Counter

from derivtex.core.terms import Term
from derivtex.reading.meaning.dependence import node_of
from derivtex.reading.meaning.derivatives import derivative_of
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.occurring import before_brackets, below_d, count
from derivtex.reading.syntax.scripts import is_of_numbers
from derivtex.reading.syntax.tree import OPERATIONS, Key, Node, key


def curves(reading: Reading) -> tuple[set[Key], set[Key]]:
    """The numbers along which things are differentiated, and the capital letters that stand before one in brackets."""
    declared = {key(each.name): each.kind for each in reading.declarations}
    sides = [side for said in reading.order for side in said.sides]
    found = [each for side in sides for each in before_brackets(side)]
    slopes = {argument for name, argument, primed in found if primed and is_capital(name)}
    inside = Counter(argument for _, argument, _ in found)
    below = Counter(each for side in sides for each in below_d(side))
    timed = {each for each in set(below) & set(inside) if each == ("t",) or conventional_kind(each) == "scalar"}
    nowhere_else = {each for each in (slopes | timed) - set(declared) if sum(count(side, each) for side in sides) == inside[each] + below[each]}
    numbers = nowhere_else | {each for each in slopes | (set(below) & set(inside)) if declared.get(each) == "scalar"}
    return numbers, {name for name, argument, _ in found if argument in numbers and is_capital(name)}


def is_capital(name: Key) -> bool:
    return conventional_kind(name) == "matrix"


def along(numbers: set[Key], head: Node, behind: Node) -> Node | None:
    r"""A name with a prime or with something raised, and the bracket behind it that holds such a number: `A'(t)`, `A^{-1}(t)`."""
    bracket = behind.parts[0] if behind.form == "script" else behind
    if head.form != "script" or head.below or head.parts[0].form != "name" or bracket.form != "bracket" or len(bracket.parts) != 1:
        return None
    argument = bracket.parts[0]
    if argument.form != "name" or key(argument.tokens) not in numbers:
        return None
    inner = node_of(head.parts[0]._replace(end=bracket.start), bracket)
    if head.primes == 1 and not head.above:
        made = Node("slope", head.start, bracket.end, parts=(inner, argument))
    elif not head.primes and (head.above.form in OPERATIONS or is_of_numbers(head.above)):
        made = head._replace(end=bracket.end, parts=(inner,))
    else:
        return None
    return made if behind is bracket else behind._replace(start=head.start, parts=(made,))


def slope(to: Elaborator, node: Node) -> Term:
    """`A'(t)`: the derivative of A by t."""
    of, by = node.parts
    return derivative_of(to.term(of), to.term(by))
