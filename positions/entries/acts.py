"""Laws and decisions of other bodies as editors fill them in, in the shape of a loaded file."""

import sqlalchemy
from sqlmodel import Session, col, select

from positions.entries.entry import Doc, Kind, both, by_slug, free_slug, needed, take_away
from positions.followthrough.models.acts import ActLink, ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.programs import Program
from positions.followthrough_entries.acts import Act as Entry
from positions.load_document import checked
from positions.load_followthrough import grounds
from positions.load_followthrough.acts import keep_act
from positions.models import Candidacy, Proposition
from transcripts.models import Person

AS_THEY_ARE = "slug level body result decided_on number fictional".split()


def read(session: Session, slug: str) -> Doc | None:
    """One law or decision with what depends on it."""
    row = by_slug(session, ExternalAct, slug)
    if row is None:
        return None
    return {
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        "title": both(row.title_en, row.title_es),
        "summary": both(row.summary_en, row.summary_es),
        "cited": grounds.entry(session, row),
        "links": _links(session, row),
    }


def write(session: Session, slug: str, doc: Doc) -> None:
    """Bring one law or decision into line with what depends on it. Raises BadEntry, NotFound, Conflict."""
    keep_act(session, checked(Entry, {**doc, "slug": slug}))


def remove(session: Session, slug: str) -> None:
    """Take a law or decision away; what depended on it stays. Raises NotFound."""
    row = needed(session, ExternalAct, slug, "law or decision")
    links = session.exec(select(ActLink).where(ActLink.act_id == row.id)).all()
    take_away(session, (*links, row), row.title_en)


def new_slug(session: Session, title: str) -> str:
    """A free slug for a new law or decision, of the first words of its title."""
    return free_slug(" ".join(title.split()[:8]), session.exec(select(ExternalAct.slug)).all(), "act")


def _links(session: Session, row: ExternalAct) -> list[Doc]:
    slugs = [col(model.slug) for model in (Program, Commitment, Proposition, Person)]
    rows = session.execute(
        sqlalchemy.select(ActLink, *slugs)
        .outerjoin(Program, col(Program.id) == col(ActLink.program_id))
        .outerjoin(Commitment, col(Commitment.id) == col(ActLink.commitment_id))
        .outerjoin(Proposition, col(Proposition.id) == col(ActLink.proposition_id))
        .outerjoin(Candidacy, col(Candidacy.id) == col(ActLink.candidacy_id))
        .outerjoin(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(ActLink.act_id) == row.id)
        .order_by(col(ActLink.id))
    )
    names = ("program", "commitment", "statement", "person")
    return [{**dict(zip(names, named, strict=True)), "note": both(link.note_en, link.note_es)} for link, *named in rows]


KIND = Kind(read, write, remove)
