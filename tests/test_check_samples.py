"""The documents in samples/check have the verdicts that stand beside them, line by line."""

from pathlib import Path

import pytest

import derivtex

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "samples" / "check").glob("*.txt"))


@pytest.mark.parametrize("expected", SAMPLES, ids=lambda path: path.stem)
def test_each_line_has_its_verdict(expected: Path) -> None:
    lines = derivtex.check(expected.with_suffix(".md")).lines
    assert [f"{line.span.line} {line.verdict}" for line in lines if line.span is not None] == expected.read_text("utf-8").splitlines()


def test_there_are_samples() -> None:
    assert SAMPLES
