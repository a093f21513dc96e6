"""What became of quoted words, from where they were looked for last."""

import pytest

from positions.staleness import Place, State, state


@pytest.mark.parametrize(
    ("last", "version", "found"),
    [
        (None, 1, State.STANDS),
        (None, 2, State.WAITING),  # nobody looked: that is never called standing
        (Place(2, "exact"), 2, State.MOVED),
        (Place(2, "moved"), 2, State.MOVED),
        (Place(2, "moved", confirmed=True), 2, State.CONFIRMED),
        (Place(2, "moved", confirmed=True), 3, State.WAITING),
        (Place(2, "needs_review"), 2, State.WAITING),
        (Place(2, "orphan"), 2, State.GONE),
        (Place(2, "orphan"), 3, State.GONE),
    ],
)
def test_states(last: Place | None, version: int, found: State) -> None:
    assert state(1, last, version) is found
