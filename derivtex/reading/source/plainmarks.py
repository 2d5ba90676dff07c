"""The words and signs of mathematics without TeX, and how its brackets close."""

from __future__ import annotations

from derivtex.reading.source.vocabulary import GREEK

MACROS = {"exp", "log", "ln", "sin", "cos", "tan", "tanh", "sinh", "cosh", "det", "max", "min"}
ALIKE = {"logsumexp": "logsumexp", "trace": "tr", "Trace": "tr", "Tr": "tr", "argmin": "argmin", "sigmoid": "sigmoid"}
GREEK_WORDS = {macro[1:]: macro for macro in GREEK} | {"lam": r"\lambda"}
MODULES = ("np.linalg.", "numpy.linalg.", "torch.linalg.", "jnp.linalg.", "np.", "numpy.", "torch.", "tf.", "jnp.", "F.", "nn.functional.")
TWO = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "->": r"\to", "=>": r"\Rightarrow", "**": "^", ":=": ":=", "<-": r"\leftarrow",
       ".*": r"\odot", "./": r"\oslash", ".^": "^", "==": "=", "~=": r"\approx"}  # fmt: skip
LONGEST_PRODUCT = 3
ONES = (("macro", r"\mathbf"), ("brace", "{"), ("digit", "1"), ("brace", "}"))
FRACTIONS = {"½": ("1", "2"), "⅓": ("1", "3"), "¼": ("1", "4"), "⅔": ("2", "3"), "¾": ("3", "4")}


def is_code(text: str) -> bool:
    """Whether every product is written, as in a program, so that letters side by side are one name."""
    if not any(mark in text.replace("@(", "").strip("* ") for mark in "*@"):
        return False
    before = ""
    for piece in text.replace("@(", "(").split():
        if before and (before[-1].isalnum() or before[-1] in ")'") and (piece[0].isalpha() or piece[0] == "("):
            return False
        before = piece
    return True


def closing(text: str, at: int, end: int) -> int:
    """Where the bracket that opens at a place closes; the last place where it does not."""
    depth = 0
    for place in range(at, end):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return end - 1


def filled_with(word: str, arguments: str, primes: bool) -> tuple[tuple[str, str], ...]:
    """The kinds and marks of the tokens that `ones(n, 1)`, `ones(1, n)` and `eye(n)` are; nothing where a program may mean two things, `ones(n)`.

    primes: whether a transpose is written with a prime.
    """
    sizes = [size.strip() for size in arguments.strip(" ()").split(",") if size.strip()]
    if word == "eye" and len(set(sizes)) == 1:
        return (("letter", "I"),)
    if word == "ones" and len(sizes) == 2 and "1" in sizes and sizes[0] != sizes[1]:
        turned = (("mark", "'"),) if primes else (("mark", "^"), ("letter", "T"))
        return ONES if sizes[1] == "1" else (*ONES, *turned)
    return ()
