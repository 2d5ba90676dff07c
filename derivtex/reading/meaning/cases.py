"""Cases of which the words speak, “if $K = 0$, then $x = z$”: they say what would be, and fix no name."""

from __future__ import annotations

from derivtex.reading.syntax.lefts import is_name, is_number
from derivtex.reading.syntax.letters import IDENTITIES
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.commands import COMMANDS, IMPERATIVES
from derivtex.reading.words.unserved import OTHERWISE

CASES = (["if"], ["when"], ["whenever"], ["unless"])
REACH = 9  # words that such a question may have before its formula
IN_CHINESE = ("当", "若", "如果", "當")  # whose words stand without spaces


def without_cases(found: list[Statement], text: str) -> tuple[list[Statement], list[Statement]]:
    """The statements of a document that are said without a condition, and those that are a case or are said of one."""
    kept: list[Statement] = []
    cases: list[Statement] = []
    end, case = 0, False
    for each in found:
        between = text[end : each.start]
        case = is_case(each, words_between(text, end, each.start), text[: each.start]) or (case and is_said_of_case(each, between))
        (cases if case else kept).append(each)
        end = max(end, each.end)
    return kept, cases


def is_case(each: Statement, words: str, before: str) -> bool:
    """Whether a statement is a case of which the words speak, “if $K = 0$”: a name that is a number or the identity there; or of another question."""
    if each.relations and any(f" {asked} " in f" {' '.join(words.split()[-REACH:])} " for asked in OTHERWISE):
        return True
    given = gives_name(each) and (is_number(each.sides[1]) or (key(each.sides[1]) in IDENTITIES and is_asked_before(before)))
    return (words.split()[-1:] in CASES or words.rstrip().endswith(IN_CHINESE)) and given


def is_asked_before(text: str) -> bool:
    """Whether a sentence before the last one asks, so that the last one asks for something else."""
    ends = [text.rfind(mark) for mark in (". ", "? ", ".\n", "?\n")]
    earlier = text[: max(ends) + 1].lower()
    return "?" in earlier or not (COMMANDS | IMPERATIVES).isdisjoint(words_between(earlier, 0, len(earlier)).split())


def is_said_of_case(each: Statement, between: str) -> bool:
    """Whether a statement behind a case goes on with its sentence, and gives a name a number or another name: “then $x = z$”."""
    ends = "\n\n" in between or any(f".{space}" in between for space in (" ", "\n"))
    return not ends and gives_name(each) and (is_number(each.sides[1]) or (bool(each.sides[1]) and is_name(each.sides[1])))


def gives_name(each: Statement) -> bool:
    return each.relations == ("=",) and bool(each.sides[0]) and is_name(each.sides[0])


def words_between(text: str, start: int, end: int) -> str:
    r"""What stands between two formulas, in small letters, without marks: `&& \text{since } ` is "since"."""
    kept = "".join(mark if mark.isalpha() or mark in "\n#'-" else " " for mark in text[start:end].lower())
    return " ".join(kept.split(" ")).strip(" ")
