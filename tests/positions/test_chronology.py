"""Topics over time: by an example, and for any passages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.chronology import At, Passage, strands

SAID = [
    Passage(1, 10, frozenset({7})),
    Passage(2, 10, frozenset()),
    Passage(3, 10, frozenset({7, 8})),
    Passage(4, 11, frozenset({8})),
]


def test_a_topic_is_told_forum_by_forum_with_its_first_and_latest_words() -> None:
    rents, buses = strands(SAID, [8, 7, 9])
    assert (rents.topic, rents.at) == (8, (At(10, 1, 3, 3), At(11, 1, 4, 4)))
    assert (buses.topic, buses.passages, buses.first, buses.latest) == (7, 2, 1, 3)
    assert strands([], [7]) == ()


@given(st.lists(st.tuples(st.integers(1, 4), st.frozensets(st.integers(1, 5))), max_size=20))
@settings(max_examples=60)
def test_every_passage_is_counted_once_on_each_of_its_topics(said: list[tuple[int, frozenset[int]]]) -> None:
    passages = [Passage(n, forum, on) for n, (forum, on) in enumerate(sorted(said, key=lambda one: one[0]))]
    found = strands(passages, range(1, 6))
    assert sum(one.passages for one in found) == sum(len(on) for _, on in said)
    for one in found:
        turns = [passage.turn for passage in passages if one.topic in passage.topics]
        assert (one.first, one.latest, len({at.forum for at in one.at})) == (turns[0], turns[-1], len(one.at))
