r"""Formulas as people type them, each with what NumPy says that it means.

A row holds the formula, the expression it must equal at a random point, and declarations besides the usual ones. In an expression
a vector is one-dimensional, and a name is its letters: beta for \beta, x for \mathbf{x}.
"""

from __future__ import annotations

import numpy as np
import pytest

from derivtex.checking.examples import Domain, draw, leaves_of
from derivtex.checking.manners import Drawing, positive
from derivtex.core.errors import DerivtexError
from derivtex.reading import read
from derivtex.reading.source.vocabulary import ACCENTS, FONTS
from derivtex.writing.formula import latex as plainly

USUAL = (
    "A : matrix n x n", "B : matrix n x n", "X : matrix n x n", "S : matrix n x n posdef", "C : matrix m x n", "Y : matrix m x n",
    "W : matrix m x n", "x : vector n", "y : vector n", "a : vector n", "b : vector n", "u : vector m", "v : vector m",
    "c : scalar", r"\lambda : scalar", r"\alpha : scalar", r"\beta : scalar",
)  # fmt: skip
FAMILY = ("x_i : vector p for i = 1..N", "y_i : scalar for i = 1..N", "w : vector p", "v : vector p", "c : scalar")
BOLD = (
    r"\mathbf{A} : matrix n x n", r"\mathbf{B} : matrix n x n", r"\mathbf{X} : matrix n x n", r"\mathbf{x} : vector n",
    r"\mathbf{y} : vector n", r"\boldsymbol{\mu} : vector n", r"\boldsymbol{\Sigma} : matrix n x n posdef", "c : scalar",
)  # fmt: skip

TRANSPOSES = [
    (r"x^TAx", "x@A@x"),
    (r"x^{T} A x", "x@A@x"),
    (r"x^\top\!Ax", "x@A@x"),
    (r"x^{\top}\!A\,x", "x@A@x"),
    (r"{x}^{\top}{A}{x}", "x@A@x"),
    (r"x'Ax", "x@A@x"),
    (r"x^\prime A x", "x@A@x"),
    (r"x^{\prime}Ax", "x@A@x"),
    (r"x^tAx", "x@A@x"),
    (r"x^{\intercal}A x", "x@A@x"),
    (r"x^{\mathrm{T}} A x", "x@A@x"),
    (r"x^{\mathsf{T}}\mathopen{}A x", "x@A@x"),
    (r"x^{\text{T}} A x", "x@A@x"),
    (r"x^{\mathstrut\top}Ax", "x@A@x"),
    (r"xᵀAx", "x@A@x"),
    (r"x⊤Ax", "x@A@x"),
    (r"(Ax)^T(Bx)", "(A@x)@(B@x)"),
    (r"\left(Ax-b\right)^{\!\top}\left(Ax-b\right)", "(A@x-b)@(A@x-b)"),
    (r"(Ax-b)'(Ax-b)", "(A@x-b)@(A@x-b)"),
    (r"\operatorname{tr}\left(A^{T}B^{-T}\right)", "tr(A.T@inv(B).T)"),
    (r"\operatorname{tr}((A^T)^{-1}B)", "tr(inv(A.T)@B)"),
    (r"\operatorname{tr}({A^{-1}}^TB)", "tr(inv(A).T@B)"),
    (r"\operatorname{tr}(A^{-1 T}B)", "tr(inv(A).T@B)"),
    (r"x^T\,A^{T}{A}\,x", "x@A.T@A@x"),
    (r"x^T A^T{}A x", "x@A.T@A@x"),
    (r"a'x b'y", "(a@x)*(b@y)"),
    (r"x^T y x^T y", "(x@y)**2"),
    (r"(x^T y)^2", "(x@y)**2"),
    (r"x^T(A+A^T)x/2", "x@(A+A.T)@x/2"),
    (r"\langle A^\top x,\;b\rangle", "(A.T@x)@b"),
]

TRACES = [
    (r"\text{tr}\left\{ A X \right\}", "tr(A@X)"),
    (r"\mathrm{tr}[AX]", "tr(A@X)"),
    (r"\mathrm{tr}\,AX", "tr(A@X)"),
    (r"\mathrm{tr} XAX^\top", "tr(X@A@X.T)"),
    (r"{\rm Tr}(AX)", "tr(A@X)"),
    (r"\mbox{tr}(AX)", "tr(A@X)"),
    (r"\mathop{\mathrm{tr}}(AX)", "tr(A@X)"),
    (r"\operatorname*{Tr}\big(AX\big)", "tr(A@X)"),
    (r"tr(AX)", "tr(A@X)"),
    (r"Tr[AX]", "tr(A@X)"),
    (r"\textrm{trace}(AX)", "tr(A@X)"),
    (r"\mathbf{tr}(AX)", "tr(A@X)"),
    (r"\mathit{tr}(AX)", "tr(A@X)"),
    (r"\mathsf{Tr}\bigl[A X\bigr]", "tr(A@X)"),
    (r"\operatorname{tr}(A)\operatorname{tr}(X)", "tr(A)*tr(X)"),
    (r"\operatorname{tr}^2(X)", "tr(X)**2"),
    (r"\operatorname{tr}(X)^2", "tr(X)**2"),
    (r"\operatorname{tr}(X^2)", "tr(X@X)"),
    (r"\text{Tr}(X^{T}X) - 2\text{Tr}(A^{T}X)+\text{Tr}(A^TA)", "tr((X-A).T@(X-A))"),
    (r"\frac{1}{2}\mathrm{tr}\Big( (X-A)^{T} (X-A) \Big)", "tr((X-A).T@(X-A))/2"),
    (r"A:X", "tr(A.T@X)"),
    (r"A{:}X", "tr(A.T@X)"),
    (r"\langle A, X\rangle_F", "tr(A.T@X)"),
    (r"\left\langle A , X \right\rangle", "tr(A.T@X)"),
    (r"\left<A,X\right>", "tr(A.T@X)"),
    (r"<x,y>", "x@y"),
    (r"x\cdot y", "x@y"),
    (r"\mathbf 1^T(A\odot X)\mathbf 1", "np.sum(A*X)"),
    (r"{\tt1}^T(A\circ X){\tt1}", "np.sum(A*X)"),
    (r"\mathbb{1}^\top X \mathbb{1}", "np.sum(X)"),
    (r"\boldsymbol{1}_n^\top X \boldsymbol{1}_n", "np.sum(X)"),
    (r"1^TX1", "np.sum(X)"),
]

DETERMINANTS = [
    (r"\det{(S)}", "det(S)"),
    (r"\det S", "det(S)"),
    (r"\det(S)^2", "det(S)**2"),
    (r"\operatorname{det}(S)", "det(S)"),
    (r"|S|", "det(S)"),
    (r"\left|S\right|", "det(S)"),
    (r"\left\vert S \right\vert", "det(S)"),
    (r"\vert S\vert", "det(S)"),
    (r"\lvert S\rvert", "det(S)"),
    (r"\log\det S", "np.log(det(S))"),
    (r"\log|S|", "np.log(det(S))"),
    (r"\ln \left|S\right|", "np.log(det(S))"),
    (r"\log\left(\det\left(S\right)\right)", "np.log(det(S))"),
    (r"\log \det (S + \lambda I)", "np.log(det(S+lambda_*np.eye(len(S))))"),
    (r"\log|\det(S)|", "np.log(abs(det(S)))"),
    (r"\mathrm{logdet}(S)", "np.log(det(S))"),
    (r"\operatorname{logdet} S", "np.log(det(S))"),
    (r"\log\operatorname{det}(I+S)", "np.log(det(np.eye(len(S))+S))"),
    (r"\ln|S|+\operatorname{tr}(S^{-1}A)", "np.log(det(S))+tr(inv(S)@A)"),
    (r"-\frac n2\log|S|", "-n/2*np.log(det(S))"),
    (r"\tfrac{1}{2}\log\lvert S\rvert-\tfrac12x^\top S^{-1}x", "np.log(det(S))/2-x@inv(S)@x/2"),
    (r"|S|^{1/n}", "det(S)**(1/n)"),
    (r"|S|^{-\frac12}", "det(S)**-.5"),
    (r"\sqrt{|S|}", "det(S)**.5"),
    (r"\sqrt{\det(2\pi S)}", "det(2*np.pi*S)**.5"),
]

NORMS = [
    (r"\|x\|", "norm(x)"),
    (r"\|x\|^2", "x@x"),
    (r"\|x\|_2^2", "x@x"),
    (r"\|x\|^2_2", "x@x"),
    (r"||x||^2", "x@x"),
    (r"||x||_2^2", "x@x"),
    (r"\Vert x\Vert_2^2", "x@x"),
    (r"\lVert x\rVert_{2}^{2}", "x@x"),
    (r"\left\|x\right\|_2^2", "x@x"),
    (r"\left\lVert Ax-b\right\rVert_2^2", "np.sum((A@x-b)**2)"),
    (r"\left|\left|Ax-b\right|\right|_2^2", "np.sum((A@x-b)**2)"),
    (r"\left\Vert Ax-b\right\Vert^{2}", "np.sum((A@x-b)**2)"),
    (r"\vert\vert Ax-b\vert\vert^2", "np.sum((A@x-b)**2)"),
    (r"\big\|Ax-b\big\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\Bigl\| Ax-b \Bigr\|_2", "norm(A@x-b)"),
    (r"‖x‖²", "x@x"),
    (r"\frac12\|Y-WX\|_F^2", "np.sum((Y-W@X)**2)/2"),
    (r"\|X\|^2_{\text F}", "np.sum(X**2)"),
    (r"\|X\|_{\mathrm{F}}^2", "np.sum(X**2)"),
    (r"\|X\|_{F}", "norm(X)"),
    (r"\|X\|_{\text{Fro}}^2", "np.sum(X**2)"),
    (r"\|x\|_1", "np.sum(abs(x))"),
    (r"\|x\|_{1}", "np.sum(abs(x))"),
    (r"\|x\|_\infty", "np.max(abs(x))"),
    (r"\|X\|_*", "np.sum(np.linalg.svd(X)[1])"),
    (r"\|X\|_{*}", "np.sum(np.linalg.svd(X)[1])"),
    (r"\|x\|_S^2", "x@S@x"),
    (r"\|Ax-b\|_{S}^2", "(A@x-b)@S@(A@x-b)"),
    (r"\|x\|_{S^{-1}}^2", "x@inv(S)@x"),
    (r"\|Ax-b\|_2^2+\lambda\|x\|_2^2", "np.sum((A@x-b)**2)+lambda_*x@x"),
    (r"\|x\|^3", "norm(x)**3"),
    (r"\|x-y\|\,\|x+y\|", "norm(x-y)*norm(x+y)"),
    (r"|c|", "abs(c)"),
    (r"|a^Tx|", "abs(a@x)"),
    (r"|a^Tx-c|^2", "(a@x-c)**2"),
    (r"\|a x^T\|_F^2", "np.sum(np.outer(a,x)**2)"),
    (r"\|X\|_{HS}^2", "np.sum(X**2)"),
    (r"\|X\|_{\mathcal F}^2", "np.sum(X**2)"),
    (r"\|X\|_{\text{nuc}}", "np.sum(np.linalg.svd(X)[1])"),
    (r"\|X\|_{\mathrm{op}}", "np.linalg.svd(X)[1][0]"),
    (r"\|x\|_3", "np.sum(abs(x)**3)**(1/3)"),
    (r"\|x\|_c^c", "np.sum(abs(x)**c)"),
    (r"\|x\|_4^4", "np.sum(x**4)"),
    (r"\|Ax-b\|_c", "np.sum(abs(A@x-b)**c)**(1/c)"),
    (r"\left\langle x , y\right\rangle_{S}", "x@S@y"),
]

PRODUCTS = [
    (r"x\,x^T", "np.outer(x,x)"),
    (r"A\cdot x", "A@x"),
    (r"A*x", "A@x"),
    (r"A\times x", "A@x"),
    (r"A \odot B", "A*B"),
    (r"A \circ B", "A*B"),
    (r"A \circledast B", "A*B"),
    (r"x\oslash y", "x/y"),
    (r"A\otimes B", "np.kron(A,B)"),
    (r"x\otimes y", "np.kron(x,y)"),
    (r"\frac12 x^TAx", "x@A@x/2"),
    (r"\frac 1 2 x^TAx", "x@A@x/2"),
    (r"\tfrac{1}{2}x^TAx", "x@A@x/2"),
    (r"{1\over2}x^TAx", "x@A@x/2"),
    (r"{1 \over 2} x^T A x", "x@A@x/2"),
    (r"0.5\,x^TAx", "x@A@x/2"),
    (r".5x^TAx", "x@A@x/2"),
    (r"1/2 x^TAx", "x@A@x/2"),
    (r"x^TAx/2", "x@A@x/2"),
    (r"(x^TAx)/(x^Tx)", "x@A@x/(x@x)"),
    (r"\frac{x^TAx}{x^Tx}", "x@A@x/(x@x)"),
    (r"\frac{x^TAx}{\|x\|^2}", "x@A@x/(x@x)"),
    (r"\frac{a^Tx}{\|a\|\|x\|}", "a@x/norm(a)/norm(x)"),
    (r"\dfrac{x}{\|x\|_2}", "x/norm(x)"),
    (r"x/\|x\|", "x/norm(x)"),
    (r"2x^TAx-3c\,b^Tx", "2*x@A@x-3*c*(b@x)"),
    (r"-x", "-x"),
    (r"-\left(-x\right)", "x"),
    (r"x^{\odot2}", "x**2"),
    (r"x^{\circ 2}", "x**2"),
    (r"X^{\odot 3}", "X**3"),
    (r"A^2x", "A@A@x"),
    (r"A^{-1}x", "inv(A)@x"),
    (r"(A+cI)^{-1}x", "inv(A+c*np.eye(n))@x"),
    (r"(A+cI_n)^{-1}x", "inv(A+c*np.eye(n))@x"),
    (r"\left(X^{T}X\right)^{-1}X^{T}y", "inv(X.T@X)@X.T@y"),
    (r"\operatorname{diag}(x)Ay", "x*(A@y)"),
    (r"\mathrm{Diag}(x)y", "x*y"),
    (r"\text{diag}(A)", "np.diag(A)"),
    (r"\mathrm{vec}(X)", "X.flatten('F')"),
    (r"\operatorname{vec}(AXB)", "(A@X@B).flatten('F')"),
    (r"(B^T\otimes A)\,\mathrm{vec}\,X", "(A@X@B).flatten('F')"),
    (r"a^T X X^T b", "a@X@X.T@b"),
    (r"a^TXb\,x", "(a@X@b)*x"),
    (r"S^{1/2}x", "sqrtm(S)@x"),
    (r"S^{-1/2}x", "inv(sqrtm(S))@x"),
    (r"x^{T}S^{-\frac{1}{2}}x", "x@inv(sqrtm(S))@x"),
    (r"\begin{bmatrix} A & B \\ B & A\end{bmatrix}", "np.block([[A,B],[B,A]])"),
    (r"\left[\begin{array}{cc} A & 0 \\ 0 & B\end{array}\right]", "np.block([[A,0*A],[0*A,B]])"),
    (r"\pmatrix{ A & B \cr B & A }", "np.block([[A,B],[B,A]])"),
    (r"\begin{pmatrix} x \\ y \end{pmatrix}", "np.concatenate([x,y])"),
    (r"x^T\begin{pmatrix}A\end{pmatrix}x", "x@A@x"),
    (r"\underbrace{x^T}_{1\times n}Ax", "x@A@x"),
    (r"x_{n\times1}^TAx", "x@A@x"),
]

FUNCTIONS = [
    (r"\exp(-x)", "np.exp(-x)"),
    (r"e^{-x^Tx}", "np.exp(-x@x)"),
    (r"e^{-\frac{1}{2}x^TSx}", "np.exp(-x@S@x/2)"),
    (r"\exp\left\{-\frac12(x-y)^TS^{-1}(x-y)\right\}", "np.exp(-(x-y)@inv(S)@(x-y)/2)"),
    (r"\exp[-x^Tx]", "np.exp(-x@x)"),
    (r"\mathrm{e}^{c}", "np.exp(c)"),
    (r"\log(1+\exp(-c\,a^Tx))", "np.log(1+np.exp(-c*(a@x)))"),
    (r"\ln(1+e^{a^\top x})", "np.log(1+np.exp(a@x))"),
    (r"\frac{1}{1+e^{-a^Tx}}", "1/(1+np.exp(-a@x))"),
    (r"\sigma(Wx+u)", "1/(1+np.exp(-W@x-u))"),
    (r"\tanh(Wx)", "np.tanh(W@x)"),
    (r"\tanh(Wx)^Tu", "np.tanh(W@x)@u"),
    (r"u^T\tanh(Wx+v)", "u@np.tanh(W@x+v)"),
    (r"\sin(c)\cos c", "np.sin(c)*np.cos(c)"),
    (r"\sin^2(c)", "np.sin(c)**2"),
    (r"\log^2 c", "np.log(c)**2"),
    (r"\max(0,Wx)", "np.maximum(0,W@x)"),
    (r"\max\{0, Wx\}", "np.maximum(0,W@x)"),
    (r"\max\left(Wx,0\right)", "np.maximum(0,W@x)"),
    (r"\mathrm{ReLU}(Wx)", "np.maximum(0,W@x)"),
    (r"\operatorname{relu}(Wx+u)", "np.maximum(0,W@x+u)"),
    (r"\mathrm{softmax}(x)", "np.exp(x)/np.sum(np.exp(x))"),
    (r"\text{softmax}(Wx)", "np.exp(W@x)/np.sum(np.exp(W@x))"),
    (r"\log\mathbf 1^T\exp(x)", "np.log(np.sum(np.exp(x)))"),
    (r"\log\sum_i e^{x_i}", "np.log(np.sum(np.exp(x)))"),
    (r"\log\left(\sum_{i=1}^n\exp(x_i)\right)", "np.log(np.sum(np.exp(x)))"),
    (r"\sqrt{x^Tx}", "norm(x)"),
    (r"\sqrt{1+x^TSx}", "(1+x@S@x)**.5"),
    (r"\sqrt[3]{x^Tx}", "(x@x)**(1/3)"),
    (r"(1+x^Tx)^{-1/2}", "(1+x@x)**-.5"),
    (r"\log x", "np.log(x)"),
    (r"y^T\log x", "y@np.log(x)"),
    (r"-y^T\log(x)-(\mathbf1-y)^T\log(\mathbf1-x)", "-y@np.log(x)-(1-y)@np.log(1-x)", (), "small"),
    (r"\exp(A)", "expm(A)"),
    (r"e^{A}", "expm(A)"),
    (r"\operatorname{sign}(x)", "np.sign(x)"),
    (r"\log\frac{c}{\alpha}", "np.log(c/alpha)"),
    (r"\log (x^T x) + c", "np.log(x@x)+c"),
    (r"\log 2c", "np.log(2*c)"),
    (r"log(x^Tx)", "np.log(x@x)"),
    (r"log x^Tx", "np.log(x@x)"),
    (r"tr AX", "tr(A@X)"),
    (r"[1-y^Tx]_+", "np.maximum(0,1-y@x)"),
    (r"\left(Wx-u\right)_{+}", "np.maximum(0,W@x-u)"),
    (r"\lambda_{\max}(S)", "np.linalg.eigvalsh(S)[-1]"),
    (r"\lambda_1(S)", "np.linalg.eigvalsh(S)[-1]"),
    (r"\lambda(x^Tx)", "lambda_*(x@x)"),
    (r"A(x-y)", "A@(x-y)"),
    (r"\mathrm{sigmoid}(Wx)", "1/(1+np.exp(-W@x))"),
    (r"x/c/2", "x/c/2"),
    (r"\exp(-\|x\|^2/(2c^2))", "np.exp(-x@x/2/c**2)"),
]

SUMS = [
    (r"\sum_{i=1}^n x_i", "np.sum(x)"),
    (r"\sum_i x_i^2", "x@x"),
    (r"\sum\limits_{i=1}^{n} x_i y_i", "x@y"),
    (r"\displaystyle\sum_{i=1}^n{x_iy_i}", "x@y"),
    (r"\sum_{i,j} x_iA_{ij}x_j", "x@A@x"),
    (r"\sum_{ij} A_{ij}x_ix_j", "x@A@x"),
    (r"\sum_{i=1}^n\sum_{j=1}^n A_{i,j}x_ix_j", "x@A@x"),
    (r"\sum_i\sum_j a_{ij}x_ix_j", "x@A@x", ("A : matrix n x n", "x : vector n")),
    (r"\sum_{i,j}X_{ij}^2", "np.sum(X**2)"),
    (r"\sum_i (Ax)_i", "np.sum(A@x)"),
    (r"\sum_i [Ax]_i^2", "np.sum((A@x)**2)"),
    (r"\sum_i (Ax-b)_i^2", "np.sum((A@x-b)**2)"),
    (r"\sum_{i<j}(x_i-x_j)^2", "np.sum((x[:,None]-x)**2)/2"),
    (r"\sum_{i\ne j} x_ix_j", "np.sum(x)**2-x@x"),
    (r"\sum_{i\neq j}A_{ij}", "np.sum(A)-tr(A)"),
    (r"\sum_{i=1}^{n-1}(x_{i+1}-x_i)^2", "np.sum(np.diff(x)**2)"),
    (r"\prod_{i=1}^n x_i", "np.prod(x)"),
    (r"\frac1n\sum_{i=1}^n(x_i-c)^2", "np.mean((x-c)**2)"),
    (r"\sum_{k} A_{k\cdot}x", "np.sum(A@x)"),
    (r"\sum_{k} x^TA_{\cdot k}", "np.sum(x@A)"),
    (r"\sum_{k} x^TA_{:,k}", "np.sum(x@A)"),
    (r"e_1^TAx", "(A@x)[0]"),
    (r"x_1+x_2", "x[0]+x[1]"),
    (r"A_{12}", "A[0,1]"),
    (r"\sum_{i=1}^N(y_i-w^Tx_i)^2", "np.sum((y-x@w)**2)", FAMILY),
    (r"\frac{1}{N}\sum_{i=1}^N(y_i-w^{\top}x_i)^2+c\|w\|^2", "np.mean((y-x@w)**2)+c*w@w", FAMILY),
    (r"\sum_i \left(y_i - x_i^Tw\right)^2", "np.sum((y-x@w)**2)", FAMILY),
    (r"-\sum_{i=1}^{N}\log\sigma(y_iw^Tx_i)", "np.sum(np.log(1+np.exp(-y*(x@w))))", FAMILY),
    (r"\sum_{i=1}^N\log\left(1+e^{-y_iw^Tx_i}\right)", "np.sum(np.log(1+np.exp(-y*(x@w))))", FAMILY),
    (r"\sum_{i=1}^N\max(0,1-y_iw^Tx_i)", "np.sum(np.maximum(0,1-y*(x@w)))", FAMILY),
    (r"w^T\left(\sum_i x_ix_i^T\right)v", "w@x.T@x@v", FAMILY),
    (r"\sum_i\|x_i-v\|^2", "np.sum((x-v)**2)", FAMILY),
    (r"\sum_{i}\sum_{j}\|x_i-x_j\|^2", "np.sum((x[:,None]-x)**2)", FAMILY),
    (r"\sum_{n=1}^{N} \{ y_n \ln\sigma(w^Tx_n) + (1-y_n)\ln(1-\sigma(w^Tx_n)) \}",
     "np.sum(y*np.log(1/(1+np.exp(-x@w)))+(1-y)*np.log(1/(1+np.exp(x@w))))", FAMILY),
    (r"\sum_i y^{(i)}w^Tx^{(i)}", "y@x@w", ("x^{(i)} : vector p for i = 1..N", "y^{(i)} : scalar for i = 1..N", "w : vector p")),
    (r"c\,x_1+c\,x_2+\ldots+c\,x_n", "c*np.sum(x)"),
    (r"x_1^2+x_2^2+\cdots+x_n^2", "x@x"),
    (r"x_1y_1+\dots+x_ny_n", "x@y"),
]

FONTED = [
    (r"{\bf x}^T{\bf A}{\bf x}", "x@A@x"),
    (r"\mathbf{x}^{\!\top}\mathbf{A}\mathbf{x}", "x@A@x"),
    (r"\mathbf{x}^\top\mathbf{Ax}", "x@A@x"),
    (r"\mathbf{x^TAx}", "x@A@x"),
    (r"\bf x^TAx", "x@A@x"),
    (r"\boldsymbol{x}^{\mathrm T}\boldsymbol{A}\boldsymbol{x}", "x@A@x", ()),
    (r"\bm{x}^\top \bm{A}\bm{x}", "x@A@x", ()),
    (r"\vec{x}^{\,T}A\vec x", "x@A@x", (r"\vec x : vector n", "A : matrix n x n")),
    (r"\vec x \cdot \vec y", "x@y", (r"\vec{x} : vector n", r"\vec{y} : vector n")),
    (r"\mathbf x ^ T \mathbf A \mathbf x", "x@A@x"),
    (r"\left( \mathbf x-\boldsymbol\mu\right)^T \boldsymbol\Sigma^{-1}(\mathbf x-\boldsymbol\mu)",
     "(x-mu)@inv(Sigma)@(x-mu)"),
    (r"(\mathbf{x}-\boldsymbol{\mu})^{T}\boldsymbol{\Sigma}^{-1}(\mathbf{x}-\boldsymbol{\mu})", "(x-mu)@inv(Sigma)@(x-mu)"),
    (r"\textbf{x}^T\textbf{A}\textbf{x}", "x@A@x"),
    (r"\mathbf{x}^{\mathbf{T}}\mathbf{A}\mathbf{x}", "x@A@x"),
    (r"\mathbf{1}^\top\mathbf{X}\mathbf{1}", "np.sum(X)"),
    (r"\operatorname{tr}\left( \mathbf{A}^{\mathsf T} \mathbf{X} \right)", "tr(A.T@X)"),
]

LINES = [
    (r"\begin{align} f &= x^TAx \\ &\quad + b^Tx \end{align}", "x@A@x+b@x"),
    (r"\begin{aligned} f(x) &= \|Ax-b\|^2 \\ &= (Ax-b)^T(Ax-b) \end{aligned}", "np.sum((A@x-b)**2)"),
    (r"$$f(x) = x^TAx + b^Tx$$ where $A$ is a matrix.", "x@A@x+b@x"),
    (r"\[ f(x) = \tfrac12 x^T A x \tag{1} \label{eq:f} \]", "x@A@x/2"),
    (r"\begin{equation} L = \|r\|^2, \quad r = Ax-b \end{equation}", "np.sum((A@x-b)**2)"),
    (r"r = Ax-b; L = r^Tr", "np.sum((A@x-b)**2)"),
    ("L = r^Tr \\\\ r = Ax-b", "np.sum((A@x-b)**2)"),
    (r"f(x) := x^TAx", "x@A@x"),
    (r"f(x) \triangleq x^TAx", "x@A@x"),
    (r"f(x)\equiv x^TAx", "x@A@x"),
    (r"\min_x \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\min_{x\in\mathbb{R}^n} \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\hat x = \arg\min_x \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\hat{x} = \operatorname*{arg\,min}_x \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\max_x\; b^Tx - x^TAx", "b@x-x@A@x"),
    (r"\underset{x}{\min}\ \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\underset{x}{\operatorname{arg\,min}}\, \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\mathcal{L}(x) = x^TAx", "x@A@x"),
    (r"f:\mathbb{R}^n\to\mathbb{R},\quad f(x)=x^TAx", "x@A@x"),
    (r"\newcommand{\norm}[1]{\left\lVert#1\right\rVert} f = \norm{Ax-b}^2", "np.sum((A@x-b)**2)"),
    (r"\def\T{^{\top}} f = x\T Ax", "x@A@x"),
    (r"L(x,\lambda) = x^TAx + \lambda(1-x^Tx)", "x@A@x+lambda_*(1-x@x)"),
    (r"\eqalign{ r &= Ax-b \cr L &= r:r \cr}", "np.sum((A@x-b)**2)"),
    (r"\left\{\begin{aligned} r &= Ax-b \\ L &= r^Tr \end{aligned}\right.", "np.sum((A@x-b)**2)"),
    ("% a comment\nf = x^TAx % another\n", "x@A@x"),
    (r"\phi(x) = x'Ax,\qquad x\in\mathbb R^n", "x@A@x"),
    (r"\ln P(y|x) = -\frac12 (y-Ax)^TS^{-1}(y-Ax)", "-(y-A@x)@inv(S)@(y-A@x)/2"),
    (r"p(x) = \exp(-x^TSx) \,.", "np.exp(-x@S@x)"),
    (r"\text{loss} = \|Ax-b\|^2", "np.sum((A@x-b)**2)"),
    (r"\mathrm{MSE}(x) = \frac1n\|Ax-b\|^2", "np.sum((A@x-b)**2)/n"),
    (r"\mathrm{E}(x) = x^TAx", "x@A@x"),
    (r"x \mapsto x^TAx", "x@A@x"),
    (r"\text{minimize } \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\text{minimize}_x \; \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\operatorname{minimize}_x \|Ax-b\|_2^2", "np.sum((A@x-b)**2)"),
    (r"\min_x\ x^TAx \quad \text{s.t.}\quad \|x\|_2=1", "x@A@x"),
    (r"f : x \mapsto x^TAx", "x@A@x"),
    (r"\nabla_{x} f(x), \quad f(x) = x^TAx", "x@A@x"),
    (r"\left. \frac{\partial f}{\partial x} \right|_{x=0}; f = x^TAx", "x@A@x"),
    (r"\partial_x (x^TAx)", "x@A@x"),
    (r"f = -x_1y_1 - x_2y_2 - \ldots - x_ny_n", "-x@y"),
    (r"Let $A$ be a symmetric $n\times n$ matrix. What is the gradient of $x^TAx$?", "x@A@x"),
]

EVERY = [
    *((row, USUAL) for rows in (TRANSPOSES, TRACES, DETERMINANTS, NORMS, PRODUCTS, FUNCTIONS, SUMS, LINES) for row in rows),
    *((row, BOLD) for row in FONTED),
]
KNOWN = {
    "np": np, "tr": np.trace, "det": np.linalg.det, "inv": np.linalg.inv, "norm": lambda of: np.sqrt(np.sum(of**2)),
    "abs": np.abs, "sqrtm": lambda of: of_eigenvalues(of, np.sqrt), "expm": lambda of: series(of), "len": len,
}  # fmt: skip


def of_eigenvalues(of, function):
    values, vectors = np.linalg.eigh(of)
    return vectors @ np.diag(function(values)) @ vectors.T


def series(of):
    """The exponential of a matrix."""
    total = power = np.eye(len(of))
    for k in range(1, 60):
        power = power @ of / k
        total = total + power
    return total


def letters(latex: str) -> str:
    """The name that a symbol has in an expression."""
    for macro in sorted((*FONTS, *ACCENTS, "^{(i)}"), key=len, reverse=True):
        latex = latex.replace(macro, "")
    name = "".join(character for character in latex if character.isalnum())
    return "lambda_" if name == "lambda" else name


def flat(value, symbol):
    return value[:, 0] if symbol.kind == "vector" and symbol.family is None else value


def values_of(problem, manner):
    """The value of the target at a random point, and the names with theirs."""
    definitions = {each.name: each.body for each in problem.definitions}
    leaves = leaves_of([problem.target], definitions)
    point = draw(Domain(leaves, definitions=definitions), np.random.default_rng(3), Drawing(manner))
    names = {letters(each.name): flat(point.values[each], each) for each in leaves.symbols}
    return point.of(problem.target), {**point.sizes, **names}


def fraction(matrix):
    """Entries between 0 and 1."""
    return 1 / (1 + np.exp(-matrix))


@pytest.mark.parametrize("row, usual", EVERY, ids=lambda part: part[0] if type(part[0]) is str and "\\" in part[0] else None)
def test_the_world_is_read_right(row, usual):
    """What a formula means is what NumPy computes for it."""
    latex, expected, *more = row
    declared = (more[0] if more else None) or usual
    known = {declaration.partition(" :")[0] for declaration in declared}
    wrt = next(name for name in ("w", r"\mathbf{x}", r"\vec x", r"\vec{x}", "x", "X") if name in known)
    problem = read(latex, wrt=wrt, declare=declared)
    found, names = values_of(problem, fraction if more[1:] == ["small"] else positive)
    wanted = eval(expected, {**KNOWN, **names})
    assert np.size(found) == np.size(wanted)
    assert np.ravel(found) == pytest.approx(np.ravel(wanted), rel=1e-9)


REFUSED = (
    r"x_1 - x_2 - \ldots - x_n", r"x_1 + y_2 + \ldots + x_n", r"\max_i x_i", r"\mathbb{E}[x]", r"x_{1:n}", r"x(1)", r"X[i,j]",
    r"\operatorname{cof}(X)", r"\|x\|^2/2c^2", r"\exp^{-c}", r"\begin{cases} x & c>0 \\ 0 & c<0\end{cases}",
    r"x^T A x \pm c", r"\|X\|", r"\|X\|_1", r"(x, y)", r"x^*Ax", r"x^{ij}",
    r"\operatorname{rank}(X)", r"\max(x)", r"x + ", r"\sigma^{-1}(x)", r"\tanh^{-1} c", r"f\circ g(x)", r"(f\circ g)(x)", r"\|Z\| + c x",
)  # fmt: skip


@pytest.mark.parametrize("latex", REFUSED)
def test_what_could_be_misread_is_refused(latex):
    """Where no reading is sure, or none is known, it is an error that says what to write."""
    with pytest.raises(DerivtexError) as caught:
        read(latex, wrt="X" if "X" in latex else "x", declare=USUAL)
    assert caught.value.span is not None


FULL = {
    r"f(x) = x^Tx; f(Cx)": r"(Cx)^{T}Cx",
    r"f(x) = \|x\|^2; f(Cx - u) + \lambda f(x)": r"\|Cx - u\|^{2} + \lambda\|x\|^{2}",
    r"g(B) = \operatorname{tr}(B^TXB); g(A) + \operatorname{tr}(BX)": r"\operatorname{tr}(A^{T}XA) + \operatorname{tr}(BX)",
    r"g(M) = M^2; \operatorname{tr}(g(AX))": r"\operatorname{tr}\bigl((AX)^{2}\bigr)",
    r"h(p, q) = p^TAq; h(Bx, a)": r"(Bx)^{T}Aa",
    r"Z = AX; \operatorname{tr}(Z)": r"\operatorname{tr}(AX)",
    r"Z = AX; \operatorname{tr}(Z^TZ)": r"\operatorname{tr}\bigl((AX)^{T}(AX)\bigr)",
    r"z = Ax; \log(z^Tz)": r"\log\bigl((Ax)^{T}(Ax)\bigr)",
    r"p = a^Tx; q = b^Tx; p": "a^{T}x",
    r"\log g(a^Tx)": r"\log g(a^{T}x)",
    r"g(t) = t^2; \log g(a^Tx)": r"\log g(a^{T}x)",
    r"\sigma^2(a^Tx)": r"\sigma(a^{T}x)^{2}",
    r"\sin^{-1} c + \log c": r"\arcsin c + \log c",
    r"e^TXb": "e^{T}Xb",
    r"Xe + a^Te\,x": "Xe + (a^{T}e)x",
    r"\|x - x^*\|^2": r"\|x - x^*\|^{2}",
    r"k^*Ak": "k^{H}Ak",
    r"p = a^Tx; e^{p} + x^Tx": r"\exp(a^{T}x) + x^{T}x",
    r"q = Ax; c^{a^Tq}": r"c^{a^{T}(Ax)}",
    r"T = X^TX; x^TTx": "x^{T}(X^{T}X)x",
    r"P = X^TX; \|x\|_P^2 + a^TXa": r"\|x\|_{X^{T}X}^{2} + a^{T}Xa",
}


@pytest.mark.parametrize("latex", FULL)
def test_a_formula_is_read_as_it_is_meant(latex):
    """With what its names stand for in their places: functions of arrays, words around defined names, e as a residual, optima."""
    found = read(latex, wrt="X" if "X" in latex else "c" if " c" in latex else "k" if "k" in latex else "x", declare=USUAL)
    assert plainly(found.target.replace({known.name: known.body for known in found.definitions})) == FULL[latex]


def test_what_is_asked_by_names_the_letter_e():
    assert read("X e + e", wrt="e", declare=USUAL).wrt[0].kind == "vector"


SPOKEN = {
    r"$x^TAx$ where $A$ is symmetric": ("A", "matrix", ("symmetric",)),
    r"Let $A$ be a symmetric positive definite matrix. $x^TAx$": ("A", "matrix", ("posdef", "symmetric")),
    r"$x^TAx$, with an invertible matrix $A$": ("A", "matrix", ("invertible",)),
    r"$x^T A x$ where A is n × n and diagonal.": ("A", "matrix", ("diagonal",)),
    r"$\|\beta - x\|^2$, where $\beta$ and $x$ are vectors": (r"\beta", "vector", ()),
    r"$x^TAx$ if $A$ is symmetric": ("A", "matrix", ()),
    r"If $A$ is symmetric and $x$ is a vector, what is the gradient of $x^TAx$?": ("A", "matrix", ("symmetric",)),
    r"What is the gradient of $x^TAx$? If $A$ is symmetric, is it $2Ax$?": ("A", "matrix", ()),
    r"The gradient of $x^TAx$ is known. If $A$ is symmetric, it is $2Ax$.": ("A", "matrix", ()),
    r"$x^TAx$; $A$ is not symmetric.": ("A", "matrix", ()),
    r"$x^TAx$. Note that $A$ is symmetric if it is a covariance": ("A", "matrix", ()),
    r"$x^TAx$ for a not necessarily symmetric matrix $A$": ("A", "matrix", ()),
}


@pytest.mark.parametrize("post", SPOKEN)
def test_plain_words_declare(post):
    """A name is what the words around say that it is, unless they doubt it; what was taken from them is said."""
    name, kind, properties = SPOKEN[post]
    problem = read(post, wrt="x")
    found = problem.symbols[name]
    assert (found.kind, tuple(sorted(found.properties))) == (kind, properties)
    assert not properties or "words" in problem.guesses[0]
