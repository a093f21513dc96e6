"""/desk/voices: who the voices are that nobody is linked to, one after another; every word of it public and taken back exactly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.attribution import guarded
from positions.entries import people as entries
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.edits import Author, Change
from tracker.forms import VERSION, Typed
from tracker.reasons import CHOSEN, NOBODY, SEVERAL
from tracker.rendering import page, page_number
from transcripts import attributing
from transcripts.amending import Reason
from transcripts.errors import Refusal
from transcripts.queries import attributions, forums, unmatched, voices
from transcripts.queries import people as known_people
from transcripts.queries.unmatched import Suggestion
from transcripts.queries.voices import VoicePage
from transcripts.text import fold
from transcripts.vocabulary import Role

bp = Blueprint("voices", __name__, url_prefix="/desk/voices")

SIZE = 20
"""Voices on a page of the queue."""
FOUND = 20
"""People shown for a name that is looked for."""
KNOWN = "Somebody of this name is known already. Tick the box below if this is somebody else."
NONE_TICKED = "Tick the voices first."


@dataclass(frozen=True)
class Act:
    """One act on a voice as it was asked for: the voice as it stands, and the version the editor saw."""

    voice: VoicePage
    seen: int
    typed: Typed
    why: str

    def reason(self, otherwise: str) -> Reason:
        """What was typed, or a sentence that says at least what was done."""
        return Reason(self.why or otherwise, signed_in().name)


Apply = Callable[[Session, Act], object]


def _link(session: Session, act: Act) -> None:
    slug = act.typed.text("person", 120)
    act.typed.check()
    _linked(session, act, slug)


def _linked(session: Session, act: Act, slug: str) -> None:
    voice = act.voice
    why = next((one.why for one in _suggested(session, voice) if one.slug == slug), CHOSEN)
    untouched = guarded(session, voice.forum.id)
    attributing.link(session, voice.id, act.seen, slug, act.reason(why), guarded=untouched)


def _new(session: Session, act: Act) -> None:
    """Somebody new, and this voice is theirs; a name that is known already must be said to be somebody else's."""
    name, sort = act.typed.text("name"), act.typed.text("sort_name", needed=False)
    if known_people.called(session, name) and not act.typed.ticked("another"):
        act.typed.fail("name", KNOWN)
    act.typed.check()
    slug = entries.new_slug(session, name)
    doc = {"slug": slug, "name": name, "sort_name": sort or entries.sort_name(name)}
    edits.carry_out(session, f"person/{slug}", [Change("person", slug, doc)], Author(signed_in().name, act.why))
    _linked(session, act, slug)


def _several(session: Session, act: Act) -> None:
    label = act.typed["label"]
    attributing.several(
        session,
        act.voice.id,
        act.seen,
        label,
        act.reason(SEVERAL),
        guarded=guarded(session, act.voice.forum.id),
        apart=act.typed.ticked("apart"),
    )


def _split(session: Session, act: Act) -> None:
    held = guarded(session, act.voice.forum.id)
    attributing.split_label(session, act.voice.id, act.seen, act.typed["label"], act.reason(CHOSEN), guarded=held)


def _open(session: Session, act: Act) -> None:
    attributing.leave_open(session, act.voice.id, act.seen, act.reason(NOBODY))


def _unlink(session: Session, act: Act) -> None:
    held = guarded(session, act.voice.forum.id)
    attributing.unlink(session, act.voice.id, act.seen, act.reason(CHOSEN), guarded=held)


def _role(session: Session, act: Act) -> None:
    role = act.typed.one_of("role", list(Role))
    act.typed.check()
    attributing.set_role(session, act.voice.id, act.seen, Role(role or ""), act.reason(CHOSEN))


def _refused(session: Session, act: Act) -> None:
    raise Refusal("That cannot be done to a voice.")


ACTS: Mapping[str, tuple[str, Apply]] = {
    "link": ("link a voice", _link),
    "new": ("link a voice to somebody new", _new),
    "several": ("say that a name stands for several people", _several),
    "split": ("make a name a voice of its own", _split),
    "open": ("leave a voice open", _open),
    "unlink": ("unlink a voice", _unlink),
    "role": ("give a voice a role", _role),
}
"""By the last part of the address: how the log names it, and what does it."""


@bp.get("")
def index() -> Response:
    """The voices that wait, those who said most first."""
    return _queue(Typed.of({}), 200)


@bp.post("/link")
def together() -> Response:
    """Link every ticked voice to the person it was ticked for; all of them or none."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        ticked = typed.all("voice")
        why = typed.text("why", 1000, needed=False)
        typed.check()
        if not ticked:
            raise Refusal(NONE_TICKED)
        for one in ticked:
            id, seen, slug = _ticked(one)
            _linked(session, Act(voices.by_id(session, id), seen, typed, why), slug)
        return Done(_where(typed), f"{len(ticked)} voices", why)

    return attempt(typed, "link voices", work, lambda status: _queue(typed, status))


def _suggested(session: Session, voice: VoicePage) -> Sequence[Suggestion]:
    labels = [one.label for one in voice.labels] or [voice.name]
    return unmatched.suggested(session, [labels], voice.forum.id, voice.forum.held_on)[0]


def _ticked(value: str) -> tuple[int, int, str]:
    """A ticked box: the voice, what its editor saw of it, the person. Raises Refusal."""
    id, _, rest = value.partition(":")
    seen, _, slug = rest.partition(":")
    if not (id.isdecimal() and seen.isdecimal() and len(id) < 10 and len(seen) < 10):
        raise Refusal("That box is none of ours; load the page again.")
    return int(id), int(seen), slug


@bp.get("/<int:id>")
def show(id: int) -> Response:
    """One voice: whom it may be, what can be said of it, and what was said."""
    return _voice(id, None, Typed.of({}), 200)


@bp.post("/<int:id>/<act>")
def change(id: int, act: str) -> Response:
    """Do one of ACTS to a voice as the editor saw it; from the queue, back to the queue."""
    typed = Typed.sent()
    with reading() as session:
        voices.by_id(session, id)  # a voice that is not there is not found, whatever was typed
    name, apply = ACTS.get(act, ("", _refused))

    def work(session: Session) -> Done:
        seen = typed.whole(VERSION, 0) or 0
        why = typed.text("why", 1000, needed=False)
        typed.check()
        voice = voices.by_id(session, id)
        apply(session, Act(voice, seen, typed, why))
        return Done(_where(typed, voice), f"voice {id}", why)

    again = _queue if typed["back"] else lambda typed, status: _voice(id, act, typed, status)
    return attempt(typed, name, work, lambda status: again(typed, status))


@bp.get("/forums/<slug>")
def history(slug: str) -> Response:
    """What was said of the voices of a forum, and the way back."""
    return _history(slug, Typed.of({}), 200)


@bp.post("/changes/<int:id>/undo")
def undo(id: int) -> Response:
    """Take one of these changes back."""
    typed = Typed.sent()
    with reading() as session:
        line = attributions.by_id(session, id)

    def work(session: Session) -> Done:
        why = typed.text("why", 1000)
        typed.check()
        held = guarded(session, line.forum.id)
        attributing.undo(session, id, Reason(why, signed_in().name), guarded=held)
        return Done(url_for(".history", slug=line.forum.slug), f"change {id} of voice {line.speaker_id}", why)

    return attempt(typed, "take back", work, lambda status: _history(line.forum.slug, typed, status))


def _where(typed: Typed, voice: VoicePage | None = None) -> str:
    """Back to the voice that follows in the queue, or to the voice itself."""
    following = typed["next"] if typed["next"].isdecimal() else None
    if typed["back"] or voice is None:
        forum = typed["forum"] or None
        return url_for(
            ".index", forum=forum, page=page_number(typed["page"]), _anchor=f"v-{following}" if following else None
        )
    return url_for(".history", slug=voice.forum.slug)


def _queue(typed: Typed, status: int) -> Response:
    asked = request.form if request.method == "POST" else request.args
    slug, number, left_open = asked.get("forum") or None, page_number(asked.get("page")), bool(asked.get("open"))
    with reading() as session:
        listed = [one.forum for one in forums.every(session)]
        forum = next((one for one in listed if one.slug == slug), None)
        queue = unmatched.queue(session, number, SIZE, forum.id if forum else None, left_open=left_open)
        said = voices.samples(session, [one.speaker_id for one in queue.voices])

    def address(n: int) -> str:
        return url_for(".index", forum=forum.slug if forum else None, open=1 if left_open else None, page=n)

    return page(
        "desk/voices/index.html",
        status=status,
        queue=queue,
        said=said,
        form=typed,
        forums=listed,
        forum=forum,
        left_open=left_open,
        number=number,
        previous=address(number - 1) if number > 1 else None,
        next=address(number + 1) if queue.total > number * SIZE else None,
    )


def _voice(id: int, tried: str | None, typed: Typed, status: int) -> Response:
    words = " ".join((request.args.get("q") or "").split())[:100]
    with reading() as session:
        voice = voices.by_id(session, id)
        told = _suggested(session, voice)
        everybody = known_people.every(session) if words else ()
        said = voices.samples(session, [id])
        past = attributions.of_voice(session, id)
    return page(
        "desk/voices/show.html",
        status=status,
        voice=voice,
        suggestions=told,
        found=[one for one in everybody if fold(words) in one.folded][:FOUND],
        q=words,
        said=said.get(id, ()),
        history=past,
        roles=list(Role),
        tried=tried,
        form=typed,
        fresh=Typed.of({"role": voice.role}),
    )


def _history(slug: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        forum = forums.by_slug(session, slug)
        past = attributions.of_forum(session, forum.line.id)
    return page("desk/voices/history.html", status=status, forum=forum, history=past, form=typed)
