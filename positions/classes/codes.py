"""Pure: the codes of a class, short enough to be typed by a child and read from the last row, and what is kept of them.

No letter or digit looks like another (no 0 O, 1 I L, 5 S, 2 Z, 8 B, U V), and without vowels no code is a word.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata

ALPHABET = "CDFGHJKMNPQRTWXY234679"
JOIN, RETURN = 7, 8
"""How long a join code and a return code are."""
KEY = re.compile(r"[0-9a-f]{32}")
COST = 2**12
"""scrypt's: about ten milliseconds. A return code has 36 random bits."""


def new_key() -> str:
    """The name of a row in addresses: 128 random bits, so that none can be guessed from another."""
    return secrets.token_hex(16)


def new_code(length: int = RETURN) -> str:
    """A new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """A code as it was made, from what somebody typed: small letters, spaces and dashes do no harm."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in plain if letter.isalnum())[:16]


def shown(code: str) -> str:
    """A code as it is printed: in two halves."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"


def hashed(code: str) -> str:
    """What is kept of a return code: a salted slow hash."""
    salt = secrets.token_bytes(16)
    return f"{_text(salt)}${_text(_slow(code, salt))}"


def right(code: str, held: str) -> bool:
    """Whether this is the return code of which `held` is kept."""
    salt, _, kept = held.partition("$")
    return hmac.compare_digest(_text(_slow(code, base64.b64decode(salt))), kept)


def _slow(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=COST, r=8, p=1, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
