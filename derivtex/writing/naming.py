r"""Names for code: `\mathbf{x}` becomes x, `\lambda` becomes lambda_, `\hat{y}` y_hat; different names stay different."""

from __future__ import annotations

import keyword
import unicodedata

DRESS = frozenset(
    "mathbf boldsymbol bm mathrm mathit mathsf mathcal mathbb mathfrak mathscr rm bf it operatorname text textrm vec cal".split()
)
ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "overline": "bar",
    "tilde": "tilde",
    "widetilde": "tilde",
    "dot": "dot",
    "ddot": "ddot",
}
TAKEN = frozenset(["np", "scipy", "sum", "range", "gradient", "jacobian", "hessian", "differential", "derivative"])


def identifier(latex: str) -> str:
    """A valid identifier for a name in LaTeX."""
    words, after, at = [], [], 0
    while at < len(latex):
        character = latex[at]
        at += 1
        if character == "\\":
            start = at
            while at < len(latex) and latex[at].isalpha():
                at += 1
            word = latex[start:at]
            if word in ACCENTS:
                after.append(ACCENTS[word])
            elif word and word not in DRESS:
                words.append(word)
        elif character in "_^":
            words.append("_")
        elif character == "'":
            after.append("prime")
        elif character == "*":
            after.append("star")
        elif character.isalnum():
            words.append(character)
    text = "_".join(part for part in "".join(words).split("_") if part)
    text = "_".join([text or "x", *after])
    text = unicodedata.normalize("NFKC", text)
    text = text if text[0].isalpha() else f"x{text}"
    return f"{text}_" if keyword.iskeyword(text) or keyword.issoftkeyword(text) and text != "_" else text


class Names:
    """Gives out names, each once."""

    def __init__(self) -> None:
        self._taken = set(TAKEN)

    def fresh(self, wanted: str) -> str:
        """The wanted name, numbered if it is taken."""
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}_{number}", number + 1
        self._taken.add(name)
        return name
