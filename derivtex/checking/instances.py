r"""What speaks of a special case, so that a refuted line may be no mistake: a value at a point, an example of a certain size, a function that
was told at one argument.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.checking.bodies import bodies
from derivtex.core.shapes import ONE, Dim
from derivtex.core.terms import Term
from derivtex.operations import Derivative, Differential, Entry, Index, Number, Symbol, Trace, Transpose
from derivtex.problem import Claim, Problem

LOOSE = {ord(mark): None for mark in " \n{}"}
CONVOLVED = (r"\circledast", r"\ast", r"\star", "*", r"\circ")
NOISES = (r"\epsilon", r"\varepsilon")
ARGUMENTS = (",", "|", ";", r"\mid", r"\text")


def special_case(claim: Claim, parts: Iterable[Term], names: Iterable[Symbol], problem: Problem) -> str:
    """Why a claim may speak of a special case; parts: of both sides, defined names opened; names: in the sides themselves."""
    defined = bodies(problem)
    told = sorted(name.name for name in names if name.name.startswith(r"\operatorname") and "(" in name.name and name not in defined)
    if told:
        return f"nothing tells what ${told[0]}$ is but its size"
    if any(is_turned_tensor(part) for side in (claim.left, claim.right) for part in side.walk()):
        return "a derivative with four indices is turned or traced, and over which of them is not told"
    if is_modelled(claim, parts):
        return "what a noise is added to may be data, and not move"
    if is_gradient_at_a_place(claim):
        return "the gradient at what stands in the brackets may be meant, or that by the variable in them: write \\nabla with an index"
    through = through_another(claim, problem)
    if through:
        return f"${through[0]}$ may depend on ${through[1]}$ through ${through[2]}$, and is not meant at ${through[1]}$"
    step = at_several_steps(claim, names)
    if step:
        return f"${step}$ stands at several steps, and is another thing at each"
    index = other_ranges(parts)
    if index:
        return f"${index}$ does not count what it numbers"
    if is_told_at_one_argument(claim):
        return "what is said of one argument may not hold of another"
    given = [each for each in problem.definitions if each.name in names and each.span is not None]
    texts = (claim.latex, *(each.span.text for each in given if each.span is not None))
    heads = {part.name for part in (*names, *defined, *parts) if isinstance(part, Symbol)}
    several = applied_to_several(" ".join(texts), {*heads, *applied_on_the_left(claim)})
    if several:
        return f"${several}$ stands before different brackets, and may be a function of what is in them"
    if is_applied_product(claim.latex, [name.name for name in defined if isinstance(name, Symbol) and name.is_scalar]):
        return "functions in a bracket before an argument are each applied to it"
    only_here = untold_beside_definition(claim, problem)
    if only_here:
        return f"nothing tells what ${only_here}$ is, with which it may hold"
    entry = numbered(part for side in (claim.left, claim.right) for part in side.walk())
    return f"${entry}$ may be one of a certain size here" if entry else ""


def untold_beside_definition(claim: Claim, problem: Problem) -> str:
    """The name, of which nothing else tells, in what a line says of a name that is defined: the E of `X = x^TE` beside `X = x^T`."""
    bodies_told = [each.body for each in problem.definitions if not isinstance(each.body, Symbol)]
    told = {part.name for term in (problem.target, *bodies_told) for part in term.parts(Symbol)}
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(one, Symbol) and problem.body(one) is not None:
            return next((part.name for part in other.parts(Symbol) if part.name in problem.guessed and part.name not in told), "")
    return ""


def is_modelled(claim: Claim, parts: Iterable[Term]) -> bool:
    r"""Whether a noise that the line does not name stands in what its names are made of, the ε of `y_n = \sigma(w^Tx_n) + \varepsilon_n`."""
    named = [part.name for part in parts if isinstance(part, Symbol)]
    return any(mark in name and mark not in claim.latex for name in named for mark in NOISES)


def is_gradient_at_a_place(claim: Claim) -> bool:
    r"""Whether a side is the gradient of a defined function before more than a name, `\nabla f(Ax + b)`: at that place, or by x."""
    for side, written in ((claim.left, left_text(claim)), (claim.right, claim.latex.partition("=")[2])):
        head, bracket, inside = written.translate(LOOSE).partition("(")
        plain = head.startswith(("&\\nabla", "\\nabla")) and "_" not in head and inside.endswith(")")
        if type(side) is Derivative and plain and bracket and any(mark in inside for mark in "+-"):
            return True
    return False


def through_another(claim: Claim, problem: Problem) -> tuple[str, str, str] | None:
    r"""The f, θ and x of `\nabla_\theta f(\theta)` beside `f(x)` and `x = \theta - \bar\theta`."""
    written, text = left_text(claim).translate(LOOSE), claim.span.source.text.translate(LOOSE) if claim.span is not None else ""
    for derivative in (side for side in (claim.left, claim.right) if type(side) is Derivative and isinstance(side.by, Symbol)):
        head, bracket, _ = written.partition(f"({derivative.by.name.translate(LOOSE)})")
        told = [*(each.sides for each in problem.definitions), *((each.left, each.right) for each in problem.claims)]
        for left, right in told if bracket else ():
            if isinstance(left, Symbol) and right.contains(derivative.by) and f"{head[-1:]}({left.name.translate(LOOSE)})=" in text:
                return head[-1:], derivative.by.name, left.name
    return None


def is_turned_tensor(part: Term) -> bool:
    r"""Whether the derivative of a matrix by a matrix is transposed or traced, `\Bigl(\frac{\partial F(X)}{\partial X}\Bigr)^T`."""
    of = part.children[0] if isinstance(part, (Transpose, Trace)) else None
    return type(of) is Derivative and of.form == "vec" and ONE not in (*of.of.shape, *of.by.shape)


def other_ranges(parts: Iterable[Term]) -> str:
    r"""The index that stands in an entry of what has another size than the index counts, as in `\sum_{i=1}^m \sum_{j=1}^n X_{ij}^2` of a square X."""
    for part in parts:
        if type(part) is Entry:
            for index, size in zip((part.row, part.column), part.of.shape, strict=True):
                if type(index) is Index and index.last != size:
                    return index.name
    return ""


def numbered(parts: Iterable[Term]) -> str:
    """The name of which numbered entries stand in a line, though its size is a letter: `X_{11} + X_{22}` is the trace of some X."""
    return next((str(part.of) for part in parts if type(part) is Entry and is_open(part) and isinstance(part.of, Symbol)), "")


def is_open(entry: Entry) -> bool:
    places = zip((entry.row, entry.column), entry.of.shape, strict=True)
    return any(type(place) is Number and is_lettered(size) for place, size in places)


def is_lettered(size: Dim) -> bool:
    """Whether a size has a name in it."""
    return any(names for names, _ in size)


def is_told_at_one_argument(claim: Claim) -> bool:
    """Whether the value of `p(C_2)` has no name in it, or that of `Var(b)` not its argument: it was taken from what is said of `p(C_1)`."""
    left, names = left_text(claim).translate(LOOSE), {part.name.translate(LOOSE) for part in claim.left.parts(Symbol)}
    head, bracket, argument = left.removesuffix(")").partition("(")
    if not names:
        return bool(bracket) and any(mark.isalpha() for mark in left)
    plain = type(claim.left) not in (Symbol, Derivative, Differential) and left.endswith(")") and bool(head)
    is_name = argument.isalpha() and len(argument) == 1 or argument.startswith("\\") and argument.replace("\\", "").isalpha()
    return plain and is_name and argument not in names


def left_text(claim: Claim) -> str:
    """The left side as it is written; of a line that goes on, what stands before its relation sign."""
    left = claim.latex.partition("=")[0]
    if left.strip(" &\n") or claim.span is None:
        return left
    before = claim.span.source.text[: claim.span.start]
    for mark in ("$$", "=", "&&"):
        before = before.rpartition(mark)[2]
    return before


def applied_name_of(claim: Claim, problem: Problem) -> str:
    """The name in a claim whose arguments were left out though they differ; a name that is both sides, `\\phi(x) = \\phi(y)`."""
    if isinstance(claim.left, Symbol) and claim.left is claim.right and "(" in claim.latex:
        return claim.left.name
    known = (*problem.symbols.values(), *(each.name for each in problem.definitions))
    return applied_to_several(claim.latex, {each.name for each in known if isinstance(each, Symbol)})


def applied_on_the_left(claim: Claim) -> tuple[str, ...]:
    r"""The ξ of `\xi(T, Y) = \sum_i \xi(t_i, y_i)`, which may have been put in, so that no part bears its name."""
    head, bracket, _ = left_text(claim).replace("&", "").partition("(")
    return (head.strip(),) if bracket and head.strip().lstrip("\\").isalpha() else ()


def applied_to_several(latex: str, heads: Iterable[str]) -> str:
    """The name that stands before different brackets, of which one lists or conditions what is in it, as in `H(X) - H(X|Y)`."""
    written = latex.replace(r"\left", "").replace(" ", "")
    for head in sorted(heads):
        pieces = written.split(f"{head.replace(' ', '')}(")[1:]
        inside = {piece.partition(")")[0] for piece in pieces}
        if len(inside) > 1 and any(mark in each for each in inside for mark in ARGUMENTS):
            return head
    return ""


def told_again(problem: Problem, names: Iterable[Term]) -> str:
    """The name of which a line that could not be read says again what it is, as each row of a table of rules says it of Z."""
    known = {name.name.translate(LOOSE): name.name for name in names if isinstance(name, Symbol)}
    lefts = (fault.latex.partition("=")[0].replace("&", "").translate(LOOSE) for fault in problem.faults if "=" in fault.latex)
    return next((known[left] for left in lefts if left in known), "")


def at_several_steps(claim: Claim, names: Iterable[Symbol]) -> str:
    """The name in a claim that stands elsewhere with several numbers in brackets, as the F of a recurrence, `F(2) = SF(1) + Y`."""
    text = claim.span.source.text if claim.span is not None else ""
    for name in sorted({name.name for name in names}):
        pieces = text.split(f"{name}(")[1:]
        if len({inside for piece in pieces if (inside := piece.partition(")")[0]).isdigit()}) > 1:
            return name
    return ""


def is_applied_product(latex: str, functions: Iterable[str]) -> bool:
    r"""Whether functions stand together in a bracket before an argument, `(f \cdot g)(x)`, which is their product there, or `(f * g)(x)`."""
    *heads, _ = latex.replace(r"\left", "").replace(r"\right", "").replace(" ", "").split(")(")
    inside = [head.rpartition("(")[2] for head in heads]
    return any(mark in each for each in inside for mark in CONVOLVED) or any(name in each for each in inside[:1] for name in functions)
