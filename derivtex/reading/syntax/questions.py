r"""What is asked, as it stands in a source: `\frac{\partial L}{\partial W}`, `\nabla_W L`, `\frac{d}{dX}…`, `D_x f`, `\nabla^2
f`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from derivtex.reading.source.marks import plain
from derivtex.reading.source.vocabulary import ACCENTS, BARS, FONTS
from derivtex.reading.syntax.tree import Key, Node, Parts, key

D_MARKS = (("d",), (r"\partial",), (r"\mathrm", "d"), (r"\rm", "d"), (r"\mathsf", "d"), (r"\text", "d"), ("{", r"\rm", "d", "}"))


class Question(NamedTuple):
    """A derivative on paper: of what (no tokens: of what follows or of the only candidate), by what, of which order, with
    which mark."""

    of: Parts
    by: tuple[Parts, ...]
    order: int
    mark: str


def question(parts: Parts) -> Question | None:
    """The question that tokens are, if they are one."""
    if not parts:
        return None
    if (multiple := of_multiple(parts)) is not None:
        return multiple
    if parts[0].is_mark("-") and (negative := of_negative(parts)) is not None:
        return negative
    if parts[0].is_mark(r"\frac") and len(parts) >= 3:
        return of_fraction(parts[1].inside, parts[2].inside, parts[3:])
    if parts[0].kind == "group" and (over := next((at for at, each in enumerate(parts[0].inner) if each.is_mark(r"\over")), None)) is not None:
        return of_fraction(parts[0].inner[:over], parts[0].inner[over + 1 :], parts[1:])
    slash = next((at for at, token in enumerate(parts) if token.is_mark("/")), None)
    if slash is not None and d_width(parts) and d_width(parts[slash + 1 :]):
        return of_slash(parts[:slash], parts[slash + 1 :])
    if parts[0].is_mark(r"\nabla"):
        return of_nabla(parts) if not any(token.is_mark(r"\nabla") for token in parts[1:]) else None
    is_d = (parts[0].kind == "letter" and parts[0].text == "D") or parts[0].is_mark(r"\partial")
    if is_d and len(parts) > 3 and parts[1].is_mark("_") and plain((parts[2],)).replace(r"\mathrm", "").strip() != "KL":
        return Question(parts[3:], (parts[2].inside,), 1, r"\partial")
    return None


def of_slash(over: Parts, behind: Parts) -> Question | None:
    r"""`d/dX \operatorname{tr}(AX)`, `\partial f/\partial X`: where nothing stands before the slash but a d, one name behind it is the variable."""
    if d_width(over) < len(over):
        return of_fraction(over, behind, ())
    width = d_width(behind)
    width += 2 if width < len(behind) and behind[width].text in FONTS | ACCENTS else 1
    while width + 1 < len(behind) and (behind[width].is_mark("_") or (behind[width].is_mark("^") and key(behind[width + 1].inside) == ("*",))):
        width += 2
    end = width
    while end < len(behind) and behind[end].is_mark("'"):
        end += 1
    return of_fraction(over, behind[:width], behind[end:])


def of_primes(parts: Parts, arguments: dict[Key, tuple[Parts, ...] | None]) -> Question | None:
    """`f'(x)`, `f'` or `f''(x)` as a whole, where f(x) = … is a definition; arguments: those of the functions that are defined."""
    parts = tuple(prime for token in with_plain_primes(parts) for prime in token)
    at = next((k for k, token in enumerate(parts) if token.is_mark("'")), 0)
    order = sum(token.is_mark("'") for token in parts)
    name, behind = parts[:at], parts[at + order :]
    formal = arguments.get(key(name)) if at and order < 3 else None
    if formal is None or len(formal) != 1:
        return None
    if not behind:
        return Question(name, formal, order, "d")
    if [token.text for token in (*behind[:1], *behind[-1:])] != ["(", ")"]:
        return None
    return Question(name, formal, order, "d") if key(behind[1:-1]) == key(formal[0]) else None


def with_plain_primes(parts: Parts) -> Iterator[Parts]:
    r"""Parts with the primes of `f^{\prime}` in the place of the script."""
    for at, token in enumerate(parts):
        behind = parts[at + 1].inside if at + 1 < len(parts) else ()
        if token.is_mark("^") and behind and all(each.is_mark("'") for each in behind):
            yield behind
        elif not (at and parts[at - 1].is_mark("^") and all(each.is_mark("'") for each in token.inside)):
            yield (token,)


def d_width(parts: Parts) -> int:
    """How many tokens the d at the beginning takes: 0 when there is none."""
    for width in (1, 2):
        if len(parts) >= width and key(parts[:width]) in D_MARKS:
            return width
    return 0


def of_fraction(over: Parts, under: Parts, behind: Parts) -> Question | None:
    r"""`\frac{\partial f}{\partial x}`, `\frac{\partial}{\partial X} f`, `\frac{\partial^2 f}{\partial x\partial x^T}`."""
    if over and under[1:] and over[0].is_mark(r"\delta") and under[0].is_mark(r"\delta"):
        of_partials = of_fraction(as_partial(over), as_partial(under), behind)
        return of_partials._replace(mark=r"\delta") if of_partials is not None and len(of_partials.by) == 1 else None
    width = d_width(over)
    if not width or not d_width(under):
        return None
    mark = over[0].text if width == 1 else "d"
    of, order = over[width:], 1
    if of and of[0].is_mark("^") and len(of) > 1:
        order = 2 if key(of[1].inside) == ("2",) else 3
        of = of[2:]
    if (raised := d_width(under)) + 2 < len(under) and under[raised].is_mark("^") and key(under[raised + 1].inside) == ("2",):
        under, order = (*under[:raised], *under[raised + 2 :]), 2  # `\frac{\partial f}{\partial^2 x}`, as some write it
    by = variables(under, order)
    if of and behind and key(behind) not in {("(", *key(each), ")") for each in by}:  # `\frac{du}{dx}(x)` is the value at x itself
        return None
    behind = () if of else behind
    return Question(of or behind, by, order, mark) if by and order < 3 else None


def as_partial(parts: Parts) -> Parts:
    r"""The `\delta X` of `\frac{\delta}{\delta X}` with the mark of a derivative."""
    return (parts[0]._replace(text=r"\partial"), *parts[1:])


def variables(under: Parts, order: int) -> tuple[Parts, ...]:
    r"""What stands behind each d: `\partial x\partial x^T`, `\partial x^2`, `d x`."""
    found: list[Parts] = []
    rest = under
    while rest and (width := d_width(rest)):
        rest = rest[width:]
        end = next((at for at in range(1, len(rest)) if d_width(rest[at:]) and not rest[at - 1].is_mark("^", "_")), len(rest))
        found.append(unraised(rest[:end], order))
        rest = rest[end:]
    names = [name for name in found if name]
    if order == 2 and len(names) == 2 and key(names[0]) == key(names[1]):
        names = names[:1]
    return tuple(names) if not rest else ()


def unraised(name: Parts, order: int) -> Parts:
    """A variable without the T of `\\partial x^T` and `\\partial x'`, or the 2 of `\\partial x^2`, and without brackets."""
    if len(name) > 2 and name[-2].is_mark("^") and (order > 1 or key(name[-1].inside) in ((r"\top",), ("T",))):
        name = name[:-2]
    while len(name) > 1 and name[-1].is_mark("'"):
        name = name[:-1]
    if len(name) > 2 and name[0].text == "(" and name[-1].text == ")":
        name = name[1:-1]
    return name


def of_nabla(parts: Parts) -> Question | None:
    r"""`\nabla_W L`, `\nabla f`, `\nabla^2 f`, `\nabla_x f(x)`; not `\nabla\cdot F`."""
    at, order = 1, 1
    if parts[1:] and parts[1].is_mark(r"\cdot", r"\times"):
        return None
    by: tuple[Parts, ...] = ()
    while at + 1 < len(parts) and parts[at].is_mark("_", "^"):
        script = parts[at + 1].inside
        if parts[at].is_mark("_"):
            by = (script,)
        elif key(script) == ("2",):
            order = 2
        else:
            return None
        at += 2
    if not by and behind_call(parts[at:]):
        return None
    return Question(parts[at:], by or of_argument(parts[at:]), order, r"\nabla")


def of_argument(of: Parts) -> tuple[Parts, ...]:
    r"""The x of `f(x)`, `\mathcal{L}(\theta)`: a letter alone in brackets behind a name, and nothing behind it."""
    bare = [token for token in of if not token.is_mark(r"\left", r"\right")]
    if len(bare) < 4 or len(bare) > 5 or bare[-1].text != ")" or bare[-3].text != "(" or any(token.is_mark("_", "^") for token in bare):
        return ()
    return ((bare[-2],),) if bare[-2].is_letter and (len(bare) == 4 or bare[0].text in FONTS) else ()


def behind_call(parts: Parts) -> Parts:
    r"""What stands behind the bracket of a function, as in `\nabla f(x)^Tv`; nothing where no function with a bracket stands first."""
    depth, begun = 0, False
    for at, token in enumerate(parts):
        depth += token.nesting
        if not begun and (depth or at > 2):
            begun = True
            if depth != 1 or token.text != "(":
                return ()
        elif begun and depth == 0:
            return parts[at + 1 :]
    return ()


def of_multiple(parts: Parts) -> Question | None:
    r"""`\frac12\nabla_w(w^TAw)`, `-\nabla_x f`: the gradient of the multiple."""
    at = next((k for k, token in enumerate(parts) if token.text == r"\nabla"), 0)
    before, behind = parts[:at], parts[at:]
    numbers = all(part.kind == "digit" or part.is_mark(r"\frac", "-", ".", "/") or is_of_digits(part.inner) for part in before)
    if not before or not numbers or has_sign(behind):
        return None
    asked = of_nabla(behind)
    return asked._replace(of=(*before, *asked.of)) if asked is not None and asked.of and asked.by else None


def of_negative(parts: Parts) -> Question | None:
    r"""`-\frac{\partial E}{\partial x}`: the derivative of what has the other sign, a force."""
    asked = question(parts[1:]) if len(parts) > 1 and not has_sign(parts[1:]) else None
    return asked._replace(of=(parts[0], *asked.of)) if asked is not None and asked.of and asked.by else None


def is_of_digits(parts: Parts) -> bool:
    return bool(parts) and all(part.kind == "digit" for part in parts)


def has_sign(parts: Parts) -> bool:
    """Whether a plus or minus stands outside of brackets and bars."""
    depth, bars = 0, False
    for token in parts:
        depth += token.nesting
        bars ^= token.is_mark(*BARS)
        if depth == 0 and not bars and token.is_mark("+", "-"):
            return True
    return False


def is_derivative(node: Node, with_d: bool = False) -> bool:
    r"""Whether a fraction is a derivative, `\frac{\partial f}{\partial x}`; where differentials are read, `\frac{df}{dx}` too."""
    return all(begins_with_partial(part, with_d) for part in node.parts)


def is_divided_by_change(node: Node) -> bool:
    r"""Whether a fraction divides by a change alone, `\frac{1}{\partial X}`, in an abuse of the notation of derivatives."""
    return not begins_with_partial(node.parts[0], False) and begins_with_partial(node.parts[1], False)


def is_variation(node: Node) -> bool:
    r"""Whether a fraction is one of variations, `\frac{\delta L}{\delta X}`."""
    return all(first_name(part).text == r"\delta" for part in node.parts)


def first_name(node: Node) -> Node:
    """What a formula begins with."""
    while node.parts and node.form in ("chain", "script"):
        node = node.parts[0]
    return node


def begins_with_partial(node: Node, with_d: bool) -> bool:
    node = first_name(node)
    return node.form == "name" and (node.text == r"\partial" or (with_d and bool(d_width(node.tokens))))


def questions_in(parts: Parts, *marks: str) -> Iterator[Question]:
    r"""The derivatives that occur among tokens, those that begin with these marks: `\frac`, `\nabla`."""
    for at, token in enumerate(parts):
        if token.is_mark(*marks) and (asked := question(parts[at : at + 3])) is not None:
            yield asked
        if token.inner:
            yield from questions_in(token.inner, *marks)


def evaluated(parts: Parts) -> tuple[Question | None, Parts]:
    r"""The question before a bar that says where a derivative is taken, `\frac{\partial f}{\partial x}|_{x=0}`, and what stands below the bar."""
    if len(parts) < 4 or not parts[-2].is_mark("_") or parts[-3].text not in ("|", "]"):
        return None, ()
    return question(parts[:-3]), parts[-1].inner or parts[-1:]


def is_differential(side: Parts, defined: set[Key], declared: set[Key]) -> bool:
    r"""Whether a left side is `dL` or `d(L)` of a name that is known."""
    width = d_width(side)
    if not width or key(side[:width]) in declared or key(side[:width]) in defined or len(side) == width:
        return False
    rest = side[width:]
    if rest[0].text == "(" and rest[-1].text == ")":
        return key(rest[1:-1]) in defined
    return side[0].kind != "letter" or len(rest) >= 1 and not rest[0].is_mark("_", "^", "(", "'")


def of_differential(side: Parts) -> Question | None:
    r"""The differential that a side is, `d(x^TAx)`; None of another side, or of one that goes on behind the bracket."""
    inner = side[d_width(side) :] if d_width(side) else ()
    if len(inner) < 4 or inner[0].text not in ("(", "["):
        return None
    depths = list(accumulate(token.nesting for token in inner))
    return Question(inner[1:-1], (), 1, "d") if depths[-1] == 0 and 0 not in depths[:-1] else None


def around_primes(parts: Parts) -> tuple[Parts, Parts]:
    """What stands before the first prime, and behind it without further primes; nothing before where there is none."""
    at = next((k for k, token in enumerate(parts) if token.is_mark("'")), 0)
    return parts[:at], tuple(token for token in parts[at:] if not token.is_mark("'"))
