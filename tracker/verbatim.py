"""The pages of a race in the candidates' own words, as readers get them: whether a position is printed on any.

Positions are told by the marks that carry them (`stance stance-support`), not by words: a candidate may say "supports".
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlmodel import Session

from positions.queries import contests
from positions.scale import Code
from positions.verbatim import FEWEST_TOPICS, Fault, Found, faults
from tracker.config import Config

PAGES = ("", "/compare?by=question", "/compare?by=topic")
"""What is left of a race's pages, behind its address."""
GONE = ("/compare?by=statement", "/match", "/quiz", "/sheet", "/audit", "/audit/codings.csv")
"""What must not be there."""
_MARK = re.compile(rf"\bstance-(?:{'|'.join(Code)})\b")


def of_race(session: Session, slug: str, topics: int = FEWEST_TOPICS) -> tuple[Found, ...]:
    """The faults of what is held of a race. Raises NotFound."""
    return faults(contests.comparison_of(session, slug, "question", "alphabetical", datetime.now(UTC)), topics)


def on_pages(config: Config, slug: str) -> Iterator[Found]:
    """The faults of the race's pages, in both languages: a position printed on one, or a page that judges."""
    from tracker import create_app

    reader = create_app(config).test_client()
    prefixes = ("", "/es" if config.lang == "en" else "/en")
    for address in (f"{prefix}/contests/{slug}{page}" for prefix in prefixes for page in PAGES):
        mark = _MARK.search(reader.get(address, base_url=config.site_url).text)
        if mark:
            yield Found(Fault.LABEL, f"{address} prints a position ({mark[0]}).")
    for address in (f"/contests/{slug}{page}" for page in GONE):
        if reader.get(address, base_url=config.site_url).status_code != 404:
            yield Found(Fault.LABEL, f"{address} is there.")
