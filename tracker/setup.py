"""An empty site: its tables, the curated topics, and what it says about itself."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from positions.topic_tree import curated
from positions.topics import load_tree
from tracker import schema, site
from tracker.db import Database
from tracker.facts import LANGUAGES
from transcripts.errors import Refusal


def prepare(database: Database) -> None:
    """Bring the tables and the curated topics to the present; what is there already stays as it is."""
    schema.upgrade(database)
    with database.write() as session:
        load_tree(session, curated())


def tell(database: Database, told: Mapping[tuple[str, str], str]) -> None:
    """Store facts by (name, language). Raises Refusal for a zone or language we do not know; nothing is stored then."""
    zone = told.get(("zone", ""), "").strip()
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refusal(f"There is no time zone “{zone}”; zones look like America/New_York.") from error
    spoken = [lang.strip() for lang in told.get(("languages", ""), "").split(",") if lang.strip()]
    unknown = [lang for lang in spoken if lang not in LANGUAGES]
    if unknown:
        raise Refusal(f"The pages exist in {', '.join(LANGUAGES)}; “{unknown[0]}” is not among them.")
    with database.write() as session:
        site.store(session, told)
