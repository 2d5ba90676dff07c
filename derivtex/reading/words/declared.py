r"""What the words around the formulas say about names: “$A$ is a symmetric $n\times n$ matrix”, “let $x$ and $y$ be vectors”, “a data matrix $X$ of
size $n \times p$”, “R is the n x n covariance, a the steering vector”, “$W$ $(m,10)$”, “H: m x n”.

A small grammar over words and formulas; what does not fit it says nothing. A condition, a negation or a question is no statement.

statement    names verb description | names article description | names : description | names ( description ) | names size
             | description names [size]
names        name ((, | and) name)*                     a property that is said of several holds for each
description  (article | adjective | size | other word)* [noun] [size | ( description ) | in space]
"""

from __future__ import annotations

from derivtex.core.errors import Source
from derivtex.reading.source.documents import Document, once
from derivtex.reading.source.phrases import BULLET, Item
from derivtex.reading.syntax.data import covariance_in
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.declarationwords import ADJECTIVES, DEFINITE
from derivtex.reading.syntax.lefts import diagonal_of, is_name
from derivtex.reading.syntax.letters import conventional_kind
from derivtex.reading.syntax.lists import by_commas
from derivtex.reading.syntax.scripts import split_at
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.words.cases import case_in, is_specialised
from derivtex.reading.words.commands import asks
from derivtex.reading.words.declaring import agreeing, declaration, sized_in
from derivtex.reading.words.descriptions import OTHER_WORDS, Description, behind_diagonal, description, fits, is_other
from derivtex.reading.words.domains import on_domain
from derivtex.reading.words.sentences import ENDS, is_equation, is_membership, names, names_at, of_all, phrase, sentences, word
from derivtex.reading.words.sizes import behind_word, size_at, sizes_in_turn
from derivtex.reading.words.vocabulary import (  # fmt: skip
    ARTICLES,
    DOUBT,
    LEADING,
    LEADS_ON,
    OPERATIONS,
    OPERATIONS_ON,
    SETTING,
    VERBS,
)

BEFORE_VARIABLE = frozenset("to wrt w.r.t by over among for all any every with".split())
FOR_SUCH = frozenset("of we i what how one it".split())
SHORT_QUESTION = 8  # “Is that right?”
PLURAL_ENDS = ("s", "data")
PLURAL = frozenset(("are", "be", "being", ":"))


Named = tuple[list[Parts], Description, int]


@once
def declared_in_words(document: Document) -> tuple[list[Declaration], list[int]]:
    """The declarations that the words of a document make, and where the formulas begin that are a part of them."""
    items, source = document.items, document.source
    result: list[Declaration] = []
    used: list[int] = []
    at = sentence = 0
    while at < len(items):
        if items[at].kind == "stop" and items[at].text in ENDS:
            sentence = len(result)
        both = of_all(items, at)
        result[sentence:] = [each._replace(properties=(*each.properties, *both)) for each in result[sentence:]] if both else result[sentence:]
        made = statement(items, at, source) or distributed(items[at], at) or on_domain(items, at, source)
        if made is None:
            at += 1
            continue
        named, said, end = made
        named = [*named, *named_behind(items, end, said)]
        own = [found for name in named if (found := declaration(name, said, source)) is not None]
        further = sizes_in_turn(items, end, len(own), source)
        if further is not None:
            turns = zip(named[1:], further[0], strict=True)
            own = [own[0], *(each for name, dims in turns if (each := declaration(name, said._replace(dims=dims), source)) is not None)]
            end = further[1]
        result.extend(own)
        used.extend(item.start for item in items[at:end] if item.kind == "math" and not is_equation(item))
        at = max(end, at + 1)
    return [*result, *agreeing(list(sized_in(items, source)), result)], used


def named_behind(items: list[Item], at: int, said: Description) -> list[Parts]:
    r"""The second name of “$Y$ is a covariance matrix $\Sigma$, …”, which is what the first one is."""
    named = names(items, at) if said.kind == "matrix" and said.properties and at < len(items) and items[at].kind == "math" else None
    return named[0] if named is not None and word(items, named[1]) in (",", ".", ";") and not is_equation(items[at]) else []


def distributed(item: Item, at: int) -> Named | None:
    r"""The \Sigma of `x \sim N(\mu, \Sigma)`, which is a covariance."""
    name = covariance_in(item.tokens) if item.kind == "math" else ()
    return ([name], Description("matrix", (), DEFINITE, at + 1), at + 1) if name else None


def statement(items: list[Item], at: int, source: Source) -> Named | None:
    """The names of a phrase that begins at an item with what is said of them, and where it ends."""
    sets = is_case(items, at)
    if at and not sets and (word(items, at - 1) in DOUBT or is_specialised(items, sentence_around(items, at)[0], at)):
        return None
    named = names(items, at)
    if named is not None and (found := of_names(items, *named, source)) is not None:
        found = with_properties_behind(items, found)
        named = members(items[named[1] - 1], word(items, named[1])) or named[0], named[1]
        asked = word(items, found.end) == "?" and word(items, at - 1) not in SETTING | BEFORE_VARIABLE and not sets
        return None if asked else (named[0], found, found.end)
    said = description(items, at, source) if items[at].kind == "word" or word(items, at) == "(" or size_at(items, at, source) else None
    if said is not None and (entries := diagonal_entries(items, said)) is not None:
        return entries
    led = said is not None and said.properties and (said.article or word(items, at - 1) in LEADING | {BULLET} or is_asked_for(items, at))
    if said is None or not (said.kind or led):
        return None
    named = behind_description(items, said)
    if named is None:
        return None
    told = of_names(items, *named, source) if word(items, named[1]) in ("is", "are") else None
    if told is not None and told.kind and told.kind != said.kind:  # “the constants $u$ and $v$ are vectors”
        return named[0], told, told.end
    size = behind_word(items, named[1], source) or (size_at(items, named[1], source) if word(items, named[1]) == "(" else None)
    if size is not None and not said.dims and fits(said.kind, size[0]):
        said, named = said._replace(dims=size[0]), (named[0], size[1])
    more = further_properties(items, named[1], source)
    return (named[0], said._replace(properties=(*said.properties, *more.properties)), more.end) if more is not None else (named[0], said, named[1])


def members(item: Item, verb: str) -> list[Parts]:
    r"""Of a formula with several memberships, `A \in \mathbb{R}^{m\times n}, I \in \mathbb{R}^{n\times n}`, the names of which is told what is
    said behind it: all, or the last one, “… is the identity”."""
    split = [split_at(part, r"\in") for part in by_commas(item.tokens)]
    found = [name for name, relation, _ in split if relation and is_name(name)]
    return [] if len(found) < 2 or len(found) < len(split) else found if verb in PLURAL else found[-1:]


def is_case(items: list[Item], at: int) -> bool:
    """Whether a condition is the case for which is asked: “how do I differentiate … when $A$ is symmetric?”, “if $A$ is symmetric, what is …?”."""
    if word(items, at - 1) not in ("when", "if"):
        return False
    begin, end = sentence_around(items, at)
    if begin == at - 1:  # what was asked before is not asked for this case only
        return asks(items, begin, end) and not any(asks(items, *each) for each in sentences(items[:begin]))
    derives = any(phrase(items, k, OPERATIONS) is not None for k in range(begin, at - 1))
    return derives and word(items, begin) in ("how", "what", "find", "compute", "calculate")


def sentence_around(items: list[Item], at: int) -> tuple[int, int]:
    """Where the sentence of an item begins and ends."""
    begin = next((k + 1 for k in range(at - 1, -1, -1) if word(items, k) in ENDS), 0)
    return begin, next((k + 1 for k in range(at, len(items)) if word(items, k) in ENDS), len(items))


def further_properties(items: list[Item], at: int, source: Source) -> Description | None:
    """The properties of “the matrix $A$ is symmetric”, behind the names."""
    more = description(items, at + 1, source) if word(items, at) in ("is", "are") else None
    return more if more is not None and more.properties and not more.kind and word(items, more.end) in (*ENDS - {"?"}, ",", "and", "") else None


def is_asked_for(items: list[Item], at: int) -> bool:
    """Whether a description is what a derivative is asked for: “the gradient of … for symmetric $A$?”, “minimise … over all invertible $X$”; or
    what a claim is made for that is asked about behind it, “… is $2Ax$ for symmetric $A$. Is that right?”."""
    before = at - 1 - (word(items, at - 1) in ("any", "every", "all", "each", "the"))
    if word(items, before) not in ("for", "over", "on", "among"):
        return False
    begin, end = sentence_around(items, at)
    behind = sentence_around(items, end)[1] if end < len(items) else end
    about = end < behind < end + SHORT_QUESTION and word(items, behind - 1) == "?" and all(item.kind != "math" for item in items[end:behind])
    return (about or asks(items, begin, end)) and case_in(items, begin, end) is None


def diagonal_entries(items: list[Item], said: Description) -> Named | None:
    """The W of “the diagonal weights are $W_{ii} = …$”."""
    at = said.end
    if "diagonal" not in said.properties or said.kind or not is_other(items, at) or word(items, at + 1) not in ("are", "is"):
        return None
    parts = items[at + 2].tokens if at + 2 < len(items) else ()
    name = diagonal_of(parts)
    return ([name], said._replace(kind="matrix"), at + 2) if name else None


def behind_description(items: list[Item], said: Description) -> tuple[list[Parts], int] | None:
    """The names behind `a data matrix`, `the number of edges`; not those of a further thing, `the covariance of $x$`."""
    at = said.end
    if word(items, at) == "of" and word(items, at + 1) not in ARTICLES and not said.properties:
        at += 1
        while at < said.end + OTHER_WORDS and is_other(items, at) and not names(items, at):
            at += 1
        of_many = said.kind == "scalar" or word(items, at - 1).endswith(("s", "data"))  # “matrix of distances $D$”, not “vector of sample $i$”
        if at == said.end + 1 or not of_many:
            return None
    is_word = at < len(items) and items[at].kind == "word" and items[at].text in ("a", "i")
    found = names(items, at) if at < len(items) and not is_word else None
    if found is not None and is_membership(items[at]) and not word(items, at - 1).endswith(PLURAL_ENDS):  # “a vector $x \in …$, and $\mu \in …$”
        found = names_at(items, at)[: len(found[0])], at + 1
    small = found is not None and at > said.end and said.kind == "matrix" and conventional_kind(key(found[0][0])) != "matrix"
    return None if small else found


def of_names(items: list[Item], named: list[Parts], at: int, source: Source) -> Description | None:
    """What is said behind names."""
    head = word(items, at)
    if head in VERBS or (head in (":", ",") and word(items, at + 1) in ARTICLES) or head == ":":
        said = description(items, behind_remark(items, at + 1), source, led=head == ":") or sized_only(items, at, source)
        said = said or (description(items, begin, source, led=True) if head == ":" and (begin := behind_title(items, at + 1)) else None)
        if said is None and head in VERBS:
            said = in_its_brackets(items, at + 1, source)
        if said is None or (not said.kind and word(items, said.end) in LEADS_ON - {"with"} and not said.dims):
            return None
        if not said.kind and not said.dims and word(items, at + 1) in ARTICLES and is_other(items, said.end):
            return None  # the Hermitian kernel: a noun that says nothing
        if not said.kind and word(items, said.end) in OPERATIONS_ON:
            return None
        return said if head != "," or said.kind else None
    adjective = phrase(items, at + (head == ","), ADJECTIVES)
    before = word(items, at - 2) if at > 1 else ""  # “with $Q$ symmetric is $2Qx$”, “w.r.t. $X$ symmetric?”
    if adjective is not None and (further := all_adjectives(items, adjective, before)) is not None:  # “$Q$ symmetric.”
        return further
    if head in ARTICLES:
        said = description(items, at, source)
        return said if said is not None and (said.kind or said.dims) else in_its_brackets(items, at, source)
    if head == "(" and at and is_equation(items[at - 1]) and is_name(split_at(items[at - 1].tokens, "=", ":=")[2]):
        return None  # “$A = I$ (identity)”: of which of them
    if head == "(":
        said = description(items, at + 1, source)
        whole = said is not None and word(items, said.end) in (")", ",", ";")
        return said._replace(end=said.end + 1) if said is not None and whole else sized_only(items, at, source)
    return sized_only(items, at, source)


def behind_remark(items: list[Item], at: int) -> int:
    """Behind a word in brackets that may be left out, “are (column) vectors”; a row is none."""
    return at + 3 if [word(items, at), word(items, at + 2)] == ["(", ")"] and word(items, at + 1) in ("column", "real", "fixed", "constant") else at


def behind_title(items: list[Item], at: int) -> int:
    """Behind the comma of “P: precision, a symmetric matrix”; 0 where a few words are not set apart so."""
    stop = next((k for k in range(at, min(len(items), at + OTHER_WORDS + 1)) if not is_other(items, k)), at)
    return stop + 1 if stop > at and word(items, stop) == "," else 0


def with_properties_behind(items: list[Item], said: Description) -> Description:
    """A description with the adjectives set behind it, “is an n × n matrix, symmetric and positive definite.”."""
    first = phrase(items, said.end + 1, ADJECTIVES) if word(items, said.end) == "," and said.kind == "matrix" else None
    more = all_adjectives(items, first, "") if first is not None else None
    return said._replace(properties=(*said.properties, *more.properties), end=more.end) if more is not None else said


def all_adjectives(items: list[Item], first: tuple[tuple[str, ...], int], before: str) -> Description | None:
    """Adjectives with which what is said ends, “$A$ symmetric invertible.”, “$Q$ symmetric and positive definite”, or that a verb follows where they
    stand within a sentence, behind a variable whatever is no noun, “over $X$ symmetric:”; None where it goes on. before: the word before the
    name."""
    properties, at = first
    at = behind_diagonal(items, at, properties)
    while (more := phrase(items, at + (word(items, at) == "and"), ADJECTIVES)) is not None:
        properties = (*properties, *more[0])
        at = behind_diagonal(items, more[1], properties)
    ends = at >= len(items) or word(items, at) in (".", ",", ")", ";") or (before == "with" and word(items, at) in VERBS)
    ends = ends or (before in BEFORE_VARIABLE and (items[at].kind != "word" or word(items, at) in VERBS | ARTICLES | FOR_SUCH))
    return Description("", (), properties, at) if ends else None


def in_its_brackets(items: list[Item], at: int, source: Source) -> Description | None:
    """`the target (a number)`: nouns that say nothing, then a description in brackets."""
    step = at
    while step < at + OTHER_WORDS + 1 and step < len(items) and items[step].kind == "word" and not names(items, step):
        step += 1
    if step == at or word(items, step) != "(":
        return None
    said = description(items, step + 1, source)
    return said._replace(end=said.end + 1) if said is not None and word(items, said.end) == ")" else None


def sized_only(items: list[Item], at: int, source: Source) -> Description | None:
    """A size that stands right behind a name: `$W$ $(m,10)$`, `$x$ of dimension $k$`."""
    found = behind_word(items, at, source)
    if found is None and at < len(items) and (items[at].kind == "math" or word(items, at) == "("):
        found = size_at(items, at, source)
        found = found if found is not None and len(found[0]) == 2 else None
    return Description("", found[0], (), found[1]) if found is not None else None
