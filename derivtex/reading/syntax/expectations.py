r"""Expectations as the means that they are of many draws: `E[(d - w^Tx)^2]` is `\frac1N\sum_{n=1}^N (d_n - w^Tx_n)^2` of a large N.

A mean is differentiated as what it is the mean of, and so is an expectation whose distribution does not depend on the variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import Source
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import ACCENTS, FONTS
from derivtex.reading.syntax.lefts import closing
from derivtex.reading.syntax.letters import CONSTANTS, bare_letter, letters_in
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import bracketed, placed, with_index

WORDS = (r"\mathbb", r"\mathrm", r"\operatorname", r"\mathcal")
OPERATORS = (("E",), (r"\mathbb", "E"), *((word, "{", "E", "}") for word in WORDS))
BRACKETS = ("[", r"\{", "{")  # E[…], E\{…\}
NOISES = frozenset((r"\varepsilon", r"\epsilon", r"\xi", r"\eta"))


def expectations_in(side: Parts) -> Iterator[tuple[int, int, int]]:
    r"""Where each `E[…]` of a side begins, where its bracket opens and where that closes."""
    at = 0
    while at < len(side):
        width = next((width for width in (2, 1) if key(side[at : at + width]) in OPERATORS), 0)
        opening = at + width + (2 if side[at + width : at + width + 1] and side[at + width].is_mark("_") else 0)
        end = closing(side, opening) if width and opening < len(side) and side[opening].text in BRACKETS else None
        if end is None:
            at += 1
            continue
        yield at, opening, end
        at = end + 1


def laws_of_expectations(side: Parts) -> list[Parts]:
    r"""What stands below the expectations of a side, the `x \sim p` of `E_{x\sim p}[…]`."""
    return [side[opening - 1].inside for begin, opening, _ in expectations_in(side) if opening - begin > 2 and side[opening - 2].is_mark("_")]


def distributions_in(parts: Parts) -> list[tuple[Parts, Parts]]:
    r"""The names and the law of `x \sim \mathcal{N}(\mu, \Sigma)`."""
    return [(parts[:at], parts[at + 1 :]) for at, token in enumerate(parts) if token.is_mark(r"\sim")]


def random_in(inner: Parts, constants: set[Key], told: set[Key]) -> set[Key]:
    """The random names of what stands in an expectation: those of which a distribution is told, else the small letters but the constants."""
    names = {key(name) for name in letters_in(inner)} - constants - CONSTANTS
    small = {name for name in names if (letter := bare_letter(name)) in NOISES or (letter.isalpha() and letter.islower())}
    return names & told or small


def with_mean(side: Parts, constants: set[Key], told: set[Key], letters: tuple[str, str]) -> Parts | None:
    """A side with means in the place of its expectations; None where a random name has an index already, or nothing is random. letters: of
    the number of draws, and of one draw."""
    result: list[Token] = []
    end = 0
    for begin, opening, close in expectations_in(side):
        inner = side[opening + 1 : close]
        random = random_in(inner, constants, told)
        drawn = of_draw(inner, random, letters[1]) if random else None
        if drawn is None:
            return None
        many, one = letters
        mean = placed(tokens(Source(rf"\frac{{1}}{{{many}}}\sum_{{{one}=1}}^{{{many}}}")), side[begin].start)
        result += (*side[end:begin], *mean, *bracketed(drawn))
        end = close + 1
    return (*result, *side[end:]) if end else None


def of_draw(inner: Parts, random: set[Key], letter: str) -> Parts | None:
    r"""What stands in an expectation, of one draw: `d_n - w^Tx_n`; None where a random name has an index already."""
    result: list[Token] = []
    at = 0
    while at < len(inner):
        width = 2 if inner[at].text in FONTS | ACCENTS and at + 1 < len(inner) else 1
        name = inner[at : at + width]
        raised = at > 0 and inner[at - 1].is_mark("^", "_")
        if key(name) in random and not (raised and latex(name) in ("T", "H")):
            if at + width < len(inner) and inner[at + width].is_mark("_", "("):
                return None
            result += with_index(name, placed(tokens(Source(letter)), name[-1].end))
        elif inner[at].inner and width == 1:
            inside = of_draw(inner[at].inner, random, letter)
            if inside is None:
                return None
            result.append(inner[at]._replace(inner=inside))
        else:
            result += name
        at += width
    return tuple(result)
