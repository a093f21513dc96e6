"""/figures: what is counted of a program, one figure alone with its numbers, and the same as a table to take away (docs/figures.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from positions.followthrough.charting import Plot, plot
from positions.followthrough.figures import MIXING_WORDS, may_draw, may_draw_together
from positions.followthrough.queries import figures
from positions.followthrough.queries.figures import Axis, Group, Seen, ShownFigure, Value
from tracker import figure_table
from tracker.db import reading
from tracker.i18n import current_language, gettext, number
from tracker.rendering import page

bp = Blueprint("figures", __name__, url_prefix="/figures")

SEEN_WORDS = {Seen.HIDDEN: "Not shown", Seen.SOURCE_HIDES: "The source does not show it"}
NOT_SHOWN = (
    "A number of people under five is not shown, nor any that would let one be worked out: of each breakdown at least two "
    "numbers are left out then, and a figure since the beginning moves when five more have come."
)


@dataclass(frozen=True)
class Column:
    """One series of a table: its heading and its number at each moment, None where there is none."""

    name: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True)
class Table:
    """The numbers a page shows: the moments, the latest first, and a column a series; `drawn` is the same as a chart."""

    moments: tuple[Value, ...]
    columns: tuple[Column, ...]
    drawn: Plot | None
    undrawn: str | None = None


@bp.get("")
def index() -> Response:
    """Every figure, under its program."""
    with reading() as session:
        listed = figures.every(session)
    return page("figures/index.html", groups=_by_program(listed))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One figure: what it counts, its latest number, the ratio told first, one breakdown, or another figure beside it."""
    with reading() as session:
        one, beside = figures.with_others(session, slug)
    axis = one.axis(request.args.get("by"))
    other = next((figure for figure in beside if figure.slug == request.args.get("with")), None)
    refused = may_draw_together(one.line(), other.line()) if other else None
    shown = _table(_series(one, axis) if other is None or refused else _pair(one, other), one)
    return page(
        "figures/show.html",
        one=one,
        axis=axis,
        other=other,
        refused=refused,
        table=shown,
        bars=_bars(one, axis) if axis else None,
        beside=[(figure, may_draw_together(one.line(), figure.line())) for figure in beside],
        parts=_parts(one, beside),
        rules={code: gettext(words) for code, words in MIXING_WORDS.items()},
        why=gettext(NOT_SHOWN),
    )


@bp.get("/<slug>.csv")
def table(slug: str) -> Response:
    """Every number that may be seen, a row each."""
    with reading() as session:
        one = figures.by_slug(session, slug)[0]
    response = make_response(figure_table.as_csv(one))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{one.slug}.csv"'
    return response


def said(value: Value | None) -> str:
    """A number as a page prints it: in words where it is not shown, a dash where there is none."""
    if value is None:
        return "–"
    return number(value.number) if value.number is not None else gettext(SEEN_WORDS[value.seen])


def _by_program(listed: Sequence[ShownFigure]) -> list[tuple[ShownFigure, list[ShownFigure]]]:
    """Figures by their program, each group with one that names it."""
    found: dict[str, list[ShownFigure]] = {}
    for one in listed:
        found.setdefault(one.program.slug if one.program else "", []).append(one)
    return [(group[0], group) for group in found.values()]


def _series(one: ShownFigure, axis: Axis | None) -> list[tuple[str, ShownFigure, tuple[Value, ...]]]:
    if axis is None:
        return [(one.unit.within(current_language()), one, one.totals)]
    return [(_name(group), one, one.series(axis.key, group.key)) for group in axis.groups]


def _pair(one: ShownFigure, other: ShownFigure) -> list[tuple[str, ShownFigure, tuple[Value, ...]]]:
    return [(figure.name.within(current_language()), figure, figure.totals) for figure in (one, other)]


def _table(series: Sequence[tuple[str, ShownFigure, tuple[Value, ...]]], one: ShownFigure) -> Table:
    """The series as a table by moment and, where their moments allow it, as a chart."""
    moments = {value.when: value for _, _, values in series for value in values}
    ordered = sorted(moments.values(), key=lambda value: (value.when.ends, value.when.begins))
    columns = []
    for name, _, values in series:
        held = {value.when: value for value in values}
        columns.append(Column(name, tuple(held.get(value.when) for value in reversed(ordered))))
    whys = [may_draw(figure.line()) for _, figure, _ in series]
    why = next((each for each in whys if each is not None), None)
    drawn = None
    if why is None and len(ordered) > 1:
        drawn = plot([[(value.when.ends, value.number) for value in values] for _, _, values in series])
    return Table(tuple(reversed(ordered)), tuple(columns), drawn, gettext(MIXING_WORDS[why]) if why else None)


def _bars(one: ShownFigure, axis: Axis) -> Mapping[str, object] | None:
    """The latest moment of a breakdown as bars; None where it holds no number."""
    row = one.row(axis.key)
    shown = [value.number for value in row.values() if value.number is not None]
    if not row:
        return None
    most = max(shown, default=Decimal(1)) or Decimal(1)
    bars = [
        {"name": _name(group), "share": float((row[group.key].number or 0) / most), "printed": said(row[group.key])}
        for group in axis.groups
        if group.key in row
    ]
    return {"when": next(iter(row.values())).when, "bars": bars}


def _parts(one: ShownFigure, beside: Sequence[ShownFigure]) -> list[ShownFigure]:
    """What was there before and what the program added, of one unit and kind, where this figure is one of the two."""
    if one.part is None:
        return []
    like = [figure for figure in beside if figure.part and (figure.kind, figure.unit.en) == (one.kind, one.unit.en)]
    return sorted([one, *like], key=lambda figure: (figure.part != "baseline", figure.slug)) if like else []


def _name(group: Group) -> str:
    return group.name.within(current_language())
