"""Whether the words put an equation as one that is to hold: a constraint, and no result that somebody found."""

from __future__ import annotations

from derivtex.core.errors import Span

BINDING = ("subject to", "s.t.", "such that", "constrain", "lagrang", "feasible", "multiplier")
PUT_AS_CONSTRAINT = ("with", "where", "satisf", "under", "must", "require", "restrict", "fulfil", "for which", "given", "condition", " if ", "assum",
                     "let ", "all ", "when", "on the", "and ")  # fmt: skip
SOLUTIONS = ("minimiser", "minimizer", "maximiser", "maximizer", "minimum", "maximum", "optim", "solution", "stationary", "argmin", "argmax")
FOLLOWING = (
    "lead to", "leads to", "yield", "result in", "results in", "it follows", "implies", "imply", "reduces to", "arrive at", "arrives at", "end up",
    "obtain", "derive", " get ", " come to", "comes to",
)  # fmt: skip
CASES = (" if", " when", " unless", " whenever", " case")
NEAR = 40
SENTENCE_ENDS = (". ", "? ", "! ", "\n\n")


def is_said_to_bind(span: Span) -> bool:
    """Whether the text speaks of a constraint, or the words before an equation put it as one: “subject to”, “with $Ax = b$”.

    What “the minimiser satisfies” is no constraint on it, but what is found of it; nor is what something “leads to”.
    """
    words = before(span)
    if any(word in sentence_before(span) for word in FOLLOWING) and not is_in_list_of_constraints(span):
        return False
    if any(word in words and "satisf" in words[words.rindex(word) :] for word in SOLUTIONS) and not is_in_list_of_constraints(span):
        return False
    return speaks_of_constraints(span) or any(word in words for word in PUT_AS_CONSTRAINT)


def speaks_of_constraints(span: Span) -> bool:
    text = span.source.text.lower()
    return any(word in text for word in BINDING)


def is_in_list_of_constraints(span: Span) -> bool:
    r"""Whether what stands before in its sentence speaks of a constraint: “s.t. $Ax = b$, $x \ge 0$ and $1^Tx = 1$”."""
    text = span.source.text.lower()[: span.start]
    begin = max((at + len(word) for word in BINDING if (at := text.rfind(word)) >= 0), default=-1)
    return begin >= 0 and not any(end in text[begin:] for end in SENTENCE_ENDS)


def puts_as_case(span: Span) -> bool:
    """Whether the words before a relation put it as a case among others: “if $t > 0$”."""
    return before(span).rstrip("$ ").endswith(CASES)


def sentence_before(span: Span) -> str:
    """The words of the sentence before a formula, behind the formula before it."""
    text = span.source.text.lower()[: span.start].rstrip("$ \n")
    return text[max(text.rfind(end) for end in ("$", *SENTENCE_ENDS)) + 1 :]


def before(span: Span) -> str:
    return span.source.text.lower()[max(0, span.start - NEAR) : span.start]
