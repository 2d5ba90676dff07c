"""Places where the text will be rendered, and what each can render.

A profile is one row: its words, the wrapper of a display and of a formula in the text, the command for words in a formula, and
the templates it can hold. Facts measured with the engines themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.core.errors import UsageError
from derivtex.writing.manner import Manner
from derivtex.writing.vocabulary import FULL, PLAIN, PORTABLE, WITHOUT_BIG, WITHOUT_MACROS, Vocabulary

DISPLAYS = frozenset({"eqnarray", "align", "aligned", "alignat"})
PAGES = frozenset({"article", "appendix", "beamer", "exercise"})
TEXTS = frozenset({"markdown", "forum"})
EVERY = DISPLAYS | PAGES | TEXTS | {"eqalign"}


class Profile(NamedTuple):
    """One place. display and inline: what stands before and behind a formula; alone: around an environment that is a display itself.

    text: the command that sets words in a formula. frame: a box. colors, labels, keys, comments: whether it knows them.
    """

    name: str
    vocabulary: Vocabulary
    template: str
    display: tuple[str, str]
    holds: frozenset[str]
    alone: tuple[str, str] = ("", "")
    inline: tuple[str, str] = ("$", "$")
    text: str = r"\text"
    frame: tuple[str, str] = (r"\boxed{", "}")
    colors: bool = True
    labels: bool = True
    keys: bool = False
    comments: bool = False


BRACKETS, DOLLARS, FENCE = ("\\[\n", "\n\\]"), ("$$\n", "\n$$"), ("```math\n", "\n```")
FRAMED = r"\fbox{$\displaystyle ", "$}"
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("latex", FULL, "align", BRACKETS, DISPLAYS | PAGES, keys=True, comments=True),
        Profile(
            "latex-plain", PLAIN, "eqnarray", BRACKETS, frozenset({"eqnarray", "appendix"}), text=r"\mbox", frame=FRAMED, keys=True, comments=True
        ),
        Profile("mathse", FULL, "eqalign", DOLLARS, EVERY - PAGES, DOLLARS),
        Profile("mathjax", PORTABLE, "aligned", DOLLARS, EVERY - PAGES, DOLLARS),
        Profile("katex", PORTABLE, "aligned", DOLLARS, TEXTS | {"aligned", "align", "alignat"}, DOLLARS, labels=False),
        Profile("github", WITHOUT_MACROS, "markdown", FENCE, TEXTS | {"aligned", "align", "alignat"}, FENCE, ("$`", "`$"), labels=False),
        Profile("pandoc", WITHOUT_BIG, "aligned", DOLLARS, TEXTS | {"aligned"}, DOLLARS, colors=False, labels=False),
        Profile("jupyter", PORTABLE, "aligned", DOLLARS, TEXTS | {"aligned"}, DOLLARS, labels=False),
    )
}
USUAL = {"eqnarray": "latex-plain", "eqalign": "mathse", "markdown": "mathjax", "forum": "mathjax"}
NEAREST = {
    "eqnarray": ("aligned", "align"),
    "align": ("aligned", "eqnarray"),
    "aligned": ("align", "eqnarray"),
    "eqalign": ("aligned", "eqnarray"),
    "alignat": ("align", "aligned", "eqnarray"),
    "article": ("appendix", "forum"),
    "appendix": ("forum",),
    "beamer": ("article", "appendix", "forum"),
    "exercise": ("article", "appendix", "forum"),
    "markdown": ("forum", "appendix"),
    "forum": ("markdown", "appendix"),
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
    nearest = next(name for name in (*NEAREST[template], chosen.template) if name in chosen.holds)
    return chosen, nearest, f"{profile} cannot render the template {template}: {nearest} is used"


def suited(manner: Manner, place: Profile) -> tuple[Manner, list[str]]:
    """The manner as a place can have it, and a word about each thing that it cannot."""
    words = []
    if manner.colors and not place.colors:
        manner = manner._replace(colors=())
        words.append(f"{place.name} knows no colours")
    if manner.label and not place.labels:
        manner = manner._replace(label="")
        words.append(f"{place.name} knows no labels")
    if manner.cite == "keys" and not place.keys:
        manner = manner._replace(cite="words")
        words.append(f"{place.name} knows no citation keys: the sources are in words")
    return manner._replace(frame=place.frame), words
