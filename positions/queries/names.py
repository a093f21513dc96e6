"""Every name by which topics and races can be asked for, and who stands in them."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, ContestForum, Proposition, Topic, TopicAlias, TopicRedirect
from transcripts.bilingual import Bilingual
from transcripts.models import Forum, Person


@dataclass(frozen=True)
class TopicNames:
    """A topic, the one above it, and what else it is called: (language, words, whether the case counts)."""

    slug: str
    parent: str | None
    name: Bilingual
    aliases: tuple[tuple[str, str, bool], ...]


def of_topics(session: Session) -> tuple[TopicNames, ...]:
    """The tree in its order. Two statements."""
    aliases: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    rows = session.exec(select(TopicAlias.topic_id, TopicAlias.lang, TopicAlias.alias, TopicAlias.exact_case))
    for topic_id, lang, alias, exact_case in rows:
        aliases[topic_id].append((lang, alias, exact_case))
    topics = session.exec(select(Topic).order_by(col(Topic.position), col(Topic.id))).all()
    slugs = {topic.id: topic.slug for topic in topics}
    return tuple(
        TopicNames(
            slug=topic.slug,
            parent=slugs.get(topic.parent_id),
            name=Bilingual(topic.name_en, topic.name_es),
            aliases=tuple(aliases.get(topic.id or 0, ())),
        )
        for topic in topics
    )


def merged_topics(session: Session) -> dict[str, str]:
    """Slugs of topics that are another now, by the slug they had. One statement."""
    asked = select(TopicRedirect.slug, Topic.slug).join(Topic, col(Topic.id) == col(TopicRedirect.topic_id))
    return dict(session.exec(asked).all())


def of_contests(session: Session) -> dict[str, Bilingual]:
    """Titles of races by slug. One statement."""
    rows = session.exec(select(Contest.slug, Contest.title_en, Contest.title_es))
    return {slug: Bilingual(title_en, title_es) for slug, title_en, title_es in rows}


def candidates(session: Session, which: ColumnElement[bool]) -> tuple[tuple[str, str], ...]:
    """Slug and ballot name of everybody who stands in the races that fit, in the order of the register. One statement."""
    rows = session.exec(
        select(Person.slug, Candidacy.ballot_name)
        .join(Candidacy, col(Candidacy.person_id) == col(Person.id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .where(which)
        .order_by(col(Person.sort_name), col(Person.slug))
    )
    return tuple(dict(rows.all()).items())


def slugs(session: Session, which: ColumnElement[bool]) -> tuple[str, ...]:
    """The races that fit, the latest election first. One statement."""
    latest = (col(Contest.election_date).desc(), col(Contest.slug))
    return tuple(session.exec(select(Contest.slug).where(which).order_by(*latest)))


def races(*slugs: str) -> ColumnElement[bool]:
    """These races, by slug."""
    return col(Contest.slug).in_(slugs)


def races_heard_at(*forums: str) -> ColumnElement[bool]:
    """The races whose candidates were heard at these forums, by slug."""
    heard = select(ContestForum.contest_id).join(Forum, col(Forum.id) == col(ContestForum.forum_id))
    return col(Contest.id).in_(heard.where(col(Forum.slug).in_(forums)))


def races_about(*topics: str) -> ColumnElement[bool]:
    """The races that have a statement under one of these topics, by slug."""
    about = select(Proposition.contest_id).join(Topic, col(Topic.id) == col(Proposition.topic_id))
    return col(Contest.id).in_(about.where(col(Topic.slug).in_(topics)))


def races_of(*people: str) -> ColumnElement[bool]:
    """The races in which one of these people stands, by slug."""
    standing = select(Candidacy.contest_id).join(Person, col(Person.id) == col(Candidacy.person_id))
    return col(Contest.id).in_(standing.where(col(Person.slug).in_(people)))
