"""How often the certificate errs, over random formulas: python -m tests.certificate_rates [COUNT] [FIRST SEED].

Each derivation is confirmed, and then its result is spoilt in the ways in which people slip. A right derivation that is refuted is a
false refusal, a spoilt one that is confirmed a false confirmation. What is neither is listed with its reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from derivtex.checking import confirm
from derivtex.core.errors import DerivtexError
from derivtex.core.terms import Term
from derivtex.derivation.driver import derive
from derivtex.rewriting.normal_form import same_term
from derivtex.steps import Derivation
from tests.expressions import Composed, Formulas
from tests.mutations import mutants
from tests.wild_expressions import Wild

GENERATORS = (Formulas, Wild, Wild, Composed)
SPOILT = 3


def derivation_of(seed: int) -> Derivation | None:
    """The derivation of a random problem; None where it is refused."""
    problem, options = GENERATORS[seed % len(GENERATORS)](seed).problem()
    try:
        return derive(problem, **options)
    except DerivtexError:
        return None


def spoilt(derivation: Derivation, seed: int) -> Iterator[Derivation]:
    """The derivation with other results, which are wrong."""
    found = [mutant for _, mutant in mutants(derivation.result) if not same_term(mutant, derivation.result)]
    for mutant in Random(seed).sample(found, min(SPOILT, len(found))):
        yield replace(derivation, chains=(), result=mutant, opened=None, unnamed=None)


def is_wrong(derivation: Derivation, right: Term) -> bool:
    """Whether a spoilt result has another value than the right one, with all that is declared and defined."""
    from derivtex.checking.trials import equality
    from derivtex.checking.verdict import domain_of, run

    trial = equality(right, derivation.result)
    run([trial], domain_of(derivation), assumed=derivation.assumptions)
    return trial.accused


def reason_of(derivation: Derivation) -> str:
    """The first reason why a derivation is not confirmed."""
    every = [*(c for chain in derivation.certificates for c in chain), derivation.verdict]
    return next(certificate.remark for certificate in every if not certificate.confirmed)


def outcome(seed: int) -> tuple[str, list[str]]:
    """What became of a seed: refused, confirmed, refuted or unknown; and of its spoilt results."""
    derivation = derivation_of(seed)
    if derivation is None:
        return "refused", []
    checked = confirm(derivation)
    if not checked.confirmed:
        return "refuted" if checked.refutation else "unknown", [reason_of(checked)]
    found = []
    if getattr(derivation.problem.wrt[0], "properties", ()) and derivation.form != "gradient":
        return "confirmed", []  # other results can be right too: within the structure of the variable they have the same values
    for wrong in spoilt(derivation, seed):
        verdict = confirm(wrong).verdict
        if not verdict.confirmed:
            found.append("spoilt, refuted" if verdict.refuted else "spoilt, unknown")
        elif is_wrong(wrong, derivation.result):
            found.append("spoilt, confirmed")
    return "confirmed", found


def main(count: int = 2000, first: int = 0) -> int:
    """Whether the certificate erred, or something failed: the status of the process."""
    total: Counter[str] = Counter()
    for seed in range(first, first + count):
        try:
            what, more = outcome(seed)
        except Exception as error:  # a defect: told with the others, so that it ends no long run
            what, more = "crashed", [repr(error)]
        total.update([what, *more])
        if what in ("refuted", "unknown", "crashed") or "spoilt, confirmed" in more:
            print(seed, what, ", ".join(more), flush=True)
    print(f"{count} formulas: {dict(sorted(total.items()))}")
    return int(any(total[what] for what in ("refuted", "crashed", "spoilt, confirmed")))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
