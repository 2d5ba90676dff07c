r"""Statements in which a mark means something else than it usually does, with the usual one in its place before anything is parsed.

signs         `\otimes` the product of entries, where the words say so
recurrences   `h^t = …h^{t-1}…`: each time has a name of its own, `h^{(t)}`, and what came before is taken as given
variations    `\delta f = 2x^TA\,\delta x`, `\frac{\delta L}{\delta X}`: the d of the calculus of variations. A δ may be a number too: it is a d only
              where it can be nothing else: always before a name or a bracket, never with a script, before the identity or alone; and once on
              both sides of an equation that begins with it, or above and below a line
brackets      one that closes nothing, `\Big(\big[2B^T(B\Sigma B^T)^{-1})\big]\Big)`, where leaving it out is the one way to mend a product
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.reading.source.marks import GREEK, Token, latex
from derivtex.reading.source.vocabulary import BRACKETS
from derivtex.reading.syntax.lefts import Left, closing, left_side, name_width
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key


def with_signs(found: list[Statement], told: dict[str, str]) -> tuple[list[Statement], list[tuple[Statement, DerivtexError]]]:
    """The statements with the usual sign in the place of one that the words say means another product; and those in which it means what
    is not read, with the error."""
    kept: list[Statement] = []
    faults: list[tuple[Statement, DerivtexError]] = []
    for each in found:
        try:
            kept.append(each._replace(sides=tuple(replaced(side, told, each) for side in each.sides)))
        except DerivtexError as error:
            faults.append((each, error))
    return kept, faults


def replaced(parts: Parts, told: dict[str, str], said: Statement) -> Parts:
    """Parts with the usual signs, those in scripts left as they are."""
    result: list[Token] = []
    behind: dict[int, Token] = {}
    for at, token in enumerate(parts):
        raised = at > 0 and parts[at - 1].is_mark("^", "_")
        what = "" if raised or not is_between(parts, at) else told.get(token.text, "")
        if token.inner and not raised:
            token = token._replace(inner=replaced(token.inner, told, said))
        if what == "outer":
            behind[at + factor_width(parts[at + 1 :])] = token
        elif what.startswith("a "):
            refuse(token.text, what, said)
        elif what:
            token = token._replace(kind="macro", text=what)
        result += [token] if what != "outer" else []
        result += transposed(behind.pop(at)) if at in behind else []
    return tuple(result)


def is_between(parts: Parts, at: int) -> bool:
    """Whether a token stands between two factors, and behind no number."""
    before = parts[at - 1] if at else None
    marked = before is None or before.kind == "digit" or before.text in ("+", "-", "=", "(", "[", ",")
    return not marked and at + 1 < len(parts) and parts[at + 1].text not in (")", "]", ",")


def factor_width(parts: Parts) -> int:
    """How many tokens the name or the bracket at the beginning takes."""
    if parts and parts[0].nesting > 0:
        return (closing(parts, 0) or 0) + 1
    width = name_width(parts[:1]) or name_width(parts) or 1
    return width + 2 if parts[width : width + 1] and parts[width].is_mark("_") else width


def transposed(sign: Token) -> Parts:
    """A raised mark of the transpose, where a sign stood."""
    return Token("mark", "^", sign.start, sign.end), Token("macro", r"\top", sign.start, sign.end)


def refuse(sign: str, what: str, said: Statement) -> None:
    raise SyntaxProblem(
        f"{sign} is {what}, as the words say, which is not derived", way_out="write it as a product with a matrix, or as a sum over entries",
        span=said.span,
    )  # fmt: skip


def with_times(found: list[Statement]) -> tuple[list[Statement], list[str]]:
    r"""The statements with `h^{(t)}` for the `h^t` and `x^t` of a recurrence in t, and what is to be said of them."""
    times = {time.text for each in found if each.relations[:1] == ("=",) for time in raised_time(each)}
    if not times:
        return found, []
    said = [f"what is raised by {time} or {time}-1 is of that time, and no power" for time in sorted(times)]
    return [each._replace(sides=tuple(at_times(side, times) for side in each.sides)) for each in found], said


def raised_time(each: Statement) -> Iterator[Token]:
    """The t of a statement `h^t = …` whose right side holds an earlier or later h."""
    left = each.sides[0]
    if len(left) < 3 or not left[-2].is_mark("^"):
        return
    script = left[-1].inside
    if len(script) == 1 and script[0].kind == "letter" and any(others(side, left[:-1], script[0]) for side in each.sides[1:]):
        yield script[0]


def earlier(left: Left, side: Parts) -> str:
    """The `h_{t-1}` that stands in the definition of `h_t` or of `i_t`, the `h^{(t-1)}` in that of `h^{(t)}`; nothing where there is none."""
    name, letters = (left.name, left.below) if left.below else (left.name[:-2], unbracketed(left.name[-1:]))
    if len(letters) != 1 or letters[0].kind != "letter" or not name:
        return ""
    mark = Token("mark", "_" if left.below else "^", letters[0].start, letters[0].start)
    own = next((latex((*name, mark, script)) for script in others(side, (*name, mark), letters[0])), "")
    return own or (next(times_before(side, letters[0]), "") if left.below else "")


def times_in(found: list[Statement]) -> Iterator[str]:
    """The times of the recurrences `h_t = …h_{t-1}…` that no sum runs over: what has one below it is of that time, and no member."""
    sides = [side for each in found for side in each.sides]
    for each in found:
        left = left_side(each.sides[0]) if each.relations[:1] == ("=",) else None
        if left is not None and left.below and earlier(left, each.sides[1]) and not any(is_summed(side, left.below[0]) for side in sides):
            yield latex(left.below)


def times_before(parts: Parts, letter: Token) -> Iterator[str]:
    """The names with a `t-1` below them, of what the time is no matter: those of a sum over t count by it."""
    if is_summed(parts, letter):
        return
    for at, token in enumerate(parts):
        script = unbracketed((token,))
        named = at > 1 and parts[at - 1].is_mark("_") and name_width(parts[at - 2 : at - 1])
        if named and is_shifted(script, letter.text) and script[1].is_mark("-"):
            yield latex(parts[at - 2 : at + 1])
        if token.inner:
            yield from times_before(token.inner, letter)


def is_summed(parts: Parts, letter: Token) -> bool:
    """Whether a sum or product over a letter stands among tokens."""
    below = (token for at, token in enumerate(parts) if at > 1 and parts[at - 1].is_mark("_") and parts[at - 2].is_mark(r"\sum", r"\prod"))
    return any(unbracketed((each,))[:1] and unbracketed((each,))[0].text == letter.text for each in below) or any(
        is_summed(token.inner, letter) for token in parts if token.inner
    )


def others(parts: Parts, before: Parts, letter: Token) -> list[Token]:
    """The scripts behind a name and its mark that are a letter with a number added or taken away."""
    found: list[Token] = []
    wanted = key(before)
    for at, token in enumerate(parts):
        if token.inner:
            found += others(token.inner, before, letter)
        if at >= len(before) and key(parts[at - len(before) : at]) == wanted and is_shifted(unbracketed((token,)), letter.text):
            found.append(token)
    return found


def is_shifted(script: Parts, letter: str) -> bool:
    """Whether a script is `t-1` or `t+1`."""
    return len(script) == 3 and script[0].text == letter and script[1].is_mark("+", "-") and script[2].kind == "digit"


def at_times(parts: Parts, times: set[str]) -> Parts:
    """Parts with brackets around each time that a small letter is raised by."""
    result: list[Token] = []
    for at, token in enumerate(parts):
        script = token.inside
        raised = at > 1 and parts[at - 1].is_mark("^") and is_small(parts[at - 2]) and script[:1] and script[0].text in times
        if raised and (len(script) == 1 or is_shifted(script, script[0].text)):
            brackets = (Token("mark", "(", token.start, token.start), *script, Token("mark", ")", token.end, token.end))
            result.append(Token("group", "", token.start, token.end, inner=brackets))
        else:
            result.append(token._replace(inner=at_times(token.inner, times)) if token.inner else token)
    return tuple(result)


def is_small(token: Token) -> bool:
    """Whether a time may be raised on a mark: a small letter, also in a font; capitals may have powers."""
    if token.kind == "group" and len(token.inner) == 1:
        token = token.inner[0]
    return (token.kind == "letter" and token.text.islower()) or (token.kind == "macro" and token.text in GREEK)


def unbracketed(parts: Parts) -> Parts:
    """What stands in the braces, and in the brackets inside of them, that are all of some tokens."""
    script = parts[0].inside if len(parts) == 1 else parts
    return script[1:-1] if len(script) > 2 and script[0].text in ("(", "[") and script[-1].text in (")", "]") else script


DELTA = r"\delta"


def with_variations(found: list[Statement]) -> list[Statement]:
    """The statements with a d for every δ, where δ is one."""
    sides = [side for each in found for side in each.sides]
    if not all(is_before_name(behind) for side in sides for _, behind in deltas(side)) or not any(map(varies, found)):
        return found
    return [each._replace(sides=tuple(with_d(side) for side in each.sides)) for each in found]


def deltas(parts: Parts) -> Iterator[tuple[Token, Parts]]:
    """Every δ with what stands behind it."""
    for at, token in enumerate(parts):
        if token.is_mark(DELTA):
            yield token, parts[at + 1 :]
        if token.inner:
            yield from deltas(token.inner)


def is_before_name(behind: Parts) -> bool:
    """Whether what follows can be varied: a name or a bracket, no number and no identity."""
    first = behind[0] if behind else None
    if first is None or first.text in ("I", r"\mathbb"):
        return False
    return first.kind in ("letter", "group", "open") or first.text in ("(", "[") or (first.kind == "macro" and first.text not in NEVER)


NEVER = (r"\cdot", r"\times", r"\le", r"\ge", r"\ne", r"\approx", r"\in", r"\to", r"\sum", r"\prod", r"\otimes", r"\odot", r"\|", r"\delta")


def varies(each: Statement) -> bool:
    """Whether a statement shows that its δ is a d."""
    first = each.sides[0]
    behind = [following for side in each.sides for _, following in deltas(side)]
    of_name = any(following[0].text not in ("(", "[") for following in behind)  # else it may be a function, \delta(t)
    begins = bool(first) and first[0].is_mark(DELTA) and of_name and any(any(deltas(side)) for side in each.sides[1:])
    return begins or any(map(has_quotient, each.sides))


def has_quotient(parts: Parts) -> bool:
    r"""Whether `\frac{\delta …}{\delta …}` stands among tokens."""
    for at, token in enumerate(parts):
        pair = parts[at + 1 : at + 3]
        if token.is_mark(r"\frac") and len(pair) == 2 and all(each.inner and each.inner[0].is_mark(DELTA) for each in pair):
            return True
        if has_quotient(token.inner):
            return True
    return False


def with_d(parts: Parts) -> Parts:
    r"""Parts with `\mathrm{d}` for δ; they lie where the δ lies."""
    found: list[Token] = []
    for token in parts:
        if token.is_mark(DELTA):
            found += [token._replace(text=r"\mathrm"), token._replace(kind="letter", text="d", spaced=False)]
        else:
            found.append(token._replace(inner=with_d(token.inner)) if token.inner else token)
    return tuple(found)


SUMS = ("+", "-", r"\pm")
Pairs = list[tuple[int, Token]]


def without_stray(parts: Parts) -> Parts | None:
    """The tokens without the only bracket too many; None where there is none, or it may have closed a sum that is not opened."""
    for strict in (True, False):
        found = strays(parts, strict)
        if found is not None and len(found) == 1:
            begin, at = found[0]
            return (*parts[:at], *parts[at + 1 :]) if is_product(parts[begin:at]) else None
    return None


def strays(parts: Parts, strict: bool) -> list[tuple[int, int]] | None:
    """The brackets that close what is not open, each with the place where the group it stands in begins; None where one stays open.

    strict: whether a bracket with a size, `\\Big)`, closes only one with a size.
    """
    found: list[tuple[int, int]] = []
    open_: Pairs = []
    for at, token in enumerate(parts):
        step = token.nesting
        if step > 0:
            open_.append((at, token))
        elif step < 0:
            if open_ and fits(open_[-1][1], token, strict):
                open_.pop()
            else:
                found.append((open_[-1][0] + 1 if open_ else 0, at))
    return None if open_ else found


def fits(opening: Token, closing: Token, strict: bool) -> bool:
    """Whether a bracket closes another one."""
    sized = (opening.kind == "open") == (closing.kind == "close")
    return BRACKETS.get(opening.text) == closing.text and (sized or not strict)


def is_product(group: Parts) -> bool:
    """Whether the sums of a group all stand in brackets of their own, so that more brackets change nothing."""
    depth = 0
    for token in group:
        depth += token.nesting
        if depth == 0 and token.is_mark(*SUMS):
            return False
    return True
