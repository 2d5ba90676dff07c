r"""Things that depend on one number along which they are differentiated: `A(t)^{-1}`, `A^{-1}(t)`, `A'(t)`, `K'(\theta)`.

The number is a name that stands in brackets behind other names, one of them with a prime or in a line that differentiates by it. It is declared
as a number, or stands nowhere but in such brackets and below a d.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derivtex.core.terms import Term
from derivtex.reading.meaning.dependence import node_of
from derivtex.reading.meaning.derivatives import derivative_of
from derivtex.reading.meaning.differentiated import count
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.usednames import is_raised_mark
from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import GREEK
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.questions import d_width
from derivtex.reading.syntax.tree import Key, Node, key

Parts = tuple[Token, ...]


def curves(reading: Reading) -> tuple[set[Key], set[Key]]:
    """The numbers along which things are differentiated, and the capital letters that stand before one in brackets."""
    declared = {key(each.name): each.kind for each in reading.declarations}
    sides = [side for said in reading.order for side in said.sides]
    found = [each for side in sides for each in applied(side)]
    slopes = {argument for name, argument, primed in found if primed and is_capital(name)}
    inside = Counter(argument for _, argument, _ in found)
    below = Counter(each for side in sides for each in below_d(side))
    nowhere_else = {each for each in slopes - set(declared) if sum(count(side, each) for side in sides) == inside[each] + below[each]}
    numbers = nowhere_else | {each for each in slopes | (set(below) & set(inside)) if declared.get(each) == "scalar"}
    return numbers, {name for name, argument, _ in found if argument in numbers and is_capital(name)}


def is_capital(name: Key) -> bool:
    return conventional_kind(name) == "matrix"


def applied(parts: Parts) -> Iterator[tuple[Key, Key, bool]]:
    """The names before a bracket that holds one letter, with the letter, and whether a prime stands between."""
    for at, token in enumerate(parts):
        if token.inner:
            yield from applied(token.inner)
        argument, closing = (*parts[at + 1 : at + 3], None, None)[:2]
        if token.text != "(" or argument is None or closing is None or closing.text != ")" or not is_letter(argument):
            continue
        begin = at
        while begin and parts[begin - 1].is_mark("'"):
            begin -= 1
        primed = begin < at
        if begin > 1 and not primed and parts[begin - 2].is_mark("^"):  # A^{-1}(t)
            begin -= 2
        if begin and is_letter(parts[begin - 1]):
            yield key(parts[begin - 1 : begin]), key((argument,)), primed


def below_d(parts: Parts) -> Iterator[Key]:
    r"""What stands behind the d below a line: the t of `\frac{dA}{dt}` and `\frac{d}{dt}`."""
    for at, token in enumerate(parts):
        if token.inner:
            yield from below_d(token.inner)
        under = parts[at + 2].inner if token.is_mark(r"\frac") and at + 2 < len(parts) else ()
        if (width := d_width(under)) and width < len(under):
            yield key(under[width:])


def is_letter(token: Token) -> bool:
    return token.kind == "letter" or token.text in GREEK


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
    elif not head.primes and (is_raised_mark(key(head.above)) or all(map(is_of_number, head.above))):
        made = head._replace(end=bracket.end, parts=(inner,))
    else:
        return None
    return made if behind is bracket else behind._replace(start=head.start, parts=(made,))


def is_of_number(token: Token) -> bool:
    return token.kind == "digit" or token.is_mark("-", "/")


def slope(to: Elaborator, node: Node) -> Term:
    """`A'(t)`: the derivative of A by t."""
    of, by = node.parts
    return derivative_of(to.term(of), to.term(by))
