"""Words in order with few others between: the one meaning nearness has in every engine and in every highlight."""

from collections.abc import Iterable, Sequence


def chains(places: Sequence[Iterable[int]], within: int) -> list[set[int]]:
    """For each word, those of its places that lie on a chain through all words in order.

    `places[i]` are the positions of the i-th word; neighbours on a chain have at most `within` words between them. All
    sets are empty where there is no chain.
    """
    steps = range(1, within + 2)
    reached = [set(places[0])]
    for following in places[1:]:
        reached.append({place for place in following if any(place - step in reached[-1] for step in steps)})
    for i in range(len(reached) - 2, -1, -1):
        reached[i] = {place for place in reached[i] if any(place + step in reached[i + 1] for step in steps)}
    return reached
