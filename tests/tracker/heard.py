"""Two forums with a few turns of every sort that search has to tell apart."""

from datetime import date

from sqlmodel import Session

from positions.models import Candidacy, Contest, ContestForum, Proposition, Tag, Topic, TopicAlias
from transcripts.models import Forum, Person, PersonAlias, Record, Source, Speaker, Turn
from transcripts.text import fingerprint, fold


def key(name: str) -> str:
    """The permanent key of a turn by the name tests give it."""
    return f"01{name.upper():0>24}"


def store(session: Session) -> None:
    """Everything: a race of three, of whom one never speaks; a forum published whole and a report quoted only."""
    session.add_all(
        [
            Person(id=1, slug="ada-marsh", name="Ada Marsh", sort_name="Marsh, Ada"),
            Person(id=2, slug="bo-quill", name="Bo Quill", sort_name="Quill, Bo"),
            Person(id=3, slug="cy-rook", name="Cy Rook", sort_name="Rook, Cy"),
            Topic(id=1, slug="public-safety", name_en="Public safety", name_es="Seguridad pública"),
            Topic(id=2, slug="policing", parent_id=1, name_en="Policing", name_es="Policía"),
            Topic(id=3, slug="housing", name_en="Housing", name_es="Vivienda"),
            Contest(
                id=1,
                slug="mayor-2026",
                title_en="Mayor",
                office_en="Mayor",
                place="Port Linden, Westmark",
                election_date=date(2026, 11, 3),
            ),
            Forum(
                id=1,
                slug="town-hall",
                title_en="Town hall",
                title_es="Asamblea",
                held_on=date(2026, 9, 8),
                city="Port Linden",
                video_url="https://video.example/1",
                fictional=True,
            ),
            Forum(id=2, slug="debate", title_en="Debate", held_on=date(2025, 5, 1)),
        ]
    )
    session.flush()
    session.add_all(
        [
            PersonAlias(person_id=1, alias="Mayor Marsh", folded=fold("Mayor Marsh")),
            TopicAlias(topic_id=2, lang="es", alias="armas de la policía", folded=fold("armas de la policía")),
            TopicAlias(topic_id=2, lang="en", alias="police", folded="police"),
            *(Candidacy(contest_id=1, person_id=n, ballot_name=name, party_en=party) for n, name, party in CANDIDATES),
            ContestForum(contest_id=1, forum_id=1),
            Proposition(slug="p1", contest_id=1, topic_id=2, text_en="The police should have more officers."),
            Source(id=1, forum_id=2, key="report", kind="article", title="A report", publisher="The Gazette"),
            Speaker(id=1, forum_id=1, person_id=1, name="MAYOR MARSH", role="candidate"),
            Speaker(id=2, forum_id=1, person_id=2, name="Quill", role="candidate"),
            Speaker(id=3, forum_id=1, name="Dee Usher", role="moderator"),
            Speaker(id=4, forum_id=2, person_id=1, name="Ada Marsh", role="candidate"),
        ]
    )
    session.flush()
    session.add_all(
        [
            Record(id=1, forum_id=1, grade="published", is_published=True),
            Record(id=2, forum_id=2, source_id=1, grade="recap", publishing_right="quotations", is_published=True),
            Record(id=3, forum_id=1, grade="machine", publishing_right="private"),
        ]
    )
    session.flush()
    session.add_all(Turn(id=n, position=n, **turn) for n, turn in enumerate(TURNS, 1))
    session.flush()
    session.add_all(
        [
            Tag(turn_id=2, topic_id=2, reason="word"),
            Tag(turn_id=3, topic_id=3, reason="word"),
            Tag(turn_id=3, topic_id=2, reason="word", status="rejected"),
        ]
    )


CANDIDATES = ((1, "Ada Marsh", "Harbor Party"), (2, "Bo Quill", None), (3, "Cy Rook", "Orchard Union"))


def _turn(name: str, speaker: int | None, text: str, record: int = 1, **others: object) -> dict[str, object]:
    forum = 2 if record == 2 else 1
    given = {"kind": "speech", "label": "X", "key": key(name), "fingerprint": fingerprint("X", text), **others}
    return {"forum_id": forum, "record_id": record, "speaker_id": speaker, "text": text, **given}


TURNS = (
    _turn("ask", 3, "How many officers should the police have?"),
    _turn("marsh", 1, "The police need forty more officers, and better lamps in the harbor."),
    _turn("quill", 2, "Rents first. The police have enough officers, and the harbor has enough lamps."),
    _turn("spanish", 2, "La policía no necesita más agentes; la vivienda sí.", lang="es"),
    _turn("nobody", None, "Shame, more lamps!", label=None),
    _turn("order", 3, "Please keep to one minute about the lamps.", kind="procedure"),
    _turn("gone", 1, "Lamps that were withdrawn.", status="withdrawn"),
    _turn("private", 1, "Lamps in a private draft.", record=3),
    _turn("quoted", 4, "I never said lamps were enough.", record=2, kind="recap_quote"),
    _turn("narrated", None, "The reporter saw lamps everywhere.", record=2, kind="narration", label=None),
)
"""Eight of these hold lamps; search may find four of them."""
