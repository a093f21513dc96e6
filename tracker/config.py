"""Every setting, declared once: name, default, meaning. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from positions.profiles import COMPARISON, PROFILES
from transcripts.errors import Refusal


@dataclass(frozen=True)
class Setting:
    """One environment variable. The README's table is checked against these."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("TRACKER_HOME", "./var", "Folder of the database and the search index"),
    Setting("TRACKER_DATABASE_URL", "", "postgresql://… to use PostgreSQL; empty means SQLite in the home folder"),
    Setting("TRACKER_SITE_URL", "http://127.0.0.1:8000", "Address readers use, for links that leave the site"),
    Setting("TRACKER_ZONE", "UTC", "Time zone of new forums, e.g. America/New_York"),
    Setting(
        "TRACKER_PROFILE",
        "comparison",
        "What new races show: comparison, or verbatim_guide for the candidates' own words and nothing that judges",
    ),
    Setting("TRACKER_LANG", "en", "Language of the pages without a language in their address: en or es"),
    Setting("TRACKER_SEARCH", "tantivy", "Search engine: tantivy, or whoosh where no tantivy wheel exists"),
    Setting("TRACKER_TRUSTED_HOSTS", "", "Host names the site answers to, separated by commas; empty means any"),
    Setting(
        "TRACKER_PROXIES", "0", "How many proxies stand in front, so that rate limits count readers and not the proxy"
    ),
    Setting(
        "TRACKER_SMTP_URL",
        "",
        "starttls://user:password@host:587, smtps://… or smtp://…; empty: letters are files in the home folder",
    ),
    Setting("TRACKER_MAIL_FROM", "", "Address the letters come from, e.g. Said & Done <told@example.org>"),
    Setting(
        "TRACKER_CHECKPOINT_TO", "", "Addresses, between commas, that get the signed checkpoints of the log of acts"
    ),
    Setting("TRACKER_SECRET_KEY", "", "Secret of the links in letters; empty: made once, in the home folder"),
    Setting(
        "TRACKER_LINK_CHECK",
        "off",
        "on: ask once a week whether the addresses of documents, sources and recordings answer",
    ),
    Setting(
        "TRACKER_TESTIMONY_KEY",
        "",
        "Public key for confidential testimony, or the file it stands in; empty: none is taken",
    ),
)


@dataclass(frozen=True)
class Config:
    """The settings of one running site, checked."""

    home: Path
    database_url: str
    site_url: str = "http://127.0.0.1:8000"
    zone: str = "UTC"
    lang: str = "en"
    profile: str = COMPARISON
    search: str = "tantivy"
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    checkpoint_to: tuple[str, ...] = ()
    secret_key: str = field(default="", repr=False)
    testimony_key: str = ""
    link_check: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """The configuration the environment describes; raises Refusal naming the setting that is wrong."""
        said = {setting.name: environ.get(setting.name) or setting.default for setting in SETTINGS}
        home = Path(said["TRACKER_HOME"]).expanduser().absolute()
        if said["TRACKER_SEARCH"] not in ("tantivy", "whoosh"):
            raise Refusal("TRACKER_SEARCH is “{said}”; it must be tantivy or whoosh.", said=said["TRACKER_SEARCH"])
        if said["TRACKER_PROFILE"] not in PROFILES:
            raise Refusal(
                "TRACKER_PROFILE is “{said}”; it must be {profiles}.",
                said=said["TRACKER_PROFILE"],
                profiles=" or ".join(PROFILES),
            )
        if said["TRACKER_LANG"] not in ("en", "es"):
            raise Refusal("TRACKER_LANG is “{said}”; it must be en or es.", said=said["TRACKER_LANG"])
        if not (said["TRACKER_PROXIES"].isdecimal() and int(said["TRACKER_PROXIES"]) < 10):
            raise Refusal("TRACKER_PROXIES is “{said}”; it must be a number from 0 to 9.", said=said["TRACKER_PROXIES"])
        if said["TRACKER_LINK_CHECK"] not in ("on", "off"):
            raise Refusal("TRACKER_LINK_CHECK is “{said}”; it must be on or off.", said=said["TRACKER_LINK_CHECK"])
        return cls(
            home=home,
            database_url=said["TRACKER_DATABASE_URL"] or f"sqlite:///{home / 'tracker.db'}",
            site_url=said["TRACKER_SITE_URL"].rstrip("/"),
            zone=said["TRACKER_ZONE"],
            lang=said["TRACKER_LANG"],
            profile=said["TRACKER_PROFILE"],
            search=said["TRACKER_SEARCH"],
            trusted_hosts=tuple(host.strip() for host in said["TRACKER_TRUSTED_HOSTS"].split(",") if host.strip()),
            proxies=int(said["TRACKER_PROXIES"]),
            smtp_url=said["TRACKER_SMTP_URL"],
            mail_from=said["TRACKER_MAIL_FROM"],
            secret_key=said["TRACKER_SECRET_KEY"],
            testimony_key=said["TRACKER_TESTIMONY_KEY"].strip(),
            link_check=said["TRACKER_LINK_CHECK"] == "on",
            checkpoint_to=tuple(one.strip() for one in said["TRACKER_CHECKPOINT_TO"].split(",") if one.strip()),
        )

    @property
    def local(self) -> ZoneInfo:
        """The site's time zone; UTC where the setting names none, which `tracker doctor` tells."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def index_dir(self) -> Path:
        """Where the search index of the chosen engine lives."""
        return self.home / "index" / self.search

    @property
    def mail_dir(self) -> Path:
        """Where letters are kept as files while no mail server is named."""
        return self.home / "mail"
