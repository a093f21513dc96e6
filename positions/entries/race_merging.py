"""Two races that are one: who stands, the statements and the forums of the one are the other's, and all of it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select, update

from positions.coding_models import CODED
from positions.entries import merging, races
from positions.entries.entry import Doc, Kind, needed
from positions.followthrough import moving
from positions.models import Candidacy, Contest, ContestForum, Proposition, Stance
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, Refusal
from transcripts.models import Forum
from transcripts.search.outbox import enqueue_forums

KIND_NAME = "race"


@dataclass(frozen=True)
class Merging:
    """What goes over: who stands (by name), who of them stands in both, the statements, and the titles of the forums."""

    candidates: tuple[str, ...]
    both: tuple[str, ...]
    statements: tuple[Bilingual, ...]
    forums: tuple[Bilingual, ...]


def preview(session: Session, gone_slug: str, kept_slug: str) -> Merging:
    """What merging one race into another would move. Writes nothing. Raises NotFound, Refusal."""
    gone, kept = _pair(session, gone_slug, kept_slug)
    theirs, ours = _standing(session, gone), _standing(session, kept)
    said = select(Proposition).where(Proposition.contest_id == gone.id)
    heard = select(Forum).join(ContestForum, col(ContestForum.forum_id) == col(Forum.id))
    return Merging(
        candidates=tuple(one.ballot_name for one in theirs.values()),
        both=tuple(one.ballot_name for person, one in theirs.items() if person in ours),
        statements=tuple(
            Bilingual(one.text_en, one.text_es)
            for one in session.exec(said.order_by(col(Proposition.position), col(Proposition.id)))
        ),
        forums=tuple(
            Bilingual(one.title_en, one.title_es)
            for one in session.exec(heard.where(ContestForum.contest_id == gone.id).order_by(col(Forum.held_on)))
        ),
    )


def read(session: Session, slug: str) -> Doc | None:
    """Into which race one was merged; None where it was not."""
    return merging.read(session, KIND_NAME, slug)


def write(session: Session, slug: str, doc: Doc) -> None:
    """Merge one race into another, whose own facts stay as they are. Raises NotFound, Refusal."""
    gone, kept = _pair(session, slug, doc["merged"])
    told, gone_id, kept_id = races.read(session, slug), gone.id or 0, kept.id or 0
    moved = {
        "race": told,
        "both": _join_candidacies(session, gone, kept),
        "candidacies": merging.move(session, Candidacy, "contest_id", gone_id, kept_id),
        "places": _behind(session, gone_id, kept_id),
        "statements": merging.move(session, Proposition, "contest_id", gone_id, kept_id),
        "forums": _link(session, gone_id, kept_id),
    }
    session.delete(gone)
    session.flush()
    merging.keep(session, KIND_NAME, slug, doc["merged"], moved)


def remove(session: Session, slug: str) -> None:
    """Separate two races again. Raises NotFound; Conflict where a position was recorded since that would be of both."""
    into, moved = merging.release(session, KIND_NAME, slug, Contest)
    kept = needed(session, Contest, into, "race")
    kept_id = kept.id or 0
    races.write(session, slug, moved["race"])
    back_id = needed(session, Contest, slug, "race").id or 0
    linked = select(ContestForum).where(
        ContestForum.contest_id == kept_id, col(ContestForum.forum_id).in_(moved["forums"])
    )
    for link in session.exec(linked).all():
        session.delete(link)
    session.flush()
    merging.move(session, Candidacy, "contest_id", kept_id, back_id, moved["candidacies"])
    merging.move(session, Proposition, "contest_id", kept_id, back_id, moved["statements"])
    for id, place in moved["places"].items():
        of_race = (col(Proposition.id) == int(id)) & (col(Proposition.contest_id) == back_id)
        session.execute(update(Proposition).where(of_race).values(position=place))
    for one in moved["both"]:
        _part(session, one, back_id)
    session.expire_all()
    _refuse_crossed(session, (kept_id, back_id))
    _search_anew(session, (kept_id, back_id))


def _pair(session: Session, gone_slug: str, kept_slug: str) -> tuple[Contest, Contest]:
    gone, kept = (needed(session, Contest, slug, "race") for slug in (gone_slug, kept_slug))
    if gone.id == kept.id:
        raise Refusal("These are one race already.")
    if gone.fictional != kept.fictional:
        raise Refusal("One of these races is invented, the other is not: they cannot be one.")
    return gone, kept


def _standing(session: Session, race: Contest) -> dict[int, Candidacy]:
    """Who stands in a race, by the id of the person, in the order of the names."""
    rows = select(Candidacy).where(Candidacy.contest_id == race.id).order_by(col(Candidacy.ballot_name))
    return {one.person_id: one for one in session.exec(rows)}


def _join_candidacies(session: Session, gone: Contest, kept: Contest) -> list[dict[str, Any]]:
    """Who stands in both stands once, as the survivor has it, with the positions of both; returned as they were."""
    ours = _standing(session, kept)
    joined = []
    for one in [one for person, one in _standing(session, gone).items() if person in ours]:
        facts = one.model_dump(exclude={"id", "contest_id", "person_id"})
        into = ours[one.person_id].id or 0
        stances = merging.move(session, Stance, "candidacy_id", one.id or 0, into)
        coded = {
            model.__tablename__: merging.move(session, model, "candidacy_id", one.id or 0, into) for model in CODED
        }
        deeds = moving.hand_over(session, "candidacy", one.id or 0, into)
        joined.append({"into": into, "facts": facts, "positions": stances, "codings": coded, "deeds": deeds})
        session.delete(one)
        session.flush()
    return joined


def _part(session: Session, joined: dict[str, Any], back_id: int) -> None:
    """Somebody who stood in both stands in both again, each with the positions they had there."""
    into = session.get(Candidacy, joined["into"])
    if into is None:
        raise Conflict("Somebody who stood in both races stands in neither any more; take that back first.")
    one = Candidacy(**joined["facts"], contest_id=back_id, person_id=into.person_id)
    session.add(one)
    session.flush()
    merging.move(session, Stance, "candidacy_id", joined["into"], one.id or 0, joined["positions"])
    for model in CODED:
        merging.move(
            session, model, "candidacy_id", joined["into"], one.id or 0, joined["codings"][model.__tablename__]
        )
    moving.give(session, joined.get("deeds", {}), joined["into"], one.id or 0)


def _behind(session: Session, gone_id: int, kept_id: int) -> dict[str, int]:
    """Put the statements of one race behind those of the other; returns the places they had, by id."""
    last = session.exec(select(func.max(col(Proposition.position))).where(Proposition.contest_id == kept_id)).one()
    rows = session.exec(select(Proposition).where(Proposition.contest_id == gone_id)).all()
    places = {str(one.id): one.position for one in rows}
    for one in rows:
        one.position += 0 if last is None else last + 1
        session.add(one)
    session.flush()
    return places


def _link(session: Session, gone_id: int, kept_id: int) -> list[int]:
    """Link the forums of one race to the other and no longer to it; returns those (by id) the other did not have."""
    _search_anew(session, (gone_id, kept_id))
    held = set(session.exec(select(ContestForum.forum_id).where(ContestForum.contest_id == kept_id)))
    rows = session.exec(select(ContestForum).where(ContestForum.contest_id == gone_id)).all()
    added = [row.forum_id for row in rows if row.forum_id not in held]
    for row in rows:
        session.delete(row)
    session.add_all(ContestForum(contest_id=kept_id, forum_id=forum_id) for forum_id in added)
    session.flush()
    return added


def _refuse_crossed(session: Session, contests: Sequence[int]) -> None:
    crossed = [
        select(model.id)
        .join(Candidacy, col(Candidacy.id) == col(model.candidacy_id))
        .join(Proposition, col(Proposition.id) == col(model.proposition_id))
        .where(col(Candidacy.contest_id).in_(contests), Candidacy.contest_id != Proposition.contest_id)
        for model in (Stance, *CODED)
    ]
    if any(session.exec(asked).first() is not None for asked in crossed):
        raise Conflict(
            "Positions were recorded or statements merged since the two races were one; they cannot be told apart any more."
        )


def _search_anew(session: Session, contests: Sequence[int]) -> None:
    heard = select(ContestForum.forum_id).where(col(ContestForum.contest_id).in_(contests)).distinct()
    enqueue_forums(session, session.exec(heard).all())


KIND = Kind(read, write, remove)
