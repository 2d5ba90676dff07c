"""The language server: `derivtex lsp`. Diagnostics, code actions, hover, completion, outline and colours for whatever editor speaks the protocol.

papers     the open documents, their rows and columns as the protocol counts them
places     where the formulas of a document stand, and what is said beside them
offers     what can be done at a place, and the text that doing it writes
standing   the derivations between their marks: refreshed, in the other layout
lines      the checked lines, what mends one and what leads to one
completion, outline, marking  what could stand there; what is defined and derived; the names in colour, with their shapes
showing    these, as the protocol has them
actions, commands  what the editor offers, and what it does when that takes its time
server     what is kept of documents, and how findings are shown
service    the protocol [pygls]
"""

import sys

from derivtex.core.errors import UsageError

HAND_OVER = 0.001  # seconds after which the thread that checks lines lets the one go on that answers


def serve() -> None:
    """Speak the protocol on standard input and output until the client says goodbye."""
    try:
        from derivtex.faces.lsp.service import service
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed", way_out="pip install 'derivtex[lsp]'") from error
    sys.setswitchinterval(HAND_OVER)
    service().start_io()
