"""The wheel takes KaTeX along for the page where `npm install` in the folder web has brought it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KaTeX(BuildHookInterface):  # type: ignore[type-arg]  # the hook has no configuration of its own
    """Adds KaTeX's distribution beside the page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is built; an editable install reads the source tree itself."""
        katex = Path(self.root, "web", "node_modules", "katex", "dist")
        if version == "standard" and katex.is_dir():
            build_data["force_include"][str(katex)] = "derivtex/web/katex"
