"""The topic tree as it is held: the list, one topic's page, and every name by which a topic can be asked for."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from positions.models import Contest, Proposition, Tag, Topic, TopicAlias, TopicRedirect
from positions.queries import propositions
from transcripts.bilingual import Bilingual, both
from transcripts.errors import NotFound
from transcripts.models import Forum, Record, Turn
from transcripts.queries.records import shown


@dataclass(frozen=True)
class TopicLine:
    """A subject, the slug of its parent (None for one of the upper level), and how many turns speak of it."""

    id: int
    slug: str
    parent: str | None
    name: Bilingual
    summary: Bilingual | None
    turns: int


@dataclass(frozen=True)
class AliasLine:
    """A name of a topic in `lang`. `folded` is for matching; `exact_case` wants `alias` letter by letter."""

    slug: str
    lang: str
    alias: str
    folded: str
    exact_case: bool


@dataclass(frozen=True)
class StatementLine:
    """A statement under a topic and the race it was written for."""

    slug: str
    text: Bilingual
    contest: str
    contest_title: Bilingual


@dataclass(frozen=True)
class TopicView:
    """What a topic's page says beside the turns."""

    line: TopicLine
    parent: TopicLine | None
    children: tuple[TopicLine, ...]
    aliases: tuple[AliasLine, ...]
    statements: tuple[StatementLine, ...]


def every(session: Session) -> tuple[TopicLine, ...]:
    """All topics in the order of the tree. Two statements."""
    return tuple(_lines(session).values())


def by_slug(session: Session, slug: str) -> TopicView:
    """One topic. Raises NotFound. Four statements."""
    tree = _lines(session)
    found = next((line for line in tree.values() if line.slug == slug), None)
    if found is None:
        raise NotFound("There is no topic “{slug}”.", slug=slug)
    return TopicView(
        line=found,
        parent=next((line for line in tree.values() if line.slug == found.parent), None),
        children=tuple(line for line in tree.values() if line.parent == slug),
        aliases=tuple(alias for alias in aliases(session) if alias.slug == slug),
        statements=_statements(session, found.id),
    )


def moved_to(session: Session, slug: str) -> str | None:
    """The slug of the topic that one was merged into; None where it was not. One statement."""
    led = select(Topic.slug).join(TopicRedirect, col(TopicRedirect.topic_id) == col(Topic.id))
    return session.exec(led.where(TopicRedirect.slug == slug)).one_or_none()


def aliases(session: Session) -> tuple[AliasLine, ...]:
    """Every other name of every topic, as search and tagging know them. One statement."""
    rows = session.exec(
        select(Topic.slug, TopicAlias)
        .join(TopicAlias, col(TopicAlias.topic_id) == col(Topic.id))
        .order_by(col(Topic.position), col(TopicAlias.id))
    )
    return tuple(AliasLine(slug, row.lang, row.alias, row.folded, row.exact_case) for slug, row in rows)


def turns_on(session: Session, topic_id: int, limit: int) -> tuple[int, ...]:
    """The ids of the newest turns that speak of a topic and may be shown, at most `limit`."""
    return tuple(
        found or 0
        for found in session.exec(
            select(Turn.id)
            .join(Tag, col(Tag.turn_id) == col(Turn.id))
            .join(Record, col(Record.id) == col(Turn.record_id))
            .join(Forum, col(Forum.id) == col(Turn.forum_id))
            .where(Tag.topic_id == topic_id, Tag.status != "rejected", col(Record.is_published), shown())
            .order_by(col(Forum.held_on).desc(), col(Turn.position))
            .limit(limit)
        )
    )


def _lines(session: Session) -> dict[int, TopicLine]:
    rows = session.exec(select(Topic).order_by(col(Topic.position), col(Topic.id))).all()
    slugs = {topic.id: topic.slug for topic in rows}
    counts = dict(
        session.exec(
            select(Tag.topic_id, func.count(col(Tag.id)))
            .join(Turn, col(Turn.id) == col(Tag.turn_id))
            .join(Record, col(Record.id) == col(Turn.record_id))
            .where(Tag.status != "rejected", col(Record.is_published), shown())
            .group_by(col(Tag.topic_id))
        ).all()
    )
    return {
        topic.id or 0: TopicLine(
            id=topic.id or 0,
            slug=topic.slug,
            parent=slugs.get(topic.parent_id),
            name=Bilingual(topic.name_en, topic.name_es),
            summary=both(topic.summary_en, topic.summary_es),
            turns=counts.get(topic.id or 0, 0),
        )
        for topic in rows
    }


def _statements(session: Session, topic_id: int) -> tuple[StatementLine, ...]:
    rows = session.exec(
        select(Proposition, Contest)
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .where(Proposition.topic_id == topic_id, propositions.is_open())
        .order_by(col(Contest.election_date).desc(), col(Proposition.position))
    )
    return tuple(
        StatementLine(
            proposition.slug,
            Bilingual(proposition.text_en, proposition.text_es),
            contest.slug,
            Bilingual(contest.title_en, contest.title_es),
        )
        for proposition, contest in rows
    )
