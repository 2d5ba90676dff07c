"""What a derivation is made of: steps in chains, and the result they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from derivtex.core.shapes import Shape, must_agree
from derivtex.core.terms import Term

if TYPE_CHECKING:
    from derivtex.operations.calculus import Derivative
    from derivtex.problem import Claim, Definition, Problem, Template
    from derivtex.rewriting.page import Rule


class Sentence(NamedTuple):
    """Words about terms: `Sentence("{} is invertible", (X,))`. The writer puts each term, set as mathematics, in place of a `{}`.

    Words may also contain mathematics between dollars; so may the reason of a rule.
    """

    words: str
    terms: tuple[Term, ...] = ()


class Equation(Term):
    """An equation that is to be solved: its two sides, and the part of them that it is to be solved for."""

    left: Term
    right: Term
    unknown: Term

    def conform(self) -> Shape:
        must_agree(self.left.shape, self.right.shape, "the sides of an equation differ in shape")
        return self.left.shape


class Step(NamedTuple):
    """One use of a rule: the whole formula before and after, and the place where it changed.

    pass_: steps of one pass belong to one move of a careful person; the number grows along the chain.
    assumes: what the use takes for granted, where no step before it did.
    """

    rule: Rule
    place: tuple[int, ...]
    before: Term
    after: Term
    pass_: int = 0
    assumes: tuple[Sentence, ...] = ()


class Certificate(NamedTuple):
    """What the numbers said about a step: confirmed or not, the relative error, and why where it could not be tried."""

    confirmed: bool
    error: float
    remark: str = ""
    refuted: bool = False


class Conclusion(NamedTuple):
    r"""What is read off the end of a chain, and the name it has from there on: `left = right = name`.

    Without a left, name = right: the gradient by a name of the author's, `\bar{h} = W^{T}y`. steps: how what stood beside the differential
    was written shortly.
    """

    left: Term | None
    right: Term
    name: Term
    steps: tuple[Step, ...] = ()


class Road(NamedTuple):
    """A way that was tried: which parts it names, how much there is to read with it, and whether it was taken."""

    named: tuple[Term, ...]
    marks: int
    taken: bool = False


@dataclass
class Chain:
    r"""A chain of equal formulas: `left = start = … = end`. left is what it is about, `Differential(\phi)`.

    leads_to: what its end was used for, before the next chain begins.
    """

    left: Term
    start: Term
    steps: list[Step] = field(default_factory=list)
    leads_to: tuple[Conclusion, ...] = ()

    @property
    def end(self) -> Term:
        return self.steps[-1].after if self.steps else self.start


@dataclass
class Derivation:
    """The whole derivation of one answer; every output is made from it.

    let: definitions introduced for it (`\\phi` for a bare target, a residual), before the chains.
    chains: for a gradient one; for a Hessian the gradient's and then the second differential's; one for each defined name that had to be
    collected. derivative: the left of the result (None for a differential as the answer); result: its right.
    opened: the result without derivtex's own names, for whoever has not read the lines; None where it has none of them.
    families: names with an index for members of sums, which the lines show in place of what they stand for.
    read_off: the derivative as it was read off the last line, and how it was written shortly: its end is the result. None for a differential.
    without_names: from the result to `opened`. Their steps are tried like all others and are no lines of their own.
    unnamed: the derivation without derivtex's names, for numbers that do not bear the names.
    where: definitions that the result uses and that derivtex introduced. here: what marks and functions in the lines mean.
    roads: the ways that were tried, with what there is to read in each.
    on_claims: the verdict on each of the author's claims (`checking.lines.Verdict`), when it has been checked.
    notes: what is said beside the result, of the structure of the variable or of a complex one. remarks: what is said after it.
    structure: how the structure of the variable was used (projected, constrained, ignore), complex: the convention of a complex derivative.
    certificates: as many as there are steps, chain by chain of `recorded`, when it has been checked; verdict: that of the result itself.
    """

    problem: Problem
    layout: str
    form: str
    order: int
    let: tuple[Definition, ...]
    chains: tuple[Chain, ...]
    derivative: Derivative | None
    result: Term
    where: tuple[Definition, ...] = ()
    assumptions: tuple[Sentence, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    here: tuple[Sentence, ...] = ()
    opened: Term | None = None
    read_off: Chain | None = None
    without_names: Chain | None = None
    unnamed: Derivation | None = None
    families: tuple[Template, ...] = ()
    notes: tuple[Sentence, ...] = ()
    roads: tuple[Road, ...] = ()
    on_claims: tuple[tuple[Claim, Any], ...] = ()
    structure: str = ""
    complex: str = ""
    certificates: tuple[tuple[Certificate, ...], ...] = ()
    verdict: Certificate | None = None

    @property
    def answer(self) -> Term:
        """The result without derivtex's own names."""
        return self.result if self.opened is None else self.opened

    @property
    def unfolded(self) -> Term:
        """The result with nothing in it that a definition of derivtex or of the author names."""
        found = self.answer
        for each in reversed((*self.problem.definitions, *self.let)):  # a later one may be of those before it
            found = found.replace({each.name: each.body})
        return found

    @property
    def recorded(self) -> tuple[Chain, ...]:
        """All that was done: the chains of the lines, and how what was read off their ends was written shortly."""
        named = (each for chain in self.chains for each in chain.leads_to if each.steps)
        concluded = [Chain(each.left or each.name, each.steps[0].before, list(each.steps)) for each in named]
        return (*self.chains, *concluded, *(end for end in (self.read_off, self.without_names) if end is not None))

    @property
    def steps(self) -> list[Step]:
        return [step for chain in self.recorded for step in chain.steps]

    @property
    def refutation(self) -> str | None:
        """What the numbers speak against, in words; None where they speak against nothing."""
        for chain, certificates in zip(self.recorded, self.certificates, strict=False):
            for number, certificate in enumerate(certificates):
                if certificate.refuted:
                    return f"the numbers speak against a step ({chain.steps[number].rule}): {certificate.remark}"
        if self.verdict is not None and self.verdict.refuted:
            return f"the numbers speak against the result: {self.verdict.remark}"
        return None

    @property
    def confirmed(self) -> bool:
        """Whether every step and the result were tried with numbers and held."""
        return bool(self.verdict and self.verdict.confirmed) and all(c.confirmed for chain in self.certificates for c in chain)


class Zeroed(NamedTuple):
    """A gradient that is set to zero. value: that of its variable, where there is one by itself; number: a number of the author's condition
    that stands for something, the λ of Au = λBu."""

    derivation: Derivation
    value: Term | None
    number: tuple[Term, Term] | None = None
