"""derivtex: the derivative of a matrix expression in LaTeX, with its derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError

if TYPE_CHECKING:
    from derivtex.answering.answers import Reply, answer
    from derivtex.answering.solutions import Solved, solve
    from derivtex.interface import Answer, Report, check, derive

__version__ = "0.1.0"
__all__ = ["Answer", "DerivtexError", "Reply", "Report", "Solved", "answer", "check", "derive", "solve"]
ELSEWHERE = {
    "Reply": "derivtex.answering.answers", "answer": "derivtex.answering.answers",
    "Solved": "derivtex.answering.solutions", "solve": "derivtex.answering.solutions",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """The interface is loaded when it is first used, so that importing the package costs next to nothing."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(ELSEWHERE.get(name, "derivtex.interface")), name)
    raise AttributeError(f"module 'derivtex' has no attribute {name!r}")
