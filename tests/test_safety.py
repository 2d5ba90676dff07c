r"""What comes from a source or a template can do nothing but be read and written: no command, no markup, no file, no endless work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import derivtex
from derivtex.core.errors import DerivtexError, TemplateError
from derivtex.core.session import Limits, TooLarge, session
from derivtex.writing.profiles import PROFILES

FOREIGN = [
    r"\mathrm{\input{/etc/passwd}}^Tx", r"a_{\write18{id}}^Tx", r"\immediate\write18{id}^Tx", r"\directlua{os.exit()}^Tx",
    r"\mathrm{\csname input\endcsname}^Tx", r"\text{\input{a}}^Tx", r"a_{\text{\input{b}}}^Tx", r"\hat{\openin5=x}^Tx",
    r"a_{\href{javascript:alert(1)}{x}}^Tx", r"a_{\htmlClass{x}{y}}^Tx", r"\mathrm{\catcode`\@=11}^Tx", r"\newcommand{\input}{a}\input^Tx",
    r"\newcommand{\write}{\operatorname{tr}}\write(xx^T)", r"\mathrm{a^^5cinput{b}}^Tx", r"\text{a&b}^Tx", r"\mathrm{a#1}^Tx",
    r"\mathrm{a\\b}^Tx", r"a_{\text{<img src=y onerror=alert(1)>}}^Tx", r"\mathrm{a`b}^Tx", r"\operatorname{\special{a}}(x)",
]  # fmt: skip


@pytest.mark.parametrize("source", FOREIGN)
def test_a_name_holds_nothing_but_letters_fonts_accents_and_signs(source):
    """Not in fonts, scripts, words or accents, nor as an author's macro; what is read another way is written without it."""
    try:
        text = derivtex.derive(source, wrt="x", check=False).to_latex()
    except DerivtexError as error:
        assert error.exit_status == 3
    else:
        assert not re.search(r"\\(?:input|write|immediate|directlua|csname|openin|href|html|catcode|special)|[#`]|\^\^|<img", text)


@pytest.mark.parametrize("source", [r"f(x) = a^Tx; f(x) = \mathrm{\input{b}}^Tx", r"a^T\mathrm{\write18{id}} = b"])
def test_lines_that_are_checked_are_held_to_the_same(source):
    """The line is not read, the others are; nothing but the author's own line repeats it."""
    report = derivtex.check(source).to_dict()
    assert "no part of a name" in " ".join(line["reason"] for line in report["lines"])
    assert not any(mark in str((report["readings"], report["assumptions"])) for mark in (r"\\input", r"\\write"))


@pytest.mark.parametrize("declaration", [r"\mathrm{\input{a}}: vector n", r"a: vector n_{\input{b}}"])
def test_a_declaration_is_held_to_the_same(declaration):
    with pytest.raises(DerivtexError):
        derivtex.derive("a^Tx", wrt="x", declare=[declaration])


@pytest.mark.parametrize(
    "name", [r"\mathbf{x}", r"\bm{\theta}", r"x_{\text{in dim}}", r"\tilde{\mathcal{L}}^{(k)}", r"\hat{y}_{<t}", r"W_{\rm out}", "ß", "x'",
             r"\mathrm{softmax}", r"x^\star", r"\vec\beta", r"\overline{\overline{x}}", r"x_{\text{my\_name}}", r"\mathbb{E}_{p|q}"],
)  # fmt: skip
def test_names_that_people_give_are_names(name):
    derivtex.derive(rf"{name}^T z", wrt="z", check=False, declare=[f"{name}: vector n", "z: vector n"]).to_latex()


@pytest.mark.parametrize("profile", sorted(set(PROFILES) - {"latex", "latex-plain"}))
def test_nothing_begins_a_tag_where_a_browser_reads(profile):
    r"""`<` is always followed by a space, which means the same to TeX."""
    for source in (r"\mathrm{<script>alert(1)</script>}^Tx", r"\hat{y}_{<t}^Tx", r"a_{<!--}^Tx"):
        text = derivtex.derive(source, wrt="x", check=False).to_latex(profile=profile)
        assert "<" in text and not re.search(r"<\S", text) and "&lt" not in text


def filled(template: str, folder: Path) -> str:
    path = folder / "own.tex"
    path.write_text(template, encoding="utf-8")
    with session(Limits(steps=2_000_000, letters=200_000)):
        return derivtex.derive("a^Tx", wrt="x", check=False).to_latex(template=str(path))


BOMBS = [
    r"\VAR{'a' * 10**9}", r"\VAR{'a' * 1000000000}", r"\VAR{'%1000000000d' % 1}", r"\VAR{'{:1000000000}'.format(1)}", r"\VAR{10 ** 10 ** 8}",
    "%% for i in range(9999)\n%% for j in range(9999)\n%% for k in range(9999)\n.\n%% endfor\n%% endfor\n%% endfor",
    r"\VAR{range(10**9)|list}", r"\VAR{lipsum(n=10**6)}", r"\VAR{'a'.ljust(10**9)}", r"\VAR{'a'|center(10**9)}", r"\VAR{joiner()}",
    r"\BLOCK{set ns = namespace(s='a')}", r"\VAR{'%c'|format(1)}", r"\VAR{cycler(1)}", r"\VAR{'a'.replace('', 'b' * 100000)}",
    "\\BLOCK{macro m(n)}\\VAR{m(n)}\\VAR{m(n)}\\BLOCK{endmacro}\\VAR{m(1)}", r"\BLOCK{include 'own.tex'}", r"\VAR{'a'|random}",
    "\\BLOCK{macro m(s, n)}\\VAR{m(s ~ s, n - 1) if n else s}\\BLOCK{endmacro}\\VAR{m('aaaaaaaa', 60)}",
    "\\BLOCK{macro m(s, n)}\\VAR{m(s + s, n - 1) if n else s}\\BLOCK{endmacro}\\VAR{m('aaaaaaaa', 60)}",
    "\\BLOCK{macro m(s, n)}\\VAR{m(s|replace('a', 'aa'), n - 1) if n else s}\\BLOCK{endmacro}\\VAR{m('aaaaaaaa', 60)}",
    "\\BLOCK{macro m(s, n)}\\VAR{m([s, s]|join, n - 1) if n else s}\\BLOCK{endmacro}\\VAR{m('aaaaaaaa', 60)}",
    "\\BLOCK{macro m(n)}\\VAR{m(n * n)}\\BLOCK{endmacro}\\VAR{m(12345)}", r"\VAR{([1] * 100000)|sum * 'aaaaaaaaaa'}",
]  # fmt: skip


@pytest.mark.parametrize("template", BOMBS)
def test_a_template_ends(template, tmp_path):
    """Loops, calls, texts and numbers have limits, and what has none is not there."""
    with pytest.raises((TemplateError, TooLarge)):
        filled(template, tmp_path)


@pytest.mark.parametrize(
    "template",
    [r"\VAR{''.__class__}", r"\VAR{range.__globals__}", r"\VAR{say.__class__.__mro__}", r"\VAR{self.__init__}", r"\VAR{chain[0]._replace}",
     r"\VAR{cycler.__init__.__globals__}", r"\VAR{''|attr('__class__')}", r"\VAR{chain|map(attribute='__class__')|join}"],
)  # fmt: skip
def test_a_template_reaches_no_python(template, tmp_path):
    with pytest.raises((TemplateError, TooLarge)):
        filled(template, tmp_path)


def test_what_layout_needs_is_there(tmp_path):
    """Loops over the lines, sums, texts, macros, filters, blocks of the shipped templates."""
    text = filled(
        "\\BLOCK{macro twice(t)}\\VAR{t ~ t}\\BLOCK{endmacro}\n%% for line in chain\n\\VAR{twice(line.right) * 2} \\VAR{loop.index + 1}"
        "\\VAR{', ' if not loop.last else '.'}\n%% endfor\n\\VAR{chain|map(attribute='left')|join('; ')}\\VAR{range(3)|list|length}",
        tmp_path,
    )
    assert text.count(".") >= 1 and text.rstrip().endswith("3")


@pytest.mark.parametrize("included", ["secret.tex", "../secret.tex", "/etc/hostname", "secret", "link/secret.tex", ".bashrc"])
def test_a_template_reads_no_file_outside_of_its_folder(included, tmp_path):
    """Not by a path, nor by a link in the folder."""
    inside, outside = tmp_path / "paper", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    (tmp_path / "secret.tex").write_text("SECRET", encoding="utf-8")
    (outside / "secret.tex").write_text("SECRET", encoding="utf-8")
    (inside / "secret.tex").symlink_to(outside / "secret.tex")
    (inside / "link").symlink_to(outside)
    (inside / ".bashrc").write_text("SECRET", encoding="utf-8")
    with pytest.raises(TemplateError, match="there is no template"):
        filled(f'%% include "{included}"', inside)


def test_a_template_includes_its_neighbours_and_the_shipped_ones(tmp_path):
    (tmp_path / "part.tex").write_text("PART", encoding="utf-8")
    assert "PART" in filled('%% include "part.tex"\n', tmp_path)
    assert "align" in filled('%% extends "align.tex"\n', tmp_path)
