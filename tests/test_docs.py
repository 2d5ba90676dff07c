"""The documentation: what its consoles show is what comes out, its links lead somewhere, and the site has every page."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivtex.faces.commands import main

pytestmark = pytest.mark.usefixtures("served")
ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"^```(\w+)(?: ([\w.]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\!)\[[^\]\n]+\]\(([^)\s]+)\)")
CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1$|`[^`\n]+`|^    [^\n]*$", re.MULTILINE | re.DOTALL)


def said(command: str) -> str:
    """What a command of a console says; ours run in this process."""
    words = shlex.split(command)
    if words[0] == "derivtex":
        return CliRunner().invoke(main, words[1:]).output
    return subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("page", ["tutorial", "layouts"])
def test_consoles_show_what_comes_out(page, tmp_path, monkeypatch):
    """A block with a name is that file; `$` begins a command, what follows is its output, … stands for anything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DERIVTEX_CACHE", "off")
    for language, name, text in FENCE.findall((ROOT / "docs" / f"{page}.md").read_text("utf-8")):
        if name:
            (tmp_path / name).write_text(text, "utf-8")
        for shown in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:] if language == "console" else ():
            command, expected = shown.split("\n", 1)
            pattern = re.escape(expected.strip()).replace("…", ".*")
            assert re.fullmatch(pattern, said(command).strip(), re.DOTALL), f"{command}\n{said(command)}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link names a file, and a heading where it says so."""
    text = CODE.sub("", page.read_text("utf-8"))
    for link in LINK.findall(text):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, heading = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


def test_the_site_has_every_page():
    index = (ROOT / "docs" / "index.md").read_text("utf-8").splitlines()
    assert {page.stem for page in PAGES} - {"index"} <= set(index)
