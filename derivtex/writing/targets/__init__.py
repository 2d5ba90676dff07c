"""The languages in which a result is written as a function: each spells the same tree."""

from derivtex.writing.targets.jax import Jax
from derivtex.writing.targets.julia import Julia
from derivtex.writing.targets.matlab import Matlab
from derivtex.writing.targets.python import NumPy
from derivtex.writing.targets.torch import Torch

TARGETS = {"numpy": NumPy, "jax": Jax, "torch": Torch, "julia": Julia, "matlab": Matlab}

__all__ = ["TARGETS"]
