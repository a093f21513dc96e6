"""Signed checkpoints of the log of acts: how many entries it has and the digest of the last, for others to keep.

The chain inside the database cannot show that its end was cut off or that all of it was made anew: a checkpoint kept elsewhere
can. It is a signed note (C2SP, signed-note) by the site's Ed25519 key, which lies in the site's folder and never in the database.
"""

import base64
import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import Session, col, select

from tracker.accounts.models import AuditCheckpoint, AuditEntry
from transcripts.errors import Refusal

FILE = "checkpoint.key"
"""The site's signing key, 32 bytes, in TRACKER_HOME."""
ED25519 = b"\x01"
"""The algorithm's byte in key ids and printed keys (C2SP, signed-note)."""
NOTE = re.compile(r"^\S+ log of acts\n(\d{1,18})\n([0-9a-f]{64})\n(\S{1,40})\n\n— \S+ ([A-Za-z0-9+/=]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Checkpoint:
    """How far the log had come: its entries, the digest of the last one, and when that was looked at."""

    entries: int
    head: str
    at: datetime


@dataclass(frozen=True)
class Signer:
    """The key of one site; `name` is the site's host, which every note begins with."""

    name: str
    key: Ed25519PrivateKey

    @cached_property
    def verifier(self) -> str:
        """The public key as others keep it: name+id+key (C2SP, signed-note)."""
        public = ED25519 + self.key.public_key().public_bytes_raw()
        return f"{self.name}+{_key_id(self.name, public).hex()}+{base64.b64encode(public).decode()}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The note to give away; it ends with a line break."""
        body = _body(self.name, checkpoint)
        public = ED25519 + self.key.public_key().public_bytes_raw()
        signature = _key_id(self.name, public) + self.key.sign(body.encode())
        return f"{body}\n— {self.name} {base64.b64encode(signature).decode()}\n"


def signer(home: Path, name: str) -> Signer:
    """The site's key, made the first time and readable by its owner only. Raises Refusal where the file is no key."""
    path = home / FILE
    home.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _put(path, Ed25519PrivateKey.generate().private_bytes_raw())
    raw = path.read_bytes()
    if len(raw) != 32:
        raise Refusal("The file {path} is not a key. Restore it from a backup.", path=str(path))
    return Signer(name, Ed25519PrivateKey.from_private_bytes(raw))


def _put(path: Path, key: bytes) -> None:
    """Write the key whole before it has its name: no other process reads half of it, and of two the first one stays."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{FILE}-") as file:  # made for its owner only
        file.write(key)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def opened(text: str, verifier: str) -> list[Checkpoint]:
    """Every checkpoint in a text (a note, or a letter that holds some) signed by the owner of this printed key.

    Raises Refusal where the text holds none, one is signed by another key or was changed, or the key is none.
    """
    name, public = _printed_key(verifier)
    notes = list(NOTE.finditer(text.replace("\r\n", "\n")))
    if not notes:
        raise Refusal("This text holds no checkpoint of a log of acts.")
    return [_checked(note, name, public) for note in notes]


def contradicted(session: Session, checkpoint: Checkpoint) -> bool:
    """Whether the log does not have, at its place, the entry that was its last at that time: it was cut off or made anew."""
    if checkpoint.entries == 0:
        return False
    digest = select(AuditEntry.digest).order_by(col(AuditEntry.seq)).offset(checkpoint.entries - 1).limit(1)
    return session.exec(digest).first() != checkpoint.head


def latest(session: Session, n: int) -> list[AuditCheckpoint]:
    """The last n signed checkpoints, the latest first."""
    return list(session.exec(select(AuditCheckpoint).order_by(col(AuditCheckpoint.seq).desc()).limit(n)))


def _body(name: str, checkpoint: Checkpoint) -> str:
    at = checkpoint.at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{name} log of acts\n{checkpoint.entries}\n{checkpoint.head}\n{at}\n"


def _checked(note: re.Match[str], name: str, public: bytes) -> Checkpoint:
    entries, head, at, signed = note.groups()
    body, raw = note.group().partition("\n— ")[0], _decoded(signed)
    try:
        if raw[:4] != _key_id(name, public):
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], body.encode())
        return Checkpoint(int(entries), head, datetime.fromisoformat(at))
    except (InvalidSignature, ValueError) as error:
        raise Refusal(
            "The checkpoint with {entries} entries was not signed by this site’s key, or was changed since.",
            entries=entries,
        ) from error


def _printed_key(verifier: str) -> tuple[str, bytes]:
    name, _, rest = verifier.strip().partition("+")
    said, _, key = rest.partition("+")
    public = _decoded(key)
    if len(public) != 33 or public[:1] != ED25519 or _key_id(name, public).hex() != said:
        raise Refusal("This is not the key of a site. It looks like name+1a2b3c4d+AbC…, as /checkpoints prints it.")
    return name, public


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
