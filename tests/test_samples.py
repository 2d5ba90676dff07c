"""Every sample gives what it promises."""

import runpy
from pathlib import Path

import pytest

import derivtex
from derivtex.core.errors import Source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SOURCES = sorted(path for path in SAMPLES.glob("*/*") if path.name in ("question.md", "answer.md", "formula.tex"))


def name_of(path: Path) -> str:
    return path.parent.name


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_sample_gives_its_expected_derivation(path):
    """Word for word; `samples/update` writes the expectation anew after a change that is wanted."""
    answer = derivtex.derive(Source(path.read_text("utf-8"), path.name))
    assert answer.confirmed
    assert answer.to_latex() == (path.parent / "expected.tex").read_text("utf-8")


GALLERY = runpy.run_path(str(SAMPLES / "gallery"))


def test_the_gallery_has_every_sample():
    """As they are now, in order."""
    page = (SAMPLES.parent / "docs" / "gallery.md").read_text("utf-8")
    places = [page.find(f"~~~text\n{path.read_text('utf-8').strip()}\n~~~") for path in GALLERY["sources"]()]
    assert len(places) >= 40 and min(places) > 0 and places == sorted(places)


@pytest.mark.parametrize("path", GALLERY["sources"]()[::8], ids=name_of)
def test_the_gallery_is_fresh(path):
    """`samples/gallery` writes it anew."""
    assert GALLERY["section"](path) in (SAMPLES.parent / "docs" / "gallery.md").read_text("utf-8")


def test_there_are_samples():
    assert len(SOURCES) >= 8


def test_the_readme_shows_real_output():
    readme = (SAMPLES.parent / "README.md").read_text("utf-8")
    assert (SAMPLES / "linear-layer-answer" / "expected.tex").read_text("utf-8") in readme
