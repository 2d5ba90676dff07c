"""Lines: which steps share one, which reasons are told, what is not printed as if it held."""

import dataclasses

import pytest

from derivtex.checking import confirm
from derivtex.derivation.driver import derive
from derivtex.steps import Certificate
from derivtex.writing.content import UNCONFIRMED, content
from derivtex.writing.formula import latex
from derivtex.writing.lines import lines_of, reasons_of
from tests.writing_examples import PROBLEMS, least_squares, linear_layer, problem


def test_the_type_specimen_at_each_detail():
    """brief: the first differential, the form tr(GᵀdX); normal: a line a move; full: a line a step."""
    derivation = derive(linear_layer())
    brief, normal, full = (lines_of(derivation, detail) for detail in ("brief", "normal", "full"))
    assert [latex(line.right, derivation.problem.spelling) for line in normal] == [
        r"df^{T}\,y", r"x^{T}\,dW\,y", r"{\rm Tr}(yx^{T}\,dW)",
    ]  # fmt: skip
    assert [line.right for line in brief] == [normal[0].right, normal[-1].right]
    assert len(normal) < len(full) <= len(derivation.steps)
    assert sum(not step.rule.quiet for step in derivation.steps) <= len(full)


@pytest.mark.parametrize("name", PROBLEMS)
def test_lines_end_where_the_chain_ends(name):
    """No detail loses the end of a chain, and each chain begins with what it is about."""
    derivation = derive(PROBLEMS[name]())
    for detail in ("brief", "normal", "full"):
        lines = lines_of(derivation, detail)
        for at, chain in enumerate(derivation.chains):
            mine = [line for line in lines if line.chain == at][: -len(chain.leads_to) or None]
            assert mine[0].left is chain.left and mine[-1].right is chain.end
            assert all(line.left is None for line in mine[1:])


def test_no_line_repeats_the_one_above():
    for made in PROBLEMS.values():
        rights = [line.right for line in lines_of(derive(made()))]
        assert all(a is not b for a, b in zip(rights, rights[1:], strict=False))


def test_a_step_that_is_not_confirmed_is_marked():
    """Its line has a question mark over the sign, and says so."""
    derivation = confirm(derive(linear_layer()))
    broken = (Certificate(False, 1.0), *derivation.certificates[0][1:])
    page = content(dataclasses.replace(derivation, certificates=(broken,)))
    assert page.lines[0].relation == UNCONFIRMED and page.lines[0].reason.startswith("not confirmed")
    assert page.lines[1].relation == "=" and not page.confirmed


def test_the_differential_of_a_name_is_told_beside_it():
    """Whoever sees it needs no word on what is constant."""
    page = content(derive(linear_layer()))
    assert page.lines[1].reason == r"$df = dW^{T}\,x$"


def test_a_hessian_gives_the_gradient_its_name_where_it_is_found():
    """Not before: the line with the gradient ends the first chain, and nothing but the residual is introduced ahead."""
    page = content(derive(problem(*least_squares_of(), order=2)))
    assert [line.left for line in page.let] == [r"\phi", "r"]
    named = next(line for line in page.lines if line.right.endswith(" = g"))
    assert named.left == r"\frac{\partial\phi}{\partial x}" and page.lines[page.lines.index(named) + 1].left == "dg"


def least_squares_of():
    made = least_squares()
    return made.target, made.wrt[0]


def test_no_line_has_more_than_two_reasons():
    for made in PROBLEMS.values():
        assert all(len(reasons_of(line)) <= 2 for line in lines_of(derive(made())))
