"""A small invented race: three candidates, one forum of two questions, two statements. Made here, stored row by row."""

import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from sqlmodel import Session, select

from positions.keeping import Tally
from positions.load_document import read_document
from positions.load_schema import Forum as ForumEntry
from positions.loading import load
from tests.databases import contents_of, copy_database, is_untouched, put_contents
from tracker.db import Database
from transcripts.models import (
    Exchange,
    ExchangeTurn,
    Forum,
    Record,
    RecordFile,
    SourceFile,
    Speaker,
    SpeakerLabel,
    Turn,
    TurnVersion,
)
from transcripts.text import count_words, fingerprint

TOWN = """\
organisations:
  - {slug: town-league, name: Town League, interest: {en: It rents the hall., es: Alquila la sala.}}
people:
  - {slug: ana-reyes, name: Ana Reyes, sort_name: "Reyes, Ana", aliases: [Councilwoman Reyes]}
  - {slug: bo-stone, name: Bo Stone, sort_name: "Stone, Bo"}
  - {slug: cy-abbot, name: Cy Abbot, sort_name: "Abbot, Cy"}
  - {slug: mo-clark, name: Mo Clark, sort_name: "Clark, Mo"}
forums:
  - slug: town-2026
    title: {en: Town forum, es: Foro del pueblo}
    kind: forum
    date: 2026-10-20
    zone: America/New_York
    fictional: true
    organisations: [{organisation: town-league, role: organiser}]
    appearances:
      - {person: ana-reyes, role: candidate, labels: [REYES]}
      - {person: bo-stone, role: candidate, labels: [STONE]}
      - {person: cy-abbot, role: candidate, labels: [ABBOT]}
      - {person: mo-clark, role: moderator, labels: [CLARK]}
    sources:
      - {key: ledger, kind: article, title: What they said, publisher: The Ledger}
    file: town.txt
    states:
      - question: what about the buses
        person: bo-stone
        state: declined
        note: {en: He shook his head., es: Negó con la cabeza.}
contests:
  - slug: town-mayor-2026
    title: {en: Mayor of the town, es: Alcaldía del pueblo}
    office: {en: Mayor, es: Alcaldía}
    place: Town
    zone: America/New_York
    election_date: 2026-11-03
    fictional: true
    decides: [{en: Who drives the buses., es: Quién conduce los autobuses.}, {en: The rest.}]
    forums: [town-2026]
    candidacies:
      - {person: ana-reyes, incumbent: true, ballot_position: 2}
      - {person: bo-stone, status: withdrawn, ballot_position: 1}
      - {person: cy-abbot}
propositions:
  - slug: town-buses
    contest: town-mayor-2026
    topic: transit
    text: {en: Buses should be free., es: Los autobuses deben ser gratuitos.}
  - slug: town-cameras
    contest: town-mayor-2026
    topic: body-cameras
    text: {en: Officers should wear cameras., es: Los agentes deben llevar cámaras.}
stances:
  - contest: town-mayor-2026
    person: ana-reyes
    proposition: town-buses
    code: support
    as_of: 2026-10-20
    tier: 1
    summary: {en: She wants them free., es: Las quiere gratuitas.}
    evidence:
      - {kind: quotation, forum: town-2026, words: "buses should be free", translation: {es: "deben ser gratuitos", by: Mo Clark}}
  - contest: town-mayor-2026
    person: bo-stone
    proposition: town-buses
    reason: none_found
    as_of: 2026-10-21
    search_log: {by: An editor, at: 2026-10-21, where: {en: Council minutes, es: Actas}}
  - contest: town-mayor-2026
    person: bo-stone
    proposition: town-cameras
    code: support
    as_of: 2026-10-20
    tier: 4
    evidence:
      - {kind: reported_quotation, source: ledger, text: {en: Quoted for cameras.}, fragment: every single officer}
"""

TRANSCRIPT = (
    ("CLARK", "Reyes, Stone, Abbot: what about the buses? Who pays?"),
    ("REYES", "I have said it before.\nThe buses should be free, every day."),
    ("STONE", "I will not answer that."),
    ("CLARK", "And body cameras?"),
    ("STONE", "Fine with me."),
    ("REYES", "Cameras cost money. We should wait."),
)
EXCHANGES = ((0, (1, 2)), (3, (4, 5)))
LABELS = {"CLARK": "mo-clark", "REYES": "ana-reyes", "STONE": "bo-stone"}


def store(
    session: Session,
    forum: Forum,
    transcript: tuple[tuple[str, str], ...] = TRANSCRIPT,
    kind: str = "speech",
    exchanges: tuple[tuple[int, tuple[int, ...]], ...] = EXCHANGES,
) -> list[Turn]:
    """Store a record of the forum as an import would, its voices found by their labels."""
    sha256 = fingerprint(kind, str(transcript))
    session.add(SourceFile(sha256=sha256, size=1, data=b"."))
    published = session.exec(select(Record).where(Record.forum_id == forum.id)).first() is None
    record = Record(forum_id=forum.id or 0, grade="published", is_published=published)
    session.add(record)
    session.flush()
    session.add(
        RecordFile(
            record_id=record.id or 0, position=0, sha256=sha256, filename="town.txt", format="plain", parser_version=1
        )
    )
    voices = dict(
        session.exec(select(SpeakerLabel.label, SpeakerLabel.speaker_id).where(SpeakerLabel.forum_id == forum.id)).all()
    )
    turns = [
        Turn(
            key=f"{forum.slug}-{record.id}-{n}"[:26].upper(),
            forum_id=forum.id or 0,
            record_id=record.id or 0,
            speaker_id=voices.get(label),
            position=n,
            kind=kind,
            label=label,
            text=text,
            words=count_words(text),
            fingerprint=fingerprint(label, text),
        )
        for n, (label, text) in enumerate(transcript)
    ]
    session.add_all(turns)
    session.flush()
    kept = ("label", "text", "speaker_id", "kind")
    session.add_all(
        TurnVersion(turn_id=turn.id or 0, n=1, **{name: getattr(turn, name) for name in kept}) for turn in turns
    )
    for position, (question, answers) in enumerate(exchanges):
        exchange = Exchange(forum_id=forum.id or 0, question_turn_id=turns[question].id or 0, position=position)
        session.add(exchange)
        session.flush()
        session.add_all(
            ExchangeTurn(turn_id=turns[n].id or 0, exchange_id=exchange.id or 0, part="answer") for n in answers
        )
        session.add(ExchangeTurn(turn_id=turns[question].id or 0, exchange_id=exchange.id or 0, part="question"))
    session.flush()
    return turns


def bring(session: Session, forum: Forum, entry: ForumEntry) -> bool:
    """What the command gives to the loader, without a file: stores the transcript above, once."""
    if session.exec(select(Record).where(Record.forum_id == forum.id)).first() is not None:
        return False
    store(session, forum)
    return True


def load_text(database: Database, text: str = TOWN) -> Tally:
    """Load a file's text in one transaction; into an untouched database as a copy of what the first load of it came to."""
    same = (database.is_sqlite, text)
    untouched = is_untouched(database)
    if untouched and same in _loaded:
        tally, put = _loaded[same]
        put(database)
        return deepcopy(tally)
    before = contents_of(database) if untouched and not database.is_sqlite else None
    document, located = read_document(text.encode())
    with database.write() as session:
        tally = load(session, document, located, bring)
    if before:
        after = contents_of(database)
        _loaded[same] = deepcopy(tally), lambda another: put_contents(another, before, after)
    elif untouched:
        kept = Path(_folder.name) / f"{len(_loaded)}.db"
        copy_database(Path(str(database.url.database)), kept)
        _loaded[same] = deepcopy(tally), lambda another: copy_database(kept, Path(str(another.url.database)))
    return tally


_folder = tempfile.TemporaryDirectory(prefix="loaded-")
_loaded: dict[tuple[bool, str], tuple[Tally, Callable[[Database], None]]] = {}
"""By database and text: what loading it told, and what brings another one there. Thousands of tests begin with the same few."""


def speaker_of(session: Session, label: str) -> Speaker:
    """The voice that goes by a label."""
    found = session.exec(
        select(Speaker).join(SpeakerLabel, SpeakerLabel.speaker_id == Speaker.id).where(SpeakerLabel.label == label)
    )
    return found.one()
