"""The links in letters: each opens one thing, for whoever holds it. They follow from a key that is in no database.

A link is the public half of its row (`ref`) and a MAC of it: a copy of the database makes no link, and a guess opens nothing.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from tracker.config import Config
from transcripts.errors import NotFound, Refusal

REF = 16
NO_LINK = "This link is not one of ours, or it was used up: nothing is followed by it any more."
KEY_FILE = "secret.key"
LEAST = 32
"""Characters of a key."""


def new_ref() -> str:
    """The public half of a link: 96 random bits."""
    return secrets.token_urlsafe(12)


def key(config: Config) -> bytes:
    """The site's secret: TRACKER_SECRET_KEY, or a file in the home folder that is made once. Raises Refusal for a short one."""
    told = config.secret_key or _kept(config.home)
    if len(told) < LEAST:
        raise Refusal("The secret key is too short to be safe: it needs {n} characters at least.", n=LEAST)
    return told.encode()


def link(secret: bytes, purpose: str, ref: str) -> str:
    """The secret part of an address: `confirm` and `stop` with a subscription's ref, `mine` with a follower's."""
    return ref + _mac(secret, purpose, ref)


def opened(secret: bytes, purpose: str, typed: str) -> str:
    """The ref a link was made of. Raises NotFound for any that is not ours, or that was made for something else."""
    ref, mac = typed[:REF], typed[REF:]
    if not typed.isascii() or not hmac.compare_digest(mac, _mac(secret, purpose, ref)):
        raise NotFound(NO_LINK)
    return ref


def sealed(secret: bytes, address: str) -> str:
    """An address as rate limits count it: nobody can read it back."""
    return _mac(secret, "address", address)


def _mac(secret: bytes, purpose: str, ref: str) -> str:
    made = hmac.new(secret, f"{purpose} {ref}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(made[:24]).decode()


def _kept(home: Path) -> str:
    path = home / KEY_FILE
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = home / f".{KEY_FILE}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, path)  # of two that make one at the same moment the first stays
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text().strip()
