"""What is printed as the result, read again, is the result: over formulas of tables and forums, with all their names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import derivtex
from derivtex.checking.trials import equality
from derivtex.checking.verdict import all_definitions, domain_of, run
from derivtex.core.errors import DerivtexError
from derivtex.core.terms import Term
from derivtex.operations.leaves import Symbol
from derivtex.reading import read_formula
from derivtex.rewriting.normal_form import same_term
from derivtex.steps import Derivation
from derivtex.writing.formula import latex

CASES = [json.loads(line) for line in (Path(__file__).parent / "formulas.jsonl").read_text(encoding="utf-8").splitlines()]
GROUPS = 12

# What the reader refuses aloud when it stands alone, without the sentence that goes with it in the derivation.
REFUSED_ALOUD = (
    "an integral is not read",  # the values of printed integrals are tried in test_printed_integrals
    "may be a power or an entry with raised indices",  # the matrix J^{ij} of the source, whose entries are 0 and 1
    "may be a transpose or a power",  # A^{t} of the source
    "may act on its entries or be a function of the matrix",  # g'(X) of an abstract g
    "it may be the imaginary unit",  # i, which the source declares to be the vector of ones
    "n columns meet I rows",  # columns X_i with i up to I: that I is n stands in the source
)

EXPLAINED = (r"\Phi(", r"\mathcal{T}(", "u_k(A)")  # marks whose meaning a sentence before the lines tells
ONES_AS_ONE = r"\Phi^{T}\cdot 1"  # the author writes 1 for the vector of ones


def derivation_of(case: dict[str, Any]) -> Derivation | None:
    """The derivation of a case, None where it is refused (the tests of reading know which)."""
    try:
        answer = derivtex.derive("\n".join(case["given"]), of=case.get("of"), wrt=case["wrt"], declare=case["declare"], check=False)
    except DerivtexError:
        return None
    return answer.derivation


def names_of(derivation: Derivation) -> dict[str, Symbol]:
    """Every name that the lines can hold: the author's, and those of definitions that were introduced."""
    definitions = all_definitions(derivation)
    terms = (derivation.result, derivation.problem.target, *definitions, *definitions.values())
    own = {part.name: part for term in terms for part in term.walk() if isinstance(part, Symbol)}
    return {**own, **derivation.problem.symbols}


def agree(derivation: Derivation, again: Term) -> bool:
    """Whether what was read is the result, as a term, by the normal form, by numbers, or, for what only differs in a size that
    nothing tells (I alone), by its print."""
    result = derivation.result
    if again is result or same_term(again, result):
        return True
    trial = equality(result, again)
    run([trial], domain_of(derivation), assumed=derivation.assumptions)
    spelling = derivation.problem.spelling
    return trial.certificate.confirmed or (not trial.accused and latex(again, spelling) == latex(result, spelling))


def faults(cases: list[dict[str, Any]]) -> Iterator[str]:
    """What is printed and not read, or read as something else."""
    for case in cases:
        derivation = derivation_of(case)
        if derivation is None:
            continue
        text = latex(derivation.result, derivation.problem.spelling)
        if any(mark in text for mark in (*EXPLAINED, ONES_AS_ONE)):
            continue
        try:
            again = read_formula(text, names_of(derivation), derivation.problem.functions)
        except DerivtexError as error:
            if not any(reason in str(error) for reason in REFUSED_ALOUD):
                yield f"{case['given']}: {text} is not read: {error}"
            continue
        if not agree(derivation, again):
            yield f"{case['given']}: {text} is read as {latex(again, derivation.problem.spelling)}"


@pytest.mark.parametrize("group", range(GROUPS))
def test_printed_results_are_read_as_themselves(group: int) -> None:
    assert list(faults(CASES[group::GROUPS])) == []
