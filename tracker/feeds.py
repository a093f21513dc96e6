"""What feeds tell: words that came in, and corrections. Made anew for each request from its address; nobody is remembered.

Nothing is relaxed (`tracker.following`). Words that were corrected so that a search finds them no longer are told of once more,
as a correction.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from flask import current_app, make_response, render_template, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker import citing, following
from tracker.citing import Voice
from tracker.following import Change
from tracker.i18n import current_language, gettext, moment
from tracker.reasons import change_reason, voice_reason
from tracker.searched import Searched
from tracker.wording import attribution_value, attribution_words, correction_value, correction_words
from transcripts.citing import days
from transcripts.citing.citation import NOBODY, QUOTATION, Citation, asker, one_line, quoted, trust, where, who
from transcripts.queries import attributions, changes, citations
from transcripts.queries.attributions import AttributionLine
from transcripts.queries.citations import CITABLE, Quoted
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.forums import ForumLine
from transcripts.search import outbox
from transcripts.search.documents import came_of
from transcripts.search.engine import SearchEngine, Sort
from transcripts.search.finding import Asked, Finder
from transcripts.search.names import Names

SIZE = following.SIZE
LOOKED_AT = 100
"""Latest changes of the site in which a search looks for its own."""
PARAPHRASE = "A paraphrase, not their own words:"
GONE = "What you follow found these words. They were corrected, and it does not find them any more."
FICTIONAL = "Fictional, for demonstration"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PRINTED, BEFORE, AFTER, WHY = "Printed: %(label)s", "Before:", "After:", "Why: %(why)s"
_OURS = UUID("c6d21fca-aea0-4a5a-b95e-a97379f603cf")
"""The namespace of entries: a turn's is the same wherever the site moves to."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """Something told. `words` are paragraphs of the record in `lang`, in quotation marks where they are somebody's own.

    `lead` is our sentence above them where they are not, `said` are those below. `link` is pinned to the version told of.
    """

    id: str
    title: str
    author: str
    link: str
    published: datetime
    updated: datetime
    said: tuple[str, ...]
    words: tuple[str, ...] = ()
    lang: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Feed:
    """Entries and what stands above them; `address` is the feed's own, `home` that of the page that shows the same."""

    title: str
    address: str
    home: str
    entries: tuple[Entry, ...]
    by: Voice

    @property
    def updated(self) -> datetime:
        """When the latest entry came in or was changed; the beginning of time where there is none."""
        return max((entry.updated for entry in self.entries), default=EPOCH)


def atom(feed: Feed) -> Response:
    """The feed in Atom (RFC 4287). What XML cannot hold is left out."""
    entries = [(entry, html(entry)) for entry in feed.entries]
    body = render_template("feeds/atom.xml", feed=feed, entries=entries, by=feed.by)
    return _answer(_NOT_XML.sub("", body), "application/atom+xml; charset=utf-8", feed)


def json_feed(feed: Feed) -> Response:
    """The feed as JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": current_language(),
        "authors": [{"name": feed.by.publisher or feed.by.name}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return _answer(json.dumps(told, ensure_ascii=False), "application/feed+json; charset=utf-8", feed)


def html(entry: Entry) -> str:
    """What an entry says, for readers that show markup. Fifty of them ask fifty times for nothing beside themselves."""
    return _NOT_XML.sub("", current_app.jinja_env.get_template("feeds/entry.html").render(entry=entry))


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": html(entry),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
    }


def _answer(body: str, media_type: str, feed: Feed) -> Response:
    """Kept by whoever likes, asked for again each time; who has the same bytes already is told so.

    No time is offered to compare by: what was withheld leaves no later time behind, and must be gone at the next request.
    """
    response = make_response(body)
    response.content_type = media_type
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def of_search(session: Session, engine: SearchEngine, names: Names, one: Searched, by: Voice) -> tuple[Entry, ...]:
    """What a search finds and lost, by when it came in or was corrected, the latest SIZE. A constant number of statements.

    Raises following.NothingAsked, parsing.TooLong and store.Unusable.
    """
    matcher = following.matcher(one, names)
    keys = _latest(session, engine, names, one)
    corrected = following.corrected(session, names, changes.latest(session, LOOKED_AT))
    turns = {**corrected.now, **following.heard(session, keys)}
    news: list[tuple[datetime, str | Change]] = [
        (came_of(turns[key].document.added), key) for key in keys if key in turns and matcher.matches(turns[key])
    ]
    news += [(at, key) for key, at in corrected.kept(matcher).items() if key not in keys]
    news += [(line.at, line) for line in corrected.lost(matcher)]
    latest = [one for _, one in sorted(news, key=lambda dated: dated[0], reverse=True)[:SIZE]]
    quoted = citations.of_keys(session, [one for one in latest if isinstance(one, str)])
    voices = attributions.of_voices(session, {found.turn.speaker_id or 0 for found in quoted.values()})
    return tuple(
        _found(quoted[one], came_of(turns[one].document.added), voices.get(quoted[one].turn.speaker_id or 0, ()), by)
        if isinstance(one, str)
        else _change(one, by, (by.translate(GONE), told(one, removed=False)))
        for one in latest
        if not isinstance(one, str) or (one in quoted and quoted[one].words)
    )


def of_changes(lines: Iterable[Change], by: Voice) -> tuple[Entry, ...]:
    """Corrections, as their page tells them."""
    return tuple(_change(line, by, (told(line),)) for line in lines)


def told(line: Change, *, removed: bool = True) -> str:
    """A change in one line: from what to what and why; without the words of a removal where they are not to be repeated."""
    if isinstance(line, CorrectionLine):
        before, after = (correction_value(line.kind, value) for value in (line.before, line.after))
        label, why = "", change_reason(line.why)
        before = before if removed or line.kind != "withdraw" else ""
    else:
        before, after = attribution_value(line.before), attribution_value(line.after)
        label, why = gettext(PRINTED) % {"label": line.label or line.voice}, voice_reason(line.why)
    parts = (
        label,
        f"{gettext(BEFORE)} {before}" if before else "",
        f"{gettext(AFTER)} {after}" if after else "",
        gettext(WHY) % {"why": why},
    )
    return " ".join(part for part in parts if part)


def _latest(session: Session, engine: SearchEngine, names: Names, one: Searched) -> list[str]:
    """Keys of what came in last, as far as the index knows and search may show it."""
    engine.refresh()
    hidden = outbox.hidden(session)
    asked = Asked(sort=Sort.ADDED, limit=SIZE + len(hidden), facets=())
    hits = Finder(engine, names, asked).whole(following.wanted(one, names)).page.hits
    return [hit.key for hit in hits if hit.key not in hidden]


def _found(found: Quoted, came: datetime, voice: Sequence[AttributionLine], by: Voice) -> Entry:
    turn, cited = found.turn, citing.citation(found, by)
    lines: list[Change] = sorted((*found.corrections, *voice), key=lambda line: line.at, reverse=True)
    where_said = ", ".join(
        filter(None, (who(cited, by.translate), where(cited), days.full(cited.held_on, by.lang), cited.clock))
    )
    return Entry(
        id=uuid5(_OURS, turn.key).urn,
        title=f"{cited.speaker or by.translate(NOBODY)} · {_where(turn.forum, by)}",
        author=cited.speaker or by.translate(NOBODY),
        link=cited.permalink,
        published=came,
        updated=max((came, *(line.at for line in lines))),
        lead="" if turn.kind in CITABLE else by.translate(PARAPHRASE),
        words=_paragraphs(cited, turn.kind in CITABLE, by),
        lang=turn.lang,
        said=tuple(filter(None, (f"— {where_said}", _question(cited, by), trust(cited), *map(_dated, lines)))),
    )


def _change(line: Change, by: Voice, said: tuple[str, ...]) -> Entry:
    """A correction; its id is the same in every feed that tells of it."""
    of_words = isinstance(line, CorrectionLine)
    what = correction_words(line.kind) if of_words else attribution_words(line.kind)
    path = f"/turns/{line.turn_key}" if isinstance(line, CorrectionLine) else f"/forums/{line.forum.slug}"
    return Entry(
        id=f"{by.site_url}/corrections/{'' if of_words else 'voices/'}{line.id}",
        title=f"{what}: {_where(line.forum, by)}",
        author=change_reason(line.by),
        link=by.address(path),
        published=line.at,
        updated=line.at,
        said=said,
    )


def _where(forum: ForumLine, by: Voice) -> str:
    invented = f" ({by.translate(FICTIONAL)})" if forum.fictional else ""
    return f"{forum.title.within(by.lang)}, {days.full(forum.held_on, by.lang)}{invented}"


def _dated(line: Change) -> str:
    words = correction_words(line.kind) if isinstance(line, CorrectionLine) else attribution_words(line.kind)
    return f"{words}, {moment(line.at)}, {change_reason(line.by)}. {told(line, removed=False)}"


def _question(cited: Citation, by: Voice) -> str:
    """Asked by Mara Quill (moderator): “What will you do about rents?”"""
    if cited.question is None:
        return ""
    asked_by = asker(cited.question, by.translate)
    return f"{asked_by[:1].upper()}{asked_by[1:]}: {quoted(cited.question.words, by.translate)}"


def _paragraphs(cited: Citation, own: bool, by: Voice) -> tuple[str, ...]:
    """The words with one pair of quotation marks round all of them."""
    said = [one_line(paragraph) for paragraph in cited.words.split("\n") if paragraph.strip()]
    opening, closing = by.translate(QUOTATION).split("%(words)s") if own else ("", "")
    return tuple(f"{'' if n else opening}{one}{closing if n == len(said) - 1 else ''}" for n, one in enumerate(said))
