"""What `tracker doctor` looks at: configuration, schema, search index and outbox, and what the site says about itself."""

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from positions import attribution
from positions import reanchoring as evidence
from positions.classes import rooms
from positions.models import Evidence, EvidenceAnchor
from positions.queries import contests
from tracker import indexing, schema, site, verbatim
from tracker.accounts import audit, checkpoint
from tracker.accounts.admission import is_secure
from tracker.accounts.checkpoint import Checkpoint
from tracker.config import Config
from tracker.db import Database
from tracker.telling import checkup as mail
from tracker.testimony import keeping, standing
from tracker.testimony.words import CLOSED_WORDS
from transcripts import reanchoring
from transcripts.annotation_models import AnnotationAnchor
from transcripts.models import now


class Finding(NamedTuple):
    """Something wrong, and what to do. Not grave: the site works, and readers miss something."""

    what: str
    do: str
    grave: bool = True


def findings(config: Config, chain: str | None = None, kept: Sequence[Checkpoint] = ()) -> list[Finding]:
    """Everything found, the configuration first; what cannot be looked at because of an earlier problem is left out.

    `chain` is a digest of the log written down earlier: it must still stand in it; the log must agree with the checkpoints `kept`.
    """
    found = list(_configuration(config))
    try:
        with Database(config.database_url) as database:
            schema.require_current(database)
            found += [Finding(problem.what, problem.do) for problem in indexing.problems(database, config)]
            found += [*_words(database), *_facts(database)]
            found += _own_words(database)
            found += _classes(database, config)
            found += _testimony(database, config)
            found += _log(database, config, chain, kept)
            found += [Finding(*problem) for problem in mail.problems(database, config)]
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


def _words(database: Database) -> Iterator[Finding]:
    """Whether every quotation says what its version of the transcript says, and belongs to who said it."""
    with database.read() as session:
        tables = ((Evidence, "evidence"), (EvidenceAnchor, "evidence found again"), (AnnotationAnchor, "annotations"))
        untrue = {name: reanchoring.unfaithful(session, table) for table, name in tables}
        elsewhere, overlooked = attribution.misattributed(session), evidence.overlooked(session)
    for name, ids in untrue.items():
        if ids:
            yield Finding(
                f"{len(ids)} quotations ({name}, ids {_some(ids)}) differ from the words they point at.",
                "Restore the database from a backup: no command of this program writes such rows.",
            )
    if elsewhere:
        yield Finding(
            f"{len(elsewhere)} quotations (ids {_some(elsewhere)}) stand under a candidate who did not say them.",
            "Record these positions anew without them.",
        )
    if overlooked:
        yield Finding(
            f"{overlooked} quotations were not looked for since their transcript changed.",
            "Import the forum's file again with --reparse.",
        )


def _classes(database: Database, config: Config) -> Iterator[Finding]:
    """Whether every class whose day has come is erased: a day later nothing but a worker that does not run is left as a reason."""
    with database.read() as session:
        n = rooms.overdue(session, (now() - timedelta(days=1)).astimezone(config.local).date())
    if n:
        yield Finding(
            f"{n} classes are past the day on which everything in them is erased.",
            "Keep `tracker serve` running: its worker erases them.",
        )


def _testimony(database: Database, config: Config) -> Iterator[Finding]:
    """Whether testimony is taken as an administrator wants it, and deleted on its day. Silent where nobody ever opened it."""
    with database.read() as session:
        held = standing.read(session, config)
        late = keeping.overdue(session, (now() - timedelta(days=1)).astimezone(config.local).date())
    if held.closed == "bad_key" or (held.closed and held.wanted):
        yield Finding(
            f"Testimony was opened and is not taken. {CLOSED_WORDS[held.closed]}"
            if held.wanted
            else CLOSED_WORDS[held.closed],
            "Set the key again, or look at /desk/testimony.",
        )
    if late:
        yield Finding(
            "Testimony is held past the day on which it is deleted.",
            "Keep `tracker serve` running: its worker deletes it.",
        )


def _some(ids: list[int]) -> str:
    return ", ".join(map(str, ids[:5])) + (" …" if len(ids) > 5 else "")


def _facts(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        missing = site.read(session).missing
    if missing:
        yield Finding(
            f"Readers cannot see who is behind this site: {', '.join(missing)} not told.",
            "Run: tracker init",
            grave=False,
        )


def _own_words(database: Database) -> Iterator[Finding]:
    """Whether the races told in the candidates' own words keep to that."""
    with database.read() as session:
        guides = [race.head.slug for race in contests.every(session) if race.head.verbatim]
        faults = {slug: verbatim.of_race(session, slug) for slug in guides}
    for slug, found in faults.items():
        for one in found:
            yield Finding(f"{slug}: {one.what}", f"See: tracker audit verbatim {slug} (docs/audits.md)")


def _log(database: Database, config: Config, chain: str | None, kept: Sequence[Checkpoint]) -> Iterator[Finding]:
    """Whether the log of privileged acts is whole, as far as it can tell by itself and beside what was kept earlier."""
    with database.read() as session:
        seen = audit.verify(session)
        cut = chain is not None and not audit.holds(session, chain)
        other = [one for one in kept if checkpoint.contradicted(session, one)]
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
    if config.site_url.startswith("https:") and not config.checkpoint_to:
        yield Finding(
            "Nobody outside gets the checkpoints of the log of what was done.",
            "Name somebody who keeps them in TRACKER_CHECKPOINT_TO, better not on this machine.",
            grave=False,
        )
    for one in other:
        yield Finding(
            f"The log of what was done contradicts the checkpoint of {one.at:%Y-%m-%d %H:%M} UTC ({one.entries} acts).",
            "Entries were taken off its end, or it was made anew: compare the database with a backup.",
        )
