r"""What names stand for while a source is read, and what has been found about their sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import TYPE_CHECKING

from derivtex.core.errors import DerivtexError, Span
from derivtex.core.shapes import ONE, Dim, Shape, Unifier, is_unknown, same, unknown
from derivtex.core.terms import Term
from derivtex.operations import Index, Symbol
from derivtex.problem import Spelling
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.tree import Key, Lexicon, Node, Parts

if TYPE_CHECKING:
    from derivtex.reading.meaning.dependence import Dependence


class Sizes(Unifier):
    """Unification in which some sizes may not turn out to be 1: an undeclared matrix is not silently a vector."""

    def __init__(self) -> None:
        super().__init__()
        self.large: set[str] = set()
        self._trail: list[Callable[[], object]] | None = None

    def copy(self) -> Sizes:
        made = Sizes()
        made.found, made.large = dict(self.found), set(self.large)
        return made

    def unify(self, a: Dim, b: Dim) -> bool:
        difference = self.resolve(a) - self.resolve(b)
        if not difference:
            return True
        for names, factor in reversed(difference):  # the youngest size takes the value: what was named stays
            if len(names) != 1 or not is_unknown(names[0]) or abs(factor) != 1:
                continue
            rest = Dim.collect(pair for pair in difference if pair[0] != names) * -factor
            if (
                names[0] in rest.names
                or (names[0] in self.large and rest == ONE)
                or (rest.integer is not None and rest.integer < 0)
            ):
                continue
            if names[0] in self.large and len(rest.names) == 1 and is_unknown(rest.names[0]):
                self.make_large(rest.names[0])
            self.note(names[0], rest)
            return True
        return False

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is found while this holds is forgotten when it ends in an error."""
        outer, self._trail = self._trail, []
        try:
            yield
        except Exception:
            for undo in reversed(self._trail):
                undo()
            self._trail = None
            raise
        finally:
            if outer is not None:
                outer.extend(self._trail or ())
            self._trail = outer

    def note(self, name: str, size: Dim) -> None:
        if self._trail is not None:
            before = self.found.get(name)
            self._trail.append(partial(self.found.pop, name) if before is None else partial(self.found.__setitem__, name, before))
        self.found[name] = size

    def make_large(self, *names: str) -> None:
        """Sizes that may not turn out to be 1."""
        if self._trail is not None:
            self._trail += [partial(self.large.discard, name) for name in names if name not in self.large]
        self.large.update(names)

    def may_be_one(self, dim: Dim) -> bool:
        """Whether a size is 1, or open and not said to be larger."""
        found = self.resolve(dim)
        return found == ONE or (found.is_name and is_unknown(found.names[0]) and found.names[0] not in self.large)

    def shape(self, of: Shape) -> Shape:
        return self.resolve(of[0]), self.resolve(of[1])


@dataclass(eq=False)
class Function:
    r"""A name that is applied. arguments: keys of the formal arguments of `f(x) = …`; node: the body of one that is formal.

    kind: abstract (entrywise), scalar (of a whole matrix), vector (of vectors of `entries` entries, with vectors of `rows` as values; None where
    these are none), defined (a scalar function with a body),
    formal (`f(x) = …` about a declared x), unfolded (`h(x) = w^T x`, used as `h(x_i)`: its body with what it is applied to for its arguments).
    """

    latex: str
    kind: str
    arguments: tuple[Key, ...] = ()
    key: Key = ()
    elementwise: bool = False
    node: Node | None = None
    rows: Dim | None = None
    entries: Dim | None = None


@dataclass(eq=False)
class Template:
    """A definition with indices, `p_i = …`: used by putting other indices for its own."""

    latex: str
    letters: tuple[Key, ...]
    indices: tuple[Index, ...] = ()
    body: Term | None = None


@dataclass(eq=False)
class Scope:
    """Everything that a name can mean.

    things: symbols and constants. families: by the key of their base. guessed: names whose kind is the convention's, by key.
    typed: a name as its author types it, by a macro. bound and free: indices; letters: what indices of sums are called, which sizes are not.
    asked: the variables. ahead: how far an index of a name runs behind and ahead of its letter, 0 and 1 of x and k where x_{k+1} stands.
    all_complex: whether everything is said to be complex.
    own: whether derivtex wrote what is read, so that every mark has the one meaning that it is written for.
    open_functions: whether a function of a matrix occurs of which nothing tells that it is square; deciding: whether it is then made so.
    alone: names that nobody declared and that stand somewhere without an index: x_1 is an entry of such a vector; members: with one that runs.
    complex: names that nobody declared and that stand below a `^H`.
    apart: declared families whose name stands without an index too, for a thing of its own, with the sentence that says so.
    called: names that nobody declared, and that were applied to what stands in brackets behind them. unfolding: the functions whose bodies
    are being read for what they are applied to.
    one_is_vector: whether the 1 behind a factor is the vector of ones, as it is where `1^T` stands.
    adjoint: whether `^*` transposes as well; stars: whether it did.
    one_value: whether λ(X) can only be one eigenvalue; single_values: those that were taken for one.
    dependences: things of which `Σ(θ)` says on what they depend, by their place. told_functions: of which the words say it, with on what.
    variables: by what each name is differentiated in the source.
    labels: names that indicators compare with numbers of classes: label; bit where that is 0.
    sets: the sets over which sums run, each with how many indices a member has.
    numbers: those along which things are differentiated, the t of `A'(t)`.
    strips: names taken for rows or columns of a matrix; told_strips: those that the words call so, in which ways.
    ends: how far sums run above which nothing stands, by their places; open_ends: the same by the open sizes that stand for it.
    sizes: names that occur as dimensions, in order of appearance.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    unifier: Sizes = field(default_factory=Sizes)
    spelling: Spelling = field(default_factory=Spelling)
    things: dict[Key, Term] = field(default_factory=dict)
    declared: dict[Key, Symbol] = field(default_factory=dict)
    families: dict[Key, Symbol] = field(default_factory=dict)
    functions: dict[Key, Function] = field(default_factory=dict)
    templates: dict[Key, Template] = field(default_factory=dict)
    kinds: dict[Key, str] = field(default_factory=dict)
    guessed: dict[Key, Symbol] = field(default_factory=dict)
    bound: dict[Key, Index] = field(default_factory=dict)
    letters: set[str] = field(default_factory=set)
    free: dict[Key, Index] = field(default_factory=dict)
    ends: dict[int, tuple[Dim, bool]] = field(default_factory=dict)
    open_ends: dict[str, tuple[Dim, bool]] = field(default_factory=dict)
    sizes: dict[str, None] = field(default_factory=dict)
    labels: dict[Key, str] = field(default_factory=dict)
    sets: dict[Key, int] = field(default_factory=dict)
    elementwise: set[str] = field(default_factory=set)
    guesses: dict[str, None] = field(default_factory=dict)
    own: bool = False
    ahead: dict[tuple[Key, Key], tuple[int, int]] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)
    all_complex: bool = False
    fills: bool = False
    powers: str = ""
    alone: set[Key] = field(default_factory=set)
    members: set[Key] = field(default_factory=set)
    complex: set[Key] = field(default_factory=set)
    apart: dict[Key, str] = field(default_factory=dict)
    called: set[Key] = field(default_factory=set)
    unfolding: set[Key] = field(default_factory=set)
    one_is_vector: bool = False
    one_value: bool = False
    single_values: dict[Term, Span] = field(default_factory=dict)
    strips: dict[Key, str] = field(default_factory=dict)
    told_strips: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    numbers: set[Key] = field(default_factory=set)
    variables: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    open_functions: bool = False
    deciding: bool = False
    adjoint: bool = False
    stars: bool = False
    transposed_by: dict[str, Span] = field(default_factory=dict)
    defined: dict[Key, None] = field(default_factory=dict)
    dependences: dict[int, Dependence] = field(default_factory=dict)
    told_functions: frozenset[tuple[Key, Key]] = frozenset()
    family_names: dict[Key, str] = field(default_factory=dict)
    typed: Callable[[str], str] = str
    parsed: dict[Parts, Node] = field(default_factory=dict)
    _lettered: dict[str, set[Key]] = field(default_factory=dict)
    _counted: tuple[int, ...] = ()
    _unknowns: dict[tuple[int, str], Dim] = field(default_factory=dict)
    _nodes: list[Node] = field(default_factory=list)

    def copy(self) -> Scope:
        """The same knowledge, to be added to by itself; trees and lexicon are shared."""
        made = copy(self)
        for name in HELD:
            setattr(made, name, getattr(self, name).copy())
        made.functions = {name: replace(each) for name, each in self.functions.items()}
        made.templates = {name: replace(each) for name, each in self.templates.items()}
        made.unifier, made.spelling = self.unifier.copy(), replace(self.spelling, marks=dict(self.spelling.marks), above=dict(self.spelling.above))
        return made

    @contextmanager
    def attempt(self, keep: bool = True) -> Iterator[None]:
        """What is found while this holds, names and sizes and guesses, is forgotten when it ends in an error; the names always, where not kept."""
        before = {name: dict(getattr(self, name)) for name in ("things", "guessed", "families", "guesses")}
        try:
            with self.unifier.trial():
                yield
        except DerivtexError:
            keep = False
            raise
        finally:
            if not keep:
                vars(self).update(before)

    def guess(self, sentence: str) -> None:
        self.guesses.setdefault(sentence)

    def begin_families(self) -> None:
        """A family of which nothing tells where it begins has its first member at 1."""
        for family in self.families.values():
            if family.family is not None and not self.unifier.resolve(family.family[0]).known:
                same(family.family[0], ONE)

    def extent(self) -> tuple[int, ...]:
        """How much is known: a pass over the source that adds nothing to it is the last."""
        return len(self.unifier.found), len(self.things), len(self.families)

    def lettered(self, letter: str) -> set[Key]:
        """The known names that are a letter in some font."""
        count = len(self.declared), len(self.families), len(self.defined)
        if count != self._counted:
            self._counted, self._lettered = count, {}
            for name in (*self.declared, *self.families, *self.defined):
                self._lettered.setdefault(bare_letter(name), set()).add(name)
        return self._lettered.get(letter, set())

    def unknown(self, node: Node, which: str = "", large: bool = True) -> Dim:
        """An open size that belongs to a place in the source: the same one each time the place is read."""
        place = (id(node), which)
        if place not in self._unknowns:
            self._nodes.append(node)
            self._unknowns[place] = self.open_size(large)
        return self._unknowns[place]

    def make_column(self, name: Key) -> None:
        """A declared matrix of which no sizes are told has one column."""
        columns = self.things[name].shape[1]
        self.unifier.large.difference_update(columns.names)
        self.unifier.unify(columns, ONE)

    def open_size(self, large: bool = True) -> Dim:
        size = unknown()
        if large:
            self.unifier.make_large(*size.names)
        return size

    def note_sizes(self, *dims: Dim) -> None:
        for dim in dims:
            for name in dim.names:
                if not is_unknown(name):
                    self.sizes.setdefault(name)


HELD = tuple(each.name for each in fields(Scope) if each.default_factory in (dict, set, list) and each.name != "parsed")
