r"""Variables as they are asked by: `X`, `\operatorname{vec}(X)`, `x = vec(X)`."""

from __future__ import annotations

from derivtex.reading.source.tokens import Token, plain
from derivtex.reading.source.vocabulary import ACCENTS
from derivtex.reading.syntax.tree import key

Parts = tuple[Token, ...]
TELLING = ("=", ":=", r"\le", r"\ge")  # relations that tell the sizes of their sides


def variable_tokens(parts: Parts) -> tuple[Parts, Parts | None]:
    """A variable's tokens, of `x = vec(X)` those of x; and where it is a vec, what that is of."""
    at = next((k for k, token in enumerate(parts) if token.is_mark("=")), len(parts))
    name = parts[:at] if at else parts
    return name, inside_vec(parts[at + 1 :]) if at < len(parts) else inside_vec(name)


def inside_vec(parts: Parts) -> Parts | None:
    r"""What a vec is of: the X of `vec(X)` or `\operatorname{vec} X`; None of anything else."""
    width = 2 if parts[:1] and parts[0].is_mark(r"\operatorname", r"\mathrm", r"\mathbf") else 1 if parts[:1] and parts[0].kind != "letter" else 3
    if plain(parts[:width]).replace(" ", "").replace(r"\operatorname", "").replace(r"\mathrm", "").strip("{}").lower() != "vec":
        return None
    rest = parts[width:]
    if len(rest) > 2 and rest[0].text == "(" and rest[-1].text == ")":
        rest = rest[1:-1]
    return rest or None


def occurring_base(name: Parts) -> Parts:
    r"""A name without the star of `w^*`, the accent of `\hat\beta`."""
    if len(name) > 2 and name[-2].is_mark("^"):
        name = name[:-2]
    if len(name) == 2 and name[0].text in ACCENTS:
        name = name[1].inner or name[1:]
    return name


def is_starred(name: Parts) -> bool:
    """Whether a variable is conjugated, `w^*`."""
    return len(name) > 2 and name[-2].is_mark("^") and key(name[-1:]) == ("*",)
