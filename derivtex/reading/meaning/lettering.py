r"""What a name may hold, since names are all that goes from a source into what is written: letters, digits, accents, fonts, known signs.

An allow-list: a macro that is not here (`\input`, `\write`, `\href`, `\csname`, …) is no part of a name, whatever braces, fonts or
scripts it stands in. A macro that the author defines may be, unless TeX or LaTeX give its name a meaning of their own.

Names as their author types them: with `\newcommand{\x}{\mathbf{x}}` the name that is read as `\mathbf{x}` is printed as `\x`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derivtex.core.errors import DerivtexError, Source, Span, SyntaxProblem
from derivtex.core.shapes import Dim, is_unknown
from derivtex.core.terms import Term
from derivtex.problem import Problem
from derivtex.reading.source.macros import Macro
from derivtex.reading.source.tokens import tokens
from derivtex.reading.source.vocabulary import ACCENTS, FONTS, FONTS_TO_THE_END, FUNCTION_MACROS, SYMBOLS, UPRIGHT
from derivtex.reading.syntax.lefts import left_side
from derivtex.reading.syntax.tree import key

LONGEST_NAME = 400
SIGNS = frozenset(
    rf"\{name}"
    for name in "prime backprime circ bullet cdot cdots ldots dots vdots ddots ast star dag dagger ddag ddagger sharp flat natural "
    "parallel perp angle triangle bigtriangleup diamond Diamond lozenge clubsuit diamondsuit heartsuit spadesuit top bot intercal "
    "oplus ominus otimes oslash odot times div pm mp ltimes rtimes bowtie wedge vee cap cup setminus smallsetminus complement "
    "le leq ge geq ne neq lt gt equiv sim simeq approx cong propto in notin ni subset subseteq supset supseteq mid nmid to mapsto "
    "leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow longrightarrow implies iff colon "
    "lbrace rbrace lbrack rbrack langle rangle lceil rceil lfloor rfloor vert Vert lvert rvert lVert rVert left right big Big bigl "
    "bigr Bigl Bigr middle wp beth gimel daleth eth mho nexists exists forall neg lnot surd checkmark blacktriangle blacklozenge "
    "bigstar square Box blacksquare varnothing emptyset empty hslash hbar i j o O l L aa AA ae AE oe OE ss S P "
    "mathop mathbin mathrel mathord mathring mathds mathbbm mathbfcal boldsymbol bm mathsfit symsf symcal symbb ensuremath "
    "textnormal textup textsc textsl textmd operatorname operatornamewithlimits mbox hbox rm "
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits frac tfrac dfrac sqrt binom "
    "quad qquad enspace enskip thinspace hspace underbrace overbrace substack underset overset stackrel "
    "widetilde widehat dddot ddddot overleftrightarrow underrightarrow overbar vec dim ker gcd deg Pr hom lim liminf limsup "
    "bigtriangledown triangledown bigcirc bigodot bigoplus bigotimes circledast circledcirc boxdot boxtimes centerdot amalg wr dotplus "
    "N R C Z Q E T H "
    "vect vecb vecs mat matr mtx matx tens tensor bvec uvec mvec vb va vu vv unitvec mathbold mathbfit bs vecbf".split()  # usual macros of authors
) | {rf"\{mark}" for mark in "*,;:!.|_&%#${}'`\"^~= "}
KNOWN = ACCENTS | FONTS | FONTS_TO_THE_END | FUNCTION_MACROS | SYMBOLS | UPRIGHT | SIGNS
OF_TEX = frozenset(  # what an author may define anew for a paper, but is not to come out of here
    rf"\{name}"
    for name in "input include includeonly endinput InputIfFileExists IfFileExists usepackage RequirePackage documentclass LoadClass write "
    "immediate openin openout closein closeout read readline newread newwrite special csname endcsname expandafter noexpand the "
    "meaning string jobname font fontname char catcode lccode uccode sfcode mathcode delcode def edef gdef xdef let futurelet "
    "global long outer protected newcommand renewcommand providecommand DeclareMathOperator DeclareRobustCommand newenvironment "
    "renewenvironment newif loop repeat iterate begin end begingroup endgroup bgroup egroup relax par everypar everymath everydisplay "
    "everyjob everyhbox output shipout scantokens tokens detokenize unexpanded directlua latelua luaexec luadirect luaescapestring "
    "ShellEscape pdfximage pdfobj pdfliteral pdfcatalog pdfinfo pdffiledump pdfmdfivesum pdffilesize pdfshellescape pdfsystem "
    "href url nolinkurl hyperref includegraphics includepdf lstinputlisting verbatiminput VerbatimInput inputminted bibliography "
    "addbibresource label ref cite footnote hbox vbox vtop vcenter halign valign hrule vrule message errmessage show showthe tracingall "
    "batchmode nonstopmode scrollmode errorstopmode uppercase lowercase afterassignment aftergroup makeatletter makeatother "
    "htmlClass htmlData htmlId htmlStyle style class cssId data require action toggle mathchoice mmlToken unicode color definecolor "
    "verb obeylines obeyspaces number romannumeral number if ifx ifcat ifnum ifdim ifodd ifcase else fi or".split()
)
WITHIN = re.compile(r"\\(?:[A-Za-z]+|.|$)", re.DOTALL)
PLAIN = frozenset(" _^{}'*,;:.+-/()[]=|!?<>@~")
TEXT = re.compile(r"\\(?:text\w*|mbox|hbox)\s*\{([^{}]*)\}")


def refuse_foreign_names(problem: Problem, terms: Iterable[Term] = (), macros: Iterable[str] = ()) -> None:
    """Raise SyntaxProblem for the first name that holds what no name may hold. terms: what is written besides the problem's own."""
    own = frozenset(macros) - OF_TEX
    spelling = problem.spelling
    for mark in (*spelling.marks.values(), spelling.differential, spelling.partial):
        if not OF_TEX.isdisjoint(WITHIN.findall(mark or "")):
            raise SyntaxProblem(f"{mark} has a meaning of its own in LaTeX", way_out="define a macro of another name")
    for name in dict.fromkeys(names_of(problem, terms)):
        wrong = foreign(name, own)
        if wrong is not None:
            raise SyntaxProblem(
                f"{wrong} is no part of a name", way_out="a name holds letters, digits, accents, fonts and signs of mathematics",
                span=place_of(wrong, problem.source),
            )  # fmt: skip


def is_foreign(name: str, macros: Iterable[str]) -> bool:
    """Whether a name holds what no name may hold."""
    return foreign(name, frozenset(macros) - OF_TEX) is not None


def holds_tex(sentence: str) -> bool:
    """Whether a sentence that quotes a formula holds a macro of TeX's own."""
    return not OF_TEX.isdisjoint(WITHIN.findall(sentence))


def foreign(name: str, own: frozenset[str]) -> str | None:
    """What in a name's LaTeX does not belong there; own: the macros that the author defines."""
    if len(name) == 1 and name.isalnum():
        return None
    if len(name) > LONGEST_NAME:
        return f"what has {len(name)} characters"
    found: list[str] = WITHIN.findall(name)
    unknown = next((macro for macro in found if macro not in KNOWN and macro not in own), None)
    if unknown is not None:
        return unknown
    rest = WITHIN.sub("", name)
    strange = next((mark for mark in rest if not (mark.isalnum() or mark in PLAIN or is_dressing(mark))), None)
    if strange is not None:
        return strange
    in_words: str | None = next((mark for text in TEXT.findall(name) for mark in text if mark in "<>^~"), None)
    return in_words if in_words is not None else "^^" if "^^" in rest else None if balanced(rest) else "a brace without its other"


def is_dressing(mark: str) -> bool:
    """Whether a character is a sign of mathematics, or stands over or under a letter."""
    from unicodedata import category

    return category(mark) in ("Mn", "Mc", "Sm", "So", "No", "Lm", "Pd")


def balanced(text: str) -> bool:
    depth = 0
    for mark in text:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0


def names_of(problem: Problem, terms: Iterable[Term]) -> Iterator[str]:
    """All that is written of a problem as it was typed."""
    yield from problem.symbols
    yield from problem.functions
    yield from (template.name for template in problem.templates)
    bodies = [*(each.body for each in problem.definitions), *(each.body for each in problem.functions.values())]
    formed = [form for template in problem.templates for form in template.forms]
    seen: set[Term] = set()
    for term in (*problem.symbols.values(), problem.target, *problem.wrt, *bodies, *formed, *terms):
        for part in term.walk():
            if part not in seen:
                seen.add(part)
                yield from names_in(part)


def names_in(part: Term) -> Iterator[str]:
    """The names that a term itself holds: its own, those of its sizes."""
    for field in part.fields:
        value = part.__dict__[field]
        if isinstance(value, str):
            yield value
        elif isinstance(value, Dim):
            yield from (name for name in value.names if not is_unknown(name))
    for size in part.shape:
        yield from (name for name in size.names if not is_unknown(name))


def place_of(text: str, source: Source) -> Span | None:
    at = source.text.find(text)
    return Span(source, at, at + len(text)) if at >= 0 else None


Key = tuple[str, ...]


class Typed:
    """The names of a source that its author's macros stand for."""

    def __init__(self, source: Source, macros: dict[str, Macro]):
        self.text = source.text
        self.plain: dict[Key, str] = {}
        self.dressing = [macro for macro in macros.values() if macro.arguments == 1 and macro.body.count("#1") == 1]
        for macro in macros.values():
            name = label(macro.body) if not macro.arguments else None
            if name and self.text.count(macro.name) > (macro.where.source.text is source.text):  # besides its definition
                self.plain.setdefault(name, macro.name)

    def __call__(self, name: str) -> str:
        """A name as its author types it, where that is by a macro; else the name itself."""
        if not (self.plain or self.dressing):
            return name
        own = label(name)
        if own is None:
            return name
        return self.plain.get(own) or self.dressed(own) or name

    def dressed(self, own: Key) -> str | None:
        r"""`\vect{x}`, where the source has it."""
        for macro in self.dressing:
            for typed in (f"{macro.name}{{{own[-1]}}}", f"{macro.name} {own[-1]}"):
                if typed in self.text and label(macro.body.replace("#1", own[-1])) == own:
                    return typed
        return None


def label(text: str) -> Key | None:
    """The key of a text that is a name, and nothing else."""
    try:
        parts = tokens(Source(text))
    except DerivtexError:
        return None
    left = left_side(parts)
    return key(parts) if left is not None and not left.below and left.arguments is None else None
