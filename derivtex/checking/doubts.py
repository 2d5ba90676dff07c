"""Why a line that the numbers refute may be no mistake: what else its author may have meant, and what speaks against a refutation.

A line fails only of what was read with certainty. Where names were taken for something unusual, or stand for what an earlier line only
tells of them, numbers drawn at random refute nothing; sums over repeated indices and the other layout are readings of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeGuard

from derivtex.checking.bodies import bodies
from derivtex.checking.claims import Given, outcome
from derivtex.checking.movement import below
from derivtex.checking.numbers import bound_indices
from derivtex.core.errors import ShapeError
from derivtex.core.terms import Term
from derivtex.operations import Call, Derivative, Differential, Index, Log, Sum, SumOver, Symbol, Transpose, zero
from derivtex.problem import Claim, Problem
from derivtex.rewriting.normal_form import same_term
from derivtex.simplification.engine import tidied

BOLD = (r"\mathbf", r"\boldsymbol", r"\bm", r"\vec")
NOBODY: Mapping[Term, Claim] = {}
PRIMED = ("'^", "'_")
REPEATED = "indices that stand twice are summed over"
WHERE_SUMMED = "indices that stand twice may be summed over"
DENOMINATOR = "derivatives of vectors are in denominator layout"


def says_otherwise(claim: Claim, problem: Problem) -> bool:
    """Whether a claim about a name stands in the words, `for $A = I$`, where it may bring in a case or another thing of that name."""
    inline = stands_in_words(claim)
    is_direction = isinstance(claim.left, Differential) and not any(isinstance(part, Differential) for part in claim.right.walk())  # dx = a
    left = claim.left.of if isinstance(claim.left, Differential) and is_direction else claim.left
    name = applied_name(claim)
    return inline and (isinstance(left, Symbol) or name in problem.symbols or name in problem.functions)


def stands_in_words(claim: Claim) -> bool:
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


def doubt(claim: Claim, problem: Problem, told: Iterable[Term], rivals: Mapping[Term, Claim] = NOBODY) -> str:
    """What speaks against calling a claim wrong; nothing where nothing does. told: names of which lines only tell what they must be.

    rivals: defined names of which another line says something else.
    """
    definitions = bodies(problem, claim)
    apart = [(part, rivals[part]) for side in (claim.left, claim.right) for part in below(side, definitions) if part in rivals] if rivals else []
    if apart:
        name, other = apart[0]
        return f"line {other.span.line if other.span else 0} says something else of ${name}$ than its definition"
    names = {part for side in (claim.left, claim.right) for part in side.walk() if isinstance(part, Symbol)}
    if any(applied_name(claim) == name.name for name in rivals if isinstance(name, Symbol)):
        return f"${applied_name(claim)}$ stands for several functions"
    if any(map(is_finite_change, (*claim.left.walk(), *claim.right.walk()))):
        return "a change that is added to what changes is finite, and no differential"
    restricted = sorted(f"${part.name}$" for part in names.intersection(told))
    if restricted:
        return f"{' and '.join(restricted)} must be what an earlier line tells"
    odd = sorted(f"${part.name}$ would have to be a {part.kind}" for part in names if part.name in problem.guessed and is_odd(part))
    if odd:
        return odd[0]
    if any(marks in claim.latex for marks in PRIMED):
        return "a prime before another script may be a part of a name"
    if any(f"{font}{{" in claim.latex for font in BOLD) and is_run_raised(claim.latex):
        return "what is raised on several bold letters may be raised on all of them"
    fonts = in_two_fonts(below(claim.left, definitions) | below(claim.right, definitions))
    if fonts:
        return f"${fonts[0]}$ and ${fonts[1]}$ are taken for two things"
    sizes = [part.of.name for side in (claim.left, claim.right) for part in side.walk() if type(part) is Log and is_size(part.of)]
    if sizes:
        return f"${sizes[0]}$ is a number of rows or columns here"
    if is_expansion(claim):
        return "it is the beginning of a series, which holds to first order"
    if free(claim.left) != free(claim.right) and repeated(claim.left) | repeated(claim.right):
        return "an index stands on one side only"
    return ""


def is_expansion(claim: Claim) -> bool:
    """Whether `f(x+h) = f(x) + \\frac{\\partial f}{\\partial x}h`: a function of a sum beside a derivative, with sides that agree for h = 0."""
    derived = any(type(part) in (Derivative, Differential) for part in claim.right.walk())
    places = [part.of for part in claim.left.walk() if type(part) is Call and type(part.of) is Sum] if derived else []
    names = {part for place in places for part in place.terms if type(part) is Symbol}
    return any(same_term(*(tidied(side.replace({name: zero(name.shape)})) for side in (claim.left, claim.right))) for name in names)


def is_about_changes(claim: Claim) -> bool:
    """Whether a derivative or a differential stands in a claim."""
    return any(type(part) in (Derivative, Differential) for side in (claim.left, claim.right) for part in side.walk())


def what_is_unread(claim: Claim, problem: Problem) -> str:
    """The name in a claim whose definition could not be read; nothing where there is none."""
    names = {fault.defines for fault in problem.faults if fault.defines}
    definitions = bodies(problem, claim)
    parts = below(claim.left, definitions) | below(claim.right, definitions)
    return next((part.name for part in parts if isinstance(part, Symbol) and part.name in names), "")


def is_run_raised(latex: str) -> bool:
    r"""Whether something is raised on several letters in one font, `\mathbf{AB}^T`."""
    for font in BOLD:
        for piece in latex.split(f"{font}{{")[1:]:
            inside, _, behind = piece.partition("}")
            if len(inside) > 1 and inside.isalpha() and behind.lstrip().startswith("^"):
                return True
    return False


def in_two_fonts(parts: Iterable[Term]) -> tuple[str, str] | None:
    r"""Two names that are one letter in two fonts, y_i and `\mathbf{y}`, of which an author may mean one thing."""
    names = sorted({part.name for part in parts if isinstance(part, Symbol)})
    for bold in (name for name in names if name.startswith(BOLD)):
        rest = next(bold.removeprefix(font).strip() for font in BOLD if bold.startswith(font))
        letter = rest[1:].partition("}")[0] if rest.startswith("{") else rest.partition("_")[0]
        plain = next((name for name in names if name.partition("_")[0] == letter), None)
        if plain is not None:
            return plain, bold
    return None


def is_size(term: Term) -> TypeGuard[Symbol]:
    """Whether a term is a number of rows or columns: an author may use its letter for something else, `\\log p`."""
    return isinstance(term, Symbol) and "integer" in term.properties


def is_odd(name: Symbol) -> bool:
    """Whether a name is of a kind for which hardly anybody uses it: a small letter for a matrix, a bold capital for a number, two indices for
    what is none."""
    below = name.name.partition("_")[2].strip("{}")
    if len(below) == 2 and below.isalpha() and below.islower() and name.kind != "scalar":
        return True
    letters = [mark for mark in name.name.split("_")[0].split("{")[-1] if mark.isalpha()]
    bold = name.name.startswith(BOLD)
    if len(letters) != 1 or "\\" in name.name.split("_")[0].removeprefix(next((font for font in BOLD if name.name.startswith(font)), "")):
        return False
    return name.kind == "matrix" if letters[0].islower() else bold and name.kind != "matrix"


def brought_in(claim: Claim, problem: Problem) -> tuple[Symbol, ...]:
    """The names that an identity brings in: on one side alone, undeclared and nowhere before, as the u and v of `σ(W) = u^TWv`."""
    left, right = (set(side.walk()) for side in (claim.left, claim.right))
    if any(type(part) in (Derivative, Differential) for part in left | right):
        return ()
    start = claim.span.start if claim.span else 0
    before = {part for each in problem.claims if each.span and each.span.start < start for part in (*each.left.walk(), *each.right.walk())}
    before |= {part for each in problem.definitions for part in (each.name, *each.body.walk())}
    new = [part for part in left ^ right if isinstance(part, Symbol) and part.name in problem.guessed and part not in before]
    return tuple(sorted(new, key=lambda each: each.name))


def meant_otherwise(claim: Claim, problem: Problem, given: Given) -> str:
    """The convention under which a claim holds that does not as it stands; nothing where there is none."""
    for sentence, other in ((REPEATED, with_sums(claim)), (DENOMINATOR, with_turned_derivatives(claim))):
        if other is not None:
            found = outcome(other, problem, given=given)
            if found.holds and found.heavy:
                return sentence
    return ""


def has_repeated(claim: Claim) -> bool:
    """Whether an index stands twice in an addend of a claim."""
    return bool(repeated(claim.left) | repeated(claim.right))


def with_sums(claim: Claim) -> Claim | None:
    """The claim with a sum over each index that stands twice in an addend; None where there is none, or sums are written."""
    sides = (claim.left, claim.right)
    if any(type(part) is SumOver for side in sides for part in side.walk()) or not any(map(repeated, sides)):
        return None
    left, right = map(summed, sides)
    return claim._replace(left=left, right=right) if free(left) == free(right) else None


def summed(side: Term) -> Term:
    """A side with a sum over each repeated index of each addend."""
    if type(side) is Sum:
        return Sum(tuple(map(summed, side.terms)))
    for index in sorted(repeated(side), key=lambda each: each.name):
        side = SumOver(index, side)
    return side


def repeated(side: Term) -> set[Index]:
    """The free indices that stand twice in an addend of a side."""
    addends = side.terms if type(side) is Sum else (side,)
    return {index for addend in addends for index, times in counted(addend).items() if times == 2}


def free(side: Term) -> set[Index]:
    return set(counted(side))


def counted(term: Term) -> Counter[Index]:
    """How often each free index stands in a term."""
    found: Counter[Index] = Counter()
    waiting = [(term, frozenset[Index]())]
    while waiting:
        part, bound = waiting.pop()
        if type(part) is Index:
            found[part] += part not in bound
        inner = bound.union(bound_indices(part))
        waiting += [(child, inner) for child in part.children]
    return +found


def with_turned_derivatives(claim: Claim) -> Claim | None:
    """The claim with the derivatives of vectors inside its right side transposed; None where there are none or that does not conform."""

    def turned(part: Term) -> Term | None:
        return Transpose(part) if type(part) is Derivative and part.form == "jacobian" else None

    if type(claim.right) is Derivative:
        return None
    try:
        right = claim.right.map(turned)
    except ShapeError:
        return None
    fits = right is not claim.right and right.shape in (claim.left.shape, claim.left.shape[::-1])
    return claim._replace(right=right) if fits else None
