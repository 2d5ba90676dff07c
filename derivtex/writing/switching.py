"""A derivation with a switch: for a place that shows HTML and sets the formulas in it, such as a notebook."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from itertools import count

from derivtex.steps import Derivation
from derivtex.writing.manner import Manner
from derivtex.writing.page import render

SHOWN: tuple[tuple[str, str, bool], ...] = (  # a word, the detail, and whether the result is told in both layouts
    ("brief", "brief", False), ("normal", "normal", False), ("full", "full", False), ("both layouts", "normal", True),
)  # fmt: skip
STYLE = """\
.derivtex-switch { display: flex; flex-wrap: wrap; gap: .3em .6em; }
.derivtex-switch > div { white-space: pre-line; order: 1; width: 100%; }
.derivtex-switch > input:not(:checked) + label + div { visibility: hidden; height: 0; overflow: hidden; margin: 0; }"""
number = count()


def switched(derivation: Derivation) -> str:
    """Each detail, and the result in both layouts, of which one is shown; the choice needs no program."""
    texts = [(word, render(derivation, "aligned", "jupyter", detail, Manner(both_layouts=both))[0]) for word, detail, both in SHOWN]
    group = f"derivtex-{sha256(texts[1][1].encode()).hexdigest()[:8]}-{next(number)}"
    rows = [row for at, (word, text) in enumerate(texts) for row in choice(f"{group}-{at}", group, word, text)]
    return "\n".join(['<div class="derivtex-switch">', f"<style>{STYLE}</style>", *rows, "</div>"])


def choice(identity: str, group: str, word: str, text: str) -> list[str]:
    """What is chosen by, and what is then shown."""
    chosen = " checked" if word == "normal" else ""
    button = f'<input type="radio" name="{group}" id="{identity}"{chosen}>'
    return [button, f'<label for="{identity}">{word}</label>', f"<div>{escape(text.strip(), quote=False)}</div>"]
