"""/desk/races: races, and who stands in them."""

from itertools import zip_longest

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.coding.publishing import RULE_WORDS
from positions.entries import Doc, people, races
from positions.queries import contests
from tracker import edits
from tracker.accounts import audit
from tracker.accounts.admission import signed_in
from tracker.config import Config
from tracker.db import Database, reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.freezing import guard
from tracker.i18n import gettext, translated
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.replying import replies
from tracker.site import read as site_facts
from transcripts import enrolling, roster
from transcripts.enrolling import Enrolled
from transcripts.errors import BadFile, Conflict, NotFound, Refusal
from transcripts.queries import forums
from transcripts.queries import people as queried

bp = Blueprint("desk_races", __name__, url_prefix="/desk/races")
bp.before_request(lead_on(slug="race"))

STATUS_WORDS = {
    "filed": "Has filed papers",
    "qualified": "Is on the ballot",
    "withdrawn": "Withdrew",
    "write_in": "Write-in",
}
"""How somebody stands."""

PROFILE_WORDS = {
    "comparison": "Positions, match and quiz too",
    "verbatim_guide": "The candidates’ own words only: nothing that judges or ranks",
}
"""What readers see of a race (`positions.profiles`)."""

NEW = "new"
"""The answer that a name is nobody's we know."""

SAME_NAME = "Somebody of this name, or of one like it, is known already: say who it is."
SENTENCES = "The Spanish of a sentence stands on the same line as the English one."


@bp.get("")
def index() -> Response:
    """Every race."""
    with reading() as session:
        listed = contests.every(session)
    return page("desk/races/index.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """An empty form."""
    with reading() as session:
        told = site_facts(session)
    return _new(
        Typed.of(
            {
                "zone": told.zone or current_app.config["TRACKER"].zone,
                "place": told.place,
                "profile": current_app.config["TRACKER"].profile,
            }
        ),
        200,
    )


@bp.post("/new")
def create() -> Response:
    """A new race."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        doc = {"profile": current_app.config["TRACKER"].profile, **_typed(typed)}
        typed.check()
        slug = races.new_slug(session, doc["title"]["en"], int(doc["election_date"][:4]))
        return Entered(url_for(".show", slug=slug), f"race/{slug}", [Change("race", slug, {**doc, "slug": slug})])

    return entering.enter(typed, "make a race", make, lambda status: _new(typed, status))


@bp.get("/<slug>")
def show(slug: str) -> Response:
    """One race: its facts, its candidates, the forums it belongs to."""
    with reading() as session:
        doc = edits.held(session, "race", slug)
    return _race(slug, Typed.of(_values(doc)), Typed.of({}), 200)


@bp.post("/<slug>")
def change(slug: str) -> Response:
    """Other facts of a race."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        present = edits.held(session, "race", slug)
        doc = {**present, **_typed(typed), "forums": typed.all("forums")}
        return Entered(url_for(".show", slug=slug), f"race/{slug}", [Change("race", slug, doc)])

    return entering.enter(typed, "change a race", make, lambda status: _race(slug, typed, Typed.of({}), status))


@bp.post("/<slug>/candidates")
def stand(slug: str) -> Response:
    """Candidates pasted one name a line, the party in brackets; somebody known by name is asked for, never guessed."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "race", slug)
        changes = _pasted(session, slug, typed)
        return Entered(f"{url_for('.show', slug=slug)}#candidates", f"race/{slug}", changes)

    def again(status: int) -> Response:
        with reading() as session:
            doc = edits.held(session, "race", slug)
        return _race(slug, Typed.of(_values(doc)), typed, status)

    return entering.enter(typed, "add candidates", make, again)


@bp.get("/<slug>/candidates/<person>")
def candidate(slug: str, person: str) -> Response:
    """One candidacy."""
    with reading() as session:
        doc = edits.held(session, "candidacy", f"{slug}/{person}")
    return _candidate(slug, person, Typed.of(entering.values(doc)), 200)


@bp.post("/<slug>/candidates/<person>")
def change_candidate(slug: str, person: str) -> Response:
    """Other facts of a candidacy."""
    typed = Typed.sent()

    def make(_: Session) -> Entered:
        doc = {
            "person": person,
            "ballot_name": typed.text("ballot_name"),
            "party": entering.both(typed, "party", 200, needed=False),
            "incumbent": typed.ticked("incumbent"),
            "status": typed.one_of("status", STATUS_WORDS),
            "ballot_position": typed.whole("ballot_position", 1, 1000, needed=False),
        }
        return _of_race(slug, Change("candidacy", f"{slug}/{person}", doc))

    return entering.enter(typed, "change a candidate", make, lambda status: _candidate(slug, person, typed, status))


@bp.post("/<slug>/candidates/<person>/remove")
def remove_candidate(slug: str, person: str) -> Response:
    """Somebody who does not stand here."""
    typed = Typed.sent()

    def make(session: Session) -> Entered:
        edits.held(session, "candidacy", f"{slug}/{person}")
        return _of_race(slug, Change("candidacy", f"{slug}/{person}", None))

    return entering.enter(typed, "remove a candidate", make, lambda status: _candidate(slug, person, typed, status))


@bp.post("/<slug>/candidates/<person>/invite")
def invite(slug: str, person: str) -> Response:
    """Make the link with which a candidate replies, and show it this once."""
    typed, who = Typed.sent(), signed_in()
    database: Database = current_app.extensions["database"]
    try:
        with database.write() as session:
            verified = typed.text("verified", 500)
            edits.held(session, "candidacy", f"{slug}/{person}")
            typed.check()
            guard.acts(session, guard.Acting(who.name, "invite a candidate to reply", who.id))
            secret = replies.invite(session, slug, person, verified, who.name)
            audit.note(session, (who.id, who.name), "invite a candidate to reply", f"race/{slug}", person)
    except NotFound:
        raise
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _candidate(slug, person, typed, 409 if isinstance(refusal, Conflict) else 422)
    return _candidate(slug, person, Typed.of({}), 201, secret)


def _of_race(slug: str, change: Change) -> Entered:
    return Entered(f"{url_for('.show', slug=slug)}#candidates", f"race/{slug}", [change])


def _typed(typed: Typed) -> Doc:
    """The facts of a race as typed."""
    day = typed.day("election_date")
    profile = typed.one_of("profile", PROFILE_WORDS, needed=False)
    return {
        "title": entering.both(typed, "title", 200),
        "office": entering.both(typed, "office", 200),
        "place": typed.text("place"),
        "zone": typed.text("zone", 64),
        "election_date": day.isoformat() if day else None,
        "freeze_days": typed.whole("freeze_days", 0, 365, needed=False),
        **_coding_rule(typed),
        "fictional": typed.ticked("fictional"),
        **({"profile": profile} if profile else {}),
        "decides": _sentences(typed),
    }


def _coding_rule(typed: Typed) -> Doc:
    """How many people stand behind a position; a form that does not ask leaves it as it is."""
    rule = typed.one_of("coding_rule", tuple(RULE_WORDS), needed=False)
    return {"coding_rule": rule} if rule else {}


def _sentences(typed: Typed) -> list[Doc]:
    """What the office decides, a sentence a line; the Spanish of a sentence stands on the line of the same number."""
    lines = [[line.strip() for line in typed[f"decides_{lang}"].split("\n")] for lang in ("en", "es")]
    pairs = [(en, es) for en, es in zip_longest(*lines, fillvalue="") if en or es]
    if any(not en for en, _ in pairs):
        typed.fail("decides_es", SENTENCES)
    return [{"en": en, "es": es or None} for en, es in pairs]


def _values(doc: Doc) -> dict[str, str]:
    """A race as the fields of its form."""
    sentences = {
        f"decides_{lang}": "\n".join(one[lang] or "" for one in doc["decides"]).rstrip() for lang in ("en", "es")
    }
    return entering.values({name: value for name, value in doc.items() if name != "decides"}) | sentences


def _pasted(session: Session, slug: str, typed: Typed) -> list[Change]:
    """The people and candidacies of a pasted list; a name like somebody's we know needs an answer in `who-<line>`."""
    changes: list[Change] = []
    given: tuple[str, ...] = ()
    for one, maybe in _compared(session, typed):
        line = one.line
        who = typed.one_of(f"who-{line.line}", [*maybe, NEW], needed=False) if maybe else NEW
        if not who:
            typed.fail("names", SAME_NAME)
            continue
        if who == NEW:
            who = people.new_slug(session, line.name, given)
            given = (*given, who)
            person = {"slug": who, "name": line.name, "sort_name": people.sort_name(line.name)}
            changes.append(Change("person", who, person))
        said = {"person": who, "ballot_name": line.name, "incumbent": line.incumbent, "party": _party(line.party)}
        changes.append(Change("candidacy", f"{slug}/{who}", said))
    return changes


def _compared(session: Session, typed: Typed) -> list[tuple[Enrolled, dict[str, str]]]:
    """Each pasted name with the people it may be, by slug in words; what is no list of names is noted beside the field."""
    try:
        lines = roster.pasted(typed["names"])
    except BadFile as bad:
        typed.errors.setdefault("names", translated(bad))
        return []
    found = enrolling.compare(session, lines, {})
    known = {one.slug: one for one in queried.every(session)}
    return [(one, {slug: f"{known[slug].name} ({slug})" for slug in _maybe(one)}) for one in found]


def _maybe(one: Enrolled) -> list[str]:
    return [one.slug] if one.slug else [slug for slug, _, _ in one.maybe]


def _party(told: str | None) -> Doc | None:
    """The party of a pasted name, in both languages where a stroke stands between them: (Greens / Verdes)."""
    en, _, es = (part.strip() for part in (told or "").partition(" / "))
    return {"en": en, "es": es or None} if en else None


def _new(form: Typed, status: int) -> Response:
    return page("desk/races/new.html", status=status, form=form, profiles=_profiles())


def _profiles() -> list[tuple[str, str]]:
    return [(profile, gettext(words)) for profile, words in PROFILE_WORDS.items()]


def _race(slug: str, form: Typed, pasted: Typed, status: int) -> Response:
    with reading() as session:
        doc = edits.held(session, "race", slug)
        standing = races.candidacies(session, slug)
        listed = forums.every(session)
        asked = _asked(session, pasted)
    return page(
        "desk/races/show.html",
        status=status,
        slug=slug,
        race=doc,
        form=form,
        profiles=_profiles(),
        pasted=pasted,
        asked=asked,
        standing=standing,
        status_words=STATUS_WORDS,
        forums=listed,
        linked=form.all("forums") if "title_en" in request.form else doc["forums"],
        version=entering.seen(form, doc, status),
        meeting=entering.meeting(form, _values(doc), status),
    )


def _asked(session: Session, pasted: Typed) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(field, name, people it may be and "somebody else") for each pasted name that is like a known one."""
    compared = _compared(session, pasted) if pasted["names"] else []
    return [
        (f"who-{one.line.line}", one.line.name, [*maybe.items(), (NEW, gettext("Somebody else"))])
        for one, maybe in compared
        if maybe
    ]


def _candidate(slug: str, person: str, typed: Typed, status: int, secret: str | None = None) -> Response:
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        race = edits.held(session, "race", slug)
        doc = edits.held(session, "candidacy", f"{slug}/{person}")
    asked = "verified" in typed.values
    if secret or asked:
        typed.values.update(entering.values(doc))
    return page(
        "desk/races/candidate.html",
        status=status,
        slug=slug,
        person=person,
        race=race,
        candidacy=doc,
        form=typed,
        link=f"{config.site_url}{url_for('replies.show', secret=secret)}" if secret else None,
        invited=typed if asked else Typed.of({}),
        statuses=[(code, gettext(words)) for code, words in STATUS_WORDS.items()],
        version=entering.seen(typed, doc, status),
        meeting=entering.meeting(typed, entering.values(doc), status),
    )
