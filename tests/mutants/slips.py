"""One slip at one place in the code of a module: signs, operands, comparisons, numbers, branches, what is transposed or conjugated."""

from __future__ import annotations

import ast
import copy
import types
from collections.abc import Iterator
from typing import NamedTuple

BOTH_WAYS: tuple[tuple[type, type], ...] = (
    (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.And, ast.Or), (ast.Lt, ast.GtE), (ast.Gt, ast.LtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
)  # fmt: skip
SWAPPED = {ast.FloorDiv: ast.Mult, ast.Mod: ast.Add, **dict(BOTH_WAYS), **{other: one for one, other in BOTH_WAYS}}
# calls whose arguments may change places, or whose slip is an error at once
EITHER_WAY = ("same", "must_agree", "widest", "maximum", "minimum", "max", "min", "isinstance")
PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
LOST = ("conj", "conjugate", "real", "abs", "sqrt", "square", "atleast_2d", "bracketed", "negative")  # a call that is its argument


class Slip(NamedTuple):
    """line: in the module. was, is_now: the code at the place. codes: the functions that differ, before and after."""

    line: int
    was: str
    is_now: str
    codes: tuple[tuple[types.CodeType, types.CodeType], ...]


def slips(source: str, file: str, without: tuple[str, ...] = ()) -> Iterator[Slip]:
    """Every slip of a module's functions that can be compiled. file: the name that its functions know it by. without: functions left out."""
    tree = ast.parse(source)
    right = compile(tree, file, "exec")
    inside = [part for function in functions_of(tree, without) for part in ast.walk(function)]
    guards = {part.value for part in inside if isinstance(part, ast.keyword) and part.arg == "strict"}  # of what never happens
    for part in dict.fromkeys(inside):
        if part in guards:
            continue
        for new in changed(part):
            wrong = compile(ast.fix_missing_locations(Put(part, new).visit(copy.deepcopy(tree))), file, "exec")
            codes = tuple(differing(right, wrong))
            if codes:
                yield Slip(part.lineno, ast.unparse(part)[:70], ast.unparse(new)[:70], codes)


def functions_of(tree: ast.Module, without: tuple[str, ...]) -> Iterator[ast.AST]:
    """The bodies of functions and lambdas, without what they are annotated with."""
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef) and part.name not in without:
            yield from (statement for statement in part.body if not is_words(statement))
        elif isinstance(part, ast.Lambda):
            yield part.body


def is_words(statement: ast.stmt) -> bool:
    """Whether a statement computes nothing: an import, an error, a docstring."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, (ast.Raise, ast.Import, ast.ImportFrom))


class Put(ast.NodeTransformer):
    """Another part in the place of one, which is known by its place and kind."""

    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def generic_visit(self, node: ast.AST) -> ast.AST:
        same = type(node) is type(self.old) and all(getattr(node, at, 0) == getattr(self.old, at, 0) for at in PLACE)
        return ast.copy_location(self.new, node) if same else super().generic_visit(node)


def changed(part: ast.AST) -> Iterator[ast.expr]:
    """What a part may be by a slip."""
    match part:
        case ast.BinOp(left, ast.MatMult() as times, right):
            yield ast.BinOp(right, times, left)
        case ast.BinOp(left, ast.Pow(), _):
            yield left
        case ast.BinOp(left, sign, right) if type(sign) in SWAPPED:
            yield ast.BinOp(left, SWAPPED[type(sign)](), right)
        case ast.Compare(left, [sign], [right]) if type(sign) in SWAPPED:
            yield ast.Compare(left, [SWAPPED[type(sign)]()], [right])
        case ast.BoolOp(sign, values):
            yield ast.BoolOp(SWAPPED[type(sign)](), values)
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.Attribute(value, "T"):
            yield value
        case ast.IfExp(test, body, other):
            yield ast.IfExp(test, other, body)
        case ast.Call(ast.Attribute(_, name), [only], []) if name in LOST:
            yield only
        case ast.Call(ast.Attribute(value, name), [], []) if name in LOST:
            yield value
        case ast.Call(function, [first, second, *rest], keywords) if ast.dump(first) != ast.dump(second) and has_an_order(function, second):
            yield ast.Call(function, [second, first, *rest], keywords)


def has_an_order(function: ast.expr, second: ast.expr) -> bool:
    """Whether it matters which argument is the first."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name not in EITHER_WAY and not isinstance(second, ast.Starred)


def differing(right: types.CodeType, wrong: types.CodeType) -> Iterator[tuple[types.CodeType, types.CodeType]]:
    """The functions of a module's code that a slip changed, with what they became; with one, all that hold it."""
    for before, after in zip(nested(right), nested(wrong), strict=True):
        if before != after:
            yield before, after
            yield from differing(before, after)


def nested(code: types.CodeType) -> list[types.CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
