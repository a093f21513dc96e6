"""/desk/people: people, the other names they go by, and two who turn out to be one."""

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import people as entries
from tracker import edits, people
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.i18n import current_language
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page
from transcripts.amending import Reason
from transcripts.errors import NotFound
from transcripts.queries import aliases, forums
from transcripts.queries import people as known_people
from transcripts.text import fold

bp = Blueprint("people", __name__, url_prefix="/desk")

KNOWN = "Somebody of this name is known already. Tick the box below if this is somebody else."


@bp.get("/people")
def index() -> Response:
    """Everybody, or those whose names hold some words."""
    return _index(Typed.of({}), 200)


@bp.post("/people")
def create() -> Response:
    """Somebody new; a name that is known already must be said to be somebody else's."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        name = typed.text("name")
        sort = typed.text("sort_name", needed=False)
        if known_people.called(session, name) and not typed.ticked("another"):
            typed.fail("name", KNOWN)
        typed.check()
        slug = entries.new_slug(session, name)
        doc = {"slug": slug, "name": name, "sort_name": sort or entries.sort_name(name)}
        return _of(slug, [Change("person", slug, doc)])

    return entering.enter(typed, "make a person", make, lambda status: _index(typed, status))


@bp.get("/people/<slug>")
def show(slug: str) -> Response:
    """One person: name, other names, merging."""
    with reading() as session:
        doc = edits.held(session, "person", slug)
    return _one(slug, Typed.of(entering.values(doc)), Typed.of({}), 200)


@bp.post("/people/<slug>")
def change(slug: str) -> Response:
    """Another name, or another place in the register."""
    typed = Typed.sent()

    def make(_: Session) -> Entered:
        doc = {"slug": slug, "name": typed.text("name"), "sort_name": typed.text("sort_name")}
        return _of(slug, [Change("person", slug, doc)])

    return entering.enter(typed, "change a person", make, lambda status: _one(slug, typed, Typed.of({}), status))


@bp.post("/people/<slug>/names")
def add_name(slug: str) -> Response:
    """A name this person also goes by, everywhere or at one forum, always or between two days."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "person", slug)
        alias = typed.text("alias")
        forum = typed.one_of("forum", [one.forum.slug for one in forums.every(session)], needed=False)
        first, last = typed.day("valid_from", needed=False), typed.day("valid_to", needed=False)
        typed.check()
        doc = {"person": slug, "alias": alias, "forum": forum or ""}
        return _of(slug, [Change("alias", entries.alias_key(slug, alias, forum, first, last), doc)])

    def again(status: int) -> Response:
        with reading() as session:
            doc = edits.held(session, "person", slug)
        return _one(slug, Typed.of(entering.values(doc)), typed, status)

    return entering.enter(typed, "add a name", make, again)


@bp.post("/people/<slug>/names/<int:id>/remove")
def remove_name(slug: str, id: int) -> Response:
    """A name they do not go by."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        found = [one for one in aliases.of_person(session, slug) if one.id == id]
        if not found:
            raise NotFound("There is no such name any more.")
        one = found[0]
        key = entries.alias_key(slug, one.alias, one.forum_slug, one.valid_from, one.valid_to)
        return _of(slug, [Change("alias", key, None)])

    return entering.enter(typed, "remove a name", make, lambda status: _again(slug, status))


@bp.post("/people/<slug>/merge")
def merge(slug: str) -> Response:
    """Two people who are one: everything of this one becomes the other's, at once or once a second editor agrees."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        into = typed.text("into", 120)
        reason = _reason(typed)
        proposed = people.merge(session, slug, into, reason)
        place = url_for(".show", slug=into) if proposed is None else url_for("proposals.show")
        return Done(place, f"person/{slug}", f"into {into}: {reason.why}")

    return attempt(typed, "merge people", work, lambda status: _merging(slug, typed, status))


@bp.get("/people/<slug>/merge")
def merging(slug: str) -> Response:
    """Which other one this is, and what merging the two would move."""
    return _merging(slug, Typed.of({"into": request.args.get("into", "")}), 200)


@bp.post("/merges/<int:id>/undo")
def unmerge(id: int) -> Response:
    """Separate two people again."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        reason = _reason(typed)
        proposed = people.unmerge(session, id, reason)
        place = url_for(".merges") if proposed is None else url_for("proposals.show")
        return Done(place, f"merge {id}", reason.why)

    return attempt(typed, "separate people", work, lambda status: _merged(id, typed, status))


@bp.get("/merges")
def merges() -> Response:
    """Who was merged into whom."""
    with reading() as session:
        told = known_people.merges(session)
    return page("desk/people/merges.html", merges=told)


@bp.get("/merges/<int:id>")
def merged(id: int) -> Response:
    """One merging, and the way back."""
    return _merged(id, Typed.of({}), 200)


def _reason(typed: Typed) -> Reason:
    why = typed.text("why", 500)
    typed.check()
    return Reason(why, signed_in().name)


def _of(slug: str, changes: list[Change]) -> Entered:
    return Entered(url_for(".show", slug=slug), f"person/{slug}", changes)


def _again(slug: str, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "person", slug)
    return _one(slug, Typed.of(entering.values(doc)), Typed.of({}), status)


def _index(typed: Typed, status: int) -> Response:
    words = " ".join((request.args.get("q") or "").split())[:100]
    with reading() as session:
        listed = [one for one in known_people.every(session) if fold(words) in one.folded]
    return page("desk/people/index.html", status=status, listed=listed, form=typed, q=words)


def _one(slug: str, form: Typed, naming: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "person", slug)
        names = aliases.of_person(session, slug)
        listed = forums.every(session)
    return page(
        "desk/people/show.html",
        status=status,
        slug=slug,
        form=form,
        naming=naming,
        names=names,
        forums=[(one.forum.slug, one.forum.title.within(current_language())) for one in listed],
        version=entering.seen(form, doc, status),
        meeting=entering.meeting(form, entering.values(doc), status),
    )


def _merging(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "person", slug)
        everybody = known_people.every(session)
        others = [(one.slug, f"{one.sort_name} ({one.slug})") for one in everybody if one.slug != slug]
        preview = people.preview_merge(session, slug, typed["into"]) if typed["into"] in dict(others) else None
    return page(
        "desk/people/merge.html",
        status=status,
        slug=slug,
        name=doc["name"],
        merge=typed,
        preview=preview,
        others=others,
    )


def _merged(id: int, typed: Typed, status: int) -> Response:
    with reading() as session:
        found = [one for one in known_people.merges(session) if one.id == id]
        rest = people.unmerge_preview(session, id).positions
    return page("desk/people/merged.html", status=status, one=found[0], form=typed, rest=rest)
