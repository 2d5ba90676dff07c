"""Patterns: what holes, runs, indices, places and data may stand for, and what an equation makes of a term."""

import pytest

from derivtex.core.errors import ShapeError
from derivtex.core.shapes import ONE, Dim, shape
from derivtex.operations import Entry, Frechet, Hadamard, Hole, Identity, Index, Number, Product, Sum, SumOver, Trace, UnitVector, Vec, symbol, zero
from derivtex.operations.elementwise import Abs, Sign
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.equation import Equation
from derivtex.rewriting.holes import column, d, entrywise, inner, inv, matrix, number, scalar, tr
from derivtex.rewriting.instances import examples
from derivtex.rewriting.match import fit
from derivtex.rewriting.page import Page
from derivtex.rewriting.patterns import Along, Factors, backwards, chain, counted, depending, each, index, parts, place, scalars, whole

A, X, x, s = matrix("A", "m", "n"), matrix("X", "n", "n"), column("x", "n"), scalar("s")
P, Q, C, S = chain("P", "q", "m"), chain("Q", "n", "r"), matrix("C", "m", "n"), scalars("S")
U, V, W = (symbol(name, "matrix", shape("k", "k")) for name in "UVW")
u, v = symbol("u", "vector", shape("k", 1)), symbol("v", "vector", shape("k", 1))
a, b, c = (symbol(name, "scalar") for name in "abc")
I = Index("i", ONE, Dim.of("k"))


def used(left, right, term, *given):
    return Equation(left, right, given).used_on(term)


def test_a_hole_is_the_same_wherever_it_stands():
    assert fit((inv(X) * X,), (inv(U) * U,)).terms["X"] is U
    assert fit((inv(X) * X,), (inv(U) * V,)) is None


def test_sizes_are_open_and_agree():
    assert fit((inner(A, A),), (inner(u, u),)).sizes == {"m": Dim.of("k"), "n": ONE}
    assert fit((Vec(X),), (Vec(symbol("R", "matrix", shape("k", "l"))),)) is None


def test_a_run_is_any_number_of_factors():
    """P⋯ C Q⋯ with C the part that varies: as few as can be before it."""
    moving = Product((S, P, C, Q)), Product((S, backwards(Q.T), C.T, backwards(P.T)))
    made = used(*moving, Product((a, U, d(V), W, u)), ("varying", "C"))
    assert made is Product((a, u.T, W.T, d(V).T, U.T))
    assert used(*moving, Product((a, U, V)), ("varying", "C")) is None


def test_a_run_without_parts_makes_two_sizes_one():
    """P⋯ without a factor is the identity, of the size that the next factor tells."""
    kron = Vec(Product((S, P, C, Q))), Factors((P,))
    assert used(*kron, Vec(Product((a, d(U)))), ("varying", "C")) is Identity(Dim.of("k"))


def test_scalars_are_found_in_any_order():
    rule = Product((Sign(s), s)), Abs(s)
    assert used(*rule, Product((a, b, Sign(a)))) is Product((Abs(a), b))
    assert used(*rule, Product((a, Sign(b)))) is None


def test_sums_and_entrywise_products_commute():
    assert used(Sum((number(1), s)), s, Sum((a, number(1)))) is a
    assert used(entrywise(x, number(2) * x), x, Hadamard((v, 2 * u, u))) is Hadamard((v, u))


def test_an_equation_is_used_on_neighbours_of_a_longer_product():
    assert used(inv(X) * X, Identity(Dim.of("n")), Product((a, U, inv(V), V, W))) is Product((a, U, Identity(Dim.of("k")), W))
    assert used(inv(X) * X, Identity(Dim.of("n")), Product((U, inv(V), W, V))) is None


def test_runs_side_by_side_share_what_is_left():
    """A sum's factors without its index come out; those with it stay."""
    T, E, i = scalars("T"), chain("E", "m", "n"), index("i", "q")
    left, right = SumOver(i, Product((S, depending(T, i), depending(E, i)))), Product((S, SumOver(i, Factors((T, E)))))
    v_i = Entry(v, I, Number(1))
    assert used(left, right, SumOver(I, Product((a, v_i, b, U, u)))) is Product((a, b, SumOver(I, Product((v_i, U, u)))))


def test_a_hole_under_a_sum_is_free_of_its_index():
    rule = SumOver(index("i", "n"), A), Product((counted("n"), A))
    count = symbol("k", "scalar", properties=("integer",))
    assert used(*rule, SumOver(I, U)) is Product((count, U))
    assert used(*rule, SumOver(I, Entry(v, I, Number(1)))) is None


def test_an_index_that_the_right_side_brings_in_is_new():
    i = index("j", "n")
    rule = Vec(X), Vec(SumOver(i, Product((UnitVector(Dim.of("n"), i), UnitVector(Dim.of("n"), i).T, X))))
    taken = SumOver(Index("j", ONE, Dim.of("k")), Product((Entry(v, Index("j", ONE, Dim.of("k")), Number(1)), U)))
    made = used(*rule, Vec(taken))
    assert made.of.index.name != "j" and made.of.body.factors[2] is taken


def test_each_part_of_a_run():
    run, square = parts("B", "m", "n"), parts("B", "n", "n")
    before, behind = parts("F", "m", "n"), parts("G", "m", "n")
    assert used(tr(Sum((square,))), Sum((each(tr(square)),)), tr(U + V)) is tr(U) + tr(V)
    product_rule = d(Hadamard((run,))), Along(run, before, A, behind, Hadamard((before, d(A), behind)))
    assert used(*product_rule, d(Hadamard((U, V)))) is Hadamard((d(U), V)) + Hadamard((U, d(V)))


def test_all_factors_in_their_order():
    run = whole("F", "m", "n")
    assert used(d(Product((run,))), Product((backwards(run.T),)), d(Product((a, U, V)))) is Product((V.T, U.T, a.T))


def test_data_and_places():
    """A function's name is data; a row is told by an index or a number."""
    rule = Frechet("?f", X, zero(X.shape)), zero(X.shape)
    assert used(*rule, Frechet("exp", U, zero(U.shape))) is zero(U.shape)
    i, j = place("i"), place("j")
    assert used(Entry(A.T, i, j), Entry(A, j, i), Entry(U.T, I, Number(2))) is Entry(U, Number(2), I)


def test_conditions_on_terms_and_on_two():
    """A guard may be a term: s − 1 is positive; or about two: the same matrix, however written."""
    rule = inner(X, matrix("Y", "n", "n")), tr(X * X)
    symmetric = symbol("T", "matrix", shape("k", "k"), ("symmetric",))
    assert used(*rule, inner(symmetric, symmetric.T), ("same", "X", "Y")) is tr(symmetric * symmetric)
    assert used(*rule, inner(U, U.T), ("same", "X", "Y")) is None
    positive = symbol("t", "scalar", properties=("positive",))
    assert holds("positive", positive + number(1))
    assert used(Trace(X), s, tr(U), ("positive", tr(X))) is None


def test_every_kind_of_pattern_has_examples():
    """Runs of one and of two parts (of none the sides are one); the sides have one shape."""
    left, right = Vec(Product((S, P, C, Q))), Product((S, Vec(Factors((P, C, Q)))))
    shown = examples(left, right)
    assert len(shown) == 2 and all(a.shape == b.shape for a, b in shown)
    assert not any(type(part) is not Hole and not part.children and type(part).__name__ == "Run" for a, b in shown for part in (*a.walk(), *b.walk()))


def test_sides_of_two_shapes_are_no_rule():
    with pytest.raises(ShapeError):
        Page("Wrong").states("wrong", Vec(A), A, reason="none")
