"""/desk/tags: topics the rules suggested, by topic and forum: confirmed, rejected or moved, one by one or many at once."""

from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import tag_decisions
from positions.queries import suggested, topics
from positions.queries.suggested import Wanted
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.rendering import page, page_number
from transcripts.queries import forums, turns

bp = Blueprint("tags", __name__, url_prefix="/desk/tags")

SIZE = 30
"""Suggestions on a page."""
LIKELY_WORDS = {"very": "Very likely", "likely": "Likely", "perhaps": "Perhaps"}
STATUS_WORDS = {"suggested": "Suggested by rule", "confirmed": "Confirmed", "rejected": "Rejected"}
ACTS = ("confirm", "reject", "move")
FILTERS = ("topic", "forum", "likely")


@bp.get("")
def index() -> Response:
    """The suggestions that wait."""
    return _queue(Typed.of({}), 200)


@bp.post("")
def decide() -> Response:
    """Decide on the suggestions that were ticked, or on the one whose button was pressed."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        act, by = typed.one_of("act", ACTS), signed_in().name
        ids = [int(id) for id in typed.all("tag") if id.isdecimal() and len(id) < 10]
        to = typed.one_of("to", [topic.slug for topic in topics.every(session)], needed=act == "move")
        typed.check()
        if act == "move":
            tag_decisions.move(session, ids, to or "", by)
        else:
            tag_decisions.decide(session, ids, "confirmed" if act == "confirm" else "rejected", by)
        following = typed["next"] if typed["next"].isdecimal() else None
        anchor = f"tag-{following}" if following else None
        return Done(
            _address(_chosen(typed), page_number(typed["page"]), anchor),
            f"{len(ids)} topics",
            f"{act} {to or ''}".strip(),
        )

    return attempt(typed, "decide on topics", work, lambda status: _queue(typed, status))


@bp.get("/history")
def history() -> Response:
    """What was decided, and the way back."""
    return _history(Typed.of({}), 200)


@bp.post("/undo/<act>")
def undo(act: str) -> Response:
    """Take a decision back, all of it."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        tag_decisions.undo(session, act, signed_in().name)
        return Done(url_for(".history"), f"decision {act}")

    return attempt(typed, "take back", work, lambda status: _history(typed, status))


def _chosen(typed: Typed) -> Wanted:
    """What the queue was narrowed to when a form of it was sent."""
    return Wanted(*(typed[f"which_{name}"] or None for name in FILTERS))


def _address(chosen: Wanted, number: int, anchor: str | None = None) -> str:
    narrowed = {"topic": chosen.topic, "forum": chosen.forum, "likely": chosen.likely}
    return f"{url_for('.index')}?{urlencode({k: v for k, v in narrowed.items() if v} | {'page': number})}" + (
        f"#{anchor}" if anchor else ""
    )


def _queue(typed: Typed, status: int) -> Response:
    posted = request.method == "POST"
    chosen = _chosen(typed) if posted else Wanted(*(request.args.get(name) or None for name in FILTERS))
    number = page_number(typed["page"] if posted else request.args.get("page"))
    with reading() as session:
        total, tags = suggested.queue(session, chosen, number, SIZE)
        words = turns.by_ids(session, [tag.turn_id for tag in tags])
        listed = [one.forum for one in forums.every(session)]
        every = topics.every(session)

    return page(
        "desk/tags/index.html",
        status=status,
        total=total,
        tags=[(tag, words[tag.turn_id]) for tag in tags if tag.turn_id in words],
        form=typed,
        forums=listed,
        topics=every,
        likely=LIKELY_WORDS,
        chosen=chosen,
        number=number,
        previous=_address(chosen, number - 1) if number > 1 else None,
        next=_address(chosen, number + 1) if total > number * SIZE else None,
    )


def _history(typed: Typed, status: int) -> Response:
    number = page_number(request.args.get("page"))
    with reading() as session:
        acts, more = suggested.history(session, number)
        words = turns.by_ids(session, {line.turn_id for act in acts for line in act.lines})
        names = {topic.slug: topic.name for topic in topics.every(session)}
    return page(
        "desk/tags/history.html",
        status=status,
        acts=acts,
        words=words,
        names=names,
        statuses=STATUS_WORDS,
        form=typed,
        previous=url_for(".history", page=number - 1) if number > 1 else None,
        next=url_for(".history", page=number + 1) if more else None,
    )
