"""`python -m tests.fuzz N [--seed S] [--doors derive,check]`: N inputs at each door; failures are made small, kept and listed."""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz.doors import DOORS, slow
from tests.fuzz.running import keep, run

BATCH = 500


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("inputs", type=int, nargs="?", default=1000)
    options.add_argument("--seed", type=int, default=int(time.time()) // 86400)
    options.add_argument("--doors", default=",".join(DOORS))
    asked = options.parse_args()
    failures = 0
    for door in asked.doors.split(","):
        began = time.process_time()
        found = {}
        for start in range(0, asked.inputs, BATCH):
            failure = run(door, min(BATCH, asked.inputs - start), asked.seed * 1_000_003 + start)
            if failure is not None:
                found.setdefault(failure.error.rpartition(" at ")[2], failure)
        print(f"{door:10} {asked.inputs} inputs, {time.process_time() - began:.0f} s, {len(found)} kinds of failure", flush=True)
        for failure in found.values():
            failures += 1
            print(f"  {failure.error}\n  {failure.text}{'' if keep(failure) else '  (kept already)'}", flush=True)
    print(f"{len(slow)} inputs met the clock or the depth of the stack")
    return 1 if failures else 0


sys.exit(main())
