"""How fast derivtex is, beside its peers in the same run: python benchmarks/run.py [everyday starting growth code editing page client]

Prints a table and writes it, with a chart, to the folder that `--to` names. Peers are asked in turn with derivtex, and times are the
processor's own: ratios and exponents hold on a shared machine, milliseconds roughly. One thread; autograd only if it is installed.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chart import chart, table
from measure import Row

PARTS = ("everyday", "starting", "growth", "code", "editing")
ASKED = ("page", "client")  # needs a browser, and a machine that is idle: only where it is named


def main(words: list[str]) -> None:
    folder = Path(words.pop(words.index("--to") + 1)) if "--to" in words else None
    found: list[Row] = []
    for part in [word for word in words if word in (*PARTS, *ASKED)] or PARTS:
        for row in import_module(part).rows():
            print(f"{row.group:12} {row.what:52} {row.value:9.3f} {row.unit:24} {row.remark}", flush=True)
            found.append(row)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "table.md").write_text(table(found, "How fast derivtex is"), encoding="utf-8")
        (folder / "chart.svg").write_text(chart(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
