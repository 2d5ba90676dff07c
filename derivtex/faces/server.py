r"""The server: one JSON request a line on standard input, one JSON answer a line on standard output. The start-up is paid once.

    {"id": 1, "source": "x^T A x", "wrt": "x", "layout": "numerator", "template": "align"}
    {"id": 1, "ok": true, "text": "\\begin{align*}…", "confirmed": true, "notes": []}
    {"id": 2, "ok": false, "error": {"code": "syntax", "message": "…", "help": "…", "line": 1, "column": 3, …}}

`do` is derive (the default), show (the lines as data, for a page), check, solve, answer, options, or ping. A request takes the options of the
command, as `derivtex.options` has them, and name, line and column of the source; limit is 10 seconds if not given. Whatever comes in, an
answer goes out and the server stays; it ends with its input.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from math import isfinite
from typing import Any, BinaryIO, TextIO

from derivtex.core.errors import DerivtexError, NotConfirmed, Source, UsageError, describe
from derivtex.core.limits import limits
from derivtex.core.session import Session, session
from derivtex.faces.choosing import PAGE, QUESTION, Chosen, accepted, manner_of, named, part
from derivtex.interface import Answer, check, derive
from derivtex.options import LANGUAGES, of

PLACE: dict[str, type] = {"source": str, "name": str, "line": int, "column": int}
KEPT = 4_000_000  # bytes that are given back where the memory runs out
NUMBERS = {"numpy": "NumPy", "sympy": "SymPy"}
Request = dict[str, Any]


def serve(stdin: BinaryIO, stdout: TextIO) -> None:
    """Answer every line until the input ends, or nobody listens any more."""
    warm_up()
    reserve = Reserve()
    try:
        for line in stdin:
            if line.strip():
                stdout.write(reserve.answer(line) + "\n")
                stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.stderr.close()


def warm_up() -> None:
    """Load what an answer needs before the first request comes; what stays anyway is no work for the collector of garbage.

    With products of matrices and a system of equations: the library behind NumPy takes its memory at the first of them, once for all, and
    ends the process where there is none.
    """
    derive(r"\operatorname{tr}(A^{-1} B)", wrt="A").to_latex()
    gc.freeze()


class Reserve:
    """Memory that is kept back, given where none is left to say that none is left, and taken again once there is some."""

    def __init__(self) -> None:
        self.kept = bytearray(KEPT)

    def answer(self, line: bytes) -> str:
        """The answer to one line, also where the memory runs out."""
        try:
            self.kept = self.kept or bytearray(KEPT)
            return answer(line)
        except MemoryError:
            self.kept = bytearray()
        gc.collect()
        return as_line({"id": parsed(line).get("id"), "ok": False, "error": as_data(Session().too_large("more memory than there is"))})


def answer(line: bytes) -> str:
    """The answer to one line, whatever it holds."""
    identity: Any = None
    try:
        request = parsed(line)
        identity = request.get("id")
        with session(limits(limit_of(request))):
            reply = {"ok": True, **work_for(request)(request)}
    except DerivtexError as error:
        reply = {"ok": False, "error": as_data(error)}
    except MemoryError:
        raise
    except Exception as error:  # the next request must find the server alive
        reply = {"ok": False, "error": as_data(defect(error))}
    return as_line({"id": identity, **reply})


def as_line(reply: dict[str, Any]) -> str:
    """A line of JSON that is UTF-8, whatever the texts in it hold."""
    return json.dumps(reply, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def defect(error: Exception) -> DerivtexError:
    """What is told of an error that is none of ours: a library that is not here, as in a browser without NumPy, or a defect."""
    library = (error.name or "").split(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if library in NUMBERS:
        way_out = 'the installed derivtex has it; a derivation alone needs no NumPy, with "check": false'
        return UsageError(f"this needs {NUMBERS[library]}, which is not here", way_out=way_out)
    wrong = DerivtexError(f"{type(error).__name__}: {error}", way_out="this is a defect of derivtex: please report it")
    wrong.code = "internal"
    return wrong


def parsed(line: bytes) -> Request:
    """The request on a line; UsageError where it is none."""
    try:
        request = json.loads(line.decode("utf-8"), parse_float=finite, parse_constant=finite)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this line is not JSON in UTF-8: {error}", way_out='send {"source": "x^T A x", "wrt": "x"}') from error
    if not isinstance(request, dict):
        raise UsageError("a request is a JSON object", way_out='send {"source": "x^T A x", "wrt": "x"}')
    return request


def finite(text: str) -> float:
    """A number of a request. Raises ValueError for NaN, Infinity and what is as large: no JSON could tell it back."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is no number of JSON, or too large a one")
    return number


def work_for(request: Request) -> Callable[[Request], dict[str, Any]]:
    asked = request.get("do", "derive")
    if not isinstance(asked, str) or asked not in WORK:
        raise UsageError(f"derivtex cannot do {asked}", way_out=f"do is one of {', '.join(WORK)}")
    return WORK[asked]


def limit_of(request: Request) -> float | None:
    """The seconds that a request gives itself."""
    said = request.get("limit")
    return None if said is None else float(accepted(named("limit", of("derive")), said))


def options(request: Request, command: str) -> Chosen:
    """What a request says of the options of a command; null is as if it were not there. Raises UsageError."""
    known = [option for option in of(command) if not option.local]
    said = {key: value for key, value in request.items() if key not in PLACE and key not in ("id", "do", "limit")}
    rows = {key: named(key, known, PLACE) for key in said}
    return {rows[key].key: accepted(rows[key], value) for key, value in said.items() if value is not None}


def source_of(request: Request) -> Source:
    """The text of a request, and where it stands. Raises UsageError."""
    place = {name: request[name] for name in PLACE if request.get(name) is not None}
    for name, value in place.items():
        if not isinstance(value, PLACE[name]) or isinstance(value, bool):
            raise UsageError(f"{name} is to be a {PLACE[name].__name__}, not {json.dumps(value)[:60]}")
    if "source" not in place:
        raise UsageError("the request has no source", way_out='send {"source": "x^T A x", "wrt": "x"}')
    return Source(place.pop("source"), place.pop("name", "<formula>"), **place)


def derived(request: Request) -> dict[str, Any]:
    """The answer to a derivation."""
    chosen = options(request, "derive")
    found = derive(source_of(request), **part(chosen, QUESTION))
    return {**written(found, chosen), "confirmed": found.confirmed, "guesses": list(found.derivation.problem.guesses)}


def written(found: Answer, chosen: Chosen) -> dict[str, Any]:
    """The text of an answer, or its data, and notes about how it was written."""
    form = chosen.get("format", "tex")
    if form == "json":
        return {"data": found.to_dict(), "notes": []}
    if form == "sympy" or form in LANGUAGES:
        return {"text": str(found.to_sympy()) if form == "sympy" else found.to_code(form), "notes": []}
    from derivtex.writing.page import render

    page = part(chosen, PAGE)
    if form == "markdown":
        page.setdefault("template", "markdown")
    text, word = render(found.derivation, **page, manner=manner_of(chosen), solution=getattr(found, "solution", None))
    return {"text": text, "notes": [word] if word else []}


def displayed(request: Request) -> dict[str, Any]:
    """The lines of a derivation as data, and its text."""
    from derivtex.faces.showing import shown

    chosen = options(request, "derive")
    return shown(derive(source_of(request), **part(chosen, QUESTION)), **part(chosen, PAGE))


def checked(request: Request) -> dict[str, Any]:
    """The verdicts on the lines of somebody's own derivation."""
    chosen = options(request, "check")
    found = check(source_of(request), **part(chosen, ("declare", "layout", "fill")))
    form = chosen.get("format", "json")
    return {"data": found.to_dict()} if form == "json" else {"text": found.to_text(form, chosen.get("template"))}


def solved(request: Request) -> dict[str, Any]:
    """Where the derivative is zero."""
    from derivtex.answering.solutions import solve

    chosen = options(request, "solve")
    found = solve(source_of(request), **part(chosen, QUESTION))
    return {**written(found, chosen), "confirmed": found.confirmed}


def answered(request: Request) -> dict[str, Any]:
    """The post that a whole question asks for."""
    from derivtex.answering.answers import answer as answer_to

    chosen = options(request, "answer")
    found = answer_to(source_of(request))
    if chosen.get("format") == "json":
        return {"data": found.to_dict(), "wish": found.wish}
    return {"text": found.to_text(**part(chosen, ("template", "profile"))), "wish": found.wish}


def told(request: Request) -> dict[str, Any]:
    """The options that a page offers, with what each can be, and what a name can be declared as."""
    from derivtex.core.properties import PROPERTIES
    from derivtex.reading.syntax.declarations import KINDS
    from derivtex.writing.page import templates
    from derivtex.writing.profiles import PROFILES

    names = {"template": tuple(templates()), "profile": tuple(PROFILES)}
    rows = [{"name": row.key, "help": row.help, "values": names.get(row.name, row.values), "usual": row.default} for row in of("page")]
    return {"options": rows, "kinds": KINDS, "properties": tuple(PROPERTIES)}


def alive(request: Request) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"version": version("derivtex")}
    except PackageNotFoundError:  # run from a source tree
        return {"version": "unknown"}


WORK: dict[str, Callable[[Request], dict[str, Any]]] = {"derive": derived, "show": displayed, "check": checked, "solve": solved,
                                                            "answer": answered, "options": told, "ping": alive}  # fmt: skip


def as_data(error: DerivtexError) -> dict[str, Any]:
    """An error as JSON: what it is, a way out, and where; lines and columns from 1, in characters; text is the whole message."""
    told: dict[str, Any] = {"code": error.code, "message": error.message, "help": error.way_out, "text": describe(error)}
    if isinstance(error, NotConfirmed) and isinstance(error.answer, Answer):
        told["answer"] = error.answer.to_latex()
    if error.span:
        end = error.span._replace(start=error.span.end)
        told |= {"file": error.span.name, "line": error.span.line, "column": error.span.column}
        told |= {"end_line": end.line, "end_column": end.column}
    return told
