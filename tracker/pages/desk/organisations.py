"""/desk/organisations: who organises, hosts, publishes; two found to be one are merged."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc, organisations
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page
from transcripts.queries import organisations as bodies

bp = Blueprint("organisations", __name__, url_prefix="/desk/organisations")


@bp.get("")
def index() -> Response:
    """Every organisation, and a form for another."""
    return _index(Typed.of({}), 200)


@bp.post("")
def create() -> Response:
    """A new organisation."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc = _typed(typed)
        typed.check()
        slug = organisations.new_slug(session, doc["name"])
        return _of(slug, [Change("organisation", slug, {**doc, "slug": slug})])

    return entering.enter(typed, "make an organisation", make, lambda status: _index(typed, status))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One organisation."""
    with reading() as session:
        doc = edits.held(session, "organisation", slug)
    return _one(slug, Typed.of(entering.values(doc)), 200)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts of an organisation."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = edits.held(session, "organisation", slug)
        return _of(slug, [Change("organisation", slug, {**present, **_typed(typed)})])

    return entering.enter(typed, "change an organisation", make, lambda status: _one(slug, typed, status))


@bp.post("/<slug>/merge")
def merge(slug: str) -> Response:
    """Give everything this one was to another and take it away."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        kept = typed.one_of("into", [body.slug for body in bodies.every(session)]) or ""
        typed.check()
        gone, stays = organisations.merged(session, slug, kept)
        changes = [Change("organisation", gone["slug"], None), Change("organisation", kept, stays)]
        return _of(kept, changes)

    return entering.enter(typed, "merge organisations", make, lambda status: _merging(slug, typed, status), why=True)


@bp.get("/<slug>/merge")
def merging(slug: str) -> Response:
    """Which other one this is, and what merging the two would change."""
    return _merging(slug, Typed.of({"into": request.args.get("into", "")}), 200)


def _of(slug: str, changes: list[Change]) -> Entered:
    return Entered(url_for(".show", slug=slug), f"organisation/{slug}", changes)


def _typed(typed: Typed) -> Doc:
    return {
        "name": typed.text("name"),
        "url": typed.address("url"),
        "interest": entering.both(typed, "interest", needed=False),
    }


def _index(typed: Typed, status: int) -> Response:
    with reading() as session:
        listed = bodies.every(session)
    return page("desk/organisations/index.html", status=status, listed=listed, form=typed)


def _one(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "organisation", slug)
        listed = bodies.every(session)
    return page(
        "desk/organisations/show.html",
        status=status,
        slug=slug,
        organisation=next(body for body in listed if body.slug == slug),
        form=typed,
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, entering.values(doc), status),
    )


def _merging(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "organisation", slug)
        others = [(body.slug, body.name) for body in bodies.every(session) if body.slug != slug]
        known = typed["into"] in dict(others)
        preview = organisations.merged(session, slug, typed["into"]) if known else None
    return page(
        "desk/organisations/merge.html",
        status=status,
        slug=slug,
        name=doc["name"],
        merge=typed,
        preview=preview,
        others=others,
    )
