"""A sum in a product, or in a product under a trace, multiplied out: A(B + C) = AB + AC."""

from __future__ import annotations

from derivtex.operations import Product, Sum
from derivtex.rewriting.equation import Conditions
from derivtex.rewriting.holes import tr
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import Factors, chain, each, parts, scalars

As, numbers, S = parts("As", "m", "n"), scalars("t", least=1), scalars("S")
P, Q = chain("P", "k", "m"), chain("Q", "n", "l")
Q_turned, P_any, P_square = chain("Q", "n", "k"), chain("P", "m", "n"), chain("P", "n", "n")
MATRICES_VARY, NUMBERS_VARY = [("varying", Sum((As,)))], [("varying", Sum((numbers,)))]


def expands(page: Page, quiet: bool, of_matrices: Conditions = (), of_numbers: Conditions = ()) -> None:
    """A sum of matrices, or of numbers, in a product."""
    page.states("distribute", Product((S, P, Sum((As,)), Q)), Sum((each(Product((S, P, As, Q)), As),)), given=of_matrices, quiet=quiet, reason="multiplied out", cite="algebra")
    page.states("distribute numbers", Product((Sum((numbers,)), S, P_any)), Sum((each(Product((S, P_any, numbers)), numbers),)), given=of_numbers, quiet=quiet, reason="multiplied out", cite="algebra")


def expands_traces(page: Page, quiet: bool, of_matrices: Conditions = (), of_numbers: Conditions = ()) -> None:
    """A sum under a trace, alone or in a product."""
    expands_sums_under_traces(page, quiet, of_matrices)
    page.states("distribute numbers under the trace", tr(Product((Sum((numbers,)), S, P_square))), Sum((each(tr(Product((S, P_square, numbers))), numbers),)),
                given=of_numbers, quiet=quiet, reason="multiplied out", cite="algebra")  # fmt: skip


def expands_sums_under_traces(page: Page, quiet: bool = False, of_matrices: Conditions = ()) -> None:
    """A sum of matrices under a trace, alone or in a product."""
    page.states("distribute under the trace", tr(Factors((S, P, Sum((As,)), Q_turned))), Sum((each(tr(Factors((S, P, As, Q_turned))), As),)), given=of_matrices, quiet=quiet, reason="multiplied out", cite="algebra")


distributing = Page("Distributing")  # only the sum that holds differentials
expands(distributing, True, MATRICES_VARY, NUMBERS_VARY)
expands_traces(distributing, True, MATRICES_VARY, NUMBERS_VARY)
