"""The protocol: documents in, diagnostics, code actions and hovers out. Columns are counted as the client counts them (UTF-16)."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types as lsp

from derivtex.faces.lsp.actions import KINDS, code_actions, resolved
from derivtex.faces.lsp.commands import offer_commands
from derivtex.faces.lsp.offers import in_context, told, told_declared
from derivtex.faces.lsp.places import at, declarations, places
from derivtex.faces.lsp.server import Service, errors, publish
from derivtex.faces.lsp.showing import offer_showing

SETTINGS = {"check": "checking", "shapes": "shapes"}
LONGEST_REST = 0.6  # seconds more, before the lines of a document are checked that took long the last time
REST = 0.15  # seconds without a further key before a document is looked at


def service() -> Service:
    """A server that is ready to start."""
    found = Service("derivtex", "0.1", max_workers=1)
    found.feature(lsp.INITIALIZE)(starting)
    found.feature(lsp.INITIALIZED)(initialized)
    found.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)(configured)
    found.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(opened)
    found.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(changed)
    found.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(closed)
    found.feature(lsp.TEXT_DOCUMENT_HOVER)(hover)
    found.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True))(code_actions)
    found.feature(lsp.CODE_ACTION_RESOLVE)(resolved)
    offer_commands(found)
    offer_showing(found)
    return found


def starting(server: Service, params: lsp.InitializeParams) -> None:
    """The settings may come with the first message, `{"check": false, "shapes": false}`."""
    set_up(server, params.initialization_options)


def configured(server: Service, params: lsp.DidChangeConfigurationParams) -> None:
    """A setting, `derivtex.check` or `derivtex.shapes`, has changed."""
    settings = params.settings
    set_up(server, settings.get("derivtex", settings) if isinstance(settings, dict) else None)


def set_up(server: Service, settings: Any) -> None:
    for key, attribute in SETTINGS.items() if isinstance(settings, dict) else ():
        if isinstance(settings.get(key), bool):
            setattr(server, attribute, settings[key])


def initialized(server: Service, params: lsp.InitializedParams) -> None:
    asked = server.protocol.server_capabilities and server.client_capabilities
    document = asked.text_document if asked else None
    support = document.code_action.resolve_support if document and document.code_action else None
    server.late = bool(support and "edit" in support.properties)


async def opened(server: Service, params: lsp.DidOpenTextDocumentParams) -> None:
    """A document is open from now on."""
    given = params.text_document
    server.papers[given.uri] = server.opened(given.uri, given.text, given.version, given.language_id)
    await look(server, given.uri)


async def changed(server: Service, params: lsp.DidChangeTextDocumentParams) -> None:
    """Keys were typed in a document."""
    given = params.text_document
    if given.uri in server.papers:
        server.papers[given.uri].change(params.content_changes, given.version)
    await look(server, given.uri)


async def look(server: Service, uri: str) -> None:
    """New diagnostics for a document, once its author rests: of what is marked for derivtex at once, of its lines when they are checked.

    Where lines had been checked before, both come together, so that findings do not vanish for a moment.
    """
    mine = server.typed[uri] = server.typed.get(uri, 0) + 1
    await asyncio.sleep(REST)
    if server.typed.get(uri) != mine:
        return
    paper = server.paper(uri)
    if not (server.checking and server.lines.get(uri, (None, []))[1]):
        publish(server, uri, paper.version, errors(server, paper))
    if server.checking:
        await asyncio.sleep(min(LONGEST_REST, server.took.get(uri, 0.0)))
        if server.typed.get(uri) == mine:
            await server.look_at_lines(uri)


def closed(server: Service, params: lsp.DidCloseTextDocumentParams) -> None:
    server.papers.pop(params.text_document.uri, None)
    server.took.pop(params.text_document.uri, None)
    server.typed.pop(params.text_document.uri, None)
    server.lines.pop(params.text_document.uri, None)
    server.coloured.pop(params.text_document.uri, None)
    publish(server, params.text_document.uri, None, [])


def said_at(text: str, name: str, offset: int) -> tuple[str, int, int] | None:
    """What is said of the name at an offset of a document, and where it stands."""
    place, declaring = at(places(text, name), offset), at(declarations(text, name), offset)
    if place is not None:
        return told(in_context(place), offset)
    return told_declared(declaring, offset) if declaring is not None else None


def hover(server: Service, params: lsp.HoverParams) -> lsp.Hover | None:
    """What the name under the cursor is."""
    paper = server.paper(params.text_document.uri)
    offset = paper.offset(params.position)
    found = said_at(paper.text, paper.name, offset)
    if found is None:
        return None
    text, start, end = found
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), paper.spanning(start, end))
