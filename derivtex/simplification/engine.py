"""The engine: it uses rules on a formula and records each use. What is done when is decided in `derivation`."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.calculus.algebra import algebra
from derivtex.calculus.arithmetic import arithmetic
from derivtex.calculus.cancelling import cancelling
from derivtex.calculus.conjugates import conjugates
from derivtex.calculus.entries import entries
from derivtex.calculus.functions import closed_forms
from derivtex.calculus.projections import projections
from derivtex.calculus.shares import shared
from derivtex.calculus.totals import totals
from derivtex.calculus.transposes import transposes
from derivtex.core.errors import NotDerivable
from derivtex.core.terms import Term
from derivtex.operations import Differential
from derivtex.rewriting.page import Page, Rule
from derivtex.steps import Step

Place = tuple[int, ...]
TIDYING = Page.together("Tidying", arithmetic, entries, cancelling, projections, totals, conjugates, transposes, algebra, closed_forms, shared)
MOST_STEPS = 20_000


class Rewriting:
    """A formula on its way, with the steps that were taken."""

    def __init__(self, term: Term, about: Term | None = None):
        self.restart(term, about)

    def restart(self, term: Term, about: Term | None = None) -> None:
        """Begin a chain: `about` is what stands on its left, the term what it starts with."""
        self.term = self.start = term
        self.about = about if about is not None else term
        self.steps: list[Step] = []
        self.pass_ = 1

    def use(self, rule: Rule, place: Place, new: Term) -> None:
        """Put what a rule made in its place, and record it."""
        if len(self.steps) >= MOST_STEPS:
            raise NotDerivable("the derivation grows without end", way_out="name a part of the formula and derive in two stages")
        before = self.term
        if rule.words is not None:
            rule = rule.but(reason=rule.words(before.at(place)))
        self.term = before.put(place, new)
        self.steps.append(Step(rule, place, before, self.term, self.pass_))

    def first(self, place: Place, pages: Iterable[Page]) -> bool:
        """Use the first rule of the pages that fits at a place; whether there was one."""
        term = self.term.at(place)
        for page in pages:
            found = page.first(term)
            if found is not None and found[1] is not term:
                self.use(found[0], place, found[1])
                return True
        return False

    def become(self, rule: Rule, new: Term, place: Place = ()) -> None:
        """Put another formula in place of the part at a place by a rule, at the smallest part that holds all that differs; record it."""
        before = self.term.at(place)
        if before is new:
            return
        alike = type(before) is type(new) and len(before.children) == len(new.children) and new.rebuild(before.children) is before
        changed = [at for at, pair in enumerate(zip(before.children, new.children, strict=False)) if pair[0] is not pair[1]]
        if alike and len(changed) == 1 and type(before) is not Differential:
            self.become(rule, new.children[changed[0]], (*place, changed[0]))
        else:
            self.use(rule, place, new)

    def adopt(self, other: Rewriting) -> None:
        """Take the steps of another that went on from here."""
        self.steps += other.steps
        self.term = other.term

    def tidy(self, place: Place = ()) -> None:
        """Tidy the part at a place, from the inside out."""
        self._tidy(place, self.term.at(place))

    def _tidy(self, place: Place, term: Term) -> Term:
        """What becomes of the part that stands at a place."""
        while "_tidy" not in term.__dict__:
            changed = False
            for index, child in enumerate(term.children):
                if "_tidy" not in child.__dict__ and self._tidy((*place, index), child) is not child:
                    changed = True
            if changed:
                term = self.term.at(place)
            found = TIDYING.first(term)
            if found is None or found[1] is term:
                term.__dict__["_tidy"] = True
            else:
                self.use(found[0], place, found[1])
                term = found[1]
        return term

    def simplify(self, page: Page, place: Place = (), settled: set[Term] | None = None) -> None:
        """Use the rules of a page wherever they fit at a place or in its parts, outermost first, and tidy what they make.

        settled: parts that none of the rules fits, for pages that leave no mark.
        """
        settled = set() if settled is None else settled
        term = self.term.at(place)
        if not page.bits & term.bits or page.settled in term.__dict__ or term in settled:
            return
        used = self.first(place, (page,))
        if not used:
            for index, child in enumerate(term.children):
                if page.bits & child.bits and page.settled not in child.__dict__:
                    self.simplify(page, (*place, index), settled)
            used = self.term.at(place) is not term and self.first(place, (page,))
        if used:
            self.tidy(place)
            self.simplify(page, place, settled)
            return
        settled.add(self.term.at(place))
        if page.settled:
            self.term.at(place).__dict__[page.settled] = True


def tidied(term: Term) -> Term:
    """A term after tidying, where the steps do not matter."""
    rewriting = Rewriting(term)
    rewriting.tidy()
    return rewriting.term


def simplified(term: Term, page: Page) -> Term:
    """A term with the rules of a page used wherever they fit, and tidied, where the steps do not matter."""
    rewriting = Rewriting(term)
    rewriting.simplify(page)
    return rewriting.term
