"""What a feed tells of a commitment: every event and record of a due date, and those taken back, the latest first."""

from collections.abc import Iterable
from datetime import datetime

from positions.followthrough.queries.commitments import TrackedCommitment
from positions.followthrough.queries.grounds import Ground
from positions.followthrough.queries.recorded import Happened, Observed, Withdrawal
from tracker.citing import Voice
from tracker.deeds import in_words
from tracker.feeds import FICTIONAL, Entry
from tracker.i18n import gettext, long_date, partial_date

WHY, TAKEN_BACK, SOURCE, LOOKED = "Why: %(why)s", "Taken back", "Source: %(source)s", "%(by)s looked on %(day)s:"
RECORDED = "a loaded file"


def entries(commitments: Iterable[TrackedCommitment], by: Voice) -> tuple[Entry, ...]:
    """Everything recorded of some commitments, in the page's language, the latest first."""
    told = [entry for one in commitments for entry in _of(one, by)]
    return tuple(sorted(told, key=lambda entry: entry.updated, reverse=True))


def _of(one: TrackedCommitment, by: Voice) -> Iterable[Entry]:
    for happened in one.happened:
        event = happened.event
        said = f"{in_words(event.axis)}: {in_words(event.value)}, {long_date(event.on)}"
        looked = event.looked
        where = (
            f"{gettext(LOOKED) % {'by': looked.by, 'day': long_date(looked.at)}} {looked.where.within(by.lang)}"
            if looked
            else ""
        )
        yield from _entries(one, by, happened, said, event.recorded_at, where)
    for observed in one.observed:
        seen = observed.seen
        yield from _entries(one, by, observed, f"{long_date(seen.due_on)}: {in_words(seen.outcome)}", seen.recorded_at)


def _entries(
    one: TrackedCommitment, by: Voice, item: Happened | Observed, said: str, at: datetime, where: str = ""
) -> Iterable[Entry]:
    text = item.text.within(by.lang) if item.text else ""
    source = gettext(SOURCE) % {"source": _source(item.ground, by)} if item.ground else ""
    yield _entry(one, by, item.key, said, item.by, at, (said, text, where, source, _invented(one, by)))
    if item.taken_back:
        gone = f"{gettext(TAKEN_BACK)}: {said}"
        lines = (gone, _why(item.taken_back, by), _invented(one, by))
        yield _entry(one, by, f"{item.key}/taken-back", gone, item.taken_back.by, item.taken_back.at, lines)


def _entry(
    one: TrackedCommitment, by: Voice, id: str, title: str, author: str, at: datetime, lines: Iterable[str]
) -> Entry:
    return Entry(
        id=f"{by.site_url}/commitments/{one.slug}/{id}",
        title=f"{one.title.within(by.lang)} · {title}",
        author=author or gettext(RECORDED),
        link=by.address(f"/commitments/{one.slug}"),
        published=at,
        updated=at,
        said=tuple(line for line in lines if line),
    )


def _source(ground: Ground, by: Voice) -> str:
    if ground.quoted:
        turn = ground.quoted.turn
        return f"{turn.speaker_name or turn.label or ''}, {turn.forum.title.within(by.lang)}"
    day = partial_date(ground.day) if ground.day else ""
    return ", ".join(part for part in (ground.title.within(by.lang), ground.publisher, day, ground.place) if part)


def _why(gone: Withdrawal, by: Voice) -> str:
    return gettext(WHY) % {"why": gone.why.within(by.lang)} if gone.why else ""


def _invented(one: TrackedCommitment, by: Voice) -> str:
    return by.translate(FICTIONAL) if one.fictional else ""
