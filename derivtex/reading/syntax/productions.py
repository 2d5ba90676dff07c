r"""The grammar as tables: the levels of precedence, the productions with an example of each, the questions.

From the loosest level to the tightest; a level is made of parts of the next one. `tests/test_grammar.py` parses every example, compares it with the
tree beside it, and measures that every part of the grammar is used by one of them.

A tree is written as `(form part part)`; a mark between parts stands before the part that it brings in, what is lowered, raised or primed behind it.
What a form means is decided by `reading/meaning`, which knows types: juxtaposition, `f(x)`, bars, scripts and primes stay as they were written.
"""

from __future__ import annotations

from typing import NamedTuple


class Level(NamedTuple):
    """Marks that bind equally tightly; more: marks that the cards of operations bring in at this level."""

    name: str
    marks: tuple[str, ...]
    says: str


LEVELS = (
    Level("sum", ("+", "-"), r"terms with their signs; signs in a row make one; `\ldots` between terms alike but for an index is a sum over it"),
    Level("inner", (":",), r"`A : B`, the inner product of exactly two"),
    Level("entrywise", (r"\odot", r"\circ", r"\oslash", r"\otimes"), "with all marks of the cards of this kind, from left to right"),
    Level("chain", (r"\cdot", r"\times", "*", r"\ast", "/"), "factors side by side, or with a mark between"),
    Level("script", ("_", "^", "'"), "what is lowered, raised and primed, in any order, by a mark or a group"),
)
MARKS = {level.name: level.marks for level in LEVELS}


class Production(NamedTuple):
    """A form of the tree with an example as it is written, the tree of that, and what there is to say."""

    form: str
    example: str
    tree: str
    says: str = ""


PRODUCTIONS = (
    Production("number", "2.5", "2.5"),
    Production("number", "1.5e-3", "1.5e-3", "a power of ten belongs to a number that has a point, or is 1"),
    Production("name", r"11^T", r"(chain \mathbf{1} (script 1 ^T))", "a number of ones that is transposed is two vectors of ones"),
    Production("condition", r"1[x>0]", r"(condition 1[ x ] 0)", "1 where it holds, else 0; also [x>0] alone"),
    Production("condition", r"1\{y=k\}", r"(condition 1\{ y \} k)"),
    Production("condition", r"\mathbb{I}_{\{x>0\}}", r"(condition \mathbb{I}_{\{ x \}} 0)"),
    Production("name", r"\mathbf{X}", r"\mathbf{X}", "a letter, plain or dressed; a declared name of several letters is one"),
    Production("name", r"\hat w", r"\hat{w}"),
    Production("name", r"\operatorname{cov}", r"\operatorname{cov}", "an unknown operator is a name, which nothing is assumed of"),
    Production("name", r"\text{loss}", r"\text{loss}"),
    Production("chain", r"\mathbf{AB}^T", r"(chain \mathbf{A} (script \mathbf{B} ^T))", "a font over letters goes on each of them"),
    Production("chain", r"{\bf AB}", r"(chain {\bf A} {\bf B})"),
    Production("chain", r"a b \cdot c / d", r"(chain a b \cdot c / d)"),
    Production("chain", r"a \cdot -b", r"(chain a \cdot (sum -b))", "a sign behind a mark belongs to the factor"),
    Production("sum", r"a - - b + c", "(sum +a +b +c)"),
    Production("sum", r"-a", "(sum -a)"),
    Production("over", r"x_1 + x_2 + \ldots + x_n", "(sum (script x _i) _i=1 ^n)", "terms around dots"),
    Production("inner", "A : B", "(inner A : B)"),
    Production("entrywise", r"A \odot B \oslash C", r"(entrywise A \odot B \oslash C)"),
    Production("script", "X_{ij}^{-1}", "(script X _ij ^-1)"),
    Production("script", "f''", "(script f '')"),
    Production("script", r"X\top", r"(script X ^\top)", "a mark of a transpose that nothing raises is raised by itself"),
    Production("fraction", r"\frac{a}{b}", "(fraction a b)"),
    Production("fraction", r"{a \over b}", "(fraction a b)"),
    Production("root", r"\sqrt[3]{x}", "(root x ^3)"),
    Production("bracket", "(a, b)", "(bracket a b)", "with a list; a bar that nothing closes parts it too"),
    Production("bracket", r"(x | y)", "(bracket x y)"),
    Production("bracket", r"\left[a + b\right]", "(bracket (sum +a +b))"),
    Production("bracket", r"{a + b}", "(bracket (sum +a +b))", "a group that is more than a factor keeps together"),
    Production("bars", "|x|", "(bars | x)"),
    Production("bars", r"\|x\|_2", r"(script (bars \| x) _2)"),
    Production("bars", "||x||", r"(bars \| x)", r"two bars in a row are a norm: `\vert\vert`, `\lvert\lvert`, `\left|\left|`, `\mid\mid`"),
    Production("bars", "||x|-|y||", "(bars | (sum +(bars | x) -(bars | y)))", "unless a single one would have to close them"),
    Production("angle", r"\langle A, B\rangle", "(angle A B)"),
    Production("angle", r"\langle A|B\rangle", "(angle A B)"),
    Production("angle", "c<x, y>", "(chain c (angle x y))"),
    Production("apply", r"\log(x)y", "(chain (apply log (bracket x)) y)", "the reach of words: see `reach.py`"),
    Production("apply", r"\sin{x}y", "(chain (apply sin (bracket x)) y)", "braces around an argument end it, unless something is raised on them"),
    Production("apply", r"\det A\det B", "(chain (apply det A) (apply det B))"),
    Production("apply", r"\log\det A\log\det B", "(chain (apply log (apply det A)) (apply log (apply det B)))"),
    Production("apply", r"\operatorname{tr}AB^TC", "(apply tr (chain A (script B ^T) C))"),
    Production("apply", r"\operatorname{\mathrm{tr}}(A)", "(apply tr (bracket A))", "an upright font in an operator's name says nothing more"),
    Production("apply", r"\operatorname{tr}(A)^TB", "(apply tr (chain (script (bracket A) ^T) B))", "a number is not transposed: it goes on"),
    Production("apply", r"\sin x\cos y", "(chain (apply sin x) (apply cos y))"),
    Production("apply", r"\log\sigma(x)y", r"(chain (apply log (chain \sigma (bracket x))) y)"),
    Production("apply", r"\log p(x|\theta)", r"(apply log (chain p (bracket x \theta)))"),
    Production("apply", r"\log\mathbf{1}^T\exp(x)", r"(apply log (chain (script \mathbf{1} ^T) (apply exp (bracket x))))"),
    Production("apply", r"\log(2\pi)^n|\Sigma|", r"(apply log (chain (script (bracket (chain 2 \pi)) ^n) (bars | \Sigma)))"),
    Production("apply", "tr(AB)", "(apply tr (bracket (chain A B)))", "letters that spell a word, before a bracket"),
    Production("apply", r"{\rm tr}A", "(apply tr A)"),
    Production("apply", r"\text{softmax}(z)", "(apply softmax (bracket z))"),
    Production("apply", r"\log_2^2 x", "(apply log x)", "what is raised or lowered behind a word stays with it"),
    Production("word", r"\log", "log", "a word without its argument is an error of meaning"),
    Production("over", r"\sum_{i=1}^n x_i y + z", "(sum +(sum (chain (script x _i) y) _i=1 ^n) +z)", "what stands before the next plus or minus"),
    Production("over", r"\sum_{i : y_i < 1} x_i", r"(sum (chain (condition 1[ (script y _i) ] 1) (script x _i)) _i)", "a condition"),
    Production("over", r"\prod_i -x_i", "(product (sum -(script x _i)) _i)"),
    Production("grid", r"\begin{bmatrix}a & b \\ c\end{bmatrix}", "(grid a b c (empty))", "an empty or missing cell is 0"),
    Production("grid", r"\pmatrix{a & b \\ c & d}", "(grid a b c d)"),
    Production("listed", r"\begin{bmatrix}x_1 \\ \vdots \\ x_n\end{bmatrix}", "(column (script x _i) _i=1 ^n)"),
    Production("listed", r"\begin{bmatrix}d_1 & & \\ & \ddots & \\ & & d_n\end{bmatrix}", "(diagonal (script d _i) _i=1 ^n)"),
    Production("listed", r"\begin{bmatrix}a_{11} & \cdots & a_{1n} \\ \vdots & & \vdots \\ a_{m1} & \cdots & a_{mn}\end{bmatrix}",
               "(column (row (script a _ji) _i=1 ^n) _j=1 ^m)", "the first and the last row and column tell the rest"),
    Production("listed", r"(x_1, \ldots, x_n)^T", "(script (bracket (row (script x _i) _i=1 ^n)) ^T)"),
    Production("shaped", r"\underbrace{AB}_{n\times m}", r"(shaped (bracket (chain A B)) _n\times m)"),
    Production("bracket", r"\boxed{a + b}", "(bracket (sum +a +b))"),
)  # fmt: skip

class Raised(NamedTuple):
    """What a mark is that is raised on something, by its look alone, with an example."""

    form: str
    example: str
    says: str = ""


SCRIPTS = (
    Raised("transpose", r"X^{\rm T}", r"also `^\top`, `^t`; that a t is a number is known to meaning alone"),
    Raised("hermitian", r"X^{\mathrm H}"),
    Raised("inverse", "X^{-1}"),
    Raised("inverse transpose", r"X^{-\top}"),
    Raised("inverse transpose", r"X^{-1T}"),
    Raised("inverse transpose", r"X^{-2T}"),
    Raised("inverse hermitian", "X^{-H}"),
    Raised("pseudo-inverse", "X^+"),
    Raised("dagger", r"X^\dagger", "a pseudo-inverse or a conjugate transpose"),
    Raised("star", "X^*", "a conjugate, a conjugate transpose or an optimum"),
    Raised("before", "P_k^-", "what holds before an observation: a part of the name"),
    Raised("entrywise", r"x^{\odot 2}"),
    Raised("label", "x^{(i)}", "an index, or a part of the name"),
    Raised("label", "W^{[2](i)}"),
    Raised("power", "x^{k+1}", "anything else"),
)

MACROS = {
    r"\frac": "fraction", r"\sqrt": "root", r"\operatorname": "operator_name", r"\sum": "big", r"\prod": "big",
    r"\underbrace": "braced", r"\overbrace": "braced", r"\boxed": "boxed", r"\fbox": "boxed",
    r"\pmatrix": "old_matrix", r"\matrix": "old_matrix", r"\bmatrix": "old_matrix",
}  # fmt: skip


class Asked(NamedTuple):
    """A question as it is written: of what, by what and of which order."""

    example: str
    of: str
    by: tuple[str, ...]
    order: int = 1


QUESTIONS = (
    Asked(r"\frac{\partial L}{\partial W}", "L", ("W",)),
    Asked(r"\frac{\partial}{\partial X}\log\det X", r"\log\det X", ("X",)),
    Asked(r"{\partial x^TAx \over \partial x}", "x^TAx", ("x",)),
    Asked(r"\frac{d}{dR}\{AR\}", r"\{AR\}", ("R",)),
    Asked(r"d/dX \det X", r"\det X", ("X",)),
    Asked(r"\partial f/\partial x", "f", ("x",)),
    Asked(r"\frac{\partial f}{\partial b'}", "f", ("b",)),
    Asked(r"\frac{\partial^2 f}{\partial x\partial x^T}", "f", ("x",), 2),
    Asked(r"\frac{\partial^2 f}{\partial x\partial y}", "f", ("x", "y"), 2),
    Asked(r"\frac{d^2f}{dx^2}", "f", ("x",), 2),
    Asked(r"\nabla_W L", "L", ("W",)),
    Asked(r"\nabla_\mathbf{H}f", "f", (r"\mathbf{H}",)),
    Asked(r"\nabla f(x)", "f(x)", ("x",)),
    Asked(r"\nabla^2 f", "f", (), 2),
    Asked(r"\frac12\nabla_w(w^Tw)", r"\frac12(w^Tw)", ("w",)),
    Asked(r"D_x f", "f", ("x",)),
)
