"""The statements of a document with the usual marks where its author means something else by them, before any is sorted."""

from __future__ import annotations

from derivtex.reading.meaning.stated import Reading
from derivtex.reading.meaning.told import with_called, with_nablas, with_ones, with_operands, with_operators
from derivtex.reading.source.documents import Document, once
from derivtex.reading.syntax.declarations import Declaration
from derivtex.reading.syntax.declarationwords import DEFINITE
from derivtex.reading.syntax.densities import covariances, with_densities
from derivtex.reading.syntax.entrylists import with_entries_named
from derivtex.reading.syntax.labelled import marked_beside, with_labels_first
from derivtex.reading.syntax.means import ends_of_sums, told_runs
from derivtex.reading.syntax.namedoperators import with_named_operators
from derivtex.reading.syntax.points import at_any_point, not_put_in
from derivtex.reading.syntax.pointwise import with_arguments
from derivtex.reading.syntax.raisedcalls import with_arguments_first, without_abbreviation
from derivtex.reading.syntax.raisedmembers import with_members_below
from derivtex.reading.syntax.respelling import with_signs, with_times
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Key, Parts, key
from derivtex.reading.syntax.updates import with_assignments, with_updates
from derivtex.reading.words.declaring import declaration
from derivtex.reading.words.descriptions import Description
from derivtex.reading.words.points import points_in_words
from derivtex.reading.words.sentences import word
from derivtex.reading.words.signs import sentence_on, signs_in_words


@once
def runs_in(document: Document) -> dict[str, Parts]:
    """The letters of which a formula of a document says how far they run."""
    return told_runs(each.tokens for each in document.formulas)


@once
def is_on_manifold(document: Document) -> bool:
    """Whether words speak of manifolds, where a `grad` is another one."""
    return any(word(document.items, at).startswith(("riemann", "manifold", "geodesic", "stiefel")) for at in range(len(document.items)))


def respelled(reading: Reading, found: list[Statement], heard: list[Declaration], declared: set[Key]) -> list[Statement]:
    """The statements in the usual spelling; what cannot be read is a fault, what was respelled is said. heard: what the words declare."""
    document = reading.document
    signs = {} if document.is_formula else signs_in_words(document)
    if signs:
        found, unread = with_signs(found, signs)
        reading.faults.extend(unread)
        reading.notes.extend(sentence_on(sign, what) for sign, what in signs.items())
    found = found if document.is_formula else with_called(with_operators(found, declared | reading.spoken), document)
    found = found if is_on_manifold(document) else with_named_operators(found, declared | reading.spoken)
    found, said = with_times(with_nablas(with_ones(found, heard), document.items))
    for spread in covariances(found):
        told = declaration(spread, Description("matrix", (), DEFINITE, 0), document.source)
        reading.declarations.extend([] if key(spread) in declared or told is None else [told])
    found, densities = with_densities(found)
    found, updated = with_updates(with_assignments(with_arguments_first([without_abbreviation(each) for each in found])))
    found, members = with_members_below(found)
    found, reading.labelled = with_labels_first(found)
    reading.labelled += marked_beside(found)
    reading.ends = ends_of_sums(found, runs_in(document), declared)
    reading.notes.extend((*said, *densities, *updated, *members))
    if reading.asserted:
        return with_arguments(with_operands(found))
    found = found if document.is_formula else with_entries_named(found, declared | {key(each.name) for each in heard})
    found, said = at_any_point(found)
    points = () if document.is_formula else points_in_words(document.items)
    reading.notes.extend((*said, *map(not_put_in, points)))
    return found
