"""What one person said of the same statement on more than one day, in whatever race."""

from sqlmodel import Session, col, select

from positions import options
from positions.cells import Candidate
from positions.change import OverTime, over_time
from positions.models import Candidacy, Contest, Proposition
from positions.queries import propositions, stances
from transcripts.bilingual import Bilingual
from transcripts.models import Person


def of_person(session: Session, slug: str) -> tuple[OverTime, ...]:
    """The statements on which they have positions of two days, by race and in its order. Seven statements."""
    asked = select(Candidacy.id, Candidacy.ballot_name, Person.sort_name)
    standing = session.exec(
        asked.join(Person, col(Person.id) == col(Candidacy.person_id)).where(Person.slug == slug)
    ).all()
    candidates = {id or 0: Candidate(slug, name, sort_name) for id, name, sort_name in standing}
    said = stances.cells_by_proposition(stances.of_candidacies(session, candidates), candidates)
    statements = session.exec(
        select(Proposition, Contest.slug)
        .join(Contest, col(Contest.id) == col(Proposition.contest_id))
        .where(col(Proposition.id).in_(said), propositions.is_open())
        .order_by(col(Contest.election_date).desc(), col(Proposition.position), col(Proposition.id))
    )
    return tuple(
        OverTime(cell.candidate, one.slug, Bilingual(one.text_en, one.text_es), pairs, race)
        for one, race in statements
        for cell in said[one.id or 0].values()
        if (pairs := over_time(options.worded(cell, options.words(options.read(one.options)))))
    )
