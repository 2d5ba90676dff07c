"""The wheel takes KaTeX and the fields along for the page where `npm install` in the folder web has brought it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

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
