"""What is said around a derivation in words: meanings, remarks, what the author asserted and does not hold, what the names are."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.terms import Term
from derivtex.derivation.equations import solutions_in
from derivtex.derivation.naming import all_lines
from derivtex.operations import Entry, LinearSolution, Number, Symbol, Zero
from derivtex.problem import Claim, Definition, Fault
from derivtex.steps import Derivation, Sentence
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import size
from derivtex.writing.lines import Line
from derivtex.writing.prose import said, with_formulas
from derivtex.writing.spaces import spaces
from derivtex.writing.wording import PHRASES, USUAL, Wording


def remarks(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> tuple[str, ...]:
    """What is worth saying after it: the derivation's own remarks, and which of the author's lines cannot be so."""
    sentences = tuple(said(sentence, formulas, wording) for sentence in derivation.remarks)
    faults = tuple(fault_in_words(fault, wording) for fault in derivation.problem.faults if is_sure(fault, derivation))
    return sentences + faults + wrong_claims(derivation, formulas, wording)


def unsaid(derivation: Derivation, wording: Wording = USUAL) -> tuple[str, ...]:
    """What the text leaves out of the author's lines: those that could not be read, or not surely, and equations that set something to zero."""
    faults = tuple(fault_in_words(fault, wording) for fault in derivation.problem.faults if not is_sure(fault, derivation))
    zeros = [claim for claim, found in derivation.on_claims if found.verdict == "condition" and sets_to_zero(claim)]
    return (*faults, *(wording.say("not used", in_dollars(claim)) for claim in zeros))


def is_sure(fault: Fault, derivation: Derivation) -> bool:
    """Whether a line that does not conform was read with certainty: where no kind was guessed."""
    return fault.code == "dimensions" and not derivation.problem.guessed


def sets_to_zero(claim: Claim) -> bool:
    """Whether an equation is a condition to be solved, not one that restricts the names."""
    return any(type(side) is Zero or side is Number(0) for side in (claim.left, claim.right))


def in_dollars(claim: Claim | Fault) -> str:
    return f"${claim.latex.replace('&', '')}$"


def told_before(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL, lines: Iterable[Line] | None = None) -> tuple[str, ...]:
    """What marks, functions and names in the lines mean that no equation says; of the marks for solutions of equations those that stand there."""
    shown = None if lines is None else {(part.lefts, part.rights) for line in lines for part in solutions_in(line.right)}
    here = [each for each in derivation.here if shown is None or type(of := each.terms[0]) is not LinearSolution or (of.lefts, of.rights) in shown]
    told = tuple(said(sentence, formulas, wording) for sentence in (*here, *meanings(derivation)))
    return (*indicators(derivation, formulas, wording), *told)


def indicators(derivation: Derivation, formulas: Formulas, wording: Wording) -> list[str]:
    r"""What the entries of a set say: `$\Omega_{ij}$ is 1 for $(i, j) \in \Omega$`."""
    bodies = (derivation.problem.target, *(known.body for known in derivation.problem.definitions))
    entries = (part for body in bodies for part in body.walk() if type(part) is Entry and type(part.of) is Symbol and part.of.has("indicator"))
    first = {part.of: part for part in entries if stands_by_itself(part.of, derivation, formulas)}
    return [
        wording.say("indicator", f"${formulas.latex(part)}$", f"${pair(part, formulas)} \\in {formulas.latex(of)}$") for of, part in first.items()
    ]


def stands_by_itself(held: Term, derivation: Derivation, formulas: Formulas) -> bool:
    """Whether a set is written as a matrix or by its entries, not only below a sum."""
    name, bodies = formulas.latex(held), [known.body for known in derivation.let]
    texts = (formulas.latex(term).replace(rf"\in {name}", "") for term in (*bodies, *all_lines(derivation)))
    return any(name in text for text in texts)


def pair(part: Entry, formulas: Formulas) -> str:
    """The place of an entry, `(i, j)`; of a vector's `i`."""
    row, column = formulas.latex(part.row), formulas.latex(part.column)
    return row if part.of.kind == "vector" else f"({row}, {column})"


def fault_in_words(fault: Fault, wording: Wording) -> str:
    """A line of the author's whose sides do not conform, or that cannot be read."""
    phrase = "does not conform" if fault.code == "dimensions" else "cannot be read"
    return wording.say(phrase, in_dollars(fault), with_formulas(fault.message))


def wrong_claims(derivation: Derivation, formulas: Formulas, wording: Wording) -> tuple[str, ...]:
    """Which lines of the author's the numbers speak against, and what should stand there; which of his conditions were not used."""
    told = []
    for claim, found in derivation.on_claims:
        if found.verdict == "condition" and not sets_to_zero(claim):
            told.append(wording.say("not used", in_dollars(claim)))
        elif found.verdict == "fails":
            reason = with_formulas(found.reason)
            reason = reason if found.expected is None else wording.say("should be", reason, f"${formulas.latex(found.expected)}$")
            told.append(wording.say("does not hold", in_dollars(claim), reason))
    return tuple(told)


def meanings(derivation: Derivation) -> list[Sentence]:
    """Sentences that say what those names and parts of the result are whose card has words for it."""
    named = {definition.body: definition.name for definition in derivation.where}
    parts = [*named, *derivation.result.walk()]
    telling = dict.fromkeys(part for part in parts if hasattr(part, "meaning"))
    own = {definition.body: definition.name for definition in derivation.problem.definitions}
    told = list[Sentence]()
    for part in telling:
        alike = [other for other in telling if type(other) is type(part) and other.children == part.children]
        both = alike if hasattr(part, "meaning_of_both") else []
        if both and part is not both[0]:
            continue
        subjects, (words, terms) = (both, part.meaning_of_both) if len(both) > 1 else ([part], part.meaning)
        names = (*(named.get(each, each) for each in subjects), *(own.get(each, each) for each in terms))
        told.append(Sentence(f"{'{} and {} are' if len(subjects) > 1 else '{} is'} {words}", names))
    return told


def where_equations(derivation: Derivation) -> tuple[Definition, ...]:
    """The definitions that are said as an equation; the others have a meaning that is said in words."""
    return tuple(definition for definition in derivation.where if not hasattr(definition.body, "meaning"))


def setting(derivation: Derivation, formulas: Formulas, wording: Wording = USUAL) -> tuple[str, ...]:
    """What the names are that are not defined: `$W \\in \\mathbb{R}^{m \\times 10}$`."""
    defined = {definition.name for definition in derivation.problem.definitions}
    used = dict.fromkeys(part for known in derivation.problem.definitions for part in known.body.walk())
    used |= dict.fromkeys((*derivation.problem.target.walk(), *derivation.problem.wrt))
    told = [part for part in used if type(part) is Symbol and part not in defined]
    told = [part for part in told if not part.has("indicator") or stands_by_itself(part, derivation, formulas)]
    return tuple(spaces(told, formulas, wording))


def kind_in_words(known: Symbol, formulas: Formulas, wording: Wording) -> str:
    name = f"${formulas.latex(known)}$"
    if known.is_scalar:
        return wording.say("is a scalar", name)
    if known.kind == "vector":
        return wording.say("is a vector", name, f"${known.size[0]}$")
    properties = ", ".join(wording.say(word) if word in PHRASES else wording.sentence(word) for word in known.properties)
    return wording.say("is a matrix", name, f"${size(known.size)}$") + (f" ({properties})" if properties else "")
