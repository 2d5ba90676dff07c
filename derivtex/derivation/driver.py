"""The driver: from a problem to its derivation.

1. Differentiation: in passes, each of which is what a careful person does in one move, d is taken inward until only differentials of
   the variable are left.
2. Turning: a scalar is brought to the form tr(GᵀdX), a vector to J dx, a matrix to J vec dX.
3. Identification: G or J is read off, and written shortly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from derivtex.calculus.arithmetic import is_zero
from derivtex.core.errors import UsageError
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.derivation import complex_variables as conventions
from derivtex.derivation.assumptions import Assumptions
from derivtex.derivation.candidates import Part, is_worth_its_name
from derivtex.derivation.caution import refuse_second, refuse_unused, refuse_vanishing
from derivtex.derivation.closing import close, close_number, close_on_gradient, split, zeros_told
from derivtex.derivation.columns import column_of, unstacked, variable_of, with_columns, with_members
from derivtex.derivation.differentiation import Differentiation
from derivtex.derivation.equations import factors_told, marks_told
from derivtex.derivation.families import with_families
from derivtex.derivation.helpers import with_helpers
from derivtex.derivation.identification import coefficient_of, gradient, jacobian
from derivtex.derivation.isolation import Turning, pairings
from derivtex.derivation.letters import Letters
from derivtex.derivation.minus import turn_minus
from derivtex.derivation.naming import with_names
from derivtex.derivation.structures import by_every_entry, structured, symmetrised
from derivtex.derivation.unconstrained import freed, restored, shorter_with_structure
from derivtex.operations import (
    Cholesky,
    Derivative,
    Differential,
    Entry,
    EntryPower,
    Member,
    Product,
    Share,
    SingleEntry,
    SumOver,
    Symbol,
    Transpose,
    Vec,
    zero,
)
from derivtex.problem import Definition, Problem
from derivtex.rewriting.conjugation import may_be_complex
from derivtex.simplification.cost import marks
from derivtex.simplification.engine import Rewriting
from derivtex.simplification.names import explained, informed, kind_of, replaced, with_properties
from derivtex.simplification.shortening import finish, known_first, shorten, shortened, with_whole_labels
from derivtex.steps import Chain, Conclusion, Derivation, Sentence

LAYOUTS, FORMS = ("denominator", "numerator"), ("auto", "differential", "vec", "index")
TARGET_NAMES = {"scalar": (r"\phi", r"\psi", "f"), "vector": ("f", "h", "g"), "matrix": ("F", "H", "G")}
GRADIENT_NAMES = {"scalar": ("g", r"\gamma"), "vector": ("g", "h"), "matrix": ("G", "H")}


def derive(
    problem: Problem, *, layout: str = "denominator", form: str = "auto", structure: str = "projected", complex: str = "conjugate"
) -> Derivation:
    """The derivation of the problem's answer.

    layout: denominator (a gradient has the shape of its variable) or numerator. form: auto, differential, vec.
    structure, complex: the convention for a structured or a complex variable.
    Raises NotDerivable where nothing is known that derives a part, UsageError for an unknown option.
    """
    if layout not in LAYOUTS or form not in FORMS:
        raise UsageError(f"there is no layout {layout} or no form {form}", way_out=f"layouts: {', '.join(LAYOUTS)}; forms: {', '.join(FORMS)}")
    conventions.refuse_inner_products(problem)
    problem, form = unstacked(problem, form)
    if form == "differential" and any(known.body.uses(Cholesky) for known in problem.definitions):
        structure = "projected"  # there is a Cholesky factor only of symmetric matrices
    if problem.order == 2:
        for variable in problem.wrt:
            by_every_entry(variable, structure)
    if free := freed(problem, structure):
        derivation = restored(derive(replaced(problem, free), layout=layout, form=form, structure=structure, complex=complex), free)
        return shorter_with_structure(derivation)
    letters = Letters(known := conventions.with_complex_names(with_members(with_columns(informed(problem)))))
    return with_families(with_names(lambda parts: _Work(known, layout, form, structure, complex, letters.anew(), parts).derivation()))


class _Work:
    """One derivation on its way. letters: those that are free for names. parts: what is given a name first."""

    def __init__(self, problem: Problem, layout: str, form: str, structure: str, complex: str, letters: Letters, parts: tuple[Part, ...] = ()):
        self.problem, self.layout, self.form, self.structure, self.complex = problem, layout, form, structure, complex
        self.let: list[Definition] = []
        self.chains: list[Chain] = []
        self.remarks: list[Sentence] = []
        self.here: list[Sentence] = []
        self.notes: list[Sentence] = []
        self.letters = letters
        self.name = self.named_target()
        helpers, known = with_helpers([*problem.definitions, *self.let], parts, self.letters.for_part)
        self.let += helpers
        own = (*(d for d in known if d.name is not self.name or is_worth_its_name(problem, self.name)), *helpers)
        bodies: dict[Term, Term] = {}
        for definition in (*helpers, *known):
            bodies[definition.name], said = known_first(definition.body)
            self.here += said
        variables = tuple(dict.fromkeys(map(variable_of, problem.wrt)))
        self.assumptions = Assumptions(bodies)
        self.leaf = Differential(problem.wrt[0] if type(problem.wrt[0]) is Member else variables[0])
        self.turning = Turning(pairings(bodies.values()))
        self.differentiation = Differentiation(self.name, variables, bodies, own, self.turning, self.record, self.letters.free)

    def named_target(self) -> Symbol:
        """The target's name; a bare expression is given one that is free."""
        target = self.problem.target
        if any(definition.name is target for definition in self.problem.definitions):
            return cast(Symbol, target)
        return self.named(target, TARGET_NAMES[kind_of(target)])

    def named(self, body: Term, wanted: tuple[str, ...]) -> Symbol:
        """A name for a term, which is said before the derivation."""
        name = with_properties(self.letters.free(body, wanted), body)
        self.let.append(Definition(name, body))
        return name

    # The forms of the answer.

    def derivation(self) -> Derivation:
        if len(self.problem.wrt) > 1 and self.form != "differential":
            raise UsageError("a derivative is by one variable", way_out="ask for the differential in several with --form differential")
        if self.problem.order == 2:
            return self.second_differential() if self.form == "differential" else self.hessian()
        rewriting = self.differentiation.of(self.name)
        if self.leaf.is_scalar:
            close(rewriting)
            self.differentiation.name_in(rewriting)
        if not self.differentiation.depends(self.name):
            refuse_unused(self.problem, self.differentiation.bodies, cast(Symbol, variable_of(self.problem.wrt[0])))
        if self.form == "differential":
            return self.first_differential(rewriting)
        if not self.differentiation.depends(self.name):
            return self.constant(rewriting)
        if self.leaf.is_scalar:
            return self.finish(rewriting, "scalar", self.by_convention(rewriting.term, coefficient_of, "gradient"))
        if type(self.problem.wrt[0]) is Entry and not self.name.is_scalar:
            return self.finish(rewriting, "scalar", self.by_entry(rewriting, self.problem.wrt[0]))
        if self.name.is_scalar and self.form == "auto":
            return self.finish(rewriting, "gradient", self.gradient(rewriting))
        return self.finish(rewriting, *self.jacobian(rewriting, self.name))

    def first_differential(self, rewriting: Rewriting) -> Derivation:
        turns = self.name.is_scalar and not self.leaf.is_scalar
        self.turning.settle(rewriting, turns)
        turns &= len(self.problem.wrt) == 1 and not self.turning.needs_no_trace(rewriting.term)
        close_on_gradient(rewriting, self.leaf) if turns else shorten(rewriting)
        return self.finish(rewriting, "differential", rewriting.term)

    def second_differential(self) -> Derivation:
        rewriting = self.differentiation.of(self.name)
        self.record(rewriting)
        self.differentiation.depends.hold(self.differentiation.leaves)
        rewriting = self.differentiation.of(Differential(self.name), rewriting.term)
        self.turning.expand(rewriting)
        return self.finish(rewriting, "differential", rewriting.term)

    def hessian(self) -> Derivation:
        """The derivative of the gradient, which is given a name."""
        refuse_second(self.name, self.leaf, self.problem.wrt[0])
        conventions.refuse_second(self.name, self.differentiation.bodies, self.problem.wrt[0], self.complex, self.structure)
        rewriting = self.differentiation.of(self.name)
        beside = self.by_convention(rewriting.term, coefficient_of, "gradient") if self.leaf.is_scalar else self.gradient(rewriting)
        self.record(rewriting)
        short = Rewriting(beside)
        shorten(short)
        first = short.term
        name = self.named(first, GRADIENT_NAMES[kind_of(first)])
        by = self.derivative("scalar" if self.leaf.is_scalar else "gradient")
        self.chains[-1].leads_to = (Conclusion(by, first, name, tuple(short.steps)),)
        self.differentiation.know(Definition(name, first), written=first.uses(SumOver, Share, EntryPower))
        if type(self.leaf.of) is Symbol and self.leaf.shape[1] == ONE and not may_be_complex(self.leaf.of):
            self.differentiation.found[self.name] = Product((name if self.leaf.is_scalar else name.T, self.leaf))
        rewriting = self.differentiation.of(name)
        if (by_number := self.leaf.is_scalar) and rewriting.term.is_scalar and rewriting.term.uses(SumOver):
            close_number(rewriting, self.turning, self.differentiation.name_in)
        result = self.by_convention(rewriting.term, coefficient_of, "hessian") if by_number else self.jacobian(rewriting, name, "hessian")[1]
        opened = symmetrised(result.replace({name: first}), self.problem.wrt[0])
        shorter = marks(shortened(opened)) < marks(shortened(result))
        return self.finish(rewriting, "hessian", opened if shorter else result)

    def constant(self, rewriting: Rewriting) -> Derivation:
        """The derivative of what the variable does not occur in."""
        form = "scalar" if self.leaf.is_scalar else "gradient" if self.name.is_scalar and self.form == "auto" else "vec"
        return self.finish(rewriting, form, zero(self.leaf.shape if form == "gradient" else self.derivative(form).shape))

    def by_entry(self, rewriting: Rewriting, asked: Entry) -> Term:
        """The derivative by one entry: dX is the matrix with a one in its place, kept in the structure of X."""
        change = SingleEntry(*asked.of.shape, asked.row, asked.column)
        structure = self.structure if self.structure != "projected" else "constrained"
        along = structured(change, asked.of, structure)[0]
        return self.by_convention(rewriting.term, lambda term, leaf: term.replace({leaf: along}), "scalar")

    def gradient(self, rewriting: Rewriting) -> Term:
        """The gradient of a scalar, in the shape of the variable."""
        self.turning.turn(rewriting)
        self.differentiation.name_in(rewriting)
        rewriting.tidy()
        close_on_gradient(rewriting, self.leaf)
        self.differentiation.name_in(rewriting)
        return self.by_convention(rewriting.term, gradient, "gradient")

    def by_convention(self, term: Term, read: Callable[[Term, Term], Term], form: str) -> Term:
        """What is read beside the variable's change; of a complex variable, put together from what is beside it and beside its conjugate."""
        variable = self.problem.wrt[0]
        if not may_be_complex(variable):
            return read(term, self.leaf)
        own, other = conventions.halves(term, self.leaf)
        own, other = shortened(read(own, self.leaf)), shortened(read(other, conventions.starred(self.leaf)))
        found = conventions.joined(own, other, variable, form, self.complex, self.structure)
        self.notes += [note for note in found.notes if note not in self.notes]
        self.remarks += found.remarks
        return found.term

    def jacobian(self, rewriting: Rewriting, target: Symbol, form: str = "jacobian") -> tuple[str, Term]:
        """The Jacobian of a vector by a vector, or of vec F by vec X."""
        leaf = self.leaf
        if target.shape[1] != ONE:
            self.record(rewriting)
            rewriting.restart(Vec(rewriting.term), Vec(rewriting.about))
        self.turning.to_the_right(rewriting, ())
        self.differentiation.name_in(rewriting)
        rewriting.tidy()
        close(rewriting)
        split(rewriting, self.differentiation.name_in)
        is_vector_by_vector = leaf.shape[1] == ONE and target.shape[1] == ONE
        shape = target.shape[0] * target.shape[1], leaf.shape[0] * leaf.shape[1]
        read = self.by_convention(rewriting.term, lambda term, leaf: jacobian(term, column_of(leaf), shape), form)
        return ("jacobian" if is_vector_by_vector else "vec"), read

    # What it comes to.

    def finish(self, rewriting: Rewriting, form: str, result: Term) -> Derivation:
        """Close the last chain and write the result."""
        turn_minus(rewriting, self.differentiation.bodies)
        self.record(rewriting)
        derivative = read_off = None
        if form != "differential":
            derivative = self.derivative(form)
            short = Rewriting(self.in_convention(result, form), derivative)
            self.differentiation.where += finish(short, self.differentiation.names, self.problem.definitions, self.letters.free)
            turn_minus(short, self.differentiation.bodies)
            self.notes += zeros_told(short)
            result, read_off = short.term, Chain(derivative, short.start, short.steps)
            if is_zero(result):
                refuse_vanishing(self.problem, self.differentiation.depends)
        for definition in filter(lambda known: self.differentiation.depends(known.name), self.problem.definitions):
            self.assumptions.of_equation(definition)
        for assumption in self.differentiation.assumed:
            self.assumptions.add(assumption)
        self.remarks += factors_told(self.chains, self.differentiation.names, self.letters.free)
        self.remarks += with_whole_labels(result, self.differentiation.bodies, self.differentiation.depends)
        self.here += [*marks_told(self.chains, self.letters.free), *explained(result, self.problem, [known.body for known in self.let])]
        return Derivation(
            self.problem, self.layout, form, self.problem.order, tuple(self.let), tuple(self.chains), derivative, result,
            where=tuple(self.differentiation.where), assumptions=self.assumptions.sentences, remarks=tuple(self.remarks),
            here=tuple(self.here), notes=tuple(self.notes), read_off=read_off,
            structure=self.structure, complex=self.complex,
        )  # fmt: skip

    def in_convention(self, result: Term, form: str) -> Term:
        """A gradient for the structure of its variable, in the layout, and of an array's the entry that was asked for."""
        asked = self.problem.wrt[0]
        if form != "gradient":
            note = by_every_entry(variable_of(asked), self.structure) if form in ("jacobian", "vec", "hessian") else None
            self.notes += [note] if note is not None else []
            return symmetrised(result, asked) if form == "hessian" else result
        result, note = structured(result, variable_of(asked), self.structure)
        if note is not None:
            self.notes.append(note)
        if type(asked) is Entry:
            return Entry(result, asked.row, asked.column)
        return Transpose(result) if self.layout == "numerator" else result

    def derivative(self, form: str) -> Derivative:
        """The left side of the result."""
        of, by = self.name, conventions.by_of(self.problem.wrt[0], self.complex, form, self.structure)
        outputs, inputs = of.shape[0] * of.shape[1], by.shape[0] * by.shape[1]
        rows, columns = {
            "gradient": by.shape if self.layout == "denominator" else by.shape[::-1],
            "scalar": of.shape,
            "jacobian": (outputs, inputs),
            "vec": (outputs, inputs),
            "hessian": (inputs, inputs),
        }[form]
        return Derivative(of, by, form, rows, columns)

    def record(self, rewriting: Rewriting, named: tuple[Definition, ...] = ()) -> None:
        """Close a chain, and note what its steps take for granted. named: the names that were given to parts of its end."""
        leads_to = tuple(Conclusion(None, definition.body, definition.name) for definition in named)
        self.chains.append(Chain(rewriting.about, rewriting.start, list(map(self.assumptions.noted, rewriting.steps)), leads_to))
