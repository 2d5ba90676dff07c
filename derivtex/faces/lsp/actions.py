"""Code actions: what can be done where the cursor stands."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp
from pygls.workspace import TextDocument

from derivtex.core.errors import DerivtexError, describe
from derivtex.faces.lsp.commands import ANSWER, CHANGED, CHECK, FILL, SOLVE, command_for
from derivtex.faces.lsp.lines import Fix, fixes, over
from derivtex.faces.lsp.offers import Offer, done, offers
from derivtex.faces.lsp.places import Place, at, places
from derivtex.faces.lsp.server import Service

REWRITE, QUICK = lsp.CodeActionKind.RefactorRewrite, lsp.CodeActionKind.QuickFix
KINDS = (REWRITE, QUICK, lsp.CodeActionKind.Source)
CHECKABLE = ("holds", "fails")


def code_actions(server: Service, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """A line mended, a formula derived or solved, a question answered, the lines checked."""
    document = server.workspace.get_text_document(params.text_document.uri)
    begin, end = (document.offset_at_position(place) for place in (params.range.start, params.range.end))
    found = [*line_actions(server, document, begin), *formula_actions(server, document, begin)]
    if found or begin < end:
        found.append(command_for("Answer below", ANSWER, document.uri, document.version, begin, end))
        found.append(command_for("Check the lines of this document", CHECK, document.uri))
    return [action for action in found if is_wanted(action, params.context.only)]


def is_wanted(action: lsp.CodeAction, only: Any) -> bool:
    """Whether an action is of one of the kinds that a client asks for, if it asks for any."""
    own = str(getattr(action.kind, "value", action.kind))
    return not only or any(own.startswith(str(getattr(kind, "value", kind))) for kind in only)


def line_actions(server: Service, document: TextDocument, offset: int) -> list[lsp.CodeAction]:
    """What mends the checked line at an offset, and the steps that lead to it."""
    version, lines = server.lines.get(document.uri, (None, []))
    line = over(lines, offset) if version == document.version else None
    if line is None:
        return []
    found = [fix_action(server, document, each) for each in fixes(line, document.source)]
    if line["verdict"] in CHECKABLE:
        found.append(command_for("Insert the missing steps", FILL, document.uri, document.version, offset))
    return found


def fix_action(server: Service, document: TextDocument, fix: Fix) -> lsp.CodeAction:
    return lsp.CodeAction(fix.title, QUICK, edit=server.edit(document, fix.start, fix.end, fix.text), is_preferred=True)


def formula_actions(server: Service, document: TextDocument, offset: int) -> list[lsp.CodeAction]:
    """What can be derived of the formula at an offset, and solved."""
    place = place_at(server, document, offset)
    if place is None:
        return []
    try:
        offered = list(offers(place))
    except DerivtexError:  # the diagnostics say what is wrong
        return []
    data = {"uri": document.uri, "version": document.version, "start": place.start}
    actions = [lsp.CodeAction(each.title, REWRITE, data={**data, "options": each.options}) for each in offered]
    derived = actions if server.late else [action for action in map(server_edit(server), actions) if action.edit or action.disabled]
    return [*derived, *(command_for(title, SOLVE, document.uri, document.version, place.start, wrt) for title, wrt in solvable(offered))]


def solvable(offered: list[Offer]) -> list[tuple[str, str]]:
    """What can be set to zero: the derivatives of numbers, of which a Hessian is offered."""
    titles = {each.options["wrt"]: each.title for each in reversed(offered) if len(each.options) == 1}
    numbers = [each.options["wrt"] for each in offered if "order" in each.options]
    return [(f"Solve {titles[wrt].removeprefix('Derive ').removesuffix(' below')} = 0 below", wrt) for wrt in numbers]


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
    if action.data is None:
        return action
    try:
        action.edit, word = edit_of(server, action.data)
        if word:
            server.say(lsp.MessageType.Warning, word)
    except DerivtexError as error:
        server.say(lsp.MessageType.Error, describe(error))
    return action


def edit_of(server: Service, data: Any) -> tuple[lsp.WorkspaceEdit | None, str]:
    """The edit that an action stands for, unless the document has changed since it was offered."""
    document = server.workspace.get_text_document(data["uri"])
    place = place_at(server, document, data["start"])
    if place is None or document.version != data["version"]:
        return None, CHANGED
    insertion = done(document.source, place, data["options"], server.is_markdown(document))
    return server.edit(document, insertion.at, insertion.at, insertion.text), insertion.word


def place_at(server: Service, document: TextDocument, offset: int) -> Place | None:
    return at(places(document.source, server.name_of(document)), offset)
