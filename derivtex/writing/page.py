r"""From a derivation to a page: Jinja templates that hold layout only.

Delimiters that LaTeX leaves alone: `\VAR{…}` for a value, `\BLOCK{…}` for a statement, `%%` before a statement on a line of its
own, `%#` before a remark. Every template runs in the sandbox; a user's own may extend and include the shipped ones.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivtex.core.errors import TemplateError
from derivtex.core.session import stage
from derivtex.steps import Derivation
from derivtex.writing.content import Content, content
from derivtex.writing.loader import SUFFIXES, folders, path_of, template_text, templates
from derivtex.writing.manner import Manner
from derivtex.writing.profiles import Profile, choose, suited
from derivtex.writing.prose import in_markdown, in_tex, introduced, listed, sentence
from derivtex.writing.solution import with_solution
from derivtex.writing.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

    from derivtex.derivation.stationary.solution import Solution

__all__ = ["render", "template_text", "templates"]
USUAL = Manner()
EQNARRAY = 28.0  # points: an eqnarray has wide gaps around its signs


@stage("writing")
def render(
    derivation: Derivation, template: str | None = None, profile: str | None = None, detail: str = "normal", manner: Manner = USUAL,
    solution: Solution | None = None,
) -> tuple[str, str]:  # fmt: skip
    """The page, and a word about what the place could not have as it was asked for. solution: what comes behind the derivation."""
    place, chosen, word = choose(profile, template)
    manner, words = suited(manner.checked(), place)
    if "eqnarray" in (chosen, place.template):
        manner = manner._replace(relation=EQNARRAY, column=False)
    elif chosen == "eqalign":
        manner = manner._replace(column=False)
    page = content(derivation, detail, place.vocabulary, manner)
    if solution is not None:
        page = with_solution(page, solution, place.vocabulary, manner)
    unused = [name for name, _ in manner.colors if rf"{{{name}}}" not in "".join(line.right for line in page.chain)]
    words += [f"{name} does not occur in the lines, and gets no colour" for name in unused]
    return fill(page, chosen, place, manner.wording), "; ".join(filter(None, (word, *words)))


def fill(page: Content, template: str, place: Profile, wording: Wording) -> str:
    """A template filled with a content. Raises TemplateError with the template's file and line."""

    own = (Path(template) if "." in template or "/" in template else path_of(template)).resolve()
    values = {**page._asdict(), "chain": page.chain, "notes": page.notes, "column": page.column, "say": wording.phrases()}
    values |= {"profile": place.name, "display_template": "eqnarray.tex" if place.template == "eqnarray" else "align.tex"}
    return filled(own, values, place)


def filled(own: Path, values: dict[str, Any], place: Profile) -> str:
    """A template of one's own or a shipped one, by its path, with values. Raises TemplateError with the template's file and line."""
    import jinja2

    from derivtex.writing.sandbox import put_together

    environment = environment_for(place, own.parent, own.suffix, tuple(folders()))
    try:
        return put_together(environment.get_template(own.name).generate(values)).strip("\n") + "\n"
    except jinja2.TemplateNotFound as error:
        raise TemplateError(f"there is no template {error.name}", way_out="`derivtex templates` lists them") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{error.filename or error.name or own}:{error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
        raise TemplateError(f"{failing_line(error, str(own))}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{own}: {error}") from error


def failing_line(error: BaseException, name: str) -> str:
    """File and line of the template at which it failed."""
    place, trace = name, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(SUFFIXES) or file == name:
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@lru_cache(maxsize=64)
def environment_for(place: Profile, own: Path, suffix: str, others: tuple[Path, ...]) -> Environment:
    """Jinja for one place; the folder of the template itself comes first. Only the user's own and the shipped one may have links out of them."""
    from derivtex.writing.compiled import compiled_templates
    from derivtex.writing.sandbox import Loader, Sandbox

    folders = (own, *others)
    within = {folder: folder if folder.is_absolute() else Path.cwd() for folder in folders[:2] if folder not in others[1:]}
    finalize = str if place.name in LATEX else apart
    environment = Sandbox(Loader(folders, within, (*SUFFIXES, suffix or SUFFIXES[0])), finalize, compiled_templates(finalize.__name__))
    prose = (lambda text: in_markdown(text, place.inline)) if place.name in MARKDOWN or place.inline != ("$", "$") else in_tex
    environment.filters.update(prose=prose, sentence=sentence, listed=listed, math=lambda text: text.join(place.inline))
    environment.filters["introduced"] = lambda lines, let, word, room, end=".": introduced(lines, let, word, room, place.display, end)
    environment.globals.update(display_begin=place.display[0], display_end=place.display[1])
    environment.globals.update(alone_begin=place.alone[0], alone_end=place.alone[1], comments=place.comments, is_tex=place.alone == ("", ""))
    environment.filters["note"] = lambda text: f"{place.text}{{{in_tex(text)}}}" if text else ""
    return environment


def apart(value: object) -> str:
    """Nothing that a browser takes for the beginning of a tag: `x_{<t}` means the same as `x_{< t}`."""
    return re.sub(r"<(?=\S)", "< ", str(value))


LATEX = frozenset({"latex", "latex-plain"})
MARKDOWN = frozenset({"mathse", "mathjax", "katex", "pandoc", "jupyter"})
