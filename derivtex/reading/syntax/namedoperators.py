r"""Derivatives that are called by a word or by a letter with their function below, `\operatorname{Hess} f(x)`, `{\rm grad}\, f`, `H_f(x)`, `J_g`,
with the usual marks in their place, `\nabla^2 f(x)`, `\frac{\partial g}{\partial x^T}`."""

from __future__ import annotations

from collections.abc import Mapping

from derivtex.reading.source.marks import Token
from derivtex.reading.source.vocabulary import TRANSPOSES, bare_word
from derivtex.reading.syntax.lefts import closing, is_name, left_side
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.written import group, mark, placed, transpose_mark

ORDERS = {"grad": 1, "Grad": 1, "hess": 2, "Hess": 2, "Hessian": 2}
LETTERS: tuple[Key, ...] = (("H",), ("J",))
Functions = Mapping[Key, Parts]  # the functions of one argument that are defined, each with it


def with_named_operators(found: list[Statement], known: set[Key]) -> list[Statement]:
    """The statements with the marks of derivatives for those that are called by a word or a letter; known: names that are something else."""
    lefts = [left_side(each.sides[0]) for each in found if each.relations[:1] in (("=",), (":=",))]
    functions = {key(left.name): left.arguments[0] for left in lefts if left is not None and left.arguments and len(left.arguments) == 1}
    return [each._replace(sides=tuple(in_usual_marks(side, functions, known) for side in each.sides)) for each in found]


def in_usual_marks(parts: Parts, functions: Functions, known: set[Key]) -> Parts:
    """Parts with the usual marks, those in braces too."""
    result: list[Token] = []
    at = 0
    while at < len(parts):
        made, end = by_word(parts, at) or by_two(parts, at) or by_letter(parts, at, functions, known) or ((), 0)
        if not end:
            inner = parts[at].inner
            made, end = (parts[at]._replace(inner=in_usual_marks(inner, functions, known)) if inner else parts[at],), at + 1
        result += made
        at = end
    return tuple(result)


def by_word(parts: Parts, at: int) -> tuple[Parts, int] | None:
    r"""`\nabla^2` for the `\operatorname{Hess}` that stands at a place before what it is of, `f(x)`, `(f)(x)` or `_f(x)`, and where that begins."""
    width, order = next(((wide, ORDERS[word]) for wide in (2, 1) if (word := bare_word("".join(key(parts[at : at + wide])))) in ORDERS), (0, 0))
    behind = parts[at + width :]
    if not width or not behind or behind[0].text in ("=", ",", ")"):
        return None
    made, end = nabla(order, parts[at].start), at + width
    if behind[0].is_mark("_") and len(behind) > 1:
        below = behind[1].inside
        inside = behind[2 : closing(behind, 2)] if behind[2:] and behind[2].text == "(" else ()
        is_of = len(behind) == 2 or (bool(inside) and not any(key(inside[k : k + len(below)]) == key(below) for k in range(len(inside))))
        return ((*made, *below), end + 2) if is_of else ((*made, *behind[:2]), end + 2)
    close = closing(behind, 0) if behind[0].text == "(" else None
    if close is not None and is_name(behind[1:close]) and behind[close + 1 : close + 2] and behind[close + 1].text == "(":
        return (*made, *behind[1:close]), end + close + 1
    return made, end


def by_two(parts: Parts, at: int) -> tuple[Parts, int] | None:
    r"""`\nabla^2` for two `\nabla` one behind the other, the second or both with a transpose or the same name below: `\nabla\nabla^T`."""
    if not parts[at].is_mark(r"\nabla"):
        return None
    first, middle = scripts_of(parts, at + 1)
    if not parts[middle:] or not parts[middle].is_mark(r"\nabla"):
        return None
    second, end = scripts_of(parts, middle + 1)
    below = {script for label, script in (*first, *second) if label == "_"}
    raised = [script for label, script in (*first, *second) if label == "^"]
    if len(first) - len(second) in (-1, 0, 1) and len(below) < 2 and len(raised) < 2 and all(each in TRANSPOSES for each in raised):
        lowered = next(((mark("_", parts[at].start), *parts[k + 1 : k + 2]) for k in range(at, end) if parts[k].is_mark("_")), ())
        return (parts[at], *lowered, *nabla(2, parts[at].start)[1:]), end
    return None


def scripts_of(parts: Parts, at: int) -> tuple[list[tuple[str, Key]], int]:
    """The scripts that stand at a place, each with its mark, and the place behind them."""
    found: list[tuple[str, Key]] = []
    while at + 1 < len(parts) and parts[at].is_mark("_", "^"):
        found.append((parts[at].text, key(parts[at + 1].inside)))
        at += 2
    return found, at


def by_letter(parts: Parts, at: int, functions: Functions, known: set[Key]) -> tuple[Parts, int] | None:
    r"""The second derivative for `H_f`, the Jacobian for `J_f`, of a function that is defined, where nothing else has the name."""
    width = 2 if key(parts[at : at + 2])[-1:] in LETTERS and parts[at].kind == "macro" else 1
    name, below, end = key(parts[at : at + width]), parts[at + width + 1 : at + width + 2], at + width + 2
    if name[-1:] not in LETTERS or len(name) > 2 or not below or not parts[at + width].is_mark("_"):
        return None
    of = below[0].inside
    argument = functions.get(key(of))
    if argument is None or name in known or key(parts[at:end]) in known:
        return None
    if name[-1] == "H":
        return (*nabla(2, parts[at].start), *of), end
    close = closing(parts, end) if parts[end:] and parts[end].text == "(" else None
    if close is not None and key(parts[end + 1 : close]) != key(argument):  # its value elsewhere
        return None
    return jacobian(of, argument, parts[at].start), end if close is None else close + 1


def nabla(order: int, at: int) -> Parts:
    """The mark of a derivative."""
    return mark(r"\nabla", at), *((mark("^", at), mark("2", at)) if order == 2 else ())


def jacobian(of: Parts, by: Parts, at: int) -> Parts:
    """The derivative of a function by a row of its argument."""
    turned = (*placed(by, at), mark("^", at), *transpose_mark(at))
    return mark(r"\frac", at), group((mark(r"\partial", at), *of)), group((mark(r"\partial", at), *turned))
