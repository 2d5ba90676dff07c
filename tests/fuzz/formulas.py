"""Strategies: formulas by a grammar, real formulas that were tampered with, texts around them, options."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from derivtex.operations import Symbol
from tests.expressions import Composed, Formulas
from tests.test_reading_fuzz import MARK, PIECES
from tests.test_reading_world import EVERY

REAL = sorted({formula for (formula, *_), _ in EVERY if len(formula) < 400})
SAID = sorted({(formula, tuple(declared)) for (formula, *_), declared in EVERY if len(formula) < 400})
LETTERS = ("x", "y", "a", "b", "w", "A", "B", "X", "W", "S", r"\alpha", r"\lambda", r"\theta", r"\Sigma", "n", "t", "x_i", "A_{ij}",
    r"\mathbf{x}", "k")
WORDS = (
    "Let", "be a", "matrix", "vector", "of size", "$n \\times m$", "with respect to", "gradient of", "where", "is symmetric", "minimize", "?",
    "s.t.", "since", "I get", "Hessian", "by", "(1)", "##", "- ", "> ", "`code`", "http://a.b/c_d?e=f", "[tex]", "[/tex]", "$", "$$", "\\[", "\\]",
)  # fmt: skip
VARIABLES = st.sampled_from(["x", "X", "A", "w", "W", r"\theta", "x_i", "A_{ij}", "A,B", "S", "", "{", r"\vec(X)", r"\Sigma", "n", "f"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Formulas over smaller ones."""
    two = st.tuples(inner, inner)
    unary = (
        "%s^T", "(%s)^{-1}", r"\|%s\|^2", r"\|%s\|_F^2", r"\operatorname{tr}(%s)", r"\det(%s)", r"\log\det(%s)", r"\exp(%s)", r"\log(%s)",
        r"\sigma(%s)",
        "(%s)", "-%s", r"\sum_{i=1}^n %s", r"\sum_i %s", "%s^2", r"\sqrt{%s}", r"\operatorname{diag}(%s)", r"\operatorname{vec}(%s)",
        r"\lambda_{\max}(%s)",
        "%s'", r"\overline{%s}", "%s^H", r"\max(0, %s)", r"\mathbf{1}^T %s", r"\begin{bmatrix} %s & 1 \\ 0 & b \end{bmatrix}", "f(%s)", r"|%s|",
        "d%s",
        r"\frac{\partial}{\partial x} %s", "%s_i", "%s_{jk}", r"\operatorname{softmax}(%s)", r"\|%s\|_*", "(%s)^+", r"(%s)^{1/2}", r"(%s)^k",
        r"\log(%s)^2",
    )  # fmt: skip
    binary = (
        "%s %s", "%s + %s", "%s - %s", r"%s \odot %s", r"%s \otimes %s", r"\frac{%s}{%s}", "%s : %s", r"%s \cdot %s", "%s^{%s}",
        r"\langle %s, %s\rangle",
        "%s = %s", "%s; f = %s", "%s, %s", r"\begin{bmatrix} %s \\ %s \end{bmatrix}", "[%s, %s]", "%s^T(%s)", r"%s \circ %s", "%s/%s",
        r"\prod_{i=1}^n (%s + %s)",
    )  # fmt: skip
    return st.one_of(
        st.builds(lambda form, part: form % part, st.sampled_from(unary), inner),
        st.builds(lambda form, parts: form % parts, st.sampled_from(binary), two),
    )


ATOMS = st.one_of(st.sampled_from(LETTERS), st.integers(-3, 99).map(str))
BY_GRAMMAR = st.recursive(ATOMS, grown, max_leaves=9)


@st.composite
def tampered(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> str:
    """A text with a few marks put in, left out, doubled or exchanged."""
    text = draw(texts if texts is not None else st.sampled_from(REAL))
    parts = MARK.findall(text)
    for _ in range(draw(st.integers(1, 3))):
        at, begin = draw(st.integers(0, len(parts))), draw(st.integers(0, len(parts)))
        end = min(len(parts), begin + draw(st.integers(1, 4)))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            parts.insert(at, draw(st.sampled_from(PIECES)))
        elif kind == 1:
            del parts[begin:end]
        elif kind == 2:
            parts[at:at] = parts[begin:end]
        else:
            parts[begin:end] = [draw(st.sampled_from(PIECES))]
    return "".join(parts)


def in_words(leaf: Symbol) -> str:
    """A symbol as a declaration."""
    sizes = {"scalar": "", "vector": str(leaf.size[0]), "row": str(leaf.size[1])}.get(leaf.kind, " x ".join(map(str, leaf.size)))
    family = f" for i = {leaf.family[0]}..{leaf.family[1]}" if leaf.family else ""
    name = f"{leaf.name}_i" if leaf.family else leaf.name
    return f"{name}: {leaf.kind} {sizes} {' '.join(leaf.properties)}{family}"


def composed(seed: int) -> dict[str, Any]:
    """A formula that conforms, as text, with its variable and its declarations."""
    problem, _ = (Composed if seed % 5 == 0 else Formulas)(seed).problem()
    lines = [f"{each.name} = {each.body}" for each in problem.definitions]
    terms = [problem.target, *problem.wrt, *(each.body for each in problem.definitions)]
    defined = {each.name for each in problem.definitions}
    leaves = dict.fromkeys(part for term in terms for part in term.walk() if type(part) is Symbol and part not in defined)
    source = "\n".join([*lines, f"f = {problem.target}"])
    return {"source": source, "wrt": str(problem.wrt[0]), "declare": list(map(in_words, leaves))}


@st.composite
def bent(draw: st.DrawFn, asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, with marks exchanged for others of their sort, so that much of it can still be read."""
    parts = MARK.findall(asked["source"])
    sorts = ("xyabwuvXAWBS", "+-", "0123456789", (r"\log", r"\exp", r"\det", r"\sin"), (r"\odot", r"\otimes", r"\cdot"), ("T", "2", "H"))
    for _ in range(draw(st.integers(0, 2))):
        places = [(at, sort) for at, part in enumerate(parts) for sort in sorts if part in sort]
        if places:
            at, sort = draw(st.sampled_from(places))
            parts[at] = draw(st.sampled_from(list(sort)))
    return {**asked, "source": "".join(parts)}


@st.composite
def about(draw: st.DrawFn, source: str, declared: tuple[str, ...] = ()) -> dict[str, Any]:
    """A formula, asked by one of the letters in it."""
    letters = sorted({part for part in MARK.findall(source) if part.isalpha() and len(part) == 1}) or ["x"]
    extra = draw(st.lists(DECLARATIONS, max_size=1)) if draw(st.integers(0, 9)) == 0 else []
    return {"source": source, "wrt": draw(st.sampled_from(letters)), "declare": [*declared, *extra]}


FORMULAS = st.one_of(BY_GRAMMAR, tampered(), tampered(BY_GRAMMAR), st.lists(st.sampled_from(PIECES + LETTERS), max_size=20).map("".join))
TEXTS = st.lists(st.one_of(FORMULAS.map("${}$".format), st.sampled_from(WORDS), st.text(max_size=6)), max_size=12).map(" ".join)
DECLARATIONS = st.one_of(
    st.builds(
        lambda name, kind, rest: f"{name}: {kind} {' '.join(rest)}",
        st.sampled_from((*LETTERS, "", "{", r"\oops", "A, B", "x_i")), st.sampled_from(("scalar", "vector", "matrix", "row", "function", "",
        "thing")),
        st.lists(st.sampled_from((
            "n", "x", "m", "3", "n-1", "2 n", "0", "-1", "symmetric", "posdef", "complex", "elementwise", "spd", "for i = 1..n", "for", "1..",
            "integer", "n(n+1)/2",
            "orthogonal", "positive", "x x", "1e9", "99999999999", "diagonal", "(", "full-rank",
        )), max_size=5),
    ),
    tampered(st.sampled_from([r"X \in \mathbb{R}^{n\times m}", "X.shape=(1, m)", r"\Sigma \succ 0", "W: matrix m x 10 symmetric", r"A = A^T"])),
)  # fmt: skip
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)), max_leaves=12,
)  # fmt: skip
ASKED = st.one_of(
    st.integers(0, 10**6).map(composed).flatmap(bent), st.integers(0, 10**6).map(composed).flatmap(bent),
    st.sampled_from(SAID).flatmap(lambda row: about(*row)).flatmap(bent), BY_GRAMMAR.flatmap(about), FORMULAS.flatmap(about),
)  # fmt: skip
TAMPERED = st.sampled_from(SAID).flatmap(lambda row: st.fixed_dictionaries({
    "source": tampered(st.just(row[0])), "wrt": st.sampled_from(["x", "X", ""]), "declare": st.just(list(row[1])),
}))  # fmt: skip
