"""The code of a result in each language, called with the same values: what it answers beside what NumPy and the certificate say.

PyTorch and JAX run in the process (`pip install derivtex[targets]`), Octave and Julia as programs, which get all calls in one file.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import scipy.linalg

from derivtex.checking.examples import points
from derivtex.checking.values import Point
from derivtex.checking.verdict import domain_of
from derivtex.operations import Index, Symbol
from derivtex.steps import Derivation
from derivtex.writing.code.program import Program, argument_names, program
from derivtex.writing.code.targets import TARGETS

OPEN = ("", "d", "d2")  # before the name of a function that was left open: itself, its derivatives
SINES: dict[str, tuple[str, ...]] = {  # what is handed in for it
    "torch": ("torch.sin", "torch.cos", "lambda z: -torch.sin(z)"), "jax": ("jnp.sin", "jnp.cos", "lambda z: -jnp.sin(z)"),
    "numpy": ("np.sin", "np.cos", "lambda z: -np.sin(z)"),
    "matlab": ("@sin", "@cos", "@(z) -sin(z)"), "julia": ("sin", "cos", "z -> -sin(z)"),
}  # fmt: skip


SHOW = r"""1;
function show(r)
    printf('%d ', size(r)); printf('%.17g ', real(full(r))); printf('%.17g ', imag(full(r))); printf('\n');
end"""


class Call(NamedTuple):
    """A function with the values of its arguments: arrays, numbers, orders of open functions; and the value that was confirmed there."""

    program: Program
    values: tuple[Any, ...]
    wanted: Any

    @property
    def is_open(self) -> bool:
        """Whether a function is handed in: the certificate had another one."""
        return any(isinstance(value, Order) for value in self.values)

    def source(self, language: str) -> str:
        return TARGETS[language]().source(self.program)


class Order(int):
    """Which derivative of a function that was left open stands in the place of an argument."""


def calls(derivation: Derivation, most: int = 1, by_solving: bool = False) -> list[Call]:
    """The function at some points of the certificate, with the value that was confirmed there."""
    return calls_at(derivation, confirmed_at(derivation, most), by_solving)


def calls_at(derivation: Derivation, places: list[tuple[Point, Any]], by_solving: bool) -> list[Call]:
    """The function at points for which the confirmed values are known."""
    written = program(derivation, by_solving=by_solving)
    return [Call(written, arguments(derivation, written, point), wanted) for point, wanted in places]


def confirmed_at(derivation: Derivation, most: int) -> list[tuple[Point, Any]]:
    """Some points of the certificate, with the value of the result there."""
    found: list[tuple[Point, Any]] = []
    with np.errstate(all="ignore"):
        for point in islice(points(domain_of(derivation)), 40):
            try:
                wanted = point.of(derivation.result)
            except (ValueError, LookupError):
                continue
            if len(found) < most and not point.has_size_one and not point.stand_ins:
                found.append((point, wanted))
    return found


def arguments(derivation: Derivation, written: Program, point: Point) -> tuple[Any, ...]:
    """The point's values for the parameters of a function, in the shapes that its documentation says."""
    names = argument_names(derivation)
    changes = {names[f"d{leaf.name}"] for leaf in point.increments if f"d{leaf.name}" in names}
    given: list[Any] = []
    for name, leaf in written.arguments:
        if isinstance(leaf, Index):
            given.append(point.indices[leaf] - 1)
        elif isinstance(leaf, Symbol):
            value = (point.increments if name in changes else point.values)[leaf]
            shaped = {"vector": np.ravel, "row": np.atleast_2d, "matrix": np.atleast_2d}.get(leaf.kind, np.asarray)
            given.append(np.array(shaped(value) if leaf.family is None else value))
        elif name in point.sizes:
            given.append(point.sizes[name])
        else:
            given.append(Order(next(order for order in (2, 1, 0) if name.startswith(OPEN[order]) and name != OPEN[order])))
    return tuple(given)


def in_python(language: str, each: Call) -> np.ndarray:
    """What NumPy, PyTorch or JAX answer."""
    space: dict[str, Any] = {"np": np, "scipy": scipy}
    source = each.source(language)
    exec(source, space)
    head = each.program.head
    opened = [eval(text, space) for text in SINES[language]]
    return np.asarray(space[head](*(opened[value] if isinstance(value, Order) else TAKEN[language](value) for value in each.values)))


def tensor(value: Any) -> Any:
    import torch

    return torch.tensor(value) if isinstance(value, np.ndarray) else value


TAKEN: dict[str, Callable[[Any], Any]] = {"numpy": lambda value: value, "jax": lambda value: value, "torch": tensor}


def in_octave(calls: list[Call]) -> list[np.ndarray | str]:
    """What Octave answers, a vector as a column; the message where it refuses."""
    lines = [SHOW]
    for at, each in enumerate(calls):
        lines.append(each.source("matlab").replace(f"result = {each.program.head}(", f"result = f{at}(", 1))
        values = ", ".join(SINES["matlab"][value] if isinstance(value, Order) else in_matlab(value) for value in each.values)
        lines.append(f"try; show(f{at}({values})); catch e; disp(strrep(e.message, \"\\n\", ' ')); end")
    command = ["octave-cli", "--no-init-file", "--quiet", "--eval", "source('/dev/stdin')"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    return [answered(line) for line in done.stdout.splitlines()]


def in_matlab(value: Any) -> str:
    """A number or an array in MATLAB: all entries by columns, and the shape."""
    if not isinstance(value, np.ndarray) or not value.ndim:
        return entry(value)
    shape = [*value.shape, 1] if value.ndim == 1 else value.shape
    return f"reshape([{' '.join(map(entry, value.ravel(order='F')))}], {', '.join(map(str, shape))})"


def entry(value: Any) -> str:
    number = complex(value)
    return repr(number.real) if number.imag == 0 else f"complex({number.real!r},{number.imag!r})"


def answered(line: str) -> np.ndarray | str:
    """The array in a line of sizes, real parts and imaginary parts."""
    try:
        rows, columns, *entries = line.split()
        shape, half = (int(rows), int(columns)), len(entries) // 2
        values = np.array([float(each) for each in entries])
        return (values[:half] + 1j * values[half:]).reshape(shape, order="F")
    except ValueError:
        return line
