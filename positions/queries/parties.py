"""Which races the words of a forum belong to, and the party each person stands for: for the search index."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, ContestForum


@dataclass(frozen=True)
class RaceOfForum:
    """A race whose candidates were heard at a forum. `parties` are the names of each person's party, by person id."""

    slug: str
    place: str
    parties: dict[int, tuple[str, ...]]


def by_forum(session: Session, forum_ids: Collection[int]) -> dict[int, tuple[RaceOfForum, ...]]:
    """The races of each forum, the earliest election first. Two statements."""
    rows = session.exec(
        select(ContestForum.forum_id, Contest)
        .join(Contest, col(Contest.id) == col(ContestForum.contest_id))
        .where(col(ContestForum.forum_id).in_(forum_ids))
        .order_by(col(Contest.election_date), col(Contest.slug))
    ).all()
    parties = _parties(session, {contest.id or 0 for _, contest in rows})
    found: dict[int, list[RaceOfForum]] = defaultdict(list)
    for forum_id, contest in rows:
        found[forum_id].append(RaceOfForum(contest.slug, contest.place, parties.get(contest.id or 0, {})))
    return {forum_id: tuple(races) for forum_id, races in found.items()}


def _parties(session: Session, contest_ids: Collection[int]) -> dict[int, dict[int, tuple[str, ...]]]:
    rows = session.exec(
        select(Candidacy.contest_id, Candidacy.person_id, Candidacy.party_en, Candidacy.party_es).where(
            col(Candidacy.contest_id).in_(contest_ids)
        )
    )
    found: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for contest_id, person_id, english, spanish in rows:
        found[contest_id][person_id] = tuple(name for name in (english, spanish) if name)
    return dict(found)
