"""The writer of what a loaded file says about forums: bodies, people, appearances, sources, and what became of a question."""

from typing import Any

from sqlmodel import Session, col, select

from positions.keeping import Outcome, keep
from positions.load_fields import Both
from positions.load_schema import Appearance, Forum, Organisation, Person, Source, State
from positions.queries import merged
from positions.stances import columns
from transcripts import models
from transcripts.errors import Conflict, NotFound
from transcripts.queries.speakers import moved_to
from transcripts.search.outbox import enqueue
from transcripts.text import fold

WHY = "Named in the file that was loaded"


def _columns(name: str, text: Both | None) -> dict[str, Any]:
    return columns(name, text.pair() if text else None)


def keep_organisation(session: Session, entry: Organisation) -> Outcome:
    """Bring one body into line with the file."""
    said = {"name": entry.name, "url": entry.url, **_columns("interest", entry.interest)}
    return keep(session, models.Organisation, {"slug": entry.slug}, said)[1]


def keep_person(session: Session, entry: Person) -> Outcome:
    """Bring one person into line; aliases are added, never taken away."""
    said = {"name": entry.name, "sort_name": entry.sort_name}
    survivor = moved_to(session, entry.slug)
    if survivor:
        raise Conflict(
            "“{slug}” turned out to be “{survivor}” here; use that slug in the file.",
            slug=entry.slug,
            survivor=survivor,
        )
    person, outcome = keep(session, models.Person, {"slug": entry.slug}, said)
    for alias in entry.aliases:
        anywhere = {"forum_id": None, "valid_from": None, "valid_to": None}
        which = {"person_id": person.id, "folded": fold(alias), **anywhere}
        _, added = keep(session, models.PersonAlias, which, {"alias": alias})
        outcome = "changed" if added != "same" and outcome == "same" else outcome
    if outcome == "changed":
        of_person = select(models.Speaker.id).where(models.Speaker.person_id == person.id)
        enqueue(session, session.exec(select(models.Turn.key).where(col(models.Turn.speaker_id).in_(of_person))))
    return outcome


def keep_forum(session: Session, entry: Forum) -> tuple[models.Forum, Outcome]:
    """Bring one forum into line, without its people and sources. Raises Conflict where it was merged."""
    merged.refuse(session, "forum", entry.slug)
    said = {
        "kind": entry.kind,
        "held_on": entry.date,
        "zone": entry.zone,
        "venue": entry.venue,
        "city": entry.city,
        "attendance": entry.attendance,
        "language": entry.language,
        "video_url": entry.video,
        "fictional": entry.fictional,
        **_columns("title", entry.title),
        **_columns("summary", entry.summary),
    }
    return keep(session, models.Forum, {"slug": entry.slug}, said)


def keep_role(session: Session, forum_id: int, organisation_id: int, role: str) -> Outcome:
    """Say what a body was to a forum."""
    which = {"forum_id": forum_id, "organisation_id": organisation_id, "role": role}
    return keep(session, models.ForumOrganisation, which, {})[1]


def keep_source(session: Session, forum_id: int, entry: Source) -> Outcome:
    """Bring one source about a forum into line."""
    said = {
        "kind": entry.kind,
        "title": entry.title,
        "publisher": entry.publisher,
        "published_on": entry.date,
        "url": entry.url,
        "grade": entry.grade,
        **_columns("interest", entry.interest),
    }
    return keep(session, models.Source, {"forum_id": forum_id, "key": entry.key}, said)[1]


def keep_appearance(session: Session, forum_id: int, entry: Appearance, person: models.Person | None) -> Outcome:
    """Bring one voice into line: found by its person or by its labels, else made. Labels are added, never taken away.

    An unlinked voice that goes by one of the labels becomes that person's. Raises Conflict when a label stands for another.
    """
    labels = (entry.label,) if entry.label else entry.labels
    labelled = _labelled(session, forum_id, labels)
    strangers = [one.name for one in labelled.values() if person and one.person_id not in (None, person.id)]
    if strangers:
        raise Conflict(
            "A label given here already stands for {name} at this forum; correct one of the two.", name=strangers[0]
        )
    speakers = list({one.id: one for one in (*_of_person(session, forum_id, person), *labelled.values())}.values())
    fresh = models.Speaker(forum_id=forum_id, name=person.name if person else str(entry.label), why=WHY)
    changed = [_bring_into_line(session, one, entry, person) for one in speakers or [fresh]]
    new_labels = [label for label in labels if label not in labelled]
    owner = (speakers or [fresh])[0].id or 0
    session.add_all(models.SpeakerLabel(forum_id=forum_id, speaker_id=owner, label=label) for label in new_labels)
    session.flush()
    return "added" if not speakers else "changed" if new_labels or any(changed) else "same"


def _bring_into_line(
    session: Session, speaker: models.Speaker, entry: Appearance, person: models.Person | None
) -> bool:
    said = {"role": entry.role, **_columns("credit", entry.credit)}
    if person is not None:
        said |= {"person_id": person.id, "name": person.name}
        said |= {"why": WHY} if speaker.person_id != person.id else {}
    differing = {name: value for name, value in said.items() if getattr(speaker, name) != value}
    for name, value in differing.items():
        setattr(speaker, name, value)
    session.add(speaker)
    session.flush()
    if differing:
        enqueue(session, session.exec(select(models.Turn.key).where(models.Turn.speaker_id == speaker.id)))
    return bool(differing)


def _labelled(session: Session, forum_id: int, labels: tuple[str, ...]) -> dict[str, models.Speaker]:
    rows = session.exec(
        select(models.SpeakerLabel.label, models.Speaker)
        .join(models.Speaker, col(models.Speaker.id) == col(models.SpeakerLabel.speaker_id))
        .where(models.SpeakerLabel.forum_id == forum_id, col(models.SpeakerLabel.label).in_(labels))
    )
    return dict(rows.all())


def _of_person(session: Session, forum_id: int, person: models.Person | None) -> list[models.Speaker]:
    if person is None:
        return []
    mine = select(models.Speaker).where(models.Speaker.forum_id == forum_id, models.Speaker.person_id == person.id)
    return list(session.exec(mine.order_by(col(models.Speaker.id))))


def keep_state(session: Session, forum_id: int, entry: State, person: models.Person) -> Outcome:
    """Say what became of somebody in one exchange, as an editor. Raises NotFound when question or voice are not there."""
    asked = session.exec(
        select(models.Exchange, models.Turn)
        .join(models.Turn, col(models.Turn.id) == col(models.Exchange.question_turn_id))
        .where(models.Exchange.forum_id == forum_id)
    ).all()
    words = fold(entry.question)
    found = [exchange for exchange, turn in asked if words in fold(turn.text)]
    if len(found) != 1:
        if not found:
            raise NotFound("No question of this forum holds these words: they must stand in it as it was asked.")
        raise NotFound("{n} questions hold these words; add words until only one does.", n=len(found))
    speaker = session.exec(
        select(models.Speaker).where(models.Speaker.forum_id == forum_id, models.Speaker.person_id == person.id)
    ).first()
    if speaker is None:
        raise NotFound("{name} is not among the appearances of this forum; add them there.", name=person.name)
    said = {"state": entry.state, "set_by": "editor", **_columns("note", entry.note)}
    which = {"exchange_id": found[0].id, "speaker_id": speaker.id}
    return keep(session, models.ExchangeState, which, said)[1]
