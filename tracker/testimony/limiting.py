"""How often testimony is sent, counted so that nothing of it can be found: in the memory of this process and nowhere else.

Who sends is counted by a digest made with a salt that was drawn for this hour; after it, salt and counts are thrown away. The
price: each server process counts for itself, and counting begins anew when it does.
"""

import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

EACH, ALL = 10, 60
"""Testimonies an hour from one address, and from everybody, in one server process."""
HOUR_S = 3_600.0


class Tries:
    """Counts of the present window. An address is in them as a digest that cannot be made again once the window is over."""

    def __init__(
        self, each: int = EACH, all_: int = ALL, window_s: float = HOUR_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._each, self._all, self._window, self._clock = each, all_, window_s, clock
        self._lock = Lock()
        self._begin(clock())

    def _begin(self, at: float) -> None:
        self._salt, self._counts, self._until = secrets.token_bytes(32), Counter[bytes](), at + self._window

    def allowed(self, address: str) -> bool:
        """Count one more from this address; False where it is one too many."""
        with self._lock:
            if self._clock() >= self._until:
                self._begin(self._clock())
            who = hashlib.blake2b(address.encode(), key=self._salt, digest_size=16).digest()
            if self._counts[who] >= self._each or self._counts.total() >= self._all:
                return False
            self._counts[who] += 1
            return True
