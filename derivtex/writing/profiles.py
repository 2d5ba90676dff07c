r"""Places where the text will be rendered, and what each can render.

A profile is one row: its words, the wrapper of a display and of a formula in the text, the command for words in a formula, and
the templates it can hold. Facts measured with the engines themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.errors import UsageError
from derivtex.writing.vocabulary import FULL, PLAIN, PORTABLE, Vocabulary

EVERY = frozenset({"eqnarray", "align", "aligned", "eqalign", "markdown", "article"})


class Profile(NamedTuple):
    """One place. display and inline: what stands before and behind a formula. text: the command that sets words in one."""

    name: str
    vocabulary: Vocabulary
    template: str
    display: tuple[str, str]
    inline: tuple[str, str] = ("$", "$")
    text: str = r"\text"
    holds: frozenset[str] = EVERY


DOLLARS = ("$$\n", "\n$$")
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("latex", FULL, "align", ("\\[\n", "\n\\]"), holds=EVERY - {"eqalign"}),
        Profile("latex-plain", PLAIN, "eqnarray", ("\\[\n", "\n\\]"), text=r"\mbox", holds=frozenset({"eqnarray"})),
        Profile("mathse", FULL, "eqalign", DOLLARS),
        Profile("mathjax", PORTABLE, "aligned", DOLLARS),
        Profile("katex", PORTABLE, "aligned", DOLLARS, holds=EVERY - {"eqnarray", "eqalign", "article"}),
        Profile("github", PLAIN, "markdown", ("```math\n", "\n```"), ("$`", "`$"), holds=frozenset({"aligned", "markdown"})),
        Profile("pandoc", PORTABLE, "aligned", DOLLARS, holds=EVERY - {"eqalign"}),
        Profile("jupyter", PORTABLE, "aligned", DOLLARS, holds=frozenset({"aligned", "markdown"})),
    )
}
USUAL = {
    "eqnarray": "latex-plain",
    "align": "latex",
    "aligned": "latex",
    "eqalign": "mathse",
    "markdown": "mathjax",
    "article": "mathjax",
}


def choose(profile: str | None, template: str | None) -> tuple[Profile, str, str]:
    """The profile and template that go together, and a word about it when the template had to be replaced."""
    if profile is not None and profile not in PROFILES:
        raise UsageError(f"there is no profile {profile}", way_out=f"the profiles are {', '.join(PROFILES)}")
    if profile is None:
        template = template or "eqnarray"
        return PROFILES[USUAL.get(template, "latex")], template, ""
    chosen = PROFILES[profile]
    if template is None or template not in EVERY or template in chosen.holds:
        return chosen, template or chosen.template, ""
    return chosen, chosen.template, f"{profile} cannot render the template {template}: {chosen.template} is used"
