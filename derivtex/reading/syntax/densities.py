r"""The density of a normal distribution, `\mathcal{N}(x \mid \mu, \Sigma)`, as the formula that it stands for.

(C. M. Bishop, Pattern Recognition and Machine Learning, eqs. 1.46 and 1.52; (2\pi)^d\det\Sigma is written \det(2\pi\Sigma).)
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.reading.source.marks import Token, latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.data import NORMALS
from derivtex.reading.syntax.lefts import closing, is_name
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.scripts import between_commas
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import NESTED, Parts, key
from derivtex.reading.syntax.written import placed

GIVEN = (r"\mid", "|", ";", r"\vert", r"\middle|")
DRAWN = (r"\sim", r"\propto")
SCALAR = r"\frac{\exp\left(-\frac{(%(x)s-%(mean)s)^2}{2%(spread)s}\right)}{\sqrt{2\uppi%(spread)s}}"
# \uppi is the number also where \pi_k are weights
VECTOR = r"\frac{\exp\left(-\frac12(%(x)s-%(mean)s)^T%(inverse)s(%(x)s-%(mean)s)\right)}{\sqrt{\det(2\uppi%(spread)s)}}"
NAMES = tuple(name for name in NORMALS if name[0] == r"\mathcal")


class Density(NamedTuple):
    """Where a density stands among tokens, and what in it."""

    start: int
    end: int
    x: Parts
    mean: Parts
    spread: Parts


def with_densities(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    """The statements with each density written out, and what is said of that; those that tell what something is drawn from as they are."""
    made = [each if any(mark in DRAWN for mark in each.relations) else each._replace(sides=tuple(map(written_out, each.sides))) for each in found]
    told = [latex(density) for one, other in zip(found, made, strict=True) if one.sides != other.sides for density in densities_in(one)]
    return made, [f"${each}$ is the density of a normal distribution" for each in dict.fromkeys(told)]


def densities_in(each: Statement) -> list[Parts]:
    return [side[one.start : one.end] for side in each.sides for one in all_in(side)]


def all_in(parts: Parts) -> list[Density]:
    """The densities among tokens; those inside of groups are left to these."""
    found = [one for at in range(len(parts)) if (one := density_at(parts, at)) is not None]
    return found or [inner for token in parts if token.inner for inner in all_in(token.inner)]


def written_out(parts: Parts) -> Parts:
    """Tokens with their densities written out."""
    result: list[Token] = []
    at = 0
    while at < len(parts):
        one = density_at(parts, at)
        if one is not None:
            result += placed(tokens(Source(formula(one))), parts[at].start)
            at = one.end
            continue
        token = parts[at]
        result.append(token._replace(inner=written_out(token.inner)) if token.inner else token)
        at += 1
    return tuple(result)


def density_at(parts: Parts, at: int) -> Density | None:
    r"""The density that begins at a place: a calligraphic N and brackets with a bar or a semicolon and one comma."""
    if parts[at].text != r"\mathcal" and parts[at].kind not in NESTED:  # most tokens
        return None
    width = next((width for width in (2, 1) if key(parts[at : at + width]) in NAMES), 0)
    opening = at + width
    if not width or opening >= len(parts) or parts[opening].nesting <= 0 or (end := closing(parts, opening)) is None:
        return None
    sides = [each for each in by_marks(parts[opening + 1 : end], *GIVEN) if each]
    given = between_commas(sides[1]) if len(sides) == 2 else []
    return Density(at, end + 1, sides[0], given[0], given[1]) if len(given) == 2 and len(between_commas(sides[0])) == 1 else None


def formula(one: Density) -> str:
    """The formula of a density, of a number where its spread is one."""
    x, mean, spread = (latex(part) for part in (one.x, one.mean, one.spread))
    mean = mean if len(one.mean) == 1 or not {"+", "-"} & {token.text for token in one.mean} else f"({mean})"
    if not is_matrix(one.spread):
        return SCALAR % {"x": x, "mean": mean, "spread": "{" + spread + "}"}
    named = len(one.spread) == 1 or one.spread[1].is_mark("_")
    return VECTOR % {"x": x, "mean": mean, "spread": spread, "inverse": f"{spread}^{{-1}}" if named else f"({spread})^{{-1}}"}


def covariances(found: list[Statement]) -> list[Parts]:
    """The names of matrices that stand as covariances in densities."""
    spreads = [one.spread for each in found for side in each.sides for one in all_in(side)]
    return [spread for spread in spreads if is_matrix(spread) and is_name(spread)]


def is_matrix(spread: Parts) -> bool:
    """Whether a covariance is a matrix by its letters."""
    own = [token for at, token in enumerate(spread) if at == 0 or not spread[at - 1].is_mark("_", "^")]
    return any(conventional_kind(key((token,))) == "matrix" for token in own if token.kind in ("letter", "macro") or token.inner)
