"""The protocol: documents in, diagnostics, code actions and hovers out. Columns are counted as the client counts them (UTF-16)."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from derivtex.core.errors import DerivtexError, describe
from derivtex.faces.lsp.offers import done, offers, told, troubles
from derivtex.faces.lsp.places import Place, at, places

MARKDOWN = ("markdown", "quarto", "rmd", "org")
REWRITE = lsp.CodeActionKind.RefactorRewrite


REST = 0.15  # seconds without a further key before a document is looked at


class Service(LanguageServer):
    """everywhere: diagnose every formula, not only those marked for derivtex. late: the client asks for an edit when it is chosen.

    typed: how often each document changed, by its address.
    """

    everywhere = False
    late = False

    def __init__(self, *words: Any, **options: Any):
        super().__init__(*words, **options)
        self.typed: dict[str, int] = {}


def service() -> Service:
    """A server that is ready to start."""
    found = Service("derivtex", "0.1", max_workers=1)
    found.feature(lsp.INITIALIZED)(initialized)
    for event in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE):
        found.feature(event)(changed)
    found.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(closed)
    found.feature(lsp.TEXT_DOCUMENT_HOVER)(hover)
    actions = lsp.CodeActionOptions(code_action_kinds=[REWRITE], resolve_provider=True)
    found.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, actions)(code_actions)
    found.feature(lsp.CODE_ACTION_RESOLVE)(resolved)
    return found


def initialized(server: Service, params: lsp.InitializedParams) -> None:
    asked = server.protocol.server_capabilities and server.client_capabilities
    document = asked.text_document if asked else None
    support = document.code_action.resolve_support if document and document.code_action else None
    server.late = bool(support and "edit" in support.properties)


async def changed(server: Service, params: Any) -> None:
    """New diagnostics for a document, once its author rests."""
    uri = params.text_document.uri
    mine = server.typed[uri] = server.typed.get(uri, 0) + 1
    await asyncio.sleep(REST)
    if server.typed.get(uri) != mine:
        return
    document = server.workspace.get_text_document(uri)
    found = [
        lsp.Diagnostic(spanning(document, each.start, each.end), each.message, lsp.DiagnosticSeverity.Error, each.code, source="derivtex")
        for each in troubles(document.source, document.filename or document.uri, server.everywhere)
    ]
    publish(server, document.uri, document.version, found)


def closed(server: Service, params: lsp.DidCloseTextDocumentParams) -> None:
    server.typed.pop(params.text_document.uri, None)
    publish(server, params.text_document.uri, None, [])


def publish(server: Service, uri: str, version: int | None, found: list[lsp.Diagnostic]) -> None:
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found))


def hover(server: Service, params: lsp.HoverParams) -> lsp.Hover | None:
    """What the name under the cursor is."""
    document = server.workspace.get_text_document(params.text_document.uri)
    offset = document.offset_at_position(params.position)
    place = place_at(document, offset)
    found = told(place, offset) if place else None
    if found is None:
        return None
    text, start, end = found
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), spanning(document, start, end))


def code_actions(server: Service, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What can be derived where the cursor stands."""
    document = server.workspace.get_text_document(params.text_document.uri)
    only = params.context.only
    place = place_at(document, document.offset_at_position(params.range.start))
    if place is None or (only and not any(str(REWRITE.value).startswith(str(getattr(kind, "value", kind))) for kind in only)):
        return []
    try:
        offered = list(offers(place))
    except DerivtexError:  # the diagnostics say what is wrong
        return []
    data = {"uri": document.uri, "version": document.version, "start": place.start}
    found = [lsp.CodeAction(each.title, REWRITE, data={**data, "options": each.options}) for each in offered]
    return found if server.late else [action for action in map(server_edit(server), found) if action.edit or action.disabled]


def server_edit(server: Service) -> Any:
    """For a client that wants an action with its edit: what cannot be derived is disabled, with the reason."""

    def with_edit(action: lsp.CodeAction) -> lsp.CodeAction:
        try:
            action.edit, _ = edit_of(server, action.data)
        except DerivtexError as error:
            action.disabled = lsp.CodeActionDisabled(error.message)
        return action

    return with_edit


def resolved(server: Service, action: lsp.CodeAction) -> lsp.CodeAction:
    """The edit of the chosen action; where there is none, a message says why."""
    try:
        action.edit, word = edit_of(server, action.data)
        if word:
            say(server, lsp.MessageType.Warning, word)
    except DerivtexError as error:
        say(server, lsp.MessageType.Error, describe(error))
    return action


def edit_of(server: Service, data: Any) -> tuple[lsp.WorkspaceEdit | None, str]:
    """The edit that an action stands for, unless the document has changed since it was offered."""
    document = server.workspace.get_text_document(data["uri"])
    place = place_at(document, data["start"])
    if place is None or document.version != data["version"]:
        return None, "the document has changed: ask again"
    text, word = document.source, ""
    insertion = done(text, place, data["options"], is_markdown(document))
    word = insertion.word
    where = spanning(document, insertion.at, insertion.at)
    identity = lsp.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    change = lsp.TextEdit(where, insertion.text)
    capabilities = server.client_capabilities.workspace
    versions = capabilities and capabilities.workspace_edit and capabilities.workspace_edit.document_changes
    if versions:
        return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(identity, [change])]), word
    return lsp.WorkspaceEdit(changes={document.uri: [change]}), word


def say(server: Service, kind: lsp.MessageType, text: str) -> None:
    server.window_show_message(lsp.ShowMessageParams(kind, text))


def place_at(document: TextDocument, offset: int) -> Place | None:
    return at(places(document.source, document.filename or document.uri), offset)


def is_markdown(document: TextDocument) -> bool:
    return document.language_id in MARKDOWN or document.uri.endswith((".md", ".qmd", ".Rmd", ".markdown"))


def spanning(document: TextDocument, start: int, end: int) -> lsp.Range:
    """A range in the client's columns."""
    return lsp.Range(position(document, start), position(document, end))


def position(document: TextDocument, offset: int) -> lsp.Position:
    before = document.source[:offset]
    line = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    return document.position_codec.position_to_client_units(document.lines or [""], lsp.Position(line, column))
