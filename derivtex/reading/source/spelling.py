"""Words of asking with a slip of the pen, “derivativ”, “gradiant”, “minimzer”: the one that is meant, where one letter is all that differs."""

from __future__ import annotations

from functools import lru_cache

ASKING = (
    "derivative", "derivatives", "differential", "differentiate", "differentiated", "differentiating", "gradient", "gradients", "hessian",
    "jacobian", "minimise", "minimize", "minimiser", "minimizer", "minimum", "maximise", "maximize", "maximiser", "maximizer", "maximum",
)  # fmt: skip
SHORTEST = 6  # letters of what is typed
INFLECTED = ("ed", "es", "ing", "ion", "ions", "able", "ally")  # endings with which a word is one of its own
INITIALS = frozenset(word[0] for word in ASKING)


@lru_cache(maxsize=4096)
def meant(word: str) -> str:
    """The word of asking from which a word in small letters differs by one slip; else the word itself."""
    if len(word) < SHORTEST or word[0] not in INITIALS or word in ASKING or word.endswith(INFLECTED):
        return word
    if any(word.startswith(each) for each in ASKING):  # gradiente, of another language
        return word
    near = [each for each in ASKING if is_one_slip(word, each)]
    return near[0] if len(near) == 1 else word


def is_one_slip(typed: str, word: str) -> bool:
    """Whether one letter is left out, put in or another one, or two letters side by side have changed places."""
    if abs(len(typed) - len(word)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), min(len(typed), len(word)))
    rest, wanted = typed[same:], word[same:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return swapped or rest[1:] == wanted[1:] or rest == wanted[1:] or rest[1:] == wanted
