"""The words of a declaration behind its kind: sizes first, then properties, in one word or in two; a word that is neither is an error that
names the nearest one."""

from __future__ import annotations

from difflib import get_close_matches

from derivtex.core.errors import DeclarationError, Span
from derivtex.core.properties import PROPERTIES

DEFINITE = ("symmetric", "posdef")
ADJECTIVES: dict[str, tuple[str, ...]] = {
    "square": ("square",), "symmetric": ("symmetric",), "symmetrical": ("symmetric",), "diagonal": ("diagonal",), "orthogonal": ("orthogonal",),
    "invertible": ("invertible",),
    "nonsingular": ("invertible",), "non singular": ("invertible",), "regular": ("invertible",), "skew symmetric": ("skew",),
    "antisymmetric": ("skew",), "anti symmetric": ("skew",), "complex": ("complex",), "complex valued": ("complex",), "hermitian": ("hermitian",),
    "positive definite": ("posdef",), "positive semidefinite": ("psd",), "positive semi definite": ("psd",), "symmetric positive definite": DEFINITE,
    "hermitian positive definite": ("hermitian", "posdef"), "spd": DEFINITE, "pos def": ("posdef",), "psd": ("psd",), "pd": ("posdef",),
    "lower triangular": ("lower",), "upper triangular": ("upper",), "toeplitz": ("toeplitz",), "positive": ("positive",),
    "strictly positive": ("positive",),
    "one hot": ("sum-one",), "one hot encoded": ("sum-one",),
    "integer": ("integer",), "real symmetric": ("symmetric",), "unitary": ("complex", "orthogonal"),
}  # fmt: skip
TIMES = frozenset(("x", "X", "×", "by", r"\times"))
SIGNS = frozenset("+-*/^(")
ALIKE = {"full rank": "invertible", "rank": "invertible", "nonnegative": "positive", "unitary": "orthogonal", "circulant": "toeplitz"}


def sizes_and_properties(words: list[str], place: Span) -> tuple[str, tuple[str, ...]]:
    """The sizes as they are written, and the properties. Raises DeclarationError for a word that is neither."""
    at = 0
    while at < len(words) and is_size(words, at):
        at += 1
    return " ".join(words[:at]), properties(words[at:], place)


def kind_at(words: list[str], kinds: tuple[str, ...]) -> int | None:
    """Where the kind stands among the words of a declaration: first, or behind sizes and properties as one says it, `n x n symmetric matrix`."""
    found = [at for at, word in enumerate(words) if word in kinds]
    plain = all(part.isalnum() or part in TIMES for word in words for part in word.split("-"))
    return found[0] if found and (found[0] == 0 or (plain and len(found) == 1)) else None


def sizes_first(words: list[str]) -> list[str]:
    """The words without an article, the properties behind the sizes."""
    words = words[1:] if words[:1] in (["a"], ["an"]) else words
    at = 0
    while at < len(words) and (known := property_at(words, at)) is not None:
        at = known[1]
    return [*words[at:], *words[:at]]


def is_size(words: list[str], at: int) -> bool:
    """Whether a word belongs to the sizes: the first one, a sign, what stands behind a sign; a property or something like one does not."""
    word = words[at]
    if property_at(words, at) is not None or (len(word) > 3 and near(word)) or " ".join(words[at : at + 2]).lower() in ALIKE:
        return False
    if at == 0 or word in TIMES:
        return True
    before = words[at - 1]
    return before in TIMES or before[-1] in SIGNS or word[0] in SIGNS - {"("}


def properties(words: list[str], place: Span) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    while at < len(words):
        known = property_at(words, at)
        if known is None:
            raise unknown(" ".join(words[at : at + 2]), words[at], place)
        found.extend(known[0])
        at = known[1]
    return tuple(dict.fromkeys(found))


def property_at(words: list[str], at: int) -> tuple[tuple[str, ...], int] | None:
    """The properties that a word is, or the two or three words from here on; and where they end."""
    for width in (3, 2, 1):
        if width == 1 and words[at] in PROPERTIES:
            return (words[at],), at + 1
        text = " ".join(words[at : at + width]).lower().replace("-", " ")
        if at + width <= len(words) and text in ADJECTIVES:
            return ADJECTIVES[text], at + width
    return None


def told_properties(text: str) -> tuple[str, ...]:
    """The properties of which words consist, “symmetric”, “is symmetric and positive definite”; none where they say anything else."""
    words = [word for word in text.replace(",", " ").split() if word not in ("is", "a", "an", "and", "matrix")]
    found: list[str] = []
    at = 0
    while at < len(words):
        known = property_at(words, at)
        if known is None:
            return ()
        found.extend(known[0])
        at = known[1]
    return tuple(dict.fromkeys(["symmetric", *found] if {"posdef", "psd"} & {*found} else found))


def near(word: str) -> str:
    """The property whose name is nearest to a word; empty where none is near."""
    found = get_close_matches(word.lower(), [*PROPERTIES, *(each for each in ADJECTIVES if " " not in each)], 1, 0.75)
    return found[0] if found else ALIKE.get(word.lower(), "")


def unknown(two: str, word: str, place: Span) -> DeclarationError:
    nearest = ALIKE.get(two.lower(), "") or near(word)
    wrong = two if two.lower() in ALIKE else word
    way_out = f"did you mean {nearest}? " if nearest else ""
    return DeclarationError(f"“{wrong}” is no property", way_out=f"{way_out}properties are " + ", ".join(sorted(PROPERTIES)), span=place)


def nearest_kind(word: str, kinds: tuple[str, ...]) -> str:
    """The kind that a word is nearest to; empty where none is near."""
    return next(iter(get_close_matches(word.lower(), kinds, 1, 0.7)), "")
