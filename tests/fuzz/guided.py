"""`python -m tests.fuzz.guided DOOR [options of libFuzzer]`: inputs of a door, led to code that none of them reached yet (the extra `night`).

What fails is kept, and libFuzzer ends; `-max_total_time=60` is a minute.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["derivtex"]):
    from tests.fuzz.doors import DOORS
    from tests.fuzz.running import keep, trying


def main() -> None:
    door, *options = sys.argv[1:] or ["derive"]
    if door not in DOORS:
        sys.exit(f"there is no door {door}; there are {', '.join(DOORS)}")
    tried, failed = trying(door)

    def one(data: bytes) -> None:
        try:
            tried.hypothesis.fuzz_one_input(data)
        except Exception as error:
            failure = failed(error)
            print(f"{failure.error}\n{failure.text}{'' if keep(failure) else '  (kept already)'}", flush=True)
            raise

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
