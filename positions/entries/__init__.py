"""What editors fill in, object by object, in the shape of a loaded file: read as held, written, taken away.

A form, `tracker load` and an undo write alike because all of them say what an object shall be, and the writers are the same.
"""

from collections.abc import Mapping

from positions.entries import (
    acts,
    commitments,
    documents,
    figures,
    forum_merging,
    forums,
    models,
    organisations,
    people,
    programs,
    race_merging,
    races,
    requests,
    statement_merging,
    statements,
    terms,
    topic_merging,
    topics,
)
from positions.entries.entry import Doc, Kind

KINDS: Mapping[str, Kind] = {
    "organisation": organisations.KIND,
    "person": people.KIND,
    "alias": people.ALIAS,
    "forum": forums.KIND,
    "forum_merge": forum_merging.KIND,
    "source": forums.SOURCE,
    "race": races.KIND,
    "race_merge": race_merging.KIND,
    "candidacy": races.CANDIDACY,
    "statement": statements.KIND,
    "statement_merge": statement_merging.KIND,
    "topic": topics.KIND,
    "topic_merge": topic_merging.KIND,
    "commitment": commitments.KIND,
    "figure": figures.KIND,
    "records_request": requests.KIND,
    "design": models.KIND,
    "program": programs.KIND,
    "document": documents.KIND,
    "act": acts.KIND,
    "term": terms.KIND,
}
"""Every kind of object by its name."""

__all__ = ["KINDS", "Doc", "Kind"]
