r"""Equations that an author imposes or solves: a gradient set to zero, a constraint, an eigenvalue equation, and the solution of one.

They are no identities, so the numbers refute them as such; what they are is found by numbers too: a multiple of a gradient that an
earlier line gives is that gradient set to zero, and a solution put into it makes it vanish.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivtex.checking.bodies import bodies, is_zero
from derivtex.checking.claims import Given, domain_of
from derivtex.checking.examples import points
from derivtex.checking.magnitudes import magnitude
from derivtex.checking.movement import Motion, below, leaf_of, leaves, motions
from derivtex.checking.multipliers import part_of, without_multiplier
from derivtex.checking.relations import commuting_pair, is_held_fixed, is_supposed, moves, name_turned_about, parts_of_zero, property_imposed
from derivtex.checking.trials import TOLERANCE
from derivtex.checking.values import NoValue, Point, Unsuitable, np
from derivtex.core.errors import Source
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Symbol
from derivtex.problem import Claim, Problem
from derivtex.reading.source.marks import latex
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import ACCENTS

STRONG = (
    "zero", "vanish", "stationar", "optim", "minimi", "maximi", "solution", "solve", "normal equation", "obey", "satisf", "constrain",
    "subject to", "condition", "eigen", "setting", "set it to", "set this to", "set to", "impose", "require", "restrict", "critical",
)  # fmt: skip
ARROWS = ("rightarrow", "Rightarrow", r"\iff", r"\implies", "⇒", "⇔", "⟹", "⟺")
POINTS, NEEDED = 12, 3


@dataclass
class Course:
    """What the lines of a scope have said so far.

    gradients: the claims about derivatives that hold, with the lines they stand on. given: properties that were imposed, with the line.
    zero: the variables by which a gradient was set to zero. last: the claim before. told: names of which an identity only tells what they
    must be. condition: the claim before, where that is a condition. rivals: names of which a later line in the words says something else than
    their definition, with the last one. sums: whether indices that stand twice were summed over. confirmed: the names in lines that hold.
    commuting: the pairs of which an equation says that they commute, with its line.
    vanishing: what equations set to zero, with its line. equations: those that are no identities, which later lines may use;
    undecided: the lines of those about known functions of which it is not known whether they hold.
    head: the first side of the chain of equal sides that is being read; broken: the verdict on it from which the sides behind are not known.
    """

    gradients: list[tuple[int, Claim]] = field(default_factory=list)
    given: dict[Term, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[Term, int] = field(default_factory=dict)
    zero: dict[Term, int] = field(default_factory=dict)
    last: Claim | None = None
    told: set[Term] = field(default_factory=set)
    condition: Claim | None = None
    rivals: dict[Term, Claim] = field(default_factory=dict)
    sums: bool = False
    confirmed: set[Term] = field(default_factory=set)
    commuting: dict[tuple[Symbol, Symbol], int] = field(default_factory=dict)
    vanishing: dict[Term, int] = field(default_factory=dict)
    equations: list[Claim] = field(default_factory=list)
    undecided: set[int] = field(default_factory=set)
    head: Term | None = None
    broken: str = ""

    def confirm(self, claim: Claim | None, problem: Problem) -> None:
        """Note the names in a claim that holds and says something, those that its definitions are made of too."""
        for side in (claim.left, claim.right) if claim is not None else ():
            self.confirmed.update(below(side, bodies(problem, claim)))

    def impose(self, name: Term, property_: str, line: int) -> None:
        """Note that a name has a property from here on."""
        self.given[name] = (*self.given.get(name, ()), property_)
        self.lines[name] = line


def imposed(claim: Claim, problem: Problem, course: Course) -> str | None:
    """Why an equation that is no identity is one that its author imposes; None of what is asserted."""
    if moves(claim):
        return is_held_fixed(claim)
    if is_zero(claim.right):
        course.vanishing.update(dict.fromkeys(parts_of_zero(claim.left), line_of(claim)))
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if is_zero(other) and type(side) is Derivative:
            course.zero[leaf_of(side.by)] = line_of(claim)
            course.gradients.append((line_of(claim), claim._replace(left=side, right=side)))
            return "sets the derivative to zero"
    apart = relation_between(claim, problem, course)
    if any(side.uses(Derivative) for side in (claim.left, claim.right)):
        return apart or between_gradients(claim, problem, course)
    found = property_imposed(claim)
    defined = {definition.name for definition in problem.definitions}
    if found is not None and found[0] not in defined:
        course.impose(*found, line_of(claim))
        return "imposed, and used from here on"
    line = set_to_zero(claim, problem, course)
    if line is not None:
        return f"sets line {line} to zero"
    return goes_on(claim, course) or imposed_by_words(claim, defined) or apart


def relation_between(claim: Claim, problem: Problem, course: Course) -> str | None:
    r"""Why a statement of a document that begins with no relation sign, is about no derivative, and has on each side a name that the other lacks,
    `\Lambda Q = QT`, or on one side no name, is no identity: it relates them. A number of rows or columns is no such name."""
    text = claim.span.source.text if claim.span is not None else ""
    begins = not claim.latex.lstrip(" &\n").startswith(("=", r"\equiv"))
    if type(claim.left) is Derivative or not any(mark in text for mark in ("$", r"\[", r"\begin{")):
        return None
    if is_zero(claim.right) and not begins and any(type(each.left) is Derivative for _, each in course.gradients):
        return "an equation to be satisfied"
    if not begins:
        return None
    pair = commuting_pair(claim)
    if pair is not None:
        course.commuting[pair] = line_of(claim)
        return "says that they commute"
    if name_turned_about(claim) is not None:
        return "says that it is symmetric"
    if is_zero(claim.left):
        return "an equation to be satisfied"
    definitions = bodies(problem, claim)
    left, right = (set(leaves(side, definitions)) for side in (claim.left, claim.right))
    counted = any("integer" in part.properties for part in claim.right.parts(Symbol))
    apart = (left - right and right - left) or (left and not right and not counted)
    return "an equation to be satisfied" if apart else None


def between_gradients(claim: Claim, problem: Problem, course: Course) -> str | None:
    r"""Why an equation with derivatives is imposed: it relates the gradients of two functions by a name of its own, `\nabla f = \lambda\nabla g`,
    or is what the condition before it is said to come to."""
    before, text = course.condition, claim.span.source.text if claim.span is not None else ""
    if before is not None and before.span is not None and claim.span is not None:
        between = text[before.span.end : claim.span.start]
        if any(arrow in between for arrow in ARROWS):
            return f"goes on from line {line_of(before)}"
    if type(claim.left) is not Derivative:
        return None
    definitions = bodies(problem, claim)
    inside = below(claim.left.of, definitions)
    others = [part.of for part in claim.right.parts(Derivative) if part.of not in inside]
    own = set(symbols(claim.right)) - inside - {name for other in others for name in below(other, definitions)}
    related = others and any(name.is_scalar for name in own)
    return "an equation to be satisfied" if related else None


def goes_on(claim: Claim, course: Course) -> str | None:
    """Why an equation is a step in solving the condition on the line before: both are zero, or both are about numbers."""
    before = course.condition
    if before is None or (isinstance(claim.left, Symbol) and claim.left not in before.left.walk()):
        return None
    both_zero = is_zero(claim.right) and is_zero(before.right)
    return f"goes on from line {line_of(before)}" if both_zero or (claim.left.is_scalar and before.left.is_scalar) else None


def imposed_by_words(claim: Claim, defined: set[Symbol]) -> str | None:
    """Whether the words, or the names on the sides, tell that an equation is imposed: each side has a name that the other lacks."""
    if claim.left in defined:
        return None
    if any(cue in claim.words for cue in STRONG) or is_supposed(claim):
        return "an equation to be satisfied"
    left, right = symbols(claim.left), symbols(claim.right)
    if (left | right) & defined:
        return None
    if is_zero(claim.left) or is_zero(claim.right) or (left - right and right - left):
        return "an equation to be satisfied"
    return None


def symbols(term: Term) -> set[Term]:
    """The names in a term; a number of rows or columns is none to be chosen."""
    return {part for part in term.parts(Symbol) if "integer" not in part.properties}


def line_of(claim: Claim) -> int:
    return claim.span.line if claim.span is not None else 0


def set_to_zero(claim: Claim, problem: Problem, course: Course) -> int | None:
    """The line whose gradient an equation sets to zero: left − right is a multiple of it wherever it is tried."""
    motion = motions(claim, problem)[0]
    for line, gradient in reversed(course.gradients):
        if is_multiple(claim, gradient.right, motion, problem, course.given):
            if type(gradient.left) is Derivative:
                course.zero[leaf_of(gradient.left.by)] = line
            return line
    return None


def is_multiple(claim: Claim, gradient: Term, motion: Motion, problem: Problem, given: Given) -> bool:
    """Whether left − right is a multiple of a gradient at several points; of numbers, everywhere the same one."""
    held = 0
    factors: list[float] = []
    for point in sampled((claim.left, claim.right, gradient), motion, problem, given):
        try:
            rest, wanted = np.subtract(point.of(claim.left), point.of(claim.right)), np.asarray(point.of(gradient))
        except (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError):
            continue
        rest = rest.T if rest.shape != wanted.shape and rest.T.shape == wanted.shape else rest
        if rest.shape != wanted.shape or not np.any(wanted) or not np.any(rest):
            return False
        factor = float(np.real(np.vdot(wanted, rest)) / np.real(np.vdot(wanted, wanted)))
        if np.max(np.abs(rest - factor * wanted)) > TOLERANCE * np.max(np.abs(rest)) or not factor:
            return False
        held, factors = held + 1, [*factors, factor]
        if held >= NEEDED:
            return wanted.size > 1 or max(factors) - min(factors) <= TOLERANCE * abs(factors[0])
    return False


def sampled(terms: tuple[Term, ...], motion: Motion, problem: Problem, given: Given) -> Iterable[Point]:
    """Some points at which terms may be evaluated."""
    domain = domain_of(terms, motion, problem, given)
    with np.errstate(all="ignore"):
        for at, point in enumerate(points(domain)):
            if at >= POINTS:
                return
            yield point


# solutions


def solution(name: Term, body: Term, claim: Claim, problem: Problem, course: Course) -> tuple[bool, int] | None:
    """Whether a name with this value makes the gradient by it vanish, and the line of that gradient; None where none is known."""
    known = [(line, each) for line, each in course.gradients if type(each.left) is Derivative and leaf_of(each.left.by) is name]
    motion = motions(claim, problem)[0]
    if not known or name in below(body, motion.definitions):
        return None
    motion = motion._replace(definitions={**motion.definitions, name: body})
    undecided = False
    for line, gradient in reversed(known):
        found = vanishes(gradient.right, body, motion, problem, course.given, gradient.left.of if type(gradient.left) is Derivative else None)
        if found:
            return True, line
        undecided = undecided or found is None
    return None if undecided else (False, known[-1][0])


def vanishes(gradient: Term, body: Term, motion: Motion, problem: Problem, given: Given, of: Term | None = None) -> bool | None:
    """Whether a gradient is zero at several points, compared with its largest part, for one value of a multiplier that it may have;
    None where there are several multipliers, or what is differentiated (of) changes with the one there is, which may be a weight."""
    held, own = 0, leaves(body, motion.definitions)
    multipliers = [leaf for leaf in leaves(gradient, motion.definitions) if leaf.is_scalar and leaf not in own]
    if len(multipliers) > 1:
        return None
    for point in sampled((gradient, body), motion, problem, given):
        try:
            value, size = np.asarray(point.of(gradient)), scale(point, gradient)
            part = part_of(point, of, multipliers[0]) if multipliers else "none"
            if part in ("multiplier", "either"):
                value = without_multiplier(point, gradient, multipliers[0], value)
        except (Unsuitable, NoValue, ValueError, TypeError, ArithmeticError):
            continue
        if not np.max(np.abs(value)) <= TOLERANCE * size:
            return None if multipliers and np.size(value) == 1 else False
        if part == "either":
            return None
        held += 1
        if held >= NEEDED:
            return True
    return None


def scale(point: Point, gradient: Term) -> float:
    """What a gradient is compared with: its magnitude; of a derivative that of what is differentiated, for its own value may vanish."""
    return max(magnitude(point, gradient), *(magnitude(point, part.of) for part in gradient.parts(Derivative)), 0.0)


def undressed(name: Symbol, problem: Problem) -> Term | None:
    r"""The variable that a name with a hat, a star or a word below it is a value of: `\hat\beta`, `w^*`, `\mu_{ML}`."""
    parts = tokens(Source(name.name))
    while len(parts) > 1 and parts[0].text in ACCENTS:
        parts = parts[1].inner or parts[1:]
    end = next((at for at, token in enumerate(parts) if token.is_mark("_", "^")), len(parts))
    bare = latex(parts[:end])
    known = problem.symbols.get(bare)
    return known if known is not None and known is not name and same_kind(known, name) else None


def same_kind(one: Term, other: Term) -> bool:
    """Whether two terms are both scalars, vectors or matrices."""
    return (one.shape[0] == ONE) == (other.shape[0] == ONE) and (one.shape[1] == ONE) == (other.shape[1] == ONE)
