"""Checking with numbers. What is asked for is imported when it is asked for: deriving without checking does not load NumPy.

Where NumPy is not installed, the import of this room is a UsageError with the way out.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from derivtex.core.errors import UsageError

if find_spec("numpy") is None:
    raise UsageError(
        "this needs NumPy, which is not here",
        way_out='pip install numpy; a derivation alone needs none: --no-check, check=False in Python, "check": false in a request',
    )

ROOMS = {
    "confirm": "verdict",
    "value": "values",
    "Point": "values",
    "example": "examples",
    "confirm_rule": "equations",
    "check_lines": "lines",
}
__all__ = ["confirm", "value", "Point", "example", "confirm_rule", "check_lines"]


def __getattr__(name: str) -> Any:
    if name not in ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"derivtex.checking.{ROOMS[name]}"), name)
