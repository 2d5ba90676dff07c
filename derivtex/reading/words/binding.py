"""Whether the words put an equation as one that is to hold: a constraint, and no result that somebody found; and a derivative as known."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.errors import Span
from derivtex.reading.source.phrases import Item
from derivtex.reading.words.sentences import word
from derivtex.reading.words.vocabulary import ARTICLES, SETTING

BINDING = ("subject to", "s.t.", "such that", "constrain", "lagrang", "feasible", "multiplier")
PUT_AS_CONSTRAINT = ("with", "where", "satisf", "under", "must", "require", "restrict", "fulfil", "for which", "given", "condition", " if ", "assum",
                     "let ", "all ", "when", "on the", "and ")  # fmt: skip
SOLUTIONS = ("minimiser", "minimizer", "maximiser", "maximizer", "minimum", "maximum", "optim", "solution", "stationary", "argmin", "argmax")
FOLLOWING = (
    "lead to", "leads to", "yield", "result in", "results in", "it follows", "implies", "imply", "reduces to", "arrive at", "arrives at", "end up",
    "obtain", "derive", " get ", " come to", "comes to", "why is", "why are", "why does", "why do", "show that", "shows that", "prove that",
    "conclude that",
)  # fmt: skip
PUTTING = ("with", "where", "satisf", "under", "must", "require", "restrict", "fulfil", "for which", "given", " if ", "assum", "let ", "when",
           "on the")  # fmt: skip
CASES = (" if", " when", " unless", " whenever", " case")
NEAR = 40
NEAREST = 5
SENTENCE_ENDS = (". ", "? ", "! ", "\n\n")
FORMULA_ENDS = ("$", r"\]", r"\end{")


def is_said_to_bind(span: Span) -> bool:
    """Whether the text speaks of a constraint, or the words before an equation put it as one: “subject to”, “with $Ax = b$”.

    What “the minimiser satisfies” is no constraint on it, but what is found of it; nor is what something “leads to”, which “how to get the
    optimum with $Ax = b$” does not tell: the word that is nearer counts.
    """
    words = before(span)
    if behind_last(sentence_before(span), FOLLOWING) > max(0, behind_last(sentence_before(span), PUTTING)) and not is_in_list_of_constraints(span):
        return False
    if any(word in words and "satisf" in words[words.rindex(word) :] for word in SOLUTIONS) and not is_in_list_of_constraints(span):
        return False
    return speaks_of_constraints(span) or any(word in words for word in PUT_AS_CONSTRAINT)


def is_put_as_constraint(span: Span) -> bool:
    """Whether the words right before an equation put it as one, in a list of constraints or alone: “with $Ax = b$”, “the plane where $Ax = b$”."""
    words = sentence_before(span)
    at = behind_last(words, PUTTING)
    near = at > behind_last(words, FOLLOWING) and len(rest := words[at:].split()) < NEAREST and rest[:1] != ["respect"]
    claimed = any(word in words for word in SOLUTIONS) and "satisf" in words
    return is_in_list_of_constraints(span) or (near and not claimed)


def behind_last(words: str, among: Iterable[str]) -> int:
    """Where the last of some words ends; -1 where none stands."""
    return max((at + len(word) for word in among if (at := words.rfind(word)) >= 0), default=-1)


def speaks_of_constraints(span: Span) -> bool:
    text = span.source.text.lower()
    return any(word in text for word in BINDING)


def is_in_list_of_constraints(span: Span) -> bool:
    r"""Whether what stands before in its sentence speaks of a constraint, “s.t. $Ax = b$, $x \ge 0$ and $1^Tx = 1$”, and of nothing that follows."""
    text = span.source.text.lower()[: span.start]
    begin = max((at + len(word) for word in BINDING if (at := text.rfind(word)) >= 0), default=-1)
    return begin >= 0 and not any(end in text[begin:] for end in (*SENTENCE_ENDS, *FOLLOWING))


def puts_as_case(span: Span) -> bool:
    """Whether the words before a relation put it as a case among others: “if $t > 0$”."""
    return before(span).rstrip("$ ").endswith(CASES)


def sentence_before(span: Span) -> str:
    """The words of the sentence before a formula, behind the formula before it."""
    text = span.source.text.lower()[: span.start].rstrip("$ \n") + " "
    return text[max(text.rfind(end, 0, len(text) - 1) for end in (*FORMULA_ENDS, *SENTENCE_ENDS)) + 1 :]


def before(span: Span) -> str:
    return span.source.text.lower()[max(0, span.start - NEAR) : span.start]


PUT_AS_KNOWN = ARTICLES | frozenset("upstream incoming backpropagated partial gradient gradients derivative derivatives error jacobian".split())


def is_named_there(items: list[Item], at: int, place: int) -> bool:
    r"""Whether a derivative in a formula is what a name stands for that the words put as known: “with $g = \frac{\partial L}{\partial z}$”,
    “given the upstream gradient $\frac{\partial L}{\partial z}$”."""
    if items[at].kind != "math":
        return False
    begin = next(k for k in range(at - 1, -2, -1) if word(items, k) not in PUT_AS_KNOWN)
    return word(items, begin) == "given" if begin < at - 1 else items[at].start < place - 1 and word(items, at - 1) in SETTING
