"""What candidates said, topic by topic: their tagged turns, the newest first, the same number for everybody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from positions.cells import Candidate, Cell, Evidence, answered, empty
from positions.comparison import Row, cells_for
from positions.models import Tag, Topic
from positions.queries.words import Heard, heard_at, whole_turn
from positions.quoting import PASSAGES
from transcripts.bilingual import Bilingual
from transcripts.models import Exchange, ExchangeState, Forum, Person, Record, Speaker, Turn
from transcripts.queries.forums import HEARD
from transcripts.queries.records import shown
from transcripts.vocabulary import ANSWERED, Reason

Said = dict[int, dict[str, list[Evidence]]]
Counts = dict[tuple[int, str], int]


def rows(session: Session, contest_id: int, candidates: Sequence[Candidate]) -> tuple[Row, ...]:
    """A row for each topic that a candidate spoke about, in the order of the tree. Four statements."""
    forums = heard_at(session, contest_id)
    said, counts = _tagged(session, forums, [one.slug for one in candidates])
    silences = _silences(session, forums)
    topics = session.exec(select(Topic).where(col(Topic.id).in_(said)).order_by(col(Topic.position), col(Topic.id)))
    return tuple(
        Row(
            key=topic.slug,
            text=Bilingual(topic.name_en, topic.name_es),
            cells=_cells(candidates, topic.id or 0, said[topic.id or 0], counts, silences),
            topic=topic.slug,
            topic_name=Bilingual(topic.name_en, topic.name_es),
            path=f"/topics/{topic.slug}",
        )
        for topic in topics
    )


def _cells(
    candidates: Sequence[Candidate],
    topic: int,
    said: Mapping[str, Sequence[Evidence]],
    counts: Counts,
    silences: Mapping[tuple[int, str], Reason],
) -> tuple[Cell, ...]:
    cells = {}
    for one in candidates:
        pieces = tuple(said.get(one.slug, ()))
        silent = empty(one, silences.get((topic, one.slug), Reason.NOT_REVIEWED))
        more = counts.get((topic, one.slug), 0) - len(pieces)
        cells[one.slug] = answered(one, "topic", pieces, more) if pieces else silent
    return cells_for(candidates, cells)


def _tagged(session: Session, forums: Mapping[int, Heard], people: Sequence[str]) -> tuple[Said, Counts]:
    """The newest turns by topic and person, and how many there are in all."""
    each = (col(Tag.topic_id), col(Person.slug))
    newest = (col(Forum.held_on).desc(), col(Turn.position).desc())
    place = func.row_number().over(partition_by=each, order_by=newest).label("place")
    total = func.count().over(partition_by=each).label("total")
    ranked = (
        select(Turn.id, Tag.topic_id, Person.slug)
        .add_columns(place, total)
        .join(Tag, col(Tag.turn_id) == col(Turn.id))
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Person, col(Person.id) == col(Speaker.person_id))
        .where(
            col(Turn.forum_id).in_(forums),
            col(Person.slug).in_(people),
            col(Turn.kind).in_(HEARD),
            col(Tag.status) != "rejected",
            col(Record.is_published),
            shown(),
        )
        .subquery()
    )
    found = session.exec(
        select(ranked.c.topic_id, ranked.c.slug, ranked.c.total, Turn)
        .join(Turn, col(Turn.id) == ranked.c.id)
        .where(ranked.c.place <= PASSAGES)
        .order_by(ranked.c.place)
    )
    said: Said = defaultdict(lambda: defaultdict(list))
    counts: Counts = {}
    for topic, person, total, turn in found:
        said[topic][person].append(whole_turn(turn, forums[turn.forum_id]))
        counts[topic, person] = total
    return said, counts


def _silences(session: Session, forums: Mapping[int, Heard]) -> dict[tuple[int, str], Reason]:
    """By topic and person: what became of them in the newest question on that topic, where they gave no answer."""
    found = session.exec(
        select(Tag.topic_id, Person.slug, ExchangeState.state)
        .join(Exchange, col(Exchange.question_turn_id) == col(Tag.turn_id))
        .join(ExchangeState, col(ExchangeState.exchange_id) == col(Exchange.id))
        .join(Speaker, col(Speaker.id) == col(ExchangeState.speaker_id))
        .join(Person, col(Person.id) == col(Speaker.person_id))
        .join(Forum, col(Forum.id) == col(Exchange.forum_id))
        .where(col(Exchange.forum_id).in_(forums), Tag.status != "rejected", ExchangeState.state != ANSWERED)
        .order_by(col(Forum.held_on), col(Exchange.position))
    )
    return {(topic, person): Reason(state) for topic, person, state in found}
