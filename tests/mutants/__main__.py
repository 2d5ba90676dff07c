"""`python -m tests.mutants [KIND …] [--most N]`: slips in the code of cards, integrals, the printer and the code printers, and who notices."""

from __future__ import annotations

import argparse
import importlib
import sys
import time

from tests.mutants.kinds import KINDS, Kind
from tests.mutants.running import fails_without, is_noticed, slips_of


def tried(name: str, kind: Kind, most: int | None, seed: int) -> int:
    """How many slips of a kind no test notices; each is told with its place."""
    began, every, left = time.time(), 0, 0
    for test in {path.partition("::")[0] for stage in kind.stages for path in stage if path.startswith("tests/")}:
        importlib.import_module(test.removesuffix(".py").replace("/", "."))  # once, before a process is made for each slip
    if fails_without(kind.stages):
        sys.exit(f"{name}: the tests fail without a slip")
    kind.first()  # what it remembers, each slip finds
    before = kind.shown()
    for module in kind.modules:
        for slip in slips_of(module, kind.without, most, seed):
            every += 1
            if not is_noticed(slip, kind.first, kind.stages, lambda: kind.shown() != before):
                left += 1
                print(f"  {module}:{slip.line}: {slip.was}  →  {slip.is_now}", flush=True)
    print(f"{name}: {every - left} of {every} noticed, {time.time() - began:.0f} s", flush=True)
    return left


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    options.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=list(KINDS))
    options.add_argument("--most", type=int, help="so many slips of each module, drawn from a seed")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    return int(sum(tried(name, KINDS[name], asked.most, asked.seed) for name in asked.kinds) > 0)


if __name__ == "__main__":
    sys.exit(main())
