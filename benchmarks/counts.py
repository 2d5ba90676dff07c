"""What the house is made of, in figures: python -m benchmarks.counts

Rules stated as equations and rules by hand, page by page; circles of imports; lists of cards outside the cards; what mypy is not asked.
"""

from __future__ import annotations

from collections import Counter

from derivtex.calculus.constants import problem
from derivtex.calculus.known_names import naming
from derivtex.simplification.rulebook import PAGES
from tests.test_house import HOUSE, ROOMS, ROOT, arrows, card_lists, circles


def rules() -> None:
    """How many rules of each page are equations; the last two pages are told what the names of one problem stand for."""
    pages, total = (*PAGES, problem, naming), [0, 0]
    for page in pages:
        stated = sum(rule.left is not None for rule in page)
        by_hand = len(page.rules) - stated
        total = [total[0] + stated, total[1] + by_hand]
        print(f"  {page.name:34} {stated:3} stated {by_hand:3} by hand")
    print(f"rules: {sum(total)}, stated {total[0]}, by hand {total[1]}")
    for why, count in Counter(rule.why for page in pages for rule in page if rule.why).most_common():
        print(f"  {count:3} by hand: {why.value}")


def lists() -> None:
    """Where cards are listed outside of the cards."""
    found = [(room, *each) for room in ROOMS if "operations" not in room.parts for each in card_lists(room)]
    for room, line, names in found:
        print(f"  {room.relative_to(HOUSE)}:{line}: {len(names)} cards, {', '.join(names[:4])} …")
    print(f"lists of cards outside the cards: {len(found)}")


def unchecked() -> None:
    """The rooms whose errors mypy ignores."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = [block for block in text.split("[[tool.mypy.overrides]]")[1:] if "ignore_errors = true" in block]
    names = [part for block in ignored for part in block.split('"') if part.startswith("derivtex.")]
    print(f"mypy ignores the errors of: {', '.join(names) or 'nothing'}")


if __name__ == "__main__":
    rules()
    for circle in circles(arrows()):
        print(f"  circle of {len(circle)}: {', '.join(sorted(circle)[:3])} …")
    lists()
    unchecked()
