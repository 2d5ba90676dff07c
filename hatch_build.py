"""The wheel takes KaTeX and the fields along for the page where `npm install` in the folder web has brought it.

On a package's page in a registry nothing lies beside the README. DERIVTEX_ADDRESS in the environment of a build says where the files of
the repository can be read: its links go there, and so does the home page. Without it the names of the files stand for themselves.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

KATEX = ("katex.mjs", "katex.css", "katex.min.js", "fonts/*.woff2")  # the page's module and style; a report's script; what browsers read


class KaTeX(BuildHookInterface):  # type: ignore[type-arg]  # the hook has no configuration of its own
    """Adds KaTeX's distribution and the bundled fields beside the page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is built; an editable install reads the source tree itself."""
        katex = Path(self.root, "web", "node_modules", "katex")
        fields = Path(self.root, "web", "node_modules", ".fields")
        if version != "standard" or not katex.is_dir():
            return
        build_data["force_include"][str(katex / "LICENSE")] = "derivtex/web/katex/LICENSE"
        for file in (found for pattern in KATEX for found in (katex / "dist").glob(pattern)):
            build_data["force_include"][str(file)] = f"derivtex/web/katex/{file.relative_to(katex / 'dist').as_posix()}"
        if fields.is_dir():
            build_data["force_include"][str(fields)] = "derivtex/web/fields"


class Readme(MetadataHookInterface):
    """The README as a page of its own."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Called for the metadata of wheel, source distribution and editable install."""
        address = os.environ.get("DERIVTEX_ADDRESS", "").rstrip("/")
        text = by_itself(Path(self.root, "README.md").read_text("utf-8"), address)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = {"Homepage": address} if address else {}


def by_itself(text: str, address: str) -> str:
    """A page whose links and pictures lead to an address; without one pictures are left out and links are their words."""
    def standing(match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        if "://" in target or target.startswith("#"):
            return match[0]
        return f"{picture}[{words}]({address}/{target})" if address else "" if picture else words

    return re.sub(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", standing, text)
