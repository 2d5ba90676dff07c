"""What a question wants, found in its words: a derivative, the fault in a derivation, a verdict on a result, a solution, the reason of a
step, or which of two forms is meant.

Every phrase of the table that stands in a sentence speaks for a wish, in a sentence that asks more loudly than in one that tells; the wish
with the most weight is taken, and the next one is offered beside it where it is near.

SAID     for each wish the phrases by their weight, with semicolons between
phrase   words one behind the other, `^` before those that begin a sentence; `a|b` either; `…` up to six words between; `$` a formula,
         `@` one that is neither a derivative nor an equation; `?` the end of a question
"""

from __future__ import annotations

from typing import NamedTuple

from derivtex.reading.source.phrases import Item
from derivtex.reading.source.vocabulary import FUNCTION_LETTERS
from derivtex.reading.syntax.occurring import derivatives_in
from derivtex.reading.syntax.questions import of_differential, question
from derivtex.reading.syntax.tree import key
from derivtex.reading.words.asked import requests
from derivtex.reading.words.binding import BINDING
from derivtex.reading.words.commands import asks
from derivtex.reading.words.sentences import is_equation, sentences
from derivtex.reading.words.unserved import unserved

WISHES = ("gradient", "jacobian", "hessian", "differential", "mistake", "confirm", "solve", "why", "convention")
DERIVED = WISHES[:4]
SAME = ("same", "equal", "equivalent", "identical")
TOLD, GAP, NEAR, STRONG = 0.6, 6, 0.75, 5
BESIDE = {"solve": STRONG, "hessian": STRONG, "confirm": 4}  # what is asked for besides and is answered besides, from which weight on

SAID: dict[str, dict[float, str]] = {
    "mistake": {
        7: "where … wrong|mistake|error; which … wrong|bad|fault|false|incorrect",
        6: "what … wrong|missing|mistake; spot|find|locate … error|fault|slip|mistake; an error in my; go|went|going wrong; "
           "i make|made a|an mistake|error",
        5: "not what … reports|report|gives|says|returns|shows|expect|expected",
        4: "mistake|mistakes; my error|fault|slip|mistake; at fault; wrong "
           "sign|shape|shapes|dimension|dimensions|factor|size|order|result|way; the|my problem is",
        3: "sign … wrong|flipped|opposite; opposite sign; sign problem; shape problem; not … fit|match|conform|work|agree|exist; don't "
           "fit|match|conform|work|agree; doesn't fit|match|conform|work|agree|exist; comes|come|came out; complains about; wrong or; "
           "problem|problems|trouble with; my attempt|attempts|version|steps|derivation|calculation|calculations; but … should be; "
           "contradiction|contradicts|contradictory; off by",
        2: "too many|few|much; cannot|can't be; with a factor; here is what i do; i think i have; disagree|disagrees|differs",
        1: "but the|everybody|everyone; dimensions; in the end; error … or",
        0.5: "help; negative",
    },
    "confirm": {
        8: "not sure if|whether … right|correct|true|valid|ok; unsure if|whether … right|correct|true|valid|ok",
        7: "do|would you agree; am i right|correct; did i … right|correctly; do|did|will|would i|we|you get|obtain|have|find $ ?; "
           "do|did|will|would i|we get|obtain $ or",
        6.5: "so|then is|would it|this|that|the|my answer|result|gradient|derivative|solution $; is|would it|this|that be $ ?; is it $ ?; "
             "so|then it is|would $ ?; does|do|will|would it|this|that|these|$ … simplify|simplifies|reduce|equal|become to $; "
             "does|do|will|would it|this|that|$ … simplify|reduce|equal|become $",
        6.2: "are|is these|they|both|those|this|it|$ … same|equal|equivalent|identical ?; are|is these|they|both|$ the same",
        6: "^ is|are $ ?; is|are $ … right|correct|true|valid|legitimate; is|are this|that|it|these|they true|right|correct|valid for|in; "
           "is|are this|that|it|these|they|everything … right|correct|true|ok|okay|valid|allowed|fine|legitimate ?; is|are … "
           "always|generally true|right|correct|valid; is it correct|right|true; does this|that|it hold; does it follow that",
        5: "confirm|confirmed; verify; double check; do|does … look|seem|looks|seems right|correct|ok|okay|fine",
        4: "is|are my|the … right|correct|true|valid|ok|legitimate; check it|this|that|them|my|mine|whether|if; quick|sanity "
           "check; correct|right|ok|okay|true|valid ?; i think … right|correct",
        3: "i claim; have|has i|it … right",
        2: "claim; i conclude; legitimate",
    },
    "convention": {
        11: "some|people|one|book say|says|write|writes|claim|claims|have|has|get|gets|use|uses $ … others|other|another|some",
        6: "which one; which … convention|layout|version|form",
        5: "which of these|those|them|the|both; $ or $ ?; $ or to|rather $ ?",
        4: "two versions|forms|definitions|answers",
        3: "convention|conventions; layout; numerator|denominator layout; candidates; the first … the second; both … pop|appear|occur; "
           "contradict each other",
        2: "returns … the math; the other … says|has|writes",
    },
    "why": {
        7: "how did|do|does the … get|obtain|arrive|come|derive; where does|do|did … come from; how do|can i get there",
        6: "not|can't|cannot|don't|didn't understand|see|get|follow why|how; why … go|goes|going|went from; from line|step|equation|eq $ to; "
           "how did|do|does|can they|he|she|one|author|authors|we|you get|obtain|arrive|come|derive|reach; how "
           "do|can|to i|we|one get|obtain|derive $; explain … step|steps|line|passage; which|what "
           "rule|rules|identity|identities|step|steps; show|prove that $",
        5.5: "why is|are|does|do",
        5: "how is|was|were|are this|that|it|they|these obtained|derived|gotten; why; without proof|justification|explanation; show why; get from",
        4: "explain; prove|proof; show that; justify|justified",
        2: "follow|follows; not understand|see|follow; book|paper|text|textbook|notes|slides|author|article|chapter|proof|wiki "
           "has|have|states|says|writes|write|uses|claims|gives|obtains; in small steps; what happens|happened; the result should be; "
           "they have|write|get|say",
        1: "step; reading about",
    },
    "solve": {
        7: "m|maximisation|maximization step|steps; em update|updates; "
           "alternating|alternate|alternately least|minimisation|minimization|minimise|minimize|optimisation|optimization|updates|update",
        6: "update|updates for|of @; derive|find|get|obtain|compute … normal equation|equations; "
           "derive|get|obtain|reach … eigenvalue|eigenvector problem|equation|problems; "
           "kkt|optimality conditions|system; saddle point|point's system|problem|equations; first order conditions|condition; "
           "what is the mle|map|minimiser|minimizer|maximiser|maximizer; "
           "maximum likelihood|posteriori estimate|estimates|estimator|estimators|solution; mle|mles|map of; ml estimate|estimates|estimator; "
           "closed form; which|what … minimises|minimizes|maximises|maximizes|minimal|optimal|optimum|best|smallest|largest",
        5: "when|if|once they|it|these|those|both|this are|is set to zero|0; "
           "at|for which|what $ … stationary|minimal|maximal|zero|vanish; when|where is it|$|f stationary|minimal|maximal|zero; "
           "when|where does|do it|this|$ vanish; when|where does|do the gradient|derivative vanish; "
           "and|by set|setting it|this|that|them|these|both to|equal zero|0; "
           "solve for|the|this|it; minimiser|minimizer|maximiser|maximizer|argmin|argmax; for which|what",
        4: "how do|can|to i|we|one get|find|compute|obtain @; stationary point|points; explicit|analytic|analytical "
           "solution|formula|expression; optimum weights|solution|value; which $",
        3: "which computation|calculation; solve; optimal|optimum|optimal; first order conditions|condition; setting $; minimal|maximal; "
           "write down $; minimum|maximum of; minimum|maximum … at|attained",
        2.5: "condition|conditions of|for … optimality|optimum|minimum|maximum",
        2: "trying|want|need to minimise|minimize|maximise|maximize … subject to; best; set to|equal zero|0; equal|equals to zero; leads there",
        1: "subject to; minimise|minimize|maximise|maximize; minimiser|estimator|estimators|estimate|estimates",
    },
    "hessian": {
        7: "show|showing|prove|proving|proof|verify|establish|demonstrate … convex|concave|convexity|concavity; why … convex|concave; "
           "convex or|nor not|concave|neither; is|are $ … convex|concave; is|are this|it|that|they|f|the … convex|concave ?; "
           "strongly|strictly convex|concave; convexity of",
        6: "hessian; second derivative|derivatives",
        5: "hence|thus|therefore|so $ … convex|concave; show|prove|verify|check|hessian … semidefinite|definite|semi-definite",
        2: "second order",
        1: "convex|convexity|curvature",
    },
    "jacobian": {
        6: "jacobian",
        1: "jacobian matrix",
    },
    "differential": {
        3: "differential of",
        2: "the differential",
    },
    "gradient": {
        7: "∂|gradient|derivative … in|a closed form",
        3: "gradient|gradients|subgradient|grad; derivative|derivatives; differentiate|differentiating|differentiated",
        2: "derive|derivation|derived; how … obtained",
        1: "formula; steps",
    },
}  # fmt: skip
SIGNS = {
    wish: [(sign.strip(), weight) for weight, signs in table.items() for sign in signs.split(";")] for wish, table in SAID.items()
}


class Wish(NamedTuple):
    """What is wanted. evidence: the words that speak for it. other: the wish that comes next, where it is near; else empty.

    further: what else is asked for in as many words, “and what is the minimiser?”; curved: whether that is if the function is convex;
    zeroed: whether it is where the derivative vanishes, and no optimum. unserved: what is asked for and is nothing that is derived here.
    """

    name: str
    evidence: tuple[str, ...] = ()
    other: str = ""
    further: tuple[str, ...] = ()
    curved: bool = False
    zeroed: bool = False
    unserved: tuple[str, ...] = ()

    @property
    def of_curvature(self) -> bool:
        """Whether it is asked if a function is convex, or a matrix definite."""
        return any(word in words for words in self.evidence for word in ("convex", "concav", "definite"))

    @property
    def of_sameness(self) -> bool:
        """Whether it is asked if two results are the same."""
        return any(words.split()[0] in ("are", "is") and any(word in words for word in SAME) for words in self.evidence)


def wish_of(items: list[Item], derived: str = "gradient") -> Wish:
    """The wish of a document by its words; without a word that tells, the derivative that its formulas ask for."""
    votes: dict[str, float] = dict.fromkeys(WISHES, 0.0)
    votes[derived] += 1.0
    told: dict[str, list[str]] = {wish: [] for wish in WISHES}
    aloud: dict[str, None] = {}
    strong = False
    for begin, end in sentences(items):
        loud = asks(items, begin, end)
        here = spoken(in_words(items, begin, end))
        for wish, found, weight in here:
            votes[wish] += weight * (1 if loud else TOLD)
            told[wish].append(found)
            strong |= loud and weight >= STRONG and wish not in DERIVED
            if loud and weight >= BESIDE.get(wish, float("inf")):
                aloud[wish] = None
        if loud and has_derivative(items, begin, end):
            shown = any(wish == "why" and found.startswith(("show", "prove")) for wish, found, _ in here)
            votes["why" if shown else derived] += 3
        votes["differential"] += STRONG * (loud and any(of_differential(item.tokens) for item in items[begin:end]))
    asked = requests(items)
    for request in asked:
        votes[kind_of(request.what, derived)] += 2 if request.asks else 0.5
    sought = any(request.sought for request in asked)
    votes["solve"], strong = votes["solve"] + sought * (STRONG + 1), strong or sought
    if strong:  # what is differentiated is the matter then, not the wish
        votes |= {wish: min(votes[wish], STRONG) for wish in DERIVED}
    if told["gradient"]:  # whose lines begin with the differential
        votes["gradient"], votes["differential"] = votes["gradient"] + votes["differential"], 0.0
    best, second = sorted(WISHES, key=lambda wish: -votes[wish])[:2]
    zeroed = all(found.endswith(("zero", "0", "vanish")) for found in told["solve"]) and not sought
    if best == "solve" and told["gradient"] and zeroed:
        best, aloud["solve"] = "gradient", None  # which is set to zero besides
    if best == "why" and binds_optimum(items):  # what comes about there comes about at the solution
        aloud["solve"] = None
    further = tuple(wish for wish in aloud if wish != best)
    evidence, other = tuple(dict.fromkeys(told[best])), second if votes[second] > NEAR * votes[best] else ""
    curved = "hessian" in further and Wish("hessian", tuple(told["hessian"])).of_curvature
    return Wish(best, evidence, other, further, curved, zeroed, unserved(items))


def binds_optimum(items: list[Item]) -> bool:
    """Whether the words speak of a minimum or maximum under constraints."""
    text = " ".join(item.text for item in items if item.kind != "math")
    return any(word.rstrip(".") in text for word in BINDING) and any(request.what in ("minimise", "maximise") for request in requests(items))


def spoken(words: list[str]) -> list[tuple[str, str, float]]:
    """The wishes for which a sentence speaks, each with its words and weight; a phrase inside a longer one of another wish says nothing."""
    found = []
    for wish, table in SIGNS.items():
        for sign, weight in table:
            stretch = first(sign, words)
            if stretch is not None:
                found.append((wish, *stretch, weight))
    reasons = any(wish == "why" and "why" in words[begin:end] for wish, begin, end, _ in found)
    kept = []
    for wish, begin, end, weight in found:
        inside = any(a <= begin and end <= b and b - a > end - begin and other != wish and heavier > weight for other, a, b, heavier in found)
        how = wish == "confirm" and words[begin - 1 : begin] == ["how"]  # “how do I get $x$?” asks for it
        if not inside and not how and not (reasons and wish == "confirm"):
            kept.append((wish, " ".join(words[begin:end]), weight))
    return kept


def kind_of(what: str, derived: str) -> str:
    """The wish that a request is."""
    return {"minimise": "solve", "maximise": "solve", "solve": "solve", "derivative": derived}.get(what, what)


def in_words(items: list[Item], begin: int, end: int) -> list[str]:
    """The words of a sentence, `@` for a formula, `$` for an equation, `∂` for a derivative; marks do not count, the mark of a question does."""
    found = []
    for item in items[begin:end]:
        if item.kind == "math":
            found.append("$" if is_equation(item) else "∂" if is_derivative(item) else "@")
        elif item.kind == "word" or item.text == "?":
            found.append(item.text.replace("’", "'"))
    return found


def is_derivative(item: Item) -> bool:
    r"""Whether a formula is a derivative: a quotient, one with a nabla, or a function with its primes, `f''(x)`."""
    marks = key(item.tokens)
    primed = marks[:1] != () and marks[0] in FUNCTION_LETTERS and marks[1:3] in (("'", "("), ("'", "'"))
    return question(item.tokens) is not None or marks[:1] == (r"\nabla",) or primed


def has_derivative(items: list[Item], begin: int, end: int) -> bool:
    """Whether a formula of a sentence has a derivative in it."""
    formulas = [item.tokens for item in items[begin:end]]
    return any({r"\partial", r"\nabla"} & {*key(tokens)} or any(derivatives_in(tokens)) for tokens in formulas)


def first(sign: str, words: list[str]) -> tuple[int, int] | None:
    """Where a phrase stands the first time."""
    parts = [[*part.split("|"), *(also for each in part.split("|") if each == "$" for also in "@∂")] for part in sign.split()]
    found = ((at, fits(parts, words, at)) for at in range(len(words)))
    return next(((at, end) for at, end in found if end is not None), None)


def fits(parts: list[list[str]], words: list[str], at: int) -> int | None:
    """Where a phrase that begins at a word ends; None where it does not stand there."""
    if not parts:
        return at
    if parts[0] == ["^"]:
        return fits(parts[1:], words, at) if at == 0 else None
    if parts[0] == ["…"]:
        return next((end for skip in range(GAP + 1) if (end := fits(parts[1:], words, at + skip)) is not None), None)
    return fits(parts[1:], words, at + 1) if at < len(words) and words[at] in parts[0] else None
