"""The rooms of the house and their imports, drawn from the source: python -m benchmarks.drawing

A room stands above all that it imports. Of its arrows those are drawn that no others imply: faces import core by way of everything else.
`docs/architecture.md` has the drawing; a test says when it is old.
"""

from __future__ import annotations

from tests.test_house import FLOORS, arrows

Rooms = dict[str, set[str]]


def rooms() -> Rooms:
    """Which room imports which: folders and modules under derivtex."""
    found: Rooms = {name: set() for floor in FLOORS for name in floor if not name.startswith("__")}
    for module, others in arrows().items():
        own = room_of(module)
        if module in ("derivtex", "derivtex.__main__"):
            continue  # the package itself, which opens the interface on demand
        found[own] |= {room_of(other) for other in others} - {own}
    return found


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "interface"


def implied(found: Rooms, room: str) -> set[str]:
    """What a room reaches through the rooms that it imports, those apart that import it as well."""
    return set().union(*(reached(found, other) for other in found[room] if room not in reached(found, other)))


def reached(found: Rooms, room: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(found[room])
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting += found[other]
    return seen


def drawing() -> str:
    """One line for a room, the highest first: what it imports that nothing else brings with it."""
    found = rooms()
    lines = []
    for floor in reversed(FLOORS):
        shown = [(name, found[name] - implied(found, name)) for name in floor if name in found]
        lines += [f"{name:15}──▶ {'  '.join(sorted(below))}" if below else name for name, below in shown]
        lines.append("")
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    print(drawing())
