"""The numbers of a figure as a table to take away: a row a number. What is not shown on the page is not in the file."""

import csv
import io
from collections.abc import Iterator

from positions.followthrough.queries.figures import Seen, ShownFigure
from transcripts.formats.own_table import guarded

COLUMNS = ("figure", "kind", "unit", "from", "to", "breakdown", "group", "value", "note")
NOTE = {
    Seen.SHOWN: "",
    Seen.HIDDEN: "not shown: under five people, or a number that would tell of so few",
    Seen.SOURCE_HIDES: "not shown by the source",
}


def as_csv(one: ShownFigure) -> str:
    """The table under headings, no cell a formula, in the order of days; `from` is empty unless the figure counts periods."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(one):
        writer.writerow({name: guarded(value) for name, value in row.items()})
    return written.getvalue()


def as_json(one: ShownFigure) -> dict[str, object]:
    """The figure with the same rows; a number that is not shown is null and `note` says why."""
    rows = [{name: row[name] or None for name in COLUMNS[3:]} for row in _rows(one)]
    names = {"en": one.name.en, "es": one.name.es}
    return {"slug": one.slug, "name": names, "kind": str(one.kind), "unit": one.unit.en, "numbers": rows}


def _rows(one: ShownFigure) -> Iterator[dict[str, str]]:
    axes = {axis.key: (axis.name.en, {group.key: group.name.en for group in axis.groups}) for axis in one.axes}
    for value in one.values:
        axis, groups = axes.get(value.place.axis or "", ("", {}))
        yield {
            "figure": one.name.en,
            "kind": one.kind,
            "unit": one.unit.en,
            "from": value.when.starts.isoformat() if value.when.starts else "",
            "to": value.when.ends.isoformat(),
            "breakdown": axis,
            "group": groups.get(value.place.group or "", ""),
            "value": f"{value.number.normalize():f}" if value.number is not None else "",
            "note": NOTE[value.seen],
        }
