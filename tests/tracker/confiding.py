"""Confidential testimony in tests: a key that is on no server, a site that takes testimony, and somebody who sends some."""

import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from werkzeug.test import TestResponse

from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tracker.accounts import people
from tracker.config import Config
from tracker.db import Database
from tracker.testimony import sealing, standing

PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
"""Known to the tests only; a key of a site is drawn at random."""
PUBLIC = sealing.public_of(PRIVATE)
WORDS = "They asked me in spring, and nobody came back."
HIDDEN = re.compile(r'name="(code|days|consent|form_key)" value="([^"]*)"')
CODE = re.compile(r'<p class="secret">([A-Z0-9-]+)</p>')


def desk_with_key(home: Path, url: str) -> Desk:
    """The desk of a throw-away site on which the key is set; nobody has opened testimony."""
    return desk_on(site(home, url), TRACKER_TESTIMONY_KEY=str(PUBLIC))


def take_testimony(database: Database, config: Config, days: int = 30) -> int:
    """Testimony is taken from now on; the account that may read it."""
    with database.write() as session:
        reader = people.add(session, "Rhea Reader", [])
        seen = standing.read(session, config).version
        standing.open_(session, config, seen, [reader], days, "Ada Admin")
    return reader


def opened(desk: Desk, days: int = 30) -> tuple[Visitor, Visitor]:
    """The browsers of an administrator and of the one who reads, where testimony is taken."""
    reader = take_testimony(desk.database, desk.app.config["TRACKER"], days)
    return desk.as_("admin"), desk.signed_in(reader)


def filled(page: str, **more: str) -> dict[str, str]:
    """The form of a page as somebody would fill it in."""
    told = {"offered": "no", "when": "May 2026", "words": WORDS, "contact": "", "agreed": "1"}
    return {**dict(HIDDEN.findall(page)), **told, **more}


def send(visitor: Visitor, data: Mapping[str, str] | None = None, path: str = "/tell", **more: str) -> TestResponse:
    """Send a testimony from the form of `path`, or as `data` says."""
    return visitor.post(path, data or filled(visitor.get(path).text, **more))


def code_of(answer: TestResponse) -> str:
    """The code that is shown once."""
    assert answer.status_code == 201, answer.text
    (code,) = CODE.findall(answer.text)
    return str(code)
