"""Everything the site says about one person, in parts that fit a page: the answer to “what do you say about me?”.

Their own words are not here but a link away; what was made of them is here whole: positions with their history and evidence,
topics, corrections, decisions on reports. However much there is, a part makes the same number of statements.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, func
from sqlmodel import Session, col

from positions import options
from positions.cells import Candidate, Cell
from positions.models import Candidacy, Contest, ContestForum, Proposition, Stance, Tag, Topic
from positions.queries import coding, contests, propositions
from positions.queries.coding import Recorded
from positions.queries.contests import Standing
from positions.queries.reported import Decided, about_person, decided
from positions.queries.stances import cell_of, current
from transcripts.bilingual import Bilingual
from transcripts.desk_models import Report
from transcripts.models import Forum, Record, Speaker, Turn
from transcripts.queries import attributions, corrections, reports, theirs
from transcripts.queries.attributions import AttributionLine
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.forums import HEARD, ForumLine, line
from transcripts.queries.records import shown
from transcripts.queries.theirs import HeardAt, Named, StateLine

STATEMENTS, QUESTIONS, TOPICS, CHANGES, DECISIONS = 40, 100, 400, 40, 50
"""How many of each sort one part holds: with these no part is heavier than any page may be."""
EXCERPT = 80
"""Code points shown of words that a topic stands on."""
AROUND = 60
CHANGED = 400
"""Code points shown of long words that were corrected, from so many before the place where they differ."""


@dataclass(frozen=True)
class Entry:
    """One position as it was recorded; `printed` says that it is what the comparison prints now."""

    cell: Cell
    recorded_at: datetime
    superseded: bool
    printed: bool


@dataclass(frozen=True)
class OnStatement:
    """A statement of a race of theirs and all that was ever recorded of where they stand, the latest first."""

    race: Bilingual
    text: Bilingual
    path: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tagged:
    """A topic on something they said: why it is there, and whether an editor confirmed it (`suggested` or `confirmed`)."""

    id: int
    topic: str
    name: Bilingual
    reason: str
    status: str
    questioned: bool
    key: str
    excerpt: str
    lang: str
    start_ms: int | None
    forum: Bilingual


@dataclass(frozen=True)
class Totals:
    """How much there is in all parts together; `judged` are statements of which something is recorded."""

    statements: int
    judged: int
    questions: int
    suggested: int
    confirmed: int
    corrections: int
    changes: int
    decisions: int

    @property
    def parts(self) -> int:
        """In how many parts everything is told, one at least."""
        sizes = (
            (self.statements, STATEMENTS),
            (self.questions, QUESTIONS),
            (self.suggested + self.confirmed, TOPICS),
            (max(self.corrections, self.changes), CHANGES),
            (self.decisions, DECISIONS),
        )
        return max(1, *(-(-count // size) for count, size in sizes))


@dataclass(frozen=True)
class Everything:
    """One part. `silent` are forums of their races where no words of theirs are held."""

    person: Named
    races: tuple[Standing, ...]
    heard: tuple[HeardAt, ...]
    silent: tuple[ForumLine, ...]
    totals: Totals
    statements: tuple[OnStatement, ...]
    questions: tuple[StateLine, ...]
    topics: tuple[Tagged, ...]
    corrections: tuple[CorrectionLine, ...]
    changes: tuple[AttributionLine, ...]
    decisions: tuple[Decided, ...]
    part: int


def everything(session: Session, slug: str, part: int = 1) -> Everything:
    """One part of what we say of a person; one behind the last is empty. Raises NotFound."""
    person = theirs.named(session, slug)
    heard = theirs.heard_at(session, person.id)
    voices = [one.voice_id for one in heard]
    touched = theirs.corrected(person.id, voices)
    skip = part - 1
    return Everything(
        person=person,
        races=contests.of_person(session, slug),
        heard=heard,
        silent=_silent(session, person.id, {one.forum.id for one in heard if one.turns}),
        totals=_totals(session, person, voices),
        statements=_statements(session, person, skip * STATEMENTS),
        questions=theirs.states(session, person.id, QUESTIONS, skip * QUESTIONS),
        topics=_topics(session, person.id, skip * TOPICS),
        corrections=tuple(map(_shortened, corrections.which(session, touched, CHANGES, skip * CHANGES))),
        changes=attributions.which(session, theirs.identified(person), CHANGES, skip * CHANGES),
        decisions=decided(session, person, DECISIONS, skip * DECISIONS),
        part=part,
    )


def _silent(session: Session, person_id: int, heard: Collection[int]) -> tuple[ForumLine, ...]:
    """The forums of their races but those. One statement."""
    rows = session.scalars(
        sqlalchemy.select(Forum)
        .join(ContestForum, col(ContestForum.forum_id) == col(Forum.id))
        .join(Candidacy, col(Candidacy.contest_id) == col(ContestForum.contest_id))
        .where(col(Candidacy.person_id) == person_id, col(Forum.id).not_in(heard))
        .order_by(col(Forum.held_on).desc(), col(Forum.id).desc())
        .distinct()
    )
    return tuple(map(line, rows))


def _totals(session: Session, person: Named, voices: Collection[int]) -> Totals:
    """One statement."""
    statements = (
        sqlalchemy.select(func.count())
        .select_from(Proposition)
        .join(Candidacy, col(Candidacy.contest_id) == col(Proposition.contest_id))
        .where(col(Candidacy.person_id) == person.id, propositions.is_open())
    )
    coded = (col(Stance.candidacy_id) == col(Candidacy.id), col(Stance.proposition_id) == col(Proposition.id))
    tagged = _tagged(sqlalchemy.select(func.count()), person.id)
    asked = {
        "statements": statements.scalar_subquery(),
        "judged": statements.where(sqlalchemy.exists().where(*coded)).scalar_subquery(),
        "suggested": tagged.where(col(Tag.status) == "suggested").scalar_subquery(),
        "confirmed": tagged.where(col(Tag.status) == "confirmed").scalar_subquery(),
        "decisions": sqlalchemy.select(func.count()).select_from(Report).where(about_person(person)).scalar_subquery(),
        **theirs.counted(person, voices),
    }
    row = session.execute(sqlalchemy.select(*(count.label(name) for name, count in asked.items()))).one()
    return Totals(**row._asdict())


def _statements(session: Session, person: Named, skip: int) -> tuple[OnStatement, ...]:
    """Seven statements."""
    rows = session.execute(
        sqlalchemy.select(Proposition, Contest, Candidacy)
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .join(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
        .where(col(Candidacy.person_id) == person.id, propositions.is_open())
        .order_by(col(Contest.election_date).desc(), col(Contest.id), col(Proposition.position), col(Proposition.id))
        .offset(skip)
        .limit(STATEMENTS)
    ).all()
    told: dict[tuple[int, int], list[Recorded]] = defaultdict(list)
    candidacies, statements = {row.id for _, _, row in rows}, {row.id for row, _, _ in rows}
    which = and_(col(Stance.candidacy_id).in_(candidacies), col(Stance.proposition_id).in_(statements))
    for one in coding.recorded(session, which):
        told[one.stance.candidacy_id, one.stance.proposition_id].append(one)
    return tuple(
        OnStatement(
            race=Bilingual(contest.title_en, contest.title_es),
            text=Bilingual(statement.text_en, statement.text_es),
            path=f"/contests/{contest.slug}/compare?by=statement#r-{statement.slug}",
            entries=_entries(
                Candidate(person.slug, running.ballot_name, ""),
                told[running.id, statement.id],
                options.words(options.read(statement.options)),
            ),
        )
        for statement, contest, running in rows
    )


def _entries(candidate: Candidate, recorded: Sequence[Recorded], said: Mapping[str, Bilingual]) -> tuple[Entry, ...]:
    standing = current(one.stance for one in recorded if not one.superseded)
    printed = standing[0].id if standing else None
    return tuple(
        Entry(
            options.worded(cell_of(candidate, one.stance), said),
            one.recorded_at,
            one.superseded,
            one.stance.id == printed,
        )
        for one in recorded
    )


def _tagged(asked: Select[*tuple[Any, ...]], person_id: int) -> Select[*tuple[Any, ...]]:
    """The tags on turns of theirs that may be shown."""
    return (
        asked.select_from(Tag)
        .join(Topic, col(Topic.id) == col(Tag.topic_id))
        .join(Turn, col(Turn.id) == col(Tag.turn_id))
        .join(Record, col(Record.id) == col(Turn.record_id))
        .join(Forum, col(Forum.id) == col(Turn.forum_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(
            col(Speaker.person_id) == person_id,
            col(Turn.kind).in_(HEARD),
            col(Tag.status) != "rejected",
            shown(),
        )
    )


def _topics(session: Session, person_id: int, skip: int) -> tuple[Tagged, ...]:
    """One statement."""
    order = (col(Topic.position), col(Topic.id), col(Forum.held_on).desc(), col(Forum.id), col(Turn.position))
    columns: tuple[Any, ...] = (Tag, Topic, col(Turn.key), col(Turn.lang), col(Turn.start_ms), Forum)
    words = func.substr(col(Turn.text), 1, EXCERPT + 1)
    asked = sqlalchemy.select(*columns, words, reports.is_questioned("tag", col(Tag.id)))
    rows = session.execute(_tagged(asked, person_id).order_by(*order, col(Turn.id)).offset(skip).limit(TOPICS))
    return tuple(
        Tagged(
            id=tag.id or 0,
            topic=topic.slug,
            name=Bilingual(topic.name_en, topic.name_es),
            reason=tag.reason,
            status=tag.status,
            questioned=questioned,
            key=key,
            excerpt=f"{text[:EXCERPT].rstrip()}…" if len(text) > EXCERPT else text,
            lang=lang,
            start_ms=start,
            forum=Bilingual(forum.title_en, forum.title_es),
        )
        for tag, topic, key, lang, start, forum, text, questioned in rows
    )


def _shortened(correction: CorrectionLine) -> CorrectionLine:
    """Long words from shortly before the place where they differ; every version is a link away."""
    before, after = correction.before, correction.after
    differ = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = max(0, differ - AROUND)
    return replace(correction, before=_cut(before, start), after=_cut(after, start))


def _cut(text: str, start: int) -> str:
    if len(text) <= CHANGED:
        return text
    end = start + CHANGED
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
