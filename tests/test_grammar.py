"""The grammar's document: every example is parsed, and every part of the grammar is used by one."""

from __future__ import annotations

import sys
from importlib import import_module
from types import FunctionType, ModuleType

import pytest

from derivtex.core.errors import Source
from derivtex.reading.meaning.forms import FORMS
from derivtex.reading.meaning.sorting import EQUATIONS, SORTS
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.grammar import Grammar, parse
from derivtex.reading.syntax.productions import LEVELS, MACROS, PRODUCTIONS, QUESTIONS, SCRIPTS
from derivtex.reading.syntax.questions import question
from derivtex.reading.syntax.statementforms import FORMS_OF_STATEMENTS, form_of
from derivtex.reading.syntax.statements import statements
from derivtex.reading.syntax.tree import BEGINNINGS, FORMS_OF_SCRIPTS, Lexicon, Node

MADE_LATER = {"call", "differential", "dependence", "derivative", "gradient", "slope", "text"}  # forms that meaning makes of others
MODULES = [import_module(f"derivtex.reading.syntax.{name}") for name in (
    "grammar", "constructs", "words", "reach", "brackets", "cursor", "matrices", "numbers")]  # fmt: skip
# Errors, and what depends on more than one formula: the sums that go on as far as an index does, known names.
NOT_OF_ONE_FORMULA = {
    "problem", "span", "unexpected", "left_open", "refuse_half_script", "refuse_unknown_word", "known_name", "widen", "letters_of", "stands_in",
    "with_more", "explained_by_names", "is_explained", "whole_word", "compared_in", "is_indicator", "ends_sign",
}  # fmt: skip


def shown(node: Node) -> str:
    """A tree as the document writes it."""
    behind = "".join(f" {mark}{latex(parts)}" for mark, parts in (("_", node.below), ("^", node.above)) if parts)
    behind += " " + "'" * node.primes if node.primes else ""
    if node.form in ("number", "name", "word"):
        return node.text
    if node.form == "apply":
        return f"(apply {node.text} {shown(node.parts[1])})"
    head = node.text if node.form in ("over", "listed") else f"bars {node.text}" if node.form == "bars" else node.form
    marks = node.marks or ("",) * len(node.parts)
    between = "" if node.form == "sum" else " "
    if node.form == "inner":
        marks = ("", ":")
    parts = "".join(f" {mark}{between if mark else ''}{shown(part)}" for mark, part in zip(marks, node.parts, strict=True))
    return f"({head}{parts}{behind})"


def tree(example: str) -> str:
    source = Source(example)
    return shown(parse(tokens(source), source, Lexicon()))


@pytest.mark.parametrize("production", PRODUCTIONS, ids=lambda each: each.example)
def test_an_example_has_the_tree_beside_it(production):
    assert tree(production.example) == production.tree


@pytest.mark.parametrize("raised", SCRIPTS, ids=lambda each: each.example)
def test_what_is_raised_has_the_form_beside_it(raised):
    source = Source(raised.example)
    assert parse(tokens(source), source, Lexicon()).above.form == raised.form


def test_every_form_of_what_is_raised_has_an_example():
    assert {raised.form for raised in SCRIPTS} == {*FORMS_OF_SCRIPTS.values(), *BEGINNINGS.values(), "power"}


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda each: each.example)
def test_a_question_asks_what_stands_beside_it(asked):
    found = question(tokens(Source(asked.example)))
    assert found is not None
    assert (latex(found.of), tuple(map(latex, found.by)), found.order) == (latex(tokens(Source(asked.of))), asked.by, asked.order)


def test_every_form_has_an_example_and_a_meaning():
    assert {production.form for production in PRODUCTIONS} | MADE_LATER | {"empty"} == set(FORMS)


def test_every_mark_of_every_level_stands_in_an_example():
    written = [token for production in PRODUCTIONS for token in flat(tokens(Source(production.example)))]
    missing = {mark for level in LEVELS for mark in level.marks} - set(written) - {r"\times", "*", r"\ast", r"\otimes", r"\circ"}
    assert not missing
    for mark in (r"\times", "*", r"\ast"):
        assert tree(f"a {mark} b").startswith("(chain a")
    for mark in (r"\otimes", r"\circ"):
        assert tree(f"A {mark} B") == f"(entrywise A {mark} B)"


def flat(parts):
    return [text for part in parts for text in (part.text, *flat(part.inner))]


def test_every_macro_of_the_grammar_is_a_production():
    assert all(callable(getattr(Grammar, name)) for name in MACROS.values())


def functions_of(module: ModuleType) -> dict[object, str]:
    """The functions and methods that a module defines, by their code."""
    owners = [module, *(each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__)]
    found = [each for owner in owners for each in vars(owner).values()]
    found = [each.fget if isinstance(each, property) else each for each in found]
    return {each.__code__: each.__name__ for each in found if isinstance(each, FunctionType) and each.__module__ == module.__name__
            and not getattr(each, "__isabstractmethod__", False)}  # fmt: skip


def test_the_examples_use_every_part_of_the_grammar():
    """Coverage, measured: every function of the grammar runs while the examples are parsed."""
    used: set[object] = set()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, _: used.add(frame.f_code) if event == "call" else None)
    try:
        for production in PRODUCTIONS:
            tree(production.example)
    finally:
        sys.setprofile(before)
    unused = [f"{module.__name__.rsplit('.', 1)[1]}.{name}" for module in MODULES for code, name in functions_of(module).items()
              if code not in used and name not in NOT_OF_ONE_FORMULA]  # fmt: skip
    assert not unused


@pytest.mark.parametrize("form", FORMS_OF_STATEMENTS, ids=lambda each: each.example)
def test_a_statement_has_the_form_beside_it(form):
    """What a line is by its look."""
    source = Source(form.example)
    (said,) = statements(tokens(source), source, lines=True)
    assert form_of(said).form == form.name


def test_every_form_of_a_statement_is_sorted():
    """Each form of the document is known where statements are sorted; an inequality and a map are kept by nobody."""
    assert {each.name for each in FORMS_OF_STATEMENTS} == {*SORTS, *EQUATIONS, "other"}
