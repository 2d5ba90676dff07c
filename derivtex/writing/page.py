r"""From a derivation to a page: Jinja templates that hold layout only.

Delimiters that LaTeX leaves alone: `\VAR{…}` for a value, `\BLOCK{…}` for a statement, `%%` before a statement on a line of its
own, `%#` before a remark. A user's own template runs in the sandbox, with the shipped ones to extend and include.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from derivtex.errors import TemplateError
from derivtex.steps import Derivation
from derivtex.writing.content import Content, content
from derivtex.writing.profiles import Profile, choose
from derivtex.writing.prose import in_markdown, in_tex, listed, sentence

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIXES = (".tex", ".md")


def folder() -> Path:
    """Where the shipped templates lie: inside the package, or beside it in a source tree."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def templates() -> dict[str, str]:
    """The shipped templates: name and one-line description, in order of their names."""
    found = {}
    for path in sorted(folder().iterdir()):
        if path.suffix in SUFFIXES and not path.name.startswith("_"):
            found[path.stem] = path.read_text("utf-8").splitlines()[0].removeprefix("%#").strip()
    return found


def template_text(name: str) -> str:
    """The text of a shipped template, to start one's own from."""
    return (folder() / file_of(name)).read_text("utf-8")


def file_of(name: str) -> str:
    """The file name of a shipped template."""
    for suffix in SUFFIXES:
        if not name.startswith("_") and (folder() / f"{name}{suffix}").is_file():
            return f"{name}{suffix}"
    raise TemplateError(
        f"there is no template {name}", way_out=f"the templates are {', '.join(templates())}, or a file of your own"
    )


def render(
    derivation: Derivation, template: str | None = None, profile: str | None = None, detail: str = "normal"
) -> tuple[str, str]:
    """The page, and a word where another template than the one asked for had to be taken."""
    place, chosen, word = choose(profile, template)
    return fill(content(derivation, detail, place.vocabulary), chosen, place), word


def fill(page: Content, template: str, place: Profile) -> str:
    """A template filled with a content. Raises TemplateError with the template's file and line."""
    import jinja2

    own = Path(template) if "." in template or "/" in template else None
    environment = environment_for(place, own)
    name = own.name if own else file_of(template)
    try:
        text = environment.get_template(name).render(**page._asdict(), chain=page.chain, column=page.column, profile=place.name)
        return text.strip("\n") + "\n"
    except jinja2.TemplateNotFound as error:
        raise TemplateError(f"there is no template {error.name}", way_out="`derivtex templates` lists them") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{error.filename or error.name or name}:{error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
        raise TemplateError(f"{failing_line(error, str(own or name))}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{own or name}: {error}") from error


def failing_line(error: BaseException, name: str) -> str:
    """File and line of the template at which it failed."""
    place, trace = name, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(SUFFIXES) or file == name:
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@cache
def environment_for(place: Profile, own: Path | None) -> Environment:
    """Jinja for one place; the folder of a user's own template comes first."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        block_start_string=r"\BLOCK{", block_end_string="}", variable_start_string=r"\VAR{", variable_end_string="}",
        comment_start_string=r"\#{", comment_end_string="}", line_statement_prefix="%%", line_comment_prefix="%#",
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False, undefined=StrictUndefined,
        loader=FileSystemLoader([*([own.parent] if own else []), folder()]),
    )  # fmt: skip
    prose = (lambda text: in_markdown(text, place.inline)) if place.inline != ("$", "$") else in_tex
    environment.filters.update(prose=prose, sentence=sentence, listed=listed, math=lambda text: text.join(place.inline))
    environment.globals.update(display_begin=place.display[0], display_end=place.display[1])
    environment.filters["note"] = lambda text: f"{place.text}{{{in_tex(text)}}}" if text else ""
    return environment
