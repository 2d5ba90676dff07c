"""The lines of a document in the language server: findings, what mends them, the steps, the solution and the answer below."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

from derivtex.faces.lsp.lines import answer_below, findings, fixes, lines_of, over, steps_below
from derivtex.faces.sections import Recent

pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed: pip install 'derivtex[test]'")
lsp = pytest.importorskip("lsprotocol.types")

ROOT = Path(__file__).resolve().parent.parent
NOTES = r"""# Notes

Let $f(w) = \|Xw - y\|^2$ with $X \in \mathbb{R}^{n\times p}$.

$$
\nabla_w f = X^T X w - X^T y.
$$

## A form

The text is about $𝒙$ no more. Let $g = x^T A x$.

$$ dg = 2 x^T A\, dx $$
"""
URI = "file:///notes.md"
Client = pytest_lsp.LanguageClient


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig(
        server_command=[sys.executable, "-m", "derivtex", "lsp"], server_env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
)
async def client(lsp_client: Client, request):
    """A client that applies the edits that it is sent."""
    asked = lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri="file:///", initialization_options=getattr(request, "param", None))

    @lsp_client.feature(lsp.WORKSPACE_APPLY_EDIT)
    def apply(params: lsp.ApplyWorkspaceEditParams):
        lsp_client.edits = [*getattr(lsp_client, "edits", []), params.edit]
        return lsp.ApplyWorkspaceEditResult(applied=True)

    await lsp_client.initialize_session(asked)
    yield
    await lsp_client.shutdown_session()


def opened(client: Client, text: str, uri: str = URI) -> None:
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "markdown", 1, text)))


async def found(client: Client, uri: str = URI) -> list:
    """The diagnostics once there are any."""
    for _ in range(20):
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        if client.diagnostics.get(uri):
            return list(client.diagnostics[uri])
    return []


def changed(text: str, *edits) -> str:
    """The text after edits, from the last to the first."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        begin = starts[edit.range.start.line] + edit.range.start.character
        text = text[:begin] + edit.new_text + text[starts[edit.range.end.line] + edit.range.end.character :]
    return text


async def actions_at(client: Client, line: int, character: int) -> dict:
    where = lsp.Range(lsp.Position(line, character), lsp.Position(line, character))
    offered = await client.text_document_code_action_async(lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), where, lsp.CodeActionContext([])))
    return {each.title: each for each in offered}


def command_of(action) -> dict:
    """The command of an action; lsprotocol's client takes an action with a command for a command, and its command for a text."""
    return ast.literal_eval(action.command)


async def run(client: Client, command: dict, *arguments) -> None:
    asked = lsp.ExecuteCommandParams(command["command"], list(arguments) or command["arguments"])
    await client.workspace_execute_command_async(asked)


@pytest.mark.asyncio
async def test_wrong_lines_are_found_and_mended(client: Client):
    """A mistake is an error with the expected line, which a quick fix writes; what holds under a condition is said."""
    opened(client, NOTES)
    wrong, condition = await found(client)
    assert (wrong.severity, wrong.code, wrong.range.start) == (lsp.DiagnosticSeverity.Error, "values", lsp.Position(5, 0))
    assert "expected: " in wrong.message
    assert condition.severity == lsp.DiagnosticSeverity.Information and condition.message == "holds if A is symmetric"
    offered = await actions_at(client, 5, 3)
    (edit,) = offered["Replace by the expected line"].edit.changes[URI]
    mended = changed(NOTES, edit)
    assert "2(X^{T}Xw - X^{T}y)." in mended
    assert [line["verdict"] for line in lines_of(mended, "notes.md", Recent()) if line["latex"].startswith(r"\nabla")] == ["holds"]
    (edit,) = (await actions_at(client, 12, 6))["Declare A symmetric"].edit.changes[URI]
    declared = changed(NOTES, edit)
    assert "Let $A$ be symmetric.\n\n$$ dg" in declared
    assert not [each for each in findings(lines_of(declared, "notes.md", Recent()), declared, "notes.md") if not each.wrong]


@pytest.mark.asyncio
async def test_an_edit_takes_the_findings_back(client: Client):
    opened(client, NOTES)
    await found(client)
    whole = lsp.TextDocumentContentChangeWholeDocument(NOTES.replace("= X^T X w", "= 2X^T X w").replace("- X^T y", "- 2X^T y"))
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, URI), [whole]))
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert [each.message for each in client.diagnostics[URI]] == ["holds if A is symmetric"]


@pytest.mark.asyncio
@pytest.mark.parametrize("client", [{"check": False}], indirect=True)
async def test_checking_can_be_switched_off_and_asked_for(client: Client):
    """Then only the command checks, and says how many lines hold."""
    opened(client, NOTES)
    await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert list(client.diagnostics[URI]) == []
    await client.workspace_execute_command_async(lsp.ExecuteCommandParams("derivtex.check", [URI]))
    assert len(client.diagnostics[URI]) == 2 and "1 wrong" in client.messages[-1].message


@pytest.mark.asyncio
@pytest.mark.parametrize("client", [{"check": False}], indirect=True)
async def test_solve_answer_and_steps_are_written_below(client: Client):
    """Each command sends an edit; a document that has changed is left alone."""
    opened(client, "For which $w$ is $\\|Xw - y\\|^2$ minimal?\n")
    await run(client, command_of((await actions_at(client, 0, 20))["Solve ∂/∂w = 0 below"]))
    (edit,) = client.edits[-1].changes[URI]
    assert edit.range.start.line == 0 and "X^{T}y" in edit.new_text
    command = command_of((await actions_at(client, 0, 20))["Answer below"])
    await run(client, command)
    (edit,) = client.edits[-1].changes[URI]
    assert "import numpy" in edit.new_text and edit.range.start == lsp.Position(0, 40)
    uri, version, *rest = command["arguments"]
    await run(client, command, uri, version + 1, *rest)
    assert len(client.edits) == 2 and "has changed" in client.messages[-1].message


def test_steps_below_a_line():
    """As the document can hold them; nothing where no steps are known."""
    offset = NOTES.index("dg =")
    inserted = steps_below(NOTES, "notes.md", offset, Recent(), True)
    assert inserted.at == NOTES.index("\n", offset) and "$$\n\\begin{aligned}" in inserted.text
    paper = "\\documentclass{article}\n\\begin{document}\n\\[ d(A^{-1}) = -A^{-1}\\, dA\\, A^{-1} \\]\n\\end{document}\n"
    assert r"\begin{eqnarray*}" in steps_below(paper, "a.tex", paper.index("d(A"), Recent(), False).text
    assert steps_below(NOTES, "notes.md", 3, Recent(), True) is None


def test_an_answer_to_the_section_around_the_cursor():
    text = "# One\n\nWhat is $\\nabla_x x^T A x$?\n\n# Two\n\nWhat is $\\nabla_x b^T x$?\n"
    inserted = answer_below(text, "a.md", text.index("nabla_x b"), text.index("nabla_x b"), True)
    assert inserted.at == len(text) - 1 and "= b" in inserted.text and "A" not in inserted.text.split("import")[0].replace("And", "")


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("$$ d(x^T x) = 3x^T dx. $$", "2x^{T}\\,dx"),
        ("\\begin{align}\nd(x^T x) &= x^T dx + dx^T x \\\\\n&= 3x^T dx,\n\\end{align}\n", "2x^{T}\\,dx"),
    ],
)
def test_what_is_replaced_is_the_right_side_alone(text, replaced):
    """Relations, alignment and punctuation stay."""
    lines = lines_of(text, "a.md", Recent())
    wrong = next(line for line in lines if line["verdict"] == "fails")
    (fix,) = fixes(wrong, text)
    assert text[fix.start : fix.end] == "3x^T dx" and fix.text == replaced
    assert over(lines, fix.start) is wrong


@pytest.mark.parametrize("text", ["", "   \n", "no formulas", "$x", "$$ d( = $$", "\\begin{align} a &= ", "$$ \\oops = 1 $$"])
def test_documents_without_lines(text):
    lines = lines_of(text, "a.md", Recent())
    assert lines is not None and not [each for each in findings(lines, text, "a.md") if each.wrong]


def test_a_document_with_other_files_in_it(tmp_path: Path):
    """Its own lines have their places in the editor's text; those of the other files are left to them."""
    (tmp_path / "part.tex").write_text("$$d(v^Tv) = 3v^Tdv$$\n" * 3, "utf-8")
    main = "\\documentclass{article}\n\\begin{document}\n\\input{part}\n𝒙 $$d(w^Tw) = 3w^Tdw$$\n\\end{document}\n"
    (line,) = lines_of(main, str(tmp_path / "main.tex"), Recent())
    assert main[slice(*line["at"])] == "d(w^Tw) = 3w^Tdw"
    (fix,) = fixes(line, main)
    assert main[fix.start : fix.end] == "3w^Tdw"
