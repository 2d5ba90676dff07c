r"""Signs of products that the words tell: “where $\otimes$ denotes the elementwise product”, “the Schur product ($*$)”, “'o' is …”.

sign       a formula that is one mark of a product, or a letter o in the words
statement  sign verb [article] product  |  product [verb | as | by] [bracket] sign
product    Hadamard, elementwise, … product or multiplication | Kronecker product | outer product | convolution | … (PRODUCTS)
"""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, SyntaxProblem
from derivtex.reading.source.marks import Token
from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import nesting
from derivtex.reading.syntax.statements import Statement, closing, name_width
from derivtex.reading.words.sentences import phrase, word
from derivtex.reading.words.vocabulary import ARTICLES, DOUBT

Parts = tuple[Token, ...]
MARKS = ("*", r"\ast", r"\cdot", r"\times", r"\circ", r"\odot", r"\otimes", r"\star", r"\bullet", r"\oplus", r"\diamond")
ENTRIES = ("hadamard", "schur", "elementwise", "element wise", "entrywise", "entry wise", "componentwise", "component wise", "pointwise",
           "point wise", "coordinatewise", "element by element", "hadamard elementwise", "elementwise hadamard")  # fmt: skip
MULTIPLIED = ("product", "products", "multiplication", "multiply", "multiplications")
PRODUCTS = {
    **{f"{how} {what}": r"\odot" for how in ENTRIES for what in MULTIPLIED}, "hadamard": r"\odot",
    **{f"kronecker {what}": r"\otimes" for what in MULTIPLIED}, "kronecker": r"\otimes",
    **{f"{how} {what}": r"\cdot" for how in ("matrix", "usual matrix", "ordinary matrix", "standard matrix") for what in MULTIPLIED},
    **{f"{how} product": "outer" for how in ("outer", "dyadic")},
    **dict.fromkeys(("convolution", "convolutions", "convolution operator", "circular convolution", "convolution operation"), "a convolution"),
    "cross correlation": "a correlation", "cross product": "a cross product", "vector product": "a cross product",
    "composition": "a composition", "function composition": "a composition", "composition of functions": "a composition",
    "khatri rao product": "a Khatri-Rao product",
}  # fmt: skip
LEADS = frozenset(
    "is are be denotes denote denoting means represents represent being stands as for refers to indicates signifies by with symbol sign =".split()
)
USUAL = {r"\odot": {r"\odot"}, r"\circ": {r"\odot"}, r"\otimes": {r"\otimes"}, "*": {r"\cdot"}, r"\ast": {r"\cdot"}, r"\cdot": {r"\cdot"},
         r"\times": {r"\cdot"}}  # fmt: skip
NAMES = {r"\odot": "the product of entries", r"\otimes": "the Kronecker product", r"\cdot": "the product of matrices", "outer": "the outer product"}
REACH = 4


def signs_in_words(items: list[Item]) -> dict[str, str]:
    """What each sign means of which the words say something else than what it usually means."""
    found: dict[str, str] = {}
    for at in range(len(items)):
        sign = sign_at(items, at)
        what = (said_behind(items, at) or said_before(items, at)) if sign else ""
        if what and what not in USUAL.get(sign, ()):
            found.setdefault(sign, what)
    return found


def sign_at(items: list[Item], at: int) -> str:
    """The sign that an item is: a mark in a formula of its own, or an o."""
    parts = items[at].tokens
    if len(parts) == 1 and parts[0].inner:
        parts = parts[0].inner
    if len(parts) != 1:
        return items[at].text if items[at].kind == "mark" and items[at].text in MARKS else ""
    return parts[0].text if parts[0].text in MARKS or (parts[0].text == "o" and parts[0].kind == "letter") else ""


def sentence_on(sign: str, what: str) -> str:
    """What is said of a sign that was read as the words say."""
    return f"{sign} is {NAMES.get(what, what)}, as the words say"


def said_behind(items: list[Item], at: int) -> str:
    """The product of `$*$ denotes the Hadamard product`."""
    step, led = at + 1, False
    if word(items, step + 1) == "not":  # is not the Kronecker product but the Hadamard product
        step = next((k for k in range(step, min(step + 2 * REACH, len(items))) if word(items, k) == "but"), len(items))
        return found[0] if (found := phrase(items, step + 1 + (word(items, step + 1) in ARTICLES), PRODUCTS)) else ""
    beside = phrase(items, step, PRODUCTS)
    if beside is not None:  # a list of signs, `$*$ matrix product`
        return beside[0]
    while step <= at + REACH + 1 and word(items, step) in LEADS | ARTICLES | {"(", "usual", "standard"}:
        led |= word(items, step) in LEADS
        found = phrase(items, step + 1, PRODUCTS)
        if found is not None and (led or word(items, step) in ("(", "the")):
            return found[0] if word(items, at - 1) not in DOUBT else ""
        step += 1
    return ""


def said_before(items: list[Item], at: int) -> str:
    """The product of `the Hadamard product $*$`, `elementwise multiplication, denoted by $\\otimes$`."""
    step = at - 1
    while step > at - REACH and word(items, step) in LEADS | {"(", ",", "denoted", "written", "operator", "operation"}:
        step -= 1
    for begin in range(max(0, step - REACH), step + 1):
        found = phrase(items, begin, PRODUCTS)
        if found is not None and found[1] == step + 1:
            return found[0]
    return ""


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
