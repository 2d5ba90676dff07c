"""What is constant, and what a name stands for: the page of rules that a problem itself gives."""

from __future__ import annotations

from derivtex.calculus.arithmetic import as_power, product
from derivtex.calculus.quadratics import add_quadratic_forms, symmetric_names, with_symmetric
from derivtex.calculus.slopes import slopes
from derivtex.core.session import spend
from derivtex.core.terms import Term
from derivtex.operations import (
    Derivative,
    Determinant,
    Differential,
    Hadamard,
    Index,
    Inner,
    Kronecker,
    MatrixExp,
    MatrixLog,
    MatrixPower,
    Member,
    Number,
    OpenCurve,
    PowerChange,
    Product,
    Sum,
    Symbol,
    zero,
)
from derivtex.operations.arithmetic import scalars_and_chain
from derivtex.operations.elementwise import Exp, Log
from derivtex.rewriting.holes import matrix, scalar
from derivtex.rewriting.page import Page, Rule, Why
from derivtex.rewriting.sources import CALCULUS, DEFINITION, higham

SQUARE, EXPONENT = matrix("X", "n", "n"), scalar("p")


class Dependence:
    """Which terms depend on the variables, directly or through a definition."""

    def __init__(self, variables: tuple[Term, ...], bodies: dict[Term, Term]):
        self.bodies = bodies
        self._variables = variables
        self._known: dict[Term, bool] = dict.fromkeys(variables, True)

    def hold(self, leaves: tuple[Term, ...]) -> None:
        """From now on the differentials of the variables are constant: a second differential is taken."""
        self._known = {**dict.fromkeys(self._variables, True), **dict.fromkeys(leaves, False)}

    def __call__(self, term: Term) -> bool:
        """Parts are looked at before what they are parts of, on a list: a chain of definitions may be long."""
        known = self._known.get(term)
        if known is not None:
            return known
        waiting = [term]
        while waiting:
            spend()
            part = waiting[-1]
            body = self.bodies.get(part)
            inner = part.children if body is None else (*part.children, body)
            found = [self._known.get(each) for each in inner]
            if part not in self._known and None in found and True not in found:
                waiting += [each for each, own in zip(inner, found, strict=True) if own is None]
                continue
            self._known.setdefault(part, True in found)
            waiting.pop()
        return self._known[term]


problem = Page("Problem", lasting=False, cite=DEFINITION)  # what the rules of one problem know besides: what depends on its variables


@problem.by_hand("constant", Differential, reason="constant", why=Why.NAMES, says="dC = 0", quiet=True, rides=True)
def _constant(term: Term, depends: Dependence) -> Term | None:
    return None if depends(term.of) else zero(term.shape)


@problem.by_hand("constant factors", Differential, over=Product, reason="constant factors", why=Why.NAMES, says=r"d(AXB) = A\,dX\,B", rides=True)
def _constant_factors(term: Term, depends: Dependence) -> Term | None:
    moving = [at for at, factor in enumerate(term.of.factors) if depends(factor)]
    if len(moving) != 1:
        still = tuple(factor for factor in term.of.factors if factor.is_scalar and not depends(factor))
        rest = tuple(factor for factor in term.of.factors if factor not in still)
        return Product((*still, Differential(product(rest)))) if still else None
    at = moving[0]
    return Product((*term.of.factors[:at], Differential(term.of.factors[at]), *term.of.factors[at + 1 :]))


@problem.by_hand("constant entries", Differential, over=Hadamard, reason="constant factors", why=Why.NAMES, says=r"d(A\odot X) = A\odot dX", rides=True)
def _constant_entries(term: Term, depends: Dependence) -> Term | None:
    moving = [at for at, factor in enumerate(term.of.factors) if depends(factor)]
    if len(moving) != 1:
        return None
    at = moving[0]
    return Hadamard((*term.of.factors[:at], Differential(term.of.factors[at]), *term.of.factors[at + 1 :]))


@problem.by_hand("constant side", Differential, over=(Inner, Kronecker), reason="constant factors", why=Why.NAMES, says=r"d(A : X) = A : dX", rides=True)
def _constant_side(term: Term, depends: Dependence) -> Term | None:
    """Of an inner product or a Kronecker product."""
    sides = tuple(Differential(side) if depends(side) else side for side in term.of.children)
    return term.of.rebuild(sides) if sum(map(depends, term.of.children)) == 1 else None


@problem.by_hand("logarithm of a product", Differential, over=Log, reason="logarithm of a product", why=Why.NAMES, says=r"d\log(cs/t) = d\log s - d\log t",
              cite=CALCULUS, rides=True)  # fmt: skip
def _logarithm(term: Term, depends: Dependence) -> Term | None:
    """What is constant drops out; what has a logarithm with a differential of its own stands alone."""
    if type(term.of.of) is not Product or not term.of.of.is_scalar:
        return None
    moving = [as_power(factor) for factor in term.of.of.factors if depends(factor)]
    scalars = all(factor.is_scalar for factor in term.of.of.factors)
    if not scalars or any(type(exponent) is not Number for _, exponent in moving):
        return None
    if not all(type(base) in (Determinant, Exp) or is_composed(Differential(Log(base.replace(depends.bodies)))) for base, _ in moving):
        return None
    parts = tuple(product((exponent, Differential(Log(base)))) for base, exponent in moving)
    return parts[0] if len(parts) == 1 else Sum(parts)


@problem.by_hand("exponential of a multiple", Differential, over=MatrixExp, reason="a matrix commutes with its exponential",
              why=Why.NAMES, says=r"d e^{tA} = Ae^{tA}\,dt", cite=higham("ch. 10"))  # fmt: skip
def _exponential(term: Term, depends: Dependence) -> Term | None:
    """Of a constant matrix times a number that varies: no integral is needed."""
    scalars, chain = scalars_and_chain(term.of.of)
    if not chain or any(map(depends, chain)) or not any(map(depends, scalars)):
        return None
    return Product((product(chain), term.of, Differential(product(scalars))))


add_quadratic_forms(problem)


@problem.by_hand("definition", Differential, over=(), reason="definition", why=Why.NAMES, says="df = d(\\text{what } f \\text{ stands for})", rides=True)
def _definition(term: Term, depends: Dependence) -> Term | None:
    body = depends.bodies.get(term.of)
    return None if body is None else Differential(body)


@problem.by_hand("definition inside", Differential, reason="definition", why=Why.NAMES, says="d f(g) = d f(\\text{what } g \\text{ stands for})", rides=True)
def _inside(term: Term, depends: Dependence) -> Term | None:
    """Where a function of what a name stands for has a differential of its own, such as log softmax."""
    of = term.of
    if not of.children or not any(part in depends.bodies for part in (*of.children[0].children, *of.children)):
        return None
    opened = Differential(of.replace(depends.bodies))
    return opened if is_composed(opened) else None


def is_composed(term: Term) -> bool:
    """Whether a function of a function has a differential of its own, as log σ has."""
    composed = (rule for rule in slopes.fitting(term) if rule.left is not None and rule.left.of.children[0].children)
    return any(rule.apply(term) for rule in composed)


@problem.by_hand("power with a moving exponent", Differential, over=MatrixPower, reason="differential of a power", cite=higham("sec. 11.2"),
              why=Why.NAMES, says=r"dX^{p} = L_{X^p}(dX) + X^{p}\log X\,dp", pattern=Differential(MatrixPower(SQUARE, EXPONENT)), needs=[("principal", "X")])  # fmt: skip
def _moving_exponent(term: Term, depends: Dependence) -> Term | None:
    """X^p = exp(p log X), and X commutes with its logarithm."""
    base, exponent = term.of.base, term.of.exponent
    if not depends(exponent):
        return None
    along = Product((term.of, MatrixLog(base), Differential(exponent)))
    return Sum((PowerChange(base, exponent, Differential(base)), along)) if depends(base) else along


def in_words(rule: Rule, term: Term, target: Term, depends: Dependence) -> Rule:
    """The rule with a reason that names what it is about: `$b$ is constant`, `definition of $f$`; without one where it is plain."""
    if rule.name == "definition":
        return rule.but(reason=f"definition of ${term.of.name}$", quiet=term.of is target)
    if rule.name == "definition inside":
        name = next(part.name for part in term.of.walk() if part in depends.bodies)
        return rule.but(reason=f"definition of ${name}$")
    if rule.name == "constant":
        return rule.but(reason=constant_names((term.of,)) or rule.reason, quiet=not constant_names((term.of,)))
    if rule.name in ("quadratic form", "quadratic form under the trace"):
        return rule.but(reason=with_symmetric(rule.reason + ";", symmetric_names(term.of, depends.bodies)))
    if rule.name in ("constant factors", "constant entries", "constant side"):
        names = constant_names(tuple(factor for factor in term.of.children if not depends(factor)))
        return rule.but(reason=names or rule.reason, quiet=not names)
    return rule


def written(name: Term) -> str:
    """A name in LaTeX, a member of a family with its index."""
    if type(name) is not Member:
        return str(name.name)
    at = str(name.index.name if type(name.index) is Index else name.index)
    return f"{name.family.name}_{at if len(at) == 1 else f'{{{at}}}'}"


def constant_names(terms: tuple[Term, ...]) -> str:
    """`$A$ is constant`, `$A$ and $b$ are constant`; nothing where there are no names or too many."""
    found = [part for term in terms for part in term.parts(Symbol, Member)]
    families = {part.family for part in found if type(part) is Member}
    names = list(dict.fromkeys(f"${written(part)}$" for part in found if part not in families))
    if not 0 < len(names) < 4:
        return ""
    return f"{names[0]} is constant" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} are constant"



@problem.by_hand("open curve", Differential, over=(OpenCurve, Derivative), reason="chain rule", why=Why.NAMES, says=r"dF(t) = \frac{dF(t)}{dt}\,dt", cite=CALCULUS)
def _open_curve(term: Term, depends: Dependence) -> Term | None:
    """What depends on one number alone has slopes of every order there."""
    curve, at = term.of, term.of.of if type(term.of) is OpenCurve else term.of.by
    while type(curve) is Derivative and curve.form == "scalar":
        curve = curve.of
    if type(depends.bodies.get(curve, curve)) is not OpenCurve:
        return None
    return Product((Derivative(term.of, at, "scalar", *term.of.shape), Differential(at)))
