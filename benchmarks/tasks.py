r"""The everyday tasks: 97 kinds of derivatives that people ask for, in our own words.

A task is a name, a formula, the variable, what is declared (semicolons between), and the order; its group is the first word.
"""

from __future__ import annotations

from typing import NamedTuple

SQUARE = "A: matrix n x n; B: matrix n x n; C: matrix n x n; X: matrix n x n"


class Task(NamedTuple):
    """One derivative. of: the name to differentiate, where the source defines several."""

    name: str
    source: str
    wrt: str
    declare: str = ""
    order: int = 1
    of: str | None = None

    @property
    def group(self) -> str:
        return self.name.split()[0]

    @property
    def declarations(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, self.declare.split(";"))))


VECTORS = [
    Task("vector inner product", r"a^T x", "x"),
    Task("vector bilinear", r"a^T A x", "x"),
    Task("vector quadratic", r"x^T A x", "x"),
    Task("vector quadratic symmetric", r"x^T S x", "x", "S: matrix n x n symmetric"),
    Task("vector quadratic model", r"\frac{1}{2} x^T S x - b^T x + c", "x", "S: matrix n x n symmetric"),
    Task("vector residual", r"(A x - b)^T (A x - b)", "x", "A: matrix m x n"),
    Task("vector weighted residual", r"(A x - b)^T W (A x - b)", "x", "A: matrix m x n; W: matrix m x m"),
    Task("vector ridge", r"\|A x - b\|_2^2 + \lambda \|x\|_2^2", "x", "A: matrix m x n; \\lambda: scalar"),
    Task("vector residual norm", r"\|A x - b\|_2", "x", "A: matrix m x n"),
    Task("vector Rayleigh quotient", r"\frac{x^T S x}{x^T x}", "x", "S: matrix n x n symmetric"),
    Task("vector generalised quotient", r"\frac{x^T S x}{x^T R x}", "x", "S: matrix n x n symmetric; R: matrix n x n symmetric"),
    Task("vector product of two", r"(a^T x)(b^T x)", "x"),
    Task("vector square of a quadratic", r"(x^T A x)^2", "x"),
    Task("vector exponential", r"\exp(a^T x)", "x"),
    Task("vector Gaussian bump", r"\exp(-\frac{1}{2} x^T S x)", "x", "S: matrix n x n symmetric"),
    Task("vector cosine", r"\frac{a^T x}{\|a\|_2 \|x\|_2}", "x"),
]
TRACES = [
    Task("trace", r"\operatorname{tr}(X)", "X", SQUARE),
    Task("trace one product", r"\operatorname{tr}(A X)", "X", SQUARE),
    Task("trace two sides", r"\operatorname{tr}(A X B)", "X", "A: matrix p x m; X: matrix m x n; B: matrix n x p"),
    Task("trace transpose", r"\operatorname{tr}(A X^T B)", "X", "A: matrix p x n; X: matrix m x n; B: matrix m x p"),
    Task("trace square", r"\operatorname{tr}(X^2)", "X", SQUARE),
    Task("trace square with factor", r"\operatorname{tr}(X^2 B)", "X", SQUARE),
    Task("trace Gram", r"\operatorname{tr}(X^T X)", "X", "X: matrix m x n"),
    Task("trace Gram with middle", r"\operatorname{tr}(X^T B X)", "X", "X: matrix m x n; B: matrix m x m"),
    Task("trace outer with middle", r"\operatorname{tr}(X B X^T)", "X", "X: matrix m x n; B: matrix n x n"),
    Task("trace twice", r"\operatorname{tr}(A X B X)", "X", SQUARE),
    Task("trace thrice", r"\operatorname{tr}(A X B X^T C)", "X", "A: matrix p x m; X: matrix m x n; B: matrix n x n; C: matrix m x p"),
    Task("trace four", r"\operatorname{tr}(B^T X^T C X X^T C X B)", "X", "X: matrix m x n; B: matrix n x n; C: matrix m x m"),
    Task("trace cube", r"\operatorname{tr}(X^3)", "X", SQUARE),
    Task("trace power", r"\operatorname{tr}(X^k)", "X", SQUARE + "; k: scalar integer"),
    Task("trace inverse", r"\operatorname{tr}(A X^{-1} B)", "X", SQUARE),
    Task("trace inverse of a sum", r"\operatorname{tr}((X + A)^{-1})", "X", SQUARE),
    Task("trace inverse Gram", r"\operatorname{tr}((X^T C X)^{-1} A)", "X", "X: matrix m x n; C: matrix m x m symmetric; A: matrix n x n"),
    Task("trace ratio", r"\operatorname{tr}((X^T C X)^{-1} (X^T B X))", "X", "X: matrix m x n; C: matrix m x m symmetric; B: matrix m x m symmetric"),
    Task("trace bilinear form", r"a^T X b", "X", "a: vector m; b: vector n; X: matrix m x n"),
    Task("trace Gram form", r"a^T X^T X b", "X", "a: vector n; b: vector n; X: matrix m x n"),
    Task("trace form of an inverse", r"a^T X^{-1} b", "X", SQUARE),
    Task("trace Kronecker", r"\operatorname{tr}(A (X \otimes B))", "X", "X: matrix m x m; B: matrix p x p; A: matrix m*p x m*p"),
    Task("trace Hadamard", r"\operatorname{tr}(A^T (B \odot X))", "X", "A: matrix m x n; B: matrix m x n; X: matrix m x n"),
    Task("trace projection", r"\operatorname{tr}(X (X^T X)^{-1} X^T A)", "X", "X: matrix m x n; A: matrix m x m symmetric"),
]
NORMS = [
    Task("norm Frobenius", r"\|X\|_F", "X", "X: matrix m x n"),
    Task("norm Frobenius squared", r"\|X\|_F^2", "X", "X: matrix m x n"),
    Task("norm factorisation left", r"\|M - U V^T\|_F^2", "U", "M: matrix m x n; U: matrix m x r; V: matrix n x r"),
    Task("norm factorisation right", r"\|M - U V^T\|_F^2", "V", "M: matrix m x n; U: matrix m x r; V: matrix n x r"),
    Task("norm regression", r"\|Y - X W\|_F^2 + \lambda \|W\|_F^2", "W", "Y: matrix m x k; X: matrix m x n; W: matrix n x k; \\lambda: scalar"),
    Task("norm orthogonality", r"\|X^T X - I\|_F^2", "X", "X: matrix m x n"),
    Task("norm scaled rows", r"\|\operatorname{diag}(x) A\|_F^2", "x", "A: matrix n x p"),
    Task("norm of a vector", r"\|x - a\|_2", "x"),
]
DETERMINANTS = [
    Task("det", r"\det(X)", "X", SQUARE),
    Task("det of a product", r"\det(A X B)", "X", SQUARE),
    Task("det of a Gram matrix", r"\det(X^T X)", "X", "X: matrix m x n"),
    Task("det of a Gram form", r"\det(X^T A X)", "X", "X: matrix m x n; A: matrix m x m symmetric"),
    Task("det of a power", r"\det(X^k)", "X", SQUARE + "; k: scalar integer"),
    Task("det logarithm", r"\log \det(X)", "X", SQUARE),
    Task("det logarithm of a sum", r"\log \det(A + X B X^T)", "X", "A: matrix m x m symmetric posdef; X: matrix m x n; B: matrix n x n symmetric posdef"),
    Task("det Gaussian likelihood", r"\log \det(S) + \operatorname{tr}(S^{-1} C)", "S", "S: matrix n x n symmetric posdef; C: matrix n x n symmetric"),
    Task("det process likelihood", r"-\frac{1}{2} y^T K^{-1} y - \frac{1}{2} \log \det(K)", "K", "K: matrix n x n symmetric posdef; y: vector n"),
    Task("det process noise", r"-\frac{1}{2} y^T (K + s I)^{-1} y - \frac{1}{2} \log \det(K + s I)", "s", "K: matrix n x n symmetric posdef; y: vector n; s: scalar"),
    Task("det information", r"\log \det(A^T \operatorname{diag}(x) A)", "x", "A: matrix m x n; x: vector m"),
]
LEARNING = [
    Task("learning logistic loss", r"\log(1 + \exp(-y w^T x))", "w", "y: scalar"),
    Task("learning logistic regression", r"\sum_{i=1}^{m} \log(1 + \exp(-y_i x_i^T w))", "w"),
    Task("learning cross entropy", r"-y^T \log(\operatorname{softmax}(W x))", "W", "W: matrix k x n; x: vector n; y: vector k"),
    Task("learning softmax logits", r"-y^T \log(\operatorname{softmax}(z))", "z", "y: vector k; z: vector k"),
    Task("learning sigmoid layer", r"c^T \sigma(W x + b)", "W", "W: matrix k x n; x: vector n; b: vector k; c: vector k"),
    Task("learning tanh layer", r"\|\tanh(W x + b) - y\|_2^2", "W", "W: matrix k x n; x: vector n; b: vector k; y: vector k"),
    Task("learning two layers", r"\ell = \|V h - y\|_2^2; h = \tanh(W x)", "W", "W: matrix k x n; V: matrix p x k; x: vector n; y: vector p", of=r"\ell"),
    Task("learning bias", r"\|W x + b - y\|_2^2", "b", "W: matrix k x n; x: vector n; b: vector k; y: vector k"),
    Task("learning log-sum-exp", r"\log(\sum_{i=1}^{n} \exp(x_i))", "x", "x: vector n"),
    Task("learning entropy", r"-\sum_{i=1}^{n} p_i \log p_i", "p", "p: vector n"),
    Task("learning linear layer", r"L = f y; f = X W + b", "W", "X: matrix 1 x m; W: matrix m x k; b: matrix 1 x k; y: matrix k x 1", of="L"),
]
HESSIANS = [
    Task("Hessian quadratic", r"x^T A x", "x", order=2),
    Task("Hessian least squares", r"\|A x - b\|_2^2", "x", "A: matrix m x n", 2),
    Task("Hessian exponential", r"\exp(a^T x)", "x", order=2),
    Task("Hessian logistic", r"\sum_{i=1}^{m} \log(1 + \exp(-y_i x_i^T w))", "w", order=2),
    Task("Hessian fourth power", r"(x^T x)^2", "x", order=2),
    Task("Hessian norm", r"\|x\|_2", "x", order=2),
    Task("Hessian trace", r"\operatorname{tr}(X^T A X B)", "X", "X: matrix m x n; A: matrix m x m; B: matrix n x n", 2),
    Task("Hessian log det", r"\log \det(X)", "X", SQUARE, 2),
]
JACOBIANS = [
    Task("Jacobian linear", r"A x", "x", "A: matrix m x n"),
    Task("Jacobian affine layer", r"\tanh(W x + b)", "x", "W: matrix k x n; x: vector n; b: vector k"),
    Task("Jacobian softmax", r"\operatorname{softmax}(x)", "x", "x: vector n"),
    Task("Jacobian unit vector", r"\frac{x}{\|x\|_2}", "x"),
    Task("Jacobian matrix by itself", r"A X B", "X", "A: matrix p x m; X: matrix m x n; B: matrix n x q"),
    Task("Jacobian inverse", r"X^{-1}", "X", SQUARE),
    Task("Jacobian square", r"X X^T", "X", "X: matrix m x n"),
    Task("Jacobian product with a vector", r"X^T X b", "b", "X: matrix m x n; b: vector n"),
]
STRUCTURED = [
    Task("structured symmetric trace", r"\operatorname{tr}(A S)", "S", "A: matrix n x n; S: matrix n x n symmetric"),
    Task("structured symmetric det", r"\log \det(S)", "S", "S: matrix n x n symmetric posdef"),
    Task("structured diagonal", r"\operatorname{tr}(A D)", "D", "A: matrix n x n; D: matrix n x n diagonal"),
    Task("structured time", r"\operatorname{tr}((A + t B)^{-1} C)", "t", SQUARE + "; t: scalar"),
    Task("structured skew", r"\operatorname{tr}(A K)", "K", "A: matrix n x n; K: matrix n x n skew"),
]
ENTRIES = [
    Task("entries sum of logarithms", r"\sum_{i=1}^{n} \log(x_i)", "x", "x: vector n"),
    Task("entries elementwise square", r"\mathbf{1}^T (x \odot x)", "x", "x: vector n"),
    Task("entries weighted exponential", r"a^T \exp(x)", "x", "a: vector n; x: vector n"),
    Task("entries sine", r"\sum_{i=1}^{n} \sin(x_i)", "x", "x: vector n"),
    Task("entries sigmoid sum", r"\mathbf{1}^T \sigma(A x)", "x", "A: matrix m x n; x: vector n"),
    Task("entries Hadamard form", r"a^T (X \odot Y) b", "X", "a: vector m; b: vector n; X: matrix m x n; Y: matrix m x n"),
]
TASKS = [*VECTORS, *TRACES, *NORMS, *DETERMINANTS, *LEARNING, *HESSIANS, *JACOBIANS, *STRUCTURED, *ENTRIES]
