"""/commitments: what was said would be done, how each stands, and one alone with everything that happened; feeds of what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from positions.followthrough.commitments import VALUES
from positions.followthrough.queries import acts, commitments
from positions.followthrough.queries.commitments import TrackedCommitment, days_of
from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind, Progress, Verdict
from tracker import citing, commitment_feed, feeds
from tracker.db import reading
from tracker.deeds import in_words, meaning
from tracker.feeds import Feed
from tracker.i18n import current_language, gettext
from tracker.rendering import page, page_number
from transcripts.bilingual import Bilingual
from transcripts.queries import reports

bp = Blueprint("commitments", __name__)

SIZE = 50
"""How many commitments a page of the list holds."""

FLAG_WORDS = {
    "late": "Late: the day has passed",
    "unlooked": "The day has passed; nobody here has looked",
    "unjudged": "The day has come; nobody has judged it",
    "untold": "Not told until the election is over",
}
FLAG_MEANING = {
    "late": "The day it was due has passed, and it was not done when somebody last looked. Late is not broken: nobody has judged it yet.",
    "unlooked": "That says nothing about whether it was done.",
    "unjudged": "A verdict may be given, and nobody has given one.",
    "untold": "Whoever made it stands in a race that is told in the candidates’ own words only. Nothing here judges them until then.",
}
Stands = Callable[[TrackedCommitment], bool]
FLAGS: Mapping[str, Stands] = {
    "late": lambda one: one.told_of and one.standing.late,
    "unlooked": lambda one: one.told_of and one.standing.unlooked,
    "unjudged": lambda one: one.told_of and one.standing.verdict is None,
    "untold": lambda one: one.facts.tracked and not one.told_of,
}


class Chosen(NamedTuple):
    """What a reader asked the list for; empty: everything."""

    by: str
    race: str
    standing: str


@dataclass(frozen=True)
class Line:
    """One way to stand: its words, what they mean, how many stand so, and where they are listed."""

    key: str
    words: str
    meaning: str
    n: int
    href: str
    chosen: bool


@bp.get("/commitments")
def index() -> Response:
    """All of them, or those of one maker, race or standing; how many stand how, of how many."""
    chosen = Chosen(*(request.args.get(name, "") for name in Chosen._fields))
    number = page_number(request.args.get("page"))
    with reading() as session:
        every = commitments.every(session, days_of(datetime.now(UTC)))
    among = [one for one in every if _made_by(one, chosen.by) and (not chosen.race or _race(one)[0] == chosen.race)]
    listed = [one for one in among if not chosen.standing or _stands(one, chosen.standing)]
    asked = {name: value for name, value in chosen._asdict().items() if value}
    shown = listed[(number - 1) * SIZE : number * SIZE]
    return page(
        "commitments/index.html",
        listed=shown,
        total=len(every),
        chosen=chosen,
        makers=sorted({_maker(one) for one in every}, key=lambda pair: pair[1]),
        races=sorted({_race(one) for one in every if one.race}),
        lines=_lines(among, chosen),
        tracked=sum(one.facts.tracked for one in among),
        positions=sum(not one.facts.tracked for one in among),
        previous=url_for(".index", **asked, page=number - 1) if number > 1 else None,
        next=url_for(".index", **asked, page=number + 1) if number * SIZE < len(listed) else None,
    )


@bp.get("/commitments/<slug>")
def show(slug: str) -> Response:
    """One commitment: the words it rests on, when it is due, how it stands on each axis, and everything that happened."""
    with reading() as session:
        one = commitments.one(session, slug, days_of(datetime.now(UTC)))
        questioned = reports.questioned(session, "commitment", {one.id})
        conditions = acts.of_commitment(session, one.id)
    stands = one.standing
    held = (stands.progress, stands.verdict, stands.cause, stands.fidelity)
    return page(
        "commitments/show.html",
        one=one,
        questioned=bool(questioned),
        conditions=conditions,
        axes=[(axis, value, one.rests_on(axis)) for axis, value in zip(Axis, held, strict=True)],
        meanings=[(axis, list(values)) for axis, values in VALUES.items()],
    )


@bp.get("/commitments/<slug>/feed.atom")
def feed(slug: str) -> Response:
    """What was recorded of a commitment, for feed readers (Atom, RFC 4287)."""
    return _feed("commitments.feed", slug, feeds.atom)


@bp.get("/commitments/<slug>/feed.json")
def json_feed(slug: str) -> Response:
    """The same as JSON Feed 1.1."""
    return _feed("commitments.json_feed", slug, feeds.json_feed)


def _feed(endpoint: str, slug: str, write: Callable[[Feed], Response]) -> Response:
    with reading() as session:
        one = commitments.one(session, slug, days_of(datetime.now(UTC)))
        by = citing.voice(session, current_app.config["TRACKER"], current_language(), gettext)
    address, home = (f"{by.site_url}{url_for(name, slug=slug)}" for name in (endpoint, "commitments.show"))
    title = f"{one.title.within(by.lang)} · {by.name}"
    return write(Feed(title, address, home, commitment_feed.entries([one], by), by))


def _maker(one: TrackedCommitment) -> tuple[str, str]:
    named = one.person or one.organisation
    return (named.slug if named else "", one.maker)


def _made_by(one: TrackedCommitment, slug: str) -> bool:
    return not slug or _maker(one)[0] == slug


def _race(one: TrackedCommitment) -> tuple[str, Bilingual]:
    return (one.race.slug, one.race.name) if one.race else ("", Bilingual(""))


def _stands(one: TrackedCommitment, key: str) -> bool:
    if key in FLAGS:
        return FLAGS[key](one)
    if key == CommitmentKind.POSITION:
        return not one.facts.tracked
    return one.told_of and key in (one.standing.progress, one.verdict)


def _lines(among: Sequence[TrackedCommitment], chosen: Chosen) -> list[Line]:
    named = [(str(code), in_words(code), meaning(code)) for code in (*Progress, *Verdict, CommitmentKind.POSITION)]
    flags = [(key, gettext(words), gettext(FLAG_MEANING[key])) for key, words in FLAG_WORDS.items()]
    asked = {name: value for name, value in chosen._asdict().items() if value}
    return [
        Line(
            key,
            words,
            means,
            sum(_stands(one, key) for one in among),
            url_for(".index", **{**asked, "standing": key}),
            key == chosen.standing,
        )
        for key, words, means in (*named, *flags)
    ]
