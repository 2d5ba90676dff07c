"""What an action does that takes its time: the lines checked, the steps inserted, solve and answer below. The edit comes when it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types as lsp

from derivtex.core.errors import DerivtexError, UsageError, describe
from derivtex.faces.lsp.lines import answer_below, steps_below
from derivtex.faces.lsp.offers import Insertion, in_context, solved
from derivtex.faces.lsp.places import at, places
from derivtex.faces.lsp.server import Service
from derivtex.writing.summaries import summary

CHANGED = "the document has changed: ask again"
CHECK, FILL, SOLVE, ANSWER = "derivtex.check", "derivtex.fill", "derivtex.solve", "derivtex.answer"


def command_for(title: str, command: str, *arguments: Any) -> lsp.CodeAction:
    """An action that runs a command of this server."""
    kind = lsp.CodeActionKind.Source if command == CHECK else lsp.CodeActionKind.RefactorRewrite
    return lsp.CodeAction(title, kind, command=lsp.Command(title, command, arguments=list(arguments)))


def offer_commands(server: Service) -> None:
    """Tell the server what it can be asked to do."""
    server.command(CHECK)(check)
    server.command(FILL)(fill)
    server.command(SOLVE)(solve)
    server.command(ANSWER)(answer)


async def check(server: Service, uri: str) -> None:
    """Check the lines of a document, whatever the setting says, and tell how many hold."""
    lines = await server.look_at_lines(uri)
    if lines is not None:
        server.say(lsp.MessageType.Info, f"derivtex: {summary(lines)}")


async def fill(server: Service, uri: str, version: int, offset: int) -> None:
    """Insert the steps that lead to a line below its display."""

    def make(text: str, name: str, markdown: bool) -> Insertion:
        found = steps_below(text, name, offset, server.memory, markdown)
        if found is None:
            raise UsageError("no steps were found that lead to this line", way_out="it holds by its numbers; write one line more between")
        return found

    await insert(server, uri, version, make)


async def solve(server: Service, uri: str, version: int, start: int, wrt: str) -> None:
    """Write below a formula where its derivative by a name is zero."""

    def make(text: str, name: str, markdown: bool) -> Insertion:
        place = at(places(text, name), start)
        if place is None:
            raise UsageError(CHANGED)
        return solved(text, in_context(place), wrt, markdown)

    await insert(server, uri, version, make)


async def answer(server: Service, uri: str, version: int, start: int, end: int) -> None:
    """Write the post that answers a question below it."""
    await insert(server, uri, version, lambda text, name, markdown: answer_below(text, name, start, end, markdown))


async def insert(server: Service, uri: str, version: int, make: Callable[[str, str, bool], Insertion]) -> None:
    """Make a text beside the server's own work and put it into the document, unless that has changed; or say why there is none."""
    paper = server.paper(uri)
    if paper.version != version:
        server.say(lsp.MessageType.Warning, CHANGED)
        return
    given = paper.text, paper.name, paper.is_markdown
    try:
        made = await asyncio.get_running_loop().run_in_executor(server.work, make, *given)
    except DerivtexError as error:
        server.say(lsp.MessageType.Error, describe(error))
        return
    except Exception as error:
        server.say(lsp.MessageType.Error, f"{type(error).__name__}: {error} [internal]: this is a defect of derivtex: please report it")
        return
    if server.paper(uri).version != version:
        server.say(lsp.MessageType.Warning, CHANGED)
        return
    await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(server.edit(paper, made.at, made.at, made.text)))
    if made.word:
        server.say(lsp.MessageType.Warning, made.word)
