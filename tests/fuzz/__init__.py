"""Fuzzing: inputs of every kind for every door, and what may not happen behind it.

formulas     strategies: formulas by a grammar, and real ones that were tampered with
doors        the ways in: each takes an input and raises what is a defect
running      many inputs, a failure made small, what failed kept in `kept.jsonl` and tried again by the tests

`python -m tests.fuzz 20000` tries so many inputs at each door, from another seed each day.
"""
