"""What a row may be made to rest on, for forms: every document and every source of a forum; and what a piece of evidence or words
of a turn say already, so that nobody types it again."""

from typing import Any, NamedTuple

import sqlalchemy
from sqlmodel import Session, col, select

from positions.followthrough.models.documents import Document
from positions.followthrough.models.programs import Program
from positions.models import Candidacy, Contest, Evidence, Proposition, Stance, Topic
from positions.scale import EvidenceKind
from transcripts.errors import NotFound
from transcripts.models import Forum, Organisation, Person, Source, Turn
from transcripts.queries import citations


class Choice(NamedTuple):
    """One document ("document:<slug>") or source ("source:<forum>/<key>"), and its name."""

    value: str
    name: str


def choices(session: Session) -> tuple[Choice, ...]:
    """Everything that can be chosen, documents first. Two statements."""
    documents = session.exec(select(Document.slug, Document.title_en).order_by(col(Document.title_en)))
    found = [Choice(f"document:{slug}", title) for slug, title in documents]
    sources = session.exec(
        select(Forum.slug, Source.key, Source.title, Source.publisher)
        .join(Forum, col(Forum.id) == col(Source.forum_id))
        .order_by(col(Forum.held_on).desc(), col(Source.title))
    )
    told = (
        (slug, key, ", ".join(part for part in (title, publisher) if part)) for slug, key, title, publisher in sources
    )
    return (*found, *(Choice(f"source:{slug}/{key}", f"{name} ({slug})") for slug, key, name in told))


def from_evidence(session: Session, id: int) -> dict[str, str | None]:
    """What a piece of evidence says of a commitment that rests on it, as the fields of its form. Raises NotFound."""
    found = session.execute(
        select(Evidence, Person.slug, Contest, Proposition.slug)
        .add_columns(*map(col, (Topic.slug, Stance.as_of, Source.key, Forum.slug, Turn.key)))
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .join(Topic, col(Topic.id) == col(Proposition.topic_id))
        .outerjoin(Source, col(Source.id) == col(Evidence.source_id))
        .outerjoin(Forum, col(Forum.id) == col(Source.forum_id))
        .outerjoin(Turn, col(Turn.id) == col(Evidence.turn_id))
        .where(col(Evidence.id) == id)
    ).first()
    if found is None:
        raise NotFound("There is no such piece of evidence (any more).")
    piece, person, race, statement, topic, day, source, forum, turn = found
    quoted = piece.kind == EvidenceKind.QUOTATION and turn is not None
    return {
        "maker": f"person:{person}",
        "contest": race.slug,
        "statement": statement,
        "topic": topic,
        "said_on": day.isoformat(),
        "zone": race.zone,
        "fictional": "1" if race.fictional else "",
        "origin_kind": str(EvidenceKind.QUOTATION if quoted else piece.kind),
        "origin_en": None if quoted else piece.text_en,
        "origin_es": None if quoted else piece.text_es,
        "fragment": None if quoted else piece.fragment,
        "ground": f"source:{forum}/{source}" if source and not quoted else None,
        "link": f"/turns/{turn}?words={piece.start}-{piece.end}&v={piece.turn_version}" if quoted else None,
    }


def from_words(
    session: Session, key: str, n: int | None = None, start: int | None = None, end: int | None = None
) -> dict[str, str | None]:
    """What words of a turn say of a commitment that rests on them, as the fields of its form. Raises NotFound."""
    found = citations.of_turn(session, key, n, start, end)
    turn = found.turn
    place = f"?words={found.start}-{found.end}&v={turn.version}" if found.words else ""
    return {
        "maker": f"person:{turn.person_slug}" if turn.person_slug else None,
        "said_on": turn.forum.held_on.isoformat(),
        "zone": session.exec(select(Forum.zone).where(Forum.slug == turn.forum.slug)).one(),
        "fictional": "1" if turn.forum.fictional else "",
        "origin_kind": str(EvidenceKind.QUOTATION),
        "link": f"/turns/{turn.key}{place}",
    }


class Belongings(NamedTuple):
    """Whom and what a commitment may belong to, each as (slug or "kind:slug", name)."""

    makers: list[tuple[str, str]]
    races: list[tuple[str, str]]
    programs: list[tuple[str, str]]
    topics: list[tuple[str, str]]
    statements: list[tuple[str, str]]


def belongings(session: Session) -> Belongings:
    """Everything a commitment may belong to, by name. Six statements."""

    def named(slug: Any, name: Any) -> list[tuple[str, str]]:
        return [(slug, name) for slug, name in session.execute(sqlalchemy.select(slug, name).order_by(name))]

    people, bodies = named(Person.slug, Person.name), named(Organisation.slug, Organisation.name)
    made = [(f"person:{slug}", name) for slug, name in people]
    return Belongings(
        [*made, *((f"organisation:{slug}", name) for slug, name in bodies)],
        named(Contest.slug, Contest.title_en),
        named(Program.slug, Program.name_en),
        named(Topic.slug, Topic.name_en),
        named(Proposition.slug, Proposition.text_en),
    )
