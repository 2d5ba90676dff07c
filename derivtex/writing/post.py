"""The post that answers a whole question: setting, derivation, what the asker's lines are worth, the result, a check to run."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from derivtex.core.errors import UsageError
from derivtex.core.shipped import shipped
from derivtex.derivation.stationary.driver import Solution
from derivtex.steps import Derivation
from derivtex.writing.content import Content, content
from derivtex.writing.manner import Manner
from derivtex.writing.page import fill, filled
from derivtex.writing.profiles import PROFILES, Profile
from derivtex.writing.prose import listed
from derivtex.writing.solution import with_solution
from derivtex.writing.wording import USUAL

TEMPLATES = {"forum": "forum.md", "latex": "latex.tex"}
OF_PROFILE = {"latex": "latex", "latex-plain": "latex"}
SHOWN = {"latex": "align", "latex-plain": "eqnarray"}
MANNER = Manner()


class Section(NamedTuple):
    """A part of a post with a heading; formulas stand between dollars."""

    heading: str
    paragraphs: tuple[str, ...]


class Post(NamedTuple):
    """What a post is made of.

    taken: what was taken for the wish or the formula where that was not sure. code: the check to run; code_says: the phrase on what it prints.
    """

    taken: str
    opening: str
    derivation: Derivation | None
    solution: Solution | None
    sections: tuple[Section, ...]
    code: str
    code_says: str = "largest difference"


def place_for(profile: str | None, template: str | None) -> tuple[Profile, str]:
    """The place and the name of the template."""
    if profile is not None and profile not in PROFILES:
        raise UsageError(f"there is no profile {profile}", way_out=f"the profiles are {', '.join(PROFILES)}")
    name = template or OF_PROFILE.get(profile or "", "forum")
    place = PROFILES[profile or ("latex" if name == "latex" else "mathjax")]
    return place, name


def rendered(post: Post, template: str | None = None, profile: str | None = None) -> str:
    """The post as text. Raises TemplateError where a template of one's own cannot be used."""
    place, name = place_for(profile, template)
    path = shipped("templates") / "answers" / TEMPLATES[name] if name in TEMPLATES else Path(name)
    return filled(path.resolve(), {**values(post, place), "say": USUAL.phrases(), "profile": place.name}, place)


def values(post: Post, place: Profile) -> dict[str, Any]:
    """What a template of a post may use."""
    found: dict[str, Any] = {"taken": post.taken, "opening": post.opening, "sections": post.sections, "code": post.code,
                             "code_says": USUAL.phrases()[post.code_says]}  # fmt: skip
    found |= {"introduced": "", "display": "", "below": ()}
    if post.derivation is None:
        return found
    page = content(post.derivation, "normal", place.vocabulary, MANNER)
    if post.solution is not None:
        page = with_solution(page, post.solution, place.vocabulary, MANNER)
    names = [line.statement for line in (*page.let, *page.where)]
    introduced = f"{USUAL.say('let')} {listed(names)}" if names else ""
    assumed = (f"{USUAL.say('assumed')}: {listed(list(page.assumptions))}",) if page.assumptions else ()
    return {
        **found,
        "introduced": ". ".join(filter(None, (introduced, *page.here))),
        "display": display(page, place),
        "below": (*assumed, *page.remarks) if post.solution is not None else assumed,
    }


def display(page: Content, place: Profile) -> str:
    """The lines alone."""
    bare = page._replace(let=(), where=(), here=(), assumptions=(), remarks=(), guesses=(), other_layout="")
    return fill(bare, SHOWN.get(place.name, "aligned"), place, USUAL).strip("\n")
