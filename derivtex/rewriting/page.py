r"""A page of rules: equations between terms, and the few that a pair of terms cannot say.

    inverse: d(X^{-1}) = -X^{-1} dX X^{-1}      given X invertible      source

A rule takes a term and returns another or None; it knows no places, steps or printing. Both sides of an equation are ordinary
terms with `Hole`s for what is open, of one shape, or the page cannot be imported. In an equation whose left side is a product, the
factors match any run of neighbours of a longer product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple, TypedDict

from derivtex.core.errors import ShapeError
from derivtex.core.session import UNLIMITED, current, own_session
from derivtex.core.terms import Term, bits_of
from derivtex.rewriting.builds import FIRST, PART, SCALARS, Asked, Fitting, at_least
from derivtex.rewriting.conditions import holds
from derivtex.rewriting.equation import Condition, Conditions, Equation, of_condition
from derivtex.rewriting.instances import examples
from derivtex.rewriting.match import fit


class Why(Enum):
    """Why a rule is a function: what no pair of terms can say. Whoever adds a kind has tried an equation first."""

    NUMBERS = "it calculates with numbers: what it makes depends on their values"
    GRID = "a block matrix has as many rows and columns as it has"
    FLAT = "it puts all parts of a sum or a product in order at once, however deep they stand"
    TOGETHER = "it looks for parts that belong together wherever they stand, and compares them by their normal forms"
    WORTH = "it is used only where the formula gets shorter or a differential comes nearer, which is counted"
    FUNCTION = "it is true of any function of a matrix or a scalar, whose name or order of derivative it changes"
    INDICES = "what depends on an index is rebuilt part by part, with a letter or a place of its own"
    EQUATION = "it is a step in solving an equation, which has any number of terms on either side of the unknown"
    NAMES = "what the names of one problem stand for is known when that problem is"


class Lemma(NamedTuple):
    """Why a rule is true, in a line or two, and the equations that it rests on, which are tried with numbers like a rule's own.

    In the words @ stands for what the rule is used on.
    """

    words: str
    equations: tuple[tuple[Term, Term], ...]


@dataclass(frozen=True, eq=False)
class Rule:
    """One thing that is known.

    name: a stable identifier. reason: the words in the margin. source: book and place.
    says: LaTeX of the statement where it cannot be made from the two sides.
    given: (property, hole) pairs that must follow from the declarations before the rule is used.
    needs: such pairs that are the domain of the equation; what does not follow becomes an assumption of the derivation.
    words: the reason for one use, where it names what the rule was used on. worth: where an equation is used, of all places where it is true.
    taken: what one use takes for granted, where a pattern cannot tell.
    lemma: why it is true, where that is what a reader may come for.
    hint: what a student asks at its line: why the trace, why the order stays.
    why: what keeps it from being an equation.
    quiet: too small to show by itself. rides: may share the move with what caused it.
    heads: types of term that it can fit; over: types of the term's first child that it can fit (none: any); wants: types that all have to be
    among the term's children; has: types of which one has to occur somewhere in the term.
    scalars, least: how many children have to be scalars, and how many there have to be. equation: what its pattern asks of a term besides.
    """

    name: str
    page: str
    reason: str
    source: str
    apply: Callable[..., Term | None]
    heads: tuple[type, ...]
    over: tuple[type, ...] = ()
    left: Term | None = None
    right: Term | None = None
    says: str = ""
    given: tuple[Condition, ...] = ()
    needs: tuple[Condition, ...] = ()
    quiet: bool = False
    rides: bool = False
    tried_on: tuple[Term, ...] = ()
    pattern: Term | None = None
    words: Callable[[Term], str] | None = None
    taken: Callable[[Term], list[tuple[str, Term]]] | None = None
    wants: frozenset[type[Term]] = frozenset()
    lemma: Lemma | None = None
    hint: str = ""
    has: tuple[type[Term], ...] = ()
    scalars: int = 0
    least: int = 0
    equation: Equation | None = None
    why: Why | None = None
    worth: Callable[[Term], bool] | None = None

    def __str__(self) -> str:
        return f"{self.page}/{self.name}"

    def but(self, **parts: Any) -> Rule:
        """It with something changed."""
        new = object.__new__(Rule)
        new.__dict__.update(self.__dict__, **parts)
        return new

    @cached_property
    def asked(self) -> Asked:
        """What it asks of how a term is built, for it to be tried."""
        own, equation = PART.of(self.wants) | at_least(self.scalars, SCALARS) | at_least(self.least), self.equation
        every, either = (own, ()) if equation is None else (own | equation.built.every, equation.built.either)
        groups = [group for group in (bits_of(self.has), FIRST.of(self.over), *either) if group]
        alone = [group for group in groups if not group & (group - 1)]
        return Asked(reduce(or_, alone, every), tuple(group for group in groups if group not in alone))

    @property
    def domain(self) -> tuple[Condition, ...]:
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
        needed = [(name, of_condition(part, found)) for name, part in self.needs]
        return [(name, part) for name, part in needed if not holds(name, part)]

    def instances(self) -> Iterator[tuple[Term, Term]]:
        """Pairs of equal terms with which the rule can be tested: its own sides, or the examples it was tried on."""
        if self.left is not None and self.right is not None and not self.tried_on:
            yield from examples(self.left, self.right, self.given)
        for term in self.tried_on:
            after = self.apply(term)
            if after is None:
                raise AssertionError(f"{self} does not fit its own example {term!r}")
            yield term, after


class Said(TypedDict, total=False):
    """What several equations have in common, handed on with **: as in `Page.states`."""

    reason: str
    cite: str
    needs: Conditions
    quiet: bool
    words: Callable[[Term], str]


Fit = tuple[Rule, Term]


class Fits(defaultdict["Page", dict[Term, "Fit | None"]]):
    """What was found of the terms that were looked up on a page, in one session."""

    def __init__(self) -> None:
        super().__init__(dict)


class Page:
    """Rules in order of priority, found by the type of the term they fit.

    reason, cite, quiet: what its rules say where they say nothing of their own.
    bits: those of all cards that its rules fit.
    known: what its rules are handed besides the term, on the pages of one problem.
    settled: the mark that a term bears when none of the rules fits it or a part of it; none on the pages of one problem (not `lasting`),
    which would leave marks on terms that outlive them.
    """

    def __init__(self, name: str, lasting: bool = True, *, reason: str = "", cite: str = "", quiet: bool = False):
        self.name = name
        self._reason, self._cite, self._quiet = reason, cite, quiet
        self.settled = f"_settled: {name}" if lasting else ""
        self.rules: list[Rule] = []
        self.bits = 0
        self.known: Any = None
        self._of_card: dict[type[Term], Fitting[Rule]] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def add(self, rule: Rule) -> Rule:
        if any(known.name == rule.name for known in self.rules):
            raise ValueError(f"{rule} stands twice on its page")
        self.rules.append(rule)
        self.bits |= bits_of(rule.heads)
        self._of_card.clear()
        return rule

    def proves(self, name: str, words: str, *equations: tuple[Term, Term]) -> None:
        """Why the rule of a name on this page is true."""
        self._change(name, lemma=Lemma(words, equations))

    def teaches(self, words: str, *names: str) -> Rule:
        """What a student asks where one of these rules is used; the last of them with that."""
        return [self._change(name, hint=words) for name in names][-1]

    def _change(self, name: str, **parts: Any) -> Rule:
        """Put something more into the rule of a name."""
        at = next(at for at, rule in enumerate(self.rules) if rule.name == name)
        self.rules[at] = self.rules[at].but(**parts)
        self._of_card.clear()
        return self.rules[at]

    def fitting(self, term: Term) -> list[Rule]:
        """The rules that can fit a term that is built like this one."""
        of_card = self._of_card.get(type(term))
        if of_card is None:
            of_card = self._of_card[type(term)] = Fitting((rule, rule.asked) for rule in self.rules if type(term) in rule.heads)
        return of_card.to(term)

    @classmethod
    def together(cls, name: str, *pages: Page) -> Page:
        """Pages bound into one, in this order of priority, so that they are gone through at once."""
        bound = cls(name)
        bound.rules = [rule for page in pages for rule in page.rules]
        bound.bits = bits_of(head for rule in bound.rules for head in rule.heads)
        return bound

    def about(self, known: Any, bits: int | None = None) -> Page:
        """This page for one problem: what is known of that, and the cards that its rules fit there."""
        own = object.__new__(Page)
        own.__dict__.update(self.__dict__, known=known, bits=self.bits if bits is None else bits)
        return own

    def first(self, term: Term) -> Fit | None:
        """The first rule that fits, with what it makes of the term. A session remembers it: derivations are made again with names."""
        work = own_session() or current()
        if not self.settled or work.limits is UNLIMITED:  # the rules of one problem may change, and what has no end has no memory
            return self._first(term)
        known: dict[Term, Any] = work.memory[Fits][self]
        if (found := known.get(term, known)) is known:  # it was not looked up yet
            found = known[term] = self._first(term)
        return found  # type: ignore[no-any-return]

    def _first(self, term: Term) -> Fit | None:
        for rule in self.fitting(term):
            new = rule.apply(term) if self.known is None else rule.apply(term, self.known)
            if new is not None:
                return rule, new
        return None

    def _usual(self, reason: str, cite: str, quiet: bool | None) -> tuple[str, str, bool]:
        """What a rule says of itself, and where it says nothing what its page says. Raises ValueError for a rule without a reason."""
        if not (reason or self._reason):
            raise ValueError(f"a rule on the page {self.name} has no reason")
        return reason or self._reason, cite or self._cite, self._quiet if quiet is None else quiet

    def states(self, name: str, left: Term, right: Term, *, reason: str = "", cite: str = "", given: Conditions = (), needs: Conditions = (),
               says: str = "", quiet: bool | None = None, rides: bool = False, tried_on: Iterable[Term] = (),
               words: Callable[[Term], str] | None = None, worth: Callable[[Term], bool] | None = None) -> Rule:  # fmt: skip
        """An equation, used from left to right: on the whole term, or on a run of a product's factors, or on terms of a sum.

        given, needs: conditions, (property, name of a hole or run) or (property, term in the holes); ("same", A, B) of two.
        tried_on: examples, where holes of any value are none. worth: a guard on use, which is no matter of truth (`worth.py`).
        """
        given = tuple(given)
        if not tried_on and left.shape != right.shape and not examples(left, right, given):
            raise ShapeError(f"the sides of the rule {name} differ in shape")
        equation = Equation(left, right, tuple(given))
        reason, cite, quiet = self._usual(reason, cite, quiet)
        use = equation.used_on if worth is None else equation.used_where(worth)
        rule = Rule(name, self.name, reason, cite, use, equation.heads, equation.over, left, right, says, tuple(given), tuple(needs),
                    quiet, rides, tuple(tried_on), words=words, wants=equation.wants, equation=equation, worth=worth)  # fmt: skip
        return self.add(rule)

    def by_hand(self, name: str, *heads: type, over: type | tuple[type, ...] = (), why: Why, says: str, tried_on: Iterable[Term] = (), reason: str = "",
                cite: str = "", quiet: bool | None = None, rides: bool = False, pattern: Term | None = None, needs: Conditions = (),
                words: Callable[[Term], str] | None = None, wants: Iterable[type[Term]] = (), has: tuple[type[Term], ...] = (), scalars: int = 0, least: int = 0,
                taken: Callable[[Term], list[tuple[str, Term]]] | None = None) -> Callable[[Callable[..., Term | None]], Rule]:  # fmt: skip
        """A decorator for a function from a term to a term or None. why: what keeps it from being an equation. needs: as in `states`, of the holes in the pattern."""
        kinds = over if isinstance(over, tuple) else (over,)
        reason, cite, quiet = self._usual(reason, cite, quiet)

        def register(apply: Callable[..., Term | None]) -> Rule:
            rule = Rule(name, self.name, reason, cite, apply, heads, kinds, says=says, needs=tuple(needs), quiet=quiet, rides=rides,
                        tried_on=tuple(tried_on), pattern=pattern, words=words, taken=taken, wants=frozenset(wants), has=has, scalars=scalars, least=least, why=why)  # fmt: skip
            return self.add(rule)

        return register
