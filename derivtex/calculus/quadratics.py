"""Quadratic forms in one move: xᵀAx, |x|², tr(XᵀAXB) and what stands twice in a formula, once transposed, around what is constant."""

from __future__ import annotations

from collections.abc import Callable, Container

from derivtex.calculus.arithmetic import product
from derivtex.calculus.traces import transposed
from derivtex.core.terms import Term, Terms
from derivtex.operations import Differential, Member, Number, Product, Sum, Symbol, Trace, Transpose
from derivtex.operations.arithmetic import factors_of, scalars_and_chain
from derivtex.rewriting.conditions import is_symmetric
from derivtex.rewriting.keys import monomial
from derivtex.rewriting.normal_form import same_term
from derivtex.rewriting.page import Page, Why
from derivtex.rewriting.sources import cookbook

Depends = Callable[[Term], bool]
TWO = Number(2)


def add_quadratic_forms(page: Page) -> None:
    """The rules for quadratic forms, on a page that is told what depends on the variables."""

    @page.by_hand("quadratic form", Differential, over=Product, reason="differential of a quadratic form", why=Why.TOGETHER, says=r"d(x^TAx) = 2x^TA\,dx,\ A = A^T",
                  cite=cookbook(81))  # fmt: skip
    def _form(term: Term, depends: Depends) -> Term | None:
        scalars, chain = scalars_and_chain(term.of)
        found = halves(chain, depends) if term.is_scalar and chain and not any(map(depends, scalars)) else None
        if found is None or found[2]:
            return None
        left, middle, _, right = found
        own = product((TWO, *scalars, *left, *middle, Differential(product(right))))
        return Sum((own, product((*scalars, *left, Differential(product(middle)), *right)))) if any(map(depends, middle)) else own

    @page.by_hand("quadratic form under the trace", Differential, over=Trace, reason="differential of a quadratic form",
                  why=Why.TOGETHER, says=r"d\operatorname{tr}(X^TAXB) = 2\operatorname{tr}(BX^TA\,dX),\ A = A^T,\ B = B^T", cite=cookbook(108))  # fmt: skip
    def _trace(term: Term, depends: Depends) -> Term | None:
        parts = summed(term.of.of, depends)
        found = [traced(part, depends) for part in parts]
        if all(part is None for part in found):
            return None
        made = tuple(Differential(Trace(part)) if new is None else new for part, new in zip(parts, found, strict=True))
        return made[0] if len(made) == 1 else Sum(made)


def summed(of: Term, depends: Depends) -> Terms:
    """The terms of a sum, of a product with one varying factor that is a sum too."""
    if type(of) is Sum:
        return of.terms
    if type(of) is not Product:
        return (of,)
    moving = [at for at, factor in enumerate(of.factors) if depends(factor)]
    if len(moving) != 1 or type(of.factors[moving[0]]) is not Sum:
        return (of,)
    at = moving[0]
    return tuple(product((*of.factors[:at], *factors_of(part), *of.factors[at + 1 :])) for part in of.factors[at].terms)


def traced(of: Term, depends: Depends) -> Term | None:
    """2 tr(BXᵀA dX) of tr(XᵀAXB), read from whichever factor it may be; with tr(XᵀAX dB) where B varies too, and likewise of A."""
    scalars, chain = scalars_and_chain(of)
    if not chain or any(map(depends, scalars)):
        return None
    for at in range(len(chain)):
        found = halves(chain[at:] + chain[:at], depends)
        if found is not None and not begins_transposed(found[3], depends):
            left, middle, behind, right = found
            parts = [product((TWO, *scalars, Trace(product((*behind, *left, *middle, Differential(product(right)))))))]
            if any(map(depends, middle)):
                parts.append(product((*scalars, Trace(product((*right, *behind, *left, Differential(product(middle))))))))
            if any(map(depends, behind)):
                parts.append(product((*scalars, Trace(product((*left, *middle, *right, Differential(product(behind))))))))
            return parts[0] if len(parts) == 1 else Sum(tuple(parts))
    return None


def halves(chain: Terms, depends: Depends) -> tuple[Terms, Terms, Terms, Terms] | None:
    """Lᵀ, A, B and L of a chain LᵀALB with symmetric A and B, which may be absent; None for any other."""
    mirrored = mirrored_before(chain)
    for width in range(1, (min(len(chain) // 2, max(mirrored)) if mirrored else len(chain) // 2) + 1):
        left = chain[:width]
        for at in range(width, len(chain) - width + 1) if any(map(depends, left)) else ():
            if mirrored and mirrored[at + width - 1] < width:
                continue
            right, middle, behind = chain[at : at + width], chain[width:at], chain[at + width :]
            alike = same_term(product(transposed(left)), product(right))
            if alike and all(not part or is_symmetric(product(part)) for part in (middle, behind)):
                return left, middle, behind, right
    return None


def mirrored_before(chain: Terms) -> list[int]:
    """How many factors up to each place are those at the beginning, mirrored: Xᵀ, A, …, A, X. Nothing where not all are names of matrices."""
    plain = all(type(part.of if type(part) is Transpose else part) is Symbol and 1 not in (part.shape[0].integer, part.shape[1].integer) for part in chain)
    keys, turned = [monomial(part) for part in chain], [monomial(part, True) for part in chain]
    if not plain or any(value != 1 for value, _ in keys + turned):
        return []
    found = []
    for end in range(len(chain)):
        found.append(next((width for width in range(end + 1) if turned[width] != keys[end - width]), end + 1))
    return found


def begins_transposed(chain: Terms, depends: Depends) -> bool:
    """Whether what depends on the variables stands transposed in a chain."""
    return any(type(factor) is Transpose for factor in chain if depends(factor))


def symmetric_names(term: Term, defined: Container[Term]) -> tuple[str, ...]:
    """The names in a formula that have to be symmetric, without those for which it follows from what they stand for."""
    symbols = (part for part in term.parts(Symbol) if part.shape[0] == part.shape[1] and not part.is_scalar)
    members = {part.family: part for part in term.parts(Member)}
    return tuple(with_index(part, members.get(part)) for part in symbols if part not in defined and is_symmetric(part))


def with_index(name: Symbol, member: Member | None) -> str:
    r"""A name, that of a family with the index that stands at it: `\Sigma_k`."""
    index = getattr(member.index, "name", "") if member is not None else ""
    return f"{name.name}_{{{index}}}" if len(index) > 1 else f"{name.name}_{index}" if index else name.name


def with_symmetric(words: str, names: tuple[str, ...]) -> str:
    """Words with what has to be symmetric: `the two terms are transposes: $A$ is symmetric`; without it where there is none or too much."""
    mark = words[-1] if words[-1] == ";" else ":"
    words = words.rstrip(";")
    if not 0 < len(names) < 4:
        return words
    listed = " and ".join(filter(None, (", ".join(f"${name}$" for name in names[:-1]), f"${names[-1]}$")))
    return f"{words}{mark} {listed} {'is' if len(names) == 1 else 'are'} symmetric"
