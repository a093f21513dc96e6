"""Laws and decisions of other bodies, and what depends on each."""

from typing import Any

from sqlmodel import Session, select

from positions.followthrough.models.acts import ActLink, ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.programs import Program
from positions.followthrough_entries.acts import Act as Entry
from positions.followthrough_entries.acts import ActLink as Link
from positions.keeping import Outcome, keep
from positions.load_followthrough import grounds
from positions.load_followthrough.parts import both, keep_parts, once, together
from positions.load_stances import find
from positions.models import Candidacy, Proposition
from transcripts.errors import NotFound
from transcripts.models import Person

LINKED = ("program_id", "commitment_id", "proposition_id", "candidacy_id")


def keep_act(session: Session, entry: Entry) -> Outcome:
    """Bring one law or decision into line with what depends on it. Raises NotFound and Conflict."""
    said = {
        "level": str(entry.level),
        "body": entry.body,
        "result": str(entry.result),
        "decided_on": entry.decided_on,
        "number": entry.number,
        "fictional": entry.fictional,
        **both("title", entry.title),
        **both("summary", entry.summary),
        **grounds.columns(session, entry.cited),
    }
    row, outcome = keep(session, ExternalAct, {"slug": entry.slug}, said)
    wanted = once([_link(session, one) for one in entry.links])
    return together(outcome, [keep_parts(session, ActLink, {"act_id": row.id}, LINKED, wanted)])


def _link(session: Session, entry: Link) -> tuple[tuple[Any, ...], str, dict[str, Any]]:
    key: tuple[int | None, ...]
    if entry.program is not None:
        key = (find(session, Program, entry.program, "programs").id, None, None, None)
    elif entry.commitment is not None:
        key = (None, find(session, Commitment, entry.commitment, "commitments").id, None, None)
    else:
        statement = find(session, Proposition, str(entry.statement), "propositions")
        key = (None, None, statement.id, _candidacy(session, entry.person, statement) if entry.person else None)
    name = entry.program or entry.commitment or str(entry.statement)
    return key, name, both("note", entry.note)


def _candidacy(session: Session, slug: str, statement: Proposition) -> int | None:
    person = find(session, Person, slug, "people")
    which = select(Candidacy.id).where(Candidacy.contest_id == statement.contest_id, Candidacy.person_id == person.id)
    found = session.exec(which).one_or_none()
    if found is None:
        raise NotFound("{name} does not stand in the race of “{slug}”.", name=person.name, slug=statement.slug)
    return found
