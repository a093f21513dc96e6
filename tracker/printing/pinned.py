"""What a printed page points back to: the comparison as it stood, by address and by a short name of its content."""

import hashlib
from urllib.parse import urlencode

from positions.comparison import Comparison
from tracker.config import Config


def address(config: Config, found: Comparison, lang: str) -> str:
    """The whole address of a comparison in a language, pinned to the order and the day it has here."""
    prefix = "" if lang == config.lang else f"/{lang}"
    rule = found.order_rule
    pins = urlencode({"by": found.by, "order": rule.name, "date": rule.date.isoformat()})
    return f"{config.site_url}{prefix}/contests/{found.contest.slug}/compare?{pins}"


def version(found: Comparison) -> str:
    """A short name that changes when anything shown changes: the day of the order and a digest of names, words and sources."""
    said = repr((found.contest, found.candidates, found.rows))
    return f"{found.order_rule.date.isoformat()}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
