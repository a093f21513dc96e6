"""Passwords: argon2id by pwdlib. Nothing is known about a password but its length and that it is not the name."""

from functools import cache

from pwdlib import PasswordHash

from transcripts.errors import Refusal
from transcripts.text import fold

SHORTEST, LONGEST = 12, 200


@cache
def hasher() -> PasswordHash:
    """argon2id at the cost that RFC 9106 recommends where memory is scarce: 64 MiB, three passes, four lanes."""
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """The hash of no password: checked for names that do not exist, so that both answers take as long."""
    return hasher().hash("nobody")


def hashed(password: str, name: str) -> str:
    """The argon2id hash of a new password. Raises Refusal for one that is too short, too long, or the name itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(
            "A password has {least} to {most} characters; a sentence is easy to remember.", least=SHORTEST, most=LONGEST
        )
    if fold(name) and fold(name) in fold(password) and len(password) < len(name) + SHORTEST:
        raise Refusal("The password must not be made of the name.")
    return hasher().hash(password)


def right(password: str, held: str | None) -> bool:
    """Whether this is the password whose hash is held; without one it takes as long and is never right."""
    found = hasher().verify(password[:LONGEST], held or _nobody())
    return found and held is not None
