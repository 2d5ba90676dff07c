"""derivtex: the derivative of a matrix expression in LaTeX, with its derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError

if TYPE_CHECKING:
    from derivtex.interface import Answer, Report, check, derive

__version__ = "0.1.0"
__all__ = ["Answer", "DerivtexError", "Report", "check", "derive"]


def __getattr__(name: str) -> object:
    """The interface is loaded when it is first used, so that importing the package costs next to nothing."""
    if name in ("Answer", "Report", "check", "derive"):
        from derivtex import interface

        return getattr(interface, name)
    raise AttributeError(f"module 'derivtex' has no attribute {name!r}")
