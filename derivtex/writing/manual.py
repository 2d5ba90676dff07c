"""The manual of the rules, as text: every page, or one rule with its statement, conditions and source."""

from __future__ import annotations

from difflib import get_close_matches

from derivtex.core.errors import UsageError
from derivtex.core.terms import Term
from derivtex.operations.leaves import Symbol
from derivtex.rewriting.equation import Condition
from derivtex.rewriting.page import Rule
from derivtex.rewriting.patterns import MORE, Along, Applied, Blockwise, Counted, Each, Open, Place, Reckoned, Run, WithPlace, Written
from derivtex.simplification.rulebook import PAGES
from derivtex.writing.formula import latex


def names() -> list[str]:
    """The names of all rules, in order, each once."""
    return list(dict.fromkeys(rule.name for page in PAGES for rule in page))


def entries() -> str:
    """All rules, page by page: name and statement."""
    width = max(len(rule.name) for page in PAGES for rule in page)
    blocks = []
    for page in PAGES:
        lines = [page.name, "-" * len(page.name), *(f"{rule.name:{width}}  {statement(rule)}" for rule in page)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def entry(name: str) -> str:
    """The rules of a name, or of a page. Raises UsageError where there is none."""
    found = [rule for page in PAGES for rule in page if name.lower() in (rule.name.lower(), page.name.lower(), str(rule).lower())]
    if not found:
        near = get_close_matches(name, [rule.name for page in PAGES for rule in page], n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`derivtex rules` lists them"
        raise UsageError(f"there is no rule or page {name}", way_out=hint)
    return "\n\n".join(map(described, found)) + "\n"


def described(rule: Rule) -> str:
    """One rule: what it says, when it may be used, the words in the margin, where it is to be found."""
    lines = [str(rule), f"  {statement(rule)}"]
    conditions, needs = list(map(condition, rule.given)), list(map(condition, rule.needs))
    lines += [f"  where: {', '.join(conditions)}"] if conditions else []
    lines += [f"  assumes: {', '.join(needs)}"] if needs else []
    lines += [f"  for a student: {rule.hint}"] if rule.hint else []
    lines += [f"  why: {rule.lemma.words.replace('@', 'X')}"] if rule.lemma is not None else []
    lines += [f"  reason: {rule.reason}"] if rule.reason else []
    lines += [f"  source: {rule.source}"] if rule.source else []
    return "\n".join(lines)


def condition(given: Condition) -> str:
    """A property of a hole or of a term in the holes, or a relation between two: `X invertible`, `X and Z same`."""
    name, *of = given
    return f"{' and '.join(written(part) if isinstance(part, Term) else part for part in of)} {name}"


def statement(rule: Rule) -> str:
    """The rule in LaTeX: its two sides, or what its author says of it."""
    if rule.left is None or rule.right is None:
        return rule.says
    return rule.says or f"{written(rule.left)} = {written(rule.right)}"


def written(side: Term) -> str:
    r"""A side of an equation in LaTeX: a run as `P\cdots`, what depends on an index as `a_i`."""
    return latex(side.map(as_name))


def as_name(part: Term) -> Term | None:
    """What stands for several parts, or for one of a kind, as a name that can be written."""
    match part:
        case Run(name):
            found = rf"{name}\cdots"
        case Each(of, run, backwards):
            one = written(of.replace({run: Symbol(run.name, "matrix", run.size, (), None)}))
            found = rf"\cdots {one}" if backwards else rf"{one}\cdots"
        case Along(_, _, _, _, body):
            found = rf"\sum {written(body)}"
        case Open(of, index):
            found = f"{written(of)}_{written(index)}"
        case Place(name):
            found = name
        case Counted(of):
            found = str(of)
        case Reckoned(of):
            plain: Term = of.map(as_name)
            return plain
        case Written(place, first, last, body):
            found = rf"\sum_{{{written(place)} = {written(first)}}}^{{{written(last)}}} {written(body)}"
        case WithPlace(of, index, new):
            found = rf"{written(of)}|_{{{written(index)} = {written(new)}}}"
        case Blockwise(_, _, made, _):
            found = rf"\bigl[{written(made)}\bigr]"
        case Applied(_, kind, of):
            found = rf"\|{written(of)}\|" if kind == "norm" else f"f({written(of)})"
        case _:
            return with_data(part)
    return Symbol(found, "matrix", part.shape, (), None)


def with_data(part: Term) -> Term | None:
    """A function whose name is open, and its order of derivative: g(A), g'(A); the Fréchet derivative of any function."""
    data = [getattr(part, field) for field in part.fields]
    names = [value.strip("?") for value in data if isinstance(value, str) and value.startswith("?")]
    if not names:
        return None
    orders = [value for value in data if isinstance(value, int) and value < 0]
    head = names[0] + "'" * (orders[0] < -MORE) if orders else rf"\mathrm{{D}}{names[0]}"
    return Symbol(f"{head}({', '.join(map(written, part.children))})", "matrix", part.shape, (), None)
