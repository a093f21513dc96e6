"""Words withheld everywhere: the record takes them out of itself, this takes them out of what was made of it. The one entry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, select

from positions import reanchoring
from positions.followthrough import withholding as deeds
from positions.followthrough.models.commitments import Commitment
from positions.models import Candidacy, Evidence, EvidenceAnchor, SearchLog, Stance, Tag, TopicWord
from transcripts import annotating, masking, withholding
from transcripts.amending import Reason
from transcripts.models import Person, PersonAlias, Source, Speaker, Turn, now
from transcripts.withholding import Gone

Clock = Callable[[], datetime]


def withhold(
    session: Session, key: str, version: int, words: str, kind: str, reason: Reason, clock: Clock = now
) -> Gone:
    """Take words of a turn out of everything we hold of its forum, for good. See `transcripts.withholding.withhold`.

    The answer is for the rooms above, which take the words out of what they keep.
    """
    gone = withholding.withhold(session, key, version, words, kind, reason, clock)
    withholding.move_places(session, Evidence, "turn_version", gone)
    withholding.move_places(session, EvidenceAnchor, "turn_version", gone)
    turns = select(Turn.id).where(Turn.forum_id == gone.forum_id)
    sources = select(Source.id).where(Source.forum_id == gone.forum_id)
    ours = sqlalchemy.or_(
        sqlalchemy.column("turn_id").in_(turns),
        sqlalchemy.column("source_id").in_(sources),
    )
    told = ("exact", "before", "after", "text_en", "text_es", "fragment")
    withholding.mask_rows(session, Evidence, told, ours, gone)
    of_turn = sqlalchemy.column("turn_id").in_(turns)
    withholding.mask_rows(session, EvidenceAnchor, ("exact", "before", "after"), of_turn, gone)
    withholding.mask_rows(session, Tag, ("reason",), of_turn, gone)
    withholding.mask_rows(session, TopicWord, ("pattern",), sqlalchemy.true(), gone)
    rests = select(Evidence.stance_id).where(col(Evidence.turn_id).in_(turns) | col(Evidence.source_id).in_(sources))
    texts = (
        "condition_en",
        "condition_es",
        "scope_en",
        "scope_es",
        "summary_en",
        "summary_es",
        "around_en",
        "around_es",
    )
    withholding.mask_rows(session, Stance, texts, sqlalchemy.column("id").in_(rests), gone)
    withholding.mask_rows(session, SearchLog, ("where_en", "where_es"), sqlalchemy.column("stance_id").in_(rests), gone)
    deeds.take_out(session, gone)
    people = [withholding.forget_person(session, id, gone) for id in _private(session, gone)]
    session.expire_all()
    for record_id in set(session.exec(select(Turn.record_id).where(Turn.forum_id == gone.forum_id))):
        annotating.reanchor(session, record_id, clock)
    reanchoring.reanchor(session, gone.forum_id, clock)
    return replace(gone, people=tuple(people))


def _private(session: Session, gone: Gone) -> list[int]:
    """People who go by the words, were heard at this forum alone and stand for nothing: whoever stands is public."""
    elsewhere = select(Speaker.person_id).where(Speaker.forum_id != gone.forum_id, col(Speaker.person_id).is_not(None))
    heard = select(Speaker.person_id).where(Speaker.forum_id == gone.forum_id, col(Speaker.person_id).is_not(None))
    people = session.exec(
        select(Person)
        .where(col(Person.id).in_(heard), col(Person.id).not_in(elsewhere))
        .where(col(Person.id).not_in(select(Candidacy.person_id)))
        .where(col(Person.id).not_in(select(Commitment.person_id).where(col(Commitment.person_id).is_not(None))))
        .order_by(col(Person.id))
    ).all()
    names: dict[int, list[str]] = {}
    for alias in session.exec(select(PersonAlias).where(col(PersonAlias.person_id).in_([one.id for one in people]))):
        names.setdefault(alias.person_id, []).append(alias.alias)
    called = {one.id or 0: (one.name, one.sort_name, one.slug, *names.get(one.id or 0, ())) for one in people}
    return [id for id, texts in called.items() if any(masking.spot(text, gone.words) for text in texts)]
