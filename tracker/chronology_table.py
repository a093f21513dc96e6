"""The topics of one person over time as a table to take away: a line for each topic at each forum."""

import csv
import io
from collections.abc import Callable, Iterator

from positions.queries.chronology import Chronology
from tracker.wording import grade_words
from transcripts.formats.own_table import guarded

COLUMNS = ("speaker", "topic", "forum", "date", "passages", "of", "grade", "first", "latest")


def as_csv(held: Chronology, address: Callable[[str], str]) -> str:
    """The table under headings, no cell a formula; `address` makes a whole address of a path of this site.

    `of` counts everything they said at that forum that is on record; `first` and `latest` are addresses of words.
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(held, address):
        writer.writerow({name: guarded(value) for name, value in row.items()})
    return written.getvalue()


def rows(held: Chronology, address: Callable[[str], str]) -> Iterator[dict[str, str]]:
    """The lines, topic by topic as the tree has them, in the order of time."""
    for told in held.topics:
        for at in told.strand.at:
            forum, first, latest = held.forums[at.forum], held.words[at.first], held.words[at.latest]
            yield {
                "speaker": held.person.name,
                "topic": told.name.en,
                "forum": forum.title.en,
                "date": forum.held_on.isoformat(),
                "passages": str(at.passages),
                "of": str(held.heard[at.forum]),
                "grade": grade_words(first.record.grade, first.record.source_name),
                "first": address(f"/turns/{first.key}"),
                "latest": address(f"/turns/{latest.key}"),
            }
