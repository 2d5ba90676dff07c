r"""What is varied: the variables that are asked by, `X`, `\operatorname{vec}(X)`, `x = vec(X)`; the sign of an optimum, `\min_W …`, `\arg\min_w …`,
`\text{minimize } …`, and the unknowns below it or with a hat, a star or a word, `\hat\beta`, `w^*`, `\beta_{ML}`."""

from __future__ import annotations

from derivtex.reading.source.marks import plain
from derivtex.reading.syntax.lefts import closing, is_name, under_accent
from derivtex.reading.syntax.lists import by_commas, by_marks
from derivtex.reading.syntax.occurring import RATES
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key

EXTREMA = (r"\min", r"\max", r"\argmin", r"\argmax")
TYPED = frozenset("min max argmin argmax".split())
GOALS = frozenset("minimize maximize minimise maximise argmin argmax".split())


def is_goal(word: Parts) -> bool:
    r"""Whether a word is `\text{minimize}`."""
    return [token.kind for token in word] == ["text"] and word[0].text.strip(" ,.:").lower() in GOALS


def goal_width(parts: Parts) -> int:
    r"""How many tokens the word for an optimum takes: `\min`, `\arg\min`, `\operatorname{argmin}`; 0 where there is none."""
    letters = next((k for k, token in enumerate(parts) if token.kind != "letter"), len(parts))
    if plain(parts[:letters]).replace(" ", "") in TYPED and parts[letters : letters + 1] and parts[letters].is_mark("_"):
        return letters
    at = 1 if parts[:1] and parts[0].is_mark(r"\arg") else 0
    if len(parts) > at + 1 and parts[at].is_mark(r"\operatorname") and plain(parts[at + 1].inner).replace(" ", "") in GOALS:
        return at + 2
    return at + 1 if at < len(parts) and (parts[at].is_mark(*EXTREMA) or is_goal(parts[at : at + 1])) else 0


def is_objective(parts: Parts) -> bool:
    r"""Whether a side is `\min_W …` or `\arg\min_w …`."""
    at = goal_width(parts)
    return bool(at) and len(parts) > at + 2 and parts[at].is_mark("_")


def objective(parts: Parts) -> tuple[Parts, Parts]:
    """What stands below the sign of an optimum, and behind it."""
    at = goal_width(parts)
    below = parts[at + 1]
    return below.inside, parts[at + 2 :]


def varied_in(below: Parts) -> Parts:
    r"""The names below the sign, before `\in` or the epsilon of `x \epsilon \mathbb{R}`, which some type for it."""
    for at, token in enumerate(below):
        typed = token.is_mark(r"\epsilon", r"\varepsilon") and at + 1 < len(below) and below[at + 1].is_mark(r"\mathbb", r"\Bbb", r"\mathcal")
        if token.is_mark(r"\in") or typed:
            return below[:at]
    return below


BINDING = ("=", "<", ">", r"\le", r"\ge", r"\leq", r"\geq", r"\leqslant", r"\geqslant", r"\succeq", r"\preceq")
BARS = (",", ":", ";", "|", r"\mid", r"\colon")
Condition = tuple[Parts, str, Parts]


def conditions_in(below: Parts) -> tuple[Parts, list[Condition]]:
    r"""The name below the sign of an optimum with the conditions that stand there too: `x \ge 0`, `\|x\| = 1`, `w : w^T\mathbf{1} = 1`.

    Without conditions all of it; no name where it cannot be told which of several is varied.
    """
    pieces = [piece for piece in by_marks(below, *BARS) if piece]
    split = [split_at(piece, *BINDING) for piece in pieces]
    conditions = [(left, relation, right) for left, relation, right in split if relation and left and right]
    if not conditions:
        return below, []
    plain_ = [piece for piece, (_, relation, _) in zip(pieces, split, strict=True) if not relation]
    if plain_:
        return varied_in(plain_[0]), conditions
    left, _, right = conditions[0]
    names = [side for side in (left, right) if is_name(side)]
    letters = [token for token in left if token.is_letter and token.text != "T"]
    return names[0] if names else (letters[0],) if len({each.text for each in letters}) == 1 else (), conditions


def conditions_in_set(side: Parts) -> tuple[Parts, list[Condition]]:
    r"""The name and the conditions of a set, `\{x : Ax = b\}`; none of anything else."""
    braces = len(side) > 2 and side[0].is_mark(r"\{") and side[-1].is_mark(r"\}")
    return conditions_in(side[1:-1]) if braces else ((), [])


def behind_goal(parts: Parts) -> Parts:
    r"""What stands behind `\text{minimize}`, `\arg\min` and `\min`, where nothing stands below.

    Nothing behind the `\min` of a name, whose entries it may be of, and of a list in brackets, `\max(0, x)`.
    """
    at = goal_width(parts)
    if not at or len(parts) <= at:
        return ()
    rest = parts[at:]
    return rest if is_goal(parts[at - 1 : at]) or parts[0].is_mark(r"\arg", r"\operatorname") or is_optimised(rest) else ()


def is_optimised(rest: Parts) -> bool:
    r"""Whether what stands behind `\min` is one formula, `x^TQx` or `(y - Xb)^T(y - Xb)`, and no name, list or set."""
    if rest[0].text in ("(", "["):
        end = closing(rest, 0)
        return end is not None and end + 1 < len(rest) and rest[end + 1].is_mark("^")
    return len(by_commas(rest)) == 1 and not is_name(rest) and not rest[0].is_mark("_", "^", r"\{")


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
    return under_accent(name)


def is_starred(name: Parts) -> bool:
    """Whether a variable is conjugated, `w^*`."""
    return len(name) > 2 and name[-2].is_mark("^") and key(name[-1:]) == ("*",)


def is_hatted(name: Parts) -> bool:
    r"""Whether a variable has the hat of an estimate, `\hat\beta`, `\widehat{W}`."""
    return len(name) > 1 and name[0].text in (r"\hat", r"\widehat")


def hatted_names(side: Parts) -> list[Parts]:
    r"""The estimates that stand in a side, `\hat\mu` in `(x_i - \hat\mu)^T`, with their hats."""
    found = [side[at : at + 2] for at in range(len(side)) if is_hatted(side[at : at + 2]) and bare(side[at : at + 2])]
    return [*found, *(name for token in side for name in hatted_names(token.inner))]


def family_of(name: Parts) -> Parts:
    """The p of an entry `p_k` with a letter for its index; nothing where it is no such name."""
    if len(name) < 3 or not name[-2].is_mark("_"):
        return ()
    index = name[-1].inner or name[-1:]
    letter = len(index) == 1 and index[0].kind == "letter" and index[0].text.islower()
    return bare(name[:-2]) if letter and not is_label(name[-1:]) else ()


LABELS = frozenset("opt min max ridge best ls ols ml mle map".split())


def derives(side: Parts) -> bool:
    """Whether a derivative stands in a side."""
    return any(token.is_mark(r"\partial", r"\nabla", "d") or derives(token.inner) for token in side)


def windows(side: Parts, width: int) -> list[tuple[str, ...]]:
    """The keys of all stretches of so many tokens."""
    return [key(side[at : at + width]) for at in range(len(side))]


def under_optimum(each: Statement) -> list[Parts]:
    r"""The names below `\min` and `\arg\min`."""
    found: list[Parts] = []
    for side in each.sides:
        if is_objective(side):
            found += [name for name in by_commas(varied_in(objective(side)[0])) if name]
    return found


def bare(name: Parts) -> Parts:
    r"""The unknown of `\hat\beta`, `w^*`, `\hat\beta_{ML}`, `x^{\star}`; nothing where it is no such name, as the rate `\dot x`."""
    if name[:1] and name[0].text in RATES:
        return ()
    name = under_accent(name)
    while len(name) > 2 and name[-2].is_mark("^", "_") and is_label(name[-1:]):
        name = under_accent(name[:-2])
    one = len(name) == 1 and name[0].kind in ("letter", "macro")
    dressed = len(name) == 2 and name[0].kind == "macro" and name[1].kind in ("letter", "group")
    return name if one or dressed else ()


def is_label(script: Parts) -> bool:
    r"""Whether a script is a star or a word, and no index or power."""
    inner = script[0].inner or script
    if all(part.is_mark("*", r"\star", r"\ast") or part.kind == "text" for part in inner):
        return True
    written = inner[1].inner if len(inner) == 2 and inner[0].is_mark(r"\mathrm", r"\text") else inner
    word = "".join(part.text for part in written)
    return len(word) > 1 and word.isalpha() and (word.isupper() or word.lower() in LABELS)


def is_formula(right: Parts) -> bool:
    """Whether a side is no number, list or matrix that is written out."""
    return any(token.kind in ("letter", "macro", "group") for token in right) and right[0].text not in ("[", r"\{") and not any(
        token.kind == "environment" or token.is_mark(",", r"\ldots") for token in right
    )
