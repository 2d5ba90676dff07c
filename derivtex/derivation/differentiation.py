"""Differentiation: d taken inward, move by move, until only differentials of the variables are left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from derivtex.calculus.collecting import beside_leaf, collecting, rejoined
from derivtex.calculus.complexes import complex_differentials
from derivtex.calculus.constants import Dependence, in_words, problem
from derivtex.calculus.differentials import differentials
from derivtex.calculus.equations import equations, gradient_rule, implicit_rule
from derivtex.calculus.functions import functions, written_out
from derivtex.calculus.known_names import names_page
from derivtex.calculus.second_changes import second_changes
from derivtex.calculus.shares import shares
from derivtex.calculus.slopes import slopes
from derivtex.calculus.spectra import spectra
from derivtex.core.shapes import ONE
from derivtex.core.terms import CARDS, Term, bits_of
from derivtex.derivation.caution import unknown_differential
from derivtex.derivation.closing import close
from derivtex.derivation.equations import solved_for
from derivtex.derivation.expansion import multiply_out, spread, with_signs_inside
from derivtex.derivation.isolation import Turning
from derivtex.operations import Differential, Entry, FixedPoint, Hadamard, Inner, Member, ProductOver, Sum, SumOver, Symbol, Transpose
from derivtex.operations.elementwise import Softmax
from derivtex.problem import Definition
from derivtex.rewriting.conditions import varies
from derivtex.rewriting.page import Page, Rule
from derivtex.simplification.common_factors import length
from derivtex.simplification.engine import Place, Rewriting, tidied
from derivtex.simplification.names import forms, with_properties
from derivtex.steps import Sentence

LONG, TOO_LONG, DEEP = 6, 40, 8
LETTERED = bits_of(card for card in CARDS.values() if hasattr(card, "letters"))  # cards of what is given a name
# A product in what is divided is no line of its own, nor the logarithm of a whole.
GOES_ON = ("quotient", "share of a sum of exponentials", "share of a trace")


class Differentiation:
    r"""Differentials of one problem's terms.

    bodies: what each defined name stands for. record: called with a rewriting whose chain is complete. free_name: makes a symbol.
    found: differentials that were read off before, d\phi = g^T dx.
    nameless: what was looked at and has no part with a name.
    where: names that were given to what multiplies the differential of a name, and to what rules brought in (eigenvectors).
    """

    def __init__(self, target: Term, variables: tuple[Term, ...], bodies: dict[Term, Term], own: tuple[Definition, ...], turning: Turning,
                 record: Callable[..., None], free_name: Callable[[Term, tuple[str, ...]], Symbol]):  # fmt: skip
        self.target, self.variables, self.bodies, self.turning = target, variables, bodies, turning
        self.record, self.free_name = record, free_name
        self.leaves = tuple(map(Differential, variables))
        self.depends = Dependence(variables, bodies)
        self.page: Page = problem.about(self.depends)
        self.named = {definition.name: forms(definition.body) for definition in own}
        self.names: Page = names_page(self.named)
        self.nameless: set[Term] = set()
        self.where: list[Definition] = []
        self.solved: dict[Term, Term] = {}
        self.found: dict[Term, Term] = {}
        self.assumed: list[Sentence] = []

    def know(self, definition: Definition, written: bool) -> None:
        """A name that came up on the way, and whether what it stands for is written by it from here on."""
        self.bodies[definition.name] = definition.body
        if written:
            self.named[definition.name] = forms(definition.body)
            self.names_change()

    def names_change(self) -> None:
        self.names = names_page(self.named)
        self.nameless = set()

    def of(self, term: Term, value: Term | None = None) -> Rewriting:
        """The chain that starts with d of a term (or of its value), taken inward until only leaves are left."""
        rewriting = Rewriting(Differential(term if value is None else value), Differential(term))
        while places := self.next_places(rewriting):
            for place in places:
                self.expand(rewriting, place)
            rewriting.tidy()
            self.turning.pair(rewriting, ())
            self.turning.gather_weights(rewriting)
            self.name_in(rewriting)
            rewriting.tidy()  # by their names terms may be equal
            if not rewriting.term.is_scalar and not varies(term):
                spread(rewriting, self.name_in, all(leaf.is_scalar for leaf in self.leaves))
            with_signs_inside(rewriting)
            rewriting.pass_ += 1
        written = rewriting.term
        self.write_out(rewriting, ())
        if rewriting.term is not written:
            self.use_names(rewriting, ())
            rewriting.pass_ += 1
        if varies(term):
            multiply_out(rewriting)
        return rewriting

    def write_out(self, rewriting: Rewriting, place: Place) -> None:
        """Write out what no rule brought to a closed form."""
        if not written_out.bits & rewriting.term.at(place).bits:
            return
        for index in range(len(rewriting.term.at(place).children)):
            self.write_out(rewriting, (*place, index))
        if rewriting.first(place, (written_out,)):
            rewriting.tidy(place)
            self.write_out(rewriting, place)

    def name_in(self, rewriting: Rewriting) -> None:
        """Write names for what has one, and for what deserves one."""
        self.use_names(rewriting, ())
        self.name_parts(rewriting.term)
        self.use_names(rewriting, ())

    def name_parts(self, term: Term) -> None:
        """Give a name to each part whose card has letters for it, unless it depends on an index that is bound."""
        if not term.bits & LETTERED:
            return
        bound = [part.index for part in term.parts(SumOver, ProductOver)]
        for part in list(term.walk()):
            letters = getattr(type(part), "letters", None)
            if letters is None or varies(part) or any(inner in bound for inner in part.walk()):
                continue
            name = with_properties(self.free_name(part, letters[part.side]), part)
            self.where.append(Definition(name, part))
            self.bodies[name], self.named[name] = part, (part,)
            self.names_change()

    def use_names(self, rewriting: Rewriting, place: Place) -> None:
        """Write the author's name for what it stands for."""
        term = rewriting.term.at(place)
        if not self.names.bits & term.bits or type(term) is Differential or term in self.nameless:
            return
        if not rewriting.first(place, (self.names,)):
            for index, child in enumerate(term.children):
                if self.names.bits & child.bits and child not in self.nameless:
                    self.use_names(rewriting, (*place, index))
            if rewriting.term.at(place) is term:
                self.nameless.add(term)

    def next_places(self, rewriting: Rewriting) -> list[Place]:
        """Where the next move takes differentials: of formulas first, then of names that no other waiting name leads to.

        So a name's differential is taken once all that multiplies it is known; where it stands several times it is collected first,
        and the work stays in proportion to the formula however often a name is used.
        """
        places = list(self.open_places(rewriting.term, ()))
        names: dict[Term, list[Place]] = {}
        for place in places:
            of = rewriting.term.at(place).of
            if of in self.bodies:
                names.setdefault(of, []).append(place)
        if len(places) > sum(map(len, names.values())):
            return [place for place in places if rewriting.term.at(place).of not in self.bodies]
        reached = self.reached(names)
        ready = [name for name in names if name not in reached or not any(other is not name and self.leads_to(other, name) for other in names)]
        if any(self.is_to_be_collected(rewriting, names[name]) and not self.is_short(name) for name in ready) and self.collect(rewriting):
            self.name_factors(rewriting)
            return self.next_places(rewriting)
        return [place for name in ready for place in names[name]]

    def is_to_be_collected(self, rewriting: Rewriting, places: list[Place]) -> bool:
        """Whether a name's differential stands in several places, deep inside, or below an entrywise factor, as f'(z) ∘ W dh does."""
        above = (rewriting.term.at(places[0][:at]) for at in range(len(places[0])))
        return len(places) > 1 or len(places[0]) > DEEP or (rewriting.term.is_scalar and any(type(term) is Hadamard for term in above))

    def is_short(self, name: Term) -> bool:
        """Whether a name's differential is a few marks times that of a number: `U = P + xQ`."""
        return all(leaf.is_scalar for leaf in self.leaves) and length(self.bodies[name]) <= LONG

    def leads_to(self, name: Term, part: Term) -> bool:
        """Whether a defined name uses another, directly or through definitions."""
        return part in self.reached((name,))

    def reached(self, names: Iterable[Term]) -> set[Term]:
        """All that stands in what some names stand for, directly or through definitions."""
        waiting, found = list(names), set[Term]()
        while waiting:
            new = list(self.bodies[waiting.pop()].walk(found))
            waiting += [term for term in new if term in self.bodies]
        return found

    def collect(self, rewriting: Rewriting) -> bool:
        """Bring all that multiplies one differential together; whether that changed anything. A second differential is not linear."""
        before = rewriting.term
        if varies(rewriting.about.of):
            return False
        if before.is_scalar:
            self.turning.isolate(rewriting, ())
        elif before.shape[1] == ONE and all(part.of.shape[1] == ONE for part in before.parts(Differential)):
            self.turning.to_the_right(rewriting, ())
        rewriting.tidy()
        self.turning.pair(rewriting, ())
        if type(rewriting.term) is Sum and rewriting.first((), (collecting,)):
            rewriting.tidy()
            close(rewriting)
        plain = rewriting.term
        self.name_in(rewriting)
        if rewriting.term is not plain:
            close(rewriting)  # by names there may be more in common
        rewriting.pass_ += 1
        return rewriting.term is not before

    def name_factors(self, rewriting: Rewriting) -> None:
        """Give a name to what multiplies the differential of a name, where it is long and would be written several times from here on."""
        if not rewriting.term.is_scalar:
            return
        parts = list(rewriting.term.terms if type(rewriting.term) is Sum else (rewriting.term,))
        found = len(self.where)
        for at, part in enumerate(parts):
            beside = beside_leaf(part)
            if beside is None:
                continue
            form, leaf, factor = beside
            if leaf.of not in self.bodies or length(factor) <= (LONG if self.branches(leaf.of) else TOO_LONG):
                continue
            adjoint = self.adjoint_name(leaf.of)
            self.where.append(Definition(adjoint, tidied(factor if form is Inner else factor.T)))
            self.bodies[adjoint] = self.where[-1].body
            parts[at] = rejoined(form, adjoint if form is Inner else adjoint.T, leaf)
        if len(self.where) > found:
            self.record(rewriting, tuple(self.where[found:]))
            rewriting.restart(Sum(tuple(parts)) if len(parts) > 1 else parts[0], rewriting.about)
            rewriting.tidy()

    def branches(self, name: Term) -> bool:
        """Whether what depends on the variables stands several times in what a name stands for, or is used several times by an operation."""
        body = self.bodies[name]
        return body.uses(Softmax) or sum(type(part) is Symbol and self.depends(part) for part in body.walk()) > 1

    def adjoint_name(self, name: Term) -> Symbol:
        r"""A name for the gradient by a name that the author gave: Giles' `\bar{h}`."""
        return self.free_name(name, (rf"\bar{{{name.name}}}", rf"\hat{{{name.name}}}"))

    def is_leaf(self, term: Term) -> bool:
        """dX of a variable, which is the change itself."""
        return term in self.leaves or (type(term.of) is Member and term.of.family in self.variables)

    def open_places(self, term: Term, place: Place) -> Iterator[Place]:
        """Where a differential still has to be taken, from the outside in."""
        if type(term) is Differential:
            if not self.is_leaf(term):
                yield place
        elif varies(term):
            for index, child in enumerate(term.children):
                yield from self.open_places(child, (*place, index))

    def expand(self, rewriting: Rewriting, place: Place) -> None:
        """Use one rule on the differential at a place, and what a careful person does in the same move."""
        rule = self.use_on_differential(rewriting, place)
        if rule.name in GOES_ON:
            self.use_names(rewriting, place)
        for inner in list(self.open_places(rewriting.term.at(place), place)):
            inside = rewriting.term.at(inner).of
            if inside not in self.bodies and (rule.rides or rule.name in GOES_ON or not self.depends(inside) or is_plain(inside)):
                self.expand(rewriting, inner)

    def implicit(self, fixed: FixedPoint) -> Term:
        """The differential of what z = F(z) fixes, in differentials of the variables: a chain of its own, once for each z."""
        if fixed not in self.solved:
            name = next(name for name, body in self.bodies.items() if body is fixed)
            bodies = {other: body for other, body in self.bodies.items() if other is not name and not self.leads_to(other, name)}
            equation = Definition(cast(Symbol, name), fixed.equation(name)[1])
            own = (*(Definition(other, body[0]) for other, body in self.named.items() if other in bodies), equation)
            inner = Differentiation(name, (*self.variables, name), bodies, own, self.turning, self.record, self.free_name)
            rewriting = inner.of(name, equation.body)
            self.turning.apart(rewriting, Differential(name))
            self.solved[fixed], assumption = solved_for(rewriting.term, Differential(name))
            rewriting.pass_ += 1
            rewriting.use(implicit_rule, (), self.solved[fixed])
            rewriting.tidy()
            self.solved[fixed] = rewriting.term
            self.record(rewriting)
            self.assumed.append(assumption)
            self.where += inner.where
        return self.solved[fixed]

    def use_on_differential(self, rewriting: Rewriting, place: Place) -> Rule:
        term = rewriting.term.at(place)
        if type(term.of) is FixedPoint:
            rewriting.use(implicit_rule, place, self.implicit(term.of))
            return implicit_rule
        if term.of in self.found:
            rewriting.use(gradient_rule, place, self.found[term.of])
            return gradient_rule
        for page in (self.page, complex_differentials, spectra, equations, differentials, shares, slopes, functions, second_changes):
            found = page.first(term)
            if found is not None:
                rule = in_words(found[0], term, self.target, self.depends)
                rewriting.use(rule, place, found[1])
                return rule
        raise unknown_differential(term.of)


def is_plain(term: Term) -> bool:
    """A symbol, its transpose or an entry of it: its differential is written at once."""
    return type(term) is Symbol or (type(term) in (Transpose, Entry) and type(term.of) is Symbol)
