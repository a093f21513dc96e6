"""What candidates answered, question by question: works as soon as a forum is stored, nobody has to code anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from sqlmodel import Session, col, select

from positions.cells import Candidate, Cell, Evidence, answered, empty
from positions.comparison import Row, cells_for
from positions.models import ContestForum, Tag, Topic
from positions.queries.words import Heard, heard_at, whole_turn
from transcripts.bilingual import Bilingual, both
from transcripts.models import Exchange, ExchangeState, ExchangeTurn, Person, Record, Speaker, Turn
from transcripts.queries.forums import HEARD
from transcripts.queries.records import shown
from transcripts.vocabulary import ANSWERED, Part, Reason, Role

SPOKEN = (Part.ANSWER, Part.FOLLOW_UP, Part.REBUTTAL)
"""What candidates say in an exchange, in the order in which it is shown: what was broken in with comes last."""

State = tuple[str, Bilingual | None]
Piece = tuple[int, Evidence]
"""What was said, behind the rank of its part."""
Place = tuple[int, int]
"""The record of a turn and its position there."""
Interpreted = tuple[str, str, str]
"""Language, words and name of an interpreter."""


def rows(session: Session, contest_id: int, candidates: Sequence[Candidate]) -> tuple[Row, ...]:
    """A row for each question of the race's forums, in the order they were asked. Seven statements."""
    forums = heard_at(session, contest_id)
    questions = session.exec(
        select(Exchange, Turn)
        .join(Turn, col(Turn.id) == col(Exchange.question_turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .where(col(Exchange.forum_id).in_(forums), col(Record.is_published), shown())
        .order_by(col(Exchange.position))
    ).all()
    interpreted = _interpreted(session, forums)
    said = _answers(session, forums, interpreted)
    states = _states(session, forums)
    topics = _topics(session, contest_id)
    asked = sorted(questions, key=lambda pair: (forums[pair[0].forum_id].forum.held_on, pair[0].forum_id))
    return tuple(
        _row(
            question,
            forums[question.forum_id],
            topics.get(question.id or 0),
            interpreted.get((question.record_id, question.position)),
            _cells(candidates, said[exchange.id or 0], states[exchange.id or 0]),
        )
        for exchange, question in asked
    )


def _cells(
    candidates: Sequence[Candidate], said: Mapping[str, Sequence[Piece]], states: Mapping[str, State]
) -> tuple[Cell, ...]:
    cells = {}
    for one in candidates:
        pieces = sorted(said.get(one.slug, ()), key=itemgetter(0))
        cells[one.slug] = _cell(one, tuple(piece for _, piece in pieces), states)
    return cells_for(candidates, cells)


def _cell(candidate: Candidate, pieces: tuple[Evidence, ...], states: Mapping[str, State]) -> Cell:
    """Words make an answer unless the record or an editor says otherwise; without either nothing is claimed."""
    state, note = states.get(candidate.slug, (ANSWERED, None))
    if state != ANSWERED:
        return empty(candidate, Reason(state), pieces, note)
    return answered(candidate, "question", pieces) if pieces else empty(candidate)


def _answers(
    session: Session, forums: Mapping[int, Heard], interpreted: Mapping[Place, Interpreted]
) -> dict[int, dict[str, list[Piece]]]:
    """By exchange, then by person: their turns in order, an interpreter's words with those they translate."""
    found = session.exec(
        select(ExchangeTurn, Person.slug, Turn)
        .join(Turn, col(Turn.id) == col(ExchangeTurn.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Person, col(Person.id) == col(Speaker.person_id))
        .where(
            col(Turn.forum_id).in_(forums),
            col(ExchangeTurn.part).in_(SPOKEN),
            col(Turn.kind).in_(HEARD),
            col(Record.is_published),
            shown(),
        )
        .order_by(col(Turn.position))
    )
    said: dict[int, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for place, person, turn in found:
        piece = whole_turn(turn, forums[turn.forum_id])
        words = interpreted.get((turn.record_id, turn.position))
        rank = SPOKEN.index(Part(place.part))
        said[place.exchange_id][person].append((rank, _translated(piece, words) if words else piece))
    return said


def _interpreted(session: Session, forums: Mapping[int, Heard]) -> dict[Place, Interpreted]:
    """An interpreter's words by the place of the turn before them, which they translate."""
    found = session.exec(
        select(Turn, Speaker.name)
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(col(Turn.forum_id).in_(forums), Speaker.role == Role.INTERPRETER, col(Record.is_published), shown())
    )
    return {(turn.record_id, turn.position - 1): (turn.lang, turn.text, name) for turn, name in found}


def _translated(piece: Evidence, words: Interpreted) -> Evidence:
    """What was said, with the interpreter's words beside it."""
    lang, text, interpreter = words
    english, spanish = (None, text) if lang == "es" else (text, None)
    return replace(piece, translation_en=english, translation_es=spanish, translator=interpreter)


def _states(session: Session, forums: Mapping[int, Heard]) -> dict[int, dict[str, State]]:
    """By exchange, then by person: what the record or an editor says became of them."""
    found = session.exec(
        select(ExchangeState, Person.slug)
        .join(Speaker, col(Speaker.id) == col(ExchangeState.speaker_id))
        .join(Person, col(Person.id) == col(Speaker.person_id))
        .where(col(Speaker.forum_id).in_(forums))
    )
    states: dict[int, dict[str, State]] = defaultdict(dict)
    for state, person in found:
        states[state.exchange_id][person] = (state.state, both(state.note_en, state.note_es))
    return states


def _topics(session: Session, contest_id: int) -> dict[int, Topic]:
    """The first topic of each question turn, as the tree orders them."""
    found = session.exec(
        select(Exchange.question_turn_id, Topic)
        .join(Tag, col(Tag.turn_id) == col(Exchange.question_turn_id))
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .join(ContestForum, col(ContestForum.forum_id) == col(Exchange.forum_id))
        .where(ContestForum.contest_id == contest_id, Tag.status != "rejected")
        .order_by(col(Topic.position).desc())
    )
    return dict(found.all())


def _row(question: Turn, heard: Heard, topic: Topic | None, words: Interpreted | None, cells: tuple[Cell, ...]) -> Row:
    return Row(
        key=question.key,
        text=Bilingual(question.text, question.text),
        cells=cells,
        topic=topic.slug if topic else None,
        topic_name=Bilingual(topic.name_en, topic.name_es) if topic else None,
        quoted=question.lang,
        interpretation=words[1] if words else None,
        interpretation_lang=words[0] if words else "en",
        forum=heard.forum.slug,
        forum_title=heard.forum.title,
        held_on=heard.forum.held_on,
        path=f"/turns/{question.key}",
    )
