"""What an editor waits for in a paper of 2000 lines with 1500 formulas: after a key, for a hover, and (beside the server's work) for the lines."""

from __future__ import annotations

from collections.abc import Iterator

from measure import Row, once

from derivtex.core.errors import Source
from derivtex.faces.lsp.offers import told, troubles
from derivtex.faces.lsp.places import at, places
from derivtex.faces.sections import Recent, checked_by_sections

HEAD = "\\documentclass{article}\n\\usepackage{amsmath}\n\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\vx}{\\mathbf{x}}\n\\begin{document}\n"
PART = r"""Let $A_{%d} \in \R^{n\times n}$ be symmetric and $b$ a vector; the form $q_{%d}$ is
\[
  q_{%d} = \vx^T A_{%d} \vx + b^T \vx .
\]
Then $\nabla_{\vx} q_{%d} = 2 A_{%d} \vx + b$ holds, with $n$ its size.

"""
MARKED = "% derivtex: wrt=x\n\\[ \\phi_{%d} = \\|A_{%d} x - b\\|_2^2 \\]\n\n"
PARTS = 290


def paper() -> str:
    """A paper whose formulas are all different, with a heading before every eighth part and a mark in every tenth."""
    found = [HEAD]
    for k in range(PARTS):
        found += [f"\\section{{Part {k}}}\n\n" if k % 8 == 0 else "", PART.replace("%d", str(k)), MARKED.replace("%d", str(k)) if k % 10 == 0 else ""]
    return "".join([*found, "\\end{document}\n"])


def rows() -> Iterator[Row]:
    text, name = paper(), "paper.tex"
    list(troubles(text, name))
    where, keys, hovers, changes = text.index("Then", len(text) // 2), [], [], []
    for number in range(6):
        text = f"{text[:where]}{'abcdef'[number]}{text[where:]}"
        over = text.index("A_", where)
        keys.append(once(lambda text=text: list(troubles(text, name))))
        hovers.append(once(lambda text=text, over=over: told(at(places(text, name), over), over)))
        inside = text[:over] + "2" + text[over:]
        changes.append(once(lambda text=inside, over=over: (list(troubles(text, name)), told(at(places(text, name), over), over))))
    yield Row("editing", "a key in the words of 2000 lines", min(keys), "ms", 50)
    yield Row("editing", "a hover", min(hovers), "ms", 50)
    yield Row("editing", "a key in a formula, and the hover over it", min(changes), "ms", 50)
    memory, source = Recent(), Source(text, name)
    checked_by_sections(source, memory, seconds=0)
    mended = Source(f"{text[:where]}g{text[where:]}", name)
    yield Row("editing", "the lines after a key, beside the server's work", once(lambda: checked_by_sections(mended, memory, seconds=0)), "ms")
