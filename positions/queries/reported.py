"""What reports are about, in words a reader knows: whose it is, the statement or topic, the words themselves, where it is shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, Evidence, Proposition, Stance, Tag, Topic
from transcripts.bilingual import Bilingual
from transcripts.models import Person, Record, Speaker, Turn
from transcripts.queries import turns
from transcripts.queries.records import ever_shown

About = tuple[str, int]
"""A subject of reports (`desk_models.SUBJECTS`) and the row of its own table."""


@dataclass(frozen=True)
class Reported:
    """`name` is None for a voice nobody named; `text` is ours, `words` (in `lang`) are somebody's; `path` is without language."""

    name: str | None
    path: str
    text: Bilingual | None = None
    words: str | None = None
    lang: str = "en"


def described(session: Session, about: Collection[About]) -> dict[About, Reported]:
    """What each subject is, those that may not be shown left out. As many statements however many there are."""
    ids = {subject: {id for named, id in about if named == subject} for subject in _FIND}
    return {
        (subject, id): one for subject, find in _FIND.items() if ids[subject] for id, one in find(session, ids[subject])
    }


def _turns(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    for one in turns.views(session, turns.rows().where(col(Turn.id).in_(ids), ever_shown())):
        words = one.text if one.status == "current" else None
        yield one.id, Reported(one.speaker_name or one.label, f"/turns/{one.key}", words=words, lang=one.lang)


def _positions(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    rows = session.exec(
        select(Stance.id, Candidacy.ballot_name, Contest.slug, Proposition)
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .where(col(Stance.id).in_(ids))
    )
    for id, name, contest, one in rows:
        path = f"/contests/{contest}/compare?by=statement#r-{one.slug}"
        yield id or 0, Reported(name, path, Bilingual(one.text_en, one.text_es))


def _translations(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    rows = session.exec(
        select(Evidence, Candidacy.ballot_name, Turn.key, Turn.lang)
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Turn, col(Turn.id) == col(Evidence.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Evidence.id).in_(ids), ever_shown())
    )
    for one, name, key, lang in rows:
        said = Bilingual(one.text_en or one.text_es or "", one.text_es)
        yield one.id or 0, Reported(name, f"/turns/{key}", said, one.exact, lang)


def _tags(session: Session, ids: Collection[int]) -> Iterable[tuple[int, Reported]]:
    rows = session.exec(
        select(Tag.id, Topic, Turn.key, Person.name)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .outerjoin(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(Tag.id).in_(ids), ever_shown())
    )
    for id, topic, key, name in rows:
        yield id or 0, Reported(name, f"/turns/{key}", Bilingual(topic.name_en, topic.name_es))


_FIND = {"turn": _turns, "position": _positions, "translation": _translations, "tag": _tags}
