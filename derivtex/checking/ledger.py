r"""What authors assume without saying it at the line: the ledger of usual assumptions, tried on a line that does not hold as it stands.

An assumption is tried only where something speaks for it: words of the source near the name, or that the matrix stands for nothing
but a quadratic form, which its symmetric part alone decides. Else a lost transpose would hold "if A is symmetric".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from derivtex.checking.bodies import bodies
from derivtex.checking.claims import Given
from derivtex.checking.movement import leaf_of, leaves
from derivtex.core.errors import Span
from derivtex.core.notation import squeezed
from derivtex.core.properties import closure
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Inverse, Log, OpenCurve, Product, Symbol, Transpose
from derivtex.operations import Entry as EntryOf
from derivtex.problem import Claim, Problem

NEAR = 160
MOST = 2


class Entry(NamedTuple):
    """One assumption: the property, how it is said, and the words that speak for it."""

    property: str
    sentence: str
    cues: tuple[str, ...]


SYMMETRIC = Entry("symmetric", "{} is symmetric", ("symmetr", "covarian", "co-varian", "precision", "kernel matri", "gram",
                  "correlation", "hermitian", "symétri", "simétri", "simetr", "simmetr", "симметр", "对称", "對稱", "対称", "대칭",
                  "协方差", "공분산"))
ORTHOGONAL = Entry("orthogonal", "{} is orthogonal", ("orthogonal", "orthonormal", "rotation", "ортогон", "正交", "直交", "직교"))
ORTHONORMAL = Entry("orthogonal", "the columns of {} are orthonormal", ("orthonormal", "semi-orthogonal", "stiefel"))
UNIT = Entry("unit", "{} has length one", ("unit vector", "unit length", "unit norm", "normali", "length one", "length 1", "单位向量",
             "단위벡터"))
SUM_ONE = Entry("sum-one", "the entries of {} sum to one", ("one-hot", "one hot", "onehot", "probabilit", "cross entropy", "cross-entropy",
                 "crossentropy", "sum to one", "sums to one", "sum to 1"))

WORDS, ENDS = "aAI", (". ", ".\n", "\n\n", "$$", "。", "\n#")
LEDGER = (SYMMETRIC, ORTHOGONAL, ORTHONORMAL, UNIT, SUM_ONE)


def assumptions(claim: Claim, problem: Problem) -> Iterator[tuple[tuple[str, ...], Given]]:
    """The assumptions under which a claim may be meant, the smallest sets first: how they are said, and what they give."""
    definitions = bodies(problem, claim)
    curves = (name for name, body in definitions.items() if type(body) is OpenCurve)
    names = dict.fromkeys((*leaves(claim.left, definitions), *leaves(claim.right, definitions), *curves))
    text = problem.source.text.lower()
    found = [(entry, name) for name in names if isinstance(name, Symbol) for entry in entries(name, claim, problem, text)]
    for size in range(1, MOST + 1):
        for chosen in combinations(found, size):
            given: dict[Term, tuple[str, ...]] = {}
            for entry, name in chosen:
                given[name] = (*given.get(name, ()), entry.property)
            yield tuple(entry.sentence.format(name.name) for entry, name in chosen), given


def entries(name: Symbol, claim: Claim, problem: Problem, text: str) -> Iterator[Entry]:
    """The entries of the ledger for which something speaks."""
    known = closure(name.properties)
    if name.shape[0] == name.shape[1] and not name.is_scalar:
        if is_denied(name, SYMMETRIC, text):
            return
        if "symmetric" not in known and (near(name, SYMMETRIC, text) or is_usually_symmetric(name) or weighs_only(name, claim, problem)):
            yield SYMMETRIC
        if "orthogonal" not in known and near(name, ORTHOGONAL, text):
            yield ORTHOGONAL
    elif ONE not in name.shape and "orthogonal" not in known and near(name, ORTHONORMAL, text):
        yield ORTHONORMAL
    if name.shape[1] == ONE and not name.is_scalar and "unit" not in known and near(name, UNIT, text):
        yield UNIT
    cued = any(cue in text for cue in SUM_ONE.cues) or weighs_logarithms(name, problem)
    if ONE in name.shape and not name.is_scalar and "sum-one" not in known and cued:
        yield SUM_ONE


def uncounted(claim: Claim, problem: Problem) -> str:
    """“Let $P$ be a projection matrix”: that the words beside a name of a claim tell of a property with which nothing here counts."""
    text = problem.source.text.lower()
    definitions = bodies(problem, claim)
    names = [part for part in dict.fromkeys((*leaves(claim.left, definitions), *leaves(claim.right, definitions))) if isinstance(part, Symbol)]
    for word in UNCOUNTED:
        for at in occurrences(word, text):
            beside = text[max(0, at - BESIDE) : at + len(word) + BESIDE]
            if (found := next((name for name in names if name.shape[0] != ONE and stands_in(name.name.lower(), beside)), None)) is not None:
                return f"the words around ${found}$ tell of a property, {word}, with which it was not tried"
    return ""


UNCOUNTED = ("projection matrix", "projector", "idempotent", "involution", "involutory", "nilpotent", "centered", "centred", "normal matri",
             "be normal", "is normal,", "is normal.", "traceless", "trace-free", "unimodular", "circulant", "stochastic matri",
             "orthogonal vector", "are orthogonal", "be orthogonal", "orthogonal to", "perpendicular")  # fmt: skip
BESIDE = 30
DENIALS = ("not necessarily ", "need not be ", "not assumed ", "not ", "non-", "non", "isn't ", "aren't ", "n't ")
CLOSE = 80


def is_denied(name: Symbol, entry: Entry, text: str) -> bool:
    """Whether the words close to a name say that an assumption is not made: “not necessarily symmetric”."""
    return any(stands_in(name.name.lower(), stretch) for stretch in denied(entry.cues[0], text))


def denied(cue: str, text: str) -> list[str]:
    """The stretches of a text around a cue that is denied."""
    return [text[max(0, at - CLOSE) : at + CLOSE] for at in occurrences(cue, text) if text.endswith(DENIALS, 0, at)]


def near_words(cue: str, text: str) -> list[str]:
    """The stretches of a text around a cue."""
    return [text[max(0, at - NEAR) : at + NEAR] for at in occurrences(cue, text)]


def occurrences(cue: str, text: str) -> Iterator[int]:
    """Where a cue stands in a text."""
    at = text.find(cue)
    while at >= 0:
        yield at
        at = text.find(cue, at + 1)


def stands_in(name: str, stretch: str) -> bool:
    """Whether a name stands in a stretch of text, not just its letter in a word."""
    at = stretch.find(name)
    while at >= 0:
        around = stretch[max(0, at - 1) : at] + stretch[at + len(name) : at + len(name) + 1]
        if not any(character.isalpha() for character in around):
            return True
        at = stretch.find(name, at + 1)
    return False


def near(name: Symbol, entry: Entry, text: str) -> bool:
    """Whether words that speak for an assumption stand near the name."""
    return place_of(name.name, entry, text) is not None


def place_of(name: str, entry: Entry, text: str) -> int | None:
    """Where the words that speak for an assumption stand first near the name."""
    for cue in entry.cues:
        for at in occurrences(cue, text):
            if squeezed(name.lower()) in squeezed(text[max(0, at - NEAR) : at + NEAR]):
                return at
    return None


def said_by(given: Given, problem: Problem) -> str:
    """Which lines of the source say what is assumed; nothing where none does."""
    text = problem.source.text
    every = [(name, entry) for name, properties in given.items() for entry in LEDGER if entry.property in properties]
    places = [told_at(name.name, entry, text) for name, entry in every if isinstance(name, Symbol)]
    lines = sorted({Span(problem.source, place, place + 1).line for place in places if place is not None})
    return f"line {' and line '.join(map(str, lines))} {'says' if len(lines) == 1 else 'say'} so" if lines else ""


def is_usually_symmetric(name: Symbol) -> bool:
    r"""Whether a matrix has the letter of covariances, or of eigenvalues and multipliers: \Sigma, \Lambda, bold or not."""
    return name.name.partition("_")[0].strip("{} ").removeprefix(r"\boldsymbol").removeprefix(r"\mathbf").strip("{} ") in (r"\Sigma", r"\Lambda")


def weighs_only(name: Symbol, claim: Claim, problem: Problem) -> bool:
    r"""Whether a matrix, or its inverse as in `y^TK^{-1}y`, is the weight of a quadratic form, is transposed nowhere and is not what is
    differentiated by."""
    sides = [side for each in (claim, *problem.claims) for side in (each.left, each.right)]
    terms = [*sides, *(definition.body for definition in problem.definitions)]
    parts = {part for term in terms for part in term.walk()}
    if name.T in parts or any(type(part) is Derivative and leaf_of(part.by) is name for part in parts):
        return False
    return any(is_form_in(name, part) for part in parts if type(part) is Product)


def weighs_logarithms(name: Symbol, problem: Problem) -> bool:
    r"""Whether the entries of a vector that is not differentiated by weigh logarithms, `\sum_i p_i\log q_i`, as those of a distribution do."""
    products = (part.factors for each in problem.definitions for part in each.body.parts(Product))
    weighed = (factors for factors in products if any(type(factor) is Log for factor in factors))
    return any(type(factor) is EntryOf and factor.of is name for factors in weighed for factor in factors)


def is_form_in(name: Symbol, product: Product) -> bool:
    """Whether a product has a matrix, or its inverse, between a factor and its transpose."""
    runs = zip(product.factors, product.factors[1:], product.factors[2:], strict=False)
    return any(middle in (name, Inverse(name)) and (left is Transpose(right) or right is Transpose(left)) for left, middle, right in runs)


def told_at(name: str, entry: Entry, text: str) -> int | None:
    """Where a sentence first says of a name what is assumed: the words and the name, as it is written, stand in it together."""
    lowered = text.lower()
    return next((at for cue in entry.cues for at in occurrences(cue, lowered) if is_named(name, sentence_around(text, at))), None)


def sentence_around(text: str, at: int) -> str:
    """The sentence in which a place lies, as far as it reaches on both sides."""
    before, behind = text[max(0, at - NEAR) : at], text[at : at + NEAR]
    begin = max((before.rfind(end) + len(end) for end in ENDS if end in before), default=0)
    return before[begin:] + behind[: min((behind.find(end) for end in ENDS if end in behind), default=len(behind))]


def is_named(name: str, stretch: str) -> bool:
    """Whether a name stands in a stretch of text as it is written; of one letter not within a word, nor as the word a or I, or A that begins a
    sentence."""
    if len(name) > 1:
        return squeezed(name) in squeezed(stretch)
    places = (at for at in occurrences(name, stretch) if not stretch[max(0, at - 1) : at].isalpha() and not stretch[at + 1 : at + 2].isalpha())
    return any(name not in WORDS or not is_word(stretch, at) for at in places)


def is_word(stretch: str, at: int) -> bool:
    """Whether a letter stands between spaces like a word: any a, and an A or I with no word of its sentence before it."""
    apart = stretch[max(0, at - 1) : at].isspace() and stretch[at + 1 : at + 2].isspace()
    return apart and (stretch[at] == "a" or not stretch[:at].rstrip()[-1:].isalpha())
