"""The house: imports point down, each heavy library has one room, rooms are small, and no file knows a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import derivtex.operations

CARDS = derivtex.core.terms.CARDS
ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "derivtex"
ROOMS = sorted(HOUSE.rglob("*.py"))
# From the ground up. A room may import what stands before it, and its own floor. Every room at the root has a floor.
FLOORS = (
    ("core",),
    ("operations",),
    ("problem", "steps", "options"),
    ("exchange",),
    ("rewriting",),
    ("calculus",),
    ("simplification",),
    ("derivation",),
    ("reading", "writing", "checking"),
    ("filling",),
    ("interface", "answering", "__init__"),
    ("faces", "notebook", "thin", "__main__"),
)
# Inside of reading, from the ground up: no room imports from a floor above its own.
FLOORS_OF_READING = (("source",), ("syntax",), ("words",), ("meaning",), ("reader", "inquiry"))
HEAVY = {
    "numpy": ("checking",),
    "scipy": (),
    "sympy": ("exchange",),
    "jinja2": ("writing",),
    "pylatexenc": ("reading",),
    "click": ("faces",),
    "pygls": ("faces",),
    "mcp": ("faces",),
    "distributed": ("faces",),
    "starlette": ("faces",),
    "uvicorn": ("faces",),
}
LARGEST = 300
TEXTS = {".py", ".md", ".toml", ".tex", ".json", ".txt", ".j2", ".jinja", ""}


def name_of(room: Path) -> str:
    """The room's first name under derivtex: a module or a folder."""
    return room.relative_to(HOUSE).with_suffix("").parts[0]


def floor_of(name: str) -> int:
    heights = {name: height for height, names in enumerate(FLOORS) for name in names}
    return heights[name]


@cache
def nodes_of(room: Path) -> list[ast.AST]:
    """What a room is written with: its tree, taken apart once for all tests."""
    return list(ast.walk(ast.parse(room.read_text(encoding="utf-8"))))


@cache
def imports_of(room: Path) -> list[tuple[str, bool]]:
    """The modules that a room imports, and whether only for the types."""
    typing_only = {inner for node in nodes_of(room) if is_typing_block(node) for inner in ast.walk(node)}
    found = []
    for node in nodes_of(room):
        if isinstance(node, ast.Import):
            found += [(alias.name, node in typing_only) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(f"{node.module}.{alias.name}", node in typing_only) for alias in node.names]
    return found


def is_typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def faults_of(room: Path) -> list[str]:
    """What is wrong with a room: imports that point up, a library that has its room elsewhere, too many lines, nothing that says what it is."""
    found = []
    own, text = name_of(room), room.read_text(encoding="utf-8")
    for module, typing_only in imports_of(room):
        first, *rest = module.split(".")
        if first == "derivtex" and rest and not typing_only and floor_of(rest[0]) > floor_of(own):
            found.append(f"{module} stands above")
        if own not in HEAVY.get(first, (own,)):
            found.append(f"{first} is not for this room")
    length = len(text.splitlines())
    found += [f"{length} lines are more than {LARGEST}"] if length > LARGEST else []
    found += ["no docstring"] if text.strip() and not ast.get_docstring(nodes_of(room)[0]) else []
    return [f"{room.relative_to(HOUSE)}: {fault}" for fault in found]


def test_rooms_keep_the_walls():
    """Imports point down, heavy libraries stay in their room, rooms are small and say what they are."""
    assert not [fault for room in ROOMS for fault in faults_of(room)]


def module_of(room: Path) -> str:
    parts = room.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def arrows() -> dict[str, set[str]]:
    """Which room imports which, wherever in it, but for the types."""
    rooms = {module_of(room): room for room in ROOMS}
    found = {}
    for module, room in rooms.items():
        named = [name for name, typing_only in imports_of(room) if not typing_only]
        found[module] = {name if name in rooms else name.rpartition(".")[0] for name in named} & set(rooms)
    return found


def circles(arrows: dict[str, set[str]]) -> list[set[str]]:
    """The rooms that lead to one another (Tarjan's strongly connected components of more than one)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[set[str]] = []

    def visit(room: str) -> None:
        order[room] = lowest[room] = len(order)
        waiting.append(room)
        for other in sorted(arrows[room]):
            if other not in order:
                visit(other)
                lowest[room] = min(lowest[room], lowest[other])
            elif other in waiting:
                lowest[room] = min(lowest[room], order[other])
        if lowest[room] == order[room]:
            at = waiting.index(room)
            found.append(set(waiting[at:]))
            del waiting[at:]

    for room in sorted(arrows):
        if room not in order:
            visit(room)
    return [circle for circle in found if len(circle) > 1]


def test_no_circle_of_imports():
    """Inside of folders neither."""
    assert not [sorted(circle) for circle in circles(arrows())]


# The doors, which load for each command, and for each output, only what it needs: a cold start is paid for every time.
DOORS = ("interface", "faces", "notebook", "thin", "__main__")


@cache
def imports_apart(room: Path) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """What is imported with a room, and what its functions import when they are called: for each, the names that it may stand for."""
    typing_only = {node for block in nodes_of(room) if is_typing_block(block) for node in ast.walk(block)}
    above: set[str] = set()
    within: list[tuple[str, ...]] = []
    for node in nodes_of(room):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node not in typing_only:
            base = (node.module or "",) if isinstance(node, ast.ImportFrom) else ()
            names = (*base, *(".".join((*base, alias.name)) for alias in node.names))
            within += [names] if node.col_offset else []
            above |= set() if node.col_offset else set(names)
    return frozenset(above), tuple(within)


def heavy_rooms() -> set[str]:
    """The rooms with which a heavy library is loaded."""
    above = {module_of(room): imports_apart(room)[0] for room in ROOMS}
    found = set(HEAVY)
    while more := {room for room, names in above.items() if room not in found and any(found & {name, name.split(".")[0]} for name in names)}:
        found |= more
    return found


def test_imports_stand_at_the_top():
    """But for what brings a heavy library, and at the doors."""
    heavy = heavy_rooms()
    inner = [(module_of(room), names) for room in ROOMS if name_of(room) not in DOORS for names in imports_apart(room)[1]]
    assert not [(room, names) for room, names in inner if names[0].startswith("derivtex") and not heavy & set(names)]


# Where so many cards stand in one literal all the same, and why no trait says it.
MANY = 4
LISTS = {
    "calculus/application.py": "what a formula of entries is made of: anything else is refused, and says so",
    "calculus/functions.py": "names of the functions that have a slope of their own",
    "checking/edits.py": "what a slip may have left out",
    "checking/equations.py": "marks that only complex terms have",
    "checking/magnitudes.py": "open functions, which the evaluator makes up",
    "derivation/candidates.py": "what is no more than a letter with a mark: not worth a name",
    "rewriting/holes.py": "short names for the pages",
    "rewriting/normal_form.py": "normal forms of their own: any other card is compared part by part",
    "simplification/identities_of_definitions.py": "the scalars that a sum of deviations may stand in",
    "writing/forms.py": "how a matrix function is written with a name of the author's",
}


def card_lists(room: Path) -> list[tuple[int, list[str]]]:
    """The literals of a room (tuples, lists, sets, keys of tables) that name many cards, with their lines."""
    found = []
    for node in nodes_of(room):
        parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else node.keys if isinstance(node, ast.Dict) else ()
        names = [part.id for part in parts if isinstance(part, ast.Name) and part.id in CARDS]
        found += [(node.lineno, names)] if len(names) >= MANY else []
    return found


def test_what_is_true_of_a_card_stands_on_it():
    """No list of cards outside the cards that a new one would have to join in silence: traits are on the card."""
    rooms = [str(room.relative_to(HOUSE)) for room in ROOMS if "operations" not in room.parts and card_lists(room)]
    assert not set(rooms) - set(LISTS) and not set(LISTS) - set(rooms)


def test_the_drawing_is_of_this_house():
    """`docs/architecture.md` shows the imports as they are."""
    from benchmarks.drawing import drawing

    assert drawing() in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["patterns.md", "add-an-operation.md"])
def test_examples_in_the_docs_are_of_this_house(page):
    """Each line of a card or a rule that the docs show stands in the source."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    source = "\n".join(room.read_text(encoding="utf-8") for room in ROOMS)
    lines = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    assert len(blocks) > 3 and not [line for line in lines if line not in source]


def test_reading_goes_one_way():
    """Source, syntax, words, meaning, and the whole: each floor knows only those below it."""
    heights = {name: height for height, names in enumerate(FLOORS_OF_READING) for name in names}
    upward = []
    for module, others in arrows().items():
        floor = module.split(".")[2:3] if module.startswith("derivtex.reading.") else []
        for other in others if floor else ():
            above = other.split(".")[2] if other.startswith("derivtex.reading.") else ""
            upward += [f"{module} -> {other}"] if heights.get(above, 0) > heights[floor[0]] else []
    assert not upward


def sees_tokens(room: Path) -> bool:
    """Whether a room takes apart what is written: it knows the class of a token, or asks one for its mark or for what is inside."""
    for node in ast.walk(ast.parse(room.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and any(each.name == "Token" for each in node.names):
            return True
        if isinstance(node, ast.Attribute) and node.attr in ("is_mark", "inner"):
            return True
    return False


def test_no_room_above_syntax_sees_tokens():
    """What is written is taken apart in syntax: the rooms above it hand it on, and ask."""
    rooms = [room for floor in ("words", "meaning") for room in (ROOT / "derivtex" / "reading" / floor).rglob("*.py")]
    assert not sorted(str(room.relative_to(ROOT)) for room in rooms if sees_tokens(room))


def loaded_after(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded after this code."""
    code += f"\nimport sys; print(*[name for name in {sorted(HEAVY)!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_loads_nothing_heavy():
    """`import derivtex` is quick."""
    assert not loaded_after("import derivtex")


def test_deriving_loads_neither_numpy_nor_jinja_nor_sympy():
    """Without checks and output, the parser of LaTeX is all that is needed."""
    loaded = loaded_after("import derivtex; derivtex.derive(r'x^T A x', wrt='x', check=False).result")
    assert loaded <= {"pylatexenc"}


def test_checking_loads_numpy_alone():
    """The numbers need no SymPy."""
    loaded = loaded_after("import derivtex; derivtex.derive(r'x^T A x', wrt='x')")
    assert loaded <= {"pylatexenc", "numpy"}


def tracked_texts() -> list[Path]:
    """The texts of the repository."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.splitlines() if listed.returncode == 0 else [str(room.relative_to(ROOT)) for room in ROOMS]
    return [ROOT / name for name in names if (ROOT / name).suffix in TEXTS and (ROOT / name).is_file()]


def test_no_path_of_a_machine():
    """Nothing in the repository knows where it was written."""
    path = re.compile(r"(?<![\w.])/(work|farm|root|tmp|home)/\w")
    found = []
    for text in tracked_texts():
        lines = text.read_text(encoding="utf-8").splitlines()
        found += [f"{text.relative_to(ROOT)}:{number}" for number, line in enumerate(lines, 1) if path.search(line)]
    assert not found


@pytest.mark.parametrize("command", [["ruff", "check", "--output-format", "concise", "."], ["mypy", "--no-error-summary"]], ids=" ".join)
def test_tools_are_content(command):
    """ruff and mypy (strict) have nothing to say."""
    run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
