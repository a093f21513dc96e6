"""What changed between two wordings, as a person reads it."""

from hypothesis import given
from hypothesis import strategies as st

from transcripts.wording import difference, what_changed

TEXT = st.lists(st.sampled_from("the pump cost forty fourteen dollars".split()), max_size=60).map(" ".join)


def test_only_the_words_round_a_change_are_shown() -> None:
    before = f"{'so ' * 30}forty pumps {'and ' * 30}two more {'for ' * 30}all"
    after = before.replace("forty", "fourteen").replace("two", "ten")
    shown = what_changed(before, after, 3)
    assert shown[0] == ("equal", "… so so so", "… so so so")
    assert shown[1] == ("replace", "forty", "fourteen")
    assert shown[2][2] == "pumps and and … and and and"
    assert shown[-1][2] == "more for for …"


@given(TEXT, TEXT)
def test_every_changed_word_is_shown_whole(before: str, after: str) -> None:
    whole, shown = difference(before, after), what_changed(before, after, 4)
    assert [piece for piece in whole if piece[0] != "equal"] == [piece for piece in shown if piece[0] != "equal"]
    assert all(len(piece[2].split()) <= 9 for piece in shown if piece[0] == "equal")
