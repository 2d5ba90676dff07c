"""Documents checked section by section: the same verdicts as at once, and an edit checks one section again."""

from __future__ import annotations

import pytest

import derivtex
from derivtex.core.errors import Source
from derivtex.faces import sections
from derivtex.faces.sections import Recent, checked_by_sections

PAPER = r"""# Notes

These notes are about least squares and about Gaussian densities, and they say first what everybody knows of the former, at some length.

Let $X \in \mathbb{R}^{n\times p}$ and $f(w) = \|Xw - y\|^2$.

$$ df = 2(Xw - y)^T X\, dw $$

$$ df = 2w^T X^T X\, dw - 2y^T X\, dw $$

The rest of the notes needs none of this but for the letters, of which some will be used again in another sense, as is usual.
It is a long way from here to there, which a reader may use to rest, and a writer to say once more what was said before.

## The second

Let $\Sigma$ be a covariance matrix.

$$ \frac{\partial}{\partial \mu} (x - \mu)^T \Sigma^{-1} (x-\mu) = -2 \Sigma^{-1} (x-\mu) $$

$$ \nabla_w f = X^T X w - X^T y $$

## The third

Now let $g = x^T A x$.

$$ \nabla_x g = 3 (A + A^T) x $$

$$ \frac{\partial}{\partial A} \log\det A = A^{-1} $$

$$ \frac{\partial}{\partial W} \operatorname{tr}(BW) = B^T $$
"""
SAME = ("latex", "verdict", "reason", "expected", "assuming", "code", "follows", "place", "mistake")


def told(text: str, memory: Recent | None = None):
    report = checked_by_sections(Source(text, "notes.md"), Recent() if memory is None else memory)
    assert report is not None
    return report


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first lines of the sections that are checked."""
    found: list[str] = []
    once = sections.section_data

    def counting(section, *rest):
        found.append(section.source.text[section.begin : section.end].strip().split("\n")[0])
        return once(section, *rest)

    monkeypatch.setattr(sections, "section_data", counting)
    return found


UNREAD = r"""# One

Let $x \in \mathbb{R}^n$. $g(x) = \lfloor x \rfloor + x^Tx$ and $h = g(x) + 1$, and

# Two

of $f = g(x)\,x^Tx$ it is $df = 2g(x)\,x^Tdx$.
"""


@pytest.mark.parametrize(
    "text", [PAPER, "d(x^T x) = 2x^T dx\nd(x^T x) = 3x^T dx", "Nothing to check here.\n", UNREAD], ids=["paper", "formula", "words", "unread"]
)
def test_the_report_is_that_of_the_whole(text):
    whole = derivtex.check(Source(text, "notes.md")).to_dict()
    found = told(text)
    assert [{key: line[key] for key in SAME} for line in found["lines"]] == [{key: line[key] for key in SAME} for line in whole["lines"]]
    for key in ("counts", "first_wrong", "confirmed", "assumptions"):
        assert found[key] == whole[key]
    assert all(text[slice(*line["at"])].strip() == line["latex"].strip() for line in found["lines"])


def test_an_edit_checks_one_section_again(counted):
    """A line in the third section changes, and words in the first that move all others down: the rest is known."""
    memory = Recent()
    told(PAPER, memory)
    assert counted == ["# Notes", "## The second", "## The third"]
    counted.clear()
    mended = told(PAPER.replace("3 (A + A^T)", "(A + A^T)"), memory)
    assert counted == ["## The third"]
    counted.clear()
    moved = told(PAPER.replace("# Notes\n", "# Notes\n\nWords of no weight.\n"), memory)
    assert "## The second" not in counted
    assert [line["place"]["line"] for line in moved["lines"][4:6]] == [line["place"]["line"] + 2 for line in mended["lines"][4:6]]


def test_what_a_section_hears_from_another_counts(counted):
    r"""X becomes square, f another function: each section that uses them is checked again."""
    memory = Recent()
    told(PAPER, memory)
    counted.clear()
    told(PAPER.replace(r"f(w) = \|Xw - y\|^2", r"f(w) = \tfrac12\|Xw - y\|^2"), memory)
    assert counted[:2] == ["# Notes", "## The second"]
    lines = told(PAPER.replace(r"f(w) = \|Xw - y\|^2", r"f(w) = \tfrac12\|Xw - y\|^2"), memory)["lines"]
    assert [line["verdict"] for line in lines if line["latex"].startswith(r"\nabla_w")] == ["holds"]


def test_words_that_say_nothing_new_leave_the_other_sections(counted):
    """What words speak for is told by the name: other words beside “covariance” are no news, that a matrix is not symmetric is."""
    memory = Recent()
    told(PAPER.replace("is usual.", "is usual in texts about a covariance."), memory)
    counted.clear()
    told(PAPER.replace("is usual.", "is usual in some texts about a covariance."), memory)
    assert counted == ["# Notes"]
    counted.clear()
    told(PAPER.replace("is usual.", "is usual; A is not symmetric."), memory)
    assert "## The third" in counted


def test_a_section_that_takes_too_long_is_told(monkeypatch):
    """The others are checked all the same."""
    from derivtex.core.session import TooLarge

    real = sections.limits
    once = sections.section_data
    monkeypatch.setattr(sections, "limits", lambda seconds=None: real(seconds))

    def slow(section, *rest):
        if "second" in section.source.text[section.begin : section.end]:
            def read():
                raise TooLarge("checking takes more than 1 seconds")
            section = section._replace(read=read)
        return once(section, *rest)

    monkeypatch.setattr(sections, "section_data", slow)
    lines = told(PAPER)["lines"]
    assert [line["verdict"] for line in lines if line["code"] == "too-large"] == ["unknown"] and lines[-1]["verdict"] != "unknown"


def test_checking_can_be_stopped():
    asked: list[int] = []
    assert checked_by_sections(Source(PAPER, "notes.md"), Recent(), stopped=lambda: asked.append(1) or len(asked) > 1) is None


def test_checking_stops_within_a_section():
    """Work that nobody waits for ends in the middle, and leaves nothing half known."""
    memory, looks = Recent(), iter([False] * 3)
    assert checked_by_sections(Source(PAPER, "notes.md"), memory, stopped=lambda: next(looks, True)) is None
    assert not memory and told(PAPER, memory)["lines"][0]["verdict"] == "definition"
