"""/desk/figures: what is counted, and its numbers: a table is looked at first, then stored; later numbers stand over earlier ones."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries import figures as entries
from positions.followthrough import observation_files as files
from positions.followthrough import observing
from positions.followthrough.appending import Writer
from positions.followthrough.observation_files import Columns
from positions.followthrough.observations import Observed, Preview
from positions.followthrough.observing import Known, Origin
from positions.followthrough.queries import citable, figures
from positions.followthrough.vocabulary.figures import INDICATOR_WORDS, PART_WORDS, IndicatorKind, Part
from positions.followthrough_entries.grounds import Cited
from positions.load_document import checked
from positions.load_followthrough import grounds
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext, translated
from tracker.pages.desk import cited, entering, figure_axes
from tracker.pages.desk.facts import Facts
from tracker.rendering import page
from transcripts import guarded
from transcripts.errors import BadFile, Refusal
from transcripts.text import clean

bp = Blueprint("desk_figures", __name__, url_prefix="/desk/figures")

MOST_BYTES = 1_000_000
LONGEST = 300_000
"""Code points of a table that is looked at here: it travels with the form."""
TOO_LONG = "This table is longer than {most} characters. Divide it."
NO_TABLE = "Choose a file, or paste the table."
NO_COLUMNS = "Say which column holds the days, and which the numbers."
NO_PAIR = "Write a line each, as “Social contact = social”."
NOT_READ = "Some rows could not be read. Nothing was stored: mend them in the table below, or change the columns."
DECIMALS = ((".", "1,234.5"), (",", "1.234,5"))
SHOWN = 12


def _typed(session: Session, typed: Typed) -> Doc:
    belongs = citable.belongings(session)
    listed = figures.every(session)
    ratio = figure_axes.headline(typed)
    return {
        "kind": typed.one_of("kind", list(IndicatorKind)),
        "people": typed.ticked("people"),
        "part": typed.one_of("part", list(Part), needed=False),
        "part_of": typed.one_of("part_of", [one.slug for one in listed], needed=False),
        "program": typed.one_of("program", [slug for slug, _ in belongs.programs], needed=False),
        "commitment": typed.text("commitment", 120, needed=False) or None,
        **{name: entering.both(typed, name, needed=name in ("name", "unit")) for name in entries.TEXTS},
        "axes": figure_axes.read(typed),
        "headline": ratio,
        "fictional": typed.ticked("fictional"),
        "cited": cited.read(session, typed),
    }


def _values(doc: Doc) -> dict[str, object]:
    plain = {name: value for name, value in doc.items() if name not in ("cited", "axes", "headline")}
    return {**entering.values(plain), **cited.values(doc["cited"]), **figure_axes.values(doc)}


FACTS = Facts("figure", "desk_figures", _typed, _values, name="name", new_slug=entries.new_slug)


@bp.get("")
def index() -> Response:
    """Every figure, and the way to another."""
    with reading() as session:
        listed = figures.every(session)
    return page("desk/figures/index.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    return _new(Typed.of({"kind": IndicatorKind.SNAPSHOT_ACTIVE, "program": request.args.get("program", "")}), 200)


@bp.post("/new")
def create() -> Response:
    """A new figure."""
    return FACTS.make("make a figure", _new)


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One figure: its facts, a place for a table, and when numbers came."""
    return FACTS.show(slug, _one)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts."""
    return FACTS.change(slug, "change a figure", _one)


@bp.post("/<slug>/remove")
def remove(slug: str) -> Response:
    """Take a figure away of which there are no numbers."""
    return FACTS.remove(slug, "take a figure away", _one)


@bp.post("/<slug>/look")
def look(slug: str) -> Response:
    """What storing a table would do. Nothing is stored."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    with reading() as session:
        known = observing.known(session, slug)
    try:
        _bring(typed)
        typed.check()
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _looked(slug, typed, known, 422)
    return _looked(slug, typed, known, 200)


@bp.post("/<slug>/numbers")
def store(slug: str) -> Response:
    """Store the numbers of a table that was looked at, and keep how its columns were read."""
    request.max_content_length = MOST_BYTES
    typed = Typed.sent()
    with reading() as session:
        known = observing.known(session, slug)

    def work(session: Session) -> Done:
        typed.check()
        columns = _columns(typed, known, files.sheet(_pasted(typed)))
        if columns is None:
            raise Refusal(NO_COLUMNS)
        found = _found(typed, columns, known)
        digest = hashlib.sha256(typed["table"].encode()).hexdigest()
        name = typed.text("file_name", needed=False) or None
        rests = cited.read(session, typed, needed=False)
        typed.check()
        ground = grounds.columns(session, checked(Cited, rests)) if rests else None
        observing.record(session, slug, found, Origin(name, digest, ground, columns), Writer(signed_in().name))
        return Done(url_for(".show", slug=slug), f"figure/{slug}", name or "")

    return attempt(typed, "store numbers of a figure", work, lambda status: _looked(slug, typed, known, status))


def _bring(typed: Typed) -> None:
    """Put the file that was sent, where one was, in the place of what was pasted. It is read in the guarded child."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        typed.values["table"] = guarded.text(sent.read(), sent.filename, "csv")
        typed.values["file_name"] = clean(sent.filename)[:200]
    _pasted(typed)


def _pasted(typed: Typed) -> str:
    """The table as text. Raises Refusal where there is none, or too much."""
    if not typed["table"].strip():
        raise Refusal(NO_TABLE)
    if len(typed["table"]) > LONGEST:
        raise Refusal(TOO_LONG, most=LONGEST)
    return typed["table"]


def _columns(typed: Typed, known: Known, table: files.Sheet) -> Columns | None:
    """What the columns hold: as the form says; as they were kept, or are told by their headings, where it says nothing yet."""
    if not typed["when"]:
        return files.recognised(table, known.words, known.columns)
    names = [*table.names]
    pairs = [line.rpartition("=") for line in typed.rows("groups")]
    if not all(name.strip() and key.strip() for name, _, key in pairs):
        typed.fail("groups", NO_PAIR)
    by_day = {"day": True, "month": False}.get(typed["day_first"])
    columns = Columns(
        typed.one_of("when", names) or "",
        typed.one_of("until", names, needed=False),
        typed.one_of("value", names, needed=False),
        typed.one_of("axis", list(known.words.groups), needed=False),
        typed.one_of("group", names, needed=False),
        tuple((name.strip(), key.strip()) for name, _, key in pairs),
        typed.one_of("decimal", [mark for mark, _ in DECIMALS], needed=False) or ".",
        by_day,
    )
    typed.check()
    return columns


def _found(typed: Typed, columns: Columns, known: Known) -> Sequence[Observed]:
    """The numbers of the table. Raises BadFile with the line of the first row that cannot be read."""
    read = files.read(files.sheet(_pasted(typed)), columns, known.words)
    for problem in read.problems:
        raise BadFile.of(problem.said, problem.line)
    return read.found


def _looked(slug: str, typed: Typed, known: Known, status: int) -> Response:
    """The table with what it would do. Faults of rows stand beside it, each with its line."""
    planned: Preview | None = None
    problems: list[tuple[int | None, str]] = []
    names: tuple[str, ...] = ()
    try:
        table = files.sheet(_pasted(typed))
        names = table.names
        columns = _columns(typed, known, table)
        if columns is None:
            raise Refusal(NO_COLUMNS)
        _show(typed, columns)
        read = files.read(table, columns, known.words)
        with reading() as session:
            planned = observing.look(session, slug, read.found, Writer(signed_in().name))
        problems = [(one.line, translated(one.said)) for one in (*read.problems, *planned.problems)]
        refused = bool(read.problems or planned.refused)
        if refused and not typed.refusal:
            typed.refusal = gettext(NOT_READ)
    except Refusal as refusal:
        refused = True
        typed.refusal = typed.refusal or translated(refusal)
    with reading() as session:
        one = figures.by_slug(session, slug)[0]
        choices = citable.choices(session)
    return page(
        "desk/figures/look.html",
        status=status if status != 200 or not refused else 422,
        one=one,
        form=typed,
        names=names,
        known=known,
        planned=planned,
        refused=refused,
        problems=problems,
        decimals=DECIMALS,
        shown=SHOWN,
        grounds=choices,
    )


def _show(typed: Typed, columns: Columns) -> None:
    """The columns in the fields of the form, so that an editor can change them."""
    for name in ("when", "until", "value", "axis", "group", "decimal"):
        typed.values.setdefault(name, getattr(columns, name) or "")
    typed.values.setdefault("groups", "\n".join(f"{name} = {key}" for name, key in columns.groups))
    typed.values.setdefault("day_first", {True: "day", False: "month", None: ""}[columns.day_first])


def _choices(session: Session, slug: str | None) -> dict[str, Any]:
    return {
        "belongings": citable.belongings(session),
        "grounds": citable.choices(session),
        "kinds": [(str(kind), gettext(words)) for kind, words in INDICATOR_WORDS.items()],
        "parts": [(str(part), gettext(words)) for part, words in PART_WORDS.items()],
        "wholes": [(one.slug, one.name.en) for one in figures.every(session) if one.slug != slug and not one.part_of],
    }


def _new(typed: Typed, status: int) -> Response:
    with reading() as session:
        choices = _choices(session, None)
    return page("desk/figures/new.html", status=status, form=typed, **choices)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "figure", slug)
        one = figures.by_slug(session, slug)[0]
        batches = figures.batches(session, slug)
        choices = _choices(session, slug)
    return page(
        "desk/figures/show.html",
        status=status,
        one=one,
        batches=batches,
        numbers=Typed.of({}),
        **FACTS.form(doc, typed, status),
        **choices,
    )
