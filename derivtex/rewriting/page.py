r"""A page of rules: equations between terms, and the few that a pair of terms cannot say.

    inverse: d(X^{-1}) = -X^{-1} dX X^{-1}      given X invertible      source

A rule takes a term and returns another or None; it knows no places, steps or printing. Both sides of an equation are ordinary
terms with `Hole`s for what is open, of one shape, or the page cannot be imported. In an equation whose left side is a product, the
factors match any run of neighbours of a longer product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import Hole, Product
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.match import Binding, fill, fit


@dataclass(frozen=True, eq=False)
class Rule:
    """One thing that is known.

    name: a stable identifier. reason: the words in the margin. source: book and place.
    says: LaTeX of the statement where it cannot be made from the two sides.
    given: (property, hole) pairs that must follow from the declarations before the rule is used.
    needs: such pairs that are the domain of the equation; what does not follow becomes an assumption of the derivation.
    words: the reason for one use, where it names what the rule was used on.
    taken: what one use takes for granted, where a pattern cannot tell.
    quiet: too small to show by itself. rides: may share the move with what caused it.
    heads: types of term that it can fit; over: types of the term's first child that it can fit (none: any).
    """

    name: str
    page: str
    reason: str
    source: str
    apply: Callable[[Term], Term | None]
    heads: tuple[type, ...]
    over: tuple[type, ...] = ()
    left: Term | None = None
    right: Term | None = None
    says: str = ""
    given: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    quiet: bool = False
    rides: bool = False
    tried_on: tuple[Term, ...] = ()
    pattern: Term | None = None
    words: Callable[[Term], str] | None = None
    taken: Callable[[Term], list[tuple[str, Term]]] | None = None

    def __str__(self) -> str:
        return f"{self.page}/{self.name}"

    @property
    def domain(self) -> tuple[tuple[str, str], ...]:
        """All that must be true of the holes for the two sides to be equal."""
        return self.given + self.needs

    def assumes(self, term: Term) -> list[tuple[str, Term]]:
        """What a use of the rule on this term takes for granted: (property, term) pairs that do not follow by themselves."""
        if self.taken is not None:
            return [(name, part) for name, part in self.taken(term) if not holds(name, part)]
        pattern = self.left if self.left is not None else self.pattern
        found = fit((pattern,), (term,)) if self.needs and pattern is not None else None
        if found is None:
            return []
        return [(name, found.terms[hole]) for name, hole in self.needs if not holds(name, found.terms[hole])]

    def instances(self) -> Iterator[tuple[Term, Term]]:
        """Pairs of equal terms with which the rule can be tested: its own sides, or the examples it was tried on."""
        if self.left is not None:
            yield self.left, self.right
        for term in self.tried_on:
            after = self.apply(term)
            if after is None:
                raise AssertionError(f"{self} does not fit its own example {term!r}")
            yield term, after


class Page:
    """Rules in order of priority, found by the type of the term they fit.

    settled: the mark that a term bears when none of the rules fits it or a part of it; none on the pages of one problem (not `lasting`),
    which would leave marks on terms that outlive them.
    """

    def __init__(self, name: str, lasting: bool = True):
        self.name = name
        self.settled = f"_settled: {name}" if lasting else ""
        self.rules: list[Rule] = []
        self._fitting: dict[tuple[type, type | None], list[Rule]] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def add(self, rule: Rule) -> Rule:
        if any(known.name == rule.name for known in self.rules):
            raise ValueError(f"{rule} stands twice on its page")
        self.rules.append(rule)
        self._fitting.clear()
        return rule

    def fitting(self, term: Term) -> list[Rule]:
        """The rules that can fit a term of this type over a first child of that type."""
        key = type(term), type(term.children[0]) if term.children else None
        found = self._fitting.get(key)
        if found is None:
            found = [rule for rule in self.rules if key[0] in rule.heads and (not rule.over or key[1] in rule.over)]
            self._fitting[key] = found
        return found

    @classmethod
    def together(cls, name: str, *pages: Page) -> Page:
        """Pages bound into one, in this order of priority, so that they are gone through at once."""
        bound = cls(name)
        bound.rules = [rule for page in pages for rule in page.rules]
        return bound

    def first(self, term: Term) -> tuple[Rule, Term] | None:
        """The first rule that fits, with what it makes of the term."""
        for rule in self.fitting(term):
            new = rule.apply(term)
            if new is not None:
                return rule, new
        return None

    def states(self, name: str, left: Term, right: Term, *, reason: str, cite="", given=(), needs=(), quiet=False, rides=False) -> Rule:
        """An equation, used from left to right. given, needs: (property, name of a hole) pairs."""
        if left.shape != right.shape:
            raise ShapeError(f"the sides of the rule {name} differ in shape")
        wanted = tuple(given)

        def apply(term: Term) -> Term | None:
            return use_equation(left, right, wanted, term)

        first = left.children[0] if left.children and type(left) is not Product else None
        over = () if first is None or type(first) is Hole else (type(first),)
        return self.add(Rule(name, self.name, reason, cite, apply, (type(left),), over, left, right, "", wanted, tuple(needs), quiet, rides))

    def by_hand(self, name: str, *heads: type, over=(), reason: str, says: str, tried_on=(), cite: str = "", quiet=False, rides=False,
                pattern: Term | None = None, needs=(), words: Callable[[Term], str] | None = None,
                taken: Callable[[Term], list[tuple[str, Term]]] | None = None):  # fmt: skip
        """A decorator for a function from a term to a term or None. needs: as in `states`, of the holes in the pattern."""
        over = over if isinstance(over, tuple) else (over,)

        def register(apply: Callable[[Term], Term | None]) -> Rule:
            rule = Rule(name, self.name, reason, cite, apply, heads, over, says=says, needs=tuple(needs), quiet=quiet, rides=rides,
                        tried_on=tuple(tried_on), pattern=pattern, words=words, taken=taken)  # fmt: skip
            return self.add(rule)

        return register


def use_equation(left: Term, right: Term, given, term: Term) -> Term | None:
    """The right side for what the left side fits, the whole term or a run of a product's factors."""
    def allowed(found: Binding | None) -> bool:
        return found is not None and all(holds(name, found.terms[hole]) for name, hole in given)

    if type(left) is Product and type(term) is Product and len(term.factors) > len(left.factors):
        width = len(left.factors)
        for at in range(len(term.factors) - width + 1):
            run = fit(left.factors, term.factors[at : at + width])
            if allowed(run):
                return Product((*term.factors[:at], fill(right, run), *term.factors[at + width :]))
        return None
    found = fit((left,), (term,))
    return fill(right, found) if allowed(found) else None
