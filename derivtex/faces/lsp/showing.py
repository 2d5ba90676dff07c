"""What is shown of a document without being asked for by name: completion, outline, folds, shapes behind displays, colours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types as lsp

from derivtex.faces.lsp.completion import proposals
from derivtex.faces.lsp.marking import FIXED, KINDS, Mark, marks, shapes
from derivtex.faces.lsp.outline import blocks_of, entries
from derivtex.faces.lsp.papers import Paper
from derivtex.faces.lsp.server import Service

Found = TypeVar("Found")
LEGEND = lsp.SemanticTokensLegend(list(KINDS), list(FIXED))
SOON = 0.5  # seconds until a whole document is shown in part
COMPLETED = {
    "name": lsp.CompletionItemKind.Variable, "option": lsp.CompletionItemKind.Property, "value": lsp.CompletionItemKind.EnumMember,
    "word": lsp.CompletionItemKind.Keyword,
}  # fmt: skip
OUTLINED = {"function": lsp.SymbolKind.Function, "name": lsp.SymbolKind.Variable, "derivation": lsp.SymbolKind.Event}


def offer_showing(server: Service) -> None:
    """Tell the server what it can show."""
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["\\", "=", "|", ":"]))(completion)
    server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(symbols)
    server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)(folds)
    server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)(hints)
    server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)(colours)
    server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, LEGEND)(colours_within)


def completion(server: Service, params: lsp.CompletionParams) -> lsp.CompletionList:
    """What could stand where the cursor is."""
    paper = server.paper(params.text_document.uri)
    offset = paper.offset(params.position)
    items = [
        lsp.CompletionItem(
            each.text, kind=COMPLETED[each.kind], detail=each.detail or None, documentation=each.more or None, filter_text=each.text,
            sort_text=f"{at:04}", text_edit=lsp.TextEdit(paper.spanning(each.start, offset), each.text),
        )
        for at, each in enumerate(proposals(paper, offset))
    ]  # fmt: skip
    return lsp.CompletionList(is_incomplete=False, items=items)


def symbols(server: Service, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """The outline of a document."""
    paper = server.paper(params.text_document.uri)
    found = []
    for each in entries(paper):
        place = paper.spanning(each.start, each.end)
        found.append(lsp.DocumentSymbol(each.name, OUTLINED[each.kind], place, place, detail=each.detail))
    return found


def folds(server: Service, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    """The derivations that derivtex wrote between marks."""
    paper = server.paper(params.text_document.uri)
    ranges = [paper.spanning(block.start + 1, block.end) for block in blocks_of(paper)]
    return [lsp.FoldingRange(each.start.line, each.end.line, kind=lsp.FoldingRangeKind.Region) for each in ranges]


async def hints(server: Service, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """The shapes of what stands in a display, behind it, unless the setting `shapes` is off."""
    if not server.shapes:
        return []
    paper = server.paper(params.text_document.uri)
    found = await in_time(server, server.colouring, paper, shapes, paper.offset(params.range.start), paper.offset(params.range.end))
    return [lsp.InlayHint(paper.position(each.at), each.text, tooltip=each.why, padding_left=True) for each in found]


async def colours(server: Service, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
    """The d's and names of all formulas; of the first ones where that takes long and the client can be told to ask again, once all are known."""
    paper = server.paper(params.text_document.uri)
    mine, found = server.typed.get(paper.uri), list[Mark]()
    before, known = server.coloured.get(paper.uri, (None, []))
    if known and before == mine:
        return lsp.SemanticTokens(encoded(paper, known))
    work = asyncio.ensure_future(in_time(server, server.whole, paper, partial(kept, found), 0, len(paper.text)))
    await asyncio.wait({work}, timeout=SOON if asks_again(server) else None)
    if not work.done():
        work.add_done_callback(partial(known_to_the_end, server, paper.uri, mine))
    shown = work.result() if work.done() else found.copy()
    return lsp.SemanticTokens([] if server.is_other(paper.uri, mine) else encoded(paper, shown))


def known_to_the_end(server: Service, uri: str, mine: int | None, done: asyncio.Future[list[Mark]]) -> None:
    """The marks of a whole document are there, unless it has changed meanwhile: the client is to ask again."""
    if not done.exception() and not server.is_other(uri, mine):
        server.coloured[uri] = (mine, done.result())
        server.workspace_semantic_tokens_refresh(None)


def kept(found: list[Mark], *given: Any) -> Iterator[Mark]:
    """The marks of a stretch, which are in the list as soon as they are known."""
    for mark in marks(*given):
        found.append(mark)
        yield mark


def asks_again(server: Service) -> bool:
    """Whether the client asks for colours again when it is told to."""
    workspace = server.client_capabilities.workspace
    return bool(workspace and workspace.semantic_tokens and workspace.semantic_tokens.refresh_support)


async def colours_within(server: Service, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens:
    """The d's and names of the formulas that are seen."""
    paper = server.paper(params.text_document.uri)
    found = await in_time(server, server.colouring, paper, marks, paper.offset(params.range.start), paper.offset(params.range.end))
    return lsp.SemanticTokens(encoded(paper, found))


async def in_time(server: Service, pool: Executor, paper: Paper, look: Callable[..., Iterator[Found]], start: int, end: int) -> list[Found]:
    """What is found in a stretch, looked for beside the server's own work; nothing of a document that has changed meanwhile."""
    stopped = partial(server.is_other, paper.uri, server.typed.get(paper.uri))
    given = paper.text, paper.name, start, end, stopped
    found = await asyncio.get_running_loop().run_in_executor(pool, lambda: list(look(*given)))
    return [] if stopped() else found


def encoded(paper: Paper, found: list[Mark]) -> list[int]:
    """Marks as the protocol has them: each by its distance from the one before. One that overlaps the one before is left out."""
    data: list[int] = []
    row = column = behind = 0
    for mark in sorted(found):
        begin, end = paper.position(mark.start), paper.position(mark.end)
        if mark.start < behind or begin.line != end.line:
            continue
        behind = mark.end
        distance = begin.character - (column if begin.line == row else 0)
        data += [begin.line - row, distance, end.character - begin.character, mark.kind, int(mark.fixed)]
        row, column = begin.line, begin.character
    return data
