r"""Where something stands in what is written, and how often: names, letters, marks, brackets behind a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import BARS, TRANSPOSES
from derivtex.reading.syntax.questions import Question, d_width, question
from derivtex.reading.syntax.scripts import are_digits
from derivtex.reading.syntax.tree import NESTED, Key, Parts, key
from derivtex.reading.syntax.written import mark


def levels(parts: Parts) -> Iterator[Parts]:
    """The tokens, and those within them; the letters of a word, `\\operatorname{tr}`, are none."""
    stack = [parts]
    while stack:
        yield (current := stack.pop())
        stack.extend(token.inner for at, token in enumerate(current) if token.inner and not is_word(current[at - 1] if at else None, token))


def is_word(before: Token | None, token: Token) -> bool:
    r"""Whether braces hold the letters of a word, the `tr` of `\operatorname{tr}`, `\text{tr}` and `{\rm tr}`."""
    switched = token.kind == "group" and bool(token.inner) and token.inner[0].is_mark(r"\rm")
    dressed = token.kind == "text" or switched or (before is not None and before.is_mark(r"\operatorname", r"\mathrm"))
    return dressed and len(token.inner) - switched > 1


def occurs(parts: Parts, name: Parts) -> Iterator[tuple[Parts, int]]:
    """Where a name stands: the tokens it stands among, and the place behind it."""
    wanted, first = key(name), name[0].text if name[0].kind not in NESTED else None
    for current in levels(parts):
        for at, token in enumerate(current):
            if first is not None and token.text != first and token.kind not in NESTED:
                continue  # most tokens
            if key(current[at : at + len(name)]) == wanted:
                yield current, at + len(name)


def stands_for_a_matrix(parts: Parts, name: Parts) -> bool:
    r"""Whether something is done with a name that is done with square matrices: `A^{-1}`, `A^T`, `\det A`, `\det(A)`."""
    for current, behind in occurs(parts, name):
        raised = key(current[behind + 1 : behind + 2]) if current[behind : behind + 1] and current[behind].is_mark("^") else ()
        before = [token for token in current[max(0, behind - len(name) - 2) : behind - len(name)] if not token.is_mark("(")]
        if raised in TRANSPOSES or raised == ("-", "1") or (before and before[-1].is_mark(r"\det")):
            return True
    return False


def is_between_factors(parts: Parts, name: Parts) -> bool:
    """Whether a name stands between a transpose and another factor, the A of `x^TAx`."""
    for current, behind in occurs(parts, name):
        begin = behind - len(name)
        turned = begin > 2 and current[begin - 2].is_mark("^") and key(current[begin - 1 : begin]) in TRANSPOSES
        if turned and behind < len(current) and (current[behind].is_letter or current[behind].is_mark("(") or current[behind].kind == "macro"):
            return True
    return False


def is_used_as_array(parts: Parts, name: Parts) -> bool:
    """Whether a name is transposed, inverted, or stands right behind a capital letter, as the x of Ax does."""
    behind_capital = any(
        at > len(name) and current[at - len(name) - 1].is_letter and current[at - len(name) - 1].text.isupper() for current, at in occurs(parts, name)
    )
    return behind_capital or is_transposed(parts, key(name)) or stands_for_a_matrix(parts, name)


RATES = (r"\dot", r"\ddot")


def names_with_rates(parts: Parts) -> Iterator[Key]:
    r"""The names whose rate of change stands among tokens: the x of `\dot x`."""
    for at, token in enumerate(parts):
        if token.is_mark(*RATES) and at + 1 < len(parts):
            yield key(parts[at + 1].inside)
        yield from names_with_rates(token.inner)


def contains(side: Parts, name: Parts) -> bool:
    """Whether tokens stand in a row among others, or inside of them; of one letter, not in a word."""
    wanted = key(name)
    return bool(wanted) and in_a_row(key(side), wanted) and (len(wanted) > 1 or not wanted[0].isalpha() or count(side, wanted) > 0)


def in_a_row(marks: Key, wanted: Key) -> bool:
    """Whether marks stand in a row among others."""
    first, width = wanted[0], len(wanted)
    return first in marks and any(marks[at : at + width] == wanted for at, mark in enumerate(marks) if mark == first)


def count(parts: Parts, name: Key) -> int:
    r"""How often a name of one mark stands among tokens; the letters of a word, `\operatorname{tr}`, are none."""
    found = 0
    for before, token in zip((None, *parts), parts, strict=False):
        if not is_word(before, token):
            found += (key((token,)) == name and not token.inner) + count(token.inner, name)
    return found


def count_untransposed(parts: Parts, letter: Parts) -> int:
    """How often a letter stands among tokens and in what they hold, leaving out marks of transposes."""
    found = 0
    for before, token in zip((None, *parts), parts, strict=False):
        if before is None or not before.is_mark("^") or key((token,)) not in TRANSPOSES:
            found += (key((token,)) == key(letter) and not token.inner) + count_untransposed(token.inner, letter)
    return found


def others_primed(parts: Parts, letter: Parts) -> int:
    """How often a prime stands behind something else than a letter."""
    found = 0
    for before, token in zip((None, *parts), parts, strict=False):
        found += token.is_mark("'") and (before is None or (before.text,) != key(letter))
        found += others_primed(token.inner, letter)
    return found


def marks_within(parts: Parts) -> set[str]:
    """What stands in tokens and in their groups."""
    return {mark for part in parts for mark in (marks_within(part.inner) if part.inner else {part.text})}


def indices_above(parts: Parts) -> set[str]:
    """The letters alone in brackets that are raised, the i of `x^{(i)}` and of `x^{(i)T}`."""
    pairs = [(mark, script.inside) for level in levels(parts) for mark, script in pairwise(level)]
    return {inside[1].text for mark, inside in pairs if mark.is_mark("^") and [token.text for token in (*inside[:1], *inside[2:3])] == ["(", ")"]}


def marks_in_scripts(parts: Parts) -> set[str]:
    """The marks that stand in subscripts."""
    found: set[str] = set()
    stack = [parts]
    while stack:
        current = stack.pop()
        for token, before in zip(current, (None, *current), strict=False):
            if before is not None and before.is_mark("_"):
                found.update(part.text for part in (token.inner or (token,)))
            if token.inner:
                stack.append(token.inner)
    return found


def letters_alone(sides: Iterable[Parts]) -> set[Key]:
    """The letters and names that stand somewhere without a letter beside them."""
    result: set[Key] = set()
    waiting = list(sides)
    while waiting:
        parts = waiting.pop()
        for at, token in enumerate(parts):
            if token.inner:
                waiting.append(token.inner)
            beside = [other for other in (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2]) if other.kind == "letter"]
            if token.kind == "macro" or (token.kind == "letter" and not beside):
                result.add(key((token,)))
    return result


def letters_in(parts: Parts) -> Iterator[str]:
    """The letters among tokens, those in braces too."""
    for token in parts:
        if token.is_letter:
            yield token.text
        yield from letters_in(token.inner) if token.kind == "group" else ()


def before_brackets(parts: Parts) -> Iterator[tuple[Key, Key, bool]]:
    """The names before a bracket that holds one letter, with the letter, and whether a prime stands between."""
    for at, token in enumerate(parts):
        if token.inner:
            yield from before_brackets(token.inner)
        argument, closing = (*parts[at + 1 : at + 3], None, None)[:2]
        if token.text != "(" or argument is None or closing is None or closing.text != ")" or not argument.is_letter:
            continue
        begin = at
        while begin and parts[begin - 1].is_mark("'"):
            begin -= 1
        primed = begin < at
        if begin > 1 and not primed and parts[begin - 2].is_mark("^"):  # A^{-1}(t)
            begin -= 2
        if begin and parts[begin - 1].is_letter:
            yield key(parts[begin - 1 : begin]), key((argument,)), primed


def below_d(parts: Parts) -> Iterator[Key]:
    r"""What stands behind the d below a line: the t of `\frac{dA}{dt}` and `\frac{d}{dt}`."""
    for at, token in enumerate(parts):
        if token.inner:
            yield from below_d(token.inner)
        under = parts[at + 2].inner if token.is_mark(r"\frac") and at + 2 < len(parts) else ()
        if (width := d_width(under)) and width < len(under):
            yield key(under[width:])


def is_one_letter(parts: Parts) -> bool:
    """Whether a stretch is one letter, plain or dressed."""
    return bool(parts) and parts[0].kind in ("letter", "macro") and all(token.kind in ("macro", "group") for token in parts[:-1]) and len(parts) < 3


def arguments_behind(current: Parts, at: int, primed: bool) -> Parts | None:
    """What stands in the bracket that opens at a place, behind primes where there may be some; None where none does."""
    while primed and at < len(current) and current[at].is_mark("'"):
        at += 1
    if at >= len(current) or current[at].text not in ("(", "["):
        return None
    inner = current[at + 1 :]
    return inner[: next((k for k, token in enumerate(inner) if token.text in (")", "]")), len(inner))]


def follows_bracket(parts: Parts, letter: str) -> list[bool]:
    """Of each place where a letter stands, whether a bracket opens behind it."""
    return [current[at : at + 1] != () and current[at].text == "(" for current, at in occurs(parts, (mark(letter, 0),))]


def transposes_letter(side: Parts, letter: str) -> bool:
    r"""Whether a letter is transposed itself, `T^{\top}Z`."""
    return any(
        one.kind == "letter" and one.text == letter and two.is_mark("^") and key((three,)) in ((r"\top",), ("T",), (r"\intercal",))
        for one, two, three in zip(side, side[1:], side[2:], strict=False)
    )


def second_points(parts: Parts) -> Iterator[Parts]:
    r"""The `x'` of `x - x'`, `x' + x` and `k(x, x')`, where a small x by itself cannot be meant transposed: the prime is a part of the name."""
    for current in levels(parts):
        if not any(token.is_mark("'") for token in current):
            continue  # most formulas
        for at, width in ((at, width) for at in range(len(current)) for width in (1, 2)):
            first, rest = current[at : at + width], current[at + width :]
            primed = bool(rest) and rest[0].is_mark("'")
            sign, other = rest[primed : primed + 1], rest[primed + 1 :]
            if not is_small(first) or not sign or not sign[0].is_mark("-", "+", ",") or key(other[:width]) != key(first):
                continue
            last = bool(other[width:]) and other[width].is_mark("'")
            alone = ends_term(current[at - 1 : at] if at else ()) and ends_term(other[width + last : width + last + 1])
            if alone and primed != last:
                yield (*first, rest[0]) if primed else (*other[:width], other[width])


def ends_term(beside: Parts) -> bool:
    """Whether what stands beside a name makes it a term, or an argument, of its own."""
    return not beside or beside[0].kind in ("open", "close") or beside[0].is_mark("(", ")", "[", "]", ",", "+", "-", "=", *BARS)


def is_small(name: Parts) -> bool:
    """Whether tokens are a small letter, plain or dressed."""
    marks = [mark for mark in key(name) if mark not in ("{", "}")]
    dressed = len(name) == 2 and name[0].kind == "macro" and name[1].kind in ("letter", "group") and len(marks) == 2
    return (len(name) == 1 or dressed) and bool(marks) and len(marks[-1]) == 1 and marks[-1].islower()


def is_transposed(side: Parts, name: Key) -> bool:
    r"""Whether a name is transposed in what is written, `x^{\top}A`."""
    marks, wanted = ([mark for mark in each if mark not in ("{", "}")] for each in (key(side), name))
    wanted.append("^")
    behind = (at + len(wanted) for at in range(len(marks)) if marks[at : at + len(wanted)] == wanted)
    return any(tuple(marks[at : at + 1]) in TRANSPOSES for at in behind)


def factors(parts: Parts) -> int:
    """How many things stand in a formula that are no scripts and no marks: one is only a name."""
    before = (None, *parts)
    things = [token for token, mark in zip(parts, before, strict=False) if token.kind != "mark" and (mark is None or not mark.is_mark("^", "_"))]
    return len(things)


def functions_within(parts: Parts, names: frozenset[str]) -> Iterator[Parts]:
    r"""The functions of some names in a formula, as macros wherever they stand: `\exp`, and the `exp` of a text."""
    for token in parts:
        if (name := token.text.lstrip("\\")) in names:
            yield (token._replace(kind="macro", text=rf"\{name}"),)
        yield from functions_within(token.inner, names)


def derivatives_in(side: Parts) -> Iterator[Question]:
    """The derivatives that a formula is, or that stand in it as quotients."""
    quotients = (level[at : at + 3] for level in levels(side) for at, mark in enumerate(level) if mark.is_mark(r"\frac"))
    return (asked for parts in (side, *quotients) if (asked := question(parts)) is not None)


def stands_alone(parts: Parts, name: Parts) -> bool:
    """Whether a name stands somewhere with nothing below it, and not below another one."""
    for at, token in enumerate(parts):
        if at and parts[at - 1].is_mark("_"):
            continue
        below = at + len(name) < len(parts) and parts[at + len(name)].is_mark("_")
        if (not below and key(parts[at : at + len(name)]) == key(name)) or (token.inner and stands_alone(token.inner, name)):
            return True
    return False


def is_numbered(name: Parts) -> bool:
    r"""Whether a number stands below a name, `\theta_1`."""
    return len(name) > 2 and name[-2].is_mark("_") and are_digits(name[-1].inside)
