"""Withheld words: the one exception to keeping every version. The name or address of a private person goes everywhere at once.

All in the caller's transaction: every version of every turn of the forum, labels, corrections, notes, reports, and the bytes
of the files that held them. The index is told to be built anew: its files would remember. What other rooms keep of the
words is theirs to take (`positions.withholding` is the one entry for both).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from transcripts import amending, anchors, masking
from transcripts.amending import Reason
from transcripts.annotation_models import AnnotationAnchor, AnnotationBody
from transcripts.desk_models import ProposedChange, Report, VoiceProposal, Withheld
from transcripts.errors import Refusal
from transcripts.folder_models import FolderQuote, QuoteFolder
from transcripts.masking import Span
from transcripts.models import (
    Correction,
    Exchange,
    ExchangeState,
    Forum,
    Person,
    PersonAlias,
    Record,
    RecordFile,
    Source,
    SourceFile,
    Speaker,
    SpeakerLabel,
    Turn,
    TurnVersion,
    now,
)
from transcripts.people_tables import Attribution, PersonMerge, PersonRedirect, ProposedMerge
from transcripts.received import may_hold
from transcripts.search import outbox
from transcripts.text import count_words, fingerprint

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Gone:
    """What was taken: the folded words (to be forgotten with the transaction), their mark, and where, by (turn id, version).

    `people` are the slugs, as they were, of private people whose names are gone.
    """

    forum_id: int
    words: tuple[str, ...]
    mark: str
    spans: dict[tuple[int, int], list[Span]] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def without(self, text: str | None) -> str | None:
        """A text without the words."""
        return None if text is None else masking.masked(text, masking.spot(text, self.words), self.mark)


def withhold(
    session: Session, key: str, version: int, words: str, kind: str, reason: Reason, clock: Clock = now
) -> Gone:
    """Take words of a turn (in its text or label) out of its whole forum for good; `kind` is name or address.

    Raises Refusal where they do not stand there, or where the reason repeats them.
    """
    turn, at = amending.seen(session, key, version), clock()
    folded = masking.sequence(words)
    if not folded or not (masking.spot(turn.text, folded) or masking.spot(turn.label or "", folded)):
        raise Refusal("These words do not stand there.")
    if any(masking.spot(said, folded) for said in (reason.why, reason.by, reason.requested_by)):
        raise Refusal("Do not repeat the words in the reason: readers see it.")
    gone = Gone(turn.forum_id, folded, _mark(session, turn, kind))
    sealed = masking.seal(folded, gone.mark)
    session.add(
        Withheld(
            forum_id=turn.forum_id,
            length=sealed.length,
            salt=sealed.salt,
            hint=sealed.hint,
            digest=sealed.digest,
            mark=sealed.mark,
            why=reason.why,
            by=reason.by,
            requested_by=reason.requested_by.strip() or None,
            at=at,
        )
    )
    _versions(session, gone)
    _labels(session, gone)
    _anchored(session, gone)
    _folders(session, gone)
    _beside(session, gone)
    _files(session, gone)
    _turns(session, gone, reason, at)
    outbox.enqueue(session, [outbox.REBUILD])
    return gone


def mask_rows(session: Session, model: type[SQLModel], names: Sequence[str], where: Any, gone: Gone) -> None:
    """Take the words out of text columns of the rows where `where` holds."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    keys = list(table.primary_key.columns)
    columns: list[Any] = [*keys, *(table.c[name] for name in names)]
    for row in session.execute(sqlalchemy.select(*columns).where(where)).all():
        new = {name: gone.without(getattr(row, name)) for name in names}
        if any(new[name] != getattr(row, name) for name in names):
            same = sqlalchemy.and_(*(column == getattr(row, column.name) for column in keys))
            session.execute(table.update().where(same).values(new))


def move_places(session: Session, model: type[SQLModel], version: str, gone: Gone) -> None:
    """Carry the places of a table of anchors over to the masked versions, and their words with them."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    turns = sorted({turn_id for turn_id, _ in gone.spans})
    rows = session.execute(table.select().where(table.c.turn_id.in_(turns), table.c.start.is_not(None))).all()
    for row in rows:
        spans = gone.spans.get((row.turn_id, getattr(row, version)))
        if not spans:
            continue
        start, end = masking.carried(row.start, row.end, spans, gone.mark)
        place = anchors.anchor(gone.texts[row.turn_id, getattr(row, version)], start, end)
        new = {name: getattr(place, name) for name in ("start", "end", "exact", "before", "after") if name in table.c}
        session.execute(table.update().where(table.c.id == row.id).values(new))


def forget_person(session: Session, person_id: int, gone: Gone) -> str:
    """Take the words out of what somebody is called, everywhere; returns their slug before. Their page stays, without them."""
    person = session.get_one(Person, person_id)
    before = person.slug
    person.name, person.sort_name = _registered(gone, person.name, person.sort_name)
    if masking.spot(person.slug, gone.words):
        person.slug = f"person-{person_id}"
    session.add(person)
    for alias in session.exec(select(PersonAlias).where(PersonAlias.person_id == person_id)):
        if masking.spot(alias.alias, gone.words):  # the mark is nobody's name: it must link no voice
            session.delete(alias)
    for redirect in session.exec(select(PersonRedirect).where(PersonRedirect.person_id == person_id)):
        if masking.spot(redirect.slug, gone.words):
            session.delete(redirect)
    for merged in session.exec(select(PersonMerge).where(PersonMerge.into_id == person_id)):
        merged.name, merged.sort_name = _registered(gone, merged.name, merged.sort_name)
        session.add(merged)
    session.flush()
    told = ("slug", "into_slug", "moved", "why", "undone_why")
    mask_rows(session, PersonMerge, told, sqlalchemy.column("into_id") == person_id, gone)
    proposed = (ProposedMerge, ("gone_slug", "kept_slug", "why", "decided_why"))
    mask_rows(session, *proposed, sqlalchemy.or_(*(sqlalchemy.column(one) == before for one in proposed[1][:2])), gone)
    return before


def _registered(gone: Gone, name: str, sort_name: str) -> tuple[str, str]:
    """A name and how a register sorts it, without the words: where one holds them, the other may in another order."""
    new, sorted_by = gone.without(name) or "", gone.without(sort_name) or ""
    return (new, sorted_by) if new == name else (new, new)


def _mark(session: Session, turn: Turn, kind: str) -> str:
    """The mark in the language round the words; a second person at a forum is told apart from the first."""
    lang = "es" if turn.lang.startswith("es") else "en"
    if (kind, lang) not in masking.MARKS:
        raise Refusal("Say whether this is a name or an address.")
    mark = masking.MARKS[kind, lang]
    taken = set(session.exec(select(Withheld.mark).where(Withheld.forum_id == turn.forum_id)))
    numbered = (mark[:-1] + f" {n}]" for n in range(2, len(taken) + 3))
    return next(one for one in (mark, *numbered) if one not in taken)


def _versions(session: Session, gone: Gone) -> None:
    """Every version of every turn of the forum, with the places that were masked."""
    ours = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    for one in session.exec(select(TurnVersion).where(col(TurnVersion.turn_id).in_(ours))):
        spans = masking.spot(one.text, gone.words)
        if spans:
            one.text = masking.masked(one.text, spans, gone.mark)
            gone.spans[one.turn_id, one.n], gone.texts[one.turn_id, one.n] = spans, one.text
        one.label, one.why = gone.without(one.label), gone.without(one.why) or ""
        session.add(one)
    session.flush()


def _labels(session: Session, gone: Gone) -> None:
    here = sqlalchemy.column("forum_id") == gone.forum_id
    mask_rows(session, Speaker, ("name", "why", "credit_en", "credit_es"), here, gone)
    taken: set[str] = set()
    for row in session.exec(
        select(SpeakerLabel).where(SpeakerLabel.forum_id == gone.forum_id).order_by(col(SpeakerLabel.id))
    ).all():
        label = gone.without(row.label) or gone.mark
        if label in taken:  # MARIA LOPEZ and Maria Lopez are one mark now
            session.delete(row)
        else:
            row.label = label
            session.add(row)
        taken.add(label)
    session.flush()
    told = ("title_en", "title_es", "summary_en", "summary_es", "venue")
    mask_rows(session, Forum, told, sqlalchemy.column("id") == gone.forum_id, gone)


def _anchored(session: Session, gone: Gone) -> None:
    move_places(session, AnnotationAnchor, "turn_version", gone)
    ours = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    marked = select(AnnotationAnchor.annotation_id).where(col(AnnotationAnchor.turn_id).in_(ours))
    mask_rows(session, AnnotationBody, ("text",), sqlalchemy.column("annotation_id").in_(marked), gone)
    beside = ("exact", "before", "after")
    mask_rows(session, AnnotationAnchor, beside, sqlalchemy.column("turn_id").in_(ours), gone)


def _folders(session: Session, gone: Gone) -> None:
    """Folders of readers hold no words of the record: their places are carried over, their notes and titles masked."""
    turns = sorted({turn_id for turn_id, _ in gone.spans})
    kept = select(FolderQuote).where(col(FolderQuote.turn_id).in_(turns), col(FolderQuote.start).is_not(None))
    for one in session.exec(kept):
        spans = gone.spans.get((one.turn_id, one.turn_version))
        if spans and one.start is not None and one.end is not None:
            one.start, one.end = masking.carried(one.start, one.end, spans, gone.mark)
            session.add(one)
    session.flush()
    ours = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    mask_rows(session, FolderQuote, ("note",), sqlalchemy.column("turn_id").in_(ours), gone)
    folders = select(FolderQuote.folder_id).where(col(FolderQuote.turn_id).in_(ours))
    mask_rows(session, QuoteFolder, ("title",), sqlalchemy.column("id").in_(folders), gone)


def _beside(session: Session, gone: Gone) -> None:
    """What was said about the words: corrections, states, proposals, reports."""
    ours = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    here, of_turn = sqlalchemy.column("forum_id") == gone.forum_id, sqlalchemy.column("turn_id").in_(ours)
    exchanges = select(Exchange.id).where(Exchange.forum_id == gone.forum_id)
    mask_rows(session, Correction, ("before", "after", "why", "requested_by", "detail"), here, gone)
    states = sqlalchemy.column("exchange_id").in_(exchanges)
    mask_rows(session, ExchangeState, ("note_en", "note_es"), states, gone)
    mask_rows(session, ProposedChange, ("why", "requested_by", "decided_why"), of_turn, gone)
    mask_rows(session, VoiceProposal, ("why",), of_turn, gone)
    mask_rows(session, Report, ("text", "contact", "public_reason"), here, gone)
    mask_rows(session, Source, ("title", "publisher", "interest_en", "interest_es"), here, gone)
    for source in session.exec(select(Source).where(Source.forum_id == gone.forum_id)):
        if masking.spot(source.key, gone.words):
            source.key = f"source-{source.id}"
        if masking.spot(unquote(source.url or ""), gone.words):
            source.url = None
        session.add(source)
    mask_rows(session, Attribution, ("label", "before", "after", "why", "cells"), here, gone)
    mask_rows(session, PersonAlias, ("alias", "folded"), here, gone)


def _files(session: Session, gone: Gone) -> None:
    """The bytes of files that held the words are kept no longer; of files that are no text nobody can say, so they go too."""
    rows = session.exec(
        select(RecordFile, SourceFile)
        .join(SourceFile, col(SourceFile.sha256) == col(RecordFile.sha256))
        .join(Record, col(Record.id) == col(RecordFile.record_id))
        .where(Record.forum_id == gone.forum_id)
    ).all()
    for file, source in rows:
        file.filename = gone.without(file.filename) or "file"
        session.add(file)
        if source.withheld_at is None and may_hold(source.data, lambda text: bool(masking.spot(text, gone.words))):
            source.data, source.withheld_at = b"", now()
            session.add(source)
    session.flush()


def _turns(session: Session, gone: Gone, reason: Reason, at: datetime) -> None:
    """The turns themselves: masked, one version further (who looked at the words before cannot save them again), in public."""
    touched = {turn_id for turn_id, _ in gone.spans}
    for turn in session.exec(select(Turn).where(Turn.forum_id == gone.forum_id).with_for_update()):
        label, text = gone.without(turn.label), gone.without(turn.text) or ""
        if turn.id not in touched and (label, text) == (turn.label, turn.text):
            continue
        checked = turn.review
        turn.label, turn.text, turn.words = label, text, count_words(text)
        turn.fingerprint = fingerprint(label, text)
        amending.version(session, turn, amending.record_of(session, turn), reason, at)
        turn.review = checked
        amending.correct(session, turn, "withhold", "", gone.mark, reason, at)
