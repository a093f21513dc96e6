"""The re-import drill: random edits of a long forum with evidence and annotations on it; nothing is lost and nothing is moved wrongly."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from positions import reanchoring as evidence
from positions.models import Candidacy, Contest, Evidence, EvidenceAnchor, Proposition, Stance, Topic
from tests.databases import migrated_file
from tests.transcripts.records import add_forum, add_person
from tests.world import config_in
from tracker import create_app, intake
from tracker.db import Database
from transcripts import annotating, importing
from transcripts.anchors import anchor
from transcripts.annotating import Body
from transcripts.annotation_models import Annotation, AnnotationAnchor
from transcripts.importing import Choices
from transcripts.models import Forum, Turn, TurnVersion
from transcripts.reanchoring import unfaithful

TURNS, SPANS, EDITS = 300, 200, 20
VOICES = ("IDA BERG", "TOM VALE", "EVA STONE", "MARA QUILL")
STOCK = """
harbour bridge library depot orchard ferry clinic school budget river market garden station tunnel square museum
council street window engine carpet lantern basket thunder marble velvet copper silver willow maple cedar meadow
valley canyon island desert winter summer spring autumn painter teacher farmer sailor tailor baker doctor driver
builds closes opens paints carries gathers repairs follows answers promises studies measures collects delivers
slowly quickly gently rarely often early late today tomorrow yesterday forever together apart inside outside
""".split()


@dataclass
class Line:
    """A turn of the file; `was` is where it stood in the first file, None for a new one, several for joined ones."""

    voice: str
    sentences: list[str]
    was: tuple[int, ...]


def sentence(dice: random.Random) -> str:
    return " ".join(dice.choices(STOCK, k=dice.randint(6, 12))).capitalize() + "."


def forum_of(dice: random.Random) -> list[Line]:
    return [
        Line(VOICES[n % len(VOICES)], [sentence(dice) for _ in range(dice.randint(2, 5))], (n,)) for n in range(TURNS)
    ]


def printed(lines: list[Line]) -> bytes:
    return "\n\n".join(f"{line.voice}: {' '.join(line.sentences)}" for line in lines).encode()


def edit(lines: list[Line], dice: random.Random) -> tuple[set[int], set[str]]:
    """Twenty edits of every sort. Returns the first places of turns deleted, and the sentences that were reworded."""
    deleted: set[int] = set()
    reworded: set[str] = set()
    for n in range(EDITS):
        at = dice.randrange(1, len(lines) - 1)
        line = lines[at]
        match n % 5:
            case 0:
                which = dice.randrange(len(line.sentences))
                reworded.add(line.sentences[which])
                words = line.sentences[which].split()
                words[dice.randrange(1, len(words) - 1)] = "corrected"
                line.sentences[which] = " ".join(words)
            case 1:
                deleted |= set(line.was)
                del lines[at]
            case 2:
                lines.insert(at, Line(VOICES[at % 4], [sentence(dice), sentence(dice)], ()))
            case 3 if len(line.sentences) > 1:
                lines.insert(at + 1, Line(line.voice, line.sentences[1:], line.was))
                del line.sentences[1:]
            case _:
                line.voice = dice.choice([voice for voice in VOICES if voice != line.voice])
    return deleted, reworded


def position_on(session: Session, forum: Forum) -> int:
    """A position to hang evidence on."""
    person = add_person(session, "Ida Berg")
    topic = Topic(slug="rents-here", name_en="Rents", name_es="Alquileres")
    contest = Contest(slug="c", title_en="C", office_en="Mayor", place="P", election_date=date(2026, 11, 3))
    session.add_all([topic, contest])
    session.flush()
    candidacy = Candidacy(contest_id=contest.id or 0, person_id=person.id or 0, ballot_name="Ida Berg")
    proposition = Proposition(slug="s", contest_id=contest.id or 0, topic_id=topic.id or 0, text_en="Yes.")
    session.add_all([candidacy, proposition])
    session.flush()
    stance = Stance(
        candidacy_id=candidacy.id or 0,
        proposition_id=proposition.id or 0,
        code="support",
        tier=1,
        as_of=forum.held_on,
    )
    session.add(stance)
    session.flush()
    return stance.id or 0


def spans(turns: list[Turn], dice: random.Random) -> list[tuple[Turn, int, int]]:
    """A sentence each: distinct places all over the forum."""
    every = []
    for turn in turns:
        start = 0
        for piece in turn.text.split(". "):
            end = min(len(turn.text), start + len(piece) + 1)
            every.append((turn, start, end))
            start = end + 1
    return dice.sample(every, SPANS)


@pytest.mark.parametrize("seed", [3, 2026])
def test_a_corrected_file_loses_no_quotation_and_invents_none(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    config = config_in(tmp_path)
    database = Database(migrated_file(tmp_path / "tracker.db"))
    lines = forum_of(dice)
    with database.write() as session:
        forum = add_forum(session, "drill")
        intake.store_and_interpret(session, [importing.receive(printed(lines), "drill.txt")], forum, Choices())
        turns = list(session.exec(select(Turn).where(Turn.kind == "speech").order_by(col(Turn.position))))
        assert len(turns) >= TURNS - EDITS
        stance = position_on(session, forum)
        chosen = spans(turns, dice)
        for n, (turn, start, end) in enumerate(chosen):
            if n % 2:
                annotating.annotate(session, "Heron 12", turn.key, 1, (start, end), [Body("commenting", f"Note {n}")])
                continue
            place = anchor(turn.text, start, end)
            words = {name: getattr(place, name) for name in ("start", "end", "exact", "before", "after")}
            row = Evidence(stance_id=stance, position=n, kind="quotation", turn_id=turn.id, turn_version=1, **words)
            session.add(row)
        session.flush()
    first = [" ".join(line.sentences) for line in lines]
    deleted, reworded = edit(lines, dice)
    corrected = printed(lines)
    with database.write() as session:
        held = session.exec(select(Forum).where(Forum.slug == "drill")).one()
        files = [importing.receive(corrected, "drill.txt")]
        planned = importing.preview(session, files, held, Choices())
        foreseen = intake.quotations_after(session, files, held, Choices())
        done = intake.store_and_interpret(session, files, held, Choices())
        assert planned.changes == done.counts
        assert foreseen == (statuses(session, EvidenceAnchor), statuses(session, AnnotationAnchor))
    gone = {text for n, text in enumerate(first) if n in deleted}
    remaining = " ".join(" ".join(line.sentences) for line in lines)
    with database.read() as session:
        assert not any(unfaithful(session, table) for table in (Evidence, EvidenceAnchor, AnnotationAnchor))
        assert evidence.overlooked(session) == 0
        places = last_places(session)
        assert len(places) == SPANS
        for exact, said_in, status, text, turn_status in places:
            survives = exact in remaining or (exact in reworded and said_in not in gone)
            if not survives:
                assert status == "orphan", exact
                continue
            assert status in ("exact", "moved", "needs_review"), (status, exact)
            assert text is not None and turn_status == "current"
            assert text == exact or exact in reworded, "an unchanged sentence is found as it is"
        keys = session.exec(select(Turn.key)).all()
        history = session.exec(select(TurnVersion).where(TurnVersion.n == 1)).all()
        assert {version.text for version in history} >= set(first)
    client = create_app(config).test_client()
    answers = {client.get(f"/turns/{key}").status_code for key in keys}
    assert answers <= {200, 301, 410}
    assert {client.get(f"/turns/{turn.key}?words=0-9&v=1").status_code for turn in turns} <= {200, 301, 410}
    database.dispose()


def statuses(session: Session, table: type[EvidenceAnchor] | type[AnnotationAnchor]) -> dict[str, int]:
    """How many later places of a table have which status; those of the same words in a turn that kept its words apart."""
    first = "marked"
    rows = session.exec(select(table)).all()
    return dict(Counter(row.status for row in rows if row.method != first and row.status != "exact"))


def last_places(session: Session) -> list[tuple[str, str, str, str | None, str]]:
    """For every span: its first words, its first turn's whole words, and its last (status, words, status of their turn)."""
    wordings = dict(session.exec(select(TurnVersion.turn_id, TurnVersion.text).where(TurnVersion.n == 1)).all())
    status = dict(session.exec(select(Turn.id, Turn.status)).all())
    found = []
    moved = {row.evidence_id: row for row in session.exec(select(EvidenceAnchor).order_by(col(EvidenceAnchor.id)))}
    for piece in session.exec(select(Evidence)):
        last = moved.get(piece.id or 0)
        here = last or piece
        state = last.status if last else "exact"
        found.append((piece.exact or "", wordings[piece.turn_id or 0], state, here.exact, status[here.turn_id]))
    marks: dict[int, list[AnnotationAnchor]] = {}
    for row in session.exec(select(AnnotationAnchor).order_by(col(AnnotationAnchor.id))):
        marks.setdefault(row.annotation_id, []).append(row)
    assert len(marks) == len(session.exec(select(Annotation)).all())
    for rows in marks.values():
        one, end = rows[0], rows[-1]
        found.append((one.exact or "", wordings[one.turn_id], end.status, end.exact, status[end.turn_id]))
    return found
