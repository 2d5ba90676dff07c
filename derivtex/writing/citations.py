"""The sources of the rules as a reader cites them: in short words, or as a key of the BibTeX file that comes with derivtex."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Book(NamedTuple):
    """A book: how `rules.sources` begins its name, the short words for it, and its key in `sources.bib`."""

    begins: str
    short: str
    key: str


BOOKS = (
    Book("Matrix Cookbook (2012)", "Matrix Cookbook", "cookbook"),
    Book("Magnus & Neudecker, Matrix Differential Calculus", "Magnus & Neudecker", "magnus"),
    Book("Minka, Old and New Matrix Algebra Useful for Statistics", "Minka", "minka"),
    Book("Horn & Johnson, Topics in Matrix Analysis", "Horn & Johnson", "horn"),
    Book("Boyd & Vandenberghe, Convex Optimization", "Boyd and Vandenberghe", "boyd"),
    Book("Giles, An extended collection of matrix derivative results", "Giles", "giles"),
    Book("Higham, Functions of Matrices", "Higham", "higham"),
)


def cited(source: str, how: str) -> str:
    r"""`Matrix Cookbook (41)`, `Magnus & Neudecker, ch. 8`, or as a key: `\cite[ch.~8]{magnus}`. Nothing where no book is named."""
    book = next((book for book in BOOKS if source.startswith(book.begins)), None)
    if book is None:
        return ""
    place = source.removeprefix(book.begins).removeprefix(", ").removeprefix("eq. ")
    if how == "keys":
        return rf"\cite[{place.replace('. ', '.~')}]{{{book.key}}}"
    return f"{book.short} {place}" if place.startswith("(") else f"{book.short}, {place}" if place else book.short


def bibtex() -> str:
    """The BibTeX file of the sources."""
    return (Path(__file__).parent / "sources.bib").read_text("utf-8")
