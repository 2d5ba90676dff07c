"""How Sphinx makes the site: `docs/site DIR` runs it (pip install 'derivtex[docs]').

Formulas are set by the page's own KaTeX; nothing is fetched from elsewhere.
"""

import os
import re
import runpy
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
KATEX = HERE.parent / "web" / "node_modules" / "katex" / "dist"

project = "derivtex"
author = "The derivtex authors"
extensions = ["myst_parser", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "derivtex"
html_static_path = ["site-static"]
html_css_files = ["katex/katex.css"]
mathjax_path = "formulas.js"  # in the place of MathJax: KaTeX
mathjax_options = {"type": "module"}
exclude_patterns = ["build"]
suppress_warnings = ["misc.highlighting_failure"]  # grammar of formulas inside of code blocks
highlight_language = "none"


def as_myst(app, name, source):
    """GitHub's way to write a formula in a sentence, as MyST has it."""
    source[0] = re.sub(r"\$`([^`]+)`\$", r"$\1$", source[0])


def made(app):
    """The pages that are made from the house itself, and KaTeX beside them."""
    reference = runpy.run_path(str(HERE / "reference"))
    folder = HERE / "generated"
    folder.mkdir(exist_ok=True)
    for name in ("rules", "templates"):
        (folder / f"{name}.md").write_text(reference[name](), "utf-8")
    if not KATEX.is_dir():
        raise FileNotFoundError("KaTeX is not here: run npm install in the folder web")


def with_katex(app, error):
    """KaTeX's files in the site."""
    if error is None:
        left_out = shutil.ignore_patterns("contrib", "*.min.*", "README*")
        shutil.copytree(KATEX, Path(app.outdir) / "_static" / "katex", dirs_exist_ok=True, ignore=left_out)


def setup(app):
    os.environ.setdefault("DERIVTEX_CACHE", "off")
    app.connect("source-read", as_myst)
    app.connect("builder-inited", made)
    app.connect("build-finished", with_katex)
