"""A folder of quotations as a table to take away: CSV and JSON, each row with all that is needed to check it."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from tracker import citing
from tracker.citing import Voice
from transcripts.citing import days
from transcripts.citing.citation import Citation
from transcripts.errors import NotFound
from transcripts.formats.own_table import guarded
from transcripts.queries.citations import Quoted
from transcripts.queries.folders import Folder, Kept

STATUS_WORDS = {
    "exact": "As it was when it was kept",
    "moved": "The same words; something round them was corrected",
    "needs_review": "Corrected since it was kept",
    "orphan": "These words are no longer there",
    "gone": "Removed",
    "lost": "Which words it pointed at can no longer be told.",
    "hidden": "May no longer be shown",
}
"""What became of words in a folder, as a table tells it."""

Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Taken:
    """One way to take a folder away: its media type and its writer."""

    media_type: str
    write: Callable[[Folder, Voice], str]


def rows(folder: Folder, by: Voice) -> list[Row]:
    """The quotations in their order; of those that are gone only what became of them."""
    return [_row(n, one, by) for n, one in enumerate(folder.quotes, start=1)]


def as_csv(folder: Folder, by: Voice) -> str:
    """A table under headings, no cell a formula."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(_row(0, Kept(0, "", None), by)), lineterminator="\r\n")
    writer.writeheader()
    for row in rows(folder, by):
        writer.writerow({name: guarded(str(value)) if value is not None else "" for name, value in row.items()})
    return written.getvalue()


def as_json(folder: Folder, by: Voice) -> str:
    """The folder with its quotations."""
    told = {
        "format": "said-and-done folder",
        "version": 1,
        "title": folder.title,
        "changed": folder.changed_at.isoformat(),
        "kept_until": folder.kept_until.isoformat(),
        "site": by.name,
        "accessed": by.today.isoformat(),
        "quotes": rows(folder, by),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


WAYS = {"csv": Taken("text/csv", as_csv), "json": Taken("application/json", as_json)}


def way(name: str) -> Taken:
    """The way of that name. Raises NotFound."""
    if name not in WAYS:
        raise NotFound("A folder can be had as CSV or as JSON.")
    return WAYS[name]


def _row(n: int, one: Kept, by: Voice) -> Row:
    found = one.quoted
    cited = citing.citation(found, by) if found and found.words else None
    return {
        "number": n,
        "words": cited.words if cited else None,
        "note": one.note or None,
        "status": by.translate(STATUS_WORDS[found.status if found else "hidden"]),
        **_said(found, cited, by),
    }


def _said(found: Quoted | None, cited: Citation | None, by: Voice) -> Row:
    asked = cited.question if cited else None
    return {
        "question": asked.words if asked else None,
        "asked_by": asked.by if asked else None,
        "speaker": cited.speaker if cited else None,
        "role": cited.role if cited else None,
        "forum": cited.forum if cited else None,
        "place": cited.place if cited else None,
        "date": cited.held_on.isoformat() if cited else None,
        "time": cited.clock if cited else None,
        "grade": cited.grade if cited else None,
        "warnings": " ".join(cited.notes) if cited and cited.notes else None,
        "quoted_by": cited.quoted_by if cited else None,
        "link": cited.permalink if cited else by.address(f"/turns/{found.turn.key}") if found else None,
        "all_answers": cited.answers_url if cited else None,
        "recording": cited.video if cited else None,
        "accessed": days.full(by.today, by.lang),
    }
