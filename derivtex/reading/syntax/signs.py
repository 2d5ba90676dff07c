r"""Statements in which a sign means another product than it usually does, `\otimes` the product of entries: with the usual sign in its place."""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.reading.source.tokens import Token
from derivtex.reading.source.vocabulary import nesting
from derivtex.reading.syntax.statements import Statement, closing, name_width

Parts = tuple[Token, ...]


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
    """Tokens with the usual signs, those in scripts left as they are."""
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
    if parts and nesting(parts[0]) > 0:
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
