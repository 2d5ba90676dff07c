r"""The statements of a derivation in the order of the document, before their sides are read: which continue the side before them,
which relations are not tried, and the words that lead up to each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.problem import Untried
from derivtex.reading.meaning.cases import is_case, is_said_of_case, words_between
from derivtex.reading.source.marks import GREEK
from derivtex.reading.source.vocabulary import bare_word, words
from derivtex.reading.syntax.declarations import declares
from derivtex.reading.syntax.ellipses import listed_in, without_dots
from derivtex.reading.syntax.entrylists import entries_named
from derivtex.reading.syntax.lefts import Left, inside_log, left_side, name_width, undressed
from derivtex.reading.syntax.letters import is_index_letter
from derivtex.reading.syntax.questions import d_width, questions_in
from derivtex.reading.syntax.scripts import are_letters, each_of
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key

EQUALITIES = ("=", ":=", r"\equiv", r"\triangleq", r"\coloneqq")
FEW = 2  # words at most between a formula and what is said of its indices
DECLARING = (r"\in", r"\succ", r"\succeq", r"\prec", r"\preceq", r"\subset", r"\mapsto", r"\to")


class Assertion(NamedTuple):
    """A statement, with the last side before it where it goes on from there.

    own: where the author's own text of it begins. words: what is said since the formula before it, in small letters.
    where: the indices of which it is said, as (i, =, j).
    """

    said: Statement
    own: int
    words: str
    where: tuple[tuple[str, str, str], ...] = ()


def assertions(found: list[Statement], source: Source) -> tuple[list[Assertion], list[Untried]]:
    """The statements with what they continue, and those that are not tried; a chain with both is cut at the relation.

    A formula without a relation begins a chain that goes on without a word between.
    """
    made: list[Assertion] = []
    untried: list[Untried] = []
    before: Parts = ()
    bare: Parts = ()
    end = ended = 0
    case = False
    for each in found:
        own = each.start if each.start >= end or not each.sides[-1] else each.sides[-1][0].start  # of a result, whose left side stands before
        words = words_between(source.text, end, own)
        end = max(end, each.end)
        if (told := entries_named(each)) is not None:
            untried.append(Untried(each.latex, "entries", each.span))
            made += [Assertion(size, own, words) for size in told]
            continue
        if (what := listed_in(each)) is not None:
            untried.append(Untried(each.latex, what, each.span))
            continue
        each = without_dots(each)
        about = about_indices(each)
        if about is not None and made and len(words.split()) <= FEW:
            made[-1] = made[-1]._replace(where=(*made[-1].where, about))
            untried.append(Untried(each.latex, "a range of indices", each.span))
            continue
        case = is_case(each, words, source.text[:own]) or (case and is_said_of_case(each, source.text[ended:own]))
        ended = each.end
        if case:
            untried.append(Untried(each.latex, "a case", each.span))
            continue
        start = bare if bare and not words.strip() else before
        if not each.sides[0] and start and len(each.sides) > 1:
            each = each._replace(sides=(start, *each.sides[1:]), start=min(each.start, start[0].start))
        before, bare = (each.sides[-1], ()) if each.relations else (before, each.sides[-1])
        for part in parted(each):
            if isinstance(part, Untried):
                untried.append(part)
            else:
                made.append(Assertion(part, max(own, part.start), words))
    return made, untried


def about_indices(each: Statement) -> tuple[str, str, str] | None:
    r"""What `i = j` or `i \ne j` behind a formula says of its indices."""
    if len(each.relations) != 1 or each.relations[0] not in ("=", r"\ne") or any(len(side) != 1 for side in each.sides):
        return None
    left, right = (key(side)[0] for side in each.sides)
    return (left, each.relations[0], right) if is_index_letter(left) and is_index_letter(right) else None


def parted(each: Statement) -> list[Statement | Untried]:
    """A chain cut where a relation is not tried; a declaration stays whole."""
    odd = [at for at, relation in enumerate(each.relations) if relation not in EQUALITIES]
    if not odd or each.relations[odd[0]] in DECLARING or declares(each):
        return [each]
    result: list[Statement | Untried] = []
    begin = 0
    for at in [*odd, len(each.relations)]:
        if at > begin:
            sides = each.sides[begin : at + 1]
            start, end = (side[0].start if side else each.start for side in (sides[0], sides[-1]))
            end = sides[-1][-1].end if sides[-1] else end
            result.append(each._replace(sides=sides, relations=each.relations[begin:at], start=start, end=end))
        if at < len(each.relations):
            result.append(untried(each, at))
        begin = at + 1
    return result


def untried(each: Statement, at: int) -> Untried:
    left, right = each.sides[at], each.sides[at + 1]
    start = left[0].start if at == 0 and left else left[-1].end if left else each.start
    span = each.span._replace(start=start, end=right[-1].end if right else each.end)
    return Untried(span.text.strip(), each.relations[at], span)


def is_asserted(left: Left, declared: set[Key], variables: set[Key], letters: set[Key], applied: set[tuple[Key, tuple[Key, ...]]]) -> bool:
    r"""Whether an author who derives asserts something of what stands on the left: of an operator, `\operatorname{tr}(AB) = …`, its logarithm, of a
    differential, `d(AB) = …`, of a product of known names, `HH = …`, of a name that was a variable before, `w = R^{-1}p`, or of one value of a
    function, `P(t_0) = M` beside P(t). applied: the letters that stand before others in brackets, with those.
    """
    if left.arguments is not None and is_one_value(left.name, left.arguments, applied):
        return True
    if key(left.name) in declared:
        return False
    if left.arguments is None:
        dotted = key(left.name)[0] == r"\dot" and key(undressed(left.name)) in letters
        return not left.below and (key(left.name) in variables or dotted or is_product_of(left, letters))
    if any(name_width(argument) == 0 or left_side(argument) is None for argument in left.arguments):
        return len(left.arguments) == 1
    word = "".join(key(inside_log(left.name) or left.name))
    operator = (bare_word(word) in words() and word not in GREEK) or d_width(left.name) == len(left.name)
    return operator and len(left.arguments) == 1


def is_one_value(name: Parts, arguments: tuple[Parts, ...], applied: set[tuple[Key, tuple[Key, ...]]]) -> bool:
    """Whether arguments are values of the letters to which a function is applied elsewhere: at least one of them has a script."""
    places = [left_side(argument) for argument in arguments]
    known = [place for place in places if place is not None]
    scripted = any(place.below for place in known)
    return scripted and len(known) == len(places) and (key(name), tuple(key(place.name) for place in known)) in applied


def is_product_of(left: Left, letters: set[Key]) -> bool:
    """Whether letters on a left side are names of their own: of two one that stands alone elsewhere, of more all."""
    alone = [key(letter) in letters for letter in each_of(left.name)]
    return len(alone) > 1 and are_letters(left.name) and (all(alone) or (len(alone) == 2 and any(alone)))


def variables_in(each: Statement) -> Iterator[Key]:
    r"""What a statement differentiates by: no later line defines that, but what its right side alone does by, `x\frac{\partial L}{\partial f}`."""
    for side in each.sides:
        names = [key(by) for asked in questions_in(side, r"\frac", r"\nabla") for by in asked.by]
        yield from names
        if names:
            return
