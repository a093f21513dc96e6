"""The printed guide of a race: read in one go, then made without holding the database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from positions.comparison import Comparison, with_replies
from positions.queries import contests
from tracker import site
from tracker.config import Config
from tracker.i18n import LANGUAGES
from tracker.printing import content
from tracker.printing.content import Part
from tracker.replying import replies
from tracker.replying.replies import Replied
from transcripts.errors import NotFound

CHOICES = (*LANGUAGES, "both")
"""What `lang` can be asked as."""


def compared(
    session: Session, race: str, by: str | None, order: str, when: date | datetime
) -> tuple[Comparison, Mapping[str, Replied]]:
    """The comparison of a race with the candidates' replies in their boxes, and all their replies by person."""
    found = contests.comparison_of(session, race, by, order, when)
    said = {one.person: one for one in replies.of_race(session, race)}
    return with_replies(found, replies.in_boxes(said.values())), said


def parts(
    session: Session, config: Config, race: str, lang: str, order: str, when: date | datetime
) -> tuple[tuple[Part, ...], date]:
    """What the guide of a race says, in one language or in both, the site's own first; and the day its order is of.

    By statement; by question where readers see the candidates' own words only. `order` and `when` as in `contests.comparison_of`.
    Raises NotFound where there is no such race, order or language, and where there is nothing to print.
    """
    if lang not in CHOICES:
        raise NotFound("There is no guide in “{lang}”; choose {choices}.", lang=lang, choices=", ".join(CHOICES))
    found, said = compared(session, race, None, order, when)
    if not found.rows or not found.candidates:
        raise NotFound(
            "There is no guide to print yet: a race needs candidates, and statements that somebody has written."
        )
    told = (content.part(found, said, site.read(session, one), config, one) for one in _languages(lang, config))
    return tuple(told), found.order_rule.date


def _languages(lang: str, config: Config) -> Sequence[str]:
    return sorted(LANGUAGES, key=lambda one: one != config.lang) if lang == "both" else (lang,)
