"""The rows as a table in Markdown, and those with a goal as bars: how far each is from it."""

from __future__ import annotations

from html import escape
from math import log10

from measure import Row

WIDTH, HEIGHT, LEFT = 900, 22, 430


def table(rows: list[Row], heading: str) -> str:
    lines = [f"# {heading}", "", "| | | measured | goal | |", "|---|---|---|---|---|"]
    for row in rows:
        sign = {True: "reached", False: "not yet", None: ""}[row.good]
        goal = "" if row.goal is None else f"{'≥' if row.at_least else '≤'} {row.goal:g}"
        lines.append(f"| {row.group} | {row.what} | {row.value:.3g} {row.unit} | {goal} | {sign}{'; ' if sign and row.remark else ''}{row.remark} |")
    return "\n".join(lines) + "\n"


def chart(rows: list[Row]) -> str:
    """Bars on a logarithmic scale: the line in the middle is the goal, what ends before it has reached it."""
    told = [row for row in rows if row.goal]
    height = HEIGHT * (len(told) + 1)
    middle = LEFT + (WIDTH - LEFT) / 2
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="12">']
    for at, row in enumerate(told):
        ratio = max(row.goal / row.value if row.at_least else row.value / row.goal, 1e-3)
        end = max(min(middle + log10(ratio) * (WIDTH - LEFT) / 4, WIDTH - 4), LEFT + 2)
        y = at * HEIGHT
        parts.append(f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(f"{row.group}: {row.what}")}</text>')
        parts.append(f'<rect x="{LEFT}" y="{y + 4}" width="{end - LEFT:.0f}" height="14" fill="{"#4a8" if row.good else "#c64"}"/>')
        parts.append(f'<text x="{min(end + 4, WIDTH - 60):.0f}" y="{y + 15}">{row.value:.3g}</text>')
    parts.append(f'<line x1="{middle}" y1="0" x2="{middle}" y2="{height - HEIGHT}" stroke="black"/>')
    parts.append(f'<text x="{middle}" y="{height - 6}" text-anchor="middle">goal; a quarter of the width is a factor of ten</text></svg>')
    return "\n".join(parts) + "\n"
