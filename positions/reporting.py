"""Reports about what was made of the record: a position, a tag, a translation, with the words they stand on; and about deeds."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from positions.followthrough.queries import named
from positions.models import Evidence, Stance, Tag
from positions.queries import reported
from positions.queries.reported import About, Reported
from transcripts.errors import NotFound
from transcripts.models import Source, Turn
from transcripts.reporting import Subject


def described(session: Session, about: Collection[About]) -> dict[About, Reported]:
    """What each subject is, those that may not be shown left out. As many statements however many there are."""
    deeds = named.by_ids(session, about)
    told = {key: Reported(None, one.path, title=one.title) for key, one in deeds.items()}
    return reported.described(session, about) | told


def of_deed(session: Session, kind: str, slug: str) -> Subject:
    """A program, a commitment, a figure, a document or an act, by its slug. Raises NotFound."""
    return Subject(kind, named.by_slug(session, kind, slug).id)


def of_position(session: Session, stance_id: int) -> Subject:
    """A position, with the first words it rests on, where there are any. Raises NotFound."""
    if session.get(Stance, stance_id) is None:
        raise NotFound("There is no such position.")
    first = select(Evidence).where(Evidence.stance_id == stance_id).order_by(col(Evidence.position), col(Evidence.id))
    found = session.exec(first).first()
    return _on(session, "position", stance_id, found) if found else Subject("position", stance_id)


def of_translation(session: Session, evidence_id: int) -> Subject:
    """The translation of a piece of evidence. Raises NotFound."""
    found = session.get(Evidence, evidence_id)
    if found is None or found.translator is None:
        raise NotFound("There is no such translation.")
    return _on(session, "translation", evidence_id, found)


def of_tag(session: Session, tag_id: int) -> Subject:
    """A topic on a turn. Raises NotFound."""
    found = session.get(Tag, tag_id)
    if found is None:
        raise NotFound("There is no such tag.")
    turn = session.get_one(Turn, found.turn_id)
    return Subject("tag", tag_id, turn.id, turn.version, turn.forum_id)


def _on(session: Session, subject: str, id: int, piece: Evidence) -> Subject:
    if piece.turn_id is not None:
        forum_id = session.get_one(Turn, piece.turn_id).forum_id
        return Subject(subject, id, piece.turn_id, piece.turn_version, forum_id)
    return Subject(subject, id, forum_id=session.get_one(Source, piece.source_id).forum_id)
