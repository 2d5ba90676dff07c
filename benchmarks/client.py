"""What an editor waits for at the language server itself, over its pipes, in the paper of `editing`: wall time, of an idle machine.

`python benchmarks/run.py client`. A key is answered when a hover that was asked for behind it comes back; the lines are checked meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from editing import paper
from lsprotocol import types as lsp
from measure import COMMAND, ROOT, Row
from pygls.lsp.client import LanguageClient

URI = "file:///paper.tex"
DOCUMENT = lsp.TextDocumentIdentifier(URI)
KEYS = 20


def rows() -> Iterator[Row]:
    quiet, busy = asyncio.run(waited(paper(), checking=False)), asyncio.run(waited(paper(), checking=True))
    yield Row("client", "the first hover, of a document just opened", quiet["opened"], "ms")
    yield row("a hover", quiet["hovers"])
    yield row("a key and the hover behind it", quiet["keys"])
    yield row("the same while lines are checked", busy["keys"])
    yield Row("client", "the colours of all of it", quiet["colours"], "ms")


def row(what: str, times: list[float]) -> Row:
    return Row("client", what, median(times), "ms", 50, remark=f"at most {max(times):.0f}")


async def waited(text: str, checking: bool) -> dict:
    """Milliseconds of what is waited for."""
    client = LanguageClient("benchmark", "1")
    client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: None)
    await client.start_io(sys.executable, *COMMAND, "lsp", cwd=ROOT)
    options = {"check": checking}
    asked = lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri="file:///", initialization_options=options)
    await client.initialize_async(asked)
    client.initialized(lsp.InitializedParams())
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(URI, "latex", 1, text)))
    line = text[: text.index("Then", len(text) // 2)].count("\n")
    over = lsp.Position(line - 2, text.split("\n")[line - 2].index("A_"))
    found = {"opened": await hovered(client, over)}
    found["hovers"] = [await hovered(client, over) for _ in range(KEYS)]
    found["keys"] = [await typed(client, line, over, each) for each in range(KEYS)]
    if not checking:
        began = perf_counter()
        await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(DOCUMENT))
        found["colours"] = (perf_counter() - began) * 1000
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return found


async def hovered(client: LanguageClient, over: lsp.Position) -> float:
    began = perf_counter()
    said = await client.text_document_hover_async(lsp.HoverParams(DOCUMENT, over))
    assert said is not None
    return (perf_counter() - began) * 1000


async def typed(client: LanguageClient, row: int, over: lsp.Position, number: int) -> float:
    """A key in the words, and the hover that is asked for at once."""
    here = lsp.Position(row, 0)
    change = lsp.TextDocumentContentChangePartial(lsp.Range(here, here), "a")
    began = perf_counter()
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2 + number, URI), [change]))
    await hovered(client, over)
    return (perf_counter() - began) * 1000
