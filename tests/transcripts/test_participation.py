"""What each candidate had of a forum: by examples, and for any voices in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts import participation
from transcripts.floor import Spoken, floor
from transcripts.participation import Candidate, Heard, Measure, Question, is_cut
from transcripts.vocabulary import ANSWERED, Grade, Reason

ANA, BO, CY = (
    Candidate("Ana", "ana", frozenset({1})),
    Candidate("Bo", "bo", frozenset({2, 3})),
    Candidate("Cy", "cy", frozenset()),
)
ALL = (ANA, BO, CY)


def spoken(voice: int | None, words: int, start_ms: int | None = None, end_ms: int | None = None) -> Spoken:
    return Spoken(voice, words, 0, start_ms, end_ms)


def test_words_of_every_voice_of_a_candidate_count_and_an_equal_share_is_for_those_heard() -> None:
    held = floor([spoken(1, 10), spoken(2, 20), spoken(3, 5), spoken(9, 100), spoken(None, 7)])
    assert participation.words(held, ALL) == Measure((10, 25, 0), 2)
    assert participation.words(held, ALL).equal == 17.5
    assert participation.turns(held, ALL).values == (1, 2, 0)
    assert participation.words(held, ()).equal is None


def test_time_is_told_only_where_the_record_is_timed() -> None:
    assert participation.time(floor([spoken(1, 10), spoken(2, 20)]), ALL) is None
    timed = floor([spoken(1, 10, 0, 4_000), spoken(2, 20, 4_000, 9_000)])
    assert participation.time(timed, ALL) == Measure((4_000, 5_000, 0), 2)


def test_words_that_break_off_before_somebody_else_are_an_interruption() -> None:
    heard = [
        Heard(1, "We would build —"),
        Heard(2, "With whose money? [crosstalk 00:12]"),
        Heard(9, "One at a time. (APPLAUSE)"),
        Heard(2, "I was..."),
        Heard(3, "still speaking --"),
        Heard(None, "Sit down!"),
        Heard(1, "Thank you."),
    ]
    found = participation.interruptions(heard, ALL, Grade.PUBLISHED)
    assert found is not None
    assert found.cut_off.values == (1, 1, 0), "their own next voice and a voice without a name cut nobody off"
    assert found.cut_in.values == (0, 1, 0), "the moderator is no candidate"
    for grade in (Grade.MACHINE, Grade.RECAP):
        assert participation.interruptions(heard, ALL, grade) is None


def test_what_counts_as_broken_off() -> None:
    assert all(
        map(is_cut, ("I –", "I...", "I…", "I --", "Yes [crosstalk]", "Yes — [laughter]", "Sí (hablan a la vez)"))
    )
    assert not any(map(is_cut, ("", "Yes.", "Yes. (APPLAUSE)", "A well-known plan.", "(", "]")))


def test_words_make_an_answer_unless_the_record_says_otherwise() -> None:
    questions = (
        Question({}, frozenset({1})),
        Question({1: Reason.DECLINED, 3: ANSWERED}, frozenset({1})),
        Question({2: Reason.OUT_OF_TIME, 3: ANSWERED}, frozenset()),
    )
    told = participation.outcomes(questions, ALL)
    unknown = Reason.NOT_REVIEWED
    assert told == (
        (ANSWERED, unknown, unknown),
        (Reason.DECLINED, ANSWERED, unknown),
        (unknown, ANSWERED, unknown),
    )
    assert participation.counted(told, (ANSWERED,), ALL).values == (1, 2, 0)
    assert participation.counted(told, participation.UNANSWERED, ALL).values == (1, 0, 0)


voices = st.lists(st.frozensets(st.integers(1, 9), max_size=3), max_size=4).map(
    lambda sets: [one - frozenset().union(*sets[:n]) for n, one in enumerate(sets)]
)
said = st.lists(
    st.tuples(st.none() | st.integers(1, 9), st.sampled_from(("Yes.", "Well —", "No… (applause)", "[crosstalk]"))),
    max_size=20,
)


@given(voices, said, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_shares_sum_to_the_whole_and_no_order_matters(
    voices: list[frozenset[int]], said: list[tuple[int | None, str]], chance: object
) -> None:
    candidates = [Candidate(str(n), None, own) for n, own in enumerate(voices)]
    turned = list(reversed(candidates))
    held = floor([spoken(voice, len(text)) for voice, text in said])
    heard = [Heard(*one) for one in said]
    theirs = frozenset().union(*voices)
    for measure in (participation.words, participation.turns):
        found = measure(held, candidates)
        assert found.whole == sum(found.values)
        assert measure(held, turned).values == found.values[::-1]
        assert found.equal is None or abs(found.equal * found.among - found.whole) < 1e-6
    assert participation.words(held, candidates).whole == sum(len(text) for voice, text in said if voice in theirs)
    ways = [participation.interruptions(heard, order, Grade.REVIEWED) for order in (candidates, turned)]
    assert ways[0] is not None and ways[1] is not None
    assert ways[0].cut_off.values == ways[1].cut_off.values[::-1]
    assert ways[0].cut_off.whole <= len(said)
