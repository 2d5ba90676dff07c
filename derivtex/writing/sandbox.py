r"""Where templates run: Jinja's sandbox, without what can take any time or room, and with a loader that stays in its folders.

A template holds layout. It may loop over what it is given, put texts together and call its own macros; each turn of a loop and each
call costs steps of the session, each text has a greatest length. It has no formatting by width, no powers, no random text, no
iterators that never end, and it reads no file but templates: a link that leads out of a folder leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from derivtex.core.session import current, spend

TURN = 400  # steps that a turn of a loop or a call takes
LONGEST = 200_000  # letters of a template
FILTERS = frozenset(
    "abs batch capitalize count d default dictsort first float groupby int items join last length list lower map max min reject "
    "rejectattr replace reverse round select selectattr sort string sum title trim unique upper wordcount".split()
)
METHODS = frozenset(
    "capitalize count endswith find index isalnum isalpha isdigit islower isnumeric isspace isupper items keys lower lstrip partition "
    "removeprefix removesuffix rfind rpartition rsplit rstrip split splitlines startswith strip swapcase title upper values get".split()
)


class Loader(BaseLoader):
    """Templates by name from folders, the first that has one. within: folders out of which no link may lead, with those they may not leave."""

    def __init__(self, folders: Iterable[Path], within: dict[Path, Path], suffixes: tuple[str, ...]):
        self.folders, self.within, self.suffixes = tuple(folders), within, suffixes

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        for folder in self.folders:
            bounds = self.within.get(folder)
            if not template.endswith(self.suffixes) or (bounds is not None and not stays(folder, template, bounds)):
                continue
            try:
                found = FileSystemLoader([folder]).get_source(environment, template)
            except (TemplateNotFound, ValueError):
                continue
            if len(found[0]) > LONGEST:
                raise current().too_large(f"the template {template}, which has more than {LONGEST} letters")
            return found
        raise TemplateNotFound(template)


def stays(folder: Path, template: str, bounds: Path) -> bool:
    """Whether a template of a folder lies where its name says, and not behind a link that leads elsewhere."""
    try:
        return (folder / template).resolve().is_relative_to(bounds.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


class Generator(CodeGenerator):
    """Compiles `a ~ b` to a call that looks at the length."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with the session's limits."""

    code_generator_class = Generator
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, loader: Loader, finalize: Callable[[Any], Any], compiled: BytecodeCache | None = None):
        super().__init__(
            block_start_string=r"\BLOCK{", block_end_string="}", variable_start_string=r"\VAR{", variable_end_string="}",
            comment_start_string=r"\#{", comment_end_string="}", line_statement_prefix="%%", line_comment_prefix="%#",
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False, undefined=StrictUndefined,
            loader=loader, finalize=finalize, bytecode_cache=compiled, cache_size=40,
        )  # fmt: skip
        self.globals = {"range": counted_range}
        self.filters = {name: filter_ for name, filter_ in self.filters.items() if name in FILTERS}
        self.filters.update(counted=counted, join=self.join, replace=self.replace)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree, with every loop counted."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno, environment=self)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str | bytes | dict | list | set):
            return attr in METHODS
        return super().is_safe_attribute(obj, attr, value)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        spend(TURN)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums, products and differences of numbers, sums of texts, and texts several times, as far as they are short."""
        texts = [side for side in (left, right) if isinstance(side, str | list | tuple)]
        if operator in ("**", "%") and (texts or operator == "**"):
            raise SecurityError(f"a template has no {operator}")
        if operator == "+" and len(texts) == 2:
            bounded(len(left) + len(right))
        elif operator == "*" and texts:
            times = right if texts[0] is left else left
            bounded(len(texts[0]) * times if isinstance(times, int) else 0)
        elif any(isinstance(side, int) and side.bit_length() > 256 for side in (left, right)):
            raise SecurityError("a number is too large for a template")
        return super().call_binop(context, operator, left, right)

    def joined(self, parts: tuple[Any, ...]) -> str:
        """`a ~ b`."""
        texts = list(map(str, parts))
        bounded(sum(map(len, texts)))
        return "".join(texts)

    def join(self, parts: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
        """The filter `join`."""
        texts = [str(self.getattr(part, attribute) if attribute else part) for part in counted(parts)]
        bounded(sum(map(len, texts)) + len(between) * len(texts))
        return str(between).join(texts)

    def replace(self, text: str, old: str, new: str) -> str:
        """The filter `replace`."""
        text = str(text)
        bounded(len(text) + (text.count(old) + 1) * len(new))
        return text.replace(old, new)


def bounded(length: int) -> None:
    """Count the letters of a text that is about to be made. Raises TooLarge."""
    limit = current().limits.letters
    if length > limit:
        raise current().too_large(f"more than {limit} letters")
    spend(length // 100)


def counted(parts: Iterable[Any]) -> Iterator[Any]:
    """The parts of a loop, each with its steps."""
    for part in parts:
        spend(TURN)
        yield part


def counted_range(*bounds: int) -> range:
    """`range`, as far as it is short."""
    numbers = range(*bounds)
    if len(numbers) > 10_000:
        raise SecurityError("a range of more than 10000 numbers")
    return numbers


def put_together(chunks: Iterable[str]) -> str:
    """A page put together, as long as it has an end."""
    limit, length, found = current().limits.letters, 0, []
    for chunk in chunks:
        length += len(chunk)
        if length > limit:
            raise current().too_large(f"more than {limit} letters")
        found.append(chunk)
    return "".join(found)
