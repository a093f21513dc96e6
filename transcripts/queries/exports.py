"""A forum's published record as a file may carry it: what may be shown, and nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col

from transcripts.errors import NotFound
from transcripts.formats.parsed import ParsedExchange, ParsedRecord, ParsedSpeaker, ParsedTurn
from transcripts.models import Record
from transcripts.queries import forums, turns
from transcripts.queries.forums import ForumView, SpeakerLine
from transcripts.queries.records import RecordLine, shown
from transcripts.queries.turns import TurnView
from transcripts.vocabulary import Grade, Part, Right, Role, TurnKind


@dataclass(frozen=True)
class Exported:
    """The record to be written, and the forum it belongs to. `record.header` is still empty: its words have a language."""

    forum: ForumView
    published: RecordLine
    record: ParsedRecord


def of_forum(session: Session, slug: str) -> Exported:
    """The words of a forum that may be shown now. Raises NotFound where there is no such forum, or no such word."""
    forum = forums.by_slug(session, slug)
    published = forum.published
    ours = (col(Record.forum_id) == forum.line.id, col(Record.is_published), shown())
    said = turns.views(session, turns.rows().where(*ours))
    if published is None or not said:
        raise NotFound("We hold no words of the forum “{slug}” that may be shown.", slug=slug)
    record = ParsedRecord(
        format="",
        grade=Grade(published.grade),
        turns=tuple(_turn(turn) for turn in said),
        right=Right(published.right),
        speakers=tuple(_speakers(forum.speakers, said)),
        exchanges=tuple(_exchanges(said)),
    )
    return Exported(forum, published, record)


def _turn(turn: TurnView) -> ParsedTurn:
    return ParsedTurn(
        label=turn.label,
        text=turn.text,
        kind=TurnKind(turn.kind),
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
        part=turn.part,
        lang=turn.lang,
        key=turn.key,
    )


def _speakers(known: Sequence[SpeakerLine], said: Sequence[TurnView]) -> list[ParsedSpeaker]:
    """The voices that are heard in these turns, in the order in which they first speak."""
    lines = {one.id: one for one in known}
    people = {turn.speaker_id: (turn.speaker_name, turn.person_slug) for turn in said if turn.speaker_id in lines}
    found = []
    for id, (name, slug) in people.items():
        one = lines[id or 0]
        person = name if slug else None
        found.append(ParsedSpeaker(one.name, one.labels, Role(one.role), person, slug))
    return found


def _exchanges(said: Sequence[TurnView]) -> list[ParsedExchange]:
    """The questions with what was said to them, by position; one whose question may not be shown is left out."""
    at = {turn.key: n for n, turn in enumerate(said)}
    parts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, turn in enumerate(said):
        if turn.question_key in at and turn.exchange_part:
            parts[turn.question_key or ""][turn.exchange_part].append(n)
    return [
        ParsedExchange(
            at[key], *(tuple(of[part]) for part in (Part.LEAD_IN, Part.ANSWER, Part.FOLLOW_UP, Part.REBUTTAL))
        )
        for key, of in sorted(parts.items(), key=lambda pair: at[pair[0]])
    ]
