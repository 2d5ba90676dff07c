"""Spelling a tree in a language: what all languages share, the order in which operators bind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import NotDerivable
from derivtex.writing.code.nodes import Node, dotted

if TYPE_CHECKING:
    from derivtex.writing.code.program import Program

LOOSEST, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)
LEVELS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "@": PRODUCT, "%": PRODUCT, "**": POWER}


class Spelling(ABC):
    """One language. A subclass says how functions, operators, vectors and the frame of a function are spelled.

    functions: a template for each function of NumPy, with {0}, {1} for its arguments and {name} for named ones; None where there is none.
    """

    language = ""
    functions: dict[str, str] = {}

    @abstractmethod
    def source(self, program: Program) -> str:
        """A program as the text of a function."""

    def text(self, node: Node, level: int = LOOSEST) -> str:
        """A node, in brackets where it holds less tightly than its place asks for."""
        spelled, own = getattr(self, f"spell_{node.kind}")(*node.parts, node=node)
        return spelled if own >= level else f"({spelled})"

    def spell_name(self, text: str, node: Node) -> tuple[str, int]:
        return text, ATOM

    def spell_literal(self, text: str, node: Node) -> tuple[str, int]:
        return text, SIGN if text.startswith("-") else ATOM

    def spell_minus(self, of: Node, node: Node) -> tuple[str, int]:
        is_vector = of.is_text("infix", "@") and of.rank == 1 and 2 in (of.parts[1].rank, of.parts[2].rank)
        text = self.text(of, ATOM if is_vector else PRODUCT)  # -A @ x would be made of a copy of A
        return f"-{text}", PRODUCT

    def spell_choice(self, condition: Node, value: Node, zero: Node, node: Node) -> tuple[str, int]:
        """A value where a condition holds, else zero; the value is not computed there."""
        raise self.lacks("a term that a condition excludes")

    def spell_infix(self, mark: str, left: Node, right: Node, node: Node) -> tuple[str, int]:
        return self.between(self.mark(mark, left, right), LEVELS.get(mark, LOOSEST), left, right)

    def mark(self, mark: str, left: Node, right: Node) -> str:
        """The operator as the language has it."""
        return mark

    def between(self, mark: str, level: int, left: Node, right: Node) -> tuple[str, int]:
        """Two nodes with an operator; a power binds to the right, a multiple of a product of matrices needs no brackets."""
        if level == POWER:
            return f"{self.text(left, ATOM)} {mark} {self.text(right, POWER)}", POWER
        multiple = mark == "*" and left.rank == 0 and right.is_text("infix", "@") and right.rank == 2
        return f"{self.text(left, level)} {mark} {self.text(right, level if multiple else level + 1)}", level

    def spell_call(self, function: Node, *values: Node, node: Node) -> tuple[str, int]:
        name = dotted(function)
        special = getattr(self, f"call_{name.rpartition('.')[2]}", None) if "." in name else None
        if special is not None:
            return special(*values, node=node), ATOM
        plain = [self.text(value) for value in values if value.kind != "named"]
        named = {value.parts[0]: self.text(value.parts[1]) for value in values if value.kind == "named"}
        if "." not in name:
            return self.handed_in(name, plain, node), ATOM
        return self.known_call(name, plain, named, node), ATOM

    def handed_in(self, name: str, values: list[str], node: Node) -> str:
        """A call of a function that is an argument."""
        return f"{name}({', '.join(values)})"

    def known_call(self, name: str, plain: list[str], named: dict[str, str], node: Node) -> str:
        template = self.functions.get(name)
        if template is None:
            raise self.lacks(name)
        return template.format(*plain, **named)

    def lacks(self, what: str) -> NotDerivable:
        return NotDerivable(f"there is no {self.language} code for {what}", way_out="ask for --format numpy, or for the LaTeX")

    def listed(self, *values: Node) -> str:
        return ", ".join(map(self.text, values))

    def axis(self, values: tuple[Node, ...]) -> int | None:
        """The axis that is named in a call."""
        found = next((value.parts[1] for value in values if value.is_text("named", "axis")), None)
        return None if found is None else int(found.parts[0])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("spell_"):
            raise self.lacks(f"a {name.removeprefix('spell_')}")
        raise AttributeError(name)
