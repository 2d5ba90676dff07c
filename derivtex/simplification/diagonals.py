r"""Diagonals: those of products, and matrices that have nothing else.

    diag(uvᵀ) = u ∘ v        Diag(diag(A)) = I ∘ A
"""

from __future__ import annotations

from derivtex.core.shapes import Dim
from derivtex.operations import Diag, Diagonal, Hadamard, Identity, Product, Transpose
from derivtex.rewriting.holes import column, matrix
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import Factors, chain
from derivtex.rewriting.sources import magnus

diagonals = Page("Diagonals")
states = diagonals.states
A, u, v = matrix("A", "n", "n"), column("u", "k"), column("v", "k")
P, Q, Q_vector = chain("P", "n", "k", least=1), chain("Q", "k", "n", least=1), chain("Q", "k", 1, least=1)
P_column, Q_row = chain("P", "n", "k"), chain("Q", 1, "n", least=1)

states("diagonal of a product with Diag", Diagonal(Product((P, Diag(v), Q))), Product((Hadamard((Factors((P,)), Transpose(Factors((Q,))))), v)), reason="entries of the diagonal", cite=magnus("ch. 3"))
states("diagonal of a product", Diagonal(Product((P_column, u, Q_row))), Hadamard((Factors((P_column, u)), Transpose(Factors((Q_row,))))), reason="entries of the diagonal",
       cite=magnus("ch. 3"))  # fmt: skip

states("diagonal part", Diag(Diagonal(A)), Hadamard((Identity(Dim.of("n")), A)), reason="the diagonal part", cite=magnus("ch. 3"), quiet=True)

states("Diag of a product with Diag", Diag(Product((Diag(u), Q_vector))), Product((Diag(u), Diag(Factors((Q_vector,))))), reason="diagonal matrices commute", cite=magnus("ch. 3"))


