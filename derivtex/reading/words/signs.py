r"""Signs of products that the words tell: “where $\otimes$ denotes the elementwise product”, “the Schur product ($*$)”, “'o' is …”.

sign       a formula that is one mark of a product, or a letter o in the words
statement  sign verb [article] product  |  product [verb | as | by] [bracket] sign
product    Hadamard, elementwise, … product or multiplication | Kronecker product | outer product | convolution | … (PRODUCTS)
"""

from __future__ import annotations

from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.sentences import phrase, word
from derivtex.reading.words.vocabulary import ARTICLES, DOUBT

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
NEAREST = 6  # words between a prime and what it is said to be


@once
def signs_in_words(document: Document) -> dict[str, str]:
    """What each sign means of which the words say something else than what it usually means."""
    items = document.items
    found: dict[str, str] = {}
    for at in range(len(items)):
        sign = sign_at(items, at)
        what = (said_behind(items, at) or said_before(items, at)) if sign else ""
        if what and what not in USUAL.get(sign, ()):
            found.setdefault(sign, what)
    return found


@once
def tells_prime(document: Document) -> bool:
    """Whether the words say that a prime is the transpose: “I am using ' to denote the transpose”, “where $'$ denotes transposition”."""
    text = document.source.text.lower().replace("$", " ").replace("`", " ")
    pieces = (piece.split()[:NEAREST] for piece in text.replace("the prime", "'").split(" ' ")[1:])
    return any(word.startswith("transpos") for piece in pieces for word in piece)


def sign_at(items: list[Item], at: int) -> str:
    """The sign that an item is: a mark in a formula of its own, or an o."""
    marks = [mark for mark in key(items[at].tokens) if mark not in ("{", "}")]
    if not marks:
        return items[at].text if items[at].kind == "mark" and items[at].text in MARKS else ""
    return marks[0] if len(marks) == 1 and marks[0] in (*MARKS, "o") else ""


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
