"""An empty site: its tables, the curated topics, and what it says about itself."""

from collections.abc import Mapping

from positions.topic_tree import curated
from positions.topics import load_tree
from tracker import schema, site
from tracker.db import Database


def prepare(database: Database) -> None:
    """Bring the tables and the curated topics to the present; what is there already stays as it is."""
    schema.upgrade(database)
    with database.write() as session:
        load_tree(session, curated())


def tell(database: Database, told: Mapping[tuple[str, str], str]) -> None:
    """Store facts by (name, language). Raises Refusal for a zone or language we do not know; nothing is stored then."""
    site.check(told)
    with database.write() as session:
        site.store(session, told)
