"""How far somebody has read in a list of hits, as part of an address: nothing is kept on the server, no page depends on time.

By date or arrival, the place of the last hit read is enough. By relevance it is not: a turn added anywhere changes how rare words are and
with it every score, so a cursor by score would lose hits and show others twice. There a cursor holds the places of all hits
read, and the next page is the best of the others. Places are `order`s, by arrival `added`: they outlast a rebuilt index and
another engine.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 6_000
"""Characters of a cursor: some thirty pages by relevance, and hundreds by date."""
_MAX_ORDER = 1 << 63


@dataclass(frozen=True)
class Cursor:
    """For each page read, the `order`s that say so: those of its hits, or of its last hit alone."""

    pages: tuple[tuple[int, ...], ...] = ()

    @property
    def seen(self) -> frozenset[int]:
        """Every order in it."""
        return frozenset(order for page in self.pages for order in page)

    @property
    def last(self) -> int | None:
        """The last order of the last page; None before the first page."""
        return self.pages[-1][-1] if self.pages else None

    def then(self, orders: Iterable[int]) -> "Cursor | None":
        """The cursor after one more page; None where an address cannot hold it."""
        longer = Cursor((*self.pages, tuple(orders)))
        return longer if longer.pages[-1] and len(str(longer)) <= LONGEST else None

    def back(self) -> "Cursor":
        """The cursor before the last page."""
        return Cursor(self.pages[:-1])

    def __str__(self) -> str:
        return ".".join(map(_packed, self.pages))


def read(typed: str) -> Cursor:
    """A cursor as it was printed; anything else is the beginning of the list."""
    if not typed or len(typed) > LONGEST:
        return Cursor()
    try:
        return Cursor(tuple(_unpacked(page) for page in typed.split(".")))
    except (ValueError, binascii.Error):
        return Cursor()


def _packed(page: Iterable[int]) -> str:
    """The orders, ascending, each as its distance from the one before in groups of seven bits."""
    packed, before = bytearray(), 0
    for order in sorted(page):
        step, before = order - before, order
        while step > 127:
            packed.append(step & 127 | 128)
            step >>= 7
        packed.append(step)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _unpacked(page: str) -> tuple[int, ...]:
    """Raises ValueError for what was never packed."""
    data = base64.b64decode(page + "=" * (-len(page) % 4), altchars=b"-_", validate=True)
    orders = tuple(_sums(data))
    if not orders or orders[-1] >= _MAX_ORDER:
        raise ValueError("no place of a turn")
    return orders


def _sums(data: bytes) -> Iterator[int]:
    total = step = shift = 0
    for byte in data:
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            total += step
            yield total
            step = shift = 0
    if shift:
        raise ValueError("cut off")
