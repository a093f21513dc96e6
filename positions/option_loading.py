"""The writer of a matrix of listed answers: statements of type choice, and who chose what, all of it or nothing (docs/options.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from positions.coding.publishing import FILE
from positions.entries.entry import free_slug, needed
from positions.keeping import Tally, keep
from positions.load_document import checked
from positions.load_schema import Proposition as Entry
from positions.models import Candidacy, Contest, ContestForum, Proposition, Topic
from positions.option_matrix import NONE_LISTED, Answered, Question, Source
from positions.queries import names
from positions.scale import Code, EvidenceKind, Tier
from positions.stance_rules import NewEvidence, NewStance
from positions.stances import record
from positions.topics import keep_proposition
from transcripts.bilingual import Bilingual
from transcripts.errors import BadFile, Conflict, NotFound, Refusal
from transcripts.models import Forum, Person, PersonAlias
from transcripts.models import Source as SourceRow
from transcripts.text import fold
from transcripts.vocabulary import Reason

OWN = "own"
"""The key of the source that is the list of questions itself."""
NO_WORDS = Bilingual("None of the answers listed.", "Ninguna de las respuestas propuestas.")


@dataclass(frozen=True)
class Place:
    """Where a matrix belongs: its race, the questionnaire it is of, and the topic of questions whose own is not in the tree."""

    contest: Contest
    forum: Forum
    topic: str | None = None


def place(session: Session, contest: str, forum: str, topic: str | None = None) -> Place:
    """The race and its questionnaire. Raises NotFound; Conflict where the one does not belong to the other."""
    race, asked = needed(session, Contest, contest, "race"), needed(session, Forum, forum, "forum")
    if session.get(ContestForum, (race.id, asked.id)) is None:
        raise Conflict("“{forum}” is no forum of the race “{race}”; say so there first.", forum=forum, race=contest)
    if topic is not None:
        needed(session, Topic, topic, "topic")
    return Place(race, asked, topic)


def load_matrix(session: Session, where: Place, questions: Sequence[Question], answers: Sequence[Answered]) -> Tally:
    """Bring the questions and answers into line, in the caller's transaction. Raises Refusal, BadFile with the line."""
    tally = Tally()
    people, topics = _people(session, where.contest), _topics(session)
    statements = {one.key: _statement(session, where, one, n, topics, tally) for n, one in enumerate(questions)}
    sources: dict[Source | None, int] = {}
    asked = {one.key: one for one in questions}
    for one in answers:
        try:
            candidacy = _candidacy(people, one)
            if one.source not in sources:
                sources[one.source] = _source(session, where, one.source, tally)
            whose = NewStance(candidacy, statements[one.question], one.day or where.forum.held_on)
            tally.count(
                "positions", record(session, _stance(whose, one, asked[one.question], sources[one.source]), FILE)
            )
        except BadFile:
            raise
        except Refusal as refusal:
            raise BadFile(
                "{who}, question {key}: {what}", one.line, who=one.candidate, key=one.question, what=refusal.message
            ) from refusal
    return tally


def _statement(session: Session, where: Place, one: Question, n: int, topics: Mapping[str, str], tally: Tally) -> int:
    slug = f"{where.contest.slug[:90].rstrip('-')}-q{one.key}"
    topic = topics.get(fold(one.topic), where.topic)
    if topic is None:
        raise BadFile(
            "“{topic}” is no topic of the tree; name one by its slug, or give --topic for those that are not.",
            one.line,
            topic=one.topic,
        )
    entry = checked(
        Entry,
        {
            "slug": slug,
            "contest": where.contest.slug,
            "topic": topic,
            "type": "choice",
            "text": {"en": one.text.en, "es": one.text.es},
            "options": [{"key": key, "en": text.en, "es": text.es} for key, text in one.options],
            "proposed_by": one.proposed_by,
        },
    )
    held = needed(session, Topic, topic, "topic")
    tally.count("statements", keep_proposition(session, entry, where.contest.id or 0, held.id or 0, n))
    return needed(session, Proposition, slug, "statement").id or 0


def _stance(whose: NewStance, one: Answered, asked: Question, source: int) -> NewStance:
    """What was answered, as the writer of positions takes it."""
    options = dict(asked.options)
    if one.said in set(Reason) and one.said != Reason.NONE_FOUND:
        return replace(whose, reason=Reason(one.said))
    if one.said != NONE_LISTED and one.said not in options:
        raise NotFound(
            "“{said}” is none of {keys}, nor {none} for none of these, nor a reason such as declined.",
            said=one.said,
            keys=", ".join(options),
            none=NONE_LISTED,
        )
    told = Bilingual(one.words, None) if one.words else options.get(one.said, NO_WORDS)
    linked = one.source is not None and one.source.url is not None
    own = one.said == NONE_LISTED
    return replace(
        whose,
        code=Code.OWN_ANSWER if own else Code.OPTION,
        choice=None if own else one.said,
        tier=Tier(one.tier or (Tier.QUOTED if linked else Tier.OFFICIAL)),
        evidence=(NewEvidence(EvidenceKind.REPORTED_QUOTATION, source_id=source, told=told),),
    )


def _source(session: Session, where: Place, source: Source | None, tally: Tally) -> int:
    """The source an answer names, made where it is not held; without one, the questionnaire itself."""
    own = Source(where.forum.title_en, None, where.forum.held_on)
    title, url, day = (source or own).title, (source or own).url, (source or own).day
    key = OWN
    if source is not None:
        key = free_slug(f"{title} {day or ''} {url or ''}"[:90], (), OWN)
    kind = "article" if url else "questionnaire"
    said = {"kind": kind, "title": title, "url": url, "published_on": day}
    row, outcome = keep(session, SourceRow, {"forum_id": where.forum.id, "key": key}, said)
    tally.count("sources", outcome)
    return row.id or 0


def _candidacy(people: Mapping[str, set[int]], one: Answered) -> int:
    found = people.get(fold(one.candidate), set())
    if len(found) != 1:
        raise NotFound("Nobody, or more than one, goes by this name in the race; write the name on the ballot.")
    return min(found)


def _people(session: Session, contest: Contest) -> dict[str, set[int]]:
    """Candidacies by every name they go by."""
    rows = session.exec(
        select(Candidacy, Person, PersonAlias.alias)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .outerjoin(PersonAlias, col(PersonAlias.person_id) == col(Person.id))
        .where(Candidacy.contest_id == contest.id)
    )
    found: dict[str, set[int]] = {}
    for candidacy, person, alias in rows:
        for name in (candidacy.ballot_name, person.name, person.slug, alias):
            if name:
                found.setdefault(fold(name), set()).add(candidacy.id or 0)
    return found


def _topics(session: Session) -> dict[str, str]:
    """Slugs of topics by their slug, names and other names, each folded."""
    found: dict[str, str] = {}
    for topic in names.of_topics(session):
        for name in (topic.slug, topic.name.en, topic.name.es or topic.slug, *(alias for _, alias, _ in topic.aliases)):
            found.setdefault(fold(name), topic.slug)
    return found
