"""The writer of races: what the office decides, who stands, and where the candidates were heard."""

import json
from collections.abc import Mapping

from sqlmodel import Session, select

from positions.keeping import Outcome, Tally, keep
from positions.load_schema import Candidacy as CandidacyEntry
from positions.load_schema import Contest as Entry
from positions.models import Candidacy, Contest, ContestForum
from positions.stances import columns
from transcripts.models import Person
from transcripts.search.outbox import enqueue_forums


def keep_contest(session: Session, entry: Entry, forums: Mapping[str, int], tally: Tally) -> int:
    """Bring one race into line with the file; `forums` are ids by slug. Returns the race's id."""
    said = {
        "place": entry.place,
        "zone": entry.zone,
        "election_date": entry.election_date,
        "decides_en": json.dumps([text.en for text in entry.decides], ensure_ascii=False),
        "decides_es": json.dumps([text.es for text in entry.decides], ensure_ascii=False),
        "fictional": entry.fictional,
        **columns("title", entry.title.pair()),
        **columns("office", entry.office.pair()),
    }
    contest, outcome = keep(session, Contest, {"slug": entry.slug}, said)
    tally.count("races", outcome)
    linked = [
        keep(session, ContestForum, {"contest_id": contest.id, "forum_id": forums[slug]}, {})[1]
        for slug in entry.forums
    ]
    if {outcome, *linked} != {"same"}:
        enqueue_forums(session, list(forums.values()))
    return contest.id or 0


def keep_candidacy(session: Session, entry: CandidacyEntry, contest_id: int, person: Person) -> Outcome:
    """Bring one candidacy into line; the name on the ballot is the person's where the file gives no other.

    A changed one is searched anew: the index knows parties.
    """
    said = {
        "ballot_name": entry.ballot_name or person.name,
        "incumbent": entry.incumbent,
        "status": entry.status,
        "ballot_position": entry.ballot_position,
        **columns("party", entry.party.pair() if entry.party else None),
    }
    _, outcome = keep(session, Candidacy, {"contest_id": contest_id, "person_id": person.id}, said)
    if outcome != "same":
        heard = select(ContestForum.forum_id).where(ContestForum.contest_id == contest_id)
        enqueue_forums(session, session.exec(heard).all())
    return outcome
