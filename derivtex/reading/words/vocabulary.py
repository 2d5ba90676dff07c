r"""Words that declare: nouns for kinds, adjectives for properties, words for sizes, and words that take a statement back.

Words by which an author gives what a derivative came out as, without a relation: “I think it's $2Ax$”, “I got $2Ax$”.

What an author puts aside: “I know how to take the derivative of $x^Tx$”, “not $\partial f/\partial y$ but $\partial f/\partial x$”.
"""

from __future__ import annotations

from derivtex.reading.source.phrases import Item
from derivtex.reading.syntax.declarationwords import DEFINITE
from derivtex.reading.words.sentences import has, word

ROTATION = ("orthogonal", "rotation")

NOUNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "matrix": ("matrix", ()), "matrices": ("matrix", ()), "vector": ("vector", ()), "vectors": ("vector", ()), "scalar": ("scalar", ()),
    "scalars": ("scalar", ()), "column vector": ("vector", ()), "column vectors": ("vector", ()), "row vector": ("row", ()),
    "row vectors": ("row", ()),
    "column": ("vector", ()), "columns": ("vector", ()), "row": ("row", ()), "number": ("scalar", ()), "numbers": ("scalar", ()),
    "constant": ("scalar", ()), "constants": ("scalar", ()), "real": ("scalar", ()), "integer": ("scalar", ("integer",)),
    "integers": ("scalar", ("integer",)), "covariance": ("matrix", DEFINITE), "covariances": ("matrix", DEFINITE),
    "covariance matrix": ("matrix", DEFINITE), "inertia tensor": ("matrix", DEFINITE), "tensor of inertia": ("matrix", DEFINITE),
    "inertia matrix": ("matrix", DEFINITE), "mass matrix": ("matrix", DEFINITE), "stiffness matrix": ("matrix", ("symmetric",)),
    "covariance matrices": ("matrix", DEFINITE), "precision matrix": ("matrix", DEFINITE), "correlation matrix": ("matrix", DEFINITE),
    "variance covariance matrix": ("matrix", DEFINITE), "gram matrix": ("matrix", ("symmetric", "psd")), "gramian": ("matrix", ("symmetric", "psd")),
    "density matrix": ("matrix", DEFINITE),
    "scatter matrix": ("matrix", ("symmetric", "psd")), "scatter matrices": ("matrix", ("symmetric", "psd")),
    "kernel matrix": ("matrix", ("symmetric", "psd")), "kernel matrices": ("matrix", ("symmetric", "psd")),
    "cholesky factor": ("matrix", ("lower",)), "lower cholesky factor": ("matrix", ("lower",)), "identity": ("matrix", ("identity",)),
    "identity matrix": ("matrix", ("identity",)), "unit matrix": ("matrix", ("identity",)), "rotation matrix": ("matrix", ROTATION),
    "rotation": ("matrix", ROTATION), "vector of ones": ("vector", ("ones",)), "ones vector": ("vector", ("ones",)),
    "vector of all ones": ("vector", ("ones",)),
    "all ones vector": ("vector", ("ones",)), "column of ones": ("vector", ("ones",)), "matrix of ones": ("matrix", ("ones",)),
    "all one vector": ("vector", ("ones",)),
    "matrix of all ones": ("matrix", ("ones",)), "row of ones": ("row", ("ones",)), "zero vector": ("vector", ("zero",)),
    "zero matrix": ("matrix", ("zero",)),
    **{
        f"one hot {noun}": ("vector", ("sum-one",)) for led in ("", "encoded ")
        for noun in ("encoding", "encoded as", *(led + each for each in ("vector", "vectors", "label", "labels", "target", "targets")))
    },
    **{f"{lead}one hot {noun}": ("matrix", ("rows-one",)) for lead in ("matrix of ", "matrix with ") for noun in ("rows", "labels", "targets")},
    "probability vector": ("vector", ("simplex",)), "probability vectors": ("vector", ("simplex",)),
    "unit vector": ("vector", ("unit",)), "unit vectors": ("vector", ("unit",)), "permutation matrix": ("matrix", ("orthogonal",)),
    "time": ("scalar", ()), "parameter": ("scalar", ()), "scaling factor": ("scalar", ()), "scale factor": ("scalar", ()),
    "step size": ("scalar", ()),
    "learning rate": ("scalar", ("positive",)), "temperature": ("scalar", ("positive",)), "regularization parameter": ("scalar", ("positive",)),
    "regularisation parameter": ("scalar", ("positive",)), "bias vector": ("vector", ()), "parameter vector": ("vector", ()),
    "weight matrix": ("matrix", ()), "isometry": ("matrix", ("orthogonal",)), "isometries": ("matrix", ("orthogonal",)),
}  # fmt: skip
NOUNS |= {
    noun[:-6] + "matrices" if noun.endswith("matrix") else noun + "s": said
    for noun, said in NOUNS.items() if noun.endswith((" matrix", " vector")) or noun == "rotation"
}  # fmt: skip
UNSURE = frozenset(("parameter", "time", "real", "rotation", "rotations", "constant", "constants", "regular", "identity", "column", "row", "columns"))
HEADS = frozenset(  # before which a noun tells nothing: full row rank, the column space, a time series
    "rank ranks space spaces sum sums mean means norm norms product products operation operations function functions stochastic series "
    "decomposition factorization factorisation multiplication multiplications inverse calculus notation form".split()
)
VERBS = frozenset("is are be denotes denote being means has have represents".split())
ARTICLES = frozenset("a an the some any its our".split())
SETTING = frozenset("where with and for let given".split())  # “…, where $x$ is a vector?”
LEADING = frozenset("with where and let given using over among assume assuming suppose supposing".split())
SILENT = frozenset(
    "given known fixed valued numbered realvalued also arbitrary generic constant general real dense full here then observed "
    "just only simply merely".split()
)
SIZED = frozenset("size sizes sized dimension dimensions shape shapes shaped length order format".split())
OPERATIONS_ON = frozenset("transpose transposition transposed conjugate conjugation adjoint operator operation part".split())
DOUBT = frozenset("not necessarily non if when whether unless nor neither without never no but".split())
LEADS_ON = frozenset("of to in on under if when iff only unless with along than by".split())
STOPS_NOUN = LEADS_ON | DOUBT | VERBS | ARTICLES | frozenset("and or both all each that which where for from at as we i it so".split())
OF_DIAGONALS = frozenset("a an its positive nonnegative nonzero non zero negative unit real strictly all".split())
ON_THE_DIAGONAL = ("only on the diagonal", "nonzero on the diagonal", "zero off the diagonal", "zeros off the diagonal", "zero outside the diagonal")


IS = ("is", "was", "to be", "should be", "would be", "is just", "is simply")
THINGS = ("answer", "result", "attempt", "guess", "solution", "derivative", "gradient", "jacobian", "hessian")
SOURCES = (
    "book", "textbook", "paper", "author", "text", "answer", "answer key", "cookbook", "matrix cookbook", "teacher", "notes", "lecture notes",
    "sheet", "solution sheet", "solutions", "solution manual", "official solution", "slides", "lecturer", "professor", "article", "script",
    "friend", "colleague", "classmate", "tutor", "instructor", "ta", "supervisor",
)  # fmt: skip
OPINIONS = ("i think", "i believe", "i guess", "i would say", "i'd say", "i suspect", "i claim")
PRONOUNS = ("it", "this", "that", *(f"the {thing}" for thing in THINGS))
FINDINGS = (
    "i get", "i got", "i obtain", "i obtained", "i found", "i find", "and got", "and get", "and found", "i arrive at", "i arrived at",
    "i end up with", "i ended up with", "i came up with", "i have found", "i calculated", "i computed", "i derived", "we get", "we got",
    "i tried", "i have tried", "i've tried", "i used", "i am using", "i'm using", "i expected", "i expected it to be", "i implemented", "i coded",
)  # fmt: skip
GIVING = frozenset((
    *FINDINGS, *(f"my {thing} {verb}" for thing in THINGS for verb in IS),
    *(f"{whose} {thing} {verb}" for whose in ("its", "the") for thing in ("gradient", "derivative", "jacobian", "hessian") for verb in IS),
    *(f"{opinion} {joint}{pronoun} {verb}" for opinion in OPINIONS for joint in ("", "that ") for pronoun in PRONOUNS for verb in IS),
    *(f"{opinion} {joint}it's" for opinion in OPINIONS for joint in ("", "that ")),
    *(f"{who} {say}" for who in ("some", "some people", "others", "other people") for say in ("say", "claim", "write", "have", "get")),
    *(f"{who} {say}" for who in ("one book", "another one", "another book", "the other") for say in ("says", "claims", "has", "gets")),
    *(f"the {adjective}{thing} {verb}" for adjective in ("", "correct ", "right ", "given ") for thing in ("answer", "result") for verb in IS),
    *(f"{whose} {source} {say}" for whose in ("the", "my", "a") for source in SOURCES
      for say in ("says", "say", "states", "state", "claims", "claim", "gives", "give", "has", "have", "writes", "write")),
    *(f"in {whose} {source} {say}" for whose in ("the", "my") for source in SOURCES for say in ("i have", "it is", "they have")),
    "and hessian", "and the hessian", "others", "you got", "you get", "they got", "he got", "how did you get",
    "is it", "is it just", "is it simply", "is it really", "is the answer", "is the result",
))  # fmt: skip
LONGEST = max(len(each.split()) for each in GIVING)
OF_A_TERM = frozenset("term terms summand summands addend addends".split())  # “for the first term the gradient is …”
EQUALS = frozenset(("is", "equals", "equal to", "is equal to", "is just", "is simply", "is given by", "becomes", "to be", "should be"))
OPERATIONS = {
    "gradient": ("gradient", 1), "gradients": ("gradient", 1), "subgradient": ("gradient", 1), "grad": ("gradient", 1),
    "jacobians": ("jacobian", 1), "hessians": ("hessian", 2), "subgradients": ("gradient", 1),
    "derivative": ("derivative", 1), "derivatives": ("derivative", 1), "partial derivative": ("derivative", 1),
    "partial derivatives": ("derivative", 1), "first derivative": ("derivative", 1), "jacobian": ("jacobian", 1),
    "jacobian matrix": ("jacobian", 1), "hessian": ("hessian", 2), "hessian matrix": ("hessian", 2), "second derivative": ("hessian", 2),
    "second derivatives": ("hessian", 2), "matrix of second derivatives": ("hessian", 2), "differential": ("differential", 1),
    "differentiate": ("derivative", 1), "differentiated": ("derivative", 1), "differentiating": ("derivative", 1),
    "second order derivative": ("hessian", 2), "second partial derivative": ("hessian", 2), "second order partial derivative": ("hessian", 2),
    "second partial derivatives": ("hessian", 2), "second order partial derivatives": ("hessian", 2), "second order derivatives": ("hessian", 2),
    "sensitivity": ("derivative", 1), "derive": ("derivative", 1), "score": ("gradient", 1), "score vector": ("gradient", 1),
    "score function": ("gradient", 1), "laplacian": ("hessian", 2), "the divergence": ("jacobian", 1),
    "deriving": ("derivative", 1),
}  # fmt: skip
BEST = {"optimal": "minimise", "optimum": "minimise", "best": "minimise", "minimiser": "minimise", "minimizer": "minimise", "maximiser": "maximise",
        "maximizer": "maximise", "minimising": "minimise", "minimizing": "minimise", "optimal value of": "minimise"}  # fmt: skip
OPTIMA = {
    "minimise": "minimise", "minimize": "minimise", "minimises": "minimise", "minimizes": "minimise", "minimising": "minimise",
    "minimizing": "minimise", "maximise": "maximise", "maximize": "maximise", "maximises": "maximise", "maximizes": "maximise",
    "maximising": "maximise", "maximizing": "maximise", "minimiser of": "minimise", "minimizer of": "minimise", "maximiser of": "maximise",
    "maximizer of": "maximise", "optimise": "minimise", "optimize": "minimise", "minimum of": "minimise", "maximum of": "maximise",
    "minimisation of": "minimise", "minimization of": "minimise", "maximisation of": "maximise", "maximization of": "maximise",
}  # fmt: skip


def gives_result(words: str) -> bool:
    """Whether what is said right before a formula gives it as what the derivative is, and not that of a part; words in small letters."""
    said = words.replace("\n", " ").split()
    sentence = said[max((at + 1 for at, each in enumerate(said) if each[-1] in ".?!"), default=0) :]
    if not OF_A_TERM.isdisjoint(each.strip(",;:") for each in sentence):
        return False
    found = max((length for length in range(1, LONGEST + 1) if " ".join(said[-length:]) in GIVING), default=0)
    return found > 0 and said[-found - 2 : -found - 1] != ["how"]  # “how do I get …” gives none


ABLE = ("know how to", "knows how to", "understand how to", "able to", "i can do", "i can take", "i can compute", "i can find")
TOLD_ABLE = ("can do", "can take", "can compute", "can find")  # “we can take …” goes on with it, and masters it only before a “but”
NOT_ABLE = ("not", "don't", "dont", "didn't", "never", "cannot", "unable", "anybody", "anyone", "someone", "somebody", "you")


LONGEST_MASTERED = 14


def is_mastered(items: list[Item], begin: int, at: int) -> bool:
    """Whether an operation is one of which its author says that it is no question, “I know how to take the derivative of $x^Tx$, but …”."""
    start = max(begin, at - 6)
    able = has(items, start, at, ABLE) or (has(items, start, at, TOLD_ABLE) and has(items, at, min(len(items), at + LONGEST_MASTERED), ("but",)))
    return able and not has(items, max(begin, start - 2), at, NOT_ABLE)


def is_put_aside(items: list[Item], begin: int, at: int) -> bool:
    """Whether the formula at a place is one that is not what is asked: “not $A$ but …”, “I can do $A$, but …”."""
    if word(items, at - 1) == "not":
        return word(items, at - 2) != "but"
    return is_mastered(items, max(begin, at - 4), at)


def is_asked_instead(items: list[Item], at: int) -> bool:
    """Whether the formula at a place is what is asked in the place of another: “… but not $B$”, “not $A$ but $B$”."""
    if word(items, at - 1) == "not" and word(items, at - 2) == "but":
        return True
    return word(items, at - 1) == "but" and any(word(items, k) == "not" for k in range(max(0, at - 4), at - 1))
