"""Pure: secrets that open something for whoever holds them. What is kept of one is its digest: a copy of the database opens nothing."""

import hashlib


def digest(secret: str) -> str:
    """What is kept of a secret. The secrets are 128 random bits and more: they need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
