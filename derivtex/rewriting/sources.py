"""The books: how a rule says where its identity is stated."""

from __future__ import annotations


def cookbook(equation: int | str) -> str:
    return f"Matrix Cookbook (2012), eq. ({equation})"


def magnus(section: str) -> str:
    return f"Magnus & Neudecker, Matrix Differential Calculus, {section}"


def minka(section: str) -> str:
    return f"Minka, Old and New Matrix Algebra Useful for Statistics, {section}"


def horn(section: str) -> str:
    return f"Horn & Johnson, Topics in Matrix Analysis, {section}"


def giles(section: str) -> str:
    return f"Giles, An extended collection of matrix derivative results, {section}"


def boyd(section: str) -> str:
    return f"Boyd & Vandenberghe, Convex Optimization, {section}"


def higham(section: str) -> str:
    return f"Higham, Functions of Matrices, {section}"


CALCULUS = "single-variable calculus, entry by entry"
DEFINITION = "by definition"
