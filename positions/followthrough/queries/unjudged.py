"""Who stands in a race that is told in the candidates' own words only: until its election is over, nothing the site says judges them.

What became of what they promised is recorded all the while and told afterwards.
"""

from datetime import date
from typing import Any

import sqlalchemy
from sqlmodel import col

from positions.models import Candidacy, Contest
from positions.profiles import VERBATIM

LAST_ZONE = "Etc/GMT+12"
"""Where a day ends last: an election is over when its day has ended everywhere."""


def race_of(person_id: Any, today: date) -> Any:
    """The id of the race (the next one) for whose sake a person is not judged on a day of LAST_ZONE; NULL for everybody else."""
    return (
        sqlalchemy.select(col(Contest.id))
        .join(Candidacy, col(Candidacy.contest_id) == col(Contest.id))
        .where(
            col(Candidacy.person_id) == person_id,
            col(Contest.profile) == VERBATIM,
            col(Contest.election_date) >= today,
        )
        .order_by(col(Contest.election_date), col(Contest.id))
        .limit(1)
        .correlate_except(Contest, Candidacy)
        .scalar_subquery()
    )
