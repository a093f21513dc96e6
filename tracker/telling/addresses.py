"""Pure: e-mail addresses as they are typed, and the one form in which they are kept and put into a letter."""

import re
import unicodedata

from transcripts.errors import Refusal

LONGEST, LONGEST_LOCAL = 254, 64
"""RFC 5321, 4.5.3.1; the whole as RFC 3696's erratum 1690 has it."""
NO_ADDRESS = "This is not an e-mail address we can write to. One looks like name@example.org."
TOO_LONG = "An e-mail address has at most 254 characters, 64 of them before the @."
ONLY_ASCII = "We cannot write to addresses with such characters before the @. Use another address."
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def address(typed: str) -> str:
    """An address as it stands in a letter: ASCII, the domain in lower case and as IDNA has it. Raises Refusal."""
    local, at, domain = typed.strip().rpartition("@")
    if not at or not local or not domain or any(unicodedata.category(char)[0] in "CZ" for char in typed.strip()):
        raise Refusal(NO_ADDRESS)
    if len(typed.strip()) > LONGEST or len(local) > LONGEST_LOCAL:
        raise Refusal(TOO_LONG)
    if not local.isascii():
        raise Refusal(ONLY_ASCII)
    try:
        host = domain.encode("idna").decode().lower()
    except UnicodeError as error:
        raise Refusal(NO_ADDRESS) from error
    labels = host.split(".")
    if _LOCAL.fullmatch(local) is None or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise Refusal(NO_ADDRESS)
    if labels[-1].isdecimal():
        raise Refusal(NO_ADDRESS)
    if len(local) + 1 + len(host) > LONGEST:
        raise Refusal(TOO_LONG)
    return f"{local}@{host}"


def folded(address: str) -> str:
    """The form by which an address is known again: case does not count."""
    return address.lower()
