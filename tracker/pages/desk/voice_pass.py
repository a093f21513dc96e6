"""/desk/forums/<slug>/listen: somebody listens and says who speaks; the run sheet; the times of another source."""

from urllib.parse import parse_qs

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import reanchoring
from positions.queries import names
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import translated
from tracker.pages.leading_on import lead_on
from tracker.rendering import page
from tracker.security import allow
from transcripts import aliases, run_sheets, runsheet, voicing
from transcripts.addresses import parts_of
from transcripts.errors import NotFound, Refusal
from transcripts.queries import forums, voice_pass
from transcripts.queries.forums import ForumView
from transcripts.queries.voice_pass import Voice
from transcripts.vocabulary import Role

bp = Blueprint("listen", __name__, url_prefix="/desk/forums/<slug>/listen")
bp.before_request(lead_on(slug="forum"))

NOBODY = "0"
WINDOW = 30
"""How many blocks a page holds."""
KEYS = 9
NOTHING = "There is no transcript of this forum yet. Import its captions first."
PLAYER = "https://www.youtube-nocookie.com"
YOUTUBE = ("youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com")


@bp.get("")
def show(slug: str) -> Response:
    """A window of blocks, from `start` on, or from where the last mark stands."""
    return _pass(slug, Typed.of({"name": "", "role": Role.CANDIDATE}), 200)


@bp.post("/voices")
def voice(slug: str) -> Response:
    """Add a voice that can be chosen by key."""
    typed, forum_id = Typed.sent(), _forum(slug).line.id

    def work(session: Session) -> Done:
        name, role = typed.text("name", 120), typed.one_of("role", list(Role))
        typed.check()
        voicing.add_voice(session, forum_id, name, Role(role or Role.UNKNOWN))
        return Done(_here(slug, typed), f"forum {slug}", name)

    return attempt(typed, "add a voice", work, lambda status: _pass(slug, typed, status))


@bp.post("/marks")
def mark(slug: str) -> Response:
    """Who speaks from a block on (or in it alone), from a word of it, heard at a moment."""
    typed, forum_id = Typed.sent(), _forum(slug).line.id

    def work(session: Session) -> Done:
        version = typed.whole(VERSION, 1)
        at, ms = typed.whole("at", 0, needed=False), typed.whole("ms", 0, 1_800_000_000, needed=False)
        typed.check()
        only = typed.ticked("only")
        voicing.mark(
            session,
            typed["key"].upper(),
            version or 0,
            _chosen(session, forum_id, typed["speaker"]),
            signed_in().name,
            at=at or 0,
            ms=ms,
            only=only,
        )
        reanchoring.reanchor(session, forum_id)
        return Done(_here(slug, typed), f"forum {slug}", typed["key"])

    return attempt(typed, "say who speaks", work, lambda status: _pass(slug, typed, status))


@bp.post("/confirm")
def confirm(slug: str) -> Response:
    """Agree to what the run sheet proposes for the ticked blocks."""
    typed = Typed.sent()
    _forum(slug)

    def work(session: Session) -> Done:
        chosen = [one.partition(":") for one in typed.all("block")]
        if any(not version.isdecimal() or len(version) > 9 for _, _, version in chosen):
            raise Refusal("Tick the blocks whose proposal is right.")
        n = voicing.confirm(session, [(key.upper(), int(version)) for key, _, version in chosen], signed_in().name)
        return Done(_here(slug, typed), f"forum {slug}", f"{n} blocks")

    return attempt(typed, "agree to proposed voices", work, lambda status: _pass(slug, typed, status))


@bp.post("/undo")
def undo(slug: str) -> Response:
    """Take back the last mark."""
    typed, forum_id = Typed.sent(), _forum(slug).line.id

    def work(session: Session) -> Done:
        voicing.undo(session, forum_id, signed_in().name)
        reanchoring.reanchor(session, forum_id)
        return Done(_here(slug, typed), f"forum {slug}")

    return attempt(typed, "take back a mark", work, lambda status: _pass(slug, typed, status))


@bp.get("/sheet")
def sheet(slug: str) -> Response:
    """The form for a run sheet: questions and speaking order."""
    return _sheet(slug, Typed.of({"questions": "", "order": ""}), 200)


@bp.post("/sheet/look")
def look(slug: str) -> Response:
    """Where the questions are found, and whose answers would be proposed; nothing is stored."""
    typed = Typed.sent()
    try:
        return _sheet(slug, typed, 200, look=True)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _sheet(slug, typed, 422)


@bp.post("/sheet")
def keep(slug: str) -> Response:
    """Make questions of those ticked, and keep who may have answered as proposals."""
    typed, forum = Typed.sent(), _forum(slug)

    def work(session: Session) -> Done:
        record_id = _record(session, forum.line.id)
        known = {one.name: one.value for one in _voices(session, forum)}
        found = _look(session, record_id, typed, list(known))
        named = {answer.name for said in found.said for answer in said.answers}
        speakers = {name: _chosen(session, forum.line.id, known[name]) or 0 for name in known if name in named}
        asks = _chosen(session, forum.line.id, typed["asks"])
        ticked = [int(one) for one in typed.all("question") if one.isdecimal() and len(one) < 6]
        asked, proposed = run_sheets.keep(session, found, ticked, speakers, asks, signed_in().name)
        reanchoring.reanchor(session, forum.line.id)
        return Done(url_for("listen.show", slug=slug), f"forum {slug}", f"{asked} questions, {proposed} proposals")

    return attempt(typed, "keep a run sheet", work, lambda status: _sheet(slug, typed, status))


def _forum(slug: str) -> ForumView:
    with reading() as session:
        return forums.by_slug(session, slug)


def _record(session: Session, forum_id: int) -> int:
    record_id = voice_pass.record_of(session, forum_id)
    if record_id is None:
        raise NotFound(NOTHING)
    return record_id


def _look(session: Session, record_id: int, typed: Typed, names: list[str]) -> run_sheets.Sheet:
    asked = runsheet.questions(typed["questions"])
    return run_sheets.look(session, record_id, asked, runsheet.orders(typed["order"], names, len(asked)))


def _voices(session: Session, forum: ForumView) -> list[Voice]:
    """Who can be chosen: the forum's voices, and the candidates of its races who have not been heard yet."""
    held = voice_pass.voices(session, forum.line.id)
    heard = {one.person for one in held}
    standing = names.candidates(session, names.races_heard_at(forum.line.slug))
    return [*held, *(Voice(slug, name, Role.CANDIDATE, slug) for slug, name in standing if slug not in heard)]


def _chosen(session: Session, forum_id: int, value: str) -> int | None:
    """The voice somebody chose; a candidate who had none at this forum has one now. None for nobody."""
    if not value or value == NOBODY:
        return None
    if value.isdecimal():
        return int(value[:9])
    person = aliases.person(session, value)
    return voicing.add_voice(session, forum_id, person.name, Role.CANDIDATE, person.id)


def _here(slug: str, typed: Typed) -> str:
    """The window the editor was in."""
    start = typed["start"]
    anchor = f"b-{typed['next']}" if typed["next"].isalnum() else None
    return url_for("listen.show", slug=slug, _anchor=anchor, start=start if start.isdecimal() else None)


def _start(session: Session, forum_id: int, record_id: int) -> int:
    """The index of the first block shown: asked for, or where listening stopped, or the first that nobody is named for."""
    asked = request.args.get("start", "") or request.form.get("start", "")
    if asked.isdecimal() and len(asked) < 8:
        return int(asked)
    resumed = voice_pass.index_of(session, record_id, voice_pass.last_marked(session, forum_id))
    return max(0, (resumed if resumed is not None else voice_pass.unsure(session, record_id, 0) or 0) - 2)


def player(video_url: str | None) -> str | None:
    """The address of the player of a recording that can be embedded without cookies; None for others."""
    parts = parts_of(video_url or "")
    if parts.hostname not in YOUTUBE:
        return None
    id = parts.path.lstrip("/") if parts.hostname == "youtu.be" else parse_qs(parts.query).get("v", [""])[0]
    plain = id.replace("-", "").replace("_", "")
    return f"{PLAYER}/embed/{id}?enablejsapi=1" if plain.isalnum() and len(id) < 30 else None


def _pass(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        forum = forums.by_slug(session, slug)
        record_id = voice_pass.record_of(session, forum.line.id)
        start = _start(session, forum.line.id, record_id) if record_id else 0
        blocks = voice_pass.blocks(session, record_id, start, WINDOW + 1) if record_id else []
        progress = voice_pass.progress(session, forum.line.id, record_id) if record_id else None
        following = voice_pass.unsure(session, record_id, start + WINDOW) if record_id else None
        voices = _voices(session, forum)
    embed = player(forum.line.video_url)
    if embed:
        allow("frame-src", PLAYER)
    return page(
        "desk/listen/show.html",
        fragment="blocks",
        status=status,
        form=typed,
        forum=forum,
        blocks=blocks[:WINDOW],
        progress=progress,
        voices=voices,
        keys=KEYS,
        start=start,
        previous=url_for("listen.show", slug=slug, start=max(0, start - WINDOW)) if start else None,
        next=url_for("listen.show", slug=slug, start=start + WINDOW) if len(blocks) > WINDOW else None,
        unsure=url_for("listen.show", slug=slug, start=following) if following is not None else None,
        embed=embed,
        roles=list(Role),
    )


def _sheet(slug: str, typed: Typed, status: int, look: bool = False) -> Response:
    with reading() as session:
        forum = forums.by_slug(session, slug)
        voices = _voices(session, forum)
        record_id = _record(session, forum.line.id)
        found = _look(session, record_id, typed, [one.name for one in voices]) if look else None
    asked = runsheet.questions(typed["questions"]) if look else ()
    return page(
        "desk/listen/sheet.html",
        status=status,
        form=typed,
        forum=forum,
        voices=voices,
        sheet=found,
        questions=asked,
    )
