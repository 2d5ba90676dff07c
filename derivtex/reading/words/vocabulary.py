"""Words that declare: nouns for kinds, adjectives for properties, words for sizes, and words that take a statement back."""

from __future__ import annotations

from derivtex.reading.syntax.declarationwords import DEFINITE

NOUNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "matrix": ("matrix", ()), "matrices": ("matrix", ()), "vector": ("vector", ()), "vectors": ("vector", ()), "scalar": ("scalar", ()),
    "scalars": ("scalar", ()), "column vector": ("vector", ()), "column vectors": ("vector", ()), "row vector": ("row", ()),
    "row vectors": ("row", ()),
    "column": ("vector", ()), "columns": ("vector", ()), "row": ("row", ()), "number": ("scalar", ()), "numbers": ("scalar", ()),
    "constant": ("scalar", ()), "constants": ("scalar", ()), "real": ("scalar", ()), "integer": ("scalar", ("integer",)),
    "integers": ("scalar", ("integer",)), "covariance": ("matrix", DEFINITE), "covariances": ("matrix", DEFINITE),
    "covariance matrix": ("matrix", DEFINITE),
    "covariance matrices": ("matrix", DEFINITE), "precision matrix": ("matrix", DEFINITE), "correlation matrix": ("matrix", DEFINITE),
    "variance covariance matrix": ("matrix", DEFINITE), "gram matrix": ("matrix", ("symmetric", "psd")), "gramian": ("matrix", ("symmetric", "psd")),
    "cholesky factor": ("matrix", ("lower",)), "lower cholesky factor": ("matrix", ("lower",)), "identity": ("matrix", ("identity",)),
    "identity matrix": ("matrix", ("identity",)), "unit matrix": ("matrix", ("identity",)), "rotation matrix": ("matrix", ("orthogonal",)),
    "rotation": ("matrix", ("orthogonal",)), "vector of ones": ("vector", ("ones",)), "ones vector": ("vector", ("ones",)),
    "vector of all ones": ("vector", ("ones",)),
    "all ones vector": ("vector", ("ones",)), "column of ones": ("vector", ("ones",)), "matrix of ones": ("matrix", ("ones",)),
    "all one vector": ("vector", ("ones",)),
    "matrix of all ones": ("matrix", ("ones",)), "row of ones": ("row", ("ones",)), "zero vector": ("vector", ("zero",)),
    "zero matrix": ("matrix", ("zero",)),
    **{
        f"one hot {noun}": ("vector", ("sum-one",)) for led in ("", "encoded ")
        for noun in ("encoding", "encoded as", *(led + each for each in ("vector", "vectors", "label", "labels", "target", "targets")))
    },
    "probability vector": ("vector", ("simplex",)), "probability vectors": ("vector", ("simplex",)),
    "unit vector": ("vector", ("unit",)), "unit vectors": ("vector", ("unit",)), "permutation matrix": ("matrix", ("orthogonal",)),
    "time": ("scalar", ()), "parameter": ("scalar", ()), "scaling factor": ("scalar", ()), "scale factor": ("scalar", ()),
    "step size": ("scalar", ()),
    "learning rate": ("scalar", ("positive",)), "temperature": ("scalar", ("positive",)), "regularization parameter": ("scalar", ("positive",)),
    "regularisation parameter": ("scalar", ("positive",)), "bias vector": ("vector", ()), "parameter vector": ("vector", ()),
    "weight matrix": ("matrix", ()),
}  # fmt: skip
UNSURE = frozenset(("parameter", "time", "real", "rotation", "constant", "constants", "regular", "identity", "column", "row", "columns"))
VERBS = frozenset("is are be denotes denote being means has have represents".split())
ARTICLES = frozenset("a an the some any its our".split())
SETTING = frozenset("where with and for let given".split())  # “…, where $x$ is a vector?”
LEADING = frozenset("with where and let given using".split())
SILENT = frozenset("given known fixed valued numbered realvalued also arbitrary generic constant general real dense full here then observed".split())
SIZED = frozenset("size sizes sized dimension dimensions shape shapes shaped length order format".split())
OPERATIONS_ON = frozenset("transpose transposition transposed conjugate conjugation adjoint operator operation part".split())
DOUBT = frozenset("not necessarily non if when whether unless nor neither without never no but".split())
LEADS_ON = frozenset("of to in on under if when iff only unless with along than by".split())
STOPS_NOUN = LEADS_ON | DOUBT | VERBS | ARTICLES | frozenset("and or both all each that which where for from at as we i it so".split())
ON_THE_DIAGONAL = ("only on the diagonal", "nonzero on the diagonal", "zero off the diagonal", "zeros off the diagonal", "zero outside the diagonal")
