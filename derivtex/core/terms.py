r"""The tree of a formula: immutable, compared by value, shaped from birth.

A term is made once: making it again gives the same object, so equality is identity and what is known of a term can be remembered by
the term itself. Making a term checks its shape and never simplifies.

An operation is a subclass of `Operation`: its *card*. Fields annotated `Term` or `Terms` are children, any other field is plain data
(a name, a number, a size). A card has four facets, without which it cannot be imported: a sentence (its docstring), a look
(`notation`), a shape rule (`conform`) and a number (`number`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from derivtex.core.bits import new_bit
from derivtex.core.interning import kept, made
from derivtex.core.session import current, own_session
from derivtex.core.shapes import Shape, is_scalar, scalarness

CARDS: dict[str, type[Operation]] = {}
FIELD_KINDS = {"Term", "Terms", "Dim", "Index", "Shape", "Fraction", "str", "int", "tuple[str, ...]", "tuple[Dim, Dim] | None"}
Made = TypeVar("Made", bound="Term")
Known = TypeVar("Known")
ITSELF = object()

_writers: list[Callable[[Term], str]] = []


def write_with(writer: Callable[[Term], str]) -> None:
    """From now on `str` of a term is what the writer makes of it."""
    _writers.append(writer)


class Scalarness:
    """Whether a term is 1 × 1: remembered by the term itself once its sizes are known."""

    def __get__(self, term: Term, owner: type) -> bool:
        scalar = scalarness(term.shape)
        if scalar is None:
            return is_scalar(term.shape)
        term.__dict__["is_scalar"] = scalar
        return scalar


class Term:
    """A node: its fields, its children (of all fields, in order) and its shape.

    bit: stands for the card; bits: those of all cards in the term, by which a rule that needs others is not even tried.
    """

    __match_args__: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    field_kinds: dict[str, str] = {}
    _child_fields: tuple[tuple[str, bool], ...] = ()
    _of_terms = _of_one_run = False  # whether its fields are terms and nothing else, or one run of terms
    bit = 0
    bits: int
    children: tuple[Term, ...]
    shape: Shape
    # Traits, which a card sets where they are true of it.
    real_valued = False  # its value is real, whatever it is made of
    commutes_with_conjugate = False  # f(X)* = f(X*): sums and products with real numbers, principal branches of what is real on the reals
    of_arrays = False  # it makes sense of a vector or matrix only
    sign = ""  # of real arguments its entries are positive, or nonnegative
    commutes_with_transpose = False  # f(Xᵀ) = f(X)ᵀ
    in_any_order = False  # its parts may change places: f(a, b) = f(b, a)
    linear_in = ()  # the fields in which it is linear, over the complex numbers
    kinks = ()  # numbers at which a function of each entry, or its slope, has no derivative
    choice = ""  # of several functions it is one here and another there: a piece; or one branch everywhere, perhaps of complex numbers only
    function_of = ""  # what a function of one argument is of, for rules that are true of any such: entries, matrix, or norm
    turned_inside = False  # a differential in it is turned by itself before the product around it

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.bit = new_bit()
        own = {name: str(kind) for name, kind in cls.__dict__.get("__annotations__", {}).items()}
        own = {name: kind for name, kind in own.items() if name not in cls.__dict__ and kind in FIELD_KINDS}
        cls.fields = (*cls.fields, *own)
        cls.__match_args__ = cls.fields  # type: ignore[misc]  # mypy takes it for a constant
        cls.field_kinds = {**cls.field_kinds, **own}
        cls._child_fields = (*cls._child_fields, *((n, k == "Terms") for n, k in own.items() if k in ("Term", "Terms")))
        kinds = tuple(cls.field_kinds.values())
        cls._of_one_run, cls._of_terms = kinds == ("Terms",), all(kind == "Term" for kind in kinds)

    def __new__(cls: type[Made], *values: Any) -> Made:
        work = own_session() or current()
        work.steps += 1
        if work.steps > work.next_look:
            work.look()
        key = (cls, *values)
        known = made.get(key)
        if known is not None:
            found: Made | None = known()
            if found is not None:
                return found
        if len(values) != len(cls.fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls.fields)}")
        self = object.__new__(cls)
        own = self.__dict__
        own.update(zip(cls.fields, values))  # noqa: B905 - as many, as has been seen
        own["children"] = children = values[0] if cls._of_one_run else values if cls._of_terms else cls._children(own)
        bits = cls.bit
        for child in children:
            bits |= child.bits
        own["bits"] = bits
        own["shape"] = self.conform()
        work.spend_term(len(children))
        new: Made = kept(key, self)
        return new

    @classmethod
    def _children(cls, own: dict[str, Any]) -> tuple[Term, ...]:
        """The terms in all fields, in order."""
        children: list[Term] = []
        for name, many in cls._child_fields:
            children.extend(own[name]) if many else children.append(own[name])
        return tuple(children)

    if TYPE_CHECKING:  # the fields of the cards

        def __getattr__(self, name: str) -> Any: ...

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a term cannot be changed: {name}")

    def conform(self) -> Shape:
        raise TypeError(f"{type(self).__name__} has no shape rule")

    is_scalar = Scalarness()

    def rebuild(self, children: tuple[Term, ...]) -> Term:
        """The same node over other children."""
        if children == self.children:
            return self
        if self._of_one_run:
            return type(self)(children)
        if self._of_terms:
            return type(self)(*children)
        values, at = [], 0
        kinds = dict(self._child_fields)
        for name in self.fields:
            if name not in kinds:
                values.append(self.__dict__[name])
            elif kinds[name]:
                width = len(self.__dict__[name])
                values.append(tuple(children[at : at + width]))
                at += width
            else:
                values.append(children[at])
                at += 1
        return type(self)(*values)

    def at(self, place: tuple[int, ...]) -> Term:
        """The part at a place: the indices of the children on the way to it."""
        term = self
        for index in place:
            term = term.children[index]
        return term

    def put(self, place: tuple[int, ...], new: Term) -> Term:
        """This term with another part at that place."""
        above = [self]
        for index in place:
            above.append(above[-1].children[index])
        for at in range(len(place) - 1, -1, -1):
            term, index = above[at], place[at]
            new = term.rebuild((*term.children[:index], new, *term.children[index + 1 :]))
        return new

    def walk(self, seen: set[Term] | None = None) -> Iterator[Term]:
        """Every different part, each once, parents before children; those that were seen before are left out, the others noted."""
        seen = set() if seen is None else seen
        stack = [self]
        while stack:
            term = stack.pop()
            if term not in seen:
                seen.add(term)
                yield term
                stack.extend(reversed(term.children))

    def parts(self, *cards: type[Made]) -> Iterator[Made]:
        """Every different part that is of one of these cards, each once, parents before children; where there is none nothing is looked through."""
        wanted, seen = bits_of(cards), set[Term]()
        stack: list[Term] = [self]
        while stack:
            term = stack.pop()
            if wanted & term.bits and term not in seen:
                seen.add(term)
                if wanted & term.bit:
                    yield cast(Made, term)
                stack.extend(reversed(term.children))

    def map(self, change: Callable[[Term], Term | None]) -> Term:
        """The term with every part for which `change` returns a term replaced by it, from the outside in."""
        done: dict[Term, Term] = {}

        def go(term: Term) -> Term:
            if term not in done:
                new = change(term)
                done[term] = new if new is not None else term.rebuild(tuple(map(go, term.children)))
            return done[term]

        return go(self)

    def replace(self, table: Mapping[Any, Term]) -> Term:
        """The term with every part that is a key of the table replaced."""
        return self.map(table.get)

    def remembered(self, name: str, find: Callable[[Term], Known]) -> Known:
        """What is true of the term wherever it stands: found once, and remembered by the term itself."""
        found: Any = self.__dict__.get(name)
        if found is None:
            found = find(self)
            self.__dict__[name] = ITSELF if found is self else found  # a term that held itself would live until the next collection
        known: Any = self if found is ITSELF else found
        return known  # type: ignore[no-any-return]

    def contains(self, part: Term) -> bool:
        return not part.bits & ~self.bits and any(term is part for term in self.walk())

    def uses(self, *cards: type[Term]) -> bool:
        """Whether it is, or contains, a node of one of these cards."""
        return any(card.bit & self.bits for card in cards)

    def __str__(self) -> str:
        """LaTeX, where a writer has been given; this room knows none."""
        return _writers[-1](self) if _writers else repr(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(repr(self.__dict__[name]) for name in self.fields)})"

    def __add__(self, other: Term) -> Term:
        return CARDS["Sum"](_parts(self, "Sum") + (other,))

    def __sub__(self, other: Term) -> Term:
        return self + -other

    def __neg__(self) -> Term:
        return CARDS["Product"]((CARDS["Number"](-1), self))

    def __mul__(self, other: Term) -> Term:
        return CARDS["Product"](_parts(self, "Product") + (other,))

    def __rmul__(self, number: int) -> Term:
        return CARDS["Number"](number) * self

    @property
    def T(self) -> Term:  # noqa: N802 - the name that mathematics and NumPy give it
        return CARDS["Transpose"](self)


Terms = tuple[Term, ...]


def bits_of(cards: Iterable[type[Term]]) -> int:
    """The bits of some cards."""
    together = 0
    for card in cards:
        together |= card.bit
    return together


def _parts(term: Term, card: str) -> Terms:
    return term.children if type(term) is CARDS[card] else (term,)


class Operation(Term):
    """A node that is an operation: one subclass a card, all of them in `CARDS`."""

    notation: Any  # one of the forms in `notation`, which is above this
    abstract = False
    routine = ""  # the library's name for it, where result code should call that instead of spelling out `number`
    program: Any = None  # a method like `number` that is handed SciPy as well, for result code
    magnitude = ""  # how large the value is where nothing cancels: the sum or product of the parts, linear: as large as the part
    conditioned: Any = None  # a method like `number`: whether rounding leaves the number right to about half its digits
    rounding: Any = None  # a method like `number`: how large a number of which nothing but rounding is left can be

    def __init_subclass__(cls, abstract: bool = False, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.abstract = abstract
        if abstract:
            return
        lacking = [facet for facet in ("conform", "number") if getattr(cls, facet) is getattr(Operation, facet, None)]
        lacking += [] if cls.__doc__ else ["a sentence"]
        lacking += [] if hasattr(cls, "notation") else ["notation"]
        if lacking:
            raise TypeError(f"the card {cls.__name__} lacks {', '.join(lacking)}")
        CARDS[cls.__name__] = cls

    def number(self, np: Any, *children: Any) -> Any:
        """The value, from the values of the fields in order; `np` is the array module that is to be used.

        Values are two-dimensional arrays, or numbers for what is scalar. A size (a field annotated `Dim`) comes as a whole number,
        an index that is bound as the range of its values, and what it is bound in as a function of such a value.
        Text and plain numbers are not passed: they are the card's own.
        """
        raise TypeError(f"{type(self).__name__} has no number")
