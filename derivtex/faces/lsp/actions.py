"""Code actions: what can be done where the cursor stands."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from derivtex.core.errors import DerivtexError, describe
from derivtex.faces.lsp.commands import ANSWER, CHANGED, CHECK, FILL, SOLVE, command_for
from derivtex.faces.lsp.lines import Fix, fixes, over
from derivtex.faces.lsp.offers import Offer, done, in_context, offers
from derivtex.faces.lsp.papers import Paper
from derivtex.faces.lsp.places import Place, at, places
from derivtex.faces.lsp.server import Service
from derivtex.faces.lsp.standing import Change, changed, offered
from derivtex.faces.lsp.turning import turned

REWRITE, QUICK = lsp.CodeActionKind.RefactorRewrite, lsp.CodeActionKind.QuickFix
KINDS = (REWRITE, QUICK, lsp.CodeActionKind.Source)
CHECKABLE = ("holds", "fails")
TURN = "turn"  # a derivation without marks


def code_actions(server: Service, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """A line mended, a formula derived or solved, a question answered, the lines checked."""
    paper = server.paper(params.text_document.uri)
    begin, end = (paper.offset(place) for place in (params.range.start, params.range.end))
    found = [*line_actions(server, paper, begin), *standing_actions(server, paper, begin), *formula_actions(server, paper, begin)]
    if found or begin < end:
        found.append(command_for("Answer below", ANSWER, paper.uri, paper.version, begin, end))
        found.append(command_for("Check the lines of this document", CHECK, paper.uri))
    return [action for action in found if is_wanted(action, params.context.only)]


def is_wanted(action: lsp.CodeAction, only: Any) -> bool:
    """Whether an action is of one of the kinds that a client asks for, if it asks for any."""
    own = str(getattr(action.kind, "value", action.kind))
    return not only or any(own.startswith(str(getattr(kind, "value", kind))) for kind in only)


def line_actions(server: Service, paper: Paper, offset: int) -> list[lsp.CodeAction]:
    """What mends the checked line at an offset, and the steps that lead to it."""
    version, lines = server.lines.get(paper.uri, (None, []))
    line = over(lines, offset) if version == paper.version else None
    if line is None:
        return []
    found = [fix_action(server, paper, each) for each in fixes(line, paper.text)]
    if line["verdict"] in CHECKABLE:
        found.append(command_for("Insert the missing steps", FILL, paper.uri, paper.version, offset))
    return found


def fix_action(server: Service, paper: Paper, fix: Fix) -> lsp.CodeAction:
    return lsp.CodeAction(fix.title, QUICK, edit=server.edit(paper, fix.start, fix.end, fix.text), is_preferred=True)


def formula_actions(server: Service, paper: Paper, offset: int) -> list[lsp.CodeAction]:
    """What can be derived of the formula at an offset, and solved."""
    place = place_at(server, paper, offset)
    if place is None:
        return []
    try:
        possible = list(offers(place))
    except DerivtexError:  # the diagnostics say what is wrong
        return []
    data = {"uri": paper.uri, "version": paper.version, "start": place.start}
    actions = [lsp.CodeAction(each.title, REWRITE, data={**data, "options": each.options}) for each in possible]
    solving = [command_for(title, SOLVE, paper.uri, paper.version, place.start, wrt) for title, wrt in solvable(possible)]
    return [*with_edits(server, actions), *solving]


def standing_actions(server: Service, paper: Paper, offset: int) -> list[lsp.CodeAction]:
    """The derivation at an offset: between its marks refreshed, with marks and without them in the other layout."""
    data = {"uri": paper.uri, "version": paper.version, "start": offset}
    found = offered(paper.text, server.path_of(paper), paper.is_markdown, offset)
    if not found and (turn := turned(paper.text, paper.name, paper.is_markdown, offset)) is not None:
        found = [(f"Switch this derivation to {turn[0]} layout", TURN)]
    return with_edits(server, [lsp.CodeAction(title, REWRITE, data={**data, "standing": what}) for title, what in found])


def with_edits(server: Service, actions: list[lsp.CodeAction]) -> list[lsp.CodeAction]:
    """The actions as the client wants them: with their edits at once, or when one is chosen."""
    return actions if server.late else [action for action in map(server_edit(server), actions) if action.edit or action.disabled]


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
    paper = server.paper(data["uri"])
    if paper.version == data["version"] and "standing" in data:
        change = change_of(server, paper, data["start"], data["standing"])
        return server.edit(paper, change.start, change.end, change.text), change.word
    place = place_at(server, paper, data["start"])
    if place is None or paper.version != data["version"]:
        return None, CHANGED
    insertion = done(paper.text, place, data["options"], paper.is_markdown)
    return server.edit(paper, insertion.at, insertion.at, insertion.text), insertion.word


def change_of(server: Service, paper: Paper, offset: int, what: str) -> Change:
    """What an action does to the derivation at an offset. Raises DerivtexError."""
    turn = turned(paper.text, paper.name, paper.is_markdown, offset) if what == TURN else None
    return changed(paper.text, server.path_of(paper), paper.is_markdown, offset, what) if turn is None else turn[1]


def place_at(server: Service, paper: Paper, offset: int) -> Place | None:
    found = at(places(paper.text, paper.name), offset)
    return None if found is None else in_context(found)
