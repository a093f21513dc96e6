"""Pure: how a testimony is sealed with a public key, and opened with the private one that no server holds.

HPKE of RFC 9180 in its base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; the sealed bytes are the
encapsulated key (32), then the ciphertext. What is kept readable beside it goes in as `info`, so that neither the day nor the
program nor the version of the consent can be changed unseen. Every testimony is made equally long before it is sealed.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tracker.testimony.words import OFFERED_WORDS
from transcripts.errors import BadFile, Refusal
from transcripts.text import clean

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
FORMAT = "said-and-done testimony 1"
BEGINS = "testimony1"
"""How a public key begins as it is written down: testimony1.KEY.CHECK, both in URL-safe base64 and hexadecimal."""
LENGTH = 22_528
"""Bytes of every testimony before it is sealed, filled up with spaces: 5,000 code points of four bytes and the rest fit."""
LONGEST, LONGEST_WHEN, LONGEST_CONTACT = 5_000, 60, 200
"""Code points of what somebody writes, of when it was, and of how they can be reached."""

NO_KEY = "This is no key for testimony. It looks like testimony1.….…, and `tracker testimony key` makes one."
NOT_OURS = "This file holds no testimony as it is downloaded at the desk."
WRONG_KEY = "This key does not open it: it was sealed with {wanted}, and this is {held}."
DAMAGED = "It cannot be opened: it was changed after it was sealed, or what stands beside it was."
NO_PRIVATE_KEY = "This is no private key for testimony, or the passphrase is wrong."


@dataclass(frozen=True)
class PublicKey:
    """A public key and the 16 hexadecimal digits that tell it from others."""

    raw: bytes

    @property
    def id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def __str__(self) -> str:
        return f"{BEGINS}.{_text(self.raw)}.{self.id}"


@dataclass(frozen=True)
class Beside:
    """What is kept readable beside a testimony: the program's slug or nothing, the day, the version agreed to, whose key."""

    about: str
    received_on: date
    consent: int
    key_id: str

    @property
    def info(self) -> bytes:
        """The same bytes wherever it is sealed and opened."""
        told = [FORMAT, self.about, self.received_on.isoformat(), self.consent, self.key_id]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Told:
    """What somebody tells: `offered` is a code of OFFERED_WORDS; `when` and `contact` may be empty; `lang` of the page they used."""

    offered: str
    when: str
    words: str
    contact: str
    lang: str


def read_public(typed: str) -> PublicKey:
    """A public key as it is written down; its check finds a wrong letter. Raises Refusal."""
    begins, _, rest = typed.strip().partition(".")
    held, _, check = rest.partition(".")
    try:
        key = PublicKey(base64.urlsafe_b64decode(f"{held}=" if begins == BEGINS else ""))
    except (ValueError, binascii.Error) as error:
        raise Refusal(NO_KEY) from error
    if len(key.raw) != 32 or key.id != check:
        raise Refusal(NO_KEY)
    return key


def public_of(private: X25519PrivateKey) -> PublicKey:
    """The public half of a private key."""
    return PublicKey(private.public_key().public_bytes_raw())


def written(private: X25519PrivateKey, passphrase: str | None) -> bytes:
    """A private key as a file: PKCS #8 in PEM, encrypted where there is a passphrase."""
    lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def read_private(data: bytes, ask: Callable[[], str]) -> X25519PrivateKey:
    """The private key of a file; `ask` is asked for the passphrase of one that has one. Raises Refusal."""
    try:
        passphrase = ask().encode() if b"ENCRYPTED" in data else None
        held = serialization.load_pem_private_key(data, passphrase)
    except (ValueError, TypeError) as error:
        raise Refusal(NO_PRIVATE_KEY) from error
    if not isinstance(held, X25519PrivateKey):
        raise Refusal(NO_PRIVATE_KEY)
    return held


def seal(key: PublicKey, told: Told, beside: Beside) -> bytes:
    """What somebody tells, so that only the private key opens it. Equally long whatever it says."""
    body = json.dumps(asdict(told), ensure_ascii=False).encode()
    if len(body) > LENGTH:
        raise Refusal("This is too long to be kept. Nothing was sent.")
    return SUITE.encrypt(body.ljust(LENGTH), X25519PublicKey.from_public_bytes(key.raw), beside.info)


def open_(private: X25519PrivateKey, sealed: bytes, beside: Beside) -> Told:
    """What somebody told. Anybody who has the public key can seal something: it is cleaned like what is typed. Raises Refusal."""
    held = public_of(private).id
    if held != beside.key_id:
        raise Refusal(WRONG_KEY, wanted=beside.key_id, held=held)
    try:
        told = json.loads(SUITE.decrypt(sealed, private, beside.info))
    except (InvalidTag, ValueError) as error:
        raise Refusal(DAMAGED) from error
    if not isinstance(told, dict) or told.get("offered") not in OFFERED_WORDS:
        raise Refusal(DAMAGED)
    return Told(**{name: clean(str(told.get(name, ""))) for name in Told.__dataclass_fields__})


def line(key: str, sealed: bytes, beside: Beside) -> str:
    """A testimony as a line of the file that readers download."""
    told = {"format": FORMAT, "testimony": key, "about": beside.about, "received": beside.received_on.isoformat()}
    return json.dumps({**told, "consent": beside.consent, "key": beside.key_id, "sealed": _text(sealed)}) + "\n"


def read_line(text: str, number: int) -> tuple[str, bytes, Beside]:
    """A line of such a file: which testimony, what it is sealed into, what stands beside it. Raises BadFile with the line."""
    try:
        held: Any = json.loads(text)
        if held["format"] != FORMAT:
            raise ValueError(held["format"])
        beside = Beside(
            str(held["about"]), date.fromisoformat(held["received"]), int(held["consent"]), str(held["key"])
        )
        return clean(str(held["testimony"])), base64.urlsafe_b64decode(f"{held['sealed']}=="), beside
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadFile(NOT_OURS, number) from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
