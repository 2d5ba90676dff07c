"""Where the formulas stand in words without TeX: stretches that hold the marks of mathematics.

A stretch is a run of pieces (what white space sets apart) that are made of signs, brackets, single letters, products of letters as `Xb`, functions
as `softmax(Z)`; it is a formula when it holds a mark that words do not have: a relation with two sides, a power, a product sign, bars, a
derivative `dL/dW`, a prime behind a bracket, a character of mathematics. A list number, a pair of brackets with words, a size `n x p` are words.

The words and signs of mathematics without TeX, and how its brackets close.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derivtex.core.errors import Source
from derivtex.reading.source.blocks import BULLETS, Block
from derivtex.reading.source.marks import GREEK
from derivtex.reading.source.vocabulary import EXTRA_WORDS, LOWERED, RAISED, UNICODE, words

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


SHORT_WORDS = frozenset(
    "is in of to by we my an at as or if on do so be it no us up he me am go the and for not can but how are was get all has had its "
    "one two let any our out yes may via per set sum who why i.e e.g vs etc ok hi now see use too did say "
    "where here denotes denote means represents".split()
)
ABBREVIATIONS = frozenset(("i.e", "e.g", "i.i.d", "s.t", "w.r.t", "a.k.a"))
ARTICLES = frozenset(("a", "A", "I"))
OPERATORS = frozenset("= + - − * / @ ^ := == < > <= >= ~ .* ** · ⊙ × | -> => ∈ ~=".split())
LONE_SIGNS = frozenset("* ⊙ ∘ ⊗ .*".split())
SIGNS = frozenset("=+-−*/@^|‖∥~'_()[]{}<>.,;:!·⊙∘⊗×√")
PECULIAR = frozenset("‖∥∂∇ᵀ⊤⁻²³√∑⊙⊗≜ᴴ†") | frozenset(RAISED)
CODE_WORDS = frozenset(("norm", "abs", "inv", "sqrt", "transpose", "sum", "mean", "var", "softmax", "relu", "vec", "Cov", "Var"))


class Piece(NamedTuple):
    text: str
    start: int
    end: int


def plain_formulas(source: Source, block: Block) -> Iterator[Block]:
    """The formulas in a block of words, in order."""
    begin = block.start
    for line in source.text[block.start : block.end].splitlines(keepends=True):
        yield from in_line(source.text, begin, begin + len(line))
        begin += len(line)


def in_line(text: str, start: int, end: int) -> Iterator[Block]:
    bullet = BULLETS.match(text[start:end])
    begin = start + (bullet.end() if bullet else 0)
    pieces = [piece for part in split(text, begin, end) for piece in apart(part)]
    run: list[Piece] = []
    for at, piece in enumerate(pieces):
        if is_mathematical(pieces, at, run):
            run.append(piece)
            if not (ends_sentence(piece) or leads_on(piece)):
                continue
        elif is_words(piece.text.rstrip(".,;:?!)")):
            run = without_described(run)
        yield from formula(text, run, start, end)
        run = []
    yield from formula(text, run, start, end)


def split(text: str, start: int, end: int) -> Iterator[Piece]:
    """What white space sets apart."""
    at = start
    for part in text[start:end].split():
        at = text.index(part, at)
        yield Piece(part, at, at + len(part))
        at += len(part)


def apart(piece: Piece) -> Iterator[Piece]:
    """A piece without the brackets, quotes and stops that belong to the sentence: `(Pm:`, `1).`."""
    text, start, end = piece
    while text and (text[0] in "\"“" or (text[0] in "([" and unbalanced(text))):
        text, start = text[1:], start + 1
    while text and text[-1] in "\"”)" and unbalanced(text) and not text.startswith(")"):
        text, end = text[:-1], end - 1
    if text:
        yield Piece(text, start, end) if any(mark.isalnum() or mark in SIGNS for mark in text) else piece


def unbalanced(text: str) -> bool:
    return text.count("(") != text.count(")") and not any(mark in text for mark in "=*^+") and is_words(text.strip("()[].,;:?!"))


def is_words(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text.isascii()


def ends_sentence(piece: Piece) -> bool:
    return piece.text[-1] in ".;?!" and not piece.text.endswith("...")


def without_described(run: list[Piece]) -> list[Piece]:
    """A run before a word without the name behind a comma or in brackets of which the word tells something: “t = 0, M invertible”, “Y = XW, L a
    scalar”, “f = Xw (X known)”."""
    end = len(run) - (run[-1:] != [] and run[-1].text == "a")
    name = run[end - 1].text if end > 1 else ""
    opened, apposed = name[:1] == "(", end > 1 and run[end - 2].text.endswith(",")
    return run[: end - 1] if (opened or apposed) and len(name) == 1 + opened and name[opened:].isalpha() else run


def leads_on(piece: Piece) -> bool:
    """Whether a piece is a word before a colon, “the sum: d/dt det(A + tB)”, which a function never stands before."""
    return piece.text.endswith(":") and is_words(piece.text[:-1]) and is_function(piece.text[:-1])


def is_mathematical(pieces: list[Piece], at: int, run: list[Piece]) -> bool:
    """Whether a piece can be a part of a formula, beside those around it."""
    text = pieces[at].text.rstrip(".,;:?!") or pieces[at].text
    if text.lower() in ABBREVIATIONS:
        return False
    if text in OPERATORS or (len(text) == 1 and (text.isalnum() or text in SIGNS)):
        return True
    if any(mark in PECULIAR or mark in UNICODE and mark not in "–’…" or mark in LOWERED for mark in text):
        return not any(is_words(part) and len(part) > 3 for part in "".join(m if m.isascii() else " " for m in text).split())
    names = letters_in(text)
    if not names:
        return any(mark.isdigit() or mark in SIGNS for mark in text) and not text.isalpha()
    if any(is_prose(name, text) for name in names):
        return len(names) == 1 and text.isidentifier() and beside_operator(pieces, at) and name_like(text, pieces, at)
    if len(names) == 1 and names[0] == text:
        return is_name(text) or beside_operator(pieces, at)
    return True


def letters_in(text: str) -> list[str]:
    return "".join(mark if mark.isalpha() else " " for mark in text).split()


def is_prose(name: str, text: str) -> bool:
    """Whether letters in a piece are a word of the language and no name."""
    if name in GREEK_WORDS or is_function(name) or len(name) < 2:
        return False
    follows = text[text.index(name) + len(name) :][:1]
    if name.lower() in SHORT_WORDS and not any(mark in text for mark in "^*={}"):  # the At of e^{At} is a product
        return name.islower() or name.istitle()
    if len(name) > 3:
        return not (follows in "(_" and follows) and not any(mark in text for mark in "*@^_=/")
    return False


def is_function(name: str) -> bool:
    return name in MACROS or name in CODE_WORDS or name in EXTRA_WORDS or ALIKE.get(name, name) in words()


def is_name(text: str) -> bool:
    """Whether letters alone are a name, a product of two, or a function."""
    return len(text) == 1 or text in GREEK_WORDS or is_function(text) or (len(text) <= 3 and not text.islower() and text.lower() not in SHORT_WORDS)


def beside_operator(pieces: list[Piece], at: int) -> bool:
    return any(0 <= k < len(pieces) and pieces[k].text in OPERATORS - {"-", "/", "|"} for k in (at - 1, at + 1))


def name_like(text: str, pieces: list[Piece], at: int) -> bool:
    """Whether a longer word stands where only a name can: on the left of `=`, or between products of code."""
    if text.lower() in SHORT_WORDS:
        return False
    following = pieces[at + 1].text if at + 1 < len(pieces) else ""
    return following in ("=", ":=") or any(piece.text in ("@", "*") for piece in pieces[max(0, at - 1) : at + 2])


def formula(text: str, run: list[Piece], line_start: int, line_end: int) -> Iterator[Block]:
    """The formula that a run of pieces is, if it is one."""
    run = without_opened(trimmed(run), text)
    if not run or not is_strong(" ".join(piece.text for piece in run)):
        return
    start, end = run[0].start, run[-1].end
    while end > start and text[end - 1] in ".,;:?!\"":
        end -= 1
    end += text[end : end + 1] == ")" and text[start:end].count("(") == text[start:end].count(")") + 1  # that of `det(A + tB)`
    while end > start and text[end - 1] == ")" and text[start:end].count(")") > text[start:end].count("("):
        end -= 1
    alone = not text[line_start:start].strip(" \t>") and not text[end:line_end].strip(" \t.,;\n")
    yield Block("formula", start, end, alone, True)


def without_opened(run: list[Piece], text: str) -> list[Piece]:
    """A run before a bracket that opens behind it and holds words: “y=Xb+e (y,b,e are vectors)”."""
    for at in range(1, len(run)):
        inside = text[run[at].start : run[-1].end + 1]
        if run[at].text[0] == "(" and run[at - 1].text not in OPERATORS and inside.count("(") > inside.count(")"):
            return run[:at]
    return run


def trimmed(run: list[Piece]) -> list[Piece]:
    """A run without the article before it or behind it, and without a lone sign at its end."""
    while len(run) > 1 and run[0].text in ARTICLES and run[1].text not in OPERATORS and (len(run) > 2 and run[2].text in OPERATORS):
        run = run[1:]
    while run and (run[-1].text in ARTICLES | {"-", ",", "/"} and (len(run) < 2 or run[-2].text not in OPERATORS)):
        run = run[:-1]
    while run and run[-1].text in LONE_SIGNS:  # “… where * is …”
        run = run[:-1]
        run = run[:-1] if run and is_words(run[-1].text) and run[-1].text.islower() else run
    while run and run[0].text in ("-", "–", "/", ",", ")", ":", "|"):
        run = run[1:]
    return run


def is_strong(text: str) -> bool:
    """Whether a run holds a mark that makes it mathematics."""
    bare = text.strip(" .,;:?!")
    if "=" in bare:
        return bool(bare.partition("=")[2].strip("= "))
    if not any(mark.isalpha() for mark in bare) or len(bare) < 2:
        return False
    tight = bare.replace(" ", "")
    marked = any(mark in PECULIAR for mark in bare) or any(mark in bare for mark in ("^", "||", "@", "~"))
    lost = any(bare[at + 1 : at + 3] == "−1" and bare[at].isalpha() for at in range(len(bare)))  # A−1 x, which is asked about
    foreign = any(mark in UNICODE and mark not in "–’…×" for mark in bare) and any(mark in bare for mark in "+-=*/^")
    return marked or foreign or lost or is_derivative(bare) or is_call(bare) or is_starred(tight) or is_primed(bare)


def is_call(text: str) -> bool:
    """Whether a run is `trace(P)` or `f(x)`."""
    name, bracket, rest = text.partition("(")
    return bool(bracket) and rest.endswith(")") and (is_function(name) or (len(name) == 1 and "," not in rest and rest != ".)"))


def is_starred(tight: str) -> bool:
    """Whether a star stands between two factors."""
    return any(tight[at] == "*" and tight[at - 1].isalnum() and tight[at + 1].isalnum() for at in range(1, len(tight) - 1))


def is_primed(text: str) -> bool:
    """Whether a prime stands behind a bracket, or between a letter and a further factor: `(y-Xb)'(y-Xb)`, `X'X`, `e'e`."""
    behind_bracket = ")'" in text or (len(text) == 3 and text[0].isalpha() and text[1:] == f"'{text[0]}")
    factors = any(text[at] == "'" and text[at - 1].isalpha() and text[at + 1] in "()ABCXYZWxyzw " for at in range(1, len(text) - 1))
    return behind_bracket or (factors and len(letters_in(text)) > 1)


def is_derivative(text: str) -> bool:
    """Whether a piece is `dL/dW` or `d/dx`."""
    over, slash, under = (part.strip() for part in text.partition("/"))
    return bool(slash) and over[:1] in ("d", "∂") and under[:1] in ("d", "∂") and len(under) > 1 and len(over.split()) < 4
