"""The post that answers a whole question: setting, derivation, what the asker's lines are worth, the result, a check to run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from derivtex.core.errors import UsageError
from derivtex.core.shipped import shipped
from derivtex.derivation.stationary.lagrangian import opened
from derivtex.derivation.stationary.solution import Solution
from derivtex.steps import Derivation, Sentence
from derivtex.writing.code.drawn import WIDEST
from derivtex.writing.code.wrapping import in_lines
from derivtex.writing.content import Content, Equation, content
from derivtex.writing.formula import Formulas
from derivtex.writing.layouts import layout_used
from derivtex.writing.manner import Manner
from derivtex.writing.page import fill, filled
from derivtex.writing.profiles import PROFILES, Profile
from derivtex.writing.prose import listed, said
from derivtex.writing.solution import verdicts, with_solution
from derivtex.writing.wording import USUAL

TEMPLATES = {"forum": "forum.md", "latex": "latex.tex"}
OF_PROFILE = {"latex": "latex", "latex-plain": "latex"}
SHOWN = {"latex": "align", "latex-plain": "eqnarray"}
MANNER = Manner()
VERBATIM = int(MANNER.width / 5.25)  # letters of a typewriter at 10 pt


class Section(NamedTuple):
    """A part of a post with a heading; formulas stand between dollars. answer: the sentence in it that says what was asked."""

    heading: str
    paragraphs: tuple[str, ...]
    answer: str = ""


class Post(NamedTuple):
    """What a post is made of.

    taken: what was taken for the wish or the formula where that was not sure. code: the check to run; code_says: the phrase on what it prints.
    further: the derivatives by the other variables that are asked for. conclusion: the first line, which answers what was asked.
    """

    taken: str
    opening: str
    derivation: Derivation | None
    solution: Solution | None
    sections: tuple[Section, ...]
    code: str
    code_says: str = "largest difference"
    further: tuple[Derivation, ...] = ()
    conclusion: str = ""


class Part(NamedTuple):
    """A derivation as a post has it: names that are introduced, the lines, also one by one, and sentences below them."""

    introduced: str
    display: str
    below: tuple[str, ...]
    lines: tuple[Equation, ...]


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
    parts: list[Part] = []
    for derivation in filter(None, (post.derivation, *post.further)):
        solution = post.solution if derivation is post.derivation else None
        parts.append(part_of(derivation, solution, place, parts, post.conclusion))
    return {
        "taken": post.taken, "conclusion": post.conclusion, "opening": post.opening, "parts": parts,
        "sections": [each for each in post.sections if each.paragraphs], "code": in_room(post.code, place),
        "code_says": USUAL.phrases()[post.code_says],
    }  # fmt: skip


def in_room(code: str, place: Profile) -> str:
    """The lines to run, broken where a plain article has no room for them in its typewriter letters."""
    widest = VERBATIM if place.name in OF_PROFILE else WIDEST
    return "\n".join(piece for line in code.split("\n") for piece in in_lines(line, widest))


def part_of(derivation: Derivation, solution: Solution | None, place: Profile, above: Sequence[Part] = (), conclusion: str = "") -> Part:
    """A derivation as a part of a post; names and lines that stand above it, and what its first line says, are not told again."""
    told = " ".join((conclusion, *(part.introduced for part in above)))
    page = content(derivation, "normal", place.vocabulary, MANNER, tuple(part.lines for part in above))
    formulas = Formulas.of(derivation.problem, place.vocabulary)
    below = [said(sentence, formulas) for sentence in (*held(derivation), *derivation.remarks)]
    if derivation.problem.layout not in ("", layout_used(derivation)):
        below += filter(None, [page.other_layout.removesuffix(".")])
    if solution is not None:
        page = with_solution(page, solution, place.vocabulary, MANNER)
        below += verdicts(solution, formulas)
    names = [line.statement for line in (*page.let, *page.where) if line.statement not in told]
    introduced = f"{USUAL.say('let')} {listed(names)}" if names else ""
    assumed = [f"{USUAL.say('assumed')}: {listed(list(page.assumptions))}"] if page.assumptions else []
    here = [sentence.removesuffix(".") for sentence in (*page.here, page.read_off) if sentence and sentence not in told]
    return Part(". ".join(filter(None, (introduced, *here))), display(page, place), (*assumed, *below), page.lines)


def held(derivation: Derivation) -> list[Sentence]:
    """What is said of `h_{t-1}`, where `h_t` is made of the variable and of it, so that it depends on the variable as well."""
    problem = derivation.problem
    named = {str(name): name for name in (*problem.symbols.values(), *(each.name for each in problem.definitions))}
    found = [(named[one], named[other]) for one, other in problem.given if one in named and other in named]
    holds = {one for one, other in found if {one, *problem.wrt} <= {*opened(other, problem).walk()} and one not in problem.wrt}
    return [Sentence("{} is taken as given, though it may depend on {} as well", (one, problem.wrt[0])) for one in holds]


def display(page: Content, place: Profile) -> str:
    """The lines alone."""
    bare = page._replace(let=(), where=(), here=(), assumptions=(), remarks=(), guesses=(), other_layout="")
    return fill(bare, SHOWN.get(place.name, "aligned"), place, USUAL).strip("\n")
