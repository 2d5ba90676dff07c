"""The doors: how an input comes in, and what may come out. A complaint of derivtex's own may; any other error is a defect."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import strategies as st

import derivtex
from derivtex.core.errors import DerivtexError, Source, describe
from derivtex.core.session import Limits, TooLarge, session
from derivtex.faces import server
from derivtex.faces.documents.expanding import expanded
from derivtex.faces.documents.marked import LANGUAGES
from derivtex.faces.documents.options import option_lines, options, parsed
from derivtex.faces.documents.side import blocks
from derivtex.faces.filter import Pass
from derivtex.interface import CHOICES
from derivtex.reading import read, read_lines
from derivtex.writing.profiles import PROFILES
from tests.fuzz.formulas import ASKED, DECLARATIONS, FORMULAS, JUNK, TAMPERED, TEXTS, VARIABLES

LIMITS = Limits(seconds=20, steps=400_000)
TO_READ = Limits(seconds=3)  # reading alone takes milliseconds
LANGUAGES_OF_CODE = ("numpy", "torch", "jax", "julia", "matlab")
slow: list[object] = []  # inputs that met the clock, not the count of steps


class Door(NamedTuple):
    """inputs: what is brought. enter: lets it in; whatever it raises is a defect."""

    inputs: st.SearchStrategy[Any]
    enter: Callable[[Any], None]


@contextmanager
def ours(limits: Limits = LIMITS) -> Iterator[None]:
    """While this holds, complaints of derivtex may come: they have a place and can be described."""
    try:
        with session(limits):
            yield
    except TooLarge as error:
        if "seconds" in error.message or "levels" in error.message or "memory" in error.message:
            slow.append(error.message)
    except DerivtexError as error:
        assert describe(error) and 1 <= error.exit_status <= 4


def reading(asked: dict[str, Any]) -> None:
    """Read as a problem and as an author's lines, and nothing more."""
    source, declare = Source(asked["source"]), tuple(asked["declare"])
    with ours(TO_READ):
        read(source, wrt=asked["wrt"] or None, declare=declare)
    with ours(TO_READ):
        read_lines(source, declare=declare)


def derive(asked: dict[str, Any]) -> None:
    """Derived, and written in every way."""
    ways = asked["ways"]
    with ours():
        answer = derivtex.derive(asked["source"], wrt=asked["wrt"] or None, declare=asked["declare"], check=ways["check"], **asked["options"])
        assert answer.to_latex(template=ways["template"], profile=ways["profile"], detail=ways["detail"])
        json.dumps(answer.to_dict())
        if ways["code"] is not None:
            answer.to_code(ways["code"])


def check(asked: dict[str, Any]) -> None:
    with ours():
        report = derivtex.check(asked["source"], declare=asked["declare"])
        assert json.dumps(report.to_dict()) and str(report)


def declare(text: str) -> None:
    with ours():
        derivtex.derive(r"\operatorname{tr}(A^TX) + a^Tx", wrt="x", declare=[text], check=False)


def answer(text: str) -> None:
    """A whole question, where the house answers those."""
    with ours():
        if hasattr(derivtex, "answer"):
            json.dumps(derivtex.answer(text).to_dict())


def solve(asked: dict[str, Any]) -> None:
    with ours():
        if hasattr(derivtex, "solve"):
            json.dumps(derivtex.solve(asked["source"], wrt=asked["wrt"] or None, declare=asked["declare"]).to_dict())


def option(text: str) -> None:
    with ours():
        parsed(text)
    with ours():
        options([option_lines(text)[0], parsed(text)])


def line(text: str) -> None:
    """A line for the server: there is an answer, in JSON, and it is no defect."""
    with ours():
        told = json.loads(server.answer(text.encode("utf-8", "surrogatepass")))
        assert told["ok"] or told["error"]["code"] != "internal", told["error"]["message"]


def editor(text: str) -> None:
    """A text in an editor: its troubles, its formulas, and what stands under the cursor."""
    from derivtex.faces.lsp.offers import offers, told, troubles
    from derivtex.faces.lsp.places import places

    for trouble in troubles(text, "note.md", everywhere=True):
        assert 0 <= trouble.start <= trouble.end and trouble.message
    for place in places(text, "note.md")[:3]:
        with ours():
            list(offers(place))
        with ours():
            told(place, place.start)


def document(text: str) -> None:
    """A document in place: what is not derivtex's stays."""
    for name in ("note.md", "note.tex"):
        with ours():
            new, _ = expanded(text, Path(name), LANGUAGES[Path(name).suffix], check=False, force=False)
            assert new == text or "derivtex" in text


def side(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "job.dvt")
        path.write_text(f"%derivtex 1\n{text}", encoding="utf-8", errors="surrogatepass")
        with ours():
            list(blocks(path))


def pandoc(tree: Any) -> None:
    """A tree that Pandoc could have given, or not: what the filter's `main` catches may be raised."""
    try:
        with ours():
            passing = Pass(tree, "html")
            json.dumps(passing.walked(tree))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass  # said in a line by `main`


WAYS = st.fixed_dictionaries({
    "check": st.booleans(), "template": st.sampled_from([None, "align", "aligned", "forum", "article", "markdown", "beamer"]),
    "profile": st.sampled_from([None, *PROFILES]), "detail": st.sampled_from(["brief", "normal", "full"]),
    "code": st.sampled_from([None, *LANGUAGES_OF_CODE]),
})  # fmt: skip
USUAL = {name: st.one_of(st.just(values[0]), st.sampled_from(values)) for name, values in CHOICES.items()}
ASKED_WITH_WAYS = st.builds(lambda asked, ways, options: {**asked, "ways": ways, "options": options}, ASKED, WAYS, st.fixed_dictionaries(USUAL))
REQUESTS = st.one_of(
    st.fixed_dictionaries({}, optional={
        "id": JUNK, "do": st.sampled_from(["derive", "check", "ping", "x"]), "source": st.one_of(FORMULAS, JUNK), "wrt": st.one_of(VARIABLES, JUNK),
        "declare": st.one_of(st.lists(DECLARATIONS, max_size=2), JUNK), "layout": JUNK, "format": st.sampled_from(["tex", "json", "numpy", "x"]),
        "template": st.one_of(st.none(), st.text(max_size=5)), "limit": JUNK, "line": JUNK, "check": st.booleans(),
    }).map(json.dumps),
    JUNK.map(json.dumps), st.text(max_size=30),
)  # fmt: skip
MARKS = st.lists(
    st.one_of(
        TEXTS, FORMULAS.map("% derivtex: wrt=x\n\\[{}\\]\n".format), FORMULAS.map("```derivtex wrt=x\n{}\n```\n".format),
        FORMULAS.map("<!-- derivtex: wrt=X -->\n$${}$$\n".format),
        st.sampled_from(["% derivtex:begin 1a\n", "% derivtex:end\n", "<!-- derivtex:end -->", "% !derivtex a=b\n", "\n", "```",
        "\\begin{verbatim}\n"]),
    ), max_size=5,
).map("".join)  # fmt: skip
SIDES = st.lists(
    st.one_of(st.sampled_from(["%line 3 a.tex", "%line x", "%block AB", "%options wrt=x", "%end AB", "%declare A: matrix", "%", ""]), FORMULAS),
        max_size=9
).map("\n".join)
CODE = st.builds(
    lambda classes, pairs, text: {"t": "CodeBlock", "c": [["a", classes, pairs], text]},
    st.lists(st.sampled_from(["derivtex", "x"]), max_size=2), st.lists(st.lists(st.text(max_size=4), max_size=3), max_size=2),
    st.one_of(FORMULAS, JUNK),
)  # fmt: skip
TREES = st.one_of(JUNK, st.builds(lambda blocks, meta: {"blocks": blocks, "meta": meta}, st.lists(st.one_of(CODE, JUNK), max_size=3), JUNK))
DOORS = {
    "read": Door(TAMPERED, reading),
    "derive": Door(ASKED_WITH_WAYS, derive),
    "check": Door(ASKED, check),
    "solve": Door(ASKED, solve),
    "answer": Door(TEXTS, answer),
    "declare": Door(DECLARATIONS, declare),
    "option": Door(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(["wrt", "=", "{", "}", '"', ",", " ", "%| ", ":", "A: matrix",
    "\n"])).map("".join)), option),
    "line": Door(REQUESTS, line),
    "editor": Door(TEXTS, editor),
    "document": Door(MARKS, document),
    "side": Door(SIDES, side),
    "pandoc": Door(TREES, pandoc),
}
