"""Every word a reader meets, in one place: the reasons of the rules, which are on their pages, and the phrases around a derivation.

A file replaces them, for another language or another tone; `words` has those of four languages. A line is `NAME = WORDS`, where NAME is a
rule's (`product`, or `Traces/cyclic` where two pages have one of a name), a phrase's, or the words as derivtex says them, a part between
semicolons among them; each `{}` stands for a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from derivtex.calculus.constants import problem
from derivtex.calculus.known_names import naming
from derivtex.core.errors import UsageError
from derivtex.core.shipped import shipped
from derivtex.rewriting.conditions import ASSUMED
from derivtex.simplification.rulebook import PAGES

if TYPE_CHECKING:
    from derivtex.rewriting.page import Rule

PHRASES = {
    "and": "and",
    "let": "Let",
    "here": "Here",
    "where": "where",
    "assumed": "Assumed",
    "given": "Given",
    "derivation": "Derivation",
    "setting": "Setting",
    "result": "Result",
    "remarks": "Remarks",
    "exercise": "Exercise",
    "solution": "Solution",
    "fill in": "Fill in the blanks.",
    "reasons": "Reasons",
    "definition": "definition of {}",
    "constant": "{} is constant",
    "constants": "{} are constant",
    "not confirmed": "not confirmed",
    "denominator": "denominator",
    "numerator": "numerator",
    "gradient": "gradient",
    "jacobian": "Jacobian",
    "shape of the variable": "the shape of {}",
    "row for each": "a row for each entry of {}",
    "column for each": "a column for each entry of {}",
    "layout": "{} layout: {}",
    "other layout": "In {} layout the {} is its transpose{}.",
    "does not conform": "The line {} does not conform: {}",
    "cannot be read": "The line {} cannot be read: {}",
    "does not hold": "The line {} does not hold: {}",
    "not used": "The line {} does not hold in general; as a condition it was not used.",
    "should be": "{}; the right side should be {}",
    "is a scalar": "{} is a scalar",
    "is a vector": "{} is a vector of size {}",
    "is a matrix": "{} is a matrix of size {}",
    "posdef": "positive definite",
    "psd": "positive semidefinite",
    "check it": "Check.",
    "largest difference": "The number printed is the difference between the formula and a difference quotient; it should be tiny.",
    "step of Newton": "One step of Newton's method; repeated from a first guess until nothing changes it finds where the gradient is zero.",
    "step of an iteration": "Steps of the iteration; repeated in turn from a first guess until nothing changes they lead to a zero gradient.",
    "one equation": "The equation for the multiplier as a function of it, whose root bisection finds, and the unknown at a value of it.",
    "slope at the solution": "The number printed is the slope of the function at the solution, in a random direction; it should be tiny.",
    "lemma": "Why ({}): {}.",
    "hint": "Line {}: {}",
    "entries of a gradient": "the gradient has the shape of {}: an entry says how {} changes with that in its place; numerator layout transposes it",
    "entries of a transposed gradient": "the gradient is transposed against {}, as numerator layout wants it: its entries say how {} changes",
    "entries of a jacobian": "each row says how one entry of {} changes with the entries of {}",
    "indicator": "Here {} is 1 for {} and 0 otherwise",
    "read off": "{} is the {} in {}",
    "as above": "as above",
}  # fmt: skip


STRUCTURES = ("symmetric", "skew-symmetric", "diagonal", "orthogonal", "invertible", "lower triangular", "upper triangular", "hermitian")
TOGETHER = ("the two terms are transposes", "terms in pairs of transposes", "transposes", "common factors in front", "opposite terms cancel",
            "zero by the definitions", "{} is symmetric", "{} and {} are symmetric", "{}, {} and {} are symmetric")  # fmt: skip
PARTS = ("; ", ": ")


class Wording:
    """The words, the replaced ones among them."""

    def __init__(self, own: Mapping[str, str] | None = None):
        self.own = dict(own or {})

    def reason(self, rule: Rule) -> str:
        """A rule's words; in replaced ones each `{}` is a formula of the rule's own, in order."""
        words = self.own.get(str(rule), self.own.get(rule.name))
        return self.sentence(rule.reason) if words is None else filled(words, formulas_in(rule.reason))

    def say(self, name: str, *parts: str) -> str:
        """A phrase with its parts put in."""
        return filled(self.phrase(name), parts)

    def phrase(self, name: str) -> str:
        """A phrase with its `{}`; what replaces a rule of the same name, which has none, does not replace it."""
        text = PHRASES[name]
        own = self.own.get(name, text)
        return self.own.get(text, text) if own is text or ("{}" in text and "{}" not in own and text in self.own) else own

    def sentence(self, words: str) -> str:
        """A sentence as derivtex says it, or what was put in its place; of one that is not known as a whole its parts are."""
        if not self.own:
            return words
        whole = self.own.get(words) or self.own.get(without_formulas(words))
        if whole is not None:
            return filled(whole, formulas_in(words) or ["{}"] * words.count("{}"))
        mark = next((mark for mark in PARTS if mark in words), None)
        return words if mark is None else mark.join(map(self.sentence, words.split(mark)))

    def phrases(self) -> dict[str, str]:
        """The phrases that a template may use, by name."""
        return {name: self.phrase(name) for name in PHRASES}

    def listed(self, parts: list[str]) -> str:
        """`a, b and c`."""
        return f" {self.say('and')} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


USUAL = Wording()


def formulas_in(words: str) -> list[str]:
    """The formulas between dollar signs."""
    return [f"${formula}$" for formula in words.split("$")[1::2]]


def without_formulas(words: str) -> str:
    """The words with `{}` for each formula between dollar signs."""
    return "{}".join(words.split("$")[::2])


def filled(words: str, parts: Sequence[str]) -> str:
    """The words with a part for each `{}`; those that are left over are dropped."""
    first, *others = words.split("{}")
    return first + "".join(part + text for text, part in zip(others, [*parts, *[""] * len(others)], strict=False))


def languages() -> tuple[str, ...]:
    """The languages whose words come with derivtex."""
    return tuple(sorted(path.stem for path in shipped("words").glob("*.words")))


def read_words(path: Path) -> Wording:
    """The words of a file, or of a language: de. Raises UsageError, with file and line, for a name that nothing has."""
    if str(path) in languages():
        path = shipped("words") / f"{path}.words"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as text: {error}", way_out="give a file with lines NAME = WORDS") from error
    own: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, words = (part.strip() for part in line.partition("="))
        if not equals:
            raise UsageError(f"{path}:{number}: no equals sign", way_out="a line is NAME = WORDS, or a remark after #")
        known = names()
        if name not in known and "{}" not in name and name not in words_said():
            near = get_close_matches(name, known, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else "`derivtex rules` lists the names"
            raise UsageError(f"{path}:{number}: there is no rule or phrase {name}", way_out=hint)
        own[name] = words
    return Wording(own)


def names() -> list[str]:
    """What may be said in other words: the phrases and the rules."""
    return [*PHRASES, *(name for rule in rules() for name in (rule.name, str(rule)))]


def rules() -> list[Rule]:
    """All rules, those that are made for a problem among them."""
    return [rule for page in (*PAGES, problem, naming) for rule in page]


def words_said() -> set[str]:
    """All that is said in words, with `{}` for each formula: the phrases, the parts of reasons, why rules are true and what students ask."""
    told = [part for rule in rules() for part in rule.reason.split("; ")]
    told += [words for rule in rules() for words in (rule.hint, rule.lemma.words if rule.lemma is not None else "")]
    told += [*PHRASES.values(), *ASSUMED.values(), *STRUCTURES, *TOGETHER]
    return {words for words in map(without_formulas, told) if any(part.isalpha() for part in words.replace("{}", ""))}
