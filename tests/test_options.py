"""The table of options: every door takes its options from it, and what is written of them is fresh."""

from __future__ import annotations

import inspect
import runpy
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

import derivtex
from derivtex.answering.solutions import solve
from derivtex.core.errors import UsageError
from derivtex.faces.choosing import MANNER, PAGE, QUESTION, accepted, manner_of, named, usual
from derivtex.faces.commands import main
from derivtex.faces.documents.options import options, parsed
from derivtex.faces.server import answer
from derivtex.faces.tools import Layout, Structure
from derivtex.interface import CHOICES
from derivtex.options import COMMANDS, TABLE, of
from derivtex.writing.manner import Manner
from derivtex.writing.reports import FORMATS

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = runpy.run_path(str(ROOT / "docs" / "reference"))


@pytest.mark.parametrize(("name", "made"), [("options.md", "options"), ("derivtex.1", "manual")])
def test_what_is_written_of_the_options_is_fresh(name, made):
    """`docs/reference` writes it anew."""
    assert (ROOT / "docs" / name).read_text("utf-8") == REFERENCE[made]()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_options_of_the_table_and_no_other(command):
    flags = {parameter.name for parameter in main.get_command(click.Context(main), command).params if isinstance(parameter, click.Option)}
    assert flags - {"line", "column", "name"} == {f"no_{option.key}" if option.default is True else option.key for option in of(command)}


@pytest.mark.parametrize(("function", "command"), [(derivtex.derive, "derive"), (solve, "solve")])
def test_python_takes_what_asks(function, command):
    """What of the table asks is what `derive` and `solve` take, with the same usual values."""
    taken = {name: each.default for name, each in inspect.signature(function).parameters.items() if each.kind is each.KEYWORD_ONLY}
    taken.pop("limit")
    assert taken == {option.key: option.default for option in of(command) if option.key in QUESTION}


def test_what_is_usual_is_usual_everywhere():
    assert manner_of(usual("derive")) == Manner()
    assert CHOICES["order"] == (1, 2) and set(named("format", of("check")).values) == set(FORMATS)
    assert (Layout.__args__, Structure.__args__) == (CHOICES["layout"], CHOICES["structure"])


def test_every_option_of_a_derivation_asks_writes_or_runs():
    """A new row is not forgotten by what is made of it."""
    runs = {option.key for option in TABLE if option.local} | {"format", "limit", "show", "strict"}
    assert {option.key for where in ("derive", "solve", "document") for option in of(where)} <= {*QUESTION, *PAGE, *MANNER, *runs}


@pytest.mark.parametrize(
    ("text", "message"),
    [("widht=200", "did you mean width"), ("output=x", "there is no option output"), ("box=maybe", "true, false"), ("width=wide", "a number, column"),
     ("layout=wide", "denominator, numerator")],
)  # fmt: skip
def test_a_document_is_told_what_it_can_say(text, message):
    with pytest.raises(UsageError) as caught:
        options([parsed(text)])
    assert message in f"{caught.value.message}; {caught.value.way_out}"


def test_what_several_layers_say():
    """The last word counts; declarations and colours add up."""
    layers = ("declare={A: matrix n x n} width=column color=dX=red", "declare={b: vector n} box color=X=blue both-layouts=yes")
    found = options(map(parsed, layers))
    assert found["declare"] == ("A: matrix n x n", "b: vector n") and found["color"] == ("dX=red", "X=blue")
    assert (found["width"], found["box"], found["both_layouts"], found["check"]) == ("column", True, True, True)


@pytest.mark.parametrize(
    ("name", "value", "is_"), [("order", "2", 2), ("width", 300, 300.0), ("box", "off", False), ("declare", "a: scalar", ("a: scalar",))]
)
def test_a_text_and_data_mean_the_same(name, value, is_):
    assert accepted(named(name, of("document")), value) == is_


def test_a_page_is_told_its_options():
    import json

    told = {each["name"]: each["values"] for each in json.loads(answer(b'{"do": "options"}'))["options"]}
    assert told["layout"] == ["denominator", "numerator"] and {"align", "eqnarray"} <= set(told["template"]) and "github" in told["profile"]


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [(["derive", "--template"], "al", {"align", "alignat", "aligned"}), (["derive", "--profile"], "gi", {"github"}),
     (["derive", "--layout"], "n", {"numerator"}), (["rules"], "inverse sq", {"inverse square", "inverse square root"}),
     ([], "comp", {"completion"})],
)  # fmt: skip
def test_a_shell_completes(words, begun, offered):
    found = ShellComplete(main, {}, "derivtex", "_DERIVTEX_COMPLETE").get_completions(words, begun)
    assert {each.value for each in found} == offered
