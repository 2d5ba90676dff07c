"""Slips made on purpose in the code of cards, printers and integrals: `python -m tests.mutants` tells which of them no test notices.

slips        one slip at one place of a module's code, as compiled functions
running      a slip put into a process of its own, and the tests that are to notice it
"""
