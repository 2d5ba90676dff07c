"""The language server, as a client sees it; and what it knows of documents."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from derivtex.faces.documents.around import declared
from derivtex.faces.documents.expanding import expanded
from derivtex.faces.documents.marked import LANGUAGES
from derivtex.faces.lsp.marking import marks, shapes
from derivtex.faces.lsp.offers import done, in_context, offers, setting_or_fault, told, troubles
from derivtex.faces.lsp.places import places
from derivtex.faces.lsp.standing import changed, offered
from derivtex.faces.lsp.turning import turned

pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed: pip install 'derivtex[test]'")
lsp = pytest.importorskip("lsprotocol.types")

from derivtex.faces.lsp.completion import proposals  # noqa: E402
from derivtex.faces.lsp.outline import entries  # noqa: E402
from derivtex.faces.lsp.papers import Paper  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PAPER = r"""\documentclass{article}\usepackage{amsmath}
Let $X \in \mathbb{R}^{n\times m}$ and $y$ be given. % derivtex is not asked: $X X$
% derivtex: wrt=w
\[ \phi = \|X w - y\|_2^2 \]
% derivtex: wrt=w
\[ 𝒙^T X X w \]
"""
URI = "file:///paper.tex"
Client = pytest_lsp.LanguageClient


def server(capabilities: object) -> pytest_lsp.ClientServerConfig:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return pytest_lsp.ClientServerConfig(server_command=[sys.executable, "-m", "derivtex", "lsp"], server_env=environment)


@pytest_lsp.fixture(config=server(None))
async def client(lsp_client: Client):
    """A client that wants code actions with their edits at once."""
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri="file:///"))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=server(None))
async def late(lsp_client: Client):
    """A client that asks for the edit of the action that is chosen, as Visual Studio Code does."""
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=pytest_lsp.client_capabilities("visual-studio-code"), root_uri="file:///"))
    yield
    await lsp_client.shutdown_session()


def opened(client: Client, text: str, language: str = "latex", uri: str = URI) -> None:
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, language, 1, text)))


def asking(line: int, character: int, uri: str = URI) -> object:
    where = lsp.Range(lsp.Position(line, character), lsp.Position(line, character))
    return lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), where, lsp.CodeActionContext([]))


@pytest.mark.asyncio
async def test_dimensions_that_do_not_conform(client: Client):
    """A diagnostic with code and source, its columns in UTF-16 units; it goes when the document is mended."""
    opened(client, PAPER)
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (found,) = client.diagnostics[URI]
    assert (found.source, found.code, found.severity) == ("derivtex", "dimensions", lsp.DiagnosticSeverity.Error)
    line = PAPER.splitlines()[5].encode("utf-16-le")
    start, end = found.range.start, found.range.end
    assert start.line == 5 and line[2 * start.character : 2 * end.character].decode("utf-16-le") == "𝒙^T X X w"
    whole = lsp.TextDocumentContentChangeWholeDocument(PAPER.replace("X X w", "X w"))
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, URI), [whole]))
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert list(client.diagnostics[URI]) == []


@pytest.mark.asyncio
async def test_hover_says_kind_and_shape(client: Client):
    opened(client, PAPER)
    said = await client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(URI), lsp.Position(3, 12)))
    assert said.contents.value == "`X`: matrix, n × m"
    assert (said.range.start.character, said.range.end.character) == (12, 13)
    declared = await client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(URI), lsp.Position(1, 5)))
    assert (declared.contents.value, declared.range.start.character) == ("`X`: matrix, n × m", 5)
    nothing = await client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(URI), lsp.Position(0, 3)))
    assert nothing is None
    await shown(client)


async def shown(client: Client) -> None:
    """Of the same document what is completed, outlined, folded, hinted and coloured, with columns in UTF-16 units."""
    document, everything = lsp.TextDocumentIdentifier(URI), lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    found = await client.text_document_completion_async(lsp.CompletionParams(document, lsp.Position(5, 9)))
    names = {each.label: each for each in found.items}
    assert names["X"].detail == "matrix, n × m" and names["X"].documentation.startswith(r"declared: X \in")
    assert names["w"].text_edit.range == lsp.Range(lsp.Position(5, 8), lsp.Position(5, 9))  # 𝒙 takes two
    (outlined,) = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert (outlined.name, outlined.detail, outlined.range.start.line) == ("φ", r"\phi = \|X w - y\|_2^2", 3)
    assert list(await client.text_document_folding_range_async(lsp.FoldingRangeParams(document))) == []
    hint, *_ = await client.text_document_inlay_hint_async(lsp.InlayHintParams(document, everything))
    assert hint.label == "X: n × m, w: m × 1, y: n × 1" and hint.position == lsp.Position(3, 28)
    coloured = await client.text_document_semantic_tokens_range_async(lsp.SemanticTokensRangeParams(document, everything))
    whole = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert whole.data == coloured.data
    line, column, width = coloured.data[:3]
    assert PAPER.split("\n")[line][column : column + width] == "y" and len(coloured.data) % 5 == 0


@pytest.mark.asyncio
async def test_code_actions_write_below(client: Client):
    """Derive, in numerator layout, the Hessian: each with the edit that puts it on the next line."""
    opened(client, PAPER)
    actions = await client.text_document_code_action_async(asking(3, 5))
    assert [each.title for each in actions] == [
        "Derive ∂φ/∂w below", "Derive ∂φ/∂w below in numerator layout", "Derive the differential of φ by w below",
        "Derive the Hessian of φ by w below", "Solve ∂φ/∂w = 0 below", "Answer below", "Check the lines of this document",
    ]  # fmt: skip
    assert {each.kind for each in actions[:4]} == {lsp.CodeActionKind.RefactorRewrite}
    (change,) = actions[0].edit.changes[URI]
    assert change.range.start == change.range.end == lsp.Position(3, len(PAPER.splitlines()[3]))
    assert change.new_text.startswith("\nLet $r = Xw - y$.\n\\begin{align*}") and "2X^{T}r" in change.new_text
    assert "2X^{T}X" in actions[3].edit.changes[URI][0].new_text


@pytest.mark.asyncio
async def test_the_edit_comes_when_it_is_chosen(late: Client):
    opened(late, PAPER)
    derived = PAPER + "% derivtex: wrt=x\n\\[ x^T x \\]\n% derivtex:begin 0123\n2x\n% derivtex:end\n"
    opened(late, derived, uri="file:///derived.tex")
    offered = {each.title: each for each in await late.text_document_code_action_async(asking(9, 0, "file:///derived.tex"))}
    chosen = await late.code_action_resolve_async(offered["Refresh this derivation"])
    (change,) = chosen.edit.document_changes[0].edits
    assert change.range.start == lsp.Position(7, 11) and "2x^{T}\\,dx" in change.new_text and "Switch this derivation to numerator layout" in offered
    actions = await late.text_document_code_action_async(asking(3, 5))
    assert actions and all(each.edit is None for each in actions[:3])
    chosen = await late.code_action_resolve_async(actions[1])
    (change,) = chosen.edit.document_changes[0].edits
    assert "2r^{T}X" in change.new_text


@pytest.mark.asyncio
async def test_markdown_gets_dollars(client: Client):
    """A fenced block is derived as Markdown can hold it."""
    uri = "file:///notes.md"
    opened(client, "# Notes\n\n```{.derivtex wrt=x}\n%| declare: A: matrix n x n symmetric\nx^T A x\n```\n", "markdown", uri)
    first, *_ = await client.text_document_code_action_async(asking(4, 1, uri))
    (change,) = first.edit.changes[uri]
    assert change.range.start.line == 5 and "$$" in change.new_text and "2Ax" in change.new_text


@pytest.mark.asyncio
async def test_what_cannot_be_derived_is_disabled(client: Client):
    """An action whose derivation fails says why and has no edit; a formula that cannot be read offers nothing."""
    opened(client, "$$\n\\operatorname{tr}(A\n$$\n", uri="file:///bad.tex")
    assert not await client.text_document_code_action_async(asking(1, 2, "file:///bad.tex"))
    opened(client, "% derivtex: template=nothing\n\\[ x^T x \\]\n", uri="file:///nothing.tex")
    first, *_ = await client.text_document_code_action_async(asking(1, 4, "file:///nothing.tex"))
    assert first.edit is None and "no template nothing" in first.disabled.reason


def test_declarations_and_macros_of_the_document_hold():
    r"""`$X \in \R^{n \times m}$` in the text is heard, with the author's \R."""
    text = "\\newcommand{\\R}{\\mathbb{R}}\nLet $X \\in \\R^{n \\times 3}$.\n\\[ \\operatorname{tr}(X^T X) \\]\n"
    (place,) = places(text, "paper.tex")
    assert told(place, text.index("X^T"))[0] == "`X`: matrix, n × 3"
    assert next(offers(place)).title == "Derive ∂/∂X below"


def test_a_document_without_formulas_and_one_that_is_not_closed():
    assert places("", "a.tex") == [] and list(troubles("$x", "a.tex", everywhere=True)) == []


def test_formulas_that_are_not_marked_are_left_alone():
    """A paper is full of formulas that are not meant for derivtex."""
    text = "\\[ \\int_0^1 f\\,dx \\oops \\]\n"
    assert list(troubles(text, "a.tex")) == [] and len(list(troubles(text, "a.tex", everywhere=True))) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [("layout=wide", "layout cannot be wide"), ("wtr=x", "there is no option wtr"), ("declare={A", "has an open brace")],
)
def test_options_that_cannot_be(words, message):
    """What is said beside a formula is as it is for `derivtex expand`; a slip in it is a diagnostic."""
    for text in (f"% derivtex: {words}\n\\[ x^T x \\]\n", f"# Notes\n\n```{{.derivtex #eq:a {words}}}\nx^T x\n```\n"):
        assert [message in each.message for each in troubles(text, "a.md")] == [True]


def test_a_change_is_read_where_it_stands():
    """Of a long paper with one word more, one paragraph is read; the others are known."""
    paper = "\n\n".join(rf"Let $w_{{{k}}} \in \mathbb{{R}}^n$ be given. \[ w_{{{k}}}^T w_{{{k}}} \]" for k in range(60))
    places(paper, "long.tex")
    before = declared.cache_info().misses
    places(paper.replace("Let $w_{30}", "And let $w_{30}"), "long.tex")
    assert declared.cache_info().misses == before + 1


def test_a_formula_is_told_of_its_own_names_only():
    """What the document declares of other names is not handed on, so that the work does not grow with the paper."""
    paper = "Let $A$ be a symmetric $n\\times n$ matrix.\n\nLet $B$ be a vector.\n\n\\[ x^T A x \\]\n"
    place = places(paper, "short.tex")[-1]
    assert [each.split(":")[0] for each in place.declare] == ["A"]
    assert told(place, paper.index("A x"))[0] == "`A`: matrix, n × n, symmetric"


def test_a_setting_is_worked_out_once():
    """An edit elsewhere, by which a formula moves, leaves what is known of it; its errors are told where it stands now."""
    paper = "% derivtex: wrt=w\n\\[ \\operatorname{tr}(w_1 \\]\n"
    before = setting_or_fault.cache_info().misses
    told_of = {trouble.start: trouble.message for text in (paper, "Words.\n\n" + paper) for trouble in troubles(text, "moved.tex")}
    assert sorted(told_of) == [paper.index("("), paper.index("(") + 8] and len(set(told_of.values())) == 1
    assert setting_or_fault.cache_info().misses == before + 1


PAGES = ["a\r\n𝒙b\r\n\r\nc", "𝒙\x0c\u2028b\nc", "", "\n", "é𝒙\rb"]


@pytest.mark.parametrize("text", PAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_and_offsets(text, encoding):
    """Each offset has its position and back, in the client's units; lines end as the protocol says, and nowhere else."""
    paper = Paper("file:///a.tex", text, encoding=encoding)
    assert "\r" not in paper.text and [paper.offset(paper.position(at)) for at in range(len(paper.text) + 1)] == list(range(len(paper.text) + 1))
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    for at in range(len(paper.text) + 1):
        row = paper.text[:at].rpartition("\n")[2]
        assert paper.position(at).character == len(row.encode(f"{encoding}-le" if width > 1 else encoding)) // width
    assert paper.offset(lsp.Position(99, 0)) == len(paper.text) and paper.offset(lsp.Position(0, 99)) == paper.end_of_row(0)


def test_edits_one_after_the_other():
    """Each is in the text that the one before left; half of a character is none of it, and what is written has the document's line ends."""
    paper = Paper("file:///a.tex", "one 𝒙\r\ntwo\r\n", 1)
    at = lsp.Range(lsp.Position(0, 6), lsp.Position(0, 6))
    paper.change([lsp.TextDocumentContentChangePartial(range=at, text="y\r\nz"), lsp.TextDocumentContentChangePartial(
        range=lsp.Range(lsp.Position(1, 1), lsp.Position(2, 3)), text="")], 2)  # fmt: skip
    assert (paper.text, paper.version, paper.to_insert("\nq")) == ("one 𝒙y\nz\n", 2, "\r\nq")
    assert paper.offset(lsp.Position(0, 5)) == 4


EARLIER = r"""\newcommand{\norm}[1]{\left\|#1\right\|}
Let $X \in \mathbb{R}^{n\times p}$ and
\begin{align}
 r &= Xw - y \\
 f(w) &= \norm{r}^2.
\end{align}
Then \[ \nabla_w f \] and $df = 2r^T X\,dw$.
"""


def test_what_is_defined_in_an_earlier_display_is_known():
    """f is, with the r that it is made of; a definition below a formula is not."""
    place = next(each for each in places(EARLIER, "a.tex") if r"\nabla" in each.source.text)
    wide = in_context(place)
    assert next(each.title for each in offers(wide)) == "Derive ∂f/∂w below"
    inserted = done(EARLIER, wide, {"wrt": "w"}, False)
    assert "2X^{T}r" in inserted.text and EARLIER[: inserted.at].endswith("dw$.")
    assert told(wide, EARLIER.index("_w f") + 3)[0] == "`f`: scalar"
    turned = EARLIER.split("Then ")[1] + EARLIER.split("Then ")[0]
    (place,) = [each for each in places(turned, "a.tex") if r"\nabla" in each.source.text]
    assert in_context(place) == place


def test_an_outline_is_made_of_definitions_and_derivations():
    text = EARLIER + "% derivtex: wrt=x\n\\[ x^T x \\]\n% derivtex:begin 0123\n1\n% derivtex:end\n"
    assert [(each.name, each.kind) for each in entries(Paper("file:///a.tex", text, name="a.tex"))] == [
        ("r", "name"), ("f(w)", "function"), ("derivation of x^T x", "derivation"),
    ]  # fmt: skip


def test_the_d_of_a_differential_is_no_name():
    """Where d is a name it is one; what a formula defines is fixed, what could be differentiated by is not."""
    found = [(EARLIER[each.start : each.end], each.kind, each.fixed) for each in marks(EARLIER, "a.tex", EARLIER.index("$df"), len(EARLIER))]
    assert found == [("d", 0, False), ("f", 1, True), ("r", 1, True), ("X", 1, False), ("d", 0, False), ("w", 1, False)]
    assert [each.kind for each in marks("$d^T x$", "a.tex", 0, 9)] == [1, 1]


@pytest.mark.parametrize(
    ("typed", "wanted", "not_wanted", "start"),
    [
        ("% derivtex: wrt=w lay", "layout=", "x", 18), ("% derivtex: layout=nu", "numerator", "layout=", 19),
        ("% derivtex: wrt=", "X", "layout=", 16), ("<!-- derivtex: det", "detail=", "X", 15),
        ("```{.derivtex wrt=X detail=", "brief", "wrt=", 27), ("%| layout: ", "numerator", "layout: ", 11),
        ("%| lay", "layout: ", "numerator", 3), ("% derivtex: declare={A: matrix n x n sym", "symmetric", "X", 37),
        ("Let $A$ be pos", "positive definite", "X", 11), ("For $A$ is a real sym", "symmetric", "X", 18),
        ("\\[ \\Si", "\\Sigma", "layout=", 3), ("$ X + ", "X", "layout=", 6),
    ],
)  # fmt: skip
def test_completion(typed, wanted, not_wanted, start):
    """Options and values from the one table where options are said, declaring words behind a name, names in formulas, half typed as they are."""
    text = "Let $X \\in \\mathbb{R}^{n\\times p}$ and $\\Sigma$ a covariance.\n\n" + typed
    closing = {"\\": " \\]", "$": "$"}.get(typed[0], "")
    found = {each.text: each for each in proposals(Paper("file:///a.md", text + closing, name="a.md"), len(text))}
    assert wanted in found and not_wanted not in found and found[wanted].start == len(text) - len(typed) + start


HALF = ["", "\n", "$", "\\[ x", "% derivtex: ", "%| ", "```{.derivtex", "𝒙 $𝒙^", "% derivtex:begin 1\n", "\\begin{align} a &=", "No formula is",
        "Let $x \\in \\mathbb{R}^{n=}$."]  # fmt: skip


@pytest.mark.parametrize("text", HALF)
def test_half_typed_documents_are_shown(text):
    paper = Paper("file:///a.tex", text, name="a.tex")
    for at in range(len(text) + 1):
        assert all(each.start <= at for each in proposals(paper, at))
    assert list(marks(text, "a.tex", 0, 99)) is not None and list(shapes(text, "a.tex", 0, 99)) is not None and list(entries(paper)) is not None


STANDING = {
    "a.tex": "% derivtex: wrt=w\n\\[ x^T w \\]\n", "a.md": "Words.\n\n```{.derivtex wrt=w}\nx^T w\n```\n",
    "b.md": "Words.\n\n```derivtex\n%| wrt: w\n%| layout: denominator\nx^T w\n```\n", "c.md": "<!-- derivtex: wrt=w -->\n$$ x^T w $$\n",
}  # fmt: skip


@pytest.mark.parametrize("name", STANDING)
def test_a_derivation_is_written_in_the_other_layout(name):
    """With its mark, so that `derivtex expand` leaves it as it is; and back again. What is stale is refreshed."""
    path, markdown = Path(name), name.endswith("md")
    text, _ = expanded(STANDING[name], path, LANGUAGES[path.suffix], False, False)
    turned = text
    for layout, stands in (("numerator", "= x^{T}"), ("denominator", "= x")):
        assert offered(turned, path, markdown, turned.index("x^T")) == [(f"Switch this derivation to {layout} layout", "layout")]
        change = changed(turned, path, markdown, turned.index("x^T"), "layout")
        turned = turned[: change.start] + change.text + turned[change.end :]
        assert expanded(turned, path, LANGUAGES[path.suffix], True, False)[1].stale == 0
        assert stands in turned.rpartition("partial w")[2].replace("&", "") and turned.count("layout") == 1
    edited = text.replace("x^T w", "y^T w")
    assert offered(edited, path, markdown, edited.index("y^T"))[0] == ("Refresh this derivation", "refresh")
    change = changed(edited, path, markdown, len(edited) - 9, "refresh")
    refreshed = edited[: change.start] + change.text + edited[change.end :]
    assert refreshed == expanded(edited, path, LANGUAGES[path.suffix], False, False)[0]


def test_a_derivation_without_marks_is_switched_in_place():
    """What was written below a formula is told by its text, turned and turned back; anything else is left alone."""
    text = "Let $X \\in \\mathbb{R}^{n\\times m}$.\n\n$$f = \\|X w - y\\|_2^2$$\n\nMore, and $$g = x^T x$$ too.\n"
    first = next(place for place in places(text, "p.md") if place.display)
    written = done(text, first, {"wrt": "w"}, True)
    below = text[: written.at] + written.text + text[written.at :]
    layout, change = turned(below, "p.md", True, below.index(r"\partial"))
    other = below[: change.start] + change.text + below[change.end :]
    assert layout == "numerator" and "&= 2r^{T}X" in other and other.endswith("too.\n")
    layout, back = turned(other, "p.md", True, other.index(r"\partial"))
    assert layout == "denominator" and other[: back.start] + back.text + other[back.end :] == below
    assert turned(below.replace("2X^{T}r", "3X^{T}r"), "p.md", True, below.index(r"\partial")) is None
    assert turned(below, "p.md", True, below.index("g = ")) is None and turned(below, "p.md", True, first.start + 2) is None
