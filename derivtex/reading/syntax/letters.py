r"""What letters stand for by convention: constants, indices, and the kind of a name that nothing tells about.

Lowercase Latin letters are vectors, uppercase Latin and Greek letters matrices, lowercase Greek letters scalars; bold is as drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivtex.reading.source.vocabulary import ACCENTS, FONTS, SWITCHES
from derivtex.reading.syntax.tree import Key, Parts, key

UPPER_GREEK = frozenset(rf"\{name}" for name in "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())
ONES = frozenset(((r"\mathbf", "1"), (r"\mathbb", "1"), (r"\boldsymbol", "1"), (r"\mathds", "1"), (r"\tt", "1"), (r"\bf", "1"),
(r"\bm", "1"),
                  (r"\mathrm", "1"), (r"\vec", "1"), (r"\textbf", "1")))  # fmt: skip
ZEROS = frozenset(((r"\mathbf", "0"), (r"\boldsymbol", "0"), (r"\bf", "0"), (r"\bm", "0"), (r"\textbf", "0"), (r"\vec", "0")))
IDENTITIES = frozenset(
    (
        ("I",),
        (r"\mathbf", "I"),
        (r"\mathbb", "I"),
        (r"\mathrm", "I"),
        (r"\boldsymbol", "I"),
        (r"\bf", "I"),
        (r"\bm", "I"),
        (r"\textbf", "I"),
        *((font, "I") for font in SWITCHES),
        *((font, "{", "I", "d", "}") for font in (*SWITCHES, *FONTS, r"\operatorname")),
        ("{", "I", "d", "}"),
    )
)
PIS = frozenset(((r"\pi",), (r"\uppi",)))
CONSTANTS = IDENTITIES | ONES | ZEROS | PIS | {("e",)}
EULER, EULER_IS_NUMBER = ("e",), "e is Euler's number"
UNITS = (("i",), ("j",))
INDEX_LETTERS = frozenset("ijklstr")


USUALLY_UNKNOWN = (("x",), ("w", r"\theta", r"\beta"), ("b",), ("X", "W"))  # by what is differentiated where nobody says it, the likelier ones first


def usual_unknown(parts: Parts) -> Parts:
    r"""The one name of a formula that such a letter usually stands for, the x of `\|Ax-b\|^2`; nothing where there are several, or none.

    A b only behind the X of a model, as in `y - Xb`.
    """
    found = {key(name): name for name in letters_in(parts)}
    for group in USUALLY_UNKNOWN:
        named = [name for label, name in found.items() if bare_letter(label) in group and (group != ("b",) or is_modelled(key(parts)))]
        if named:
            return named[0] if len(named) == 1 else ()
    return ()


def vector_of_form(parts: Parts) -> Parts:
    """The one vector of a quadratic form, `u^TKu`, in which no letter stands that is usually unknown; nothing of another formula."""
    letters = list(letters_in(parts))
    found = {key(name): name for name in letters}
    vectors = [name for label, name in found.items() if conventional_kind(label) == "vector" and bare_letter(label).islower()]
    twice = len(vectors) == 1 and sum(key(name) == key(vectors[0]) for name in letters) > 1
    return vectors[0] if twice else ()


def is_modelled(marks: Key) -> bool:
    """Whether Xb is subtracted, or something from it: `y - Xb`, `Xb - y`."""
    letters = [mark for mark in marks if mark not in ("{", "}", *FONTS)]
    at = [at for at in range(len(letters) - 1) if letters[at : at + 2] == ["X", "b"]]
    return any("-" in (letters[k - 1 : k] + letters[k + 2 : k + 3]) for k in at)


PARAMETERS = frozenset(("W", "w", "U", "V", "b", r"\theta", r"\Theta", r"\beta"))
OF_DENSITIES = frozenset((r"\mu", r"\Sigma", r"\pi", r"\sigma", r"\phi", r"\psi", r"\Lambda", r"\Psi"))  # where a model has none of those


def parameters_in(parts: Parts, letters: frozenset[str] = PARAMETERS) -> Iterator[Parts]:
    r"""The names of a formula that usually are parameters of a model, with what stands below them: `W_1`, `b`, `\mathbf{W}_2`."""
    for at, token in enumerate(parts):
        dressed = token.text in FONTS and at + 1 < len(parts)
        name = parts[at : at + 2] if dressed else (token,)
        if bare_letter(key(name)) in letters:
            script = parts[at + len(name) : at + len(name) + 2]
            layer = len(script) == 2 and script[0].is_mark("^") and [token.text for token in script[1].inside[:1]] in (["["], ["("])
            yield (*name, *script) if layer or (len(script) == 2 and script[0].is_mark("_")) else name
        elif token.inner and not (at and parts[at - 1].text in FONTS):
            yield from parameters_in(token.inner, letters)


def letters_in(parts: Parts) -> Iterator[Parts]:
    """The letters of a formula, each with its font or accent; what stands below a letter is a part of its name."""
    for at, token in enumerate(parts):
        dressed = at > 0 and (parts[at - 1].text in FONTS | ACCENTS or parts[at - 1].is_mark("_", r"\operatorname"))
        if token.text in FONTS | ACCENTS and at + 1 < len(parts):
            yield parts[at : at + 2]
        elif token.kind in ("letter", "macro") and not dressed:
            yield (token,)
        elif token.inner and not dressed:
            yield from letters_in(token.inner)


def bare_letter(name: Key) -> str:
    """The letter of a name without its font; nothing where there is more to it."""
    letters = [
        mark
        for mark in name
        if mark not in FONTS and mark != r"\vec" and mark not in ("{", "}", r"\bf", r"\rm", r"\it", r"\sf", r"\cal", r"\tt")
    ]
    return letters[0] if len(letters) == 1 and letters[0] not in ("0", "1") else ""


def names_in_fonts(label: Key) -> Iterator[Key]:
    r"""The letters of what is written, each with the font that stands before it: `\mathbf{X}` and X are two."""
    marks = [mark for mark in label if mark not in ("{", "}")]
    for before, mark in zip(("", *marks), marks, strict=False):
        if len(mark) == 1 and mark.isalpha():
            yield (before, mark) if before in FONTS else (mark,)


def conventional_kind(label: Key) -> str:
    """What a letter is by convention."""
    letter = next((mark for mark in label if len(mark) == 1 and mark.isalpha()), "")
    macro = next((mark for mark in label if mark in GREEK_LETTERS), "")
    bold = label[0] in (r"\mathbf", r"\boldsymbol", r"\bm", r"\bf", r"\vec", r"\textbf", r"\overrightarrow")
    if label[0] == r"\mathcal":
        return "scalar"
    if macro and not letter:
        return "matrix" if macro in UPPER_GREEK else "vector" if bold else "scalar"
    if letter.isupper():
        return "matrix" if label[0] != r"\vec" else "vector"
    return "vector" if letter else "scalar"


GREEK_LETTERS = UPPER_GREEK | frozenset(
    rf"\{name}"
    for name in "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta kappa lambda mu nu xi rho varrho sigma tau "
    "upsilon phi "
    "varphi chi psi omega ell".split()
)


def is_index_letter(text: str) -> bool:
    return text in INDEX_LETTERS or text in (r"\mu", r"\nu", r"\ell")
