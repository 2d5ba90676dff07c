"""How long one piece of work may take: what the user said, or a usual time, shorter where an editor or a document waits."""

from __future__ import annotations

import os

from derivtex.core.errors import UsageError
from derivtex.core.session import Limits

USUAL = 10.0  # seconds, where nobody sits and waits: server, language server, filter, documents
AT_A_TERMINAL = 60.0  # and in Python


def limits(seconds: float | None = None, usual: float = USUAL) -> Limits:
    """The limits with these seconds (0 for any time), those of the variable DERIVTEX_LIMIT, or the usual ones. Raises UsageError."""
    if seconds is None:
        seconds = said_in_environment(usual)
    if not 0 <= seconds <= 1e6:
        raise UsageError(f"the limit cannot be {seconds:g} seconds", way_out="give seconds, or 0 for any time")
    return Limits(seconds)


def said_in_environment(usual: float) -> float:
    said = os.environ.get("DERIVTEX_LIMIT", "")
    try:
        return float(said) if said else usual
    except ValueError as error:
        raise UsageError(f"DERIVTEX_LIMIT cannot be {said}", way_out="give seconds, or 0 for any time") from error
