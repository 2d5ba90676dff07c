r"""Names for code: `\mathbf{x}` becomes x, `\lambda` becomes lambda_, `\hat{y}` y_hat; different names stay different."""

from __future__ import annotations

import keyword
import unicodedata

from derivtex.core.terms import Term
from derivtex.operations.calculus import Differential
from derivtex.steps import Derivation

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
TAKEN = frozenset(
    "np scipy torch jax jnp len sum prod range gradient jacobian hessian differential derivative "
    "end function result inv det trace norm kron diag exp log sqrt transpose LinearAlgebra".split()
)


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


class Naming:
    """The names of one function. public: by the LaTeX of a symbol, as the user knows it; inside, by the term."""

    def __init__(self, derivation: Derivation):
        self.names = Names()
        self.public: dict[str, str] = {}
        self._given: dict[Term | str, str] = {}
        for latex, known in derivation.problem.symbols.items():
            self._give(known, latex, identifier(latex))
            if known.is_scalar and known.family is None:
                self._given[known.name] = self.public[latex]
        for latex, known in derivation.problem.symbols.items():
            if derivation.result.contains(Differential(known)):
                self._give(Differential(known), f"d{latex}", f"d{self.public[latex]}")

    def _give(self, term: Term, latex: str, wanted: str) -> None:
        self.public[latex] = self._given[term] = self.names.fresh(wanted)

    def of(self, named: Term | str, latex: str) -> str:
        """The name of a term, or of a size or an index by its LaTeX; a scalar and a size of one name are one."""
        if named not in self._given:
            self._given[named] = self._given.get(latex) or self.names.fresh(identifier(latex))
        return self._given[named]

    def knows(self, term: Term) -> bool:
        return term in self._given

    def fresh(self, wanted: str) -> str:
        return self.names.fresh(wanted)
