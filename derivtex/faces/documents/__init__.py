"""Derivations inside documents: blocks with options, derived where they stand.

options      what a block may ask for, and whose word counts most
settings     what a project and a user ask for, in files
deriving     a block to its text, kept in a store between runs
marked, expanding    blocks in LaTeX and Markdown files, derived in place
side, freezing       the LaTeX package's side file, and the document with its results in place
"""
