r"""What a side says of data: an expectation, `E[xx^T]`, a covariance, a model with a noise, `Xb + \varepsilon`; or that it is the
space they lie in."""

from __future__ import annotations

from derivtex.reading.source.marks import GREEK, plain
from derivtex.reading.source.vocabulary import TRANSPOSES
from derivtex.reading.syntax.fields import FIELDS, field_sign
from derivtex.reading.syntax.lefts import is_name, left_side
from derivtex.reading.syntax.letters import CONSTANTS, IDENTITIES, bare_letter, conventional_kind
from derivtex.reading.syntax.scripts import between_commas, tells_size
from derivtex.reading.syntax.tree import Node, Parts, key
from derivtex.reading.syntax.written import mark

STATISTICS = tuple((mark, "{", *word, "}") for mark in (r"\mathrm", r"\operatorname", r"\text") for word in ("Cov", "Var", "cov", "var", "Corr"))
DENSITIES = frozenset(("p", "P", "q", r"\Pr"))
MOMENTS = frozenset(("Cov", "Var", "cov", "var", "E", "Corr"))
EXPECTATIONS = (*STATISTICS, (r"\mathbb", "E"), (r"\operatorname", "{", "E", "}"), (r"\mathrm", "E"))
FIRST = frozenset(name[0] for name in EXPECTATIONS)


def has_expectation(side: Parts) -> bool:
    """Whether `E[…]`, `\\mathbb{E}[…]` or `\\mathrm{Cov}(…)` stands in a side."""
    for token, behind in zip(side, side[1:], strict=False):
        if token.text == "E" and token.kind in ("letter", "text") and behind.text in ("[", "{", r"\{"):
            return True
        if token.text in (r"\mathrm", r"\operatorname", r"\text") and plain(behind.inner).replace(" ", "") in MOMENTS:
            return True
    marks = key(side)
    if not FIRST.intersection(marks):
        return False
    return any(marks[at : at + len(name)] == name for name in EXPECTATIONS for at in range(len(marks)))


def has_density(side: Parts) -> bool:
    """Whether a probability of one thing given another stands in a side, `p(y|X)`."""
    marks = [each for each in key(side) if each not in ("{", "}")]
    for at, letter in enumerate(marks[:-2]):
        if letter in DENSITIES and marks[at + 1] == "(":
            end = next((k for k in range(at + 2, len(marks)) if marks[k] == ")"), at)
            if "|" in marks[at + 2 : end]:
                return True
    return False


def is_statistic(side: Parts) -> bool:
    r"""Whether a side begins with a covariance or variance, `\mathrm{Cov}(u, v)`."""
    marks = key(side)
    return any(marks[: len(name)] == name for name in STATISTICS)


NORMALS = (
    ("N",), (r"\mathcal", "{", "N", "}"), (r"\mathcal", "N"), (r"\mathrm", "{", "N", "}"), (r"\operatorname", "{", "N", "}"), (r"\mathbb", "N"),
)


def covariance_in(side: Parts) -> Parts:
    r"""The \Sigma of `x \sim \mathcal{N}(\mu, \Sigma)`, where a name of a matrix stands there; nothing elsewhere."""
    opening = next((at for at, token in enumerate(side) if at and token.text == "("), len(side))
    before, inside = side[:opening], side[opening + 1 : -1]
    before = before[:-2] if len(before) > 2 and before[-2].is_mark("_") else before
    begins = {before[at:] for at in range(len(before)) if at == 0 or before[at - 1].text in (r"\sim", ":", "=")}
    if side[-1:] == () or side[-1].text != ")" or not any(key(begin) in NORMALS for begin in begins):
        return ()
    second = between_commas(inside)[1:]
    whole = second[0] if len(second) == 1 and is_name(second[0]) else ()
    identity = bool(whole) and any(key(whole[:width]) in IDENTITIES for width in (1, 2))  # I_d is no name
    return whole if whole and not identity and conventional_kind(key(whole[:1])) == "matrix" else ()


def without_noise(side: Parts) -> Parts:
    r"""The Xb of `Xb + \varepsilon`; nothing where no letter is added at the end."""
    return side[:-2] if len(side) > 2 and noise_in(side) == side[-1:] else ()


def noise_in(side: Parts) -> Parts:
    r"""The noise of `Xb + \varepsilon` and `x_i^Tb + \varepsilon_i`: the letter that is added at the end, with its index."""
    at = len(side) - (3 if len(side) > 4 and side[-2].is_mark("_") else 1)
    added = at > 1 and side[at - 1].is_mark("+") and (side[at].kind == "letter" or side[at].text in GREEK)
    return side[at:] if added else ()


def residuals(data: Parts, model: Parts) -> tuple[Parts, Parts]:
    """`y - Xb` and `Xb - y` as they would be written."""
    minus = mark("-", 0)
    return (*data, minus, *model), (*model, minus, *data)


def is_space(parts: Parts) -> bool:
    r"""Whether a formula in the words is a space alone, `\mathbb{R}^d`, written with a sign that is no name, or with a size, `R^{n\times m}`."""
    at = next((k for k, token in enumerate(parts) if token.text in ("^", "_")), len(parts))
    sized = len(parts) - at == 2 and tells_size(parts[at + 1].inside)
    return bool(parts) and len(parts) - at in (0, 2) and (sized or not parts[0].is_letter) and field_sign(parts[:at]) in FIELDS


def sized_name(parts: Parts) -> tuple[Parts, Parts]:
    r"""The A and the size of `A_{n\times m}`, no constant; of a transpose, whose size may be either, the name alone: `x^T_{1\times n}`."""
    turned = next((at for at, token in enumerate(parts[:-1]) if at and token.is_mark("^") and key(parts[at + 1 : at + 2]) in TRANSPOSES), None)
    left = left_side(parts if turned is None else (*parts[:turned], *parts[turned + 2 :]))
    if left is None or not left.shape or left.below or left.arguments is not None or key(left.name) in CONSTANTS or field_sign(left.name) in FIELDS:
        return (), ()
    return left.name, () if turned is not None else left.shape


DATA = frozenset(("X", "H", "Z", r"\Phi", "x", "h", "z"))


def is_data_first(part: Node) -> bool:
    r"""Whether the data stand first in a product, as in XW, whose rows are the samples: a bias is then a row that is added to each."""
    first, last = (part.parts[0], part.parts[-1]) if part.form == "chain" else (part, part)
    return part.form == "chain" and bare_name(first) in DATA and bare_name(last) not in DATA


def bare_name(node: Node) -> str:
    """The letter of a name without its scripts."""
    while node.form == "script":
        node = node.parts[0]
    return bare_letter(key(node.tokens)) if node.form == "name" else ""
