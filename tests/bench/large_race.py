"""A generated race of 20 candidates and 60 statements, three of four boxes with a quotation and its place: the largest the budgets name."""

import random
from datetime import date

from sqlmodel import Session, select

from positions.models import Candidacy, Contest, ContestForum, Evidence, Proposition, SearchLog, Stance, Topic
from positions.scale import Code
from transcripts.anchors import anchor
from transcripts.models import (
    Forum,
    Person,
    Record,
    RecordFile,
    Source,
    SourceFile,
    Speaker,
    Turn,
    TurnVersion,
)
from transcripts.text import count_words, fingerprint

CANDIDATES, STATEMENTS = 20, 60
SLUG = "generated-race-2030"
DAY = date(2030, 10, 1)
WORDS = (
    "street roof water bus school night budget library river corner clinic market bridge lamp tree letter office bench yard "
    "would never keep mend build open close count publish fund share move begin because before after again together nearly"
).split()
CODES = (Code.SUPPORT, Code.OPPOSE, Code.LEAN_SUPPORT, Code.MIXED, Code.NOT_CLEAR)


def store(session: Session, seed: int = 0) -> str:
    """Store the race; returns its slug."""
    chance = random.Random(seed)
    forum = Forum(slug="generated-forum-2030", title_en="Generated forum", kind="forum", held_on=DAY, fictional=True)
    contest = Contest(
        slug=SLUG,
        title_en="Generated race",
        title_es="Elección generada",
        office_en="Mayor",
        office_es="Alcaldía",
        place="Nowhere",
        election_date=date(2030, 11, 5),
        fictional=True,
    )
    topics = session.exec(select(Topic).order_by(Topic.id).limit(6)).all()
    session.add_all([forum, contest])
    session.flush()
    session.add(ContestForum(contest_id=contest.id or 0, forum_id=forum.id or 0))
    source = Source(forum_id=forum.id or 0, key="ledger", kind="transcript", title="Transcript", publisher="The Ledger")
    session.add_all([source, SourceFile(sha256=fingerprint("large", "race"), size=1, data=b".")])
    session.flush()
    record = Record(forum_id=forum.id or 0, source_id=source.id, grade="published", is_published=True)
    session.add(record)
    session.flush()
    file = {"sha256": fingerprint("large", "race"), "filename": "large.txt", "format": "plain", "parser_version": 1}
    session.add(RecordFile(record_id=record.id or 0, position=0, **file))
    statements = [
        Proposition(
            slug=f"generated-{n}",
            contest_id=contest.id or 0,
            topic_id=topics[n % len(topics)].id or 0,
            position=n,
            text_en=f"{_said(chance, 12).capitalize()}.",
            text_es=f"{_said(chance, 14).capitalize()}.",
        )
        for n in range(STATEMENTS)
    ]
    session.add_all(statements)
    session.flush()
    for n in range(CANDIDATES):
        _candidate(session, chance, n, record, contest, statements)
    session.flush()
    return SLUG


def _candidate(
    session: Session, chance: random.Random, n: int, record: Record, contest: Contest, statements: list[Proposition]
) -> None:
    name = f"Candidate Number {n + 1}"
    person = Person(slug=f"generated-candidate-{n + 1}", name=name, sort_name=f"{n + 1:02}, Candidate", fictional=True)
    session.add(person)
    session.flush()
    speaker = Speaker(forum_id=record.forum_id, name=name, role="candidate", person_id=person.id)
    candidacy = Candidacy(contest_id=contest.id or 0, person_id=person.id or 0, ballot_name=name)
    session.add_all([speaker, candidacy])
    session.flush()
    for m, statement in enumerate(statements):
        if chance.random() < 0.75:
            turn = _turn(session, chance, record, speaker, n * len(statements) + m)
            _position(session, chance, candidacy, statement, turn)
        elif chance.random() < 0.3:
            silence = Stance(
                candidacy_id=candidacy.id or 0, proposition_id=statement.id or 0, reason="none_found", as_of=DAY
            )
            session.add(silence)
            session.flush()
            session.add(
                SearchLog(stance_id=silence.id or 0, by="An editor", at=DAY, where_en="Minutes", where_es="Actas")
            )


def _turn(session: Session, chance: random.Random, record: Record, speaker: Speaker, position: int) -> Turn:
    text = f"{_said(chance, 45).capitalize()}."
    turn = Turn(
        key=f"GENERATED{position:017}",
        forum_id=record.forum_id,
        record_id=record.id or 0,
        speaker_id=speaker.id,
        position=position,
        kind="speech",
        label=speaker.name.upper(),
        text=text,
        words=count_words(text),
        fingerprint=fingerprint(speaker.name, text),
        start_ms=position * 9_000,
    )
    session.add(turn)
    session.flush()
    kept = {name: getattr(turn, name) for name in ("label", "text", "speaker_id", "kind")}
    session.add(TurnVersion(turn_id=turn.id or 0, n=1, **kept))
    return turn


def _position(
    session: Session, chance: random.Random, candidacy: Candidacy, statement: Proposition, turn: Turn
) -> None:
    code = chance.choice(CODES)
    condition = {"condition_en": "Once it is paid for.", "condition_es": "Una vez pagado."}
    stance = Stance(
        candidacy_id=candidacy.id or 0,
        proposition_id=statement.id or 0,
        code=code,
        tier=1,
        as_of=DAY,
        coders=2,
        **(condition if code == Code.LEAN_SUPPORT else {}),
    )
    session.add(stance)
    session.flush()
    found = anchor(turn.text, 0, len(turn.text) // 2)
    place = {"start": found.start, "end": found.end, "exact": found.exact, "before": found.before, "after": found.after}
    session.add(Evidence(stance_id=stance.id or 0, kind="quotation", turn_id=turn.id, turn_version=1, **place))


def _said(chance: random.Random, n: int) -> str:
    return " ".join(chance.choices(WORDS, k=n))
