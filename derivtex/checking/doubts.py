"""Why a line that the numbers refute may be no mistake: what else its author may have meant, and what speaks against a refutation.

A line fails only of what was read with certainty. Where names were taken for something unusual, or stand for what an earlier line only
tells of them, numbers drawn at random refute nothing; sums over repeated indices and the other layout are readings of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeGuard

from derivtex.checking.bodies import bodies
from derivtex.checking.fonts import BOLD, in_two_fonts, is_run_raised
from derivtex.checking.instances import LOOSE, special_case, told_again
from derivtex.checking.movement import below, derivatives, leaf_of, motions
from derivtex.checking.oddkinds import is_odd, number_meant
from derivtex.checking.readings import free, repeated
from derivtex.checking.restating import told_behind
from derivtex.core.shapes import ONE
from derivtex.core.terms import Term
from derivtex.operations import (
    Call,
    Derivative,
    Differential,
    Exp,
    Identity,
    Log,
    MatrixCall,
    Norm,
    Product,
    Sum,
    Symbol,
    Trace,
    Transpose,
    zero,
)
from derivtex.operations.openfunctions import APPLIED
from derivtex.problem import Claim, Fault, Problem
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied

NOBODY: Mapping[Term, Claim] = {}
PRIMED = ("'^", "'_")
ALTERNATIVES = ("or", "alternatively", "instead", "otherwise")
DEFINING = (":=", r"\triangleq", r"\coloneqq")
DEFINED, LATELY = frozenset("define defined defines defining denote denoted denotes".split()), 4  # among the last words before a line
CALLS = (Call, MatrixCall, *APPLIED)


class Case(NamedTuple):
    """A claim that the numbers refute. told: names of which lines only tell what they must be; rivals: defined names of which another
    line says something else; parts: all parts of both sides, defined names opened; names: the names that stand in the sides themselves."""

    claim: Claim
    problem: Problem
    told: frozenset[Term]
    rivals: Mapping[Term, Claim]
    parts: frozenset[Term]
    names: frozenset[Symbol]


def doubt(claim: Claim, problem: Problem, told: Iterable[Term] = (), rivals: Mapping[Term, Claim] = NOBODY) -> str:
    """What speaks against calling a claim wrong, the first that does; nothing where nothing does."""
    definitions = bodies(problem, claim)
    parts = frozenset(below(claim.left, definitions) | below(claim.right, definitions))
    names = frozenset(part for side in (claim.left, claim.right) for part in side.walk() if isinstance(part, Symbol))
    case = Case(claim, problem, frozenset(told), rivals, parts, names)
    return next((reason for speaks in DOUBTS if (reason := speaks(case))), "")


def of_a_definition(case: Case) -> str:
    r"""`std[X] := \sqrt{\operatorname{var}[X]}`: what stands on the left may be a name that was read as something else."""
    said = any(mark in case.claim.latex for mark in DEFINING) or bool(DEFINED & set(case.claim.words.split()[-LATELY:]))
    defines = said and type(case.claim.left) not in (Derivative, Differential)
    return "it says what stands on its left side" if defines else ""


def of_an_alternative(case: Case) -> str:
    """“$A = USV^T$ or $A = UV^T$”: another way in which a defined name may be given."""
    said = case.claim.words.split()
    another = said[-1:] and said[-1].strip(" ,.:;") in ALTERNATIVES and case.claim.left in bodies(case.problem)
    return "it may be another way to say what stands on its left side" if another else ""


def of_a_rival(case: Case) -> str:
    """A name in it is defined in two ways, or a function is."""
    rival = next((name for name in case.rivals if name in case.parts), None)
    if rival is not None:
        other = case.rivals[rival]
        return f"line {other.span.line if other.span else 0} says something else of ${rival}$ than its definition"
    again = told_again(case.problem, set(bodies(case.problem)) & case.parts)
    if again:
        return f"a line that could not be read says what ${again}$ is, and may say something else"
    called = applied_name(case.claim)
    return f"${called}$ stands for several functions" if any(called == name.name for name in case.rivals if isinstance(name, Symbol)) else ""


def of_a_finite_change(case: Case) -> str:
    added = any(map(is_finite_change, (*case.claim.left.walk(), *case.claim.right.walk())))
    return "a change that is added to what changes is finite, and no differential" if added else ""


def of_what_was_told(case: Case) -> str:
    """A name in it must be what an earlier line tells."""
    restricted = sorted(f"${name.name}$" for name in case.names & case.told if isinstance(name, Symbol))
    return f"{' and '.join(restricted)} must be what an earlier line tells" if restricted else ""


def of_an_odd_kind(case: Case) -> str:
    odd = sorted(f"${name.name}$ would have to be a {name.kind}" for name in case.names if name.name in case.problem.guessed and is_odd(name))
    return odd[0] if odd else ""


def of_a_number(case: Case) -> str:
    number = number_meant(case.claim, case.problem, case.names, {})
    return f"it holds if ${number}$ is a number: declare it" if number else ""


def of_what_is_written(case: Case) -> str:
    """A prime, or letters in one font, may be one name or several."""
    if any(marks in case.claim.latex for marks in PRIMED):
        return "a prime before another script may be a part of a name"
    if "'" in case.claim.latex and type(case.claim.left) in (Symbol, Transpose) and not is_about_changes(case.claim):
        return "a name with a prime may be another name"
    if any(f"{font}{{" in case.claim.latex for font in BOLD) and is_run_raised(case.claim.latex):
        return "what is raised on several bold letters may be raised on all of them"
    fonts = in_two_fonts(case.parts)
    return f"${fonts[0]}$ and ${fonts[1]}$ are taken for two things" if fonts else ""


def of_several_functions(case: Case) -> str:
    r"""A letter that stands before different brackets, `p(x)p(y)`, and was read as one factor: a density is another function of each."""
    written = case.claim.latex.translate(LOOSE)
    for name in sorted(name.name for name in case.names if name.is_scalar):
        pieces = written.replace(r"\left", "").replace(r"ig", "").split(f"{name.translate(LOOSE)}(")[1:]
        if len({piece.partition(")")[0] for piece in pieces}) > 1:
            return f"${name}$ stands before different brackets, and may be a function of what is in them"
    return ""


def of_what_is_told_later(case: Case) -> str:
    return told_behind(case.claim, case.problem)


def of_a_special_case(case: Case) -> str:
    return special_case(case.claim, case.parts, case.names, case.problem)


def of_a_reach(case: Case) -> str:
    r"""`\log\frac1\sigma\exp(-x)`: the logarithm may reach over what stands behind it."""
    products = (part.factors for part in case.parts if type(part) is Product)
    return "a logarithm may reach over what stands behind it" if any({Log, Exp} <= set(map(type, factors)) for factors in products) else ""


def of_an_open_function(case: Case) -> str:
    """A function that is known by its name alone, in a line about no derivative: what it satisfies, only its author knows."""
    if is_about_changes(case.claim):
        return ""
    calls = sorted(part.function for part in case.parts if isinstance(part, CALLS) and part.function not in case.problem.functions)
    return f"nothing tells what the function ${calls[0]}$ is" if calls else ""


def of_an_open_dependence(case: Case) -> str:
    """A derivative of a bare name that is made of nothing: the source says elsewhere, or nowhere, how it depends on the variable."""
    motion = motions(case.claim, case.problem)[0]
    derived = [(leaf_of(part.of), leaf_of(part.by)) for part in derivatives([motion.claim])]
    free = sorted(of.name for of, by in derived if type(of) is Symbol and of not in motion.definitions and of is not by)
    named = [{leaf_of(part.of) for part in side.parts(Derivative) if part is not side} for side in (case.claim.left, case.claim.right)]
    known = bodies(case.problem, case.claim)
    inside = [{leaf for part in side.parts(Derivative) for leaf in below(part.of, known)} for side in (case.claim.left, case.claim.right)]
    apart = (named[0] - inside[1]) | (named[1] - inside[0])  # of what one side alone differentiates
    free += sorted(of.name for of in apart if type(of) is Symbol and of not in known)
    return f"nothing tells how ${free[0]}$ depends on what it is differentiated by" if free else ""


def of_an_index_that_moves(case: Case) -> str:
    r"""`\frac{d}{d\theta}y^TK_\theta^{-1}y`: what has the variable below it may depend on it."""
    definitions = bodies(case.problem, case.claim)
    for part in derivatives([case.claim]):
        by, inside = leaf_of(part.by), below(part.of, definitions) if type(part.by) is Symbol else set()
        names = sorted(name.name for name in inside if isinstance(name, Symbol) and name not in definitions and name is not by)
        moved = [name for name in names if isinstance(by, Symbol) and name.partition("_")[2].strip("{} ") == by.name]
        if moved:
            return f"${moved[0]}$ may depend on what stands below it"
    return ""


def of_a_case(case: Case) -> str:
    r"""“for $x > 0$, $\nabla f = 1$” of `\max(0, x)`: a function with a kink has another derivative on each side of it, and the words say where."""
    if not is_about_changes(case.claim) or case.claim.span is None or not any(part.kinks for part in case.parts):
        return ""
    text = case.claim.span.source.text
    before = text[text.rfind("\n", 0, case.claim.span.start) + 1 : case.claim.span.start]
    compares = any(mark in before for mark in (">", "<", r"\ge", r"\le"))
    told = "$" in before.rpartition(". ")[2].rstrip("$ ")  # another formula in the same sentence
    return "the line before it may say for which values it is" if compares or told else ""


def of_entries(case: Case) -> str:
    """The exponential of a matrix that is not square, or may not be, was taken entry by entry."""
    apart = any(type(part) is Exp and ONE not in part.shape for part in case.parts)
    return "the exponential of a matrix was taken entry by entry" if apart else ""


def of_an_identity(case: Case) -> str:
    """The trace of an identity matrix, of which nothing tells the size."""
    found = any(type(part) is Trace and type(part.of) is Identity for part in case.parts)
    return "nothing tells the size of the identity matrix" if found else ""


def of_a_size(case: Case) -> str:
    sizes = [part.of.name for side in (case.claim.left, case.claim.right) for part in side.parts(Log, Norm) if is_size(part.of)]
    return f"${sizes[0]}$ is a number of rows or columns here" if sizes else ""


def of_a_series(case: Case) -> str:
    return "it is the beginning of a series, which holds to first order" if is_expansion(case.claim) else ""


def of_an_index(case: Case) -> str:
    left, right = case.claim.left, case.claim.right
    return "an index stands on one side only" if free(left) != free(right) and repeated(left) | repeated(right) else ""


# why a line that the numbers refute may be no mistake: the first that applies is said
DOUBTS: tuple[Callable[[Case], str], ...] = (
    of_a_definition, of_an_alternative, of_a_rival, of_a_finite_change, of_what_was_told, of_an_odd_kind, of_a_number, of_what_is_written,
    of_several_functions, of_what_is_told_later, of_a_special_case, of_a_reach, of_an_open_function, of_an_open_dependence, of_an_index_that_moves,
    of_a_case, of_entries, of_an_identity, of_a_size, of_a_series, of_an_index,
)  # fmt: skip


def says_otherwise(claim: Claim, problem: Problem) -> bool:
    """Whether a claim about a name stands in the words, `for $A = I$`, where it may bring in a case or another thing of that name; or below a
    definition that only words give, “$B$ is $1/10$”."""
    given = next((each.span.text for each in problem.definitions if each.name is claim.left and each.span is not None), "=")
    if isinstance(claim.left, Symbol) and "=" not in given:
        return True
    inline = stands_in_words(claim)
    is_direction = isinstance(claim.left, Differential) and not any(isinstance(part, Differential) for part in claim.right.walk())  # dx = a
    left = claim.left.of if isinstance(claim.left, Differential) and is_direction else claim.left
    name = applied_name(claim)
    return inline and (isinstance(left, Symbol) or name in problem.symbols or name in problem.functions)


def stands_in_words(claim: Claim | Fault) -> bool:
    """Whether a claim stands between single dollars, or `\\(` and `\\)`, of a line of words."""
    if claim.span is None:
        return False
    text = claim.span.source.text
    before = text[text.rfind("\n", 0, claim.span.start) + 1 : claim.span.start]
    single = before.replace("$$", "").replace("\\$", "").count("$") % 2 == 1
    return single or before.rfind("\\(") > before.rfind("\\)")


def applied_name(claim: Claim) -> str:
    """The f of a claim about `f(M)`."""
    left = claim.latex.partition("=")[0].replace("&", "").strip()
    name, bracket, _ = left.partition("(")
    return name.strip() if bracket and left.endswith(")") and left.count("(") == 1 else ""


def is_finite_change(term: Term) -> bool:
    r"""Whether a change is added to what changes, as in `f(A + \delta A)`."""
    return type(term) is Sum and any(type(part) is Differential and part.of in term.terms for part in term.terms)


def with_rivals(problem: Problem, rivals: Mapping[Term, Claim]) -> Problem:
    """The problem with what the words said last of names."""
    changed = tuple(each._replace(body=rivals[each.name].right) if each.name in rivals else each for each in problem.definitions)
    return replace(problem, definitions=changed)


def is_expansion(claim: Claim) -> bool:
    """Whether `f(x+h) = f(x) + \\frac{\\partial f}{\\partial x}h`: a function of a sum beside a derivative, with sides that agree for h = 0."""
    derived = claim.right.uses(Derivative, Differential)
    places = [part.of for part in claim.left.parts(*CALLS) if type(part.of) is Sum] if derived else []
    names = {part for place in places for part in place.terms if type(part) is Symbol}
    return any(same_term(*(tidied(side.replace({name: zero(name.shape)})) for side in (claim.left, claim.right))) for name in names)


def is_about_changes(claim: Claim) -> bool:
    """Whether a derivative or a differential stands in a claim."""
    return any(side.uses(Derivative, Differential) for side in (claim.left, claim.right))


def what_is_unread(claim: Claim, problem: Problem) -> str:
    """The name in a claim whose definition could not be read, the first of them; nothing where there is none."""
    unread = [fault.defines for fault in problem.faults if fault.defines]
    if not unread:
        return ""
    definitions = bodies(problem, claim)
    used = {part.name for part in below(claim.left, definitions) | below(claim.right, definitions) if isinstance(part, Symbol)}
    return next((name for name in unread if name in used), "")


def is_size(term: Term) -> TypeGuard[Symbol]:
    """Whether a term is a number of rows or columns: an author may use its letter for something else, `\\log p`."""
    return isinstance(term, Symbol) and "integer" in term.properties
