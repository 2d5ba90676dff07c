"""The language server itself: what it keeps of documents, and how it shows what it finds in them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from derivtex.faces.lsp.lines import Line, findings, lines_of
from derivtex.faces.lsp.marking import Mark
from derivtex.faces.lsp.offers import troubles
from derivtex.faces.lsp.papers import UTF_16, Paper
from derivtex.faces.sections import Recent

SEVERITIES = {True: lsp.DiagnosticSeverity.Error, False: lsp.DiagnosticSeverity.Information}


class Service(LanguageServer):
    """everywhere: diagnose every formula, not only those marked for derivtex. late: the client asks for an edit when it is chosen.

    checking: whether the lines of documents are checked as they change; shapes: whether shapes are shown behind displays.
    papers: the open documents, by their address; typed: how often each changed; took: how long its lines took; lines: the checked lines of
    each with the version that they are of; coloured: the marks of long ones, with how often they had changed. work: the thread in which
    lines are checked and answers written, colouring: that in which names are looked for, so that the server goes on answering, whole: the
    same for all of a document, behind which what is seen does not wait; memory: what the former knows of sections.
    """

    everywhere = False
    late = False
    checking = True
    shapes = True

    def __init__(self, *words: Any, **options: Any):
        super().__init__(*words, **options)
        self.papers: dict[str, Paper] = {}
        self.typed: dict[str, int] = {}
        self.took: dict[str, float] = {}
        self.lines: dict[str, tuple[int | None, list[Line]]] = {}
        self.coloured: dict[str, tuple[int | None, list[Mark]]] = {}
        self.memory = Recent()
        self.work = ThreadPoolExecutor(1)
        self.colouring, self.whole = ThreadPoolExecutor(1), ThreadPoolExecutor(1)

    async def look_at_lines(self, uri: str) -> list[Line] | None:
        """Check the lines of a document and show what is found; None where it changed or was closed meanwhile."""
        stopped = partial(self.is_other, uri, self.typed.get(uri))
        paper = self.paper(uri)
        text, name, version = paper.text, paper.name, paper.version
        file = str(self.path_of(paper))  # by which the files that it brings in are found
        began = monotonic()
        try:
            found = await asyncio.get_running_loop().run_in_executor(self.work, lines_of, text, file, self.memory, stopped)
        except Exception:  # a defect leaves the document without findings, and the server alive
            found = []
        if found is None or stopped():
            return None
        self.took[uri] = monotonic() - began
        before, self.lines[uri] = self.lines.get(uri, (None, [])), (version, found)
        shown = [diagnostic(paper, *each[:4], SEVERITIES[each.wrong]) for each in findings(found, text, name)]
        if shown or before[1]:
            publish(self, uri, version, [*errors(self, paper), *shown])
        return found

    def is_other(self, uri: str, mine: int | None) -> bool:
        """Whether a document has changed, or is closed, since it had changed so often."""
        return self.typed.get(uri) != mine

    def paper(self, uri: str) -> Paper:
        """A document; one that is not open as the client's files have it."""
        found = self.papers.get(uri)
        if found is None:
            document = self.workspace.get_text_document(uri)
            return self.opened(uri, document.source, document.version, document.language_id or "")
        return found

    def opened(self, uri: str, text: str, version: int | None, language: str) -> Paper:
        """A document with this text, whose columns are counted as the client counts them."""
        name = self.workspace.get_text_document(uri).filename or uri
        agreed = self.protocol.server_capabilities.position_encoding or UTF_16
        return Paper(uri, text, version, language, name, agreed)

    def path_of(self, paper: Paper) -> Path:
        """Where a document lies; one that is no file has only its name."""
        path = self.workspace.get_text_document(paper.uri).path if paper.uri.startswith("file:") else None
        return Path(path or paper.name)

    def say(self, kind: lsp.MessageType, text: str) -> None:
        self.window_show_message(lsp.ShowMessageParams(kind, text))

    def edit(self, paper: Paper, start: int, end: int, text: str) -> lsp.WorkspaceEdit:
        """A change of a document, with its version where the client keeps account of them."""
        change = lsp.TextEdit(paper.spanning(start, end), paper.to_insert(text))
        capabilities = self.client_capabilities.workspace
        if capabilities and capabilities.workspace_edit and capabilities.workspace_edit.document_changes:
            identity = lsp.OptionalVersionedTextDocumentIdentifier(uri=paper.uri, version=paper.version)
            return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(identity, [change])])
        return lsp.WorkspaceEdit(changes={paper.uri: [change]})


def errors(server: Service, paper: Paper) -> list[lsp.Diagnostic]:
    """The errors of the formulas that are marked for derivtex."""
    return [diagnostic(paper, *each) for each in troubles(paper.text, paper.name, server.everywhere)]


def diagnostic(
    paper: Paper, start: int, end: int, message: str, code: str, severity: lsp.DiagnosticSeverity = lsp.DiagnosticSeverity.Error,
) -> lsp.Diagnostic:  # fmt: skip
    return lsp.Diagnostic(paper.spanning(start, end), message, severity, code, source="derivtex")


def publish(server: Service, uri: str, version: int | None, found: list[lsp.Diagnostic]) -> None:
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found))
