"""The languages in which a result is written as a function: each spells the same tree."""

from collections.abc import Callable

from derivtex.writing.code.targets.jax import Jax
from derivtex.writing.code.targets.julia import Julia
from derivtex.writing.code.targets.matlab import Matlab
from derivtex.writing.code.targets.python import NumPy
from derivtex.writing.code.targets.spelling import Spelling
from derivtex.writing.code.targets.torch import Torch

TARGETS: dict[str, Callable[[], Spelling]] = {"numpy": NumPy, "jax": Jax, "torch": Torch, "julia": Julia, "matlab": Matlab}

__all__ = ["TARGETS"]
