"""Every sample gives what it promises."""

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


def test_there_are_samples():
    assert len(SOURCES) >= 8


def test_the_readme_shows_real_output():
    readme = (SAMPLES.parent / "README.md").read_text("utf-8")
    assert (SAMPLES / "linear-layer-answer" / "expected.tex").read_text("utf-8") in readme
