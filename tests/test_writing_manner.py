"""Manners: where reasons stand, other words, sources, colours, a box, labels, rows, and a user's own folder of templates."""

import ast
from pathlib import Path

import pytest

import derivtex
from derivtex.checking import confirm
from derivtex.core.errors import UsageError
from derivtex.core.shipped import shipped
from derivtex.derivation.driver import derive
from derivtex.rewriting.sources import cookbook
from derivtex.simplification.rulebook import PAGES
from derivtex.writing import widths
from derivtex.writing.beside import packed
from derivtex.writing.citations import BOOKS, bibtex, cited
from derivtex.writing.content import Equation, placed
from derivtex.writing.manner import Manner, color_of
from derivtex.writing.page import render, templates
from derivtex.writing.prose import introduced
from derivtex.writing.rows import rows_of
from derivtex.writing.widths import width
from derivtex.writing.wording import Wording, languages, read_words, words_said
from tests.writing_examples import linear_layer, log_determinant, long_sum


@pytest.fixture(scope="module")
def layer():
    return confirm(derive(linear_layer()))


def bilinear():
    return derivtex.derive("a^TXb", wrt="X", check=False).derivation


def page(derivation, template="align", profile=None, detail="normal", **manner):
    return render(derivation, template, profile, detail, Manner(**manner))[0]


def test_reasons_below_have_a_letter_over_the_sign(layer):
    text = page(layer, reasons="below")
    assert r"&\stackrel{(c)}{=} {\rm Tr}(yx^{T}\,dW) \\" in text
    assert "Reasons:\n(a) $y$ is constant;\n" in text


def test_reasons_in_the_margin_are_numbers(layer):
    text = page(layer, reasons="margin")
    assert r"&& \text{[3]}" in text and r"\item[{[3]}] a scalar is its own trace; cyclic" in text


def test_no_reasons(layer):
    assert r"\text" not in page(layer, reasons="none")


def test_words_from_a_file(layer, tmp_path):
    """A rule's, with its formulas put in, and a phrase's; what is constant stays one reason."""
    file = tmp_path / "deutsch.words"
    file.write_text(
        "# auf Deutsch\ndefinition = Definition von {}\nconstants = {} sind konstant\nand = und\nTurning/own trace = Spur einer Zahl\n"
        "{} > 0 = {} ist positiv\nassumed = Angenommen\n", "utf-8",
    )  # fmt: skip
    text = page(layer, wording=read_words(file))
    words = read_words(file)
    assert "$a$ und $b$ sind konstant" in page(bilinear(), wording=words) and "Spur einer Zahl" in text
    assert r"$\det M$ ist positiv" in page(derive(log_determinant()), wording=words)
    assert r"Angenommen: $\det M$ ist positiv." in page(derive(log_determinant()), wording=words, reasons="none")


@pytest.mark.parametrize(
    ("line", "told"), [("own trase = x", r"words:2: there is no rule or phrase own trase"), ("product", "words:2: no equals sign")]
)
def test_words_that_cannot_be(line, told, tmp_path):
    (tmp_path / "w.words").write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(UsageError, match=told):
        read_words(tmp_path / "w.words")
    with pytest.raises(UsageError, match="cannot be read"):
        read_words(tmp_path / "gone")


def test_sources_in_words_and_as_keys():
    """Every book that a rule names has its words, its key and its entry."""
    assert cited(cookbook(41), "words") == "Matrix Cookbook (41)" and cited(cookbook(41), "keys") == r"\cite[(41)]{cookbook}"
    assert cited("Magnus & Neudecker, Matrix Differential Calculus, ch. 8", "words") == "Magnus & Neudecker, ch. 8"
    assert cited("by definition", "words") == ""
    assert all(f"{{{book.key}," in bibtex() for book in BOOKS)
    named = {rule.source.split(",")[0] for pages in PAGES for rule in pages if "," in rule.source}
    assert all(any(book.begins.startswith(name) for book in BOOKS) for name in named - {"single-variable calculus"})


def test_a_page_with_sources(layer):
    text = page(layer, cite="words")
    assert r"a scalar is its own trace [Magnus \& Neudecker, ch. 1]" in text
    assert r"\cite[" in page(layer, cite="keys")
    text, word = render(layer, "aligned", "katex", "normal", Manner(cite="keys", label="eq:a"))
    assert r"\cite" not in text and r"\label" not in text and "no labels" in word and "no citation keys" in word


def test_the_differential_in_colour(layer):
    """Every dW, and nothing else; a name that does not occur is said."""
    text, word = render(layer, "align", None, "normal", Manner(colors=(("dW", "red"), ("dQ", "blue"))))
    assert r"\textcolor{red}{dW}\,y" in text and "dQ does not occur" in word
    assert r"\textcolor" not in page(layer, "aligned", "pandoc", colors=(("dW", "red"),))


def test_the_result_in_a_box(layer):
    assert r"&= \boxed{xy^{T}}" in page(layer, box=True)
    assert r"&=& \fbox{$\displaystyle xy^{T}$}" in page(layer, "eqnarray", box=True)


@pytest.mark.parametrize("template", ["eqnarray", "align", "alignat"])
def test_labels(layer, template):
    """One number for the chain, or one for every line."""
    text = page(layer, template, label="eq:grad")
    assert text.count(r"\label{eq:grad}") == 1 and text.count(r"\nonumber") == 3 and f"{template}*" not in text
    text = page(layer, template, label="eq:grad", numbers="lines")
    assert r"\label{eq:grad-1}" in text and text.count(r"\label") == 4 and r"\label{eq:grad}" in text


def test_a_label_for_aligned(layer):
    assert "\\begin{equation}\\label{eq:grad}\n\\begin{aligned}" in page(layer, "aligned", label="eq:grad")


def test_long_lines_are_broken_at_the_outermost_operator():
    rows = rows_of(r"\operatorname{tr}\bigl(AXBX^{T}C + DXEXB\bigr) + \log\det(X^{T}X) - y^{T}Xb", 90)
    assert rows[-2:] == (r"+ \log\det(X^{T}X)", r"- y^{T}Xb") or rows[-1].startswith("+ ")
    assert all(width(row) <= 110 for row in rows)


def test_a_left_side_that_leaves_no_room_stands_on_a_row_of_its_own():
    """Before its relation, which begins the next row; the other lines keep theirs."""
    wide, manner = "(A + B + C + D)x", Manner(width=150.0)
    first, second = placed([Equation(wide, "=", "Ay + Bz + w", rows=("Ay + Bz + w",)), Equation("x", "=", "y", rows=("y",))], manner)
    assert (first.left, first.relation, first.rows) == ("", "", (wide, "= Ay + Bz + w")) and (second.left, second.rows) == ("x", ("y",))


def test_a_formula_is_measured_once_for_all_its_rows(monkeypatch):
    """Twice the length costs twice the looks at marks."""
    looks = []
    monkeypatch.setattr(widths, "_one", lambda *given, one=widths._one: looks.append(1) or one(*given))
    spent = []
    for terms in (100, 200):
        looks.clear()
        assert len(rows_of(" + ".join(rf"A_{{{k}}}^{{T}}X" for k in range(terms)), 90)) > terms / 4
        spent.append(len(looks))
    assert spent[1] < 2.2 * spent[0]


def test_a_ruler_measures_as_the_whole_is_measured():
    text = r"-\frac{1}{2}\operatorname{tr}(AX^{T}_{i}) + \sum_{i=1}^{n} x_i\,dx - \log\det X"
    ruler = widths.Ruler(text)
    for at in (12, 35, 49, 63, len(text)):
        assert ruler.up_to(at) == pytest.approx(width(text[:at]))


def test_a_formula_in_growing_brackets_can_be_broken():
    rows = rows_of(r"\frac{1}{n}\left(\sum_{i} x_iy_i + \sum_{i} y_iz_i + \sum_{i} x_iz_i\right)a", 90)
    assert len(rows) > 1 and r"\left" not in "".join(rows) and "".join(rows).count(r"\biggl(") == 1


def test_brackets_that_grow_inside_others_can_be_broken():
    """Where the outermost have no operator of their own."""
    rows = rows_of(r"\left\langle R, \left(P \odot \left(\frac{1}{d}UK^{T} - \frac{1}{d}(P \odot UK^{T})\mathbf{1}\right)\right)V\right\rangle", 150)
    assert len(rows) > 1 and all(width(row) <= 160 for row in rows)


def test_a_long_reason_is_broken_between_words_and_its_source_stays_whole():
    rows = packed("(differential of the log of the trace of an exponential [Boyd and Vandenberghe, sec. 3.1.5])", 300)
    assert len(rows) == 2 and rows[1] == "[Boyd and Vandenberghe, sec. 3.1.5])"


def test_a_definition_that_is_long_for_a_sentence_stands_in_a_display():
    lines = [Equation("f", "=", "x" * width_) for width_ in (30, 4, 4)]
    said = introduced(lines, "Let", "and", 345.0, ("\\[\n", "\n\\]"))
    assert said == "Let\n\\[\n  f = " + "x" * 30 + ",\n\\]\n$f = xxxx$ and $f = xxxx$."
    assert introduced(lines[1:], "Let", "and", 345.0, ("", "")) == "Let $f = xxxx$ and $f = xxxx$."


def test_what_has_no_operator_stays_whole():
    assert rows_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 90) == ("ABCDEFGHIJKLMNOPQRSTUVWXYZ",)


def test_rows_say_the_same():
    """Broken or not, the marks are the same."""
    derivation = derive(long_sum())
    wide, narrow = (render(derivation, "aligned", None, "normal", Manner(width=size))[0] for size in (2000, 180))
    assert narrow.count(r"\quad {}") > wide.count(r"\quad {}")


@pytest.mark.parametrize(
    "wrong",
    [{"reasons": "above"}, {"cite": "all"}, {"numbers": "none"}, {"width": 3}, {"colors": (("dX", "red}"),)}, {"label": "a}b"}],
)
def test_what_cannot_be(wrong):
    with pytest.raises(UsageError):
        Manner(**wrong).checked()


def test_a_colour_needs_a_name():
    assert color_of("dX=red") == ("dX", "red")
    with pytest.raises(UsageError):
        color_of("red")


def test_the_projects_and_the_users_templates(layer, tmp_path, monkeypatch):
    """Both are found by name and listed; the project's comes first, and may extend the shipped one of the same name."""
    for folder, text in ((".derivtex", "%# mine\nproject \\VAR{result.right}\n"), ("config/derivtex", "%# other\nuser\n")):
        (tmp_path / folder / "templates").mkdir(parents=True)
        (tmp_path / folder / "templates" / "house.tex").write_text(text, "utf-8")
    (tmp_path / "config" / "derivtex" / "templates" / "plain.tex").write_text('%# plain\n%% extends "eqnarray.tex"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert page(layer, "house") == "project xy^{T}\n" and templates()["house"] == "mine" and templates()["plain"] == "plain"
    assert r"\begin{eqnarray*}" in page(layer, "plain")


def test_the_wording_fills_what_it_is_given():
    assert Wording({"and": "et"}).listed(["a", "b", "c"]) == "a, b et c"
    assert Wording().say("other layout", "numerator", "gradient", ", $x{}$") == "In numerator layout the gradient is its transpose, $x{}$."


@pytest.mark.parametrize(("colors", "unknown"), [(["dX=red"], []), (["dX=red!50!blue", "X=reddd"], ["reddd"])])
def test_a_colour_that_xcolor_does_not_know(colors, unknown):
    from derivtex.writing.manner import Manner, color_of, unknown_colors

    assert unknown_colors(Manner(colors=tuple(map(color_of, colors)))) == unknown


@pytest.mark.parametrize("language", ["de", "es", "fr", "zh"])
def test_a_language_that_ships_says_all_that_is_said(language):
    """Each phrase, part of a reason, lemma, hint and condition is there once, with the formulas that it has."""
    lines = (shipped("words") / f"{language}.words").read_text("utf-8").splitlines()[1:]
    known = dict(line.split(" = ", 1) for line in lines)
    assert len(known) == len(lines) and words_said() <= known.keys(), sorted(words_said() - known.keys())
    assert all(said.count("{}") == words.count("{}") for words, said in known.items())
    assert language in languages()


def sentences_of(room):
    """The sentences that a room's functions say, as they are written there."""
    for path in sorted(room.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_sentences_beside_derivations_are_in_the_languages_too():
    """A sentence that only curvatures say is not beside a derivation."""
    rooms = [Path(derivtex.__file__).parent / name for name in ("derivation", "simplification")]
    said = {words for room in rooms for words in sentences_of(room) if "Cauchy" not in words}
    known = {line.split(" = ", 1)[0] for line in (shipped("words") / "fr.words").read_text("utf-8").splitlines()}
    assert said <= known, sorted(said - known)


def test_a_derivation_in_another_language(layer):
    """Reasons, phrases, conditions inside of reasons, and the word between names."""
    said = {language: read_words(Path(language)) for language in languages()}
    assert "$a$ et $b$ sont constants" in page(bilinear(), wording=said["fr"]) and "$y$ est constant" in page(layer, wording=said["fr"])
    assert r"Sea $\phi = " in page(derive(log_determinant()), wording=said["es"])
    assert said["de"].sentence("differential of a quadratic form; $A$ and $B$ are symmetric") == (
        "Differential einer quadratischen Form; $A$ und $B$ sind symmetrisch"
    )
    assert said["zh"].sentence("transposes: $A$ is symmetric") == "互为转置: $A$ 对称"
