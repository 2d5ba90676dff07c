r"""Names as their author types them: with `\newcommand{\x}{\mathbf{x}}` the name that is read as `\mathbf{x}` is printed as `\x`."""

from __future__ import annotations

from derivtex.core.errors import DerivtexError, Source
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.tokens import tokens
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.tree import key

Key = tuple[str, ...]


class Typed:
    """The names of a source that its author's macros stand for."""

    def __init__(self, source: Source, macros: dict[str, Macro]):
        self.text = source.text
        self.plain: dict[Key, str] = {}
        self.dressing = [macro for macro in macros.values() if macro.arguments == 1 and macro.body.count("#1") == 1]
        for macro in macros.values():
            name = label(macro.body) if not macro.arguments else None
            if name and self.text.count(macro.name) > (macro.where.source.text is source.text):  # besides its definition
                self.plain.setdefault(name, macro.name)

    def __call__(self, name: str) -> str:
        """A name as its author types it, where that is by a macro; else the name itself."""
        if not (self.plain or self.dressing):
            return name
        own = label(name)
        if own is None:
            return name
        return self.plain.get(own) or self.dressed(own) or name

    def dressed(self, own: Key) -> str | None:
        r"""`\vect{x}`, where the source has it."""
        for macro in self.dressing:
            for typed in (f"{macro.name}{{{own[-1]}}}", f"{macro.name} {own[-1]}"):
                if typed in self.text and label(macro.body.replace("#1", own[-1])) == own:
                    return typed
        return None


def label(text: str) -> Key | None:
    """The key of a text that is a name, and nothing else."""
    try:
        parts = tokens(Source(text))
    except DerivtexError:
        return None
    left = left_side(parts)
    return key(parts) if left is not None and not left.below and left.arguments is None else None
