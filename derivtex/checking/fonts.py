"""Letters in bold in an author's line: what is raised on several of them, and one letter in two fonts."""

from __future__ import annotations

from collections.abc import Iterable

from derivtex.core.terms import Term
from derivtex.operations import Symbol

BOLD = (r"\mathbf", r"\boldsymbol", r"\bm", r"\vec")


def is_run_raised(latex: str) -> bool:
    r"""Whether something is raised on several letters in one font, `\mathbf{AB}^T`."""
    for font in BOLD:
        for piece in latex.split(f"{font}{{")[1:]:
            inside, _, behind = piece.partition("}")
            if len(inside) > 1 and inside.isalpha() and behind.lstrip().startswith("^"):
                return True
    return False


def in_two_fonts(parts: Iterable[Term]) -> tuple[str, str] | None:
    r"""Two names that are one letter in two fonts, y_i and `\mathbf{y}`, of which an author may mean one thing."""
    names = sorted({part.name for part in parts if isinstance(part, Symbol)})
    for bold in (name for name in names if name.startswith(BOLD)):
        rest = next(bold.removeprefix(font).strip() for font in BOLD if bold.startswith(font))
        letter = rest[1:].partition("}")[0] if rest.startswith("{") else rest.partition("_")[0]
        plain = next((name for name in names if name.partition("_")[0] == letter), None)
        if plain is not None:
            return plain, bold
    return None
