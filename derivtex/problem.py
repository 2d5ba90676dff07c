"""What reading hands on: the problem, in terms, with the author's spelling beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from derivtex.core.errors import DerivtexError, NoEntries, Source, Span
from derivtex.core.terms import Term
from derivtex.operations.leaves import Symbol


@dataclass
class Spelling:
    r"""The author's marks, where they are not the usual ones.

    marks: the mark for an operation, by its card's name (`{"Trace": r"{\rm Tr}", "Transpose": r"\top", "Inner": ":"}`).
    differential: how the d of a differential is set (`d`, `\mathrm{d}`). partial: the mark of a derivative (`\partial`, `d`).
    names: what an author's macro stands for is read, but the macro is printed; symbols carry the author's LaTeX themselves.
    own: the macros that the author defines, which can be printed wherever their document is.
    powers: the variables that are a power of a name, `\sigma^{2}`, with that name and the exponent.
    above: the families whose index is written above, `x^{(i)}`, with the brackets round it.
    """

    marks: dict[str, str] = field(default_factory=dict)
    differential: str = "d"
    partial: str = r"\partial"
    own: frozenset[str] = frozenset()
    powers: dict[str, tuple[str, int]] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)

    def mark(self, card: type[Term] | str, usual: str = "") -> str:
        """The author's mark for a card, or the usual one."""
        return self.marks.get(card if isinstance(card, str) else card.__name__, usual)


class Definition(NamedTuple):
    """`f = XW + b`: the name stands for the body and is kept in the derivation.

    equation: the sides of the author's equation where the name is given by one, `AP + PA^T = C`; the body is then its solution.
    """

    name: Symbol
    body: Term
    span: Span | None = None
    equation: tuple[Term, Term] | None = None

    @property
    def sides(self) -> tuple[Term, Term]:
        """What is printed: the equation that gives the name, or the name and what it stands for."""
        if self.equation is not None:
            return self.equation
        return self.body.equation(self.name) if hasattr(self.body, "equation") else (self.name, self.body)

    def changed(self, change: Callable[[Term], Term]) -> Definition:
        """The definition with all its terms changed."""
        equation = None if self.equation is None else (change(self.equation[0]), change(self.equation[1]))
        return self._replace(name=cast(Symbol, change(self.name)), body=change(self.body), equation=equation)


class Template(NamedTuple):
    """`r_i = y_i - w^T x_i`, a name for each value of its indices; the formulas of a problem have what it stands for.

    indices: the scalar symbols that hold their places in the forms. forms: what it stands for, and other ways of writing that.
    """

    name: str
    indices: tuple[Symbol, ...]
    forms: tuple[Term, ...]

    @property
    def body(self) -> Term:
        """What it stands for, as the author wrote it."""
        return self.forms[0]


class FunctionDefinition(NamedTuple):
    """`g(t) = t / (1 + e^{-t})`, a scalar function that acts on every entry. `body` is in terms of `argument`, a scalar symbol."""

    name: str
    argument: Symbol
    body: Term
    span: Span | None = None


class Claim(NamedTuple):
    """A line that the author asserts: `left relation right`, with the LaTeX as it was typed.

    words: what leads up to it, in small letters. where: the indices of which it is said, as (i, =, j) or (i, \\ne, j).
    note: what was done to read it. at: names with what they are where the sides are taken, `\\nabla f(x)|_{x=a}`.
    """

    left: Term
    relation: str
    right: Term
    latex: str
    span: Span | None = None
    words: str = ""
    where: tuple[tuple[str, str, str], ...] = ()
    note: str = ""
    at: tuple[tuple[Term, Term], ...] = ()


SHORT = "short"
READING = "reading"


class Mend(NamedTuple):
    """A line that does not conform with one part changed, so that it does: what kind of change, the part as it was typed, and the claim.

    The kind is SHORT where nothing is changed, and the claim says at length what the line may be short for; it is READING where the
    claim is what the line says if the part, a sentence, is so.
    """

    kind: str
    part: str
    claim: Claim


class Fault(NamedTuple):
    """An asserted line whose sides do not conform or cannot be read: its LaTeX and what is wrong with it, with the error's code.

    span: the line's place; at: the part of it that is to blame, where that is known.
    defines: the name that the line was to define, of which nothing is then known. mends: what may have been meant.
    certain: whether all names in it are what they are beyond doubt, so that sides that do not conform are the author's mistake.
    doubt: what else speaks against that.
    declared: whether the sizes of all names in the part to blame are told in the section of the line.
    hopeless: whether it conforms for no kinds of its names, though what they are is not told.
    open: whether the kind of a name, or a size, that nothing but this line tells could be otherwise; strict: whether it takes names that are
    declared to be certain.
    """

    latex: str
    message: str
    span: Span | None = None
    code: str = "dimensions"
    certain: bool = False
    doubt: str = ""
    at: Span | None = None
    defines: str = ""
    mends: tuple[Mend, ...] = ()
    open: bool = False
    strict: bool = False
    declared: bool = False
    hopeless: bool = False

    @classmethod
    def of(cls, latex: str, error: DerivtexError, span: Span | None) -> Fault:
        """The fault that an error makes of a line."""
        doubts = isinstance(error, NoEntries), getattr(error, "open", False)
        return cls(latex, error.message, span or error.span, error.code, at=error.span, open=doubts[0], strict=doubts[1])


class Untried(NamedTuple):
    r"""An asserted line with a relation that numbers do not decide: `f \approx x^T A x`, `W \leftarrow W - G`; or one of which the reason says
    why it is not tried."""

    latex: str
    relation: str
    span: Span | None = None
    reason: str = ""


@dataclass
class Problem:
    """A formula with all that is known about it.

    symbols: every declared or guessed name, by its LaTeX, in order of appearance (defined names too).
    definitions: in an order in which each uses only earlier ones.
    target: the symbol of a definition, or the bare expression. wrt: the variables (symbols; members or entries).
    templates: names with indices, which the formulas have written out.
    conditions: what the author says of names that nothing defines, which they have as properties.
    claims: what the author asserts besides the definitions; faults: asserted lines that do not conform.
    constraints: equations about the variables that are to hold where a stationary point is looked for.
    arguments: the names in brackets behind the target, as w and λ of `L(w, \\lambda)`.
    by_vec: whether the derivative of a number is asked by vec(X), not by X.
    given: what came before in time, `h_{t-1}`, with what is made of it, `h_t`: it is held, though it may depend on the variable as well.
    guesses: sentences about what was assumed and could have been otherwise.
    layout: the layout of derivatives that the words say is used, where they do.
    apart: why lines could not be read with their section, where it is that of one paragraph alone: what they say is then not certain.
    """

    source: Source
    symbols: dict[str, Symbol]
    definitions: tuple[Definition, ...]
    functions: dict[str, FunctionDefinition]
    target: Term
    wrt: tuple[Term, ...]
    order: int = 1
    claims: tuple[Claim, ...] = ()
    faults: tuple[Fault, ...] = ()
    guesses: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()
    spelling: Spelling = field(default_factory=Spelling)
    templates: tuple[Template, ...] = ()
    conditions: tuple[Claim, ...] = ()
    asked: bool = True
    by_vec: bool = False
    constraints: tuple[Claim, ...] = ()
    arguments: tuple[Symbol, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    apart: tuple[Fault, ...] = ()
    layout: str = ""

    def body(self, name: Term) -> Term | None:
        """What a defined name stands for."""
        return next((d.body for d in self.definitions if d.name is name), None)
