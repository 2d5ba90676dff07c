"""Every option that a user can give, in one table: its name, what it can be, what it means, and where it applies.

The command line, the Pandoc filter and the other documents, settings files, the server, notebooks, the page and the manual are made from it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Value = str | int
LANGUAGES = ("numpy", "torch", "jax", "julia", "matlab")
COMMANDS = ("derive", "insert", "solve", "check", "answer", "corpus")
DOCUMENT, PAGE = "document", "page"


class Option(NamedTuple):
    """One option. where: the commands that take it, `document` and `page`; values: what it can be, where these are few.

    kind: str, bool (a switch), int, float (or one of the values), or tuple (it may be given several times). letter, shown: how the command
    line has it; alone: its value where it is given without one. local: it speaks of files or the terminal of this machine, so neither a
    request nor a document may say it.
    """

    name: str
    where: str
    help: str
    values: tuple[Value, ...] = ()
    kind: type = str
    usual: Any = None
    letter: str = ""
    shown: str = ""
    alone: str = ""
    local: bool = False

    @property
    def key(self) -> str:
        """The name as Python and JSON have it."""
        return self.name.replace("-", "_")

    @property
    def default(self) -> Any:
        """The usual value: the first, where no other is named."""
        if self.usual is None and self.values:
            return self.values[0]
        return () if self.kind is tuple else False if self.kind is bool and self.usual is None else self.usual


MANNER = "derive insert solve document"
TABLE = (
    # what is asked
    Option("of", "derive insert solve document", "The name to differentiate, minimise or maximise; the last one defined if not given.", shown="NAME"),
    Option("wrt", "derive insert solve document page", "The variable, or several with commas; not needed where the source asks for a derivative.", letter="w", shown="X"),
    Option("declare", "derive insert solve check corpus document page", "What a name is: 'X: matrix n x m symmetric'.", kind=tuple, letter="d", shown="DECLARATION"),
    Option("subject-to", "solve", "A constraint, such as 'Ax = b'.", kind=tuple, letter="s", shown="EQUATION"),
    Option("order", "derive insert document page", "The gradient, or the Hessian.", (1, 2)),
    Option("layout", "derive insert solve document page", "Whether a gradient has the shape of its variable, or the transposed one.", ("denominator", "numerator")),
    Option("layout", "check", "The layout that derivatives have to be in.", ("any", "denominator", "numerator")),
    Option("form", "derive insert document page", "What is wanted: the derivative, the differential, the derivative by vec X, or an entry.", ("auto", "differential", "vec", "index")),
    Option("structure", "derive insert solve document page", "What a derivative by a symmetric (diagonal, …) variable is.", ("projected", "constrained", "ignore")),
    Option("complex", "derive insert solve document page", "What a derivative by a complex variable is.", ("conjugate", "wirtinger", "real", "imag")),
    Option("check", "derive insert solve document", "Confirm the steps with numbers.", kind=bool, usual=True),
    Option("fill", "check", "Look for the steps that lead to each line.", kind=bool),
    # how it is written
    Option("detail", "derive insert solve document page", "For a paper, as usual, or with a line for every step.", ("brief", "normal", "full"), usual="normal"),
    Option("template", "derive insert solve document page", "A template of `derivtex templates`, or a file of your own.", letter="t", shown="NAME|FILE"),
    Option("template", "check", "For the steps, as for derive: in reports as tex, markdown and html.", letter="t", shown="NAME|FILE"),
    Option("template", "answer", "forum (the default), latex, or a file of your own.", letter="t", shown="NAME|FILE"),
    Option("profile", "derive insert solve answer document page", "Where it will be read: latex, latex-plain, mathse, mathjax, katex, github, pandoc, jupyter.", shown="PLACE"),
    Option("reasons", MANNER, "Where the reasons stand.", ("beside", "below", "margin", "none")),
    Option("words", "derive solve", "Other words: of a language (de, es, fr, zh), or of a file with lines NAME = WORDS.", shown="LANGUAGE|FILE", local=True),
    Option("cite", MANNER, r"The source of each reason, in words or as \cite keys of `derivtex rules --bibtex`.", ("none", "words", "keys"), alone="words"),
    Option("width", MANNER, "How wide a line may be: points, or `column`.", ("column",), kind=float, usual=345, shown="POINTS"),
    Option("color", MANNER, "A colour for a name, as in dX=red.", kind=tuple, shown="NAME=COLOR"),
    Option("box", MANNER, "A frame around the result.", kind=bool),
    Option("both-layouts", MANNER, "Tell the result in the other layout too.", kind=bool),
    Option("label", MANNER, "Number the display, with this label.", shown="LABEL"),
    Option("lemmas", MANNER, "Why rules are true: first of the one that the question is about, always of each, or never.", ("first", "always", "never")),
    Option("audience", MANNER, "Who reads it: for a student a sentence says why each move is made that is not obvious.", ("expert", "student")),
    Option("numbers", MANNER, "What is numbered.", ("chain", "lines")),
    Option("show", "document", "The whole derivation, or the result alone.", ("derivation", "result")),
    Option("strict", "document", "An error ends the whole run.", kind=bool),
    Option("format", "derive solve", "LaTeX, Markdown, data, or a function in a language.", ("tex", "markdown", "json", *LANGUAGES, "sympy")),
    Option("format", "check", "How the report is written.", ("text", "json", "sarif", "junit", "html", "tex", "markdown")),
    Option("format", "answer", "The post, or data.", ("text", "json")),
    # how it is run
    Option("stationary", "derive", "Go on to where the derivative is zero, as `derivtex solve` does.", kind=bool, local=True),
    Option("explain", "derive", "Tell on standard error how it was read, which road was taken, and each rule with its source.", kind=bool, local=True),
    Option("context", "derive solve", "The document that the formula is from: its macros and declarations hold.", shown="FILE", local=True),
    Option("strict", "check", "Status 3 where a line could not be read.", kind=bool, local=True),
    Option("jobs", "check", "How many files are checked at a time.", kind=int, usual=1, letter="j", shown="N", local=True),
    Option("watch", "check", "Check again whenever a file changes, until interrupted.", kind=bool, local=True),
    Option("baseline", "check", "Wrong lines that are known; they are reported and do not count.", shown="FILE", local=True),
    Option("write-baseline", "check", "Write the wrong lines there, as known from now on.", shown="FILE", local=True),
    Option("jobs", "corpus", "How many processes of this machine.", kind=int, usual=1, letter="j", shown="N", local=True),
    Option("records", "corpus", "The records, one JSON line a document.", usual="corpus.jsonl", letter="o", shown="FILE", local=True),
    Option("summary", "corpus", "A page on all records: .html, or else Markdown.", shown="FILE", local=True),
    Option("scheduler", "corpus", "Use the Dask cluster of this scheduler: tcp://HOST:8786.", shown="ADDRESS", local=True),
    Option("again", "corpus", "Try the documents again that failed.", kind=bool, local=True),
    Option("no-cache", "corpus", "Neither use nor keep what is known of sections.", kind=bool, local=True),
    Option("limit", "corpus", "The time for one line.", kind=float, usual=10, shown="SECONDS"),
    Option("limit", "derive insert solve check answer", "The time it may take, 0 for any; 60 if not given.", kind=float, shown="SECONDS"),
    Option("output", "derive insert solve check answer", "Write there, whole or not at all, instead of to standard output.", letter="o", shown="FILE", local=True),
)  # fmt: skip


BY_PLACE = {where: tuple(option for option in TABLE if where in option.where.split()) for where in (*COMMANDS, DOCUMENT, PAGE)}


def of(where: str) -> tuple[Option, ...]:
    """The options of a command, of documents or of the page."""
    return BY_PLACE[where]


def values(name: str, where: str = "derive") -> tuple[Any, ...]:
    """What an option can be."""
    return next(option.values for option in of(where) if option.name == name)
