"""Reading: notation to terms, declarations, questions, what is guessed, and what is refused."""

from __future__ import annotations

import pytest

import derivtex
from derivtex.core.errors import (
    AmbiguityError,
    DeclarationError,
    DerivtexError,
    NotDerivable,
    ShapeError,
    Source,
    SourceError,
    SyntaxProblem,
    describe,
)
from derivtex.core.properties import PROPERTIES
from derivtex.core.shapes import ONE, size_text
from derivtex.interface import check, derive
from derivtex.operations import (
    Abs,
    Call,
    Determinant,
    Entry,
    EntryPower,
    Exp,
    Hadamard,
    Inner,
    Inverse,
    Log,
    MatrixExp,
    Member,
    Norm,
    Number,
    Ones,
    Product,
    Relu,
    SpectralNorm,
    Sum,
    SumOver,
    Symbol,
    Trace,
    Transpose,
)
from derivtex.problem import Claim, Definition, Fault
from derivtex.reading import read, read_formula, read_lines
from derivtex.reading.syntax.declarations import declaration

DECLARED = ["A : matrix n x n", "B : matrix n x n", "X : matrix n x n", "x : vector n", "y : vector n", "c : scalar"]
A, B, X, x, y, c = (
    read(r"\operatorname{tr}(A) + x^Ty + c \operatorname{tr}(BX)", wrt="x", declare=DECLARED).symbols[n] for n in "ABXxyc"
)


def term(latex, wrt="X", declare=DECLARED):
    return read(latex, wrt=wrt, declare=declare).target


@pytest.mark.parametrize(
    "mark",
    ["^T", "^{T}", r"^\top", r"^\intercal", r"^{\rm T}", r"^\mathrm{T}", r"^{\text T}", r"^\mathsf T", "'", r"^\prime", "ᵀ"],
)
def test_a_transpose_is_read_in_every_spelling(mark):
    """All the usual marks of a transpose mean the same."""
    assert term("X" + mark) is Transpose(X)


@pytest.mark.parametrize(
    "word", [r"\operatorname{tr}", r"\text{Tr}", r"{\rm tr}", r"\mathrm{trace}", r"\mbox{Tr}", r"\tr", "tr", "Tr"]
)
def test_a_trace_is_read_in_every_spelling(word):
    """All the usual words for a trace mean the same, in any brackets."""
    for left, right in (("(", ")"), (r"\left[", r"\right]"), (r"\big(", r"\big)"), (r"\{", r"\}")):
        assert term(rf"{word}{left}AX{right}") is Trace(Product((A, X)))


CASES = {
    r"x^T A x": Product((Transpose(x), A, x)),
    r"\mathrm{tr} AX": Trace(Product((A, X))),
    r"\log\det X": Log(Determinant(X)),
    r"|X|": Determinant(X),
    r"|c|": Abs(c),
    r"\|x\|_2^2": EntryPower(Norm(x), Number(2)),
    r"||Ax - y||": Norm(Sum((Product((A, x)), Product((Number(-1), y))))),
    r"\left\| X \right\|_{\mathrm F}": Norm(X),
    r"A : X": Inner(A, X),
    r"\langle A, X\rangle": Inner(A, X),
    r"<x, y>": Inner(x, y),
    r"x \cdot y": Inner(x, y),
    r"A \cdot X": Product((A, X)),
    r"A \odot X": Hadamard((A, X)),
    r"A \oslash X": Hadamard((A, EntryPower(X, Number(-1)))),
    r"X^{-\top}": Transpose(Inverse(X)),
    r"x^{\odot 2}": EntryPower(x, Number(2)),
    r"x^Ty\, x": Product((Product((Transpose(x), y)), x)),
    r"\tfrac12 c": Product((Number("1/2"), c)),
    r"\frac{c}{x^Tx}": Product((c, EntryPower(Product((Transpose(x), x)), Number(-1)))),
    r"{1\over c}": EntryPower(c, Number(-1)),
    r"e^{c}": Exp(c),
    r"e^{X}": MatrixExp(X),
    r"\max(0, x)": Relu(x),
    r"a'b c'd": None,
}


@pytest.mark.parametrize("latex", [case for case, wanted in CASES.items() if wanted is not None])
def test_notation_means_what_it_should(latex):
    """Each form is read as its operation, by the shapes of its parts."""
    assert term(latex) is CASES[latex]


def test_a_row_times_a_column_is_a_scalar_inside_a_chain():
    """a'b c'd is (a'b)(c'd)."""
    declare = [f"{name} : vector n" for name in "abcd"]
    found = term("a'b c'd", wrt="a", declare=declare)
    assert found.is_scalar and len(found.factors) == 4


def test_fonts_are_part_of_a_name_unless_only_one_is_declared():
    r"""\mathbf{X} declared alone is what X_{ij} means."""
    found = read(r"\det(\mathbf{X})", wrt="X_{ij}", declare=[r"\mathbf{X} : matrix n x n"])
    assert isinstance(found.wrt[0], Entry) and found.wrt[0].of.name == r"\mathbf{X}"
    both = read(r"\mathbf{x}^T x", wrt="x", declare=[r"\mathbf{x} : vector n", "x : vector n"]).target
    assert both.factors[0].of is not both.factors[1]


def test_several_letters_in_one_font_are_a_product():
    r"""\mathbf{AXB} is a product of bold letters."""
    declare = [rf"\mathbf{{{name}}} : matrix n x n" for name in "AXB"]
    assert len(term(r"\operatorname{tr}(\mathbf{AXB})", r"\mathbf{X}", declare).of.factors) == 3


def test_families_members_and_entries_are_told_apart_by_declarations():
    """x_i of a family is a member, y_i of a vector an entry; the sum's range is the family's."""
    found = term(r"\sum_i (y_i - w^T x_i)^2", "w", ["x_i : vector p for i = 1..n", "y : vector n", "w : vector p"])
    assert isinstance(found, SumOver) and str(found.index.last) == "n"
    assert {type(part) for part in found.walk()} >= {Member, Entry}


def test_an_indexed_definition_is_put_in_place():
    """p_i = … is used by putting the index of the place for its own."""
    found = read("p_i = w^T x_i\nL = \\sum_{j=1}^n p_j^2", wrt="w", declare=["x_i : vector p for i = 1..n", "w : vector p"])
    assert found.definitions[0].body.index.name == "j"


def test_a_function_of_a_number_acts_on_entries():
    """g(t) = … is defined once, and applied to a vector it acts on every entry."""
    found = read(r"g(t) = \frac{t}{1+e^{-t}}; f = 1^T g(Wx+b)", wrt="W")
    assert found.functions["g"].argument.kind == "scalar"
    assert any(isinstance(part, Call) for part in found.definitions[0].body.walk())


def test_the_answerers_text_is_read_as_it_stands():
    """Lowercase columns, uppercase matrices, Greek scalars; sizes found by unification."""
    found = read(r"\eqalign{ f &= W^Tx + b \cr \lambda &= f^Ty \cr }", wrt="W")
    assert [d.name.kind for d in found.definitions] == ["vector", "scalar"]
    assert found.wrt[0].shape == (found.symbols["x"].shape[0], found.symbols["f"].shape[0])


POST = r"""I look for the derivative of $$L = f \cdot y; f = X \cdot W + b$$
Shapes: $X.shape=(1, m), W.shape=(m,10),b.shape=(1, 10), y.shape=(10, 1)$, and I want $\frac{\partial L}{\partial W}$.
I found $$ \frac{\partial L}{\partial f} = y$$ and $$\frac{\partial f}{\partial W} = X$$
and with differentials $$ d(L) = d(f \cdot y) = d(f) \cdot y = X \cdot dW \cdot y $$"""


def test_a_post_is_read_with_its_question_claims_and_faults():
    """The question is found in the words; a line whose shapes cannot be right is a fault, with the reason."""
    found = read(Source(POST, "post.md"))
    assert found.target.name == "L" and found.wrt == (found.symbols["W"],)
    assert [str(size) for size in found.symbols["W"].shape] == ["m", "10"] and found.symbols["W"].kind == "matrix"
    assert len(found.claims) == 4 and [fault.latex for fault in found.faults] == [r"\frac{\partial f}{\partial W} = X"]


@pytest.mark.parametrize(
    "question, order",
    [(r"\frac{\partial f}{\partial x}", 1), (r"\partial f/\partial x", 1), (r"\nabla_x f", 1), (r"\nabla^2 f", 2),
     (r"\frac{d}{dx} f", 1), (r"D_x f", 1), (r"\frac{\partial^2 f}{\partial x\partial x^T}", 2)],
)  # fmt: skip
def test_questions_are_found(question, order):
    """The usual ways to ask for a derivative."""
    found = read(f"f(x) = x^TAx; {question}")
    assert (found.target.name, found.wrt[0].name, found.order) == ("f", "x", order)


@pytest.mark.parametrize(
    "declaration, shape, properties",
    [(r"X \in \mathbb{R}^{n\times m}", "n × m", ()), ("X \\in R^{d*m}", "d × m", ()), ("X.shape=(1, m)", "1 × m", ()),
     ("X : matrix p+q x p+q symmetric", "p+q × p+q", ("symmetric",)),
     ("X: n x n matrix", "n × n", ()), ("X: symmetric matrix n x n", "n × n", ("symmetric",)),
     ("X: a positive definite n x n matrix", "n × n", ("posdef", "symmetric")), ("X: 3 by 3 matrix symmetric", "3 × 3", ("symmetric",)),
     (r"X \in \mathbb{S}^n_{++}", "n × n", ("posdef", "symmetric")), (r"X \in S^n_{++}", "n × n", ("posdef", "symmetric")),
     (r"X \in SO(3)", "3 × 3", ("orthogonal", "rotation")), (r"X \in \mathrm{GL}_n(\mathbb{R})", "n × n", ("invertible",)),
     (r"X \in \mathcal{S}_n", "n × n", ("symmetric",)), (r"X \in M_{m,n}(\mathbb R)", "m × n", ()), ("X : matrix batch x in", "batch × in", ())],
)  # fmt: skip
def test_declarations_in_words_and_in_latex(declaration, shape, properties):
    """A declaration gives kind, shape and properties exactly."""
    found = read(r"\operatorname{tr}(X^TX)", wrt="X", declare=[declaration]).symbols["X"]
    assert (" × ".join(map(str, found.shape)), found.properties) == (shape, properties)


@pytest.mark.parametrize(
    ("said", "shape"),
    [(r"f : \mathbb R^{n \times n} \to \mathbb R", "n × n"), (r"f \colon S^n_{+} \to \mathbb R", "n × n"), (r"f : \mathbb R \to \mathbb R", "n × m")],
)  # fmt: skip
def test_the_domain_of_a_function_says_what_its_argument_is(said, shape):
    """But not where it is that of numbers: the function may act on entries."""
    found = read(rf"Let ${said}$, $f(X) = \operatorname{{tr}}(X^TX)$. Find $\nabla f$.").symbols["X"]
    assert " × ".join(map(str, found.shape)) == shape


def test_a_small_letter_in_a_set_of_matrices_is_none():
    r"""`x \in S^{n-1}` is on a sphere."""
    assert read(r"Let $x \in \mathbb{S}^{n-1}$. Find the gradient of $\|Ax\|^2$.").symbols["x"].kind == "vector"


@pytest.mark.parametrize(
    ("said", "name", "shape", "properties"),
    [
        (r"x \succ 0", "x", "n × 1", {"positive"}), (r"\lambda \succeq 0", r"\lambda", "n × 1", {"positive"}),
        (r"x \in \mathbb{R}^{k}; x \succ 0", "x", "k × 1", {"positive"}), (r"A \succ 0", "A", "n × n", {"symmetric", "posdef"}),
        (r"x \in \mathbb{R}^{k \times k}; x \succ 0", "x", "k × k", {"symmetric", "posdef"}),
    ],
)  # fmt: skip
def test_what_an_order_says_is_of_entries_for_a_vector(said, name, shape, properties):
    found = read(rf"{said}; \log\mathbf{{1}}^T{name}\mathbf{{1}}" if "n × n" in shape else rf"{said}; \operatorname{{tr}}({name}^T{name})", wrt=name)
    assert size_text(found.symbols[name].shape) == shape and set(found.symbols[name].properties) == properties


@pytest.mark.parametrize("properties", ["symmetric", "posdef", "lower", "orthogonal", "toeplitz", "skew", "diagonal"])
def test_what_only_a_square_matrix_can_be_makes_it_square(properties):
    found = read(r"\operatorname{tr}(A^TA)", wrt="A", declare=[f"A : matrix {properties}"]).symbols["A"]
    assert found.shape[0] == found.shape[1]
    for kind in ("matrix n x m", "vector n", "vector"):
        with pytest.raises(ShapeError) as caught:
            read(r"\operatorname{tr}(A^TA)", wrt="A", declare=[f"A : {kind} {properties}"])
        assert caught.value.span is not None and caught.value.way_out


@pytest.mark.parametrize("source", [r"z_i = x^Ta_i; \sum_i e^{z_i}", r"\sum_i \log(1 + e^{x^Ta_i})", r"z_i = x^Ta_i; \log\sum_i e^{z_i}"])
def test_what_a_row_is_multiplied_with_under_a_sum_is_a_family_of_vectors(source):
    """With entries a_i the row x^T a_i would conform too, and the sum be no number."""
    found = read(source, wrt="x")
    assert found.target.is_scalar and found.symbols["a"].family is not None and any("family" in guess for guess in found.guesses)


def test_a_declaration_of_several_names():
    """`t, a, b : scalar` declares each of them, with or without spaces; a comma in a subscript parts no names."""
    for text, names in (("t, a,b : scalar", ["t", "a", "b"]), (r"x_{1,2}, \lambda : scalar", ["x_{1,2}", r"\lambda"])):
        assert [(each.latex, each.kind) for each in declaration(text)] == [(name, "scalar") for name in names]
    with pytest.raises(DeclarationError, match="lacks its name"):
        declaration("x, : vector n")


@pytest.mark.parametrize("source", [
    r"\sum_{i=1}^n (x_{i+1}-x_i)^2", r"\sum_{i=0}^{n} x_i^2", r"\sum_{i=1}^4 v_i^2", r"v_5 + v_1", r"\sum_{i=0}^{n-1} x_i y_{i+1} + x_1",
])  # fmt: skip
def test_an_index_that_leaves_its_range(source):
    """x has entries 1 to n; what lies beyond is no entry."""
    with pytest.raises(ShapeError, match="has those from 1 to"):
        read(source, wrt="x" if "x" in source else "v", declare=["x, y : vector n", "v : vector 3"])


def test_entries_counted_from_zero():
    """0 to n − 1 are all entries of n: read as 1 to n, and said."""
    found = read(r"\sum_{i=0}^{n-1} x_i^2", wrt="x", declare=["x : vector n"])
    assert found.target.index.first == ONE and "counts entries from 0" in found.guesses[0]
    assert not read(r"\sum_{i=1}^{n-1} (x_{i+1} - x_i)^2", wrt="x", declare=["x : vector n"]).guesses


def test_a_raised_sign_ends_a_line():
    """`Y = Z^+` goes on over the line break as little as `Y = Z^T` does; `Y = Z +` does."""
    for line in ("Y = Z^+", "Y = Z^T"):
        assert [d.name.name for d in read(f"{line}\nf = tr(Y^TY)", wrt="Z", of="f").definitions] == ["Y", "f"]
    assert type(read("Y = Z +\nB\nf = tr(Y^TY)", wrt="Z", of="f").definitions[0].body) is Sum


def test_every_property_can_be_declared():
    """A property that a name can have is one that can be said of it."""
    for name in PROPERTIES:
        (found,) = declaration(f"t : vector n {name}")
        assert found.properties == (name,) and str(found.size[0]) == "n"


def test_macros_are_expanded_to_be_understood():
    r"""\newcommand with arguments, \def and \DeclareMathOperator."""
    text = r"\newcommand{\norm}[1]{\|#1\|} \def\w{\mathbf{w}} \DeclareMathOperator{\Spur}{tr} f = \norm{A\w - b}^2 + \Spur(A)"
    found = read(text, wrt=r"\w")
    assert found.wrt[0].name == r"\w" and r"\w" in found.symbols


def test_a_name_is_printed_as_the_author_types_it():
    """By the macro, where the source has it; by itself, where it does not."""
    text = r"\newcommand{\vect}[1]{\mathbf{#1}} \def\bX{{\bf X}} f = \vect{a}^T\bX\mathbf{b}"
    assert set(read(text, wrt=r"\bX").symbols) == {r"\vect{a}", r"\bX", r"\mathbf{b}", "f"}


def test_what_a_name_is_where_the_convention_fails_is_said():
    """β of y − Xβ is a vector, and that is a guess."""
    found = read(r"\|y - X\beta\|_2^2", wrt=r"\beta")
    assert found.symbols[r"\beta"].kind == "vector" and "\\beta" in found.guesses[0]


SILENT = {
    "x'Ax + y^Tx": AmbiguityError,
    r"\log x^{ij}": AmbiguityError,
    r"X_i": AmbiguityError,
    r"x^Tx/c c": AmbiguityError,
    r"\|X\|": AmbiguityError,
    r"\lambda(X)": AmbiguityError,
    r"\sigma(X)": AmbiguityError,
    r"x^2": AmbiguityError,
    r"f = y_i + \sum_{i=1}^n x_i^2": AmbiguityError,
    "z = Au + x; u = Bz; z^Tz": NotDerivable,
    "xy": ShapeError,
    r"\sum_{i=n}^{1} x_i^2": SyntaxProblem,
    r"\sum_{i=3}^{1} x_i^2": SyntaxProblem,
    r"f^{(2)}(x)": AmbiguityError,
    r"f_1'(x)": AmbiguityError,
    r"\sigma''(x)": AmbiguityError,
    r"f(x) = x^TAx; y^Tx f''(x)": AmbiguityError,
    r"\operatorname{tr}(A x)": ShapeError,
}


@pytest.mark.parametrize("latex", [case for case, wanted in SILENT.items() if wanted is not None])
def test_nothing_is_misread_in_silence(latex):
    """What could be meant in two ways, or cannot be at all, is an error with a way out and a place."""
    with pytest.raises(SILENT[latex]) as caught:
        read(latex, wrt="x", declare=DECLARED)
    assert caught.value.span is not None and caught.value.way_out


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("f'(x)", "f''(x)"), ("y^Tf''(Ax)", r"A^{T}(f'''(Ax) \odot y)"), (r"\sum_i f''(x_i)", "f'''(x)"),
        (r"f(t) = t^3; f''(t)", "6t"), (r"f(x) = x^TSx; f'(x)", "2Sx"), (r"f(x) = x^TSx; f''(x)", "2S"),
        (r"\mathbf{1}^T\sin'(x)", r"-\sin x"), (r"\mathbf{1}^T\exp'(x)", r"\exp(x)"), ("g(s) = s^3; y^Tg'(Ax)", r"A^{T}(g''(Ax) \odot y)"),
    ],
)  # fmt: skip
def test_the_primes_of_a_function_are_derivatives(source, value):
    declare = ["x : vector n", "y : vector m", "A : matrix m x n", "S : matrix n x n symmetric", "t : scalar"]
    found = derive(source, declare=declare, wrt="t" if "t)" in source else "x")
    assert value in str(found.result).replace(r"\bigl", "").replace(r"\bigr", "") and found.confirmed


@pytest.mark.parametrize(
    ("source", "declare", "card", "said"),
    [
        (r"x^Te^{tA}y", (), MatrixExp, "square"), (r"x^T\exp(A + B^T)y", (), MatrixExp, "square"),
        (r"\operatorname{tr}(e^AB)", (), MatrixExp, "square"),
        (r"a^Te^Ab + a^TAc", ("a : vector n", "c : vector m"), Exp, ""), (r"\|B - e^A\|_F", ("B : matrix n x m",), Exp, ""),
        (r"x^Te^{AB}y", (), Exp, "entry by entry"), (r"x^T\log(A)y", (), Log, "entry by entry"),
    ],
)  # fmt: skip
def test_e_to_a_matrix_of_open_sizes_is_the_exponential_of_a_square_matrix(source, declare, card, said):
    """Where the rest does not conform with that, and for other functions and products, it is taken entry by entry, and said."""
    found = read(source, wrt="A", declare=declare)
    assert any(type(part) is card for part in found.target.walk())
    assert not said or any(said in guess for guess in found.guesses)


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        ("p(x) = x^TAx", r"\log p(x)"),
        ("p(x|y) = x^TAy", r"\log p(x|y)"),
        (r"p(x\mid y) = x^TAy", r"\log p\left(x\mid y\right)"),
        ("p(x, y) = x^TAy", r"\log p(x, y)"),
        ("p = x^TAx", r"\log p(x)"),
        ("p = y^TAy; y = Ax", r"\log p(x)"),
    ],
)
def test_a_defined_function_is_applied_also_behind_a_function(definition, use):
    r"""`\log p(x)` is the logarithm of p(x), not log(p) times x."""
    declare = [line for line in DECLARED if not line.startswith("y ") or "y =" not in definition]
    found = read(f"f = 2{use} + 1; {definition}", wrt="x", of="f", declare=declare)
    bodies = {each.name.name: each for each in found.definitions}
    assert bodies["f"].body.contains(Log(bodies["p"].name))


def test_a_sum_goes_on_as_far_as_its_index():
    """An index that stands behind the plus would be unbound: the wider reading is taken, and said."""
    wide = read(r"f = -\sum_{i=1}^n x_i^2 + c y_i + \lambda", wrt="x", declare=DECLARED)
    narrow = read(r"f = -\sum_{i=1}^n (x_i^2 + c y_i) + \lambda", wrt="x", declare=DECLARED)
    assert wide.definitions[0].body is narrow.definitions[0].body and "goes on" in wide.guesses[0]


def test_shapes_decide_between_operations():
    """‖A‖₂ is the largest singular value, exp of a matrix the matrix exponential; both are said."""
    found = read(r"\|X\|_2 + \operatorname{tr}\exp(X)", wrt="X", declare=DECLARED)
    assert {type(part) for part in found.target.walk()} >= {SpectralNorm, MatrixExp} and len(found.guesses) == 2


BROKEN = {
    r"\operatorname{tr}(AX": (SyntaxProblem, 18),
    r"\frac{x": (SyntaxProblem, 6),
    r"\foo{x}": (SyntaxProblem, 1),
    r"\newcommand{\q}[1]{\q{\q{#1}}}\q{x}": (SyntaxProblem, 31),
    "": (SourceError, 1),
    "x +": (SyntaxProblem, 3),
    "x)": (SyntaxProblem, 2),
}


@pytest.mark.parametrize("latex", BROKEN)
def test_an_error_shows_its_place(latex):
    """Line, column and caret of what is wrong."""
    kind, column = BROKEN[latex]
    with pytest.raises(kind) as caught:
        read(latex, wrt="x")
    assert caught.value.span.column == column and "^" in describe(caught.value)


def test_a_conflict_of_sizes_names_both_declarations():
    """XW with the wrong sizes."""
    with pytest.raises(ShapeError) as caught:
        read("XW", wrt="W", declare=["X: matrix 2 x 3", "W: matrix 4 x 5"])
    assert "3 columns meet 4 rows" in caught.value.message and "as declared" in caught.value.way_out


def test_a_variable_that_does_not_occur_is_told_what_does():
    """The names that occur are listed."""
    with pytest.raises(SourceError, match="does not occur") as caught:
        read(r"\operatorname{tr}(AX)", wrt="Z")
    assert "A, X" in caught.value.way_out


@pytest.mark.parametrize(
    "text",
    ["x+" * 400_000, "(" * 5000, "{" * 5000, r"\log" * 3000 + "x", "|" * 3000, "x" + "^{x" * 3000, "$" * 100_001,
     r"\begin{align}" * 9000,
     r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a} \a"],
    ids=["long", "brackets", "braces", "functions", "bars", "tower", "dollars", "environments", "macros"],
)  # fmt: skip
def test_monstrous_input_is_refused(text):
    """No recursion, no endless expansion: an error."""
    with pytest.raises(DerivtexError):
        read(text, wrt="x")


def test_lines_are_read_one_by_one():
    """A line defines, asserts, or is a fault; nothing ends the reading."""
    text = "f = x^TAx\n\\frac{\\partial f}{\\partial x} = Ax + A^Tx\n\\frac{\\partial f}{\\partial x} = AxA\nf = ("
    lines = read_lines(text, declare=["A : matrix n x n", "x : vector n"])
    assert [type(line.items[0]) for line in lines] == [Definition, Claim, Fault, Fault]


def test_a_formula_is_read_in_given_symbols():
    """For what derivtex wrote itself."""
    assert read_formula(r"\operatorname{tr}(A^TX)", {"A": A, "X": X}) is Trace(Product((Transpose(A), X)))
    assert isinstance(read_formula(r"\mathbf{1}^T x", {"x": x}).factors[0].of, Ones)
    assert isinstance(x, Symbol)


def test_a_line_with_the_derivative_of_a_known_function_is_judged():
    r"""`\sigma'(z)` is the derivative of the logistic function, not the function."""
    known = r"z = Wx; a = \sigma(z); L = \frac12\|a\|^2; \frac{\partial L}{\partial z} = "
    assert [line.verdict for line in check(known + r"a\odot\sigma'(z)").lines][-1] == "holds"
    assert [line.verdict for line in check(known + r"a\odot\sigma(z)").lines][-1] == "fails"


def test_an_index_x_is_no_times_sign():
    r"""`\mathbb{R}^{D_x \times H}` has D_x rows."""
    found = derivtex.derive(r"W \in \mathbb{R}^{D_x \times H}; \|W^T x\|^2", wrt="W").to_dict()
    assert {each["latex"]: each["shape"] for each in found["symbols"]}["W"] == ["D_x", "H"]


def test_a_row_that_begins_with_an_empty_group_goes_on():
    r"""`&\quad {} - b^Tx` behind a broken row, also one with a reason in a column beside it, is a part of the sum before."""
    text = "\\begin{align*}\nf &= x^Tx && \\text{so} \\\\\n&\\quad {} - b^Tx\\\\\n\\nabla_x f &= 2x - b\n\\end{align*}"
    assert [line.verdict for line in check(text).lines] == ["definition", "holds"]
