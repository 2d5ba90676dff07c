"""Python with NumPy, and what PyTorch and JAX share with it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from derivtex.writing.code.nodes import Node, dotted
from derivtex.writing.code.targets.spelling import ATOM, LOOSEST, SUM, Spelling

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

WIDTH = 100


class Python(Spelling):
    """Functions, loops and documentation as Python has them."""

    imports: tuple[str, ...] = ()
    array = "an array"
    routines: dict[str, str] = {}  # what the library lacks, as functions that are written before

    def source(self, program: Program) -> str:
        """The imports and the function."""
        self.program = program
        lines = [f"def {program.head}({', '.join(argument.name for argument in program.arguments)}):"]
        body = [f"{name} = {self.text(node)}" for name, node in program.statements]
        body.append(f"return {self.text(program.result)}")
        lines += [f"    {line}".rstrip() for line in [*self.documentation(program), *body]]
        called = {dotted(node.parts[0]) for _, root in self.everything() for node in root.walk() if node.kind == "call"}
        written = [f"{text}\n\n" for name, text in self.routines.items() if name in called]
        return "\n".join([*self.imports, *([""] * 2 if self.imports else []), *written, *lines]) + "\n"

    def documentation(self, program: Program) -> list[str]:
        """The docstring, line by line: raw where it contains LaTeX."""
        said = program.documentation
        lines = [*textwrap.wrap(said.computes, WIDTH, break_long_words=False, break_on_hyphens=False), ""]
        lines += [f"{argument.name}: {argument.shape or self.told(argument.name)}" for argument in program.arguments]
        lines.append(f"Returns {said.returns}.")
        lines += [f"Assumes: {sentence.rstrip('.')}." for sentence in said.assumes]
        text = "\n".join(lines)
        lines = text.replace('"""', "''' ").split("\n")
        start = 'r"""' if "\\" in text else '"""'
        return [f"{start}{lines[0]}", *lines[1:], '"""']

    def told(self, name: str) -> str:
        """What an argument is that stands for no symbol."""
        callables = {dotted(node.parts[0]) for _, root in self.everything() for node in root.walk() if node.kind == "call"}
        return "a function" if name in callables else "a size"

    def everything(self) -> list[tuple[str, Node]]:
        return [*self.program.statements, ("", self.program.result)]

    def spell_column(self, of: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(of, ATOM)}[:, None]", ATOM

    def spell_row(self, of: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(of, ATOM)}[None, :]", ATOM

    def spell_cell(self, of: Node, node: Node) -> tuple[str, int]:
        return f"np.reshape({self.text(of)}, (1, 1))", ATOM

    def spell_attribute(self, of: Node, name: str, node: Node) -> tuple[str, int]:
        return f"{self.text(of, ATOM)}.{name}", ATOM

    def spell_infix(self, mark: str, left: Node, right: Node, node: Node) -> tuple[str, int]:
        """A flat vector beside a matrix is a row by itself."""
        if mark in "+-*/" and right.kind == "row" and left.rank == 2:
            right = right.parts[0]
        return super().spell_infix(mark, left, right, node)

    def spell_size(self, of: Node, axis: Node, node: Node) -> tuple[str, int]:
        return f"len({self.text(of)})" if of.rank == 1 else f"{self.text(of, ATOM)}.shape[{self.text(axis)}]", ATOM

    def spell_item(self, of: Node, *keys: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(of, ATOM)}[{self.listed(*keys)}]", ATOM

    def spell_slice(self, *ends_of: Node, node: Node) -> tuple[str, int]:
        ends = ["" if end.is_text("literal", "None") else self.text(end, SUM) for end in ends_of]
        return ":".join(ends), ATOM

    def spell_list(self, *values: Node, node: Node) -> tuple[str, int]:
        return f"[{self.listed(*values)}]", ATOM

    def spell_tuple(self, *values: Node, node: Node) -> tuple[str, int]:
        return f"({self.listed(*values)}{',' if len(values) == 1 else ''})", ATOM

    def spell_named(self, name: str, value: Node, node: Node) -> tuple[str, int]:
        return f"{name}={self.text(value)}", ATOM

    def spell_choice(self, condition: Node, value: Node, zero: Node, node: Node) -> tuple[str, int]:
        return f"{self.text(value, SUM)} if {self.text(condition)} else {self.text(zero)}", LOOSEST

    def spell_repeat(self, mark: str, body: Node, index: Node, first: Node, last: Node, node: Node) -> tuple[str, int]:
        span = self.text(last) if first.is_text("literal", "0") else self.listed(first, last)
        loop = f"{self.text(body)} for {self.text(index)} in range({span})"
        return (f"sum({loop})" if mark == "sum" else self.product(loop)), ATOM

    def spell_lambda(self, mark: str, body: Node, argument: Node, node: Node) -> tuple[str, int]:
        return f"lambda {self.text(argument)}: {self.text(body)}", ATOM

    def product(self, loop: str) -> str:
        """The product of what a loop gives."""
        return f"np.prod([{loop}])"


class NumPy(Python):
    """NumPy: every function by the name that it has."""

    language = "NumPy"

    def known_call(self, name: str, plain: list[str], named: dict[str, str], node: Node) -> str:
        return f"{name}({', '.join([*plain, *(f'{key}={value}' for key, value in named.items())])})"
