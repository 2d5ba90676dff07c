r"""How wide a formula will be on paper, roughly, in letters: to decide whether a reason fits beside it."""

from __future__ import annotations

ROOM = 75
SCRIPT = 0.7
NARROW = {
    r"\,": 0.3,
    r"\;": 0.5,
    r"\!": -0.3,
    r"\ ": 0.5,
    r"\quad": 2.0,
    r"\qquad": 4.0,
    r"\left": 0.0,
    r"\right": 0.0,
    r"\rm": 0.0,
}
WORDS = (
    r"\operatorname",
    r"\mathrm",
    r"\mathbf",
    r"\boldsymbol",
    r"\mathsf",
    r"\mathcal",
    r"\mathbb",
    r"\text",
    r"\mbox",
    r"\sqrt",
    r"\bm",
)
SPELLED = frozenset(rf"\{word}" for word in "log ln det exp sin cos tan sinh cosh tanh max min arctan".split())
SPACED = {
    "=": 2.5, "+": 2.3, "-": 2.3, r"\odot": 2.3, r"\otimes": 2.3, r"\oslash": 2.3, ":": 1.6, ",": 0.8, r"\sum": 3.2,
    r"\cdot": 1.3,
}  # fmt: skip
CAPITAL, BRACKET, WORDY = 1.45, 0.75, 0.87


def width(latex: str) -> float:
    """The width of a formula in letters."""
    return _run(latex, 0)[0]


def prose_width(text: str) -> float:
    """The width of words with formulas between dollar signs."""
    return sum(width(part) if at % 2 else WORDY * len(part) for at, part in enumerate(text.split("$")))


def _run(text: str, at: int) -> tuple[float, int]:
    """The width up to the brace that closes, and where that was."""
    total = 0.0
    while at < len(text) and text[at] != "}":
        wide, at = _one(text, at)
        total += wide
    return total, at + 1


def _one(text: str, at: int) -> tuple[float, int]:
    """The width of what begins here, and where the next begins."""
    character = text[at]
    if character == "{":
        return _run(text, at + 1)
    if character in "^_":
        wide, at = _one(text, at + 1) if at + 1 < len(text) else (0.0, at + 1)
        return SCRIPT * wide, at
    if character == "\\":
        return _control(text, at)
    return (0.0 if character.isspace() else SPACED.get(character, _letter(character))), at + 1


def _letter(character: str) -> float:
    return CAPITAL if character.isupper() else BRACKET if character in "()[]|" else 1.0


def _control(text: str, at: int) -> tuple[float, int]:
    end = at + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    end = max(end, at + 2)
    word = text[at:end]
    if word in (r"\frac", r"\tfrac", r"\dfrac"):
        above, end = _one(text, end) if end < len(text) else (0.0, end)
        below, end = _one(text, end) if end < len(text) else (0.0, end)
        return max(above, below), end
    if word in WORDS or word.startswith((r"\big", r"\Big")):
        return 0.0, end
    return NARROW.get(word, SPACED.get(word, len(word) - 1.0 if word in SPELLED else _letter(word[1]))), end
