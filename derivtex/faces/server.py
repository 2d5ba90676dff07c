r"""The server: one JSON request a line on standard input, one JSON answer a line on standard output. The start-up is paid once.

    {"id": 1, "source": "x^T A x", "wrt": "x", "layout": "numerator", "template": "align"}
    {"id": 1, "ok": true, "text": "\\begin{align*}…", "confirmed": true, "notes": []}
    {"id": 2, "ok": false, "error": {"code": "syntax", "message": "…", "help": "…", "line": 1, "column": 3, …}}

`do` is derive (the default), show (the lines as data, for a page), check, solve, answer, or ping. A request takes what `derivtex.derive` takes, and
name, line and column of the source, detail, template, profile and format, and limit: the seconds that it may take, 10 if not given,
0 for any time. Whatever comes in, an answer goes out and the server stays; it ends with its input.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, TextIO

from derivtex.core.errors import DerivtexError, NotConfirmed, Source, UsageError, describe
from derivtex.core.session import session
from derivtex.faces.limits import limits
from derivtex.interface import Answer, check, derive

LANGUAGES = ("numpy", "torch", "jax", "julia", "matlab")
FORMATS = ("tex", "markdown", "json", *LANGUAGES, "sympy")
DETAILS = ("brief", "normal", "full")
PLACE: dict[str, type] = {"source": str, "name": str, "line": int, "column": int}
QUESTION: dict[str, type] = {
    "of": str, "wrt": str, "declare": list, "order": int, "layout": str, "form": str, "structure": str, "complex": str, "check": bool,
}  # fmt: skip
OUTPUT: dict[str, type] = {"format": str, "template": str, "profile": str, "detail": str}
MANNER: dict[str, type] = {"reasons": str, "cite": str, "width": int, "box": bool, "label": str, "numbers": str}
Request = dict[str, Any]


def serve(stdin: BinaryIO, stdout: TextIO) -> None:
    """Answer every line until the input ends, or nobody listens any more."""
    warm_up()
    try:
        for line in stdin:
            if line.strip():
                stdout.write(answer(line) + "\n")
                stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.stderr.close()


def warm_up() -> None:
    """Load what an answer needs before the first request comes; what stays anyway is no work for the collector of garbage."""
    derive("x^T x", wrt="x").to_latex()
    gc.freeze()


def answer(line: bytes) -> str:
    """The answer to one line, whatever it holds."""
    identity: Any = None
    try:
        request = parsed(line)
        identity = request.get("id")
        seconds = options(request, {"limit": float}).get("limit")
        with session(limits(seconds)):
            told = {"ok": True, **work_for(request)(request)}
    except DerivtexError as error:
        told = {"ok": False, "error": as_data(error)}
    except Exception as error:  # the next request must find the server alive
        told = {"ok": False, "error": as_data(defect(error))}
    return json.dumps({"id": identity, **told}, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def defect(error: Exception) -> DerivtexError:
    wrong = DerivtexError(f"{type(error).__name__}: {error}", way_out="this is a defect of derivtex: please report it")
    wrong.code = "internal"
    return wrong


def parsed(line: bytes) -> Request:
    """The request on a line; UsageError where it is none."""
    try:
        request = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this line is not JSON in UTF-8: {error}", way_out='send {"source": "x^T A x", "wrt": "x"}') from error
    if not isinstance(request, dict):
        raise UsageError("a request is a JSON object", way_out='send {"source": "x^T A x", "wrt": "x"}')
    return request


def work_for(request: Request) -> Callable[[Request], dict[str, Any]]:
    asked = request.get("do", "derive")
    if not isinstance(asked, str) or asked not in WORK:
        raise UsageError(f"derivtex cannot do {asked}", way_out=f"do is one of {', '.join(WORK)}")
    return WORK[asked]


def options(request: Request, known: dict[str, type]) -> dict[str, Any]:
    """What a request says of the known options; null is as if it were not there."""
    found = {name: request[name] for name in known if request.get(name) is not None}
    for name, value in found.items():
        kind = known[name]
        if kind is float and type(value) is int:
            found[name] = float(value) if abs(value) < 1e6 else 1e7
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise UsageError(f"{name} is to be a {kind.__name__}, not {json.dumps(value)[:60]}")
    if not all(isinstance(each, str) for each in found.get("declare", ())):
        raise UsageError("declare is a list of declarations", way_out='such as ["A: matrix n x n symmetric"]')
    return found


def must_be_known(request: Request, known: dict[str, type]) -> None:
    unknown = [name for name in request if name not in known and name not in ("id", "do", "limit")]
    if unknown:
        raise UsageError(f"there is no option {unknown[0]}", way_out=f"the options are {', '.join(known)}")


def source_of(request: Request) -> Source:
    place = options(request, PLACE)
    if "source" not in place:
        raise UsageError("the request has no source", way_out='send {"source": "x^T A x", "wrt": "x"}')
    return Source(place.pop("source"), place.pop("name", "<formula>"), **place)


def derived(request: Request) -> dict[str, Any]:
    """The answer to a derivation."""
    must_be_known(request, {**PLACE, **QUESTION, **OUTPUT, **MANNER})
    output = options(request, OUTPUT)
    for name, values in (("format", FORMATS), ("detail", DETAILS)):
        if output.get(name, values[0]) not in values:
            raise UsageError(f"{name} cannot be {output[name]}", way_out=f"it can be {', '.join(values)}")
    found = derive(source_of(request), **options(request, QUESTION))
    return {**written(found, options(request, MANNER), **output), "confirmed": found.confirmed, "guesses": list(found.derivation.problem.guesses)}


def written(
    found: Answer, manner: dict[str, Any], format: str = "tex", template: str | None = None, profile: str | None = None,
    detail: str = "normal",
) -> dict[str, Any]:  # fmt: skip
    """The text of an answer, or its data, and notes about how it was written."""
    if format == "json":
        return {"data": found.to_dict(), "notes": []}
    if format == "sympy" or format in LANGUAGES:
        return {"text": str(found.to_sympy()) if format == "sympy" else found.to_code(format), "notes": []}
    from derivtex.writing.manner import Manner
    from derivtex.writing.page import render

    template = template or ("markdown" if format == "markdown" else None)
    text, word = render(found.derivation, template, profile, detail, Manner(**manner), getattr(found, "solution", None))
    return {"text": text, "notes": [word] if word else []}


def displayed(request: Request) -> dict[str, Any]:
    """The lines of a derivation as data, and its text."""
    from derivtex.faces.showing import shown

    must_be_known(request, {**PLACE, **QUESTION, **OUTPUT})
    output = options(request, OUTPUT)
    output.pop("format", None)
    return shown(derive(source_of(request), **options(request, QUESTION)), **output)


def checked(request: Request) -> dict[str, Any]:
    """The verdicts on the lines of somebody's own derivation."""
    asked: dict[str, type] = {"declare": list, "layout": str, "fill": bool}
    output: dict[str, type] = {"format": str, "template": str}
    must_be_known(request, {**PLACE, **asked, **output})
    found = check(source_of(request), **options(request, asked))
    told = options(request, output)
    form = told.get("format", "json")
    return {"data": found.to_dict()} if form == "json" else {"text": found.to_text(form, told.get("template"))}


def solved(request: Request) -> dict[str, Any]:
    """Where the derivative is zero."""
    from derivtex.answering.solutions import solve

    asked: dict[str, type] = {"of": str, "wrt": str, "declare": list, "subject_to": list}
    asked |= {"layout": str, "structure": str, "complex": str, "check": bool}
    must_be_known(request, {**PLACE, **asked, **OUTPUT, **MANNER})
    found = solve(source_of(request), **options(request, asked))
    return {**written(found, options(request, MANNER), **options(request, OUTPUT)), "confirmed": found.confirmed}


def answered(request: Request) -> dict[str, Any]:
    """The post that a whole question asks for."""
    from derivtex.answering.answers import answer as answer_to

    asked: dict[str, type] = {"template": str, "profile": str}
    must_be_known(request, {**PLACE, **asked, "format": str})
    found = answer_to(source_of(request))
    if options(request, {"format": str}).get("format") == "json":
        return {"data": found.to_dict(), "wish": found.wish}
    return {"text": found.to_text(**options(request, asked)), "wish": found.wish}


def alive(request: Request) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"version": version("derivtex")}
    except PackageNotFoundError:  # run from a source tree
        return {"version": "unknown"}


WORK: dict[str, Callable[[Request], dict[str, Any]]] = {"derive": derived, "show": displayed, "check": checked, "solve": solved,
                                                            "answer": answered, "ping": alive}  # fmt: skip


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
