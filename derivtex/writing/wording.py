"""Every word a reader meets, in one place: the reasons of the rules, which are on their pages, and the phrases around a derivation.

A file of one's own replaces them, for another language or another tone. A line is `NAME = WORDS`, where NAME is a rule's (`product`,
or `Traces/cyclic` where two pages have one of a name), a phrase's, or a sentence as derivtex says it; each `{}` stands for a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from derivtex.core.errors import UsageError

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
    "slope at the solution": "The number printed is the slope of the function at the solution, in a random direction; it should be tiny.",
    "lemma": "Why ({}): {}.",
    "hint": "Line {}: {}",
    "entries of a gradient": "the gradient has the shape of {}: an entry says how {} changes with that in its place; numerator layout transposes it",
    "entries of a transposed gradient": "the gradient is transposed against {}, as numerator layout wants it: its entries say how {} changes",
    "entries of a jacobian": "each row says how one entry of {} changes with the entries of {}",
    "indicator": "Here {} is 1 for {} and 0 otherwise",
    "read off": "{} is the {} in {}",
}  # fmt: skip


class Wording:
    """The words, the replaced ones among them."""

    def __init__(self, own: Mapping[str, str] | None = None):
        self.own = dict(own or {})

    def reason(self, rule: Rule) -> str:
        """A rule's words; in replaced ones each `{}` is a formula of the rule's own, in order."""
        words = self.own.get(str(rule), self.own.get(rule.name))
        return rule.reason if words is None else filled(words, [f"${formula}$" for formula in rule.reason.split("$")[1::2]])

    def say(self, name: str, *parts: str) -> str:
        """A phrase with its parts put in."""
        return filled(self.own.get(name, PHRASES[name]), parts)

    def sentence(self, words: str) -> str:
        """A sentence as derivtex says it, or what was put in its place."""
        return self.own.get(words, words)

    def phrases(self) -> dict[str, str]:
        """The phrases that a template may use, by name."""
        return {name: self.own.get(name, text) for name, text in PHRASES.items()}

    def listed(self, parts: list[str]) -> str:
        """`a, b and c`."""
        return f" {self.say('and')} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


USUAL = Wording()


def filled(words: str, parts: Sequence[str]) -> str:
    """The words with a part for each `{}`; those that are left over are dropped."""
    first, *others = words.split("{}")
    return first + "".join(part + text for text, part in zip(others, [*parts, *[""] * len(others)], strict=False))


def read_words(path: Path) -> Wording:
    """The words of a file. Raises UsageError, with file and line, for a name that nothing has."""
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
        if name not in known and "{}" not in name:
            near = get_close_matches(name, known, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else "`derivtex rules` lists the names"
            raise UsageError(f"{path}:{number}: there is no rule or phrase {name}", way_out=hint)
        own[name] = words
    return Wording(own)


def names() -> list[str]:
    """What may be said in other words: the phrases and the rules."""
    from derivtex.calculus.constants import Dependence, names_page, problem_page
    from derivtex.simplification.rulebook import PAGES

    pages = (*PAGES, problem_page(Dependence((), {})), names_page({}))
    return [*PHRASES, *(name for page in pages for rule in page for name in (rule.name, str(rule)))]
