"""What a printed page points back to: the comparison as it stood, by address and by a short name of its content."""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlencode

from positions.comparison import Comparison
from tracker.config import Config
from tracker.replying.replies import Replied


def address(config: Config, found: Comparison, lang: str) -> str:
    """The whole address of a comparison in a language, pinned to the order and the day it has here."""
    prefix = "" if lang == config.lang else f"/{lang}"
    rule = found.order_rule
    pins = urlencode({"by": found.by, "order": rule.name, "date": rule.date.isoformat()})
    return f"{config.site_url}{prefix}/contests/{found.contest.slug}/compare?{pins}"


def version(found: Comparison, said: Mapping[str, Replied]) -> str:
    """A short name that changes when anything shown changes: the day of the order and a digest of names, words, sources and replies.

    `said` holds the candidates' replies to the whole by person; those to single statements stand in their boxes.
    """
    told = repr((found.contest, found.candidates, found.rows, sorted((slug, one.text) for slug, one in said.items())))
    return f"{found.order_rule.date.isoformat()}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"
