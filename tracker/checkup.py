"""What `tracker doctor` looks at: configuration, schema, search index and outbox, and what the site says about itself."""

import os
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker import indexing, schema, site
from tracker.accounts import audit
from tracker.accounts.admission import is_secure
from tracker.config import Config
from tracker.db import Database


class Finding(NamedTuple):
    """Something wrong, and what to do. Not grave: the site works, and readers miss something."""

    what: str
    do: str
    grave: bool = True


def findings(config: Config, chain: str | None = None) -> list[Finding]:
    """Everything found, the configuration first; what cannot be looked at because of an earlier problem is left out.

    `chain` is a digest of the log written down earlier: it must still stand in it.
    """
    found = list(_configuration(config))
    try:
        with Database(config.database_url) as database:
            schema.require_current(database)
            found += [Finding(problem.what, problem.do) for problem in indexing.problems(database, config)]
            found += _facts(database)
            found += _log(database, chain)
    except (schema.Unreachable, schema.SchemaDiffers) as refusal:
        what, _, do = str(refusal).partition(". ")
        found.append(Finding(f"{what}.", do))
    return found


def _configuration(config: Config) -> Iterator[Finding]:
    if not os.access(config.home if config.home.exists() else config.home.parent, os.W_OK):
        yield Finding(f"The folder {config.home} cannot be written.", "Name another one in TRACKER_HOME.")
    try:
        ZoneInfo(config.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding(f"TRACKER_ZONE is “{config.zone}”, which is no time zone.", "Zones look like America/New_York.")
    address = urlsplit(config.site_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        yield Finding(
            f"TRACKER_SITE_URL is “{config.site_url}”, which is no address.", "It looks like https://example.org."
        )
    elif address.hostname not in ("127.0.0.1", "localhost", "::1"):
        yield from _public(config, address.scheme)


def _public(config: Config, scheme: str) -> Iterator[Finding]:
    """What matters once a site is open to everybody."""
    if scheme == "http":
        yield Finding("TRACKER_SITE_URL is not https.", "Put the site behind a proxy with a certificate.", grave=False)
    if not is_secure(config):
        yield Finding("Nobody can sign in over http.", "Set TRACKER_SITE_URL to an address with https.", grave=False)
    if not config.trusted_hosts:
        yield Finding(
            "The site answers to any host name.",
            "Name its own in TRACKER_TRUSTED_HOSTS, separated by commas.",
            grave=False,
        )


def _facts(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        missing = site.read(session).missing
    if missing:
        yield Finding(
            f"Readers cannot see who is behind this site: {', '.join(missing)} not told.",
            "Run: tracker init",
            grave=False,
        )


def _log(database: Database, chain: str | None) -> Iterator[Finding]:
    """Whether the log of privileged acts is whole, as far as it can tell by itself and beside an earlier digest."""
    with database.read() as session:
        seen = audit.verify(session)
        cut = chain is not None and not audit.holds(session, chain)
    if seen.broken is not None:
        yield Finding(
            f"The log of what was done was altered at entry {seen.broken}.",
            "Somebody changed the database by hand: compare it with a backup.",
        )
    if cut:
        yield Finding(
            "The log of what was done does not hold the digest given.",
            "Entries were taken off its end, or it was made anew: compare the database with a backup.",
        )
