"""The language server itself: what it keeps of documents, and how it shows what it finds in them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from derivtex.faces.lsp.lines import Line, findings, lines_of
from derivtex.faces.lsp.offers import troubles
from derivtex.faces.sections import Recent

MARKDOWN = ("markdown", "quarto", "rmd", "org")
SEVERITIES = {True: lsp.DiagnosticSeverity.Error, False: lsp.DiagnosticSeverity.Information}


class Service(LanguageServer):
    """everywhere: diagnose every formula, not only those marked for derivtex. late: the client asks for an edit when it is chosen.

    checking: whether the lines of documents are checked as they change. typed: how often each document changed, by its address.
    lines: the checked lines of each with the version that they are of. work: the thread in which lines are checked and answers written,
    so that the server goes on answering; memory: what that knows of sections.
    """

    everywhere = False
    late = False
    checking = True

    def __init__(self, *words: Any, **options: Any):
        super().__init__(*words, **options)
        self.typed: dict[str, int] = {}
        self.lines: dict[str, tuple[int | None, list[Line]]] = {}
        self.memory = Recent()
        self.work = ThreadPoolExecutor(1)

    async def look_at_lines(self, uri: str) -> list[Line] | None:
        """Check the lines of a document and show what is found; None where it changed or was closed meanwhile."""
        stopped = partial(self.is_other, uri, self.typed.get(uri))
        document = self.workspace.get_text_document(uri)
        text, name = document.source, self.name_of(document)
        file = document.path if uri.startswith("file:") else name  # by which the files that it brings in are found
        try:
            found = await asyncio.get_running_loop().run_in_executor(self.work, lines_of, text, file, self.memory, stopped)
        except Exception:  # a defect leaves the document without findings, and the server alive
            found = []
        if found is None or stopped():
            return None
        before, self.lines[uri] = self.lines.get(uri, (None, [])), (document.version, found)
        shown = [diagnostic(self, document, *each[:4], SEVERITIES[each.wrong]) for each in findings(found, text, name)]
        if shown or before[1]:
            publish(self, uri, document.version, [*errors(self, document), *shown])
        return found

    def is_other(self, uri: str, mine: int | None) -> bool:
        """Whether a document has changed, or is closed, since it had changed so often."""
        return self.typed.get(uri) != mine

    def name_of(self, document: TextDocument) -> str:
        return document.filename or document.uri

    def is_markdown(self, document: TextDocument) -> bool:
        return document.language_id in MARKDOWN or document.uri.endswith((".md", ".qmd", ".Rmd", ".markdown"))

    def say(self, kind: lsp.MessageType, text: str) -> None:
        self.window_show_message(lsp.ShowMessageParams(kind, text))

    def edit(self, document: TextDocument, start: int, end: int, text: str) -> lsp.WorkspaceEdit:
        """A change of a document, with its version where the client keeps account of them."""
        change = lsp.TextEdit(self.spanning(document, start, end), text)
        capabilities = self.client_capabilities.workspace
        if capabilities and capabilities.workspace_edit and capabilities.workspace_edit.document_changes:
            identity = lsp.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
            return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(identity, [change])])
        return lsp.WorkspaceEdit(changes={document.uri: [change]})

    def spanning(self, document: TextDocument, start: int, end: int) -> lsp.Range:
        """A range in the client's columns."""
        return lsp.Range(position(document, start), position(document, end))


def errors(server: Service, document: TextDocument) -> list[lsp.Diagnostic]:
    """The errors of the formulas that are marked for derivtex."""
    found = troubles(document.source, server.name_of(document), server.everywhere)
    return [diagnostic(server, document, *each) for each in found]


def diagnostic(
    server: Service, document: TextDocument, start: int, end: int, message: str, code: str,
    severity: lsp.DiagnosticSeverity = lsp.DiagnosticSeverity.Error,
) -> lsp.Diagnostic:  # fmt: skip
    return lsp.Diagnostic(server.spanning(document, start, end), message, severity, code, source="derivtex")


def publish(server: Service, uri: str, version: int | None, found: list[lsp.Diagnostic]) -> None:
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found))


def position(document: TextDocument, offset: int) -> lsp.Position:
    before = document.source[:offset]
    line = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    return document.position_codec.position_to_client_units(document.lines or [""], lsp.Position(line, column))
