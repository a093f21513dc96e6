"""The writer of races: what the office decides, who stands, and where the candidates were heard."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, update

from positions.keeping import Outcome, Tally, keep
from positions.load_schema import Candidacy as CandidacyEntry
from positions.load_schema import Contest as Entry
from positions.models import Candidacy, Contest, ContestForum
from positions.profiles import COMPARISON
from positions.queries import merged
from positions.stances import columns
from transcripts.errors import Conflict, NotFound
from transcripts.messages import Message, joined
from transcripts.models import Person
from transcripts.search.outbox import enqueue_forums
from transcripts.text import fold


def keep_contest(
    session: Session, entry: Entry, forums: Mapping[str, int], tally: Tally, profile: str = COMPARISON
) -> int:
    """Bring one race into line with the file; `forums` are ids by slug. Returns the race's id. Raises Conflict where it was merged.

    `profile`: what readers see of a new race where the file does not say.
    """
    merged.refuse(session, "race", entry.slug)
    held = session.exec(select(Contest.id).where(Contest.slug == entry.slug)).first()
    said: dict[str, Any] = {
        "place": entry.place,
        "zone": entry.zone,
        "election_date": entry.election_date,
        "decides_en": json.dumps([text.en for text in entry.decides], ensure_ascii=False),
        "decides_es": json.dumps([text.es for text in entry.decides], ensure_ascii=False),
        "fictional": entry.fictional,
        **columns("title", entry.title.pair()),
        **columns("office", entry.office.pair()),
        **({"profile": entry.profile or profile} if entry.profile or not held else {}),
        **{name: getattr(entry, name) for name in ("freeze_days", "coding_rule") if name in entry.model_fields_set},
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


@dataclass(frozen=True)
class Standing:
    """The races (titles) in which somebody to be merged stands, and sentences about those in which both stand."""

    races: tuple[str, ...]
    conflicts: tuple[Message, ...]


def standing(session: Session, gone: Person, kept: Person) -> Standing:
    """What merging two people means for their candidacies. Two people who stand against one another are two."""
    rows = select(Contest.id, Contest.title_en).join(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
    theirs = dict(session.exec(rows.where(Candidacy.person_id == gone.id).order_by(col(Contest.id))).all())
    ours = set(session.exec(select(Candidacy.contest_id).where(Candidacy.person_id == kept.id)))
    both = [title for id, title in theirs.items() if id in ours]
    return Standing(tuple(theirs.values()), tuple(_both_stand(gone, kept, title) for title in both))


def _both_stand(gone: Person, kept: Person, race: str) -> Message:
    return Message(
        "{gone} and {kept} both stand in “{race}”: they cannot be one person. Take one of the two candidacies away first.",
        {"gone": gone.name, "kept": kept.name, "race": race},
    )


def hand_over(session: Session, gone: Person, kept: Person) -> list[int]:
    """Give the candidacies of one person to another; returns their ids. Raises Conflict where both stand in one race."""
    conflicts = standing(session, gone, kept).conflicts
    if conflicts:
        raise Conflict.of(joined(conflicts))
    ids = [id for id in session.exec(select(Candidacy.id).where(Candidacy.person_id == gone.id)) if id is not None]
    give(session, ids, gone.id or 0, kept.id or 0)
    return ids


def give(session: Session, ids: Sequence[int], from_id: int, to_id: int) -> None:
    """Give those of these candidacies that are still one person's to another, and have their forums indexed anew."""
    which = col(Candidacy.id).in_(ids) & (col(Candidacy.person_id) == from_id)
    heard = select(ContestForum.forum_id).join(Candidacy, col(Candidacy.contest_id) == col(ContestForum.contest_id))
    enqueue_forums(session, session.exec(heard.where(which).distinct()).all())
    session.execute(update(Candidacy).where(which).values(person_id=to_id))


def races_named(session: Session, named: Sequence[str], contest: str | None) -> list[str | None]:
    """The slug of the race for each line of a list, by what the line calls it (slug, title or office); None for none.

    `contest` is the race of all whose line does not name another one we hold. Raises NotFound for a slug nobody has.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    slugs = set()
    for race in session.exec(select(Contest)):
        slugs.add(race.slug)
        for name in (race.slug, race.title_en, race.title_es, race.office_en, race.office_es):
            by_name[fold(name or "")].add(race.slug)
    if contest is not None and contest not in slugs:
        raise NotFound(
            "There is no race “{contest}”. `tracker contests` lists them; `tracker load` brings new ones.",
            contest=contest,
        )
    found = [by_name.get(fold(name), set()) if name else set() for name in named]
    return [_one(races, contest) for races in found]


def _one(races: set[str], contest: str | None) -> str | None:
    if contest is not None:
        return contest if not races or contest in races else None
    return next(iter(races)) if len(races) == 1 else None


def stand(session: Session, contest: str, person: Person, party: str | None, incumbent: bool) -> Outcome:
    """Say that a person stands in a race (slug), of a party as the list has it. What a list does not say stays as it is."""
    contest_id = session.exec(select(Contest.id).where(Contest.slug == contest)).one() or 0
    which = {"contest_id": contest_id, "person_id": person.id}
    held = session.exec(select(Candidacy).filter_by(**which)).one_or_none()
    said: dict[str, object] = {} if held else {"ballot_name": person.name}
    if party and (held is None or fold(party) not in (fold(held.party_en or ""), fold(held.party_es or ""))):
        said |= {"party_en": party, "party_es": None}
    if incumbent:
        said["incumbent"] = True
    _, outcome = keep(session, Candidacy, which, said)
    if outcome != "same":
        heard = select(ContestForum.forum_id).where(ContestForum.contest_id == contest_id)
        enqueue_forums(session, session.exec(heard).all())
    return outcome
