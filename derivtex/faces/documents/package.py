"""The LaTeX package as it is shipped, put beside a paper."""

from __future__ import annotations

from pathlib import Path

from derivtex.core.errors import UsageError
from derivtex.core.files import write_whole
from derivtex.core.shipped import shipped

FILES = {"derivtex.sty": "derivtex.sty", "latexmkrc": ".latexmkrc"}
RULE = "add_cus_dep('dvt', 'dvo'"  # what makes latexmk call derivtex


def put(folder: Path) -> list[str]:
    """Copy the package and latexmk's rules there, never over a file with other content; a word on each."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", way_out="give the folder of your paper")
    words = []
    for name, there in FILES.items():
        own = shipped("latex") / name
        text, target = own.read_text("utf-8"), folder / there
        before = target.read_text("utf-8", errors="replace") if target.exists() else text
        if before != text and name != "derivtex.sty":
            wanting = "" if RULE in before else f": add these lines, without which `??` stands in the PDF\n\n{text}"
            words.append(f"{target} is yours and stays{wanting}")
            continue
        write_whole(text, target)
        words.append(f"{target} is there")
    return words
